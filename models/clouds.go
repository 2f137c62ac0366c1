package models

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/las"
	"github.com/viser-go/viser/formats/laz"
	"github.com/viser-go/viser/formats/npy"
	"github.com/viser-go/viser/formats/pcd"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/xyz"
)

// points is a reader of points of any number.
type points func(in *input) (cloud.Source, error)

// sources are the readers of the formats that hand out points in batches.
var sources = map[Format]points{
	PLY: func(in *input) (cloud.Source, error) { return ply.Points(in.r, &ply.Options{Size: in.size}) },
	PCD: func(in *input) (cloud.Source, error) { return pcd.Points(in.r, &pcd.Options{Size: in.size}) },
	XYZ: func(in *input) (cloud.Source, error) { return xyz.Points(in.r, &xyz.Options{Columns: in.o.Columns}) },
	LAS: func(in *input) (cloud.Source, error) { return las.Points(in.r, &las.Options{Size: in.size}) },
	LAZ: lazPoints,
	E57: e57Points,
	NPY: func(in *input) (cloud.Source, error) {
		a, err := npy.Read(in.r, &npy.Options{Size: in.size})
		if err != nil {
			return nil, err
		}
		return npy.Points([]*npy.Array{a})
	},
	NPZ: npzPoints,
}

// lazPoints reads compressed points, of which a COPC file has more than are wanted.
func lazPoints(in *input) (cloud.Source, error) {
	r, size, err := in.whole()
	if err != nil {
		return nil, err
	}
	src, err := laz.Points(in.ctx, r, size, &laz.Options{Collect: cloud.CollectOptions{MaxPoints: in.o.MaxPoints}})
	if err != nil {
		return nil, err
	}
	in.closers = append(in.closers, src)
	return src, nil
}

// npzPoints reads an archive of arrays.
func npzPoints(in *input) (cloud.Source, error) {
	r, size, err := in.whole()
	if err != nil {
		return nil, err
	}
	arrays, skipped, err := npy.ReadArchive(r, size, nil)
	if err != nil {
		return nil, err
	}
	in.skipped = skipped
	return npy.Points(arrays)
}

// readCloud reads a format of sources.
func readCloud(f Format) func(in *input) (*Model, error) {
	return func(in *input) (*Model, error) {
		src, err := sources[f](in)
		if err != nil {
			return nil, err
		}
		return in.collect(src)
	}
}

// collect keeps the points, or as many as wanted.
func (in *input) collect(src cloud.Source) (*Model, error) {
	m := &Model{}
	var left []string
	c, err := cloud.Collect(src, &cloud.CollectOptions{
		MaxPoints: in.o.MaxPoints, Recenter: true,
		SelectFields: func(count int64, fields []string) []string {
			kept := in.selectFields(count, fields)
			left = fields[len(kept):]
			return kept
		},
	})
	if err != nil {
		return nil, err
	}
	c.Fields = slices.DeleteFunc(c.Fields, unused)
	m.Cloud, m.Comments = c, c.Comments
	for _, name := range left {
		m.NotShown = append(m.NotShown, "field "+name)
	}
	m.NotShown = append(append(m.NotShown, in.skipped...), c.Skipped...)
	return m, nil
}

// unused reports whether a field is 0 everywhere: LAS files have many that their programs do not use.
func unused(f cloud.Field) bool {
	return len(f.Values) > 0 && !slices.ContainsFunc(f.Values, func(v float32) bool { return v != 0 })
}

// selectFields chooses the fields that are kept: those that fit into memory.
func (in *input) selectFields(count int64, fields []string) []string {
	if limit := int64(in.o.MaxPoints); limit > 0 && (count < 0 || count > limit) {
		count = limit
	}
	if count < 0 {
		count = 1 << 22 // a guess: no format of many points leaves it open
	}
	return fields[:min(int64(len(fields)), mostFieldValues/max(1, count))]
}

// PointFile is an open file of points, which are read as they are needed: there may be more than memory could hold. It is
// used by one goroutine at a time.
type PointFile struct {
	cloud.Source
	Format Format
	in     *input
}

// OpenPoints opens a file of points. It fails for a format that is no cloud, with an error that wraps [ErrNoPoints]; of a
// PLY file that has more than points, only these are read. Reading ends when ctx does.
//
// Its Next names the file in errors. MaxPoints of the options has no effect.
func OpenPoints(ctx context.Context, path string, o *Options) (*PointFile, error) {
	in, err := openInput(ctx, path, o)
	if err != nil {
		return nil, err
	}
	p, err := in.namedPoints()
	if err != nil {
		in.close()
	}
	return p, err
}

// ErrNoPoints is the reason of [OpenPoints] for a file of another kind.
var ErrNoPoints = errors.New("it is no point cloud")

// namedPoints opens the points of a file. Its errors name it.
func (in *input) namedPoints() (*PointFile, error) {
	p, err := in.openPoints()
	switch {
	case in.ctx.Err() != nil:
		return nil, context.Cause(in.ctx)
	case err != nil:
		return nil, in.named(err)
	}
	return p, nil
}

func (in *input) openPoints() (*PointFile, error) {
	f, err := in.format()
	if err != nil {
		return nil, err
	}
	open, ok := sources[f]
	if !ok {
		return nil, ErrNoPoints
	}
	src, err := open(in)
	return &PointFile{src, f, in}, err
}

// hasOnlyPoints reports whether the file is a cloud, and nothing else. It reads nothing that cannot be read again.
func (in *input) hasOnlyPoints() bool {
	f, err := in.format()
	if err != nil || sources[f] == nil {
		return false
	}
	start, err := in.start()
	if err != nil || f != PLY {
		return err == nil
	}
	_, only := onlyPoints(start)
	return only
}

// Next reads the next points, see [cloud.Source].
func (p *PointFile) Next(b *cloud.Batch) error {
	err := p.Source.Next(b)
	switch {
	case err == nil || err == io.EOF:
		return err
	case p.in.ctx.Err() != nil:
		return context.Cause(p.in.ctx)
	}
	return p.in.named(err)
}

// Close closes the file.
func (p *PointFile) Close() error { return p.in.close() }
