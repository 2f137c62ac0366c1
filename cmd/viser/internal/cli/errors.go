package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/viser-go/viser/internal/sniff"
	"github.com/viser-go/viser/internal/upstream"
)

// reasonOf is the error without the name of the file, which is printed beside it.
func reasonOf(err error) error {
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("there is no such file")
	case errors.As(err, &file):
		return file.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// readError says why a file can't be read.
func readError(path string, err error) error {
	text := reasonOf(err).Error()
	if isAddress(path) {
		text = "it is an address, not a file; \"viser record\" makes a file of what is there"
	}
	return fmt.Errorf("%s: %s", path, strings.TrimPrefix(text, "recording: "))
}

// writeError says why a file can't be written.
func writeError(path string, err error) error {
	if _, missing := os.Stat(filepath.Dir(path)); errors.Is(missing, fs.ErrNotExist) {
		return fmt.Errorf("%s: there is no folder %s", path, filepath.Dir(path))
	}
	return fmt.Errorf("%s: %w", path, reasonOf(err))
}

// serverError says why a server can't be used as verb says: "relayed".
func serverError(in, verb string, err error) error {
	var version *upstream.VersionError
	if errors.As(err, &version) {
		return err
	}
	if info, failed := os.Stat(in); failed == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file, not the address of a server; \"viser play\" plays recordings", in)
	}
	if in = upstream.WithoutQuery(in); in == "" {
		return err
	}
	return fmt.Errorf("%s can't be %s: %w", in, verb, err)
}

// isAddress reports whether it can only be a URL.
func isAddress(in string) bool { return strings.Contains(in, "://") }

// otherFile says what a file is that is no recording.
func otherFile(start []byte) string {
	if name := sniff.Name(start); name != "" {
		return "it is no recording of viser; it looks like " + name
	}
	return "it is no recording of viser"
}
