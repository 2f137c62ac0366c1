package viser

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// An Input is an element with a value that both the program and the pages set.
// It is equal on all pages; the page that sets it is not disturbed by an echo.
// All methods are safe for concurrent use.
type Input[T any] struct {
	control
	codec    codec[T]
	value    T // guarded by mu
	updated  time.Time
	setBy    *Client               // whose page set the value last; nil for the program
	watchers []chan UpdateEvent[T] // who iterates over Updates; guarded by mu
	updates  callbacks[UpdateEvent[T]]
}

// An UpdateEvent says that the value of an input has changed.
type UpdateEvent[T any] struct {
	Client *Client // whose page it was; nil if the program set the value
	Value  T       // the new value; a slice is shared by all who hear of it, so read it only
	Target *Input[T]
}

// A codec says how the value of an input travels, and what it may be.
type codec[T any] struct {
	kind   string
	encode func(*wire.Encoder, T)
	equal  func(a, b T) bool
	clone  func(T) T // nil if T has no parts that its owner could write to
	// fit makes the program's value a valid one, or panics.
	fit func(fn string, v T) T
	// decode makes a page's value a valid one, or says that it is none. It is
	// called with mu held.
	decode func(v any) (T, bool)
}

func (c *codec[T]) copy(v T) T {
	if c.clone == nil {
		return v
	}
	return c.clone(v)
}

func same[T comparable](a, b T) bool { return a == b }

// Value returns the current value.
func (in *Input[T]) Value() T {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.codec.copy(in.value)
}

// UpdateTime returns when the value last changed, the zero time if never.
func (in *Input[T]) UpdateTime() time.Time {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.updated
}

// SetValue sets the value on all pages. If it differs from the one before, the
// callbacks of OnUpdate run before the call returns, without a client. Numbers
// outside the input's range are moved to its end. It panics with a *UsageError if
// v cannot be a value of this input at all: a number that is not finite, a choice
// that is not among the options.
func (in *Input[T]) SetValue(v T) {
	in.mu.Lock()
	if in.isGone(in.codec.kind + ".SetValue") {
		in.mu.Unlock()
		return
	}
	v, panicked := in.fitLocked(v)
	if panicked != nil {
		in.mu.Unlock()
		panic(panicked)
	}
	e := UpdateEvent[T]{Value: v, Target: in}
	changed := in.store(e, true)
	in.mu.Unlock()
	if changed {
		in.runNow(e)
	}
}

// fitLocked catches the panic of fit, so that mu can be released.
func (in *Input[T]) fitLocked(v T) (fit T, panicked any) {
	defer func() { panicked = recover() }()
	return in.codec.fit(in.codec.kind+".SetValue", in.codec.copy(v)), nil
}

// store sets the value and tells pages, but not the one it came from, and if heard
// those who iterate over Updates; mu is held.
func (in *Input[T]) store(e UpdateEvent[T], heard bool) (changed bool) {
	if in.codec.equal(in.value, e.Value) {
		return false
	}
	except := in.knows(e.Client)
	in.value, in.updated, in.setBy = in.codec.copy(e.Value), time.Now(), e.Client
	in.ent.SetValue(except, func(enc *wire.Encoder) { in.codec.encode(enc, e.Value) })
	for _, w := range in.watchers {
		if !heard {
			break
		}
		select { // what was not taken yet is out of date
		case <-w:
		default:
		}
		w <- e
	}
	return true
}

// contested is how long after a value of somebody else a page's value may have
// crossed it on the way.
const contested = time.Second

// knows returns the page that needs not be told a value: the one that it came from.
// If somebody else set the value a moment ago, the two may have crossed, and the
// page would be left with the older one; so it is told what is. viser does not do
// that, nor do we for its page. mu is held.
func (in *Input[T]) knows(from *Client) int {
	if from == nil || from.speaksGo && in.setBy != from && time.Since(in.updated) < contested {
		return state.Nobody
	}
	return from.id
}

// runNow runs the callbacks in the caller's goroutine. One that panics is logged.
func (in *Input[T]) runNow(e UpdateEvent[T]) {
	d := in.gui.server.dispatch
	for _, cb := range in.updates.all() {
		d.guard(task{what: in.codec.kind + ".OnUpdate", run: func() { cb.fn(in.gui.server.ctx, e) }})
	}
}

// OnUpdate attaches fn for each change of the value, by a page or the program.
// While fn is busy, values from the same client replace each other. ctx ends when
// that client leaves, or the server closes.
func (in *Input[T]) OnUpdate(fn func(ctx context.Context, e UpdateEvent[T])) (off func()) {
	return in.updates.add(fn)
}

// Updates iterates over the changes of the value from the start of the loop on,
// by a page or the program:
//
//	for e := range slider.Updates(ctx) {
//		draw(e.Value)
//	}
//
// While the loop's body is busy, newer values replace each other: it gets the
// newest, never an old one. The loop ends when ctx does, when the input is removed,
// and when the server closes or the client leaves whose GUI it is in. Nothing runs
// beside the loop, so leaving it leaves nothing behind; several may run at once.
func (in *Input[T]) Updates(ctx context.Context) iter.Seq[UpdateEvent[T]] {
	return func(yield func(UpdateEvent[T]) bool) {
		news := make(chan UpdateEvent[T], 1)
		in.mu.Lock()
		in.watchers = append(in.watchers, news)
		in.mu.Unlock()
		defer in.unwatch(news)
		for {
			select {
			case <-ctx.Done():
				return
			case <-in.removed:
				return
			case <-in.gui.context().Done():
				return
			case e := <-news:
				if ctx.Err() != nil || !yield(e) {
					return
				}
			}
		}
	}
}

func (in *Input[T]) unwatch(news chan UpdateEvent[T]) {
	in.mu.Lock()
	defer in.mu.Unlock()
	i := slices.Index(in.watchers, news)
	in.watchers = slices.Delete(in.watchers, i, i+1)
}

// receive takes a value from a page. What it cannot be is ignored.
func (in *Input[T]) receive(from *Client, updates wire.Updates) {
	for _, u := range updates {
		if u.Key != "value" {
			continue
		}
		connected := from.isConnected()
		in.mu.Lock()
		v, ok := in.codec.decode(u.Value)
		e := UpdateEvent[T]{Client: from, Value: v, Target: in}
		changed := ok && !in.gone && in.store(e, connected)
		in.mu.Unlock()
		switch {
		case !ok:
			in.gui.server.log.limited("a page sent a value that the input cannot have; ignored", "input", in.codec.kind, "client", from.id)
		case changed && connected:
			fire(in.gui.server.dispatch, from.ctx, from.id, in, in.codec.kind+".OnUpdate", true, &in.updates, e)
		}
	}
}

// put places the input, with its first value.
func (in *Input[T]) put(c Container, fn string, kind *state.Kind, props wire.Props, common *wire.GuiBaseProps, v T, cd codec[T]) {
	in.codec, in.value, in.common = cd, v, common
	c.place(fn, &in.widget, kind, props, func(e *wire.Encoder) { cd.encode(e, v) }, in)
}
