package ply

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/viser-go/viser/formats/internal/window"
	"github.com/viser-go/viser/internal/sniff"
)

// What a header may hold. Real ones have tens of properties and a few hundred bytes of comments.
const (
	maxHeader     = 1 << 20
	maxLine       = 16 << 10
	maxElements   = 1 << 10
	maxProperties = 1 << 12 // all elements together
)

// scalar is the type of a number in a file.
type scalar uint8

const (
	int8Type scalar = iota + 1
	uint8Type
	int16Type
	uint16Type
	int32Type
	uint32Type
	float32Type
	float64Type
)

// scalarNames has both families of names: those of the 1994 description, and those with widths.
var scalarNames = map[string]scalar{
	"char": int8Type, "int8": int8Type,
	"uchar": uint8Type, "uint8": uint8Type,
	"short": int16Type, "int16": int16Type,
	"ushort": uint16Type, "uint16": uint16Type,
	"int": int32Type, "int32": int32Type,
	"uint": uint32Type, "uint32": uint32Type,
	"float": float32Type, "float32": float32Type,
	"double": float64Type, "float64": float64Type,
}

var scalarSizes = [...]int{0, 1, 1, 2, 2, 4, 4, 4, 8}

func (t scalar) size() int      { return scalarSizes[t] }
func (t scalar) integral() bool { return t < float32Type }

// encoding is how the numbers after the header are written.
type encoding uint8

const (
	noEncoding encoding = iota
	asciiEncoding
	littleEndian
	bigEndian
)

// property is one column of an element; a list has a count before its items.
type property struct {
	name  string
	list  bool
	count scalar // of a list
	item  scalar
}

// element is a table of the file.
type element struct {
	name       string
	count      uint64
	properties []property
}

// find returns the index of the first property, list or not as asked, that has one of the names; or -1. If
// there is none, case is ignored, since it differs between exporters; and then characters that are not printed, which
// [Model.Fields] leaves out.
func (e *element) find(list bool, names ...string) int {
	for _, same := range []func(a, b string) bool{exactly, strings.EqualFold, cleanly} {
		for i, p := range e.properties {
			for _, name := range names {
				if p.list == list && same(p.name, name) {
					return i
				}
			}
		}
	}
	return -1
}

func exactly(a, b string) bool { return a == b }

func cleanly(raw, name string) bool { return clean(raw) == name }

// stride is the number of bytes of a binary row; fixed is false when lists make rows differ.
func (e *element) stride() (bytes int, fixed bool) {
	for _, p := range e.properties {
		if p.list {
			return 0, false
		}
		bytes += p.item.size()
	}
	return bytes, true
}

// leastBytes is the minimum size of the element in the file, in bytes.
func (e *element) leastBytes(enc encoding) uint64 {
	var row uint64
	for _, p := range e.properties {
		switch {
		case enc == asciiEncoding:
			row += 2 // a digit and a space
		case p.list:
			row += uint64(p.count.size())
		default:
			row += uint64(p.item.size())
		}
	}
	return window.Times(e.count, row)
}

// header is the text before the data.
type header struct {
	encoding       encoding
	elements       []element
	comments, info []string
	properties     int
	oldMac         bool // lines end with CR alone

	// What the elements mean; nil where there is none.
	vertex, face, strips, edge, chunk, harmonics *element
	textures                                     []string
}

// find returns the element of that name, or nil. As with properties, an exact match takes
// precedence.
func (h *header) find(name string) *element {
	for _, same := range []func(a, b string) bool{exactly, strings.EqualFold} {
		for i := range h.elements {
			if same(h.elements[i].name, name) {
				return &h.elements[i]
			}
		}
	}
	return nil
}

// resolve finds what the elements mean.
func (h *header) resolve() {
	h.vertex, h.face, h.strips = h.find("vertex"), h.find("face"), h.find("tristrips")
	h.edge, h.chunk, h.harmonics = h.find("edge"), h.find("chunk"), h.find("sh")
	for _, c := range h.comments {
		word, name, _ := strings.Cut(c, " ")
		if name = strings.TrimSpace(name); strings.EqualFold(word, "TextureFile") && name != "" {
			h.textures = append(h.textures, name)
		}
	}
}

// readHeader reads up to and including the end_header line. Its errors carry no place: the source has it.
func readHeader(s *window.Window) (*header, error) {
	h := &header{}
	if err := h.readMagic(s); err != nil {
		return nil, err
	}
	for {
		line, err := h.readLine(s)
		if err != nil {
			return nil, err
		}
		done, err := h.add(string(bytes.TrimRight(line, "\r\n\t ")))
		if err != nil {
			return nil, err
		}
		s.Line++
		if done {
			return h, h.check()
		}
	}
}

// readMagic reads the first line, and detects how lines end.
func (h *header) readMagic(s *window.Window) error {
	if !s.Want(4) && (s.Err != io.EOF || len(s.Rest()) == 0) {
		return s.Fault()
	}
	s.Want(sniffed)
	if bytes.HasPrefix(s.Rest(), []byte(byteOrderMark)) {
		s.Take(len(byteOrderMark))
	}
	start := s.Rest()
	if len(start) < 4 || string(start[:3]) != "ply" || !bytes.ContainsRune([]byte("\r\n\t "), rune(start[3])) {
		return notPLY(start)
	}
	s.Want(5)
	h.oldMac = start[3] == '\r' && !bytes.HasPrefix(s.Rest()[4:], []byte("\n"))
	if _, err := h.readLine(s); err != nil {
		return err
	}
	s.Line++
	return nil
}

// sniffed is how much of a file is read to recognize its format, if it is not PLY.
const sniffed = 512

// byteOrderMark is what some editors put before text.
const byteOrderMark = "\xef\xbb\xbf"

func notPLY(start []byte) error {
	reason := `this is not a PLY file: its first line is not "ply"`
	if name := sniff.Name(start); name != "" {
		reason += "; it looks like " + name
	}
	return errors.New(reason)
}

// readLine uses one line. The slice is valid until the source is used again.
func (h *header) readLine(s *window.Window) ([]byte, error) {
	if s.Offset() > maxHeader {
		return nil, fmt.Errorf("the header does not end within %d bytes", maxHeader)
	}
	end := byte('\n')
	if h.oldMac {
		end = '\r'
	}
	for have := 0; ; {
		if i := bytes.IndexByte(s.Rest()[have:], end); i >= 0 && have+i <= maxLine {
			return s.Take(have + i + 1), nil
		}
		if have = len(s.Rest()); have > maxLine {
			return nil, fmt.Errorf("a line of the header is longer than %d bytes", maxLine)
		}
		if !s.Want(have + 1) {
			if s.Err != nil && len(s.Rest()) > 0 && strings.TrimSpace(string(s.Rest())) == "end_header" {
				return s.Take(len(s.Rest())), nil // an empty model without a last line end
			}
			return nil, s.Fault()
		}
	}
}

// add parses one line, and returns true after the last.
func (h *header) add(line string) (done bool, err error) {
	line = strings.TrimLeft(line, " \t")
	word, rest := line, ""
	if i := strings.IndexAny(line, " \t"); i >= 0 {
		word, rest = line[:i], line[i:]
	}
	switch word {
	case "":
		return false, nil
	case "comment":
		h.comments = append(h.comments, clean(strings.TrimSpace(rest)))
		return false, nil
	case "obj_info":
		h.info = append(h.info, clean(strings.TrimSpace(rest)))
		return false, nil
	case "end_header":
		return true, nil
	}
	fields := strings.Fields(line)
	switch word {
	case "format":
		return false, h.addFormat(fields)
	case "element":
		return false, h.addElement(fields)
	case "property":
		return false, h.addProperty(fields)
	}
	return false, fmt.Errorf("a header line cannot begin with %s", quote([]byte(word)))
}

func (h *header) addFormat(fields []string) error {
	if len(fields) != 3 || fields[2] != "1.0" {
		return errors.New(`the format line must be like "format ascii 1.0"`)
	}
	if h.encoding != noEncoding {
		return errors.New("there is a second format line")
	}
	switch fields[1] {
	case "ascii":
		h.encoding = asciiEncoding
	case "binary_little_endian":
		h.encoding = littleEndian
	case "binary_big_endian":
		h.encoding = bigEndian
	default:
		return fmt.Errorf("unknown format %s", quote([]byte(fields[1])))
	}
	return nil
}

func (h *header) addElement(fields []string) error {
	if len(fields) != 3 {
		return errors.New(`an element line must be like "element vertex 8"`)
	}
	count, err := strconv.ParseUint(fields[2], 10, 64)
	if err != nil {
		return fmt.Errorf("%s is not a number of elements", quote([]byte(fields[2])))
	}
	for i := range h.elements {
		if h.elements[i].name == fields[1] {
			return fmt.Errorf("there are two elements %s", quote([]byte(fields[1])))
		}
	}
	if len(h.elements) == maxElements {
		return fmt.Errorf("there are more than %d elements", maxElements)
	}
	h.elements = append(h.elements, element{name: fields[1], count: count})
	return nil
}

func (h *header) addProperty(fields []string) error {
	if len(h.elements) == 0 {
		return errors.New("a property precedes the first element")
	}
	if h.properties++; h.properties > maxProperties {
		return fmt.Errorf("there are more than %d properties", maxProperties)
	}
	p := property{name: fields[len(fields)-1]}
	var err error
	switch {
	case len(fields) == 3:
		p.item, err = scalarOf(fields[1])
	case len(fields) == 5 && fields[1] == "list":
		p.list = true
		if p.count, err = scalarOf(fields[2]); err == nil {
			p.item, err = scalarOf(fields[3])
		}
		if err == nil && !p.count.integral() {
			err = errors.New("the length of a list must have an integer type")
		}
	default:
		err = errors.New(`a property line must be like "property float x" or "property list uchar int vertex_indices"`)
	}
	last := &h.elements[len(h.elements)-1]
	last.properties = append(last.properties, p)
	return err
}

func scalarOf(name string) (scalar, error) {
	if t, ok := scalarNames[name]; ok {
		return t, nil
	}
	return 0, fmt.Errorf("unknown type %s", quote([]byte(name)))
}

// check validates the header as a whole.
func (h *header) check() error {
	if h.encoding == noEncoding {
		return errors.New("there is no format line")
	}
	h.resolve()
	if h.vertex == nil {
		return errors.New("there is no vertex element, so there is nothing to show")
	}
	if h.vertex.find(false, "packed_position") >= 0 {
		return h.checkPacked()
	}
	for _, name := range []string{"x", "y", "z"} {
		if h.vertex.find(false, name) < 0 {
			return fmt.Errorf("the vertices have no %s; they have %s", name, h.vertex.list())
		}
	}
	return nil
}

// list names the properties for an error.
func (e *element) list() string {
	if len(e.properties) == 0 {
		return "no properties at all"
	}
	const most = 12
	var names []string
	for _, p := range e.properties[:min(most, len(e.properties))] {
		names = append(names, label(p.name))
	}
	if len(e.properties) > most {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// checkClaims compares what the header promises with the limits, and with the size of the file.
func (h *header) checkClaims(o Options, after int64) error {
	if n := h.vertex.count; n > uint64(o.MaxVertices) {
		return fmt.Errorf("the header claims %d vertices, the limit is %d", n, o.MaxVertices)
	}
	if o.Size <= 0 {
		return nil
	}
	var need uint64
	for i := range h.elements {
		need = window.Plus(need, h.elements[i].leastBytes(h.encoding))
	}
	if h.encoding == asciiEncoding && need > 0 {
		need-- // the last number may end with the file
	}
	if left := max(o.Size-after, 0); need > uint64(left) {
		return &shortfall{need: need, left: left}
	}
	return nil
}

// shortfall is the error of a header that promises more than the file can hold.
type shortfall struct {
	need uint64
	left int64
}

// Unwrap returns io.ErrUnexpectedEOF: a header that promises too much is mostly that of a truncated file.
func (s *shortfall) Unwrap() error { return io.ErrUnexpectedEOF }

func (s *shortfall) Error() string {
	return fmt.Sprintf("the header claims at least %d bytes of data, but only %d follow", s.need, s.left)
}
