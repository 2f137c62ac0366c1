package cli

import (
	"context"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/models"
)

// largestDrop is the largest file that a page may send: larger ones are better named on the command line.
const largestDrop = 1 << 30

// mostShown is how many files pages may add: each one stays.
const mostShown = 200

// acceptDrops shows files that are dropped on the page.
func (s *session) acceptDrops(server *viser.Server) {
	server.OnDrop(s.dropped, &viser.DropOptions{Types: models.Endings(), MaxBytes: largestDrop, Hint: "Drop files to show them"})
}

// noteFor is how long a note about a dropped file is shown.
const noteFor = 8 * time.Second

// dropped shows a file; one of the same name takes the place of the one that is shown.
func (s *session) dropped(ctx context.Context, e viser.DropEvent) {
	name := e.File.Name()
	notShown, err := s.showDropped(ctx, e.File)
	switch {
	case ctx.Err() != nil: // the page has left
	case err != nil:
		s.report("not shown: " + oneLine(err))
		e.Client.Notify("Not shown: "+name, oneLine(err), &viser.NotificationOptions{Color: viser.Red})
	case len(notShown) > 0:
		for _, line := range notShown {
			s.report(name + ": " + line)
			e.Client.Notify(name, line, &viser.NotificationOptions{AutoClose: noteFor})
		}
	}
}

func (s *session) showDropped(ctx context.Context, f *viser.UploadedFile) ([]string, error) {
	if s.viewer.Shown() >= mostShown {
		return nil, errTooMany
	}
	m, err := models.Read(ctx, f.Reader(), f.Name(), f.Size(), &s.reading)
	if err != nil {
		return nil, s.hinted(err)
	}
	notShown, shown, err := s.viewer.Replace(m)
	if err == nil && !shown {
		notShown, err = s.viewer.Show(m)
	}
	return notShown, err
}
