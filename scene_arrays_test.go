package viser_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestArraysAreCopiedAndRead(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		points := [][3]float32{{0, 0.5, 1}, {2, 3, 4}}
		colors := []viser.RGB{{1, 2, 3}, {4, 5, 6}}
		pc := s.Scene().AddPointCloud("/pc", points, colors, nil)
		points[0], colors[0] = [3]float32{9, 9, 9}, viser.RGB{9, 9, 9}
		if diff := cmp.Diff([][3]float32{{0, 0.5, 1}, {2, 3, 4}}, pc.Points()); diff != "" || pc.Colors()[0] != (viser.RGB{1, 2, 3}) {
			t.Error("the cloud changed with the program's slice: ", diff)
		}
		p.catchUp()
		if m := last[*wire.PointCloudMessage](p); m.Props.Points.DType != wire.Float16 || len(m.Props.Points.Data) != 12 || len(m.Props.Colors.Data) != 6 {
			t.Errorf("%+v", m.Props)
		}
		p.frames = nil
		pc.SetPoints(points[:1], []viser.RGB{{7, 7, 7}})
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 2 || len(p.frames) != 1 {
			t.Errorf("points and colors are not one change: %+v", m.Updates)
		}
		pc.SetPrecision(viser.Float32)
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); m.Updates[1].Value.(wire.Array).DType != wire.Float32 || pc.Precision() != viser.Float32 {
			t.Errorf("%+v", m.Updates)
		}
		misused(t, "colors", func() { pc.SetColors(make([]viser.RGB, 3)) })

		lines := s.Scene().AddLineSegments("/l", [][2][3]float32{{{0, 0, 0}, {1, 1, 1}}, {{2, 2, 2}, {3, 3, 3}}}, [][2]viser.RGB{{{5, 5, 5}, {5, 5, 5}}}, nil)
		if lines.Points()[1][1] != [3]float32{3, 3, 3} || len(lines.Colors()) != 1 {
			t.Error("the lines cannot be read back")
		}
		lines.SetColors([][2]viser.RGB{{{1, 1, 1}, {2, 2, 2}}, {{3, 3, 3}, {4, 4, 4}}})
		if lines.Colors()[1][0] != (viser.RGB{3, 3, 3}) {
			t.Error("the colors cannot be read back")
		}
		mesh := s.Scene().AddMesh("/m", points, [][3]uint32{{0, 1, 1}}, nil)
		if mesh.Faces()[0] != [3]uint32{0, 1, 1} || len(mesh.Vertices()) != 2 {
			t.Error("the mesh cannot be read back")
		}
		mesh.SetVertices([][3]float32{{1, 1, 1}, {2, 2, 2}})
		misused(t, "fewer vertices", func() { mesh.SetVertices(nil) })
		misused(t, "faces past the vertices", func() { mesh.SetGeometry(points, [][3]uint32{{0, 1, 2}}) })
	})
}

// TestEmptyArraysAreNodes adds nodes of nothing: programs start with no data.
func TestEmptyArraysAreNodes(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sc := s.Scene()
		one := [][3]float32{{1, 2, 3}}
		sc.AddPointCloud("/points", nil, nil, nil)
		sc.AddPointCloud("/points of one color", nil, []viser.RGB{{1, 2, 3}}, nil)
		sc.AddLineSegments("/lines", nil, nil, nil)
		sc.AddArrows("/arrows", nil, nil, nil)
		sc.AddMesh("/mesh", nil, nil, nil)
		sc.AddMesh("/looks", nil, nil, &viser.MeshOptions{VertexColors: []viser.RGB{}, Normals: [][3]float32{}, UVs: [][2]float32{}, Texture: chequers()})
		sc.AddBatchedMeshes("/meshes", nil, nil, nil, nil, nil)
		sc.AddBatchedAxes("/axes", nil, nil, nil)
		sc.AddSplineCatmullRom("/spline", nil, nil)
		sc.AddSplineCatmullRom("/spline of one", one, &viser.CatmullRomSplineOptions{Closed: true})
		sc.AddSplineCubicBezier("/chain", nil, nil, nil)
		sc.AddSplineCubicBezier("/chain of one", one, nil, nil)
		sc.AddLabel("/label", "", nil)
		p.catchUp()
		seen := fmt.Sprint(len(all[*wire.PointCloudMessage](p)), len(all[*wire.LineSegmentsMessage](p)), len(all[*wire.ArrowMessage](p)),
			len(all[*wire.MeshMessage](p)), len(all[*wire.BatchedMeshesMessage](p)), len(all[*wire.BatchedAxesMessage](p)),
			len(all[*wire.CatmullRomSplineMessage](p)), len(all[*wire.CubicBezierSplineMessage](p)), len(all[*wire.LabelMessage](p)))
		if seen != "2 1 1 2 1 1 2 2 1" {
			t.Errorf("the client received %s nodes", seen)
		}
	})
}

// TestReplacedCloudsAreNotKept: of a cloud that is replaced again and again the server keeps the last one, once it is
// sent, whether it is a new node or has new points.
func TestReplacedCloudsAreNotKept(t *testing.T) {
	const n, size = 1_500_000, 1_500_000 * 15 // windows of less may be kept for some time
	points, colors := make([]viser.Vec3f, n), make([]viser.RGB, n)
	opts := &viser.PointCloudOptions{Precision: viser.Float32}
	for _, way := range []string{"added", "set"} {
		t.Run(way, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
				p, err := s.JoinTestPage(true)
				if err != nil {
					t.Fatal(err)
				}
				defer p.Leave()
				cloud := s.Scene().AddPointCloud("/cloud", points[:1], colors[:1], opts)
				take(t, p)
				before := heap()
				for i := range 5 {
					points[0][0]++
					if way == "set" {
						cloud.SetPoints(points, colors)
					} else {
						cloud = s.Scene().AddPointCloud("/cloud", points, colors, opts)
					}
					if i%2 == 0 {
						take(t, p)
					}
				}
				take(t, p)
				s.Scene().AddFrame("/f", nil) // the last window is kept until the next one
				take(t, p)
				// What earlier tests have left may be freed in between: hence less than one cloud is accepted.
				if grown := heap() - before; grown < size*9/10 || grown > size*13/10 {
					t.Errorf("the heap has grown by %.2f clouds", float64(grown)/size)
				}
				runtime.KeepAlive(cloud)
			})
		})
	}
}

// take takes all frames that are due, and keeps none of them.
func take(t *testing.T, p *viser.TestPage) {
	t.Helper()
	for {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		_, err := p.Next(ctx)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
