package viser

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/wire"
)

// DropOptions are the options of [Server.OnDrop].
type DropOptions struct {
	// Types are the endings of the names of files that are taken, such as ".ply" or
	// ".tar.gz", regardless of case; default any.
	Types []string
	// MaxBytes is the maximum size of a file, in bytes; default 4 GiB.
	MaxBytes int64
	// IdleTimeout is the time without data after which an upload is ended; default two
	// minutes.
	IdleTimeout time.Duration
	// Hint is what the page says while a file is dragged over it; default a text of
	// the page.
	Hint string
}

// A DropEvent reports a file that a user dropped on the page.
type DropEvent struct {
	Client *Client       // the client that sent the file
	File   *UploadedFile // valid until the callback returns
}

// OnDrop attaches fn for each file that a user drops on the page, or opens there, once it
// was received completely. Only clients with [RoleOperate] can send one. Files of one
// client are handled one after the other, in the order of the drop; ctx ends when that
// client leaves. Each fn gets the files that its own options allow, and the page takes
// all that at least one fn gets.
//
// A recording (.viser) is not sent: the page plays it. Files that are dropped on an
// [UploadButton] go to that. Clients of upstream viser take no files.
//
// It panics with a *UsageError if MaxBytes or IdleTimeout is negative, or one of the
// Types does not begin with a period.
func (s *Server) OnDrop(fn func(ctx context.Context, e DropEvent), opts *DropOptions) (off func()) {
	const name = "Server.OnDrop"
	checkCallback(name, fn)
	o := orPtr(opts, DropOptions{})
	if o.MaxBytes < 0 || o.IdleTimeout < 0 {
		usage(name, "MaxBytes is %d and IdleTimeout %v; neither may be negative", o.MaxBytes, o.IdleTimeout)
	}
	checkDuration(name, "IdleTimeout", o.IdleTimeout)
	taker := &dropTaker{
		callbacks: callback.Only(fn), maxBytes: or(o.MaxBytes, defaultUploadBytes), idle: or(o.IdleTimeout, defaultUploadIdle), hint: o.Hint,
	}
	for _, t := range o.Types {
		if len(t) < 2 || t[0] != '.' {
			usage(name, "a type is %q; it must be the ending of a name, such as \".ply\"", t)
		}
		taker.types = append(taker.types, strings.ToLower(t))
	}
	s.drops.add(taker)
	var once sync.Once
	return func() { once.Do(func() { s.drops.remove(taker) }) }
}

// A dropTaker is a callback for dropped files. It does not change.
type dropTaker struct {
	callbacks *callback.List[DropEvent]
	types     []string // none: any
	maxBytes  int64
	idle      time.Duration
	hint      string
}

// named reports whether it takes files of that name.
func (t *dropTaker) named(file string) bool {
	file = strings.ToLower(file)
	return len(t.types) == 0 || slices.ContainsFunc(t.types, func(end string) bool { return strings.HasSuffix(file, end) })
}

// drops is the page as a place for files.
type drops struct {
	server *Server

	mu     sync.Mutex
	takers []*dropTaker // replaced, not changed
}

func (d *drops) all() []*dropTaker {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.takers
}

func (d *drops) add(t *dropTaker) {
	d.mu.Lock()
	d.takers = append(slices.Clip(d.takers), t)
	d.mu.Unlock()
	d.tell()
}

func (d *drops) remove(t *dropTaker) {
	d.mu.Lock()
	d.takers = slices.DeleteFunc(slices.Clone(d.takers), func(x *dropTaker) bool { return x == t })
	d.mu.Unlock()
	d.tell()
}

// tell tells all pages which files they take.
func (d *drops) tell() {
	for _, c := range d.server.sessionClients() {
		c.tellDrops()
	}
}

// message describes the union of what is taken.
func (d *drops) message() *wire.FileDropMessage {
	m := &wire.FileDropMessage{Types: []string{}}
	any := false
	for _, t := range d.all() {
		m.Enabled = true
		m.MaxBytes = max(m.MaxBytes, int(t.maxBytes))
		m.Hint = or(m.Hint, t.hint)
		any = any || len(t.types) == 0
		m.Types = append(m.Types, t.types...)
	}
	if any {
		m.Types = []string{}
	}
	slices.Sort(m.Types)
	m.Types = slices.Compact(m.Types)
	return m
}

// tellDrops tells the page which files it takes. One that was told nothing takes none.
func (c *Client) tellDrops() {
	if !c.extended {
		return
	}
	c.telling.Lock()
	defer c.telling.Unlock()
	m := c.server.drops.message()
	if m.Enabled || c.takesFiles {
		c.takesFiles = m.Enabled
		c.scope.SetPageCell("drop", m)
	}
}

func (d *drops) source() string               { return wire.DropSource }
func (d *drops) gone() bool                   { return len(d.all()) == 0 }
func (d *drops) audited() []slog.Attr         { return []slog.Attr{slog.String("element", "page")} }
func (d *drops) begun(*Client, *UploadedFile) {}

func (d *drops) idleTimeout() time.Duration {
	longest := time.Duration(0)
	for _, t := range d.all() {
		longest = max(longest, t.idle)
	}
	return or(longest, defaultUploadIdle)
}

func (d *drops) check(c *Client, name string, size int64) error {
	all := d.all()
	largest := int64(-1)
	for _, t := range all {
		if t.named(name) {
			largest = max(largest, t.maxBytes)
		}
	}
	switch {
	case c.isBack():
		return refusalOfThePast
	case len(all) == 0:
		return refusal("The program does not take files there any more.")
	case largest < 0:
		return refusal(fmt.Sprintf("Files of this type are not taken; these are: %s.", strings.Join(d.message().Types, ", ")))
	case size > largest:
		return tooLarge(largest)
	}
	return nil
}

func (d *drops) received(c *Client, f *UploadedFile) {
	event := dispatch.Event{Name: "Server.OnDrop", Client: c}
	for _, t := range d.all() {
		if t.named(f.name) && f.size <= t.maxBytes {
			fireFile(c, f, event, d, t.callbacks, DropEvent{Client: c, File: f})
		}
	}
}
