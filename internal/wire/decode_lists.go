package wire

// tuple opens a list that must have exactly n elements; null leaves the target as it is.
func (d *decoder) tuple(n int) bool {
	if d.null() {
		return false
	}
	got := d.list()
	if d.err == nil && got != n {
		d.fail("want a list of %d, got %d", n, got)
	}
	return d.err == nil
}

func (d *decoder) float64s(out []float64) { decodeTuple(d, out, d.float64) }
func (d *decoder) uint8s(out []uint8)     { decodeTuple(d, out, d.uint8) }

func decodeTuple[T any](d *decoder, out []T, read func() T) {
	if !d.tuple(len(out)) {
		return
	}
	for i := range out {
		out[i] = read()
	}
	d.shut()
}

// pairs is never nil unless it fails, so that an empty list stays a list.
func (d *decoder) pairs() [][2]float64 {
	return decodeSlice(d, func() [2]float64 {
		var p [2]float64
		d.float64s(p[:])
		return p
	})
}

// firstCap bounds what a list's announced length may allocate before its elements are seen.
const firstCap = 1024

// decodeSlice reads a list of any length; null gives nil.
func decodeSlice[T any](d *decoder, read func() T) []T {
	if d.null() {
		return nil
	}
	n := d.list()
	out := make([]T, 0, min(n, firstCap))
	for ; n > 0 && d.err == nil; n-- {
		out = append(out, read())
	}
	d.shut()
	return out
}

func decodeOptional[T any](d *decoder, read func() T) *T {
	if d.null() {
		return nil
	}
	v := read()
	if d.err != nil {
		return nil
	}
	return &v
}
