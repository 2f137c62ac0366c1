package viser

import (
	"context"
	"crypto/rand"
	"fmt"
	"math"
	"slices"
	"time"
)

// A UsageError reports misuse by the calling program, which could have checked for it:
// two slices of unequal length, an empty name, a number that is not finite. The package
// panics with it, as gonum does; failures that data or the environment can cause are
// returned as errors instead.
type UsageError struct {
	Func    string // the misused function, for example "Scene.AddMesh"
	Message string
}

func (e *UsageError) Error() string { return "viser: " + e.Func + ": " + e.Message }

func usage(fn, format string, args ...any) {
	panic(&UsageError{Func: fn, Message: fmt.Sprintf(format, args...)})
}

func checkCallback[E any](fn string, callback func(context.Context, E)) {
	if callback == nil {
		usage(fn, "the function is nil")
	}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func checkFinite(fn string, xs ...float64) {
	for _, x := range xs {
		if !finite(x) {
			usage(fn, "%v is not a finite number", x)
		}
	}
}

func checkPositive(fn, what string, x float64) {
	if !finite(x) || x <= 0 {
		usage(fn, "%s is %v; it must be a finite number above 0", what, x)
	}
}

func checkNotNegative(fn, what string, x float64) {
	if !finite(x) || x < 0 {
		usage(fn, "%s is %v; it must be a finite number, 0 or more", what, x)
	}
}

// checkDuration refuses what is below a millisecond but not 0: such a value is nearly
// always a plain number that was meant as seconds.
func checkDuration(fn, what string, d time.Duration) {
	if d > 0 && d < time.Millisecond {
		usage(fn, "%s is %v; it is a time.Duration: %d seconds are %[3]d*time.Second", what, d, int64(d))
	}
}

func checkUnit(fn, what string, x float64) {
	if !(x >= 0 && x <= 1) {
		usage(fn, "%s is %v; it must be between 0 and 1", what, x)
	}
}

// checkScale rejects the zero vector, which means the default in options.
func checkScale(fn, what string, v Vec3) {
	checkFinite(fn, v[:]...)
	if v == (Vec3{}) {
		usage(fn, "%s is 0 along every axis; use SetVisible to hide a node", what)
	}
}

// checkExtent rejects values that are not sizes, and the zero vector, which means the
// default in options.
func checkExtent(fn, what string, v Vec3) {
	for _, x := range v {
		checkNotNegative(fn, what, x)
	}
	if v == (Vec3{}) {
		usage(fn, "%s is 0 along every axis; at least one must be above 0", what)
	}
}

// checkLengths rejects sizes of which one is not above 0.
func checkLengths(fn, what string, v Vec3) {
	for _, x := range v {
		checkPositive(fn, what, x)
	}
}

func checkDirection(fn, what string, v Vec3) {
	checkFinite(fn, v[:]...)
	if norm(v) == 0 {
		usage(fn, "%s has length 0", what)
	}
}

func checkQuat(fn string, q Quat) {
	checkFinite(fn, q.W, q.X, q.Y, q.Z)
	if q == (Quat{}) {
		usage(fn, "the quaternion has length 0; the identity is {W: 1}")
	}
}

func checkPose(fn string, p Pose) {
	checkQuat(fn, p.Rotation)
	checkFinite(fn, p.Translation[:]...)
}

// fitPose checks a pose; a zero Rotation becomes the identity.
func fitPose(fn string, p Pose) Pose {
	p.Rotation = orIdentity(p.Rotation)
	checkPose(fn, p)
	return p
}

func oneOf[T ~string](fn, what string, v T, allowed ...T) {
	for _, a := range allowed {
		if v == a {
			return
		}
	}
	usage(fn, "%s is %q; it must be one of %q", what, string(v), slices.Clone(allowed)) // so that allowed stays on the stack
}

// or returns v, or def if v is the zero value.
func or[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}

// orPtr returns what p points to, or def.
func orPtr[T any](p *T, def T) T {
	if p == nil {
		return def
	}
	return *p
}

func replace[T comparable](field *T, v T) (changed bool) {
	changed = *field != v
	*field = v
	return changed
}

// replaceOptional stores a copy of what v points to and reports whether that
// changes the property; nil is a value of its own.
func replaceOptional[T comparable](field **T, v *T) (changed bool) {
	old := *field
	if old == nil && v == nil || old != nil && v != nil && *old == *v {
		return false
	}
	*field = copyOf(v)
	return true
}

// newUUID returns a random UUID (RFC 9562, version 4).
func newUUID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// allFinite reports whether all numbers are finite.
func allFinite(lists ...[]float64) bool {
	for _, list := range lists {
		for _, x := range list {
			if !finite(x) {
				return false
			}
		}
	}
	return true
}
