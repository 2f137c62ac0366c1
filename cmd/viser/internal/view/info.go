package view

import (
	"fmt"
	"math"
	"strings"

	"github.com/viser-go/viser"
)

// text describes the file in the panel.
func (f *file) text() string {
	var b strings.Builder
	for _, c := range f.parts {
		for _, line := range c.facts() {
			fmt.Fprintf(&b, "- %s\n", line)
		}
	}
	size := f.whole.size()
	for axis, name := range []string{"x", "y", "z"} {
		if f.placeless {
			break
		}
		lo, hi := f.whole.lo[axis]+f.origin[axis], f.whole.hi[axis]+f.origin[axis]
		fmt.Fprintf(&b, "- %s from %s to %s\n", name, coordinate(lo, size), coordinate(hi, size))
	}
	if f.v.shift != (viser.Vec3{}) {
		fmt.Fprintf(&b, "- shown at the origin: %s was subtracted\n", vector(f.v.shift))
	}
	if len(f.hidden) > 0 {
		fmt.Fprintf(&b, "- %s\n", plain(NotShown(f.hidden)))
	}
	if comments := f.model.Comments; len(comments) > 0 {
		const most = 6
		fmt.Fprintf(&b, "\n> %s\n", plain(strings.Join(comments[:min(most, len(comments))], "; ")))
	}
	return b.String()
}

// NotShown is the line that lists what is not shown.
func NotShown(what []string) string {
	const most = 12
	line := "not shown: " + strings.Join(what[:min(most, len(what))], ", ")
	if len(what) > most {
		line += fmt.Sprintf(" and %d more", len(what)-most)
	}
	return line
}

// has lists the properties of points.
func has(colors, normals bool) string {
	var with []string
	if colors {
		with = append(with, "colors")
	}
	if normals {
		with = append(with, "normals")
	}
	if len(with) == 0 {
		return ""
	}
	return " with " + strings.Join(with, " and ")
}

// counted is a number of things, the name of which is given in the plural.
func counted[N int | int64](n N, things string) string {
	if n == 1 {
		things = strings.TrimSuffix(things, "s")
		if things == "vertice" {
			things = "vertex"
		}
	}
	return Grouped(n) + " " + things
}

// plain escapes text of a file for Markdown, and shortens it.
func plain(s string) string {
	const most = 300
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return viser.EscapeMarkdown(s)
}

// Grouped writes 1234567 as 1,234,567.
func Grouped[N int | int64](n N) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func number(v float64) string { return fmt.Sprintf("%.4g", v) }

// coordinate writes v without the digits that mean nothing beside a model of that size.
func coordinate(v, size float64) string { return fmt.Sprintf("%.12g", significant(v, size, 5)) }

// significant rounds v to the precision of a range of values: to that many significant digits of its size. So 1.6e-7 is 0
// in a range from 0 to 1, but not in one from 0 to 1e-6. A range without a size has no precision: v remains as it is.
func significant(v, size float64, digits int) float64 {
	if !(size > 0) || math.IsInf(size, 0) {
		return v
	}
	places := digits - 1 - int(math.Floor(math.Log10(size)))
	unit := math.Pow10(max(places, -places)) // a whole number, and so exact: 0.1 is not
	if places >= 0 {
		return math.Round(v*unit)/unit + 0 // + 0 removes the sign of a zero
	}
	return math.Round(v/unit)*unit + 0
}

func vector(v viser.Vec3) string {
	return fmt.Sprintf("(%.10g, %.10g, %.10g)", v[0], v[1], v[2])
}
