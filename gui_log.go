package viser

import (
	"bytes"
	"strings"

	"github.com/viser-go/viser/internal/wire"
)

var logKind = extensionKind("GuiLogMessage", new(wire.GuiLogProps))

// A Log is a view of lines that are added one after another, the newest at the end.
//
// It is not supported by upstream viser, whose page shows a line of text in its place.
type Log struct {
	widget
	props wire.GuiLogProps
	keep  int
	lines int
}

// LogOptions are the options of AddLog.
type LogOptions struct {
	Label  string // the title; default: none
	Height int    // pixels; default 160
	// Keep is how many lines are kept; default 1000. When half as many more have been
	// added, the oldest are removed, all at once.
	Keep   int
	Hidden bool     // it is not shown
	Order  *float64 // place among its neighbors, small first; default: after what was added before
}

// A LogLevel decides the look of a line.
type LogLevel string

// The levels.
const (
	LogDebug LogLevel = "debug"
	LogInfo  LogLevel = "info"
	LogWarn  LogLevel = "warn"
	LogError LogLevel = "error"
)

const (
	defaultLogHeight = 160
	defaultLogKeep   = 1000
	maxLogLine       = 64 << 10
)

// AddLog adds a view of lines. It panics with a *UsageError if Height or Keep is
// negative.
func (c Container) AddLog(opts *LogOptions) *Log {
	const fn = "AddLog"
	o := orPtr(opts, LogOptions{})
	if o.Height < 0 || o.Keep < 0 {
		usage(fn, "Height is %d and Keep %d; neither may be negative", o.Height, o.Keep)
	}
	h := &Log{keep: or(o.Keep, defaultLogKeep), props: wire.GuiLogProps{
		Label: text(o.Label), Lines: wire.Array{DType: wire.Uint8, Data: []byte{}}, Height: or(o.Height, defaultLogHeight),
		Visible: !o.Hidden, Order: c.order(fn, o.Order),
	}}
	c.placeExtension(fn, &h.widget, logKind, &h.props, nil, nil, "*This client does not support logs.*")
	return h
}

// Print adds text at the end, a line for each of its lines; of a line, no more than 64
// KiB. Pages are sent what is new, and stay at the end unless the user has scrolled up.
// It panics with a *UsageError if there is no such level.
func (h *Log) Print(level LogLevel, text string) {
	oneOf("Log.Print", "level", level, LogDebug, LogInfo, LogWarn, LogError)
	var b bytes.Buffer
	n := 0
	for line := range strings.Lines(strings.ToValidUTF8(text, "\uFFFD")) {
		b.WriteByte(level[0])
		line = strings.TrimRight(line, "\r\n")
		b.WriteString(strings.ToValidUTF8(line[:min(len(line), maxLogLine)], ""))
		b.WriteByte('\n')
		n++
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if n == 0 || h.isGone("Log.Print") {
		return
	}
	h.lines += n
	if h.lines <= h.keep+h.keep/2 {
		appendBytes(h.ent, wire.GuiLogPropsLines, &h.props.Lines, b.Bytes())
		return
	}
	all := append(bytes.Clone(h.props.Lines.Bytes()), b.Bytes()...)
	for ; h.lines > h.keep; h.lines-- {
		all = all[bytes.IndexByte(all, '\n')+1:]
	}
	h.setLines(bytes.Clone(all))
}

// setLines replaces all lines; mu is held.
func (h *Log) setLines(b []byte) {
	h.props.Lines = wire.Array{DType: wire.Uint8, Data: b}
	h.changed(wire.GuiLogPropsLines)
}

// Clear removes all lines.
func (h *Log) Clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lines = 0
	h.setLines([]byte{})
}

// Len returns the number of lines that are kept.
func (h *Log) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.lines
}

// Label returns the title, "" for none.
func (h *Log) Label() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Label, "")
}

// SetLabel sets the title; "" is none.
func (h *Log) SetLabel(v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Label, text(v)) {
		h.changed(wire.GuiLogPropsLabel)
	}
}
