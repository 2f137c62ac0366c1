package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// FontSizeMode is whether a label has a fixed size on the screen or in the scene.
type FontSizeMode string

// The font size modes.
const (
	ScreenFont FontSizeMode = FontSizeMode(wire.FontSizeModeScreen) // the same size at any distance
	SceneFont  FontSizeMode = FontSizeMode(wire.FontSizeModeScene)  // larger when it is closer
)

// Anchor is the point of a label that is placed at the node's position.
type Anchor string

// The anchors.
const (
	TopLeft      Anchor = Anchor(wire.LabelAnchorTopLeft)
	TopCenter    Anchor = Anchor(wire.LabelAnchorTopCenter)
	TopRight     Anchor = Anchor(wire.LabelAnchorTopRight)
	CenterLeft   Anchor = Anchor(wire.LabelAnchorCenterLeft)
	Center       Anchor = Anchor(wire.LabelAnchorCenterCenter)
	CenterRight  Anchor = Anchor(wire.LabelAnchorCenterRight)
	BottomLeft   Anchor = Anchor(wire.LabelAnchorBottomLeft)
	BottomCenter Anchor = Anchor(wire.LabelAnchorBottomCenter)
	BottomRight  Anchor = Anchor(wire.LabelAnchorBottomRight)
)

func checkFontSizeMode(fn string, v FontSizeMode) {
	oneOf(fn, "FontSizeMode", v, ScreenFont, SceneFont)
}

func checkAnchor(fn string, v Anchor) {
	oneOf(fn, "Anchor", v, TopLeft, TopCenter, TopRight, CenterLeft, Center, CenterRight, BottomLeft, BottomCenter, BottomRight)
}

var labelKind = state.SceneKind("LabelMessage", new(wire.LabelProps))

// A Label is text in the scene that always faces the camera.
//
// A Label is [Clickable] and [Draggable]. Upstream viser's client reports no clicks on
// it; this library's does.
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
