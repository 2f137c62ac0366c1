package npy

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/columns"
)

// Points returns arrays as a point cloud, without copying them. A structured array is one if its fields have the names of
// coordinates, x, y and z; the others become colors (red, green, blue), normals (nx, ny, nz) and fields. An array of
// numbers is one if its shape is (N, 3), (height, width, 3) or (3, N); further columns are normals if they have length 1, else
// colors if they can be, else fields. Of several arrays, as an archive has them, the one called points, xyz, positions,
// vertices or the like, or else the first with the right shape, has the coordinates; arrays of the same length are its
// colors (colors, rgb), its normals (normals), or, one number a point, fields by their names. The source skips the others,
// and says so. It is an error if no array has coordinates.
func Points(arrays []*Array) (cloud.Source, error) {
	s := &source{}
	main := slices.IndexFunc(arrays, func(a *Array) bool { return slices.Contains(pointNames, plain(a.Name)) && s.start(a) })
	if main < 0 {
		main = slices.IndexFunc(arrays, s.start)
	}
	if main < 0 {
		var have []string
		for _, a := range arrays {
			have = append(have, describe(a))
		}
		return nil, fmt.Errorf("npy: this is no point cloud: no array has the shape (N, 3), or fields x, y and z; there is %.300s", strings.Join(have, ", "))
	}
	for i, a := range arrays {
		if i != main && !s.addArray(a) {
			s.info.Skipped = append(s.info.Skipped, "array "+describe(a))
		}
	}
	s.finish()
	return s, nil
}

func describe(a *Array) string {
	name := "an array"
	if a.Name != "" {
		name = fmt.Sprintf("%.40q", a.Name)
	}
	return fmt.Sprintf("%s of %s %s", name, a.DType, shapeText(a.Shape))
}

// Names of arrays in an archive, in lower case.
var (
	pointNames  = []string{"points", "point", "xyz", "pos", "position", "positions", "vertices", "coords", "coordinates", "pointcloud", "cloud", "pc", "pts"}
	colorNames  = []string{"colors", "color", "rgb", "rgba", "colours"}
	normalNames = []string{"normals", "normal"}
)

func plain(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", " ", "").Replace(name[strings.LastIndexByte(name, '/')+1:]))
}

// source is a table whose columns are parts of arrays.
type source struct {
	info     cloud.Info
	total    int
	columns  []part
	has      [columns.Count]bool
	kind     cloud.ColorKind
	selected [][]int // for each column, the selected fields
	there    []bool
	done     int
	values   []float64
}

// part is every so-many-th number of an array.
type part struct {
	role     columns.Role
	name     string
	data     any
	at, step int
}

// start makes the array the coordinates, if it can be.
func (s *source) start(a *Array) bool {
	*s = source{}
	if a.Fields != nil {
		return s.startStructured(a)
	}
	axes := len(a.Shape)
	if s.startTransposed(a) {
		return true
	}
	if axes < 2 || axes > 3 || a.Shape[axes-1] < 3 || a.Shape[axes-1] > maxFields || isBytes(a) {
		return false
	}
	width := a.Shape[axes-1]
	s.total = a.Len() / width
	if axes == 3 {
		s.info.Width, s.info.Height = a.Shape[1], a.Shape[0]
	}
	s.addColumns(a, width)
	return true
}

// startTransposed is for arrays of shape (3, N), N being more than three points have numbers.
func (s *source) startTransposed(a *Array) bool {
	const mostNumbers = 16
	if len(a.Shape) != 2 || a.Shape[0] != 3 || a.Shape[1] <= mostNumbers || isBytes(a) {
		return false
	}
	s.total = a.Shape[1]
	for axis := range 3 {
		s.add(columns.X+columns.Role(axis), "", a.Data, axis*s.total, 1)
	}
	return true
}

// isBytes reports whether an array is rather a picture.
func isBytes(a *Array) bool {
	switch a.Data.(type) {
	case []uint8, []int8, []bool:
		return true
	}
	return false
}

func (s *source) add(role columns.Role, name string, data any, at, step int) {
	if role != columns.None {
		s.has[role] = true
	}
	s.columns = append(s.columns, part{role, name, data, at, step})
}

// addColumns adds the columns of a table of numbers.
func (s *source) addColumns(a *Array, width int) {
	triple := func(at int, first columns.Role) {
		for k := range 3 {
			s.add(first+columns.Role(k), "", a.Data, at+k, width)
		}
	}
	triple(0, columns.X)
	for at := 3; at < width; {
		switch {
		case at+3 <= width && !s.has[columns.NX] && s.like(a, at, width, unitLength):
			triple(at, columns.NX)
			at += 3
		case at+3 <= width && !s.has[columns.Red] && s.like(a, at, width, color):
			triple(at, columns.Red)
			s.kind = colorKind(a)
			at += 3
		default:
			name := fmt.Sprintf("column %d", at+1)
			if width == 4 {
				name = "intensity"
			}
			s.add(columns.None, name, a.Data, at, width)
			at++
		}
	}
}

// like reports whether the first rows of three columns are all as f says, and not all zero.
func (s *source) like(a *Array, at, width int, f func(v [3]float64) bool) bool {
	const rows = 1000
	var v [3][]float64
	for k := range v {
		v[k] = make([]float64, min(rows, s.total))
		gather(v[k], a.Data, at+k, width)
	}
	some := false
	for i := range v[0] {
		row := [3]float64{v[0][i], v[1][i], v[2][i]}
		if row == [3]float64{} {
			continue
		}
		if some = true; !f(row) {
			return false
		}
	}
	return some
}

func unitLength(v [3]float64) bool {
	length := v[0]*v[0] + v[1]*v[1] + v[2]*v[2]
	return length > 0.95 && length < 1.05
}

func color(v [3]float64) bool {
	for _, c := range v {
		if !(c >= 0 && c <= math.MaxUint8) {
			return false
		}
	}
	return true
}

func colorKind(a *Array) cloud.ColorKind {
	switch a.Data.(type) {
	case []uint8, []int8:
		return cloud.ByteColors
	case []float32, []float64:
		return cloud.FloatColors
	}
	return cloud.WideColors
}

// startStructured makes the fields of a structured array columns, if there are coordinates.
func (s *source) startStructured(a *Array) bool {
	s.total = a.Len()
	var best [columns.Count]int
	var found [columns.Count]int // indices of fields, from 1
	for i, f := range a.Fields {
		r, rank := columns.Of(f.Name)
		if len(f.Shape) == len(a.Shape) && r != columns.None && (found[r] == 0 || rank < best[r]) {
			found[r], best[r] = i+1, rank
		}
	}
	if found[columns.X] == 0 || found[columns.Y] == 0 || found[columns.Z] == 0 {
		return false
	}
	dropHalves := func(from, to, last columns.Role) {
		if found[from] == 0 || found[from+1] == 0 || found[to] == 0 {
			clear(found[from : last+1])
		}
	}
	dropHalves(columns.NX, columns.NZ, columns.NZ)
	dropHalves(columns.Red, columns.Blue, columns.Alpha)
	for i, f := range a.Fields {
		each := 1
		for _, n := range f.Shape[len(a.Shape):] {
			each *= n
		}
		if role := slices.Index(found[1:], i+1) + 1; role > 0 {
			s.add(columns.Role(role), "", f.Data, 0, 1)
			if columns.Role(role) >= columns.Red {
				s.kind = max(s.kind, colorKind(f))
			}
			continue
		}
		for k := range min(each, maxFields) {
			name := f.Name
			if each > 1 {
				name = fmt.Sprintf("%s[%d]", f.Name, k)
			}
			s.add(columns.None, name, f.Data, k, each)
		}
	}
	s.info.Skipped = slices.Clone(a.Skipped)
	if len(a.Shape) == 2 {
		s.info.Width, s.info.Height = a.Shape[1], a.Shape[0]
	}
	return true
}

// addArray adds another array of an archive, if it belongs to the points.
func (s *source) addArray(a *Array) bool {
	name := plain(a.Name)
	if a.Fields != nil || s.total == 0 || a.Len()%s.total != 0 {
		return false
	}
	width := a.Len() / s.total
	if width > 1 && a.Shape[len(a.Shape)-1] != width { // such as (3, N)
		return false
	}
	switch {
	case slices.Contains(colorNames, name) && (width == 3 || width == 4) && !s.has[columns.Red]:
		for k := range width {
			s.add(columns.Red+columns.Role(k), "", a.Data, k, width)
		}
		s.kind = colorKind(a)
	case slices.Contains(normalNames, name) && width == 3 && !s.has[columns.NX]:
		for k := range 3 {
			s.add(columns.NX+columns.Role(k), "", a.Data, k, width)
		}
	case width == 1:
		s.add(columns.None, a.Name, a.Data, 0, 1)
	default:
		return false
	}
	return true
}

// finish fills in what the columns are.
func (s *source) finish() {
	s.info.Points, s.info.Exact = int64(s.total), true
	s.info.HasColors, s.info.HasAlphas, s.info.HasNormals = s.has[columns.Red], s.has[columns.Alpha], s.has[columns.NX]
	seen := map[string]bool{}
	for i := range s.columns {
		p := &s.columns[i]
		if p.role != columns.None {
			continue
		}
		plain := p.name
		for k := 2; seen[p.name] || p.name == ""; k++ {
			p.name = fmt.Sprintf("%s %d", plain, k)
		}
		seen[p.name] = true
		s.info.Fields = append(s.info.Fields, p.name)
	}
	s.Select(nil)
}

func (s *source) Info() cloud.Info { return s.info }

func (s *source) Select(fields []string) {
	s.selected, s.there = make([][]int, len(s.columns)), make([]bool, len(fields))
	for k, name := range fields {
		for i, p := range s.columns {
			if p.role == columns.None && p.name == name {
				s.selected[i], s.there[k] = append(s.selected[i], k), true
			}
		}
	}
}

func (s *source) Next(b *cloud.Batch) error {
	const most = 4096
	n := min(most, s.total-s.done)
	if n <= 0 {
		return io.EOF
	}
	b.Resize(n, s.info, true, s.there)
	b.ColorKind = s.kind
	s.values = slices.Grow(s.values[:0], n)[:n]
	for i := range s.columns {
		p := &s.columns[i]
		if p.role == columns.None && len(s.selected[i]) == 0 {
			continue
		}
		gather(s.values, p.data, p.at+s.done*p.step, p.step)
		p.set(b, s.values)
		for _, k := range s.selected[i] {
			for j, v := range s.values {
				b.Fields[k][j] = float32(v)
			}
		}
	}
	s.done += n
	return nil
}

// set puts values where they belong.
func (p *part) set(b *cloud.Batch, values []float64) {
	switch p.role {
	case columns.X, columns.Y, columns.Z:
		for i, v := range values {
			b.Points[i][p.role-columns.X] = v
		}
	case columns.NX, columns.NY, columns.NZ:
		for i, v := range values {
			b.Normals[i][p.role-columns.NX] = float32(v)
		}
	case columns.Red, columns.Green, columns.Blue:
		for i, v := range values {
			b.RawColors[i][p.role-columns.Red] = float32(v)
		}
	case columns.Alpha:
		for i, v := range values {
			b.RawAlphas[i] = float32(v)
		}
	}
}

// gather sets dst to every step-th number of an array.
func gather(dst []float64, data any, at, step int) {
	switch data := data.(type) {
	case []bool:
		for i := range dst {
			dst[i] = 0
			if data[at+i*step] {
				dst[i] = 1
			}
		}
	case []int8:
		pick(dst, data, at, step)
	case []uint8:
		pick(dst, data, at, step)
	case []int16:
		pick(dst, data, at, step)
	case []uint16:
		pick(dst, data, at, step)
	case []int32:
		pick(dst, data, at, step)
	case []uint32:
		pick(dst, data, at, step)
	case []int64:
		pick(dst, data, at, step)
	case []uint64:
		pick(dst, data, at, step)
	case []float32:
		pick(dst, data, at, step)
	case []float64:
		pick(dst, data, at, step)
	}
}

func pick[T int8 | uint8 | int16 | uint16 | int32 | uint32 | int64 | uint64 | float32 | float64](dst []float64, data []T, at, step int) {
	for i := range dst {
		dst[i] = float64(data[at+i*step])
	}
}
