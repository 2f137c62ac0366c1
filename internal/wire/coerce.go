package wire

import "math"

// AsFloat reads a number that Decode returned for a value of unspecified type.
func AsFloat(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	case uint64:
		return float64(v), true
	}
	return 0, false
}

// AsInt reads an integer, or a float without a fraction, that Decode returned for a value of
// unspecified type.
func AsInt(v any) (int, bool) {
	switch v := v.(type) {
	case int64:
		return int(v), int64(int(v)) == v
	case float64:
		if v == math.Trunc(v) && math.Abs(v) <= maxExact {
			return int(v), true
		}
	}
	return 0, false
}

// AsFloats reads exactly len(out) numbers from a list that Decode returned for a value of
// unspecified type.
func AsFloats(v any, out []float64) bool {
	list, ok := v.([]any)
	if !ok || len(list) != len(out) {
		return false
	}
	for i, item := range list {
		if out[i], ok = AsFloat(item); !ok {
			return false
		}
	}
	return true
}

// AsBytes reads exactly len(out) integers from 0 to 255, such as a color, from a list that Decode returned
// for a value of unspecified type.
func AsBytes(v any, out []uint8) bool {
	list, ok := v.([]any)
	if !ok || len(list) != len(out) {
		return false
	}
	for i, item := range list {
		n, ok := AsInt(item)
		if !ok || n < 0 || n > 255 {
			return false
		}
		out[i] = uint8(n)
	}
	return true
}
