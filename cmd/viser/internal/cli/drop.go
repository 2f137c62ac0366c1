package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
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
	types := append(models.Endings(), partEndings...)
	server.OnDrop(s.dropped, &viser.DropOptions{Types: types, MaxBytes: largestDrop, Hint: "Drop files to show them"})
}

// noteFor is how long a note about a dropped file is shown.
const noteFor = 8 * time.Second

// dropped shows a file; one of the same name takes the place of the one that is shown.
func (s *session) dropped(ctx context.Context, e viser.DropEvent) {
	s.drops.mu.Lock()
	defer s.drops.mu.Unlock()
	name := e.File.Name()
	users, err := s.drops.keep(e.File)
	switch {
	case err != nil:
		s.tell(e.Client, name, nil, err)
	case len(users) > 0:
		for _, of := range users { // which are shown again with it, even if the page has left
			s.showDropped(context.WithoutCancel(ctx), e.Client, of)
		}
	case isPart(name):
		s.tell(e.Client, name, []string{"kept for a file that refers to it: drop that too"}, nil)
	default:
		s.showDropped(ctx, e.Client, name)
	}
}

// showDropped shows a file that is kept, and tells what of it is not shown, or why it is not.
func (s *session) showDropped(ctx context.Context, c *viser.Client, name string) {
	notShown, err := s.readDropped(ctx, name)
	if ctx.Err() == nil { // else the page has left
		s.tell(c, name, notShown, err)
	}
}

// tell tells about a file, in place of what was told about it before.
func (s *session) tell(c *viser.Client, name string, notes []string, err error) {
	s.drops.takeBack(name)
	var told []*viser.Notification
	if err != nil {
		s.report("not shown: " + oneLine(err))
		told = append(told, c.Notify("Not shown: "+name, oneLine(err), &viser.NotificationOptions{Color: viser.Red}))
	}
	for _, line := range notes {
		s.report(name + ": " + line)
		told = append(told, c.Notify(name, line, &viser.NotificationOptions{AutoClose: noteFor}))
	}
	if told != nil && s.drops.sizes[name] > 0 { // which bounds them
		s.drops.told[name] = told
	}
}

// readDropped shows a file that is kept. What belongs to it is not shown by itself any more.
func (s *session) readDropped(ctx context.Context, name string) (notShown []string, err error) {
	reading := s.reading
	reading.AllowOutside, reading.OnlyFolder = false, true // the flag is for the files of the command line
	m, err := models.Open(ctx, filepath.Join(s.drops.dir, name), &reading)
	if err != nil {
		var unknown *models.UnknownError
		if errors.As(err, &unknown) {
			s.drops.forget(name)
		} else {
			s.drops.failed[name] = err.Error()
		}
		return nil, s.hinted(err)
	}
	for _, part := range baseNames(m.Opened) {
		s.drops.takeBack(part)
		if part != name && s.drops.shown[part] {
			s.viewer.Remove(part)
			delete(s.drops.shown, part)
		}
	}
	var shown bool
	notShown, shown, err = s.viewer.Replace(m)
	if err == nil && !shown {
		if s.viewer.Shown() >= mostShown {
			return nil, errTooMany
		}
		if notShown, err = s.viewer.Show(m); err == nil {
			s.drops.shown[name] = true
		}
	}
	if err != nil {
		s.drops.forget(name)
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s.drops.loaded(m)
	return notShown, nil
}
