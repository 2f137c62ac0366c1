// Package columns knows what the names of columns in tables of points mean.
package columns

import (
	"slices"
	"strings"
)

// Role is what a column means.
type Role uint8

const (
	None Role = iota // a field, if it has a name
	X
	Y
	Z
	NX
	NY
	NZ
	Red
	Green
	Blue
	Alpha
	Count
)

// names lists names of columns, in lower case and without white space, units and underscores.
var names = [Count][]string{
	X:     {"x", "easting", "east", "xcoord", "xcoordinate", "coordx", "posx", "positionx", "px", "points:0", "points0", "coordinates:0"},
	Y:     {"y", "northing", "north", "ycoord", "ycoordinate", "coordy", "posy", "positiony", "py", "points:1", "points1", "coordinates:1"},
	Z:     {"z", "elevation", "height", "altitude", "zcoord", "zcoordinate", "coordz", "posz", "positionz", "pz", "points:2", "points2", "coordinates:2"},
	NX:    {"nx", "normalx", "normal:0", "normals:0"},
	NY:    {"ny", "normaly", "normal:1", "normals:1"},
	NZ:    {"nz", "normalz", "normal:2", "normals:2"},
	Red:   {"r", "red", "rgb:0", "rgba:0", "colorr", "colorred", "diffusered"},
	Green: {"g", "green", "rgb:1", "rgba:1", "colorg", "colorgreen", "diffusegreen"},
	Blue:  {"b", "blue", "rgb:2", "rgba:2", "colorb", "colorblue", "diffuseblue"},
	Alpha: {"a", "alpha", "rgba:3"},
}

// Of returns the role of a name and how good the name is, 0 being the best.
func Of(name string) (r Role, rank int) {
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
	for r := X; r < Count; r++ {
		if rank := slices.Index(names[r], plain); rank >= 0 {
			return r, rank
		}
	}
	return None, 0
}
