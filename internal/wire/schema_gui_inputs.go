package wire

// GuiBaseProps are the properties that all input widgets share.
//
//wire:props
type GuiBaseProps struct {
	Order    float64 `wire:"order"`
	Label    string  `wire:"label"`
	Hint     *string `wire:"hint"`
	Visible  bool    `wire:"visible"`
	Disabled bool    `wire:"disabled"`
}

// GuiSliderMark is a structured value inside a message.
//
//wire:value
type GuiSliderMark struct {
	Value float64 `wire:"value"`
	Label *string `wire:"label"`
}

// GuiButtonProps are the properties of GuiButton.
//
//wire:props
type GuiButtonProps struct {
	GuiBaseProps
	Color             Color     `wire:"color"`
	IconHTML          *string   `wire:"_icon_html"`
	HoldCallbackFreqs []float64 `wire:"_hold_callback_freqs"`
}

// GuiButtonMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiButtonMessage struct {
	UUID          string         `wire:"uuid"`
	Value         bool           `wire:"value"`
	ContainerUUID string         `wire:"container_uuid"`
	Props         GuiButtonProps `wire:"props"`
}

// GuiUploadButtonProps are the properties of GuiUploadButton.
//
//wire:props
type GuiUploadButtonProps struct {
	GuiBaseProps
	Color    Color   `wire:"color"`
	IconHTML *string `wire:"_icon_html"`
	MimeType string  `wire:"mime_type"`
}

// GuiUploadButtonMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiUploadButtonMessage struct {
	UUID          string               `wire:"uuid"`
	ContainerUUID string               `wire:"container_uuid"`
	Props         GuiUploadButtonProps `wire:"props"`
}

// GuiSliderProps are the properties of GuiSlider.
//
//wire:props
type GuiSliderProps struct {
	GuiBaseProps
	Min       float64         `wire:"min"`
	Max       float64         `wire:"max"`
	Step      float64         `wire:"step"`
	Precision int             `wire:"precision"`
	Marks     []GuiSliderMark `wire:"_marks,null"`
}

// GuiSliderMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiSliderMessage struct {
	UUID          string         `wire:"uuid"`
	Value         float64        `wire:"value"`
	ContainerUUID string         `wire:"container_uuid"`
	Props         GuiSliderProps `wire:"props"`
}

// GuiMultiSliderProps are the properties of GuiMultiSlider.
//
//wire:props
type GuiMultiSliderProps struct {
	GuiBaseProps
	Min            float64         `wire:"min"`
	Max            float64         `wire:"max"`
	Step           float64         `wire:"step"`
	MinRange       *float64        `wire:"min_range"`
	Precision      int             `wire:"precision"`
	FixedEndpoints bool            `wire:"fixed_endpoints"`
	Marks          []GuiSliderMark `wire:"_marks,null"`
}

// GuiMultiSliderMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiMultiSliderMessage struct {
	UUID          string              `wire:"uuid"`
	Value         []float64           `wire:"value"`
	ContainerUUID string              `wire:"container_uuid"`
	Props         GuiMultiSliderProps `wire:"props"`
}

// GuiNumberProps are the properties of GuiNumber.
//
//wire:props
type GuiNumberProps struct {
	GuiBaseProps
	Precision int      `wire:"precision"`
	Step      float64  `wire:"step"`
	Min       *float64 `wire:"min"`
	Max       *float64 `wire:"max"`
}

// GuiNumberMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiNumberMessage struct {
	UUID          string         `wire:"uuid"`
	Value         float64        `wire:"value"`
	ContainerUUID string         `wire:"container_uuid"`
	Props         GuiNumberProps `wire:"props"`
}

// GuiRgbProps are the properties of GuiRgb.
//
//wire:props
type GuiRgbProps struct {
	GuiBaseProps
}

// GuiRgbMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiRgbMessage struct {
	UUID          string      `wire:"uuid"`
	Value         [3]uint8    `wire:"value"`
	ContainerUUID string      `wire:"container_uuid"`
	Props         GuiRgbProps `wire:"props"`
}

// GuiRgbaProps are the properties of GuiRgba.
//
//wire:props
type GuiRgbaProps struct {
	GuiBaseProps
}

// GuiRgbaMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiRgbaMessage struct {
	UUID          string       `wire:"uuid"`
	Value         [4]uint8     `wire:"value"`
	ContainerUUID string       `wire:"container_uuid"`
	Props         GuiRgbaProps `wire:"props"`
}

// GuiCheckboxProps are the properties of GuiCheckbox.
//
//wire:props
type GuiCheckboxProps struct {
	GuiBaseProps
}

// GuiCheckboxMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiCheckboxMessage struct {
	UUID          string           `wire:"uuid"`
	Value         bool             `wire:"value"`
	ContainerUUID string           `wire:"container_uuid"`
	Props         GuiCheckboxProps `wire:"props"`
}

// GuiVector2Props are the properties of GuiVector2.
//
//wire:props
type GuiVector2Props struct {
	GuiBaseProps
	Min       *[2]float64 `wire:"min"`
	Max       *[2]float64 `wire:"max"`
	Step      float64     `wire:"step"`
	Precision int         `wire:"precision"`
}

// GuiVector2Message goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiVector2Message struct {
	UUID          string          `wire:"uuid"`
	Value         [2]float64      `wire:"value"`
	ContainerUUID string          `wire:"container_uuid"`
	Props         GuiVector2Props `wire:"props"`
}

// GuiVector3Props are the properties of GuiVector3.
//
//wire:props
type GuiVector3Props struct {
	GuiBaseProps
	Min       *[3]float64 `wire:"min"`
	Max       *[3]float64 `wire:"max"`
	Step      float64     `wire:"step"`
	Precision int         `wire:"precision"`
}

// GuiVector3Message goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiVector3Message struct {
	UUID          string          `wire:"uuid"`
	Value         [3]float64      `wire:"value"`
	ContainerUUID string          `wire:"container_uuid"`
	Props         GuiVector3Props `wire:"props"`
}

// GuiTextProps are the properties of GuiText.
//
//wire:props
type GuiTextProps struct {
	GuiBaseProps
	Multiline bool `wire:"multiline"`
}

// GuiTextMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiTextMessage struct {
	UUID          string       `wire:"uuid"`
	Value         string       `wire:"value"`
	ContainerUUID string       `wire:"container_uuid"`
	Props         GuiTextProps `wire:"props"`
}

// GuiDropdownProps are the properties of GuiDropdown.
//
//wire:props
type GuiDropdownProps struct {
	GuiBaseProps
	Options []string `wire:"options"`
}

// GuiDropdownMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiDropdownMessage struct {
	UUID          string           `wire:"uuid"`
	Value         string           `wire:"value"`
	ContainerUUID string           `wire:"container_uuid"`
	Props         GuiDropdownProps `wire:"props"`
}

// GuiButtonGroupProps are the properties of GuiButtonGroup.
//
//wire:props
type GuiButtonGroupProps struct {
	GuiBaseProps
	Options []string `wire:"options"`
}

// GuiButtonGroupMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiButtonGroupMessage struct {
	UUID          string              `wire:"uuid"`
	Value         string              `wire:"value"`
	ContainerUUID string              `wire:"container_uuid"`
	Props         GuiButtonGroupProps `wire:"props"`
}
