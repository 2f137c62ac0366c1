package laz

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/viser-go/viser/formats/las"
)

// The kinds of compression.
const (
	pointwise        = 1 // all points are one chunk, and there is no table
	pointwiseChunked = 2
	layeredChunked   = 3
)

// The LASzip record of the header.
const (
	laszipUser   = "laszip encoded"
	laszipRecord = 22204
	fixedPart    = 34 // bytes before the items
	itemSize     = 6
	variable     = 1<<32 - 1 // a chunk size
)

// items are the parts of records, by their numbers. size is 0 for bytes, of which there is any number; layers is how many
// parts the item has in a layered chunk, for bytes one for each.
var items = map[uint16]struct {
	size   uint16
	layers uint32
}{
	0:  {},
	6:  {size: 20},
	7:  {size: 8},
	8:  {size: 6},
	9:  {size: 29},
	10: {size: 30, layers: 9},
	11: {size: 6, layers: 1},
	12: {size: 8, layers: 2},
	13: {size: 29, layers: 1},
	14: {},
}

// modernBytes are bytes in layers.
const modernBytes = 14

// file is what is known of a file before its points are decoded.
type file struct {
	r      io.ReaderAt
	size   int64
	header *las.Header

	record      []byte // the LASzip record
	compression uint16
	chunkPoints uint32 // of each chunk but the last, or variable
	layers      uint32
}

func (f *file) bytes() uint64 { return uint64(max(0, f.size)) }

// chunk is a part of the file that is decoded by itself.
type chunk struct {
	offset, length, points uint64
}

// readHeader reads all that is before the points.
func (f *file) readHeader() (err error) {
	if f.header, err = las.ReadHeader(io.NewSectionReader(f.r, 0, f.size)); err != nil {
		return err
	}
	const compressedAt = 104
	if !f.header.Compressed {
		return failuref("header", compressedAt, "the points are not compressed: package las reads them")
	}
	if f.record = f.header.VLR(laszipUser, laszipRecord); f.record == nil {
		return failuref("header", uint64(f.header.PointsAt), "there is no LASzip record, which says how the points are compressed")
	}
	if err := f.readRecord(); err != nil {
		return failuref("header", uint64(f.header.PointsAt), "the LASzip record: %v", err)
	}
	return nil
}

// readRecord reads the LASzip record.
func (f *file) readRecord() error {
	le := binary.LittleEndian
	if len(f.record) < fixedPart {
		return fmt.Errorf("it has %d bytes, not %d or more", len(f.record), fixedPart)
	}
	f.compression = le.Uint16(f.record)
	if f.compression < pointwise || f.compression > layeredChunked {
		return fmt.Errorf("compression %d is unknown; 1 to 3 can be read", f.compression)
	}
	if f.chunkPoints = le.Uint32(f.record[12:]); f.chunkPoints == 0 {
		f.chunkPoints = variable
	}
	n, rest, total := int(le.Uint16(f.record[32:])), f.record[fixedPart:], 0
	if n == 0 || len(rest) < n*itemSize {
		return fmt.Errorf("%d items do not fit %d bytes", n, len(rest))
	}
	for k := range n {
		kind, size, version := le.Uint16(rest[k*itemSize:]), le.Uint16(rest[k*itemSize+2:]), le.Uint16(rest[k*itemSize+4:])
		known, ok := items[kind]
		if !ok || known.size != 0 && known.size != size || size == 0 {
			return fmt.Errorf("an item of kind %d and %d bytes is unknown", kind, size)
		}
		if layered := version >= 3; layered != (f.compression == layeredChunked) {
			return fmt.Errorf("an item of version %d does not fit compression %d", version, f.compression)
		}
		total += int(size)
		if f.layers += known.layers; kind == modernBytes {
			f.layers += uint32(size)
		}
	}
	if total != int(f.header.RecordLength) {
		return fmt.Errorf("its items have %d bytes, a point of the header %d", total, f.header.RecordLength)
	}
	return nil
}

// readFull reads exactly len(b) bytes.
func (f *file) readFull(b []byte, at uint64) error {
	if at > f.bytes() || uint64(len(b)) > f.bytes()-at {
		return io.ErrUnexpectedEOF
	}
	n, err := f.r.ReadAt(b, int64(at))
	switch {
	case n == len(b):
		return nil
	case err == nil || err == io.EOF:
		return io.ErrUnexpectedEOF
	}
	return err
}

// readTable returns the chunks of a file that is not COPC.
func (f *file) readTable(ctx context.Context) ([]chunk, error) {
	const pointerSize = 8
	points, start := f.header.Points, uint64(f.header.PointsAt)
	if points == 0 {
		return nil, nil
	}
	if f.compression == pointwise {
		if start >= f.bytes() {
			return nil, failure("points", start, io.ErrUnexpectedEOF)
		}
		return []chunk{{start, f.bytes() - start, points}}, nil
	}
	at, err := f.tableOffset(start)
	if err != nil {
		return nil, failure("pointer to the table of chunks", start, err)
	}
	chunks, err := f.decodeTable(ctx, at, start+pointerSize)
	if err != nil {
		return nil, failure("table of chunks", at, err)
	}
	return chunks, nil
}

// tableOffset returns where the table of chunks is. A program that cannot go back in the file it writes leaves the place
// for that before the points as it is, and writes it at the end.
func (f *file) tableOffset(start uint64) (uint64, error) {
	var raw [8]byte
	for _, place := range []uint64{start, f.bytes() - min(f.bytes(), 8)} {
		if err := f.readFull(raw[:], place); err != nil {
			return 0, err
		}
		at := binary.LittleEndian.Uint64(raw[:])
		if at >= start+8 && at < f.bytes() {
			return at, nil
		}
	}
	return 0, errors.New("there is no table of chunks: the file was cut off, or is not finished")
}

// decodeTable reads the table at a place; the chunks are between start and it.
func (f *file) decodeTable(ctx context.Context, at, start uint64) ([]chunk, error) {
	var head [8]byte
	if err := f.readFull(head[:], at); err != nil {
		return nil, err
	}
	n := binary.LittleEndian.Uint32(head[4:])
	// A chunk begins with a point that is not compressed.
	const maxChunks = 1 << 22
	if most := (at - start) / uint64(f.header.RecordLength); uint64(n) > min(most, maxChunks) {
		return nil, fmt.Errorf("%d bytes of points cannot be %d chunks", at-start, n)
	}
	i, err := newInstance(ctx, f, everything)
	if err != nil {
		return nil, err
	}
	chunks, err := i.table(at, n, f.chunkPoints == variable)
	if err != nil {
		return nil, err
	}
	left := f.header.Points
	for k := range chunks {
		c := &chunks[k]
		if c.offset = start; c.length > at-start {
			return nil, fmt.Errorf("chunk %d of %d is longer than what is left of the points", k+1, n)
		}
		start += c.length
		if f.chunkPoints != variable {
			c.points = uint64(f.chunkPoints)
		}
		c.points = min(c.points, left)
		left -= c.points
	}
	if left > 0 {
		return nil, fmt.Errorf("the chunks have %d points, the header %d", f.header.Points-left, f.header.Points)
	}
	return chunks, nil
}

// checkLayers refuses a chunk whose layers are longer than itself, or that has fewer points than it should.
func (f *file) checkLayers(c chunk) error {
	first := uint64(f.header.RecordLength)
	head := first + 4 + 4*uint64(f.layers)
	if c.length < head {
		return fmt.Errorf("a chunk of %d bytes has no room for %d layers", c.length, f.layers)
	}
	raw := make([]byte, head-first)
	if err := f.readFull(raw, c.offset+first); err != nil {
		return err
	}
	if n := binary.LittleEndian.Uint32(raw); uint64(n) < c.points {
		return fmt.Errorf("it says that it has %d points, and should have %d", n, c.points)
	}
	total := head
	for raw = raw[4:]; len(raw) > 0; raw = raw[4:] {
		total += uint64(binary.LittleEndian.Uint32(raw))
	}
	if total > c.length {
		return fmt.Errorf("its layers have %d bytes, the chunk %d", total, c.length)
	}
	return nil
}
