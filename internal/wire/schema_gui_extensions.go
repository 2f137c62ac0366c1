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

// GuiImageViewProps are the properties of a picture that users can zoom into, with what was found in it. Pages of viser
// 1.1 are sent those that a GuiImage has.
//
//wire:props
type GuiImageViewProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the title; null for none
	Label *string `wire:"label"`
	// the encoded picture, of a depth image in colors; null for none
	Data []byte `wire:"_data,null"`
	// the encoding of the picture
	Format ImageFormat `wire:"_format"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
	// the width of the picture, in pixels; 0 for none
	PictureWidth int `wire:"_width"`
	// the height of the picture, in pixels
	PictureHeight int `wire:"_height"`
	// the values of a depth image, little-endian, row by row; null for other pictures
	Values []byte `wire:"_values,null"`
	// the type of the values
	ValueType ImageValueType `wire:"_value_type"`
	// what values of a depth image are multiplied by before they are shown
	ValueScale float64 `wire:"value_scale" api:"Scale" check:"positive"`
	// the unit of the values that are shown, "" for none
	Unit string `wire:"unit"`
	// the name of the colormap of values
	Colormap string `wire:"colormap"`
	// the values of the colormap's ends, as they are shown; null for the least and the greatest
	Range *[2]float64 `wire:"range"`
	// whether enlarged pixels are blended instead of drawn as squares
	Smooth bool `wire:"smooth"`
	// the height, in pixels; 0 to follow the picture
	Height int `wire:"height" check:"notnegative"`
	// whether the element is as high as the panel
	Fill bool `wire:"fill"`
	// the boxes, JSON: a list of {"box": [x, y, width, height], "label", "color": [r, g, b], "score"}, in pixels
	Boxes string `wire:"boxes"`
	// the keypoints, JSON: a list of {"points": [[x, y] or null], "edges": [[i, k]], "label", "color": [r, g, b]}
	Keypoints string `wire:"keypoints"`
	// the classes of the segmentation, JSON: a list of {"id", "name", "color": [r, g, b]}
	Classes string `wire:"classes"`
	// the class of each pixel, uint16, little-endian, row by row; null for no segmentation
	ClassIDs []byte `wire:"_class_ids,null"`
	// the width of the segmentation, which is stretched over the picture
	ClassWidth int `wire:"_class_width"`
	// the height of the segmentation
	ClassHeight int `wire:"_class_height"`
	// how opaque the segmentation is, 0 to 1
	ClassOpacity float64 `wire:"class_opacity"`
}

// GuiImageViewMessage creates an element of the kind GuiImageView. The page sends the pixel that was clicked, [x, y], as
// its value.
//
//wire:message s2c gui/create id=uuid extension
type GuiImageViewMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiImageViewProps `wire:"props"`
}
