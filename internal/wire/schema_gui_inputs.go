package wire

// GuiBaseProps are the properties that all input widgets share.
//
//wire:props
type GuiBaseProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the label beside the element
	Label string `wire:"label"`
	// the tooltip; null for none
	Hint *string `wire:"hint"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
	// whether the element is disabled; default false
	Disabled bool `wire:"disabled"`
}

// GuiSliderMark is a labeled position on a slider.
//
//wire:value
type GuiSliderMark struct {
	// the place
	Value float64 `wire:"value"`
	// the text under it; null for none
	Label *string `wire:"label"`
}

// GuiButtonProps are the properties of a button.
//
//wire:props
type GuiButtonProps struct {
	GuiBaseProps
	// the color; null for the theme's color
	Color Color `wire:"color"`
	// an icon as SVG; null for none
	IconHTML *string `wire:"_icon_html"`
	// how often the page reports that the button is held, in Hz
	HoldCallbackFreqs []float64 `wire:"_hold_callback_freqs"`
}

// GuiButtonMessage creates an element of the kind GuiButton.
//
//wire:message s2c gui/create id=uuid
type GuiButtonMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// always false
	Value bool `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiButtonProps `wire:"props"`
}

// GuiUploadButtonProps are the properties of a button that uploads a file.
//
//wire:props
type GuiUploadButtonProps struct {
	GuiBaseProps
	// the color; null for the theme's color
	Color Color `wire:"color"`
	// an icon as SVG; null for none
	IconHTML *string `wire:"_icon_html"`
	// the kinds of files that can be chosen
	MimeType string `wire:"mime_type"`
}

// GuiUploadButtonMessage creates an element of the kind GuiUploadButton.
//
//wire:message s2c gui/create id=uuid
type GuiUploadButtonMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiUploadButtonProps `wire:"props"`
}

// GuiSliderProps are the properties of a slider.
//
//wire:props
type GuiSliderProps struct {
	GuiBaseProps
	// the smallest value
	Min float64 `wire:"min"`
	// the largest value
	Max float64 `wire:"max"`
	// the distance between neighboring values
	Step float64 `wire:"step" check:"positive"`
	// the number of decimal places that are shown
	Precision int `wire:"precision" check:"notnegative"`
	// labeled positions; null for none
	Marks []GuiSliderMark `wire:"_marks,null"`
}

// GuiSliderMessage creates an element of the kind GuiSlider.
//
//wire:message s2c gui/create id=uuid
type GuiSliderMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value float64 `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiSliderProps `wire:"props"`
}

// GuiMultiSliderProps are the properties of a slider with several handles.
//
//wire:props
type GuiMultiSliderProps struct {
	GuiBaseProps
	// the smallest value
	Min float64 `wire:"min"`
	// the largest value
	Max float64 `wire:"max"`
	// the distance between neighboring values
	Step float64 `wire:"step" check:"positive"`
	// the minimum distance between handles; null for none
	MinRange *float64 `wire:"min_range" check:"notnegative"`
	// the number of decimal places that are shown
	Precision int `wire:"precision" check:"notnegative"`
	// whether the first and the last handle are fixed; default false
	FixedEndpoints bool `wire:"fixed_endpoints"`
	// labeled positions; null for none
	Marks []GuiSliderMark `wire:"_marks,null"`
}

// GuiMultiSliderMessage creates an element of the kind GuiMultiSlider.
//
//wire:message s2c gui/create id=uuid
type GuiMultiSliderMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value []float64 `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiMultiSliderProps `wire:"props"`
}

// GuiNumberProps are the properties of a numeric input.
//
//wire:props
type GuiNumberProps struct {
	GuiBaseProps
	// the number of decimal places that are shown
	Precision int `wire:"precision" check:"notnegative"`
	// the distance between neighboring values
	Step float64 `wire:"step" check:"positive"`
	// the smallest value; nil for no bound
	Min *float64 `wire:"min"`
	// the largest value; nil for no bound
	Max *float64 `wire:"max"`
}

// GuiNumberMessage creates an element of the kind GuiNumber.
//
//wire:message s2c gui/create id=uuid
type GuiNumberMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value float64 `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiNumberProps `wire:"props"`
}

// GuiRgbProps are the properties of a color input.
//
//wire:props
type GuiRgbProps struct {
	GuiBaseProps
}

// GuiRgbMessage creates an element of the kind GuiRgb.
//
//wire:message s2c gui/create id=uuid
type GuiRgbMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value [3]uint8 `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiRgbProps `wire:"props"`
}

// GuiRgbaProps are the properties of a color input with opacity.
//
//wire:props
type GuiRgbaProps struct {
	GuiBaseProps
}

// GuiRgbaMessage creates an element of the kind GuiRgba.
//
//wire:message s2c gui/create id=uuid
type GuiRgbaMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value [4]uint8 `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiRgbaProps `wire:"props"`
}

// GuiCheckboxProps are the properties of a checkbox.
//
//wire:props
type GuiCheckboxProps struct {
	GuiBaseProps
}

// GuiCheckboxMessage creates an element of the kind GuiCheckbox.
//
//wire:message s2c gui/create id=uuid
type GuiCheckboxMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value bool `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiCheckboxProps `wire:"props"`
}

// GuiVector2Props are the properties of an input for two numbers.
//
//wire:props
type GuiVector2Props struct {
	GuiBaseProps
	// the smallest values; nil for no bound
	Min *[2]float64 `wire:"min"`
	// the largest values; nil for no bound
	Max *[2]float64 `wire:"max"`
	// the distance between neighboring values
	Step float64 `wire:"step" check:"positive"`
	// the number of decimal places that are shown
	Precision int `wire:"precision" check:"notnegative"`
}

// GuiVector2Message creates an element of the kind GuiVector2.
//
//wire:message s2c gui/create id=uuid
type GuiVector2Message struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value [2]float64 `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiVector2Props `wire:"props"`
}

// GuiVector3Props are the properties of an input for three numbers.
//
//wire:props
type GuiVector3Props struct {
	GuiBaseProps
	// the smallest values; nil for no bound
	Min *[3]float64 `wire:"min"`
	// the largest values; nil for no bound
	Max *[3]float64 `wire:"max"`
	// the distance between neighboring values
	Step float64 `wire:"step" check:"positive"`
	// the number of decimal places that are shown
	Precision int `wire:"precision" check:"notnegative"`
}

// GuiVector3Message creates an element of the kind GuiVector3.
//
//wire:message s2c gui/create id=uuid
type GuiVector3Message struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value [3]float64 `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiVector3Props `wire:"props"`
}

// GuiTextProps are the properties of a text input.
//
//wire:props
type GuiTextProps struct {
	GuiBaseProps
	// whether the text has several lines; default false
	Multiline bool `wire:"multiline"`
}

// GuiTextMessage creates an element of the kind GuiText.
//
//wire:message s2c gui/create id=uuid
type GuiTextMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value string `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiTextProps `wire:"props"`
}

// GuiDropdownProps are the properties of an input that selects one of several options.
//
//wire:props
type GuiDropdownProps struct {
	GuiBaseProps
	// the options
	Options []string `wire:"options"`
}

// GuiDropdownMessage creates an element of the kind GuiDropdown.
//
//wire:message s2c gui/create id=uuid
type GuiDropdownMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value string `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiDropdownProps `wire:"props"`
}

// GuiButtonGroupProps are the properties of a row of buttons.
//
//wire:props
type GuiButtonGroupProps struct {
	GuiBaseProps
	// the options
	Options []string `wire:"options"`
}

// GuiButtonGroupMessage creates an element of the kind GuiButtonGroup.
//
//wire:message s2c gui/create id=uuid
type GuiButtonGroupMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value string `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiButtonGroupProps `wire:"props"`
}
