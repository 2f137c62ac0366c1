package viser

import (
	"context"
	"iter"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var commandKind = state.NewKind("RegisterCommandMessage", "CommandUpdateMessage", "RemoveCommandMessage", "uuid", false, new(wire.CommandProps))

// A Key is a key of the keyboard, for the hotkey of a command: a letter "A" to "Z", a
// digit "0" to "9", or one of the constants.
type Key string

// The keys with names.
const (
	KeySpace      Key = Key(wire.HotkeyKeySpace)
	KeyEnter      Key = Key(wire.HotkeyKeyEnter)
	KeyEscape     Key = Key(wire.HotkeyKeyEscape)
	KeyTab        Key = Key(wire.HotkeyKeyTab)
	KeyBackspace  Key = Key(wire.HotkeyKeyBackspace)
	KeyDelete     Key = Key(wire.HotkeyKeyDelete)
	KeyInsert     Key = Key(wire.HotkeyKeyInsert)
	KeyHome       Key = Key(wire.HotkeyKeyHome)
	KeyEnd        Key = Key(wire.HotkeyKeyEnd)
	KeyPageUp     Key = Key(wire.HotkeyKeyPageup)
	KeyPageDown   Key = Key(wire.HotkeyKeyPagedown)
	KeyArrowUp    Key = Key(wire.HotkeyKeyArrowup)
	KeyArrowDown  Key = Key(wire.HotkeyKeyArrowdown)
	KeyArrowLeft  Key = Key(wire.HotkeyKeyArrowleft)
	KeyArrowRight Key = Key(wire.HotkeyKeyArrowright)
)

func (k Key) check(fn string) {
	if len(k) == 1 && (k[0] >= 'A' && k[0] <= 'Z' || k[0] >= '0' && k[0] <= '9') {
		return
	}
	oneOf(fn, "Hotkey", k, "", KeySpace, KeyEnter, KeyEscape, KeyTab, KeyBackspace, KeyDelete, KeyInsert,
		KeyHome, KeyEnd, KeyPageUp, KeyPageDown, KeyArrowUp, KeyArrowDown, KeyArrowLeft, KeyArrowRight)
}

// A Command is an entry of the command palette, which Ctrl+K or Cmd+K opens. It can
// have a hotkey, which is ignored while the user types into a field. If two commands
// have the same hotkey, both run.
type Command struct {
	widget
	props    wire.CommandProps
	icon     Icon
	triggers callback.List[CommandEvent]
}

// CommandOptions are the options of AddCommand.
type CommandOptions struct {
	Description string     // the description; default none
	Hotkey      Key        // the hotkey; default none
	Modifiers   []Modifier // the modifier keys to hold with the hotkey, exactly these; default none
	Icon        Icon       // the icon beside the label; default none
	Disabled    bool       // whether the command is disabled; default false
}

// A CommandEvent reports that a user chose a command.
type CommandEvent struct {
	Client *Client // the client of the user
	Target *Command
}

// AddCommand adds a command. It is not shown in the container, but is removed with it.
// It panics with a *UsageError if there is no such hotkey or icon, or there are
// modifiers without a hotkey.
func (c Container) AddCommand(label string, opts *CommandOptions) *Command {
	const fn = "AddCommand"
	o := orPtr(opts, CommandOptions{})
	o.Hotkey.check(fn)
	mod := joinModifiers(fn, o.Modifiers)
	if o.Hotkey == "" && mod != "" {
		usage(fn, "there are modifiers, but no hotkey")
	}
	cmd := &Command{icon: o.Icon, props: wire.CommandProps{
		Label: label, Description: text(o.Description), Hotkey: text(string(o.Hotkey)), Modifier: mod.wire(),
		IconHTML: iconHTML(fn, o.Icon), Disabled: o.Disabled,
	}}
	c.placeAlone(fn, &cmd.widget, commandKind, &cmd.props, cmd)
	return cmd
}

// OnTrigger attaches fn for each time that the command is chosen; events that arrive
// while fn is busy are queued. ctx ends when that client leaves.
func (h *Command) OnTrigger(fn func(ctx context.Context, e CommandEvent)) (off func()) {
	checkCallback("Command.OnTrigger", fn)
	return h.triggers.Add(fn)
}

// Triggers yields an event for each time that the command is chosen, in order. The loop
// ends like that of [Button.Clicks].
func (h *Command) Triggers(ctx context.Context) iter.Seq[CommandEvent] {
	return callback.Seq(ctx, h.removed, h.gui.context(), h.OnTrigger)
}

// Description returns the command's description, "" for none.
func (h *Command) Description() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Description, "")
}

// SetDescription sets the command's description; "" for none.
func (h *Command) SetDescription(v string) {
	h.set(&h.props.Description, v, wire.CommandPropsDescription)
}

// Icon returns the icon, nil for none.
func (h *Command) Icon() Icon {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.icon
}

// SetIcon sets the icon; nil removes it. It panics with a *UsageError if there is no
// such icon.
func (h *Command) SetIcon(i Icon) {
	svg := iconHTML("Command.SetIcon", i)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.icon = i
	if replaceOptional(&h.props.IconHTML, svg) {
		h.changed(wire.CommandPropsIconHTML)
	}
}

// Hotkey returns the command's hotkey, "" for none, and the modifier keys to hold with
// it.
func (h *Command) Hotkey() (Key, []Modifier) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return Key(orPtr(h.props.Hotkey, "")), modifierOf(h.props.Modifier).Held()
}

// SetHotkey sets the command's hotkey, and exactly the modifier keys to hold with it;
// "" for none. It panics with a *UsageError if there is no such key, or if there are
// modifiers without a key.
func (h *Command) SetHotkey(key Key, mods ...Modifier) {
	const fn = "Command.SetHotkey"
	key.check(fn)
	mod := joinModifiers(fn, mods)
	if key == "" && mod != "" {
		usage(fn, "there are modifiers, but no hotkey")
	}
	h.set(&h.props.Hotkey, string(key), wire.CommandPropsHotkey)
	h.set(&h.props.Modifier, string(mod), wire.CommandPropsModifier)
}

func (h *Command) set(field **string, v string, index int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(field, text(v)) {
		h.changed(index)
	}
}

// commandTriggered handles a choice from a page.
func (c *Client) commandTriggered(m *wire.CommandTriggerMessage) {
	h, ok := c.element(m.UUID).(*Command)
	if !ok || !c.isConnected() || h.Disabled() {
		return
	}
	c.auditedElement("command chosen", auditElement{"Command", h.Label(), h.uuid})
	fire(c, h, dispatch.Event{Name: "Command.OnTrigger", Label: h.Label(), UUID: h.uuid}, false, &h.triggers, CommandEvent{Client: c, Target: h})
}
