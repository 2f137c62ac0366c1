// Package record3d reads captures of the app Record3D: color pictures with depths, and where the phone was.
//
//	c, err := record3d.Open("room.r3d")
//	if err != nil {
//		return err
//	}
//	defer c.Close()
//	frame, err := c.Frame(0)
//	if err != nil {
//		return err
//	}
//	points, colors := frame.Points(2)
//
// A capture is a .r3d file, or the folder that it was unpacked to. Files are untrusted input: sizes are limited, and
// everything wrong ends in an [*Error].
package record3d

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"sort"
	"strconv"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/lzfse"
	"github.com/viser-go/viser/transform"
)

// A Capture is an open capture. All methods are safe for concurrent use.
type Capture struct {
	// FPS is how many frames were taken per second.
	FPS float64
	// Intrinsics are those of the color pictures, for frames that have none of their own.
	Intrinsics Intrinsics

	files   fs.FS
	close   func() error
	numbers []int // of the frames' files
	meta    metadata
}

// Intrinsics are the focal lengths and the principal point of a camera in pixels.
type Intrinsics struct{ FX, FY, CX, CY float64 }

// metadata is the file that describes a capture.
type metadata struct {
	K        []float64   `json:"K"` // column by column
	FPS      float64     `json:"fps"`
	Poses    [][]float64 `json:"poses"` // quaternion, scalar last, and position
	PerFrame [][]float64 `json:"perFrameIntrinsicCoeffs"`
	DW       int         `json:"dw"`
	DH       int         `json:"dh"`
}

// A Frame is a moment of a capture.
type Frame struct {
	// Picture has the colors.
	Picture image.Image
	// Depths are in meters, row by row, for Width x Height pixels, which are fewer than those of the picture. Confidences are
	// 0 (low) to 2 (high).
	Width, Height int
	Depths        []float32
	Confidences   []uint8
	Intrinsics    Intrinsics
	// Pose is that of the camera in the world: x to the right, y down, z forward.
	Pose viser.Pose
}

// Error is the error of a capture: in which of its files, and what is wrong.
type Error struct {
	File   string // below the capture, such as "rgbd/12.depth"
	Reason string
	Err    error // the cause, where there is one
}

func (e *Error) Error() string { return "record3d: " + e.File + ": " + e.Reason }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func wrap(file string, err error) error {
	reason := err.Error()
	if errors.Is(err, fs.ErrNotExist) {
		reason = "file does not exist"
	} else if p := (*fs.PathError)(nil); errors.As(err, &p) {
		reason = p.Err.Error()
	}
	return &Error{File: file, Reason: reason, Err: err}
}

// The limits of files.
const (
	maxMetadata = 256 << 20
	maxFile     = 64 << 20
	maxDepths   = 1 << 24
	maxPixels   = 1 << 26
)

// Is reports whether a folder, or a .r3d file, seems to be a capture.
func Is(name string) bool {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		_, err := os.Stat(name + "/metadata")
		frames, err2 := os.Stat(name + "/rgbd")
		return err == nil && err2 == nil && frames.IsDir()
	}
	return strings.EqualFold(path.Ext(name), ".r3d")
}

// Open opens a capture: a folder, or a .r3d file. [Capture.Close] closes it.
func Open(name string) (*Capture, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	c := &Capture{}
	if info.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, err
		}
		c.files, c.close = root.FS(), root.Close
	} else {
		z, err := zip.OpenReader(name)
		if err != nil {
			return nil, fmt.Errorf("%s: a .r3d file is a ZIP archive: %w", name, err)
		}
		c.files, c.close = z, z.Close
	}
	if err := c.read(); err != nil {
		c.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// Close closes the files of the capture.
func (c *Capture) Close() error { return c.close() }

func (c *Capture) file(name string, limit int64) ([]byte, error) {
	f, err := c.files.Open(name)
	if err != nil {
		return nil, wrap(name, err)
	}
	defer f.Close() // nothing was written
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, wrap(name, err)
	}
	if int64(len(data)) > limit {
		return nil, &Error{File: name, Reason: fmt.Sprintf("the file is larger than %d MiB, which is the limit", limit>>20)}
	}
	return data, nil
}

func (c *Capture) read() error {
	const name = "metadata"
	data, err := c.file(name, maxMetadata)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &c.meta); err != nil {
		return wrap(name, err)
	}
	m := &c.meta
	if len(m.K) != 9 {
		return &Error{File: name, Reason: fmt.Sprintf("K has %d numbers; it must have 9", len(m.K))}
	}
	c.Intrinsics = Intrinsics{m.K[0], m.K[4], m.K[6], m.K[7]}
	if !c.Intrinsics.valid() {
		return &Error{File: name, Reason: "K has no focal length"}
	}
	c.FPS = m.FPS
	entries, err := fs.ReadDir(c.files, "rgbd")
	if err != nil {
		return wrap("rgbd", err)
	}
	for _, e := range entries {
		if base, ok := strings.CutSuffix(e.Name(), ".jpg"); ok {
			if n, err := strconv.Atoi(base); err == nil && n >= 0 {
				c.numbers = append(c.numbers, n)
			}
		}
	}
	sort.Ints(c.numbers)
	return nil
}

func (k Intrinsics) valid() bool {
	return math.Abs(k.FX) > 1e-9 && math.Abs(k.FY) > 1e-9 && k.FX-k.FX == 0 && k.FY-k.FY == 0 && k.CX-k.CX == 0 && k.CY-k.CY == 0
}

// Frames is the number of frames.
func (c *Capture) Frames() int { return len(c.numbers) }

// Frame reads a frame. It panics with a *viser.UsageError if i is not 0 to Frames()-1.
func (c *Capture) Frame(i int) (*Frame, error) {
	if i < 0 || i >= len(c.numbers) {
		panic(&viser.UsageError{Func: "record3d.Frame", Message: fmt.Sprintf("there is no frame %d; there are %d", i, len(c.numbers))})
	}
	base := "rgbd/" + strconv.Itoa(c.numbers[i])
	f := &Frame{Intrinsics: c.Intrinsics}
	if i < len(c.meta.PerFrame) && len(c.meta.PerFrame[i]) >= 4 {
		if k := c.meta.PerFrame[i]; (Intrinsics{k[0], k[1], k[2], k[3]}).valid() {
			f.Intrinsics = Intrinsics{k[0], k[1], k[2], k[3]}
		}
	}
	var err error
	if f.Pose, err = c.pose(i); err != nil {
		return nil, err
	}
	if f.Picture, err = c.picture(base + ".jpg"); err != nil {
		return nil, err
	}
	return f, c.depths(f, base)
}

// pose returns the pose of a frame, whose y axis is up and z backward in the file.
func (c *Capture) pose(i int) (p viser.Pose, err error) {
	if i >= len(c.meta.Poses) || len(c.meta.Poses[i]) != 7 {
		return p, &Error{File: "metadata", Reason: fmt.Sprintf("there is no pose of 7 numbers for frame %d", i)}
	}
	v := c.meta.Poses[i]
	q := transform.SO3FromXYZW([4]float64(v[:4]))
	if length := v[0]*v[0] + v[1]*v[1] + v[2]*v[2] + v[3]*v[3]; !(length > 1e-12) || !(length < 1e12) {
		return p, &Error{File: "metadata", Reason: fmt.Sprintf("the quaternion of frame %d has no length", i)}
	}
	p = viser.Pose{Rotation: q.Normalize().Multiply(transform.SO3FromXRadians(math.Pi)), Translation: viser.Vec3(v[4:])}
	for _, x := range p.Translation {
		if !(math.Abs(x) < 1e15) {
			return p, &Error{File: "metadata", Reason: fmt.Sprintf("the position of frame %d is too large", i)}
		}
	}
	return p, nil
}

func (c *Capture) picture(name string) (image.Image, error) {
	data, err := c.file(name, maxFile)
	if err != nil {
		return nil, err
	}
	config, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, wrap(name, err)
	}
	if int64(config.Width)*int64(config.Height) > maxPixels {
		return nil, &Error{File: name, Reason: fmt.Sprintf("%d x %d pixels are more than the limit", config.Width, config.Height)}
	}
	picture, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, wrap(name, err)
	}
	return picture, nil
}

// sizes are those of the depths of the two cameras of phones, for captures that do not say: of the face, and of the
// back.
var sizes = [][2]int{{480, 640}, {192, 256}}

func (c *Capture) depths(f *Frame, base string) error {
	data, err := c.compressed(base+".depth", 4*maxDepths)
	if err != nil {
		return err
	}
	n := len(data) / 4
	f.Width, f.Height = c.meta.DW, c.meta.DH
	for _, s := range sizes {
		if f.Width <= 0 || f.Height <= 0 || f.Width > maxDepths || f.Height > maxDepths || f.Width*f.Height != n {
			f.Width, f.Height = s[0], s[1]
		}
	}
	if len(data)%4 != 0 || f.Width*f.Height != n {
		return &Error{File: base + ".depth", Reason: fmt.Sprintf("%d bytes are no depths of %d x %d pixels", len(data), f.Width, f.Height)}
	}
	f.Depths = make([]float32, n)
	for i := range f.Depths {
		f.Depths[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	f.Confidences, err = c.compressed(base+".conf", maxDepths)
	var missing *Error
	if errors.As(err, &missing) && errors.Is(err, fs.ErrNotExist) { // older captures have none
		f.Confidences = bytes.Repeat([]byte{2}, n)
		return nil
	}
	if err == nil && len(f.Confidences) != n {
		err = &Error{File: base + ".conf", Reason: fmt.Sprintf("there are %d confidences for %d depths", len(f.Confidences), n)}
	}
	return err
}

func (c *Capture) compressed(name string, limit int) ([]byte, error) {
	data, err := c.file(name, maxFile)
	if err != nil {
		return nil, err
	}
	out, err := lzfse.Decode(data, limit)
	if err != nil {
		return nil, wrap(name, err)
	}
	return out, nil
}

// Points returns a point of the world for each stride-th pixel of each stride-th row of the picture whose depth is sure,
// and its color. A stride below 1 is 1.
func (f *Frame) Points(stride int) (points []viser.Vec3f, colors []viser.RGB) {
	stride = max(1, stride)
	b := f.Picture.Bounds()
	w, h := (b.Dx()+stride-1)/stride, (b.Dy()+stride-1)/stride
	k := f.Intrinsics
	for y := range h {
		row := y * f.Height / h * f.Width
		for x := range w {
			at := row + x*f.Width/w
			z := float64(f.Depths[at])
			if f.Confidences[at] != 2 || !(z > 0) || z > math.MaxFloat32 {
				continue
			}
			p := f.Pose.Apply(viser.Vec3{
				((float64(x)+0.5)*float64(stride) - k.CX) / k.FX * z, ((float64(y)+0.5)*float64(stride) - k.CY) / k.FY * z, z,
			})
			points = append(points, viser.Point(p[0], p[1], p[2]))
			r, g, bl, _ := f.Picture.At(b.Min.X+x*stride, b.Min.Y+y*stride).RGBA()
			colors = append(colors, viser.RGB{uint8(r >> 8), uint8(g >> 8), uint8(bl >> 8)})
		}
	}
	return points, colors
}
