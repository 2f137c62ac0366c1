package view

import (
	"math"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/ply"
)

// world is where a point of the model is shown.
func world(m *ply.Model, p place, i int) viser.Vec3 {
	v := wide(m.Points[i])
	for axis := range v {
		v[axis] += p.position[axis]
	}
	return v
}

func TestPlaceKeepsCoordinates(t *testing.T) {
	m := &ply.Model{Points: [][3]float32{{10, 20, 30}, {11, 22, 33}}}
	p := placeOf(m)
	if p.moved {
		t.Error("a model near the origin was moved")
	}
	for i, want := range []viser.Vec3{{10, 20, 30}, {11, 22, 33}} {
		if got := world(m, p, i); got != want {
			t.Errorf("point %d is at %v, want %v", i, got, want)
		}
	}
	if want := (box{viser.Vec3{10, 20, 30}, viser.Vec3{11, 22, 33}}); p.whole != want || p.seen != want {
		t.Errorf("whole %v, seen %v", p.whole, p.seen)
	}
}

// TestPlaceMovesWhatIsFarAway moves survey coordinates to the origin, and keeps the offset for the
// panel.
func TestPlaceMovesWhatIsFarAway(t *testing.T) {
	m := &ply.Model{Origin: [3]float64{4_500_000, 500_000, 100}, Points: [][3]float32{{0, 0, 0}, {2, 3, 4}}}
	p := placeOf(m)
	if !p.moved || p.position != (viser.Vec3{}) {
		t.Fatalf("moved %v, position %v", p.moved, p.position)
	}
	if got := world(m, p, 1); length(got) > 10 {
		t.Errorf("a point is shown at %v", got)
	}
	if want := (viser.Vec3{4_500_002, 500_003, 104}); p.whole.hi != want {
		t.Errorf("the panel says %v, want %v", p.whole.hi, want)
	}
}

func TestPlaceMovesFloats(t *testing.T) {
	m := &ply.Model{Points: [][3]float32{{1000, 0, 0}, {1000.5, 0, 0}, {1000.25, 0.5, 0}}}
	p := placeOf(m)
	if !p.moved {
		t.Fatal("it was not moved")
	}
	for i, want := range []viser.Vec3{{1000, 0, 0}, {1000.5, 0, 0}, {1000.25, 0.5, 0}} {
		for axis := range want {
			if got := m.Origin[axis] + float64(m.Points[i][axis]); math.Abs(got-want[axis]) > 1e-6 {
				t.Errorf("point %d axis %d: %v became %v", i, axis, want[axis], got)
			}
		}
	}
}

// TestSeenBoxIgnoresOutliers: a few points far away must not make the rest a dot.
func TestSeenBoxIgnoresOutliers(t *testing.T) {
	m := &ply.Model{}
	for i := range 10_000 {
		m.Points = append(m.Points, [3]float32{float32(i%100) / 100, float32(i/100) / 100, 0})
	}
	for range 20 {
		m.Points = append(m.Points, [3]float32{1e6, -1e6, 1e6})
	}
	p := placeOf(m)
	if d := p.seen.diagonal(); d > 1.6 || d < 1.3 {
		t.Errorf("what is seen has diagonal %v", d)
	}
	if p.whole.hi[0] != 1e6 {
		t.Errorf("the panel must tell of all points: %v", p.whole.hi)
	}
}

func TestPlaceOfOnePoint(t *testing.T) {
	for _, v := range [][3]float32{{0, 0, 0}, {5, 6, 7}, {3e38, -3e38, 3e38}, {1e-30, 0, 0}} {
		m := &ply.Model{Points: [][3]float32{v, v}}
		p := placeOf(m)
		if size := p.size(); !(size > 0) {
			t.Errorf("%v has size %v", v, size)
		}
		for _, c := range world(m, p, 0) {
			if math.IsNaN(c) || math.IsInf(c, 0) {
				t.Errorf("%v is shown at %v", v, world(m, p, 0))
			}
		}
	}
}

func TestNice(t *testing.T) {
	for x, want := range map[float64]float64{1: 1, 1.9: 1, 2: 2, 4.9: 2, 5: 5, 9.9: 5, 0.03: 0.02, 70: 50, 1e-9: 1e-9} {
		if got := nice(x); math.Abs(got-want) > 1e-12*want {
			t.Errorf("nice(%v) is %v, want %v", x, got, want)
		}
	}
}

func TestCoordinate(t *testing.T) {
	for _, c := range []struct {
		v, size float64
		want    string
	}{
		{4_500_099.98765, 141, "4500099.99"}, {-0.5118963, 1.65, "-0.5119"}, {1.99e-5, 1.65, "0"}, {-1e-9, 1, "0"},
		{3e38, 6e38, "3e+38"}, {1e-30, 1.4e-30, "1e-30"},
	} {
		if got := coordinate(c.v, c.size); got != c.want {
			t.Errorf("%v beside %v is %s, want %s", c.v, c.size, got, c.want)
		}
	}
}

func TestSignificant(t *testing.T) {
	for _, c := range []struct{ v, size, want float64 }{
		{1.63e-7, 0.99505, 0}, {-1.63e-7, 0.99505, 0}, {0.995049953, 0.99505, 0.99505}, {1.63e-7, 1e-6, 1.63e-7},
		{1_000_000.1234567, 0.5, 1_000_000.123457}, {123_456_789, 1e9, 123_460_000}, {3e38, 6e38, 3e38}, {1e-45, 3e-45, 1e-45},
		{1.63e-7, 0, 1.63e-7}, {5, math.Inf(1), 5}, {5, math.NaN(), 5},
	} {
		if got := significant(c.v, c.size, 6); got != c.want || math.Signbit(got) {
			t.Errorf("%v in a range of %v is %v, want %v", c.v, c.size, got, c.want)
		}
	}
}

func TestAxis(t *testing.T) {
	for i, name := range AxisNames {
		a, err := ParseAxis(name)
		if err != nil || a != Axis(i) || a.String() != name {
			t.Errorf("%q is %v, %v", name, a, err)
		}
		v := a.Vector()
		if v["xyz"[a.Index()]-'x'] != a.Sign() || length(v) != 1 {
			t.Errorf("%v points along %v", a, v)
		}
	}
	if a, err := ParseAxis("+Y"); a != YUp || err != nil {
		t.Errorf("+Y is %v, %v", a, err)
	}
	if _, err := ParseAxis("up"); err == nil {
		t.Error("up is an axis")
	}
}
