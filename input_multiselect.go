package viser

import (
	"slices"

	"github.com/viser-go/viser/internal/wire"
)

var multiSelectKind = oursKind("GuiMultiSelectMessage", new(wire.GuiMultiSelectProps))

// A MultiSelect is a choice of any number among several: its value has those that
// are chosen, in the order in which the options stand.
//
// viser's own pages, which have none, show a line of text in its place.
type MultiSelect struct {
	Input[[]string]
	props wire.GuiMultiSelectProps
}

// MultiSelectOptions are the options of AddMultiSelect.
type MultiSelectOptions struct {
	InputOptions
	Initial []string // default: none is chosen
}

// AddMultiSelect adds a choice of any number among options, which are copied. It
// panics with a *UsageError if there are none, if two are equal, or one of Initial
// is not among them.
func (c Container) AddMultiSelect(label string, options []string, opts *MultiSelectOptions) *MultiSelect {
	const fn = "AddMultiSelect"
	o := orPtr(opts, MultiSelectOptions{})
	checkOptions(fn, options)
	checkDistinct(fn, options)
	h := &MultiSelect{props: wire.GuiMultiSelectProps{GuiBaseProps: c.base(fn, label, o.InputOptions), Options: slices.Clone(options)}}
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
	c.placeOurs(fn, &h.widget, multiSelectKind, &h.props, func(e *wire.Encoder) { encodeStrings(e, initial) }, &h.Input,
		"*A choice of several is here; this page cannot show it.*")
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
			usage(fn, "the option %q is there twice", s)
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

// Options returns a copy of what can be chosen.
func (h *MultiSelect) Options() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.props.Options)
}

// SetOptions replaces what can be chosen. What is chosen and no longer there goes,
// and callbacks run as for SetValue. It panics with a *UsageError if there are
// none, or two are equal.
func (h *MultiSelect) SetOptions(options []string) {
	const fn = "MultiSelect.SetOptions"
	checkOptions(fn, options)
	checkDistinct(fn, options)
	h.mu.Lock()
	h.props.Options = slices.Clone(options)
	h.changed(wire.GuiMultiSelectPropsOptions)
	e := UpdateEvent[[]string]{Value: h.sorted(h.value), Target: &h.Input}
	changed := !h.gone && h.store(e, true)
	h.mu.Unlock()
	if changed {
		h.runNow(e)
	}
}
