package viser

import (
	"context"
	"iter"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var formKind = state.GUIKind("GuiFormMessage", new(wire.GuiFolderProps))

// A Form is a folder whose inputs are submitted together. Each input still has its own
// value and OnUpdate; OnSubmit is called when the user presses Enter in a single-line
// input, or when the program calls Submit or, from a button's OnClick, SubmitBy.
// Clients mark a form that has edits that were not submitted.
type Form struct {
	Folder
	submits callback.List[FormEvent]
}

// A FormEvent reports that a form was submitted.
type FormEvent struct {
	Client *Client // the client that submitted it, or that SubmitBy named; nil for Submit
	Target *Form
}

// AddForm adds a form; without a label it has no heading. Forms cannot be nested: it
// panics with a *UsageError if c is a form, or in one.
func (c Container) AddForm(label string, opts *FolderOptions) *Form {
	const fn = "AddForm"
	f := &Form{}
	f.props = c.folderProps(fn, label, orPtr(opts, FolderOptions{}))
	f.Container = c.hold(&f.widget, &containerNode{up: c.at, form: true})
	c.place(fn, &f.widget, formKind, &f.props, nil, f)
	return f
}

// OnSubmit attaches fn for each time that the form is submitted. Submissions that
// arrive while fn is busy are queued; those of all clients and the program are handled
// one after another. ctx ends when the submitting client leaves; for a submission by
// the program, when the server closes or, for a form of a client's GUI, when that
// client leaves.
func (h *Form) OnSubmit(fn func(ctx context.Context, e FormEvent)) (off func()) {
	checkCallback("Form.OnSubmit", fn)
	return h.submits.Add(fn)
}

// Submits yields an event for each time that the form is submitted, in order. The loop
// ends like that of [Button.Clicks].
func (h *Form) Submits(ctx context.Context) iter.Seq[FormEvent] {
	return callback.Seq(ctx, h.removed, h.widget.gui.context(), h.OnSubmit)
}

// Submit submits the form: the callbacks of OnSubmit are queued, without a client, and
// clients remove the mark of edits. The call does not wait for the callbacks.
func (h *Form) Submit() { h.submit("Form.Submit", nil) }

// SubmitBy is like Submit, on behalf of a client: as if its user had pressed Enter. A
// button that submits the form passes the client of its event. If the client has left,
// nothing happens; nil is the program. It panics with a *UsageError if the client is of
// another server, or the form of another client's GUI.
func (h *Form) SubmitBy(c *Client) {
	const fn = "Form.SubmitBy"
	gui := h.widget.gui
	switch {
	case c == nil:
	case c.server != gui.server:
		usage(fn, "the client belongs to another server")
	case gui.client != nil && gui.client != c:
		usage(fn, "the form belongs to another client")
	}
	if c == nil || c.ctx.Err() == nil {
		h.submit(fn, c)
	}
}

func (h *Form) submit(fn string, from *Client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.isGone(fn) {
		h.submitted(from, &wire.GuiFormSubmitMessage{UUID: h.uuid})
	}
}

// submitted queues the callbacks and sends the state to all clients, also to the
// submitting one, which marks the form until then. mu is held, so that callbacks and
// clients receive submissions in the same order.
func (h *Form) submitted(from *Client, m wire.Message) {
	what := dispatch.Event{Name: "Form.OnSubmit", Label: orPtr(h.props.Label, ""), UUID: h.uuid}
	fireShared(h.widget.gui, from, h, what, false, &h.submits, FormEvent{Client: from, Target: h})
	h.sendState(state.NoClient, m)
}

// sendState sends that the form was submitted or edited; the last state holds, also for
// pages that connect later.
func (h *Form) sendState(except int, m wire.Message) { h.ent.SetMessageFrom(except, "form", m) }

// formSubmitted handles a submission from a page.
func (c *Client) formSubmitted(m *wire.GuiFormSubmitMessage) {
	h, ok := c.element(m.UUID).(*Form)
	if !ok || !c.isConnected() {
		return
	}
	c.auditedElement("form submitted", auditElement{"Form", h.Label(), h.uuid})
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.gone {
		h.submitted(c, m)
	}
}

func (c *Client) formEdited(m *wire.GuiFormDirtyMessage) {
	if h, ok := c.element(m.UUID).(*Form); ok {
		h.sendState(c.id, m)
	}
}
