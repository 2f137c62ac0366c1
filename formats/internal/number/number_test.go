package number_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/viser-go/viser/formats/internal/number"
)

// TestParse compares with strconv.
func TestParse(t *testing.T) {
	words := []string{
		"0", "-0", "1", "-1", "+1", "1.", ".5", "-.5", "1e5", "1E5", "1e-5", "1e+5", "0.1", "123456.789", "1e22", "1e23", "9007199254740993",
		"1e400", "-1e400", "1e-400", "12345678901234567890123", "0.000000000000000000000000000001", "5e-324", "1.7976931348623157e308", "NaN", "inf", "-Inf",
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		v := math.Float64frombits(r.Uint64())
		words = append(words, fmt.Sprint(v), fmt.Sprintf("%.*f", r.IntN(20), r.NormFloat64()*1000), fmt.Sprintf("%.*e", r.IntN(17), v), fmt.Sprint(float32(r.NormFloat64())))
	}
	for _, word := range words {
		want, _ := strconv.ParseFloat(word, 64)
		got, ok := number.Parse([]byte(word))
		if !ok || math.Float64bits(got) != math.Float64bits(want) && !(got != got && want != want) {
			t.Errorf("%q is %v, %v, want %v", word, got, ok, want)
		}
	}
}

func TestNotANumber(t *testing.T) {
	for _, word := range []string{"nan", "-nan", "nan(ind)", "-1.#IND", "1.#QNAN", "NAN"} {
		if v, ok := number.Parse([]byte(word)); !ok || v == v {
			t.Errorf("%q is %v, %v, want NaN", word, v, ok)
		}
	}
	for _, word := range []string{"", "-", "+", ".", "e5", "1e", "1e+", "x", "1x", "0x10", "1_000", "1,5", "--1", "1f", "0x1p4", "1 2", "1e1e1"} {
		if v, ok := number.Parse([]byte(word)); ok {
			t.Errorf("%q is %v, want no number", word, v)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("-1.5e3"))
	f.Add([]byte("12345678901234567890.5"))
	f.Fuzz(func(t *testing.T, word []byte) {
		want, err := strconv.ParseFloat(string(word), 64)
		if got, ok := number.Parse(word); ok && err == nil && got != want && want == want {
			t.Fatalf("%q is %v, want %v", word, got, want)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	word := []byte("-123.456789")
	b.SetBytes(int64(len(word)))
	for b.Loop() {
		number.Parse(word)
	}
}
