package wire

// Gui3DProps are the properties of Gui3D.
//
//wire:props
type Gui3DProps struct {
	Order         float64 `wire:"order"`
	ContainerUUID string  `wire:"container_uuid"`
}

// Gui3DMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type Gui3DMessage struct {
	SceneHeader
	Props Gui3DProps `wire:"props"`
}
