package transform

// SE2 is a rigid transform of the plane: p_parent = Rotation·p + Translation.
type SE2 struct {
	Rotation    SO2
	Translation [2]float64
}

// SE2Identity returns the transform that moves nothing.
func SE2Identity() SE2 { return SE2{Rotation: SO2Identity()} }

// SE2FromXYTheta returns the pose at x, y that is turned by theta.
func SE2FromXYTheta(x, y, theta float64) SE2 {
	return SE2{SO2FromRadians(theta), [2]float64{x, y}}
}

// SE2FromRotation returns the rotation about the origin.
func SE2FromRotation(r SO2) SE2 { return SE2{Rotation: r} }

// SE2FromTranslation returns the transform that moves and does not turn.
func SE2FromTranslation(t [2]float64) SE2 { return SE2{SO2Identity(), t} }

// SE2FromRotationAndTranslation returns the transform that turns by r and then
// moves by t.
func SE2FromRotationAndTranslation(r SO2, t [2]float64) SE2 { return SE2{r, t} }

// SE2FromParameters returns the transform {cos, sin, x, y}, without normalizing it.
func SE2FromParameters(p [4]float64) SE2 {
	return SE2{SO2{p[0], p[1]}, [2]float64{p[2], p[3]}}
}

// SE2FromMatrix returns the transform of a homogeneous matrix. Its last row is assumed
// to be 0 0 1; its rotation is that of [SO2FromMatrix].
func SE2FromMatrix(m [3][3]float64) SE2 { return SE2FromMatrix23([2][3]float64{m[0], m[1]}) }

// SE2FromMatrix23 is [SE2FromMatrix] for a matrix without the last row.
func SE2FromMatrix23(m [2][3]float64) SE2 {
	return SE2{
		SO2FromMatrix([2][2]float64{{m[0][0], m[0][1]}, {m[1][0], m[1][1]}}),
		[2]float64{m[0][2], m[1][2]},
	}
}

// SE2Exp returns the transform reached by moving with the tangent {vx, vy, ω} for
// one unit of time (Solà et al., appendix C).
func SE2Exp(tau [3]float64) SE2 {
	ω := tau[2]
	a, b := sinc(ω*ω), ω*versine(ω*ω)
	return SE2{SO2Exp(ω), [2]float64{a*tau[0] - b*tau[1], b*tau[0] + a*tau[1]}}
}

// Log returns the tangent {vx, vy, ω} whose exponential is t, with ω from -π to π
// (Solà et al., appendix C).
func (t SE2) Log() [3]float64 {
	ω := t.Rotation.Log()
	a, b := 1-ω*ω*cotangentRest(ω*ω), ω/2
	x, y := t.Translation[0], t.Translation[1]
	return [3]float64{a*x + b*y, a*y - b*x, ω}
}

// Parameters returns {cos, sin, x, y}, as they are.
func (t SE2) Parameters() [4]float64 {
	return [4]float64{t.Rotation.Cos, t.Rotation.Sin, t.Translation[0], t.Translation[1]}
}

// Matrix returns the homogeneous matrix.
func (t SE2) Matrix() [3][3]float64 {
	r := t.Rotation.Matrix()
	return [3][3]float64{
		{r[0][0], r[0][1], t.Translation[0]},
		{r[1][0], r[1][1], t.Translation[1]},
		{0, 0, 1},
	}
}

// Apply returns the parent's coordinates of the point p. See [Points2] for many points.
func (t SE2) Apply(p [2]float64) [2]float64 {
	p = t.Rotation.Apply(p)
	return [2]float64{p[0] + t.Translation[0], p[1] + t.Translation[1]}
}

// Multiply returns the transform that first does o and then t.
func (t SE2) Multiply(o SE2) SE2 {
	return SE2{t.Rotation.Multiply(o.Rotation), t.Apply(o.Translation)}
}

// Inverse returns the transform that undoes t.
func (t SE2) Inverse() SE2 {
	r := t.Rotation.Inverse()
	return SE2{r, r.Apply([2]float64{-t.Translation[0], -t.Translation[1]})}
}

// Adjoint returns the matrix that moves a tangent from the local to the parent's
// side: t·exp(τ) = exp(Ad·τ)·t (Solà et al., appendix C).
func (t SE2) Adjoint() [3][3]float64 {
	r := t.Rotation.Matrix()
	return [3][3]float64{
		{r[0][0], r[0][1], t.Translation[1]},
		{r[1][0], r[1][1], -t.Translation[0]},
		{0, 0, 1},
	}
}

// Normalize returns t with a normalized rotation.
func (t SE2) Normalize() SE2 { return SE2{t.Rotation.Normalize(), t.Translation} }

// Interpolate returns the transform at the fraction s of the way from t to the
// transform to, on a circular arc at constant speed: t at 0, to at 1.
func (t SE2) Interpolate(to SE2, s float64) SE2 {
	τ := t.Inverse().Multiply(to).Log()
	return t.Multiply(SE2Exp([3]float64{s * τ[0], s * τ[1], s * τ[2]}))
}

// Valid reports whether t is a rigid transform: its rotation is valid, its
// translation finite.
func (t SE2) Valid() bool {
	return t.Rotation.Valid() && finite(t.Translation[0]) && finite(t.Translation[1])
}
