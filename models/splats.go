package models

import "github.com/viser-go/viser/formats/splat"

// readSplats reads a file of splats, whose format its content tells.
func readSplats(in *input) (*Model, error) {
	s, err := splat.ReadSplat(in.r, &splat.Options{Size: in.size})
	if err != nil {
		return nil, err
	}
	return &Model{Splats: s}, nil
}
