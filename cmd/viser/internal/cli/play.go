package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/viser-go/viser/internal/front"
	"github.com/viser-go/viser/internal/recording"
)

const aboutPlay = `Play shows a recording in the browser: a .viser file of "viser record", of a Go program, or of Python's viser. The page
reads what it needs, so a large file is shown before it is loaded.`

func runPlay(ctx context.Context, args []string, sys *System) error {
	fs := newFlagSet("play", "[flags] FILE", aboutPlay, sys.Out)
	var f serverFlags
	f.register(fs)
	operands, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(operands) != 1 {
		return &usageError{"play", "it takes one file, a recording"}
	}
	if err := f.check(); err != nil {
		return &usageError{"play", err.Error()}
	}
	server, err := f.server("play", sys)
	if err != nil {
		return err
	}
	defer f.close()
	defer server.Close()
	path := operands[0]
	if err := checkRecording(path, sys); err != nil {
		return err
	}
	front.Play(server, filepath.Base(path), fileContent(path))
	return serve(ctx, server, &f, sys, func() {})
}

// checkRecording opens a recording, and prints what is wrong with it.
func checkRecording(path string, sys *System) error {
	r, err := openRecording(path)
	if err != nil {
		return err
	}
	defer r.Close()
	for _, note := range r.Notes() {
		fmt.Fprintf(sys.Err, "viser: %s: %s\n", filepath.Base(path), note)
	}
	return nil
}

func openRecording(path string) (*openedRecording, error) {
	if path == standardInput {
		return nil, errors.New("a recording can't be read from standard input: its parts are not in order")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, readError(path, err)
	}
	r, err := readRecording(f)
	if err != nil {
		f.Close()
		return nil, readError(path, err)
	}
	return &openedRecording{r, f}, nil
}

// A openedRecording is a recording with its file.
type openedRecording struct {
	*recording.Reader
	file *os.File
}

func (r *openedRecording) Close() error { return errors.Join(r.Reader.Close(), r.file.Close()) }

func readRecording(f *os.File) (*recording.Reader, error) {
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("it is a directory, not a file")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no regular file, and the parts of a recording are not in order")
	}
	r, err := recording.Open(f, info.Size(), recording.OpenOptions{})
	if errors.Is(err, recording.ErrOther) {
		start := make([]byte, 512)
		n, _ := f.ReadAt(start, 0) // it has been read before
		return nil, errors.New(otherFile(start[:n]))
	}
	return r, err
}

// fileContent serves a file, also in parts. It is opened for each request: it may be replaced meanwhile.
func fileContent(path string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, err := os.Open(path)
		if err != nil {
			http.Error(w, "the recording can't be opened any more", http.StatusNotFound)
			return
		}
		defer file.Close()
		changed := time.Time{}
		if info, err := file.Stat(); err == nil {
			changed = info.ModTime()
		}
		http.ServeContent(w, r, "", changed, file)
	})
}
