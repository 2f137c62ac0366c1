package viser_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

var (
	corner      = [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
	cornerFaces = [][3]uint32{{0, 1, 2}}
	twoPlaces   = [][3]float32{{0, 0, 0}, {5, 6, 7}}
	twoTurns    = [][4]float32{{1, 0, 0, 0}, {0.5, 0.5, 0.5, 0.5}}
)

func TestBatchedAxes(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sc := s.Scene()
		positions := [][3]float32{{1, 0, 0}, {2, 0, 0}}
		axes := sc.AddBatchedAxes("/a", nil, positions, &viser.BatchedAxesOptions{AxesLength: 2})
		wxyzs, places := axes.Poses()
		if diff := cmp.Diff([][4]float32{{1}, {1}}, wxyzs); diff != "" || len(places) != 2 || axes.Len() != 2 {
			t.Error(diff, places)
		}
		axes.SetScales(viser.InstanceScales{Scales: []float32{1, 2}})
		p.catchUp()
		p.frames = nil
		axes.SetInstances(nil, positions[:1], viser.InstanceScales{AxisScales: [][3]float32{{1, 2, 3}}})
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 3 || len(p.frames) != 1 {
			t.Errorf("not one change: %+v", m.Updates)
		}
		if got := axes.Scales().AxisScales; len(got) != 1 || got[0] != [3]float32{1, 2, 3} || axes.Len() != 1 {
			t.Errorf("scales %v", got)
		}
		misused(t, "poses", func() { axes.SetPoses(nil, positions) })
		misused(t, "scales", func() { axes.SetScales(viser.InstanceScales{Scales: []float32{1, 2}}) })
		misused(t, "orientations", func() { sc.AddBatchedAxes("/a", make([][4]float32, 3), positions, nil) })
		misused(t, "a size", func() { axes.SetAxesLength(-1) })
		misused(t, "a size at first", func() { sc.AddBatchedAxes("/a", nil, nil, &viser.BatchedAxesOptions{AxesRadius: math.NaN()}) })
		sc.AddBatchedAxes("/none", nil, nil, nil)
	})
}

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
			t.Errorf("a late client receives %+v", m)
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
