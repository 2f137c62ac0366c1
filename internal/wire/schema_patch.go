package wire

// ArrayPatch changes a part of an array that is a property, or one of the arrays that a property lists.
//
//wire:value
type ArrayPatch struct {
	// the property
	Property string `wire:"property"`
	// which array, of a property that is a list of arrays; else 0
	Index int `wire:"index,default"`
	// the new number of elements; elements beyond it are removed
	Total int `wire:"total"`
	// what is set: for each range its offset and its length in elements, in ascending order and without gaps at the end
	Ranges []int `wire:"ranges"`
	// the elements of all ranges, one after another, of the type that the array has
	Data Array `wire:"data" dtype:"<f2,<f4,<f8,|u1,<u4"`
}

// SceneNodePatchMessage changes arrays of a node in part. It is of the viser-go.v1 dialect.
//
//wire:message s2c scene/update_dict id=name extension
type SceneNodePatchMessage struct {
	// the node's path, "/arm/hand"
	Name string `wire:"name"`
	// the changes
	Patches []ArrayPatch `wire:"patches"`
	// the scope that the node belongs to: "" for the server's scene, else the client's id
	Owner string `wire:"owner,default"`
}

// GuiPatchMessage changes arrays of an element of the GUI in part. It is of the viser-go.v1 dialect.
//
//wire:message s2c gui/update_dict id=uuid extension
type GuiPatchMessage struct {
	// the element
	UUID string `wire:"uuid"`
	// the changes
	Patches []ArrayPatch `wire:"patches"`
}
