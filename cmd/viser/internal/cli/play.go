package cli

import (
	"context"
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

func openRecording(path string) (*recording.Reader, error) {
	if path == standardInput {
		return nil, fmt.Errorf("a recording can't be read from standard input: its parts are not in order")
	}
	r, err := recording.OpenFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return r, nil
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
