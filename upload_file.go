package viser

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/viser-go/viser/internal/spool"
)

// ErrUploadCut is the error of reading an upload that was not completed: its user
// canceled it, the client left, or the server refused the rest.
var ErrUploadCut = errors.New("the upload was cut off")

// An UploadedFile is a file from a client. Its bytes are in a temporary file, which
// is removed when the callbacks that get it have returned; Save keeps a copy. All
// methods are safe for concurrent use.
type UploadedFile struct {
	name, mimeType string
	size           int64
	spool          *spool.Upload
}

// Name returns the file's name as the client sent it, made safe: one element of a
// path, without control characters, of at most 255 bytes, never empty.
func (f *UploadedFile) Name() string { return f.name }

// MimeType returns the type as the client sent it. It may be "" or wrong.
func (f *UploadedFile) MimeType() string { return f.mimeType }

// Size returns the length in bytes: in OnUpload that of the file, in
// OnUploadBegin the announced one.
func (f *UploadedFile) Size() int64 { return f.size }

// String returns name and size, as in "scan.ply, 1234 bytes".
func (f *UploadedFile) String() string { return fmt.Sprintf("%s, %d bytes", f.Name(), f.Size()) }

// Reader returns a reader of the file from its beginning. In OnUploadBegin it
// waits for bytes that have not arrived, and fails with ErrUploadCut if they never
// do.
func (f *UploadedFile) Reader() io.Reader { return f.spool.Reader() }

// Bytes returns the whole file.
func (f *UploadedFile) Bytes() ([]byte, error) {
	b, err := io.ReadAll(f.Reader())
	if err != nil {
		return nil, fmt.Errorf("upload of %q: %w", f.name, err)
	}
	return b, nil
}

// Save writes the file to path, over what is there. If it fails, path is left as
// it was.
func (f *UploadedFile) Save(path string) error {
	err := func() error {
		out, err := os.CreateTemp(filepath.Dir(path), ".viser-upload-*")
		if err != nil {
			return err
		}
		_, err = io.Copy(out, f.Reader())
		err = errors.Join(err, out.Close())
		if err == nil {
			err = os.Rename(out.Name(), path)
		}
		if err != nil {
			os.Remove(out.Name())
		}
		return err
	}()
	if err != nil {
		return fmt.Errorf("upload of %q: %w", f.name, err)
	}
	return nil
}

const maxFileName = 255

// reservedNames are those of devices on Windows.
var reservedNames = []string{"con", "prn", "aux", "nul"}

// safeFileName turns a name from a client into one that is valid as the last element
// of a path on any system.
func safeFileName(name string) string {
	name = strings.ToValidUTF8(name[max(0, len(name)-4096):], "_")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			return -1
		case strings.ContainsRune(`:*?"<>|`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	if name == "" {
		return "upload"
	}
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	device := len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && stem[3] >= '0' && stem[3] <= '9'
	if device || slices.Contains(reservedNames, stem) {
		name = "_" + name
	}
	return shortenFileName(name)
}

// shortenFileName keeps the extension.
func shortenFileName(name string) string {
	if len(name) <= maxFileName {
		return name
	}
	ext := filepath.Ext(name)
	if len(ext) > 20 {
		ext = ""
	}
	stem := name[:maxFileName-len(ext)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return strings.TrimRight(stem, " .") + ext
}
