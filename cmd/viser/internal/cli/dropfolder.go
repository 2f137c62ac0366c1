package cli

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/models"
)

const (
	// mostKept and mostKeptBytes bound what is kept of files that pages drop.
	mostKept      = 2000
	mostKeptBytes = 4 << 30
)

// dropFolder has the files that were dropped and that others may refer to: the materials and textures of a mesh, the
// meshes of a robot. Each has its base name only, so that a reference finds what was dropped with it, and nothing else.
type dropFolder struct {
	// mu is held while a dropped file is read and shown: files come from several pages at once.
	mu    sync.Mutex
	dir   string
	sizes map[string]int64
	total int64
	// uses are the base names of the files that each model refers to, also of those that are not there.
	uses map[string][]string
	// shown are the files that are shown because they were dropped.
	shown map[string]bool
	// failed are the files that could not be read, with the error, in which the name of a missing file may be.
	failed map[string]string
	// told is what pages are told about a file.
	told map[string][]*viser.Notification
}

// partEndings are those of files that are only parts of others.
var partEndings = []string{".mtl", ".bin"}

// isPart reports whether a file cannot be shown by itself.
func isPart(name string) bool {
	return slices.Contains(partEndings, strings.ToLower(filepath.Ext(name)))
}

// newDropFolder is one whose folder is made when the first file comes.
func newDropFolder() *dropFolder {
	return &dropFolder{
		sizes: map[string]int64{}, uses: map[string][]string{}, shown: map[string]bool{}, failed: map[string]string{},
		told: map[string][]*viser.Notification{},
	}
}

// keep saves a file, of which the newest of a name counts, and returns those that refer to it.
func (d *dropFolder) keep(f *viser.UploadedFile) (users []string, err error) {
	name := f.Name()
	if d.dir == "" {
		if d.dir, err = os.MkdirTemp("", "viser-dropped-*"); err != nil {
			return nil, err
		}
	}
	if _, again := d.sizes[name]; !again && len(d.sizes) >= mostKept || d.total-d.sizes[name]+f.Size() > mostKeptBytes {
		return nil, fmt.Errorf("%s: %d files with %d MiB were dropped already, and no more are kept; name the folder on the command line", name, len(d.sizes), d.total>>20)
	}
	if err := f.Save(filepath.Join(d.dir, name)); err != nil {
		return nil, err
	}
	d.total += f.Size() - d.sizes[name]
	d.sizes[name] = f.Size()
	return d.usersOf(name), nil
}

// forget removes a file, which is not read again then.
func (d *dropFolder) forget(name string) {
	delete(d.failed, name)
	delete(d.uses, name)
	if _, ok := d.sizes[name]; ok && os.Remove(filepath.Join(d.dir, name)) == nil {
		d.total -= d.sizes[name]
		delete(d.sizes, name)
	}
}

// usersOf are the files that were dropped before, and that refer to a file of that name, or failed for lack of it.
func (d *dropFolder) usersOf(name string) (names []string) {
	for model, uses := range d.uses {
		if model != name && slices.Contains(uses, name) {
			names = append(names, model)
		}
	}
	for file, text := range d.failed {
		if file != name && strings.Contains(text, name) {
			names = append(names, file)
		}
	}
	slices.Sort(names)
	return names
}

// loaded notes what a model that was read refers to.
func (d *dropFolder) loaded(m *models.Model) {
	delete(d.failed, m.Name)
	uses := append(baseNames(m.Opened), baseNames(m.Missing)...)
	if d.uses[m.Name] = uses; len(uses) > 0 {
		return
	}
	delete(d.uses, m.Name)
	if (m.Cloud != nil || m.Splats != nil) && m.Mesh == nil && m.Frames == nil {
		d.forget(m.Name) // clouds and splats are large, and part of nothing; frames are read later
	}
}

// takeBack removes what was told about a file.
func (d *dropFolder) takeBack(name string) {
	for _, n := range d.told[name] {
		n.Remove()
	}
	delete(d.told, name)
}

// baseNames are the last elements of names as files have them.
func baseNames(names []string) []string {
	base := make([]string, len(names))
	for i, name := range names {
		base[i] = path.Base(strings.ReplaceAll(name, `\`, "/"))
	}
	return base
}

// close removes the folder. No file may come afterwards.
func (d *dropFolder) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dir != "" {
		_ = os.RemoveAll(d.dir) // it is in the folder for temporary files
	}
}
