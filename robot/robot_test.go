package robot

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/mjcf"
	"github.com/viser-go/viser/transform"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var armFile = filepath.Join("testdata", "arm", "urdf", "arm.urdf")

func loadArm(t testing.TB) *Robot {
	t.Helper()
	r, err := Load(armFile, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func readJSON(t *testing.T, name string, v any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(data, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func nearVec(a, b viser.Vec3, within float64) bool {
	for i := range a {
		if !(math.Abs(a[i]-b[i]) <= within) {
			return false
		}
	}
	return true
}

func nearMatrix(a, b [3][3]float64, within float64) bool {
	return nearVec(a[0], b[0], within) && nearVec(a[1], b[1], within) && nearVec(a[2], b[2], within)
}

func TestPosesAreThoseOfYourdfpy(t *testing.T) {
	var want struct {
		Joints []string
		Cases  []struct {
			Config []float64
			Poses  map[string][4][4]float64
		}
	}
	readJSON(t, filepath.Join("testdata", "arm.json"), &want)
	r := loadArm(t)
	for _, c := range want.Cases {
		config := r.DefaultConfig()
		for i, name := range want.Joints {
			config[r.joints[r.byJoint[name]].Index] = c.Config[i]
		}
		all := r.Poses(config)
		for link, m := range c.Poses {
			pose, ok := r.Pose(link, config)
			got := pose.Matrix()
			for row := range 3 {
				if !ok || !nearVec(viser.Vec3(got[row][:3]), viser.Vec3(m[row][:3]), 1e-9) || math.Abs(got[row][3]-m[row][3]) > 1e-9 {
					t.Errorf("%s is at %v, want %v", link, got, m)
				}
			}
			if other := all[link]; !nearVec(other.Translation, pose.Translation, 1e-12) {
				t.Errorf("%s: Poses has %v, Pose %v", link, other, pose)
			}
		}
	}
	if _, ok := r.Pose("none", r.DefaultConfig()); ok {
		t.Error("there is no such link")
	}
}

type goldenPose struct {
	Name     string
	Body     int
	Position viser.Vec3
	Matrix   [3][3]float64
}

func TestPosesAreThoseOfMuJoCo(t *testing.T) {
	var want struct {
		QPos                          []float64
		Bodies, Geoms, Sites, Cameras []goldenPose
		Lights                        []struct{ Position, Direction viser.Vec3 }
		Wedge                         []viser.Vec3
	}
	samples := filepath.Join("..", "formats", "mjcf", "testdata")
	readJSON(t, filepath.Join(samples, "model.json"), &want)
	file := filepath.Join(samples, "model.xml")
	r, err := Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mjcf.ReadFile(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	poses := make([]viser.Pose, len(m.Bodies))
	for i, b := range m.Bodies {
		poses[i], _ = r.Pose(b.Name, want.QPos)
	}
	compare := func(what string, body int, local viser.Pose, want goldenPose) {
		t.Helper()
		got := poses[body].Multiply(local)
		if !nearVec(got.Translation, want.Position, 1e-6) || !nearMatrix(got.Rotation.Matrix(), want.Matrix, 1e-6) {
			t.Errorf("%s %q is at %v %v, want %v %v", what, want.Name, got.Translation, got.Rotation.Matrix(), want.Position, want.Matrix)
		}
	}
	identity := transform.SE3Identity()
	for i, w := range want.Bodies {
		compare("body", i, identity, w)
	}
	for i, w := range want.Geoms {
		if g := m.Geoms[i]; g.Type != mjcf.MeshGeom { // their frames are MuJoCo's own
			compare("geom", g.Body, g.Pose, w)
		}
	}
	compare("site", m.Sites[0].Body, m.Sites[0].Pose, want.Sites[0])
	compare("camera", m.Cameras[0].Body, m.Cameras[0].Pose, want.Cameras[0])
	checkWedge(t, r, want.QPos, want.Wedge)
}

// checkWedge compares the corners of a mesh that is scaled and has a reference pose.
func checkWedge(t *testing.T, r *Robot, config []float64, want []viser.Vec3) {
	t.Helper()
	base := r.links[r.byLink["base"]]
	i := slices.IndexFunc(base.visuals, func(s shape) bool { return s.node == "wedge" })
	if i < 0 {
		t.Fatal("there is no wedge")
	}
	s := base.visuals[i]
	pose, _ := r.Pose("base", config)
	pose = pose.Multiply(s.pose)
	for _, p := range s.part.points {
		at := pose.Apply(viser.Vec3{float64(p[0]) * s.size[0], float64(p[1]) * s.size[1], float64(p[2]) * s.size[2]})
		if !slices.ContainsFunc(want, func(w viser.Vec3) bool { return nearVec(at, w, 1e-5) }) {
			t.Errorf("a corner is at %v; they are at %v", at, want)
		}
	}
}

func TestJointsAndLinks(t *testing.T) {
	r := loadArm(t)
	var got []string
	for _, j := range r.Joints() {
		got = append(got, fmt.Sprint(j.Name, " ", j.Type, " ", j.Link, " ", j.Limited, " ", j.Lower, " ", j.Upper, " ", j.Index, " ", j.Size, " ", j.Mimic, " ", j.Default))
	}
	want := []string{
		"lift prismatic column true 0.1 0.4 0 1  [0.1]", "turn revolute elbow true -1.5 2 1 1  [0]",
		"grip continuous finger false 0 0 2 1  [0]", "counter revolute thumb true -2 2 3 0 grip []",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the joints are %q", got)
	}
	if c := r.DefaultConfig(); !slices.Equal(c, []float64{0.1, 0, 0}) {
		t.Errorf("the default is %v", c)
	}
	links := r.Links()
	if links[0] != (Link{Name: "base", Visuals: 1, Collisions: 1}) || links[3] != (Link{"finger", "elbow", 2, 1}) {
		t.Errorf("the links are %v", links)
	}
	if s := r.Skipped(); !slices.Equal(s, []string{"mesh package://arm_description/meshes/gone.stl: file does not exist"}) {
		t.Errorf("skipped %q", s)
	}
	if r.Name() != "arm" {
		t.Error(r.Name())
	}
}

// What Joints and the like return may be changed without an effect.
func TestResultsAreCopies(t *testing.T) {
	r := loadArm(t)
	r.Joints()[0].Default[0] = 7
	r.DefaultConfig()[1] = 7
	r.Skipped()[0] = ""
	if !slices.Equal(r.DefaultConfig(), []float64{0.1, 0, 0}) || r.Skipped()[0] == "" {
		t.Error("the robot was changed")
	}
}

// writeFile writes a file with its folders.
func writeFile(t testing.TB, content string, parts ...string) string {
	t.Helper()
	name := filepath.Join(parts...)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAllTypesOfJointsMove(t *testing.T) {
	link := func(name string) string { return "<link name='" + name + "'/>" }
	joint := func(name, kind, child, more string) string {
		return "<joint name='" + name + "' type='" + kind + "'><parent link='a'/><child link='" + child + "'/>" + more + "</joint>"
	}
	r, err := Load(writeFile(t, "<robot name='r'>"+link("a")+link("b")+link("c")+link("d")+
		joint("plane", "planar", "b", "<origin xyz='1 0 0'/><axis xyz='0 0 -1'/>")+
		joint("tilted", "planar", "d", "<axis xyz='1 0 0'/>")+
		joint("free", "floating", "c", "<origin xyz='0 2 0'/>")+"</robot>", t.TempDir(), "r.urdf"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if c := r.DefaultConfig(); !slices.Equal(c, []float64{0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 0, 0}) {
		t.Fatalf("the default is %v", c)
	}
	h := math.Sqrt(0.5)
	config := []float64{1, 2, math.Pi / 2, 3, 4, 0, 5, 6, 7, 2 * h, 0, 0, 2 * h}
	for link, want := range map[string]viser.Vec3{
		// x of the plane across -z is x, y is -y; the turn about -z takes x to -y.
		"b": {2, -2 - 1, 0}, "c": {5, 6 + 1, 7}, "d": {1, 4, -3},
	} {
		pose, _ := r.Pose(link, config)
		if at := pose.Apply(viser.Vec3{1, 0, 0}); !nearVec(at, want, 1e-9) {
			t.Errorf("%s: x is at %v, want %v", link, at, want)
		}
	}
	config[9], config[12] = 0, 0 // no quaternion
	if pose, _ := r.Pose("c", config); pose.Rotation != transform.SO3Identity() {
		t.Errorf("the rotation is %v", pose.Rotation)
	}
}

func mustPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if e, ok := recover().(*viser.UsageError); !ok || !strings.Contains(e.Error(), want) {
			t.Errorf("%v, want a panic with %q", e, want)
		}
	}()
	f()
}

func TestMisusePanics(t *testing.T) {
	r := loadArm(t)
	scene := newServer(t).Scene()
	h := Add(scene, "/arm", r, nil)
	mustPanic(t, "Robot.Pose: the configuration has 1 numbers; that of this robot has 3", func() { r.Pose("base", []float64{1}) })
	mustPanic(t, "Robot.Poses: number 1 of the configuration is NaN", func() { r.Poses([]float64{0, math.NaN(), 0}) })
	mustPanic(t, "Handle.SetConfig", func() { h.SetConfig(nil) })
	mustPanic(t, `there is no joint "none"`, func() { h.SetJoint("none", 0) })
	mustPanic(t, `there is no joint "weld" that can move`, func() { h.SetJoint("weld", 0) })
	mustPanic(t, `joint "counter" follows joint "grip"`, func() { h.SetJoint("counter", 0) })
	mustPanic(t, "+Inf is not a finite number", func() { h.SetJoint("turn", math.Inf(1)) })
	mustPanic(t, "Scale is -1", func() { Add(scene, "/b", r, &AddOptions{Scale: -1}) })
	mustPanic(t, "the name is empty", func() { Add(scene, "/", r, nil) })
	mustPanic(t, "the configuration has 2 numbers", func() { Add(scene, "/b", r, &AddOptions{Config: []float64{1, 2}}) })
}

// TestBounds: the box of a robot moves with its joints; what has no shape has none.
func TestBounds(t *testing.T) {
	file := filepath.Join(t.TempDir(), "slide.urdf")
	text := `<robot name="slide"><link name="base"><visual><geometry><box size="2 2 2"/></geometry></visual></link>
<link name="tool"><visual><origin xyz="0 0 1"/><geometry><cylinder radius="0.5" length="4"/></geometry></visual></link>
<joint name="slide" type="prismatic"><parent link="base"/><child link="tool"/><axis xyz="1 0 0"/><limit lower="0" upper="9"/></joint></robot>`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[float64][2]viser.Vec3{
		0: {{-1, -1, -1}, {1, 1, 3}},
		5: {{-1, -1, -1}, {5.5, 1, 3}},
	} {
		lo, hi, ok := r.Bounds([]float64{at})
		if !ok || !nearVec(lo, want[0], 1e-9) || !nearVec(hi, want[1], 1e-9) {
			t.Errorf("at %v: %v to %v, %v; want %v", at, lo, hi, ok, want)
		}
	}
	if lo, hi, ok := r.MovingBounds([]float64{5}); !ok || !nearVec(lo, viser.Vec3{4.5, -0.5, -1}, 1e-9) || !nearVec(hi, viser.Vec3{5.5, 0.5, 3}, 1e-9) {
		t.Errorf("what moves: %v to %v, %v", lo, hi, ok)
	}
	empty, err := Load(file, &Options{NoMeshes: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range empty.links {
		empty.links[i].visuals, empty.links[i].collides = nil, nil
	}
	if lo, hi, ok := empty.Bounds([]float64{0}); ok {
		t.Errorf("a robot without shapes has the box %v to %v", lo, hi)
	}
	if lo, hi, ok := empty.MovingBounds([]float64{0}); ok {
		t.Errorf("nothing moves from %v to %v", lo, hi)
	}
}
