package obj

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"path"
	"strconv"
	"strings"

	"github.com/viser-go/viser/formats/mesh"
)

// WriteOptions are options of writing a file.
type WriteOptions struct {
	// Materials is the name of the material file, as the OBJ file refers to it. "" writes neither materials nor textures.
	Materials string
	// Create creates the material file and the textures, by names without folders. Nil writes none of them.
	Create func(name string) (io.WriteCloser, error)
}

// Write writes a model as an OBJ file, with the poses of its parts and [mesh.Model.Origin], points, normals, texture
// coordinates, colors of points, triangles, lines and clouds; and, if o says so, a material file beside it with the
// colors and textures of the materials. It fails if a part's slices do not fit together, or if w or Create fails.
func Write(w io.Writer, m *mesh.Model, o *WriteOptions) error {
	if err := m.Check(); err != nil {
		return fmt.Errorf("obj: %w", err)
	}
	b := &writer{w: bufio.NewWriterSize(w, 64<<10), m: m}
	b.w.WriteString("# written by Viser for Go\n")
	materials := o != nil && o.Create != nil && o.Materials != "" && len(m.Materials) > 0
	if materials {
		b.w.WriteString("mtllib " + o.Materials + "\n")
	}
	for i := range m.Parts {
		b.part(&m.Parts[i], materials)
	}
	if err := b.w.Flush(); err != nil { // errors stick to the writer
		return fmt.Errorf("obj: writing: %w", err)
	}
	if !materials {
		return nil
	}
	if err := writeMaterials(m, o); err != nil {
		return fmt.Errorf("obj: %w", err)
	}
	return nil
}

// writer keeps a line in scratch.
type writer struct {
	w       *bufio.Writer
	m       *mesh.Model
	points  int // written before this part
	coords  int
	normals int
	scratch []byte
}

func (b *writer) part(p *mesh.Part, materials bool) {
	if p.Name != "" {
		b.w.WriteString("o " + oneLine(p.Name) + "\n")
	}
	if materials && p.Material >= 0 {
		b.w.WriteString("usemtl " + materialName(b.m, p.Material) + "\n")
	}
	for i, v := range p.Points {
		at := p.Pose.Apply([3]float64{float64(v[0]), float64(v[1]), float64(v[2])})
		line := append(b.scratch[:0], 'v')
		for axis := range at {
			line = appendFloat(line, at[axis]+b.m.Origin[axis])
		}
		if p.Colors != nil {
			for _, c := range p.Colors[i] {
				line = appendFloat(line, math.Round(float64(c)/255*1e4)/1e4)
			}
		}
		b.line(line)
	}
	for _, uv := range p.UVs {
		b.line(appendFloat(appendFloat(append(b.scratch[:0], "vt"...), float64(uv[0])), float64(uv[1])))
	}
	for _, n := range p.PosedNormals() {
		line := append(b.scratch[:0], "vn"...)
		for _, v := range n {
			line = appendFloat(line, float64(v))
		}
		b.line(line)
	}
	b.elements(p)
	b.points += len(p.Points)
	b.coords += len(p.UVs)
	b.normals += len(p.Normals)
}

func (b *writer) elements(p *mesh.Part) {
	mirrored := p.Pose.Determinant() < 0
	for _, f := range p.Faces {
		if mirrored {
			f[1], f[2] = f[2], f[1]
		}
		line := append(b.scratch[:0], 'f')
		for _, i := range f {
			line = b.appendCorner(line, p, int(i))
		}
		b.line(line)
	}
	for _, l := range p.Lines {
		line := append(b.scratch[:0], 'l')
		for _, i := range l {
			line = strconv.AppendInt(append(line, ' '), int64(b.points)+int64(i)+1, 10)
		}
		b.line(line)
	}
	if len(p.Faces)+len(p.Lines) == 0 {
		for i := range p.Points {
			b.line(strconv.AppendInt(append(b.scratch[:0], "p "...), int64(b.points+i+1), 10))
		}
	}
}

func (b *writer) appendCorner(line []byte, p *mesh.Part, i int) []byte {
	line = strconv.AppendInt(append(line, ' '), int64(b.points+i+1), 10)
	if p.UVs == nil && p.Normals == nil {
		return line
	}
	line = append(line, '/')
	if p.UVs != nil {
		line = strconv.AppendInt(line, int64(b.coords+i+1), 10)
	}
	if p.Normals != nil {
		line = strconv.AppendInt(append(line, '/'), int64(b.normals+i+1), 10)
	}
	return line
}

func (b *writer) line(line []byte) {
	b.w.Write(append(line, '\n'))
	b.scratch = line
}

// appendFloat appends a number, as short as a float32 allows where it is one.
func appendFloat(line []byte, v float64) []byte {
	line = append(line, ' ')
	if float64(float32(v)) == v {
		return strconv.AppendFloat(line, v, 'g', -1, 32)
	}
	return strconv.AppendFloat(line, v, 'g', 15, 64)
}

// oneLine makes a name one that a line can hold.
func oneLine(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return '_'
		}
		return r
	}, strings.TrimSuffix(strings.TrimSpace(name), `\`))
}

// materialName is unique, whatever the materials' names are.
func materialName(m *mesh.Model, i int) string {
	name := oneLine(m.Materials[i].Name)
	for k := range m.Materials {
		if k != i && oneLine(m.Materials[k].Name) == name || name == "" {
			return fmt.Sprintf("%s_%d", name, i)
		}
	}
	return name
}

func writeMaterials(m *mesh.Model, o *WriteOptions) error {
	names, err := writeTextures(m, o)
	if err != nil {
		return err
	}
	return createFile(o, o.Materials, func(w io.Writer) error {
		for i := range m.Materials {
			a := &m.Materials[i]
			text := fmt.Sprintf("newmtl %s\nKd %g %g %g\nd %g\nPr %g\nPm %g\n", materialName(m, i), a.Color[0], a.Color[1], a.Color[2],
				a.Color[3], a.Roughness, a.Metallic)
			if a.Emissive != [3]float32{} {
				text += fmt.Sprintf("Ke %g %g %g\n", a.Emissive[0], a.Emissive[1], a.Emissive[2])
			}
			if a.Unlit {
				text += "illum 0\n"
			}
			if a.Texture != nil {
				text += "map_Kd " + names[a.Texture] + "\n"
			}
			if a.NormalMap != nil {
				text += "norm " + names[a.NormalMap] + "\n"
			}
			if _, err := io.WriteString(w, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeTextures writes the images that have data, and returns the names of all.
func writeTextures(m *mesh.Model, o *WriteOptions) (map[*mesh.Image]string, error) {
	names := map[*mesh.Image]string{}
	for i := range m.Materials {
		for _, image := range []*mesh.Image{m.Materials[i].Texture, m.Materials[i].NormalMap} {
			if image == nil || names[image] != "" {
				continue
			}
			if image.Data == nil {
				names[image] = oneLine(image.Name)
				continue
			}
			stem := strings.TrimSuffix(o.Materials, path.Ext(o.Materials))
			names[image] = fmt.Sprintf("%s_%d.%s", stem, len(names), strings.TrimPrefix(image.Type, "image/"))
			err := createFile(o, names[image], func(w io.Writer) error {
				_, err := w.Write(image.Data)
				return err
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return names, nil
}

// createFile creates a file beside the OBJ file.
func createFile(o *WriteOptions, name string, write func(io.Writer) error) error {
	f, err := o.Create(name)
	if err != nil {
		return fmt.Errorf("creating %s: %w", name, err)
	}
	err = write(f)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}
