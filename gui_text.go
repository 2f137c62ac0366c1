package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var textKind = state.GUIKind("GuiTextMessage", new(wire.GuiTextProps))

// A Text is a field for text. Its value is a string; Value, SetValue, OnUpdate and
// Updates are those of [Input].
type Text struct {
	Input[string]
	props wire.GuiTextProps
}

// TextOptions are the options of AddText.
type TextOptions struct {
	Multiline bool     // several lines, and Enter begins a new one; default false
	Disabled  bool     // it is shown, but cannot be used; default false
	Hidden    bool     // it is not shown; default false
	Hint      string   // shown while the pointer is over it; default none
	Order     *float64 // place among its neighbors, small first; default: after what was added before
}

// AddText adds a field for text.
func (c Container) AddText(label, initial string, opts *TextOptions) *Text {
	const fn = "AddText"
	o := orPtr(opts, TextOptions{})
	t := &Text{props: wire.GuiTextProps{GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}), Multiline: o.Multiline}}
	t.put(c, fn, textKind, &t.props, &t.props.GuiBaseProps, initial, codec[string]{
		kind: "Text", encode: encodeString, equal: same[string],
		decode: func(v any) (string, bool) {
			s, ok := v.(string)
			return s, ok
		},
	})
	return t
}

func encodeString(e *wire.Encoder, v string) { e.String(v) }
