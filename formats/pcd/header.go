package pcd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/number"
	"github.com/viser-go/viser/formats/internal/window"
	"github.com/viser-go/viser/internal/sniff"
)

// What a header may hold. Real ones have a few hundred bytes.
const (
	maxLine   = 16 << 10
	maxLines  = 1 << 10
	maxFields = 1 << 10
	maxCount  = 1 << 16
	maxStride = 64 << 10
)

// Data is how the points are written.
type Data uint8

const (
	// ASCII is text, a point a line.
	ASCII Data = iota + 1
	// Binary is little-endian numbers.
	Binary
	// Compressed is binary, the numbers of a field side by side, compressed by LZF.
	Compressed
)

// Header is the header of a PCD file.
type Header struct {
	Version string
	Fields  []Field
	// Width is the number of points in a row of the grid of an organized cloud, Height the number of rows. Height
	// is 1 for others.
	Width, Height int
	// Viewpoint is where the sensor was: its place, and its orientation as a quaternion, scalar first.
	Viewpoint [7]float64
	Points    uint64
	Data      Data
	Comments  []string
}

// Field is one or more numbers of each point.
type Field struct {
	Name string
	// Size is the bytes of a number, 1, 2, 4 or 8; Type is 'I', 'U' or 'F' for signed, unsigned and floating point ones.
	Size int
	Type byte
	// Count is how many numbers of that type a point has.
	Count int
}

// readHeader reads up to and including the DATA line.
func readHeader(w *window.Window) (*Header, error) {
	h := &Header{Viewpoint: [7]float64{3: 1}, Width: -1, Height: -1}
	points, hasPoints := uint64(0), false
	for line := 1; ; line++ {
		text, err := readLine(w, line)
		if err != nil {
			return nil, err
		}
		words := strings.Fields(string(text))
		if len(words) == 0 {
			continue
		}
		if strings.HasPrefix(words[0], "#") {
			if c := cloud.Printable(strings.TrimLeft(string(text), "# \t")); c != "" {
				h.Comments = append(h.Comments, c)
			}
			continue
		}
		if strings.EqualFold(words[0], "POINTS") && len(words) == 2 {
			points, err = strconv.ParseUint(words[1], 10, 63)
			hasPoints = true
		} else {
			err = h.add(words)
		}
		if err != nil {
			if errors.Is(err, strconv.ErrSyntax) || errors.Is(err, strconv.ErrRange) {
				err = fmt.Errorf("%s needs whole numbers, not %.40q", words[0], strings.Join(words[1:], " "))
			}
			w.Line-- // the line that was read
			return nil, err
		}
		if h.Data != 0 {
			return h, h.check(points, hasPoints)
		}
	}
}

func readLine(w *window.Window, line int) ([]byte, error) {
	if line == 1 {
		w.Want(512) // fewer are fine
		if start := bytes.TrimPrefix(w.Rest(), []byte("\xef\xbb\xbf")); !looksLike(start) && (w.Err == nil || w.Err == io.EOF) {
			return nil, notPCD(start)
		}
		if bytes.HasPrefix(w.Rest(), []byte("\xef\xbb\xbf")) {
			w.Take(3)
		}
	}
	if line > maxLines {
		return nil, fmt.Errorf("the header does not end within %d lines", maxLines)
	}
	text, long, err := w.ReadLine(maxLine)
	if long {
		return nil, fmt.Errorf("a line of the header is longer than %d bytes", maxLine)
	}
	if err == io.EOF {
		return nil, io.ErrUnexpectedEOF
	}
	return text, err
}

// keywords begin the lines of a header.
var keywords = []string{"VERSION", "FIELDS", "COLUMNS", "SIZE", "TYPE", "COUNT", "WIDTH", "HEIGHT", "VIEWPOINT", "POINTS", "DATA"}

// looksLike reports whether bytes begin as a PCD file does: after comments, with one of its keywords.
func looksLike(start []byte) bool {
	for line := range bytes.Lines(start) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' && sniff.Text(line) {
			continue
		}
		for _, k := range keywords[:4] {
			if len(line) > len(k) && strings.EqualFold(string(line[:len(k)]), k) && (line[len(k)] == ' ' || line[len(k)] == '\t') {
				return true
			}
		}
		return false
	}
	return bytes.HasPrefix(start, []byte("#")) && bytes.Contains(start, []byte("PCD"))
}

// Is reports whether bytes begin as a PCD file does. A few hundred bytes are enough.
func Is(start []byte) bool { return looksLike(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))) }

func notPCD(start []byte) error {
	reason := `this is not a PCD file: it does not begin with "# .PCD" or "VERSION"`
	if name := sniff.Name(start); name != "" {
		reason += "; it looks like " + name
	}
	return errors.New(reason)
}

// add parses one line, but POINTS.
func (h *Header) add(words []string) (err error) {
	key, values := strings.ToUpper(words[0]), words[1:]
	switch key {
	case "VERSION":
		h.Version = cloud.Printable(strings.Join(values, " "))
	case "FIELDS", "COLUMNS":
		return h.addFields(values)
	case "SIZE", "TYPE", "COUNT":
		return h.addPerField(key, values)
	case "WIDTH", "HEIGHT":
		if len(values) != 1 {
			return fmt.Errorf("%s needs one number", key)
		}
		n, err := strconv.ParseUint(values[0], 10, 62)
		if key == "WIDTH" {
			h.Width = int(n)
		} else {
			h.Height = int(n)
		}
		return err
	case "VIEWPOINT":
		for i := range min(len(values), len(h.Viewpoint)) {
			if v, ok := number.Parse([]byte(values[i])); ok {
				h.Viewpoint[i] = v
			}
		}
	case "DATA":
		if len(values) != 1 {
			return errors.New("DATA needs one word")
		}
		switch strings.ToLower(values[0]) {
		case "ascii":
			h.Data = ASCII
		case "binary":
			h.Data = Binary
		case "binary_compressed":
			h.Data = Compressed
		default:
			return fmt.Errorf("DATA can be ascii, binary or binary_compressed, not %.40q", values[0])
		}
	default:
		return fmt.Errorf("a header line cannot begin with %.40q", words[0])
	}
	return nil
}

func (h *Header) addFields(names []string) error {
	if h.Fields != nil {
		return errors.New("there is a second FIELDS line")
	}
	if len(names) == 0 || len(names) > maxFields {
		return fmt.Errorf("FIELDS needs 1 to %d names, not %d", maxFields, len(names))
	}
	for _, name := range names {
		h.Fields = append(h.Fields, Field{Name: cloud.Printable(name), Size: 4, Type: 'F', Count: 1})
	}
	return nil
}

func (h *Header) addPerField(key string, values []string) error {
	if len(values) != len(h.Fields) {
		return fmt.Errorf("%s needs one value for each of the %d FIELDS, not %d", key, len(h.Fields), len(values))
	}
	for i, v := range values {
		f := &h.Fields[i]
		if key == "TYPE" {
			if f.Type = strings.ToUpper(v)[0]; len(v) != 1 || strings.IndexByte("IUF", f.Type) < 0 {
				return fmt.Errorf("TYPE can be I, U or F, not %.40q", v)
			}
			continue
		}
		n, err := strconv.ParseUint(v, 10, 31)
		if err != nil {
			return err
		}
		if key == "SIZE" {
			f.Size = int(n)
		} else if f.Count = int(n); n > maxCount {
			return fmt.Errorf("a COUNT of %d is too much, %d is the limit", n, maxCount)
		}
	}
	return nil
}

// check validates the header as a whole.
func (h *Header) check(points uint64, hasPoints bool) error {
	if h.Fields == nil {
		return errors.New("there is no FIELDS line")
	}
	stride := 0
	for _, f := range h.Fields {
		if f.Size != 1 && f.Size != 2 && f.Size != 4 && f.Size != 8 || f.Type == 'F' && f.Size < 4 {
			return fmt.Errorf("field %q cannot have type %c and %d bytes", f.Name, f.Type, f.Size)
		}
		stride += f.Size * f.Count
	}
	if stride > maxStride {
		return fmt.Errorf("a point has %d bytes, the limit is %d", stride, maxStride)
	}
	if h.Height < 0 {
		h.Height = 1
	}
	if !hasPoints {
		if h.Width < 0 {
			return errors.New("there is neither a POINTS nor a WIDTH line")
		}
		points = window.Times(uint64(h.Width), uint64(h.Height))
	}
	if h.Width < 0 {
		h.Width = int(points)
	}
	if n := window.Times(uint64(h.Width), uint64(h.Height)); n != points {
		return fmt.Errorf("WIDTH %d times HEIGHT %d is not POINTS %d", h.Width, h.Height, points)
	}
	h.Points = points
	return nil
}
