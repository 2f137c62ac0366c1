// Package splat reads and writes Gaussian splats, in the files in which they are passed around:
//
//   - the PLY files that the program of "3D Gaussian Splatting for Real-Time Radiance Field Rendering" (Kerbl et al.,
//     2023) and its successors write: also flat splats (of two scales), splats with colors instead of harmonics, and
//     those that PlayCanvas' tools have compressed;
//   - .splat, without harmonics;
//   - .spz of versions 1 to 3;
//   - .ksplat, of all levels of compression;
//   - SOG of versions 1 and 2, as a ZIP archive (.sog) or as a folder with a file meta.json.
//
// [WritePLY], [WriteSplat] and [WriteSPZ] write the first three. All have the axes of the first: of a scene that was
// photographed, x points to the right, y down and z forward.
//
//	s, err := splat.ReadFile("garden.splat", nil)
//	if err != nil {
//		return err
//	}
//	colors := make([]viser.RGB, s.Len())
//	for i, c := range s.Colors {
//		colors[i] = c
//	}
//	server.Scene().AddGaussianSplats("/garden", s.Centers, viser.SplatCovariances(s.Scales, s.WXYZs), colors, s.Opacities,
//		&viser.GaussianSplatsOptions{Degree: s.Degree, Harmonics: s.Harmonics})
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
	"path/filepath"
	"strings"

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
	// Degree is that of the spherical harmonics, 0 to 3. At 0 splats have the same color from all sides.
	Degree int
	// Harmonics are how colors change with the direction of view: [HarmonicsOf](Degree) coefficients for each splat,
	// one splat after another, and each of them red, green and blue. Nil at degree 0.
	//
	// They are those of "3D Gaussian Splatting for Real-Time Radiance Field Rendering": with the unit vector (x, y, z)
	// from the camera to the splat's center, in the frame of the centers, a splat shows Colors/255 plus the sum of
	// each coefficient times its function, bounded to 0 to 1. The functions are, in order,
	//
	//	degree 1: -a·y, a·z, -a·x
	//	degree 2: b·xy, -b·yz, c·(2zz-xx-yy), -b·xz, d·(xx-yy)
	//	degree 3: -e·y(3xx-yy), f·xyz, -g·y(4zz-xx-yy), h·z(2zz-3xx-3yy), -g·x(4zz-xx-yy), i·z(xx-yy), -e·x(xx-3yy)
	//
	// with a = sqrt(3/4π), b = sqrt(15/4π), c = sqrt(5/16π), d = sqrt(15/16π), e = sqrt(35/32π), f = sqrt(105/4π),
	// g = sqrt(21/32π), h = sqrt(7/16π), i = sqrt(105/16π): real spherical harmonics by order m = -l to l.
	Harmonics [][3]float32
	// Dropped counts splats of the file that were left out: a number was not finite, a scale below 0 or above
	// 1e18, or an orientation of length 0.
	Dropped int
	// Skipped names what else of the file is not here.
	Skipped []string
}

// MaxDegree is the highest degree of spherical harmonics.
const MaxDegree = 3

// HarmonicsOf is the number of coefficients of each splat at a degree: 0, 3, 8 or 15. That of the color itself does
// not count.
func HarmonicsOf(degree int) int { return (degree+1)*(degree+1) - 1 }

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
	// MaxSplats refuses larger files. 0 means 33,554,432, about 1.6 GB of result, and 6 GB more for harmonics of degree 3.
	MaxSplats int
	// Open opens a file that a file refers to, by its name there, such as "means_l.webp": the pictures that belong to the
	// meta.json of a SOG model. The name is untrusted: let it not leave the folder, as [os.Root] does. [ReadFile] sets it,
	// to the folder of the file, if it is nil.
	Open func(name string) (io.ReadCloser, error)
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

// Read reads a file of any of the formats, which it recognizes by the content. A .splat file begins with nothing of
// its own; data of another recognizable format, such as a picture, is an error that names it.
func Read(r io.Reader, opts *Options) (*Splats, error) {
	b := bufio.NewReader(r)
	start, err := b.Peek(sniffed)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("splat: %w", err)
	}
	name := sniff.Name(start)
	switch {
	case IsPLY(start):
		return ReadPLY(b, opts)
	case IsSPZ(start):
		return ReadSPZ(b, opts)
	case IsKsplat(start):
		return ReadKsplat(b, opts)
	case IsSOGArchive(start):
		return ReadSOGArchive(b, opts)
	case IsSOG(start):
		return ReadSOG(b, opts)
	case len(start) > 0 && name != "" && !IsSplat(start):
		return nil, fmt.Errorf("splat: this is no file of splats (PLY, .splat, .spz, .ksplat or SOG); it looks like %s", name)
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
// not text, the numbers of all whole splats are valid for [ReadSplat], and nearly all quaternions have about the length 1,
// which numbers of other files rarely have. A few hundred bytes are enough.
func IsSplat(start []byte) bool {
	if len(start) < rowSize || sniff.Text(start) {
		return false
	}
	var s Splats
	long := 0 // splats whose quaternion is not of length 1
	for ; len(start) >= rowSize; start = start[rowSize:] {
		s.addRow(start[:rowSize])
		square := 0
		for _, v := range start[28:rowSize] {
			square += (int(v) - 128) * (int(v) - 128)
		}
		if square < 115*115 || square > 141*141 { // of 128: rounding changes less
			long++
		}
	}
	return s.Dropped == 0 && long <= s.Len()/10
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
	if o.Open == nil {
		root, err := os.OpenRoot(filepath.Dir(name))
		if err != nil {
			return nil, err
		}
		defer root.Close()
		o.Open = func(name string) (io.ReadCloser, error) { return root.Open(name) }
	}
	s, err := Read(f, &o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

const maxScale = 1e18 // its square is a float32 still

// add appends a splat, or counts it as dropped and returns false. Its harmonics are the caller's to append.
func (s *Splats) add(center, scale [3]float32, q [4]float32, color [3]uint8, opacity float32) bool {
	length := math.Sqrt(float64(q[0])*float64(q[0]) + float64(q[1])*float64(q[1]) + float64(q[2])*float64(q[2]) + float64(q[3])*float64(q[3]))
	ok := length > 0 && length <= math.MaxFloat32 && opacity >= 0 && opacity <= 1
	for k := range scale {
		ok = ok && scale[k] >= 0 && scale[k] <= maxScale && center[k]-center[k] == 0
	}
	if !ok {
		s.Dropped++
		return false
	}
	for k := range q {
		q[k] = float32(float64(q[k]) / length)
	}
	s.Centers = append(s.Centers, center)
	s.Scales = append(s.Scales, scale)
	s.WXYZs = append(s.WXYZs, q)
	s.Colors = append(s.Colors, color)
	s.Opacities = append(s.Opacities, opacity)
	return true
}
