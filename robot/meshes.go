package robot

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // pictures of textures
	_ "image/png"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/dae"
	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/formats/obj"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/stl"
)

// model is a mesh file that has been read.
type model struct {
	parts []part
	glb   []byte // instead of parts
	err   error
}

// part is a piece of a mesh, of one color or texture.
type part struct {
	points, normals []viser.Vec3f
	faces           [][3]uint32
	colors          []viser.RGB // of the points
	alphas          []float32
	uvs             []viser.Vec2f
	texture         image.Image
	paint           *paint // nil for the default color
	doubleSided     bool
}

// paint is a color with its opacity, sRGB, 0 to 1.
type paint [4]float64

// rgb is the color without the opacity.
func (p *paint) rgb() viser.RGB {
	var c viser.RGB
	for i := range c {
		c[i] = uint8(255*min(1, max(0, p[i])) + 0.5)
	}
	return c
}

// texture is a picture that has been read.
type texture struct {
	image image.Image
	err   error
}

const (
	// maxMeshBytes is the largest mesh file or texture that is opened.
	maxMeshBytes = 512 << 20
	// maxTexturePixels bounds a decoded texture to 256 MiB.
	maxTexturePixels = 1 << 26
)

// mesh reads a mesh file once. What of it is not shown is noted.
func (l *loader) mesh(r *Robot, name string) *model {
	if l.opts.NoMeshes {
		return &model{}
	}
	f, key, err := l.open(name)
	if err != nil {
		r.note("mesh %s: %v", name, err)
		return &model{err: err}
	}
	defer f.Close() // nothing was written
	if m := l.meshes[key]; m != nil {
		return m
	}
	m, skipped := l.read(f, key)
	l.meshes[key] = m
	if m.err != nil {
		r.note("mesh %s: %v", name, m.err)
	}
	for _, s := range skipped {
		if s != "cameras" && s != "lights" && !l.bare {
			r.note("mesh %s: %s", name, s)
		}
	}
	return m
}

func (l *loader) read(f *os.File, key string) (*model, []string) {
	if info, err := f.Stat(); err == nil && info.Size() > maxMeshBytes {
		return &model{err: fmt.Errorf("the file is larger than %d MiB, which is the limit", maxMeshBytes>>20)}, nil
	}
	data, err := io.ReadAll(io.LimitReader(f, maxMeshBytes))
	if err != nil {
		return &model{err: reason(err)}, nil
	}
	if bytes.HasPrefix(data, []byte("glTF")) {
		return &model{glb: data, err: gltf.CheckGLB(data)}, nil
	}
	dir := filepath.Dir(key)
	opts := &mesh.Options{
		Size: int64(len(data)), MaxTriangles: l.opts.MaxTriangles - l.triangles + 1, // 0 would be the default
		Open: func(name string) (io.ReadCloser, error) {
			name = filepath.FromSlash(strings.ReplaceAll(name, "\\", "/"))
			if !filepath.IsAbs(name) {
				name = filepath.Join(dir, name)
			}
			f, err := l.openNear(name, dir)
			return f, err
		},
	}
	m, err := readMesh(data, strings.ToLower(path.Ext(key)), opts)
	if err != nil {
		return &model{err: err}, nil
	}
	_, faces, _ := m.Counts()
	if l.triangles += faces; l.triangles > l.opts.MaxTriangles {
		return &model{err: fmt.Errorf("the meshes have more than %d triangles, which is the limit", l.opts.MaxTriangles)}, nil
	}
	return l.convert(m)
}

// openNear opens a file of a mesh: in the folder of the mesh, or of the robot.
func (l *loader) openNear(path, dir string) (*os.File, error) {
	root := dir
	if within(dir, l.home) {
		root = l.home
	}
	if l.opts.AllowOutside {
		return os.Open(path)
	}
	if !within(path, root) {
		return nil, errOutside
	}
	f, err := l.openIn(root, path)
	if err != nil {
		return nil, reason(err)
	}
	return f, nil
}

// readMesh reads the formats of robots' meshes. Those with a beginning of their own are told by it, the others by the
// name.
func readMesh(data []byte, ext string, opts *mesh.Options) (*mesh.Model, error) {
	start := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case bytes.HasPrefix(data, []byte("ply")):
		return readPLY(data, opts)
	case bytes.HasPrefix(start, []byte("<")) && bytes.Contains(data[:min(len(data), 4096)], []byte("COLLADA")):
		return dae.Read(bytes.NewReader(data), opts)
	case ext == ".obj":
		return obj.Read(bytes.NewReader(data), opts)
	case ext == ".stl":
		return stl.Read(bytes.NewReader(data), opts)
	case ext == ".msh":
		return readMSH(data, opts)
	case ext == ".dae":
		return dae.Read(bytes.NewReader(data), opts)
	}
	return nil, fmt.Errorf("the format %q is not supported; those of meshes are STL, OBJ, DAE, PLY, GLB and MSH", ext)
}

func readPLY(data []byte, opts *mesh.Options) (*mesh.Model, error) {
	p, err := ply.Read(bytes.NewReader(data), &ply.Options{Size: opts.Size, MaxTriangles: opts.MaxTriangles})
	if err != nil {
		return nil, err
	}
	return &mesh.Model{
		Parts:   []mesh.Part{{Points: p.Points, Normals: p.Normals, Colors: p.Colors, Alphas: p.Alphas, Faces: p.Faces, Material: -1}},
		Skipped: p.Skipped,
	}, nil
}

// convert makes parts of a mesh. As programs for robots do, it ignores which axis is up, but not the unit.
func (l *loader) convert(m *mesh.Model) (*model, []string) {
	if m.Unit > 0 && m.Unit != 1 {
		for i := range m.Parts {
			u := m.Unit
			m.Parts[i].Pose = mesh.Pose{0: u, 5: u, 10: u, 15: 1}.Multiply(m.Parts[i].Pose)
		}
	}
	m.Bake(false)
	skipped := m.Skipped
	out := &model{}
	pictures := map[*mesh.Image]image.Image{}
	for i := range m.Parts {
		p := &m.Parts[i]
		if len(p.Faces) == 0 {
			continue
		}
		made := part{points: p.Points, normals: p.Normals, faces: p.Faces, colors: rgbs(p.Colors), alphas: opacities(p.Alphas)}
		if p.Material >= 0 && p.Material < len(m.Materials) {
			mat := m.Materials[p.Material]
			made.paint = &paint{float64(mat.Color[0]), float64(mat.Color[1]), float64(mat.Color[2]), float64(mat.Color[3])}
			made.doubleSided = mat.DoubleSided
			if mat.Texture != nil && len(p.UVs) == len(p.Points) {
				picture, known := pictures[mat.Texture]
				if !known {
					var err error
					if picture, err = decodePicture(mat.Texture.Data); err != nil {
						skipped = append(skipped, fmt.Sprintf("texture %s: %v", mat.Texture.Name, err))
					}
					pictures[mat.Texture] = picture
				}
				if picture != nil {
					made.texture, made.uvs = picture, p.UVs
				}
			}
		}
		out.parts = append(out.parts, made)
	}
	if len(out.parts) == 0 {
		out.err = errors.New("it has no triangles")
	}
	return out, skipped
}

func rgbs(colors [][3]uint8) []viser.RGB {
	if colors == nil {
		return nil
	}
	out := make([]viser.RGB, len(colors))
	for i, c := range colors {
		out[i] = c
	}
	return out
}

func opacities(alphas []uint8) []float32 {
	if alphas == nil {
		return nil
	}
	out := make([]float32, len(alphas))
	for i, a := range alphas {
		out[i] = float32(a) / 255
	}
	return out
}

// decodePicture decodes a PNG or JPEG picture of a bounded size.
func decodePicture(data []byte) (image.Image, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, errors.New("it is no PNG or JPEG picture")
	}
	if int64(config.Width)*int64(config.Height) > maxTexturePixels || config.Width == 0 || config.Height == 0 {
		return nil, fmt.Errorf("%d x %d pixels are out of range", config.Width, config.Height)
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	return picture, err
}

// texture reads a picture once.
func (l *loader) texture(r *Robot, name string) image.Image {
	if l.opts.NoMeshes {
		return nil
	}
	f, key, err := l.open(name)
	if err != nil {
		r.note("texture %s: %v", name, err)
		return nil
	}
	defer f.Close() // nothing was written
	t := l.textures[key]
	if t == nil {
		t = &texture{}
		data, err := io.ReadAll(io.LimitReader(f, maxMeshBytes))
		if t.err = err; err == nil {
			t.image, t.err = decodePicture(data)
		}
		l.textures[key] = t
	}
	if t.err != nil {
		r.note("texture %s: %v", name, t.err)
	}
	return t.image
}
