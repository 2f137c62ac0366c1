package threemf

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/internal/number"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/internal/xmltree"
)

// object is a mesh, or a list of other objects.
type object struct {
	name       string
	group      string // of its triangles, unless they say otherwise
	index      uint32 // in the group
	points     [][3]float32
	triangles  []triangle
	components []item

	shapes []shape // the parts, once they are needed
	made   bool
}

// triangle is one of a mesh, with the properties of its corners.
type triangle struct {
	corners    [3]uint32
	group      uint32 // counted from 1 in decoder.numbered; 0 for none
	properties [3]uint32
}

// item is an object at a place.
type item struct {
	object key
	pose   mesh.Pose
}

// units are the lengths of units in meters.
var units = map[string]float64{
	"micron": 1e-6, "millimeter": 0.001, "centimeter": 0.01, "inch": 0.0254, "foot": 0.3048, "meter": 1,
}

// maxDepth bounds how deep elements are nested; real ones are below 10.
const maxDepth = 64

// reader reads the elements of one model file.
type reader struct {
	d       *decoder
	file    string
	main    bool
	x       *xml.Decoder
	open    []string // the names of the elements around
	current *object
	group   *group
}

// readModel reads a model file of the archive.
func (d *decoder) readModel(name string, main bool) error {
	name = clean(name)
	if d.files[name] {
		return nil
	}
	d.files[name] = true
	d.where, d.line, d.offset = name, 1, 0
	f, err := d.open(name)
	if err != nil {
		return err
	}
	defer f.Close() // nothing was written
	r := &reader{d: d, file: name, main: main, x: xml.NewDecoder(f)}
	err = r.run()
	line, _ := r.x.InputPos()
	d.line, d.offset = int64(line), r.x.InputOffset()
	return err
}

// relation returns the model that the relations of the archive begin with.
func (d *decoder) relation(name string) (string, error) {
	d.where = name
	f, err := d.open(name)
	if err != nil {
		return "", err
	}
	defer f.Close() // nothing was written
	x := xml.NewDecoder(f)
	for {
		token, err := x.RawToken()
		if err == io.EOF {
			return "", nil
		}
		if err != nil {
			return "", xmltree.Syntax(err)
		}
		if t, ok := token.(xml.StartElement); ok && strings.HasSuffix(attr(t, "Type"), "/3dmodel") {
			return attr(t, "Target"), nil
		}
	}
}

// attr returns an attribute, whatever its namespace is.
func attr(t xml.StartElement, name string) string {
	for i := range t.Attr {
		if t.Attr[i].Name.Local == name {
			return t.Attr[i].Value
		}
	}
	return ""
}

// run reads all elements.
func (r *reader) run() error {
	for {
		token, err := r.x.RawToken()
		if err == io.EOF {
			if len(r.open) > 0 {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return xmltree.Syntax(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(r.open) >= maxDepth {
				return fmt.Errorf("elements are nested in more than %d others", maxDepth)
			}
			r.open = append(r.open, t.Name.Local)
			if err := r.start(t); err != nil {
				return err
			}
		case xml.EndElement:
			if len(r.open) == 0 || r.open[len(r.open)-1] != t.Name.Local {
				return fmt.Errorf("the element %s is closed, but is not open", meshio.Quote([]byte(t.Name.Local)))
			}
			r.open = r.open[:len(r.open)-1]
			if t.Name.Local == "object" {
				r.current = nil
			}
		}
	}
}

// start reads an element.
func (r *reader) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "model":
		return r.model(t)
	case "object":
		return r.object(t)
	case "vertex":
		return r.vertex(t)
	case "triangle":
		return r.triangle(t)
	case "component":
		return r.component(t)
	case "item":
		if r.main {
			return r.item(t)
		}
	case "basematerials", "colorgroup", "texture2dgroup", "texture2d":
		r.d.newGroup(key{r.file, attr(t, "id")}, t, &r.group)
	case "base", "color", "tex2coord":
		return r.group.add(t)
	case "compositematerials", "multiproperties":
		r.d.skips.Add("composite materials")
	case "beamlattice":
		r.d.skips.Add("beam lattices")
	case "slicestack":
		r.d.skips.Add("slices")
	case "displacementmesh", "volumetricstack", "levelset":
		r.d.skips.Add("%s", t.Name.Local)
	}
	return nil
}

func (r *reader) model(t xml.StartElement) error {
	if !r.main {
		return nil
	}
	unit := attr(t, "unit")
	if unit == "" {
		unit = "millimeter"
	}
	size, ok := units[unit]
	if !ok {
		return fmt.Errorf("the unit %s is not known", meshio.Quote([]byte(unit)))
	}
	r.d.model.Unit = size
	return nil
}

func (r *reader) object(t xml.StartElement) error {
	if len(r.d.objects) >= r.d.options.MaxParts {
		return fmt.Errorf("the file has more than %d objects", r.d.options.MaxParts)
	}
	r.current = &object{name: meshio.Clean(attr(t, "name")), group: attr(t, "pid")}
	if text := attr(t, "pindex"); text != "" {
		n, err := index(text)
		if err != nil {
			return err
		}
		r.current.index = n
	}
	if k := (key{r.file, attr(t, "id")}); r.d.objects[k] == nil {
		r.d.objects[k] = r.current
	}
	return nil
}

// index parses an index.
func index(text string) (uint32, error) {
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		return 0, fmt.Errorf("%s is not an index", meshio.Quote([]byte(text)))
	}
	return uint32(n), nil
}

func (r *reader) vertex(t xml.StartElement) error {
	if r.current == nil {
		return nil
	}
	var p [3]float32
	for i := range t.Attr {
		var axis int
		switch t.Attr[i].Name.Local {
		case "x":
		case "y":
			axis = 1
		case "z":
			axis = 2
		default:
			continue
		}
		v, ok := number.Parse([]byte(t.Attr[i].Value))
		if !ok {
			return fmt.Errorf("%s is not a number", meshio.Quote([]byte(t.Attr[i].Value)))
		}
		p[axis] = float32(v)
	}
	if r.d.vertices++; r.d.vertices > r.d.options.MaxVertices {
		return fmt.Errorf("the file has more than %d vertices", r.d.options.MaxVertices)
	}
	r.current.points = append(r.current.points, p)
	return nil
}

func (r *reader) triangle(t xml.StartElement) error {
	if r.current == nil {
		return nil
	}
	if r.d.triangles++; r.d.triangles > r.d.options.MaxTriangles {
		return fmt.Errorf("the file has more than %d triangles", r.d.options.MaxTriangles)
	}
	var out triangle
	given := [3]bool{}
	group := ""
	for i := range t.Attr {
		value := t.Attr[i].Value
		var to *uint32
		switch t.Attr[i].Name.Local {
		case "v1":
			to = &out.corners[0]
		case "v2":
			to = &out.corners[1]
		case "v3":
			to = &out.corners[2]
		case "p1":
			to, given[0] = &out.properties[0], true
		case "p2":
			to, given[1] = &out.properties[1], true
		case "p3":
			to, given[2] = &out.properties[2], true
		case "pid":
			group = value
			continue
		default:
			continue
		}
		n, err := index(value)
		if err != nil {
			return err
		}
		*to = n
	}
	for _, c := range out.corners {
		if int64(c) >= int64(len(r.current.points)) {
			return fmt.Errorf("a corner is vertex %d; the mesh has %d", c, len(r.current.points))
		}
	}
	r.properties(&out, group, given)
	r.current.triangles = append(r.current.triangles, out)
	return nil
}

// properties fills in what a triangle does not say: the object's, and for the other corners those of the first.
func (r *reader) properties(t *triangle, group string, given [3]bool) {
	if group == "" {
		group = r.current.group
	}
	if group == "" {
		return
	}
	if !given[0] {
		t.properties = [3]uint32{r.current.index, r.current.index, r.current.index}
	} else {
		for i := 1; i < 3; i++ {
			if !given[i] {
				t.properties[i] = t.properties[0]
			}
		}
	}
	t.group = r.d.groupNumber(key{r.file, group})
}

// pose parses a transform of twelve numbers, which are the columns of the usual matrix.
func pose(text string) (mesh.Pose, error) {
	if text == "" {
		return mesh.Pose{}, nil
	}
	var v [12]float64
	rest := []byte(text)
	for i := range v {
		var word []byte
		word, rest = meshio.Word(rest)
		x, ok := number.Parse(word)
		if !ok || x-x != 0 {
			return mesh.Pose{}, fmt.Errorf("the transform %s does not have 12 numbers", meshio.Quote([]byte(text)))
		}
		v[i] = x
	}
	return mesh.Pose{
		v[0], v[3], v[6], v[9],
		v[1], v[4], v[7], v[10],
		v[2], v[5], v[8], v[11],
		0, 0, 0, 1,
	}, nil
}

// place reads what a component and an item have in common.
func (r *reader) place(t xml.StartElement) (item, error) {
	p, err := pose(attr(t, "transform"))
	file := r.file
	if other := attr(t, "path"); other != "" {
		file = clean(other)
	}
	return item{key{file, attr(t, "objectid")}, p}, err
}

func (r *reader) component(t xml.StartElement) error {
	if r.current == nil {
		return nil
	}
	i, err := r.place(t)
	r.current.components = append(r.current.components, i)
	return err
}

func (r *reader) item(t xml.StartElement) error {
	i, err := r.place(t)
	r.d.items = append(r.d.items, i)
	return err
}
