package wire

// ReadAny reads a value whose type the schema does not specify. It returns nil, bool, int64 (uint64
// beyond it), float64, string, []byte (a view), []any, map[string]any, or Array for a placeholder.
func (d *Decoder) ReadAny() any {
	switch k := d.peek(); k {
	case kindNil:
		d.Null()
		return nil
	case kindBool:
		return d.ReadBool()
	case kindInt, kindFloat:
		return d.anyNumber()
	case kindString:
		return d.ReadString()
	case kindBytes:
		return d.ReadBytes()
	case kindList:
		return d.anys()
	case kindMap:
		return d.anyMapOrArray()
	default:
		d.fail("unexpected %s", k)
		return nil
	}
}

func (d *Decoder) anyNumber() any {
	n := d.number()
	switch {
	case n.isFloat:
		return n.f
	case !n.neg && n.u > 1<<63-1:
		return n.u
	}
	return int64(n.u)
}

func (d *Decoder) anys() []any {
	n := d.list()
	out := make([]any, 0, n)
	for ; n > 0 && d.err == nil; n-- {
		out = append(out, d.ReadAny())
	}
	d.Shut()
	return out
}

func (d *Decoder) anyMapOrArray() any {
	m := d.ReadAnyMap()
	index, isIndex := m[indexKey]
	dtype, isDType := m[dtypeKey]
	if d.err != nil || !isIndex || !isDType {
		return m
	}
	i, ok := AsInt(index)
	name, ok2 := dtype.(string)
	if !ok || !ok2 {
		d.fail("an array placeholder needs a number and a name")
		return nil
	}
	return d.buffer(i, name)
}

// ReadAnyMap grows the map as its pairs arrive: a map's memory per entry is many times its smallest encoding.
func (d *Decoder) ReadAnyMap() map[string]any {
	n := d.MapLen()
	out := map[string]any{}
	for ; n > 0 && d.err == nil; n-- {
		key := string(d.Key())
		out[key] = d.ReadAny()
		d.At(key)
	}
	d.Shut()
	return out
}

// ReadUpdates reads a map of properties, in its order.
func (d *Decoder) ReadUpdates() Updates {
	n := d.MapLen()
	out := make(Updates, 0, min(n, 64))
	for ; n > 0 && d.err == nil; n-- {
		key := d.ReadString()
		out = append(out, Update{Key: key, Value: d.ReadAny()})
		d.At(key)
	}
	d.Shut()
	return out
}
