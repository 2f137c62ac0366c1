package viser

import (
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	dropdownKind    = state.GUIKind("GuiDropdownMessage", new(wire.GuiDropdownProps))
	multiSelectKind = state.ExtensionKind("GuiMultiSelectMessage", new(wire.GuiMultiSelectProps))
)

// A Dropdown selects one of several options. Its value is a string; Value, SetValue,
// OnUpdate and Updates are those of [Input].
type Dropdown struct {
	Input[string]
	props wire.GuiDropdownProps
}

// DropdownOptions are the options of AddDropdown.
type DropdownOptions struct {
	Initial  string   // the initial value; default the first option
	Disabled bool     // whether the element is disabled; default false
	Hidden   bool     // whether the element is initially hidden; default false
	Hint     string   // the tooltip; default none
	Order    *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddDropdown adds an input that selects one of the options. It panics with a
// *UsageError if there are none, or Initial is not among them.
func (c Container) AddDropdown(label string, options []string, opts *DropdownOptions) *Dropdown {
	const fn = "AddDropdown"
	o := orPtr(opts, DropdownOptions{})
	checkOptions(fn, options)
	initial := or(o.Initial, options[0])
	checkMember(fn, options, initial)
	d := &Dropdown{props: wire.GuiDropdownProps{
		GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}), Options: slices.Clone(options),
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

// Options returns a copy of the options.
func (h *Dropdown) Options() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.props.Options)
}

// SetOptions replaces the options. If the value is no longer among them, it becomes the
// first one, and callbacks run as for SetValue. It panics with a *UsageError if there
// are none.
func (h *Dropdown) SetOptions(options []string) {
	checkOptions("Dropdown.SetOptions", options)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.props.Options = slices.Clone(options)
	h.changed(wire.GuiDropdownPropsOptions)
	if !h.gone && !slices.Contains(options, h.value) {
		h.store(UpdateEvent[string]{Value: options[0], Target: &h.Input}, 0)
	}
}

// A MultiSelect selects any number of several options. Its value is a []string: the
// selected options, in the order of the options. Value, SetValue, OnUpdate and Updates
// are those of [Input].
//
// Upstream viser does not support it; its client shows a line of text instead.
type MultiSelect struct {
	Input[[]string]
	props wire.GuiMultiSelectProps
}

// MultiSelectOptions are the options of AddMultiSelect.
type MultiSelectOptions struct {
	Initial  []string // the options that are initially selected; default none
	Disabled bool     // whether the element is disabled; default false
	Hidden   bool     // whether the element is initially hidden; default false
	Hint     string   // the tooltip; default none
	Order    *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddMultiSelect adds an input that selects any number of the options, which are
// copied. It panics with a *UsageError if there are none, if two are equal, or one of
// Initial is not among them.
func (c Container) AddMultiSelect(label string, options []string, opts *MultiSelectOptions) *MultiSelect {
	const fn = "AddMultiSelect"
	o := orPtr(opts, MultiSelectOptions{})
	checkOptions(fn, options)
	checkDistinct(fn, options)
	h := &MultiSelect{props: wire.GuiMultiSelectProps{GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}), Options: slices.Clone(options)}}
	h.common = &h.props.GuiBaseProps
	h.codec = codec[[]string]{
		kind: "MultiSelect", encode: encodeStrings, equal: slices.Equal[[]string], clone: slices.Clone[[]string],
		fit: func(fn string, v []string) []string {
			for _, s := range v {
				checkMember(fn, h.props.Options, s)
			}
			return h.sorted(v)
		},
		decode: func(v any) ([]string, bool) {
			list, ok := v.([]any)
			var chosen []string
			for _, x := range list {
				s, isText := x.(string)
				ok = ok && isText
				chosen = append(chosen, s)
			}
			in := h.sorted(chosen)
			return in, ok && len(in) == len(chosen)
		},
	}
	h.value = h.codec.fit(fn, o.Initial)
	initial := slices.Clone(h.value)
	c.place(fn, &h.widget, multiSelectKind, &h.props, func(e *wire.Encoder) { encodeStrings(e, initial) }, &h.Input)
	return h
}

func encodeStrings(e *wire.Encoder, v []string) {
	e.ArrayHeader(len(v))
	for _, s := range v {
		e.String(s)
	}
}

func checkDistinct(fn string, options []string) {
	seen := map[string]bool{}
	for _, s := range options {
		if seen[s] {
			usage(fn, "the option %q is given twice", s)
		}
		seen[s] = true
	}
}

// sorted gives those of the options that are in v, in their own order.
func (h *MultiSelect) sorted(v []string) []string {
	chosen := map[string]bool{}
	for _, s := range v {
		chosen[s] = true
	}
	out := []string{}
	for _, s := range h.props.Options {
		if chosen[s] {
			out = append(out, s)
		}
	}
	return out
}

// Options returns a copy of the options.
func (h *MultiSelect) Options() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.props.Options)
}

// SetOptions replaces the options. Selected options that are no longer among them are
// deselected, and callbacks run as for SetValue. It panics with a *UsageError if there
// are none, or two are equal.
func (h *MultiSelect) SetOptions(options []string) {
	const fn = "MultiSelect.SetOptions"
	checkOptions(fn, options)
	checkDistinct(fn, options)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.props.Options = slices.Clone(options)
	h.changed(wire.GuiMultiSelectPropsOptions)
	if !h.gone {
		h.store(UpdateEvent[[]string]{Value: h.sorted(h.value), Target: &h.Input}, 0)
	}
}
