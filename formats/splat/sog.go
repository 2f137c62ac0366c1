package splat

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"math"
	"strings"

	"golang.org/x/image/webp"

	"github.com/viser-go/viser/internal/sniff"
)

// A SOG model is a file meta.json and lossless WebP pictures that it names, in a folder or in a ZIP archive. Each
// splat is a pixel in every picture. Harmonics are one of a palette's rows, whose numbers a picture has.

// sogNumber is one number or several.
type sogNumber []float64

func (n *sogNumber) UnmarshalJSON(b []byte) error {
	var many []float64
	if len(b) > 0 && b[0] == '[' {
		if err := json.Unmarshal(b, &many); err != nil {
			return err
		}
		*n = many
		return nil
	}
	var one float64
	if err := json.Unmarshal(b, &one); err != nil {
		return err
	}
	*n = sogNumber{one}
	return nil
}

// sogPart is what the pictures of a part mean: a byte lies between bounds (version 1), or is the index of a number
// (version 2).
type sogPart struct {
	Shape    []int     `json:"shape"`
	Mins     sogNumber `json:"mins"`
	Maxs     sogNumber `json:"maxs"`
	Codebook []float64 `json:"codebook"`
	Files    []string  `json:"files"`
	Count    int       `json:"count"`
	Bands    int       `json:"bands"`
}

type sogMeta struct {
	Version int      `json:"version"`
	Count   int      `json:"count"`
	Means   sogPart  `json:"means"`
	Scales  sogPart  `json:"scales"`
	Quats   sogPart  `json:"quats"`
	SH0     sogPart  `json:"sh0"`
	SHN     *sogPart `json:"shN"`
}

const (
	sogMetaName = "meta.json"
	// sogMetaLimit bounds meta.json; a real one has about 10 kB.
	sogMetaLimit = 1 << 20
	// unpackedFiles is how many times the size of an archive the files in it may have: pictures are compressed already.
	unpackedFiles = 16
	// sogPerRow is how many rows of the palette of harmonics a row of its picture has.
	sogPerRow = 64
)

// IsSOG reports whether bytes are the start of the meta.json of a SOG model.
func IsSOG(start []byte) bool {
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(start) > 0 && start[0] == '{' && (bytes.Contains(start, []byte(`"means"`)) ||
		bytes.Contains(start, []byte(`"version"`)) && bytes.Contains(start, []byte(`"count"`)) && !bytes.Contains(start, []byte(`"buffers"`)))
}

// IsSOGArchive reports whether bytes are the start of a SOG model in a ZIP archive: one whose first file is meta.json or
// one of the pictures. A few hundred bytes are enough.
func IsSOGArchive(start []byte) bool {
	name := sniff.FirstInArchive(start)
	base := name[strings.LastIndexByte(name, '/')+1:]
	return base == sogMetaName || strings.HasSuffix(base, ".webp")
}

// ReadSOG reads a SOG model of version 1 or 2, from its meta.json. [Options.Open] opens the pictures. The errors are
// of type [*Error].
func ReadSOG(meta io.Reader, opts *Options) (*Splats, error) {
	o := opts.withDefaults()
	if o.Open == nil {
		return nil, invalid("sog", sogMetaName, -1, "its pictures are in other files, which cannot be opened from here")
	}
	t := &told{r: meta, progress: o.Progress}
	return readSOG(t, o, math.MaxInt64, func(name string) (io.ReadCloser, error) {
		in, err := o.Open(name)
		if err != nil {
			return nil, err
		}
		return readCloser{&told{r: in, read: t.read, last: t.last, progress: o.Progress}, in}, nil
	})
}

type readCloser struct {
	io.Reader
	io.Closer
}

// ReadSOGArchive reads a SOG model in a ZIP archive, a .sog file. It holds the archive in memory.
func ReadSOGArchive(r io.Reader, opts *Options) (*Splats, error) {
	o := opts.withDefaults()
	limit := archiveLimit(o)
	b, err := io.ReadAll(io.LimitReader(&told{r: r, progress: o.Progress}, limit+1))
	if err != nil {
		return nil, unread("sog", "archive", int64(len(b)), err)
	}
	if int64(len(b)) > limit {
		return nil, invalid("sog", "archive", limit, "it is larger than %d splats need", o.MaxSplats)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, &Error{Format: "sog", Where: "archive", Offset: -1, Reason: err.Error(), Err: err}
	}
	folder, ok := sogFolder(z)
	if !ok {
		return nil, invalid("sog", "archive", -1, "it has no %s", sogMetaName)
	}
	open := func(name string) (io.ReadCloser, error) { return z.Open(folder + name) }
	meta, err := open(sogMetaName)
	if err != nil {
		return nil, &Error{Format: "sog", Where: sogMetaName, Offset: -1, Reason: err.Error(), Err: err}
	}
	defer meta.Close() // nothing was written
	return readSOG(meta, o, unpackedFiles*int64(len(b)), open)
}

// archiveLimit is the most that an archive may have, with pictures that are not compressed.
func archiveLimit(o Options) int64 { return sogMetaLimit + 64*int64(o.MaxSplats) }

// sogFolder finds the folder of meta.json in an archive, with its last slash.
func sogFolder(z *zip.Reader) (folder string, ok bool) {
	for _, f := range z.File {
		if f.Name == sogMetaName {
			return "", true
		}
		if rest, is := strings.CutSuffix(f.Name, "/"+sogMetaName); is && !ok {
			folder, ok = rest+"/", true
		}
	}
	return folder, ok
}

type sogFile struct {
	meta  sogMeta
	n     int
	limit int64 // of a file's bytes
	open  func(name string) (io.ReadCloser, error)
}

func readSOG(r io.Reader, o Options, limit int64, open func(name string) (io.ReadCloser, error)) (*Splats, error) {
	b, err := io.ReadAll(io.LimitReader(r, sogMetaLimit+1))
	if err != nil {
		return nil, unread("sog", sogMetaName, int64(len(b)), err)
	}
	if len(b) > sogMetaLimit {
		return nil, invalid("sog", sogMetaName, sogMetaLimit, "it is larger than %d bytes", sogMetaLimit)
	}
	f := sogFile{open: open, limit: min(limit, archiveLimit(o))}
	if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), &f.meta); err != nil {
		return nil, jsonError(err, len(b))
	}
	if err := f.check(o); err != nil {
		return nil, err
	}
	return f.read()
}

func jsonError(err error, size int) error {
	e := &Error{Format: "sog", Where: sogMetaName, Offset: -1, Reason: err.Error(), Err: err}
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		e.Offset = syntax.Offset
		if int(syntax.Offset) >= size {
			e.Err = io.ErrUnexpectedEOF
		}
	case errors.As(err, &wrong):
		e.Offset = wrong.Offset
	}
	return e
}

func (f *sogFile) check(o Options) error {
	m := &f.meta
	fail := func(reason string, args ...any) error { return invalid("sog", sogMetaName, -1, reason, args...) }
	if m.Version == 0 {
		m.Version = 1
	}
	if m.Version > 2 || m.Version < 1 {
		return fail("it is of version %d; versions 1 and 2 are read", m.Version)
	}
	f.n = m.Count
	if m.Version == 1 && len(m.Means.Shape) > 0 {
		f.n = m.Means.Shape[0]
	}
	if f.n < 0 {
		return fail("it claims %d splats", f.n)
	}
	if f.n > o.MaxSplats {
		return tooMany("sog", uint64(f.n), o)
	}
	for _, p := range []struct {
		name          string
		part          *sogPart
		files, bounds int
		codebook      int
	}{
		{"means", &m.Means, 2, 3, 0}, {"scales", &m.Scales, 1, 3, 256}, {"quats", &m.Quats, 1, 0, 0},
		{"sh0", &m.SH0, 1, 4, 256}, {"shN", m.SHN, 2, 1, 256},
	} {
		if p.part == nil {
			continue
		}
		if len(p.part.Files) < p.files {
			return fail("%s must name %d files, not %d", p.name, p.files, len(p.part.Files))
		}
		if m.Version == 2 && p.codebook > 0 {
			if len(p.part.Codebook) < p.codebook {
				return fail("%s must have a codebook of %d numbers, not %d", p.name, p.codebook, len(p.part.Codebook))
			}
			continue
		}
		if len(p.part.Mins) < p.bounds || len(p.part.Maxs) < p.bounds {
			return fail("%s must have %d numbers as mins and as maxs, not %d and %d", p.name, p.bounds, len(p.part.Mins), len(p.part.Maxs))
		}
	}
	if m.SHN != nil && m.Version == 2 && (m.SHN.Bands < 0 || m.SHN.Bands > MaxDegree) {
		return fail("its spherical harmonics are of degree %d; degrees 0 to %d are read", m.SHN.Bands, MaxDegree)
	}
	return nil
}

// value is what a byte of channel k means.
func (p *sogPart) value(version, k int, b byte) float64 {
	if version == 2 {
		return p.Codebook[b]
	}
	return between(p.Mins[k], p.Maxs[k], float64(b)/255)
}

func between(lo, hi, t float64) float64 { return lo + (hi-lo)*t }

func (f *sogFile) read() (*Splats, error) {
	m := &f.meta
	var pictures [5]pixels
	for i, name := range []string{m.Means.Files[0], m.Means.Files[1], m.Scales.Files[0], m.Quats.Files[0], m.SH0.Files[0]} {
		var err error
		if pictures[i], err = f.picture(name, f.n); err != nil {
			return nil, err
		}
	}
	low, high, scales, quats, colors := pictures[0], pictures[1], pictures[2], pictures[3], pictures[4]
	s := &Splats{}
	h, err := f.readHarmonics()
	if errors.Is(err, fs.ErrNotExist) {
		s.Skipped, h = []string{"harmonics: " + strings.TrimPrefix(err.Error(), "sog: ")}, sogHarmonics{}
	} else if err != nil {
		return nil, err
	}
	s.allocate(f.n, h.degree)
	for i := range f.n {
		var center, scale [3]float32
		lo, hi, sc, c := low.at(i), high.at(i), scales.at(i), colors.at(i)
		for k := range center {
			v := between(m.Means.Mins[k], m.Means.Maxs[k], (float64(hi[k])*256+float64(lo[k]))/65535)
			center[k] = float32(math.Copysign(math.Expm1(math.Abs(v)), v))
			scale[k] = float32(math.Exp(m.Scales.value(m.Version, k, sc[k])))
		}
		var color [3]uint8
		for k := range color {
			color[k] = harmonicColor(float32(m.SH0.value(m.Version, k, c[k])))
		}
		opacity := float64(c[3]) / 255
		if m.Version == 1 {
			opacity = 1 / (1 + math.Exp(-m.SH0.value(1, 3, c[3])))
		}
		if s.add(center, scale, sogOrientation(quats.at(i)), color, float32(opacity)) {
			s.Harmonics = h.append(s.Harmonics, i)
		}
	}
	return s, nil
}

// sogOrientation is no orientation if the last byte is wrong.
func sogOrientation(b []byte) (q [4]float32) {
	if b[3] < 252 {
		return q
	}
	var small [3]float64
	for k := range small {
		small[k] = (float64(b[k])/255*2 - 1) / math.Sqrt2
	}
	for k, v := range smallestThree(int(b[3]-252), small) {
		q[k] = float32(v)
	}
	return q
}

// sogHarmonics are those of the palette's rows, and a row for each splat.
type sogHarmonics struct {
	degree  int
	rows    [][3]float32
	labels  pixels
	perRow  int
	palette int
}

func (f *sogFile) readHarmonics() (h sogHarmonics, err error) {
	p := f.meta.SHN
	if p == nil || f.meta.Version == 2 && p.Bands == 0 {
		return h, nil
	}
	if h.labels, err = f.picture(p.Files[1], f.n); err != nil {
		return h, err
	}
	palette, err := f.picture(p.Files[0], 0)
	if err != nil {
		return h, err
	}
	for degree := 1; degree <= MaxDegree; degree++ {
		if palette.width == sogPerRow*HarmonicsOf(degree) {
			h.degree = degree
		}
	}
	if h.degree == 0 || f.meta.Version == 2 && h.degree != p.Bands {
		return h, invalid("sog", p.Files[0], -1, "a picture of %d pixels in a row is none of harmonics of degree %d", palette.width, max(p.Bands, 1))
	}
	h.perRow = HarmonicsOf(h.degree)
	h.rows = make([][3]float32, palette.width*palette.height)
	for i := range h.rows {
		for k, b := range palette.at(i)[:3] {
			h.rows[i][k] = finiteOr0(float32(p.value(f.meta.Version, 0, b)))
		}
	}
	h.palette = sogPerRow * palette.height
	if f.meta.Version == 2 {
		h.palette = min(h.palette, p.Count)
	}
	return h, nil
}

// append appends those of splat i: zeros, if the palette has no such row.
func (h *sogHarmonics) append(to [][3]float32, i int) [][3]float32 {
	if h.degree == 0 {
		return to
	}
	b := h.labels.at(i)
	label := int(b[0]) | int(b[1])<<8
	if label >= h.palette {
		return append(to, make([][3]float32, h.perRow)...)
	}
	return append(to, h.rows[label*h.perRow:(label+1)*h.perRow]...)
}

// pixels are those of a picture, four bytes each.
type pixels struct {
	width, height int
	rgba          []byte
}

func (p *pixels) at(i int) []byte { return p.rgba[4*i : 4*i+4] }

// A picture may have pixelsPerByte times as many pixels as bytes, and a few more: so small a file may be one of
// few splats, but not make us allocate much.
const (
	pixelsPerByte = 64
	morePixels    = 1 << 16
)

// picture reads a picture that must have a pixel for each of n splats.
func (f *sogFile) picture(name string, n int) (pixels, error) {
	fail := func(err error) (pixels, error) {
		return pixels{}, &Error{Format: "sog", Where: name, Offset: -1, Reason: err.Error(), Err: err}
	}
	in, err := f.open(name)
	if err != nil {
		return fail(err)
	}
	defer in.Close() // nothing was written
	b, err := io.ReadAll(io.LimitReader(in, f.limit+1))
	if err != nil {
		return pixels{}, unread("sog", name, int64(len(b)), err)
	}
	if int64(len(b)) > f.limit {
		return fail(errBomb)
	}
	config, err := webp.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return fail(err)
	}
	count := config.Width * config.Height
	switch {
	case count < n:
		return fail(fmt.Errorf("its %d x %d pixels are not enough for %d splats", config.Width, config.Height, n))
	case count > pixelsPerByte*len(b)+morePixels:
		return fail(fmt.Errorf("%d x %d pixels in %d bytes cannot be a picture of splats", config.Width, config.Height, len(b)))
	}
	m, err := webp.Decode(bytes.NewReader(b))
	if err != nil {
		return fail(err)
	}
	rgba, ok := m.(*image.NRGBA)
	if !ok {
		return fail(errors.New("it is compressed with losses"))
	}
	return pixels{width: rgba.Rect.Dx(), height: rgba.Rect.Dy(), rgba: rgba.Pix}, nil
}
