package models

import (
	"bytes"
	"context"
	"errors"
	"image"
	"io"
	"math"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/formats/splat"
	"github.com/viser-go/viser/robot"
)

// Info tells what is in a file. What a file does not have is zero.
type Info struct {
	File   string `json:"file"`
	Format Format `json:"format"`
	Bytes  int64  `json:"bytes"` // of the file
	// Points, Triangles, Lines and Splats are how many there are.
	Points    int64 `json:"points,omitempty"`
	Triangles int64 `json:"triangles,omitempty"`
	Lines     int64 `json:"lines,omitempty"`
	Splats    int64 `json:"splats,omitempty"`
	// Degree is that of the spherical harmonics of splats.
	Degree int `json:"degree,omitempty"`
	// Parts, Materials and Textures are those of a mesh.
	Parts     int  `json:"parts,omitempty"`
	Materials int  `json:"materials,omitempty"`
	Textures  int  `json:"textures,omitempty"`
	Colors    bool `json:"colors"`
	Normals   bool `json:"normals"`
	// Width and Height are the grid of an organized cloud.
	Width  int `json:"width,omitempty"`
	Height int `json:"height,omitempty"`
	// Links and Joints are those of a robot; Joints have the names of those that can move by themselves.
	Links  int      `json:"links,omitempty"`
	Joints []string `json:"joints,omitempty"`
	// Scenes and Animations are the names of those of a glTF file.
	Scenes     []string `json:"scenes,omitempty"`
	Animations []string `json:"animations,omitempty"`
	// Cameras is how many cameras a capture has.
	Cameras int `json:"cameras,omitempty"`
	// PixelsWide and PixelsHigh are the size of a picture.
	PixelsWide int `json:"pixelsWide,omitempty"`
	PixelsHigh int `json:"pixelsHigh,omitempty"`
	// Low and High are the smallest and the largest coordinates, in the unit of the file; nil if there are none.
	Low  *[3]float64 `json:"low,omitempty"`
	High *[3]float64 `json:"high,omitempty"`
	// Up is the axis that points up, and Unit the length of a unit in meters, if the file says.
	Up   string  `json:"up,omitempty"`
	Unit float64 `json:"unit,omitempty"`
	// Fields are further numbers of each point.
	Fields []FieldInfo `json:"fields,omitempty"`
	// Dropped counts points and faces without finite coordinates, which are not read.
	Dropped  int64    `json:"dropped,omitempty"`
	Comments []string `json:"comments,omitempty"`
	// NotShown names what of the file is not read.
	NotShown []string `json:"notShown,omitempty"`
}

// FieldInfo is a field, with its smallest and largest finite value; both are 0 if there is none.
type FieldInfo struct {
	Name string  `json:"name"`
	Min  float64 `json:"min"`
	Max  float64 `json:"max"`
}

// Describe tells what is in a file. Of a cloud all points are looked at, but not kept: the file may be larger than memory.
// The errors are those of [Open].
func Describe(ctx context.Context, path string, o *Options) (*Info, error) {
	all := withAllPoints(o)
	if isDir(path) {
		m, err := Open(ctx, path, all)
		if err != nil {
			return nil, err
		}
		return m.describe(), nil
	}
	in, err := openInput(ctx, path, all)
	if err != nil {
		return nil, err
	}
	return in.describe()
}

// DescribeFrom tells what is in the file that r reads, as [Describe] does. The parameters are those of [Read].
func DescribeFrom(ctx context.Context, r io.Reader, name string, size int64, o *Options) (*Info, error) {
	return newInput(ctx, r, name, size, withAllPoints(o)).describe()
}

// withAllPoints are options that thin nothing out.
func withAllPoints(o *Options) *Options {
	var all Options
	if o != nil {
		all = *o
	}
	all.MaxPoints = 0
	return &all
}

// describe looks at the file, and closes it.
func (in *input) describe() (info *Info, err error) {
	defer func() { err = errors.Join(err, in.close()) }()
	if in.hasOnlyPoints() {
		p, err := in.namedPoints()
		if err != nil {
			return nil, err
		}
		info, err = p.describe()
		if err != nil {
			return nil, err
		}
	} else {
		m, err := in.read()
		if err != nil {
			return nil, err
		}
		info = m.describe()
	}
	info.Bytes = in.size
	return info, nil
}

// describe looks at all points.
func (p *PointFile) describe() (*Info, error) {
	head := p.Info()
	p.Select(head.Fields)
	info := &Info{File: p.in.name, Format: p.Format}
	var e extent
	fields := make([]extent, len(head.Fields))
	var b cloud.Batch
	for {
		err := p.Next(&b)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		for _, at := range b.Points {
			if finite(at) {
				info.Points++
				e.add(at)
			} else {
				info.Dropped++
			}
		}
		for i, values := range b.Fields {
			for _, v := range values {
				fields[i].addOne(float64(v))
			}
		}
	}
	info.Low, info.High = e.ends()
	for i, name := range head.Fields {
		f := FieldInfo{Name: name}
		if lo, hi := fields[i].ends(); lo != nil {
			f.Min, f.Max = lo[0], hi[0]
		}
		info.Fields = append(info.Fields, f)
	}
	tail := p.Info() // what is only known at the end
	info.Colors, info.Normals, info.Width, info.Height = tail.HasColors, tail.HasNormals, tail.Width, tail.Height
	info.Comments, info.NotShown = tail.Comments, tail.Skipped
	return info, nil
}

func finite(p [3]float64) bool {
	for _, v := range p {
		if math.IsNaN(v) || math.Abs(v) > math.MaxFloat32 {
			return false
		}
	}
	return true
}

// extent is a box that grows.
type extent struct {
	lo, hi [3]float64
	any    bool
}

func (e *extent) add(p [3]float64) {
	if !e.any {
		e.lo, e.hi, e.any = p, p, true
	}
	for axis, v := range p {
		e.lo[axis], e.hi[axis] = min(e.lo[axis], v), max(e.hi[axis], v)
	}
}

// addOne adds a number, if it is finite.
func (e *extent) addOne(v float64) {
	if v-v == 0 {
		e.add([3]float64{v})
	}
}

func (e *extent) ends() (lo, hi *[3]float64) {
	if !e.any {
		return nil, nil
	}
	return &e.lo, &e.hi
}

// describe tells what is in the model.
func (m *Model) describe() *Info {
	info := &Info{File: m.Name, Format: m.Format, Up: m.Up, Comments: m.Comments, NotShown: m.NotShown}
	var e extent
	if m.Cloud != nil {
		info.ofCloud(m.Cloud, &e)
	}
	if m.Mesh != nil {
		info.ofMesh(m.Mesh, &e)
		info.addFields(m.MeshFields)
	}
	if m.Splats != nil {
		info.ofSplats(m.Splats, &e)
	}
	if m.GLB != nil {
		info.ofGLB(m.GLB.Info, &e)
	}
	info.Cameras = len(m.Cameras)
	for _, c := range m.Cameras {
		if m.GLB != nil { // which stand anywhere around it
			break
		}
		e.add([3]float64{c.Pose.Translation[0] + m.CamerasOrigin[0], c.Pose.Translation[1] + m.CamerasOrigin[1], c.Pose.Translation[2] + m.CamerasOrigin[2]})
	}
	if m.Robot != nil {
		info.ofRobot(m.Robot, &e)
	}
	if m.Picture != nil {
		if c, _, err := image.DecodeConfig(bytes.NewReader(m.Picture.Data)); err == nil {
			info.PixelsWide, info.PixelsHigh, info.Colors = c.Width, c.Height, true
		}
	}
	info.Low, info.High = e.ends()
	return info
}

func (info *Info) ofCloud(c *cloud.Cloud, e *extent) {
	info.Points += int64(len(c.Points))
	info.Colors, info.Normals = c.Colors != nil, c.Normals != nil
	info.Width, info.Height, info.Dropped = c.Width, c.Height, int64(c.Dropped)
	for _, p := range c.Points {
		e.add(plus(c.Origin, p))
	}
	info.addFields(c.Fields)
}

func (info *Info) ofMesh(m *mesh.Model, e *extent) {
	_, faces, lines := m.Counts()
	info.Triangles, info.Lines = int64(faces), int64(lines)
	isCloud := info.Points > 0
	for i := range m.Parts {
		if p := &m.Parts[i]; !isCloud || len(p.Faces) > 0 { // the ends of the edges of a cloud are its points
			info.Points += int64(len(p.Points))
		}
	}
	info.Parts, info.Materials, info.Unit = len(m.Parts), len(m.Materials), m.Unit
	info.Dropped += int64(m.DroppedPoints + m.DroppedFaces)
	for i := range m.Parts {
		info.Colors, info.Normals = info.Colors || m.Parts[i].Colors != nil, info.Normals || m.Parts[i].Normals != nil
	}
	for i := range m.Materials {
		if m.Materials[i].Texture != nil {
			info.Textures++
		}
	}
	if lo, hi, ok := m.Bounds(); ok {
		for axis := range lo {
			lo[axis] += m.Origin[axis]
			hi[axis] += m.Origin[axis]
		}
		e.add(lo)
		e.add(hi)
	}
}

func (info *Info) ofSplats(s *splat.Splats, e *extent) {
	info.Splats, info.Degree, info.Colors, info.Dropped = int64(s.Len()), s.Degree, true, int64(s.Dropped)
	for _, p := range s.Centers {
		e.add(plus(s.Origin, p))
	}
}

func (info *Info) ofGLB(g *gltf.Info, e *extent) {
	info.Points, info.Triangles, info.Lines = g.Vertices+g.Points, g.Triangles, g.Lines
	info.Parts, info.Materials, info.Textures = g.Meshes, g.Materials, g.Textures
	info.Scenes, info.Unit = g.Scenes, 1
	info.Colors, info.Normals = g.Colors, g.Normals
	for _, a := range g.Animations {
		info.Animations = append(info.Animations, a.Name)
	}
	if g.Min != g.Max {
		e.add(g.Min)
		e.add(g.Max)
	}
}

func (info *Info) ofRobot(r *robot.Robot, e *extent) {
	info.Links = len(r.Links())
	for _, j := range r.Joints() {
		if j.Mimic == "" {
			info.Joints = append(info.Joints, j.Name)
		}
	}
	if lo, hi, ok := r.Bounds(r.DefaultConfig()); ok {
		e.add(lo)
		e.add(hi)
	}
}

func (info *Info) addFields(fields []cloud.Field) {
	for _, f := range fields {
		var e extent
		for _, v := range f.Values {
			e.addOne(float64(v))
		}
		d := FieldInfo{Name: f.Name}
		if lo, hi := e.ends(); lo != nil {
			d.Min, d.Max = lo[0], hi[0]
		}
		info.Fields = append(info.Fields, d)
	}
}

func plus(origin [3]float64, p [3]float32) [3]float64 {
	return [3]float64{origin[0] + float64(p[0]), origin[1] + float64(p[1]), origin[2] + float64(p[2])}
}
