// Package spool keeps the bytes of files that clients upload and download: uploads
// in temporary files, part by part, and downloads for as long as a client reads
// them.
package spool

import (
	"errors"
	"io"
	"os"
	"sync"
)

// A part is the location of a part of an upload in the temporary file.
type part struct{ at, size int64 }

// An Upload stores the parts of one file in the order in which they are received,
// which may be any: the offset of a part in the file is known only when all parts
// before it were received. It counts its users: its creator, and those of Use.
type Upload struct {
	mu      sync.Mutex
	file    *os.File // nil until the first byte
	parts   map[int]part
	count   int   // of all parts
	written int64 // bytes stored so far
	users   int
	quota   *Quota
	more    chan struct{} // closed and replaced when a part was received, or no more will be
	over    error         // the reason why no more parts are received
}

// NewUpload returns an upload of count parts with one user. The caller has
// acquired the file in quota; the last Release releases it with its bytes.
func NewUpload(count int, quota *Quota) *Upload {
	return &Upload{parts: map[int]part{}, count: count, users: 1, quota: quota, more: make(chan struct{})}
}

// Expects reports whether the part of that index exists and was not yet received.
func (u *Upload) Expects(index int) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	_, twice := u.parts[index]
	return !twice && index >= 0 && index < u.count
}

// Add stores a part, whose bytes were acquired in the quota.
func (u *Upload) Add(index int, b []byte) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	at := u.written
	u.written += int64(len(b))
	if u.file == nil && len(b) > 0 {
		f, err := os.CreateTemp("", "viser-upload-*")
		if err != nil {
			return err
		}
		u.file = f
	}
	if len(b) > 0 {
		if _, err := u.file.WriteAt(b, at); err != nil {
			return err
		}
	}
	u.parts[index] = part{at, int64(len(b))}
	u.wakeLocked()
	return nil
}

func (u *Upload) wakeLocked() {
	close(u.more)
	u.more = make(chan struct{})
}

// Complete reports whether all parts were received, and the number of bytes received.
func (u *Upload) Complete() (bool, int64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.parts) == u.count, u.written
}

// Cut makes readers fail with err where a part is missing. It does nothing if none
// is, or after another Cut.
func (u *Upload) Cut(err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.over == nil && len(u.parts) < u.count {
		u.over = err
		u.wakeLocked()
	}
}

// Use adds a user.
func (u *Upload) Use() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.users++
}

// Release removes a user. The last one removes the temporary file, and readers fail
// from then on.
func (u *Upload) Release() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.users--
	if u.users > 0 {
		return
	}
	u.over = os.ErrClosed
	u.wakeLocked()
	if u.file != nil {
		u.file.Close()
		os.Remove(u.file.Name())
		u.file = nil
	}
	u.quota.Release(u.written)
}

// Reader returns a reader of the file from its beginning. It waits for parts that
// were not yet received.
func (u *Upload) Reader() io.Reader { return &reader{upload: u} }

// reader reads the parts by their indices.
type reader struct {
	upload *Upload
	part   int
	at     int64 // within the part
}

func (r *reader) Read(p []byte) (int, error) {
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

// step reads from the current part, or advances to the next. If the part was not yet
// received, wait is closed when step should be called again.
func (r *reader) step(p []byte) (n int, wait <-chan struct{}, err error) {
	u := r.upload
	u.mu.Lock()
	defer u.mu.Unlock()
	if r.part == u.count && !errors.Is(u.over, os.ErrClosed) {
		return 0, nil, io.EOF
	}
	where, here := u.parts[r.part]
	switch {
	case u.over != nil && (!here || errors.Is(u.over, os.ErrClosed)):
		return 0, nil, u.over
	case !here:
		return 0, u.more, nil
	case r.at == where.size:
		r.part, r.at = r.part+1, 0
		return 0, nil, nil
	}
	n, err = u.file.ReadAt(p[:min(int64(len(p)), where.size-r.at)], where.at+r.at)
	r.at += int64(n)
	if n > 0 {
		err = nil
	}
	return n, nil, err
}
