package transform_test

import (
	"math"
	"strings"
	"testing"

	. "github.com/viser-go/viser/transform"
	"pgregory.net/rapid"
)

func TestLookAt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		eye, d, up := anyPoint(t, "eye"), anyDirection(t, "d"), anyDirection(t, "up")
		distance := rapid.Float64Range(0.1, 100).Draw(t, "distance")
		target := [3]float64{eye[0] + distance*d[0], eye[1] + distance*d[1], eye[2] + distance*d[2]}
		pose, err := LookAt(eye, target, up)
		if err != nil {
			t.Fatal(err)
		}
		offVector(t, "the camera, eye", 0, pose.Translation, eye)
		offVector(t, "the target, straight ahead", 2e-13, pose.Inverse().Apply(target), [3]float64{0, 0, distance})
		m := pose.Matrix()
		if err := CheckPose(m, 1e-14); err != nil {
			t.Error(err)
		}
		if length(cross(d, up)) < 1e-6 {
			return
		}
		if right := m[0][0]*up[0] + m[1][0]*up[1] + m[2][0]*up[2]; math.Abs(right) > 1e-9 {
			t.Errorf("up goes %v to the right", right)
		}
		if down := m[0][1]*up[0] + m[1][1]*up[1] + m[2][1]*up[2]; down >= 0 {
			t.Errorf("up goes %v down", down)
		}
	})
}

func TestLookAtAlongUp(t *testing.T) {
	down, err := LookAt([3]float64{0, 0, 5}, [3]float64{}, [3]float64{0, 0, 1})
	if err != nil {
		t.Fatal(err)
	}
	// A map: x to the right, y upwards.
	offVector(t, "x", 1e-15, down.Rotation.Apply([3]float64{1, 0, 0}), [3]float64{1, 0, 0})
	offVector(t, "y", 1e-15, down.Rotation.Apply([3]float64{0, 1, 0}), [3]float64{0, -1, 0})
	along, err := LookAt([3]float64{}, [3]float64{0, 3, 0}, [3]float64{0, -1e-200, 0})
	if err != nil {
		t.Fatal(err)
	}
	offVector(t, "the picture's down when looking along y", 1e-15, along.Rotation.Apply([3]float64{0, 1, 0}), [3]float64{0, 0, -1})
}

func TestLookAtRefuses(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	z := [3]float64{0, 0, 1}
	for _, c := range []struct {
		eye, target, up [3]float64
		says            string
	}{
		{z, z, z, "no direction"},
		{[3]float64{nan, 0, 0}, z, z, "no direction"},
		{z, [3]float64{0, inf, 0}, z, "no direction"},
		{[3]float64{-1e308, 0, 0}, [3]float64{1e308, 0, 0}, z, "no direction"},
		{z, [3]float64{}, [3]float64{}, "up direction"},
		{z, [3]float64{}, [3]float64{1, nan, 0}, "up direction"},
		{z, [3]float64{}, [3]float64{inf, inf, 0}, "up direction"},
	} {
		if pose, err := LookAt(c.eye, c.target, c.up); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("LookAt(%v, %v, %v) = %v, %v; it should say %q", c.eye, c.target, c.up, pose, err, c.says)
		}
	}
}

func TestCheckPoseErrors(t *testing.T) {
	good := SE3{SO3FromRPY(1, 2, 3), [3]float64{4, 5, 6}}.Matrix()
	for says, spoil := range map[string]func(m *[4][4]float64){
		"last row":          func(m *[4][4]float64) { *m = transposed(*m) },
		"last row of":       func(m *[4][4]float64) { m[3][0] = math.NaN() },
		"translation":       func(m *[4][4]float64) { m[1][3] = math.Inf(-1) },
		"not finite":        func(m *[4][4]float64) { m[2][2] = math.NaN() },
		"has length 2":      func(m *[4][4]float64) { scaleColumns(m, 2) },
		"mirrors":           func(m *[4][4]float64) { scaleColumns(m, -1) },
		"not perpendicular": func(m *[4][4]float64) { m[0][1], m[1][1], m[2][1] = m[0][0], m[1][0], m[2][0] },
	} {
		bad := good
		spoil(&bad)
		if err := CheckPose(bad, 1e-9); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: %v; it should say %q", bad, err, says)
		}
	}
	if err := CheckPose(good, 1e-14); err != nil {
		t.Error(err)
	}
	if CheckPose(good, math.NaN()) == nil {
		t.Error("a tolerance that is no number lets all pass")
	}
	rounded := good
	for i := range rounded {
		for j := range rounded[i] {
			rounded[i][j] = float64(float32(rounded[i][j]))
		}
	}
	if CheckPose(rounded, 1e-10) == nil || CheckPose(rounded, 1e-6) != nil {
		t.Error("the tolerance does not count")
	}
}

func transposed(m [4][4]float64) (out [4][4]float64) {
	for i := range m {
		for j := range m {
			out[i][j] = m[j][i]
		}
	}
	return out
}

func scaleColumns(m *[4][4]float64, s float64) {
	for i := range 3 {
		for j := range 3 {
			m[i][j] *= s
		}
	}
}
