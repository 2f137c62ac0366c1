package wire

// GuiFolderProps are the properties of GuiFolder.
//
//wire:props
type GuiFolderProps struct {
	Order           float64 `wire:"order"`
	Label           *string `wire:"label"`
	Visible         bool    `wire:"visible"`
	ExpandByDefault bool    `wire:"expand_by_default"`
}

// GuiFolderMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiFolderMessage struct {
	UUID          string         `wire:"uuid"`
	ContainerUUID string         `wire:"container_uuid"`
	Props         GuiFolderProps `wire:"props"`
}

// GuiFormMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiFormMessage struct {
	UUID          string         `wire:"uuid"`
	ContainerUUID string         `wire:"container_uuid"`
	Props         GuiFolderProps `wire:"props"`
}

// GuiMarkdownProps are the properties of GuiMarkdown.
//
//wire:props
type GuiMarkdownProps struct {
	Order    float64 `wire:"order"`
	Markdown string  `wire:"_markdown"`
	Visible  bool    `wire:"visible"`
}

// GuiMarkdownMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiMarkdownMessage struct {
	UUID          string           `wire:"uuid"`
	ContainerUUID string           `wire:"container_uuid"`
	Props         GuiMarkdownProps `wire:"props"`
}

// GuiHtmlProps are the properties of GuiHtml.
//
//wire:props
type GuiHtmlProps struct {
	Order   float64 `wire:"order"`
	Content string  `wire:"content"`
	Visible bool    `wire:"visible"`
}

// GuiHtmlMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiHtmlMessage struct {
	UUID          string       `wire:"uuid"`
	ContainerUUID string       `wire:"container_uuid"`
	Props         GuiHtmlProps `wire:"props"`
}

// GuiDividerProps are the properties of GuiDivider.
//
//wire:props
type GuiDividerProps struct {
	Order   float64 `wire:"order"`
	Visible bool    `wire:"visible"`
}

// GuiDividerMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiDividerMessage struct {
	UUID          string          `wire:"uuid"`
	ContainerUUID string          `wire:"container_uuid"`
	Props         GuiDividerProps `wire:"props"`
}

// GuiProgressBarProps are the properties of GuiProgressBar.
//
//wire:props
type GuiProgressBarProps struct {
	Order    float64 `wire:"order"`
	Animated bool    `wire:"animated"`
	Color    Color   `wire:"color"`
	Visible  bool    `wire:"visible"`
}

// GuiProgressBarMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiProgressBarMessage struct {
	UUID          string              `wire:"uuid"`
	Value         float64             `wire:"value"`
	ContainerUUID string              `wire:"container_uuid"`
	Props         GuiProgressBarProps `wire:"props"`
}

// GuiPlotlyProps are the properties of GuiPlotly.
//
//wire:props
type GuiPlotlyProps struct {
	Order         float64 `wire:"order"`
	PlotlyJSONStr string  `wire:"_plotly_json_str"`
	Aspect        float64 `wire:"aspect"`
	Visible       bool    `wire:"visible"`
}

// GuiPlotlyMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiPlotlyMessage struct {
	UUID          string         `wire:"uuid"`
	ContainerUUID string         `wire:"container_uuid"`
	Props         GuiPlotlyProps `wire:"props"`
}

// GuiUplotProps are the properties of GuiUplot.
//
//wire:props
type GuiUplotProps struct {
	Order   float64        `wire:"order"`
	Data    []Array        `wire:"data" dtype:"<f8"`
	Mode    *int           `wire:"mode" ts:"1 | 2 | null"`
	Title   *string        `wire:"title"`
	Series  []any          `wire:"series"`
	Bands   []any          `wire:"bands,null"`
	Scales  map[string]any `wire:"scales,null"`
	Axes    []any          `wire:"axes,null"`
	Legend  any            `wire:"legend,null"`
	Cursor  any            `wire:"cursor,null"`
	Focus   any            `wire:"focus,null"`
	Aspect  float64        `wire:"aspect"`
	Height  *int           `wire:"height"`
	Padding *[4]int        `wire:"padding"`
	Visible bool           `wire:"visible"`
}

// GuiUplotMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiUplotMessage struct {
	UUID          string        `wire:"uuid"`
	ContainerUUID string        `wire:"container_uuid"`
	Props         GuiUplotProps `wire:"props"`
}

// GuiImageProps are the properties of GuiImage.
//
//wire:props
type GuiImageProps struct {
	Order   float64     `wire:"order"`
	Label   *string     `wire:"label"`
	Data    []byte      `wire:"_data,null"`
	Format  ImageFormat `wire:"_format"`
	Visible bool        `wire:"visible"`
}

// GuiImageMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiImageMessage struct {
	UUID          string        `wire:"uuid"`
	ContainerUUID string        `wire:"container_uuid"`
	Props         GuiImageProps `wire:"props"`
}

// GuiTabGroupProps are the properties of GuiTabGroup.
//
//wire:props
type GuiTabGroupProps struct {
	TabLabels       []string  `wire:"_tab_labels"`
	TabIconsHTML    []*string `wire:"_tab_icons_html"`
	TabContainerIDs []string  `wire:"_tab_container_ids"`
	Order           float64   `wire:"order"`
	Visible         bool      `wire:"visible"`
}

// GuiTabGroupMessage goes from the server to the page.
//
//wire:message s2c gui/create id=uuid
type GuiTabGroupMessage struct {
	UUID          string           `wire:"uuid"`
	ContainerUUID string           `wire:"container_uuid"`
	Props         GuiTabGroupProps `wire:"props"`
}
