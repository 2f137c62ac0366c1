package meshio

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/internal/sniff"
)

// ReadFile reads a file by read. The options that read receives have the size of the file, and, if Open is nil, one that
// opens what is in the folder of the file.
func ReadFile(name string, opts *mesh.Options, read func(io.Reader, *mesh.Options) (*mesh.Model, error)) (*mesh.Model, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	o := opts.WithDefaults()
	if info, err := f.Stat(); err == nil && o.Size == 0 && info.Mode().IsRegular() {
		o.Size = info.Size()
	}
	if o.Open == nil {
		root, err := os.OpenRoot(filepath.Dir(name))
		if err != nil {
			return nil, err
		}
		defer root.Close() // nothing was written
		o.Open = func(name string) (io.ReadCloser, error) { return openIn(root, name) }
	}
	m, err := read(f, &o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

var (
	errOutside    = errors.New("it is outside of the folder of the file")
	errNotRegular = errors.New("it is not a regular file")
)

// openIn opens a regular file in a folder: the open of a pipe would wait.
func openIn(root *os.Root, name string) (io.ReadCloser, error) {
	name = filepath.FromSlash(name)
	if !filepath.IsLocal(name) {
		return nil, errOutside
	}
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	return root.Open(name)
}

// Opener opens what a file refers to, each file once.
type Opener struct {
	options mesh.Options
	skips   *Skips
	left    int64
	images  map[string]*mesh.Image
}

// NewOpener returns an opener with the limits of the options. What it cannot open is added to skips.
func NewOpener(o mesh.Options, skips *Skips) *Opener {
	const files = 8 // of the largest size, in total
	return &Opener{options: o, skips: skips, left: files * o.MaxOpened, images: map[string]*mesh.Image{}}
}

// Read returns the contents of a file that is named in the file; nil, and an entry of kind and name among the skipped,
// if there is none. A file that is not at its name is looked for by its last part, as names are often paths of the
// machine that wrote them.
func (o *Opener) Read(kind, name string) []byte {
	data, err := o.Open(name)
	if err != nil {
		o.skips.Add("%s %s: %v", kind, name, err)
	}
	return data
}

// Open is Read with an error, which does not have the name.
func (o *Opener) Open(name string) ([]byte, error) {
	if o.options.Open == nil {
		return nil, errors.New("no files can be opened")
	}
	data, err := o.read(name)
	if err != nil {
		return nil, errors.New(reason(err))
	}
	return data, nil
}

func (o *Opener) read(name string) ([]byte, error) {
	clean := Slashes(name)
	data, err := o.open(clean)
	if base := path.Base(clean); err != nil && base != clean && base != "." && base != "/" && base != ".." {
		if second, e := o.open(base); e == nil {
			return second, nil
		}
	}
	return data, err
}

// Slashes is a name with slashes, and without parts that lead nowhere.
func Slashes(name string) string {
	return path.Clean(strings.ReplaceAll(strings.TrimSpace(name), `\`, "/"))
}

func (o *Opener) open(name string) ([]byte, error) {
	f, err := o.options.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	most := min(o.options.MaxOpened, o.left)
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(f, most+1))
	o.left -= min(n, o.left)
	if err != nil {
		return nil, err
	}
	if n > most {
		return nil, fmt.Errorf("it has more than %d bytes", most)
	}
	return b.Bytes(), nil
}

// reason is an error without the path, which the caller names.
func reason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "file does not exist"
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return err.Error()
}

// Image returns an image by the name that a file gives it, as each was found the first time; nil if it is left out.
func (o *Opener) Image(kind, name string) *mesh.Image {
	key := Slashes(name)
	if image, ok := o.images[key]; ok {
		return image
	}
	image := &mesh.Image{Name: name}
	if o.options.Open != nil {
		image = o.Decode(kind, name, o.Read(kind, name))
	}
	o.images[key] = image
	return image
}

// Decode returns the image of the bytes of a picture; nil if there are none, or it is one that no browser shows, which
// is added to the skipped then.
func (o *Opener) Decode(kind, name string, data []byte) *mesh.Image {
	if data == nil {
		return nil
	}
	t := ImageType(data)
	if t == "" {
		what := sniff.Name(data)
		if what == "" {
			what = "a file of an unknown format"
		}
		o.skips.Add("%s %s: it is %s; PNG, JPEG and WebP can be shown", kind, name, what)
		return nil
	}
	return &mesh.Image{Name: name, Type: t, Data: data}
}

// ImageType is the type of a picture that browsers show, by its first bytes; or "".
func ImageType(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return "image/jpeg"
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "image/webp"
	}
	return ""
}
