package demo

import (
	"math"
	"testing"

	"github.com/viser-go/viser"
)

// TestNothingStartsBelowThePanel: at 1280 by 800 pixels the panel covers what is right of 948.
func TestNothingStartsBelowThePanel(t *testing.T) {
	const width, height, panel, label = 1280.0, 800.0, 948.0, 40.0
	eye := viser.LookAt(cameraPosition, cameraTarget, viser.Vec3{0, 0, 1}).Rotation.Inverse()
	focal := height / 2 / math.Tan(radians(cameraFOV)/2)
	check := func(what string, p viser.Vec3, margin float64) {
		t.Helper()
		seen := eye.Apply(minus(p, cameraPosition))
		x, y := width/2+seen[0]/seen[2]*focal, height/2+seen[1]/seen[2]*focal
		if seen[2] <= 0 || x < 0 || x > panel-margin || y < 0 || y > height {
			t.Errorf("%s %v starts at %.0f, %.0f", what, p, x, y)
		}
	}
	check("the camera's label", pictureFrom, label)
	turned := viser.LookAt(pictureFrom, pictureTo, viser.Vec3{0, 0, 1}).Rotation
	half := math.Tan(radians(startFOV) / 2)
	for _, corner := range []viser.Vec2{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		ahead := viser.Vec3{corner[0] * half * pictureWidth / pictureHeight, corner[1] * half, 1}
		check("a corner of the picture", plus(pictureFrom, turned.Apply(times(ahead, pictureScale))), 0)
	}
	for i := range 64 {
		check("the ring", onRing(float64(i)/64), label)
	}
}
