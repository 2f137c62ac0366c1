package viser_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/viser-go/viser"
)

// vectors are of some length.
var vectors = rapid.Custom(func(t *rapid.T) viser.Vec3 {
	f := rapid.Float64Range(-10, 10)
	return viser.Vec3{f.Draw(t, "x"), f.Draw(t, "y"), f.Draw(t, "z")}
}).Filter(func(v viser.Vec3) bool { return length(v) > 1e-3 })

func length(a viser.Vec3) float64 { return math.Sqrt(a[0]*a[0] + a[1]*a[1] + a[2]*a[2]) }

func TestRotationsTurn(t *testing.T) {
	quarter := viser.AxisAngle(viser.Vec3{0, 0, 2}, math.Pi/2)
	if diff := cmp.Diff(viser.Vec3{0, 1, 0}, quarter.Apply(viser.Vec3{1, 0, 0}), nearly); diff != "" {
		t.Error(diff)
	}
	rapid.Check(t, func(t *rapid.T) {
		axis := vectors.Draw(t, "axis")
		q := viser.AxisAngle(axis, rapid.Float64Range(-7, 7).Draw(t, "angle"))
		r := viser.AxisAngle(viser.Vec3{1, 2, 3}, 0.5)
		v := vectors.Draw(t, "v")
		if diff := cmp.Diff(q.Apply(r.Apply(v)), q.Multiply(r).Apply(v), nearly); diff != "" {
			t.Error("a product is not one turn after the other: ", diff)
		}
		if math.Abs(length(q.Apply(v))-length(v)) > 1e-9 {
			t.Error("a rotation changed a length")
		}
		if diff := cmp.Diff(axis, q.Apply(axis), nearly); diff != "" {
			t.Error("a rotation moved its axis: ", diff)
		}
	})
}

func TestLookAtLooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, d, up := vectors.Draw(t, "from"), vectors.Draw(t, "d"), vectors.Draw(t, "up")
		to := viser.Vec3{from[0] + d[0], from[1] + d[1], from[2] + d[2]}
		pose := viser.LookAt(from, to, up)
		q := pose.Rotation
		if pose.Translation != from {
			t.Fatalf("the camera is at %v, not at %v", pose.Translation, from)
		}
		ahead, down := q.Apply(viser.Vec3{0, 0, 1}), q.Apply(viser.Vec3{0, 1, 0})
		for i := range d {
			if math.Abs(ahead[i]-d[i]/length(d)) > 1e-6 {
				t.Fatalf("it looks along %v, not %v", ahead, d)
			}
		}
		if down[0]*up[0]+down[1]*up[1]+down[2]*up[2] > 1e-6*length(up) {
			t.Fatalf("up is down in the picture")
		}
	})
	misused(t, "nowhere to look", func() { viser.LookAt(viser.Vec3{1}, viser.Vec3{1}, viser.Vec3{0, 0, 1}) })
	misused(t, "no up", func() { viser.LookAt(viser.Vec3{}, viser.Vec3{1}, viser.Vec3{}) })
	misused(t, "no axis", func() { viser.AxisAngle(viser.Vec3{}, 1) })
}
