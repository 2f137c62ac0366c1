package spool

import "sync"

// A Quota limits the number and the total size of all stored files.
type Quota struct {
	mu       sync.Mutex
	files    int
	bytes    int64
	maxFiles int
	maxBytes int64
}

// NewQuota returns a quota of that many files and bytes.
func NewQuota(maxFiles int, maxBytes int64) *Quota {
	return &Quota{maxFiles: maxFiles, maxBytes: maxBytes}
}

// AcquireFile reserves one file, and reports whether the quota allows it.
func (q *Quota) AcquireFile() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.files >= q.maxFiles {
		return false
	}
	q.files++
	return true
}

// AcquireBytes reserves n bytes, and reports whether the quota allows them.
func (q *Quota) AcquireBytes(n int64) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.bytes+n > q.maxBytes {
		return false
	}
	q.bytes += n
	return true
}

// Used returns the number of stored files and of their bytes.
func (q *Quota) Used() (files int, bytes int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.files, q.bytes
}

// Release releases one file and its n bytes.
func (q *Quota) Release(n int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.files--
	q.bytes -= n
}
