package laz

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/las"
)

const (
	// blockBytes is about how much a worker hands over at a time, and laneBlocks how many blocks may wait of each: enough
	// for a chunk of the usual size, so that all work while one is waited for.
	blockBytes = 512 << 10
	laneBlocks = 4
	// progressStep is how many bytes pass between two calls of Options.Progress.
	progressStep = 1 << 20
	// exactRatio is up to which ratio of compression a file is taken to have what its header claims.
	exactRatio = 16
)

// Source hands out the points of a LAZ file. Close may be called at any time; everything else is for one goroutine at a
// time.
type Source struct {
	file    *file
	options Options
	decoder *las.Decoder
	chunks  []chunk
	points  uint64 // of all chunks
	copc    copcNotes

	ctx     context.Context
	cancel  context.CancelCauseFunc
	workers sync.WaitGroup

	selected []string
	lanes    []chan block
	empty    chan []byte // buffers that can be used again
	current  int         // chunk
	done     uint64      // points
	err      error
	read     int64
	told     int64
}

// block is a number of records. The last one of a chunk says so, or has an error.
type block struct {
	records []byte
	last    bool
	err     error
}

// errClosed is the error of a source that was closed before its end.
var errClosed = errors.New("laz: the source is closed")

// Close ends the source, and waits for its goroutines. Calling it again has no effect.
func (s *Source) Close() error {
	s.cancel(errClosed)
	s.workers.Wait()
	return nil
}

// Header returns the header. It is the source's own: do not change it.
func (s *Source) Header() *las.Header { return s.file.header }

// Info implements [cloud.Source].
func (s *Source) Info() cloud.Info {
	info := s.decoder.Info()
	info.Points = int64(min(s.points, 1<<62))
	info.Exact = s.points < exactRatio*s.file.bytes()/uint64(s.file.header.RecordLength)
	s.copc.add(&info)
	return info
}

// Select implements [cloud.Source].
func (s *Source) Select(fields []string) {
	s.selected = fields
	s.decoder.Select(fields)
}

// Next implements [cloud.Source].
func (s *Source) Next(b *cloud.Batch) error {
	if s.err == nil && s.lanes == nil {
		s.start()
	}
	for s.err == nil {
		if s.current == len(s.chunks) {
			s.fail(io.EOF)
			break
		}
		next, err := s.take()
		if err == nil {
			err = next.err
		}
		if err != nil {
			s.fail(s.locate(err))
			break
		}
		if next.last {
			s.finishChunk()
		}
		if len(next.records) == 0 {
			continue
		}
		s.decoder.Decode(next.records, b)
		s.done += uint64(len(b.Points))
		s.recycle(next.records)
		return nil
	}
	return s.err
}

func (s *Source) take() (block, error) {
	if s.ctx.Err() != nil {
		return block{}, context.Cause(s.ctx)
	}
	select {
	case next := <-s.lanes[s.current%len(s.lanes)]:
		return next, nil
	case <-s.ctx.Done():
		return block{}, context.Cause(s.ctx)
	}
}

// fail ends the source.
func (s *Source) fail(err error) {
	s.err = err
	s.cancel(err)
	s.workers.Wait()
}

// locate says where an error is. That of the context, or of Close, is returned as it is.
func (s *Source) locate(err error) error {
	if s.ctx.Err() != nil {
		return context.Cause(s.ctx)
	}
	var located *cloud.Error
	if errors.As(err, &located) {
		return err
	}
	where := fmt.Sprintf("chunk %d of %d, after point %d of %d", s.current+1, len(s.chunks), s.done, s.points)
	return failure(where, s.chunks[s.current].offset, err)
}

// finishChunk goes on to the next chunk.
func (s *Source) finishChunk() {
	s.read += int64(s.chunks[s.current].length)
	s.current++
	if s.options.Progress != nil && s.read-s.told >= progressStep {
		s.told = s.read
		s.options.Progress(s.read, s.total())
	}
}

func (s *Source) total() (n int64) {
	for _, c := range s.chunks {
		n += int64(c.length)
	}
	return n
}

// recycle keeps a buffer for later.
func (s *Source) recycle(records []byte) {
	select {
	case s.empty <- records[:0]:
	default:
	}
}

// start starts the workers. Each decodes every so manieth chunk into a lane of its own.
func (s *Source) start() {
	n := s.options.Workers
	if n <= 0 {
		n = min(2, runtime.GOMAXPROCS(0))
	}
	n = max(1, min(n, len(s.chunks)))
	s.lanes = make([]chan block, n)
	s.empty = make(chan []byte, n*(laneBlocks+1))
	fields := s.selection()
	for lane := range s.lanes {
		s.lanes[lane] = make(chan block, laneBlocks)
		s.workers.Go(func() { s.work(lane, fields) })
	}
}

// work decodes the chunks of a lane.
func (s *Source) work(lane int, fields uint32) {
	out := s.lanes[lane]
	i, err := newInstance(s.ctx, s.file, fields)
	for k := lane; k < len(s.chunks); k += len(s.lanes) {
		if err == nil {
			err = s.decodeChunk(i, s.chunks[k], out)
		}
		if !s.send(out, block{last: true, err: err}) || err != nil {
			return
		}
	}
}

func (s *Source) send(out chan<- block, b block) bool {
	select {
	case out <- b:
		return true
	case <-s.ctx.Done():
		return false
	}
}

// decodeChunk sends the records of a chunk.
func (s *Source) decodeChunk(i *instance, c chunk, out chan<- block) error {
	if c.points == 0 {
		return nil
	}
	if s.file.compression == layeredChunked {
		if err := s.file.checkLayers(c); err != nil {
			return err
		}
	}
	if err := i.begin(c); err != nil {
		return err
	}
	most := uint64(max(1, blockBytes/int(s.file.header.RecordLength)))
	for left := c.points; left > 0; {
		n := min(left, most)
		records, err := i.decode(s.buffer(), int(n))
		if err != nil {
			return err
		}
		if left -= n; !s.send(out, block{records: records}) {
			return context.Cause(s.ctx)
		}
	}
	return nil
}

func (s *Source) buffer() []byte {
	select {
	case b := <-s.empty:
		return b
	default:
		return nil
	}
}

// The fields that a decoder of layered chunks can leave out, as bits of its selection. The coordinates on x and y and
// the returns are always there.
const (
	selectZ = 1 << iota
	selectClassification
	selectFlags
	selectIntensity
	selectScanAngle
	selectUserData
	selectPointSource
	selectTime
	selectColor
	selectNIR
	selectWaves
	selectExtra
)

// selections are what the fields of package las need.
var selections = map[string]uint32{
	"intensity": selectIntensity, "classification": selectClassification, "scan_angle": selectScanAngle,
	"user_data": selectUserData, "point_source_id": selectPointSource, "gps_time": selectTime, "nir": selectNIR,
	"return_number": 0, "number_of_returns": 0, "scanner_channel": 0,
	"synthetic": selectFlags, "key_point": selectFlags, "withheld": selectFlags, "overlap": selectFlags,
	"scan_direction": selectFlags, "edge_of_flight_line": selectFlags,
}

// selection says which fields to decode.
func (s *Source) selection() uint32 {
	selected := uint32(selectZ | selectColor)
	if s.decoder.Info().HasNormals {
		selected |= selectExtra
	}
	for _, name := range s.selected {
		bits, standard := selections[name]
		if !standard {
			bits = selectExtra
		}
		selected |= bits
	}
	return selected
}
