package pcd

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/output"
)

// Write writes the points of src as a binary PCD file, with normals, colors (as rgb, or rgba if there are alphas) and all
// fields. Coordinates are 32 bits, or 64 if the first points would lose digits otherwise. If src does not know the number
// of its points, w must be an [io.WriteSeeker], such as a file. It fails if src or w fails.
func Write(w io.Writer, src cloud.Source) error {
	p := output.Start(src)
	buf := bufio.NewWriterSize(w, 256<<10)
	header, err := output.WriteHeader(buf, w, p.Info.Points, func(n int64, padding string) string {
		return headerText(p, n, padding)
	})
	if err != nil {
		return fmt.Errorf("pcd: %w", err)
	}
	var rows []byte
	n, err := p.Each(func(b *cloud.Batch) error {
		rows = appendRows(rows[:0], b, p.Wide)
		_, err := buf.Write(rows)
		return err
	})
	if err == nil {
		err = buf.Flush()
	}
	if err == nil {
		err = header.Finish(n)
	}
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

func appendRows(rows []byte, b *cloud.Batch, wide bool) []byte {
	le := binary.LittleEndian
	for i, p := range b.Points {
		for _, v := range p {
			if wide {
				rows = le.AppendUint64(rows, math.Float64bits(v))
			} else {
				rows = le.AppendUint32(rows, math.Float32bits(float32(v)))
			}
		}
		if len(b.Normals) > 0 {
			for _, v := range b.Normals[i] {
				rows = le.AppendUint32(rows, math.Float32bits(v))
			}
		}
		if len(b.Colors) > 0 {
			c, alpha := b.Colors[i], uint8(0)
			if len(b.Alphas) > 0 {
				alpha = b.Alphas[i]
			}
			rows = append(rows, c[2], c[1], c[0], alpha)
		}
		for _, values := range b.Fields {
			rows = le.AppendUint32(rows, math.Float32bits(values[i]))
		}
	}
	return rows
}
