package wire

// Skip skips one value of any type, and checks that it is well-formed and within the limits.
func (d *Decoder) Skip() {
	switch k := d.peek(); k {
	case kindNil:
		d.Null()
	case kindBool:
		d.ReadBool()
	case kindInt, kindFloat:
		d.number()
	case kindString, kindBytes:
		d.text()
	case kindExt:
		d.skipExt()
	case kindList:
		d.skipItems(d.list())
	case kindMap:
		d.skipItems(2 * d.MapLen())
	default:
		d.fail("the byte 0x%02x begins no value", d.b[min(d.pos, len(d.b)-1)])
	}
}

func (d *Decoder) skipItems(n int) {
	for ; n > 0 && d.err == nil; n-- {
		d.Skip()
	}
	d.Shut()
}

// skipExt passes over an extension: its length, a type byte, and the data.
func (d *Decoder) skipExt() {
	c, ok := d.begin(kindExt)
	if !ok {
		return
	}
	n := 0
	if c >= 0xd4 {
		n = 1 << (c - 0xd4)
	} else {
		n = d.length(1 << (c - 0xc7))
	}
	d.take(1)
	d.take(n)
}

// SkipUnknown passes over the value of a key that the schema does not have.
func (d *Decoder) SkipUnknown() {
	d.unknown++
	d.Skip()
}
