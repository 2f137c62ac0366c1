package wire

// ViewerCameraMessage reports where the page's camera is. The first one makes the client count as connected.
//
//wire:message c2s
type ViewerCameraMessage struct {
	// the camera's orientation, a unit quaternion, scalar first; it looks along +z, +y down
	WXYZ [4]float64 `wire:"wxyz"`
	// the camera's position, in scene units
	Position [3]float64 `wire:"position"`
	// the vertical field of view, in radians
	FOV float64 `wire:"fov"`
	// the distance of the near plane, in scene units
	Near float64 `wire:"near"`
	// the distance of the far plane, in scene units
	Far float64 `wire:"far"`
	// the canvas's height, in pixels
	ImageHeight int `wire:"image_height"`
	// the canvas's width, in pixels
	ImageWidth int `wire:"image_width"`
	// the point that the camera orbits, in scene units
	LookAt [3]float64 `wire:"look_at"`
	// the direction that is up
	UpDirection [3]float64 `wire:"up_direction"`
	// how the page draws; absent in the viser-v1 dialects, and perspective then
	Projection *CameraProjection `wire:"projection,extension"`
}

// SetCameraPositionMessage moves the camera.
//
//wire:message s2c inscene
type SetCameraPositionMessage struct {
	// the camera's position, in scene units
	Position [3]float64 `wire:"position"`
	// whether it is only the start of a page that has no camera of its own yet, and the goal of "reset view"
	Initial bool `wire:"initial,default"`
}

// SetCameraUpDirectionMessage sets the direction that is up for the camera.
//
//wire:message s2c inscene
type SetCameraUpDirectionMessage struct {
	// the direction that is up (viser calls it position)
	Position [3]float64 `wire:"position"`
	// whether it is only the start of a page that has no camera of its own yet, and the goal of "reset view"
	Initial bool `wire:"initial,default"`
}

// SetCameraLookAtMessage sets what the camera looks at.
//
//wire:message s2c inscene
type SetCameraLookAtMessage struct {
	// the point that the camera orbits, in scene units
	LookAt [3]float64 `wire:"look_at"`
	// whether it is only the start of a page that has no camera of its own yet, and the goal of "reset view"
	Initial bool `wire:"initial,default"`
}

// SetCameraNearMessage sets the near clipping distance.
//
//wire:message s2c inscene
type SetCameraNearMessage struct {
	// the distance, in scene units
	Near float64 `wire:"near"`
	// whether it is only the start of a page that has no camera of its own yet, and the goal of "reset view"
	Initial bool `wire:"initial,default"`
}

// SetCameraFarMessage sets the far clipping distance.
//
//wire:message s2c inscene
type SetCameraFarMessage struct {
	// the distance, in scene units
	Far float64 `wire:"far"`
	// whether it is only the start of a page that has no camera of its own yet, and the goal of "reset view"
	Initial bool `wire:"initial,default"`
}

// SetCameraFovMessage sets the field of view.
//
//wire:message s2c inscene
type SetCameraFovMessage struct {
	// the vertical field of view, in radians
	FOV float64 `wire:"fov"`
	// whether it is only the start of a page that has no camera of its own yet, and the goal of "reset view"
	Initial bool `wire:"initial,default"`
}

// SetCameraProjectionMessage sets how the camera draws. It is of the viser-go.v1 dialect.
//
//wire:message s2c inscene extension
type SetCameraProjectionMessage struct {
	// the projection; a page ignores a message with one that it does not know
	Projection CameraProjection `wire:"projection"`
	// whether it is only the start of a page that has no camera of its own yet, and the goal of "reset view"
	Initial bool `wire:"initial,default"`
}

// SetCameraMinOrbitDistanceMessage sets the minimum distance of the camera to its orbit
// center.
//
//wire:message s2c inscene
type SetCameraMinOrbitDistanceMessage struct {
	// the distance, in scene units
	MinOrbitDistance float64 `wire:"min_orbit_distance"`
}

// SetCameraMaxOrbitDistanceMessage sets the maximum distance of the camera to its orbit
// center.
//
//wire:message s2c inscene
type SetCameraMaxOrbitDistanceMessage struct {
	// the distance, in scene units
	MaxOrbitDistance float64 `wire:"max_orbit_distance"`
}
