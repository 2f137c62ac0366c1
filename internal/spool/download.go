package spool

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"sync/atomic"
)

// A Download has the bytes of a file, which any number of clients read, each at its own
// speed. It is freed when the last of its users has released it.
type Download struct {
	io.ReaderAt
	Size  int64
	users atomic.Int64
	free  func()
}

// NewDownload returns a download of a copy of b, without a user.
func NewDownload(b []byte) *Download {
	return &Download{ReaderAt: bytes.NewReader(slices.Clone(b)), Size: int64(len(b)), free: func() {}}
}

// NewDownloadFrom returns a download of size bytes that it copies from r to a
// temporary file, so that nothing large is in memory, and r is not needed by slow
// clients. It has no user: the first Release after a Use may be the last.
func NewDownloadFrom(r io.Reader, size int64) (*Download, error) {
	f, err := os.CreateTemp("", "viser-download-*")
	if err != nil {
		return nil, fmt.Errorf("no temporary file: %w", err)
	}
	free := func() { f.Close(); os.Remove(f.Name()) }
	whole := false
	defer func() {
		if !whole { // also if the reader panics
			free()
		}
	}()
	n, err := io.Copy(f, io.LimitReader(r, size))
	switch {
	case err != nil:
		err = fmt.Errorf("after %d of %d bytes: %w", n, size, err)
	case n < size:
		err = fmt.Errorf("the reader ended after %d of %d bytes: %w", n, size, io.ErrUnexpectedEOF)
	}
	if err != nil {
		return nil, err
	}
	whole = true
	return &Download{ReaderAt: f, Size: size, free: free}, nil
}

// Use adds a user.
func (d *Download) Use() { d.users.Add(1) }

// Release removes a user.
func (d *Download) Release() {
	if d.users.Add(-1) == 0 {
		d.free()
	}
}
