package viser

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// ErrUploadCut is what reading an upload ends with if the file did not come to
// its end: its user canceled it, the page left, or the server refused the rest.
var ErrUploadCut = errors.New("the upload was cut off")

// An UploadedFile is a file that a page sends. Its bytes are in a temporary file,
// which goes when the callbacks that were given it have returned; Save keeps a
// copy. All methods are safe for concurrent use.
type UploadedFile struct {
	name, mimeType string
	size           int64
	spool          *uploadSpool
}

// Name returns the file's name as the page tells it, made safe: one element of a
// path, without control characters, of at most 255 bytes, never empty.
func (f *UploadedFile) Name() string { return f.name }

// MimeType returns the type as the page tells it; it may be "", or a lie.
func (f *UploadedFile) MimeType() string { return f.mimeType }

// Size returns the length in bytes: in OnUpload that of the file, in
// OnUploadBegin what the page has announced.
func (f *UploadedFile) Size() int64 { return f.size }

// String returns name and size, for people: "scan.ply, 1234 bytes".
func (f *UploadedFile) String() string { return fmt.Sprintf("%s, %d bytes", f.Name(), f.Size()) }

// Reader returns a reader of the file from its beginning. In OnUploadBegin it
// waits for what has not come yet, and fails with ErrUploadCut if the rest never
// comes.
func (f *UploadedFile) Reader() io.Reader { return &uploadReader{spool: f.spool} }

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

// An uploadPart is where in the spool a part of the file lies.
type uploadPart struct{ at, size int64 }

// An uploadSpool keeps the parts of one file in the order in which they came, and
// knows where each of them is: parts may come in any order, and only with the
// last of them it is known where in the file each belongs.
type uploadSpool struct {
	mu      sync.Mutex
	file    *os.File // nil until the first byte
	parts   map[int]uploadPart
	count   int   // how many there will be
	written int64 // bytes that were taken in
	users   int
	free    func(int64)   // gives back the room that was taken
	more    chan struct{} // closed and made anew when a part has come or it is over
	over    error         // why no more comes
}

func newUploadSpool(count int, free func(int64)) *uploadSpool {
	return &uploadSpool{parts: map[int]uploadPart{}, count: count, users: 1, free: free, more: make(chan struct{})}
}

// wants reports whether there is such a part and it has not come.
func (s *uploadSpool) wants(index int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, twice := s.parts[index]
	return !twice && index >= 0 && index < s.count
}

// add stores a part. Its room is taken, and is given back with the spool's.
func (s *uploadSpool) add(index int, b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.written
	s.written += int64(len(b))
	if s.file == nil && len(b) > 0 {
		f, err := os.CreateTemp("", "viser-upload-*")
		if err != nil {
			return err
		}
		s.file = f
	}
	if len(b) > 0 {
		if _, err := s.file.WriteAt(b, at); err != nil {
			return err
		}
	}
	s.parts[index] = uploadPart{at, int64(len(b))}
	s.wake()
	return nil
}

func (s *uploadSpool) wake() {
	close(s.more)
	s.more = make(chan struct{})
}

// complete reports whether all parts are there, and their bytes.
func (s *uploadSpool) complete() (bool, int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.parts) == s.count, s.written
}

// cut tells readers that no more comes.
func (s *uploadSpool) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over == nil && len(s.parts) < s.count {
		s.over = ErrUploadCut
		s.wake()
	}
}

func (s *uploadSpool) use() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users++
}

// release removes the temporary file when nobody uses it any more.
func (s *uploadSpool) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users--
	if s.users > 0 {
		return
	}
	s.over = os.ErrClosed
	s.wake()
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
		s.file = nil
	}
	s.free(s.written)
}

// An uploadReader goes through the parts by their numbers.
type uploadReader struct {
	spool *uploadSpool
	part  int
	at    int64 // within the part
}

func (r *uploadReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		n, wait, err := r.step(p)
		if n > 0 || err != nil {
			return n, err
		}
		if wait != nil {
			<-wait
		}
	}
}

// step reads from the current part, or goes to the next; wait is what to wait for
// if that has not come.
func (r *uploadReader) step(p []byte) (n int, wait <-chan struct{}, err error) {
	s := r.spool
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.part == s.count && !errors.Is(s.over, os.ErrClosed) {
		return 0, nil, io.EOF
	}
	where, here := s.parts[r.part]
	switch {
	case s.over != nil && (!here || errors.Is(s.over, os.ErrClosed)):
		return 0, nil, s.over
	case !here:
		return 0, s.more, nil
	case r.at == where.size:
		r.part, r.at = r.part+1, 0
		return 0, nil, nil
	}
	n, err = s.file.ReadAt(p[:min(int64(len(p)), where.size-r.at)], where.at+r.at)
	r.at += int64(n)
	if n > 0 {
		err = nil
	}
	return n, nil, err
}

const maxFileName = 255

// reservedNames are those that Windows keeps for devices.
var reservedNames = []string{"con", "prn", "aux", "nul"}

// safeFileName makes a name that a page tells one that a program can use as the
// last element of a path on any system.
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

// shortenFileName keeps the ending, which says what the file is.
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
