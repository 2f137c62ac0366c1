package models

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colmap"
	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/transforms"
	"github.com/viser-go/viser/record3d"
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

// Frames are the moments of a capture of Record3D. Package record3d reads them one by one.
type Frames struct {
	// Path is that of the capture, for record3d.Open.
	Path string
	// Count is how many there are, and FPS how many were taken in a second; 0 if not known.
	Count int
	FPS   float64
}

// Picture reads the picture. It fails if there is none, or if it is not in the folder.
func (c *Camera) Picture() (image.Image, error) {
	if c.Folder == "" {
		return nil, fmt.Errorf("camera %s has no picture", c.Name)
	}
	picture, err := openImage(func(name string) (io.ReadCloser, error) { return openBeside(c.Folder, name, false) }, c.File)
	if err != nil {
		return nil, err
	}
	return picture.Decode()
}

// IsFolder reports whether a folder is one model, a capture of several files, and not a folder of models.
func IsFolder(dir string) bool { return folderFormat(dir) != "" }

// folderFormat is the format of a folder that is one model; "" for another one.
func folderFormat(dir string) Format {
	if _, ok := colmap.Find(dir); ok {
		return COLMAP
	}
	switch {
	case record3d.Is(dir):
		return R3D
	case isFile(filepath.Join(dir, transformsName)):
		return Transforms
	case isFile(filepath.Join(dir, sogName)):
		return SOG
	}
	return ""
}

// The names of the files that say what a folder is.
const (
	transformsName = "transforms.json"
	sogName        = "meta.json"
)

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// openFolder reads a capture of several files.
func openFolder(ctx context.Context, dir string, o *Options) (*Model, error) {
	name := filepath.Base(filepath.Clean(dir))
	if abs, err := filepath.Abs(dir); err == nil {
		name = filepath.Base(abs)
	}
	var m *Model
	var err error
	switch folderFormat(dir) {
	case Transforms:
		m, err = Open(ctx, filepath.Join(dir, transformsName), o)
	case SOG:
		m, err = Open(ctx, filepath.Join(dir, sogName), o)
	case R3D:
		in := newInput(ctx, strings.NewReader(""), name, 0, o)
		if m, err = in.readRecord3D(dir); err != nil {
			err = in.named(err)
		}
	default:
		in := newInput(ctx, strings.NewReader(""), name, 0, o)
		if m, err = in.readColmap(dir); err != nil {
			err = in.named(err)
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, err
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
	m.addCameras(r, colmap.FindImages(dir))
	return m, nil
}

// addCameras adds the cameras of a reconstruction, with pictures in that folder.
func (m *Model) addCameras(r *colmap.Model, pictures string) {
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
}

// readTransforms reads the cameras of a transforms.json, and the points that it names.
func (in *input) readTransforms() (*Model, error) {
	c, err := transforms.Read(in.r, nil)
	if err != nil {
		return nil, err
	}
	if in.dir == "" {
		return nil, errors.New("its pictures are in other files, which are looked for beside a file on disk only")
	}
	r := colmap.FromTransforms(c, in.dir)
	m := &Model{Up: nearestAxis(r.Up()), NotShown: slices.Clone(r.Skipped)}
	m.addCameras(r, in.dir)
	for _, camera := range m.Cameras { // whose pictures are read later
		if f, err := in.opener()(camera.File); err == nil {
			f.Close() // nothing was written
		}
	}
	if c.PointCloud != "" {
		in.addPoints(m, c.PointCloud)
	}
	return m, nil
}

// addPoints adds the points of a PLY file beside the file.
func (in *input) addPoints(m *Model, name string) {
	f, err := in.opener()(name)
	if err == nil {
		defer f.Close() // nothing was written
		o := in.o
		o.Format, o.Progress = PLY, nil
		var points *Model
		if points, err = newInput(in.ctx, f, name, 0, &o).readUnnamed(); err == nil {
			m.Cloud, m.Splats = points.Cloud, points.Splats
			m.NotShown = append(m.NotShown, points.NotShown...)
			return
		}
	}
	m.NotShown = append(m.NotShown, "points "+name+": "+err.Error())
}

const (
	// mostFrames is how many frames of a capture are read, evenly over all.
	mostFrames = 24
	// framePoints is about how many points of each are read.
	framePoints = 20_000
)

// readRecord3D reads some frames of a capture as one cloud, with a camera for each.
func (in *input) readRecord3D(path string) (*Model, error) {
	c, err := record3d.Open(path)
	if err != nil {
		return nil, err
	}
	defer c.Close() // nothing was written
	frames := c.Frames()
	m := &Model{Format: R3D, Up: "y", Cloud: &cloud.Cloud{}, Frames: &Frames{Path: path, Count: frames, FPS: c.FPS}}
	var numbers []float32
	shown := min(frames, mostFrames)
	for k := range shown {
		if in.ctx.Err() != nil {
			return nil, context.Cause(in.ctx)
		}
		i := k * frames / shown
		f, err := c.Frame(i)
		if err != nil {
			m.NotShown = append(m.NotShown, fmt.Sprintf("frame %d: %v", i, err))
			continue
		}
		points, colors := f.Points(frameStride(f))
		m.Cloud.Points = append(m.Cloud.Points, points...)
		for _, color := range colors {
			m.Cloud.Colors = append(m.Cloud.Colors, color)
			numbers = append(numbers, float32(i))
		}
		m.Cameras = append(m.Cameras, frameCamera(f, i))
	}
	if frames > shown {
		m.NotShown = append(m.NotShown, fmt.Sprintf("%d of %d frames in the cloud of all", frames-shown, frames))
	}
	m.Cloud.Total = int64(len(m.Cloud.Points))
	m.Cloud.Fields = []cloud.Field{{Name: "frame", Values: numbers}}
	m.thinCloud(in.o.MaxPoints)
	return m, nil
}

// frameStride is the distance of the pixels that make about framePoints.
func frameStride(f *record3d.Frame) int {
	size := f.Picture.Bounds().Size()
	return max(1, int(math.Sqrt(float64(size.X)*float64(size.Y)/framePoints)))
}

// frameCamera is the camera of a frame. Its picture is not kept.
func frameCamera(f *record3d.Frame, i int) Camera {
	size := f.Picture.Bounds().Size()
	return Camera{
		Name: fmt.Sprintf("frame %d", i), Pose: f.Pose,
		FOV: 2 * math.Atan2(float64(size.Y)/2, f.Intrinsics.FY), Aspect: float64(size.X) / float64(size.Y),
	}
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
