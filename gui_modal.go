package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var modalKind = state.NewKind("GuiModalMessage", "", "GuiCloseModalMessage", "uuid", false, nil)

// A Modal is a window over the page that blocks everything else until the program
// closes it. Users cannot close it, so add a button whose callback does.
type Modal struct {
	widget
	Container
	title string
}

// ModalOptions are the options of AddModal.
type ModalOptions struct {
	Order *float64 // place among other modals, small first; default: after what was added before
}

// AddModal opens a modal with that title. It is not inside the container, but is closed
// with it.
func (c Container) AddModal(title string, opts *ModalOptions) *Modal {
	const fn = "AddModal"
	order := c.order(fn, orPtr(opts, ModalOptions{}).Order)
	m := &Modal{title: title}
	m.Container = c.hold(&m.widget, &containerNode{})
	c.put(fn, &m.widget, nil, &state.Create{Kind: modalKind, Head: func(e *wire.Encoder) int {
		e.String("order")
		e.Float(order)
		e.String("uuid")
		e.String(m.uuid)
		e.String("title")
		e.String(title)
		return 3
	}})
	return m
}

// Title returns the heading.
func (h *Modal) Title() string { return h.title }

// Close closes the modal on all pages and removes what it holds, as Remove does. It
// may be called again.
func (h *Modal) Close() { h.Remove() }
