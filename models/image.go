package models

import (
	"fmt"
	"io"

	"github.com/viser-go/viser/formats/mesh"
)

// maxImageBytes bounds the file of an image.
const maxImageBytes = 256 << 20

// readPicture reads a picture, which stands upright: x to the right, y up.
func readPicture(in *input) (*Model, error) {
	data, err := in.all(maxImageBytes)
	if err != nil {
		return nil, err
	}
	p := &mesh.Image{Name: in.name, Data: data}
	if p.Type, err = mesh.Check(data); err != nil {
		return nil, err
	}
	return &Model{Picture: p, Up: "y"}, nil
}

// readPanorama reads a picture of the surroundings. The page decodes it.
func readPanorama(in *input) (*Model, error) {
	data, err := in.all(maxImageBytes)
	if err != nil {
		return nil, err
	}
	return &Model{Panorama: data}, nil
}

// openImage reads the file of an image that another file refers to, and checks that it can be decoded.
func openImage(open func(name string) (io.ReadCloser, error), name string) (*mesh.Image, error) {
	f, err := open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	data, err := io.ReadAll(io.LimitReader(f, maxImageBytes+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxImageBytes:
		return nil, fmt.Errorf("it has more than %d MB", maxImageBytes>>20)
	}
	kind, err := mesh.Check(data)
	if err != nil {
		return nil, err
	}
	return &mesh.Image{Name: name, Type: kind, Data: data}, nil
}
