package wire

// ClipPlaneProps are the properties of a plane that cuts the scene: what is behind it is not drawn.
//
//wire:props
type ClipPlaneProps struct {
	// the direction, in the node's frame, of the side that is kept; default {0, 0, 1}
	Normal [3]float64 `wire:"normal" check:"direction"`
	// whether the other side is kept; default false
	Flip bool `wire:"flip"`
	// the names of the nodes that are cut, with their descendants; none for all
	Nodes []string `wire:"nodes"`
	// whether cut bodies are open, instead of filled where they are cut; default false
	Open bool `wire:"open"`
	// the color of the filling; null for that of each body; default null
	CapColor Color `wire:"cap_color"`
	// the side of the square that shows where the plane is, in scene units, 0 for none; default 0
	Outline float64 `wire:"outline" check:"notnegative"`
}

// ClipPlaneMessage creates a node of the kind ClipPlane.
//
//wire:message s2c scene/create id=name inscene extension
type ClipPlaneMessage struct {
	SceneHeader
	// the properties
	Props ClipPlaneProps `wire:"props"`
}

// ClipBoxProps are the properties of a box that cuts the scene: what is outside of it is not drawn.
//
//wire:props
type ClipBoxProps struct {
	// the sizes along x, y and z, in scene units; default {1, 1, 1}
	Size [3]float64 `wire:"size" check:"lengths"`
	// whether the outside is kept; default false
	Flip bool `wire:"flip"`
	// the names of the nodes that are cut, with their descendants; none for all
	Nodes []string `wire:"nodes"`
	// whether cut bodies are open, instead of filled where they are cut; default false
	Open bool `wire:"open"`
	// the color of the filling; null for that of each body; default null
	CapColor Color `wire:"cap_color"`
	// whether the edges of the box are not drawn; default false
	NoOutline bool `wire:"no_outline"`
}

// ClipBoxMessage creates a node of the kind ClipBox.
//
//wire:message s2c scene/create id=name inscene extension
type ClipBoxMessage struct {
	SceneHeader
	// the properties
	Props ClipBoxProps `wire:"props"`
}
