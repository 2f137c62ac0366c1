package wire

// DirectionalLightProps are the properties of a light from one direction, such as the sun.
//
//wire:props
type DirectionalLightProps struct {
	// the color; default white
	Color [3]uint8 `wire:"color"`
	// the intensity; default 1
	Intensity float64 `wire:"intensity" check:"notnegative"`
	// whether the light casts shadows; default false
	CastShadow bool `wire:"cast_shadow"`
}

// DirectionalLightMessage creates a node of the kind DirectionalLight.
//
//wire:message s2c scene/create id=name inscene
type DirectionalLightMessage struct {
	SceneHeader
	// the properties
	Props DirectionalLightProps `wire:"props"`
}

// AmbientLightProps are the properties of a light from all directions.
//
//wire:props
type AmbientLightProps struct {
	// the color; default white
	Color [3]uint8 `wire:"color"`
	// the intensity; default 1
	Intensity float64 `wire:"intensity" check:"notnegative"`
}

// AmbientLightMessage creates a node of the kind AmbientLight.
//
//wire:message s2c scene/create id=name inscene
type AmbientLightMessage struct {
	SceneHeader
	// the properties
	Props AmbientLightProps `wire:"props"`
}

// HemisphereLightProps are the properties of a light from the sky and the ground.
//
//wire:props
type HemisphereLightProps struct {
	// the color from above; default white
	SkyColor [3]uint8 `wire:"sky_color"`
	// the color from below; default white
	GroundColor [3]uint8 `wire:"ground_color"`
	// the intensity; default 1
	Intensity float64 `wire:"intensity" check:"notnegative"`
}

// HemisphereLightMessage creates a node of the kind HemisphereLight.
//
//wire:message s2c scene/create id=name inscene
type HemisphereLightMessage struct {
	SceneHeader
	// the properties
	Props HemisphereLightProps `wire:"props"`
}

// PointLightProps are the properties of a light at a point.
//
//wire:props
type PointLightProps struct {
	// the color; default white
	Color [3]uint8 `wire:"color"`
	// the intensity; default 1
	Intensity float64 `wire:"intensity" check:"notnegative"`
	// the range of the light, in scene units, 0 for unlimited; default 0
	Distance float64 `wire:"distance" check:"notnegative"`
	// the exponent of the falloff with distance; default 2, which is physically correct
	Decay float64 `wire:"decay" check:"notnegative"`
	// whether the light casts shadows; default false
	CastShadow bool `wire:"cast_shadow"`
}

// PointLightMessage creates a node of the kind PointLight.
//
//wire:message s2c scene/create id=name inscene
type PointLightMessage struct {
	SceneHeader
	// the properties
	Props PointLightProps `wire:"props"`
}

// RectAreaLightProps are the properties of a luminous rectangle.
//
//wire:props
type RectAreaLightProps struct {
	// the color; default white
	Color [3]uint8 `wire:"color"`
	// the intensity; default 1
	Intensity float64 `wire:"intensity" check:"notnegative"`
	// the width of the luminous rectangle, in scene units; default 10
	Width float64 `wire:"width" check:"positive"`
	// the height of the luminous rectangle, in scene units; default 10
	Height float64 `wire:"height" check:"positive"`
}

// RectAreaLightMessage creates a node of the kind RectAreaLight.
//
//wire:message s2c scene/create id=name inscene
type RectAreaLightMessage struct {
	SceneHeader
	// the properties
	Props RectAreaLightProps `wire:"props"`
}

// SpotLightProps are the properties of a cone of light.
//
//wire:props
type SpotLightProps struct {
	// the color; default white
	Color [3]uint8 `wire:"color"`
	// the intensity; default 1
	Intensity float64 `wire:"intensity" check:"notnegative"`
	// the range of the light, in scene units, 0 for unlimited; default 0
	Distance float64 `wire:"distance" check:"notnegative"`
	// the half angle of the cone, in radians, 0 to pi/2; default pi/3
	Angle float64 `wire:"angle" check:"spot"`
	// the fraction of the cone over which the light fades out, 0 to 1; default 0
	Penumbra float64 `wire:"penumbra" check:"unit"`
	// the exponent of the falloff with distance; default 2, which is physically correct
	Decay float64 `wire:"decay" check:"notnegative"`
	// whether the light casts shadows; default false
	CastShadow bool `wire:"cast_shadow"`
	// the direction of the light, in the node's frame; default {0, 0, -1}
	Direction [3]float64 `wire:"direction" check:"direction"`
}

// SpotLightMessage creates a node of the kind SpotLight.
//
//wire:message s2c scene/create id=name inscene
type SpotLightMessage struct {
	SceneHeader
	// the properties
	Props SpotLightProps `wire:"props"`
}

// FogMessage sets the fog of the scene.
//
//wire:message s2c inscene
type FogMessage struct {
	// where the fog begins, in scene units from the camera
	Near float64 `wire:"near"`
	// where the fog hides everything, in scene units from the camera
	Far float64 `wire:"far"`
	// the color
	Color [3]uint8 `wire:"color"`
	// whether there is any fog
	Enabled bool `wire:"enabled"`
}

// EnvironmentMapMessage sets the surroundings that light the scene.
//
//wire:message s2c inscene
type EnvironmentMapMessage struct {
	// an HDR picture of the surroundings, as a JPEG with a gain map; null for none
	HDRIData []byte `wire:"hdri_data,null"`
	// whether the surroundings are seen behind the scene
	Background bool `wire:"background"`
	// their blurriness in the background, 0 to 1
	BackgroundBlurriness float64 `wire:"background_blurriness"`
	// their intensity in the background; 1 for unchanged
	BackgroundIntensity float64 `wire:"background_intensity"`
	// their orientation in the background, a unit quaternion, scalar first
	BackgroundWXYZ [4]float64 `wire:"background_wxyz"`
	// the intensity with which they light the scene; 1 for unchanged
	EnvironmentIntensity float64 `wire:"environment_intensity"`
	// their orientation when they light the scene, a unit quaternion, scalar first
	EnvironmentWXYZ [4]float64 `wire:"environment_wxyz"`
}

// EnableLightsMessage turns the page's own lights on or off.
//
//wire:message s2c inscene
type EnableLightsMessage struct {
	// whether the page's own lights are on
	Enabled bool `wire:"enabled"`
	// whether they cast shadows
	CastShadow bool `wire:"cast_shadow"`
}

// SetToneMappingMessage sets how brightness is mapped to color. It is of the viser-go.v1
// dialect.
//
//wire:message s2c inscene extension
type SetToneMappingMessage struct {
	// the curve
	ToneMapping ToneMapping `wire:"tone_mapping"`
}

// SetLookMessage sets how the scene is drawn, beyond its own materials and lights. It is of
// the viser-go.v1 dialect.
//
//wire:message s2c inscene extension
type SetLookMessage struct {
	// what is on: eye_dome, adaptive_points, studio, edges, wireframe, back_faces, x_ray,
	// silhouettes; all else is ignored
	Looks []string `wire:"looks"`
}
