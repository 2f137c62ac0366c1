// Package isosurface turns a grid of numbers into the surface on which they have a level: the triangles that separate the
// numbers below it from the others. It is the way from a scan, a simulation or a distance field to a mesh:
//
//	mesh, err := isosurface.Extract(isosurface.Grid[float32]{Values: density, Size: [3]int{128, 128, 64}}, 0.5, nil)
//	if err != nil {
//		return err
//	}
//	server.Scene().AddMesh("/bone", mesh.Vertices, mesh.Faces, nil)
//
// The method is marching cubes: W. Lorensen and H. Cline, "Marching Cubes: A High Resolution 3D Surface Construction
// Algorithm", SIGGRAPH 1987. Its table is computed here (see cases.go) so that neighboring cells always agree: the surface
// has no holes, each edge belongs to two triangles, and around each vertex the triangles form one fan. It ends only where
// the grid ends, and at cells with a NaN. Where the cells leave open how the surface continues (two opposite corners of a
// face are above the level, two below), the numbers above it are separated.
//
// Everything is safe for concurrent use, as long as nobody writes to the values of a grid.
package isosurface
