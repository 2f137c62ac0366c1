package models

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colmap"
	"github.com/viser-go/viser/formats/cloud"
)

// Camera is a camera of a capture, with the picture that it took.
type Camera struct {
	// Name is that of the picture, or of the camera.
	Name string
	// Pose is in the frame of the file: x to the right of the picture, y down, z forward.
	Pose viser.Pose
	// FOV is the vertical field of view in radians, Aspect the width of the picture divided by its height.
	FOV, Aspect float64
	// Folder and File are where the picture is: File is untrusted, and may not leave Folder. Folder is "" if there is no
	// picture.
	Folder, File string
}

// Picture reads the picture. It fails if there is none, or if it is not in the folder.
func (c *Camera) Picture() (image.Image, error) {
	if c.Folder == "" {
		return nil, fmt.Errorf("camera %s has no picture", c.Name)
	}
	in := &input{dir: c.Folder}
	picture, err := openImage(in.opener(), c.File)
	if err != nil {
		return nil, err
	}
	return picture.Decode()
}

// IsFolder reports whether a folder is one model, a capture of several files, and not a folder of models.
func IsFolder(dir string) bool {
	_, ok := colmap.Find(dir)
	return ok
}

// openFolder reads a capture of several files.
func openFolder(ctx context.Context, dir string, o *Options) (*Model, error) {
	name := filepath.Base(filepath.Clean(dir))
	if abs, err := filepath.Abs(dir); err == nil {
		name = filepath.Base(abs)
	}
	in := newInput(ctx, strings.NewReader(""), name, 0, o)
	m, err := in.readColmap(dir)
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, in.named(err)
	}
	m.Name = name
	return m, nil
}

// readColmap reads a reconstruction of COLMAP.
func (in *input) readColmap(dir string) (*Model, error) {
	r, err := colmap.Load(dir, &colmap.Options{Recenter: true, Progress: func(int64) { in.passed(progressStep) }})
	if err != nil {
		return nil, err
	}
	m := &Model{Format: COLMAP, Up: nearestAxis(r.Up()), NotShown: slices.Clone(r.Skipped), CamerasOrigin: r.Origin}
	m.Cloud = colmapCloud(r)
	m.thinCloud(in.o.MaxPoints)
	pictures := colmap.FindImages(dir)
	for _, i := range r.Images {
		fov, aspect, ok := r.Cameras[i.Camera].FOV()
		if !ok {
			m.NotShown = append(m.NotShown, "the frustum of "+i.Name+", whose camera sees all around")
			continue
		}
		m.Cameras = append(m.Cameras, Camera{Name: i.Name, Pose: i.Pose, FOV: fov, Aspect: aspect, Folder: pictures, File: i.Name})
	}
	if pictures == "" && len(r.Images) > 0 {
		m.NotShown = append(m.NotShown, "the pictures, as there is no folder images beside it")
	}
	return m, nil
}

func colmapCloud(r *colmap.Model) *cloud.Cloud {
	if len(r.Points) == 0 {
		return nil
	}
	c := &cloud.Cloud{Origin: r.Origin, Points: r.Points, Dropped: r.DroppedPoints, Total: int64(len(r.Points) + r.DroppedPoints)}
	c.Colors = make([][3]uint8, len(r.Colors))
	tracks := make([]float32, len(r.Tracks))
	for i := range r.Colors {
		c.Colors[i] = r.Colors[i]
	}
	for i, n := range r.Tracks {
		tracks[i] = float32(n)
	}
	c.Fields = []cloud.Field{{Name: "error", Values: r.Errors}, {Name: "track length", Values: tracks}}
	return c
}

// thinCloud keeps at most limit points of a cloud in memory; 0 keeps all.
func (m *Model) thinCloud(limit int) {
	c := m.Cloud
	if c == nil || limit <= 0 || len(c.Points) <= limit {
		return
	}
	kept := cloud.Thin(c.Points, limit)
	c.Points, c.Colors = picked(c.Points, kept), picked(c.Colors, kept)
	for i := range c.Fields {
		c.Fields[i].Values = picked(c.Fields[i].Values, kept)
	}
}

// nearestAxis is the name of the axis that is nearest to a direction; "" without one.
func nearestAxis(up viser.Vec3, ok bool) string {
	if !ok {
		return ""
	}
	best := 0
	for axis := range up {
		if up[axis]*up[axis] > up[best]*up[best] {
			best = axis
		}
	}
	name := []string{"x", "y", "z"}[best]
	if up[best] < 0 {
		return "-" + name
	}
	return name
}

// isDir reports whether a path is a folder.
func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
