package viser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestNamesOfAllSorts(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		deep := strings.Repeat("/level", 100)
		for _, name := range []string{"/a b", "/你好/🦀", "/double//slash", "/%2F", "/<b>\"", deep} {
			node := s.Scene().AddBox(name, nil)
			if node.Name() != name {
				t.Errorf("%q is called %q", name, node.Name())
			}
			if found, ok := s.Scene().Node(name); !ok || found != viser.Node(node) {
				t.Errorf("%q is not found", name)
			}
			p.catchUp()
			if m := last[*wire.BoxMessage](p); m.Name != name {
				t.Errorf("the page was told %q for %q", m.Name, name)
			}
		}
		// With the parents that were made for it.
		if !s.Scene().RemoveNode("/level") {
			t.Error("no parent")
		}
		p.catchUp()
		if n := len(all[*wire.RemoveSceneNodeMessage](p)); n != 100 {
			t.Errorf("%d of 100 levels were removed", n)
		}
	})
}

func TestANodeUnderARemovedParent(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		parent := s.Scene().AddFrame("/p", &viser.FrameOptions{Position: viser.Vec3{1, 0, 0}})
		parent.Remove()
		child := s.Scene().AddBox("/p/child", nil)
		parent.SetPosition(viser.Vec3{2, 0, 0}) // of a node that is gone: nothing happens
		p.catchUp()
		if f := last[*wire.FrameMessage](p); f.Name != "/p" || !f.Virtual {
			t.Errorf("the parent is %+v; want a virtual one", f)
		}
		if child.Removed() || !parent.Removed() {
			t.Error("the wrong one is gone")
		}
		for _, m := range all[*wire.SetPositionMessage](p) {
			if m.Name == "/p" && m.Position[0] == 2 {
				t.Error("the new parent was moved by the old one's handle")
			}
		}
		if !log.has("removed scene node") {
			t.Error("nobody was told")
		}
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
			t.Errorf("the page was told of %s nodes", seen)
		}
	})
}
