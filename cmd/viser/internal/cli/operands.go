package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/viser-go/viser/models"
)

// standardInput is the file name for standard input.
const standardInput = "-"

// mostFiles is how many files a folder or a pattern may have: more are a mistake rather than a scene.
const mostFiles = 500

// operand is a file to show: a path, a URL, or standard input.
type operand string

func (o operand) name() string {
	switch {
	case o == standardInput:
		return "standard input"
	case isAddress(string(o)):
		if u, err := url.Parse(string(o)); err == nil && path.Base(u.Path) != "/" && path.Base(u.Path) != "." {
			return path.Base(u.Path)
		}
		return string(o)
	}
	return filepath.Base(string(o))
}

// local is the path; "" for what is no file on disk.
func (o operand) local() string {
	if o == standardInput || isAddress(string(o)) {
		return ""
	}
	return string(o)
}

// operandsOf replaces folders by the files in them, and patterns by those that match.
func operandsOf(args []string) (operands []operand, err error) {
	for _, arg := range args {
		some, err := operandsOfOne(arg)
		if err != nil {
			return nil, err
		}
		operands = append(operands, some...)
	}
	if n := len(operands); n > mostFiles {
		return nil, fmt.Errorf("%d files are too many: at most %d are shown at once", n, mostFiles)
	}
	return operands, nil
}

func operandsOfOne(arg string) ([]operand, error) {
	if arg == standardInput || isAddress(arg) {
		return []operand{operand(arg)}, nil
	}
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir() && !models.IsFolder(arg):
		return filesIn(arg)
	case err != nil && strings.ContainsAny(arg, "*?["):
		return matching(arg)
	}
	return []operand{operand(arg)}, nil
}

// filesIn are the files of a folder that can be shown. Pictures are left out if there is anything else: they are textures.
func filesIn(dir string) ([]operand, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, readError(dir, err)
	}
	var files, pictures []operand
	for _, e := range entries {
		name := e.Name()
		switch p := operand(filepath.Join(dir, name)); {
		case e.IsDir() || strings.HasPrefix(name, ".") || !models.Known(name):
		case models.IsPicture(name):
			pictures = append(pictures, p)
		default:
			files = append(files, p)
		}
	}
	if len(files) == 0 {
		files = pictures
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no file in this folder has the name of a known format; known are %s", dir, models.List())
	}
	return files, nil
}

// matching are the files that match a pattern, for shells that leave it as it is.
func matching(pattern string) ([]operand, error) {
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("%s: there is no such file, and none that matches", pattern)
	}
	slices.Sort(paths)
	files := make([]operand, len(paths))
	for i, p := range paths {
		files[i] = operand(p)
	}
	return files, nil
}

// load reads a model.
func load(ctx context.Context, from operand, o models.Options, sys *System) (*models.Model, error) {
	return reading[*models.Model]{
		ofDisk: func(path string) (*models.Model, error) { return models.Open(ctx, path, &o) },
		ofReader: func(r io.Reader, size int64) (*models.Model, error) {
			return models.Read(ctx, r, from.name(), size, &o)
		},
	}.do(ctx, from, "Reading", &o, sys)
}

// reading is how something is made of an operand: of a path, or of what is no file on disk.
type reading[T any] struct {
	ofDisk   func(path string) (T, error)
	ofReader func(r io.Reader, size int64) (T, error)
}

// do reads the operand, and reports the progress through the options. It returns as soon as ctx ends, even where the read
// itself, say of a pipe without a writer, cannot be stopped.
func (r reading[T]) do(ctx context.Context, from operand, verb string, o *models.Options, sys *System) (T, error) {
	type result struct {
		v   T
		err error
	}
	read := make(chan result, 1)
	go func() {
		p := newProgress(sys, from.name(), sizeOnDisk(from.local()))
		p.verb = verb
		defer p.done()
		o.Progress = p.show
		v, err := r.now(ctx, from, p, sys)
		read <- result{v, err}
	}()
	select {
	case r := <-read:
		return r.v, r.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

func (r reading[T]) now(ctx context.Context, from operand, p *progress, sys *System) (v T, err error) {
	switch {
	case from == standardInput:
		return r.ofReader(sys.In, 0)
	case from.local() != "":
		return r.ofDisk(from.local())
	}
	body, size, err := fetchFile(ctx, from)
	if err != nil {
		return v, err
	}
	defer body.Close()
	p.size = size
	return r.ofReader(body, size)
}

// sizeOnDisk is the size of a file; 0 of what is none.
func sizeOnDisk(path string) int64 {
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		return info.Size()
	}
	return 0
}

// fetching is how a file is fetched: a server that does not answer at all is given up.
var fetching = &http.Client{Transport: &http.Transport{
	Proxy: http.ProxyFromEnvironment, ResponseHeaderTimeout: 30 * time.Second, TLSHandshakeTimeout: 15 * time.Second,
}}

// fetchFile asks a web server for a file. Its size is 0 if the server does not tell.
func fetchFile(ctx context.Context, from operand) (body io.ReadCloser, size int64, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, string(from), nil)
	if err != nil {
		return nil, 0, err
	}
	if s := request.URL.Scheme; s != "http" && s != "https" {
		return nil, 0, fmt.Errorf("%s: files are fetched by http and https only", from)
	}
	response, err := fetching.Do(request)
	if err != nil {
		return nil, 0, fetchError(from, err)
	}
	if response.StatusCode != http.StatusOK {
		response.Body.Close()
		return nil, 0, fmt.Errorf("%s: the server answered %s", from.name(), response.Status)
	}
	return response.Body, max(0, response.ContentLength), nil
}

// fetchError leaves out the URL, in which there may be a secret.
func fetchError(from operand, err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		err = e.Err
	}
	return fmt.Errorf("%s could not be fetched: %w", from.name(), err)
}
