package view

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/models"
)

// placed shows points, and returns where.
func placed(t *testing.T, c *cloud.Cloud) (*Viewer, *file) {
	t.Helper()
	v := New(viser.New(nil), Options{})
	if _, err := v.Show(cloudModel(c)); err != nil {
		t.Fatal(err)
	}
	return v, v.files[0]
}

// world is where a point of the cloud is shown.
func world(f *file, i int) viser.Vec3 {
	c := f.model.Cloud
	return add(add(wide(c.Points[i]), sub(c.Origin, f.origin)), f.position)
}

func TestPlaceKeepsCoordinates(t *testing.T) {
	v, f := placed(t, &cloud.Cloud{Points: [][3]float32{{10, 20, 30}, {11, 22, 33}}})
	if v.shift != (viser.Vec3{}) {
		t.Error("a model near the origin was moved")
	}
	for i, want := range []viser.Vec3{{10, 20, 30}, {11, 22, 33}} {
		if got := world(f, i); got != want {
			t.Errorf("point %d is at %v, want %v", i, got, want)
		}
	}
	if want := (box{viser.Vec3{10, 20, 30}, viser.Vec3{11, 22, 33}}); shifted(f.whole, f.origin) != want || v.seen != want {
		t.Errorf("whole %v, seen %v", f.whole, v.seen)
	}
}

// TestPlaceMovesWhatIsFarAway moves survey coordinates to the origin, and keeps the offset for the
// panel.
func TestPlaceMovesWhatIsFarAway(t *testing.T) {
	v, f := placed(t, &cloud.Cloud{Origin: [3]float64{4_500_000, 500_000, 100}, Points: [][3]float32{{0, 0, 0}, {2, 3, 4}}})
	if v.shift != (viser.Vec3{4_500_000, 500_000, 100}) || f.position != (viser.Vec3{}) {
		t.Fatalf("shift %v, position %v", v.shift, f.position)
	}
	if got := world(f, 1); length(got) > 10 {
		t.Errorf("a point is shown at %v", got)
	}
	if got := shifted(f.whole, f.origin).hi; got != (viser.Vec3{4_500_002, 500_003, 104}) {
		t.Errorf("the panel says %v", got)
	}
	// A second one keeps its place beside the first.
	other := cloudModel(&cloud.Cloud{Origin: [3]float64{4_500_007, 500_000, 100}, Points: [][3]float32{{0, 0, 0}}})
	if _, err := v.Show(other); err != nil {
		t.Fatal(err)
	}
	if got := world(v.files[1], 0); got != (viser.Vec3{7, 0, 0}) {
		t.Errorf("the second file is at %v", got)
	}
}

func TestPlaceMovesFloats(t *testing.T) {
	c := &cloud.Cloud{Points: [][3]float32{{1000, 0, 0}, {1000.5, 0, 0}, {1000.25, 0.5, 0}}}
	v, _ := placed(t, c)
	if v.shift == (viser.Vec3{}) {
		t.Fatal("it was not moved")
	}
	for i, want := range []viser.Vec3{{1000, 0, 0}, {1000.5, 0, 0}, {1000.25, 0.5, 0}} {
		if got := add(c.Origin, wide(c.Points[i])); length(sub(got, want)) > 1e-6 {
			t.Errorf("point %d: %v became %v", i, want, got)
		}
	}
}

// TestSeenBoxIgnoresOutliers: a few points far away must not make the rest a dot.
func TestSeenBoxIgnoresOutliers(t *testing.T) {
	c := &cloud.Cloud{}
	for i := range 10_000 {
		c.Points = append(c.Points, [3]float32{float32(i%100) / 100, float32(i/100) / 100, 0})
	}
	for range 20 {
		c.Points = append(c.Points, [3]float32{1e6, -1e6, 1e6})
	}
	v, f := placed(t, c)
	if d := v.seen.diagonal(); d > 1.6 || d < 1.3 {
		t.Errorf("what is seen has diagonal %v", d)
	}
	if f.whole.hi[0] != 1e6 {
		t.Errorf("the panel must tell of all points: %v", f.whole.hi)
	}
}

func TestPlaceOfOnePoint(t *testing.T) {
	for _, p := range [][3]float32{{0, 0, 0}, {5, 6, 7}, {3e38, -3e38, 3e38}, {1e-30, 0, 0}} {
		v, f := placed(t, &cloud.Cloud{Points: [][3]float32{p, p}})
		if size := v.seen.size(); !(size > 0) {
			t.Errorf("%v has size %v", p, size)
		}
		for _, x := range world(f, 0) {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("%v is shown at %v", p, world(f, 0))
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

// TestNth compares with sorted numbers, many of which are equal.
func TestNth(t *testing.T) {
	for n := 1; n < 60; n++ {
		values := make([]float32, n)
		for i := range values {
			values[i] = float32((i*7919 + n) % (n/2 + 1))
		}
		sorted := slices.Sorted(slices.Values(values))
		for i, want := range sorted {
			if got := nth(values, i); got != want {
				t.Fatalf("%d of %v is %v, want %v", i, sorted, got, want)
			}
		}
	}
}

func BenchmarkSeen(b *testing.B) {
	points := make([][3]float32, 1_000_000)
	for i := range points {
		x, y := float64(i%1000), float64(i*7919%1_000_003)
		points[i] = [3]float32{float32(x), float32(y), float32(math.Sin(x) * y)}
	}
	lo, hi, _ := (&cloud.Cloud{Points: points}).Bounds()
	for b.Loop() {
		withoutOutliers(points, boxOf(lo, hi))
	}
}

// TestLookAtTheRobot: the picture is of what moves, and not of the walls that are far around it.
func TestLookAtTheRobot(t *testing.T) {
	cell := func(walls string) string {
		return `<mujoco><worldbody>` + walls + `<body><freejoint/><geom type="box" size="0.5 0.5 0.5"/></body></worldbody></mujoco>`
	}
	crane := `<robot name="crane"><link name="base"><visual><geometry><box size="9 9 9"/></geometry></visual></link>
<link name="hook"><visual><geometry><box size="1 1 1"/></geometry></visual></link>
<joint name="turn" type="continuous"><parent link="base"/><child link="hook"/></joint></robot>`
	for text, want := range map[string]float64{
		cell(""): 1, cell(`<geom type="box" size="20 20 0.1" pos="0 0 -5"/>`): 1, cell(`<geom type="box" size="1 0.1 0.1"/>`): 2, crane: 9,
	} {
		path := filepath.Join(t.TempDir(), "robot.xml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := models.Open(t.Context(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		server := viser.New(nil)
		v := New(server, Options{})
		if _, err := v.Show(m); err != nil {
			t.Fatal(err)
		}
		if got := v.seen.hi[0] - v.seen.lo[0]; math.Abs(got-want) > 1e-9 {
			t.Errorf("of %s %v units are looked at, want %v", text, got, want)
		}
		v.Close()
	}
}
