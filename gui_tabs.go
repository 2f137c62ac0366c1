package viser

import (
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var tabGroupKind = state.GUIKind("GuiTabGroupMessage", new(wire.GuiTabGroupProps))

// A TabGroup is a row of tabs inside a container, one of which is shown at a time.
type TabGroup struct {
	tabbed
	props wire.GuiTabGroupProps
}

// TabGroupOptions are the options of AddTabGroup.
type TabGroupOptions struct {
	Hidden bool     // whether the element is initially hidden; default false
	Order  *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddTabGroup adds a tab group without tabs. A Panel has tabs too, and can be moved.
func (c Container) AddTabGroup(opts *TabGroupOptions) *TabGroup {
	const fn = "AddTabGroup"
	o := orPtr(opts, TabGroupOptions{})
	g := &TabGroup{props: wire.GuiTabGroupProps{Order: c.order(fn, o.Order), Visible: !o.Hidden}}
	g.tabbed.up = c.at
	g.ids = tabProp[string]{&g.props.TabContainerIDs, wire.GuiTabGroupPropsTabContainerIDs}
	g.labels = tabProp[string]{&g.props.TabLabels, wire.GuiTabGroupPropsTabLabels}
	g.icons = tabProp[*string]{&g.props.TabIconsHTML, wire.GuiTabGroupPropsTabIconsHTML}
	c.place(fn, &g.widget, tabGroupKind, &g.props, nil, nil)
	return g
}

// tabbed is what holds tabs: a group inside a container, or a panel.
type tabbed struct {
	widget
	up   *containerNode // around the tabs; nil for those of a panel
	tabs []*Tab         // guarded by widget.mu
	// The properties of the tabs that pages are sent: one entry each.
	ids    tabProp[string]
	labels tabProp[string]
	icons  tabProp[*string]
}

// A tabProp is a property that has an entry for each tab.
type tabProp[T any] struct {
	list  *[]T // in the handle's props
	index int
}

// A Tab is one of the containers in a TabGroup or a Panel.
type Tab struct {
	Container
	group *tabbed
	// Guarded by group.mu.
	label string
	icon  Icon
	svg   *string // of icon
}

// TabOptions are the options of AddTab.
type TabOptions struct {
	Icon Icon // the icon beside the label; default none
}

// AddTab adds a tab after the others. If the tab group or panel was removed, the tab is
// removed at once. It panics with a *UsageError if there is no such icon.
func (h *tabbed) AddTab(label string, opts *TabOptions) *Tab {
	const fn = "AddTab"
	t := &Tab{group: h, label: label, icon: orPtr(opts, TabOptions{}).Icon}
	t.svg = iconHTML(fn, t.icon)
	t.Container = Container{gui: h.gui, at: &containerNode{gui: h.gui, uuid: newUUID(), up: h.up}}
	h.gui.tree.mu.Lock()
	defer h.gui.tree.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.gone {
		t.at.gone = true
		return t
	}
	h.holds = append(h.holds, t.at)
	h.tabs = append(h.tabs, t)
	h.tabsChanged(h.ids.index, h.labels.index, h.icons.index)
	return t
}

// tabsChanged sends the properties of the tabs that have changed, as one step;
// widget.mu is held.
func (h *tabbed) tabsChanged(indices ...int) {
	*h.ids.list, *h.labels.list, *h.icons.list = nil, nil, nil
	for _, t := range h.tabs {
		*h.ids.list = append(*h.ids.list, t.at.uuid)
		*h.labels.list = append(*h.labels.list, t.label)
		*h.icons.list = append(*h.icons.list, t.svg)
	}
	h.changed(indices...)
}

// Tabs returns the tabs, in order.
func (h *tabbed) Tabs() []*Tab {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.tabs)
}

// Label returns the text on the tab.
func (t *Tab) Label() string {
	t.group.mu.Lock()
	defer t.group.mu.Unlock()
	return t.label
}

// SetLabel sets the text on the tab.
func (t *Tab) SetLabel(v string) {
	t.group.mu.Lock()
	defer t.group.mu.Unlock()
	if replace(&t.label, v) {
		t.group.tabsChanged(t.group.labels.index)
	}
}

// Icon returns the icon on the tab, nil for none.
func (t *Tab) Icon() Icon {
	t.group.mu.Lock()
	defer t.group.mu.Unlock()
	return t.icon
}

// SetIcon sets the icon on the tab; nil removes it. It panics with a *UsageError if
// there is no such icon.
func (t *Tab) SetIcon(i Icon) {
	svg := iconHTML("Tab.SetIcon", i)
	t.group.mu.Lock()
	defer t.group.mu.Unlock()
	t.icon = i
	if replaceOptional(&t.svg, svg) {
		t.group.tabsChanged(t.group.icons.index)
	}
}

// Remove removes the tab and its contents. A second call does nothing.
func (t *Tab) Remove() {
	h := t.group
	h.gui.tree.mu.Lock()
	defer h.gui.tree.mu.Unlock()
	if t.at.gone {
		return
	}
	h.holds = slices.DeleteFunc(h.holds, func(n *containerNode) bool { return n == t.at })
	h.mu.Lock()
	h.tabs = slices.DeleteFunc(h.tabs, func(x *Tab) bool { return x == t })
	if !h.gone {
		h.tabsChanged(h.ids.index, h.labels.index, h.icons.index)
	}
	h.mu.Unlock()
	t.at.remove()
}

// Removed reports whether the tab or its container was removed.
func (t *Tab) Removed() bool {
	t.gui.tree.mu.Lock()
	defer t.gui.tree.mu.Unlock()
	return t.at.gone
}
