package off

import (
	"bufio"
	"fmt"
	"io"
	"strconv"

	"github.com/viser-go/viser/formats/mesh"
)

// Write writes a model as one OFF file in text, with the poses of its parts and [mesh.Model.Origin]; as COFF if a part has
// colors. Lines are faces of two vertices. Normals, texture coordinates, materials and names are not written. It fails if a
// part's slices do not fit together, and if w fails.
func Write(w io.Writer, m *mesh.Model) error {
	if err := m.Check(); err != nil {
		return fmt.Errorf("off: %w", err)
	}
	points, faces, lines := m.Counts()
	b := bufio.NewWriterSize(w, 64<<10)
	colored := false
	for i := range m.Parts {
		colored = colored || m.Parts[i].Colors != nil
	}
	if colored {
		b.WriteByte('C')
	}
	fmt.Fprintf(b, "OFF\n%d %d 0\n", points, faces+lines)
	for i := range m.Parts {
		writePoints(b, &m.Parts[i], m.Origin, colored)
	}
	first := 0
	for i := range m.Parts {
		writeElements(b, &m.Parts[i], first)
		first += len(m.Parts[i].Points)
	}
	if err := b.Flush(); err != nil { // errors stick to the writer
		return fmt.Errorf("off: writing: %w", err)
	}
	return nil
}

func writePoints(b *bufio.Writer, p *mesh.Part, origin [3]float64, colored bool) {
	var line []byte
	for i, v := range p.Points {
		line = line[:0]
		at := p.Pose.Apply([3]float64{float64(v[0]), float64(v[1]), float64(v[2])})
		for axis, x := range at {
			if x += origin[axis]; float64(float32(x)) == x {
				line = strconv.AppendFloat(line, x, 'g', -1, 32)
			} else {
				line = strconv.AppendFloat(line, x, 'g', 15, 64)
			}
			line = append(line, ' ')
		}
		if colored {
			color := [4]uint8{255, 255, 255, 255}
			if p.Colors != nil {
				copy(color[:], p.Colors[i][:])
			}
			if p.Alphas != nil {
				color[3] = p.Alphas[i]
			}
			for _, c := range color {
				line = append(strconv.AppendUint(line, uint64(c), 10), ' ')
			}
		}
		line[len(line)-1] = '\n'
		b.Write(line)
	}
}

func writeElements(b *bufio.Writer, p *mesh.Part, first int) {
	mirrored := p.Pose.Determinant() < 0
	var line []byte
	write := func(corners []uint32) {
		line = strconv.AppendInt(line[:0], int64(len(corners)), 10)
		for _, i := range corners {
			line = strconv.AppendInt(append(line, ' '), int64(first)+int64(i), 10)
		}
		b.Write(append(line, '\n'))
	}
	for _, f := range p.Faces {
		if mirrored {
			f[1], f[2] = f[2], f[1]
		}
		write(f[:])
	}
	for _, l := range p.Lines {
		write(l[:])
	}
}
