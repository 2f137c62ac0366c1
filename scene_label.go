package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var labelKind = state.SceneKind("LabelMessage", new(wire.LabelProps))

// A Label is text in the scene that always faces the camera.
type Label struct {
	interactive
	props wire.LabelProps
}

// AddLabel adds text. It panics with a *UsageError if the name is empty or a
// number is not above 0.
func (s *Scene) AddLabel(name, text string, opts *LabelOptions) *Label {
	const fn = "Scene.AddLabel"
	o := orPtr(opts, LabelOptions{})
	l := &Label{props: o.props(fn)}
	l.props.Text = text
	s.add(fn, name, l, labelKind, &l.props, o.place(fn))
	return l
}
