package pcd

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
)

// role is what a column means.
type role uint8

const (
	noRole role = iota
	roleX
	roleY
	roleZ
	roleNX
	roleNY
	roleNZ
	roleRed
	roleGreen
	roleBlue
	roleAlpha
	rolePacked // red, green and blue, and alpha in the highest byte
	roleXYZ    // all coordinates, as floats of 32 bits side by side in a row
	roleDone   // a part of roleXYZ
)

// roleNames lists the names of the fields of a role.
var roleNames = map[role][]string{
	roleX: {"x"}, roleY: {"y"}, roleZ: {"z"},
	roleNX: {"normal_x", "nx"}, roleNY: {"normal_y", "ny"}, roleNZ: {"normal_z", "nz"},
	roleRed: {"r", "red"}, roleGreen: {"g", "green"}, roleBlue: {"b", "blue"}, roleAlpha: {"a", "alpha"},
}

// maxListed bounds the numbers of a field that are listed one by one, such as those of a histogram.
const maxListed = 512

// column is one number of each point.
type column struct {
	name   string
	role   role
	kind   byte // the type of its field
	size   int
	at     int // its place in a binary row
	field  int // its field
	within int // its number in the field
}

// layout is what the points of a file have.
type layout struct {
	columns []column
	stride  int   // of a binary row
	words   []int // the columns of the words of a line, -1 for those that are not needed
	colors  cloud.ColorKind
	has     map[role]bool
	opaque  bool // packed colors have no alpha
	skipped []string
}

func newLayout(h *Header) (*layout, error) {
	l := &layout{has: map[role]bool{}}
	for i, f := range h.Fields {
		listed := f.Count
		if f.Name == "_" {
			listed = 0
		} else if listed > maxListed {
			l.skipped = append(l.skipped, fmt.Sprintf("field %q of %d numbers", f.Name, f.Count))
			listed = 0
		}
		for k := range listed {
			c := column{name: f.Name, kind: f.Type, size: f.Size, at: l.stride + k*f.Size, field: i, within: k}
			if f.Count > 1 {
				c.name = fmt.Sprintf("%s[%d]", f.Name, k)
			}
			l.columns = append(l.columns, c)
		}
		l.stride += f.Size * f.Count
	}
	l.assign()
	for _, r := range []role{roleX, roleY, roleZ} {
		if !l.has[r] {
			return nil, fmt.Errorf("the points have no %s; they have %s", roleNames[r][0], listOf(h.Fields))
		}
	}
	if l.stride == 0 {
		return nil, errors.New("the points have no bytes")
	}
	l.dropDuplicates()
	l.numberWords(h.Fields)
	return l, nil
}

// joinPlaces lets the coordinates of binary rows be decoded at once, if they are as in nearly all files.
func (l *layout) joinPlaces() {
	for i := range l.columns[:max(0, len(l.columns)-2)] {
		c := l.columns[i : i+3]
		if c[0].isPlace(roleX, c[0].at) && c[1].isPlace(roleY, c[0].at+4) && c[2].isPlace(roleZ, c[0].at+8) {
			c[0].role, c[1].role, c[2].role = roleXYZ, roleDone, roleDone
			return
		}
	}
}

func (c *column) isPlace(r role, at int) bool {
	return c.role == r && c.kind == 'F' && c.size == 4 && c.at == at
}

// numberWords finds the columns of the words of a line.
func (l *layout) numberWords(fields []Field) {
	starts := make([]int, len(fields))
	for i, f := range fields {
		starts[i] = len(l.words)
		l.words = append(l.words, slices.Repeat([]int{-1}, f.Count)...)
	}
	for i, c := range l.columns {
		l.words[starts[c.field]+c.within] = i
	}
}

func listOf(fields []Field) string {
	const most = 12
	var names []string
	for _, f := range fields[:min(most, len(fields))] {
		names = append(names, fmt.Sprintf("%.40s", f.Name))
	}
	if len(fields) > most {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// assign finds the roles. Normals and colors count only when they are whole.
func (l *layout) assign() {
	for r, names := range roleNames {
		for _, name := range names {
			if i := l.find(name); i >= 0 && l.columns[i].role == noRole {
				l.columns[i].role, l.has[r] = r, true
				break
			}
		}
	}
	l.keepWhole(roleNX, roleNY, roleNZ)
	for _, name := range []string{"rgba", "rgb"} {
		if i := l.find(name); i >= 0 && l.columns[i].size == 4 {
			l.columns[i].role, l.has[rolePacked], l.opaque = rolePacked, true, name == "rgb"
			l.drop(roleRed, roleGreen, roleBlue, roleAlpha)
			return
		}
	}
	if !l.keepWhole(roleRed, roleGreen, roleBlue) {
		l.drop(roleAlpha)
	}
	for _, c := range l.columns {
		if c.role >= roleRed && c.role <= roleAlpha {
			l.colors = max(l.colors, kindOf(c))
		}
	}
}

func kindOf(c column) cloud.ColorKind {
	switch {
	case c.kind == 'F':
		return cloud.FloatColors
	case c.size > 1:
		return cloud.WideColors
	}
	return cloud.ByteColors
}

// find returns the first column of that name, or -1. If there is none, case is ignored.
func (l *layout) find(name string) int {
	if i := slices.IndexFunc(l.columns, func(c column) bool { return c.name == name }); i >= 0 {
		return i
	}
	return slices.IndexFunc(l.columns, func(c column) bool { return strings.EqualFold(c.name, name) })
}

// keepWhole removes the roles unless all of them are there.
func (l *layout) keepWhole(roles ...role) bool {
	for _, r := range roles {
		if !l.has[r] {
			l.drop(roles...)
			return false
		}
	}
	return true
}

func (l *layout) drop(roles ...role) {
	for _, r := range roles {
		l.has[r] = false
		for i := range l.columns {
			if l.columns[i].role == r {
				l.columns[i].role = noRole
			}
		}
	}
}

// dropDuplicates leaves the first of the fields of the same name.
func (l *layout) dropDuplicates() {
	seen := map[string]bool{}
	l.columns = slices.DeleteFunc(l.columns, func(c column) bool {
		if c.role != noRole {
			return false
		}
		again := seen[c.name]
		seen[c.name] = true
		return again
	})
}

// field returns the column of a field, or -1.
func (l *layout) field(name string) int {
	return slices.IndexFunc(l.columns, func(c column) bool { return c.role == noRole && c.name == name })
}

func (l *layout) info(h *Header) cloud.Info {
	info := cloud.Info{
		Points:     int64(h.Points),
		HasColors:  l.has[rolePacked] || l.has[roleRed],
		HasAlphas:  l.has[rolePacked] && !l.opaque || l.has[roleAlpha],
		HasNormals: l.has[roleNX],
		Comments:   slices.Clone(h.Comments),
		Skipped:    l.skipped,
	}
	if h.Height > 1 {
		info.Width, info.Height = h.Width, h.Height
	}
	for _, c := range l.columns {
		if c.role == noRole {
			info.Fields = append(info.Fields, c.name)
		}
	}
	return info
}

// setter puts the numbers of a column where they belong.
type setter struct {
	batch  *cloud.Batch
	role   role
	values []float32 // without a role
}

// set sets the number of point i. Packed colors have their 32 bits in v.
func (s *setter) set(i int, v float64) {
	b := s.batch
	switch s.role {
	case noRole:
		s.values[i] = float32(v)
	case roleX, roleY, roleZ:
		b.Points[i][s.role-roleX] = v
	case roleNX, roleNY, roleNZ:
		b.Normals[i][s.role-roleNX] = float32(v)
	case roleRed, roleGreen, roleBlue:
		if b.ColorKind == cloud.ByteColors {
			b.Colors[i][s.role-roleRed] = byteOf(v)
		} else {
			b.RawColors[i][s.role-roleRed] = float32(v)
		}
	case roleAlpha:
		if b.ColorKind == cloud.ByteColors {
			b.Alphas[i] = byteOf(v)
		} else {
			b.RawAlphas[i] = float32(v)
		}
	case rolePacked:
		bits := uint32(int64(v))
		b.Colors[i] = [3]uint8{uint8(bits >> 16), uint8(bits >> 8), uint8(bits)}
		if len(b.Alphas) > 0 {
			b.Alphas[i] = uint8(bits >> 24)
		}
	}
}

// byteOf is for text, which may have any number where a byte should be.
func byteOf(v float64) uint8 {
	if v >= 255 {
		return 255
	}
	if v >= 0 { // false for NaN
		return uint8(v)
	}
	return 0
}

// rows decodes the numbers of a column, which lie stride bytes apart from the start of b on. The types of nearly all
// files have loops of their own.
func (s *setter) rows(c *column, b []byte, stride int) {
	n := len(s.batch.Points)
	le := binary.LittleEndian
	switch {
	case s.role == rolePacked:
		for i := range s.batch.Colors {
			p := b[i*stride:][:4]
			s.batch.Colors[i] = [3]uint8{p[2], p[1], p[0]}
		}
		for i := range s.batch.Alphas {
			s.batch.Alphas[i] = b[i*stride+3]
		}
	case s.role == roleXYZ:
		for i := range s.batch.Points {
			p := b[i*stride:][:12]
			s.batch.Points[i] = [3]float64{
				float64(math.Float32frombits(le.Uint32(p))),
				float64(math.Float32frombits(le.Uint32(p[4:]))),
				float64(math.Float32frombits(le.Uint32(p[8:]))),
			}
		}
	case s.role >= roleX && s.role <= roleZ && c.kind == 'F' && c.size == 4:
		axis := s.role - roleX
		for i := range s.batch.Points {
			s.batch.Points[i][axis] = float64(math.Float32frombits(le.Uint32(b[i*stride:])))
		}
	case s.role >= roleNX && s.role <= roleNZ && c.kind == 'F' && c.size == 4:
		axis := s.role - roleNX
		for i := range s.batch.Normals {
			s.batch.Normals[i][axis] = math.Float32frombits(le.Uint32(b[i*stride:]))
		}
	case s.role == noRole && c.kind == 'F' && c.size == 4:
		for i := range s.values {
			s.values[i] = math.Float32frombits(le.Uint32(b[i*stride:]))
		}
	default:
		for i := range n {
			s.set(i, c.value(b[i*stride:]))
		}
	}
}

// value is the number at the start of b.
func (c *column) value(b []byte) float64 {
	le := binary.LittleEndian
	switch int(c.kind)<<8 | c.size {
	case 'I'<<8 | 1:
		return float64(int8(b[0]))
	case 'U'<<8 | 1:
		return float64(b[0])
	case 'I'<<8 | 2:
		return float64(int16(le.Uint16(b)))
	case 'U'<<8 | 2:
		return float64(le.Uint16(b))
	case 'I'<<8 | 4:
		return float64(int32(le.Uint32(b)))
	case 'U'<<8 | 4:
		return float64(le.Uint32(b))
	case 'I'<<8 | 8:
		return float64(int64(le.Uint64(b)))
	case 'U'<<8 | 8:
		return float64(le.Uint64(b))
	case 'F'<<8 | 4:
		return float64(math.Float32frombits(le.Uint32(b)))
	}
	return math.Float64frombits(le.Uint64(b))
}
