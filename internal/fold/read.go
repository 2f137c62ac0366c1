package fold

import (
	"errors"
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

var errMsgpack = errors.New("it is not well-formed")

// pairs reads a map, pair by pair.
type pairs struct {
	b    []byte
	pos  int
	left int

	key      []byte
	keyAt    int // where the pair begins
	from, to int // where the value is
	err      error
}

// pairsAt opens the map at pos.
func pairsAt(b []byte, pos int) pairs {
	n, rest, err := msgp.ReadMapHeaderBytes(b[pos:])
	if err != nil {
		return pairs{err: errMsgpack}
	}
	return pairs{b: b, pos: len(b) - len(rest), left: int(n)}
}

// next reads a pair; false after the last one, and when the data is invalid.
func (p *pairs) next() bool {
	if p.left == 0 || p.err != nil {
		return false
	}
	p.left--
	key, rest, err := msgp.ReadMapKeyZC(p.b[p.pos:])
	if err != nil {
		p.err = errMsgpack
		return false
	}
	p.key, p.keyAt, p.from = key, p.pos, len(p.b)-len(rest)
	rest, err = msgp.Skip(rest)
	if err != nil {
		p.err = errMsgpack
		return false
	}
	p.to = len(p.b) - len(rest)
	p.pos = p.to
	return true
}

// value is the value of the pair.
func (p *pairs) value() []byte { return p.b[p.from:p.to] }

// text reads a string, which must be UTF-8. It is nil if it is not.
func text(b []byte) (s []byte, ok bool) {
	if msgp.NextType(b) != msgp.StrType {
		return nil, false
	}
	s, _, err := msgp.ReadStringZC(b)
	if err != nil || !utf8.Valid(s) {
		return nil, false
	}
	return s, true
}

// ownerOf reads an owner; null is "".
func ownerOf(b []byte) (owner []byte, ok bool) {
	if isNil(b) {
		return nil, true
	}
	return text(b)
}

// isTrue reports whether the value is true.
func isTrue(b []byte) bool { return len(b) == 1 && b[0] == 0xc3 }

func isNil(b []byte) bool { return len(b) == 1 && b[0] == 0xc0 }

func isMap(b []byte) bool { return msgp.NextType(b) == msgp.MapType }

// number reads a number of any type.
func number(b []byte) (x float64, rest []byte, ok bool) {
	if len(b) >= 9 && b[0] == 0xcb {
		return math.Float64frombits(be64(b[1:])), b[9:], true
	}
	var err error
	switch msgp.NextType(b) {
	case msgp.Float64Type, msgp.Float32Type:
		x, rest, err = msgp.ReadFloat64Bytes(b)
	case msgp.IntType:
		var i int64
		i, rest, err = msgp.ReadInt64Bytes(b)
		x = float64(i)
	case msgp.UintType:
		var u uint64
		u, rest, err = msgp.ReadUint64Bytes(b)
		x = float64(u)
	default:
		return 0, b, false
	}
	return x, rest, err == nil
}

func be64(b []byte) uint64 {
	_ = b[7]
	return uint64(b[7]) | uint64(b[6])<<8 | uint64(b[5])<<16 | uint64(b[4])<<24 |
		uint64(b[3])<<32 | uint64(b[2])<<40 | uint64(b[1])<<48 | uint64(b[0])<<56
}

// vector reads a list of exactly len(out) numbers.
func vector(b []byte, out []float64) bool {
	n, rest, err := msgp.ReadArrayHeaderBytes(b)
	if err != nil || int(n) != len(out) {
		return false
	}
	for i := range out {
		var ok bool
		if out[i], rest, ok = number(rest); !ok {
			return false
		}
	}
	return true
}

// count reads a number that is an integer from 0 to limit.
func count(b []byte, limit int) (int, bool) {
	n, ok := whole(b, int64(limit))
	return int(n), ok
}

// whole reads a whole number from 0 to a limit.
func whole(b []byte, limit int64) (int64, bool) {
	x, _, ok := number(b)
	if !ok || x != math.Trunc(x) || x < 0 || x > float64(limit) {
		return 0, false
	}
	return int64(x), true
}

// A target is what a message is about.
type target struct {
	name, owner []byte
	rest        pairs // a copy of the reader at the field that was asked for
	found       bool
}

// about reads which node or element a message is about, and finds one more field.
func about(m wire.RawMessage, id, field string) (target, error) {
	var t target
	named, owned := false, true
	p := pairsAt(m.B, 0)
	for p.next() {
		switch string(p.key) {
		case id:
			t.name, named = text(p.value())
		case "owner":
			t.owner, owned = ownerOf(p.value())
		case field:
			t.rest, t.found = p, true
		}
	}
	switch {
	case p.err != nil:
		return t, bad(m, p.err)
	case !named || !owned:
		return t, bad(m, fmt.Errorf("it has no valid %s or owner", id))
	case field != "" && !t.found:
		return t, bad(m, fmt.Errorf("it has no %s", field))
	}
	return t, nil
}

func bad(m wire.RawMessage, err error) error {
	return fmt.Errorf("fold: a %s is left out: %w", clip(m.Type), err)
}

// clip keeps foreign text in errors short.
func clip(s string) string {
	const limit = 80
	if len(s) <= limit {
		return s
	}
	return s[:limit] + "…"
}
