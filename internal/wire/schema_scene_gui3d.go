package wire

// Gui3DProps are the properties of a GUI container that floats in the scene.
//
//wire:props
type Gui3DProps struct {
	// the element's sort key among its siblings, ascending
	Order float64 `wire:"order"`
	// the container whose elements are shown there
	ContainerUUID string `wire:"container_uuid"`
}

// Gui3DMessage creates a node of the kind Gui3D.
//
//wire:message s2c scene/create id=name inscene
type Gui3DMessage struct {
	SceneHeader
	// the properties
	Props Gui3DProps `wire:"props"`
}
