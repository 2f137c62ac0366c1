package wire

// GlbProps are the properties of a model in a GLB file.
//
//wire:props
type GlbProps struct {
	// the file's bytes
	GLBData []byte `wire:"glb_data"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows, or how dark they are, 0 to 1; default true
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	// which of the file's scenes is shown, from 0; null for the file's own choice
	Scene *int `wire:"scene,extension"`
	// which of the file's animations is played, from 0, negative for none; null for the first
	Animation *int `wire:"animation,extension"`
	// whether the animation stands still; null for no
	Paused *bool `wire:"paused,extension"`
	// the time to go to, in seconds from the animation's start, each time that this is set; null for the start
	AnimationTime *float64 `wire:"animation_time,extension"`
	// seconds of the animation per second, negative for backward; null for 1
	AnimationSpeed *float64 `wire:"animation_speed,extension"`
	// whether the animation stops at its end, instead of starting anew; null for no
	AnimationOnce *bool `wire:"animation_once,extension"`
}

// GlbMessage creates a node of the kind Glb.
//
//wire:message s2c scene/create id=name inscene
type GlbMessage struct {
	SceneHeader
	// the properties
	Props GlbProps `wire:"props"`
}

// MeshProps are the properties of a surface of triangles.
//
//wire:props
type MeshProps struct {
	// the corners, float32, three per row
	Vertices Array `wire:"vertices" dtype:"<f4"`
	// the triangles, uint32, three vertex indices per row, counter-clockwise seen from the
	// front
	Faces Array `wire:"faces" dtype:"<u4"`
	// the color; default {90, 200, 255}
	Color [3]uint8 `wire:"color"`
	// whether only the edges are drawn; default false
	Wireframe bool `wire:"wireframe"`
	// the opacity, 0 to 1, null for 1; default 1
	Opacity *float64 `wire:"opacity" check:"unit"`
	// whether each face has its own normal; default false
	FlatShading bool `wire:"flat_shading"`
	// the side of the surface that is drawn; default front
	Side MeshSide `wire:"side"`
	// the material; default standard
	Material MeshMaterial `wire:"material"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows, or how dark they are, 0 to 1; default true
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	// the colors of the vertices, uint8, three or four (with opacity) per row; null for
	// none
	VertexColors Array `wire:"vertex_colors,extension" dtype:"|u1"`
	// the normals at the vertices, float32, three per row; null for the faces' mean
	Normals Array `wire:"normals,extension" dtype:"<f4"`
	// the texture coordinates of the vertices, float32, two per row, from the lower left; null for none
	UVs Array `wire:"uvs,extension" dtype:"<f4"`
	// the texture, a JPEG or PNG file's bytes; null for none
	Texture []byte `wire:"texture,extension"`
	ScalarProps
}

// MeshMessage creates a node of the kind Mesh.
//
//wire:message s2c scene/create id=name inscene
type MeshMessage struct {
	SceneHeader
	// the properties
	Props MeshProps `wire:"props"`
}

// BoxProps are the properties of a cuboid, centered at its origin.
//
//wire:props
type BoxProps struct {
	// the size along x, y, z, in scene units; default {1, 1, 1}
	Dimensions [3]float64 `wire:"dimensions" check:"size"`
	// the color; default {255, 0, 0}
	Color [3]uint8 `wire:"color"`
	// whether only the edges are drawn; default false
	Wireframe bool `wire:"wireframe"`
	// the opacity, 0 to 1, null for 1; default 1
	Opacity *float64 `wire:"opacity" check:"unit"`
	// whether each face has its own normal; default true
	FlatShading bool `wire:"flat_shading"`
	// the side of the surface that is drawn; default front
	Side MeshSide `wire:"side"`
	// the material; default standard
	Material MeshMaterial `wire:"material"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows, or how dark they are, 0 to 1; default true
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
}

// BoxMessage creates a node of the kind Box.
//
//wire:message s2c scene/create id=name inscene
type BoxMessage struct {
	SceneHeader
	// the properties
	Props BoxProps `wire:"props"`
}

// IcosphereProps are the properties of a sphere of triangles, centered at its origin.
//
//wire:props
type IcosphereProps struct {
	// the radius, in scene units; default 1
	Radius float64 `wire:"radius" check:"positive"`
	// how many times the triangles of an icosahedron are subdivided, 0 to 8; default 3
	Subdivisions int `wire:"subdivisions" check:"subdivisions"`
	// the color; default {255, 0, 0}
	Color [3]uint8 `wire:"color"`
	// whether only the edges are drawn; default false
	Wireframe bool `wire:"wireframe"`
	// the opacity, 0 to 1, null for 1; default 1
	Opacity *float64 `wire:"opacity" check:"unit"`
	// whether each face has its own normal; default false
	FlatShading bool `wire:"flat_shading"`
	// the side of the surface that is drawn; default front
	Side MeshSide `wire:"side"`
	// the material; default standard
	Material MeshMaterial `wire:"material"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows, or how dark they are, 0 to 1; default true
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
}

// IcosphereMessage creates a node of the kind Icosphere.
//
//wire:message s2c scene/create id=name inscene
type IcosphereMessage struct {
	SceneHeader
	// the properties
	Props IcosphereProps `wire:"props"`
}

// CylinderProps are the properties of a cylinder along z, centered at its origin.
//
//wire:props
type CylinderProps struct {
	// the radius, in scene units; default 1
	Radius float64 `wire:"radius" check:"positive"`
	// the height along z, in scene units; default 1
	Height float64 `wire:"height" check:"positive"`
	// the color; default {255, 0, 0}
	Color [3]uint8 `wire:"color"`
	// the number of segments around the axis, 3 to 65,536; default 32
	RadialSegments int `wire:"radial_segments" check:"segments"`
	// whether only the edges are drawn; default false
	Wireframe bool `wire:"wireframe"`
	// the opacity, 0 to 1, null for 1; default 1
	Opacity *float64 `wire:"opacity" check:"unit"`
	// whether each face has its own normal; default false
	FlatShading bool `wire:"flat_shading"`
	// the side of the surface that is drawn; default front
	Side MeshSide `wire:"side"`
	// the material; default standard
	Material MeshMaterial `wire:"material"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows, or how dark they are, 0 to 1; default true
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
}

// CylinderMessage creates a node of the kind Cylinder.
//
//wire:message s2c scene/create id=name inscene
type CylinderMessage struct {
	SceneHeader
	// the properties
	Props CylinderProps `wire:"props"`
}

// SkinnedMeshProps are the properties of a surface that is deformed by bones.
//
//wire:props
type SkinnedMeshProps struct {
	// the corners, float32, three per row
	Vertices Array `wire:"vertices" dtype:"<f4"`
	// the triangles, uint32, three vertex indices per row, counter-clockwise seen from the
	// front
	Faces Array `wire:"faces" dtype:"<u4"`
	// the color; default {90, 200, 255}
	Color [3]uint8 `wire:"color"`
	// whether only the edges are drawn; default false
	Wireframe bool `wire:"wireframe"`
	// the opacity, 0 to 1, null for 1; default 1
	Opacity *float64 `wire:"opacity" check:"unit"`
	// whether each face has its own normal; default false
	FlatShading bool `wire:"flat_shading"`
	// the side of the surface that is drawn; default front
	Side MeshSide `wire:"side"`
	// the material; default standard
	Material MeshMaterial `wire:"material"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows, or how dark they are, 0 to 1; default true
	ReceiveShadow BoolOrFloat `wire:"receive_shadow"`
	// the bones' orientations at rest, float32, four per row
	BoneWXYZs Array `wire:"bone_wxyzs" dtype:"<f4"`
	// the bones' positions at rest, float32, three per row
	BonePositions Array `wire:"bone_positions" dtype:"<f4"`
	// the indices of the bones of a vertex, uint16, four per row
	SkinIndices Array `wire:"skin_indices" dtype:"<u2"`
	// the weights of these bones, float32, four per row
	SkinWeights Array `wire:"skin_weights" dtype:"<f4"`
}

// SkinnedMeshMessage creates a node of the kind SkinnedMesh.
//
//wire:message s2c scene/create id=name inscene
type SkinnedMeshMessage struct {
	SceneHeader
	// the properties
	Props SkinnedMeshProps `wire:"props"`
}

// BatchedMeshesProps are the properties of one surface drawn many times.
//
//wire:props
type BatchedMeshesProps struct {
	// the orientations of the instances, float32, four per row
	BatchedWXYZs Array `wire:"batched_wxyzs" dtype:"<f4"`
	// the positions of the instances, float32, three per row
	BatchedPositions Array `wire:"batched_positions" dtype:"<f4"`
	// the scales of the instances, float32, one or three per row; null for 1
	BatchedScales Array `wire:"batched_scales,null" dtype:"<f4"`
	// the levels of detail; default auto
	Lod LOD `wire:"lod"`
	// the corners, float32, three per row
	Vertices Array `wire:"vertices" dtype:"<f4"`
	// the triangles, uint32, three vertex indices per row, counter-clockwise seen from the
	// front
	Faces Array `wire:"faces" dtype:"<u4"`
	// the colors of the instances, uint8, three per row, or three for all
	BatchedColors Array `wire:"batched_colors" dtype:"|u1"`
	// whether only the edges are drawn; default false
	Wireframe bool `wire:"wireframe"`
	// the opacity, 0 to 1, null for 1; default 1
	Opacity *float64 `wire:"opacity" check:"unit"`
	// whether each face has its own normal; default false
	FlatShading bool `wire:"flat_shading"`
	// the side of the surface that is drawn; default front
	Side MeshSide `wire:"side"`
	// the material; default standard
	Material MeshMaterial `wire:"material"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows; default true
	ReceiveShadow bool `wire:"receive_shadow"`
	// the opacities of the instances, float32; null for 1
	BatchedOpacities Array `wire:"batched_opacities,null" dtype:"<f4"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	ScalarProps
}

// BatchedMeshesMessage creates a node of the kind BatchedMeshes.
//
//wire:message s2c scene/create id=name inscene
type BatchedMeshesMessage struct {
	SceneHeader
	// the properties
	Props BatchedMeshesProps `wire:"props"`
}

// BatchedGlbProps are the properties of one GLB model drawn many times.
//
//wire:props
type BatchedGlbProps struct {
	// the orientations of the instances, float32, four per row
	BatchedWXYZs Array `wire:"batched_wxyzs" dtype:"<f4"`
	// the positions of the instances, float32, three per row
	BatchedPositions Array `wire:"batched_positions" dtype:"<f4"`
	// the scales of the instances, float32, one or three per row; null for 1
	BatchedScales Array `wire:"batched_scales,null" dtype:"<f4"`
	// the levels of detail; default auto
	Lod LOD `wire:"lod"`
	// the file's bytes
	GLBData []byte `wire:"glb_data"`
	// whether the node casts a shadow; default true
	CastShadow bool `wire:"cast_shadow"`
	// whether the node receives shadows; default true
	ReceiveShadow bool `wire:"receive_shadow"`
	// the scale along x, y and z, not applied to children; default 1
	Scale FloatOrVec3 `wire:"scale" check:"scale"`
	ScalarProps
}

// BatchedGlbMessage creates a node of the kind BatchedGlb.
//
//wire:message s2c scene/create id=name inscene
type BatchedGlbMessage struct {
	SceneHeader
	// the properties
	Props BatchedGlbProps `wire:"props"`
}
