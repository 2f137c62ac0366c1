package viser

import (
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	textKind     = state.GUIKind("GuiTextMessage", new(wire.GuiTextProps))
	checkboxKind = state.GUIKind("GuiCheckboxMessage", new(wire.GuiCheckboxProps))
	dropdownKind = state.GUIKind("GuiDropdownMessage", new(wire.GuiDropdownProps))
)

func encodeString(e *wire.Encoder, v string) { e.String(v) }

// A Text is a field for text.
type Text struct {
	Input[string]
	props wire.GuiTextProps
}

// TextOptions are the options of AddText.
type TextOptions struct {
	InputOptions
	Multiline bool // several lines; Enter begins a new one
}

// AddText adds a field for text.
func (c Container) AddText(label, initial string, opts *TextOptions) *Text {
	const fn = "AddText"
	o := orPtr(opts, TextOptions{})
	t := &Text{props: wire.GuiTextProps{GuiBaseProps: c.base(fn, label, o.InputOptions), Multiline: o.Multiline}}
	t.put(c, fn, textKind, &t.props, &t.props.GuiBaseProps, initial, codec[string]{
		kind: "Text", encode: encodeString, equal: same[string],
		fit: func(_ string, v string) string { return v },
		decode: func(v any) (string, bool) {
			s, ok := v.(string)
			return s, ok
		},
	})
	return t
}

// A Checkbox is a value that is true or false.
type Checkbox struct {
	Input[bool]
	props wire.GuiCheckboxProps
}

// CheckboxOptions are the options of AddCheckbox.
type CheckboxOptions struct{ InputOptions }

// AddCheckbox adds a checkbox.
func (c Container) AddCheckbox(label string, initial bool, opts *CheckboxOptions) *Checkbox {
	const fn = "AddCheckbox"
	o := orPtr(opts, CheckboxOptions{})
	b := &Checkbox{props: wire.GuiCheckboxProps{GuiBaseProps: c.base(fn, label, o.InputOptions)}}
	b.put(c, fn, checkboxKind, &b.props, &b.props.GuiBaseProps, initial, codec[bool]{
		kind:   "Checkbox",
		equal:  same[bool],
		encode: func(e *wire.Encoder, v bool) { e.Bool(v) },
		fit:    func(_ string, v bool) bool { return v },
		decode: func(v any) (bool, bool) {
			b, ok := v.(bool)
			return b, ok
		},
	})
	return b
}

// A Dropdown is a choice of one among several.
type Dropdown struct {
	Input[string]
	props wire.GuiDropdownProps
}

// DropdownOptions are the options of AddDropdown.
type DropdownOptions struct {
	InputOptions
	Initial string // default: the first one
}

// AddDropdown adds a choice of one among options. It panics with a *UsageError if
// there are none, or Initial is not among them.
func (c Container) AddDropdown(label string, options []string, opts *DropdownOptions) *Dropdown {
	const fn = "AddDropdown"
	o := orPtr(opts, DropdownOptions{})
	checkOptions(fn, options)
	initial := or(o.Initial, options[0])
	checkMember(fn, options, initial)
	d := &Dropdown{props: wire.GuiDropdownProps{
		GuiBaseProps: c.base(fn, label, o.InputOptions), Options: slices.Clone(options),
	}}
	p := &d.props
	d.put(c, fn, dropdownKind, p, &p.GuiBaseProps, initial, codec[string]{
		kind: "Dropdown", encode: encodeString, equal: same[string],
		fit: func(fn, v string) string {
			checkMember(fn, p.Options, v)
			return v
		},
		decode: func(v any) (string, bool) {
			s, ok := v.(string)
			return s, ok && slices.Contains(p.Options, s)
		},
	})
	return d
}

func checkOptions(fn string, options []string) {
	if len(options) == 0 {
		usage(fn, "there is nothing to choose from: the options are empty")
	}
}

func checkMember(fn string, options []string, v string) {
	if !slices.Contains(options, v) {
		usage(fn, "%q is not among the options %q", v, options)
	}
}

// Options returns a copy of what can be chosen.
func (h *Dropdown) Options() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.props.Options)
}

// SetOptions replaces what can be chosen. If the value is no longer among the
// options, it becomes the first one, and callbacks run as for SetValue. It panics
// with a *UsageError if there are none.
func (h *Dropdown) SetOptions(options []string) {
	checkOptions("Dropdown.SetOptions", options)
	h.mu.Lock()
	h.props.Options = slices.Clone(options)
	h.changed(wire.GuiDropdownPropsOptions)
	e := UpdateEvent[string]{Value: options[0], Target: &h.Input}
	changed := !h.gone && !slices.Contains(options, h.value) && h.store(e, true)
	h.mu.Unlock()
	if changed {
		h.runNow(e)
	}
}
