package viser

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser/internal/standalone"
	"github.com/viser-go/viser/internal/state"
)

// ExportOptions are optional settings of Server.ExportHTML.
type ExportOptions struct {
	// Title is the page's title. "" is the label of the panel, as the page's own is: Options.Label or, without one, "Viser"
	// until a recording sets another one.
	Title string
	// DarkMode shows the page in dark mode, whatever the theme is.
	DarkMode bool
	// Parameters are parameters of the page's address, such as hideViserLogo or initialCameraPosition, which the file
	// begins with. An address that has them takes precedence. The guide lists them, in docs/guide/page.md.
	Parameters url.Values
	// Client is whose scene and GUI are exported: what all clients see and its own, from where it looks. Nil: what all
	// clients see, from the initial camera.
	Client *Client
	// Recording is the path of a recording, which is exported with its time line instead of what the server shows.
	Recording string
}

// exportSettle is how long ExportHTML waits for the end of blocks of Atomic: one of them may be the caller's.
const exportSettle = time.Second

// ExportHTML writes a page that is one file: the web client, and what the server shows now, or a recording. A browser
// shows it without a server or a network, also from disk. Its controls do nothing, since there is no program. The client
// takes less than 700 KB of it, what a scene needs besides, such as Plotly, comes on top, and the recording takes 4/3 of
// its size. What the server shows is collected in a temporary file, in os.TempDir, so that large scenes take no more
// memory; nothing is locked while w is written to.
//
// The state is that at one moment, between blocks of Atomic: it waits for their end, but at most a second, since one may be
// the caller's. Any number of calls may run at once. It fails with ErrClientLeft if the client has left, if the
// server is closed, and in a program that was built without the web client. It panics with a *UsageError if both a client and a recording are given, or
// another server's client.
func (s *Server) ExportHTML(w io.Writer, opts *ExportOptions) error {
	o := ExportOptions{}
	if opts != nil {
		o = *opts
	}
	switch {
	case w == nil:
		usage("Server.ExportHTML", "the writer is nil")
	case o.Client != nil && o.Recording != "":
		usage("Server.ExportHTML", "a recording is not what a client sees: Client and Recording exclude each other")
	case o.Client != nil && o.Client.server != s:
		usage("Server.ExportHTML", "the client is one of another server")
	}
	var err error
	if o.Recording != "" {
		_, err = standalone.WriteFile(w, s.exportPage(o), o.Recording, nil)
	} else {
		err = s.exportState(w, o)
	}
	if err != nil {
		return fmt.Errorf("viser: export: %w", err)
	}
	return nil
}

func (s *Server) exportPage(o ExportOptions) standalone.Options {
	title := o.Title
	if title == "" {
		title = s.opts.Label
	}
	if title == "" {
		title = "Viser"
	}
	parameters := url.Values{}
	if o.Client != nil {
		viewOf(o.Client.Camera().State(), parameters)
	}
	for name, values := range o.Parameters {
		parameters[name] = values
	}
	return standalone.Options{Title: title, Stays: o.Title != "", Config: standalone.Config{DarkMode: o.DarkMode, Query: parameters.Encode()}}
}

// viewOf sets the parameters of a page that begins with a client's view.
func viewOf(c CameraEvent, parameters url.Values) {
	for name, v := range map[string]Vec3{"initialCameraPosition": c.Position, "initialCameraLookAt": c.LookAt, "initialCameraUp": c.UpDirection} {
		parameters.Set(name, joinNumbers(v[:]...))
	}
	parameters.Set("initialCameraFov", joinNumbers(c.FOV))
}

func joinNumbers(numbers ...float64) string {
	var b strings.Builder
	for i, x := range numbers {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatFloat(x, 'g', 9, 64))
	}
	return b.String()
}

func (s *Server) exportState(w io.Writer, o ExportOptions) error {
	var scope *state.Scope
	if o.Client != nil {
		scope = o.Client.scope
	}
	tap := s.store.Tap(scope, false)
	if tap == nil {
		return s.whyNoTap(o.Client)
	}
	defer tap.Close()
	ctx, cancel := context.WithTimeout(context.Background(), exportSettle)
	step, err := tap.Settle(ctx)
	cancel()
	if err != nil {
		return s.whyNoTap(o.Client)
	}
	out, err := standalone.NewRecorder(w, s.exportPage(o), (&RecordOptions{}).writer(time.Now()))
	if err != nil {
		return err
	}
	sink := recordSink{w: out}
	if step != nil {
		step.Write(&sink)
	}
	if sink.err != nil {
		out.Abort()
		return sink.err
	}
	return out.Close(0)
}
