package view

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/splat"
)

// someSplats are in a row from -300 to the right, with a scale of their own each.
func someSplats(n int) (*ply.Model, *splat.Splats) {
	s := &splat.Splats{Dropped: 2}
	for i := range n {
		s.Centers = append(s.Centers, [3]float32{float32(i) - 300, 0, 0})
		s.Scales = append(s.Scales, [3]float32{float32(i + 1), 1, 1})
		s.WXYZs = append(s.WXYZs, [4]float32{1, 0, 0, 0})
		s.Colors = append(s.Colors, [3]uint8{uint8(i), 0, 0})
		s.Opacities = append(s.Opacities, float32(i)/255)
	}
	return &ply.Model{Points: s.Centers, DroppedPoints: s.Dropped}, s
}

func TestShowSplats(t *testing.T) {
	log := &fakepage.Log{}
	server := viser.New(&viser.Options{Logger: log.Logger()})
	m, s := someSplats(7)
	if _, err := Show(server, m, Options{Name: "row.splat", Splats: s, MaxPoints: 3}); err != nil {
		t.Fatal(err)
	}
	node, _ := server.Scene().Node(modelName)
	g, ok := node.(*viser.GaussianSplats)
	if !ok {
		t.Fatalf("a %T is shown", node)
	}
	// Every third, moved to their own origin.
	want := [][6]float32{{1, 0, 0, 1, 0, 1}, {16, 0, 0, 1, 0, 1}, {49, 0, 0, 1, 0, 1}}
	diff := cmp.Diff(want, g.Covariances()) + cmp.Diff([]viser.RGB{{0}, {3}, {6}}, g.Colors())
	for i, c := range g.Centers() {
		if x := float64(c[0]) + g.Position()[0]; x != float64(3*i)-300 || c[0] < -10 || c[0] > 10 {
			t.Errorf("splat %d is at %v of %v", i, c, g.Position())
		}
	}
	if diff != "" {
		t.Error(diff)
	}
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if text := log.String(); text != "" {
		t.Errorf("the server logged:\n%s", text)
	}
}

func TestInfoOfSplats(t *testing.T) {
	m, s := someSplats(4)
	v := &viewer{model: m, splats: s, all: 4}
	v.place = placeOf(m)
	info := v.info()
	for _, want := range []string{"4 splats\n", "2 splats without finite numbers"} {
		if !strings.Contains(info, want) {
			t.Errorf("there is no %q in\n%s", want, info)
		}
	}
}

// TestCameraIsOutsideOfSplats: three splats that are larger than the distances between them.
func TestCameraIsOutsideOfSplats(t *testing.T) {
	m, s := someSplats(3)
	for i := range s.Scales {
		s.Scales[i] = [3]float32{50, 40, 30}
	}
	server := viser.New(nil)
	defer server.Close()
	if _, err := Show(server, m, Options{Splats: s}); err != nil {
		t.Fatal(err)
	}
	camera := server.InitialCamera()
	p, at := camera.Position(), camera.LookAt()
	if d := length(viser.Vec3{p[0] - at[0], p[1] - at[1], p[2] - at[2]}); d < 150 {
		t.Errorf("the camera is %.1f away from splats of 50", d)
	}
}
