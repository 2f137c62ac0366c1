package viser

import (
	"image/color"
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	clipPlaneKind = state.ExtensionSceneKind("ClipPlaneMessage", new(wire.ClipPlaneProps))
	clipBoxKind   = state.ExtensionSceneKind("ClipBoxMessage", new(wire.ClipBoxProps))
)

// A ClipPlane cuts the scene open: what is behind the plane is not drawn, and neither the pointer nor a
// click reaches it. The plane goes through the node's position; hiding the node ends the
// cut.
type ClipPlane struct {
	node
	nodes []string // as the program wrote them
	props wire.ClipPlaneProps
}

// A ClipBox cuts the scene to what is inside of a box, or cuts that out. The box has the
// node's pose; hiding the node ends the cut.
type ClipBox struct {
	node
	nodes []string // as the program wrote them
	props wire.ClipBoxProps
}

// AddClipPlane adds a plane that cuts the scene, or the nodes that the options name. All
// kinds of nodes are cut: surfaces, points, lines, images, volumes, and splats by their
// centers; a label is hidden if its point is. Shadows are cut with what casts them. A closed
// mesh is filled where it is cut, with a flat color.
//
// A client applies the first 8 planes and boxes that are visible, in the order in which
// they were added. To let users move a plane, add it below a TransformControls. Clients of upstream
// viser are shown an invisible frame instead.
//
// It panics with a *UsageError if a name is empty, the normal has length 0, or a number is
// not finite.
func (s *Scene) AddClipPlane(name string, opts *ClipPlaneOptions) *ClipPlane {
	const fn = "Scene.AddClipPlane"
	o := orPtr(opts, ClipPlaneOptions{})
	h := &ClipPlane{props: o.props(fn), nodes: slices.Clone(o.Nodes)}
	h.props.Nodes, h.props.CapColor = s.cutNames(fn, o.Nodes), capColorOf(o.CapColor)
	s.add(fn, name, h, clipPlaneKind, &h.props, o.place(fn))
	return h
}

// AddClipBox adds a box that cuts the scene, or the nodes that the options name, to what is
// inside of it. It is in all else like a plane of AddClipPlane. It panics with a
// *UsageError if a name is empty, a size is not above 0, or a number is not finite.
func (s *Scene) AddClipBox(name string, opts *ClipBoxOptions) *ClipBox {
	const fn = "Scene.AddClipBox"
	o := orPtr(opts, ClipBoxOptions{})
	h := &ClipBox{props: o.props(fn), nodes: slices.Clone(o.Nodes)}
	h.props.Nodes, h.props.CapColor = s.cutNames(fn, o.Nodes), capColorOf(o.CapColor)
	s.add(fn, name, h, clipBoxKind, &h.props, o.place(fn))
	return h
}

// Nodes returns the names of the nodes that are cut, with their descendants, as they were set; none for all.
func (h *ClipPlane) Nodes() []string { return h.cutNodes(&h.nodes) }

// SetNodes sets the names of the nodes that are cut, with their descendants; none for all. A
// name may be one that a node gets later. It panics with a *UsageError if a name is empty.
func (h *ClipPlane) SetNodes(names []string) {
	h.setCutNodes("ClipPlane.SetNodes", names, &h.nodes, &h.props.Nodes, wire.ClipPlanePropsNodes)
}

// CapColor returns the color of the filling; nil for that of each body.
func (h *ClipPlane) CapColor() color.Color { return h.capColor(&h.props.CapColor) }

// SetCapColor sets the color of the filling; nil for that of each body.
func (h *ClipPlane) SetCapColor(v color.Color) {
	h.setCapColor(v, &h.props.CapColor, wire.ClipPlanePropsCapColor)
}

// Nodes returns the names of the nodes that are cut, with their descendants, as they were set; none for all.
func (h *ClipBox) Nodes() []string { return h.cutNodes(&h.nodes) }

// SetNodes sets the names of the nodes that are cut, with their descendants; none for all. A
// name may be one that a node gets later. It panics with a *UsageError if a name is empty.
func (h *ClipBox) SetNodes(names []string) {
	h.setCutNodes("ClipBox.SetNodes", names, &h.nodes, &h.props.Nodes, wire.ClipBoxPropsNodes)
}

// CapColor returns the color of the filling; nil for that of each body.
func (h *ClipBox) CapColor() color.Color { return h.capColor(&h.props.CapColor) }

// SetCapColor sets the color of the filling; nil for that of each body.
func (h *ClipBox) SetCapColor(v color.Color) {
	h.setCapColor(v, &h.props.CapColor, wire.ClipBoxPropsCapColor)
}

// cutNames returns the full names of nodes of the scene that a cut is limited to.
func (s *Scene) cutNames(fn string, names []string) []string {
	clean := make([]string, len(names))
	for i, name := range names {
		clean[i] = s.prefix + cleanName(fn, name)
	}
	return clean
}

func (n *node) cutNodes(nodes *[]string) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(*nodes)
}

func (n *node) setCutNodes(fn string, names []string, nodes, field *[]string, property int) {
	names = slices.Clone(names)
	full := n.scene.cutNames(fn, names)
	n.mu.Lock()
	defer n.mu.Unlock()
	*nodes = names
	if !slices.Equal(*field, full) {
		*field = full
		n.changed(property)
	}
}

func (n *node) capColor(field *wire.Color) color.Color {
	n.mu.Lock()
	defer n.mu.Unlock()
	return colorOf(*field)
}

func (n *node) setCapColor(v color.Color, field *wire.Color, property int) {
	c := capColorOf(v)
	n.mu.Lock()
	defer n.mu.Unlock()
	if replace(field, c) {
		n.changed(property)
	}
}

// capColorOf is wireColor for a scene: the page has no palette there.
func capColorOf(c color.Color) wire.Color {
	if c == nil {
		return wire.Color{}
	}
	rgb := rgbOf(c, RGB{})
	return wire.RGBColor(rgb[0], rgb[1], rgb[2])
}
