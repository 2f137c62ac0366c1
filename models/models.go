// Package models reads files of any format that viser view can show: meshes, point clouds, Gaussian splats, robots, captures
// and pictures.
//
//	m, err := models.Open(ctx, "scan.las", nil)
//	if err != nil {
//		return err // names the file, the line or the byte, and what is wrong there
//	}
//	if m.Cloud != nil {
//		server.Scene().AddPointCloud("/scan", m.Cloud.Points, nil, nil)
//	}
//
// The format is told by the content of the file, and by its name only where the content could be anything. The packages
// below formats read one format each; this one is for programs that take what they are given. A program that needs a
// single format is smaller with the package of that format.
//
// All functions are safe for concurrent use. A [Model] is not locked: one goroutine may change it, or many may read it.
package models

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/formats/splat"
	"github.com/viser-go/viser/robot"
)

// Model is the content of a file. At least one of its parts is not nil, and a file may have several: a PLY file of points
// and edges has a Cloud and, of lines, a Mesh.
type Model struct {
	// Name is the base name of the file, and Format what it is.
	Name   string
	Format Format
	// Up is the axis of the file that points up, such as "z" or "-y"; "" if neither the file nor its format says.
	Up string

	Cloud  *cloud.Cloud
	Mesh   *mesh.Model
	Splats *splat.Splats
	GLB    *GLB
	Robot  *robot.Robot
	// Cameras are those of a capture, in a frame whose origin is at CamerasOrigin of the file.
	Cameras       []Camera
	CamerasOrigin [3]float64
	// Frames are the moments of a recorded capture. Cloud and Cameras have some of them at once.
	Frames *Frames
	// Picture is one of the formats that [mesh.Image.Decode] decodes.
	Picture *mesh.Image
	// Panorama is a picture of the surroundings, for viser's ConfigureEnvironmentMap.
	Panorama []byte
	// MeshFields are further numbers of the points of the mesh: those of all its parts, one part after the other.
	MeshFields []cloud.Field

	// NotShown names what of the file is in none of the parts, such as "texture bricks.png: file does not exist".
	NotShown []string
	// Comments are what the file says about itself.
	Comments []string
	// Opened are the names, as the file has them, of files that it refers to and that were opened; Missing of those that
	// were not there. Both are sorted.
	Opened, Missing []string
}

// Options are the options of reading. Nil, like the zero value, reads everything.
type Options struct {
	// Format is the format of the file; "" means that it is detected.
	Format Format
	// MaxPoints is how many points are kept of a cloud of more: it is thinned out evenly over space while it is read.
	// 0 keeps all.
	MaxPoints int
	// Columns are the columns of a text file of points, such as "x", "y", "z", "intensity"; "_" skips one. Nil means
	// that they are detected.
	Columns []string
	// AllowOutside allows the file to refer to files outside its own folder. The default is to refuse those: a file
	// out of an unknown source must not make others public.
	AllowOutside bool
	// OnlyFolder opens nothing but what is in the folder of the file or below it, whatever AllowOutside is, and for robots
	// not in ROS packages either: for files of unknown origin. Of a name that leads elsewhere, the last element is looked
	// for beside the file.
	OnlyFolder bool
	// Progress, when set, is called at most once per MiB with the number of bytes read so far, by the goroutine that
	// reads.
	Progress func(read int64)
}

// Open reads a file, or a folder that is one capture. Files that it refers to, such as textures, are looked for in its
// folder. Reading ends when ctx does.
//
// The error names the file. An [*UnknownError] lists the formats that are known.
func Open(ctx context.Context, path string, o *Options) (*Model, error) {
	if isDir(path) && IsFolder(path) {
		return openFolder(ctx, path, o)
	}
	in, err := openInput(ctx, path, o)
	if err != nil {
		return nil, err
	}
	defer in.close()
	return in.read()
}

// Read reads a model from r. The name is that of the file, or any text for messages, such as "standard input": its ending
// helps to tell formats apart. Files that it refers to are not opened. Size is the number of bytes of r; 0 if not known. If
// it is known, and r is also an [io.ReaderAt] of the same bytes, formats that need random access are not copied to memory.
//
// Reading ends when ctx does, after the call of r.Read that is under way.
func Read(ctx context.Context, r io.Reader, name string, size int64, o *Options) (*Model, error) {
	in := newInput(ctx, r, name, size, o)
	defer in.close()
	return in.read()
}

// read detects the format, and reads it.
func (in *input) read() (*Model, error) {
	m, err := in.readUnnamed()
	switch {
	case in.ctx.Err() != nil:
		return nil, context.Cause(in.ctx)
	case err != nil:
		return nil, in.named(err)
	}
	m.Name = in.name
	return m, nil
}

func (in *input) readUnnamed() (*Model, error) {
	f, err := in.format()
	if err != nil {
		return nil, err
	}
	e, _ := entryOf(f)
	m, err := e.read(in)
	if err != nil {
		return nil, err
	}
	m.Format = f
	if m.Robot != nil {
		m.Opened, m.Missing = m.Robot.Files()
	} else {
		m.Opened, m.Missing = slices.Sorted(maps.Keys(in.opened)), slices.Sorted(maps.Keys(in.missing))
	}
	return m, nil
}

// format is that of the options, or what is detected.
func (in *input) format() (Format, error) {
	f := in.o.Format
	if f == "" {
		return in.detect()
	}
	if e, ok := entryOf(f); ok {
		return e.Format, nil
	}
	return "", &UnknownError{reason: fmt.Sprintf("there is no format %q", f)}
}

// named puts the name of the file before an error, in place of that of the format.
func (in *input) named(err error) error {
	var unknown *UnknownError
	if errors.As(err, &unknown) {
		return &UnknownError{Recording: unknown.Recording, name: in.name, reason: unknown.reason}
	}
	text := err.Error()
	for i := range table {
		text = strings.TrimPrefix(text, string(table[i].Format)+": ")
	}
	return &fileError{in.name + ": " + text, err}
}

// fileError is the error of a file, with its name.
type fileError struct {
	text string
	err  error
}

func (e *fileError) Error() string { return e.text }
func (e *fileError) Unwrap() error { return e.err }

// UnknownError is the error of a file whose format is not known.
type UnknownError struct {
	// Recording says that the file is a recording of viser: a scene, but no model.
	Recording bool
	name      string
	reason    string
}

func (e *UnknownError) Error() string {
	text := e.reason + "; known formats are " + List()
	if e.Recording {
		text = e.reason
	}
	if e.name != "" {
		return e.name + ": " + text
	}
	return text
}

// extension is the ending of a name, in lower case, with its dot.
func extension(name string) string { return strings.ToLower(filepath.Ext(name)) }
