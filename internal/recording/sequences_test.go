package recording

import (
	"bytes"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// poseChunk adds poses of a few nodes, and some other entries.
func poseChunk(seed uint64) *chunk {
	rnd := rand.New(rand.NewPCG(seed, 1))
	c, table, scratch := &chunk{}, &poseTable{}, pose{}
	names := []string{"", "/a", "/robots/" + strings.Repeat("n", rnd.IntN(300))}
	for i := range rnd.IntN(1000) {
		names = append(names, "/robots/r"+strings.Repeat("x", rnd.IntN(3))+string(rune('a'+i%26)))
	}
	still := rnd.IntN(3)
	now := 0.0
	others := random(&testing.T{}, seed, 20)
	for range rnd.IntN(8000) {
		if rnd.IntN(500) == 0 {
			now += rnd.Float64()
		}
		if rnd.IntN(200) == 0 {
			c.add(now, Everyone, others[rnd.IntN(len(others))].Message)
		}
		p := &Pose{Node: uint32(rnd.IntN(len(names))), Orientation: rnd.IntN(2) == 0}
		p.Name = names[p.Node]
		for k := range p.V {
			p.V[k] = float64(k) + now*float64(still)
			switch rnd.IntN(40) {
			case 0:
				p.V[k] = rnd.NormFloat64() * 1e5
			case 1:
				p.V[k] = []float64{math.NaN(), math.Inf(1), 0, -1}[rnd.IntN(4)]
			}
		}
		c.addPose(now, table.numberedNode(p, &scratch), &scratch)
	}
	return c
}

// TestSequences compares chunks with what a decoder makes of them.
func TestSequences(t *testing.T) {
	s := &sequenceEncoder{}
	used := 0
	for seed := uint64(0); seed < 200; seed += everyNth {
		c := poseChunk(seed)
		packed, err := s.encode([]byte("before"), c)
		if err != nil {
			continue
		}
		used++
		plain, err := unpack(packed[len("before"):])
		if err != nil {
			t.Fatalf("chunk %d: %v", seed, err)
		}
		if !bytes.Equal(plain, c.stream) {
			t.Fatalf("chunk %d: unpacked, it is another one", seed)
		}
	}
	if used*everyNth < 100 {
		t.Errorf("%d chunks", used)
	}
}

// TestCoder has codes of all distributions in one block.
func TestCoder(t *testing.T) {
	used := 0
	for seed := range uint64(500) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		s := &sequenceEncoder{stream: bytes.Repeat([]byte{0}, 8), repeated: [3]int{1, 4, 8}}
		for range 8 {
			s.stream[rnd.IntN(8)] = byte(rnd.Uint32())
		}
		for len(s.stream) < 60<<10 && rnd.IntN(3000) > 0 {
			literals := rnd.IntN(1 << rnd.IntN(12))
			for range literals {
				s.stream = append(s.stream, byte(rnd.IntN(1+rnd.IntN(256))))
			}
			distance := 1 + rnd.IntN(min(len(s.stream), 1<<(1+rnd.IntN(16))))
			if rnd.IntN(2) == 0 && s.repeated[rnd.IntN(3)] <= len(s.stream) {
				distance = s.repeated[0]
			}
			length := minMatch + rnd.IntN(1<<rnd.IntN(12))
			pos := len(s.stream)
			for i := range length {
				s.stream = append(s.stream, s.stream[pos-min(distance, pos)+i])
			}
			s.match(pos, min(distance, pos), length)
		}
		b := le.AppendUint64(append(le.AppendUint32(nil, magicZstd), 0xe0), uint64(len(s.stream)))
		b, err := s.block(b, 0, len(s.stream), true)
		if err != nil {
			continue
		}
		plain, err := unpack(b)
		if err != nil || !bytes.Equal(plain, s.stream) {
			t.Fatalf("seed %d: %v", seed, err)
		}
		used++
	}
	if used < 300 {
		t.Errorf("%d blocks", used)
	}
}
