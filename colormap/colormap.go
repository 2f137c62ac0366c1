// Package colormap turns numbers into colors: the perceptually uniform maps viridis, plasma, inferno, magma and
// cividis, the rainbow turbo, the diverging coolwarm, gray, and a set of distinct colors for categories.
//
//	colors := colormap.Colors[viser.RGB](colormap.Viridis, heights, 0, 10)
//
// The colors are those of matplotlib, whose maps viridis, plasma, inferno and magma are in the public domain (CC0);
// cividis is by J. Nuñez, C. Anderton and R. Renslow, turbo by A. Mikhailov (Apache License 2.0), and coolwarm by
// K. Moreland. All are sRGB.
//
// Everything is safe for concurrent use: maps don't change.
package colormap

import (
	_ "embed"
	"encoding/hex"
	"slices"
	"strings"
)

// Map is a map from the numbers 0 to 1 to colors. Maps are the variables of this package; the zero value is black.
type Map struct {
	name   string
	colors [][3]uint8
}

// The maps.
var (
	// Viridis runs from dark violet over green to yellow. It is the default where one is needed: each color is
	// brighter than the one before, also for the color blind and in print.
	Viridis = load("viridis")
	// Plasma runs from blue over red to yellow, getting brighter.
	Plasma = load("plasma")
	// Inferno runs from black over red to pale yellow, getting brighter.
	Inferno = load("inferno")
	// Magma runs from black over purple to pale pink, getting brighter.
	Magma = load("magma")
	// Cividis runs from blue to yellow, and looks nearly the same to the color blind.
	Cividis = load("cividis")
	// Turbo is a rainbow, from dark blue over green to dark red. It shows fine detail; its brightness doesn't tell
	// which value is larger.
	Turbo = load("turbo")
	// Coolwarm runs from blue over light gray to red: for values on both sides of a middle.
	Coolwarm = load("coolwarm")
	// Gray runs from black to white.
	Gray = load("gray")
)

// Categories has distinct colors, those of [Category], for numbers that are classes or instances. It is not among the
// [Names]: it has no order.
var Categories = categoriesMap()

func categoriesMap() *Map {
	m := &Map{name: "categories"}
	for i := range 20 {
		m.colors = append(m.colors, Category(i))
	}
	return m
}

// New returns a map with these colors, sRGB, which divide the range evenly: the first is that of the low end. The name
// is what Name returns. With no colors, everything is black.
func New[C ~[3]uint8](name string, colors []C) *Map {
	m := &Map{name: name}
	for _, c := range colors {
		m.colors = append(m.colors, c)
	}
	return m
}

var all = []*Map{Viridis, Plasma, Inferno, Magma, Cividis, Turbo, Coolwarm, Gray}

// maps has a line for each map: its name, and its colors in hexadecimal. testdata/make.py writes it.
//
//go:embed maps.hex
var maps string

func load(name string) *Map {
	_, rest, _ := strings.Cut("\n"+maps, "\n"+name+" ")
	digits, _, _ := strings.Cut(rest, "\n")
	bytes, err := hex.DecodeString(digits)
	if err != nil || len(bytes) == 0 {
		panic("colormap: maps.hex is broken at " + name)
	}
	m := &Map{name: name}
	for i := 0; i+2 < len(bytes); i += 3 {
		m.colors = append(m.colors, [3]uint8(bytes[i:]))
	}
	return m
}

// Names returns the names of the maps, such as "viridis", in the order in which a menu has them. It is a new slice.
func Names() []string {
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = m.name
	}
	return names
}

// ByName returns the map of that name, in upper or lower case, and whether there is one.
func ByName(name string) (*Map, bool) {
	for _, m := range all {
		if strings.EqualFold(m.name, name) {
			return m, true
		}
	}
	return nil, false
}

// Name returns the map's name, such as "viridis".
func (m *Map) Name() string { return m.name }

// Colors returns a copy of the map's colors, which divide the range evenly: the low end's first.
func (m *Map) Colors() [][3]uint8 { return slices.Clone(m.colors) }

// At returns the color of t: that of the low end at 0, that of the high end at 1. Numbers outside, infinite ones too,
// are as the nearest end, and NaN is as 0.
func (m *Map) At(t float64) [3]uint8 {
	n := len(m.colors)
	switch {
	case n == 0:
		return [3]uint8{}
	case !(t > 0):
		return m.colors[0]
	case t >= 1:
		return m.colors[n-1]
	}
	return m.colors[int(t*float64(n))]
}

// nanColor is the color that [Colors] gives values that are not a number: a middle gray.
var nanColor = [3]uint8{128, 128, 128}

// Colors returns a color for each value: the low end of the map at lo, the high end at hi, which may be below lo, and the
// nearest end outside of them. A NaN is gray, 128 of each. If lo equals hi, values above it have the color of the high end.
//
// C is the type of the colors, such as viser.RGB or [3]uint8.
func Colors[C ~[3]uint8, V ~float32 | ~float64](m *Map, values []V, lo, hi float64) []C {
	colors := make([]C, len(values))
	// Written so that no difference overflows: the range may be that of all numbers.
	half := hi/2 - lo/2
	for i, v := range values {
		switch x := float64(v); {
		case x != x:
			colors[i] = nanColor
		case half == 0:
			colors[i] = m.At(sign(x - lo))
		default:
			colors[i] = m.At((x/2 - lo/2) / half)
		}
	}
	return colors
}

// sign is 1 for a positive number, else 0.
func sign(x float64) float64 {
	if x > 0 {
		return 1
	}
	return 0
}

var categories = load("tab20").colors

// Category returns a color for a class or an instance: neighboring numbers have colors that are easy to tell apart.
// There are 20; then they repeat. Any number, negative ones too, has one.
func Category(n int) [3]uint8 {
	// The 20 colors are ten pairs of a strong and a pale one: the strong ones come first.
	i := ((n % 20) + 20) % 20
	if i < 10 {
		return categories[2*i]
	}
	return categories[2*(i-10)+1]
}
