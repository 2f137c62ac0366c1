package view

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/formats/splat"
	"github.com/viser-go/viser/models"
)

// someSplats are in a row from -300 to the right, with a scale of their own each.
func someSplats(n int) *models.Model {
	s := &splat.Splats{Dropped: 2}
	for i := range n {
		s.Centers = append(s.Centers, [3]float32{float32(i) - 300, 0, 0})
		s.Scales = append(s.Scales, [3]float32{float32(i + 1), 1, 1})
		s.WXYZs = append(s.WXYZs, [4]float32{1, 0, 0, 0})
		s.Colors = append(s.Colors, [3]uint8{uint8(i), 0, 0})
		s.Opacities = append(s.Opacities, float32(i)/255)
	}
	return &models.Model{Name: "row.splat", Splats: s}
}

func TestShowSplats(t *testing.T) {
	log := &fakepage.Log{}
	server := viser.New(&viser.Options{Logger: log.Logger()})
	notShown, err := New(server, Options{}).Show(someSplats(3))
	if err != nil || len(notShown) != 1 || !strings.Contains(notShown[0], "2 splats without finite numbers") {
		t.Fatal(notShown, err)
	}
	g := nodeOf[*viser.GaussianSplats](t, server, "/row.splat/splats")
	want := [][6]float32{{1, 0, 0, 1, 0, 1}, {4, 0, 0, 1, 0, 1}, {9, 0, 0, 1, 0, 1}}
	diff := cmp.Diff(want, g.Covariances()) + cmp.Diff([]viser.RGB{{0}, {1}, {2}}, g.Colors())
	frame := nodeOf[*viser.Frame](t, server, "/row.splat")
	for i, c := range g.Centers() {
		if x := float64(c[0]) + frame.Position()[0]; x != float64(i)-300 || c[0] < -10 || c[0] > 10 {
			t.Errorf("splat %d is at %v of %v", i, c, frame.Position())
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
	m := someSplats(4)
	m.Splats.Degree = 2
	f, err := New(viser.New(nil), Options{}).newFile(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"4 splats, colors of degree 2\n", "2 splats without finite numbers"} {
		if !strings.Contains(f.text(), want) {
			t.Errorf("there is no %q in\n%s", want, f.text())
		}
	}
}

// TestCameraIsOutsideOfSplats: three splats that are larger than the distances between them.
func TestCameraIsOutsideOfSplats(t *testing.T) {
	m := someSplats(3)
	for i := range m.Splats.Scales {
		m.Splats.Scales[i] = [3]float32{50, 40, 30}
	}
	server, _ := show(t, m, Options{})
	camera := server.InitialCamera()
	p, at := camera.Position(), camera.LookAt()
	if d := length(sub(p, at)); d < 150 {
		t.Errorf("the camera is %.1f away from splats of 50", d)
	}
}
