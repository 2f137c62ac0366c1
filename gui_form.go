package viser

import (
	"context"
	"iter"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var formKind = state.GUIKind("GuiFormMessage", new(wire.GuiFolderProps))

// A Form is a folder whose inputs belong together. Each input has its own value and its
// own OnUpdate, as anywhere; the form's OnSubmit runs when all of it is complete: when
// the user presses Enter in a field of one line, or the program calls Submit, for
// instance from a button's OnClick. Pages mark a form that was edited and not submitted
// since.
type Form struct {
	Folder
	submits callback.List[FormEvent]
}

// A FormEvent says that a form was submitted.
type FormEvent struct {
	Client *Client // who submitted it; nil if the program called Submit
	Target *Form
}

// AddForm adds a form; a label of "" leaves out its heading. Forms cannot be inside
// forms: it panics with a *UsageError if c is a form, or in one.
func (c Container) AddForm(label string, opts *FolderOptions) *Form {
	const fn = "AddForm"
	f := &Form{}
	f.props = c.folderProps(fn, label, orPtr(opts, FolderOptions{}))
	f.Container = c.hold(&f.widget, &containerNode{up: c.at, form: true})
	c.place(fn, &f.widget, formKind, &f.props, nil, f)
	return f
}

// OnSubmit attaches fn for each time that the form is submitted. Submissions that come
// while fn is busy are queued; those of all clients and the program are handled one
// after the other. ctx ends when that client leaves; for a submission by the program,
// when the client leaves whose form it is, or the server closes.
func (h *Form) OnSubmit(fn func(ctx context.Context, e FormEvent)) (off func()) {
	return h.submits.Add(fn)
}

// Submits yields the times that the form is submitted, in order. The loop ends as
// that of [Button.Clicks] does.
func (h *Form) Submits(ctx context.Context) iter.Seq[FormEvent] {
	return callback.Seq(ctx, h.removed, h.widget.gui.context(), h.OnSubmit)
}

// Submit submits the form: the callbacks of OnSubmit are queued, without a client, and
// pages remove the mark of edits. The call does not wait for the callbacks.
func (h *Form) Submit() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.isGone("Form.Submit") {
		h.submitted(nil, &wire.GuiFormSubmitMessage{UUID: h.uuid})
	}
}

// submitted queues the callbacks and sends the state to all pages, also to the one that
// it comes from, which marks the form until then. mu is held, so that callbacks and
// pages get submissions in the same order.
func (h *Form) submitted(from *Client, m wire.Message) {
	gui := h.widget.gui
	ctx := gui.context()
	if from != nil {
		ctx = from.ctx
	}
	fireShared(gui.server.dispatch, ctx, from, h, "Form.OnSubmit", false, &h.submits, FormEvent{Client: from, Target: h})
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
