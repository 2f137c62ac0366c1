package pcd

import (
	"fmt"
	"io"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/output"
)

// Write writes the points of src as a binary PCD file, with normals, colors (as rgb, or rgba if there are alphas) and all
// fields. Coordinates are 32 bits, or 64 if the first points would lose digits otherwise. If src does not know the number
// of its points, w must be an [io.WriteSeeker], such as a file. It fails if src or w fails.
func Write(w io.Writer, src cloud.Source) error {
	p := output.Start(src)
	err := output.Rows(w, p, output.Packed, func(n int64, padding string) string {
		return headerText(p, n, padding)
	})
	if err != nil {
		return fmt.Errorf("pcd: writing: %w", err)
	}
	return nil
}

func headerText(p *output.Points, n int64, padding string) string {
	var fields, sizes, types strings.Builder
	count := 0
	add := func(name string, size int, kind byte) {
		fmt.Fprintf(&fields, " %s", name)
		fmt.Fprintf(&sizes, " %d", size)
		fmt.Fprintf(&types, " %c", kind)
		count++
	}
	for _, axis := range "xyz" {
		if p.Wide {
			add(string(axis), 8, 'F')
		} else {
			add(string(axis), 4, 'F')
		}
	}
	if p.Info.HasNormals {
		add("normal_x", 4, 'F')
		add("normal_y", 4, 'F')
		add("normal_z", 4, 'F')
	}
	if p.Info.HasColors && p.Info.HasAlphas {
		add("rgba", 4, 'U')
	} else if p.Info.HasColors {
		add("rgb", 4, 'F')
	}
	for _, name := range p.Names {
		add(name, 4, 'F')
	}
	width, height := n, int64(1)
	if w, h := int64(p.Info.Width), int64(p.Info.Height); h > 0 && w*h == n {
		width, height = w, h
	}
	return fmt.Sprintf("# .PCD v0.7 - Point Cloud Data file format\n#%s%s\nVERSION 0.7\nFIELDS%s\nSIZE%s\nTYPE%s\nCOUNT%s\n"+
		"WIDTH %d\nHEIGHT %d\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS %d\nDATA binary\n",
		padding, padding, &fields, &sizes, &types, strings.Repeat(" 1", count), width, height, n)
}
