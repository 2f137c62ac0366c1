package wire

// A MessageReader returns the function that reads a message of a type, with the
// decoder at the beginning of its map; nil for a type that it does not have.
type MessageReader func(typ string) func(d *Decoder) Message

// Decode reads one bare message, as pages send them: types that only servers send
// are unknown to it (package pagewire reads those). Strings are copied; byte
// strings and arrays are views of msg, which must not be written to afterwards.
//
// It is lenient where JavaScript and other versions differ: an integer for a float, a
// float without a fraction for an integer, bytes for text and text for bytes, keys that
// the schema does not have, null or no value for an optional field, and missing
// properties. It does not validate values: NaN passes. A message of an unknown type
// returns an *UnknownTypeError, any other failure a *DecodeError.
func Decode(msg []byte, lim Limits) (Message, error) {
	return DecodeWith(InboundReader, msg, lim)
}

// DecodeWith is Decode for the messages that read has.
func DecodeWith(read MessageReader, msg []byte, lim Limits) (Message, error) {
	if len(msg) > lim.MaxBytes {
		return nil, tooLarge("message", uint64(len(msg)), lim)
	}
	d := &Decoder{b: msg, lim: lim, read: read}
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

// message reads one message. For a type that the reader does not have it returns nil
// and the type's name. The type is last in the map, so a first pass finds it, and
// checks that the whole message is well-formed.
func (d *Decoder) message() (Message, string) {
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
	read := d.read(typ)
	if read == nil {
		return nil, typ
	}
	d.pos = start
	m := read(d)
	d.At(typ)
	return m, typ
}

func (d *Decoder) findType() (typ string, found bool) {
	counted := d.count
	for n := d.MapLen(); n > 0 && d.err == nil; n-- {
		if string(d.Key()) == "type" && d.peek() == kindString {
			typ, found = d.ReadString(), true
			continue
		}
		d.Skip()
	}
	d.Shut()
	if found && d.err == nil {
		d.count = counted
	}
	return typ, found
}

// Require fails unless seen has every bit of mask; names are the fields' keys in
// the order of the bits.
func (d *Decoder) Require(seen, mask uint32, names []string) {
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
