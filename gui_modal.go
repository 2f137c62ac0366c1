package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var modalKind = state.NewKind("GuiModalMessage", "", "GuiCloseModalMessage", "uuid", false, nil)

// A Modal is a dialog that blocks the rest of the page until the program closes it.
// Users cannot close it, so add a button whose callback calls Close.
type Modal struct {
	widget
	Container
	title string
}

// ModalOptions are the options of AddModal.
type ModalOptions struct {
	Order *float64 // the sort key among modals, ascending; default after those added before
}

// AddModal opens a modal with the given title. It is not shown in the container, but is
// closed with it.
func (c Container) AddModal(title string, opts *ModalOptions) *Modal {
	const fn = "AddModal"
	order := c.order(fn, orPtr(opts, ModalOptions{}).Order)
	m := &Modal{title: title}
	m.Container = c.hold(&m.widget, &containerNode{})
	c.put(fn, &m.widget, nil, &state.Create{Kind: modalKind, Head: state.Head(func(e *wire.Encoder) int {
		e.String("order")
		e.Float(order)
		e.String("uuid")
		e.String(m.uuid)
		e.String("title")
		e.String(title)
		return 3
	})})
	return m
}

// Title returns the heading.
func (h *Modal) Title() string { return h.title }

// Close closes the modal on all clients and removes its contents, like Remove. A second
// call does nothing.
func (h *Modal) Close() { h.Remove() }
