package ply

import (
	"fmt"

	"github.com/viser-go/viser/formats/internal/polygon"
)

// listChunk is how many indices are decoded at a time, so that the length that a list claims is never
// allocated in one piece.
const listChunk = 1024

// face is one polygon of the file.
type face struct {
	loop    []uint32
	uvs     [][2]float32 // of each corner; or none, or too few
	color   [3]float32   // as the file has it
	texture uint32
}

// faceSink turns polygons and strips into the triangles of a model.
type faceSink struct {
	model    *Model
	vertices uint64 // how many the header promises
	limit    int    // triangles
	colored  bool   // each triangle has a color
	mapped   bool   // each corner has a place on a texture
	numbered bool   // each triangle has the number of its texture
	colors   rgbBuffer

	// Polygons can be cut only where their corners are known. Those of a file that has its faces first
	// wait here: all indices in a row, the length of each polygon, and what else it has.
	verticesRead bool
	waiting      []uint32
	waitingUVs   [][2]float32 // one per index
	lengths      []uint32
	waitingFaces []waitingFace

	cutter polygon.Cutter
}

// waitingFace is what a polygon has beside its corners.
type waitingFace struct {
	color   [3]float32
	texture uint32
}

func newFaceSink(d *decoder) faceSink {
	f := faceSink{
		model: d.model, vertices: d.header.vertex.count, limit: d.options.MaxTriangles,
	}
	if e := d.header.face; e != nil {
		var cols columns
		f.colors, cols = newFaceColors(e)
		f.colored = cols.colors()
		f.mapped = e.find(true, "texcoord") >= 0
		f.numbered = e.find(false, "texnumber") >= 0
		if d.sized {
			d.model.Faces = make([][3]uint32, 0, min(e.count, uint64(f.limit)))
		}
	}
	return f
}

// newFaceColors collects the colors of faces or edges, which have no other roles.
func newFaceColors(e *element) (rgbBuffer, columns) {
	cols := noColumns
	all := columnsOf(e, false)
	if all.source != channelColors {
		return rgbBuffer{}, cols
	}
	cols.source = channelColors
	copy(cols.roles[roleRed:roleAlpha], all.roles[roleRed:roleAlpha])
	types := all.types(e)
	return newRGBBuffer([3]scalar(types[:3])), cols
}

// index checks one corner.
func (f *faceSink) index(i int64) (uint32, error) {
	if i < 0 || uint64(i) >= f.vertices {
		return 0, fmt.Errorf("a corner is vertex %d, but the vertices are 0 to %d", i, int64(f.vertices)-1)
	}
	return uint32(i), nil
}

// polygon handles one face of the file.
func (f *faceSink) polygon(p *face) error {
	if len(p.loop) < 3 {
		f.model.DroppedFaces++
		return nil
	}
	if f.verticesRead {
		return f.cut(p)
	}
	if len(f.waiting)+len(p.loop) > 3*f.limit {
		return f.tooMany("triangles")
	}
	f.waiting = append(f.waiting, p.loop...)
	f.lengths = append(f.lengths, uint32(len(p.loop)))
	if f.mapped {
		for i := range p.loop {
			f.waitingUVs = append(f.waitingUVs, p.uv(i))
		}
	}
	if f.colored || f.numbered {
		f.waitingFaces = append(f.waitingFaces, waitingFace{p.color, p.texture})
	}
	return nil
}

// uv is the place of a corner on the texture.
func (p *face) uv(corner int) [2]float32 {
	if corner < len(p.uvs) {
		return p.uvs[corner]
	}
	return [2]float32{}
}

func (f *faceSink) cut(p *face) error {
	if len(p.loop) == 3 {
		return f.triangle(p, [3]int{0, 1, 2})
	}
	for _, t := range f.cutter.Cut(f.model.Points, p.loop) {
		if err := f.triangle(p, t); err != nil {
			return err
		}
	}
	return nil
}

// triangle adds a triangle of three corners of p.
func (f *faceSink) triangle(p *face, t [3]int) error {
	m := f.model
	if len(m.Faces) >= f.limit {
		return f.tooMany("triangles")
	}
	m.Faces = append(m.Faces, [3]uint32{p.loop[t[0]], p.loop[t[1]], p.loop[t[2]]})
	if f.colored {
		f.colors.add(p.color)
	}
	if f.mapped {
		m.FaceUVs = append(m.FaceUVs, [3][2]float32{p.uv(t[0]), p.uv(t[1]), p.uv(t[2])})
	}
	if f.numbered {
		m.FaceTextures = append(m.FaceTextures, p.texture)
	}
	return nil
}

func (f *faceSink) tooMany(what string) error {
	return fmt.Errorf("there are more %s than the limit of %d", what, f.limit)
}

// finish cuts the polygons that were read before their corners, and scales the colors.
func (f *faceSink) finish() error {
	at := 0
	for i, n := range f.lengths {
		p := face{loop: f.waiting[at : at+int(n)]}
		if f.mapped {
			p.uvs = f.waitingUVs[at : at+int(n)]
		}
		if f.waitingFaces != nil {
			p.color, p.texture = f.waitingFaces[i].color, f.waitingFaces[i].texture
		}
		if err := f.cut(&p); err != nil {
			return err
		}
		at += int(n)
	}
	f.model.FaceColors = f.colors.colors()
	return nil
}

// readFaces reads the face element, whose property number list has the corners.
func (d *decoder) readFaces(list int) error {
	e := d.element
	_, cols := newFaceColors(e)
	texcoord, texnumber := e.find(true, "texcoord"), e.find(false, "texnumber")
	var p face
	for ; d.row < e.count; d.row++ {
		for i := range e.properties {
			prop := &e.properties[i]
			var err error
			role := cols.of(i)
			switch {
			case i == list:
				p.loop, err = d.readLoop(*prop, p.loop[:0])
			case i == texcoord:
				p.uvs, err = d.readUVs(*prop, p.uvs[:0])
			case i == texnumber:
				p.texture, err = d.readTextureNumber(*prop)
			case role >= roleRed && role <= roleBlue:
				p.color[role-roleRed], err = d.readColor(*prop)
			default:
				err = d.skipProperty(*prop)
			}
			if err != nil {
				return err
			}
		}
		if err := d.faces.polygon(&p); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) readColor(p property) (float32, error) {
	v, err := d.values.value(p.item)
	return float32(v), err
}

// readUVs appends the places of the corners on the texture: two numbers each.
func (d *decoder) readUVs(p property, uvs [][2]float32) ([][2]float32, error) {
	left, err := d.listLength(p)
	if err != nil {
		return uvs, err
	}
	if left > 2*(uint64(d.options.MaxTriangles)+2) {
		return uvs, fmt.Errorf("a face claims %d texture coordinates, the limit is %d", left, 2*(d.options.MaxTriangles+2))
	}
	for ; left >= 2; left -= 2 {
		var uv [2]float32
		for k := range uv {
			v, err := d.values.value(p.item)
			if err != nil {
				return uvs, err
			}
			uv[k] = finite(float32(v))
		}
		uvs = append(uvs, uv)
	}
	return uvs, d.values.skip(p.item, left)
}

// readTextureNumber reads which texture a face has; what is not one of those of the header is the first.
func (d *decoder) readTextureNumber(p property) (uint32, error) {
	v, err := d.values.value(p.item)
	if v > 0 && v < float64(len(d.header.textures)) {
		return uint32(v), err
	}
	return 0, err
}

// readLoop appends the corners of one polygon to loop.
func (d *decoder) readLoop(p property, loop []uint32) ([]uint32, error) {
	left, err := d.listLength(p)
	if err != nil {
		return loop, err
	}
	if left > uint64(d.options.MaxTriangles)+2 {
		return loop, fmt.Errorf("a face claims %d corners, the limit is %d", left, d.options.MaxTriangles+2)
	}
	for left > 0 {
		chunk := d.indices[:min(left, listChunk)]
		if err := d.values.integers(p.item, chunk); err != nil {
			return loop, err
		}
		for _, i := range chunk {
			corner, err := d.faces.index(i)
			if err != nil {
				return loop, err
			}
			loop = append(loop, corner)
		}
		left -= uint64(len(chunk))
	}
	return loop, nil
}

// readStrips reads the tristrips element: lists in which each corner after the second makes a triangle
// with the two before it, and -1 begins a new strip.
func (d *decoder) readStrips(list int) error {
	for ; d.row < d.element.count; d.row++ {
		for i, p := range d.element.properties {
			var err error
			if i == list {
				err = d.readStrip(p)
			} else {
				err = d.skipProperty(p)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *decoder) readStrip(p property) error {
	left, err := d.listLength(p)
	if err != nil {
		return err
	}
	s := strip{faces: &d.faces}
	for left > 0 {
		chunk := d.indices[:min(left, listChunk)]
		if err := d.values.integers(p.item, chunk); err != nil {
			return err
		}
		for _, i := range chunk {
			if err := s.add(i); err != nil {
				return err
			}
		}
		left -= uint64(len(chunk))
	}
	return nil
}

// strip remembers the last two corners. Every second triangle runs the other way round in the file.
type strip struct {
	faces  *faceSink
	corner [2]uint32
	have   int
}

func (s *strip) add(i int64) error {
	if i == -1 {
		s.have = 0
		return nil
	}
	c, err := s.faces.index(i)
	if err != nil {
		return err
	}
	a, b, have := s.corner[0], s.corner[1], s.have
	s.corner[0], s.corner[1] = b, c
	s.have++
	if have < 2 || a == b || b == c || a == c {
		return nil // a doubled corner only joins two strips
	}
	if have%2 == 1 {
		a, b = b, a
	}
	return s.faces.triangle(&face{loop: []uint32{a, b, c}, color: noColor}, [3]int{0, 1, 2})
}

// dropNonFinite leaves out the points that are NaN or infinite, and the faces and edges that touch them.
func dropNonFinite(m *Model) {
	first := 0
	for first < len(m.Points) && isFinite(m.Points[first]) {
		first++
	}
	if first == len(m.Points) {
		return
	}
	const gone = ^uint32(0)
	renumbered := make([]uint32, len(m.Points))
	kept := 0
	for i, p := range m.Points {
		if !isFinite(p) {
			renumbered[i] = gone
			continue
		}
		renumbered[i] = uint32(kept)
		m.movePoint(kept, i)
		kept++
	}
	m.DroppedPoints += len(m.Points) - kept
	m.Points = m.Points[:kept]
	m.Normals = m.Normals[:min(kept, len(m.Normals))]
	m.Colors = m.Colors[:min(kept, len(m.Colors))]
	m.Alphas = m.Alphas[:min(kept, len(m.Alphas))]
	m.UVs = m.UVs[:min(kept, len(m.UVs))]
	for i, c := range m.Columns {
		m.Columns[i] = c[:min(kept, len(c))]
	}
	m.renumberFaces(renumbered, gone)
	m.renumberEdges(renumbered, gone)
}

func (m *Model) movePoint(to, from int) {
	m.Points[to] = m.Points[from]
	if m.Normals != nil {
		m.Normals[to] = m.Normals[from]
	}
	if m.Colors != nil {
		m.Colors[to] = m.Colors[from]
	}
	if m.Alphas != nil {
		m.Alphas[to] = m.Alphas[from]
	}
	if m.UVs != nil {
		m.UVs[to] = m.UVs[from]
	}
	for _, c := range m.Columns {
		if c != nil {
			c[to] = c[from]
		}
	}
}

func (m *Model) renumberFaces(renumbered []uint32, gone uint32) {
	kept := 0
	for i, f := range m.Faces {
		a, b, c := renumbered[f[0]], renumbered[f[1]], renumbered[f[2]]
		if a == gone || b == gone || c == gone {
			continue
		}
		m.Faces[kept] = [3]uint32{a, b, c}
		if m.FaceColors != nil {
			m.FaceColors[kept] = m.FaceColors[i]
		}
		if m.FaceUVs != nil {
			m.FaceUVs[kept] = m.FaceUVs[i]
		}
		if m.FaceTextures != nil {
			m.FaceTextures[kept] = m.FaceTextures[i]
		}
		kept++
	}
	m.DroppedFaces += len(m.Faces) - kept
	m.Faces = m.Faces[:kept]
	m.FaceColors = m.FaceColors[:min(kept, len(m.FaceColors))]
	m.FaceUVs = m.FaceUVs[:min(kept, len(m.FaceUVs))]
	m.FaceTextures = m.FaceTextures[:min(kept, len(m.FaceTextures))]
}

func (m *Model) renumberEdges(renumbered []uint32, gone uint32) {
	kept := 0
	for i, e := range m.Edges {
		a, b := renumbered[e[0]], renumbered[e[1]]
		if a == gone || b == gone {
			continue
		}
		m.Edges[kept] = [2]uint32{a, b}
		if m.EdgeColors != nil {
			m.EdgeColors[kept] = m.EdgeColors[i]
		}
		kept++
	}
	m.DroppedEdges += len(m.Edges) - kept
	m.Edges = m.Edges[:kept]
	m.EdgeColors = m.EdgeColors[:min(kept, len(m.EdgeColors))]
}
