package wire

// Decode reads one bare message, as pages send them. Strings are copied; byte strings and arrays are views
// of msg, which must not be written to afterwards.
//
// It forgives what JavaScript and other versions do: an integer for a float, a float without a fraction for
// an integer, bytes for text and text for bytes, keys that the schema does not have, null or nothing for an
// optional field, and missing properties. It does not judge values: NaN passes. A message of a type that the
// schema does not have gives an *UnknownTypeError, anything else that is wrong a *DecodeError.
func Decode(msg []byte, lim Limits) (Message, error) {
	if len(msg) > lim.MaxBytes {
		return nil, tooLarge("message", uint64(len(msg)), lim)
	}
	d := &decoder{b: msg, lim: lim}
	m, typ := d.message()
	if d.err == nil && d.pos != len(msg) {
		d.fail("%d bytes follow the message", len(msg)-d.pos)
	}
	switch {
	case d.err != nil:
		return nil, d.err
	case m == nil:
		return nil, &UnknownTypeError{Type: typ}
	}
	return m, nil
}

// decodable is what the generator gives every message for Decode.
type decodable interface {
	Message
	decode(d *decoder)
}

// message reads one message. A type that the schema does not have gives nil and the type's name. The type
// comes last in the map, so a first pass looks for it, and proves the whole message well-formed on the way.
func (d *decoder) message() (Message, string) {
	start := d.pos
	typ, ok := d.findType()
	if d.err != nil {
		return nil, ""
	}
	if !ok {
		d.pos = start
		d.fail("the message has no type")
		return nil, ""
	}
	m := newMessage(typ)
	if m == nil {
		return nil, typ
	}
	d.pos = start
	m.decode(d)
	d.at(typ)
	return m, typ
}

func (d *decoder) findType() (typ string, found bool) {
	counted := d.count
	for n := d.mapLen(); n > 0 && d.err == nil; n-- {
		if string(d.key()) == "type" && d.peek() == kindString {
			typ, found = d.string(), true
			continue
		}
		d.skip()
	}
	d.shut()
	if found && d.err == nil {
		d.count = counted
	}
	return typ, found
}

// require fails unless seen has every bit of mask; names are the fields' keys in order of the bits.
func (d *decoder) require(seen, mask uint32, names []string) {
	missing := mask &^ seen
	if d.err != nil || missing == 0 {
		return
	}
	for i, name := range names {
		if missing>>i&1 == 1 {
			d.fail("the field %s is missing", name)
			return
		}
	}
}
