package wire

// RemoveSceneNodeMessage removes one node of one scope; descendants are removed by their own
// messages.
//
//wire:message s2c scene/remove id=name inscene
type RemoveSceneNodeMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// SetBoneOrientationMessage turns a bone of a skinned mesh.
//
//wire:message s2c scene/update_simple id=name inscene
type SetBoneOrientationMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// which bone, from 0
	BoneIndex int `wire:"bone_index"`
	// the bone's orientation in the mesh's frame, a unit quaternion, scalar first
	WXYZ [4]float64 `wire:"wxyz"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// SetBonePositionMessage moves a bone of a skinned mesh.
//
//wire:message s2c scene/update_simple id=name inscene
type SetBonePositionMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// which bone, from 0
	BoneIndex int `wire:"bone_index"`
	// the bone's position in the mesh's frame, in scene units
	Position [3]float64 `wire:"position"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// SetOrientationMessage turns a node.
//
//wire:message s2c scene/update_simple id=name inscene
type SetOrientationMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// the orientation in the parent frame, a unit quaternion, scalar first
	WXYZ [4]float64 `wire:"wxyz"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// SetPositionMessage moves a node.
//
//wire:message s2c scene/update_simple id=name inscene
type SetPositionMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// the position in the parent frame, in scene units
	Position [3]float64 `wire:"position"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// BackgroundImageMessage sets the picture behind the scene.
//
//wire:message s2c inscene
type BackgroundImageMessage struct {
	// the encoding of the image
	Format ImageFormat `wire:"format"`
	// the encoded picture; null for none
	RgbData []byte `wire:"rgb_data,null"`
	// a PNG of depths, 100,000 steps a unit in three bytes; null for none
	DepthData []byte `wire:"depth_data,null"`
}

// SetSceneNodeVisibilityMessage shows or hides a node with its descendants.
//
//wire:message s2c scene/update_simple id=name inscene
type SetSceneNodeVisibilityMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// whether the node is shown
	Visible bool `wire:"visible"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// SceneNodeUpdateMessage changes properties of a node.
//
//wire:message s2c scene/update_dict id=name inscene
type SceneNodeUpdateMessage struct {
	// the node's path, "/arm/hand"; "" is the root
	Name string `wire:"name"`
	// the properties that change, by key
	Updates Updates `wire:"updates"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// PackedPosesMessage moves and turns many nodes at once. It is of the viser-go.v1 dialect and comes
// after the create messages of its window.
//
//wire:message s2c extension
type PackedPosesMessage struct {
	// the nodes that move, by SceneHeader.ID
	PositionIDs Array `wire:"position_ids" dtype:"<u4"`
	// their positions, three a node
	Positions Array `wire:"positions" dtype:"<f4,<f8"`
	// the nodes that turn, by SceneHeader.ID
	WXYZIDs Array `wire:"wxyz_ids" dtype:"<u4"`
	// their orientations, four a node, scalar first
	WXYZs Array `wire:"wxyzs" dtype:"<f4"`
}
