// Package view shows the contents of files: with sizes, colors and a camera that suit the data, and a panel to change
// them.
package view

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/models"
)

// Options are how files are shown.
type Options struct {
	// Title is that of the panel; "" makes one of the files' names.
	Title string
	// Up is the axis of the files that points up; nil means what the first file says, or else +z.
	Up *Axis
	// Scale is what the coordinates of the files are multiplied by; 0 means 1.
	Scale float64
	// SideBySide puts files on a grid, instead of where their coordinates are.
	SideBySide bool
	// ColorBy is the field, or "texture", "file", "normal", "height" or "one", that colors what has it; "" chooses.
	ColorBy string
	// ColorMap shows numbers as colors; nil means [colormap.Viridis].
	ColorMap *colormap.Map
	// PointSize is that of points in world units; 0 chooses.
	PointSize float64
	// Report is told what is noticed later, in one line each: by several goroutines. Nil: nobody is.
	Report func(line string)
	// NoControls leaves the controls out of the panel, for a page without a program.
	NoControls bool
	// Empty is the text of the panel until the first file is shown, in Markdown.
	Empty string
}

// Viewer shows files on a server.
type Viewer struct {
	server *viser.Server
	o      Options
	scale  float64

	// reading are goroutines that read further files; they end when closing is closed.
	reading sync.WaitGroup
	closing chan struct{}

	// showing serializes Show, Replace and Remove. It is locked before mu.
	showing sync.Mutex
	files   []*file // guarded by showing; the fields that callbacks change by mu

	// mu guards what callbacks of pages change, several of which run at once.
	mu     sync.Mutex
	up     Axis
	shift  viser.Vec3 // what is subtracted from all coordinates in the world
	fixed  bool       // up and shift are that of the first files
	seen   box        // of all files, in the world
	first  *outlook   // that of the initial camera; nil before it is set
	grid   *viser.Grid
	floor  bool // what the panel shows; the grid itself is replaced when up changes
	origin *viser.Frame
	upBox  *viser.Dropdown // nil: there are no controls
	empty  *viser.Markdown // nil: there is none any more
}

// New prepares a viewer. The server's scene and GUI are the viewer's from then on.
func New(server *viser.Server, o Options) *Viewer {
	v := &Viewer{server: server, o: o, scale: o.Scale, floor: true, closing: make(chan struct{})}
	if v.scale == 0 {
		v.scale = 1
	}
	if v.o.ColorMap == nil {
		v.o.ColorMap = colormap.Viridis
	}
	if o.Up != nil {
		v.up = *o.Up
	}
	// Docked, the panel covers nothing of what is shown.
	server.GUI().MainPanel().DockRight()
	server.OnClientConnect(v.keepInView)
	if o.Empty != "" {
		v.empty = server.GUI().AddMarkdown(o.Empty, nil)
	}
	return v
}

// errClosed is the error of what is shown after Close.
var errClosed = errors.New("the viewer is closed")

// Close ends what is still being read, and waits for it. Nothing is shown afterwards. It is called once.
func (v *Viewer) Close() {
	v.showing.Lock()
	close(v.closing)
	v.showing.Unlock()
	v.reading.Wait()
}

// closed reports whether Close was called. The lock showing is held.
func (v *Viewer) closed() bool {
	select {
	case <-v.closing:
		return true
	default:
		return false
	}
}

// Wait waits until everything is read: for a picture of the scene.
func (v *Viewer) Wait() { v.reading.Wait() }

// goRead runs fn until it is done.
func (v *Viewer) goRead(fn func()) { v.reading.Go(fn) }

func (v *Viewer) report(line string) {
	if v.o.Report != nil {
		v.o.Report(line)
	}
}

// Show adds files, and their part of the panel. It owns the models from then on. It returns what of them is not shown, each
// in one line. It fails if there is nothing to show, or if nothing can be colored as requested; then nothing was added.
func (v *Viewer) Show(ms ...*models.Model) (notShown []string, err error) {
	v.showing.Lock()
	defer v.showing.Unlock()
	if v.closed() {
		return nil, errClosed
	}
	added := make([]*file, 0, len(ms))
	for _, m := range ms {
		f, err := v.newFile(m, append(slices.Clip(v.files), added...))
		if err != nil {
			if len(ms) == 1 {
				return nil, err
			}
			notShown = append(notShown, m.Name+": "+err.Error())
			continue
		}
		added = append(added, f)
	}
	if len(added) == 0 {
		return nil, errors.New(strings.Join(notShown, "; "))
	}
	if err := colorAll(added, v.o.ColorBy); err != nil {
		return nil, err
	}
	first := len(v.files) == 0
	v.files = append(v.files, added...)
	v.fix(added)
	v.server.Atomic(func() {
		v.arrange(added)
		for _, f := range added {
			f.add()
		}
		if v.empty != nil {
			v.empty.Remove()
			v.empty = nil
		}
		switch {
		case first && v.origin == nil:
			v.addSurroundings()
		case first && v.upBox != nil: // those before were removed
			v.upBox.SetValue(v.up.String())
		}
		v.look(first)
		v.label()
	})
	for _, f := range added {
		if what := slices.Concat(f.leftOut(), f.hidden); len(what) > 0 {
			notShown = append(notShown, f.prefix(len(ms))+NotShown(what))
		}
	}
	return notShown, nil
}

// prefix is what begins a line about one of several files.
func (f *file) prefix(files int) string {
	if files == 1 {
		return ""
	}
	return f.label + ": "
}

// Replace shows another model in the place of a file that is shown, as the file has changed: with the camera, the
// visibility and the place as they are. It returns false if no file of that name is shown.
func (v *Viewer) Replace(m *models.Model) (notShown []string, shown bool, err error) {
	v.showing.Lock()
	defer v.showing.Unlock()
	if v.closed() {
		return nil, false, errClosed
	}
	i := slices.IndexFunc(v.files, func(f *file) bool { return f.model.Name == m.Name })
	if i < 0 {
		return nil, false, nil
	}
	old := v.files[i]
	f, err := v.newFile(m, slices.Delete(slices.Clone(v.files), i, i+1))
	if err != nil {
		return nil, true, err
	}
	f.label, f.node = old.label, old.node
	if colorAll([]*file{f}, v.o.ColorBy) != nil { // the new version has no such field
		f.hidden = append(f.hidden, fmt.Sprintf("colors by %q, which it no longer has", v.o.ColorBy))
	}
	v.files[i] = f
	v.server.Atomic(func() {
		f.turn, f.position = old.turn, old.position
		if !v.o.SideBySide {
			v.arrange([]*file{f})
		}
		f.replace(old)
		v.look(false)
	})
	if what := slices.Concat(f.leftOut(), f.hidden); len(what) > 0 {
		notShown = append(notShown, NotShown(what))
	}
	return notShown, true, nil
}

// Remove takes the file of that name away, if it is shown. After the last one, the next is as the first was.
func (v *Viewer) Remove(name string) {
	v.showing.Lock()
	defer v.showing.Unlock()
	i := slices.IndexFunc(v.files, func(f *file) bool { return f.model.Name == name })
	if i < 0 || v.closed() {
		return
	}
	old := v.files[i]
	v.files = slices.Delete(v.files, i, i+1)
	v.server.Atomic(func() {
		old.remove()
		if len(v.files) > 0 {
			v.look(false)
			v.label()
			return
		}
		v.mu.Lock()
		v.fixed = false
		v.mu.Unlock()
	})
}

// Shown returns how many files are shown.
func (v *Viewer) Shown() int {
	v.showing.Lock()
	defer v.showing.Unlock()
	return len(v.files)
}

// fix decides what all files share, when the first ones come.
func (v *Viewer) fix(added []*file) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.fixed {
		return
	}
	v.fixed = true
	if v.o.Up == nil {
		for _, f := range added {
			if axis, ok := f.up(); ok {
				v.up = axis
				break
			}
		}
	}
	v.shift = farShift(added[0], v.scale, v.up)
}

// label names the files in the panel: where there is one, as its title.
func (v *Viewer) label() {
	one := len(v.files) == 1
	title := v.o.Title
	if title == "" && one {
		title = v.files[0].label
	} else if title == "" {
		title = fmt.Sprintf("%d files", len(v.files))
	}
	v.server.GUI().SetPanelLabel(title)
	for _, f := range v.files {
		if one {
			f.folder.SetLabel(f.kind())
		} else {
			f.folder.SetLabel(f.label)
		}
		f.showBox.SetVisible(!one && !v.o.NoControls)
	}
}
