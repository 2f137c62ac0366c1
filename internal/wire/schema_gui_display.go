package wire

// GuiFolderProps are the properties of a folder or form.
//
//wire:props
type GuiFolderProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the title; null for a frame only
	Label *string `wire:"label"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
	// whether the folder is initially expanded; default true
	ExpandByDefault bool `wire:"expand_by_default"`
}

// GuiFolderMessage creates an element of the kind GuiFolder.
//
//wire:message s2c gui/create id=uuid
type GuiFolderMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiFolderProps `wire:"props"`
}

// GuiFormMessage creates a form: a folder whose inputs are submitted together.
//
//wire:message s2c gui/create id=uuid
type GuiFormMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiFolderProps `wire:"props"`
}

// GuiMarkdownProps are the properties of formatted text.
//
//wire:props
type GuiMarkdownProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the text
	Markdown string `wire:"_markdown"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
}

// GuiMarkdownMessage creates an element of the kind GuiMarkdown.
//
//wire:message s2c gui/create id=uuid
type GuiMarkdownMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiMarkdownProps `wire:"props"`
}

// GuiHtmlProps are the properties of a piece of HTML.
//
//wire:props
type GuiHtmlProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the HTML, from which clients remove scripts
	Content string `wire:"content"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
}

// GuiHtmlMessage creates an element of the kind GuiHtml.
//
//wire:message s2c gui/create id=uuid
type GuiHtmlMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiHtmlProps `wire:"props"`
}

// GuiDividerProps are the properties of a line between elements.
//
//wire:props
type GuiDividerProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
}

// GuiDividerMessage creates an element of the kind GuiDivider.
//
//wire:message s2c gui/create id=uuid
type GuiDividerMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiDividerProps `wire:"props"`
}

// GuiProgressBarProps are the properties of a progress bar.
//
//wire:props
type GuiProgressBarProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// whether the bar has moving stripes; default false
	Animated bool `wire:"animated"`
	// the color; null for the theme's color
	Color Color `wire:"color"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
}

// GuiProgressBarMessage creates an element of the kind GuiProgressBar.
//
//wire:message s2c gui/create id=uuid
type GuiProgressBarMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the progress, 0 to 100
	Value float64 `wire:"value"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiProgressBarProps `wire:"props"`
}

// GuiPlotlyProps are the properties of a Plotly figure.
//
//wire:props
type GuiPlotlyProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the figure as Plotly's JSON
	PlotlyJSONStr string `wire:"_plotly_json_str"`
	// the width divided by the height
	Aspect float64 `wire:"aspect" check:"positive"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
}

// GuiPlotlyMessage creates an element of the kind GuiPlotly.
//
//wire:message s2c gui/create id=uuid
type GuiPlotlyMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiPlotlyProps `wire:"props"`
}

// GuiUplotProps are the properties of a uPlot chart.
//
//wire:props
type GuiUplotProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the columns, float64; the first is x
	Data []Array `wire:"data" dtype:"<f8"`
	// uPlot's mode: 1 for one x, 2 for an x per series; null for 1
	Mode *int `wire:"mode" ts:"1 | 2 | null"`
	// the title; null for none
	Title *string `wire:"title"`
	// uPlot's options of each series
	Series []any `wire:"series"`
	// uPlot's bands between series; null for none
	Bands []any `wire:"bands,null"`
	// uPlot's options of each scale, by name; null for uPlot's default
	Scales map[string]any `wire:"scales,null"`
	// uPlot's options of each axis; null for uPlot's default
	Axes []any `wire:"axes,null"`
	// uPlot's options of the legend; null for uPlot's default
	Legend any `wire:"legend,null"`
	// uPlot's options of the cursor; null for uPlot's default
	Cursor any `wire:"cursor,null"`
	// uPlot's options of the focus; null for uPlot's default
	Focus any `wire:"focus,null"`
	// the width divided by the height, used if no height is set
	Aspect float64 `wire:"aspect" check:"positive"`
	// the height, in pixels, null to follow Aspect
	Height *int `wire:"height"`
	// the padding around the plot: top, right, bottom, left, in pixels, null for
	// uPlot's default
	Padding *[4]int `wire:"padding"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
}

// GuiUplotMessage creates an element of the kind GuiUplot.
//
//wire:message s2c gui/create id=uuid
type GuiUplotMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiUplotProps `wire:"props"`
}

// GuiImageProps are the properties of a picture in the GUI.
//
//wire:props
type GuiImageProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the text above it; null for none
	Label *string `wire:"label"`
	// the encoded picture; null for none
	Data []byte `wire:"_data,null"`
	// the encoding of the image
	Format ImageFormat `wire:"_format"`
	// whether the element is shown; default true
	Visible bool `wire:"visible"`
}

// GuiImageMessage creates an element of the kind GuiImage.
//
//wire:message s2c gui/create id=uuid
type GuiImageMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiImageProps `wire:"props"`
}

// GuiTabGroupProps are the properties of a group of tabs.
//
//wire:props
type GuiTabGroupProps struct {
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

// GuiTabGroupMessage creates an element of the kind GuiTabGroup.
//
//wire:message s2c gui/create id=uuid
type GuiTabGroupMessage struct {
	// the ID of the element
	UUID string `wire:"uuid"`
	// the container that holds the element; "root" is the panel itself
	ContainerUUID string `wire:"container_uuid"`
	// the properties
	Props GuiTabGroupProps `wire:"props"`
}
