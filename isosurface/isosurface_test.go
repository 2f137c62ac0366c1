package isosurface_test

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/viser-go/viser/isosurface"
)

type grid = isosurface.Grid[float32]

// gridOf samples a function at whole coordinates.
func gridOf(nx, ny, nz int, f func(x, y, z float64) float64) grid {
	g := grid{Size: [3]int{nx, ny, nz}, Values: make([]float32, 0, nx*ny*nz)}
	for z := range nz {
		for y := range ny {
			for x := range nx {
				g.Values = append(g.Values, float32(f(float64(x), float64(y), float64(z))))
			}
		}
	}
	return g
}

// ball is the distance inside a sphere.
func ball(n int) grid {
	c := float64(n-1) / 2
	return gridOf(n, n, n, func(x, y, z float64) float64 {
		return 0.4*float64(n) - math.Sqrt((x-c)*(x-c)+(y-c)*(y-c)+(z-c)*(z-c))
	})
}

// noise is random numbers, with the low one all around.
func noise(n int, seed uint64) grid {
	r := rand.New(rand.NewPCG(seed, 0))
	in := func(x float64) bool { return x > 0 && x < float64(n-1) }
	return gridOf(n, n, n, func(x, y, z float64) float64 {
		if in(x) && in(y) && in(z) {
			return r.Float64()
		}
		return 0
	})
}

func extract[V isosurface.Value](t testing.TB, g isosurface.Grid[V], level float64, opts *isosurface.Options) *isosurface.Mesh {
	t.Helper()
	m, err := isosurface.Extract(g, level, opts)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// checkClosed: each edge belongs to two triangles, in opposite directions, and around each vertex the triangles are one fan.
func checkClosed(t testing.TB, m *isosurface.Mesh) {
	t.Helper()
	checkManifold(t, m, false)
}

func checkManifold(t testing.TB, m *isosurface.Mesh, open bool) {
	t.Helper()
	next := map[[2]uint32]uint32{} // by vertex and neighbor: the neighbor behind it
	fans := make([]uint32, len(m.Vertices))
	for i, f := range m.Faces {
		for k := range 3 {
			a, b, c := f[k], f[(k+1)%3], f[(k+2)%3]
			if int(a) >= len(m.Vertices) || a == b {
				t.Fatalf("face %d is %v, of %d vertices", i, f, len(m.Vertices))
			}
			if _, ok := next[[2]uint32{a, b}]; ok {
				t.Fatalf("the edge %d to %d is in two faces the same way round", a, b)
			}
			next[[2]uint32{a, b}] = c
			fans[a]++
		}
	}
	for at := range next {
		if _, ok := next[[2]uint32{at[1], at[0]}]; !ok && !open {
			t.Fatalf("the edge %v is open", at)
		}
	}
	for edge := range next {
		v := edge[0]
		if fans[v] == 0 || open {
			continue
		}
		n, at := uint32(0), edge[1]
		for {
			at = next[[2]uint32{v, at}]
			n++
			if at == edge[1] {
				break
			}
		}
		if n != fans[v] {
			t.Fatalf("vertex %d has more than one fan of triangles", v)
		}
		fans[v] = 0
	}
	for v, n := range fans {
		if n > 0 && !open {
			t.Fatalf("vertex %d was not visited", v)
		}
	}
}

func volume(m *isosurface.Mesh) (sum float64) {
	for _, f := range m.Faces {
		a, b, c := m.Vertices[f[0]], m.Vertices[f[1]], m.Vertices[f[2]]
		for i := range 3 {
			j, k := (i+1)%3, (i+2)%3
			sum += float64(a[i]) * (float64(b[j])*float64(c[k]) - float64(b[k])*float64(c[j])) / 6
		}
	}
	return sum
}

func area(m *isosurface.Mesh) (sum float64) {
	for _, f := range m.Faces {
		var n [3]float64
		a, b, c := m.Vertices[f[0]], m.Vertices[f[1]], m.Vertices[f[2]]
		for i := range 3 {
			j, k := (i+1)%3, (i+2)%3
			n[i] = float64(b[j]-a[j])*float64(c[k]-a[k]) - float64(b[k]-a[k])*float64(c[j]-a[j])
		}
		sum += math.Sqrt(n[0]*n[0]+n[1]*n[1]+n[2]*n[2]) / 2
	}
	return sum
}

func TestBall(t *testing.T) {
	g := ball(40)
	g.Spacing, g.Origin = [3]float64{0.5, 0.5, 0.5}, [3]float64{-10, 3, 100}
	m := extract(t, g, 0, &isosurface.Options{Normals: true})
	checkClosed(t, m)
	if want := 4. / 3 * math.Pi * 8 * 8 * 8; math.Abs(volume(m)/want-1) > 0.01 {
		t.Errorf("the volume is %v, want about %v", volume(m), want)
	}
	c := [3]float64{-10 + 39./4, 3 + 39./4, 100 + 39./4}
	for i, p := range m.Vertices {
		r, dot := 0.0, 0.0
		for k := range 3 {
			d := float64(p[k]) - c[k]
			r += d * d
			dot += d * float64(m.Normals[i][k])
		}
		if r = math.Sqrt(r); math.Abs(r-8) > 0.02 || dot/r < 0.995 {
			t.Fatalf("vertex %v is %v from the center, its normal %v outwards", p, r, dot/r)
		}
	}
	below := extract(t, g, 0, &isosurface.Options{Normals: true, Below: true})
	if math.Abs(volume(below)+volume(m)) > 1e-6 || below.Normals[0][0] != -m.Normals[0][0] {
		t.Error("Below does not turn the surface around")
	}
}

func TestNoiseIsClosed(t *testing.T) {
	for seed := range uint64(30) {
		m := extract(t, noise(12, seed), 0.5, nil)
		if len(m.Faces) < 1000 {
			t.Fatalf("only %d faces", len(m.Faces))
		}
		checkClosed(t, m)
	}
}

// TestWideRows: rows are divided into words of 64 numbers.
func TestWideRows(t *testing.T) {
	for _, nx := range []int{2, 63, 64, 65, 66, 128, 129, 200} {
		r := rand.New(rand.NewPCG(1, 2))
		g := gridOf(nx, 5, 4, func(x, y, z float64) float64 {
			if x == 0 || y == 0 || z == 0 || y == 4 || z == 3 || x == float64(nx-1) {
				return 0
			}
			return r.Float64()
		})
		m := extract(t, g, 0.5, nil)
		checkClosed(t, m)
		if nx > 2 && (len(m.Faces) == 0 || volume(m) <= 0) {
			t.Errorf("%d numbers in a row: %d faces", nx, len(m.Faces))
		}
	}
}

func TestWorkersDoNotMatter(t *testing.T) {
	g := noise(40, 7)
	g.Values[40*40*20+40*20+20] = float32(math.NaN())
	one := extract(t, g, 0.6, &isosurface.Options{Workers: 1, Normals: true})
	for _, n := range []int{2, 3, 16, 0} {
		if !reflect.DeepEqual(one, extract(t, g, 0.6, &isosurface.Options{Workers: n, Normals: true})) {
			t.Errorf("%d workers make another surface than one", n)
		}
	}
}

func TestRangesFitTogether(t *testing.T) {
	g := noise(20, 3)
	whole := extract(t, g, 0.5, nil)
	sum, faces := 0.0, 0
	for _, r := range [][2][3]int{
		{{0, 0, 0}, {7, 19, 19}}, {{7, 0, 0}, {19, 11, 19}}, {{7, 11, 0}, {19, 19, 9}}, {{7, 11, 9}, {19, 19, 19}},
	} {
		m := extract(t, g, 0.5, &isosurface.Options{From: r[0], To: r[1]})
		checkManifold(t, m, true)
		used := map[uint32]bool{}
		for _, f := range m.Faces {
			used[f[0]], used[f[1]], used[f[2]] = true, true, true
		}
		if len(used) != len(m.Vertices) {
			t.Errorf("%d of %d vertices are unused", len(m.Vertices)-len(used), len(m.Vertices))
		}
		sum, faces = sum+volume(m), faces+len(m.Faces)
	}
	if faces != len(whole.Faces) || math.Abs(sum-volume(whole)) > 1e-3 {
		t.Errorf("the parts have %d faces and %v, the whole %d and %v", faces, sum, len(whole.Faces), volume(whole))
	}
}

func TestHoles(t *testing.T) {
	g := ball(20)
	nan := float32(math.NaN())
	whole := extract(t, g, 0, nil)
	for i := range g.Values {
		if i%20 < 10 {
			g.Values[i] = nan
		}
	}
	m := extract(t, g, 0, nil)
	checkManifold(t, m, true)
	if len(m.Faces) == 0 || len(m.Faces) >= len(whole.Faces) {
		t.Errorf("%d faces, the whole has %d", len(m.Faces), len(whole.Faces))
	}
	used := make([]bool, len(m.Vertices))
	for _, f := range m.Faces {
		for _, v := range f {
			used[v] = true
			if m.Vertices[v][0] < 10 {
				t.Fatalf("a vertex at %v, next to NaNs", m.Vertices[v])
			}
		}
	}
	for v := range used {
		if !used[v] {
			t.Fatalf("vertex %d is in no face", v)
		}
	}
}

func TestInfiniteNumbers(t *testing.T) {
	inf := math.Inf(1)
	for _, pair := range [][2]float64{{-inf, inf}, {0, inf}, {-inf, 2}, {-math.MaxFloat64, math.MaxFloat64}} {
		g := isosurface.Grid[float64]{Size: [3]int{3, 3, 3}, Values: make([]float64, 27)}
		for i := range g.Values {
			g.Values[i] = pair[0]
		}
		g.Values[13] = pair[1]
		m := extract(t, g, 1, &isosurface.Options{Normals: true})
		checkClosed(t, m)
		for i, p := range m.Vertices {
			for k := range 3 {
				if !(p[k] >= 0 && p[k] <= 2) || m.Normals[i][k] != m.Normals[i][k] {
					t.Fatalf("%v: a vertex at %v, normal %v", pair, p, m.Normals[i])
				}
			}
		}
	}
}

func TestWholeNumbers(t *testing.T) {
	g := isosurface.Grid[uint8]{Size: [3]int{3, 3, 3}, Values: make([]uint8, 27)}
	g.Values[13] = 200
	m := extract(t, g, 100, nil)
	checkClosed(t, m)
	if len(m.Faces) != 8 || len(m.Vertices) != 6 || m.Vertices[0] != [3]float32{1, 1, 0.5} {
		t.Errorf("%d faces of %v, want an octahedron", len(m.Faces), m.Vertices)
	}
	signed := isosurface.Grid[int16]{Size: [3]int{2, 2, 2}, Values: []int16{-5, -5, -5, -5, 5, 5, 5, 5}}
	if m := extract(t, signed, 0, nil); len(m.Faces) != 2 || area(m) != 1 {
		t.Errorf("%d faces with the area %v, want a square", len(m.Faces), area(m))
	}
}

// TestExactlyTheLevel: no number is below the level or above it by accident.
func TestExactlyTheLevel(t *testing.T) {
	g := noise(10, 1)
	for i := range g.Values {
		g.Values[i] = float32(math.Round(float64(g.Values[i]) * 2))
	}
	checkClosed(t, extract(t, g, 1, nil))
}

func TestEmpty(t *testing.T) {
	g := ball(8)
	for _, level := range []float64{1e9, -1e9} {
		if m := extract(t, g, level, nil); len(m.Faces) != 0 || len(m.Vertices) != 0 {
			t.Errorf("level %v: %d faces", level, len(m.Faces))
		}
	}
	if m := extract(t, g, 0, &isosurface.Options{From: [3]int{3, 3, 3}, To: [3]int{3, 3, 3}}); len(m.Faces) != 0 {
		t.Error("no cells have faces")
	}
}

func TestErrors(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	good := func() grid { return ball(4) }
	for _, c := range []struct {
		name, want string
		change     func(g *grid, level *float64, o *isosurface.Options)
	}{
		{"level NaN", "level is NaN", func(_ *grid, l *float64, _ *isosurface.Options) { *l = nan }},
		{"level infinite", "level is +Inf", func(_ *grid, l *float64, _ *isosurface.Options) { *l = inf }},
		{"few values", "63 values", func(g *grid, _ *float64, _ *isosurface.Options) { g.Values = g.Values[1:] }},
		{"many values", "65 values", func(g *grid, _ *float64, _ *isosurface.Options) { g.Values = append(g.Values, 0) }},
		{"no values", "0 values", func(g *grid, _ *float64, _ *isosurface.Options) { g.Values = nil }},
		{"flat", "at least 2", func(g *grid, _ *float64, _ *isosurface.Options) { g.Size = [3]int{64, 1, 1} }},
		{"negative size", "at least 2", func(g *grid, _ *float64, _ *isosurface.Options) { g.Size = [3]int{-4, -4, 4} }},
		{"size that overflows", "64 values", func(g *grid, _ *float64, _ *isosurface.Options) {
			g.Size = [3]int{math.MaxInt, math.MaxInt, 2}
		}},
		{"spacing 0", "spacing", func(g *grid, _ *float64, _ *isosurface.Options) { g.Spacing = [3]float64{1, 0, 1} }},
		{"spacing NaN", "spacing", func(g *grid, _ *float64, _ *isosurface.Options) { g.Spacing = [3]float64{1, nan, 1} }},
		{"origin NaN", "float32", func(g *grid, _ *float64, _ *isosurface.Options) { g.Origin[2] = nan }},
		{"origin far", "float32", func(g *grid, _ *float64, _ *isosurface.Options) { g.Origin[2] = 1e39 }},
		{"from past", "not within", func(_ *grid, _ *float64, o *isosurface.Options) { o.From[0] = 4 }},
		{"from negative", "not within", func(_ *grid, _ *float64, o *isosurface.Options) { o.From[1] = -1 }},
		{"to past", "not within", func(_ *grid, _ *float64, o *isosurface.Options) { o.To = [3]int{3, 3, 4} }},
		{"workers", "negative", func(_ *grid, _ *float64, o *isosurface.Options) { o.Workers = -1 }},
		{"max", "negative", func(_ *grid, _ *float64, o *isosurface.Options) { o.MaxFaces = -1 }},
	} {
		g, level, o := good(), 0.0, isosurface.Options{}
		c.change(&g, &level, &o)
		if _, err := isosurface.Extract(g, level, &o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, want one with %q", c.name, err, c.want)
		}
	}
}

func TestTooLarge(t *testing.T) {
	g := ball(40)
	n := len(extract(t, g, 0, nil).Faces)
	if m := extract(t, g, 0, &isosurface.Options{MaxFaces: n}); len(m.Faces) != n {
		t.Error("a surface at the limit is not whole")
	}
	if _, err := isosurface.Extract(g, 0, &isosurface.Options{MaxFaces: n - 1}); !errors.Is(err, isosurface.ErrTooLarge) {
		t.Errorf("the error is %v", err)
	}
}

func TestProgress(t *testing.T) {
	var last, calls int
	extract(t, ball(40), 0, &isosurface.Options{Workers: 4, Progress: func(done, all int) {
		if done <= last || all != 39 {
			t.Errorf("%d of %d done, behind %d", done, all, last)
		}
		last = done
		calls++
	}})
	if last != 39 || calls < 3 {
		t.Errorf("%d calls, the last with %d", calls, last)
	}
}

// TestLikeScikitImage compares with scikit-image's marching_cubes, as testdata/make.py has recorded it: where no cell is
// ambiguous, the vertices and faces are the same ones.
func TestLikeScikitImage(t *testing.T) {
	data, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden []struct {
		Field           string
		Level           float64
		Spacing         [3]float64
		Vertices, Faces int
		Volume, Area    float64
	}
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	fields := map[string]func(x, y, z float64) float64{
		"ball": func(x, y, z float64) float64 {
			return 10 - math.Sqrt((x-15.5)*(x-15.5)+(y-15.5)*(y-15.5)+(z-15.5)*(z-15.5))
		},
		"torus": func(x, y, z float64) float64 {
			r := math.Sqrt((x-15.5)*(x-15.5)+(y-15.5)*(y-15.5)) - 9
			return 4 - math.Sqrt(r*r+(z-15.5)*(z-15.5))
		},
		"gyroid": func(x, y, z float64) float64 {
			k := 2 * math.Pi / 16
			return math.Sin(k*x)*math.Cos(k*y) + math.Sin(k*y)*math.Cos(k*z) + math.Sin(k*z)*math.Cos(k*x)
		},
	}
	for _, want := range golden {
		g := gridOf(32, 32, 32, fields[want.Field])
		g.Spacing = want.Spacing
		m := extract(t, g, want.Level, nil)
		if len(m.Vertices) != want.Vertices || len(m.Faces) != want.Faces {
			t.Errorf("%s: %d vertices and %d faces, scikit-image has %d and %d", want.Field, len(m.Vertices), len(m.Faces), want.Vertices, want.Faces)
		}
		// Loops of four vertices and more can be divided in several ways.
		if math.Abs(area(m)/want.Area-1) > 1e-3 || math.Abs(volume(m)-want.Volume) > 5e-3*want.Area {
			t.Errorf("%s: area %v and volume %v, scikit-image has %v and %v", want.Field, area(m), volume(m), want.Area, want.Volume)
		}
	}
}

// FuzzExtract: any grid gives a surface whose edges have one or two faces.
func FuzzExtract(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, uint8(3), uint8(3), 100.0, false)
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8}, uint8(2), uint8(2), 4.5, true)
	f.Fuzz(func(t *testing.T, data []byte, nx, ny uint8, level float64, floats bool) {
		if len(data) > 1<<14 {
			return
		}
		size := [3]int{int(nx), int(ny), 0}
		opts := &isosurface.Options{Normals: true}
		var m *isosurface.Mesh
		var err error
		if floats {
			values := make([]float32, len(data)/4)
			for i := range values {
				values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
			}
			size[2] = len(values) / max(1, size[0]*size[1])
			m, err = isosurface.Extract(isosurface.Grid[float32]{Values: values, Size: size}, level, opts)
		} else {
			size[2] = len(data) / max(1, size[0]*size[1])
			m, err = isosurface.Extract(isosurface.Grid[uint8]{Values: data, Size: size}, level, opts)
		}
		if err != nil {
			return
		}
		checkManifold(t, m, true)
		for _, p := range m.Vertices {
			for k := range 3 {
				if !(p[k] >= 0 && p[k] <= float32(size[k]-1)) {
					t.Fatalf("a vertex at %v of a grid of %v", p, size)
				}
			}
		}
	})
}

func BenchmarkExtract(b *testing.B) {
	smooth := ball(256)
	loud := noise(256, 1)
	for _, c := range []struct {
		name    string
		g       grid
		level   float64
		workers int
	}{
		{"ball/1", smooth, 0, 1},
		{"ball/all", smooth, 0, 0},
		{"noise/1", loud, 0.98, 1},
		{"noise/all", loud, 0.98, 0},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(4 * len(c.g.Values)))
			faces := 0
			for b.Loop() {
				faces = len(extract(b, c.g, c.level, &isosurface.Options{Workers: c.workers}).Faces)
			}
			b.ReportMetric(float64(faces), "faces")
		})
	}
}
