// Package ply reads and writes PLY files: meshes and point clouds as they come from scanners, from
// reconstruction programs and from the Stanford repository.
//
// [Read] takes every dialect that is in use: ascii and both binary byte orders, all scalar types under
// both of their names, lists anywhere, elements in any order, properties that nobody knows (skipped),
// polygons (cut into triangles), triangle strips, comments, CR LF line ends. The result is plain slices,
// ready for a renderer:
//
//	model, err := ply.ReadFile("bunny.ply", nil)
//	if err != nil {
//		return err // names the file, the line or the byte, and what is wrong there
//	}
//	fmt.Println(len(model.Points), "points,", len(model.Faces), "triangles")
//
// A file is data from the world, so it is never trusted: memory grows with the bytes that have really been
// read, not with what a header claims, and everything wrong ends in an [*Error].
package ply

// Model is what a PLY file holds, in the shape that a renderer wants.
//
// Normals, Colors and Alphas are nil, or as long as Points; FaceColors is nil, or as long as Faces. Each
// number in Faces is smaller than len(Points), and each coordinate in Points is finite.
type Model struct {
	// Origin is what was subtracted from each coordinate of the file, zero unless [Options.Recenter] was
	// set: Origin + Points[i] is where the file has the point.
	Origin [3]float64
	// Points are the vertices, in the unit of the file.
	Points [][3]float32
	// Normals are as the file has them, not scaled to unit length. One that is not finite is zero.
	Normals [][3]float32
	// Colors are red, green and blue, 0 to 255. 16-bit colors are scaled down, and colors that the file
	// has as floating point numbers are taken as 0 to 1.
	Colors [][3]uint8
	// Alphas are the opacities that belong to Colors, 0 (clear) to 255.
	Alphas []uint8
	// Columns are the numbers that [Options.Columns] asks for, each as long as Points; nil where the vertices
	// have no such property. They are as the file has them, rounded to float32.
	Columns [][]float32
	// Faces are triangles, as numbers of their points, in the order of the file (but what stands before
	// the vertices, except strips, comes last). Polygons and strips of the file have been cut.
	Faces [][3]uint32
	// FaceColors has the color of each triangle, when the file colors faces.
	FaceColors [][3]uint8
	// Comments and Info are the header's comment and obj_info lines, without that first word.
	Comments, Info []string
	// DroppedPoints counts vertices that were left out, as a coordinate was not finite or too large for a
	// float32. DroppedFaces counts faces that were left out: they touched such a vertex, or had fewer than
	// three corners.
	DroppedPoints, DroppedFaces int
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

// Options say how a file is read. Nil, like the zero value, reads everything as it stands.
type Options struct {
	// Size is the number of bytes that the reader holds, where that is known; 0 means unknown. A header
	// that claims more is then refused before anything is read, and arrays are allocated once.
	Size int64
	// Recenter subtracts an origin, which [Model.Origin] tells, before coordinates are rounded to float32.
	// Survey coordinates keep their millimeters with it. The origin is the median of the first few hundred
	// vertices, rounded to whole units.
	Recenter bool
	// Columns names more properties of the vertices (numbers, no lists) that are wanted, such as "confidence".
	// They come as [Model.Columns], in this order.
	Columns []string
	// MaxVertices and MaxTriangles refuse larger files. 0 means 134,217,728 each, about 3 GB of result.
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
