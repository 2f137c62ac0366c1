package xyz

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/columns"
)

// namesPlaces reports whether names have all coordinates.
func namesPlaces(names []string) bool {
	var has [columns.Count]bool
	for _, name := range names {
		r, _ := columns.Of(name)
		has[r] = true
	}
	return has[columns.X] && has[columns.Y] && has[columns.Z]
}

// target is where the numbers of a column go.
type target struct {
	role   columns.Role
	name   string // of a field, "" if the column is skipped
	fields []int  // the selected fields that it is
}

func (t *target) used() bool { return t.role != columns.None || len(t.fields) > 0 }

func (t *target) set(b *cloud.Batch, i int, v float64) {
	switch t.role {
	case columns.X, columns.Y, columns.Z:
		b.Points[i][t.role-columns.X] = v
	case columns.NX, columns.NY, columns.NZ:
		b.Normals[i][t.role-columns.NX] = float32(v)
	case columns.Red, columns.Green, columns.Blue:
		b.RawColors[i][t.role-columns.Red] = float32(v)
	case columns.Alpha:
		b.RawAlphas[i] = float32(v)
	}
	for _, k := range t.fields {
		b.Fields[k][i] = float32(v)
	}
}

// layout is what the columns mean.
type layout struct {
	targets []target
	has     [columns.Count]bool
	colors  cloud.ColorKind
	skipped []string
}

// newLayout finds out what the columns mean; named are what the caller says.
func newLayout(d *dialect, named []string) (*layout, error) {
	l := &layout{}
	count := d.columns()
	switch {
	case len(named) > 0:
		if len(named) > count {
			return nil, fmt.Errorf("%d columns were named, but the line has %d", len(named), count)
		}
		l.byName(named)
	case d.header != nil:
		l.byName(d.header[:min(len(d.header), count)])
	default:
		l.byNumbers(d, count)
	}
	if !l.has[columns.X] || !l.has[columns.Y] || !l.has[columns.Z] {
		names := named
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
	var best [columns.Count]int
	var at [columns.Count]int
	l.targets = make([]target, len(names))
	for i, name := range names {
		if name = strings.TrimSpace(name); name != "_" {
			l.targets[i].name = name
		}
		if r, rank := columns.Of(name); r != columns.None && (!l.has[r] || rank < best[r]) {
			if l.has[r] {
				l.targets[at[r]].role = columns.None
			}
			l.has[r], best[r], at[r], l.targets[i].role = true, rank, i, r
		}
	}
}

// byNumbers assigns roles by what the columns of the first lines have.
func (l *layout) byNumbers(d *dialect, count int) {
	l.targets = make([]target, count)
	assign := func(at int, first columns.Role) {
		for k := range 3 {
			l.targets[at+k].role = first + columns.Role(k)
			l.has[first+columns.Role(k)] = true
		}
	}
	for _, word := range d.sample[0][:3] {
		if _, ok := d.number([]byte(word)); !ok {
			return
		}
	}
	assign(0, columns.X)
	var single []int
	for at := 3; at < count; {
		switch {
		case d.counted && at == 3 && count >= 7: // intensity, which may look like a part of the color
			single = append(single, at)
			at++
		case at+3 <= count && !l.has[columns.NX] && d.unitLength(at):
			assign(at, columns.NX)
			at += 3
		case at+3 <= count && !l.has[columns.Red] && d.colors(at):
			assign(at, columns.Red)
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
	drop := func(from, to columns.Role) {
		for r := from; r <= to; r++ {
			l.has[r] = false
			for i := range l.targets {
				if l.targets[i].role == r {
					l.targets[i].role = columns.None
				}
			}
		}
	}
	if !l.has[columns.NX] || !l.has[columns.NY] || !l.has[columns.NZ] {
		drop(columns.NX, columns.NZ)
	}
	if !l.has[columns.Red] || !l.has[columns.Green] || !l.has[columns.Blue] {
		drop(columns.Red, columns.Alpha)
	}
}

// dropTexts skips columns that are no numbers.
func (l *layout) dropTexts(d *dialect) {
	for i := range l.targets {
		t := &l.targets[i]
		if t.role != columns.None || t.name == "" {
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
		if t.role < columns.Red {
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
		if t.role != columns.None || t.name == "" {
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
		Points: -1, HasColors: l.has[columns.Red], HasAlphas: l.has[columns.Alpha], HasNormals: l.has[columns.NX],
		Comments: d.comments, Skipped: l.skipped,
	}
	for _, t := range l.targets {
		if t.name != "" {
			info.Fields = append(info.Fields, t.name)
		}
	}
	return info
}
