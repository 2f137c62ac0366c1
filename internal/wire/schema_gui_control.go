package wire

// TitlebarButton is a structured value inside a message.
//
//wire:value
type TitlebarButton struct {
	Text *string       `wire:"text"`
	Icon *TitlebarIcon `wire:"icon"`
	Href *string       `wire:"href"`
}

// TitlebarImage is a structured value inside a message.
//
//wire:value
type TitlebarImage struct {
	ImageURLLight string  `wire:"image_url_light"`
	ImageURLDark  *string `wire:"image_url_dark"`
	ImageAlt      string  `wire:"image_alt"`
	Href          *string `wire:"href"`
}

// TitlebarConfig is a structured value inside a message.
//
//wire:value
type TitlebarConfig struct {
	Buttons []TitlebarButton `wire:"buttons,null"`
	Image   *TitlebarImage   `wire:"image"`
}

// GuiRemoveMessage goes from the server to the page.
//
//wire:message s2c gui/remove id=uuid
type GuiRemoveMessage struct {
	UUID string `wire:"uuid"`
}

// ResetGuiMessage goes from the server to the page.
//
//wire:message s2c
type ResetGuiMessage struct {
}

// GuiFormSubmitMessage goes both ways.
//
//wire:message both
type GuiFormSubmitMessage struct {
	UUID string `wire:"uuid"`
}

// GuiFormDirtyMessage goes both ways.
//
//wire:message both
type GuiFormDirtyMessage struct {
	UUID string `wire:"uuid"`
}

// GuiModalMessage goes from the server to the page.
//
//wire:message s2c modal/create id=uuid
type GuiModalMessage struct {
	Order float64 `wire:"order"`
	UUID  string  `wire:"uuid"`
	Title string  `wire:"title"`
}

// GuiCloseModalMessage goes from the server to the page.
//
//wire:message s2c modal/remove id=uuid
type GuiCloseModalMessage struct {
	UUID string `wire:"uuid"`
}

// GuiButtonHoldMessage goes from the page to the server.
//
//wire:message c2s
type GuiButtonHoldMessage struct {
	UUID      string  `wire:"uuid"`
	Frequency float64 `wire:"frequency"`
}

// GuiUpdateMessage goes both ways.
//
//wire:message both gui/update_dict id=uuid
type GuiUpdateMessage struct {
	UUID    string  `wire:"uuid"`
	Updates Updates `wire:"updates"`
}

// ThemeConfigurationMessage goes from the server to the page.
//
//wire:message s2c inscene
type ThemeConfigurationMessage struct {
	TitlebarContent *TitlebarConfig `wire:"titlebar_content"`
	ControlLayout   ControlLayout   `wire:"control_layout"`
	ControlWidth    ControlWidth    `wire:"control_width"`
	ShowLogo        bool            `wire:"show_logo"`
	ShowShareButton bool            `wire:"show_share_button"`
	DarkMode        bool            `wire:"dark_mode"`
	Colors          *[10]string     `wire:"colors"`
}

// SetGuiPanelLabelMessage goes from the server to the page.
//
//wire:message s2c
type SetGuiPanelLabelMessage struct {
	Label *string `wire:"label"`
}
