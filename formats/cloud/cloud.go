// Package cloud is what the readers of point clouds have in common: a [Cloud] in memory, and a [Source] that hands out
// the points of a file in batches, so that a file may be larger than the memory.
//
//	f, err := os.Open("survey.las")
//	if err != nil {
//		return err
//	}
//	defer f.Close()
//	points, err := las.Points(f, nil)
//	if err != nil {
//		return err
//	}
//	c, err := cloud.Collect(points, &cloud.CollectOptions{MaxPoints: 5_000_000, Recenter: true})
//	if err != nil {
//		return err
//	}
//	fmt.Println(len(c.Points), "of", c.Total, "points")
//
// [Collect] thins a file that has more points than wanted evenly over space, in one pass.
package cloud

// Cloud is a point cloud in memory, as slices for a renderer.
//
// Colors, Alphas and Normals are nil, or as long as Points. Each coordinate in Points is finite.
type Cloud struct {
	// Origin is what was subtracted from each coordinate of the file, zero unless it was recentered:
	// Origin + Points[i] is where the file has the point.
	Origin [3]float64
	// Points are in the unit of the file.
	Points [][3]float32
	// Colors are red, green and blue, 0 to 255; Alphas the opacities that belong to them, 0 (clear) to 255.
	Colors [][3]uint8
	Alphas []uint8
	// Normals are as the file has them, not scaled to unit length. One that is not finite is zero.
	Normals [][3]float32
	// Fields are the selected further numbers of each point. One that the file does not have is left out.
	Fields []Field
	// Width and Height are the size of the grid of an organized cloud, as the file has it, and 0 otherwise. If
	// len(Points) is not Width times Height, points were left out, and the grid is lost.
	Width, Height int
	// Total is the number of points that the file has, of which thinning has left len(Points).
	Total int64
	// Dropped counts points that were left out as a coordinate was not finite or too large for a float32.
	Dropped int
	// Comments are what the file says about itself; Skipped names what of the file was not read.
	Comments, Skipped []string
}

// Field is a number that each point has, such as its intensity.
type Field struct {
	Name string
	// Values has one number for each point, rounded to float32. It may be NaN.
	Values []float32
}

// Bounds returns the smallest and largest coordinates of the points, relative to Origin, and false if there are none.
func (c *Cloud) Bounds() (lo, hi [3]float32, ok bool) {
	if len(c.Points) == 0 {
		return lo, hi, false
	}
	lo, hi = c.Points[0], c.Points[0]
	for _, p := range c.Points {
		for axis, v := range p {
			lo[axis] = min(lo[axis], v)
			hi[axis] = max(hi[axis], v)
		}
	}
	return lo, hi, true
}

// Source hands out the points of a file in the order of the file. It is used by one goroutine at a time.
type Source interface {
	// Info is what is known of the file: that of its header before the first Next, and all of it after the last.
	Info() Info
	// Select chooses the fields that Next reads into [Batch.Fields], by names of [Info.Fields]. It is called before
	// the first Next; without it no fields are read. A name that the file does not have is no error: its values
	// are nil.
	Select(fields []string)
	// Next replaces the content of b with the next points, at least one and at most a few ten thousand. It returns
	// [io.EOF], and no points, at the end. Any other error is final, and says where in the file it is.
	Next(b *Batch) error
}

// Info is what a [Source] knows about its file.
type Info struct {
	// Points is the number of points in the file, -1 if it is not known before the end. Exact says that the file has
	// been seen to be long enough for them, so that memory for all of them may be allocated at once.
	Points int64
	Exact  bool
	// HasColors, HasAlphas and HasNormals say which slices of a [Batch] are filled.
	HasColors, HasAlphas, HasNormals bool
	// Fields are the names of the further numbers of each point, each of them once.
	Fields []string
	// Width and Height are those of [Cloud].
	Width, Height int
	// Bounds are the smallest and largest coordinates, if HasBounds says that they are known before the points. Those
	// that a file claims may be wrong.
	Bounds    [2][3]float64
	HasBounds bool
	// Comments are what the file says about itself; Skipped names what of the file is not read.
	Comments, Skipped []string
}

// Batch is a number of points. Its slices are reused by the next call of [Source.Next].
type Batch struct {
	// Points are in the unit of the file, and may have coordinates that are not finite.
	Points [][3]float64
	// Colors are red, green and blue, 0 to 255. A file may have colors whose range is only known once all of them
	// have been read: its source fills RawColors instead, and ColorKind says how to find the range, see [ColorRange].
	// Both are empty, or one of them is as long as Points.
	Colors    [][3]uint8
	RawColors [][3]float32
	ColorKind ColorKind
	// Alphas are the opacities that belong to Colors, and RawAlphas those that belong to RawColors.
	Alphas    []uint8
	RawAlphas []float32
	// Normals are empty, or as long as Points.
	Normals [][3]float32
	// Fields has, for each selected field, nil or as many numbers as there are points.
	Fields [][]float32
}

// Resize sets the lengths of Points, and of the slices that the arguments ask for, to n, and the others to zero.
// What the slices hold then is not specified. fields tells for each selected field whether the file has it.
func (b *Batch) Resize(n int, has Info, raw bool, fields []bool) {
	b.Points = resize(b.Points, n, true)
	b.Colors = resize(b.Colors, n, has.HasColors && !raw)
	b.Alphas = resize(b.Alphas, n, has.HasAlphas && !raw)
	b.RawColors = resize(b.RawColors, n, has.HasColors && raw)
	b.RawAlphas = resize(b.RawAlphas, n, has.HasAlphas && raw)
	b.Normals = resize(b.Normals, n, has.HasNormals)
	if cap(b.Fields) < len(fields) {
		b.Fields = make([][]float32, len(fields))
	}
	b.Fields = b.Fields[:len(fields)]
	for i, there := range fields {
		if b.Fields[i] = resize(b.Fields[i], n, there); !there {
			b.Fields[i] = nil
		}
	}
}

func resize[T any](s []T, n int, wanted bool) []T {
	switch {
	case !wanted:
		return s[:0]
	case cap(s) < n:
		return make([]T, n)
	}
	return s[:n]
}
