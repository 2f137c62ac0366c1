package wire

// GlbProps are the properties of Glb.
//
//wire:props
type GlbProps struct {
	GLBData       []byte      `wire:"glb_data"`
	CastShadow    bool        `wire:"cast_shadow"`
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	Scale         FloatOrVec3 `wire:"scale"`
}

// GlbMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type GlbMessage struct {
	SceneHeader
	Props GlbProps `wire:"props"`
}

// MeshProps are the properties of Mesh.
//
//wire:props
type MeshProps struct {
	Vertices      Array        `wire:"vertices" dtype:"<f4"`
	Faces         Array        `wire:"faces" dtype:"<u4"`
	Color         [3]uint8     `wire:"color"`
	Wireframe     bool         `wire:"wireframe"`
	Opacity       *float64     `wire:"opacity"`
	FlatShading   bool         `wire:"flat_shading"`
	Side          MeshSide     `wire:"side"`
	Material      MeshMaterial `wire:"material"`
	Scale         FloatOrVec3  `wire:"scale"`
	CastShadow    bool         `wire:"cast_shadow"`
	ReceiveShadow BoolOrFloat  `wire:"receive_shadow"`
}

// MeshMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type MeshMessage struct {
	SceneHeader
	Props MeshProps `wire:"props"`
}

// BoxProps are the properties of Box.
//
//wire:props
type BoxProps struct {
	Dimensions    [3]float64   `wire:"dimensions"`
	Color         [3]uint8     `wire:"color"`
	Wireframe     bool         `wire:"wireframe"`
	Opacity       *float64     `wire:"opacity"`
	FlatShading   bool         `wire:"flat_shading"`
	Side          MeshSide     `wire:"side"`
	Material      MeshMaterial `wire:"material"`
	CastShadow    bool         `wire:"cast_shadow"`
	ReceiveShadow BoolOrFloat  `wire:"receive_shadow"`
	Scale         FloatOrVec3  `wire:"scale"`
}

// BoxMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type BoxMessage struct {
	SceneHeader
	Props BoxProps `wire:"props"`
}

// IcosphereProps are the properties of Icosphere.
//
//wire:props
type IcosphereProps struct {
	Radius        float64      `wire:"radius"`
	Subdivisions  int          `wire:"subdivisions"`
	Color         [3]uint8     `wire:"color"`
	Wireframe     bool         `wire:"wireframe"`
	Opacity       *float64     `wire:"opacity"`
	FlatShading   bool         `wire:"flat_shading"`
	Side          MeshSide     `wire:"side"`
	Material      MeshMaterial `wire:"material"`
	CastShadow    bool         `wire:"cast_shadow"`
	ReceiveShadow BoolOrFloat  `wire:"receive_shadow"`
	Scale         FloatOrVec3  `wire:"scale"`
}

// IcosphereMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type IcosphereMessage struct {
	SceneHeader
	Props IcosphereProps `wire:"props"`
}

// CylinderProps are the properties of Cylinder.
//
//wire:props
type CylinderProps struct {
	Radius         float64      `wire:"radius"`
	Height         float64      `wire:"height"`
	Color          [3]uint8     `wire:"color"`
	RadialSegments int          `wire:"radial_segments"`
	Wireframe      bool         `wire:"wireframe"`
	Opacity        *float64     `wire:"opacity"`
	FlatShading    bool         `wire:"flat_shading"`
	Side           MeshSide     `wire:"side"`
	Material       MeshMaterial `wire:"material"`
	CastShadow     bool         `wire:"cast_shadow"`
	ReceiveShadow  BoolOrFloat  `wire:"receive_shadow"`
	Scale          FloatOrVec3  `wire:"scale"`
}

// CylinderMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type CylinderMessage struct {
	SceneHeader
	Props CylinderProps `wire:"props"`
}

// SkinnedMeshProps are the properties of SkinnedMesh.
//
//wire:props
type SkinnedMeshProps struct {
	Vertices      Array        `wire:"vertices" dtype:"<f4"`
	Faces         Array        `wire:"faces" dtype:"<u4"`
	Color         [3]uint8     `wire:"color"`
	Wireframe     bool         `wire:"wireframe"`
	Opacity       *float64     `wire:"opacity"`
	FlatShading   bool         `wire:"flat_shading"`
	Side          MeshSide     `wire:"side"`
	Material      MeshMaterial `wire:"material"`
	Scale         FloatOrVec3  `wire:"scale"`
	CastShadow    bool         `wire:"cast_shadow"`
	ReceiveShadow BoolOrFloat  `wire:"receive_shadow"`
	BoneWXYZs     Array        `wire:"bone_wxyzs" dtype:"<f4"`
	BonePositions Array        `wire:"bone_positions" dtype:"<f4"`
	SkinIndices   Array        `wire:"skin_indices" dtype:"<u2"`
	SkinWeights   Array        `wire:"skin_weights" dtype:"<f4"`
}

// SkinnedMeshMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type SkinnedMeshMessage struct {
	SceneHeader
	Props SkinnedMeshProps `wire:"props"`
}

// BatchedMeshesProps are the properties of BatchedMeshes.
//
//wire:props
type BatchedMeshesProps struct {
	BatchedWXYZs     Array        `wire:"batched_wxyzs" dtype:"<f4"`
	BatchedPositions Array        `wire:"batched_positions" dtype:"<f4"`
	BatchedScales    Array        `wire:"batched_scales,null" dtype:"<f4"`
	Lod              LOD          `wire:"lod"`
	Vertices         Array        `wire:"vertices" dtype:"<f4"`
	Faces            Array        `wire:"faces" dtype:"<u4"`
	BatchedColors    Array        `wire:"batched_colors" dtype:"|u1"`
	Wireframe        bool         `wire:"wireframe"`
	Opacity          *float64     `wire:"opacity"`
	FlatShading      bool         `wire:"flat_shading"`
	Side             MeshSide     `wire:"side"`
	Material         MeshMaterial `wire:"material"`
	CastShadow       bool         `wire:"cast_shadow"`
	ReceiveShadow    bool         `wire:"receive_shadow"`
	BatchedOpacities Array        `wire:"batched_opacities,null" dtype:"<f4"`
	Scale            FloatOrVec3  `wire:"scale"`
}

// BatchedMeshesMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type BatchedMeshesMessage struct {
	SceneHeader
	Props BatchedMeshesProps `wire:"props"`
}

// BatchedGlbProps are the properties of BatchedGlb.
//
//wire:props
type BatchedGlbProps struct {
	BatchedWXYZs     Array       `wire:"batched_wxyzs" dtype:"<f4"`
	BatchedPositions Array       `wire:"batched_positions" dtype:"<f4"`
	BatchedScales    Array       `wire:"batched_scales,null" dtype:"<f4"`
	Lod              LOD         `wire:"lod"`
	GLBData          []byte      `wire:"glb_data"`
	CastShadow       bool        `wire:"cast_shadow"`
	ReceiveShadow    bool        `wire:"receive_shadow"`
	Scale            FloatOrVec3 `wire:"scale"`
}

// BatchedGlbMessage goes from the server to the page.
//
//wire:message s2c scene/create id=name inscene
type BatchedGlbMessage struct {
	SceneHeader
	Props BatchedGlbProps `wire:"props"`
}
