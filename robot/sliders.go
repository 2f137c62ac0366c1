package robot

import (
	"context"
	"math"
	"slices"

	"github.com/viser-go/viser"
)

// SliderOptions are what [AddSliders] adds. Nil is the zero value.
type SliderOptions struct {
	// Prefix is put before the name of each joint, to tell robots apart.
	Prefix string
	// NoButtons leaves out the button that resets the joints, the list of keyframes, and the checkboxes that show
	// visual shapes and those for collisions.
	NoButtons bool
}

// Sliders are the controls of a robot. All methods are safe for concurrent use.
type Sliders struct {
	handle  *Handle
	hearer  *hearer
	sliders []jointSlider
	remove  []func()
}

type jointSlider struct {
	joint  *joint
	slider *viser.Slider
}

// unlimited is the range of the slider of a joint without limits.
var unlimited = map[JointType]float64{Revolute: math.Pi, Continuous: math.Pi, Prismatic: 1}

// mostRange is the widest range of limits for which a slider is of use; files have 1e6 and the like for "none".
const mostRange = 1e4

// AddSliders adds a slider for each joint that moves by itself and has one number, from limit to limit; -π to π or -1
// to 1 where there is none. The robot follows the sliders, and the sliders follow [Handle.SetConfig] and
// [Handle.SetJoint]. A button resets the joints to their defaults; the file's keyframes can be selected, if there are
// any. [Sliders.Remove] removes it all.
func AddSliders(c viser.Container, h *Handle, opts *SliderOptions) *Sliders {
	var o SliderOptions
	if opts != nil {
		o = *opts
	}
	s := &Sliders{handle: h}
	s.hearer = &hearer{changed: s.follow}
	config := h.Config()
	for i := range h.robot.joints {
		j := &h.robot.joints[i]
		if j.Size != 1 {
			continue
		}
		lo, hi := j.sliderRange()
		slider := c.AddSlider(o.Prefix+j.label(), min(hi, max(lo, config[j.Index])), &viser.SliderOptions{
			Min: lo, Max: hi, Step: 0.001, Disabled: lo == hi, Hint: string(j.Type),
		})
		slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { s.moved(j, e) })
		s.sliders = append(s.sliders, jointSlider{j, slider})
		s.remove = append(s.remove, slider.Remove)
	}
	if !o.NoButtons {
		s.addButtons(c)
	}
	h.hear(s.hearer)
	s.follow() // what has changed meanwhile
	return s
}

// moved moves the joint of a slider that a client has moved. What the program sets is set by follow.
func (s *Sliders) moved(j *joint, e viser.UpdateEvent[float64]) {
	if e.Client != nil {
		s.handle.setJoint(j, e.Value, s.hearer)
	}
}

// label is the name of the joint, or of what it moves.
func (j *joint) label() string {
	if j.Name != "" {
		return j.Name
	}
	return j.Link
}

// sliderRange is the range of the joint's slider: a position of 0 or so is in it.
func (j *joint) sliderRange() (lo, hi float64) {
	if j.Limited && j.Upper-j.Lower <= mostRange && j.Lower <= j.Upper {
		return j.Lower, j.Upper
	}
	most := unlimited[j.Type]
	return j.zero - most, j.zero + most
}

func (s *Sliders) addButtons(c viser.Container) {
	h := s.handle
	reset := c.AddButton("Reset", nil)
	reset.OnClick(func(context.Context, viser.ButtonEvent) { h.SetConfig(h.robot.DefaultConfig()) })
	s.remove = append(s.remove, reset.Remove)
	if names := h.robot.keyframeNames(); len(names) > 0 {
		choice := c.AddDropdown("Keyframe", append([]string{noKeyframe}, names...), nil)
		choice.OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
			if i := slices.Index(names, e.Value); i >= 0 {
				h.SetConfig(h.robot.keyframes[i].Config)
			}
		})
		s.remove = append(s.remove, choice.Remove)
	}
	for _, kind := range []struct {
		label string
		root  *viser.Frame
	}{{"Visual", h.visual}, {"Collision", h.collide}} {
		if kind.root == nil {
			continue
		}
		box := c.AddCheckbox(kind.label, kind.root.Visible(), nil)
		box.OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) { kind.root.SetVisible(e.Value) })
		s.remove = append(s.remove, box.Remove)
	}
}

// noKeyframe is the entry of the list of keyframes that does nothing.
const noKeyframe = "(none)"

// keyframeNames are unique.
func (r *Robot) keyframeNames() (names []string) {
	taken := map[string]bool{noKeyframe: true}
	for _, k := range r.keyframes {
		name := k.Name
		if name == "" {
			name = "unnamed"
		}
		names = append(names, unique(taken, name))
	}
	return names
}

// follow sets the sliders to the robot's joints, until these do not change meanwhile.
func (s *Sliders) follow() {
	for {
		config := s.handle.Config()
		for _, j := range s.sliders {
			j.slider.SetValue(config[j.joint.Index])
		}
		if slices.Equal(config, s.handle.Config()) {
			return
		}
	}
}

// Remove removes the controls; the robot stays as it is. A second call does nothing.
func (s *Sliders) Remove() {
	s.handle.drop(s.hearer)
	for _, remove := range s.remove {
		remove()
	}
}
