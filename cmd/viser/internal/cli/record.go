package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/relay"
)

const aboutRecord = `Record writes what a running viser server shows, a Python program's or ours, and when it changes, into a .viser file. URL
is where its page is, such as http://localhost:8080. It ends with Ctrl-C, or after --for. The file is written meanwhile: if
the command is killed, it can be played up to the last second. If the server is restarted, the recording goes on.

It has what all pages show. What the program adds for each page (in on_client_connect) is recorded only with --client.`

func runRecord(ctx context.Context, args []string, sys *System) error {
	fs := newFlagSet("record", "-o FILE [flags] URL", aboutRecord, sys.Out)
	var o relay.Options
	var out text
	fs.Var(&out, "o", "write this `file`, instead of an existing one too; - is standard output, written at the end")
	var length time.Duration
	fs.Var((*duration)(&length), "for", "end after this `duration`, such as 90s; 0 records until Ctrl-C")
	fs.BoolVar(&o.Client, "client", false, "be a client of the program, as a page is, and record also what it shows to that")
	fs.Var((*text)(&o.Upstream.Token), "upstream-token", "the `secret` that the server requires, if it is not in URL")
	verbose := fs.Bool("verbose", false, "log more to standard error, including debug messages")
	operands, err := parse(fs, args)
	switch {
	case err != nil:
		return err
	case len(operands) != 1:
		return &usageError{"record", "it takes one URL, of the server to record"}
	case out == "":
		return &usageError{"record", "-o is missing: the file to write, such as -o session.viser"}
	case out == standardOutput && sys.OutIsTerminal:
		return &usageError{"record", "a recording is no text, and standard output is a terminal"}
	}
	f := serverFlags{verbose: *verbose}
	o.Upstream.URL, o.Shared, o.Logger = operands[0], true, newLogger(sys.Err, f.level())
	server := viser.New(&viser.Options{Logger: o.Logger})
	defer server.Close()
	r, err := relay.Start(ctx, server, o)
	if err != nil {
		return serverError(operands[0], "recorded", err)
	}
	defer r.Close()
	select {
	case <-time.After(settleTime):
	case <-ctx.Done():
	}
	rec, err := beginRecording(server, string(out), sys)
	if err != nil {
		return writeError(string(out), err)
	}
	line := &recordLine{out: sys.Err, name: nameOf(string(out)), length: length, shown: sys.ErrIsTerminal}
	if err := waitForRecording(ctx, rec, line); err != nil {
		return writeError(string(out), err)
	}
	if out != standardOutput {
		fmt.Fprintln(sys.Out, summary(string(out), rec.Stats()))
	}
	return nil
}

// settleTime is how long after the connection what a server shows is taken. What changes while a page connects, Python's
// viser sends only after it has said that all is there.
const settleTime = 100 * time.Millisecond

func beginRecording(server *viser.Server, path string, sys *System) (*viser.Recording, error) {
	o := &viser.RecordOptions{Program: "viser record"}
	if path == standardOutput {
		return server.Record(struct{ io.Writer }{sys.Out}, o) // not as a file, which may be shared with others
	}
	return server.RecordFile(path, o)
}

// standardOutput is the file name for standard output.
const standardOutput = "-"

func nameOf(path string) string {
	if path == standardOutput {
		return "standard output"
	}
	return filepath.Base(path)
}

// waitForRecording ends the recording when ctx ends, or when it has its length.
func waitForRecording(ctx context.Context, rec *viser.Recording, line *recordLine) error {
	var end <-chan time.Time
	if line.length > 0 {
		timer := time.NewTimer(line.length)
		defer timer.Stop()
		end = timer.C
	}
	tick := time.NewTicker(nextLine)
	defer tick.Stop()
	for waiting := true; waiting; {
		select {
		case <-tick.C:
			line.show(rec.Stats())
		case <-end:
			waiting = false
		case <-ctx.Done():
			waiting = false
		case <-rec.Done():
			waiting = false
		}
	}
	err := rec.Close()
	line.done()
	return err
}

// summary is what a recording has become. The file is smaller than what was written, as Close packs it.
func summary(path string, s viser.RecordingStats) string {
	line := fmt.Sprintf("%s: %s, %d messages", path, seconds(s.Duration), s.Messages)
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		line += ", " + bytesText(info.Size())
	}
	return line
}

// recordLine is the line on a terminal that tells how a recording goes.
type recordLine struct {
	out    io.Writer
	name   string
	length time.Duration // 0: until it is ended
	shown  bool

	last  viser.RecordingStats
	rate  float64 // bytes a second
	drawn overwritten
}

// show draws the line.
func (l *recordLine) show(s viser.RecordingStats) {
	if !l.shown {
		return
	}
	l.drawn.draw(l.out, l.line(s))
}

func (l *recordLine) line(s viser.RecordingStats) string {
	if passed := (s.Duration - l.last.Duration).Seconds(); passed >= 1 {
		l.rate, l.last = float64(s.Bytes-l.last.Bytes)/passed, s
	}
	line := fmt.Sprintf("Recording %s: %s, %s, %s a second", shortened(l.name), seconds(s.Duration), bytesText(s.Bytes), bytesText(int64(l.rate)))
	if left := l.length - s.Duration; l.length > 0 && left > 0 {
		line += fmt.Sprintf(", %s left", left.Round(time.Second))
	}
	return line
}

// done removes the line.
func (l *recordLine) done() { l.drawn.clear(l.out) }

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
