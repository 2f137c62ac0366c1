package viser

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// An Input is an element with a value that both the program and clients set. All
// clients show the same value. A client does not receive its own changes back. All
// methods are safe for concurrent use.
type Input[T any] struct {
	control
	codec    codec[T]
	value    T // guarded by mu
	updated  time.Time
	setBy    *Client // who set the value last; nil for the program
	watchers callback.Watchers[UpdateEvent[T]]
	updates  callback.List[UpdateEvent[T]]
}

// An UpdateEvent reports a change of the value of an input.
type UpdateEvent[T any] struct {
	Client *Client // the client that set the value; nil for the program
	Value  T       // the new value; a slice is shared by all callbacks and must not be modified
	Target *Input[T]
}

// A codec encodes, decodes and validates the value of an input.
type codec[T any] struct {
	kind   string
	encode func(*wire.Encoder, T)
	equal  func(a, b T) bool
	clone  func(T) T // nil if T has no parts that its owner could write to
	// fit makes the program's value a valid one, or panics. It is nil if each value is valid.
	fit func(fn string, v T) T
	// decode makes a client's value a valid one, or reports false if it cannot be. It
	// is called with mu held.
	decode func(v any) (T, bool)
	typed  bool // users type the value, which may be a secret
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

// SetValue sets the value for all clients. If the value changes, the callbacks of
// OnUpdate are queued, without a client; the call does not wait for them, so a callback
// may call it, also for its own input. Numbers are clamped to the input's range. After
// Remove, or when the client of the input has left, it does nothing. It panics with a
// *UsageError if v is not a possible value of this input: a number that is not finite,
// or a string that is not among the options. See TrySetValue for values that come from
// data.
func (in *Input[T]) SetValue(v T) {
	if err := in.set("SetValue", v); err != nil && !errors.Is(err, ErrRemoved) {
		panic(err)
	}
}

// TrySetValue is like SetValue, for values that come from data: it returns an error
// where SetValue panics, and ErrRemoved after Remove or when the client of the input
// has left.
func (in *Input[T]) TrySetValue(v T) error { return in.set("TrySetValue", v) }

// set stores the program's value. The error is ErrRemoved, or the *UsageError for a v
// that cannot be a value.
func (in *Input[T]) set(fn string, v T) (err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	fn = in.codec.kind + "." + fn
	if in.isGone(fn) {
		return fmt.Errorf("viser: %s: %w", fn, ErrRemoved)
	}
	v, err = in.fitLocked(fn, v)
	if err == nil {
		in.store(UpdateEvent[T]{Value: v, Target: in}, 0)
	}
	return err
}

// fitLocked returns the *UsageError that fit panics with.
func (in *Input[T]) fitLocked(fn string, v T) (fit T, err error) {
	defer func() {
		switch reason := recover().(type) {
		case nil:
		case *UsageError:
			err = reason
		default:
			panic(reason)
		}
	}()
	v = in.codec.copy(v)
	if in.codec.fit != nil {
		v = in.codec.fit(fn, v)
	}
	return v, nil
}

// store sets the value if it differs, and sends it to all clients except the one that
// set it, to the callbacks, and to the loops over Updates. mu is held, so all receive
// values in the order in which they are stored.
func (in *Input[T]) store(e UpdateEvent[T], revision int) {
	if in.codec.equal(in.value, e.Value) {
		return
	}
	except := in.withoutEcho(e.Client, revision)
	in.value, in.updated, in.setBy = in.codec.copy(e.Value), time.Now(), e.Client
	in.ent.SetValue(except, func(enc *wire.Encoder) { in.codec.encode(enc, e.Value) })
	in.watchers.Put(e)
	if in.updates.Empty() {
		return // the name of a task would be an allocation
	}
	what := dispatch.Event{Name: in.codec.kind + ".OnUpdate", Label: in.common.Label, UUID: in.uuid}
	fireShared(in.gui, e.Client, in, what, true, &in.updates, e)
}

// contested is how long after a value from elsewhere a client's value without a
// revision may have crossed it in flight.
const contested = time.Second

// withoutEcho returns the client that a value need not be sent to: the one that set it.
// If another client set the value shortly before, the two messages may have crossed,
// and the client would end with the older value, so it receives the value too, unless
// its value has a revision: then it knows which of the two is older. Upstream viser does
// not do that, nor does this library for upstream viser's client. mu is held.
func (in *Input[T]) withoutEcho(from *Client, revision int) int {
	if from == nil || from.extended && revision == 0 && in.setBy != from && time.Since(in.updated) < contested {
		return state.NoClient
	}
	return from.id
}

// OnUpdate attaches fn for each change of the value, by a client or the program. The
// callbacks of one input run one at a time, in the order in which the values were set,
// whoever set them; the last value that they receive is the input's. While fn is busy,
// newer values from the same client replace older ones, and so do those of the program.
// ctx ends when that client leaves; for values of the program, when the server closes
// or, for an input of a client's GUI, when that client leaves.
func (in *Input[T]) OnUpdate(fn func(ctx context.Context, e UpdateEvent[T])) (off func()) {
	checkCallback("Input.OnUpdate", fn)
	return in.updates.Add(fn)
}

// Updates yields the changes of the value, by a client or the program, from the start
// of the loop on:
//
//	for e := range slider.Updates(ctx) {
//		draw(e.Value)
//	}
//
// While the loop body is busy, newer values replace older ones. The loop ends when ctx
// ends, when the input is removed, when the server closes, and, for an input of a
// client's GUI, when that client leaves. It runs in the caller's goroutine; several
// loops may run at once.
func (in *Input[T]) Updates(ctx context.Context) iter.Seq[UpdateEvent[T]] {
	return in.watchers.Seq(ctx, in.removed, in.gui.context().Done())
}

// receiveValue stores a value from a client. An invalid one is ignored, and the client
// receives the one that the input has.
func (in *Input[T]) receiveValue(from *Client, updates wire.Updates, revision int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	valid := true
	for _, u := range updates {
		if u.Key == "value" {
			valid = in.storeFrom(from, u.Value, revision)
		}
	}
	from.confirmValue(in.uuid, revision)
	switch {
	case valid || in.gone:
	case !from.extended:
		from.takeBack(in)
	case revision != 0:
		in.ent.SetValue(state.NoClient, func(enc *wire.Encoder) { in.codec.encode(enc, in.value) })
	}
}

func (in *Input[T]) sendValue(to *Client) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.gone {
		value := wire.Encoded(func(enc *wire.Encoder) { in.codec.encode(enc, in.value) })
		// An error means that the client has left, or does not read what it was sent.
		_ = to.scope.Send(&wire.GuiUpdateMessage{UUID: in.uuid, Updates: wire.Updates{{Key: "value", Value: value}}})
	}
}

// storeFrom stores a client's value, and reports whether it is one. mu is held.
func (in *Input[T]) storeFrom(from *Client, value any, revision int) bool {
	v, ok := in.codec.decode(value)
	if !ok {
		in.gui.server.log.limited("invalid input value", "input", in.codec.kind, "client", from.id)
		return false
	}
	if !in.gone {
		in.auditedValue(from, v)
		in.store(UpdateEvent[T]{Client: from, Value: v, Target: in}, revision)
	}
	return true
}

// put places the input, with its first value.
func (in *Input[T]) put(c Container, fn string, kind *state.Kind, props wire.Props, common *wire.GuiBaseProps, v T, cd codec[T]) {
	in.codec, in.value, in.common = cd, v, common
	c.place(fn, &in.widget, kind, props, func(e *wire.Encoder) { cd.encode(e, v) }, in)
}
