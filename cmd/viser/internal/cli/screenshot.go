package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/headless"
)

// screenshot is a picture to take.
type screenshot struct {
	sys           *System
	path          string
	width, height int
	format        viser.ImageFormat
}

func newScreenshot(path, size string, sys *System) (*screenshot, error) {
	s := &screenshot{path: path, sys: sys}
	switch ending := strings.ToLower(filepath.Ext(path)); ending {
	case ".png":
		s.format = viser.PNG
	case ".jpg", ".jpeg":
		s.format = viser.JPEG
	default:
		return nil, fmt.Errorf("--screenshot: the name must end in .png or .jpg, not %q", ending)
	}
	const most = 8192
	if n, err := fmt.Sscanf(size, "%dx%d", &s.width, &s.height); err != nil || n != 2 || fmt.Sprintf("%dx%d", s.width, s.height) != size ||
		s.width < 1 || s.height < 1 || s.width > most || s.height > most {
		return nil, fmt.Errorf("--size must be WIDTHxHEIGHT, each from 1 to %d, not %q", most, size)
	}
	return s, nil
}

const (
	// connectsWithin is how long a browser may take to show the page.
	connectsWithin = 60 * time.Second
	// rendersWithin is how long it may then take to render the picture: without a graphics card, on a busy machine.
	rendersWithin = 3 * time.Minute
)

// take starts the server and a browser, and writes the picture of what it shows, seen by that camera.
func (s *screenshot) take(ctx context.Context, server *viser.Server, pose viser.Pose, fov float64) error {
	connected := make(chan *viser.Client, 1)
	server.OnClientConnect(func(_ context.Context, c *viser.Client) {
		select {
		case connected <- c:
		default:
		}
	})
	if err := server.Start(ctx); err != nil {
		return err
	}
	browser, err := headless.Open(ctx, server.URL())
	if err != nil {
		return err
	}
	defer browser.Close()
	picture, err := s.render(ctx, connected, browser, &viser.RenderOptions{Format: s.format, Pose: &pose, FOV: fov})
	if err != nil {
		return err
	}
	return writeFile(s.path, s.sys, func(w io.Writer) error {
		_, err := w.Write(picture)
		return err
	})
}

func (s *screenshot) render(ctx context.Context, connected <-chan *viser.Client, browser *headless.Browser, o *viser.RenderOptions) ([]byte, error) {
	late := time.NewTimer(connectsWithin)
	defer late.Stop()
	select {
	case client := <-connected:
		ctx, cancel := context.WithTimeoutCause(ctx, rendersWithin, errors.New("the browser has not rendered the picture in time"))
		defer cancel()
		picture, err := client.RenderEncoded(ctx, s.width, s.height, o)
		if err != nil && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return picture, err
	case <-late.C:
		return nil, errors.New("the browser has not shown the page in time")
	case <-browser.Done():
		return nil, browser.Err()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
