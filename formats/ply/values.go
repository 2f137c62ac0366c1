package ply

// values is the part of a file after the header, as a row of numbers. Its errors carry no place.
type values interface {
	// value reads one number of type t.
	value(t scalar) (float64, error)
	// integers reads len(dst) numbers of type t, none of which may have a fraction.
	integers(t scalar, dst []int64) error
	// skip passes over n numbers of type t.
	skip(t scalar, n uint64) error
}

// fractionError is a number with a fraction, or none at all, where a whole one is needed.
type fractionError struct{ value float64 }

func (e *fractionError) Error() string {
	return "a whole number is needed, not " + formatFloat(e.value)
}

// wholeFloat turns a float64 into an integer, if it is one that an index or a count can be.
func wholeFloat(f float64) (int64, error) {
	const most = 1 << 53 // beyond it float64 skips integers
	if n := int64(f); f >= -most && f <= most && float64(n) == f {
		return n, nil
	}
	return 0, &fractionError{f}
}
