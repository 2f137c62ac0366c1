package gltf

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/viser-go/viser/formats/mesh"
)

// Info is what is in a GLB file. Counts are what the file claims. Those of vertices, triangles, lines and points are of
// its default scene: a mesh that two nodes show counts twice.
type Info struct {
	// Generator is the program that has written the file.
	Generator string
	// Scenes are the names of the scenes, and Scene is the number of the one to show.
	Scenes []string
	Scene  int
	// Nodes, Meshes, Materials, Textures, Skins and Morphs count what is in the file; a morph is a target of a primitive.
	Nodes, Meshes, Materials, Textures, Skins, Morphs int
	// Vertices, Triangles, Lines and Points are drawn.
	Vertices, Triangles, Lines, Points int64
	// Colors and Normals say whether vertices have them.
	Colors, Normals bool
	// Cameras are those in the scene.
	Cameras []Camera
	// Animations are in the order of the file.
	Animations []Animation
	// ExtensionsUsed may be ignored by a viewer, ExtensionsRequired not.
	ExtensionsUsed, ExtensionsRequired []string
	// Min and Max are the bounds of the scene in its rest pose, by the bounds that the file claims of its meshes; they are
	// {} if there are none.
	Min, Max [3]float64
}

// Camera is a camera in the scene. It looks along its negative z axis, and its y axis is up.
type Camera struct {
	// Name is that of the node, or of the camera.
	Name string
	// Pose is where it is in the scene, in meters, y up.
	Pose mesh.Pose
	// FOV is the vertical field of view in radians; 0 for an orthographic camera.
	FOV float64
	// Aspect is width by height, or 0 if the file does not say.
	Aspect float64
	// Height is the height of what an orthographic camera shows, in meters; 0 for a perspective one.
	Height float64
	// Near and Far bound what it shows, in meters. Far is 0 if nothing is too far.
	Near, Far float64
}

// Animation is an animation of the file.
type Animation struct {
	Name string
	// Duration is in seconds.
	Duration float64
}

// described has the parts of the JSON that [Describe] needs.
type described struct {
	Asset struct {
		Generator string `json:"generator"`
	} `json:"asset"`
	Scene  int `json:"scene"`
	Scenes []struct {
		Name  string `json:"name"`
		Nodes []int  `json:"nodes"`
	} `json:"scenes"`
	Nodes  []node `json:"nodes"`
	Meshes []struct {
		Primitives []primitive `json:"primitives"`
	} `json:"meshes"`
	Accessors []struct {
		Count         int64     `json:"count"`
		ComponentType int       `json:"componentType"`
		Normalized    bool      `json:"normalized"`
		Min           []float64 `json:"min"`
		Max           []float64 `json:"max"`
	} `json:"accessors"`
	Cameras []struct {
		Name        string `json:"name"`
		Perspective *struct {
			Yfov        float64 `json:"yfov"`
			AspectRatio float64 `json:"aspectRatio"`
			Znear       float64 `json:"znear"`
			Zfar        float64 `json:"zfar"`
		} `json:"perspective"`
		Orthographic *struct {
			Xmag  float64 `json:"xmag"`
			Ymag  float64 `json:"ymag"`
			Znear float64 `json:"znear"`
			Zfar  float64 `json:"zfar"`
		} `json:"orthographic"`
	} `json:"cameras"`
	Animations []struct {
		Name     string `json:"name"`
		Samplers []struct {
			Input int `json:"input"`
		} `json:"samplers"`
	} `json:"animations"`
	Skins              []struct{} `json:"skins"`
	Materials          []struct{} `json:"materials"`
	Textures           []struct{} `json:"textures"`
	ExtensionsUsed     []string   `json:"extensionsUsed"`
	ExtensionsRequired []string   `json:"extensionsRequired"`
}

type node struct {
	Name        string    `json:"name"`
	Children    []int     `json:"children"`
	Mesh        *int      `json:"mesh"`
	Camera      *int      `json:"camera"`
	Matrix      []float64 `json:"matrix"`
	Translation []float64 `json:"translation"`
	Rotation    []float64 `json:"rotation"`
	Scale       []float64 `json:"scale"`
}

type primitive struct {
	Attributes map[string]int `json:"attributes"`
	Indices    *int           `json:"indices"`
	Mode       *int           `json:"mode"`
	Targets    []struct{}     `json:"targets"`
}

// Describe returns what is in a GLB file. It returns an error where [CheckGLB] does, and for a node that is not there or
// is below itself.
func Describe(glb []byte) (*Info, error) {
	if err := CheckGLB(glb); err != nil {
		return nil, err
	}
	text, _, err := split(glb)
	if err != nil {
		return nil, err
	}
	d := &describer{}
	if err := json.Unmarshal(text, &d.doc); err != nil {
		return nil, fmt.Errorf("its JSON chunk can't be read: %w", err)
	}
	d.counts()
	if err := d.scene(); err != nil {
		return nil, err
	}
	return &d.info, nil
}

// describer is one file on its way.
type describer struct {
	doc     described
	info    Info
	bounded bool
	visited []bool
}

func (d *describer) counts() {
	doc, info := &d.doc, &d.info
	info.Generator, info.Scene = doc.Asset.Generator, doc.Scene
	for _, s := range doc.Scenes {
		info.Scenes = append(info.Scenes, s.Name)
	}
	info.Nodes, info.Meshes, info.Materials = len(doc.Nodes), len(doc.Meshes), len(doc.Materials)
	info.Textures, info.Skins = len(doc.Textures), len(doc.Skins)
	for _, m := range doc.Meshes {
		for _, p := range m.Primitives {
			info.Morphs += len(p.Targets)
		}
	}
	info.ExtensionsUsed, info.ExtensionsRequired = doc.ExtensionsUsed, doc.ExtensionsRequired
	for _, a := range doc.Animations {
		animation := Animation{Name: a.Name}
		for _, s := range a.Samplers {
			if s.Input >= 0 && s.Input < len(doc.Accessors) {
				if last := doc.Accessors[s.Input].Max; len(last) == 1 {
					animation.Duration = max(animation.Duration, last[0])
				}
			}
		}
		info.Animations = append(info.Animations, animation)
	}
}

// scene visits the nodes of the default scene, or of the first one.
func (d *describer) scene() error {
	doc := &d.doc
	d.visited = make([]bool, len(doc.Nodes))
	if len(doc.Scenes) == 0 {
		return nil
	}
	if doc.Scene < 0 || doc.Scene >= len(doc.Scenes) {
		return fmt.Errorf("its scene %d is not there; there are %d", doc.Scene, len(doc.Scenes))
	}
	type item struct {
		node int
		pose mesh.Pose
	}
	var open []item
	for _, n := range doc.Scenes[doc.Scene].Nodes {
		open = append(open, item{n, mesh.Pose{}})
	}
	for len(open) > 0 {
		next := open[len(open)-1]
		open = open[:len(open)-1]
		if next.node < 0 || next.node >= len(doc.Nodes) {
			return fmt.Errorf("its node %d is not there; there are %d", next.node, len(doc.Nodes))
		}
		if d.visited[next.node] {
			return fmt.Errorf("its node %d is in the scene twice, or below itself", next.node)
		}
		d.visited[next.node] = true
		n := &doc.Nodes[next.node]
		pose := next.pose.Multiply(n.pose())
		d.node(n, pose)
		for _, c := range n.Children {
			open = append(open, item{c, pose})
		}
	}
	return nil
}

// pose is that of a node in the one above.
func (n *node) pose() mesh.Pose {
	if len(n.Matrix) == 16 {
		var p mesh.Pose
		for row := range 4 {
			for column := range 4 {
				p[4*row+column] = n.Matrix[4*column+row]
			}
		}
		return p
	}
	p := mesh.Pose{}.Matrix()
	if len(n.Rotation) == 4 {
		x, y, z, w := n.Rotation[0], n.Rotation[1], n.Rotation[2], n.Rotation[3]
		p = mesh.Pose{
			1 - 2*(y*y+z*z), 2 * (x*y - z*w), 2 * (x*z + y*w), 0,
			2 * (x*y + z*w), 1 - 2*(x*x+z*z), 2 * (y*z - x*w), 0,
			2 * (x*z - y*w), 2 * (y*z + x*w), 1 - 2*(x*x+y*y), 0,
			0, 0, 0, 1,
		}
	}
	if len(n.Scale) == 3 {
		for row := range 3 {
			for column, s := range n.Scale {
				p[4*row+column] *= s
			}
		}
	}
	if len(n.Translation) == 3 {
		p[3], p[7], p[11] = n.Translation[0], n.Translation[1], n.Translation[2]
	}
	return p
}

func (d *describer) node(n *node, pose mesh.Pose) {
	doc := &d.doc
	if n.Mesh != nil && *n.Mesh >= 0 && *n.Mesh < len(doc.Meshes) {
		for i := range doc.Meshes[*n.Mesh].Primitives {
			d.primitive(&doc.Meshes[*n.Mesh].Primitives[i], pose)
		}
	}
	if n.Camera == nil || *n.Camera < 0 || *n.Camera >= len(doc.Cameras) {
		return
	}
	c := doc.Cameras[*n.Camera]
	camera := Camera{Name: n.Name, Pose: pose}
	if camera.Name == "" {
		camera.Name = c.Name
	}
	switch {
	case c.Perspective != nil:
		camera.FOV, camera.Aspect, camera.Near, camera.Far = c.Perspective.Yfov, c.Perspective.AspectRatio, c.Perspective.Znear, c.Perspective.Zfar
	case c.Orthographic != nil:
		camera.Height, camera.Near, camera.Far = 2*c.Orthographic.Ymag, c.Orthographic.Znear, c.Orthographic.Zfar
		if c.Orthographic.Ymag != 0 {
			camera.Aspect = c.Orthographic.Xmag / c.Orthographic.Ymag
		}
	}
	d.info.Cameras = append(d.info.Cameras, camera)
}

// The modes of primitives.
const (
	modePoints        = 0
	modeLines         = 1
	modeLineLoop      = 2
	modeLineStrip     = 3
	modeTriangles     = 4
	modeTriangleStrip = 5
	modeTriangleFan   = 6
)

func (d *describer) primitive(p *primitive, pose mesh.Pose) {
	position, ok := p.Attributes["POSITION"]
	if !ok || position < 0 || position >= len(d.doc.Accessors) {
		return
	}
	a := &d.doc.Accessors[position]
	n := min(a.Count, math.MaxUint32)
	d.info.Vertices += n
	if p.Indices != nil && *p.Indices >= 0 && *p.Indices < len(d.doc.Accessors) {
		n = min(d.doc.Accessors[*p.Indices].Count, math.MaxUint32)
	}
	mode := modeTriangles
	if p.Mode != nil {
		mode = *p.Mode
	}
	switch mode {
	case modePoints:
		d.info.Points += n
	case modeLines:
		d.info.Lines += n / 2
	case modeLineLoop:
		d.info.Lines += n
	case modeLineStrip:
		d.info.Lines += max(0, n-1)
	case modeTriangles:
		d.info.Triangles += n / 3
	case modeTriangleStrip, modeTriangleFan:
		d.info.Triangles += max(0, n-2)
	}
	_, colors := p.Attributes["COLOR_0"]
	_, normals := p.Attributes["NORMAL"]
	d.info.Colors, d.info.Normals = d.info.Colors || colors, d.info.Normals || normals
	if len(a.Min) == 3 && len(a.Max) == 3 {
		box := [2][3]float64{[3]float64(a.Min), [3]float64(a.Max)}
		if most := largestOf[a.ComponentType]; a.Normalized && most > 0 {
			for end := range box {
				for axis := range box[end] {
					box[end][axis] = max(-1, box[end][axis]/most)
				}
			}
		}
		d.bound(box, pose)
	}
}

// largestOf are the integers that stand for 1 where an accessor is normalized, by its type of components.
var largestOf = map[int]float64{5120: math.MaxInt8, 5121: math.MaxUint8, 5122: math.MaxInt16, 5123: math.MaxUint16}

// bound extends the bounds of the scene by a box.
func (d *describer) bound(box [2][3]float64, pose mesh.Pose) {
	for i := range 8 {
		at := pose.Apply([3]float64{box[i&1][0], box[i>>1&1][1], box[i>>2&1][2]})
		if !d.bounded {
			d.bounded = true
			d.info.Min, d.info.Max = at, at
		}
		for axis, v := range at {
			d.info.Min[axis] = min(d.info.Min[axis], v)
			d.info.Max[axis] = max(d.info.Max[axis], v)
		}
	}
}
