package viser_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestVoxels(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p := open(t, s, true)
		far := int32(1 << 21)
		cells := [][3]int32{{0, 0, 0}, {-1, 2, 3}, {far, -far, 7}, {0, 0, 0}}
		v := s.Scene().AddVoxels("/v", cells, nil, &viser.VoxelsOptions{CellSize: viser.Vec3{0.1, 2, 0.003}})
		if diff := cmp.Diff(cells, v.Cells()); diff != "" || v.Len() != 4 || v.CellSize() != (viser.Vec3{0.1, 2, 0.003}) {
			t.Errorf("%d cells: %s", v.Len(), diff)
		}
		p.catchUp()
		if m := last[*wire.VoxelsMessage](p); m.Props.Points.Len() != 12 || m.Props.Colors.Len() != 3 || m.Props.CellSize[1] != 2 {
			t.Errorf("%+v", m.Props)
		}
		p.frames = nil
		v.SetCells(cells[:2], []viser.RGB{{1, 2, 3}, {4, 5, 6}})
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 2 || len(p.frames) != 1 {
			t.Errorf("cells and colors are not one change: %+v", m.Updates)
		}
		v.Append([][3]int32{{5, 5, 5}}, []viser.RGB{{7, 8, 9}})
		v.SetRange(0, [][3]int32{{9, 9, 9}}, nil)
		p.catchUp()
		var parts []string
		for _, m := range all[*wire.SceneNodePatchMessage](p) {
			for _, patch := range m.Patches {
				parts = append(parts, patch.Property)
			}
		}
		if slices.Sort(parts); !slices.Equal(slices.Compact(parts), []string{"colors", "points"}) {
			t.Errorf("%v were changed in part", parts)
		}
		if diff := cmp.Diff([][3]int32{{9, 9, 9}, {-1, 2, 3}, {5, 5, 5}}, v.Cells()); diff != "" || v.Colors()[2] != (viser.RGB{7, 8, 9}) {
			t.Error(diff)
		}
		v.Truncate(1)
		v.SetCells(nil, nil)
		if v.Len() != 0 || len(v.Cells()) != 0 {
			t.Error("cells remain")
		}
	})
}

// TestVoxelsOnPlainPages: upstream viser's client gets a square point for each cell, and what changes of them.
func TestVoxelsOnPlainPages(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p := open(t, s, false)
		v := s.Scene().AddVoxels("/v", [][3]int32{{0, 1, 2}}, nil, &viser.VoxelsOptions{CellSize: viser.Uniform(2)})
		p.catchUp()
		m := last[*wire.PointCloudMessage](p)
		if diff := cmp.Diff([]float32{1, 3, 5}, m.Props.Points.Float32s()); diff != "" || m.Name != "/v" ||
			m.Props.PointSize != 1 || m.Props.PointShape != wire.PointShapeSquare || m.Props.Precision != wire.PointPrecisionFloat32 {
			t.Errorf("%+v: %s", m, diff)
		}
		v.SetShowEdges(true)
		v.Append([][3]int32{{1, 1, 1}}, nil)
		p.catchUp()
		update := last[*wire.SceneNodeUpdateMessage](p)
		if len(update.Updates) != 1 || update.Updates[0].Value.(wire.Array).Len() != 6 {
			t.Errorf("%+v", update.Updates)
		}
		v.Remove()
		p.catchUp()
		if got := last[*wire.RemoveSceneNodeMessage](p); got.Name != "/v" {
			t.Errorf("%+v", got)
		}
	})
}

func TestMisuseOfVoxels(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sc := s.Scene()
		two := make([][3]int32, 2)
		v := sc.AddVoxels("/v", two, nil, nil)
		for name, f := range map[string]func(){
			"colors":         func() { sc.AddVoxels("/x", two, make([]viser.RGB, 3), nil) },
			"far":            func() { sc.AddVoxels("/x", [][3]int32{{0, 1<<21 + 1, 0}}, nil, nil) },
			"far below":      func() { sc.AddVoxels("/x", [][3]int32{{0, 0, -1 << 31}}, nil, nil) },
			"size":           func() { sc.AddVoxels("/x", two, nil, &viser.VoxelsOptions{CellSize: viser.Vec3{1, 0, 1}}) },
			"negative size":  func() { sc.AddVoxels("/x", two, nil, &viser.VoxelsOptions{CellSize: viser.Vec3{1, -1, 1}}) },
			"empty name":     func() { sc.AddVoxels("", two, nil, nil) },
			"fewer colors":   func() { v.SetColors(make([]viser.RGB, 3)) },
			"range":          func() { v.SetRange(1, two, nil) },
			"far range":      func() { v.SetRange(0, [][3]int32{{1 << 22, 0, 0}}, nil) },
			"truncate":       func() { v.Truncate(3) },
			"append colors":  func() { v.Append(two, make([]viser.RGB, 3)) },
			"opacity":        func() { v.SetOpacity(2) },
			"set and colors": func() { v.SetCells(two, make([]viser.RGB, 5)) },
		} {
			misused(t, name, f)
		}
		if _, ok := sc.Node("/x"); ok || v.Len() != 2 {
			t.Error("a misuse left something behind")
		}
	})
}
