// Package ply reads and writes PLY files: meshes and point clouds of scanners, reconstruction
// programs and the Stanford repository.
//
// [Read] reads all dialects in use: ascii and both binary byte orders, all scalar types under both of their names,
// lists anywhere, elements in any order, names in upper or lower case, unknown properties (skipped), polygons (cut
// into triangles), triangle strips, edges, texture coordinates, comments, CR LF line ends, a byte order mark; and
// Gaussian splats that PlayCanvas' tools have compressed. The result is plain slices, ready for a renderer:
//
//	model, err := ply.ReadFile("bunny.ply", nil)
//	if err != nil {
//		return err // names the file, the line or the byte, and what is wrong there
//	}
//	fmt.Println(len(model.Points), "points,", len(model.Faces), "triangles")
//
// Files are untrusted input: memory grows with the bytes that have really been read,
// not with what a header claims, and everything wrong ends in an [*Error].
package ply

// Model is the content of a PLY file, as slices for a renderer.
//
// Normals, Colors, Alphas and UVs are nil, or as long as Points; FaceColors, FaceUVs and FaceTextures are nil, or
// as long as Faces; EdgeColors is nil, or as long as Edges. Each number in Faces and Edges is smaller than
// len(Points), and each coordinate in Points is finite.
type Model struct {
	// Origin is what was subtracted from each coordinate of the file, zero unless [Options.Recenter] was
	// set: Origin + Points[i] is where the file has the point.
	Origin [3]float64
	// Points are the vertices, in the unit of the file.
	Points [][3]float32
	// Normals are as the file has them, not scaled to unit length. One that is not finite is zero.
	Normals [][3]float32
	// Colors are red, green and blue, 0 to 255. They are read from the properties red, green and blue; or from
	// rgba or rgb, which packs them in one number; or from f_dc_0, f_dc_1 and f_dc_2 of Gaussian splats.
	//
	// Colors that the file has as floating point numbers are taken as 0 to 1 if none is above 2, as 0 to 255 if
	// none is above 510, and as 0 to 65535 otherwise; those of 16 bits or more as 0 to 255 if none is above that,
	// and as 0 to 65535 otherwise. Alphas, FaceColors and EdgeColors are judged by the same rule, each on its own.
	Colors [][3]uint8
	// Alphas are the opacities that belong to Colors, 0 (clear) to 255.
	Alphas []uint8
	// UVs are the places of the points on a texture: {0, 0} is its lower left, {1, 1} its upper right corner. They
	// are read only from files that name a texture.
	UVs [][2]float32
	// Columns are the properties that [Options.Columns] and [Options.SelectColumns] request, each as long as
	// Points; nil if the vertices have no such property. They have the values of the file, rounded to float32.
	Columns [][]float32
	// Faces are triangles, as indices of their points, in the order of the file (but faces before the
	// vertices, except strips, are last). Polygons and strips of the file have been cut.
	Faces [][3]uint32
	// FaceColors has the color of each triangle, when the file colors faces.
	FaceColors [][3]uint8
	// FaceUVs are the places of the corners of each triangle on its texture, as UVs are, when the file has them by
	// face.
	FaceUVs [][3][2]float32
	// FaceTextures has the texture of each triangle, as a number of Textures; nil if all have the first.
	FaceTextures []uint32
	// Edges are lines, as numbers of their two points; EdgeColors has the color of each, when the file colors edges.
	Edges      [][2]uint32
	EdgeColors [][3]uint8
	// Textures are the names of image files, from the comments "TextureFile". They are as the file has them, so
	// they may lead anywhere: open them with [os.OpenInRoot], in the directory of the file.
	Textures []string
	// Comments and Info are the header's comment and obj_info lines, without that first word.
	Comments, Info []string
	// Fields are the names of the numbers of each vertex that are in none of the slices above but Columns, such as
	// "intensity".
	Fields []string
	// Skipped names what else of the file is not in the model, such as `element "camera"`.
	Skipped []string
	// DroppedPoints counts vertices that were left out, as a coordinate was not finite or too large for a
	// float32. DroppedFaces counts faces that were left out: they touched such a vertex, or had fewer than
	// three corners. DroppedEdges counts edges that touched such a vertex.
	DroppedPoints, DroppedFaces, DroppedEdges int
}

// Bounds returns the smallest and largest coordinates of the points, and false if there are none.
func (m *Model) Bounds() (lo, hi [3]float32, ok bool) {
	if len(m.Points) == 0 {
		return lo, hi, false
	}
	lo, hi = m.Points[0], m.Points[0]
	for _, p := range m.Points {
		for axis, v := range p {
			lo[axis] = min(lo[axis], v)
			hi[axis] = max(hi[axis], v)
		}
	}
	return lo, hi, true
}

// Options are options of reading a file. Nil, like the zero value, reads everything
// unchanged.
type Options struct {
	// Size is the number of bytes that the reader holds, where that is known; 0 means unknown. A header
	// that claims more is then refused before anything is read, and arrays are allocated once.
	Size int64
	// Recenter subtracts an origin, which [Model.Origin] reports, before coordinates are rounded to float32. Survey
	// coordinates keep their millimeters with it. The origin is the median of the first few hundred vertices, rounded
	// to whole units.
	Recenter bool
	// Columns are the names of additional numeric properties of the vertices to read, such as "confidence".
	// They are returned in [Model.Columns], in this order.
	Columns []string
	// SelectColumns, when set, is called once the header has been read, with the number of vertices that it claims
	// and what becomes [Model.Fields]. The columns that it returns follow those of Columns. The slice is its own.
	SelectColumns func(vertices int, fields []string) []string
	// MaxVertices and MaxTriangles refuse larger files. 0 means 134,217,728 each, about 3 GB of result.
	// MaxTriangles is also the limit of edges.
	MaxVertices, MaxTriangles int
	// Progress, when set, is called about once per MiB with the number of bytes read so far, by the
	// goroutine that reads.
	Progress func(read int64)
}

// defaultLimit bounds vertices and triangles: past it no browser shows the result anyway.
const defaultLimit = 1 << 27

// withDefaults copies o, so that later changes by the caller have no effect, and fills in the defaults.
func (o *Options) withDefaults() Options {
	var c Options
	if o != nil {
		c = *o
	}
	if c.MaxVertices <= 0 {
		c.MaxVertices = defaultLimit
	}
	if c.MaxTriangles <= 0 {
		c.MaxTriangles = defaultLimit
	}
	return c
}
