// Package laz reads LAZ files, which are compressed LAS files: point clouds of airborne and mobile laser scanners. COPC
// files, whose points are sorted into an octree, are read in place: of a huge one only as much as is asked for.
//
//	c, err := laz.ReadFile(ctx, "survey.laz", &laz.Options{Collect: cloud.CollectOptions{
//		MaxPoints: 5_000_000, Recenter: true, Fields: []string{"intensity", "classification"},
//	}})
//	if err != nil {
//		return err // names the file, the byte, and what is wrong there
//	}
//	fmt.Println(len(c.Points), "points around", c.Origin)
//
// All point formats and the three kinds of compression that files have are read. Fields, colors, normals and
// coordinates are those of package las. Chunks of points are decoded in parallel.
//
// With [cloud.CollectOptions.MaxPoints], a COPC file is read from the coarsest level of its octree on, up to the first
// that leads to more than twice as many points; what that is of the whole is in [cloud.Info.Skipped]. Each level is
// spread evenly over the scene.
//
// Files are untrusted input: memory grows with the bytes that have really been read, not with what a header claims. The
// decoder is package [github.com/viser-go/viser/formats/laz/internal/lazrs].
package laz

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/las"
)

// Options are options of reading a file. Nil, like the zero value, reads all points, without fields.
type Options struct {
	// Workers is how many chunks are decoded at once. 0 means 2, or 1 where there is one processor. Each takes about
	// 4 MiB of memory.
	Workers int
	// Progress, when set, is called about once per MiB with the number of bytes of points that were read so far and
	// that are to be read, by the goroutine that calls [Source.Next].
	Progress func(read, total int64)
	// Collect says for [Read] which points and fields are wanted. MaxPoints also chooses the levels of a COPC file for
	// [Points].
	Collect cloud.CollectOptions
}

// Read reads a LAZ file that has size bytes. The context cancels it. The errors are of type [*cloud.Error], or that of
// the context.
func Read(ctx context.Context, r io.ReaderAt, size int64, opts *Options) (*cloud.Cloud, error) {
	points, err := Points(ctx, r, size, opts)
	if err != nil {
		return nil, err
	}
	defer points.Close()
	if opts == nil {
		opts = &Options{}
	}
	return cloud.Collect(points, &opts.Collect)
}

// ReadFile is [Read] for a file.
func ReadFile(ctx context.Context, name string, opts *Options) (*cloud.Cloud, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	c, err := Read(ctx, f, info.Size(), opts)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// Points reads the header of a LAZ file that has size bytes and where its chunks are, and returns its points. The source
// reads from r as it goes, several places at once. It must be closed, unless it has been read to its end.
func Points(ctx context.Context, r io.ReaderAt, size int64, opts *Options) (*Source, error) {
	var o Options
	if opts != nil {
		o = *opts
	}
	f := &file{r: r, size: size}
	if err := f.readHeader(); err != nil {
		return nil, err
	}
	s := &Source{file: f, options: o, decoder: las.NewDecoder(f.header)}
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	if err := s.findChunks(); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		s.cancel(err)
		return nil, err
	}
	return s, nil
}

func (s *Source) findChunks() error {
	if info := s.file.header.VLR(copcUser, copcInfo); info != nil && s.file.header.VLRs[0].UserID == copcUser {
		return s.findNodes(info)
	}
	var err error
	s.chunks, err = s.file.readTable(s.ctx)
	s.points = s.file.header.Points
	return err
}

func failure(where string, offset uint64, err error) *cloud.Error {
	return &cloud.Error{Format: "laz", Where: where, Offset: int64(offset), Err: err}
}

func failuref(where string, offset uint64, format string, arguments ...any) *cloud.Error {
	return &cloud.Error{Format: "laz", Where: where, Offset: int64(offset), Reason: fmt.Sprintf(format, arguments...)}
}
