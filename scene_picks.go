package viser

import "context"

// Kinds whose parts are picked one by one. viser's own page sends no clicks on
// them: only this library's page does.

// OnClick attaches fn for clicks on a point with exactly these modifier keys
// held; none means a plain click. The event's InstanceIndex is the point's. ctx
// ends when the client leaves.
func (h *PointCloud) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("PointCloud.OnClick", mods), fn)
}

// OnClick attaches fn for clicks on a line with exactly these modifier keys
// held; none means a plain click. The event's InstanceIndex is the line's. ctx
// ends when the client leaves.
func (h *LineSegments) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("LineSegments.OnClick", mods), fn)
}

// OnClick attaches fn for clicks on an arrow with exactly these modifier keys
// held; none means a plain click. The event's InstanceIndex is the arrow's. ctx
// ends when the client leaves.
func (h *Arrows) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("Arrows.OnClick", mods), fn)
}

// OnClick attaches fn for clicks on the curve with exactly these modifier keys
// held; none means a plain click. The event's InstanceIndex is that of the point
// at which the stretch under the pointer begins. ctx ends when the client
// leaves.
func (h *CatmullRomSpline) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("CatmullRomSpline.OnClick", mods), fn)
}

// OnClick attaches fn for clicks on the curve with exactly these modifier keys
// held; none means a plain click. The event's InstanceIndex is that of the point
// at which the stretch under the pointer begins. ctx ends when the client
// leaves.
func (h *CubicBezierSpline) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("CubicBezierSpline.OnClick", mods), fn)
}

// OnClick attaches fn for clicks on the label, its background included, with
// exactly these modifier keys held; none means a plain click. ctx ends when the
// client leaves.
func (h *Label) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("Label.OnClick", mods), fn)
}
