package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/models"
)

// aboutView is a function, as the list of formats is made when the program starts.
func aboutView() string {
	return `View shows files: ` + models.List() + `.
FILE is a file, a folder, a pattern such as "*.ply", the URL of a file, or - for standard input. Several are shown in one scene.
Without one, the page waits for files: whoever may operate it can drop some there.`
}

// viewFlags are the flags of view.
type viewFlags struct {
	server     serverFlags
	model      modelFlags
	watch      bool
	noDrop     bool
	screenshot string
	size       string
}

func runView(ctx context.Context, args []string, sys *System) error {
	fs := newFlagSet("view", "[flags] FILE…", aboutView(), sys.Out)
	var f viewFlags
	f.server.register(fs)
	f.model.register(fs)
	fs.BoolVar(&f.watch, "watch", false, "show a file again when it changes, with the camera where it is")
	fs.BoolVar(&f.noDrop, "no-drop", false, "take no files that are dropped on the page")
	fs.Var((*text)(&f.screenshot), "screenshot", "write a picture into this PNG or JPEG `file`, and end; it needs an installed Chromium or Chrome")
	fs.StringVar(&f.size, "size", "1280x720", "the size of the screenshot in pixels, `WIDTHxHEIGHT`")
	args, err := parse(fs, args)
	if err != nil {
		return err
	}
	s := session{sys: &System{}, drops: newDropFolder(), watch: f.watch, drop: !f.noDrop}
	*s.sys = *sys
	s.sys.Err = &lockedWriter{w: sys.Err}
	if s.reading, err = f.model.reading(); err == nil {
		s.showing, err = f.model.showing()
	}
	if err == nil && len(args) == 0 && (f.noDrop || f.screenshot != "") {
		err = errors.New("a file is missing")
	}
	if err == nil {
		err = f.server.check()
	}
	var shot *screenshot
	if err == nil && f.screenshot != "" {
		shot, err = newScreenshot(f.screenshot, f.size, sys)
	}
	if err != nil {
		return &usageError{"view", err.Error()}
	}
	s.showing.Report = s.report
	if s.operands, err = operandsOf(args); err != nil {
		return err
	}
	return s.run(ctx, &f.server, shot)
}

// emptyText is in the panel of a page that waits for files.
var emptyText = "**Drop files on this page to show them:** " + models.List() + `.

What a file refers to is dropped with it: the materials and textures of a mesh, the meshes of a robot. A folder may be
dropped, too.`

// session is one run of view.
type session struct {
	sys      *System
	reading  models.Options
	showing  view.Options
	operands []operand
	watch    bool
	drop     bool
	viewer   *view.Viewer
	drops    *dropFolder
}

func (s *session) run(ctx context.Context, f *serverFlags, shot *screenshot) error {
	if shot != nil {
		f.port = 0 // nobody else opens the page
	}
	server, err := f.server("view", s.sys) // before the files, which may be large: it checks flags
	if err != nil {
		return err
	}
	defer f.close()
	defer s.drops.close()
	defer server.Close() // again after that of serve, unless that is not reached
	if s.drop && len(s.operands) == 0 {
		s.showing.Empty = emptyText
	}
	s.viewer = view.New(server, s.showing)
	defer s.viewer.Close()
	if err := s.show(ctx); err != nil {
		return err
	}
	if shot != nil {
		s.viewer.Wait()
		pose, fov := s.viewer.Camera(float64(shot.width) / float64(shot.height))
		return shot.take(ctx, server, pose, fov)
	}
	if s.drop {
		s.acceptDrops(server)
	}
	if s.watch {
		ctx, stop := context.WithCancel(ctx)
		watching := s.startWatching(ctx)
		defer func() {
			stop()
			<-watching
		}()
	}
	return serve(ctx, server, f, s.sys, func() {})
}

// show reads the files, and shows them on the server. One of several that cannot be read is reported, and left out.
func (s *session) show(ctx context.Context) error {
	if len(s.operands) == 0 {
		return nil
	}
	var ms []*models.Model
	for _, from := range s.operands {
		m, err := load(ctx, from, s.reading, s.sys)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil && len(s.operands) == 1:
			return s.hinted(err)
		case err != nil:
			s.report(oneLine(s.hinted(err)))
			continue
		}
		ms = append(ms, m)
	}
	if len(ms) == 0 {
		return errors.New("none of the files can be shown")
	}
	notShown, err := s.viewer.Show(ms...)
	if err != nil {
		if len(ms) == 1 {
			return fmt.Errorf("%s: %w", ms[0].Name, err)
		}
		return err
	}
	for _, line := range notShown {
		if strings.Contains(line, "outside the folder") {
			line += " (with --allow-outside it is opened)"
		}
		s.report(line)
	}
	return nil
}

var errTooMany = fmt.Errorf("%d files are shown already", mostShown)

func (s *session) report(line string) { fmt.Fprintf(s.sys.Err, "viser: %s\n", line) }

// hinted adds to an error what the command offers against it.
func (s *session) hinted(err error) error {
	var unknown *models.UnknownError
	if errors.As(err, &unknown) && unknown.Recording {
		return fmt.Errorf("%w; \"viser play\" plays recordings", err)
	}
	return err
}
