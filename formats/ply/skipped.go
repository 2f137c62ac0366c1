package ply

import "fmt"

// skipped names what of the file has no place in a model, beside the fields of vertices.
func (h *header) skipped() (names []string) {
	for i := range h.elements {
		e := &h.elements[i]
		if e.count == 0 || len(e.properties) == 0 {
			continue
		}
		known, ok := h.knownProperties(e)
		if !ok {
			names = append(names, fmt.Sprintf("element %q", label(e.name)))
			continue
		}
		for k, p := range e.properties {
			if !known(k, p) {
				names = append(names, fmt.Sprintf("%s property %q", label(e.name), label(p.name)))
			}
		}
	}
	return names
}

// knownProperties returns the properties of an element that are read; false if the whole element is not.
func (h *header) knownProperties(e *element) (known func(i int, p property) bool, ok bool) {
	_, colors := newFaceColors(e)
	switch {
	case e == h.vertex:
		return func(_ int, p property) bool { return !p.list }, true
	case e == h.face && corners(e) >= 0:
		list, uvs, number := corners(e), e.find(true, "texcoord"), e.find(false, "texnumber")
		return func(i int, _ property) bool { return i == list || i == uvs || i == number || colors.of(i) >= 0 }, true
	case e == h.strips && corners(e) >= 0:
		list := corners(e)
		return func(i int, _ property) bool { return i == list }, true
	case e == h.edge && endsOf(e).ok():
		ends := endsOf(e)
		return func(i int, _ property) bool { return i == ends[0] || i == ends[1] || colors.of(i) >= 0 }, true
	case (e == h.chunk || e == h.harmonics) && h.packed():
		return func(int, property) bool { return true }, true
	}
	return nil, false
}
