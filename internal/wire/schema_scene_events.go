package wire

// DragBinding is a structured value inside a message.
//
//wire:value
type DragBinding struct {
	Button   DragButton   `wire:"button"`
	Modifier *KeyModifier `wire:"modifier"`
}

// ScenePointerMessage goes from the page to the server.
//
//wire:message c2s
type ScenePointerMessage struct {
	EventType    ScenePointerEventType `wire:"event_type"`
	RayOrigin    *[3]float64           `wire:"ray_origin"`
	RayDirection *[3]float64           `wire:"ray_direction"`
	ScreenPos    [][2]float64          `wire:"screen_pos"`
	Modifier     *KeyModifier          `wire:"modifier"`
}

// ScenePointerEnableMessage goes from the server to the page.
//
//wire:message s2c
type ScenePointerEnableMessage struct {
	EventType ScenePointerEventType `wire:"event_type"`
	Modifiers []*KeyModifier        `wire:"modifiers"`
	Owner     string                `wire:"owner,default"`
}

// TransformControlsUpdateMessage goes from the page to the server.
//
//wire:message c2s
type TransformControlsUpdateMessage struct {
	Name     string     `wire:"name"`
	WXYZ     [4]float64 `wire:"wxyz"`
	Position [3]float64 `wire:"position"`
	Owner    string     `wire:"owner,default"`
}

// TransformControlsDragStartMessage goes from the page to the server.
//
//wire:message c2s
type TransformControlsDragStartMessage struct {
	Name  string `wire:"name"`
	Owner string `wire:"owner,default"`
}

// TransformControlsDragEndMessage goes from the page to the server.
//
//wire:message c2s
type TransformControlsDragEndMessage struct {
	Name  string `wire:"name"`
	Owner string `wire:"owner,default"`
}

// SetSceneNodeDragBindingsMessage goes from the server to the page.
//
//wire:message s2c
type SetSceneNodeDragBindingsMessage struct {
	Name     string        `wire:"name"`
	Bindings []DragBinding `wire:"bindings"`
	Owner    string        `wire:"owner,default"`
}

// SetSceneNodeClickBindingsMessage goes from the server to the page.
//
//wire:message s2c
type SetSceneNodeClickBindingsMessage struct {
	Name     string        `wire:"name"`
	Bindings []DragBinding `wire:"bindings"`
	Owner    string        `wire:"owner,default"`
}

// SceneNodeClickMessage goes from the page to the server.
//
//wire:message c2s
type SceneNodeClickMessage struct {
	Name          string       `wire:"name"`
	InstanceIndex *int         `wire:"instance_index"`
	RayOrigin     [3]float64   `wire:"ray_origin"`
	RayDirection  [3]float64   `wire:"ray_direction"`
	ScreenPos     [2]float64   `wire:"screen_pos"`
	Modifier      *KeyModifier `wire:"modifier"`
	Owner         string       `wire:"owner,default"`
}

// SceneNodeDragMessage goes from the page to the server.
//
//wire:message c2s
type SceneNodeDragMessage struct {
	Phase          DragPhase    `wire:"phase"`
	Name           string       `wire:"name"`
	InstanceIndex  *int         `wire:"instance_index"`
	StartPosition  [3]float64   `wire:"start_position"`
	StartScreenPos [2]float64   `wire:"start_screen_pos"`
	EndPosition    [3]float64   `wire:"end_position"`
	EndScreenPos   [2]float64   `wire:"end_screen_pos"`
	Button         DragButton   `wire:"button"`
	Modifier       *KeyModifier `wire:"modifier"`
	Owner          string       `wire:"owner,default"`
}
