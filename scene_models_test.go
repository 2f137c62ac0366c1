package viser_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/transform"
)

var (
	corner      = [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
	cornerFaces = [][3]uint32{{0, 1, 2}}
	twoPlaces   = [][3]float32{{0, 0, 0}, {5, 6, 7}}
	twoTurns    = [][4]float32{{1, 0, 0, 0}, {0.5, 0.5, 0.5, 0.5}}
)

// emptyGLB is the smallest file that there can be.
func emptyGLB() []byte { return gltf.Pack([]byte(`{"asset":{"version":"2.0"}}`), nil) }

func TestBatchedMeshes(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		b := s.Scene().AddBatchedMeshes("/b", corner, cornerFaces, nil, twoPlaces, &viser.BatchedMeshesOptions{
			AxisScales: [][3]float32{{1, 2, 3}, {4, 5, 6}},
			Opacities:  []float32{0.5, 1},
			LOD:        viser.LOD{Levels: []viser.LODLevel{{Distance: 10, Ratio: 0.5}}},
		})
		p.catchUp()
		m := last[*wire.BatchedMeshesMessage](p).Props
		if diff := cmp.Diff([]float32{1, 0, 0, 0, 1, 0, 0, 0}, m.BatchedWXYZs.Float32s()); diff != "" {
			t.Error(diff)
		}
		if m.BatchedScales.Len() != 6 || m.BatchedColors.Len() != 3 || m.BatchedOpacities.Len() != 2 || len(m.Lod.Levels) != 1 {
			t.Errorf("%+v", m)
		}
		p.frames = nil
		b.SetPoses(twoTurns, [][3]float32{{1, 1, 1}, {2, 2, 2}})
		p.catchUp()
		if u := last[*wire.SceneNodeUpdateMessage](p); len(u.Updates) != 2 || len(p.frames) != 1 {
			t.Errorf("orientations and positions are not one change: %+v", u.Updates)
		}
		b.SetPoses(nil, twoPlaces)
		p.catchUp()
		if u := last[*wire.SceneNodeUpdateMessage](p); len(u.Updates) != 1 {
			t.Errorf("orientations that stay were sent: %+v", u.Updates)
		}
		wxyzs, positions := b.Poses()
		if diff := cmp.Diff(twoTurns, wxyzs) + cmp.Diff(twoPlaces, positions); diff != "" {
			t.Error(diff)
		}
		b.SetColors([]viser.RGB{{1, 2, 3}, {4, 5, 6}})
		b.SetInstances(nil, twoPlaces[:1], viser.InstanceScales{Scales: []float32{3}}, nil, nil)
		if b.Len() != 1 || !slices.Equal(b.Colors(), []viser.RGB{{90, 200, 255}}) || b.Opacities() != nil || b.Scales().Scales[0] != 3 {
			t.Errorf("%d instances, colors %v, opacities %v, scales %+v", b.Len(), b.Colors(), b.Opacities(), b.Scales())
		}
		b.SetScales(viser.InstanceScales{})
		b.SetLOD(viser.LOD{Off: true})
		p.catchUp()
		p.seen = nil
		b.SetLOD(viser.LOD{Off: true})
		b.SetColors(b.Colors())
		b.SetGeometry(b.Vertices(), b.Faces())
		if ms := p.catchUp(); len(ms) != 0 {
			t.Errorf("setting what is set was sent: %q", types(ms))
		}
		late := open(t, s, true)
		if m := last[*wire.BatchedMeshesMessage](late).Props; m.Lod.Mode != "off" || !m.BatchedScales.IsNull() || !m.BatchedOpacities.IsNull() {
			t.Errorf("a late page is told %+v", m)
		}
	})
}

func TestInstanceIndexOfAClick(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		b := s.Scene().AddBatchedMeshes("/b", corner, cornerFaces, nil, twoPlaces, nil)
		got := make(chan int, 1)
		b.OnClick(func(_ context.Context, e viser.ClickEvent) { got <- e.InstanceIndex })
		p.catchUp()
		p.Receive(&wire.SceneNodeClickMessage{Name: "/b", InstanceIndex: new(1)})
		if i := <-got; i != 1 {
			t.Errorf("instance %d", i)
		}
	})
}

func TestGLB(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sc, data := s.Scene(), emptyGLB()
		g, err := sc.AddGLB("/g", data, &viser.GLBOptions{Scale: viser.Uniform(2)})
		if err != nil {
			t.Fatal(err)
		}
		data[12] = 99 // the caller's own, from now on
		if !slices.Equal(g.Data(), emptyGLB()) {
			t.Error("the model changed with the program's slice")
		}
		if err := g.SetData([]byte("nothing of the kind, at all")); err == nil || !strings.Contains(err.Error(), `"/g"`) {
			t.Errorf("broken bytes: %v", err)
		}
		if _, err := sc.AddGLB("/broken", nil, nil); err == nil {
			t.Error("no bytes are a GLB")
		}
		if _, err := sc.AddBatchedGLB("/broken", []byte("glTF"), nil, twoPlaces, nil); err == nil {
			t.Error("four bytes are a GLB")
		}
		if _, ok := sc.Node("/broken"); ok {
			t.Error("an error left a node behind")
		}
		b, err := sc.AddBatchedGLB("/b", emptyGLB(), twoTurns, twoPlaces, nil)
		if err != nil {
			t.Fatal(err)
		}
		b.SetInstances(nil, twoPlaces[1:], viser.InstanceScales{Scales: []float32{2}})
		b.SetPoses(nil, [][3]float32{{1, 2, 3}})
		b.SetScales(viser.InstanceScales{AxisScales: [][3]float32{{1, 2, 3}}})
		b.SetLOD(viser.LOD{Off: true})
		if err := b.SetData(append(emptyGLB(), 0)); err != nil || len(b.Data()) != len(emptyGLB())+1 {
			t.Error("the new bytes are not there: ", err)
		}
		p.catchUp()
		p.seen = nil
		if err := b.SetData(b.Data()); err != nil || len(p.catchUp()) != 0 {
			t.Error("the same bytes were sent again: ", err)
		}
		if b.Len() != 1 || !b.LOD().Off || b.Scales().AxisScales[0] != [3]float32{1, 2, 3} {
			t.Errorf("%d instances, %+v, %+v", b.Len(), b.LOD(), b.Scales())
		}
	})
}

func TestSkinnedMesh(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		bones := []viser.Pose{{}, {Translation: viser.Vec3{1, 0, 0}}, {}, {}, {}}
		m := s.Scene().AddSkinnedMesh("/m", corner, cornerFaces, bones, [][]float32{
			{0.1, 0.5, 0.2, 0.05, 0.15}, {1, 0, 0, 0, 0}, {0, 0, 0, 0, 1},
		}, nil)
		p.catchUp()
		props := last[*wire.SkinnedMeshMessage](p).Props
		if diff := cmp.Diff([]float32{0.1, 0.15, 0.2, 0.5}, props.SkinWeights.Float32s()[:4]); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]byte{0, 0, 4, 0, 2, 0, 1, 0}, props.SkinIndices.Data[:8]); diff != "" {
			t.Error(diff)
		}
		second := m.Bones()[1]
		if second.Position() != (viser.Vec3{1, 0, 0}) || second.WXYZ() != transform.SO3Identity() {
			t.Errorf("at rest %v %v", second.WXYZ(), second.Position())
		}
		p.seen = nil
		second.SetPosition(viser.Vec3{1, 0, 0})
		if ms := p.catchUp(); len(ms) != 0 {
			t.Errorf("a bone that stays was moved: %q", types(ms))
		}
		turned := viser.Quat{W: 0.5, X: 0.5, Y: 0.5, Z: 0.5}
		second.SetWXYZ(turned)
		second.SetPosition(viser.Vec3{3, 2, 1})
		late := open(t, s, true)
		if o := last[*wire.SetBoneOrientationMessage](late); o.BoneIndex != 1 || o.WXYZ != [4]float64{0.5, 0.5, 0.5, 0.5} {
			t.Errorf("a late page is told %+v", o)
		}
		if o := last[*wire.SetBonePositionMessage](late); o.Name != "/m" || o.Position != [3]float64{3, 2, 1} {
			t.Errorf("a late page is told %+v", o)
		}
		if got := last[*wire.SkinnedMeshMessage](late).Props.BonePositions.Float32s()[3:6]; !slices.Equal(got, []float32{1, 0, 0}) {
			t.Errorf("the rest pose moved with the bone: %v", got)
		}
		misused(t, "no rotation", func() { second.SetWXYZ(viser.Quat{}) })
		misused(t, "no place", func() { second.SetPosition(viser.Vec3{math.NaN()}) })
		misused(t, "fewer vertices", func() { m.SetVertices(nil) })
		m.SetVertices([][3]float32{{0, 0, 1}, {1, 0, 1}, {0, 1, 1}})
		m.SetFaces([][3]uint32{{2, 1, 0}})
		if m.Faces()[0] != [3]uint32{2, 1, 0} || m.Vertices()[1] != [3]float32{1, 0, 1} {
			t.Error("the geometry cannot be read back")
		}
		m.Remove()
		second.SetWXYZ(transform.SO3Identity())
		if second.WXYZ() != turned || !log.has("removed scene node") {
			t.Error("a bone of a removed mesh turned")
		}
	})
}

func TestMisuseOfModels(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sc := s.Scene()
		batch := func(wxyzs [][4]float32, o viser.BatchedMeshesOptions) func() {
			return func() { sc.AddBatchedMeshes("/x", corner, cornerFaces, wxyzs, twoPlaces, &o) }
		}
		b := sc.AddBatchedMeshes("/b", corner, cornerFaces, nil, twoPlaces, nil)
		bone := []viser.Pose{{}}
		pull := [][]float32{{1}, {1}, {1}}
		nan := float32(math.NaN())
		for name, f := range map[string]func(){
			"face past vertices": func() { sc.AddBatchedMeshes("/x", corner, [][3]uint32{{0, 1, 3}}, nil, twoPlaces, nil) },
			"orientations":       batch(twoTurns[:1], viser.BatchedMeshesOptions{}),
			"colors":             batch(nil, viser.BatchedMeshesOptions{Colors: make([]viser.RGB, 3)}),
			"opacities":          batch(nil, viser.BatchedMeshesOptions{Opacities: []float32{1}}),
			"opacity of 2":       batch(nil, viser.BatchedMeshesOptions{Opacities: []float32{1, 2}}),
			"opacity of NaN":     batch(nil, viser.BatchedMeshesOptions{Opacities: []float32{1, nan}}),
			"scales":             batch(nil, viser.BatchedMeshesOptions{Scales: []float32{1}}),
			"axis scales":        batch(nil, viser.BatchedMeshesOptions{AxisScales: make([][3]float32, 3)}),
			"both scales":        batch(nil, viser.BatchedMeshesOptions{Scales: make([]float32, 2), AxisScales: make([][3]float32, 2)}),
			"levels and off":     batch(nil, viser.BatchedMeshesOptions{LOD: viser.LOD{Off: true, Levels: []viser.LODLevel{{}}}}),
			"ratio":              batch(nil, viser.BatchedMeshesOptions{LOD: viser.LOD{Levels: []viser.LODLevel{{Ratio: 2}}}}),
			"distance":           batch(nil, viser.BatchedMeshesOptions{LOD: viser.LOD{Levels: []viser.LODLevel{{Distance: -1}}}}),
			"more poses":         func() { b.SetPoses(nil, make([][3]float32, 3)) },
			"fewer turns":        func() { b.SetPoses(twoTurns[:1], nil) },
			"fewer colors":       func() { b.SetColors(make([]viser.RGB, 3)) },
			"more opacities":     func() { b.SetOpacities(make([]float32, 3)) },
			"empty GLB name":     func() { _, _ = sc.AddGLB("", nil, nil) },
			"no bone":            func() { sc.AddSkinnedMesh("/x", corner, cornerFaces, nil, make([][]float32, 3), nil) },
			"rows":               func() { sc.AddSkinnedMesh("/x", corner, cornerFaces, bone, pull[:2], nil) },
			"columns":            func() { sc.AddSkinnedMesh("/x", corner, cornerFaces, make([]viser.Pose, 2), pull, nil) },
			"weight of NaN":      func() { sc.AddSkinnedMesh("/x", corner, cornerFaces, bone, [][]float32{{1}, {1}, {nan}}, nil) },
			"bone at infinity": func() {
				sc.AddSkinnedMesh("/x", corner, cornerFaces, []viser.Pose{{Translation: viser.Vec3{math.Inf(1)}}}, pull, nil)
			},
		} {
			misused(t, name, f)
		}
		if _, ok := sc.Node("/x"); ok {
			t.Error("a misuse left a node behind")
		}
	})
}
