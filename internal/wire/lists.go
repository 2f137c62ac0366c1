package wire

// The helpers below write the list shapes that occur in the schema.

func (e *Encoder) floats(v []float64) {
	e.ArrayHeader(len(v))
	for _, f := range v {
		e.Float(f)
	}
}

func (e *Encoder) uints(v []uint8) {
	e.ArrayHeader(len(v))
	for _, u := range v {
		e.Uint(uint64(u))
	}
}

func (e *Encoder) ints(v []int) {
	e.ArrayHeader(len(v))
	for _, i := range v {
		e.Int(int64(i))
	}
}

func (e *Encoder) bools(v []bool) {
	e.ArrayHeader(len(v))
	for _, b := range v {
		e.Bool(b)
	}
}

func (e *Encoder) strings(v []string) {
	e.ArrayHeader(len(v))
	for _, s := range v {
		e.String(s)
	}
}

func (e *Encoder) pairs(v [][2]float64) {
	e.ArrayHeader(len(v))
	for i := range v {
		e.floats(v[i][:])
	}
}

func (e *Encoder) updates(u Updates) {
	e.MapHeader(len(u))
	for _, item := range u {
		e.String(item.Key)
		e.Any(item.Value)
	}
}

// appendSlice writes a nil slice as null; fields of the schema that may not be null write their own header.
func appendSlice[T any](e *Encoder, v []T, write func(T)) {
	if v == nil {
		e.Nil()
		return
	}
	appendItems(e, v, write)
}

func appendItems[T any](e *Encoder, v []T, write func(T)) {
	e.ArrayHeader(len(v))
	for _, item := range v {
		write(item)
	}
}

func appendOptional[T any](e *Encoder, p *T, write func(T)) {
	if p == nil {
		e.Nil()
		return
	}
	write(*p)
}

func appendOptionalBytes(e *Encoder, b []byte) {
	if b == nil {
		e.Nil()
		return
	}
	e.Bytes(b)
}
