package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var textKind = state.GUIKind("GuiTextMessage", new(wire.GuiTextProps))

// A Text is a text input. Its value is a string; Value, SetValue, OnUpdate and Updates
// are those of [Input].
type Text struct {
	Input[string]
	props wire.GuiTextProps
}

// TextOptions are the options of AddText.
type TextOptions struct {
	Multiline bool     // whether the text has several lines, so that Enter inserts a line break; default false
	Disabled  bool     // whether the element is disabled; default false
	Hidden    bool     // whether the element is initially hidden; default false
	Hint      string   // the tooltip; default none
	Order     *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddText adds a text input. Users can enter up to 50 MiB, the limit of a message; a
// program that stores the value should check its length.
func (c Container) AddText(label, initial string, opts *TextOptions) *Text {
	const fn = "AddText"
	o := orPtr(opts, TextOptions{})
	t := &Text{props: wire.GuiTextProps{GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}), Multiline: o.Multiline}}
	t.put(c, fn, textKind, &t.props, &t.props.GuiBaseProps, initial, codec[string]{
		kind: "Text", typed: true, encode: encodeString, equal: same[string],
		decode: func(v any) (string, bool) {
			s, ok := v.(string)
			return s, ok
		},
	})
	return t
}

func encodeString(e *wire.Encoder, v string) { e.String(v) }
