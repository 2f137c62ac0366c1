package cli

import (
	"fmt"
	"io"
	"strings"
	"time"
)

const (
	// largeFile is the size from which on even a log shows the progress of reading.
	largeFile = 64 << 20
	// On a terminal the line appears after a moment, as most files are read within one.
	firstLine = 300 * time.Millisecond
	nextLine  = 100 * time.Millisecond
	// In a log each line stays.
	nextLogLine = 2 * time.Second
)

// progress reports how much of a file has been read: on a terminal in one line that is overwritten,
// elsewhere in occasional lines for large files.
type progress struct {
	out      io.Writer
	terminal bool
	quiet    bool   // shows nothing
	verb     string // "Reading"
	name     string
	size     int64 // 0 if unknown
	now      func() time.Time

	start, last time.Time
	width       int // of the line on the terminal
}

func newProgress(sys *System, name string, size int64) *progress {
	p := &progress{out: sys.Err, terminal: sys.ErrIsTerminal, verb: "Reading", name: name, size: size, now: time.Now}
	p.start = p.now()
	p.last = p.start.Add(firstLine - nextLine)
	return p
}

// show is called with the number of bytes read so far, at any rate.
func (p *progress) show(read int64) {
	now := p.now()
	switch {
	case p.quiet:
	case p.terminal && now.Sub(p.last) >= nextLine:
		p.last = now
		line := p.line(read, now)
		fmt.Fprintf(p.out, "\r%-*s", p.width, line)
		p.width = len(line)
	case !p.terminal && max(p.size, read) >= largeFile && now.Sub(p.last) >= nextLogLine:
		p.last = now
		fmt.Fprintln(p.out, p.line(read, now))
	}
}

func (p *progress) line(read int64, now time.Time) string {
	line := fmt.Sprintf("%s %s: %s", p.verb, p.name, megabytes(read))
	if p.size > 0 {
		line += fmt.Sprintf(" of %s, %d %%", megabytes(p.size), 100*read/p.size)
	}
	if passed := now.Sub(p.start).Seconds(); passed > 0 {
		line += fmt.Sprintf(", %s a second", megabytes(int64(float64(read)/passed)))
		if left := passed * float64(p.size-read) / float64(max(1, read)); p.size > 0 && left >= 1 {
			line += fmt.Sprintf(", %s left", (time.Duration(left) * time.Second).Truncate(time.Second))
		}
	}
	return line
}

// done removes the line.
func (p *progress) done() {
	if p.width > 0 {
		fmt.Fprintf(p.out, "\r%s\r", strings.Repeat(" ", p.width))
		p.width = 0
	}
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
