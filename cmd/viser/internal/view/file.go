package view

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/models"
	"github.com/viser-go/viser/transform"
)

// content is a part of a file that is shown as a whole: a cloud, a surface, splats. Its coordinates are those of the file,
// less an origin that it may move.
type content interface {
	// kind names it in the panel, such as "Points".
	kind() string
	// bounds returns its box, and what of it is worth looking at; false if there is nothing to show.
	bounds() (whole, seen box, ok bool)
	// origin is what was subtracted from the coordinates; recenter subtracts more.
	origin() viser.Vec3
	recenter(by viser.Vec3)
	// add adds its nodes below parent, at an offset from it, and with the scale of the viewer.
	add(parent string, at viser.Vec3)
	// addControls adds its part of the panel.
	addControls(folder *viser.Folder)
	// turned is called when another axis points up. The lock is held.
	turned()
	// facts are lines about it for the panel; leftOut tells how much of it is not shown.
	facts() []string
	leftOut() []string
}

// file is a shown file.
type file struct {
	v     *Viewer
	model *models.Model
	label string // in the panel: the file's name, with a number if it is not the only one of that name
	node  string
	parts []content
	// colorings are those of the parts that have one.
	colorings []*coloring
	hidden    []string // what of the file is not shown

	placeless   bool       // it has nothing that is somewhere
	whole, seen box        // in the file's coordinates, less origin
	origin      viser.Vec3 // of the node, in the file's coordinates
	turn        viser.Quat // of the node
	position    viser.Vec3 // of the node, in the world

	frame   *viser.Frame
	folder  *viser.Folder
	showBox *viser.Checkbox
	info    *viser.Markdown
}

// newFile prepares a file beside others.
func (v *Viewer) newFile(m *models.Model, others []*file) (*file, error) {
	f := &file{v: v, model: m, turn: transform.SO3Identity(), hidden: m.NotShown}
	f.name(others)
	if err := f.addParts(); err != nil {
		return nil, err
	}
	return f, f.measure()
}

// name gives the file a name that no other has, in the panel and in the scene.
func (f *file) name(others []*file) {
	base := strings.Map(func(r rune) rune {
		if r == '/' {
			return '-'
		}
		return r
	}, f.model.Name)
	taken := map[string]bool{}
	for _, o := range others {
		taken[o.label] = true
	}
	f.label = base
	for n := 2; taken[f.label]; n++ {
		f.label = fmt.Sprintf("%s (%d)", base, n)
	}
	f.node = "/" + f.label
}

// addParts lists the contents of the model.
func (f *file) addParts() error {
	m := f.model
	if m.Splats != nil && len(m.Splats.Centers) > 0 {
		f.parts = append(f.parts, newSplats(f, m.Splats))
	}
	if m.Cloud != nil && len(m.Cloud.Points) > 0 {
		f.parts = append(f.parts, newPoints(f, m.Cloud))
	}
	if m.Mesh != nil {
		f.addMeshParts(m.Mesh)
	}
	if m.GLB != nil {
		f.parts = append(f.parts, newGLB(f, m.GLB))
	}
	if len(m.Cameras) > 0 {
		f.parts = append(f.parts, newCameras(f, m))
	}
	if m.Frames != nil && m.Frames.Count > 1 {
		f.parts = append(f.parts, newMoments(f, m.Frames))
	}
	if m.Robot != nil {
		f.parts = append(f.parts, newArm(f, m.Robot))
	}
	if m.Picture != nil {
		img, err := m.Picture.Decode()
		if err != nil {
			return err
		}
		f.parts = append(f.parts, newPicture(f, img))
	}
	if m.Panorama != nil {
		p, err := newPanorama(f, m.Panorama)
		if err != nil {
			return err
		}
		f.parts = append(f.parts, p)
	}
	return nil
}

// measure computes the file's box, and moves origins so that points are near them.
func (f *file) measure() error {
	first := true
	for _, c := range f.parts {
		whole, seen, ok := c.bounds()
		if !ok {
			continue
		}
		if by := rounded(seen.center(), seen.diagonal()); length(by) > seen.diagonal() {
			c.recenter(by)
			whole, seen = shifted(whole, negated(by)), shifted(seen, negated(by))
		}
		if first {
			f.origin, f.whole, f.seen = c.origin(), whole, seen
			first = false
			continue
		}
		by := sub(c.origin(), f.origin)
		f.whole, f.seen = f.whole.union(shifted(whole, by)), f.seen.union(shifted(seen, by))
	}
	if first && len(f.parts) == 0 {
		return errors.New("it has nothing to show")
	}
	if f.placeless = first; first {
		f.whole = box{}.grown(0.5)
		f.seen = f.whole
	}
	return nil
}

// up is the axis of the file that points up, if it says.
func (f *file) up() (Axis, bool) {
	if f.model.Up == "" {
		return 0, false
	}
	axis, err := ParseAxis(f.model.Up)
	return axis, err == nil
}

// inWorld is a box of the file where the file is shown.
func (f *file) inWorld(b box) box {
	turn := f.turn
	var out box
	for i := range 8 {
		var corner viser.Vec3
		for axis := range corner {
			corner[axis] = b.lo[axis]
			if i>>axis&1 == 1 {
				corner[axis] = b.hi[axis]
			}
			corner[axis] *= f.v.scale
		}
		at := add(viser.Vec3(turn.Apply(corner)), f.position)
		if i == 0 {
			out = box{at, at}
		}
		out = out.union(box{at, at})
	}
	return out
}

// mostOpen is how many files have their folders open: more would not fit on the page.
const mostOpen = 3

// add adds the nodes and the part of the panel.
func (f *file) add() {
	f.addNodes()
	f.folder = f.v.server.GUI().AddFolder("", &viser.FolderOptions{Order: ptr(f.v.nextOrder()), Folded: len(f.v.files) > mostOpen})
	f.fill()
}

// remove takes the file out of the scene and the panel.
func (f *file) remove() {
	f.stop()
	f.frame.Remove()
	f.folder.Remove()
}

// stop ends what is still being read of the file.
func (f *file) stop() {
	for _, part := range f.parts {
		if m, ok := part.(*moments); ok {
			m.stop()
		}
	}
}

// replace takes the place of an older version of the file in the scene and the panel.
func (f *file) replace(old *file) {
	old.stop()
	shown := old.frame.Visible()
	old.frame.Remove()
	f.addNodes()
	f.frame.SetVisible(shown)
	f.folder = f.v.server.GUI().AddFolder(old.folder.Label(), &viser.FolderOptions{
		Order: ptr(old.folder.Order()), Folded: !old.folder.ExpandByDefault(),
	})
	several := old.showBox.Visible()
	old.folder.Remove()
	f.fill()
	f.showBox.SetValue(shown)
	f.showBox.SetVisible(several)
}

func (f *file) addNodes() {
	f.frame = f.v.server.Scene().AddFrame(f.node, &viser.FrameOptions{Position: f.position, WXYZ: f.turn, NoAxes: true})
	for _, c := range f.parts {
		c.add(f.node, scaled(sub(c.origin(), f.origin), f.v.scale))
	}
}

// fill adds the elements of the file's folder.
func (f *file) fill() {
	f.showBox = f.folder.AddCheckbox("Show", true, &viser.CheckboxOptions{Hidden: true})
	f.showBox.OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) { f.frame.SetVisible(e.Value) })
	f.info = f.folder.AddMarkdown(f.text(), nil)
	if f.v.o.NoControls {
		return
	}
	for _, c := range f.parts {
		c.addControls(f.folder)
	}
}

// kind names what the file has.
func (f *file) kind() string { return f.parts[0].kind() }

func (f *file) leftOut() (what []string) {
	for _, c := range f.parts {
		what = append(what, c.leftOut()...)
	}
	return what
}

// notShown notes what of the file is left out.
func (f *file) notShown(what string) { f.hidden = append(f.hidden, what) }

// size is the extent of what is worth looking at, in the file's unit, never zero.
func (f *file) size() float64 { return f.seen.size() }

func ptr[T any](v T) *T { return &v }
