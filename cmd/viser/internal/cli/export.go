package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/standalone"
	"github.com/viser-go/viser/internal/upstream"
	"github.com/viser-go/viser/models"
)

const exportAbout = `Export writes one HTML file, which a browser shows without a network, also from disk. IN is a recording (.viser), which is
exported with its time line; a model, in one of the formats of "viser view", or - for standard input; or the URL of a running
server, of which what it shows now is exported. With a name that ends with .viser after -o, a recording is written as
upstream viser does, for programs that read no other: without the GUI.`

// exportFlags are the flags of export.
type exportFlags struct {
	output string
	title  string
	dark   bool
	params list
	token  string
	wait   time.Duration
	model  modelFlags
}

func runExport(ctx context.Context, args []string, sys *System) error {
	fs := newFlagSet("export", "[flags] IN", exportAbout, sys.Out)
	var f exportFlags
	fs.Var((*text)(&f.output), "o", "write this `file`; - is standard output (default the name of IN, with .html)")
	fs.Var((*text)(&f.title), "title", "the page's title, a `text` (default the label of the panel or, without one, the name of IN)")
	fs.BoolVar(&f.dark, "dark", false, "show the page in dark mode")
	fs.Var(&f.params, "param", "a parameter that the page begins with, as `name=value`, such as initialCameraPosition=3,2,1; may be repeated")
	fs.Var((*text)(&f.token), "token", "the `secret` of a running server, if it is not in the URL")
	fs.Var((*duration)(&f.wait), "wait", "stay connected to a running server for this `duration`, as a page would, for what it shows to each page")
	f.model.register(fs)
	operands, err := parse(fs, args)
	if err != nil {
		return err
	}
	var e exporter
	if e.reading, err = f.model.reading(); err == nil {
		e.showing, err = f.model.showing()
	}
	switch {
	case err != nil:
		return &usageError{"export", err.Error()}
	case len(operands) == 0:
		return &usageError{"export", "a recording, a model, or a server's URL is missing"}
	case len(operands) > 1:
		return &usageError{"export", fmt.Sprintf("it exports one thing, not %d", len(operands))}
	case f.output == standardOutput && sys.OutIsTerminal:
		return &usageError{"export", "a page has a million characters, and standard output is a terminal"}
	}
	query, err := f.query()
	if err != nil {
		return &usageError{"export", err.Error()}
	}
	in := operands[0]
	if f.output == "" && (in == standardInput || isURL(in)) {
		return &usageError{"export", "-o is missing: the file to write"}
	}
	plain := strings.EqualFold(filepath.Ext(f.output), ".viser")
	if plain && (in == standardInput || isURL(in)) {
		return &usageError{"export", "only a recording is written as a .viser file; \"viser record\" records a server"}
	}
	sys = sys.silent()
	e.sys, e.in, e.plain, e.token, e.wait, e.dark, e.title, e.query = sys, in, plain, f.token, f.wait, f.dark, f.title, query
	return writeFile(f.outputFor(in), sys, func(w io.Writer) error { return e.write(ctx, w) })
}

// query returns the parameters.
func (f *exportFlags) query() (url.Values, error) {
	query := url.Values{}
	for _, param := range f.params {
		name, value, ok := strings.Cut(param, "=")
		if name == "" || !ok {
			return nil, fmt.Errorf("--param must be name=value, not %q", param)
		}
		query.Set(name, value)
	}
	return query, nil
}

func (f *exportFlags) outputFor(in string) string {
	if f.output != "" {
		return f.output
	}
	return strings.TrimSuffix(in, filepath.Ext(in)) + ".html"
}

// isURL reports whether it names a server, and no file.
func isURL(in string) bool {
	if isAddress(in) {
		return true
	}
	if _, err := os.Stat(in); err == nil {
		return false
	}
	_, _, err := net.SplitHostPort(strings.TrimSuffix(in, "/"))
	return err == nil
}

// writeFile lets fill write a file, which it puts in its place when it is complete; "-" is standard output.
func writeFile(path string, sys *System, fill func(io.Writer) error) error {
	if path == standardOutput {
		return fill(sys.Out)
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return writeInPlace(path, fill) // such as a pipe
	}
	out, err := os.CreateTemp(filepath.Dir(path), ".viser-*.html")
	if err != nil {
		return writeError(path, err)
	}
	defer os.Remove(out.Name()) // in vain if it has the other name
	err = fill(out)
	size, _ := out.Seek(0, io.SeekCurrent)
	err = errors.Join(err, out.Chmod(0o644), out.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(out.Name(), path); err != nil {
		return writeError(path, err)
	}
	if sys.ErrIsTerminal {
		fmt.Fprintf(sys.Err, "%s has %s.\n", path, bytesText(size))
	}
	return nil
}

func writeInPlace(path string, fill func(io.Writer) error) error {
	out, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return writeError(path, err)
	}
	return errors.Join(fill(out), out.Close())
}

// An exporter writes one page.
type exporter struct {
	sys       *System
	in, token string
	plain     bool // a recording for upstream viser
	wait      time.Duration
	title     string
	dark      bool
	query     url.Values
	reading   models.Options
	showing   view.Options
}

func (e *exporter) write(ctx context.Context, w io.Writer) error {
	if isURL(e.in) {
		return e.server(ctx, w)
	}
	recorded, err := isRecording(e.in)
	switch {
	case err != nil:
		return err
	case recorded:
		return e.recording(ctx, w)
	case e.plain:
		return fmt.Errorf("%s is no recording: only a recording is written as a .viser file", filepath.Base(e.in))
	}
	return e.file(ctx, w)
}

// page is what the page is about, which has that name.
func (e *exporter) page(name string) standalone.Options {
	if e.title != "" {
		name = e.title
	}
	return standalone.Options{Title: name, Stays: e.title != "", Config: standalone.Config{DarkMode: e.dark, Query: e.query.Encode()}}
}

// isRecording reports whether the file has the name or the beginning of a recording.
func isRecording(path string) (bool, error) {
	if path == standardInput {
		return false, nil
	}
	if strings.EqualFold(filepath.Ext(path), ".viser") {
		return true, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return false, readError(path, err)
	}
	defer f.Close()
	start := make([]byte, recording.StartBytes)
	n, _ := io.ReadFull(f, start) // a shorter file is another one
	return recording.Begins(start[:n]), nil
}

// recording exports a recording, as a page or for upstream viser.
func (e *exporter) recording(ctx context.Context, w io.Writer) error {
	r, err := openRecording(e.in) // which says best what is wrong with it
	if err != nil {
		return err
	}
	defer r.Close()
	name, size := filepath.Base(e.in), r.Info().Bytes
	p := newProgress(e.sys, name, size)
	p.verb = "Exporting"
	progress := func(share float64) error {
		p.show(int64(share * float64(size)))
		return context.Cause(ctx)
	}
	out := &stoppableWriter{ctx, w}
	var notes []string
	if e.plain {
		notes, err = recording.WritePlain(out, r.file, size, progress)
	} else {
		notes, err = standalone.WriteFile(out, e.page(name), e.in, progress)
	}
	p.done()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, note := range notes {
		fmt.Fprintf(e.sys.Err, "viser: %s: %s\n", name, note)
	}
	return nil
}

func (e *exporter) file(ctx context.Context, w io.Writer) error {
	server := viser.New(&viser.Options{Logger: newLogger(e.sys.Err, slog.LevelWarn)})
	defer server.Close()
	operands, err := operandsOf([]string{e.in})
	if err != nil {
		return err
	}
	shown := session{sys: e.sys, reading: e.reading, showing: e.showing, operands: operands}
	shown.showing.NoControls = true
	shown.viewer = view.New(server, shown.showing)
	defer shown.viewer.Close()
	if err := shown.show(ctx); err != nil {
		return err
	}
	shown.viewer.Wait()
	title := e.title
	if title == "" && e.in != standardInput {
		title = filepath.Base(e.in)
	}
	return server.ExportHTML(&stoppableWriter{ctx, w}, &viser.ExportOptions{Title: title, DarkMode: e.dark, Parameters: e.query})
}

// server exports what a running server shows.
func (e *exporter) server(ctx context.Context, w io.Writer) error {
	name, _, _ := strings.Cut(e.in, "?") // there may be a token behind it
	shown, err := e.receive(ctx, name)
	if err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return serverError(e.in, "exported", err)
	}
	out, err := standalone.NewRecorder(&stoppableWriter{ctx, w}, e.page(name), recording.WriterOptions{Program: name})
	if err != nil {
		return err
	}
	for m := range shown.Messages() {
		if err := out.Add(recording.Entry{For: recording.Classify(m), Message: m}); err != nil {
			out.Abort()
			return err
		}
	}
	return out.Close(0)
}

// receive returns what the server shows.
func (e *exporter) receive(ctx context.Context, name string) (*fold.State, error) {
	conn, err := upstream.Dial(ctx, upstream.Options{URL: e.in, Token: e.token})
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	r := receiver{conn: conn, shown: fold.New(), progress: newProgress(e.sys, name, 0)}
	r.progress.verb = "Receiving"
	defer r.progress.done()
	for !r.replayed {
		if err := r.next(ctx); err != nil {
			if err == io.EOF {
				return nil, errors.New("the server has closed the connection")
			}
			return nil, err
		}
	}
	if e.wait == 0 {
		return r.shown, r.listen(ctx, settleTime)
	}
	return r.shown, r.stay(ctx, e.wait)
}

// A receiver applies what a server sends.
type receiver struct {
	conn     *upstream.Conn
	shown    *fold.State
	progress *progress
	bytes    int64
	replayed bool
}

func (r *receiver) next(ctx context.Context) error {
	frame, err := r.conn.Read(ctx)
	if err != nil {
		return err
	}
	window, err := upstream.Window(frame)
	if err != nil {
		return err
	}
	r.bytes += int64(len(frame))
	r.progress.show(r.bytes)
	for _, m := range window.Messages {
		r.replayed = r.replayed || m.Type == "ReplayDoneMessage"
		if err := r.shown.Apply(m); err != nil {
			return err
		}
	}
	return nil
}

// stay is a page for some time: a program sees a client when it has its camera.
func (r *receiver) stay(ctx context.Context, d time.Duration) error {
	if err := r.conn.Send(ctx, upstream.Camera()); err != nil {
		return err
	}
	return r.listen(ctx, max(d, settleTime))
}

// listen applies what the server sends for some time.
func (r *receiver) listen(ctx context.Context, d time.Duration) error {
	limited, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	for {
		err := r.next(limited)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case limited.Err() != nil, err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// stoppableWriter is a writer that ends with its context.
type stoppableWriter struct {
	ctx context.Context
	w   io.Writer
}

func (s *stoppableWriter) Write(p []byte) (int, error) {
	if s.ctx.Err() != nil {
		return 0, context.Cause(s.ctx)
	}
	return s.w.Write(p)
}
