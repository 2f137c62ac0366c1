package viser

import (
	"context"
	"image/color"
	"math"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var notificationKind = state.NewKind("NotificationShowMessage", "", "RemoveNotificationMessage", "uuid", false, new(wire.NotificationProps))

// A Notification is a message in the corner of one client's page. All methods are safe
// for concurrent use; changes are shown at once. After Remove, when the client has left,
// or when the notification has closed by itself, Removed reports true, and setters do
// nothing.
type Notification struct {
	client *Client
	uuid   string

	mu    sync.Mutex
	ent   *state.Entity
	props wire.NotificationProps
	gone  bool
	timer *time.Timer // forgets it after AutoClose; nil for never
	due   time.Time   // when timer may do that
	stop  func() bool // no longer stops the timer when the client leaves
}

// NotificationOptions are the options of Notify.
type NotificationOptions struct {
	Loading     bool          // whether a spinner replaces the icon; default false
	NotClosable bool          // whether the user cannot close it; default false
	AutoClose   time.Duration // the time after which it closes by itself; default 0: never
	Color       color.Color   // a ColorName or any other color; default the theme's color
}

// Notify shows a notification on the client's page. It panics with a *UsageError if
// AutoClose is negative or Color is a ColorName that is not in the palette.
func (c *Client) Notify(title, body string, opts *NotificationOptions) *Notification {
	o := orPtr(opts, NotificationOptions{})
	n := &Notification{client: c, uuid: newUUID(), props: wire.NotificationProps{
		Title: title, Body: body, Loading: o.Loading, WithCloseButton: !o.NotClosable,
		AutoCloseSeconds: autoClose("Client.Notify", o.AutoClose), Color: wireColor("Client.Notify", o.Color),
	}}
	n.ent = c.scope.Create(&state.Create{Kind: notificationKind, Key: n.uuid, Props: &n.props, Head: uuidHead(n.uuid)})
	n.mu.Lock()
	defer n.mu.Unlock()
	n.forgetLater()
	return n
}

// forgetAfter is how long the server keeps a notification that has closed by itself: the
// page counts from when it has received it, and not while the pointer is over it.
const forgetAfter = 30 * time.Second

// forgetLater starts the time after which the server forgets the notification: the page
// does not report that it has closed. A change starts it anew, as it may do on the page.
// mu is held.
func (n *Notification) forgetLater() {
	n.keep()
	if n.props.AutoCloseSeconds == nil {
		return
	}
	wait := min(*n.props.AutoCloseSeconds*float64(time.Second), float64(math.MaxInt64/2))
	n.due = time.Now().Add(time.Duration(wait) + forgetAfter)
	timer := time.AfterFunc(time.Until(n.due), n.forget)
	n.timer, n.stop = timer, context.AfterFunc(n.client.ctx, func() { timer.Stop() })
}

// keep ends what forgetLater has started. mu is held.
func (n *Notification) keep() {
	if n.timer != nil {
		n.timer.Stop()
		n.stop()
		n.timer = nil
	}
}

// forget removes a notification that its page has closed. A page that may not have shown
// it yet, because it has no connection or receives slowly, gets the same time again.
func (n *Notification) forget() {
	waits := n.client.Suspended() || n.client.conn.Stats().Behind > 0
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case n.timer == nil || time.Now().Before(n.due): // removed or changed meanwhile
	case waits:
		n.forgetLater()
	default:
		n.remove()
	}
}

func uuidHead(uuid string) state.Head {
	return func(e *wire.Encoder) int {
		e.String("uuid")
		e.String(uuid)
		return 1
	}
}

func autoClose(fn string, d time.Duration) *float64 {
	if d < 0 {
		usage(fn, "AutoClose is %v; it must be 0 (never) or more", d)
	}
	checkDuration(fn, "AutoClose", d)
	if d == 0 {
		return nil
	}
	return new(d.Seconds())
}

// change sets a property and sends them all if one has changed.
func (n *Notification) change(f func(p *wire.NotificationProps) (changed bool)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.isGone() {
		n.client.server.log.removed("call on a removed notification ignored", "title", n.props.Title)
		return
	}
	if f(&n.props) {
		n.ent.SetMessage("update", &wire.NotificationUpdateMessage{UUID: n.uuid, Props: n.props})
		n.forgetLater()
	}
}

func (n *Notification) read() wire.NotificationProps {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.props
}

// Title returns the title.
func (n *Notification) Title() string { return n.read().Title }

// SetTitle sets the title.
func (n *Notification) SetTitle(v string) {
	n.change(func(p *wire.NotificationProps) bool { return replace(&p.Title, v) })
}

// Body returns the text under the title.
func (n *Notification) Body() string { return n.read().Body }

// SetBody sets the text under the title.
func (n *Notification) SetBody(v string) {
	n.change(func(p *wire.NotificationProps) bool { return replace(&p.Body, v) })
}

// Loading reports whether a spinner is shown.
func (n *Notification) Loading() bool { return n.read().Loading }

// SetLoading shows or hides the spinner.
func (n *Notification) SetLoading(v bool) {
	n.change(func(p *wire.NotificationProps) bool { return replace(&p.Loading, v) })
}

// Closable reports whether the user can close the notification.
func (n *Notification) Closable() bool { return n.read().WithCloseButton }

// SetClosable sets whether the user can close the notification.
func (n *Notification) SetClosable(v bool) {
	n.change(func(p *wire.NotificationProps) bool { return replace(&p.WithCloseButton, v) })
}

// AutoClose returns the time after which the notification closes by itself, 0 for
// never.
func (n *Notification) AutoClose() time.Duration {
	s := n.read().AutoCloseSeconds
	if s == nil {
		return 0
	}
	return time.Duration(*s * float64(time.Second))
}

// SetAutoClose makes the notification close by itself after d, counted from now; 0 for
// never. It panics with a *UsageError if d is negative, or above 0 and below a
// millisecond.
func (n *Notification) SetAutoClose(d time.Duration) {
	s := autoClose("Notification.SetAutoClose", d)
	n.change(func(p *wire.NotificationProps) bool {
		same := (p.AutoCloseSeconds == nil) == (s == nil) && (s == nil || *s == *p.AutoCloseSeconds)
		p.AutoCloseSeconds = s
		return !same
	})
}

// Color returns the color: a ColorName, an RGB, or nil for the theme's.
func (n *Notification) Color() color.Color { return colorOf(n.read().Color) }

// SetColor sets the color; nil for the theme's color. It panics with a *UsageError if v
// is a ColorName that is not in the palette.
func (n *Notification) SetColor(v color.Color) {
	c := wireColor("Notification.SetColor", v)
	n.change(func(p *wire.NotificationProps) bool { return replace(&p.Color, c) })
}

// Removed reports whether the program removed the notification, the client has left, or
// the notification has closed by itself: 30 s after AutoClose, later if the page is
// suspended or slow. The server is not notified when the user closes it.
func (n *Notification) Removed() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.isGone()
}

// isGone is Removed; mu is held.
func (n *Notification) isGone() bool { return n.gone || n.client.ctx.Err() != nil }

// Remove removes the notification from the page. A second call does nothing.
func (n *Notification) Remove() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.remove()
}

// remove is Remove; mu is held.
func (n *Notification) remove() {
	n.keep()
	n.gone = true
	n.ent.Remove()
}
