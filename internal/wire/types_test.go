package wire

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBoolOrFloat(t *testing.T) {
	off, on, half := BoolOrFloat{}, BoolOrFloat{Bool: true}, BoolOrFloat{IsFloat: true, Float: 0.5}
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"off is off", off.On(), false},
		{"on is on", on.On(), true},
		{"a strength is on", half.On(), true},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestOnlyTheZeroColorIsNull(t *testing.T) {
	if !(Color{}).IsNull() || NamedColor("red").IsNull() || RGBColor(0, 0, 0).IsNull() {
		t.Error("IsNull is wrong")
	}
}
