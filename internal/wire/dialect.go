package wire

// A Dialect is the version of the protocol that a connection uses.
type Dialect int

const (
	// Plain is viser 1.1's own protocol.
	Plain Dialect = iota
	// Extended is viser-go.v1: viser 1.1's protocol with node ids, packed poses,
	// partial updates and the kinds and properties that upstream viser does not
	// support.
	Extended

	// Dialects is how many there are.
	Dialects
)
