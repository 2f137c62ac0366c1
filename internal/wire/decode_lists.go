package wire

// tuple opens a list that must have exactly n elements; null leaves the target as it is.
func (d *Decoder) tuple(n int) bool {
	if d.Null() {
		return false
	}
	got := d.list()
	if d.err == nil && got != n {
		d.fail("want a list of %d, got %d", n, got)
	}
	return d.err == nil
}

// ReadFloat64s reads a list of exactly len(out) numbers; null leaves out as it is.
func (d *Decoder) ReadFloat64s(out []float64) { DecodeTuple(d, out, d.ReadFloat64) }

// ReadUint8s is ReadFloat64s for numbers from 0 to 255.
func (d *Decoder) ReadUint8s(out []uint8) { DecodeTuple(d, out, d.ReadUint8) }

// DecodeTuple reads a list of exactly len(out) elements; null leaves out as it is.
func DecodeTuple[T any](d *Decoder, out []T, read func() T) {
	if !d.tuple(len(out)) {
		return
	}
	for i := range out {
		out[i] = read()
	}
	d.Shut()
}

// pairs is never nil unless it fails, so that an empty list stays a list.
func (d *Decoder) pairs() [][2]float64 {
	return DecodeSlice(d, func() [2]float64 {
		var p [2]float64
		d.ReadFloat64s(p[:])
		return p
	})
}

// firstCap bounds what a list's announced length may allocate before its elements are
// read.
const firstCap = 1024

// DecodeSlice reads a list of any length; for null it returns nil.
func DecodeSlice[T any](d *Decoder, read func() T) []T {
	if d.Null() {
		return nil
	}
	n := d.list()
	out := make([]T, 0, min(n, firstCap))
	for ; n > 0 && d.err == nil; n-- {
		out = append(out, read())
	}
	d.Shut()
	return out
}

// DecodeOptional returns nil for null.
func DecodeOptional[T any](d *Decoder, read func() T) *T {
	if d.Null() {
		return nil
	}
	v := read()
	if d.err != nil {
		return nil
	}
	return &v
}
