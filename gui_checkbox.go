package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var checkboxKind = state.GUIKind("GuiCheckboxMessage", new(wire.GuiCheckboxProps))

// A Checkbox is an input for a value that is true or false. Its value is a bool; Value,
// SetValue, OnUpdate and Updates are those of [Input].
type Checkbox struct {
	Input[bool]
	props wire.GuiCheckboxProps
}

// CheckboxOptions are the options of AddCheckbox.
type CheckboxOptions struct {
	Disabled bool     // whether the element is disabled; default false
	Hidden   bool     // whether the element is initially hidden; default false
	Hint     string   // the tooltip; default none
	Order    *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddCheckbox adds a checkbox.
func (c Container) AddCheckbox(label string, initial bool, opts *CheckboxOptions) *Checkbox {
	const fn = "AddCheckbox"
	o := orPtr(opts, CheckboxOptions{})
	b := &Checkbox{props: wire.GuiCheckboxProps{GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order})}}
	b.put(c, fn, checkboxKind, &b.props, &b.props.GuiBaseProps, initial, codec[bool]{
		kind:   "Checkbox",
		equal:  same[bool],
		encode: func(e *wire.Encoder, v bool) { e.Bool(v) },
		decode: func(v any) (bool, bool) {
			b, ok := v.(bool)
			return b, ok
		},
	})
	return b
}
