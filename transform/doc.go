// Package transform has rotations and rigid transforms of the plane and of
// space as Lie groups: [SO2], [SO3], [SE2] and [SE3].
//
// All of them are plain values. No function allocates, changes its receiver, or
// keeps anything between calls, so that all are safe for concurrent use. The
// package imports the standard library only.
//
// # Conventions
//
//   - A transform maps coordinates of a local frame to those of its parent:
//     p_parent = R·p_local + t. Read a.Multiply(b) as "b, then a": if a is the
//     pose of the arm in the world and b that of the hand in the arm, it is the
//     pose of the hand in the world.
//   - Quaternions are Hamilton's, scalar first: w, x, y, z. q and -q are the same
//     rotation.
//   - Angles are radians, counter-clockwise seen from the tip of the axis.
//   - Matrices are indexed m[row][column] and multiply columns from the left.
//   - Tangent vectors have the translation first, then the rotation, as in viser
//     and jaxlie: {vx, vy, ω} and {vx, vy, vz, ωx, ωy, ωz}.
//   - Adjoint takes a tangent from the local frame to the parent's:
//     T·exp(τ) = exp(Ad_T·τ)·T.
//
// # Parameters
//
// The parameters of a rotation may have any length but zero: they represent the
// rotation of the normalized parameters, and Apply, Matrix, Log and the rest do not
// depend on their length. Multiply multiplies the lengths, so rounding makes them drift
// from one, by about 1e-16 per product; Normalize corrects that. The length must be
// between 1e-150 and 1e150, so that its square can be represented; only Normalize
// accepts any.
//
// The zero value of a type is not a rotation; start with [SO3Identity] and so on. A zero quaternion, NaN or
// infinities yield meaningless numbers, mostly NaN, but never a panic. Valid reports them; [CheckRotation] and
// [CheckPose] report what is wrong with a matrix from another source.
//
// # Accuracy
//
// Exp and Log keep full relative precision down to the smallest angles and up to π,
// where series replace expressions with cancellation. At exactly π both ±ω are
// logarithms of one rotation; Log returns the one on the side of the quaternion's
// imaginary part. Exp accepts angles up to 1e150, but an angle θ itself is only known
// to 1e-16·θ.
//
// # With package viser
//
// viser.Pose is an [SE3], viser.Quat an [SO3] and viser.Vec3 a [3]float64 by
// another name, so that no conversion is needed:
//
//	node.SetPose(arm.Multiply(hand))
//	inArm := node.Pose().Inverse().Apply(point)
//
// # Sources
//
// The formulae are those of J. Solà, J. Deray and D. Atchuthan, "A micro Lie
// theory for state estimation in robotics" (arXiv:1812.01537, 2018), whose
// appendices have one group each, and T. Barfoot, "State Estimation for Robotics"
// (2017), chapter 7; others are named where they are used. Both books order
// tangents as we do.
package transform
