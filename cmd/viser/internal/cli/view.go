package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/splat"
)

// standardInput is the file name that stands for it.
const standardInput = "-"

// defaultMaxPoints is what a browser on a laptop still turns smoothly.
const defaultMaxPoints = 5_000_000

func runView(ctx context.Context, args []string, sys *System) error {
	fs := newFlagSet("view", "[flags] FILE",
		"View shows a PLY file (a mesh, a point cloud or Gaussian splats) or a .splat file. FILE may be - for a PLY file on standard input.", sys.Out)
	var f serverFlags
	f.register(fs)
	up := fs.String("up", "z", "the `axis` of the file that points up: "+strings.Join(view.AxisNames, ", "))
	most := fs.Int("max-points", defaultMaxPoints, "thin out clouds of more points than this `number`; 0 shows all")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	axis, err := view.ParseAxis(*up)
	switch {
	case err != nil:
		return &usageError{"view", "--up: " + err.Error()}
	case *most < 0:
		return &usageError{"view", "--max-points must not be negative"}
	case len(words) == 0:
		return &usageError{"view", "a file is missing"}
	case len(words) > 1:
		return &usageError{"view", fmt.Sprintf("it shows one file, not %d", len(words))}
	}
	if err := f.check(); err != nil {
		return &usageError{"view", err.Error()}
	}
	return viewFile(ctx, words[0], &f, view.Options{MaxPoints: *most, Up: axis}, sys)
}

func viewFile(ctx context.Context, path string, f *serverFlags, o view.Options, sys *System) error {
	name := "standard input"
	if path != standardInput {
		name = filepath.Base(path)
	}
	c, err := load(ctx, path, name, sys)
	if err != nil {
		return err
	}
	server := viser.New(f.options(sys))
	o.Name, o.Splats = name, c.splats
	if err := view.Show(server, c.model, o); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return serve(ctx, server, f, sys, func() {})
}

// contents are what is in a file. The centers of splats are the points of the model.
type contents struct {
	model  *ply.Model
	splats *splat.Splats // nil if it has none
}

// load reads the file. It returns as soon as ctx ends, even where the read itself, say of a pipe that
// nobody writes to, cannot be stopped.
func load(ctx context.Context, path, name string, sys *System) (contents, error) {
	type result struct {
		contents
		err error
	}
	loaded := make(chan result, 1)
	go func() {
		c, err := read(ctx, path, name, sys)
		loaded <- result{c, err}
	}()
	select {
	case r := <-loaded:
		return r.contents, r.err
	case <-ctx.Done():
		return contents{}, context.Cause(ctx)
	}
}

func read(ctx context.Context, path, name string, sys *System) (contents, error) {
	in, size, err := open(path, sys)
	if err != nil {
		return contents{}, err
	}
	defer in.Close()
	p := newProgress(sys, name, size)
	r := &stoppable{ctx, in}
	var c contents
	if strings.EqualFold(filepath.Ext(path), ".splat") {
		c, err = readSplats(r, &splat.Options{Size: size, Progress: p.show})
	} else {
		c, err = readPLY(r, &ply.Options{Size: size, Recenter: true, Progress: p.show, Columns: splat.PLYColumns()})
	}
	p.done()
	if err != nil && ctx.Err() == nil {
		text := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "ply: "), "splat: ")
		return contents{}, fmt.Errorf("%s: %s", name, text)
	}
	return c, err
}

func readSplats(r io.Reader, o *splat.Options) (contents, error) {
	s, err := splat.Read(r, o)
	if err != nil {
		return contents{}, err
	}
	return contents{&ply.Model{Points: s.Centers, DroppedPoints: s.Dropped}, s}, nil
}

// readPLY takes a file for one of splats if its vertices have all that a splat needs, and no faces.
func readPLY(r io.Reader, o *ply.Options) (contents, error) {
	m, err := ply.Read(r, o)
	if err != nil {
		return contents{}, err
	}
	s, ok := (*splat.Splats)(nil), false
	if len(m.Faces) == 0 {
		s, ok = splat.FromPLY(m)
	}
	m.Columns = nil
	if !ok {
		return contents{model: m}, nil
	}
	m.Points, m.Normals, m.Colors, m.Alphas, m.DroppedPoints = s.Centers, nil, nil, nil, s.Dropped
	return contents{m, s}, nil
}

// open opens a file, or standard input, and says how long it is; 0 where nobody can know.
func open(path string, sys *System) (in io.ReadCloser, size int64, err error) {
	if path == standardInput {
		return io.NopCloser(sys.In), 0, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s is a directory, not a file", path)
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	return f, size, nil
}

// stoppable is a reader that ends with its context.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s *stoppable) Read(p []byte) (int, error) {
	if s.ctx.Err() != nil {
		return 0, context.Cause(s.ctx)
	}
	return s.r.Read(p)
}
