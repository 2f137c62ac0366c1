package paint_test

import (
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/paint"
)

func TestNormal(t *testing.T) {
	for n, want := range map[[3]float32]viser.RGB{
		{0, 0, 2}:  {128, 128, 255},
		{-1, 0, 0}: {0, 128, 128},
		{0, 0, 0}:  {128, 128, 128},
	} {
		if got := paint.Normal(n); got != want {
			t.Errorf("%v is %v, want %v", n, got, want)
		}
	}
}
