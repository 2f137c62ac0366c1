package wire

// GuiTableProps are the properties of a table.
//
//wire:props
type GuiTableProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the title; null for none
	Label *string `wire:"label"`
	// the headings of the columns
	Columns []string `wire:"columns"`
	// a line for each row, UTF-8: a JSON array of texts, numbers, booleans and nulls
	Rows Array `wire:"rows" dtype:"|u1"`
	// the height, in pixels
	Height int `wire:"height" check:"positive"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
}

// GuiTableMessage creates an element of the kind GuiTable. The page sends the number of the row that
// was chosen as its value.
//
//wire:message s2c gui/create id=uuid extension
type GuiTableMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiTableProps `wire:"props"`
}

// GuiLogProps are the properties of a log: a list of lines to which new ones are
// appended.
//
//wire:props
type GuiLogProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the title; null for none
	Label *string `wire:"label"`
	// the lines, UTF-8, each behind the letter of its level (d, i, w, e) and before a line feed
	Lines Array `wire:"lines" dtype:"|u1"`
	// the height, in pixels
	Height int `wire:"height" check:"positive"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
}

// GuiLogMessage creates an element of the kind GuiLog.
//
//wire:message s2c gui/create id=uuid extension
type GuiLogMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiLogProps `wire:"props"`
}

// GuiMultiSelectProps are the properties of an input that selects any number of
// options.
//
//wire:props
type GuiMultiSelectProps struct {
	GuiBaseProps
	// the options
	Options []string `wire:"options"`
}

// GuiMultiSelectMessage creates an element of the kind GuiMultiSelect.
//
//wire:message s2c gui/create id=uuid extension
type GuiMultiSelectMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the value
	Value []string `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiMultiSelectProps `wire:"props"`
}
