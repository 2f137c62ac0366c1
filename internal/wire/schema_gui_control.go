package wire

// TitlebarButton is a link in the bar above the page.
//
//wire:value
type TitlebarButton struct {
	// the text; null for none
	Text *string `wire:"text"`
	// the icon; null for none
	Icon *TitlebarIcon `wire:"icon"`
	// the address that it opens; null for none
	Href *string `wire:"href"`
}

// TitlebarImage is a picture in the bar above the page.
//
//wire:value
type TitlebarImage struct {
	// the picture, or that of the light theme
	ImageURLLight string `wire:"image_url_light"`
	// the picture of the dark theme; null for the same
	ImageURLDark *string `wire:"image_url_dark"`
	// a description of the picture, for screen readers
	ImageAlt string `wire:"image_alt"`
	// the address that it opens; null for none
	Href *string `wire:"href"`
}

// TitlebarConfig is what the bar above the page holds.
//
//wire:value
type TitlebarConfig struct {
	// the links; null for none
	Buttons []TitlebarButton `wire:"buttons,null"`
	// the picture; null for none
	Image *TitlebarImage `wire:"image"`
}

// GuiRemoveMessage removes an element; its children are removed by their own messages.
//
//wire:message s2c gui/remove id=uuid
type GuiRemoveMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
}

// ResetGuiMessage removes all elements.
//
//wire:message s2c
type ResetGuiMessage struct {
}

// GuiFormSubmitMessage reports that a form was submitted.
//
//wire:message both
type GuiFormSubmitMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
}

// GuiFormDirtyMessage reports that a form has changes that were not submitted.
//
//wire:message both
type GuiFormDirtyMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
}

// GuiModalMessage opens a dialog over the page.
//
//wire:message s2c modal/create id=uuid
type GuiModalMessage struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the ID of the element
	UUID string `wire:"uuid"`
	// the heading
	Title string `wire:"title"`
}

// GuiCloseModalMessage closes a dialog.
//
//wire:message s2c modal/remove id=uuid
type GuiCloseModalMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
}

// GuiButtonHoldMessage reports, periodically, that a button is held.
//
//wire:message c2s
type GuiButtonHoldMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// which of the button's frequencies this is for, in Hz
	Frequency float64 `wire:"frequency"`
}

// GuiUpdateMessage changes properties or the value of an element.
//
//wire:message both gui/update_dict id=uuid
type GuiUpdateMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the properties that change, by key
	Updates Updates `wire:"updates"`
	// of the viser-go.v1 dialect, from a page that sets a value: a number that grows with each value that the page
	// sets for the element; left out while zero
	Revision int `wire:"revision,omitzero"`
}

// GuiUpdateAckMessage reports that a value of the page was received. It is of the viser-go.v1 dialect. Values of the
// element before this message are older than the page's, values after it are newer.
//
//wire:message s2c extension
type GuiUpdateAckMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the revision of the GuiUpdateMessage
	Revision int `wire:"revision"`
}

// ThemeConfigurationMessage sets how the page looks.
//
//wire:message s2c inscene
type ThemeConfigurationMessage struct {
	// the bar above the page; null for none
	TitlebarContent *TitlebarConfig `wire:"titlebar_content"`
	// where the panel is
	ControlLayout ControlLayout `wire:"control_layout"`
	// how wide the panel is
	ControlWidth ControlWidth `wire:"control_width"`
	// whether the logo is shown
	ShowLogo bool `wire:"show_logo"`
	// whether the button that shares the page is shown
	ShowShareButton bool `wire:"show_share_button"`
	// whether the page is dark
	DarkMode bool `wire:"dark_mode"`
	// ten shades of the brand color from light to dark, as CSS; null for the page's own
	Colors *[10]string `wire:"colors"`
}

// SetGuiPanelLabelMessage sets the heading of the panel.
//
//wire:message s2c
type SetGuiPanelLabelMessage struct {
	// the heading; null for the page's own
	Label *string `wire:"label"`
}
