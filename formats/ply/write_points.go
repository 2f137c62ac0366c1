package ply

import (
	"fmt"
	"io"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/output"
)

// WritePoints writes the points of src as a binary little-endian PLY file: with normals, colors as bytes, and all fields
// as floats. Coordinates are floats, or doubles if the first points would lose digits otherwise. If src does not know the
// number of its points, w must be an [io.WriteSeeker], such as a file. It fails if src or w fails.
func WritePoints(w io.Writer, src cloud.Source) error {
	p := output.Start(src)
	var properties strings.Builder
	add := func(kind string, names ...string) {
		for _, name := range names {
			fmt.Fprintf(&properties, "property %s %s\n", kind, name)
		}
	}
	place := "float"
	if p.Wide {
		place = "double"
	}
	add(place, "x", "y", "z")
	if p.Info.HasNormals {
		add("float", "nx", "ny", "nz")
	}
	if p.Info.HasColors {
		add("uchar", "red", "green", "blue")
	}
	if p.Info.HasColors && p.Info.HasAlphas {
		add("uchar", "alpha")
	}
	add("float", p.Names...)
	err := output.Rows(w, p, output.Channels, func(n int64, padding string) string {
		return fmt.Sprintf("ply\nformat binary_little_endian 1.0\ncomment%s\nelement vertex %d\n%send_header\n", padding, n, &properties)
	})
	if err != nil {
		return fmt.Errorf("ply: writing: %w", err)
	}
	return nil
}
