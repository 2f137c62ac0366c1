// Package dae reads COLLADA files (.dae), versions 1.4 and 1.5.
//
// [Read] reads the scene: nodes and their transforms, instances of nodes and of geometries; triangles, strips, fans,
// polygons (cut into triangles) and lines; normals, texture coordinates and
// colors of vertices; colors and textures of materials; the unit and the axis that points up. Skinned geometries are
// read in their bind pose. Animations, cameras, lights and physics are named in Skipped.
//
//	model, err := dae.ReadFile("robot.dae", nil)
//	if err != nil {
//		return err // names the file, the line, and what is wrong there
//	}
//	model.Bake(false) // applies the poses of the nodes
//	fmt.Println(len(model.Parts), "parts, up is", model.Up, "and a unit has", model.Unit, "meters")
//
// Files are untrusted input: depth and number of elements are bounded, entities are not expanded, textures are opened
// only by [mesh.Options.Open], and everything wrong ends in an [*Error].
package dae

import (
	"io"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/internal/number"
	"github.com/viser-go/viser/formats/internal/polygon"
	"github.com/viser-go/viser/formats/mesh"
)

type (
	// Options are the options of reading.
	Options = mesh.Options
	// Error is the error of a COLLADA file.
	Error = mesh.Error
)

// Read reads a COLLADA file from r. The errors are of type [*Error].
//
// There is a part for each list of triangles or lines, and for each node that shows it, which has the node's name and,
// as its pose, the transforms of the node and those above. Instances share their slices. A file without a scene shows
// its geometries. References to what is not there, and to other files, are named in Skipped; a number that is not one,
// and a face of a vertex that is not in the file, are errors.
func Read(r io.Reader, opts *Options) (*mesh.Model, error) {
	o := opts.WithDefaults()
	d := &decoder{
		options: o, model: &mesh.Model{Up: "y", Unit: 1}, ids: map[string]*element{},
		geometries: map[*element]*geometry{}, arrays: map[*element][]float64{}, materials: map[*element]int{}, effects: map[*element]mesh.Material{},
	}
	d.opener = meshio.NewOpener(o, &d.skips)
	root, err := d.parse(r)
	if err == nil {
		d.asset(root)
		err = d.scene(root)
	}
	if err != nil {
		return nil, d.locate(err)
	}
	d.nameRest(root)
	d.model.Skipped = d.skips.List()
	return d.model, nil
}

// ReadFile is [Read] for a file. It opens textures in the folder of the file, and below it, if Open is nil.
func ReadFile(name string, opts *Options) (*mesh.Model, error) {
	return meshio.ReadFile(name, opts, Read)
}

// decoder is one file on its way into a model.
type decoder struct {
	options mesh.Options
	model   *mesh.Model
	skips   meshio.Skips
	opener  *meshio.Opener
	line    int64 // of what is being read, for errors
	offset  int64

	ids        map[string]*element
	geometries map[*element]*geometry
	arrays     map[*element][]float64 // of sources
	materials  map[*element]int
	effects    map[*element]mesh.Material
	cutter     polygon.Cutter

	visited   int // elements of the scene, with those of instances
	points    int
	triangles int
}

func (d *decoder) locate(err error) error {
	return &Error{Format: "dae", Line: max(1, d.line), Offset: d.offset, Reason: err.Error(), Err: err}
}

// asset reads the unit and the axis that points up.
func (d *decoder) asset(root *element) {
	asset := root.child("asset")
	if unit := asset.child("unit"); unit != nil {
		if v, ok := number.Parse([]byte(unit.attr("meter"))); ok && v > 0 && v-v == 0 {
			d.model.Unit = v
		}
	}
	switch string(asset.child("up_axis").trimmed()) {
	case "X_UP":
		d.model.Up = "x"
	case "Z_UP":
		d.model.Up = "z"
	}
}

// nameRest names what of the file is not read.
func (d *decoder) nameRest(root *element) {
	for _, library := range root.children {
		if len(library.children) == 0 {
			continue
		}
		switch library.name {
		case "library_animations", "library_animation_clips":
			d.skips.Add("animations")
		case "library_cameras":
			d.skips.Add("cameras")
		case "library_lights":
			d.skips.Add("lights")
		case "library_physics_scenes", "library_physics_models", "library_force_fields":
			d.skips.Add("physics")
		case "library_kinematics_models", "library_joints", "library_articulated_systems":
			d.skips.Add("kinematics")
		}
	}
}
