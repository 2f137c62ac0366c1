// Package mesh has the model that the readers of mesh files return: formats/stl, formats/obj, formats/off,
// formats/dae and formats/threemf. It is plain slices, ready for a renderer:
//
//	model, err := obj.ReadFile("chair.obj", nil)
//	if err != nil {
//		return err // names the file, the line or the byte, and what is wrong there
//	}
//	for _, part := range model.Parts {
//		fmt.Println(part.Name, len(part.Points), "points,", len(part.Faces), "triangles")
//	}
//	fmt.Println("not shown:", model.Skipped)
//
// The readers' options and errors are types of this package too, so that a program can treat the formats alike.
// Its values have no locks: one goroutine may change a model, or many may read it.
package mesh

// Model is the content of a mesh file. Parts is empty if the file has nothing to draw.
type Model struct {
	// Parts are what is drawn. Each has one material; instances of a shape share its slices.
	Parts []Part
	// Materials are what [Part.Material] counts.
	Materials []Material
	// Origin is what was subtracted from each coordinate, zero unless [Options.Recenter] was set:
	// Origin + Pose·Point is where the file has a point.
	Origin [3]float64
	// Up is the axis that points up, "x", "y" or "z"; "" if the format does not say.
	Up string
	// Unit is the length of one unit of the coordinates in meters; 0 if the format does not say.
	Unit float64
	// DroppedPoints counts vertices that were left out, as a coordinate was not finite or too large for a
	// float32. DroppedFaces counts faces and lines that were left out: they touched such a vertex, or had too few
	// corners.
	DroppedPoints, DroppedFaces int
	// Skipped names what else of the file is not in the model, such as "texture bricks.png: file does not exist".
	// It is short: equal entries are one, and those past a limit are counted.
	Skipped []string
}

// Part is a piece of a model, of one material.
//
// Normals, Colors, Alphas and UVs are nil, or as long as Points. Each number in Faces and Lines is smaller than
// len(Points), and each coordinate in Points is finite. A part with neither faces nor lines is a point cloud. Slices
// may be shared with other parts: whoever changes one copies it first.
type Part struct {
	// Name is the name of the object, group or node in the file, or "". It need not be unique.
	Name string
	// Pose places the part in the model.
	Pose Pose
	// Points are the vertices, before Pose.
	Points [][3]float32
	// Normals are as the file has them, not always of unit length. One that is not finite is zero.
	Normals [][3]float32
	// Colors are sRGB, 0 to 255. They multiply the color of the material.
	Colors [][3]uint8
	// Alphas are the opacities that belong to Colors, 0 (clear) to 255.
	Alphas []uint8
	// UVs are the places of the points on the texture: {0, 0} is its lower left, {1, 1} its upper right corner.
	// It is repeated beyond them.
	UVs [][2]float32
	// Faces are triangles, as indices of their points, counter-clockwise as seen from outside.
	Faces [][3]uint32
	// Lines are pairs of points.
	Lines [][2]uint32
	// Material is a number of [Model.Materials], or -1 for none.
	Material int
}

// Material is how a part looks. Its colors are sRGB, 0 to 1.
type Material struct {
	Name string
	// Color is red, green, blue and opacity. It multiplies the texture and the colors of points.
	Color [4]float32
	// Emissive is the light that the surface emits by itself.
	Emissive [3]float32
	// Metallic is 0 for a non-metal, 1 for a metal; Roughness is 0 for a mirror, 1 for a matt surface.
	Metallic, Roughness float32
	// Texture is the image of the surface's colors, NormalMap that of its normals in tangent space; nil for none.
	// Materials with the same image have the same pointer.
	Texture, NormalMap *Image
	// DoubleSided surfaces are seen from behind, too.
	DoubleSided bool
	// Unlit surfaces have their color regardless of lights.
	Unlit bool
}

// DefaultMaterial is a matt white material, which readers begin with.
func DefaultMaterial(name string) Material {
	return Material{Name: name, Color: [4]float32{1, 1, 1, 1}, Roughness: 1}
}

// Image is a picture of a material.
type Image struct {
	// Name is how the file names it. It may lead anywhere: only [Options.Open] may open it.
	Name string
	// Type is "image/png", "image/jpeg" or "image/webp".
	Type string
	// Data is the encoded picture. It is nil if there was no [Options.Open]; an image that could not be opened is no
	// image of a material, but in [Model.Skipped].
	Data []byte
}

// Bounds returns the smallest and largest coordinates of the parts' points, with their poses and without
// [Model.Origin]; false if there are none.
func (m *Model) Bounds() (lo, hi [3]float64, ok bool) {
	for i := range m.Parts {
		p := &m.Parts[i]
		plain := p.Pose.IsIdentity()
		for _, point := range p.Points {
			at := wide(point)
			if !plain {
				at = p.Pose.Apply(at)
			}
			if !ok {
				lo, hi, ok = at, at, true
			}
			for axis, v := range at {
				lo[axis] = min(lo[axis], v)
				hi[axis] = max(hi[axis], v)
			}
		}
	}
	return lo, hi, ok
}

// Counts returns how many points, triangles and lines the parts have together.
func (m *Model) Counts() (points, faces, lines int) {
	for i := range m.Parts {
		p := &m.Parts[i]
		points += len(p.Points)
		faces += len(p.Faces)
		lines += len(p.Lines)
	}
	return points, faces, lines
}
