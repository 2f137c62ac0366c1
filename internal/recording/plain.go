package recording

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/klauspost/compress/zstd"
)

// WritePlain writes a recording as upstream viser does, as one zstd frame without anything of ours, for programs that
// read no more than that: without the GUI and the index, and 64-bit floats are as they were rounded. f is the file, of any
// format that Open reads. The entries of a file that is not complete, or not of ours, are collected in a temporary file
// first. progress is called with the share that is done and ends the call with its error. notes are what was wrong with
// the recording.
func WritePlain(w io.Writer, f io.ReaderAt, size int64, progress func(share float64) error) (notes []string, err error) {
	r, err := Open(f, size, OpenOptions{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if about := r.Info(); about.Format == FormatOurs && about.Complete {
		return r.Notes(), writePlain(w, io.NewSectionReader(f, 0, size), progress)
	}
	temp, err := os.CreateTemp("", "viser-recording-*")
	if err != nil {
		return nil, fmt.Errorf("recording: no temporary file: %w", err)
	}
	defer func() { err = errors.Join(err, temp.Close(), os.Remove(temp.Name())) }()
	if err := rewrite(temp, r); err != nil {
		return nil, err
	}
	whole, err := temp.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	return r.Notes(), writePlain(w, io.NewSectionReader(temp, 0, whole), progress)
}

// rewrite writes what upstream viser's client reads of a recording to an empty file.
func rewrite(f *os.File, r *Reader) error {
	w, err := NewWriter(f, WriterOptions{Program: r.Info().Program})
	if err != nil {
		return err
	}
	entry := func(e Entry) bool {
		if e.For != Ours {
			err = w.Add(e)
		}
		return err == nil
	}
	r.each(-1, math.Inf(1), visitor{entry: entry, plain: true}, func(failed error) { err = failed })
	return errors.Join(err, w.Close(r.Duration()))
}

// writePlain packs the stream of a complete recording anew: what is ours is in frames that are passed over.
func writePlain(w io.Writer, f *io.SectionReader, progress func(share float64) error) error {
	var head [8]byte
	if _, err := io.ReadFull(f, head[:]); err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	in := &counted{r: bufio.NewReaderSize(f, 1<<20), size: f.Size(), progress: progress}
	dec, err := zstd.NewReader(in, zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(math.MaxInt64), zstd.WithDecoderMaxWindow(1<<32-1<<10))
	if err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	defer dec.Close()
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderCRC(false))
	if err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	enc.ResetContentSize(w, int64(le.Uint64(head[:])))
	_, err = io.Copy(enc, dec)
	if err = errors.Join(err, enc.Close()); err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	return nil
}

// A counted reader tells how much was read.
type counted struct {
	r        io.Reader
	n, size  int64
	progress func(share float64) error
}

func (c *counted) Read(b []byte) (int, error) {
	if err := c.progress(float64(c.n) / float64(c.size)); err != nil {
		return 0, err
	}
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}
