package wire

// Message is one entry of the protocol. Every implementation is a pointer to a generated struct.
type Message interface {
	// Type is the name that the message carries under the key "type".
	Type() string
	// AppendTo writes the whole msgpack map of the message, fields in declared order and "type" last.
	AppendTo(e *Encoder)
}

// Props is the set of properties of one kind of scene node or widget.
type Props interface {
	// Keys names the properties as they are called on the wire, in declared order. The slice is shared:
	// do not write to it.
	Keys() []string
	// Extensions counts the properties at the end of Keys that only the dialect viser-go.v1 carries.
	Extensions() int
	// AppendField writes the value of property i of Keys, without its key.
	AppendField(e *Encoder, i int)
}

// AppendProps writes p as a whole msgpack map.
func AppendProps(e *Encoder, p Props) {
	keys := p.Keys()
	e.MapHeader(len(keys))
	for i, key := range keys {
		e.String(key)
		p.AppendField(e, i)
	}
}

// Direction is who may send a message.
type Direction string

// The directions.
const (
	ServerToClient Direction = "s2c"
	ClientToServer Direction = "c2s"
	BothWays       Direction = "both"
)

// Info describes a type of message.
type Info struct {
	Type      string
	Entity    string    // "scene", "gui", "modal", "notification", "command", or "" for none
	Phase     string    // of the entity's life: "create", "remove", "update_dict", "update_simple", or ""
	IDField   string    // the wire key that holds the entity's identity: "name" or "uuid"
	Direction Direction // who sends it
	InScene   bool      // whether recordings (.viser files) keep it
	Extension bool      // whether it exists only in the Extended dialect
	Extended  []string  // the properties that only the Extended dialect has
}
