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

// newest collects poses of one segment, of which only the last one of each node counts.
type newest struct {
	poses []nodePose // by the node's index
	some  []int      // the nodes that have one
	enc   wire.Encoder
}

type nodePose struct {
	has  [2]bool
	pos  [4]float64
	wxyz [4]float64
}

// add adds the poses of a step.
func (n *newest) add(b []byte, nodes int) {
	if len(n.poses) < nodes {
		n.poses = append(n.poses, make([]nodePose, nodes-len(n.poses))...)
	}
	index := 0
	for len(b) > 0 {
		var flags int
		var v [4]float64
		index, flags, v, b = cutPose(b, index)
		p := &n.poses[index]
		if p.has == [2]bool{} {
			n.some = append(n.some, index)
		}
		if flags&turned != 0 {
			p.wxyz, p.has[1] = v, true
		} else {
			p.pos, p.has[0] = v, true
		}
	}
}

// flush calls apply with the poses as messages, whose memory is used again, and forgets them.
func (n *newest) flush(nodes []node, apply func(wire.RawMessage)) {
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
