package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var labelKind = state.SceneKind("LabelMessage", new(wire.LabelProps))

// A Label is text in the scene that always faces the camera.
type Label struct {
	draggable
	props wire.LabelProps
}

// LabelOptions are the options of AddLabel.
type LabelOptions struct {
	NodeOptions
	FontSizeMode    FontSizeMode // default ScreenFont
	FontScreenScale float64      // with ScreenFont: times the page's size; default 1
	FontSceneHeight float64      // with SceneFont: height of a line in scene units; default 0.075
	DepthTest       bool         // what is in front of the label hides it
	Anchor          Anchor       // the point of the label at its position; default TopLeft
}

// AddLabel adds text. It panics with a *UsageError if the name is empty or a
// number is not above 0.
func (s *Scene) AddLabel(name, text string, opts *LabelOptions) *Label {
	const fn = "Scene.AddLabel"
	o := orPtr(opts, LabelOptions{})
	l := &Label{props: wire.LabelProps{
		Text:            text,
		FontSizeMode:    string(or(o.FontSizeMode, ScreenFont)),
		FontScreenScale: or(o.FontScreenScale, 1),
		FontSceneHeight: or(o.FontSceneHeight, 0.075),
		DepthTest:       o.DepthTest,
		Anchor:          string(or(o.Anchor, TopLeft)),
	}}
	checkPositive(fn, "FontScreenScale", l.props.FontScreenScale)
	checkPositive(fn, "FontSceneHeight", l.props.FontSceneHeight)
	checkFontSizeMode(fn, FontSizeMode(l.props.FontSizeMode))
	checkAnchor(fn, Anchor(l.props.Anchor))
	s.add(fn, name, l, labelKind, &l.props, o.NodeOptions)
	return l
}
