package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var folderKind = state.GUIKind("GuiFolderMessage", new(wire.GuiFolderProps))

// A Folder is a container that can be collapsed.
type Folder struct {
	widget
	Container
	props wire.GuiFolderProps
}

// FolderOptions are the options of AddFolder.
type FolderOptions struct {
	Folded bool     // whether the folder is initially collapsed; default false
	Hidden bool     // whether the element is initially hidden; default false
	Order  *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddFolder adds a folder; without a label it is only a frame.
func (c Container) AddFolder(label string, opts *FolderOptions) *Folder {
	const fn = "AddFolder"
	f := &Folder{props: c.folderProps(fn, label, orPtr(opts, FolderOptions{}))}
	f.Container = c.hold(&f.widget, &containerNode{up: c.at})
	c.place(fn, &f.widget, folderKind, &f.props, nil, nil)
	return f
}

func (c Container) folderProps(fn, label string, o FolderOptions) wire.GuiFolderProps {
	return wire.GuiFolderProps{
		Order: c.order(fn, o.Order), Label: text(label), Visible: !o.Hidden, ExpandByDefault: !o.Folded,
	}
}

// Label returns the folder's title, "" for none.
func (h *Folder) Label() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Label, "")
}

// SetLabel sets the folder's title; "" for only a frame.
func (h *Folder) SetLabel(v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Label, text(v)) {
		h.changed(wire.GuiFolderPropsLabel)
	}
}
