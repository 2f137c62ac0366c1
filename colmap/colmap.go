// Package colmap reads reconstructions of COLMAP, the text and the binary kind, and shows them: the points, and for
// each picture a frustum where its camera was.
//
//	model, err := colmap.Load("garden/sparse/0", nil)
//	if err != nil {
//		return err
//	}
//	shown := colmap.Add(server.Scene(), "/colmap", model, nil)
//	shown.ShowPictures(ctx, "garden/images", 320)
//
// Files are untrusted input: memory grows with the bytes that have really been read, and everything wrong ends in an
// [*Error].
package colmap

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/transform"
)

// A Model is a reconstruction.
type Model struct {
	// Origin is what was subtracted from points and positions, zero unless [Options.Recenter] was set.
	Origin viser.Vec3
	// Cameras are by their number.
	Cameras map[uint32]Camera
	// Images are in the order of the file.
	Images []Image
	// Points, Colors and Errors are as long as each other. An error is the mean distance in pixels between where the point
	// is and was seen; -1 where the file has none.
	Points []viser.Vec3f
	Colors []viser.RGB
	Errors []float32
	// PointIDs are the numbers of the points, and Tracks in how many images each was seen.
	PointIDs []uint64
	Tracks   []uint32
	// Folder is where the files are. Skipped names what of the folder was not read, such as "rigs.bin".
	Folder  string
	Skipped []string
	// DroppedPoints counts points that were left out, as a coordinate was not finite or too large for a float32.
	DroppedPoints int
}

// A Camera has the intrinsic parameters that images share.
type Camera struct {
	// Model is the name of the camera's model, such as "OPENCV", and Params are its parameters in COLMAP's order.
	Model         string
	Width, Height int // of a picture, in pixels
	Params        []float64
}

// An Image is a picture of the reconstruction.
type Image struct {
	ID     uint32
	Name   string // of its file, below the folder of pictures
	Camera uint32
	// Pose is that of the camera in the world: x to the right, y down, z forward.
	Pose viser.Pose
	// Observations is how many points of the picture were found.
	Observations int
}

// cameraModel is how the parameters of a model begin: with one or two focal lengths.
type cameraModel struct {
	name   string
	params int
	focals int
}

// models are COLMAP's camera models, by their number.
var models = []cameraModel{
	{"SIMPLE_PINHOLE", 3, 1}, {"PINHOLE", 4, 2}, {"SIMPLE_RADIAL", 4, 1}, {"RADIAL", 5, 1}, {"OPENCV", 8, 2},
	{"OPENCV_FISHEYE", 8, 2}, {"FULL_OPENCV", 12, 2}, {"FOV", 5, 2}, {"SIMPLE_RADIAL_FISHEYE", 4, 1},
	{"RADIAL_FISHEYE", 5, 1}, {"THIN_PRISM_FISHEYE", 12, 2}, {"RAD_TAN_THIN_PRISM_FISHEYE", 16, 2},
	{"SIMPLE_DIVISION", 4, 1}, {"DIVISION", 5, 2}, {"SIMPLE_FISHEYE", 3, 1}, {"FISHEYE", 4, 2}, {"EUCM", 6, 2},
	{"EQUIRECTANGULAR", 2, 0},
}

func modelNamed(name string) (cameraModel, bool) {
	for _, m := range models {
		if m.name == name {
			return m, true
		}
	}
	return cameraModel{}, false
}

// Pinhole returns the focal lengths and the principal point in pixels, without the distortion; false for a camera that
// has none, as it sees all around.
func (c Camera) Pinhole() (fx, fy, cx, cy float64, ok bool) {
	m, known := modelNamed(c.Model)
	p := c.Params
	switch {
	case !known || len(p) < m.focals+2 || m.focals == 0:
		return 0, 0, 0, 0, false
	case m.focals == 1:
		return p[0], p[0], p[1], p[2], true
	}
	return p[0], p[1], p[2], p[3], true
}

// FOV returns the vertical field of view in radians, between 0 and π, and the aspect ratio of the picture, as
// [viser.Scene.AddCameraFrustum] takes them; false if there is none.
func (c Camera) FOV() (fov, aspect float64, ok bool) {
	_, fy, _, _, ok := c.Pinhole()
	if !ok || !(fy > 0) || c.Width <= 0 || c.Height <= 0 {
		return 0, 0, false
	}
	return 2 * math.Atan(float64(c.Height)/2/fy), float64(c.Width) / float64(c.Height), true
}

// Error is the error of a file of a reconstruction: where and why it is invalid.
type Error struct {
	File string // its name in the folder, such as "images.bin"
	// Line counts from 1. It is 0 in binary files, where Offset is the position.
	Line   int
	Offset int64
	Reason string
	Err    error // the cause, where there is one
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("colmap: %s, line %d: %s", e.File, e.Line, e.Reason)
	}
	return fmt.Sprintf("colmap: %s, byte %d: %s", e.File, e.Offset, e.Reason)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Options are how a reconstruction is read. Nil is the zero value.
type Options struct {
	// Recenter subtracts an origin, which [Model.Origin] reports, before coordinates are rounded to float32.
	Recenter bool
	// NoPoints leaves points3D out.
	NoPoints bool
	// MaxPoints and MaxImages refuse larger reconstructions. 0 means 134,217,728 and 1,048,576.
	MaxPoints, MaxImages int
	// Progress, when set, is called about once per MiB with the number of bytes of points3D that have been read.
	Progress func(read int64)
}

func (o *Options) withDefaults() Options {
	var c Options
	if o != nil {
		c = *o
	}
	if c.MaxPoints <= 0 {
		c.MaxPoints = 1 << 27
	}
	if c.MaxImages <= 0 {
		c.MaxImages = 1 << 20
	}
	return c
}

// folders are where reconstructions are below what people open.
var folders = []string{".", "sparse/0", "sparse", "0", "colmap/sparse/0", "colmap/sparse", "colmap"}

// Find returns the folder with the files of a reconstruction: dir itself, or one below it as COLMAP and nerfstudio name
// them; false if there is none.
func Find(dir string) (string, bool) {
	for _, f := range folders {
		at := filepath.Join(dir, filepath.FromSlash(f))
		for _, ext := range []string{".bin", ".txt"} {
			if exists(filepath.Join(at, "cameras"+ext)) && exists(filepath.Join(at, "images"+ext)) {
				return at, true
			}
		}
	}
	return "", false
}

func exists(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// FindImages returns the folder with the pictures of a reconstruction, by its usual names beside it; "" if there is none.
func FindImages(dir string) string {
	for range 4 {
		for _, name := range []string{"images", "images_2", "images_4", "images_8", "rgb"} {
			at := filepath.Join(dir, name)
			if info, err := os.Stat(at); err == nil && info.IsDir() {
				return at
			}
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

// Load reads the reconstruction in a folder, or in one below it, see [Find]. The binary files are read if there are both.
// A folder without points is no error.
func Load(dir string, opts *Options) (*Model, error) {
	at, ok := Find(dir)
	if !ok {
		return nil, fmt.Errorf("%s: there is no reconstruction: neither cameras.bin and images.bin nor cameras.txt and images.txt", dir)
	}
	o := opts.withDefaults()
	m := &Model{Cameras: map[uint32]Camera{}, Folder: at}
	ext := ".bin"
	if !exists(filepath.Join(at, "cameras.bin")) || !exists(filepath.Join(at, "images.bin")) {
		ext = ".txt"
	}
	read := []struct {
		name   string
		binary func(*source, Options) error
		text   func(*source, Options) error
	}{
		{"cameras", m.binaryCameras, m.textCameras}, {"images", m.binaryImages, m.textImages}, {"points3D", m.binaryPoints, m.textPoints},
	}
	for _, file := range read {
		if file.name == "points3D" && o.NoPoints {
			continue
		}
		f := file.binary
		if ext == ".txt" {
			f = file.text
		}
		err := readFile(at, file.name+ext, o, f)
		if errors.Is(err, fs.ErrNotExist) && file.name == "points3D" {
			m.Skipped = append(m.Skipped, file.name+ext+": file does not exist")
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", at, err)
		}
	}
	for _, name := range []string{"rigs", "frames"} {
		if exists(filepath.Join(at, name+ext)) {
			m.Skipped = append(m.Skipped, name+ext)
		}
	}
	return m, nil
}

func readFile(dir, name string, o Options, read func(*source, Options) error) error {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	defer f.Close() // nothing was written
	s := newSource(f, name)
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		s.size = info.Size()
	}
	if name == "points3D.bin" || name == "points3D.txt" {
		s.progress = o.Progress
	}
	return read(s, o)
}

// recenter returns the point without the origin, which the first point sets.
func (m *Model) recenter(p viser.Vec3, o Options) viser.Vec3 {
	if !o.Recenter {
		return p
	}
	if m.Origin == (viser.Vec3{}) {
		for i := range p {
			m.Origin[i] = math.Round(p[i])
		}
	}
	for i := range p {
		p[i] -= m.Origin[i]
	}
	return p
}

// addPoint adds a point, or counts it as dropped.
func (m *Model) addPoint(id uint64, at viser.Vec3, c viser.RGB, residual float64, track uint32, o Options) {
	var p viser.Vec3f
	for _, x := range at {
		if !(math.Abs(x) <= math.MaxFloat32) {
			m.DroppedPoints++
			return
		}
	}
	for i, x := range m.recenter(at, o) {
		p[i] = float32(x)
	}
	m.PointIDs = append(m.PointIDs, id)
	m.Points = append(m.Points, p)
	m.Colors = append(m.Colors, c)
	m.Errors = append(m.Errors, float32(residual))
	m.Tracks = append(m.Tracks, track)
}

// addImage adds an image whose file has the world in the camera's frame.
func (m *Model) addImage(s *source, img Image, q [4]float64, t viser.Vec3, o Options) error {
	length := 0.0
	for _, x := range q {
		length += x * x
	}
	for _, x := range append(q[:], t[:]...) {
		if x-x != 0 || math.Abs(x) > 1e15 {
			return s.errorf("the pose of image %d is not finite", img.ID)
		}
	}
	if length < 1e-20 {
		return s.errorf("the quaternion of image %d has no length", img.ID)
	}
	if _, ok := m.Cameras[img.Camera]; !ok {
		return s.errorf("image %d has camera %d, which is not in the cameras' file", img.ID, img.Camera)
	}
	if len(m.Images) == o.MaxImages {
		return s.errorf("there are more than %d images, which is the limit", o.MaxImages)
	}
	world := viser.Pose{Rotation: transform.SO3FromWXYZ(q).Normalize(), Translation: t}
	img.Pose = world.Inverse()
	img.Pose.Translation = m.recenter(img.Pose.Translation, o)
	m.Images = append(m.Images, img)
	return nil
}

// addCamera adds a camera of a known model.
func (m *Model) addCamera(s *source, id uint32, c Camera, o Options) error {
	for _, p := range c.Params {
		if p-p != 0 {
			return s.errorf("a parameter of camera %d is not finite", id)
		}
	}
	if c.Width <= 0 || c.Height <= 0 {
		return s.errorf("camera %d has pictures of %d x %d pixels", id, c.Width, c.Height)
	}
	if _, twice := m.Cameras[id]; twice {
		return s.errorf("there are two cameras with the number %d", id)
	}
	if len(m.Cameras) == o.MaxImages {
		return s.errorf("there are more than %d cameras, which is the limit", o.MaxImages)
	}
	m.Cameras[id] = c
	return nil
}

// unexpected is what the end of a file is where there should be more.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
