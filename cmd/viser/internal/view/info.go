package view

import (
	"fmt"
	"math"
	"strings"

	"github.com/viser-go/viser"
)

// info describes the file in the panel. The panel's title is the file's name.
func (v *viewer) info() string {
	m := v.model
	var b strings.Builder
	thing, numbers := v.nouns()
	fmt.Fprintf(&b, "- %s %ss%s\n", grouped(v.all), thing, v.has())
	if len(m.Points) < v.all {
		fmt.Fprintf(&b, "- every %s %s is shown, %s in all\n", ordinal((v.all+len(m.Points)-1)/len(m.Points)), thing, grouped(len(m.Points)))
	}
	if len(m.Faces) > 0 {
		fmt.Fprintf(&b, "- %s triangles\n", grouped(len(m.Faces)))
	}
	if len(m.Edges) > 0 {
		fmt.Fprintf(&b, "- %s edges\n", grouped(len(m.Edges)))
	}
	if len(v.fields) > 0 {
		var names []string
		for i := range v.fields {
			names = append(names, v.fields[i].Name)
		}
		fmt.Fprintf(&b, "- fields: %s\n", plain(strings.Join(names, ", ")))
	}
	for axis, name := range []string{"x", "y", "z"} {
		lo, hi := v.place.whole.lo[axis], v.place.whole.hi[axis]
		fmt.Fprintf(&b, "- %s from %s to %s\n", name, coordinate(lo, v.place.size()), coordinate(hi, v.place.size()))
	}
	if v.place.moved {
		fmt.Fprintf(&b, "- shown at the origin: %s was subtracted\n", vector(m.Origin))
	}
	if m.DroppedPoints > 0 {
		fmt.Fprintf(&b, "- %s %ss without finite %s were left out\n", grouped(m.DroppedPoints), thing, numbers)
	}
	if m.DroppedFaces > 0 {
		fmt.Fprintf(&b, "- %s faces were left out, as they have no area or no finite corners\n", grouped(m.DroppedFaces))
	}
	if len(v.hidden) > 0 {
		fmt.Fprintf(&b, "- %s\n", plain(NotShown(v.hidden)))
	}
	if len(m.Comments) > 0 {
		const most = 6
		fmt.Fprintf(&b, "\n> %s\n", plain(strings.Join(m.Comments[:min(most, len(m.Comments))], " ")))
	}
	return b.String()
}

// nouns names what the model consists of, in the singular, and what a broken one lacks.
func (v *viewer) nouns() (thing, numbers string) {
	if v.splats != nil {
		return "splat", "numbers"
	}
	return "point", "coordinates"
}

// leftOut lists how many points and faces of the file are not shown. In the panel they have lines of their own.
func (v *viewer) leftOut() (what []string) {
	m := v.model
	thing, numbers := v.nouns()
	if n := v.all - len(m.Points); n > 0 {
		what = append(what, fmt.Sprintf("%s of %s %ss (thinned out, see --max-points)", grouped(n), grouped(v.all), thing))
	}
	if m.DroppedPoints > 0 {
		what = append(what, fmt.Sprintf("%s %ss without finite %s", grouped(m.DroppedPoints), thing, numbers))
	}
	if m.DroppedFaces > 0 {
		what = append(what, fmt.Sprintf("%s faces without an area or finite corners", grouped(m.DroppedFaces)))
	}
	return what
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

// has lists the properties of the points.
func (v *viewer) has() string {
	var with []string
	if v.model.Colors != nil || v.model.FaceColors != nil {
		with = append(with, "colors")
	}
	if v.model.Normals != nil {
		with = append(with, "normals")
	}
	if len(with) == 0 {
		return ""
	}
	return " with " + strings.Join(with, " and ")
}

// plain escapes text of a file for Markdown, and shortens it.
func plain(s string) string {
	const most = 300
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return viser.EscapeMarkdown(s)
}

// grouped writes 1234567 as 1,234,567.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func ordinal(n int) string {
	switch {
	case n%10 == 1 && n%100 != 11:
		return fmt.Sprintf("%dst", n)
	case n%10 == 2 && n%100 != 12:
		return fmt.Sprintf("%dnd", n)
	case n%10 == 3 && n%100 != 13:
		return fmt.Sprintf("%drd", n)
	}
	return fmt.Sprintf("%dth", n)
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
