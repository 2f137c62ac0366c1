// Package bunny holds the Stanford bunny, reduced to 1,839 vertices and 3,674 triangles: a closed surface,
// one unit high, standing on z = 0 with z up.
//
// The bunny was scanned by Greg Turk and Marc Levoy at the Stanford Computer Graphics Laboratory in 1994.
package bunny

import (
	"bytes"
	_ "embed"
	"sync"

	"github.com/viser-go/viser/formats/ply"
)

//go:embed bunny.ply
var file []byte

// PLY returns the file bunny.ply, in a slice of the caller's own.
func PLY() []byte { return bytes.Clone(file) }

var parsed = sync.OnceValue(func() *ply.Model {
	m, err := ply.Read(bytes.NewReader(file), &ply.Options{Size: int64(len(file))})
	if err != nil {
		panic("the embedded bunny is damaged: " + err.Error()) // a test reads the same bytes
	}
	return m
})

// Mesh returns the surface. The slices are shared by all callers: read them only.
func Mesh() (vertices [][3]float32, faces [][3]uint32) {
	m := parsed()
	return m.Points, m.Faces
}
