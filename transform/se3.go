package transform

// SE3 is a rigid transform of space: p_parent = Rotation·p + Translation. It is
// also the pose of a frame in its parent.
type SE3 struct {
	Rotation    SO3
	Translation [3]float64
}

// SE3Identity returns the transform that moves nothing.
func SE3Identity() SE3 { return SE3{Rotation: SO3Identity()} }

// SE3FromRotation returns the rotation about the origin.
func SE3FromRotation(r SO3) SE3 { return SE3{Rotation: r} }

// SE3FromTranslation returns the transform that moves and does not turn.
func SE3FromTranslation(t [3]float64) SE3 { return SE3{SO3Identity(), t} }

// SE3FromRotationAndTranslation returns the transform that turns by r and then
// moves by t.
func SE3FromRotationAndTranslation(r SO3, t [3]float64) SE3 { return SE3{r, t} }

// SE3FromParameters returns the transform {w, x, y, z, tx, ty, tz}, without normalizing
// it.
func SE3FromParameters(p [7]float64) SE3 {
	return SE3{SO3{p[0], p[1], p[2], p[3]}, [3]float64{p[4], p[5], p[6]}}
}

// SE3FromMatrix returns the transform of a homogeneous matrix. Its last row is assumed
// to be 0 0 0 1; its rotation is that of [SO3FromMatrix]. See [CheckPose] for matrices
// from other sources.
func SE3FromMatrix(m [4][4]float64) SE3 {
	return SE3FromMatrix34([3][4]float64{m[0], m[1], m[2]})
}

// SE3FromMatrix34 is [SE3FromMatrix] for a matrix without the last row.
func SE3FromMatrix34(m [3][4]float64) SE3 {
	return SE3{SO3FromMatrix(rotationOf(m)), [3]float64{m[0][3], m[1][3], m[2][3]}}
}

func rotationOf(m [3][4]float64) [3][3]float64 {
	return [3][3]float64{
		{m[0][0], m[0][1], m[0][2]},
		{m[1][0], m[1][1], m[1][2]},
		{m[2][0], m[2][1], m[2][2]},
	}
}

// SE3Exp returns the transform reached by moving with the tangent
// {vx, vy, vz, ωx, ωy, ωz} for one unit of time: a screw (Solà et al.,
// appendix D).
func SE3Exp(tau [6]float64) SE3 {
	return screw(vec3{tau[0], tau[1], tau[2]}, vec3{tau[3], tau[4], tau[5]})
}

func screw(v, ω vec3) SE3 {
	square := ω.dot(ω)
	return SE3{exp(ω), skewPolynomialTimes(ω, versine(square), sineRest(square), v).array()}
}

// Log returns the tangent {vx, vy, vz, ωx, ωy, ωz} whose exponential is t, with an
// angle from 0 to π (Solà et al., appendix D).
func (t SE3) Log() [6]float64 {
	v, ω := t.log()
	return [6]float64{v.x, v.y, v.z, ω.x, ω.y, ω.z}
}

func (t SE3) log() (v, ω vec3) {
	ω = t.Rotation.log()
	return skewPolynomialTimes(ω, -0.5, cotangentRest(ω.dot(ω)), vec(&t.Translation)), ω
}

// Parameters returns {w, x, y, z, tx, ty, tz}, as they are.
func (t SE3) Parameters() [7]float64 {
	r, p := t.Rotation, t.Translation
	return [7]float64{r.W, r.X, r.Y, r.Z, p[0], p[1], p[2]}
}

// Matrix returns the homogeneous matrix.
func (t SE3) Matrix() [4][4]float64 {
	r, p := t.Rotation.Matrix(), t.Translation
	return [4][4]float64{
		{r[0][0], r[0][1], r[0][2], p[0]},
		{r[1][0], r[1][1], r[1][2], p[1]},
		{r[2][0], r[2][1], r[2][2], p[2]},
		{0, 0, 0, 1},
	}
}

// Apply returns the parent's coordinates of the point p. See [Points] for many points.
func (t SE3) Apply(p [3]float64) [3]float64 {
	return t.move(vec(&p)).array()
}

func (t SE3) move(p vec3) vec3 { return t.Rotation.turn(p).add(vec(&t.Translation)) }

// Multiply returns the transform that first does o and then t.
func (t SE3) Multiply(o SE3) SE3 {
	return SE3{t.Rotation.Multiply(o.Rotation), t.move(vec(&o.Translation)).array()}
}

// Inverse returns the transform that undoes t.
func (t SE3) Inverse() SE3 {
	r := t.Rotation.Inverse()
	return SE3{r, r.turn(vec(&t.Translation)).times(-1).array()}
}

// Adjoint returns the matrix that moves a tangent from the local to the parent's
// side: t·exp(τ) = exp(Ad·τ)·t (Solà et al., appendix D).
func (t SE3) Adjoint() [6][6]float64 {
	r := t.Rotation.Matrix()
	var ad [6][6]float64
	for c := range 3 {
		m := vec(&t.Translation).cross(vec3{r[0][c], r[1][c], r[2][c]}).array()
		for i := range 3 {
			ad[i][c], ad[i+3][c+3], ad[i][c+3] = r[i][c], r[i][c], m[i]
		}
	}
	return ad
}

// Normalize returns t with a normalized rotation.
func (t SE3) Normalize() SE3 { return SE3{t.Rotation.Normalize(), t.Translation} }

// Interpolate returns the transform at the fraction s of the way from t to the
// transform to, on a screw motion at constant speed: t at 0, to at 1. For a straight
// path interpolate translation and Rotation separately.
func (t SE3) Interpolate(to SE3, s float64) SE3 {
	v, ω := t.Inverse().Multiply(to).log()
	return t.Multiply(screw(v.times(s), ω.times(s)))
}

// Valid reports whether t is a rigid transform: its rotation is valid, its
// translation finite.
func (t SE3) Valid() bool {
	return t.Rotation.Valid() && vec(&t.Translation).finite()
}
