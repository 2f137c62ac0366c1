package xyz

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/output"
)

// Write writes the points of src as text, separated by spaces, after a comment that names the columns: x, y and z, then
// normals, colors from 0 to 255, and all fields. Coordinates have as many digits as a float32 needs, or 15 if the first
// points need more. It fails if src or w fails.
func Write(w io.Writer, src cloud.Source) error {
	p := output.Start(src)
	names := "x y z"
	if p.Info.HasNormals {
		names += " nx ny nz"
	}
	if p.Info.HasColors {
		names += " red green blue"
	}
	if p.Info.HasColors && p.Info.HasAlphas {
		names += " alpha"
	}
	buf := bufio.NewWriterSize(w, 256<<10)
	buf.WriteString("# " + strings.Join(append([]string{names}, p.Names...), " ") + "\n") // the error stays until Flush
	var lines []byte
	_, err := p.Each(func(b *cloud.Batch) error {
		lines = lines[:0]
		for i := range b.Points {
			lines = appendPoint(lines, b, i, p.Wide)
		}
		_, err := buf.Write(lines)
		return err
	})
	if err == nil {
		err = buf.Flush()
	}
	if err != nil {
		return fmt.Errorf("xyz: writing: %w", err)
	}
	return nil
}

func appendPoint(line []byte, b *cloud.Batch, i int, wide bool) []byte {
	for _, v := range b.Points[i] {
		if wide {
			line = strconv.AppendFloat(line, v, 'g', 15, 64)
			line = append(line, ' ')
		} else {
			line = appendFloat(line, float32(v))
		}
	}
	if len(b.Normals) > 0 {
		for _, v := range b.Normals[i] {
			line = appendFloat(line, v)
		}
	}
	if len(b.Colors) > 0 {
		for _, v := range b.Colors[i] {
			line = append(strconv.AppendUint(line, uint64(v), 10), ' ')
		}
		if len(b.Alphas) > 0 {
			line = append(strconv.AppendUint(line, uint64(b.Alphas[i]), 10), ' ')
		}
	}
	for _, values := range b.Fields {
		line = appendFloat(line, values[i])
	}
	line[len(line)-1] = '\n'
	return line
}

func appendFloat(line []byte, v float32) []byte {
	return append(strconv.AppendFloat(line, float64(v), 'g', -1, 32), ' ')
}
