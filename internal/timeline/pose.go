package timeline

import (
	"encoding/binary"
	"math"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// Poses are nearly all that a timeline of moving nodes has. One is a number with the node, as the distance from the
// node before and two flags, and three or four floats.

// Flags of a pose.
const (
	turned  = 1 // an orientation, else a position
	precise = 2 // 64 bits per coordinate
)

// farOut is the coordinate from which on pages are sent 64 bits.
const farOut = 4096

// appendPose writes the pose of the node of that index; before is that of the pose before.
func appendPose(b []byte, index, before int, p *state.Pose) []byte {
	flags := 0
	if p.Orientation {
		flags = turned
	}
	switch {
	case p.Node == 0: // the root's is the up direction
		flags |= precise
	case p.Orientation:
	case math.Abs(p.V[0]) > farOut || math.Abs(p.V[1]) > farOut || math.Abs(p.V[2]) > farOut:
		flags = precise
	}
	d := index - before
	b = binary.AppendUvarint(b, uint64(d<<1^d>>63)<<2|uint64(flags))
	switch flags {
	case precise:
		for _, x := range p.V[:3] {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		}
	case precise | turned:
		for _, x := range p.V {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		}
	case turned:
		for _, x := range p.V {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(x)))
		}
	default:
		for _, x := range p.V[:3] {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(x)))
		}
	}
	return b
}

// cutPose reads the first pose in b.
func cutPose(b []byte, before int) (index, flags int, v [4]float64, rest []byte) {
	head, n := binary.Uvarint(b)
	b = b[n:]
	flags = int(head & 3)
	z := head >> 2
	index = before + (int(z>>1) ^ -int(z&1))
	switch flags {
	case precise | turned:
		for i := range 4 {
			v[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
		}
		return index, flags, v, b[32:]
	case precise:
		for i := range 3 {
			v[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
		}
		return index, flags, v, b[24:]
	case turned:
		for i := range 4 {
			v[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
		}
		return index, flags, v, b[16:]
	}
	for i := range 3 {
		v[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return index, flags, v, b[12:]
}

// A bulk is many poses, as pages were sent them: the memory is that of their frame.
type bulk struct {
	positioned, turned []int32 // indexes of nodes
	positions, wxyzs   []byte  // three or four floats for each
	wide               bool    // positions have 64 bits
}

// A numbering is which nodes a bulk has. That of the next one is mostly the same.
type numbering struct {
	numbers []byte // as a page knows them
	indexes []int32
}

// newest collects poses of one segment, of which only the last one of each node counts.
type newest struct {
	poses []nodePose // by the node's index
	some  []int      // the nodes that have one
	enc   wire.Encoder

	// The newest of all, not added yet: one of the same nodes takes its place.
	positions, wxyzs *bulk
}

type nodePose struct {
	has  [2]bool
	pos  [4]float64
	wxyz [4]float64
}

func (n *newest) grow(nodes int) {
	if len(n.poses) < nodes {
		n.poses = append(n.poses, make([]nodePose, nodes-len(n.poses))...)
	}
}

// of returns where the poses of a node are collected.
func (n *newest) of(index int) *nodePose {
	p := &n.poses[index]
	if p.has == [2]bool{} {
		n.some = append(n.some, index)
	}
	return p
}

// addMany adds poses of a step.
func (n *newest) addMany(b *bulk) {
	if n.positions != nil && !sameNodes(n.positions.positioned, b.positioned) {
		n.settlePositions()
	}
	if n.wxyzs != nil && !sameNodes(n.wxyzs.turned, b.turned) {
		n.settleWXYZs()
	}
	n.positions, n.wxyzs = b, b
}

// sameNodes reports whether two bulks have one numbering.
func sameNodes(a, b []int32) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// settle adds what is not added yet.
func (n *newest) settle() {
	n.settlePositions()
	n.settleWXYZs()
}

func (n *newest) settlePositions() {
	b := n.positions
	if b == nil {
		return
	}
	n.positions = nil
	size := 12
	if b.wide {
		size = 24
	}
	for i, index := range b.positioned {
		p, v := n.of(int(index)), b.positions[size*i:]
		for k := range 3 {
			if b.wide {
				p.pos[k] = math.Float64frombits(binary.LittleEndian.Uint64(v[8*k:]))
			} else {
				p.pos[k] = float64(math.Float32frombits(binary.LittleEndian.Uint32(v[4*k:])))
			}
		}
		p.has[0] = true
	}
}

func (n *newest) settleWXYZs() {
	b := n.wxyzs
	if b == nil {
		return
	}
	n.wxyzs = nil
	for i, index := range b.turned {
		p, v := n.of(int(index)), b.wxyzs[16*i:]
		for k := range 4 {
			p.wxyz[k] = float64(math.Float32frombits(binary.LittleEndian.Uint32(v[4*k:])))
		}
		p.has[1] = true
	}
}

// add adds the poses of a step.
func (n *newest) add(b []byte) {
	if len(b) > 0 {
		n.settle()
	}
	index := 0
	for len(b) > 0 {
		var flags int
		var v [4]float64
		index, flags, v, b = cutPose(b, index)
		p := n.of(index)
		if flags&turned != 0 {
			p.wxyz, p.has[1] = v, true
		} else {
			p.pos, p.has[0] = v, true
		}
	}
}

// flush calls apply with the poses as messages, whose memory is used again, and forgets them.
func (n *newest) flush(nodes []node, apply func(wire.RawMessage)) {
	n.settle()
	for _, index := range n.some {
		p, node := &n.poses[index], &nodes[index]
		if p.has[0] {
			n.enc.Reset()
			n.enc.SetPosition(node.name, node.owner, [3]float64(p.pos[:3]))
			apply(wire.RawMessage{Type: "SetPositionMessage", B: n.enc.B})
		}
		if p.has[1] {
			n.enc.Reset()
			n.enc.SetOrientation(node.name, node.owner, p.wxyz)
			apply(wire.RawMessage{Type: "SetOrientationMessage", B: n.enc.B})
		}
		*p = nodePose{}
	}
	n.some = n.some[:0]
}
