package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/models"
)

func aboutConvert() string {
	var formats []string
	for _, f := range models.Writable() {
		formats = append(formats, string(f))
	}
	return `Convert writes a model in another format, which the ending of OUT chooses: ` + strings.Join(formats, ", ") + `.
IN is a file, a folder that is one capture, the URL of a file, or - for standard input.
Clouds are passed on while they are read, and may be larger than memory. From a mesh to a format of clouds, the vertices become
points; colors of materials become those of points where a format has no materials. What is lost is said.`
}

func runConvert(ctx context.Context, args []string, sys *System) error {
	flags := newFlagSet("convert", "[flags] IN OUT", aboutConvert(), sys.Out)
	var f modelFlags
	flags.IntVar(&f.maxPoints, "max-points", 0, "thin out clouds of more points than this `number`, evenly over space; 0 keeps all")
	flags.StringVar(&f.columns, "columns", "", "the `columns` of a text file of points, such as x,y,z,_,r,g,b,intensity, where _ skips one")
	flags.StringVar(&f.format, "format", "", "the `format` of IN, such as ply (default by its content)")
	to := flags.String("to", "", "the `format` of OUT (default by its ending)")
	flags.BoolVar(&f.outside, "allow-outside", false, "let the file refer to others outside its folder, such as textures")
	operands, err := parse(flags, args)
	if err != nil {
		return err
	}
	o, err := f.reading()
	switch {
	case err != nil:
		return &usageError{"convert", err.Error()}
	case len(operands) != 2:
		return &usageError{"convert", "it takes two files, IN and OUT"}
	}
	if info, err := os.Stat(operands[1]); err == nil && info.IsDir() {
		return &usageError{"convert", operands[1] + " is a folder; OUT is a file"}
	}
	format, err := outputFormat(operands[1], *to)
	if err != nil {
		return &usageError{"convert", err.Error()}
	}
	return convert(ctx, operand(operands[0]), operands[1], format, o, sys)
}

// outputFormat is the format that is asked for by name, or by the ending of the file.
func outputFormat(path, name string) (models.Format, error) {
	asked := name
	if asked == "" {
		asked = path
	} else {
		asked = "out." + asked
	}
	f, ok := models.WritableBy(asked)
	if ok {
		return f, nil
	}
	var formats []string
	for _, f := range models.Writable() {
		formats = append(formats, string(f))
	}
	if name == "" {
		if name = filepath.Ext(path); name == "" {
			return "", fmt.Errorf("OUT, %q, has no ending that names a format: name one with --to; these are: %s", path, strings.Join(formats, ", "))
		}
	}
	return "", fmt.Errorf("%q is no format that can be written; these are: %s", name, strings.Join(formats, ", "))
}

func convert(ctx context.Context, in operand, out string, to models.Format, from models.Options, sys *System) error {
	if same(in.local(), out) {
		return fmt.Errorf("%s: IN and OUT are the same file", out)
	}
	dir := filepath.Dir(out)
	o := &models.ConvertOptions{Options: from, Name: filepath.Base(out), Create: func(name string) (io.WriteCloser, error) {
		return createBeside(filepath.Join(dir, filepath.Base(name)))
	}}
	var lost []string
	err := writeFile(out, sys, func(w io.Writer) (err error) {
		seeker, ok := w.(io.WriteSeeker)
		if !ok {
			return errors.New("OUT must be a file, as its beginning is written last")
		}
		lost, err = reading[[]string]{
			ofDisk: func(path string) ([]string, error) { return models.Convert(ctx, path, seeker, to, o) },
			ofReader: func(r io.Reader, size int64) ([]string, error) {
				return models.ConvertFrom(ctx, r, in.name(), size, seeker, to, o)
			},
		}.do(ctx, in, "Converting", &o.Options, sys.silent())
		return err
	})
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return err
	}
	if len(lost) > 0 {
		fmt.Fprintf(sys.Err, "viser: %s\n", strings.Replace(view.NotShown(lost), "not shown", "not written", 1))
	}
	return nil
}

// same reports whether two names are those of one file.
func same(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// createBeside creates a file that belongs to OUT: its materials, or a texture. Materials are replaced; another file stays,
// which must have the same content.
func createBeside(path string) (io.WriteCloser, error) {
	if strings.EqualFold(filepath.Ext(path), ".mtl") {
		return os.Create(path)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if !errors.Is(err, fs.ErrExist) {
		return f, err
	}
	there, err := os.ReadFile(path)
	return &expected{path, there}, err
}

// expected is written like a file, and fails if what is written is not what is there.
type expected struct {
	path string
	rest []byte
}

func (e *expected) Write(p []byte) (int, error) {
	if !bytes.HasPrefix(e.rest, p) {
		return 0, e.differs()
	}
	e.rest = e.rest[len(p):]
	return len(p), nil
}

func (e *expected) Close() error {
	if len(e.rest) > 0 {
		return e.differs()
	}
	return nil
}

func (e *expected) differs() error { return fmt.Errorf("%s is another file, and stays", e.path) }
