package robot

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// loader opens what a robot's file refers to.
type loader struct {
	opts      Options
	dir       string // of the file, absolute
	home      string // the folder that it belongs to: of its package, or its own
	roots     map[string]*os.Root
	packages  map[string]string
	meshes    map[string]*model
	textures  map[string]*texture
	triangles int
	opened    map[string]bool // names of files
	missing   map[string]bool // and of those that are not there
	bare      bool            // whether only the form of meshes is shown, so that nothing else is missed
}

func newLoader(file string, opts *Options) *loader {
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil { // the working directory is gone
		dir = filepath.Dir(file)
	}
	l := &loader{
		opts: opts.withDefaults(), dir: dir, home: dir, roots: map[string]*os.Root{}, packages: map[string]string{},
		meshes: map[string]*model{}, textures: map[string]*texture{},
		opened: map[string]bool{}, missing: map[string]bool{},
	}
	if l.opts.OnlyFolder {
		return l
	}
	if above := ancestors(dir); len(above) > 0 && slices.Contains(usualFolders, strings.ToLower(filepath.Base(dir))) {
		l.home = above[0]
	}
	for _, a := range append([]string{dir}, ancestors(dir)...) {
		if packageName(a) != "" {
			l.home = a
			break
		}
	}
	return l
}

func (l *loader) close() {
	for _, r := range l.roots {
		r.Close() // nothing was written
	}
}

// usualFolders are the names of folders of a package in which robots' files are; the meshes are beside them.
var usualFolders = []string{"urdf", "urdfs", "robot", "robots", "mjcf", "xml"}

// mostAbove is how many folders above a file are looked at.
const mostAbove = 6

// ancestors returns the folders above dir that may be a package: neither the user's home nor what is above it, nor
// the topmost two levels.
func ancestors(dir string) (above []string) {
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	for range mostAbove {
		up := filepath.Dir(dir)
		if up == dir || filepath.Dir(filepath.Dir(up)) == filepath.Dir(up) || home != "" && within(home, up) {
			return above
		}
		above, dir = append(above, up), up
	}
	return above
}

// within reports whether a path is root or below it.
func within(path, root string) bool {
	rel, err := filepath.Rel(root, path)
	return err == nil && filepath.IsLocal(rel)
}

// packageName returns the name in the package.xml of a folder, "" if it has none.
func packageName(dir string) string {
	const most = 1 << 20
	f, err := os.Open(filepath.Join(dir, "package.xml"))
	if err != nil {
		return ""
	}
	defer f.Close() // nothing was written
	d := xml.NewDecoder(io.LimitReader(f, most))
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "name" {
			var name string
			if d.DecodeElement(&name, &start) != nil {
				return ""
			}
			return strings.TrimSpace(name)
		}
	}
}

var errOutside = errors.New("it is outside the folder of the robot, which must be allowed explicitly")

// open opens a file by its name in a robot's description. Its path is the key of what is read from it.
func (l *loader) open(name string) (f *os.File, path string, err error) {
	f, path, err = l.openNamed(name)
	if err != nil && l.opts.OnlyFolder {
		beside := filepath.Join(l.dir, filepath.Base(filepath.FromSlash(strings.ReplaceAll(name, "\\", "/"))))
		if g, second := l.openIn(l.dir, beside); second == nil {
			if info, second := g.Stat(); second == nil && info.Mode().IsRegular() {
				f, path, err = g, beside, nil
			} else {
				g.Close() // nothing was written
			}
		}
	}
	switch {
	case err == nil:
		l.opened[name] = true
	case !errors.Is(err, errOutside):
		l.missing[name] = true
	}
	return f, path, err
}

func (l *loader) openNamed(name string) (f *os.File, path string, err error) {
	path, root, err := l.resolve(name)
	if err != nil {
		return nil, "", err
	}
	if l.opts.AllowOutside && !l.opts.OnlyFolder {
		f, err = os.Open(path)
	} else if within(path, root) {
		f, err = l.openIn(root, path)
	} else {
		err = errOutside
	}
	if err != nil {
		return nil, path, reason(err)
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close() // nothing was written
		return nil, path, errors.New("it is not a regular file")
	}
	return f, path, nil
}

// openIn opens a file so that symbolic links do not lead out of root.
func (l *loader) openIn(root, path string) (*os.File, error) {
	r := l.roots[root]
	if r == nil {
		var err error
		if r, err = os.OpenRoot(root); err != nil {
			return nil, err
		}
		l.roots[root] = r
	}
	rel, err := filepath.Rel(root, path)
	if err != nil {
		return nil, err
	}
	return r.Open(rel)
}

// reason is the error without the path, which is said before it.
func reason(err error) error {
	var p *fs.PathError
	if errors.Is(err, fs.ErrNotExist) {
		return fs.ErrNotExist
	}
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// resolve returns the path that a name stands for, and the folder in which it must be.
func (l *loader) resolve(name string) (path, root string, err error) {
	name = strings.ReplaceAll(name, "\\", "/")
	scheme, rest, found := strings.Cut(name, "://")
	switch scheme = strings.ToLower(scheme); {
	case !found:
		if name = filepath.FromSlash(name); filepath.IsAbs(name) {
			return filepath.Clean(name), l.home, nil
		}
		return filepath.Join(l.dir, name), l.home, nil
	case scheme == "package" || scheme == "model":
		pack, rest, _ := strings.Cut(strings.TrimLeft(rest, "/"), "/")
		root, ok := l.packageFolder(pack, rest)
		if !ok {
			return "", "", fmt.Errorf("package %q was not found above the file", pack)
		}
		return filepath.Join(root, filepath.FromSlash(rest)), root, nil
	case scheme == "file":
		if decoded, err := url.PathUnescape(rest); err == nil {
			rest = decoded
		}
		if rest = filepath.FromSlash(rest); !filepath.IsAbs(rest) {
			return filepath.Join(l.dir, rest), l.home, nil
		}
		return filepath.Clean(rest), l.home, nil
	}
	return "", "", fmt.Errorf("%q files are not fetched", scheme)
}

// packageFolder finds the folder of a ROS package.
func (l *loader) packageFolder(name, rest string) (string, bool) {
	if dir, ok := l.opts.Packages[name]; ok && !l.opts.OnlyFolder {
		abs, err := filepath.Abs(dir)
		return abs, err == nil
	}
	if name == "" || name == "." || name == ".." {
		return "", false
	}
	dir, ok := l.packages[name]
	if !ok && !l.opts.OnlyFolder {
		dir = l.findPackage(name)
		l.packages[name] = dir
	}
	if dir != "" {
		return dir, true
	}
	// The package may have been unpacked under another name.
	if _, err := os.Stat(filepath.Join(l.home, filepath.FromSlash(rest))); err == nil && filepath.IsLocal(filepath.FromSlash(rest)) {
		return l.home, true
	}
	return "", false
}

// findPackage looks above the file, in the folders beside those, and where ROS has its packages.
func (l *loader) findPackage(name string) string {
	above := append([]string{l.dir}, ancestors(l.dir)...)
	for _, dir := range above {
		if filepath.Base(dir) == name || packageName(dir) == name {
			return dir
		}
	}
	for _, dir := range above {
		if beside := filepath.Join(dir, name); packageName(beside) == name {
			return beside
		}
	}
	for _, dir := range filepath.SplitList(os.Getenv("ROS_PACKAGE_PATH")) {
		if at := filepath.Join(dir, name); packageName(at) == name {
			return at
		}
	}
	for _, dir := range filepath.SplitList(os.Getenv("AMENT_PREFIX_PATH")) {
		if at := filepath.Join(dir, "share", name); packageName(at) == name {
			return at
		}
	}
	return ""
}
