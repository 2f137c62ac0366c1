package wire

import (
	"fmt"
	"maps"
	"slices"
)

// Valuer is a structured value with its own encoding, such as Color.
type Valuer interface{ AppendTo(e *Encoder) }

// Any writes a value whose type the schema does not specify: JSON-like data, the values of an update, and all types
// of properties of widgets and nodes. Nil pointers and nil slices are null. It panics on a type that has no
// encoding, which is a bug in the caller.
func (e *Encoder) Any(v any) {
	if !e.scalar(v) && !e.list(v) && !e.composite(v) {
		panic(fmt.Sprintf("wire: a %T has no encoding; convert it to one of the types that Encoder.Any lists", v))
	}
}

// Encoded is a value for Any that writes itself: one MessagePack value.
type Encoded func(*Encoder)

func (e *Encoder) scalar(v any) bool {
	switch v := v.(type) {
	case nil:
		e.Nil()
	case bool:
		e.Bool(v)
	case string:
		e.String(v)
	case float64:
		e.Float(v)
	case float32:
		e.Float(float64(v))
	case Encoded:
		v(e)
	case *float64:
		appendOptional(e, v, e.Float)
	case *string:
		appendOptional(e, v, e.String)
	case *bool:
		appendOptional(e, v, e.Bool)
	case *int:
		appendOptional(e, v, func(i int) { e.Int(int64(i)) })
	default:
		return e.integer(v)
	}
	return true
}

func (e *Encoder) integer(v any) bool {
	switch v := v.(type) {
	case int:
		e.Int(int64(v))
	case int8:
		e.Int(int64(v))
	case int16:
		e.Int(int64(v))
	case int32:
		e.Int(int64(v))
	case int64:
		e.Int(v)
	case uint:
		e.Uint(uint64(v))
	case uint8:
		e.Uint(uint64(v))
	case uint16:
		e.Uint(uint64(v))
	case uint32:
		e.Uint(uint64(v))
	case uint64:
		e.Uint(v)
	default:
		return false
	}
	return true
}

func (e *Encoder) list(v any) bool {
	switch v := v.(type) {
	case []byte:
		appendOptionalBytes(e, v)
	case []any:
		appendSlice(e, v, e.Any)
	case []string:
		appendSlice(e, v, e.String)
	case []*string:
		appendSlice(e, v, func(s *string) { appendOptional(e, s, e.String) })
	case []float64:
		appendSlice(e, v, e.Float)
	case []int:
		appendSlice(e, v, func(i int) { e.Int(int64(i)) })
	case []Array:
		appendSlice(e, v, e.Array)
	case []GuiSliderMark:
		appendSlice(e, v, func(m GuiSliderMark) { m.AppendTo(e) })
	default:
		return e.tuple(v)
	}
	return true
}

func (e *Encoder) tuple(v any) bool {
	switch v := v.(type) {
	case [2]float64:
		e.floats(v[:])
	case [3]float64:
		e.floats(v[:])
	case [4]float64:
		e.floats(v[:])
	case *[2]float64:
		appendOptional(e, v, func(t [2]float64) { e.floats(t[:]) })
	case *[3]float64:
		appendOptional(e, v, func(t [3]float64) { e.floats(t[:]) })
	case [3]uint8:
		e.uints(v[:])
	case [4]uint8:
		e.uints(v[:])
	case [3]bool:
		e.bools(v[:])
	case [4]int:
		e.ints(v[:])
	case *[4]int:
		appendOptional(e, v, func(t [4]int) { e.ints(t[:]) })
	case [3][2]float64:
		e.pairs(v[:])
	case [][2]float64:
		e.pairs(v)
	default:
		return false
	}
	return true
}

func (e *Encoder) composite(v any) bool {
	switch v := v.(type) {
	case Array:
		e.Array(v)
	case map[string]any:
		e.anyMap(v)
	case Valuer:
		v.AppendTo(e)
	case Props:
		AppendProps(e, v)
	default:
		return false
	}
	return true
}

// anyMap writes keys in sorted order, so that equal maps have equal bytes.
func (e *Encoder) anyMap(m map[string]any) {
	if m == nil {
		e.Nil()
		return
	}
	e.MapHeader(len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		e.String(key)
		e.Any(m[key])
	}
}
