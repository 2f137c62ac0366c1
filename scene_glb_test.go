package viser_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/internal/wire"
)

// emptyGLB is the smallest file that there can be.
func emptyGLB() []byte { return gltf.Pack([]byte(`{"asset":{"version":"2.0"}}`), nil) }

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

// TestGLBPlayback: what is shown of a file, and how it moves, is for pages of ours.
func TestGLBPlayback(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := joinDialectAs(t, s, true, viser.RoleOperate, "")
		plain, _ := joinDialectAs(t, s, false, viser.RoleOperate, "")
		usual, err := s.Scene().AddGLB("/usual", emptyGLB(), nil)
		if err != nil {
			t.Fatal(err)
		}
		p.catchUp()
		if m := last[*wire.GlbMessage](p).Props; m.Scene != nil || m.Animation != nil || m.Paused != nil || m.AnimationTime != nil || m.AnimationSpeed != nil || m.AnimationOnce != nil {
			t.Errorf("sent %+v", m)
		}
		if usual.Scene() != nil || usual.Animation() != 0 || !usual.Playing() || usual.AnimationTime() != 0 || usual.AnimationSpeed() != 1 || usual.AnimationOnce() {
			t.Error("the getters do not give the defaults")
		}
		g, err := s.Scene().AddGLB("/g", emptyGLB(), &viser.GLBOptions{
			Scene: new(1), Animation: new(-9), Paused: true, AnimationTime: 0.5, AnimationSpeed: new(-2.0), AnimationOnce: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		p.catchUp()
		plain.catchUp()
		m := last[*wire.GlbMessage](p).Props
		if *m.Scene != 1 || *m.Animation != -1 || !*m.Paused || *m.AnimationTime != 0.5 || *m.AnimationSpeed != -2 || !*m.AnimationOnce {
			t.Errorf("sent %+v", m)
		}
		if m := last[*wire.GlbMessage](plain).Props; m.Scene != nil || m.AnimationTime != nil {
			t.Errorf("a plain page was sent %+v", m)
		}
		g.SetScene(nil)
		g.SetAnimation(2)
		g.SetPlaying(true)
		g.SetAnimationSpeed(1)
		g.SetAnimationOnce(false)
		g.SetAnimationTime(0)
		updates := func() (n int) {
			p.catchUp()
			for _, m := range all[*wire.SceneNodeUpdateMessage](p) {
				n += len(m.Updates)
			}
			return n
		}
		if n := updates(); n != 6 || g.Animation() != 2 || g.Scene() != nil || !g.Playing() || g.AnimationSpeed() != 1 || g.AnimationOnce() {
			t.Errorf("%d changes were sent; animation %d, scene %v", n, g.Animation(), g.Scene())
		}
		g.SetAnimationTime(0) // back to the start once more
		g.SetPlaying(true)
		g.SetAnimation(2)
		if n := updates(); n != 7 {
			t.Errorf("%d changes were sent", n)
		}
		for name, o := range map[string]*viser.GLBOptions{
			"scene": {Scene: new(-1)}, "time": {AnimationTime: math.NaN()}, "speed": {AnimationSpeed: new(math.Inf(1))},
		} {
			misused(t, name, func() { s.Scene().AddGLB("/bad", emptyGLB(), o) })
		}
		misused(t, "SetScene", func() { g.SetScene(new(-1)) })
		misused(t, "SetAnimationTime", func() { g.SetAnimationTime(math.Inf(-1)) })
		misused(t, "SetAnimationSpeed", func() { g.SetAnimationSpeed(math.NaN()) })
	})
}
