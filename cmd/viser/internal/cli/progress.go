package cli

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
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
	drawn       overwritten
}

func newProgress(sys *System, name string, size int64) *progress {
	p := &progress{out: sys.Err, terminal: sys.ErrIsTerminal, quiet: sys.noProgress, verb: "Reading", name: name, size: size, now: time.Now}
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
		p.drawn.draw(p.out, p.line(read, now))
	case !p.terminal && max(p.size, read) >= largeFile && now.Sub(p.last) >= nextLogLine:
		p.last = now
		fmt.Fprintln(p.out, p.line(read, now))
	}
}

func (p *progress) line(read int64, now time.Time) string {
	line := fmt.Sprintf("%s %s: %s", p.verb, shortened(p.name), bytesText(read))
	if p.size > 0 {
		line += fmt.Sprintf(" of %s, %d %%", bytesText(p.size), 100*read/p.size)
	}
	if passed := now.Sub(p.start).Seconds(); passed > 0 {
		line += fmt.Sprintf(", %s a second", bytesText(int64(float64(read)/passed)))
		if left := passed * float64(p.size-read) / float64(max(1, read)); p.size > 0 && left >= 1 {
			line += fmt.Sprintf(", %s left", (time.Duration(left) * time.Second).Truncate(time.Second))
		}
	}
	return line
}

// done removes the line.
func (p *progress) done() { p.drawn.clear(p.out) }

// overwritten is a line of a terminal that the next one overwrites.
type overwritten struct {
	width int // of the line that is shown
}

func (o *overwritten) draw(out io.Writer, line string) {
	fmt.Fprintf(out, "\r%-*s", o.width, line)
	o.width = utf8.RuneCountInString(line)
}

func (o *overwritten) clear(out io.Writer) {
	if o.width > 0 {
		fmt.Fprintf(out, "\r%s\r", strings.Repeat(" ", o.width))
		o.width = 0
	}
}

// longestName is how much of a name fits into a line of 80 characters beside the numbers.
const longestName = 24

// shortened cuts a long name in the middle, so that the line fits a terminal: one that wraps can't be overwritten.
func shortened(name string) string {
	name = printable(name)
	r := []rune(name)
	if len(r) <= longestName {
		return name
	}
	half := longestName / 2
	return string(r[:half]) + "…" + string(r[len(r)-half+1:])
}

// bytesText is a size for people.
func bytesText(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
