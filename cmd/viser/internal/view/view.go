// Package view shows the contents of a file: as a mesh, a cloud or splats, with sizes, colors and a camera
// that suit the data, and a panel to change them.
package view

import (
	"errors"
	"image"
	"slices"
	"sync"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/splat"
)

// Options are how a model is shown.
type Options struct {
	// Name is the file's, for display.
	Name string
	// MaxPoints is how many points of a cloud are shown; larger clouds are thinned out evenly. 0 shows all.
	MaxPoints int
	// Splats, if not nil, are what is shown, in place of points: the model's points are their centers.
	Splats *splat.Splats
	// Up is the axis that points up; the zero value means +z.
	Up Axis
	// Fields are the names of the model's columns, each of which can be shown as the color of the points.
	Fields []string
	// ColorBy is the field, or "texture", "file", "normal", "height" or "one", that colors the model; "" chooses.
	ColorBy string
	// OpenTexture opens an image that the file names. Nil: there is no folder to look in.
	OpenTexture func(name string) (image.Image, error)
	// NotShown names what of the file is not shown.
	NotShown []string
	// NoControls leaves the controls out of the panel, for a page without a program.
	NoControls bool
}

// viewer is a model on a server. Its fields change under mu: callbacks of several pages run at once.
type viewer struct {
	server *viser.Server
	model  *ply.Model
	splats *splat.Splats // nil: a mesh or a cloud
	all    int           // points of the file, before thinning
	place  place         // where the model is put
	fields []Field
	hidden []string // what of the file is not shown

	controls []*viser.Folder

	mu   sync.Mutex
	up   Axis
	grid *viser.Grid
	// gridShown is what the panel shows; the grid itself is replaced when up changes.
	gridShown bool
	// upChanged is called with mu held when up has changed; nil when nothing depends on it.
	upChanged func()
}

// Show adds the model to the server's scene, and a panel to its GUI. It owns the model from then on. It returns a
// text about parts of the file that are not shown, if any. It fails if there is nothing to show, or if the model
// cannot be colored as requested.
func Show(server *viser.Server, m *ply.Model, o Options) (notShown []string, err error) {
	if len(m.Points) == 0 {
		return nil, errors.New("it has no points")
	}
	v := &viewer{
		server: server, model: m, splats: o.Splats, all: len(m.Points), up: o.Up, gridShown: true,
		fields: fieldsOf(m, o.Fields), hidden: slices.Clone(o.NotShown),
	}
	v.hidden = append(v.hidden, m.Skipped...)
	ends := v.edgeEnds()
	if len(m.Faces) == 0 {
		v.thin(o.MaxPoints)
	}
	origin := m.Origin
	v.place = placeOf(m)
	if v.splats != nil {
		v.place.seen = grownBySplats(v.place.seen, v.splats.Scales)
	}
	for axis := range origin {
		origin[axis] = m.Origin[axis] - origin[axis]
	}
	server.GUI().SetPanelLabel(o.Name)
	info := server.GUI().AddMarkdown("", nil)
	if err := v.addModel(o); err != nil {
		return nil, err
	}
	v.addEdges(ends, origin)
	v.addSurroundings()
	v.setCamera()
	info.SetContent(v.info())
	if o.NoControls {
		for _, folder := range v.controls {
			folder.Remove()
		}
	}
	return slices.Concat(v.leftOut(), v.hidden), nil
}

// addControls adds a folder of controls to the panel.
func (v *viewer) addControls(name string) *viser.Folder {
	folder := v.server.GUI().AddFolder(name, nil)
	v.controls = append(v.controls, folder)
	return folder
}

func (v *viewer) addModel(o Options) error {
	open := o.OpenTexture
	if open == nil {
		open = noTextures
	}
	textures := v.loadTextures(open)
	switch {
	case v.splats != nil:
		if o.ColorBy != "" {
			return errors.New("splats have their own colors: they cannot be colored by anything else")
		}
		v.addSplats()
		return nil
	case len(v.model.Faces) > 0:
		return v.addMesh(textures, o.ColorBy)
	}
	return v.addCloud(o.ColorBy)
}

// notShown notes what of the file is left out.
func (v *viewer) notShown(what string) { v.hidden = append(v.hidden, what) }

// thin keeps every n-th point, so that at most limit are left.
func (v *viewer) thin(limit int) {
	m := v.model
	if limit <= 0 || len(m.Points) <= limit {
		return
	}
	step := (len(m.Points) + limit - 1) / limit
	m.Points = everyNth(m.Points, step)
	m.Normals = everyNth(m.Normals, step)
	m.Colors = everyNth(m.Colors, step)
	m.Alphas = everyNth(m.Alphas, step)
	m.UVs = everyNth(m.UVs, step)
	for i := range v.fields {
		v.fields[i].Values = everyNth(v.fields[i].Values, step)
	}
	m.Columns = nil
	if s := v.splats; s != nil {
		s.Scales, s.WXYZs = everyNth(s.Scales, step), everyNth(s.WXYZs, step)
		s.Colors, s.Opacities = everyNth(s.Colors, step), everyNth(s.Opacities, step)
	}
}

// everyNth copies, so that the memory of what is left out is freed.
func everyNth[T any](s []T, step int) []T {
	if s == nil {
		return nil
	}
	kept := make([]T, 0, (len(s)+step-1)/step)
	for i := 0; i < len(s); i += step {
		kept = append(kept, s[i])
	}
	return kept
}
