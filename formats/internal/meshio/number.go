package meshio

import (
	"bytes"
	"errors"
	"math"
	"strconv"
)

// powers are the powers of ten that a float64 holds exactly.
var powers = [...]float64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// Float parses a number. What C libraries print for NaN and infinities is accepted, and a number that is too large is an
// infinity. It is the nearest float64: most numbers have so few digits that one multiplication or division of exact
// numbers gives it, and strconv computes the others.
func Float(word []byte) (float64, bool) {
	i, negative := 0, false
	if len(word) > 0 && (word[0] == '-' || word[0] == '+') {
		negative, i = word[0] == '-', 1
	}
	var mantissa uint64
	first, point := i, -1
	for ; i < len(word); i++ {
		c := word[i] - '0'
		if c <= 9 {
			mantissa = mantissa*10 + uint64(c)
			continue
		}
		if word[i] != '.' || point >= 0 {
			break
		}
		point = i
	}
	digits, exponent := i-first, 0
	if point >= 0 {
		digits--
		exponent = point + 1 - i
	}
	if digits == 0 || digits > 19 || mantissa > 1<<53 {
		return slowFloat(word)
	}
	if i < len(word) {
		e, ok := shortExponent(word[i:])
		if !ok {
			return slowFloat(word)
		}
		exponent += e
	}
	f := float64(mantissa)
	switch {
	case exponent == 0:
	case exponent > 0 && exponent <= 22:
		f *= powers[exponent]
	case exponent < 0 && exponent >= -22:
		f /= powers[-exponent]
	default:
		return slowFloat(word)
	}
	if negative {
		f = -f
	}
	return f, true
}

// shortExponent parses an exponent of up to three digits, as e-05.
func shortExponent(word []byte) (e int, ok bool) {
	if len(word) < 2 || word[0]|0x20 != 'e' {
		return 0, false
	}
	word = word[1:]
	negative := word[0] == '-'
	if negative || word[0] == '+' {
		word = word[1:]
	}
	if len(word) == 0 || len(word) > 3 {
		return 0, false
	}
	for _, c := range word {
		if c < '0' || c > '9' {
			return 0, false
		}
		e = e*10 + int(c-'0')
	}
	if negative {
		e = -e
	}
	return e, true
}

func slowFloat(word []byte) (float64, bool) {
	f, err := strconv.ParseFloat(string(word), 64)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return f, true
	}
	w := bytes.ToLower(bytes.TrimLeft(word, "+-"))
	if bytes.HasPrefix(w, []byte("nan")) || bytes.HasPrefix(w, []byte("1.#")) {
		return math.NaN(), true
	}
	return 0, false
}

// Int parses an integer of up to 18 digits.
func Int(word []byte) (n int64, ok bool) {
	digits := word
	if len(word) > 0 && (word[0] == '-' || word[0] == '+') {
		digits = word[1:]
	}
	if len(digits) == 0 || len(digits) > 18 {
		return 0, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if word[0] == '-' {
		n = -n
	}
	return n, true
}
