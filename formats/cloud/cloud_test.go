package cloud_test

import (
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/cloud"
)

// generated is a source of total points, made by a function, in batches of some.
type generated struct {
	info     cloud.Info
	some     int
	make     func(i int, b *cloud.Batch) // appends point i
	fail     error
	failAt   int
	selected []string
	done     int
}

func (g *generated) Info() cloud.Info       { return g.info }
func (g *generated) Select(fields []string) { g.selected = fields }

func (g *generated) Next(b *cloud.Batch) error {
	if g.fail != nil && g.done >= g.failAt {
		return g.fail
	}
	n := min(g.some, int(g.info.Points)-g.done)
	if n == 0 {
		return io.EOF
	}
	b.Resize(0, cloud.Info{}, false, make([]bool, len(g.selected)))
	for i := range n {
		g.make(g.done+i, b)
	}
	g.done += n
	return nil
}

// shapes are clouds of n points in a box of about 100.
var shapes = map[string]func(r *rand.Rand) [3]float64{
	"plane": func(r *rand.Rand) [3]float64 { return [3]float64{r.Float64() * 100, r.Float64() * 100, 0} },
	// Nearly all points are in one corner, as around a scanner.
	"uneven plane": func(r *rand.Rand) [3]float64 {
		return [3]float64{math.Pow(r.Float64(), 4) * 100, math.Pow(r.Float64(), 4) * 100, 3}
	},
	"ball": func(r *rand.Rand) [3]float64 {
		p := [3]float64{r.NormFloat64(), r.NormFloat64(), r.NormFloat64()}
		l := math.Sqrt(p[0]*p[0]+p[1]*p[1]+p[2]*p[2]) / 50
		return [3]float64{p[0]/l + 5e5, p[1]/l + 4e6, p[2] / l}
	},
	"volume": func(r *rand.Rand) [3]float64 {
		return [3]float64{r.Float64() * 100, r.Float64() * 100, r.Float64() * 100}
	},
	"line": func(r *rand.Rand) [3]float64 { return [3]float64{-r.Float64() * 100, 7, 7} },
	"with a far point": func(r *rand.Rand) [3]float64 {
		if r.IntN(5000) == 0 {
			return [3]float64{1e30, -1e30, 1e35}
		}
		return [3]float64{r.Float64() * 100, r.Float64() * 100, 0}
	},
}

func shape(name string, n, some int) *generated {
	r := rand.New(rand.NewPCG(1, 2))
	return &generated{info: cloud.Info{Points: int64(n)}, some: some, make: func(_ int, b *cloud.Batch) {
		b.Points = append(b.Points, shapes[name](r))
	}}
}

func TestThinnedNumbers(t *testing.T) {
	for name := range shapes {
		for _, limit := range []int{1, 10, 1000, 20_000} {
			for _, n := range []int{limit, limit + limit/10 + 1, 3 * limit, max(20_000, 10*limit)} {
				c, err := cloud.Collect(shape(name, n, 4096), &cloud.CollectOptions{MaxPoints: limit, Recenter: true})
				if err != nil {
					t.Fatal(err)
				}
				got, least := len(c.Points), int(0.6*float64(limit))
				if n == limit {
					least = limit
				}
				if got > limit || got < min(least, n) || c.Total != int64(n) {
					t.Errorf("%s: %d of %d points at a limit of %d", name, got, n, limit)
				}
			}
		}
	}
}

// TestThinnedEvenly: where a plane has 1000 times as many points as elsewhere, the result has hardly more.
func TestThinnedEvenly(t *testing.T) {
	c, err := cloud.Collect(shape("uneven plane", 300_000, 8192), &cloud.CollectOptions{MaxPoints: 2000})
	if err != nil {
		t.Fatal(err)
	}
	// Of the dense quarter, all squares of 10 by 10 have about the same number of points.
	var squares [5][5]int
	for _, p := range c.Points {
		if x, y := int(p[0]/10), int(p[1]/10); x < 5 && y < 5 {
			squares[x][y]++
		}
	}
	least, most := math.MaxInt, 0
	for _, row := range squares {
		least, most = min(least, slices.Min(row[:])), max(most, slices.Max(row[:]))
	}
	if float64(most) > 1.6*float64(least) {
		t.Errorf("the squares have %d to %d points: %v", least, most, squares)
	}
}

func TestThinnedTheSameEachTime(t *testing.T) {
	one, err1 := cloud.Collect(shape("ball", 100_000, 4096), &cloud.CollectOptions{MaxPoints: 5000})
	two, err2 := cloud.Collect(shape("ball", 100_000, 4096), &cloud.CollectOptions{MaxPoints: 5000})
	if err1 != nil || err2 != nil || !reflect.DeepEqual(one, two) {
		t.Error("two runs differ", err1, err2)
	}
}

func TestThinnedPlacesThatAreFew(t *testing.T) {
	g := &generated{info: cloud.Info{Points: 50_000}, some: 1000, make: func(i int, b *cloud.Batch) {
		b.Points = append(b.Points, [3]float64{float64(i % 7), 0, 0})
	}}
	c, err := cloud.Collect(g, &cloud.CollectOptions{MaxPoints: 100})
	if err != nil || len(c.Points) != 7 {
		t.Errorf("%d points of 7 places remain: %v", len(c.Points), err)
	}
	g = &generated{info: cloud.Info{Points: 50_000}, some: 1000, make: func(_ int, b *cloud.Batch) {
		b.Points = append(b.Points, [3]float64{3, 4, 5})
	}}
	if c, err = cloud.Collect(g, &cloud.CollectOptions{MaxPoints: 100}); err != nil || len(c.Points) != 1 {
		t.Errorf("%d points of one place remain: %v", len(c.Points), err)
	}
}

// numbered is a source whose point i has i in all that it has.
func numbered(n int, raw bool) *generated {
	r := rand.New(rand.NewPCG(3, 4))
	return &generated{
		info: cloud.Info{Points: int64(n), HasColors: true, HasAlphas: true, HasNormals: true, Fields: []string{"number", "more"}},
		some: 777,
		make: func(i int, b *cloud.Batch) {
			p := [3]float64{r.Float64() * 1000, r.Float64() * 1000, float64(i)}
			if i%100 == 0 {
				p[1] = math.NaN()
			}
			b.Points = append(b.Points, p)
			c := [3]uint8{uint8(i), uint8(i >> 8), uint8(i >> 16)}
			if raw {
				b.ColorKind = cloud.FloatColors
				b.RawColors = append(b.RawColors, [3]float32{float32(c[0]), float32(c[1]), float32(c[2])})
				b.RawAlphas = append(b.RawAlphas, float32(c[0])/255)
			} else {
				b.Colors = append(b.Colors, c)
				b.Alphas = append(b.Alphas, c[0])
			}
			b.Normals = append(b.Normals, [3]float32{float32(i), 0, 1})
			b.Fields[0] = append(b.Fields[0], float32(i))
		},
	}
}

func TestSlicesStayTogether(t *testing.T) {
	for _, raw := range []bool{false, true} {
		for _, limit := range []int{0, 1500} {
			c, err := cloud.Collect(numbered(50_000, raw), &cloud.CollectOptions{
				MaxPoints: limit, Fields: []string{"number"},
				SelectFields: func(n int64, fields []string) []string {
					if n != 50_000 || !slices.Equal(fields, []string{"number", "more"}) {
						t.Errorf("asked for fields of %q with %d points", fields, n)
					}
					return []string{"absent"}
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			if c.Dropped != 500 || c.Total != 50_000 || len(c.Fields) != 1 || limit == 0 && len(c.Points) != 49_500 {
				t.Fatalf("%d points, %d dropped of %d, fields %d", len(c.Points), c.Dropped, c.Total, len(c.Fields))
			}
			for k, p := range c.Points {
				i := int(p[2])
				want := [3]uint8{uint8(i), uint8(i >> 8), uint8(i >> 16)}
				if c.Colors[k] != want || c.Alphas[k] != want[0] || c.Normals[k][0] != float32(i) || c.Fields[0].Values[k] != float32(i) {
					t.Fatalf("point %d has color %v, alpha %d, normal %v, number %v", i, c.Colors[k], c.Alphas[k], c.Normals[k], c.Fields[0].Values[k])
				}
			}
		}
	}
}

func TestColorRange(t *testing.T) {
	for _, c := range []struct {
		kind cloud.ColorKind
		peak float32
		want float32
	}{
		{cloud.ByteColors, 3, 255}, {cloud.WideColors, 255, 255}, {cloud.WideColors, 256, 65535},
		{cloud.FloatColors, 1.01, 1}, {cloud.FloatColors, 255, 255}, {cloud.FloatColors, 509, 255}, {cloud.FloatColors, 600, 65535},
	} {
		if got := cloud.ColorRange(c.kind, c.peak); got != c.want {
			t.Errorf("kind %d with a peak of %v has range %v, want %v", c.kind, c.peak, got, c.want)
		}
	}
}

// colored has the same wide color in each point.
func colored(kind cloud.ColorKind, colors ...[3]float32) *generated {
	return &generated{info: cloud.Info{Points: int64(len(colors)), HasColors: true}, some: 1, make: func(i int, b *cloud.Batch) {
		b.Points, b.RawColors, b.ColorKind = append(b.Points, [3]float64{}), append(b.RawColors, colors[i]), kind
	}}
}

func TestColorsAreJudgedByTheFile(t *testing.T) {
	inf := float32(math.Inf(1))
	nan := float32(math.NaN())
	for _, c := range []struct {
		src  func() *generated
		want [][3]uint8
	}{
		{func() *generated { return colored(cloud.WideColors, [3]float32{1, 2, 3}, [3]float32{65535, 0, 257}) }, [][3]uint8{{0, 0, 0}, {255, 0, 1}}},
		{func() *generated { return colored(cloud.WideColors, [3]float32{1, 2, 3}, [3]float32{255, 0, 200}) }, [][3]uint8{{1, 2, 3}, {255, 0, 200}}},
		{func() *generated {
			return colored(cloud.WideColors, [3]float32{1, 128, 255}, [3]float32{129, 0, 0}, [3]float32{256, 40000, 1e6}, [3]float32{7, 0, -1})
		}, [][3]uint8{{0, 0, 1}, {1, 0, 0}, {1, 156, 255}, {0, 0, 0}}},
		{func() *generated { return colored(cloud.WideColors, [3]float32{}, [3]float32{}) }, nil},
		{func() *generated { return colored(cloud.FloatColors, [3]float32{0, 0.5, 1}, [3]float32{nan, inf, -1}) }, [][3]uint8{{0, 128, 255}, {0, 255, 0}}},
	} {
		got, err := cloud.Collect(c.src(), nil)
		if err != nil || !slices.Equal(got.Colors, c.want) {
			t.Errorf("colors are %v, want %v: %v", got.Colors, c.want, err)
		}
		if got, err = cloud.Collect(cloud.WithByteColors(c.src()), nil); err != nil || !slices.Equal(got.Colors, c.want) {
			t.Errorf("as bytes, colors are %v, want %v: %v", got.Colors, c.want, err)
		}
	}
}

// TestAlphasAreJudgedByTheFile: one that is above 255 changes those before it.
func TestAlphasAreJudgedByTheFile(t *testing.T) {
	for _, c := range []struct {
		alphas []float32
		want   []uint8
	}{{[]float32{255, 128, 65535, 32768}, []uint8{1, 0, 255, 128}}, {[]float32{255, 128, 7}, []uint8{255, 128, 7}}, {[]float32{0, 0}, nil}} {
		got, err := cloud.Collect(&generated{info: cloud.Info{Points: int64(len(c.alphas)), HasColors: true, HasAlphas: true}, some: 1, make: func(i int, b *cloud.Batch) {
			b.Points, b.ColorKind = append(b.Points, [3]float64{}), cloud.WideColors
			b.RawColors, b.RawAlphas = append(b.RawColors, [3]float32{200, 1, 0}), append(b.RawAlphas, c.alphas[i])
		}}, nil)
		if err != nil || !slices.Equal(got.Alphas, c.want) || got.Colors[0] != [3]uint8{200, 1, 0} {
			t.Errorf("%v: alphas are %v, colors %v, want %v: %v", c.alphas, got.Alphas, got.Colors, c.want, err)
		}
	}
}

func TestRecenter(t *testing.T) {
	at := [3]float64{512345.678, 4123456.789, 100.25}
	g := &generated{info: cloud.Info{Points: 1000}, some: 100, make: func(i int, b *cloud.Batch) {
		b.Points = append(b.Points, [3]float64{at[0] + float64(i)*0.001, at[1], at[2]})
	}}
	c, err := cloud.Collect(g, &cloud.CollectOptions{Recenter: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range c.Points {
		if x := c.Origin[0] + float64(p[0]); math.Abs(x-at[0]-float64(i)*0.001) > 1e-6 {
			t.Fatalf("point %d is at %v", i, x)
		}
	}
	lo, hi, ok := c.Bounds()
	if !ok || math.Abs(float64(hi[0]-lo[0])-0.999) > 1e-6 || c.Origin[2] != 100 {
		t.Errorf("bounds %v to %v around %v", lo, hi, c.Origin)
	}
	if _, _, ok := new(cloud.Cloud).Bounds(); ok {
		t.Error("no points have bounds")
	}
}

func TestCollectFails(t *testing.T) {
	broken := errors.New("broken")
	g := shape("line", 1000, 10)
	g.fail, g.failAt = broken, 500
	if _, err := cloud.Collect(g, nil); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	for _, known := range []int64{1000, -1} {
		g := shape("line", 1000, 10)
		if _, err := cloud.Collect(unknown{g, known}, &cloud.CollectOptions{Limit: 300}); err == nil || !strings.Contains(err.Error(), "limit is 300") {
			t.Errorf("the error is %v", err)
		}
	}
}

// unknown claims another number of points.
type unknown struct {
	*generated
	points int64
}

func (u unknown) Info() cloud.Info { return cloud.Info{Points: u.points} }

func TestSourceOf(t *testing.T) {
	c, err := cloud.Collect(numbered(20_000, false), &cloud.CollectOptions{Fields: []string{"number"}})
	if err != nil {
		t.Fatal(err)
	}
	again, err := cloud.Collect(cloud.SourceOf(c), &cloud.CollectOptions{Fields: []string{"number", "absent"}})
	if err != nil {
		t.Fatal(err)
	}
	again.Dropped, again.Total = c.Dropped, c.Total
	if !reflect.DeepEqual(c, again) {
		t.Error("a cloud changed by way of its source")
	}
}

func TestThin(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	points := make([][3]float32, 100_000)
	for i := range points {
		points[i] = [3]float32{r.Float32(), r.Float32(), 0}
	}
	points[5] = [3]float32{float32(math.NaN()), 0, 0}
	chosen := cloud.Thin(points, 1000)
	if len(chosen) > 1000 || len(chosen) < 600 || !slices.IsSorted(chosen) || slices.Contains(chosen, 5) {
		t.Errorf("%d are chosen", len(chosen))
	}
	if got := cloud.Thin(points[:3], 3); !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("of 3 points %v are chosen", got)
	}
	if got := cloud.Thin(points, 0); got != nil {
		t.Errorf("%v are chosen of none", got)
	}
}

func FuzzThin(f *testing.F) {
	f.Add([]byte("some coordinates of points, as bytes"), 3)
	f.Add([]byte(strings.Repeat("\x7f\x7f\xff\xff", 60)), 2)
	f.Fuzz(func(t *testing.T, data []byte, limit int) {
		limit = max(0, min(limit, 1<<20))
		var points [][3]float32
		for ; len(data) >= 12; data = data[12:] {
			var p [3]float32
			for axis := range p {
				p[axis] = math.Float32frombits(uint32(data[4*axis]) | uint32(data[4*axis+1])<<8 | uint32(data[4*axis+2])<<16 | uint32(data[4*axis+3])<<24)
			}
			points = append(points, p)
		}
		if chosen := cloud.Thin(points, limit); len(chosen) > limit || !slices.IsSorted(chosen) {
			t.Fatalf("%v are chosen of %d, at a limit of %d", chosen, len(points), limit)
		}
	})
}

// BenchmarkThin counts 12 bytes a point.
func BenchmarkThin(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	points := make([][3]float32, 10_000_000)
	for i := range points {
		points[i] = [3]float32{r.Float32(), r.Float32(), 0}
	}
	b.SetBytes(int64(len(points)) * 12)
	b.ReportAllocs()
	for b.Loop() {
		cloud.Thin(points, 500_000)
	}
}

func ExampleThin() {
	points := make([][3]float32, 1000)
	for i := range points {
		points[i] = [3]float32{float32(i % 10), float32(i / 10 % 10), 0} // ten of each
	}
	fmt.Println(len(cloud.Thin(points, 100)))
	// Output: 100
}
