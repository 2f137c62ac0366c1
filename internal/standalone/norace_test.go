//go:build !race

package standalone

import "testing"

func withoutRace(*testing.T) {}
