package wire

// AppendTo writes the name, the triple or null.
func (c Color) AppendTo(e *Encoder) {
	switch {
	case c.Name != "":
		e.String(c.Name)
	case c.IsRGB:
		e.uints(c.RGB[:])
	default:
		e.Nil()
	}
}

// AppendTo writes one float where all three are equal, else three.
func (s FloatOrVec3) AppendTo(e *Encoder) {
	if s[0] == s[1] && s[1] == s[2] {
		e.Float(s[0])
		return
	}
	e.floats(s[:])
}

// AppendTo writes the boolean or the number.
func (v BoolOrFloat) AppendTo(e *Encoder) {
	if v.IsFloat {
		e.Float(v.Float)
		return
	}
	e.Bool(v.Bool)
}

// AppendTo writes the mode or the list of levels.
func (l LOD) AppendTo(e *Encoder) {
	switch {
	case l.Levels != nil:
		e.pairs(l.Levels)
	case l.Mode != "":
		e.String(l.Mode)
	default:
		e.String("auto")
	}
}

// AppendTo writes the map of the placement's kind. An unknown kind is written as a panel afloat, which every
// page can show.
func (p Placement) AppendTo(e *Encoder) {
	switch p.Kind {
	case "edge":
		e.placement(2, "edge", "edge", p.Edge)
	case "split":
		e.placement(3, "split", "anchor_uuid", p.AnchorUUID)
		e.String("side")
		e.String(p.Side)
	default:
		e.MapHeader(3)
		e.pair("kind", "float")
		e.String("x")
		appendOptional(e, p.X, e.Float)
		e.String("y")
		appendOptional(e, p.Y, e.Float)
	}
}

func (e *Encoder) placement(n int, kind, key, value string) {
	e.MapHeader(n)
	e.pair("kind", kind)
	e.pair(key, value)
}

func (e *Encoder) pair(key, value string) {
	e.String(key)
	e.String(value)
}
