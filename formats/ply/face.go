package ply

import "fmt"

// listChunk is how many indices are decoded at a time, so that the length that a list claims is never
// allocated in one piece.
const listChunk = 1024

// stripColor is the color of triangles out of strips in a file that colors its other faces.
var stripColor = [3]uint8{128, 128, 128}

// faceSink turns polygons and strips into the triangles of a model.
type faceSink struct {
	model    *Model
	vertices uint64 // how many the header promises
	limit    int    // triangles
	colored  bool   // each triangle has a color

	// Polygons can be cut only where their corners are known. Those of a file that has its faces first
	// wait here: all indices in a row, the length of each polygon, and its color.
	verticesRead bool
	waiting      []uint32
	lengths      []uint32
	colors       [][3]uint8

	cutter cutter
}

func newFaceSink(d *decoder) faceSink {
	f := faceSink{
		model: d.model, vertices: d.header.find("vertex").count, limit: d.options.MaxTriangles,
		cutter: cutter{budget: cutBudget},
	}
	if e := d.header.find("face"); e != nil {
		cols := columnsOf(e)
		f.colored = cols.colors()
		if d.sized {
			d.model.Faces = make([][3]uint32, 0, min(e.count, uint64(f.limit)))
		}
	}
	return f
}

// index checks one corner.
func (f *faceSink) index(i int64) (uint32, error) {
	if i < 0 || uint64(i) >= f.vertices {
		return 0, fmt.Errorf("a corner is vertex %d, but the vertices are 0 to %d", i, int64(f.vertices)-1)
	}
	return uint32(i), nil
}

// polygon takes one face of the file.
func (f *faceSink) polygon(loop []uint32, color [3]uint8) error {
	if len(loop) < 3 {
		f.model.DroppedFaces++
		return nil
	}
	if f.verticesRead {
		return f.cut(loop, color)
	}
	if len(f.waiting)+len(loop) > 3*f.limit {
		return f.tooMany()
	}
	f.waiting = append(f.waiting, loop...)
	f.lengths = append(f.lengths, uint32(len(loop)))
	if f.colored {
		f.colors = append(f.colors, color)
	}
	return nil
}

func (f *faceSink) cut(loop []uint32, color [3]uint8) error {
	if len(loop) == 3 {
		return f.triangle([3]uint32(loop), color)
	}
	for _, t := range f.cutter.cut(f.model.Points, loop) {
		if err := f.triangle(t, color); err != nil {
			return err
		}
	}
	return nil
}

func (f *faceSink) triangle(t [3]uint32, color [3]uint8) error {
	if len(f.model.Faces) >= f.limit {
		return f.tooMany()
	}
	f.model.Faces = append(f.model.Faces, t)
	if f.colored {
		f.model.FaceColors = append(f.model.FaceColors, color)
	}
	return nil
}

func (f *faceSink) tooMany() error {
	return fmt.Errorf("there are more triangles than the limit of %d", f.limit)
}

// finish cuts the polygons that had to wait for their corners.
func (f *faceSink) finish() error {
	at := 0
	for i, n := range f.lengths {
		var color [3]uint8
		if f.colored {
			color = f.colors[i]
		}
		if err := f.cut(f.waiting[at:at+int(n)], color); err != nil {
			return err
		}
		at += int(n)
	}
	return nil
}

// readFaces reads the face element, whose property number list has the corners.
func (d *decoder) readFaces(list int) error {
	cols := columnsOf(d.element)
	var loop []uint32
	for ; d.row < d.element.count; d.row++ {
		var color [3]uint8
		for i, p := range d.element.properties {
			var err error
			role := cols.of(i)
			switch {
			case i == list:
				loop, err = d.readLoop(p, loop[:0])
			case role >= roleRed && role <= roleBlue:
				color[role-roleRed], err = d.readColor(p)
			default:
				err = d.skipProperty(p)
			}
			if err != nil {
				return err
			}
		}
		if err := d.faces.polygon(loop, color); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) readColor(p property) (uint8, error) {
	v, err := d.values.value(p.item)
	return scaleOf(p.item).apply(v), err
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
	return s.faces.triangle([3]uint32{a, b, c}, stripColor)
}

// dropNonFinite leaves out the points that are NaN or infinite, and the faces that touch them.
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
	for i, c := range m.Columns {
		m.Columns[i] = c[:min(kept, len(c))]
	}
	m.renumberFaces(renumbered, gone)
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
		kept++
	}
	m.DroppedFaces += len(m.Faces) - kept
	m.Faces = m.Faces[:kept]
	m.FaceColors = m.FaceColors[:min(kept, len(m.FaceColors))]
}
