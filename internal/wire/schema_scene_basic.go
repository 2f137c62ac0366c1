package wire

// SceneHeader has the fields that all scene create messages begin with.
//
//wire:header
type SceneHeader struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
	// whether it is only the missing parent of another node and draws nothing
	Virtual bool `wire:"virtual,default"`
	// the node's number on this server, of the viser-go.v1 dialect; left out while zero
	ID uint32 `wire:"id,omitzero"`
}

// CameraFrustumProps are the properties of a camera's viewing pyramid. It looks along +z, +x to the
// right, +y down.
//
//wire:props
type CameraFrustumProps struct {
	// the vertical field of view, in radians
	FOV float64 `wire:"fov" check:"fov"`
	// the width of the image divided by its height
	Aspect float64 `wire:"aspect" check:"positive"`
	// the thickness of the lines, in ThicknessUnits; default 0.02
	Thickness float64 `wire:"thickness" check:"positive"`
	// the color of the lines; default {20, 20, 20}
	Color [3]uint8 `wire:"color"`
	// the encoding of the image
	Format ImageFormat `wire:"_format"`
	// the encoded image on the image plane; null for none
	ImageData []byte `wire:"_image_data,null"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows, or how dark they are, 0 to 1; default true
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	// how the frustum is drawn; default wireframe
	Variant FrustumVariant `wire:"variant"`
	// the size of the frustum along x, y and z: the distance from the camera to the image plane, in scene units;
	// default 0.3
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	// what Thickness is measured in; default the scene's unit
	ThicknessUnits ThicknessUnits `wire:"thickness_units"`
}

// CameraFrustumMessage creates a node of the kind CameraFrustum.
//
//wire:message s2c scene/create id=name inscene
type CameraFrustumMessage struct {
	SceneHeader
	// the properties
	Props CameraFrustumProps `wire:"props"`
}

// FrameProps are the properties of a coordinate frame.
//
//wire:props
type FrameProps struct {
	// whether the axes are drawn; default true
	ShowAxes bool `wire:"show_axes"`
	// the length of the axes, in scene units; default 0.5
	AxesLength float64 `wire:"axes_length" check:"positive"`
	// the radius of the axes, in scene units; default 0.025
	AxesRadius float64 `wire:"axes_radius" check:"positive"`
	// the radius of the sphere at the origin, in scene units; default twice the axes'
	// radius
	OriginRadius float64 `wire:"origin_radius" check:"notnegative"`
	// the color of the sphere at the origin; default {236, 236, 0}
	OriginColor [3]uint8 `wire:"origin_color"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
}

// FrameMessage creates a node of the kind Frame.
//
//wire:message s2c scene/create id=name inscene
type FrameMessage struct {
	SceneHeader
	// the properties
	Props FrameProps `wire:"props"`
}

// BatchedAxesProps are the properties of many coordinate frames drawn at once.
//
//wire:props
type BatchedAxesProps struct {
	// the orientations of the instances, float32, four per row
	BatchedWXYZs Array `wire:"batched_wxyzs" dtype:"<f4"`
	// the positions of the instances, float32, three per row
	BatchedPositions Array `wire:"batched_positions" dtype:"<f4"`
	// the scales of the instances, float32, one or three per row; null for 1
	BatchedScales Array `wire:"batched_scales,null" dtype:"<f4"`
	// the length of the axes, in scene units; default 0.5
	AxesLength float64 `wire:"axes_length" check:"positive"`
	// the radius of the axes, in scene units; default 0.025
	AxesRadius float64 `wire:"axes_radius" check:"positive"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
}

// BatchedAxesMessage creates a node of the kind BatchedAxes.
//
//wire:message s2c scene/create id=name inscene
type BatchedAxesMessage struct {
	SceneHeader
	// the properties
	Props BatchedAxesProps `wire:"props"`
}

// GridProps are the properties of a plane of lines.
//
//wire:props
type GridProps struct {
	// the size along the first axis of the plane, in scene units; default 10
	Width float64 `wire:"width" check:"positive"`
	// the size along the second axis of the plane, in scene units; default 10
	Height float64 `wire:"height" check:"positive"`
	// the plane that the grid lies in; default xy
	Plane GridPlane `wire:"plane"`
	// the color of the thin lines; default {200, 200, 200}
	CellColor [3]uint8 `wire:"cell_color"`
	// the thickness of the thin lines, in pixels; default 1
	CellThickness float64 `wire:"cell_thickness" check:"notnegative"`
	// the distance between thin lines, in scene units; default 0.5
	CellSize float64 `wire:"cell_size" check:"positive"`
	// the color of the strong lines; default {140, 140, 140}
	SectionColor [3]uint8 `wire:"section_color"`
	// the thickness of the strong lines, in pixels; default 1
	SectionThickness float64 `wire:"section_thickness" check:"notnegative"`
	// the distance between strong lines, in scene units; default 1
	SectionSize float64 `wire:"section_size" check:"positive"`
	// whether the grid extends to the horizon, regardless of its width and height; default
	// false
	InfiniteGrid bool `wire:"infinite_grid" api:"Infinite"`
	// the distance at which the grid has faded to nothing, in scene units; default 100
	FadeDistance float64 `wire:"fade_distance" check:"positive"`
	// how quickly the grid fades, 0 for no fading; default 1
	FadeStrength float64 `wire:"fade_strength" check:"notnegative"`
	// the point from which the fading distance is measured; default the camera
	FadeFrom FadeFrom `wire:"fade_from"`
	// the darkness of shadows on the grid, 0 to 1; default 0.125
	ShadowOpacity float64 `wire:"shadow_opacity" check:"unit"`
	// the color of the plane between the lines; default white
	PlaneColor [3]uint8 `wire:"plane_color"`
	// the opacity of the plane between the lines, 0 to 1; default 0
	PlaneOpacity float64 `wire:"plane_opacity" check:"unit"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
}

// GridMessage creates a node of the kind Grid.
//
//wire:message s2c scene/create id=name inscene
type GridMessage struct {
	SceneHeader
	// the properties
	Props GridProps `wire:"props"`
}

// LabelProps are the properties of text that faces the camera.
//
//wire:props
type LabelProps struct {
	// the text
	Text string `wire:"text"`
	// whether the text has a fixed size on the screen or in the scene; default the
	// screen
	FontSizeMode FontSizeMode `wire:"font_size_mode"`
	// the scale of the text, for ScreenFont; default 1
	FontScreenScale float64 `wire:"font_screen_scale" check:"positive"`
	// the height of a line of text, for SceneFont, in scene units; default 0.075
	FontSceneHeight float64 `wire:"font_scene_height" check:"positive"`
	// whether nodes in front of the label hide it; default false
	DepthTest bool `wire:"depth_test"`
	// the point of the label that is placed at the node's position; default top left
	Anchor LabelAnchor `wire:"anchor"`
}

// LabelMessage creates a node of the kind Label.
//
//wire:message s2c scene/create id=name inscene
type LabelMessage struct {
	SceneHeader
	// the properties
	Props LabelProps `wire:"props"`
}

// TransformControlsProps are the properties of a gizmo that moves and turns its node.
//
//wire:props
type TransformControlsProps struct {
	// the length of the gizmo's arrows, in scene units, or in pixels if it is fixed;
	// default 1
	Scale float64 `wire:"scale" check:"positive"`
	// the width of the gizmo's lines, in pixels; default 2.5
	LineWidth float64 `wire:"line_width" check:"positive"`
	// whether the gizmo has a fixed size on the screen; default false
	Fixed bool `wire:"fixed"`
	// which of the axes x, y, z can be used; default all
	ActiveAxes [3]bool `wire:"active_axes"`
	// whether the arrows are left out; default false
	DisableAxes bool `wire:"disable_axes"`
	// whether the squares between arrows are left out; default false
	DisableSliders bool `wire:"disable_sliders"`
	// whether the rotation rings are left out; default false
	DisableRotations bool `wire:"disable_rotations"`
	// how far the gizmo can be moved from its initial position, along its x, y, z, in scene
	// units; default ±1000
	TranslationLimits [3][2]float64 `wire:"translation_limits"`
	// how far the gizmo can be rotated from its initial orientation, about its x, y, z,
	// in radians; default ±1000
	RotationLimits [3][2]float64 `wire:"rotation_limits"`
	// whether nodes in front of the gizmo hide it; default true
	DepthTest bool `wire:"depth_test"`
	// the opacity, 0 to 1; default 1
	Opacity float64 `wire:"opacity" check:"unit"`
}

// TransformControlsMessage creates a node of the kind TransformControls.
//
//wire:message s2c scene/create id=name inscene
type TransformControlsMessage struct {
	SceneHeader
	// the properties
	Props TransformControlsProps `wire:"props"`
}

// ImageProps are the properties of a picture in the scene.
//
//wire:props
type ImageProps struct {
	// the encoding of the image
	Format ImageFormat `wire:"_format"`
	// the encoded image
	Data []byte `wire:"_data"`
	// the width, in scene units
	RenderWidth float64 `wire:"render_width" check:"positive"`
	// the height, in scene units
	RenderHeight float64 `wire:"render_height" check:"positive"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows, or how dark they are, 0 to 1; default true
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
}

// ImageMessage creates a node of the kind Image.
//
//wire:message s2c scene/create id=name inscene
type ImageMessage struct {
	SceneHeader
	// the properties
	Props ImageProps `wire:"props"`
}
