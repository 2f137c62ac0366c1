package e57

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/viser-go/viser/internal/xmltree"
)

// element is an element of the description. All methods may be called for nil, which is one without anything.
type element struct {
	name       string
	text       []byte
	attributes map[string]string
	inside     []*element
}

// Descriptions of real files are 7 elements deep and have a few hundred for each scan.
const (
	maxDepth    = 32
	maxElements = 1 << 20
)

// parse reads a description.
func parse(r io.Reader) (*element, error) {
	d := xml.NewDecoder(r)
	root := &element{}
	stack := []*element{root}
	for n := 0; ; {
		token, err := d.Token()
		if err == io.EOF && len(root.inside) > 0 {
			return root.inside[0], nil
		}
		if err == io.EOF {
			return nil, fmt.Errorf("it is empty")
		}
		if err != nil {
			return nil, xmltree.Syntax(err)
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if n++; n > maxElements || len(stack) > maxDepth {
				return nil, fmt.Errorf("it has more than %d elements, or %d inside each other", maxElements, maxDepth)
			}
			e := &element{name: t.Name.Local, attributes: map[string]string{}}
			for _, a := range t.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			top.inside = append(top.inside, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(top.inside) == 0 && len(stack) > 1 {
				top.text = append(top.text, t...)
			}
		}
	}
}

func (e *element) all() []*element {
	if e == nil {
		return nil
	}
	return e.inside
}

func (e *element) children(name string) []*element {
	return slices.DeleteFunc(slices.Clone(e.all()), func(c *element) bool { return c.name != name })
}

// child is the first child of that name, nil if there is none.
func (e *element) child(name string) *element {
	if e != nil {
		for _, c := range e.inside {
			if c.name == name {
				return c
			}
		}
	}
	return nil
}

// content is the text of an element that may be missing.
func (e *element) content() string {
	if e == nil {
		return ""
	}
	return string(e.text)
}

// number is the text as a finite number; an element without text is 0.
func (e *element) number() (float64, error) {
	return finite(e.name, strings.TrimSpace(string(e.text)))
}

func finite(name, text string) (float64, error) {
	if text == "" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v*0 != 0 {
		return 0, fmt.Errorf("%s is %.40q, not a number", name, text)
	}
	return v, nil
}

func (e *element) count(attribute string) (uint64, error) {
	n, err := strconv.ParseUint(e.attributes[attribute], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s of the points is %.40q, not a number", attribute, e.attributes[attribute])
	}
	return n, nil
}

// field is a number that each point has.
type field struct {
	name  string
	float bool
	bits  int // of a value; 0 if all are min

	min           int64   // of integers
	scale, offset float64 // of scaled ones
	low, high     float64 // the range of the type, if it has one
	ranged        bool
}

// maxFields bounds the fields of a point: a packet has no room for the lengths of more.
const maxFields = 1 << 10

func newFields(elements []*element) ([]field, error) {
	if len(elements) == 0 || len(elements) > maxFields {
		return nil, fmt.Errorf("its points have %d fields", len(elements))
	}
	var fields []field
	for _, e := range elements {
		f, err := newField(e)
		if err != nil {
			return nil, err
		}
		fields = append(fields, f)
	}
	return fields, nil
}

func newField(e *element) (field, error) {
	f := field{name: e.name, scale: 1}
	switch kind := e.attributes["type"]; kind {
	case "Float":
		if f.float, f.bits = true, 64; e.attributes["precision"] == "single" {
			f.bits = 32
		}
		return f, nil
	case "Integer", "ScaledInteger":
		return f, f.setRange(e, kind == "ScaledInteger")
	default:
		return f, fmt.Errorf("field %.40q has the unknown type %.40q", e.name, kind)
	}
}

// setRange sets what integers have.
func (f *field) setRange(e *element, scaled bool) (err error) {
	lowest, highest := int64(math.MinInt64), int64(math.MaxInt64)
	for name, v := range map[string]*int64{"minimum": &lowest, "maximum": &highest} {
		if text, ok := e.attributes[name]; ok {
			if *v, err = strconv.ParseInt(text, 10, 64); err != nil {
				return fmt.Errorf("%s of field %.40q is %.40q, not an integer", name, e.name, text)
			}
		}
	}
	if lowest > highest {
		return fmt.Errorf("field %.40q is from %d to %d", e.name, lowest, highest)
	}
	f.min, f.bits = lowest, bits.Len64(uint64(highest)-uint64(lowest))
	if scaled {
		if text, ok := e.attributes["scale"]; ok {
			if f.scale, err = finite("scale", text); err != nil {
				return err
			}
		}
		if f.offset, err = finite("offset", e.attributes["offset"]); err != nil {
			return err
		}
	}
	f.low, f.high = float64(lowest)*f.scale+f.offset, float64(highest)*f.scale+f.offset
	f.ranged = true
	return nil
}
