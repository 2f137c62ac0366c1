package wire

func (d *decoder) color() Color {
	switch d.peek() {
	case kindString, kindBytes:
		return NamedColor(d.string())
	case kindList:
		rgb := [3]uint8{}
		d.uint8s(rgb[:])
		return Color{RGB: rgb, IsRGB: true}
	}
	if !d.null() {
		d.fail("a color is a name, three numbers or null")
	}
	return Color{}
}

func (d *decoder) floatOrVec3() FloatOrVec3 {
	if d.peek() != kindList {
		return Uniform(d.float64())
	}
	var v FloatOrVec3
	d.float64s(v[:])
	return v
}

func (d *decoder) boolOrFloat() BoolOrFloat {
	switch d.peek() {
	case kindInt, kindFloat:
		return BoolOrFloat{IsFloat: true, Float: d.float64()}
	default:
		return BoolOrFloat{Bool: d.bool()}
	}
}

func (d *decoder) lod() LOD {
	if d.peek() == kindList {
		return LOD{Levels: d.pairs()}
	}
	return LOD{Mode: d.string()}
}

func (d *decoder) placement() Placement {
	var p Placement
	for n := d.mapLen(); n > 0 && d.err == nil; n-- {
		key := string(d.key())
		switch key {
		case "kind":
			p.Kind = d.string()
		case "edge":
			p.Edge = d.string()
		case "anchor_uuid":
			p.AnchorUUID = d.string()
		case "side":
			p.Side = d.string()
		case "x":
			p.X = decodeOptional(d, d.float64)
		case "y":
			p.Y = decodeOptional(d, d.float64)
		default:
			d.skipUnknown()
		}
		d.at(key)
	}
	d.shut()
	return p
}
