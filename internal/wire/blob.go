package wire

import (
	"sync"
	"sync/atomic"
	"time"
)

// BlobMin is the size in bytes above which an array may be fetched instead of being part of a frame.
const BlobMin = 64 << 10

// A Blob is an array that pages may fetch by its ID instead of receiving it in a frame. Whoever shows the array
// refers to its Blob: when nothing does, the array can't be fetched any more.
type Blob struct {
	Data []byte // not to be modified
	Made time.Time
	// Passing marks one of many values that follow each other soon. It is set before the Blob is shared.
	Passing bool
	// Step marks one that was set together with other changes, which a page shows in one step: it is in the frame of
	// the change nevertheless, and fetched only by pages that are sent the whole state. It is set before the Blob is
	// shared.
	Step bool

	once sync.Once
	id   string
	used atomic.Bool
}

// NewBlob describes the array with these bytes, without copying them.
func NewBlob(data []byte) *Blob { return &Blob{Data: data, Made: time.Now()} }

// ID returns the ID, which is computed by the first call.
func (b *Blob) ID(of func(data []byte) string) string {
	b.once.Do(func() {
		b.id = of(b.Data)
		b.used.Store(true)
	})
	return b.id
}

// Used reports whether a page may know the ID.
func (b *Blob) Used() bool { return b.used.Load() }

// Follows marks b as one of many values if the one before is not old.
func (b *Blob) Follows(before *Blob) { b.Passing = b.Made.Sub(before.Made) < PassingTime }

// PassingTime is for how long a value that replaced another one soon is expected to be replaced soon, too.
const PassingTime = 10 * time.Second
