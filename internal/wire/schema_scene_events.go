package wire

// DragBinding is a gesture that a node reports.
//
//wire:value
type DragBinding struct {
	// the mouse button
	Button DragButton `wire:"button"`
	// the modifier keys that must be held, exactly these; null for none
	Modifier *KeyModifier `wire:"modifier"`
}

// ScenePointerMessage reports a click into the scene or the selection of a rectangle of
// it.
//
//wire:message c2s
type ScenePointerMessage struct {
	// what was done
	EventType ScenePointerEventType `wire:"event_type"`
	// the origin of the ray through the pointer, in the world frame; null for a
	// rectangle
	RayOrigin *[3]float64 `wire:"ray_origin"`
	// the direction of the ray through the pointer, length one; null for a rectangle
	RayDirection *[3]float64 `wire:"ray_direction"`
	// the point, or two opposite corners, 0 to 1 of the canvas, from the top left
	ScreenPos [][2]float64 `wire:"screen_pos"`
	// the modifier keys that are held, exactly these; null for none
	Modifier *KeyModifier `wire:"modifier"`
	// the number of the view, of the viser-go.v1 dialect; left out while zero, the main one
	Viewport int `wire:"viewport,omitzero"`
}

// ScenePointerEnableMessage sets which clicks and rectangles the page reports. It replaces the set
// before.
//
//wire:message s2c
type ScenePointerEnableMessage struct {
	// what the page is to report
	EventType ScenePointerEventType `wire:"event_type"`
	// with which modifier keys; empty turns the event off
	Modifiers []*KeyModifier `wire:"modifiers"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// TransformControlsUpdateMessage reports where a gizmo was moved to.
//
//wire:message c2s
type TransformControlsUpdateMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// the orientation in the parent frame, a unit quaternion, scalar first
	WXYZ [4]float64 `wire:"wxyz"`
	// the position in the parent frame, in scene units
	Position [3]float64 `wire:"position"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// TransformControlsDragStartMessage reports the start of a drag of a gizmo.
//
//wire:message c2s
type TransformControlsDragStartMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// TransformControlsDragEndMessage reports the end of a drag of a gizmo.
//
//wire:message c2s
type TransformControlsDragEndMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// SetSceneNodeDragBindingsMessage sets with which gestures a node can be dragged. It replaces the
// set before.
//
//wire:message s2c
type SetSceneNodeDragBindingsMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// the gestures; empty for none
	Bindings []DragBinding `wire:"bindings"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// SetSceneNodeClickBindingsMessage sets with which gestures a node can be clicked. It replaces the
// set before.
//
//wire:message s2c
type SetSceneNodeClickBindingsMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// the gestures, all with the left button; empty for none
	Bindings []DragBinding `wire:"bindings"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// SceneNodeClickMessage reports a click on a node.
//
//wire:message c2s
type SceneNodeClickMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// which instance of a batched node; null for others
	InstanceIndex *int `wire:"instance_index"`
	// the origin of the ray through the pointer: the camera's position, in the world
	// frame
	RayOrigin [3]float64 `wire:"ray_origin"`
	// the direction of the ray through the pointer; length one
	RayDirection [3]float64 `wire:"ray_direction"`
	// where on the canvas, 0 to 1 from the top left
	ScreenPos [2]float64 `wire:"screen_pos"`
	// the modifier keys that are held, exactly these; null for none
	Modifier *KeyModifier `wire:"modifier"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
	// the number of the view, of the viser-go.v1 dialect; left out while zero, the main one
	Viewport int `wire:"viewport,omitzero"`
	// the point where the ray meets the clicked object, in the world frame
	HitPosition *[3]float64 `wire:"hit_position,extension"`
}

// SceneNodeDragMessage reports a drag of a node.
//
//wire:message c2s
type SceneNodeDragMessage struct {
	// start, update or end
	Phase DragPhase `wire:"phase"`
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// which instance of a batched node; null for others
	InstanceIndex *int `wire:"instance_index"`
	// where the drag began, in the world frame
	StartPosition [3]float64 `wire:"start_position"`
	// where the drag began on the canvas, 0 to 1 from the top left
	StartScreenPos [2]float64 `wire:"start_screen_pos"`
	// where the pointer is, in the world frame
	EndPosition [3]float64 `wire:"end_position"`
	// where the pointer is on the canvas, 0 to 1 from the top left
	EndScreenPos [2]float64 `wire:"end_screen_pos"`
	// the mouse button
	Button DragButton `wire:"button"`
	// the modifier keys that are held, exactly these; null for none
	Modifier *KeyModifier `wire:"modifier"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
	// the number of the view, of the viser-go.v1 dialect; left out while zero, the main one
	Viewport int `wire:"viewport,omitzero"`
}
