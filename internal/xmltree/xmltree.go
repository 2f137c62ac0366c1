// Package xmltree reads XML into a tree of elements with their lines, within limits: what robots are described in is
// untrusted input. Entities are not expanded beyond the five of XML itself, so that a few bytes cannot stand for many.
package xmltree

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Element is an element with its attributes and the elements within it. Text is not kept.
type Element struct {
	// Name has no prefix; Space is the prefix or the address of the namespace, mostly "".
	Name, Space string
	Attrs       []Attr
	Children    []*Element
	// Line counts from 1. File is "", unless [Element.SetFile] was called.
	Line int
	File string
}

// An Attr is an attribute. Attributes with a prefix keep it: "xlink:href".
type Attr struct{ Name, Value string }

// limits are those of a file.
type limits struct {
	bytes           int64
	depth, elements int
}

var fileLimits = limits{bytes: 64 << 20, depth: 512, elements: 1 << 20}

// An Error is an error with its line, which counts from 1, and the file of the element.
type Error struct {
	File   string
	Line   int
	Reason string
	Err    error // the cause, where there is one
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// counter counts the lines and bytes that the decoder has read. It is an io.ByteReader, so that the decoder has no
// buffer of its own and the count is that of the element.
type counter struct {
	r    *bufio.Reader
	line int
	left int64 // bytes
}

var errTooLarge = errors.New("the file is too large")

func (c *counter) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err != nil {
		return 0, err
	}
	if c.left--; c.left < 0 {
		return 0, errTooLarge
	}
	if b == '\n' {
		c.line++
	}
	return b, nil
}

// Read is there for the interface; the decoder reads bytes.
func (c *counter) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	b, err := c.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = b
	return 1, nil
}

// Parse reads a whole file and returns its outermost element. Errors are an [*Error].
func Parse(r io.Reader) (*Element, error) { return parse(r, fileLimits) }

func parse(r io.Reader, most limits) (*Element, error) {
	c := &counter{r: bufio.NewReaderSize(r, 1<<16), line: 1, left: most.bytes}
	if start, _ := c.r.Peek(3); bytes.Equal(start, []byte("\xef\xbb\xbf")) {
		_, _ = c.r.Discard(3) // they have been peeked at
	}
	d := xml.NewDecoder(c)
	d.CharsetReader = Charset
	var root *Element
	var open []*Element
	elements := 0
	for {
		token, err := d.Token()
		if err == io.EOF && root != nil {
			return root, nil
		}
		if errors.Is(err, errTooLarge) {
			return nil, &Error{Line: c.line, Reason: fmt.Sprintf("the file is larger than %g MiB, which is the limit", float64(most.bytes)/(1<<20)), Err: err}
		}
		if err != nil {
			return nil, syntaxError(c.line, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if elements++; elements > most.elements {
				return nil, &Error{Line: c.line, Reason: fmt.Sprintf("there are more than %d elements, which is the limit", most.elements)}
			}
			if len(open) == most.depth {
				return nil, &Error{Line: c.line, Reason: fmt.Sprintf("elements are nested more than %d deep, which is the limit", most.depth)}
			}
			e := newElement(t, c.line)
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.Children = append(parent.Children, e)
			} else if root == nil {
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

// Charset is the CharsetReader of an [xml.Decoder]. It accepts encodings of which ASCII is a part; names in a robot's file are ASCII in practice.
func Charset(label string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "us-ascii", "ascii", "utf8":
		return r, nil
	case "iso-8859-1", "latin1", "windows-1252":
		return &latin1{r: r}, nil
	}
	return nil, fmt.Errorf("the encoding %.40q is not supported; save the file as UTF-8", label)
}

// latin1 turns bytes into UTF-8.
type latin1 struct {
	r    io.Reader
	rest []byte
	buf  [512]byte
}

func (l *latin1) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		n, err := l.r.Read(l.buf[:])
		if n == 0 {
			return 0, err
		}
		l.rest = l.rest[:0]
		for _, b := range l.buf[:n] {
			l.rest = utf8.AppendRune(l.rest, rune(b))
		}
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

func syntaxError(line int, err error) error {
	switch reason := Syntax(err); {
	case err == io.EOF:
		return &Error{Line: line, Reason: "the file ends before any element", Err: io.ErrUnexpectedEOF}
	case reason == io.ErrUnexpectedEOF:
		return &Error{Line: line, Reason: "the file ends within an element", Err: reason}
	default:
		return &Error{Line: line, Reason: reason.Error(), Err: err}
	}
}

// Syntax returns an error of an [xml.Decoder] without its line, which the error of the file has, and with what it
// quotes of the file made short and printable. Where the file ends within an element it is [io.ErrUnexpectedEOF].
func Syntax(err error) error {
	var s *xml.SyntaxError
	switch {
	case !errors.As(err, &s):
		return err
	case strings.Contains(s.Msg, "unexpected EOF"):
		return io.ErrUnexpectedEOF
	}
	return errors.New(printable(s.Msg))
}

// printable leaves out what is no text, and shortens what is left to what a line has room for.
func printable(s string) string {
	const most = 200
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

func newElement(t xml.StartElement, line int) *Element {
	e := &Element{Name: t.Name.Local, Space: t.Name.Space, Line: line}
	if len(t.Attr) > 0 {
		e.Attrs = make([]Attr, len(t.Attr))
	}
	for i, a := range t.Attr {
		name := a.Name.Local
		if a.Name.Space != "" {
			name = a.Name.Space + ":" + name
		}
		e.Attrs[i] = Attr{Name: name, Value: a.Value}
	}
	return e
}

// Attr returns the value of an attribute, and whether there is one.
func (e *Element) Attr(name string) (string, bool) {
	for _, a := range e.Attrs {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}

// Text returns the value of an attribute without the white space around it, "" if there is none.
func (e *Element) Text(name string) string {
	v, _ := e.Attr(name)
	return strings.TrimSpace(v)
}

// Child returns the first element of a name within e, or nil.
func (e *Element) Child(name string) *Element {
	for _, c := range e.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Errorf returns an [*Error] at the line of the element.
func (e *Element) Errorf(format string, args ...any) error {
	return &Error{File: e.File, Line: e.Line, Reason: fmt.Sprintf(format, args...)}
}

// SetFile sets the file of e and all elements within it, for errors, and returns how many there are.
func (e *Element) SetFile(name string) int {
	e.File = name
	n := 1
	for _, c := range e.Children {
		n += c.SetFile(name)
	}
	return n
}

// Floats appends the finite numbers of an attribute, which white space separates, to dst; an attribute that is not
// there has none. There may be at most most, or any number if most is negative.
func (e *Element) Floats(dst []float64, name string, most int) ([]float64, error) {
	value, _ := e.Attr(name)
	for n := 0; ; n++ {
		value = strings.TrimLeft(value, " \t\r\n\v\f")
		if value == "" {
			return dst, nil
		}
		if n == most {
			return dst, e.Errorf("<%s %s=…>: there are more than %d numbers", e.Name, name, most)
		}
		end := strings.IndexAny(value, " \t\r\n\v\f")
		if end < 0 {
			end = len(value)
		}
		x, err := strconv.ParseFloat(value[:end], 64)
		if err != nil || x-x != 0 {
			return dst, e.Errorf("<%s %s=…>: %s is not a finite number", e.Name, name, Quote(value[:end]))
		}
		dst, value = append(dst, x), value[end:]
	}
}

// Float returns the number of an attribute, or otherwise.
func (e *Element) Float(name string, otherwise float64) (float64, error) {
	v, err := e.Floats(nil, name, 1)
	if err != nil || len(v) == 0 {
		return otherwise, err
	}
	return v[0], nil
}

// Vec3 returns the three numbers of an attribute, or otherwise if it is not there.
func (e *Element) Vec3(name string, otherwise [3]float64) ([3]float64, error) {
	v, err := e.Floats(nil, name, 3)
	switch {
	case err != nil:
		return otherwise, err
	case len(v) == 0:
		return otherwise, nil
	case len(v) != 3:
		return otherwise, e.Errorf("<%s %s=…>: there are %d numbers; there must be 3", e.Name, name, len(v))
	}
	return [3]float64(v), nil
}

// Vec3Large is the largest coordinate that is accepted: a scene of float32 needs its square.
const Vec3Large = 1e15

// Place is [Element.Vec3] for coordinates: it refuses numbers that are too large to be one.
func (e *Element) Place(name string, otherwise [3]float64) ([3]float64, error) {
	v, err := e.Vec3(name, otherwise)
	for _, x := range v {
		if err == nil && math.Abs(x) > Vec3Large {
			err = e.Errorf("<%s %s=…>: %g is too large", e.Name, name, x)
		}
	}
	return v, err
}

// Quote shows a value in an error: short, and without control characters.
func Quote(s string) string {
	const most = 40
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}

// RootName returns the name of the outermost element of a file, of which the first bytes are enough; false if they do
// not begin as XML does.
func RootName(start []byte) (string, bool) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))))
	d.CharsetReader = Charset
	for {
		token, err := d.Token()
		if err != nil {
			return "", false
		}
		switch t := token.(type) {
		case xml.StartElement:
			return t.Name.Local, true
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return "", false
			}
		}
	}
}
