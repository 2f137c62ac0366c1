package recording

import (
	"encoding/binary"
	"math"

	"github.com/viser-go/viser/internal/wire"
)

// Poses are nearly all that a recording of moving nodes has. They are written in a form that compresses well and costs
// little: the bytes before the numbers are kept per node, and the numbers are rounded to 32-bit floats. So a pose differs
// from the one before of its node only in the end.

const (
	positionType    = "SetPositionMessage"
	orientationType = "SetOrientationMessage"

	// exactFrom is the size from which coordinates keep 64 bits: 32 would show as steps.
	exactFrom = 4096

	// maxPoses bounds the table of nodes, for recordings in which many come and go.
	maxPoses = 1 << 17
)

// A Pose is the position or orientation of a node, as numbers.
type Pose struct {
	// Node is a number of the node, which no other node of the recording has: messages are prepared once for it. 0 is the
	// root.
	Node        uint32
	Name, Owner string // as in messages
	Orientation bool
	V           [4]float64 // the position, in the first three, or wxyz
}

// A poseNode is one node's position, or its orientation.
type poseNode struct {
	typ  string
	head []byte // the message up to the numbers; immutable

	// For the writer's goroutine: the last pose, as it is in the file, and whether the state has it.
	last  []byte
	dirty bool
	// Also for it: the chunk in which it has met the node last, and where.
	seenIn uint64
	seenAt int
}

// poseTable has the nodes by the owner and name in their messages.
type poseTable struct {
	positions, orientations map[string]*poseNode
	numbered                map[uint64]*poseNode // by Pose.Node and Orientation
	key                     []byte
}

// numberedNode is find for a Pose; scratch is filled with it.
func (t *poseTable) numberedNode(p *Pose, scratch *pose) *poseNode {
	*scratch = pose{typ: positionType, v: p.V}
	key := uint64(p.Node) << 1
	if p.Orientation {
		scratch.typ = orientationType
		key |= 1
	}
	if n := t.numbered[key]; n != nil {
		return n
	}
	scratch.name, scratch.owner = []byte(p.Name), []byte(p.Owner)
	if t.numbered == nil || len(t.numbered) >= maxPoses {
		t.numbered = map[uint64]*poseNode{}
	}
	n := t.find(scratch)
	t.numbered[key] = n
	return n
}

func (t *poseTable) find(p *pose) *poseNode {
	nodes := &t.positions
	if p.typ == orientationType {
		nodes = &t.orientations
	}
	key := p.name
	if len(p.owner) > 0 {
		t.key = append(append(append(t.key[:0], p.owner...), 0), p.name...)
		key = t.key
	}
	if n := (*nodes)[string(key)]; n != nil {
		return n
	}
	if *nodes == nil || len(*nodes) >= maxPoses {
		*nodes = map[string]*poseNode{}
	}
	n := &poseNode{typ: p.typ, head: p.appendHead(nil)}
	(*nodes)[string(key)] = n
	return n
}

// A pose is a SetPositionMessage or SetOrientationMessage. Its texts are views of the message.
type pose struct {
	typ         string
	name, owner []byte
	v           [4]float64
	n           int
}

func (p *pose) appendHead(b []byte) []byte {
	b = appendText(append(b, "\x84\xa4type"...), p.typ)
	b = appendText(append(b, "\xa5owner"...), p.owner)
	b = appendText(append(b, "\xa4name"...), p.name)
	if p.typ == positionType {
		return append(b, "\xa8position\x93"...)
	}
	return append(b, "\xa4wxyz\x94"...)
}

// appendValues writes the numbers, rounded.
func (p *pose) appendValues(b []byte) []byte {
	if p.typ == positionType {
		for _, x := range p.v[:3] {
			b = appendCoordinate(b, x)
		}
		return b
	}
	for _, x := range p.v {
		const unit = 1 << 19
		b = appendFloat32(b, float32(math.RoundToEven(x*unit)/unit))
	}
	return b
}

// appendCoordinate writes a float of 32 bits of which the last four are zero: it differs by up to 2⁻²⁰ of its size.
func appendCoordinate(b []byte, x float64) []byte {
	if !(math.Abs(x) <= exactFrom) {
		return appendFloat64(b, x)
	}
	const low = 4
	bits := math.Float32bits(float32(x))
	bits = (bits + 1<<(low-1)) &^ (1<<low - 1)
	return binary.BigEndian.AppendUint32(append(b, 0xca), bits)
}

// parse reads a pose; false if the message has anything else than our encoder and viser's write.
func (p *pose) parse(m wire.RawMessage) bool {
	key := "position"
	switch m.Type {
	case positionType:
		p.n = 3
	case orientationType:
		key, p.n = "wxyz", 4
	default:
		return false
	}
	b := m.B
	if len(b) == 0 || b[0] != 0x84 || len(m.Refs) > 0 {
		return false
	}
	b = b[1:]
	p.typ, p.name, p.owner = m.Type, nil, nil
	seen, ok := 0, true
	for range 4 {
		var k, s []byte
		if k, b, ok = cutText(b); !ok {
			return false
		}
		switch string(k) {
		case "name":
			seen |= 1
			p.name, b, ok = cutText(b)
		case "owner":
			seen |= 2
			p.owner, b, ok = cutText(b)
		case "type":
			seen |= 4
			s, b, ok = cutText(b)
			ok = ok && string(s) == m.Type
		case key:
			seen |= 8
			b, ok = p.numbers(b)
		default:
			return false
		}
		if !ok {
			return false
		}
	}
	return seen == 15 && len(b) == 0
}

// numbers reads the list of numbers.
func (p *pose) numbers(b []byte) (rest []byte, ok bool) {
	if len(b) == 0 || b[0] != 0x90|byte(p.n) {
		return b, false
	}
	b = b[1:]
	for i := range p.n {
		switch {
		case len(b) >= 9 && b[0] == 0xcb:
			p.v[i], b = math.Float64frombits(binary.BigEndian.Uint64(b[1:])), b[9:]
		case len(b) >= 5 && b[0] == 0xca:
			p.v[i], b = float64(math.Float32frombits(binary.BigEndian.Uint32(b[1:]))), b[5:]
		case len(b) >= 1 && (b[0] <= 0x7f || b[0] >= 0xe0):
			p.v[i], b = float64(int8(b[0])), b[1:]
		default:
			return b, false
		}
	}
	return b, true
}

// cutText cuts a text of up to 255 bytes off.
func cutText(b []byte) (s, rest []byte, ok bool) {
	if len(b) == 0 {
		return nil, b, false
	}
	n, from := int(b[0]&0x1f), 1
	switch {
	case b[0]&0xe0 == 0xa0:
	case b[0] == 0xd9 && len(b) > 1:
		n, from = int(b[1]), 2
	default:
		return nil, b, false
	}
	if n > len(b)-from {
		return nil, b, false
	}
	return b[from : from+n], b[from+n:], true
}

// A posePlace is an entry that is a pose, in the form that addPose gives it.
type posePlace struct {
	t    float64
	typ  string
	size int // of the entry
	head int // of the message, up to the numbers
}

// cutPose finds the pose that b begins with; false if it is another entry, or has another form.
func cutPose(b []byte) (p posePlace, ok bool) {
	const position, orientation = "\x84\xa4type\xb2SetPositionMessage\xa5owner", "\x84\xa4type\xb5SetOrientationMessage\xa5owner"
	if len(b) < 64 || b[0] != 0x92 || b[1] != 0xcb {
		return p, false
	}
	p.t = math.Float64frombits(binary.BigEndian.Uint64(b[2:]))
	rest, n, key := b[10:], 3, "\xa8position\x93"
	switch {
	case string(rest[:len(position)]) == position:
		p.typ, rest = positionType, rest[len(position):]
	case string(rest[:len(orientation)]) == orientation:
		p.typ, rest, n, key = orientationType, rest[len(orientation):], 4, "\xa4wxyz\x94"
	default:
		return p, false
	}
	if _, rest, ok = cutText(rest); !ok {
		return p, false
	}
	if rest, ok = cutPrefix(rest, "\xa4name"); !ok {
		return p, false
	}
	if _, rest, ok = cutText(rest); !ok {
		return p, false
	}
	if rest, ok = cutPrefix(rest, key); !ok {
		return p, false
	}
	p.head = len(b) - len(rest) - 10
	for ; n > 0; n-- {
		switch {
		case len(rest) >= 5 && rest[0] == 0xca:
			rest = rest[5:]
		case len(rest) >= 9 && rest[0] == 0xcb:
			rest = rest[9:]
		default:
			return p, false
		}
	}
	p.size = len(b) - len(rest)
	return p, true
}

func cutPrefix(b []byte, prefix string) ([]byte, bool) {
	if len(b) < len(prefix) || string(b[:len(prefix)]) != prefix {
		return b, false
	}
	return b[len(prefix):], true
}
