package wire

// any reads a value whose type the schema leaves open. It gives nil, bool, int64 (uint64 beyond it),
// float64, string, []byte (a view), []any, map[string]any, or Array for a placeholder.
func (d *decoder) any() any {
	switch k := d.peek(); k {
	case kindNil:
		d.null()
		return nil
	case kindBool:
		return d.bool()
	case kindInt, kindFloat:
		return d.anyNumber()
	case kindString:
		return d.string()
	case kindBytes:
		return d.bytes()
	case kindList:
		return d.anys()
	case kindMap:
		return d.anyMapOrArray()
	default:
		d.fail("%s has no meaning here", k)
		return nil
	}
}

func (d *decoder) anyNumber() any {
	n := d.number()
	switch {
	case n.isFloat:
		return n.f
	case !n.neg && n.u > 1<<63-1:
		return n.u
	}
	return int64(n.u)
}

func (d *decoder) anys() []any {
	n := d.list()
	out := make([]any, 0, n)
	for ; n > 0 && d.err == nil; n-- {
		out = append(out, d.any())
	}
	d.shut()
	return out
}

func (d *decoder) anyMapOrArray() any {
	m := d.anyMap()
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

// anyMap grows as its pairs arrive: a map's memory per entry is many times its smallest encoding.
func (d *decoder) anyMap() map[string]any {
	n := d.mapLen()
	out := map[string]any{}
	for ; n > 0 && d.err == nil; n-- {
		key := string(d.key())
		out[key] = d.any()
		d.at(key)
	}
	d.shut()
	return out
}

func (d *decoder) updates() Updates {
	n := d.mapLen()
	out := make(Updates, 0, min(n, 64))
	for ; n > 0 && d.err == nil; n-- {
		key := d.string()
		out = append(out, Update{Key: key, Value: d.any()})
		d.at(key)
	}
	d.shut()
	return out
}
