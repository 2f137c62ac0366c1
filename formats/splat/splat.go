// Package splat reads Gaussian splats from the two kinds of files in which they are passed around: .splat,
// and the PLY files that the program of "3D Gaussian Splatting for Real-Time Radiance Field Rendering" (Kerbl
// et al., 2023) and its successors write: also flat splats (of two scales), splats with colors instead of
// harmonics, and those that PlayCanvas' tools have compressed.
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
// Files are untrusted input: memory grows with the bytes that have really been read, not with what a header or a size
// claims, and everything wrong ends in an error. What is not finite inside a whole file is left out and counted.
package splat

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/internal/sniff"
)

// Splats are Gaussians, one of each slice for every one. All numbers are finite.
type Splats struct {
	// Origin is what was subtracted from each center of the file, zero unless [Options.Recenter] was set.
	Origin [3]float64
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
	// 1e18, or an orientation of length 0.
	Dropped int
}

// Len is the number of splats.
func (s *Splats) Len() int { return len(s.Centers) }

// Options are how a file is read. Nil is the zero value.
type Options struct {
	// Size is the number of bytes that the reader holds, where that is known; 0 means unknown. Arrays are then
	// allocated once.
	Size int64
	// Recenter subtracts an origin, which [Splats.Origin] reports, before the coordinates of a PLY file are rounded to
	// float32, as [ply.Options.Recenter] does: splats in survey coordinates keep their places with it. A .splat file
	// has float32 coordinates, which stay as they are.
	Recenter bool
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

// Read reads either kind of file, which it recognizes by the content: what begins as PLY files do is one. A .splat
// file begins with nothing of its own; data of another recognizable format, such as a picture, is an error that
// names it.
func Read(r io.Reader, opts *Options) (*Splats, error) {
	b := bufio.NewReader(r)
	start, err := b.Peek(sniffed)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("splat: %w", err)
	}
	if IsPLY(start) {
		return ReadPLY(b, opts)
	}
	if name := sniff.Name(start); len(start) > 0 && name != "" && !IsSplat(start) {
		return nil, fmt.Errorf("splat: this is neither a .splat nor a PLY file; it looks like %s", name)
	}
	return ReadSplat(b, opts)
}

// sniffed is how much of a file is read to recognize its format.
const sniffed = 512

// IsPLY reports whether bytes begin as a PLY file does, perhaps after a byte order mark.
func IsPLY(start []byte) bool {
	start = bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	return len(start) >= 4 && string(start[:3]) == "ply" && strings.IndexByte("\n\r\t ", start[3]) >= 0
}

// IsSplat reports whether bytes could be the start of a .splat file: there is at least one whole splat, they are
// not text, and the numbers of all whole splats are valid for [ReadSplat]. A few hundred bytes are enough.
func IsSplat(start []byte) bool {
	if len(start) < rowSize || sniff.Text(start) {
		return false
	}
	var s Splats
	for ; len(start) >= rowSize; start = start[rowSize:] {
		s.addRow(start[:rowSize])
	}
	return s.Dropped == 0
}

// ReadFile is [Read] for a file, whose size it determines when [Options.Size] is 0.
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

// plyColumns are what a vertex of a splat has beside its place, in the order of the constants below.
var plyColumns = []string{
	"f_dc_0", "f_dc_1", "f_dc_2", "opacity",
	"scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2", "rot_3",
}

const (
	columnColor    = 0
	columnOpacity  = 3
	columnScale    = 4
	columnRotation = 7
)

// PLYColumns are the properties, for [ply.Options.Columns], with which [FromPLY] makes splats.
func PLYColumns() []string { return append([]string(nil), plyColumns...) }

// ReadPLY reads a PLY file of splats. Its errors are those of package ply, and one for a file that is not of
// splats.
func ReadPLY(r io.Reader, opts *Options) (*Splats, error) {
	o := opts.withDefaults()
	m, err := ply.Read(r, &ply.Options{
		Size: o.Size, MaxVertices: o.MaxSplats, Columns: plyColumns, Progress: o.Progress, Recenter: o.Recenter,
	})
	if err != nil {
		return nil, err
	}
	s, ok := FromPLY(m)
	if !ok {
		return nil, fmt.Errorf("splat: the PLY file has no splats: its vertices lack %s", strings.Join(MissingFromPLY(m), ", "))
	}
	return s, nil
}

// MissingFromPLY lists what keeps [FromPLY] from making splats of a model that was read with [PLYColumns] as its
// columns; nil if nothing does.
func MissingFromPLY(m *ply.Model) (missing []string) {
	if len(m.Points) == 0 && len(m.Columns) == len(plyColumns) {
		return nil
	}
	column := func(i int) bool { return i < len(m.Columns) && m.Columns[i] != nil }
	if m.Colors == nil && !(column(columnColor) && column(columnColor+1) && column(columnColor+2)) {
		missing = append(missing, "f_dc_* (or red, green and blue)")
	}
	for i := columnOpacity; i < len(plyColumns); i++ {
		if !column(i) && i != columnScale+2 {
			missing = append(missing, plyColumns[i])
		}
	}
	return missing
}

// FromPLY returns the splats of a model that was read with [PLYColumns] as its columns; false if properties of
// splats are missing, which [MissingFromPLY] lists. The splats share the model's points.
//
// In such files a scale is the natural logarithm of the standard deviation, the opacity o encodes 1/(1+exp(-o)),
// rot_0 is the scalar part of a quaternion of any length, and f_dc_* are the coefficients of the spherical
// harmonic of degree 0, which is C = 1/(2·sqrt(π)) in every direction: the color is 0.5 + C·f_dc. Without them,
// the color is red, green and blue. The higher degrees, which change the color with the viewing direction, are
// ignored. Without scale_2, splats are flat: their third scale is 1/1000 of the smaller of the others.
func FromPLY(m *ply.Model) (*Splats, bool) {
	if len(m.Columns) != len(plyColumns) || MissingFromPLY(m) != nil {
		return nil, false
	}
	c := m.Columns
	harmonic := c[columnColor] != nil && c[columnColor+1] != nil && c[columnColor+2] != nil
	n := len(m.Points)
	s := &Splats{
		Origin: m.Origin, Centers: m.Points[:0], Scales: make([][3]float32, 0, n), WXYZs: make([][4]float32, 0, n),
		Colors: make([][3]uint8, 0, n), Opacities: make([]float32, 0, n), Dropped: m.DroppedPoints,
	}
	for i, p := range m.Points {
		var color [3]uint8
		if harmonic {
			color = [3]uint8{harmonicColor(c[0][i]), harmonicColor(c[1][i]), harmonicColor(c[2][i])}
		} else {
			color = m.Colors[i]
		}
		s.add(p, scalesOf(c[columnScale:columnScale+3], i),
			[4]float32{c[columnRotation][i], c[columnRotation+1][i], c[columnRotation+2][i], c[columnRotation+3][i]},
			color, float32(1/(1+math.Exp(-float64(c[columnOpacity][i])))))
	}
	return s, true
}

// flatness is the third scale of flat splats, as a part of the smaller of the others.
const flatness = 1.0 / 1000

func scalesOf(columns [][]float32, i int) [3]float32 {
	scale := [3]float32{exp(columns[0][i]), exp(columns[1][i])}
	if columns[2] != nil {
		scale[2] = exp(columns[2][i])
	} else {
		scale[2] = flatness * min(scale[0], scale[1])
	}
	return scale
}

func exp(x float32) float32 { return float32(math.Exp(float64(x))) }

// harmonicColor is the color of a coefficient of degree 0.
func harmonicColor(f float32) uint8 {
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
