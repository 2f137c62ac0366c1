package transform

import "math"

// SO3FromRPY returns the rotation that turns by roll about x, then by pitch about
// y, then by yaw about z, axes that stay where they are (the ZYX convention of
// mobile robots).
func SO3FromRPY(roll, pitch, yaw float64) SO3 {
	return SO3FromZRadians(yaw).Multiply(SO3FromYRadians(pitch)).Multiply(SO3FromXRadians(roll))
}

// RPY returns the angles from which [SO3FromRPY] makes r: roll and yaw from -π to
// π, pitch from -π/2 to π/2. Where the pitch is ±π/2 only the sum or difference
// of roll and yaw is given by the rotation; then roll is 0.
//
// The four sums w±y, x±z are, up to a common factor, the cosines and sines of the
// half sum and half difference of roll and yaw (E. Bernardes and S. Viollet,
// "Quaternion to Euler angles conversion: a direct, general and computationally
// efficient method", 2022). Unlike the arc sine this loses no digits at ±π/2.
func (r SO3) RPY() (roll, pitch, yaw float64) {
	plus, minus := math.Hypot(r.W+r.Y, r.X-r.Z), math.Hypot(r.W-r.Y, r.X+r.Z)
	difference := math.Atan2(r.X-r.Z, r.W+r.Y)
	sum := math.Atan2(r.X+r.Z, r.W-r.Y)
	switch {
	case minus < 1e-15*plus:
		sum = -difference
	case plus < 1e-15*minus:
		difference = -sum
	}
	all := plus + minus
	pitch = 2 * math.Atan2(4*(r.W*r.Y-r.X*r.Z), all*all)
	return wrapped(sum + difference), pitch, wrapped(sum - difference)
}

// Roll returns the first angle of RPY.
func (r SO3) Roll() float64 {
	roll, _, _ := r.RPY()
	return roll
}

// Pitch returns the second angle of RPY.
func (r SO3) Pitch() float64 {
	_, pitch, _ := r.RPY()
	return pitch
}

// Yaw returns the third angle of RPY.
func (r SO3) Yaw() float64 {
	_, _, yaw := r.RPY()
	return yaw
}

// wrapped returns an angle between -2π and 2π as one between -π and π.
func wrapped(a float64) float64 {
	switch {
	case a > math.Pi:
		return a - 2*math.Pi
	case a < -math.Pi:
		return a + 2*math.Pi
	}
	return a
}
