package standalone

import (
	"errors"
	"io"
	"math"
	"os"

	"github.com/viser-go/viser/internal/recording"
)

// A Recorder writes a page with a recording that is made of single entries. The entries wait in a temporary file until
// Close. It is not safe for concurrent use.
type Recorder struct {
	page *Writer
	rec  *recording.Writer
}

// NewRecorder begins a page.
func NewRecorder(w io.Writer, o Options, r recording.WriterOptions) (*Recorder, error) {
	page, err := New(w, o)
	if err != nil {
		return nil, err
	}
	rec, err := recording.NewWriter(page, r)
	if err != nil {
		return nil, err
	}
	return &Recorder{page: page, rec: rec}, nil
}

// Add adds an entry. Its arrays must not be modified afterwards. An error that is not returned here is returned by Close.
func (r *Recorder) Add(e recording.Entry) error {
	if e.For == recording.Plain {
		return nil
	}
	r.page.Need(e.Message)
	return r.rec.Add(e)
}

// AddPose adds a pose, for which a page needs no part.
func (r *Recorder) AddPose(t float64, p *recording.Pose) error { return r.rec.AddPose(t, p) }

// Close writes the page, with a recording of that many seconds. It does not close the writer below.
func (r *Recorder) Close(duration float64) error {
	if err := r.rec.Close(duration); err != nil {
		return err
	}
	return r.page.Close()
}

// Abort ends the Recorder without completing the page.
func (r *Recorder) Abort() { _ = r.rec.Close(0) }

// WriteFile writes a page with the recording in a file, of any format that package recording reads. progress, if not nil,
// is called with the share that is done, from 0 to 1, and ends the call with its error. notes are what is wrong with the recording, for the user.
func WriteFile(w io.Writer, o Options, path string, progress func(share float64) error) (notes []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r, err := recording.Open(f, info.Size(), recording.OpenOptions{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if progress == nil {
		progress = func(float64) error { return nil }
	}
	if about := r.Info(); about.Format != recording.FormatOurs || !about.Complete {
		err = rewrite(w, o, r, progress)
	} else {
		err = embed(w, o, r, io.NewSectionReader(f, 0, info.Size()), progress)
	}
	return r.Notes(), err
}

// rewrite writes what can be read of a recording, with the index and the keyframes of ours.
func rewrite(w io.Writer, o Options, r *recording.Reader, progress func(float64) error) error {
	about := r.Info()
	out, err := NewRecorder(w, o, recording.WriterOptions{Program: about.Program})
	if err != nil {
		return err
	}
	n := int64(0)
	for e, err := range r.Entries(-1, math.Inf(1)) {
		if err == nil {
			err = out.Add(e)
		}
		if n++; err == nil {
			err = progress(float64(n) / float64(max(1, about.Entries)))
		}
		if err != nil {
			out.Abort()
			return err
		}
	}
	return out.Close(r.Duration())
}

// embed writes a recording of ours as it is.
func embed(w io.Writer, o Options, r *recording.Reader, file *io.SectionReader, progress func(float64) error) error {
	page, err := New(w, o)
	if err != nil {
		return err
	}
	// Most of the time goes into reading the entries.
	n, all := int64(0), max(1, r.Info().Entries)
	for e, err := range r.Entries(-1, math.Inf(1)) {
		if err != nil {
			return err
		}
		if e.For != recording.Plain {
			page.Need(e.Message)
		}
		n++
		if err := progress(float64(n) / float64(all)); err != nil {
			return err
		}
	}
	if _, err := io.Copy(page, file); err != nil {
		return err
	}
	return page.Close()
}
