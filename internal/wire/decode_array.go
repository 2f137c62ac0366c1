package wire

const (
	indexKey = "__binary_index"
	dtypeKey = "dtype"
)

// ReadArray reads a placeholder and returns the buffer that it refers to.
func (d *Decoder) ReadArray() Array {
	if d.Null() {
		return Array{}
	}
	index, dtype := -1, ""
	for n := d.MapLen(); n > 0 && d.err == nil; n-- {
		switch string(d.Key()) {
		case indexKey:
			index = d.ReadInt()
		case dtypeKey:
			dtype = d.ReadString()
		default:
			d.SkipUnknown()
		}
	}
	d.Shut()
	if d.err != nil {
		return Array{}
	}
	return d.buffer(index, dtype)
}

func (d *Decoder) buffer(index int, dtype string) Array {
	size := itemSize(dtype)
	switch {
	case size == 0:
		d.fail("%q is not an element type", clip(dtype))
	case index < 0 || index >= len(d.buffers):
		d.fail("there is no buffer %d; the frame has %d", index, len(d.buffers))
	case len(d.buffers[index])%size != 0:
		d.fail("buffer %d has %d bytes, not a multiple of %d for %q", index, len(d.buffers[index]), size, dtype)
	default:
		return Array{DType: dtype, Data: d.buffers[index]}
	}
	return Array{}
}
