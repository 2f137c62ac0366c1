// Package npy reads and writes NumPy's files: .npy, one array, and .npz, a ZIP archive of them.
//
//	arrays, err := npy.ReadFile("scan.npz", nil)
//	if err != nil {
//		return err // names the file, the array, and what is wrong there
//	}
//	for _, a := range arrays {
//		fmt.Println(a.Name, a.Shape, a.DType)
//	}
//	points, err := npy.Points(arrays) // if they are a point cloud
//
// Versions 1 to 3 are read, both byte orders, C and Fortran order, and all numbers that Go has: bool, integers and
// floating point numbers of 16, 32 and 64 bits; and structured arrays of them. Others, such as texts and complex numbers,
// are an error, or in an archive or a structured array skipped, and said. Python objects are never read: they are
// programs.
//
// Files are untrusted input: memory grows with the bytes that have really been read, not with what a header claims, and
// an archive does not become larger than [Options.MaxBytes].
package npy

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/window"
	"github.com/viser-go/viser/internal/sniff"
)

// Array is an array in C order: the last index changes fastest.
type Array struct {
	// Name is that of the array in an archive, or of the field in a structured array; "" otherwise.
	Name string
	// Shape are the lengths along each axis. It is empty for a single number.
	Shape []int
	// DType is the type as NumPy writes it, such as "<f4".
	DType string
	// Data has the numbers: a []bool, []int8, []uint8, []int16, []uint16, []int32, []uint32, []int64, []uint64,
	// []float32 or []float64. Those of 16 bits and floating point are in a []float32. It is nil for a structured array.
	Data any
	// Fields are those of a structured array. The shape of each begins with that of the array.
	Fields []*Array
	// Skipped names the fields of a structured array that were not read.
	Skipped []string
}

// Len is the number of elements.
func (a *Array) Len() int {
	n := 1
	for _, length := range a.Shape {
		n *= length
	}
	return n
}

// Options are options of reading a file. Nil, like the zero value, reads everything.
type Options struct {
	// Size is the number of bytes that the reader holds, where that is known; 0 means unknown. A header
	// that claims more is then refused before anything is read, and arrays are allocated once.
	Size int64
	// MaxBytes refuses larger arrays, and archives whose arrays are larger together. 0 means 8 GiB; for an archive,
	// 200 times its own size, but at least 256 MiB, if that is less.
	MaxBytes int64
	// Progress, when set, is called about once per MiB with the number of bytes read so far, by the
	// goroutine that reads.
	Progress func(read int64)
}

const (
	defaultMaxBytes = 8 << 30
	// Archives of arrays that are mostly zeros are a thousandth of their size; but then they are small.
	mostRatio    = 200
	leastArchive = 256 << 20
	maxArrays    = 1 << 12
)

func (o *Options) withDefaults() Options {
	var c Options
	if o != nil {
		c = *o
	}
	if c.MaxBytes <= 0 {
		c.MaxBytes = defaultMaxBytes
	}
	return c
}

// ReadFile reads all arrays of a .npy or .npz file, which its content tells.
func ReadFile(name string, opts *Options) ([]*Array, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	o := Options{}
	if opts != nil {
		o = *opts
	}
	if o.Size == 0 && info.Mode().IsRegular() {
		o.Size = info.Size()
	}
	var arrays []*Array
	start := make([]byte, 4)
	if n, _ := f.ReadAt(start, 0); string(start[:n]) == zipMagic {
		arrays, _, err = ReadArchive(f, info.Size(), &o)
	} else {
		var a *Array
		a, err = Read(f, &o)
		arrays = []*Array{a}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return arrays, nil
}

const zipMagic = "PK\x03\x04"

// Read reads a .npy file from r, in one pass. The errors are of type [*cloud.Error].
func Read(r io.Reader, opts *Options) (*Array, error) {
	o := opts.withDefaults()
	w := window.New(r, o.Progress)
	a, where, err := read(w, o.Size, o.MaxBytes)
	if err != nil {
		return nil, &cloud.Error{Format: "npy", Where: where, Offset: w.Offset(), Err: err}
	}
	return a, nil
}

// ReadArchive reads all arrays of a .npz file of size bytes, and returns with them the names of what it skipped. Of the
// options, Size has no effect. The errors say which array is wrong.
func ReadArchive(r io.ReaderAt, size int64, opts *Options) (arrays []*Array, skipped []string, err error) {
	o := Options{}
	if opts != nil {
		o = *opts
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = min(defaultMaxBytes, max(leastArchive, mostRatio*min(size, math.MaxInt64/mostRatio)))
	}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, nil, fmt.Errorf("npy: this is not a .npz file: %w", err)
	}
	var done int64
	for i, f := range archive.File {
		name, isArray := strings.CutSuffix(f.Name, ".npy")
		name = cloud.Printable(name)
		if !isArray || i >= maxArrays {
			if !strings.HasSuffix(f.Name, "/") {
				skipped = append(skipped, cloud.Printable(f.Name))
			}
			continue
		}
		a, n, err := readMember(f, size, o, done)
		done += n
		var unread *dtypeError
		switch {
		case errors.As(err, &unread):
			skipped = append(skipped, fmt.Sprintf("%s: %v", name, unread))
			continue
		case err != nil:
			var e *cloud.Error
			if !errors.As(err, &e) {
				e = &cloud.Error{Format: "npy", Where: "archive", Err: err}
			}
			e.Where = fmt.Sprintf("array %.80q, %s", path.Base(name), e.Where)
			return nil, nil, e
		}
		a.Name = name
		arrays = append(arrays, a)
	}
	if len(arrays) == 0 {
		return nil, nil, fmt.Errorf("npy: the archive has no arrays that can be read; it has %.200s", strings.Join(skipped, ", "))
	}
	return arrays, skipped, nil
}

// readMember reads an array of an archive of size bytes, of which done bytes have been read before. It returns how many it has.
func readMember(f *zip.File, size int64, o Options, done int64) (*Array, int64, error) {
	if f.UncompressedSize64 > math.MaxInt64 {
		return nil, 0, errors.New("the size is damaged")
	}
	r, err := f.Open()
	if err != nil {
		return nil, 0, err
	}
	defer r.Close() // its errors come with the last bytes
	member := o
	// What the archive says of the size is not known to be true: it may only make the claims of a header smaller.
	member.Size, member.MaxBytes = 0, o.MaxBytes-done
	if f.Method == zip.Store && f.UncompressedSize64 <= uint64(size) {
		member.Size = int64(f.UncompressedSize64) // not compressed: the archive has that many bytes
	}
	member.Progress = nil
	if o.Progress != nil {
		member.Progress = func(read int64) { o.Progress(done + read) }
	}
	counted := &counter{r: r}
	a, err := Read(counted, &member)
	if err == nil {
		// The checksum comes with the end.
		if _, err = io.CopyN(io.Discard, counted, 1); err == io.EOF {
			err = nil
		} else if err == nil {
			err = errors.New("there are bytes after the array")
		}
	}
	return a, counted.n, err
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

const magic = "\x93NUMPY"

// read reads an array, and returns with an error where it is.
func read(w *window.Window, size, most int64) (a *Array, where string, err error) {
	h, err := readHeader(w)
	if err != nil {
		return nil, "header", err
	}
	bytesNeeded := uint64(h.dtype.size)
	for _, length := range h.shape {
		bytesNeeded = window.Times(bytesNeeded, uint64(length))
	}
	if bytesNeeded > uint64(most) {
		return nil, "header", fmt.Errorf("an array of shape %v has %d bytes, the limit is %d", shapeText(h.shape), bytesNeeded, most)
	}
	if left := size - w.Offset(); size > 0 && bytesNeeded > uint64(max(left, 0)) {
		return nil, "header", &shortfall{h.shape, bytesNeeded, max(left, 0)}
	}
	a, err = h.readData(w, size > 0)
	return a, "data", err
}

// shortfall is the error of a header that promises more than the file can hold.
type shortfall struct {
	shape []int
	need  uint64
	left  int64
}

// Unwrap returns io.ErrUnexpectedEOF: a header that promises too much is mostly that of a truncated file.
func (s *shortfall) Unwrap() error { return io.ErrUnexpectedEOF }

func (s *shortfall) Error() string {
	return fmt.Sprintf("an array of shape %v has %d bytes, but only %d follow", shapeText(s.shape), s.need, s.left)
}

// shapeText shows a shape as Python does, but short.
func shapeText(shape []int) string {
	const most = 8
	var s []string
	for _, n := range shape[:min(most, len(shape))] {
		s = append(s, fmt.Sprint(n))
	}
	if len(shape) > most {
		s = append(s, "…")
	}
	return "(" + strings.Join(s, ", ") + ")"
}

// header is what is before the numbers.
type header struct {
	dtype   *dtype
	fortran bool
	shape   []int
}

const (
	maxHeader = 1 << 20
	maxAxes   = 64 // NumPy's own limit
)

func readHeader(w *window.Window) (*header, error) {
	w.Want(512) // fewer are fine
	if start := w.Rest(); len(start) < len(magic) || string(start[:len(magic)]) != magic {
		if w.Err != nil && w.Err != io.EOF {
			return nil, w.Err
		}
		reason := `this is not a NumPy file: it does not begin with "\x93NUMPY"`
		if name := sniff.Name(start); name != "" {
			reason += "; it looks like " + name
		}
		return nil, errors.New(reason)
	}
	start, err := w.Next(8)
	if err != nil {
		return nil, err
	}
	lengthSize := 2
	switch major := start[6]; major {
	case 1:
	case 2, 3:
		lengthSize = 4
	default:
		return nil, fmt.Errorf("this is version %d; 1 to 3 can be read", major)
	}
	raw, err := w.Next(lengthSize)
	if err != nil {
		return nil, err
	}
	length := uint32(raw[0]) | uint32(raw[1])<<8
	if lengthSize == 4 {
		length = binary.LittleEndian.Uint32(raw)
	}
	if length > maxHeader {
		return nil, fmt.Errorf("a header of %d bytes is too long, the limit is %d", length, maxHeader)
	}
	var text bytes.Buffer
	for text.Len() < int(length) {
		part, err := w.Next(min(int(length)-text.Len(), window.Size))
		if err != nil {
			return nil, err
		}
		text.Write(part)
	}
	return parseHeader(text.String())
}

// parseHeader reads the dictionary.
func parseHeader(text string) (*header, error) {
	v, err := parseLiteral(text)
	if err != nil {
		return nil, err
	}
	dict, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("the header is not a dictionary")
	}
	h := &header{}
	shape, ok := dict["shape"].(tuple)
	if !ok || len(shape) > maxAxes {
		return nil, errors.New("the header has no shape, or one of too many axes")
	}
	if h.shape, err = lengths(shape); err != nil {
		return nil, err
	}
	if h.fortran, ok = dict["fortran_order"].(bool); !ok {
		return nil, errors.New("the header does not say whether the order is that of Fortran")
	}
	if h.dtype, err = dtypeOf(dict["descr"]); err != nil {
		return nil, err
	}
	return h, nil
}

// lengths turns a tuple into a shape whose product does not overflow.
func lengths(values tuple) (shape []int, err error) {
	product := uint64(1)
	for _, v := range values {
		n, ok := v.(int64)
		if !ok || n < 0 {
			return nil, errors.New("a shape must be a tuple of numbers that are not negative")
		}
		shape = append(shape, int(n))
		product = window.Times(product, uint64(max(n, 1)))
	}
	if product > math.MaxInt64/64 {
		return nil, fmt.Errorf("the shape %v is too large", shapeText(shape))
	}
	return shape, nil
}
