package models

import (
	"io"

	"github.com/viser-go/viser/formats/mesh"
)

// readMesh reads a format of meshes.
func readMesh(read func(io.Reader, *mesh.Options) (*mesh.Model, error)) func(*input) (*Model, error) {
	return func(in *input) (*Model, error) {
		m, err := read(in.r, &mesh.Options{Size: in.size, Recenter: true, Open: in.opener()})
		if err != nil {
			return nil, err
		}
		return &Model{Mesh: m, Up: m.Up, NotShown: m.Skipped}, nil
	}
}
