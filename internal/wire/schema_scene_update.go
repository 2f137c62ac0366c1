package wire

// RemoveSceneNodeMessage goes from the server to the page.
//
//wire:message s2c scene/remove id=name inscene
type RemoveSceneNodeMessage struct {
	Name  string `wire:"name"`
	Owner string `wire:"owner,default"`
}

// SetBoneOrientationMessage goes from the server to the page.
//
//wire:message s2c scene/update_simple id=name inscene
type SetBoneOrientationMessage struct {
	Name      string     `wire:"name"`
	BoneIndex int        `wire:"bone_index"`
	WXYZ      [4]float64 `wire:"wxyz"`
	Owner     string     `wire:"owner,default"`
}

// SetBonePositionMessage goes from the server to the page.
//
//wire:message s2c scene/update_simple id=name inscene
type SetBonePositionMessage struct {
	Name      string     `wire:"name"`
	BoneIndex int        `wire:"bone_index"`
	Position  [3]float64 `wire:"position"`
	Owner     string     `wire:"owner,default"`
}

// SetOrientationMessage goes from the server to the page.
//
//wire:message s2c scene/update_simple id=name inscene
type SetOrientationMessage struct {
	Name  string     `wire:"name"`
	WXYZ  [4]float64 `wire:"wxyz"`
	Owner string     `wire:"owner,default"`
}

// SetPositionMessage goes from the server to the page.
//
//wire:message s2c scene/update_simple id=name inscene
type SetPositionMessage struct {
	Name     string     `wire:"name"`
	Position [3]float64 `wire:"position"`
	Owner    string     `wire:"owner,default"`
}

// BackgroundImageMessage goes from the server to the page.
//
//wire:message s2c inscene
type BackgroundImageMessage struct {
	Format    ImageFormat `wire:"format"`
	RgbData   []byte      `wire:"rgb_data,null"`
	DepthData []byte      `wire:"depth_data,null"`
}

// SetSceneNodeVisibilityMessage goes from the server to the page.
//
//wire:message s2c scene/update_simple id=name inscene
type SetSceneNodeVisibilityMessage struct {
	Name    string `wire:"name"`
	Visible bool   `wire:"visible"`
	Owner   string `wire:"owner,default"`
}

// SceneNodeUpdateMessage goes from the server to the page.
//
//wire:message s2c scene/update_dict id=name inscene
type SceneNodeUpdateMessage struct {
	Name    string  `wire:"name"`
	Updates Updates `wire:"updates"`
	Owner   string  `wire:"owner,default"`
}

// PackedPosesMessage goes from the server to the page.
//
//wire:message s2c dialect
type PackedPosesMessage struct {
	PositionIDs Array `wire:"position_ids" dtype:"<u4"`
	Positions   Array `wire:"positions" dtype:"<f4,<f8"`
	WXYZIDs     Array `wire:"wxyz_ids" dtype:"<u4"`
	WXYZs       Array `wire:"wxyzs" dtype:"<f4"`
}
