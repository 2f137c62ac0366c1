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
		{"on turned on", on.Switched(true), on},
		{"off turned on", off.Switched(true), on},
		{"a strength turned on", half.Switched(true), half},
		{"a strength turned off", half.Switched(false), off},
		{"strength of on", on.Strength(), (*float64)(nil)},
		{"strength", half.Strength(), new(0.5)},
		{"off with a strength", off.WithStrength(new(0.5)), half},
		{"a strength taken away", half.WithStrength(nil), on},
		{"off without a strength", off.WithStrength(nil), off},
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
