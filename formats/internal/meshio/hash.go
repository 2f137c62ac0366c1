package meshio

import (
	"math/bits"
	"math/rand/v2"
)

// seeds make places in hash tables unknown to who writes a file: otherwise a file could put all its points at the same
// place.
var seeds = [2]uint64{rand.Uint64(), rand.Uint64()}

// Hash mixes two numbers.
func Hash(a, b uint64) uint64 {
	high, low := bits.Mul64(a^seeds[0], b^seeds[1])
	return high ^ low
}
