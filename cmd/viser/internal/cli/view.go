package cli

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/splat"
	"github.com/viser-go/viser/internal/sniff"
)

// standardInput is the file name for standard input.
const standardInput = "-"

// readable is what can be shown.
const readable = "PLY files (meshes, point clouds, Gaussian splats) and .splat files"

// defaultMaxPoints is what a browser on a laptop still draws smoothly.
const defaultMaxPoints = 5_000_000

func runView(ctx context.Context, args []string, sys *System) error {
	fs := newFlagSet("view", "[flags] FILE", "View shows "+readable+". FILE may be - for standard input.", sys.Out)
	var f serverFlags
	f.register(fs)
	var m modelFlags
	m.register(fs)
	operands, err := parse(fs, args)
	if err != nil {
		return err
	}
	o, err := m.options()
	switch {
	case err != nil:
		return &usageError{"view", err.Error()}
	case len(operands) == 0:
		return &usageError{"view", "a file is missing"}
	case len(operands) > 1:
		return &usageError{"view", fmt.Sprintf("it shows one file, not %d", len(operands))}
	}
	if err := f.check(); err != nil {
		return &usageError{"view", err.Error()}
	}
	return viewFile(ctx, operands[0], &f, o, sys)
}

// modelFlags are the flags of commands that read a model.
type modelFlags struct {
	up        string
	maxPoints int
	colorBy   string
}

func (f *modelFlags) register(fs *flag.FlagSet) {
	fs.StringVar(&f.up, "up", "z", "the `axis` of the file that points up: "+strings.Join(view.AxisNames, ", "))
	fs.IntVar(&f.maxPoints, "max-points", defaultMaxPoints, "thin out clouds of more points than this `number`; 0 shows all")
	fs.StringVar(&f.colorBy, "color-by", "", "color the model by this `field` of the file (such as intensity), or by height, normal, file, texture or one (a single color)")
}

func (f *modelFlags) options() (view.Options, error) {
	axis, err := view.ParseAxis(f.up)
	switch {
	case err != nil:
		return view.Options{}, fmt.Errorf("--up: %w", err)
	case f.maxPoints < 0:
		return view.Options{}, errors.New("--max-points must not be negative")
	}
	return view.Options{MaxPoints: f.maxPoints, Up: axis, ColorBy: f.colorBy}, nil
}

func viewFile(ctx context.Context, path string, f *serverFlags, o view.Options, sys *System) error {
	server, err := f.server("view", sys) // before the file, which may be large: it checks flags
	if err != nil {
		return err
	}
	defer f.close()
	defer server.Close() // again after that of serve, unless that is not reached
	if err := show(ctx, server, path, o, sys); err != nil {
		return err
	}
	return serve(ctx, server, f, sys, func() {})
}

// show reads the file and shows it on the server.
func show(ctx context.Context, server *viser.Server, path string, o view.Options, sys *System) error {
	name := "standard input"
	if path != standardInput {
		name = filepath.Base(path)
	}
	c, err := load(ctx, path, name, sys)
	if err != nil {
		return err
	}
	o.Name, o.Splats, o.Fields, o.NotShown = name, c.splats, c.fields, c.notShown
	if path != standardInput {
		o.OpenTexture = func(name string) (image.Image, error) { return openTexture(filepath.Dir(path), name) }
	}
	notShown, err := view.Show(server, c.model, o)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if len(notShown) > 0 {
		fmt.Fprintf(sys.Err, "viser: %s\n", view.NotShown(notShown))
	}
	return nil
}

// contents are what is in a file. The centers of splats are the points of the model.
type contents struct {
	model    *ply.Model
	splats   *splat.Splats // nil if it has none
	fields   []string      // the names of the model's columns
	notShown []string
}

// load reads the file. It returns as soon as ctx ends, even where the read itself, say of a pipe without a writer,
// cannot be stopped.
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
	b := bufio.NewReaderSize(&stoppable{ctx, in}, sniffed)
	c, err := readEither(b, size, strings.EqualFold(filepath.Ext(path), ".splat"), p.show)
	p.done()
	if err != nil && ctx.Err() == nil {
		text := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "ply: "), "splat: ")
		return contents{}, fmt.Errorf("%s: %s", name, text)
	}
	return c, err
}

// sniffed is how much of a file is read to recognize its format.
const sniffed = 4096

// readEither recognizes the format by the content; a format without a signature is recognized by the
// file's name.
func readEither(b *bufio.Reader, size int64, named bool, progress func(read int64)) (contents, error) {
	start, err := b.Peek(sniffed)
	switch {
	case err != nil && err != io.EOF:
		return contents{}, err
	case len(start) == 0:
		return contents{}, errors.New("the file is empty")
	case splat.IsPLY(start):
		return readPLY(b, size, progress)
	case splat.IsSplat(start) || named && sniff.Name(start) == "":
		return readSplats(b, &splat.Options{Size: size, Progress: progress})
	}
	reason := "its format is not supported"
	if name := sniff.Name(start); name != "" {
		reason = "it looks like " + name
	}
	return contents{}, fmt.Errorf("%s; viser view reads %s", reason, readable)
}

func readSplats(r io.Reader, o *splat.Options) (contents, error) {
	s, err := splat.ReadSplat(r, o)
	if err != nil {
		return contents{}, err
	}
	return contents{model: &ply.Model{Points: s.Centers, DroppedPoints: s.Dropped}, splats: s}, nil
}

// mostFieldValues is how many numbers are kept to color points by: 256 MB.
const mostFieldValues = 64 << 20

// readPLY treats a file as splats if its vertices have all properties of a splat, and there are no
// faces.
func readPLY(r io.Reader, size int64, progress func(read int64)) (contents, error) {
	var c contents
	columns := splat.PLYColumns()
	m, err := ply.Read(r, &ply.Options{
		Size: size, Recenter: true, Progress: progress, Columns: columns,
		SelectColumns: func(vertices int, fields []string) []string {
			c.fields = selectFields(vertices, fields)
			return c.fields
		},
	})
	if err != nil {
		return contents{}, err
	}
	c.model = m
	forSplats := *m
	forSplats.Columns = m.Columns[:len(columns)]
	m.Columns = m.Columns[len(columns):]
	if len(m.Faces) == 0 {
		c.splats, _ = splat.FromPLY(&forSplats)
	}
	if c.splats == nil {
		c.notShown = append(notSplats(&forSplats), otherFields(m.Fields, c.fields, nil)...)
		return c, nil
	}
	c.notShown = otherFields(m.Fields, nil, columns[:11]) // the view does not show harmonics yet
	c.fields, m.Columns = nil, nil
	m.Points, m.Normals, m.Colors, m.Alphas, m.DroppedPoints = c.splats.Centers, nil, nil, nil, c.splats.Dropped
	return c, nil
}

// selectFields chooses the fields that are kept: those that fit; none of a file of splats, which has its own colors.
func selectFields(vertices int, fields []string) []string {
	has := func(name string) bool {
		return slices.ContainsFunc(fields, func(f string) bool { return strings.EqualFold(f, name) })
	}
	if has("opacity") && has("scale_0") && has("scale_1") && has("rot_3") {
		return nil
	}
	return fields[:min(len(fields), mostFieldValues/max(1, vertices))]
}

// notSplats returns what a file of splats lacks, if it is one.
func notSplats(m *ply.Model) []string {
	missing := splat.MissingFromPLY(m)
	const parts = 10 // a color, without scale_2
	if len(missing) == 0 || !hasHarmonics(m) && len(missing) > parts/2 {
		return nil
	}
	return []string{"splats, as the file lacks " + strings.Join(missing, ", ")}
}

// hasHarmonics reports whether the colors are those of splats.
func hasHarmonics(m *ply.Model) bool { return len(m.Points) > 0 && m.Columns[0] != nil }

// otherFields describes the fields that are neither kept nor used.
func otherFields(all, kept, used []string) (names []string) {
	harmonics := 0
	for _, f := range all {
		same := func(other string) bool { return strings.EqualFold(f, other) }
		switch {
		case slices.Contains(kept, f) || slices.ContainsFunc(used, same):
		case used != nil && strings.HasPrefix(strings.ToLower(f), "f_rest_"):
			harmonics++
		default:
			names = append(names, "field "+f)
		}
	}
	if harmonics > 0 {
		names = append(names, "colors that change with the direction of view (f_rest_*)")
	}
	return names
}

// open opens a file, or standard input, and returns its length; 0 if unknown.
func open(path string, sys *System) (in io.ReadCloser, size int64, err error) {
	if path == standardInput {
		return io.NopCloser(sys.In), 0, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, readError(path, err)
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
