// Package splat reads Gaussian splats from the two kinds of files in which they are passed around: .splat,
// and the PLY files that the program of "3D Gaussian Splatting for Real-Time Radiance Field Rendering" (Kerbl
// et al., 2023) and its successors write.
//
//	s, err := splat.ReadFile("garden.splat", nil)
//	if err != nil {
//		return err
//	}
//	colors := make([]viser.RGB, s.Len())
//	for i, c := range s.Colors {
//		colors[i] = c
//	}
//	server.Scene().AddGaussianSplats("/garden", s.Centers, viser.SplatCovariances(s.Scales, s.WXYZs), colors, s.Opacities, nil)
//
// A file is data from the world, so it is never trusted: memory grows with the bytes that have really been
// read, not with what a header or a size claims, and everything wrong ends in an error. What is not finite
// inside a whole file is left out and counted.
package splat

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/viser-go/viser/formats/ply"
)

// Splats are Gaussians, one of each slice for every one. All numbers are finite.
type Splats struct {
	// Centers are in the unit of the file.
	Centers [][3]float32
	// Scales are the standard deviations along a splat's own axes, 0 or more, at most 1e18.
	Scales [][3]float32
	// WXYZs turn these axes into the file's: unit quaternions, scalar first.
	WXYZs [][4]float32
	// Colors are sRGB, 0 to 255.
	Colors [][3]uint8
	// Opacities are those in the middle of a splat, 0 (clear) to 1.
	Opacities []float32
	// Dropped counts splats of the file that were left out: a number was not finite, a scale below 0 or above
	// 1e18, or an orientation none.
	Dropped int
}

// Len is the number of splats.
func (s *Splats) Len() int { return len(s.Centers) }

// Options say how a file is read. Nil is the zero value.
type Options struct {
	// Size is the number of bytes that the reader holds, where that is known; 0 means unknown. Arrays are then
	// allocated once.
	Size int64
	// MaxSplats refuses larger files. 0 means 33,554,432, about 1.6 GB of result.
	MaxSplats int
	// Progress, when set, is called about once per MiB with the number of bytes read so far, by the goroutine
	// that reads.
	Progress func(read int64)
}

const defaultLimit = 1 << 25

func (o *Options) withDefaults() Options {
	var c Options
	if o != nil {
		c = *o
	}
	if c.MaxSplats <= 0 {
		c.MaxSplats = defaultLimit
	}
	return c
}

// Read reads either kind of file: what begins as PLY files do is one, and all else is taken for a .splat,
// which begins with nothing of its own.
func Read(r io.Reader, opts *Options) (*Splats, error) {
	b := bufio.NewReader(r)
	start, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("splat: %w", err)
	}
	if isPLY(start) {
		return ReadPLY(b, opts)
	}
	return ReadSplat(b, opts)
}

func isPLY(start []byte) bool {
	return len(start) == 4 && string(start[:3]) == "ply" && (start[3] == '\n' || start[3] == '\r' || start[3] == ' ')
}

// ReadFile is [Read] for a file, whose size it asks for when [Options.Size] is 0.
func ReadFile(name string, opts *Options) (*Splats, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	o := opts.withDefaults()
	if info, err := f.Stat(); err == nil && o.Size == 0 && info.Mode().IsRegular() {
		o.Size = info.Size()
	}
	s, err := Read(f, &o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// plyColumns are what a vertex of a splat has beside its place, in the order in which fromColumns wants them.
var plyColumns = []string{
	"f_dc_0", "f_dc_1", "f_dc_2", "opacity",
	"scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2", "rot_3",
}

// PLYColumns are the properties, for [ply.Options.Columns], that make a PLY file one of splats.
func PLYColumns() []string { return append([]string(nil), plyColumns...) }

// ReadPLY reads a PLY file of splats. Its errors are those of package ply, and one for a file that is not of
// splats.
func ReadPLY(r io.Reader, opts *Options) (*Splats, error) {
	o := opts.withDefaults()
	m, err := ply.Read(r, &ply.Options{Size: o.Size, MaxVertices: o.MaxSplats, Columns: plyColumns, Progress: o.Progress})
	if err != nil {
		return nil, err
	}
	s, ok := FromPLY(m)
	if !ok {
		return nil, errors.New("splat: the PLY file has no splats: its vertices lack some of the properties f_dc_*, opacity, scale_* and rot_*")
	}
	return s, nil
}

// FromPLY makes splats of a model that was read with [PLYColumns] as its columns; false if it has not all of
// them, and so is not one of splats. It takes over the model's points.
//
// In such files a scale is the natural logarithm of the standard deviation, the opacity o stands for
// 1/(1+exp(-o)), rot_0 is the scalar part of a quaternion of any length, and f_dc_* are the coefficients of the
// spherical harmonic of degree 0, which is C = 1/(2·sqrt(π)) in every direction: the color is 0.5 + C·f_dc.
// The higher degrees, which change the color with the direction of view, are left out.
func FromPLY(m *ply.Model) (*Splats, bool) {
	if len(m.Columns) != len(plyColumns) {
		return nil, false
	}
	c := m.Columns
	for _, column := range c {
		if column == nil && len(m.Points) > 0 {
			return nil, false
		}
	}
	n := len(m.Points)
	s := &Splats{
		Centers: m.Points[:0], Scales: make([][3]float32, 0, n), WXYZs: make([][4]float32, 0, n),
		Colors: make([][3]uint8, 0, n), Opacities: make([]float32, 0, n), Dropped: m.DroppedPoints,
	}
	for i, p := range m.Points {
		s.add(p,
			[3]float32{exp(c[4][i]), exp(c[5][i]), exp(c[6][i])},
			[4]float32{c[7][i], c[8][i], c[9][i], c[10][i]},
			[3]uint8{harmonic(c[0][i]), harmonic(c[1][i]), harmonic(c[2][i])},
			float32(1/(1+math.Exp(-float64(c[3][i])))))
	}
	return s, true
}

func exp(x float32) float32 { return float32(math.Exp(float64(x))) }

// harmonic is the color of a coefficient of degree 0.
func harmonic(f float32) uint8 {
	const c0 = 0.28209479177387814 // 1/(2·sqrt(π))
	v := 255*(0.5+c0*float64(f)) + 0.5
	switch {
	case v >= 255:
		return 255
	case v > 0: // false for NaN
		return uint8(v)
	}
	return 0
}

const maxScale = 1e18 // its square is a float32 still

// add appends a splat, or counts it as dropped.
func (s *Splats) add(center, scale [3]float32, q [4]float32, color [3]uint8, opacity float32) {
	length := math.Sqrt(float64(q[0])*float64(q[0]) + float64(q[1])*float64(q[1]) + float64(q[2])*float64(q[2]) + float64(q[3])*float64(q[3]))
	ok := length > 0 && length <= math.MaxFloat32 && opacity >= 0 && opacity <= 1
	for k := range scale {
		ok = ok && scale[k] >= 0 && scale[k] <= maxScale && center[k]-center[k] == 0
	}
	if !ok {
		s.Dropped++
		return
	}
	for k := range q {
		q[k] = float32(float64(q[k]) / length)
	}
	s.Centers = append(s.Centers, center)
	s.Scales = append(s.Scales, scale)
	s.WXYZs = append(s.WXYZs, q)
	s.Colors = append(s.Colors, color)
	s.Opacities = append(s.Opacities, opacity)
}
