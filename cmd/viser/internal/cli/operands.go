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

// load reads a model. It returns as soon as ctx ends, even where the read itself, say of a pipe without a writer, cannot be
// stopped.
func load(ctx context.Context, from operand, o models.Options, sys *System) (*models.Model, error) {
	type result struct {
		m   *models.Model
		err error
	}
	loaded := make(chan result, 1)
	go func() {
		m, err := read(ctx, from, o, sys)
		loaded <- result{m, err}
	}()
	select {
	case r := <-loaded:
		return r.m, r.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func read(ctx context.Context, from operand, o models.Options, sys *System) (*models.Model, error) {
	size := int64(0)
	if info, err := os.Stat(from.local()); err == nil && info.Mode().IsRegular() {
		size = info.Size()
	}
	p := newProgress(sys, from.name(), size)
	o.Progress = p.show
	defer p.done()
	switch {
	case from == standardInput:
		return models.Read(ctx, sys.In, from.name(), 0, &o)
	case isAddress(string(from)):
		return download(ctx, from, o, p)
	}
	return models.Open(ctx, string(from), &o)
}

// fetching is how a file is fetched: a server that does not answer at all is given up.
var fetching = &http.Client{Transport: &http.Transport{
	Proxy: http.ProxyFromEnvironment, ResponseHeaderTimeout: 30 * time.Second, TLSHandshakeTimeout: 15 * time.Second,
}}

// download reads a model from a web server, while it arrives.
func download(ctx context.Context, from operand, o models.Options, p *progress) (*models.Model, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, string(from), nil)
	if err != nil {
		return nil, err
	}
	if s := request.URL.Scheme; s != "http" && s != "https" {
		return nil, fmt.Errorf("%s: files are fetched by http and https only", from)
	}
	response, err := fetching.Do(request)
	if err != nil {
		return nil, fetchError(from, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: the server answered %s", from.name(), response.Status)
	}
	size := max(0, response.ContentLength)
	p.size = size
	var body io.Reader = response.Body
	return models.Read(ctx, body, from.name(), size, &o)
}

// fetchError leaves out the URL, in which there may be a secret.
func fetchError(from operand, err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		err = e.Err
	}
	return fmt.Errorf("%s could not be fetched: %w", from.name(), err)
}
