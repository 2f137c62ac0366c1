package viser

import (
	"context"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// An Input is an element with a value that both the program and the pages set.
// It is equal on all pages; the page that sets it is not disturbed by an echo.
// All methods are safe for concurrent use.
type Input[T comparable] struct {
	control
	codec   codec[T]
	value   T // guarded by mu
	updated time.Time
	updates callbacks[UpdateEvent[T]]
}

// An UpdateEvent says that the value of an input has changed.
type UpdateEvent[T comparable] struct {
	Client *Client // whose page it was; nil if the program set the value
	Value  T       // the new value
	Target *Input[T]
}

// A codec says how the value of an input travels, and what it may be.
type codec[T comparable] struct {
	kind   string
	encode func(*wire.Encoder, T)
	// fit makes the program's value a valid one, or panics.
	fit func(fn string, v T) T
	// decode makes a page's value a valid one, or says that it is none. It is
	// called with mu held.
	decode func(v any) (T, bool)
}

// Value returns the current value.
func (in *Input[T]) Value() T {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.value
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
	changed := in.store(v, nil)
	in.mu.Unlock()
	if changed {
		in.runNow(UpdateEvent[T]{Value: v, Target: in})
	}
}

// fitLocked catches the panic of fit, so that mu can be released.
func (in *Input[T]) fitLocked(v T) (fit T, panicked any) {
	defer func() { panicked = recover() }()
	return in.codec.fit(in.codec.kind+".SetValue", v), nil
}

// store sets the value and tells pages, but not the one it came from; mu is held.
func (in *Input[T]) store(v T, from *Client) (changed bool) {
	if in.value == v {
		return false
	}
	in.value, in.updated = v, time.Now()
	client := state.Nobody
	if from != nil {
		client = from.id
	}
	in.ent.SetValue(client, func(e *wire.Encoder) { in.codec.encode(e, v) })
	return true
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

// receive takes a value from a page. What it cannot be is ignored.
func (in *Input[T]) receive(from *Client, updates wire.Updates) {
	for _, u := range updates {
		if u.Key != "value" {
			continue
		}
		in.mu.Lock()
		v, ok := in.codec.decode(u.Value)
		changed := ok && !in.gone && in.store(v, from)
		in.mu.Unlock()
		switch {
		case !ok:
			in.gui.server.log.limited("a page sent a value that the input cannot have; ignored", "input", in.codec.kind, "client", from.id)
		case changed && from.isConnected():
			e := UpdateEvent[T]{Client: from, Value: v, Target: in}
			fire(in.gui.server.dispatch, from.ctx, from.id, in, in.codec.kind+".OnUpdate", true, &in.updates, e)
		}
	}
}

// put places the input, with its first value.
func (in *Input[T]) put(c Container, fn string, kind *state.Kind, props wire.Props, common *wire.GuiBaseProps, v T, cd codec[T]) {
	in.codec, in.value, in.common = cd, v, common
	c.place(fn, &in.widget, kind, props, func(e *wire.Encoder) { cd.encode(e, v) }, in)
}
