package viser_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/transform"
)

func TestPoses(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		packed := open(t, s, true)
		var nodes []viser.Node
		for i := range 10 {
			nodes = append(nodes, s.Scene().AddFrame(fmt.Sprint("/n", i), nil))
		}
		packed.catchUp()
		packed.frames, packed.seen = nil, nil
		updates := make([]viser.PoseUpdate, 10)
		for i, n := range nodes {
			turn := viser.AxisAngle(viser.Vec3{0, 0, 1}, float64(i+1))
			updates[i] = viser.PoseUpdate{Node: n, Pose: viser.Pose{Rotation: turn, Translation: viser.Vec3{float64(i + 1), 2, 3}}}
		}
		s.Scene().SetPoses(updates)
		packed.catchUp()
		if m := last[*wire.PackedPosesMessage](packed); len(packed.frames) != 1 || m.PositionIDs.Len() != 10 || m.WXYZs.Len() != 40 {
			t.Errorf("%d frames, %d positions", len(packed.frames), m.PositionIDs.Len())
		}
		if p := updates[3].Pose; nodes[3].Pose() != p || nodes[3].Position() != p.Translation || nodes[3].WXYZ() != p.Rotation {
			t.Error("what was set cannot be read")
		}
		s.Scene().SetPoses(updates)
		if ms := packed.catchUp(); len(ms) != 0 {
			t.Errorf("equal poses were sent: %q", types(ms))
		}
		nodes[0].SetPose(transform.SE3Identity())
		if nodes[0].WXYZ() != transform.SO3Identity() || nodes[0].Position() != (viser.Vec3{}) {
			t.Error("SetPose sets only one of the two")
		}
		good := viser.PoseUpdate{Node: nodes[1], Pose: transform.SE3Identity()}
		bad := viser.Pose{Rotation: transform.SO3Identity(), Translation: viser.Vec3{0, math.Inf(1), 0}}
		misused(t, "no node", func() { s.Scene().SetPoses([]viser.PoseUpdate{good, {Pose: transform.SE3Identity()}}) })
		misused(t, "infinite position", func() { s.Scene().SetPoses([]viser.PoseUpdate{good, {Node: nodes[2], Pose: bad}}) })
		if nodes[1].Pose() != updates[1].Pose {
			t.Error("a refused step was done in part")
		}
		place := viser.Vec3{1, 2, 3}
		nodes[0].SetPose(viser.Pose{Translation: place})
		s.Scene().SetPoses([]viser.PoseUpdate{{Node: nodes[1], Pose: viser.Pose{Translation: place}}})
		for _, n := range nodes[:2] {
			if want := transform.SE3FromTranslation(place); n.Pose() != want {
				t.Errorf("a pose without a rotation is %v, want %v", n.Pose(), want)
			}
		}
		misused(t, "infinite pose", func() { nodes[0].SetPose(bad) })
		misused(t, "NaN", func() { nodes[0].SetPosition(viser.Vec3{math.NaN()}) })
		misused(t, "infinite", func() { nodes[0].SetWXYZ(viser.Quat{W: math.Inf(1)}) })
		misused(t, "another server's node", func() { viser.NewTestServer(nil).Scene().SetPoses(updates) })
		_ = c
	})
}
