package robot

import (
	"log/slog"
	"math"
	"path/filepath"
	"sync"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/transform"
)

func newServer(t testing.TB) *viser.Server {
	s := viser.New(&viser.Options{Logger: slog.New(slog.DiscardHandler)})
	t.Cleanup(func() { s.Close() })
	return s
}

func node(t *testing.T, s *viser.Scene, name string) viser.Node {
	t.Helper()
	n, ok := s.Node(name)
	if !ok {
		t.Fatalf("there is no node %q", name)
	}
	return n
}

func TestAddMakesTheNodesOfViserUrdf(t *testing.T) {
	scene, r := newServer(t).Scene(), loadArm(t)
	h := Add(scene, "/robots/arm", r, &AddOptions{Collision: true})
	const visual, collision = "/robots/arm/visual", "/robots/arm/collision"
	for _, root := range []string{visual, collision} {
		for _, link := range []string{"/column", "/column/elbow", "/column/elbow/finger", "/column/elbow/thumb/nail"} {
			if _, ok := node(t, scene, root+link).(*viser.Frame); !ok {
				t.Errorf("%s is no frame", root+link)
			}
		}
	}
	box := node(t, scene, visual+"/plate").(*viser.Box)
	if box.Dimensions() != (viser.Vec3{0.4, 0.3, 0.1}) || box.Color() != (viser.RGB{51, 102, 153}) {
		t.Errorf("%v %v", box.Dimensions(), box.Color())
	}
	ball := node(t, scene, visual+"/column/elbow/sphere").(*viser.Icosphere)
	if ball.Opacity() != 0.5 || ball.Position() != (viser.Vec3{0.1, 0, 0}) || ball.Radius() != 0.06 {
		t.Errorf("%v %v %v", ball.Opacity(), ball.Position(), ball.Radius())
	}
	if c := node(t, scene, visual+"/column/elbow/capsule").(*viser.Mesh); len(c.Faces()) != 2*around*(2*rings) {
		t.Errorf("the capsule has %d triangles", len(c.Faces()))
	}
	// Mirrored: the triangles are turned.
	tip := node(t, scene, visual+"/column/elbow/finger/tip").(*viser.Mesh)
	if tip.Scale() != (viser.Vec3{0.1, 0.2, 0.1}) || tip.Color() != (viser.RGB{51, 102, 153}) {
		t.Errorf("%v %v", tip.Scale(), tip.Color())
	}
	if v := volume(tip); math.Abs(v-1.0/6) > 1e-6 {
		t.Errorf("the mirrored mesh has the volume %v", v)
	}
	node(t, scene, visual+"/column/elbow/finger/tip#2")
	node(t, scene, collision+"/cylinder")
	node(t, scene, collision+"/column/elbow/finger/tip")
	if n, ok := h.LinkNode("elbow"); !ok || n.Name() != visual+"/column/elbow" {
		t.Errorf("%v %v", n, ok)
	}
	if n, ok := h.LinkNode("base"); !ok || n.Name() != visual {
		t.Errorf("%v %v", n, ok)
	}
	if _, ok := h.LinkNode("none"); ok {
		t.Error("there is no such link")
	}
}

// The frames are those of viser's own ViserUrdf, with the same poses.
func TestFramesAreThoseOfViser(t *testing.T) {
	var want struct {
		Joints []string
		Cases  []struct{ Config []float64 }
		Viser  map[string][7]float64
	}
	readJSON(t, filepath.Join("testdata", "arm.json"), &want)
	scene, r := newServer(t).Scene(), loadArm(t)
	h := Add(scene, "/robots/arm", r, &AddOptions{Scale: 2})
	config := r.DefaultConfig()
	for i, name := range want.Joints {
		config[r.joints[r.byJoint[name]].Index] = want.Cases[len(want.Cases)-1].Config[i]
	}
	h.SetConfig(config)
	if len(want.Viser) != len(r.links) {
		t.Fatalf("viser has %d frames", len(want.Viser))
	}
	for name, p := range want.Viser {
		got := node(t, scene, name).Pose()
		q := transform.SO3FromWXYZ([4]float64(p[3:]))
		if !nearVec(got.Translation, viser.Vec3(p[:3]), 1e-9) || !nearMatrix(got.Rotation.Matrix(), q.Matrix(), 1e-9) {
			t.Errorf("%s is at %v, want %v", name, got, p)
		}
	}
}

// volume is that within a mesh: negative if its triangles are inside out.
func volume(m *viser.Mesh) (v float64) {
	p := m.Vertices()
	for _, f := range m.Faces() {
		a, b, c := p[f[0]], p[f[1]], p[f[2]]
		v += float64(a[0]*(b[1]*c[2]-b[2]*c[1])+a[1]*(b[2]*c[0]-b[0]*c[2])+a[2]*(b[0]*c[1]-b[1]*c[0])) / 6
	}
	return v
}

func TestCapsuleIsClosed(t *testing.T) {
	scene := newServer(t).Scene()
	var s shape
	s.capsule(0.5, 2)
	m := scene.AddMesh("/m", s.part.points, s.part.faces, &viser.MeshOptions{Normals: s.part.normals})
	if want := math.Pi * (0.25*2 + 4.0/3*0.125); math.Abs(volume(m)/want-1) > 0.03 {
		t.Errorf("the volume is %v, that of a round one %v", volume(m), want)
	}
}

func TestConfigMovesFrames(t *testing.T) {
	scene, r := newServer(t).Scene(), loadArm(t)
	h := Add(scene, "arm/", r, &AddOptions{Scale: 10, Collision: true, Config: []float64{0.2, 0, 0}})
	column := node(t, scene, "/arm/visual/column")
	if p := column.Position(); !nearVec(p, viser.Vec3{0, 0, 4}, 1e-12) {
		t.Errorf("the column is at %v", p)
	}
	h.SetConfig([]float64{0.3, 0.5, 1})
	h.SetJoint("turn", -0.5)
	if c := h.Config(); c[0] != 0.3 || c[1] != -0.5 || c[2] != 1 {
		t.Errorf("the configuration is %v", c)
	}
	names := map[string]string{"column": "/column", "elbow": "/column/elbow", "finger": "/column/elbow/finger", "thumb": "/column/elbow/thumb", "nail": "/column/elbow/thumb/nail"}
	for link, path := range names {
		i := r.byLink[link]
		want := r.local(i, h.Config())
		for _, root := range []string{"/arm/visual", "/arm/collision"} {
			got := node(t, scene, root+path).Pose()
			if !nearVec(got.Translation, times(want.Translation, 10), 1e-12) || !nearMatrix(got.Rotation.Matrix(), want.Rotation.Matrix(), 1e-12) {
				t.Errorf("%s is at %v, want %v", link, got, want)
			}
		}
	}
	h.Config()[0] = 9
	if h.Config()[0] != 0.3 {
		t.Error("Config is no copy")
	}
}

func TestOnlyLinksThatMoveAreSent(t *testing.T) {
	h := Add(newServer(t).Scene(), "/arm", loadArm(t), nil)
	sent := func() (names []string) {
		for _, u := range h.updates {
			names = append(names, u.Node.Name())
		}
		h.updates = h.updates[:0]
		return names
	}
	h.SetJoint("turn", 0.5)
	if got := sent(); len(got) != 1 || got[0] != "/arm/visual/column/elbow" {
		t.Errorf("%q", got)
	}
	h.SetJoint("grip", 0.5) // the thumb follows
	if got := sent(); len(got) != 2 {
		t.Errorf("%q", got)
	}
	h.SetConfig(h.Config())
	if got := sent(); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestColorsAreReplaced(t *testing.T) {
	scene := newServer(t).Scene()
	Add(scene, "/arm", loadArm(t), &AddOptions{Collision: true, Color: viser.RGB{1, 2, 3}, CollisionColor: viser.RGBA{4, 5, 6, 51}})
	if c := node(t, scene, "/arm/visual/plate").(*viser.Box).Color(); c != (viser.RGB{1, 2, 3}) {
		t.Error(c)
	}
	cylinder := node(t, scene, "/arm/collision/cylinder").(*viser.Cylinder)
	if cylinder.Color() != (viser.RGB{4, 5, 6}) || math.Abs(cylinder.Opacity()-0.2) > 1e-9 {
		t.Error(cylinder.Color(), cylinder.Opacity())
	}
}

func TestVisibilityAndRemoval(t *testing.T) {
	scene, r := newServer(t).Scene(), loadArm(t)
	own := scene.AddFrame("/arm", nil)
	h := Add(scene, "/arm", r, &AddOptions{Collision: true})
	h.SetVisualVisible(false)
	if h.VisualVisible() || !h.CollisionVisible() {
		t.Error("the wrong shapes are hidden")
	}
	h.SetCollisionVisible(false)
	if h.CollisionVisible() {
		t.Error("they are shown")
	}
	h.Remove()
	h.Remove()
	if !h.Removed() || own.Removed() {
		t.Error("too little or too much was removed")
	}
	if _, ok := scene.Node("/arm/visual/column"); ok {
		t.Error("a frame is left")
	}
	h.SetConfig([]float64{1, 1, 1}) // does nothing
	none := Add(scene, "/none", r, &AddOptions{NoVisual: true})
	none.SetVisualVisible(true)
	none.SetCollisionVisible(true)
	none.SetJoint("turn", 1)
	if none.VisualVisible() || none.CollisionVisible() {
		t.Error("there are no shapes")
	}
	if _, ok := none.LinkNode("elbow"); ok {
		t.Error("there is no node")
	}
}

func TestManyGoroutinesMoveARobot(t *testing.T) {
	server := newServer(t)
	h := Add(server.Scene(), "/arm", loadArm(t), &AddOptions{Collision: true})
	s := AddSliders(server.GUI().Container, h, nil)
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 50 {
				h.SetJoint("turn", float64(i)/100)
				h.SetConfig([]float64{0.2, float64(g), float64(i)})
				h.Config()
				h.SetVisualVisible(i%2 == 0)
			}
		})
	}
	wg.Wait()
	for _, j := range s.sliders[:1] {
		if got, want := j.slider.Value(), h.Config()[j.joint.Index]; got != want {
			t.Errorf("the slider is at %v, the joint at %v", got, want)
		}
	}
	pose, want := node(t, server.Scene(), "/arm/visual/column/elbow").Pose(), h.robot.local(h.robot.byLink["elbow"], h.Config())
	if !nearVec(pose.Translation, want.Translation, 1e-12) {
		t.Errorf("the elbow is at %v, want %v", pose, want)
	}
	s.Remove()
	h.Remove()
}
