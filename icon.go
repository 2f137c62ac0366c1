package viser

// An Icon is a small drawing on a button, a tab or a command. Package icon has
// all of Tabler's by name, as icon.CameraPlus; any type with an SVG will do.
type Icon interface {
	// SVG returns the drawing as an svg element. A page draws what an icon needs
	// of it, paths and shapes, and leaves out everything else.
	SVG() string
}

// iconHTML returns what pages are sent of an icon, nil for none.
func iconHTML(fn string, i Icon) *string {
	if i == nil {
		return nil
	}
	svg := i.SVG()
	if svg == "" {
		usage(fn, "there is no icon %v", i)
	}
	return &svg
}
