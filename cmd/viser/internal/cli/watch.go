package cli

import (
	"context"
	"os"
	"time"
)

const (
	// watchStep is how often watched files are looked at.
	watchStep = 300 * time.Millisecond
	// settled is how long a file must not have changed before it is read: programs write in pieces.
	settled = 2 * watchStep
)

// watched is what is known of a watched file.
type watched struct {
	from     operand
	modified time.Time
	size     int64
	// since is when the file last looked different; zero once that version has been read.
	since time.Time
}

// startWatching shows files again when they change. The channel is closed when it has ended, with ctx.
func (s *session) startWatching(ctx context.Context) <-chan struct{} {
	var files []*watched
	for _, from := range s.operands {
		if from.local() == "" {
			s.report(from.name() + " is not watched: only files on disk are")
			continue
		}
		w := &watched{from: from}
		w.changed(time.Time{})
		w.since = time.Time{}
		files = append(files, w)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(watchStep)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case now := <-ticker.C:
				for _, w := range files {
					if w.ready(now) {
						s.reload(ctx, w.from)
					}
				}
			}
		}
	}()
	return done
}

// changed looks at the file, and reports whether it is another version.
func (w *watched) changed(now time.Time) bool {
	info, err := os.Stat(string(w.from))
	if err != nil || info.ModTime().Equal(w.modified) && info.Size() == w.size {
		return false
	}
	w.modified, w.size, w.since = info.ModTime(), info.Size(), now
	return true
}

// ready reports whether there is a new version that is no longer written to.
func (w *watched) ready(now time.Time) bool {
	if w.changed(now) || w.since.IsZero() || now.Sub(w.since) < settled {
		return false
	}
	w.since = time.Time{}
	return true
}

// reload shows the new version of a file. One that cannot be read leaves what is shown.
func (s *session) reload(ctx context.Context, from operand) {
	m, err := load(ctx, from, s.reading, s.sys.silent())
	if err == nil {
		var notShown []string
		if notShown, _, err = s.viewer.Replace(m); err == nil {
			for _, line := range notShown {
				s.report(line)
			}
			s.report("shown again: " + from.name())
			return
		}
	}
	if ctx.Err() == nil {
		s.report("not shown again: " + oneLine(err))
	}
}
