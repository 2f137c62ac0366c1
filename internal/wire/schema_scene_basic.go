package wire

// SceneHeader holds the fields that every scene create message begins with. ID is of the
// viser-go.v1 dialect and left off the wire while it is zero.
//
//wire:header
type SceneHeader struct {
	Name    string `wire:"name"`
	Owner   string `wire:"owner,default"`
	Virtual bool   `wire:"virtual,default"`
	ID      uint32 `wire:"id,omitzero"`
}

// CameraFrustumProps are the properties of CameraFrustum.
//
//wire:props
type CameraFrustumProps struct {
	FOV            float64        `wire:"fov"`
	Aspect         float64        `wire:"aspect"`
	Thickness      float64        `wire:"thickness"`
	Color          [3]uint8       `wire:"color"`
	Format         ImageFormat    `wire:"_format"`
	ImageData      []byte         `wire:"_image_data,null"`
	CastShadow     bool           `wire:"cast_shadow"`
	ReceiveShadow  BoolOrFloat    `wire:"receive_shadow"`
	Variant        FrustumVariant `wire:"variant"`
	Scale          FloatOrVec3    `wire:"scale"`
	ThicknessUnits ThicknessUnits `wire:"thickness_units"`
}

// CameraFrustumMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type CameraFrustumMessage struct {
	SceneHeader
	Props CameraFrustumProps `wire:"props"`
}

// FrameProps are the properties of Frame.
//
//wire:props
type FrameProps struct {
	ShowAxes     bool        `wire:"show_axes"`
	AxesLength   float64     `wire:"axes_length"`
	AxesRadius   float64     `wire:"axes_radius"`
	OriginRadius float64     `wire:"origin_radius"`
	OriginColor  [3]uint8    `wire:"origin_color"`
	Scale        FloatOrVec3 `wire:"scale"`
}

// FrameMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type FrameMessage struct {
	SceneHeader
	Props FrameProps `wire:"props"`
}

// BatchedAxesProps are the properties of BatchedAxes.
//
//wire:props
type BatchedAxesProps struct {
	BatchedWXYZs     Array       `wire:"batched_wxyzs" dtype:"<f4"`
	BatchedPositions Array       `wire:"batched_positions" dtype:"<f4"`
	BatchedScales    Array       `wire:"batched_scales,null" dtype:"<f4"`
	AxesLength       float64     `wire:"axes_length"`
	AxesRadius       float64     `wire:"axes_radius"`
	Scale            FloatOrVec3 `wire:"scale"`
}

// BatchedAxesMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type BatchedAxesMessage struct {
	SceneHeader
	Props BatchedAxesProps `wire:"props"`
}

// GridProps are the properties of Grid.
//
//wire:props
type GridProps struct {
	Width            float64     `wire:"width"`
	Height           float64     `wire:"height"`
	Plane            GridPlane   `wire:"plane"`
	CellColor        [3]uint8    `wire:"cell_color"`
	CellThickness    float64     `wire:"cell_thickness"`
	CellSize         float64     `wire:"cell_size"`
	SectionColor     [3]uint8    `wire:"section_color"`
	SectionThickness float64     `wire:"section_thickness"`
	SectionSize      float64     `wire:"section_size"`
	InfiniteGrid     bool        `wire:"infinite_grid"`
	FadeDistance     float64     `wire:"fade_distance"`
	FadeStrength     float64     `wire:"fade_strength"`
	FadeFrom         FadeFrom    `wire:"fade_from"`
	ShadowOpacity    float64     `wire:"shadow_opacity"`
	PlaneColor       [3]uint8    `wire:"plane_color"`
	PlaneOpacity     float64     `wire:"plane_opacity"`
	Scale            FloatOrVec3 `wire:"scale"`
}

// GridMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type GridMessage struct {
	SceneHeader
	Props GridProps `wire:"props"`
}

// LabelProps are the properties of Label.
//
//wire:props
type LabelProps struct {
	Text            string       `wire:"text"`
	FontSizeMode    FontSizeMode `wire:"font_size_mode"`
	FontScreenScale float64      `wire:"font_screen_scale"`
	FontSceneHeight float64      `wire:"font_scene_height"`
	DepthTest       bool         `wire:"depth_test"`
	Anchor          LabelAnchor  `wire:"anchor"`
}

// LabelMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type LabelMessage struct {
	SceneHeader
	Props LabelProps `wire:"props"`
}

// TransformControlsProps are the properties of TransformControls.
//
//wire:props
type TransformControlsProps struct {
	Scale             float64       `wire:"scale"`
	LineWidth         float64       `wire:"line_width"`
	Fixed             bool          `wire:"fixed"`
	ActiveAxes        [3]bool       `wire:"active_axes"`
	DisableAxes       bool          `wire:"disable_axes"`
	DisableSliders    bool          `wire:"disable_sliders"`
	DisableRotations  bool          `wire:"disable_rotations"`
	TranslationLimits [3][2]float64 `wire:"translation_limits"`
	RotationLimits    [3][2]float64 `wire:"rotation_limits"`
	DepthTest         bool          `wire:"depth_test"`
	Opacity           float64       `wire:"opacity"`
}

// TransformControlsMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type TransformControlsMessage struct {
	SceneHeader
	Props TransformControlsProps `wire:"props"`
}

// ImageProps are the properties of Image.
//
//wire:props
type ImageProps struct {
	Format        ImageFormat `wire:"_format"`
	Data          []byte      `wire:"_data"`
	RenderWidth   float64     `wire:"render_width"`
	RenderHeight  float64     `wire:"render_height"`
	CastShadow    bool        `wire:"cast_shadow"`
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	Scale         FloatOrVec3 `wire:"scale"`
}

// ImageMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type ImageMessage struct {
	SceneHeader
	Props ImageProps `wire:"props"`
}
