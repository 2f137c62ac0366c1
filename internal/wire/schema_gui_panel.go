package wire

// GuiSetPanelPositionMessage goes from the server to the page.
//
//wire:message s2c gui/update_simple id=uuid
type GuiSetPanelPositionMessage struct {
	UUID     string    `wire:"uuid"`
	Position Placement `wire:"position"`
	Counter  int       `wire:"counter"`
	RunID    string    `wire:"run_id"`
}

// GuiSetPanelWidthMessage goes from the server to the page.
//
//wire:message s2c gui/update_simple id=uuid
type GuiSetPanelWidthMessage struct {
	UUID    string   `wire:"uuid"`
	Width   *float64 `wire:"width"`
	Counter int      `wire:"counter"`
	RunID   string   `wire:"run_id"`
}

// GuiSetPanelHeightMessage goes from the server to the page.
//
//wire:message s2c gui/update_simple id=uuid
type GuiSetPanelHeightMessage struct {
	UUID    string   `wire:"uuid"`
	Height  *float64 `wire:"height"`
	Counter int      `wire:"counter"`
	RunID   string   `wire:"run_id"`
}

// GuiSetPanelCollapsedMessage goes from the server to the page.
//
//wire:message s2c gui/update_simple id=uuid
type GuiSetPanelCollapsedMessage struct {
	UUID      string `wire:"uuid"`
	Collapsed bool   `wire:"collapsed"`
	Counter   int    `wire:"counter"`
	RunID     string `wire:"run_id"`
}

// GuiPanelProps are the properties of GuiPanel.
//
//wire:props
type GuiPanelProps struct {
	TabLabels       []string  `wire:"_tab_labels"`
	TabIconsHTML    []*string `wire:"_tab_icons_html"`
	TabContainerIDs []string  `wire:"_tab_container_ids"`
	Order           float64   `wire:"order"`
	Visible         bool      `wire:"visible"`
}

// GuiPanelMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiPanelMessage struct {
	UUID  string        `wire:"uuid"`
	Props GuiPanelProps `wire:"props"`
}

// GuiPanelRemoveMessage goes from the server to the page.
//
//wire:message s2c gui/remove id=uuid
type GuiPanelRemoveMessage struct {
	UUID string `wire:"uuid"`
}
