package wire

// VoxelsProps are the properties of the occupied cells of a grid.
//
//wire:props
type VoxelsProps struct {
	// the centers of the cells, float32, three per row: (index + 1/2) times CellSize
	Points Array `wire:"points" dtype:"<f4"`
	// the colors, uint8, three per row, or three for all
	Colors Array `wire:"colors" dtype:"|u1"`
	// half the length of a cell: for pages that draw points in the place of cells
	PointSize float64 `wire:"point_size" check:"positive"`
	// the size of a cell along x, y and z, in scene units; default 1
	CellSize [3]float64 `wire:"cell_size" check:"size"`
	// the opacity, 0 to 1, null for 1; default 1
	Opacity *float64 `wire:"opacity" check:"unit"`
	// whether lines are drawn along the edges of the cells; default false
	ShowEdges bool `wire:"show_edges"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows, or how dark they are, 0 to 1; default true
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
}

// VoxelsMessage creates a node of the kind Voxels.
//
//wire:message s2c scene/create id=name inscene extension
type VoxelsMessage struct {
	SceneHeader
	// the properties
	Props VoxelsProps `wire:"props"`
}

// VolumeProps are the properties of a dense grid of numbers, of which the inside is seen.
//
//wire:props
type VolumeProps struct {
	// the edges of its box, float32, two by three per row: for pages that draw these in its place
	Points Array `wire:"points" dtype:"<f4"`
	// the numbers, uint8, float16 or float32, x fastest, then y
	Values Array `wire:"values" dtype:"|u1,<f2,<f4"`
	// how many numbers there are along x, y and z
	Size [3]int `wire:"size"`
	// the distance of the numbers along x, y and z, in scene units; default 1
	Spacing [3]float64 `wire:"spacing" check:"size"`
	// the numbers that have the first and the last of the colors
	Range [2]float64 `wire:"range"`
	// the colors and opacities, uint8, red, green, blue and opacity per row, sRGB
	Transfer Array `wire:"transfer" dtype:"|u1"`
	// how the numbers along a line of sight become a color; default composite
	Mode VolumeMode `wire:"mode"`
	// the number at which the surface is, for the mode surface; default 0
	Level float64 `wire:"level"`
	// by what the opacities are multiplied, for the mode composite; default 1
	Density float64 `wire:"density" check:"notnegative"`
	// whether each number fills a block, instead of being interpolated; default false
	Blocks bool `wire:"blocks"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
}

// VolumeMessage creates a node of the kind Volume.
//
//wire:message s2c scene/create id=name inscene extension
type VolumeMessage struct {
	SceneHeader
	// the properties
	Props VolumeProps `wire:"props"`
}
