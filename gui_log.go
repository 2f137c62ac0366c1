package viser

import (
	"bytes"
	"strings"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var logKind = state.ExtensionKind("GuiLogMessage", new(wire.GuiLogProps))

// A Log shows lines of text that are appended over time, the newest at the end.
//
// Upstream viser does not support it; its client shows a line of text instead.
type Log struct {
	widget
	props wire.GuiLogProps
	keep  int
	lines int
}

// LogOptions are the options of AddLog.
type LogOptions struct {
	Label  string // the title; default none
	Height int    // the height, in pixels; default 160
	// Keep is the number of lines to keep; default 1000. When the log has grown to one
	// and a half times that, the oldest lines are removed at once.
	Keep   int
	Hidden bool     // whether the element is initially hidden; default false
	Order  *float64 // the sort key among its siblings, ascending; default after those added before
}

// A LogLevel is the severity of a line, which determines its style.
type LogLevel string

// The levels of a log.
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

// AddLog adds a log. It panics with a *UsageError if Height or Keep is negative.
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
	c.place(fn, &h.widget, logKind, &h.props, nil, nil)
	return h
}

// Print appends text, which may have several lines; lines are truncated to 64 KiB.
// Clients receive only the new lines, and show the end of the log unless the user has
// scrolled up. It panics with a *UsageError if there is no such level.
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

// Len returns the number of stored lines.
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

// SetLabel sets the title; "" for none.
func (h *Log) SetLabel(v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Label, text(v)) {
		h.changed(wire.GuiLogPropsLabel)
	}
}
