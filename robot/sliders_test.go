package robot

import (
	"math"
	"path/filepath"
	"testing"

	"github.com/viser-go/viser"
)

func TestSlidersMoveJointsAndFollowThem(t *testing.T) {
	server := newServer(t)
	h := Add(server.Scene(), "/arm", loadArm(t), nil)
	s := AddSliders(server.GUI().AddFolder("Joints", nil).Container, h, &SliderOptions{Prefix: "left "})
	other := AddSliders(server.GUI().Container, h, nil)
	if len(s.sliders) != 3 {
		t.Fatalf("there are %d sliders", len(s.sliders))
	}
	lift, turn, grip := s.sliders[0].slider, s.sliders[1].slider, s.sliders[2].slider
	if lift.Label() != "left lift" || lift.Min() != 0.1 || lift.Max() != 0.4 || lift.Value() != 0.1 {
		t.Errorf("%s %v %v %v", lift.Label(), lift.Min(), lift.Max(), lift.Value())
	}
	if grip.Min() != -math.Pi || grip.Max() != math.Pi {
		t.Errorf("%v %v", grip.Min(), grip.Max())
	}
	h.SetConfig([]float64{0.2, 1.25, 100})
	if turn.Value() != 1.25 || grip.Value() != math.Pi { // beyond the range of the slider
		t.Errorf("%v %v", turn.Value(), grip.Value())
	}
	// A client moves a slider: the joint and the other panel follow, that slider is left alone.
	s.moved(s.sliders[1].joint, viser.UpdateEvent[float64]{Client: new(viser.Client), Value: -1})
	if h.Config()[1] != -1 || turn.Value() != 1.25 || other.sliders[1].slider.Value() != -1 {
		t.Errorf("%v %v %v", h.Config(), turn.Value(), other.sliders[1].slider.Value())
	}
	// What the program sets is not taken for a client's.
	s.moved(s.sliders[1].joint, viser.UpdateEvent[float64]{Value: 0.5})
	if h.Config()[1] != -1 {
		t.Errorf("%v", h.Config())
	}
	s.Remove()
	s.Remove()
	if !turn.Removed() || other.sliders[1].slider.Removed() {
		t.Error("too little or too much was removed")
	}
	h.SetJoint("turn", 0.75)
	if other.sliders[1].slider.Value() != 0.75 {
		t.Error("the other panel does not follow any more")
	}
}

func TestSlidersOfWideAndMissingLimits(t *testing.T) {
	for _, c := range []struct {
		joint  joint
		lo, hi float64
	}{
		{joint{Joint: Joint{Type: Revolute}}, -math.Pi, math.Pi},
		{joint{Joint: Joint{Type: Prismatic}}, -1, 1},
		{joint{Joint: Joint{Type: Continuous}, zero: 5}, 5 - math.Pi, 5 + math.Pi},
		{joint{Joint: Joint{Type: Revolute, Limited: true, Lower: -1e6, Upper: 1e6}}, -math.Pi, math.Pi},
		{joint{Joint: Joint{Type: Prismatic, Limited: true, Lower: 2, Upper: 3}}, 2, 3},
		{joint{Joint: Joint{Type: Prismatic, Limited: true, Lower: 2, Upper: 2}}, 2, 2},
		{joint{Joint: Joint{Type: Prismatic, Limited: true, Lower: -math.MaxFloat32, Upper: math.MaxFloat32}}, -1, 1},
	} {
		if lo, hi := c.joint.sliderRange(); math.Abs(lo-c.lo) > 1e-12 || math.Abs(hi-c.hi) > 1e-12 {
			t.Errorf("%+v: %v to %v", c.joint.Joint, lo, hi)
		}
	}
}

// A joint that cannot move at all, as its limits are equal, is a disabled slider.
func TestSliderOfAFixedRange(t *testing.T) {
	server := newServer(t)
	r, err := Load(writeFile(t, `<robot name="r"><link name="a"/><link name="b"/><joint name="j" type="prismatic"><parent link="a"/><child link="b"/>
		<limit lower="0.5" upper="0.5"/></joint></robot>`, t.TempDir(), "r.urdf"), nil)
	if err != nil {
		t.Fatal(err)
	}
	s := AddSliders(server.GUI().Container, Add(server.Scene(), "/r", r, nil), nil)
	if sl := s.sliders[0].slider; !sl.Disabled() || sl.Value() != 0.5 {
		t.Errorf("%v %v", sl.Disabled(), sl.Value())
	}
}

func TestKeyframes(t *testing.T) {
	r, err := Load(filepath.Join("..", "formats", "mjcf", "testdata", "model.xml"), nil)
	if err != nil {
		t.Fatal(err)
	}
	k := r.Keyframes()
	if len(k) != 1 || k[0].Name != "home" || len(k[0].Config) != len(r.DefaultConfig()) {
		t.Fatalf("%+v", k)
	}
	k[0].Config[0] = 77
	if r.Keyframes()[0].Config[0] == 77 {
		t.Error("the keyframes are no copy")
	}
	r.keyframes = append(r.keyframes, Keyframe{Name: "home"}, Keyframe{Name: noKeyframe}, Keyframe{})
	if got := r.keyframeNames(); len(got) != 4 || got[1] != "home#2" || got[2] != noKeyframe+"#2" || got[3] != "unnamed" {
		t.Errorf("%q", got)
	}
}
