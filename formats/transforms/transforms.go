// Package transforms reads transforms.json: the cameras of a capture with their pictures, as nerfstudio, instant-ngp and
// the data sets of NeRF describe them.
//
//	c, err := transforms.ReadFile("garden/transforms.json", nil)
//	if err != nil {
//		return err
//	}
//	for _, f := range c.Frames {
//		fmt.Println(f.File, f.Pose.Translation, f.Camera.Width)
//	}
//
// Names of files are as the file has them: only the caller opens them, in the folder of the capture.
//
// Files are untrusted input: their size is limited, and poses and parameters are finite.
package transforms

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/viser-go/viser/transform"
)

// A Capture is the content of a file.
type Capture struct {
	Frames []Frame
	// PointCloud is the name of a PLY file with the points of the scene, "" for none.
	PointCloud string
	// Skipped names what of the file is not in here, such as "2 frames without a matrix".
	Skipped []string
}

// A Frame is a picture and its camera.
type Frame struct {
	// File is the name of the picture, with the extension or, in NeRF's synthetic data sets, without it: ".png" then.
	// Depth and Mask are those of other pictures, "" for none.
	File, Depth, Mask string
	// Pose is that of the camera in the world: x to the right, y down, z forward. The file has y up, z backward.
	Pose transform.SE3
	// Scaled tells whether the file's matrix scales, too, which Pose does not.
	Scaled bool
	Camera Camera
}

// A Camera has the parameters of a camera. Lengths are pixels.
type Camera struct {
	// Model is "PINHOLE", "OPENCV", "OPENCV_FISHEYE", "EQUIRECTANGULAR" or another one that the file names.
	Model string
	// Width and Height are 0 where the file does not have them.
	Width, Height int
	// FX, FY and CX, CY are 0 where the file does not have them: then the picture's size is needed, and AngleX and
	// AngleY are the fields of view in radians, or 0.
	FX, FY, CX, CY float64
	AngleX, AngleY float64
	// Distortion are k1 to k4, p1 and p2.
	K1, K2, K3, K4, P1, P2 float64
}

// FOV returns the vertical field of view in radians and the aspect ratio of the picture, whose size is given where the
// file does not have it; false if they are not known.
func (c Camera) FOV(width, height int) (fov, aspect float64, ok bool) {
	if c.Width > 0 && c.Height > 0 {
		width, height = c.Width, c.Height
	}
	if width <= 0 || height <= 0 || c.Model == "EQUIRECTANGULAR" {
		return 0, 0, false
	}
	aspect = float64(width) / float64(height)
	switch {
	case c.FY > 0:
		fov = 2 * math.Atan(float64(height)/2/c.FY)
	case c.AngleY > 0:
		fov = c.AngleY
	case c.FX > 0:
		fov = 2 * math.Atan(float64(height)/2/c.FX)
	case c.AngleX > 0:
		fov = 2 * math.Atan(math.Tan(c.AngleX/2)/aspect)
	}
	return fov, aspect, fov > 0 && fov < math.Pi
}

// Options are how a file is read. Nil is the zero value.
type Options struct {
	// MaxFrames refuses larger captures. 0 means 1,048,576.
	MaxFrames int
}

// Error is the error of a file: where and why it is invalid.
type Error struct {
	// Offset is the number of bytes before the place; Frame counts frames from 1, and is 0 for the rest of the file.
	Offset int64
	Frame  int
	Reason string
	Err    error // the cause, where there is one
}

func (e *Error) Error() string {
	if e.Frame > 0 {
		return fmt.Sprintf("transforms: frame %d: %s", e.Frame, e.Reason)
	}
	return fmt.Sprintf("transforms: byte %d: %s", e.Offset, e.Reason)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// maxBytes is the largest file.
const maxBytes = 256 << 20

// camera is how files have the parameters, for all frames or for one.
type camera struct {
	Model  *string  `json:"camera_model"`
	W      *float64 `json:"w"`
	H      *float64 `json:"h"`
	FX     *float64 `json:"fl_x"`
	FY     *float64 `json:"fl_y"`
	CX     *float64 `json:"cx"`
	CY     *float64 `json:"cy"`
	AngleX *float64 `json:"camera_angle_x"`
	AngleY *float64 `json:"camera_angle_y"`
	K1     *float64 `json:"k1"`
	K2     *float64 `json:"k2"`
	K3     *float64 `json:"k3"`
	K4     *float64 `json:"k4"`
	P1     *float64 `json:"p1"`
	P2     *float64 `json:"p2"`
	// Of other programs.
	Fisheye *bool `json:"is_fisheye"`
}

// frame is how files have one.
type frame struct {
	camera
	File   string      `json:"file_path"`
	Depth  string      `json:"depth_file_path"`
	Mask   string      `json:"mask_path"`
	Matrix [][]float64 `json:"transform_matrix"`
}

// file is a whole file.
type file struct {
	camera
	Frames []frame `json:"frames"`
	PLY    string  `json:"ply_file_path"`
}

// Is reports whether bytes are the start of such a file, as far as a few thousand can tell.
func Is(start []byte) bool {
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(start, []byte("{")) {
		return false
	}
	for _, key := range []string{`"transform_matrix"`, `"camera_angle_x"`, `"fl_x"`} {
		if bytes.Contains(start, []byte(key)) {
			return true
		}
	}
	return false
}

// ReadFile is [Read] for a file.
func ReadFile(name string, opts *Options) (*Capture, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	c, err := Read(f, opts)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// Read reads a file. Everything wrong with it is an [*Error].
func Read(r io.Reader, opts *Options) (*Capture, error) {
	most := 1 << 20
	if opts != nil && opts.MaxFrames > 0 {
		most = opts.MaxFrames
	}
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, &Error{Offset: int64(len(data)), Reason: err.Error(), Err: err}
	}
	if len(data) > maxBytes {
		return nil, &Error{Offset: maxBytes, Reason: fmt.Sprintf("the file is larger than %d MiB, which is the limit", maxBytes>>20)}
	}
	var in file
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &in); err != nil {
		return nil, jsonError(err, int64(len(data)))
	}
	if in.Frames == nil {
		return nil, &Error{Reason: `there are no "frames": is this a transforms.json?`}
	}
	if len(in.Frames) > most {
		return nil, &Error{Reason: fmt.Sprintf("there are %d frames, more than the limit of %d", len(in.Frames), most)}
	}
	return in.capture()
}

func jsonError(err error, size int64) error {
	e := &Error{Reason: err.Error(), Err: err}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		if e.Offset = syntax.Offset; syntax.Offset >= size {
			e.Reason, e.Err = "the file ends early", io.ErrUnexpectedEOF
		}
	case errors.As(err, &kind):
		name := kind.Field[strings.LastIndexByte(kind.Field, '.')+1:]
		e.Offset, e.Reason = kind.Offset, fmt.Sprintf("%q is a %s; it must be a %s", name, kind.Value, kind.Type.Kind())
	}
	return e
}

func (in *file) capture() (*Capture, error) {
	out := &Capture{PointCloud: in.PLY}
	without := 0
	for i := range in.Frames {
		f := &in.Frames[i]
		if f.Matrix == nil || f.File == "" {
			without++
			continue
		}
		made := Frame{File: f.File, Depth: f.Depth, Mask: f.Mask}
		var err error
		if made.Camera, err = in.merged(&f.camera); err == nil {
			made.Pose, made.Scaled, err = pose(f.Matrix)
		}
		if err != nil {
			return nil, &Error{Frame: i + 1, Reason: err.Error()}
		}
		out.Frames = append(out.Frames, made)
	}
	if without > 0 {
		out.Skipped = append(out.Skipped, fmt.Sprintf("%d frames without a file or a matrix", without))
	}
	return out, nil
}

// merged returns the parameters of a frame: its own, or those of all.
func (c *camera) merged(own *camera) (Camera, error) {
	out := Camera{Model: "PINHOLE"}
	var w, h float64
	for _, from := range []*camera{c, own} {
		if from.Model != nil {
			out.Model = *from.Model
		}
		if from.Fisheye != nil && *from.Fisheye && from.Model == nil {
			out.Model = "OPENCV_FISHEYE"
		}
		for _, n := range []struct {
			to   *float64
			from *float64
		}{
			{&w, from.W}, {&h, from.H}, {&out.FX, from.FX}, {&out.FY, from.FY}, {&out.CX, from.CX}, {&out.CY, from.CY},
			{&out.AngleX, from.AngleX}, {&out.AngleY, from.AngleY}, {&out.K1, from.K1}, {&out.K2, from.K2},
			{&out.K3, from.K3}, {&out.K4, from.K4}, {&out.P1, from.P1}, {&out.P2, from.P2},
		} {
			if n.from != nil {
				*n.to = *n.from
			}
		}
	}
	if w < 0 || h < 0 || w > 1<<30 || h > 1<<30 {
		return out, fmt.Errorf("pictures of %g x %g pixels are out of range", w, h)
	}
	out.Width, out.Height = int(w), int(h)
	if out.FX > 0 && out.FY == 0 {
		out.FY = out.FX
	}
	return out, nil
}

// pose is that of a camera whose matrix has y up and z backward. The file may have three rows or four.
func pose(m [][]float64) (p transform.SE3, scaled bool, err error) {
	if len(m) != 3 && len(m) != 4 {
		return p, false, fmt.Errorf("the transform_matrix has %d rows; it must have 4", len(m))
	}
	var r [3][3]float64
	for i, row := range m[:3] {
		if len(row) != 4 {
			return p, false, fmt.Errorf("row %d of the transform_matrix has %d numbers; it must have 4", i+1, len(row))
		}
		for _, x := range row {
			if !(math.Abs(x) <= 1e15) {
				return p, false, errors.New("a number of the transform_matrix is too large")
			}
		}
		p.Translation[i] = row[3]
		r[i] = [3]float64{row[0], -row[1], -row[2]}
	}
	for k := range 3 {
		n := math.Sqrt(r[0][k]*r[0][k] + r[1][k]*r[1][k] + r[2][k]*r[2][k])
		if n < 1e-12 {
			return p, false, fmt.Errorf("column %d of the transform_matrix has no length", k+1)
		}
		scaled = scaled || math.Abs(n-1) > 1e-3
		for i := range 3 {
			r[i][k] /= n
		}
	}
	if err := transform.CheckRotation(r, 1e-2); err != nil {
		return p, false, fmt.Errorf("the transform_matrix is no rotation: %w", err)
	}
	p.Rotation = transform.SO3FromMatrix(r).Normalize()
	return p, scaled, nil
}
