package wire

// ViewerCameraMessage goes from the page to the server.
//
//wire:message c2s
type ViewerCameraMessage struct {
	WXYZ        [4]float64 `wire:"wxyz"`
	Position    [3]float64 `wire:"position"`
	FOV         float64    `wire:"fov"`
	Near        float64    `wire:"near"`
	Far         float64    `wire:"far"`
	ImageHeight int        `wire:"image_height"`
	ImageWidth  int        `wire:"image_width"`
	LookAt      [3]float64 `wire:"look_at"`
	UpDirection [3]float64 `wire:"up_direction"`
}

// SetCameraPositionMessage goes from the server to the page.
//
//wire:message s2c inscene
type SetCameraPositionMessage struct {
	Position [3]float64 `wire:"position"`
	Initial  bool       `wire:"initial,default"`
}

// SetCameraUpDirectionMessage goes from the server to the page.
//
//wire:message s2c inscene
type SetCameraUpDirectionMessage struct {
	Position [3]float64 `wire:"position"`
	Initial  bool       `wire:"initial,default"`
}

// SetCameraLookAtMessage goes from the server to the page.
//
//wire:message s2c inscene
type SetCameraLookAtMessage struct {
	LookAt  [3]float64 `wire:"look_at"`
	Initial bool       `wire:"initial,default"`
}

// SetCameraNearMessage goes from the server to the page.
//
//wire:message s2c inscene
type SetCameraNearMessage struct {
	Near    float64 `wire:"near"`
	Initial bool    `wire:"initial,default"`
}

// SetCameraFarMessage goes from the server to the page.
//
//wire:message s2c inscene
type SetCameraFarMessage struct {
	Far     float64 `wire:"far"`
	Initial bool    `wire:"initial,default"`
}

// SetCameraFovMessage goes from the server to the page.
//
//wire:message s2c inscene
type SetCameraFovMessage struct {
	FOV     float64 `wire:"fov"`
	Initial bool    `wire:"initial,default"`
}

// SetCameraMinOrbitDistanceMessage goes from the server to the page.
//
//wire:message s2c inscene
type SetCameraMinOrbitDistanceMessage struct {
	MinOrbitDistance float64 `wire:"min_orbit_distance"`
}

// SetCameraMaxOrbitDistanceMessage goes from the server to the page.
//
//wire:message s2c inscene
type SetCameraMaxOrbitDistanceMessage struct {
	MaxOrbitDistance float64 `wire:"max_orbit_distance"`
}
