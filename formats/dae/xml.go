package dae

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/internal/number"
	"github.com/viser-go/viser/internal/sniff"
	"github.com/viser-go/viser/internal/xmltree"
)

const (
	maxDepth    = 200
	maxElements = 1 << 22
)

// element is an element of the file. All its methods accept nil, an element that is not there.
type element struct {
	name     string
	attrs    []xml.Attr
	children []*element
	text     []byte
	line     int64
	offset   int64
}

// attr returns an attribute, or "".
func (e *element) attr(name string) string {
	if e != nil {
		for i := range e.attrs {
			if e.attrs[i].Name.Local == name {
				return e.attrs[i].Value
			}
		}
	}
	return ""
}

// child returns the element at a path of names, or nil.
func (e *element) child(path ...string) *element {
	for _, name := range path {
		var next *element
		if e != nil {
			for _, c := range e.children {
				if c.name == name {
					next = c
					break
				}
			}
		}
		e = next
	}
	return e
}

// all returns the children of a name.
func (e *element) all(name string) (found []*element) {
	if e != nil {
		for _, c := range e.children {
			if c.name == name {
				found = append(found, c)
			}
		}
	}
	return found
}

// find returns the first element of a name below e, or nil.
func (e *element) find(name string) *element {
	if e != nil {
		for _, c := range e.children {
			if c.name == name {
				return c
			}
			if found := c.find(name); found != nil {
				return found
			}
		}
	}
	return nil
}

func (e *element) trimmed() []byte {
	if e == nil {
		return nil
	}
	return bytes.TrimSpace(e.text)
}

// counting counts the bytes that are read.
type counting struct {
	r        io.Reader
	n, told  int64
	progress func(int64)
	err      error
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.n += int64(n); c.progress != nil && c.n-c.told >= 1<<20 {
		c.told = c.n
		c.progress(c.n)
	}
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// parse reads the elements of the file.
func (d *decoder) parse(r io.Reader) (*element, error) {
	source := &counting{r: r, progress: d.options.Progress}
	buffered := bufio.NewReaderSize(source, 64<<10)
	if start, _ := buffered.Peek(512); len(start) > 0 {
		text := bytes.TrimSpace(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")))
		if len(text) > 0 && text[0] != '<' {
			return nil, notXML(start)
		}
	}
	x := xml.NewDecoder(buffered)
	x.CharsetReader = xmltree.Charset
	root, err := d.elements(x)
	line, _ := x.InputPos()
	if d.line = int64(line); err != nil {
		d.offset = x.InputOffset()
	}
	switch {
	case source.err != nil:
		return nil, source.err
	case err == io.EOF && source.n == 0:
		return nil, errors.New("the file is empty")
	case err == io.EOF:
		return nil, errors.New("this is no COLLADA file: it has no element COLLADA")
	case err != nil:
		if err = xmltree.Syntax(err); err == io.ErrUnexpectedEOF {
			err = fmt.Errorf("the file ends early: %w", err)
		}
		return nil, err
	}
	return root, nil
}

// elements reads up to the end of the root element.
func (d *decoder) elements(x *xml.Decoder) (*element, error) {
	var open []*element
	names := map[string]string{}
	for count := 0; ; {
		token, err := x.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{name: t.Name.Local, attrs: t.Attr, offset: x.InputOffset()}
			if same, ok := names[e.name]; ok {
				e.name = same // so that each name is in memory once
			} else {
				names[e.name] = e.name
			}
			line, _ := x.InputPos()
			e.line = int64(line)
			if count++; count > maxElements {
				return nil, fmt.Errorf("the file has more than %d elements", maxElements)
			}
			if len(open) == 0 && e.name != "COLLADA" {
				return nil, notCOLLADA(e.name)
			}
			if len(open) >= maxDepth {
				return nil, fmt.Errorf("elements are nested in more than %d others", maxDepth)
			}
			if len(open) > 0 {
				above := open[len(open)-1]
				above.children = append(above.children, e)
			}
			open = append(open, e)
			if id := e.attr("id"); id != "" && d.ids[id] == nil {
				d.ids[id] = e
			}
		case xml.EndElement:
			if len(open) == 1 {
				return open[0], nil
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 && len(open[len(open)-1].children) == 0 {
				e := open[len(open)-1]
				e.text = append(e.text, t...)
			}
		}
	}
}

func notCOLLADA(name string) error {
	return fmt.Errorf("this is no COLLADA file: its first element is %s", meshio.Quote([]byte(name)))
}

func notXML(start []byte) error {
	if what := sniff.Name(start); what != "" {
		return fmt.Errorf("this is no COLLADA file; it looks like %s", what)
	}
	return errors.New("this is no COLLADA file")
}

// at makes an element the place of errors.
func (d *decoder) at(e *element) *element {
	if e != nil {
		d.line, d.offset = e.line, e.offset
	}
	return e
}

// lookup returns the element that a URL such as #box names, or nil; what is missing is named as a kind.
func (d *decoder) lookup(kind, url string) *element {
	id, local := strings.CutPrefix(url, "#")
	if !local {
		d.skips.Add("%s %s: it is in another file", kind, url)
		return nil
	}
	e := d.ids[id]
	if e == nil {
		d.skips.Add("%s %s: it is not in the file", kind, id)
	}
	return e
}

// floats parses the numbers of an element.
func (d *decoder) floats(e *element) ([]float64, error) {
	if e == nil {
		return nil, nil
	}
	numbers := make([]float64, 0, len(e.text)/8+1)
	for rest := e.text; ; {
		var word []byte
		if word, rest = meshio.Word(rest); len(word) == 0 {
			return numbers, nil
		}
		v, ok := number.Parse(word)
		if !ok {
			d.at(e)
			return nil, fmt.Errorf("%s is not a number", meshio.Quote(word))
		}
		numbers = append(numbers, v)
	}
}

// integers calls f with the whole numbers of an element.
func (d *decoder) integers(e *element) ([]int64, error) {
	if e == nil {
		return nil, nil
	}
	numbers := make([]int64, 0, len(e.text)/4+1)
	for rest := e.text; ; {
		var word []byte
		if word, rest = meshio.Word(rest); len(word) == 0 {
			return numbers, nil
		}
		v, ok := meshio.Int(word)
		if !ok {
			d.at(e)
			return nil, fmt.Errorf("%s is not a whole number", meshio.Quote(word))
		}
		numbers = append(numbers, v)
	}
}
