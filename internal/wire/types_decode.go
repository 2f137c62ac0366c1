package wire

// ReadColor reads a name, three numbers or null.
func (d *Decoder) ReadColor() Color {
	switch d.peek() {
	case kindString, kindBytes:
		return NamedColor(d.ReadString())
	case kindList:
		rgb := [3]uint8{}
		d.ReadUint8s(rgb[:])
		return Color{RGB: rgb, IsRGB: true}
	}
	if !d.Null() {
		d.fail("a color is a name, three numbers or null")
	}
	return Color{}
}

// ReadFloatOrVec3 reads one number or three.
func (d *Decoder) ReadFloatOrVec3() FloatOrVec3 {
	if d.peek() != kindList {
		return Uniform(d.ReadFloat64())
	}
	var v FloatOrVec3
	d.ReadFloat64s(v[:])
	return v
}

// ReadBoolOrFloat reads a boolean or a number.
func (d *Decoder) ReadBoolOrFloat() BoolOrFloat {
	switch d.peek() {
	case kindInt, kindFloat:
		return BoolOrFloat{IsFloat: true, Float: d.ReadFloat64()}
	default:
		return BoolOrFloat{Bool: d.ReadBool()}
	}
}

// ReadLOD reads a mode or a list of levels.
func (d *Decoder) ReadLOD() LOD {
	if d.peek() == kindList {
		return LOD{Levels: d.pairs()}
	}
	return LOD{Mode: d.ReadString()}
}

// ReadPlacement reads the position of a panel.
func (d *Decoder) ReadPlacement() Placement {
	var p Placement
	for n := d.MapLen(); n > 0 && d.err == nil; n-- {
		key := string(d.Key())
		switch key {
		case "kind":
			p.Kind = d.ReadString()
		case "edge":
			p.Edge = d.ReadString()
		case "anchor_uuid":
			p.AnchorUUID = d.ReadString()
		case "side":
			p.Side = d.ReadString()
		case "x":
			p.X = DecodeOptional(d, d.ReadFloat64)
		case "y":
			p.Y = DecodeOptional(d, d.ReadFloat64)
		default:
			d.SkipUnknown()
		}
		d.At(key)
	}
	d.Shut()
	return p
}
