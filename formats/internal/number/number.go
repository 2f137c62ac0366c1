// Package number reads the numbers of text files, which have millions of them.
package number

import (
	"bytes"
	"errors"
	"math"
	"strconv"
)

// powers are the powers of ten that a float64 has exactly.
var powers = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// Parse reads a decimal number that is all of word; false if it is none. One that is out of range is an infinity or 0,
// as in C; the ways in which C libraries print NaN and infinities are known, too.
func Parse(word []byte) (float64, bool) {
	if v, ok := exact(word); ok {
		return v, true
	}
	if len(word) > 0 && (word[len(word)-1]|0x20 == 'f' || bytes.IndexByte(word, '_') >= 0 || bytes.ContainsAny(word, "xXpP")) && !isNotANumber(word) {
		return 0, false // what only Go calls a number
	}
	v, err := strconv.ParseFloat(string(word), 64)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return v, true
	}
	if isNotANumber(word) {
		return math.NaN(), true
	}
	return 0, false
}

// exact reads numbers that are a product or a quotient of two numbers that a float64 has exactly, so that a single
// operation gives the nearest one: nearly all in files.
func exact(word []byte) (float64, bool) {
	digits := word
	negative := false
	if len(word) > 0 && (word[0] == '-' || word[0] == '+') {
		negative, digits = word[0] == '-', word[1:]
	}
	var mantissa uint64
	point, count := -1, 0
	i := 0
	for ; i < len(digits); i++ {
		c := digits[i] - '0'
		if c <= 9 {
			mantissa = mantissa*10 + uint64(c)
			count++
		} else if digits[i] == '.' && point < 0 {
			point = i
		} else {
			break
		}
	}
	const mostDigits, mostMantissa = 19, 1 << 53
	if count == 0 || count > mostDigits || mantissa > mostMantissa {
		return 0, false
	}
	exponent := 0
	if point >= 0 {
		exponent = point + 1 - i
	}
	if i < len(digits) {
		e, ok := exponentOf(digits[i:])
		if !ok {
			return 0, false
		}
		exponent += e
	}
	v := float64(mantissa)
	switch {
	case exponent < -(len(powers)-1) || exponent > len(powers)-1:
		return 0, false
	case exponent < 0:
		v /= powers[-exponent]
	default:
		v *= powers[exponent]
	}
	if negative {
		v = -v
	}
	return v, true
}

// exponentOf reads "e-7".
func exponentOf(b []byte) (e int, ok bool) {
	if b[0]|0x20 != 'e' || len(b) < 2 {
		return 0, false
	}
	b = b[1:]
	sign := 1
	if b[0] == '-' || b[0] == '+' {
		if b[0] == '-' {
			sign = -1
		}
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 3 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		e = 10*e + int(c-'0')
	}
	return sign * e, true
}

// isNotANumber recognizes the ways in which C libraries print NaN and infinities; strconv only Go's.
func isNotANumber(word []byte) bool {
	w := bytes.ToLower(bytes.TrimLeft(word, "+-"))
	return bytes.HasPrefix(w, []byte("nan")) || bytes.HasPrefix(w, []byte("inf")) || bytes.HasPrefix(w, []byte("1.#"))
}
