package models

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

const (
	// peeked is how much of a file is read to recognize its format: the header of a PLY file of splats fits.
	peeked = 64 << 10
	// progressStep is how many bytes pass between two calls of Options.Progress.
	progressStep = 1 << 20
	// mostBuffered is the largest file of a format that needs all of it at once, when it is no file on disk.
	mostBuffered = 2 << 30
)

// input is a file that is being read.
type input struct {
	ctx     context.Context
	o       Options
	name    string
	size    int64       // 0: unknown
	file    *os.File    // nil: it has none of its own
	at      io.ReaderAt // for random access; nil: it is no regular file
	dir     string      // the folder for files that it refers to; "": there is none
	r       *bufio.Reader
	closers []io.Closer     // of decoders
	skipped []string        // what a decoder left out
	opened  map[string]bool // files that it refers to
	missing map[string]bool // and those that are not there
	count   int64
	told    int64
}

func newInput(ctx context.Context, r io.Reader, name string, size int64, o *Options) *input {
	in := &input{ctx: ctx, name: name, size: size, opened: map[string]bool{}, missing: map[string]bool{}}
	if o != nil {
		in.o = *o
	}
	in.r = bufio.NewReaderSize(&counted{in, r}, peeked)
	if at, ok := r.(io.ReaderAt); ok && size > 0 {
		in.at = at
	}
	return in
}

func openInput(ctx context.Context, path string, o *Options) (*input, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, reason(err))
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s: it is a directory, not a file", path)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	in := newInput(ctx, f, filepath.Base(path), 0, o)
	in.dir = filepath.Dir(path)
	in.file = f
	if info.Mode().IsRegular() {
		in.size, in.at = info.Size(), f
	}
	return in, nil
}

func (in *input) close() error {
	var err error
	for _, c := range in.closers {
		err = errors.Join(err, c.Close())
	}
	if in.file != nil {
		err = errors.Join(err, in.file.Close())
	}
	return err
}

// missingError is the error of a file that is not there.
type missingError struct{}

func (missingError) Error() string { return "there is no such file" }

// Is makes it one like those of package os.
func (missingError) Is(target error) bool { return target == fs.ErrNotExist }

var errMissing error = missingError{}

// reason is what went wrong with a file, without its path.
func reason(err error) error {
	var e *fs.PathError
	if errors.Is(err, fs.ErrNotExist) {
		return errMissing
	}
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// start returns the first bytes; fewer than peeked at the end of the file.
func (in *input) start() ([]byte, error) {
	start, err := in.r.Peek(peeked)
	if err != nil && err != io.EOF {
		return nil, err
	}
	return start, nil
}

// whole returns the file for random access, and its length.
func (in *input) whole() (io.ReaderAt, int64, error) {
	if in.at != nil && in.size > 0 {
		return &countedAt{in, in.at}, in.size, nil
	}
	all, err := in.all(mostBuffered)
	return bytes.NewReader(all), int64(len(all)), err
}

// all returns the content of the file, if it has at most that many bytes.
func (in *input) all(most int64) ([]byte, error) {
	all, err := io.ReadAll(io.LimitReader(in.r, most+1))
	if err == nil && int64(len(all)) > most {
		err = fmt.Errorf("it has more than %d MB", most>>20)
	}
	return all, err
}

// passed counts bytes that were read.
func (in *input) passed(n int) {
	in.count += int64(n)
	if in.o.Progress != nil && in.count-in.told >= progressStep {
		in.told = in.count
		in.o.Progress(in.count)
	}
}

// counted is the reader of an input. It ends with the context.
type counted struct {
	in *input
	r  io.Reader
}

func (c *counted) Read(p []byte) (int, error) {
	if c.in.ctx.Err() != nil {
		return 0, context.Cause(c.in.ctx)
	}
	n, err := c.r.Read(p)
	c.in.passed(n)
	return n, err
}

// countedAt is counted for random access.
type countedAt struct {
	in *input
	r  io.ReaderAt
}

func (c *countedAt) ReadAt(p []byte, at int64) (int, error) {
	if c.in.ctx.Err() != nil {
		return 0, context.Cause(c.in.ctx)
	}
	n, err := c.r.ReadAt(p, at)
	c.in.passed(n)
	return n, err
}

// errNoFolder is the reason why files that one refers to are not opened.
var errNoFolder = errors.New("there is no folder to look for it in")

// opener opens files that the file refers to.
func (in *input) opener() func(name string) (io.ReadCloser, error) {
	if in.dir == "" {
		return func(string) (io.ReadCloser, error) { return nil, errNoFolder }
	}
	return func(name string) (io.ReadCloser, error) {
		f, err := openBeside(in.dir, name, in.o.AllowOutside && !in.o.OnlyFolder)
		if err == errOutside && in.o.OnlyFolder {
			err = errMissing // nothing is told about the rest of the machine
		}
		switch {
		case err == nil:
			in.opened[name] = true
			return f, nil
		case errors.Is(err, fs.ErrNotExist):
			in.missing[name] = true
		}
		return nil, err
	}
}

// openBeside opens a file that another one refers to. It must be in the folder of that one or below it. Of other paths, as
// programs write them, the last element is looked for in the folder.
func openBeside(dir, name string, outside bool) (io.ReadCloser, error) {
	name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	f, err := os.OpenInRoot(dir, name)
	if err != nil && outside {
		elsewhere := name
		if !filepath.IsAbs(elsewhere) {
			elsewhere = filepath.Join(dir, elsewhere)
		}
		f, err = os.Open(elsewhere)
	}
	if err != nil {
		if beside, second := os.OpenInRoot(dir, path.Base(name)); second == nil {
			f, err = beside, nil
		}
	}
	if err != nil {
		return nil, refused(dir, name, err)
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, errors.New("it is not a file")
	}
	return f, nil
}

// errOutside is the reason why a file was not opened. Whoever may decide it can set Options.AllowOutside.
var errOutside = errors.New("it is outside the folder of the file")

// refused is the error for a file that was not opened: one that is there, but outside, has its own.
func refused(dir, name string, err error) error {
	elsewhere := name
	if !filepath.IsAbs(name) {
		elsewhere = filepath.Join(dir, name)
	}
	if _, missing := os.Stat(elsewhere); missing != nil {
		return reason(missing)
	}
	if strings.Contains(err.Error(), "escapes") { // package os has no value for it; also of a link that leads outside
		return errOutside
	}
	return reason(err)
}
