package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/formats/ply"
)

// standardInput is the file name that stands for it.
const standardInput = "-"

// defaultMaxPoints is what a browser on a laptop still turns smoothly.
const defaultMaxPoints = 5_000_000

func runView(ctx context.Context, args []string, sys *System) error {
	fs := newFlagSet("view", "[flags] FILE.ply",
		"View shows a PLY file, a mesh or a point cloud. FILE may be - for standard input.", sys.Out)
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
	m, err := load(ctx, path, name, sys)
	if err != nil {
		return err
	}
	server := viser.New(f.options(sys))
	o.Name = name
	if err := view.Show(server, m, o); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return serve(ctx, server, f, sys, func() {})
}

// load reads the file. It returns as soon as ctx ends, even where the read itself, say of a pipe that
// nobody writes to, cannot be stopped.
func load(ctx context.Context, path, name string, sys *System) (*ply.Model, error) {
	type result struct {
		model *ply.Model
		err   error
	}
	loaded := make(chan result, 1)
	go func() {
		m, err := read(ctx, path, name, sys)
		loaded <- result{m, err}
	}()
	select {
	case r := <-loaded:
		return r.model, r.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func read(ctx context.Context, path, name string, sys *System) (*ply.Model, error) {
	in, size, err := open(path, sys)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	p := newProgress(sys, name, size)
	m, err := ply.Read(&stoppable{ctx, in}, &ply.Options{Size: size, Recentre: true, Progress: p.show})
	p.done()
	var bad *ply.Error
	if errors.As(err, &bad) {
		return nil, fmt.Errorf("%s: %s", name, strings.TrimPrefix(bad.Error(), "ply: "))
	}
	return m, err
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
