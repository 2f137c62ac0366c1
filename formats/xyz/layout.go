package xyz

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
)

// role is what a column means.
type role uint8

const (
	noRole role = iota // a field, if it has a name
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
	roles
)

// roleNames lists names of columns, in lower case and without white space, units and underscores.
var roleNames = [roles][]string{
	roleX:     {"x", "easting", "east", "xcoord", "xcoordinate", "coordx", "posx", "positionx", "px", "points:0", "points0", "coordinates:0"},
	roleY:     {"y", "northing", "north", "ycoord", "ycoordinate", "coordy", "posy", "positiony", "py", "points:1", "points1", "coordinates:1"},
	roleZ:     {"z", "elevation", "height", "altitude", "zcoord", "zcoordinate", "coordz", "posz", "positionz", "pz", "points:2", "points2", "coordinates:2"},
	roleNX:    {"nx", "normalx", "normal:0", "normals:0"},
	roleNY:    {"ny", "normaly", "normal:1", "normals:1"},
	roleNZ:    {"nz", "normalz", "normal:2", "normals:2"},
	roleRed:   {"r", "red", "rgb:0", "rgba:0", "colorr", "colorred", "diffusered"},
	roleGreen: {"g", "green", "rgb:1", "rgba:1", "colorg", "colorgreen", "diffusegreen"},
	roleBlue:  {"b", "blue", "rgb:2", "rgba:2", "colorb", "colorblue", "diffuseblue"},
	roleAlpha: {"a", "alpha", "rgba:3"},
}

// roleOf returns the role of a name and how good the name is, 0 being the best.
func roleOf(name string) (r role, rank int) {
	plain := strings.ToLower(name)
	if i := strings.IndexAny(plain, "[("); i > 0 {
		plain = plain[:i]
	}
	plain = strings.Map(func(r rune) rune {
		if r == ' ' || r == '_' || r == '/' || r == '"' || r == '\'' {
			return -1
		}
		return r
	}, plain)
	for r := roleX; r < roles; r++ {
		if rank := slices.Index(roleNames[r], plain); rank >= 0 {
			return r, rank
		}
	}
	return noRole, 0
}

// namesPlaces reports whether names have all coordinates.
func namesPlaces(names []string) bool {
	var has [roles]bool
	for _, name := range names {
		r, _ := roleOf(name)
		has[r] = true
	}
	return has[roleX] && has[roleY] && has[roleZ]
}

// target is where the numbers of a column go.
type target struct {
	role   role
	name   string // of a field, "" if the column is skipped
	fields []int  // the selected fields that it is
}

func (t *target) used() bool { return t.role != noRole || len(t.fields) > 0 }

func (t *target) set(b *cloud.Batch, i int, v float64) {
	switch t.role {
	case roleX, roleY, roleZ:
		b.Points[i][t.role-roleX] = v
	case roleNX, roleNY, roleNZ:
		b.Normals[i][t.role-roleNX] = float32(v)
	case roleRed, roleGreen, roleBlue:
		b.RawColors[i][t.role-roleRed] = float32(v)
	case roleAlpha:
		b.RawAlphas[i] = float32(v)
	}
	for _, k := range t.fields {
		b.Fields[k][i] = float32(v)
	}
}

// layout is what the columns mean.
type layout struct {
	targets []target
	has     [roles]bool
	colors  cloud.ColorKind
	skipped []string
}

// newLayout finds out what the columns mean; columns are what the caller says.
func newLayout(d *dialect, columns []string) (*layout, error) {
	l := &layout{}
	count := d.columns()
	switch {
	case len(columns) > 0:
		if len(columns) > count {
			return nil, fmt.Errorf("%d columns were named, but the line has %d", len(columns), count)
		}
		l.byName(columns)
	case d.header != nil:
		l.byName(d.header[:min(len(d.header), count)])
	default:
		l.byNumbers(d, count)
	}
	if !l.has[roleX] || !l.has[roleY] || !l.has[roleZ] {
		names := columns
		if len(names) == 0 {
			names = d.header
		}
		if len(names) == 0 {
			names = d.sample[0]
		}
		return nil, fmt.Errorf("the columns %.100q lack x, y or z: name them, as in x,y,z,_,intensity", strings.Join(names, ","))
	}
	l.dropHalves()
	l.dropTexts(d)
	l.judgeColors(d)
	l.nameOnce()
	return l, nil
}

// columns is the number of columns of the first point, without empty ones at the end of all lines.
func (d *dialect) columns() int {
	n := len(d.sample[0])
	for ; n > 3; n-- {
		if slices.ContainsFunc(d.sample, func(words []string) bool { return n <= len(words) && words[n-1] != "" }) {
			break
		}
	}
	return n
}

// byName assigns roles by names. Of two names of the same role the better one has it, and then the first.
func (l *layout) byName(names []string) {
	var best [roles]int
	var at [roles]int
	l.targets = make([]target, len(names))
	for i, name := range names {
		if name = strings.TrimSpace(name); name != "_" {
			l.targets[i].name = name
		}
		if r, rank := roleOf(name); r != noRole && (!l.has[r] || rank < best[r]) {
			if l.has[r] {
				l.targets[at[r]].role = noRole
			}
			l.has[r], best[r], at[r], l.targets[i].role = true, rank, i, r
		}
	}
}

// byNumbers assigns roles by what the columns of the first lines have.
func (l *layout) byNumbers(d *dialect, count int) {
	l.targets = make([]target, count)
	assign := func(at int, first role) {
		for k := range 3 {
			l.targets[at+k].role = first + role(k)
			l.has[first+role(k)] = true
		}
	}
	for _, word := range d.sample[0][:3] {
		if _, ok := d.number([]byte(word)); !ok {
			return
		}
	}
	assign(0, roleX)
	var single []int
	for at := 3; at < count; {
		switch {
		case d.counted && at == 3 && count >= 7: // intensity, which may look like a part of the color
			single = append(single, at)
			at++
		case at+3 <= count && !l.has[roleNX] && d.unitLength(at):
			assign(at, roleNX)
			at += 3
		case at+3 <= count && !l.has[roleRed] && d.colors(at):
			assign(at, roleRed)
			at += 3
		default:
			single = append(single, at)
			at++
		}
	}
	for _, at := range single {
		l.targets[at].name = fmt.Sprintf("column %d", at+1)
		if len(single) == 1 {
			l.targets[at].name = "intensity"
		}
	}
}

// triples calls f with three columns of each line of the sample, until it returns false.
func (d *dialect) triples(at int, f func(v [3]float64) bool) bool {
	for _, words := range d.sample {
		var v [3]float64
		for k := range v {
			if at+k >= len(words) {
				return false
			}
			var ok bool
			if v[k], ok = d.number([]byte(words[at+k])); !ok {
				return false
			}
		}
		if !f(v) {
			return false
		}
	}
	return true
}

// unitLength reports whether three columns are always a vector of length 1.
func (d *dialect) unitLength(at int) bool {
	some := false
	return d.triples(at, func(v [3]float64) bool {
		length := v[0]*v[0] + v[1]*v[1] + v[2]*v[2]
		some = some || length > 0
		return length > 0.95 && length < 1.05 || length == 0
	}) && some && strings.ContainsAny(strings.Join(d.sample[0][at:at+3], " "), ".,-") // otherwise colors of 0 and 1
}

// colors reports whether three columns can be colors.
func (d *dialect) colors(at int) bool {
	peak, whole := 0.0, true
	return d.triples(at, func(v [3]float64) bool {
		for _, c := range v {
			if !(c >= 0 && c <= math.MaxUint16) {
				return false
			}
			peak, whole = max(peak, c), whole && c == math.Trunc(c)
		}
		return true
	}) && (whole && (peak <= math.MaxUint8 || len(d.sample[0]) == at+3) || peak <= 1)
}

// dropHalves lets normals and colors count only when they are whole.
func (l *layout) dropHalves() {
	drop := func(from, to role) {
		for r := from; r <= to; r++ {
			l.has[r] = false
			for i := range l.targets {
				if l.targets[i].role == r {
					l.targets[i].role = noRole
				}
			}
		}
	}
	if !l.has[roleNX] || !l.has[roleNY] || !l.has[roleNZ] {
		drop(roleNX, roleNZ)
	}
	if !l.has[roleRed] || !l.has[roleGreen] || !l.has[roleBlue] {
		drop(roleRed, roleAlpha)
	}
}

// dropTexts skips columns that are no numbers.
func (l *layout) dropTexts(d *dialect) {
	for i := range l.targets {
		t := &l.targets[i]
		if t.role != noRole || t.name == "" {
			continue
		}
		for _, words := range d.sample {
			if i >= len(words) {
				break
			}
			if _, ok := d.number([]byte(words[i])); !ok {
				l.skipped = append(l.skipped, fmt.Sprintf("column %q, which is text", t.name))
				t.name = ""
				break
			}
		}
	}
}

// judgeColors finds out whether colors are whole numbers.
func (l *layout) judgeColors(d *dialect) {
	l.colors = cloud.WideColors
	for i, t := range l.targets {
		if t.role < roleRed {
			continue
		}
		for _, words := range d.sample {
			if i < len(words) && strings.ContainsAny(words[i], ".,eE") {
				l.colors = cloud.FloatColors
			}
		}
	}
}

// nameOnce gives fields of the same name different ones.
func (l *layout) nameOnce() {
	seen := map[string]bool{}
	for i := range l.targets {
		t := &l.targets[i]
		if t.role != noRole || t.name == "" {
			t.name = ""
			continue
		}
		plain := t.name
		for k := 2; seen[t.name]; k++ {
			t.name = fmt.Sprintf("%s %d", plain, k)
		}
		seen[t.name] = true
	}
}

// field returns the column of a field, or -1.
func (l *layout) field(name string) int {
	return slices.IndexFunc(l.targets, func(t target) bool { return t.name == name && name != "" })
}

func (l *layout) info(d *dialect) cloud.Info {
	info := cloud.Info{
		Points: -1, HasColors: l.has[roleRed], HasAlphas: l.has[roleAlpha], HasNormals: l.has[roleNX],
		Comments: d.comments, Skipped: l.skipped,
	}
	for _, t := range l.targets {
		if t.name != "" {
			info.Fields = append(info.Fields, t.name)
		}
	}
	return info
}
