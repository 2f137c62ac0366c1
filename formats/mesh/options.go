package mesh

import "io"

// Options are the options of the readers. Nil, like the zero value, reads everything unchanged. A reader copies what
// it needs, so that later changes have no effect.
type Options struct {
	// Size is the number of bytes that the reader holds, where that is known; 0 means unknown. What a header
	// claims is then compared with it before anything is allocated.
	Size int64
	// Progress, when set, is called about once per MiB with the number of bytes read so far, by the goroutine that
	// reads.
	Progress func(read int64)
	// Recenter subtracts an origin, which [Model.Origin] reports, before coordinates are rounded to float32. Survey
	// coordinates keep their millimeters with it.
	Recenter bool
	// Open opens what the file refers to: materials and textures. The name is as the file has it, with slashes
	// instead of backslashes, and relative to the file's folder; Open decides which names are allowed. A file that
	// it cannot open is no error: the model is read without it, and [Model.Skipped] names it. Nil opens nothing. The
	// ReadFile functions open what is in the folder of the file, or below it, when Open is nil.
	Open func(name string) (io.ReadCloser, error)
	// KeepCorners keeps three points for each triangle of an STL file, in the order of the file. Otherwise points
	// that are exactly equal are one. Other formats have shared points, and ignore it.
	KeepCorners bool
	// MaxVertices and MaxTriangles refuse larger files. 0 means 134,217,728 each, about 3 GB of result.
	// MaxTriangles is also the limit of lines.
	MaxVertices, MaxTriangles int
	// MaxParts refuses files of more parts. 0 means 65,536.
	MaxParts int
	// MaxOpened is the largest size in bytes of one file that Open returns, or that is packed in the file. 0 means
	// 256 MiB. A larger one is skipped.
	MaxOpened int64
}

const (
	// defaultLimit bounds vertices and triangles: past it no browser shows the result anyway.
	defaultLimit     = 1 << 27
	defaultMaxParts  = 1 << 16
	defaultMaxOpened = 256 << 20
)

// WithDefaults returns a copy of o, which may be nil, with the limits that are 0 replaced by their defaults.
func (o *Options) WithDefaults() Options {
	var c Options
	if o != nil {
		c = *o
	}
	if c.MaxVertices <= 0 {
		c.MaxVertices = defaultLimit
	}
	if c.MaxTriangles <= 0 {
		c.MaxTriangles = defaultLimit
	}
	if c.MaxParts <= 0 {
		c.MaxParts = defaultMaxParts
	}
	if c.MaxOpened <= 0 {
		c.MaxOpened = defaultMaxOpened
	}
	return c
}
