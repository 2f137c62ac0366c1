package wire

// DirectionalLightProps are the properties of DirectionalLight.
//
//wire:props
type DirectionalLightProps struct {
	Color      [3]uint8 `wire:"color"`
	Intensity  float64  `wire:"intensity"`
	CastShadow bool     `wire:"cast_shadow"`
}

// DirectionalLightMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type DirectionalLightMessage struct {
	SceneHeader
	Props DirectionalLightProps `wire:"props"`
}

// AmbientLightProps are the properties of AmbientLight.
//
//wire:props
type AmbientLightProps struct {
	Color     [3]uint8 `wire:"color"`
	Intensity float64  `wire:"intensity"`
}

// AmbientLightMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type AmbientLightMessage struct {
	SceneHeader
	Props AmbientLightProps `wire:"props"`
}

// HemisphereLightProps are the properties of HemisphereLight.
//
//wire:props
type HemisphereLightProps struct {
	SkyColor    [3]uint8 `wire:"sky_color"`
	GroundColor [3]uint8 `wire:"ground_color"`
	Intensity   float64  `wire:"intensity"`
}

// HemisphereLightMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type HemisphereLightMessage struct {
	SceneHeader
	Props HemisphereLightProps `wire:"props"`
}

// PointLightProps are the properties of PointLight.
//
//wire:props
type PointLightProps struct {
	Color      [3]uint8 `wire:"color"`
	Intensity  float64  `wire:"intensity"`
	Distance   float64  `wire:"distance"`
	Decay      float64  `wire:"decay"`
	CastShadow bool     `wire:"cast_shadow"`
}

// PointLightMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type PointLightMessage struct {
	SceneHeader
	Props PointLightProps `wire:"props"`
}

// RectAreaLightProps are the properties of RectAreaLight.
//
//wire:props
type RectAreaLightProps struct {
	Color     [3]uint8 `wire:"color"`
	Intensity float64  `wire:"intensity"`
	Width     float64  `wire:"width"`
	Height    float64  `wire:"height"`
}

// RectAreaLightMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type RectAreaLightMessage struct {
	SceneHeader
	Props RectAreaLightProps `wire:"props"`
}

// SpotLightProps are the properties of SpotLight.
//
//wire:props
type SpotLightProps struct {
	Color      [3]uint8   `wire:"color"`
	Intensity  float64    `wire:"intensity"`
	Distance   float64    `wire:"distance"`
	Angle      float64    `wire:"angle"`
	Penumbra   float64    `wire:"penumbra"`
	Decay      float64    `wire:"decay"`
	CastShadow bool       `wire:"cast_shadow"`
	Direction  [3]float64 `wire:"direction"`
}

// SpotLightMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type SpotLightMessage struct {
	SceneHeader
	Props SpotLightProps `wire:"props"`
}

// FogMessage goes from the server to the page.
//
//wire:message s2c inscene
type FogMessage struct {
	Near    float64  `wire:"near"`
	Far     float64  `wire:"far"`
	Color   [3]uint8 `wire:"color"`
	Enabled bool     `wire:"enabled"`
}

// EnvironmentMapMessage goes from the server to the page.
//
//wire:message s2c inscene
type EnvironmentMapMessage struct {
	HDRIData             []byte     `wire:"hdri_data,null"`
	Background           bool       `wire:"background"`
	BackgroundBlurriness float64    `wire:"background_blurriness"`
	BackgroundIntensity  float64    `wire:"background_intensity"`
	BackgroundWXYZ       [4]float64 `wire:"background_wxyz"`
	EnvironmentIntensity float64    `wire:"environment_intensity"`
	EnvironmentWXYZ      [4]float64 `wire:"environment_wxyz"`
}

// EnableLightsMessage goes from the server to the page.
//
//wire:message s2c inscene
type EnableLightsMessage struct {
	Enabled    bool `wire:"enabled"`
	CastShadow bool `wire:"cast_shadow"`
}
