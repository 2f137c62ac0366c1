package spool

import "sync"

// A Room bounds the number and the size of all files that are stored.
type Room struct {
	mu       sync.Mutex
	files    int
	bytes    int64
	maxFiles int
	maxBytes int64
}

// NewRoom returns a room for that many files and bytes.
func NewRoom(maxFiles int, maxBytes int64) *Room {
	return &Room{maxFiles: maxFiles, maxBytes: maxBytes}
}

// Enter takes the place of one file, and reports whether there was one.
func (r *Room) Enter() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.files >= r.maxFiles {
		return false
	}
	r.files++
	return true
}

// Take takes room for n bytes, and reports whether there was enough.
func (r *Room) Take(n int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.bytes+n > r.maxBytes {
		return false
	}
	r.bytes += n
	return true
}

// Leave frees the place of one file and its n bytes.
func (r *Room) Leave(n int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.files--
	r.bytes -= n
}
