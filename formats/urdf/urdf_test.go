package urdf_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/viser-go/viser/formats/urdf"
)

// What yourdfpy reads from the same file.
type goldenShape struct {
	Name, Kind, File string
	Origin           [4][4]float64
	Size, Scale      []float64
	Radius, Length   float64
	Color            []float64
}

type golden struct {
	Root  string
	Links []struct {
		Name                string
		Visuals, Collisions []goldenShape
	}
	Joints []struct {
		Name, Type, Parent, Child string
		Origin                    [4][4]float64
		Axis, Limit               []float64
		Mimic                     []any
	}
}

func readArm(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "arm.urdf"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestReadsWhatYourdfpyReads(t *testing.T) {
	var want golden
	data, err := os.ReadFile(filepath.Join("testdata", "arm.json"))
	if err == nil {
		err = json.Unmarshal(data, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	r, err := urdf.ReadFile(filepath.Join("testdata", "arm.urdf"))
	if err != nil {
		t.Fatal(err)
	}
	if r.Name != "arm" || r.Links[r.Root].Name != want.Root || len(r.Links) != len(want.Links) || len(r.Joints) != len(want.Joints) {
		t.Fatalf("%q, root %q, %d links, %d joints", r.Name, r.Links[r.Root].Name, len(r.Links), len(r.Joints))
	}
	for i, l := range want.Links {
		got := r.Links[i]
		if got.Name != l.Name {
			t.Errorf("link %d is %q, want %q", i, got.Name, l.Name)
		}
		compareShapes(t, l.Name+" visual", got.Visuals, l.Visuals)
		compareShapes(t, l.Name+" collision", got.Collision, l.Collisions)
	}
	for i, j := range want.Joints {
		got := r.Joints[i]
		ends := r.Links[got.Parent].Name + " " + r.Links[got.Child].Name
		if got.Name != j.Name || got.Type.String() != j.Type || ends != j.Parent+" "+j.Child || !near(got.Origin.Matrix(), j.Origin) {
			t.Errorf("joint %d is %+v, want %+v", i, got, j)
		}
		if j.Axis != nil && !close(got.Axis[:], j.Axis) {
			t.Errorf("%s: the axis is %v, want %v", j.Name, got.Axis, j.Axis)
		}
		if (got.Limit != nil) != (j.Limit != nil) || got.Limit != nil && !close([]float64{got.Limit.Lower, got.Limit.Upper}, j.Limit) {
			t.Errorf("%s: the limit is %v, want %v", j.Name, got.Limit, j.Limit)
		}
		if (got.Mimic != nil) != (j.Mimic != nil) || got.Mimic != nil && fmt.Sprint(r.Joints[got.Mimic.Joint].Name, got.Mimic.Multiplier, got.Mimic.Offset) != fmt.Sprint(j.Mimic...) {
			t.Errorf("%s: follows %v, want %v", j.Name, got.Mimic, j.Mimic)
		}
	}
	if len(r.Skipped) > 0 {
		t.Errorf("skipped: %q", r.Skipped)
	}
}

func compareShapes(t *testing.T, what string, got []urdf.Shape, want []goldenShape) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d shapes, want %d", what, len(got), len(want))
	}
	for i, w := range want {
		s, g := got[i], got[i].Geometry
		ok := s.Name == w.Name && g.Kind.String() == w.Kind && g.File == w.File && g.Radius == w.Radius && g.Length == w.Length && near(s.Origin.Matrix(), w.Origin)
		ok = ok && (w.Size == nil || close(g.Size[:], w.Size)) && (w.Scale == nil || close(g.Scale[:], w.Scale))
		if w.Color != nil {
			ok = ok && s.Material != nil && s.Material.HasColor && close(s.Material.Color[:], w.Color)
		}
		if !ok {
			t.Errorf("%s %d is %+v, want %+v", what, i, s, w)
		}
	}
}

func close(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < 1e-9 })
}

func near(a, b [4][4]float64) bool {
	for i := range a {
		if !close(a[i][:], b[i][:]) {
			return false
		}
	}
	return true
}

// robot wraps elements.
func robot(elements string) string { return "<robot name='r'>" + elements + "</robot>" }

func TestErrorsSayWhatAndWhere(t *testing.T) {
	const two = "<link name='a'/><link name='b'/>"
	joint := func(inside string) string {
		return robot(two + "\n<joint name='j' type='revolute'><parent link='a'/><child link='b'/>" + inside + "</joint>")
	}
	visual := func(inside string) string { return robot("<link name='a'><visual>" + inside + "</visual></link>") }
	for name, c := range map[string]struct{ in, want string }{
		"empty":           {"", "line 1: the file ends before any element"},
		"no XML":          {"solid cube", "line 1: the file ends before any element"},
		"HTML":            {"<html></html>", "the outermost element is <html>"},
		"cut":             {"<robot><link name='a'>\n", "line 2: the file ends within an element"},
		"wrong end":       {"<robot>\n</link>", "line 2: element <robot> closed by </link>"},
		"entities":        {"<!DOCTYPE r [<!ENTITY a 'aaaa'>]><robot name='&a;'/>", "invalid character entity &a;"},
		"deep":            {strings.Repeat("<robot>", 600), "nested more than 512 deep"},
		"encoding":        {"<?xml version='1.0' encoding='utf-16'?><robot/>", "utf-16"},
		"no links":        {robot(""), "the robot has no links"},
		"xacro element":   {`<robot xmlns:xacro="http://www.ros.org/wiki/xacro"><xacro:include filename="a"/></robot>`, "<xacro:include>: this is a xacro file, which has macros; expand them with `xacro in.urdf.xacro > out.urdf`"},
		"xacro no prefix": {`<robot><xacro:macro name="a"/></robot>`, "this is a xacro file"},
		"xacro property":  {robot("<link name='${prefix}base'/>"), "this is a xacro file"},
		"xacro find":      {visual("<geometry><mesh filename='$(find arm)/a.stl'/></geometry>"), "this is a xacro file"},
		"two links":       {robot("<link name='a'/>\n<link name='a'/>"), `line 2: there are two links named "a"`},
		"no name":         {robot("<link/>"), "the <link> has no name"},
		"two joints":      {robot(two + "<joint name='j' type='fixed'><parent link='a'/><child link='b'/></joint><joint name='j' type='fixed'/>"), `two joints named "j"`},
		"joint type":      {robot(two + "<joint name='j' type='hinge'/>"), `the type is "hinge"; it must be one of fixed, revolute`},
		"unknown link":    {robot(two + "\n\n<joint name='j' type='fixed'><parent link='a'/>\n<child link='c'/></joint>"), `line 4: joint "j": its child is link "c", which is not in the file`},
		"no parent":       {robot(two + "<joint name='j' type='fixed'/>"), `joint "j" has no <parent>`},
		"two roots":       {robot(two), `the links "a", "b" are no joint's child; there must be only one`},
		"many roots":      {robot(two + "<link name='c'/><link name='d'/><link name='e'/>"), "there are 5 links that are no joint's child"},
		"loop of all":     {robot(two + "<joint name='j' type='fixed'><parent link='a'/><child link='b'/></joint><joint name='k' type='fixed'><parent link='b'/><child link='a'/></joint>"), "the joints form a loop"},
		"loop":            {robot("<link name='r'/>" + two + "<joint name='j' type='fixed'><parent link='a'/><child link='b'/></joint><joint name='k' type='fixed'><parent link='b'/><child link='a'/></joint>"), `joint "k" is part of a loop`},
		"two parents":     {robot(two + "<joint name='j' type='fixed'><parent link='a'/><child link='b'/></joint>\n<joint name='k' type='fixed'><parent link='a'/><child link='b'/></joint>"), `line 2: link "b" is the child of two joints: "j" and "k"`},
		"own child":       {robot("<link name='r'/><link name='a'/><joint name='j' type='fixed'><parent link='a'/><child link='a'/></joint>"), "loop"},
		"NaN":             {joint("<origin xyz='0 nan 0'/>"), `line 2: <origin xyz=…>: "nan" is not a finite number`},
		"infinite":        {joint("<origin xyz='0 1e999 0'/>"), "not a finite number"},
		"far":             {joint("<origin xyz='0 1e300 0'/>"), "too large"},
		"two numbers":     {joint("<origin xyz='0 1'/>"), "there are 2 numbers; there must be 3"},
		"four numbers":    {joint("<origin rpy='0 1 2 3'/>"), "there are more than 3 numbers"},
		"axis":            {joint("<axis xyz='0 0 0'/>"), "its axis has no length"},
		"follows itself":  {joint("<mimic joint='j'/>"), `joint "j" follows itself`},
		"no geometry":     {visual(""), "the <visual> has no <geometry>"},
		"no radius":       {visual("<geometry><sphere/></geometry>"), "the <sphere> has no radius"},
		"negative":        {visual("<geometry><cylinder radius='1' length='-1'/></geometry>"), "-1 is out of range"},
		"negative box":    {visual("<geometry><box size='1 1 -1'/></geometry>"), "a size is below 0"},
		"no file":         {visual("<geometry><mesh/></geometry>"), "the <mesh> has no filename"},
		"scale 0":         {visual("<geometry><mesh filename='a' scale='1 0 1'/></geometry>"), "0 is out of range"},
		"color":           {visual("<geometry><sphere radius='1'/></geometry><material><color rgba='1'/></material>"), "there must be 4"},
	} {
		_, err := urdf.Read(strings.NewReader(c.in))
		var e *urdf.Error
		if !errors.As(err, &e) || e.Line < 1 || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestAcceptsWhatFilesHave(t *testing.T) {
	r, err := urdf.Read(strings.NewReader("\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?>" + robot(`
		<link name="a">
			<visual><geometry><capsule radius="1" length="2"/></geometry><material name="none"/></visual>
			<visual><geometry><plane/></geometry></visual>
			<visual><geometry><mesh filename="a.stl" scale="2"/></geometry><material name="t"><texture filename="t.png"/></material></visual>
			<visual><origin quat_xyzw="0 0 2 2"/><geometry><sphere radius="1"/></geometry><material name=""><color rgba="2 -1 0.5"/></material></visual>
		</link>
		<link name="b"/><link name="c"/><link name="d"/>
		<joint name="j" type="revolute"><parent link="a"/><child link="b"/><limit lower="1" upper="-1"/><mimic joint="gone"/></joint>
		<joint name="k" type="prismatic"><parent link="a"/><child link="c"/><limit lower="-inf" upper="inf"/></joint>
		<joint name="l" type="fixed"><parent link="a"/><child link="d"/><axis xyz="0 0 0"/></joint>
		<sensor/><gazebo/>`)))
	if err != nil {
		t.Fatal(err)
	}
	v := r.Links[0].Visuals
	if len(v) != 3 || v[0].Geometry.Kind != urdf.Capsule || v[1].Geometry.Scale != [3]float64{2, 2, 2} || v[1].Material.Texture != "t.png" {
		t.Fatalf("the shapes are %+v", v)
	}
	if c := v[2].Material.Color; c != [4]float64{1, 0, 0.5, 1} {
		t.Errorf("the color is %v", c)
	}
	if p := v[2].Origin.Apply([3]float64{1, 0, 0}); !close(p[:], []float64{0, 1, 0}) {
		t.Errorf("the quaternion turns x to %v", p)
	}
	if r.Joints[0].Limit != nil || r.Joints[0].Mimic != nil || r.Joints[1].Limit.Upper < 1e30 {
		t.Errorf("the joints are %+v", r.Joints)
	}
	want := []string{`material "none", which is not defined`, `geometry "plane"`, `element "sensor"`,
		`the limits of joint "j", of which the lower one is above the upper one`, `that joint "j" follows "gone", which is not in the file`}
	slices.Sort(want)
	slices.Sort(r.Skipped)
	if !slices.Equal(r.Skipped, want) {
		t.Errorf("skipped %q, want %q", r.Skipped, want)
	}
}

// A file that is cut anywhere is an error, but within the white space at its end.
func TestTruncated(t *testing.T) {
	data := bytes.TrimSpace(readArm(t))
	for n := 0; n < len(data); n += 5 { // XML at each byte is what package xmltree tests
		if _, err := urdf.Read(bytes.NewReader(data[:n])); err == nil {
			t.Fatalf("%d of %d bytes were accepted", n, len(data))
		}
	}
	if _, err := urdf.Read(bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
}

func TestReaderFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, err := urdf.Read(io.MultiReader(strings.NewReader("<robot>\n<link name='a'/>"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "urdf: line 2: ") {
		t.Error(err)
	}
	if _, err := urdf.ReadFile(filepath.Join("testdata", "none.urdf")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(readArm(f))
	f.Add([]byte(robot("<link name='a'><visual><geometry><mesh filename='a' scale='1 2 -3'/></geometry></visual></link>")))
	f.Add([]byte(robot("<link name='a'/><link name='b'/><joint name='j' type='planar'><parent link='a'/><child link='b'/><mimic joint='j'/></joint>")))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := urdf.Read(bytes.NewReader(data))
		if err != nil {
			var e *urdf.Error
			if !errors.As(err, &e) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		if len(r.Joints) != len(r.Links)-1 {
			t.Fatalf("%d links and %d joints are no tree", len(r.Links), len(r.Joints))
		}
		for _, j := range r.Joints {
			if m := j.Origin.Matrix(); m[0][0]-m[0][0] != 0 {
				t.Fatalf("joint %q has no pose", j.Name)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data := readArm(b)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := urdf.Read(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}
