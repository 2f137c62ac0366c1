package viser_test

import (
	"math"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func grid(from, n int) [][3]float32 {
	out := make([][3]float32, n)
	for i := range out {
		out[i] = [3]float32{float32(from + i), 1, 0.5}
	}
	return out
}

func palette(from, n int) []viser.RGB {
	out := make([]viser.RGB, n)
	for i := range out {
		out[i] = viser.RGB{uint8(from + i), 2, 3}
	}
	return out
}

func turns(from, n int) [][4]float32 {
	out := make([][4]float32, n)
	for i := range out {
		out[i] = [4]float32{float32(from + i), 1, 0, 0}
	}
	return out
}

func fractions(n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = float32(i) / float32(n)
	}
	return out
}

func segments(from, n int) [][2][3]float32 {
	out := make([][2][3]float32, n)
	for i := range out {
		out[i] = [2][3]float32{{float32(from + i), 0, 0}, {1, 2, 3}}
	}
	return out
}

func pairs(from, n int) [][2]viser.RGB {
	out := make([][2]viser.RGB, n)
	for i := range out {
		out[i] = [2]viser.RGB{{uint8(from + i)}, {0, uint8(from + i)}}
	}
	return out
}

// join gives a copy of the slices one after another.
func join[T any](parts ...[]T) []T { return slices.Concat(parts...) }

var (
	triangle = [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
	oneFace  = [][3]uint32{{0, 1, 2}}
)

// partCases change a node /a in part and create a node /b with the expected result.
var partCases = map[string]func(sc *viser.Scene) (change func(), want func()){
	"points in their colors": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddPointCloud("/a", grid(0, 10), palette(0, 10), nil)
		return func() {
				a.SetRange(2, grid(50, 3), palette(50, 3))
				a.SetRange(9, nil, palette(70, 1))
				a.Append(grid(20, 2), palette(20, 2))
				a.Append(grid(30, 2), palette(30, 1))
				a.Truncate(13)
			}, func() {
				c := join(palette(0, 2), palette(50, 3), palette(5, 4), palette(70, 1), palette(20, 2), palette(30, 1))
				sc.AddPointCloud("/b", join(grid(0, 2), grid(50, 3), grid(5, 5), grid(20, 2), grid(30, 1)), c, nil)
			}
	},
	"points in one color": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddPointCloud("/a", grid(0, 10), palette(7, 1), &viser.PointCloudOptions{Precision: viser.Float32})
		return func() {
				a.Append(grid(10, 5), nil)
				a.Truncate(12)
				a.SetRange(0, grid(90, 1), nil)
			}, func() {
				sc.AddPointCloud("/b", join(grid(90, 1), grid(1, 11)), palette(7, 1), &viser.PointCloudOptions{Precision: viser.Float32})
			}
	},
	"points by number": func(sc *viser.Scene) (func(), func()) {
		by := &viser.ScalarsOptions{Range: &[2]float64{0, 10}}
		a := sc.AddPointCloud("/a", grid(0, 4), palette(0, 4), nil)
		a.SetScalars([]float32{1, 2, 3, 4}, by)
		return func() {
				a.SetScalarsAt(1, []float32{9, 8})
				a.Append(grid(4, 2), palette(4, 2))
				a.SetScalarsAt(4, []float32{7, 6})
				a.SetRange(0, grid(50, 1), nil)
			}, func() {
				sc.AddPointCloud("/b", join(grid(50, 1), grid(1, 5)), palette(0, 6), nil).SetScalars([]float32{1, 9, 8, 4, 7, 6}, by)
			}
	},
	"points that get their own colors": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddPointCloud("/a", grid(0, 3), palette(7, 1), nil)
		return func() {
				a.SetRange(1, nil, palette(8, 1))
				a.Append(grid(3, 1), palette(9, 1))
			}, func() {
				sc.AddPointCloud("/b", grid(0, 4), join(palette(7, 2)[:1], palette(8, 1), palette(7, 1), palette(9, 1)), nil)
			}
	},
	"points that are appended in other colors": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddPointCloud("/a", grid(0, 2), palette(7, 1), nil)
		return func() { a.Append(grid(2, 2), palette(9, 2)) },
			func() { sc.AddPointCloud("/b", grid(0, 4), join(palette(7, 1), palette(7, 1), palette(9, 2)), nil) }
	},
	"points out of nothing": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddPointCloud("/a", nil, nil, nil)
		return func() {
			a.Append(nil, nil)
			a.Append(grid(0, 30_000), palette(0, 1))
			a.Truncate(0)
			a.Append(grid(0, 2), palette(1, 2))
		}, func() { sc.AddPointCloud("/b", grid(0, 2), palette(1, 2), nil) }
	},
	"points of many pages": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddPointCloud("/a", grid(0, 50_000), palette(0, 50_000), &viser.PointCloudOptions{Precision: viser.Float32})
		return func() {
				a.SetRange(5_400, grid(0, 200), nil)
				a.Append(grid(9, 9_000), palette(9, 9_000))
			}, func() {
				sc.AddPointCloud("/b", join(grid(0, 5_400), grid(0, 200), grid(5_600, 44_400), grid(9, 9_000)), join(palette(0, 50_000), palette(9, 9_000)), &viser.PointCloudOptions{Precision: viser.Float32})
			}
	},
	"lines": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddLineSegments("/a", segments(0, 4), [][2]viser.RGB{{{7, 7, 7}, {7, 7, 7}}}, nil)
		return func() {
				a.Append(segments(4, 2), nil)
				a.SetRange(1, segments(40, 2), pairs(1, 2))
				a.Append(segments(6, 1), pairs(6, 1))
				a.Truncate(6)
				a.Append(segments(9, 1), pairs(9, 1))
			}, func() {
				gray := [][2]viser.RGB{{{7, 7, 7}, {7, 7, 7}}}
				sc.AddLineSegments("/b", join(segments(0, 1), segments(40, 2), segments(3, 3), segments(9, 1)), join(gray, pairs(1, 2), gray, gray, gray, pairs(9, 1)), nil)
			}
	},
	"arrows": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddArrows("/a", segments(0, 4), palette(0, 4), nil)
		return func() {
				a.SetRange(3, segments(40, 1), palette(40, 1))
				a.Append(segments(4, 2), palette(4, 2))
				a.Truncate(5)
			}, func() {
				sc.AddArrows("/b", join(segments(0, 3), segments(40, 1), segments(4, 1)), join(palette(0, 3), palette(40, 1), palette(4, 1)), nil)
			}
	},
	"instances": func(sc *viser.Scene) (func(), func()) {
		all := &viser.BatchedMeshesOptions{AxisScales: grid(0, 4), Colors: palette(0, 4), Opacities: fractions(4)}
		a := sc.AddBatchedMeshes("/a", triangle, oneFace, turns(1, 4), grid(0, 4), all)
		return func() {
				a.SetPoseRange(1, turns(10, 2), grid(10, 2))
				a.SetPoseRange(0, nil, grid(30, 1))
				a.SetScaleRange(2, viser.InstanceScales{AxisScales: grid(20, 1)})
				a.SetColorRange(3, palette(30, 1))
				a.SetOpacityRange(0, []float32{1, 0.75})
				a.AppendInstances(turns(5, 2), grid(5, 2), viser.InstanceScales{AxisScales: grid(5, 2)}, palette(5, 2), []float32{0.5, 0.25})
				a.Truncate(5)
			}, func() {
				sc.AddBatchedMeshes("/b", triangle, oneFace, join(turns(1, 1), turns(10, 2), turns(4, 1), turns(5, 1)), join(grid(30, 1), grid(10, 2), grid(3, 1), grid(5, 1)), &viser.BatchedMeshesOptions{
					AxisScales: join(grid(0, 2), grid(20, 1), grid(3, 1), grid(5, 1)),
					Colors:     join(palette(0, 3), palette(30, 1), palette(5, 1)), Opacities: []float32{1, 0.75, 0.5, 0.75, 0.5},
				})
			}
	},
	"plain instances": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddBatchedMeshes("/a", triangle, oneFace, nil, grid(0, 4), nil)
		return func() {
				a.AppendInstances(nil, grid(4, 2), viser.InstanceScales{}, nil, nil)
				a.SetColorRange(5, palette(9, 1))
			}, func() {
				blue := viser.RGB{90, 200, 255}
				sc.AddBatchedMeshes("/b", triangle, oneFace, nil, grid(0, 6), &viser.BatchedMeshesOptions{Colors: []viser.RGB{blue, blue, blue, blue, blue, {9, 2, 3}}})
			}
	},
	"models": func(sc *viser.Scene) (func(), func()) {
		a, _ := sc.AddBatchedGLB("/a", emptyGLB(), turns(0, 2), grid(0, 2), &viser.BatchedGLBOptions{Scales: []float32{1, 2}})
		return func() {
				a.AppendInstances(turns(2, 1), grid(2, 1), viser.InstanceScales{Scales: []float32{3}})
				a.SetPoseRange(0, turns(7, 1), nil)
				a.SetScaleRange(1, viser.InstanceScales{Scales: []float32{9}})
				a.Truncate(2)
			}, func() {
				_, _ = sc.AddBatchedGLB("/b", emptyGLB(), join(turns(7, 1), turns(1, 1)), grid(0, 2), &viser.BatchedGLBOptions{Scales: []float32{1, 9}})
			}
	},
	"axes": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddBatchedAxes("/a", turns(0, 2), grid(0, 2), &viser.BatchedAxesOptions{Scales: []float32{1, 2}})
		return func() {
				a.SetPoseRange(0, turns(7, 1), nil)
				a.SetScaleRange(1, viser.InstanceScales{Scales: []float32{9}})
				a.Truncate(0)
				a.AppendInstances(turns(3, 1), grid(3, 1), viser.InstanceScales{AxisScales: grid(2, 1)})
			}, func() {
				sc.AddBatchedAxes("/b", turns(3, 1), grid(3, 1), &viser.BatchedAxesOptions{AxisScales: grid(2, 1)})
			}
	},
	"splats with harmonics": func(sc *viser.Scene) (func(), func()) {
		many := func(from, n int) []viser.Vec3f {
			out := grid(from, n)
			for i := range out {
				for k := range out[i] {
					out[i][k] /= 100
				}
			}
			return out
		}
		blobs := make([][6]float32, 4)
		a := sc.AddGaussianSplats("/a", grid(0, 3), blobs[:3], palette(0, 3), fractions(3),
			&viser.GaussianSplatsOptions{Degree: 2, Harmonics: many(0, 24)})
		return func() {
				a.SetHarmonicsRange(1, many(50, 8))
				a.Append(grid(3, 2), blobs[:2], palette(3, 2), []float32{1, 1})
				a.Truncate(4)
				a.SetRange(0, grid(9, 1), blobs[:1], palette(0, 1), []float32{1})
			}, func() {
				sc.AddGaussianSplats("/b", join(grid(9, 1), grid(1, 3)), blobs, palette(0, 4), []float32{1, 1. / 3, 2. / 3, 1},
					&viser.GaussianSplatsOptions{Degree: 2, Harmonics: join(many(0, 8), many(50, 8), many(16, 8), make([]viser.Vec3f, 8))})
			}
	},
	"splats": func(sc *viser.Scene) (func(), func()) {
		a := sc.AddGaussianSplats("/a", grid(0, 3), make([][6]float32, 3), palette(0, 3), fractions(3), nil)
		return func() {
				a.SetRange(1, grid(10, 1), [][6]float32{{1, 0, 0, 1, 0, 1}}, palette(10, 1), []float32{1})
				a.Append(grid(4, 2), make([][6]float32, 2), palette(4, 2), []float32{1, 1})
				a.Truncate(4)
			}, func() {
				sc.AddGaussianSplats("/b", join(grid(0, 1), grid(10, 1), grid(2, 1), grid(4, 1)), [][6]float32{{}, {1, 0, 0, 1, 0, 1}, {}, {}},
					join(palette(0, 1), palette(10, 1), palette(2, 1), palette(4, 1)), []float32{0, 1, 2. / 3, 1}, nil)
			}
	},
}

// TestParts changes each kind in part: a late client receives the same as if the result
// had been set at once. Plain clients receive no parts.
func TestParts(t *testing.T) {
	for name, run := range partCases {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
				change, want := run(s.Scene())
				plain, extended := open(t, s, false), open(t, s, true)
				change()
				for _, p := range []*page{plain, extended} {
					for _, m := range p.catchUp() {
						if _, isPatch := m.(*wire.SceneNodePatchMessage); isPatch && p == plain {
							t.Error("a plain page was sent a part")
						}
					}
				}
				want()
				late := open(t, s, true)
				var a, b any
				for _, m := range late.seen {
					switch v := reflect.ValueOf(m).Elem(); v.FieldByName("Name").String() {
					case "/a":
						a = orNil(v, a)
					case "/b":
						b = orNil(v, b)
					}
				}
				if diff := cmp.Diff(b, a); diff != "" || a == nil {
					t.Error("what was changed in part is not what was meant (-want +got):\n", diff)
				}
			})
		})
	}
}

// orNil gives the message's properties, or what there was if it has none.
func orNil(m reflect.Value, was any) any {
	if p := m.FieldByName("Props"); p.IsValid() {
		return p.Interface()
	}
	return was
}

// TestPartsAreRead: getters return the whole array, and the whole can be set again.
func TestPartsAreRead(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		c := s.Scene().AddPointCloud("/c", grid(0, 4), palette(0, 4), nil)
		c.SetRange(1, grid(8, 1), palette(8, 1))
		if diff := cmp.Diff(join(grid(0, 1), grid(8, 1), grid(2, 2)), c.Points()); diff != "" || c.Colors()[1] != (viser.RGB{8, 2, 3}) || c.Len() != 4 {
			t.Error("the points cannot be read: ", diff)
		}
		p := open(t, s, true)
		points, colors := grid(8, 1), palette(8, 1)
		c.Append(points, colors)
		points[0][0], colors[0][0] = 99, 99
		if got := c.Points()[4]; got != grid(8, 1)[0] || c.Colors()[4] != palette(8, 1)[0] {
			t.Error("the cloud changed with the program's slice")
		}
		p.catchUp()
		if m := last[*wire.SceneNodePatchMessage](p); len(m.Patches) != 2 || m.Patches[0].Total != 15 || !slices.Equal(m.Patches[0].Ranges, []int{12, 3}) || len(p.frames) != 2 {
			t.Errorf("points and colors are not one change: %+v in %v", m, p.frames)
		}
		c.SetColors(palette(1, 1))
		c.SetPoints(grid(0, 2), palette(0, 2))
		c.SetPrecision(viser.Float32)
		c.Append(grid(2, 1), palette(2, 1))
		if diff := cmp.Diff(grid(0, 3), c.Points()); diff != "" {
			t.Error(diff)
		}
		c.Remove()
		c.Append(grid(2, 1), palette(2, 1))
		c.Truncate(1)
		if got := c.Len(); got != 3 {
			t.Errorf("a removed cloud has changed to %d points", got)
		}
	})
}

// TestPartsWhileRead changes a cloud while clients of both dialects read frames that
// share its memory, and the program reads it, for the race detector.
func TestPartsWhileRead(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		c := s.Scene().AddPointCloud("/c", grid(0, 30_000), palette(0, 30_000), &viser.PointCloudOptions{Precision: viser.Float32})
		plain, extended := open(t, s, false), open(t, s, true)
		var wg sync.WaitGroup
		wg.Go(func() {
			for i := range 200 {
				c.SetRange(100*i, grid(i, 2_000), palette(i, 2_000))
				c.Append(grid(i, 10), palette(i, 10))
				time.Sleep(time.Millisecond)
			}
		})
		wg.Go(func() {
			for range 20 {
				if points := c.Points(); points[29_999] != grid(29_999, 1)[0] {
					t.Error("a point changed that was not set")
				}
				time.Sleep(10 * time.Millisecond)
			}
		})
		for range 10 {
			plain.read()
			extended.read()
		}
		wg.Wait()
		plain.catchUp()
		for _, u := range last[*wire.SceneNodeUpdateMessage](plain).Updates {
			if u.Key == "points" && !wire.Vec3s(c.Points()).Equal(u.Value.(wire.Array)) {
				t.Error("the plain page sees other points")
			}
		}
	})
}

func TestPartsMisused(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sc := s.Scene()
		c := sc.AddPointCloud("/c", grid(0, 4), palette(0, 4), nil)
		one := sc.AddPointCloud("/one", grid(0, 4), palette(0, 1), nil)
		b := sc.AddBatchedMeshes("/b", triangle, oneFace, nil, grid(0, 4), nil)
		full := sc.AddBatchedMeshes("/full", triangle, oneFace, nil, grid(0, 2), &viser.BatchedMeshesOptions{
			Scales: []float32{1, 2}, Colors: palette(0, 2), Opacities: []float32{1, 1}})
		g := sc.AddGaussianSplats("/g", grid(0, 1), make([][6]float32, 1), palette(0, 1), []float32{1}, nil)
		some := viser.InstanceScales{Scales: []float32{1}}
		for name, f := range map[string]func(){
			"a range beyond the end":        func() { c.SetRange(3, grid(0, 2), nil) },
			"a range before the beginning":  func() { c.SetRange(-1, grid(0, 2), nil) },
			"an offset that overflows":      func() { c.SetRange(int(^uint(0)>>1), grid(0, 2), nil) },
			"colors beyond the end":         func() { c.SetRange(4, nil, palette(0, 1)) },
			"fewer colors than points":      func() { c.SetRange(0, grid(0, 2), palette(0, 1)) },
			"appended without colors":       func() { c.Append(grid(0, 2), nil) },
			"appended with too many colors": func() { c.Append(grid(0, 2), palette(0, 3)) },
			"colors without points":         func() { one.Append(nil, palette(0, 3)) },
			"more than there are":           func() { c.Truncate(5) },
			"less than none":                func() { c.Truncate(-1) },
			"poses beyond the end":          func() { b.SetPoseRange(4, nil, grid(0, 1)) },
			"fewer turns than positions":    func() { b.SetPoseRange(0, turns(0, 1), grid(0, 2)) },
			"scales of a batch without":     func() { b.SetScaleRange(0, some) },
			"opacities of a batch without":  func() { b.SetOpacityRange(0, []float32{1}) },
			"appended with scales":          func() { b.AppendInstances(nil, grid(0, 1), some, nil, nil) },
			"appended with opacities":       func() { b.AppendInstances(nil, grid(0, 1), viser.InstanceScales{}, nil, []float32{1}) },
			"appended without scales":       func() { full.AppendInstances(nil, grid(0, 1), viser.InstanceScales{}, palette(0, 1), []float32{1}) },
			"appended without instance colors": func() {
				full.AppendInstances(nil, grid(0, 1), some, nil, []float32{1})
			},
			"appended without opacities": func() { full.AppendInstances(nil, grid(0, 1), some, palette(0, 1), nil) },
			"scales of another sort":     func() { full.SetScaleRange(0, viser.InstanceScales{AxisScales: grid(0, 1)}) },
			"an opacity above 1":         func() { full.SetOpacityRange(0, []float32{2}) },
			"splats beyond the end":      func() { g.SetRange(1, grid(0, 1), make([][6]float32, 1), palette(0, 1), []float32{1}) },
			"harmonics of none":          func() { g.SetHarmonicsRange(0, grid(0, 3)) },
			"splats with more colors":    func() { g.Append(grid(0, 1), make([][6]float32, 1), palette(0, 2), []float32{1}) },
			"a splat that is nowhere": func() {
				g.Append([][3]float32{{float32(math.NaN()), 0, 0}}, make([][6]float32, 1), palette(0, 1), []float32{1})
			},
		} {
			misused(t, name, f)
		}
		if c.Len() != 4 || len(c.Colors()) != 4 || b.Len() != 4 || full.Len() != 2 || len(full.Opacities()) != 2 || g.Len() != 1 {
			t.Error("a misuse changed something")
		}
	})
}
