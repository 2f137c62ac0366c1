//go:build !race

package recording

import "testing"

func withoutRace(*testing.T) {}
