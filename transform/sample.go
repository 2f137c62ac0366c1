package transform

import (
	"math"
	"math/rand/v2"
)

// SO2SampleUniform returns a rotation from the uniform distribution.
func SO2SampleUniform(rng *rand.Rand) SO2 { return SO2FromRadians(2 * math.Pi * rng.Float64()) }

// SO3SampleUniform returns a rotation from the uniform distribution (K. Shoemake,
// "Uniform random rotations", Graphics Gems III, 1992).
func SO3SampleUniform(rng *rand.Rand) SO3 {
	u := rng.Float64()
	s1, c1 := math.Sincos(2 * math.Pi * rng.Float64())
	s2, c2 := math.Sincos(2 * math.Pi * rng.Float64())
	a, b := math.Sqrt(1-u), math.Sqrt(u)
	return SO3{a * s1, a * c1, b * s2, b * c2}
}

// SE2SampleUniform returns a transform with a uniform rotation and a translation
// whose components are uniform from -1 to 1.
func SE2SampleUniform(rng *rand.Rand) SE2 {
	return SE2{SO2SampleUniform(rng), [2]float64{sampleSigned(rng), sampleSigned(rng)}}
}

// SE3SampleUniform returns a transform with a uniform rotation and a translation
// whose components are uniform from -1 to 1.
func SE3SampleUniform(rng *rand.Rand) SE3 {
	return SE3{SO3SampleUniform(rng), [3]float64{sampleSigned(rng), sampleSigned(rng), sampleSigned(rng)}}
}

func sampleSigned(rng *rand.Rand) float64 { return 2*rng.Float64() - 1 }
