package ply

// edgeEnds are the properties of an edge that have the numbers of its two vertices; -1 where there is none.
type edgeEnds [2]int

func endsOf(e *element) edgeEnds {
	return edgeEnds{e.find(false, "vertex1", "vertex_1", "v1"), e.find(false, "vertex2", "vertex_2", "v2")}
}

func (e edgeEnds) ok() bool { return e[0] >= 0 && e[1] >= 0 }

// readEdges reads the edge element.
func (d *decoder) readEdges(ends edgeEnds) error {
	m, e := d.model, d.element
	if e.count > uint64(d.options.MaxTriangles) {
		return d.faces.tooMany("edges")
	}
	colors, cols := newFaceColors(e)
	for ; d.row < e.count; d.row++ {
		var edge [2]uint32
		var color [3]float32
		for i, p := range e.properties {
			var err error
			role := cols.of(i)
			switch {
			case i == ends[0] || i == ends[1]:
				end := 0
				if i == ends[1] {
					end = 1
				}
				edge[end], err = d.readIndex(p)
			case role >= roleRed && role <= roleBlue:
				color[role-roleRed], err = d.readColor(p)
			default:
				err = d.skipProperty(p)
			}
			if err != nil {
				return err
			}
		}
		m.Edges = append(m.Edges, edge)
		if cols.colors() {
			colors.add(color)
		}
	}
	m.EdgeColors = colors.colors()
	return nil
}

// readIndex reads the number of one vertex.
func (d *decoder) readIndex(p property) (uint32, error) {
	index := d.indices[:1]
	if err := d.values.integers(p.item, index); err != nil {
		return 0, err
	}
	return d.faces.index(index[0])
}
