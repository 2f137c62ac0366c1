package wire

// GuiSetPanelPositionMessage sets the place of a panel.
//
//wire:message s2c gui/update_simple id=uuid
type GuiSetPanelPositionMessage struct {
	// the ID of the panel; "viser-control-panel" is the main one
	UUID string `wire:"uuid"`
	// where the panel goes
	Position Placement `wire:"position"`
	// counts up with each change; the page applies only higher ones
	Counter int `wire:"counter"`
	// changes with each start of the server, after which counters begin anew
	RunID string `wire:"run_id"`
}

// GuiSetPanelWidthMessage sets the width of a panel.
//
//wire:message s2c gui/update_simple id=uuid
type GuiSetPanelWidthMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the width, in pixels, null for the client's choice
	Width *float64 `wire:"width"`
	// counts up with each change; the page applies only higher ones
	Counter int `wire:"counter"`
	// changes with each start of the server, after which counters begin anew
	RunID string `wire:"run_id"`
}

// GuiSetPanelHeightMessage sets the height of a panel.
//
//wire:message s2c gui/update_simple id=uuid
type GuiSetPanelHeightMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the height, in pixels, null for the client's choice
	Height *float64 `wire:"height"`
	// counts up with each change; the page applies only higher ones
	Counter int `wire:"counter"`
	// changes with each start of the server, after which counters begin anew
	RunID string `wire:"run_id"`
}

// GuiSetPanelCollapsedMessage collapses a panel or expands it.
//
//wire:message s2c gui/update_simple id=uuid
type GuiSetPanelCollapsedMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// whether only the heading is shown
	Collapsed bool `wire:"collapsed"`
	// counts up with each change; the page applies only higher ones
	Counter int `wire:"counter"`
	// changes with each start of the server, after which counters begin anew
	RunID string `wire:"run_id"`
}

// GuiPanelProps are the properties of a panel of tabs.
//
//wire:props
type GuiPanelProps struct {
	// the titles of the tabs
	TabLabels []string `wire:"_tab_labels"`
	// the tabs' icons as SVG; null for none
	TabIconsHTML []*string `wire:"_tab_icons_html"`
	// the containers of the tabs
	TabContainerIDs []string `wire:"_tab_container_ids"`
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
}

// GuiPanelMessage creates an element of the kind GuiPanel.
//
//wire:message s2c gui/create id=uuid
type GuiPanelMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the properties
	Props GuiPanelProps `wire:"props"`
}

// GuiPanelRemoveMessage removes a panel.
//
//wire:message s2c gui/remove id=uuid
type GuiPanelRemoveMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
}
