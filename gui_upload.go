package viser

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/spool"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var uploadButtonKind = state.GUIKind("GuiUploadButtonMessage", new(wire.GuiUploadButtonProps))

// An UploadButton is a button with which users upload files to the program.
type UploadButton struct {
	control
	props    wire.GuiUploadButtonProps
	icon     Icon
	maxBytes int64
	idle     time.Duration
	begins   callback.List[UploadEvent]
	uploads  callback.List[UploadEvent]
}

// UploadButtonOptions are the options of AddUploadButton.
type UploadButtonOptions struct {
	Color    color.Color // a ColorName or any other color; default the theme's color
	Icon     Icon        // the icon beside the label; default none
	MimeType string      // the types of files that can be chosen, such as "image/*"; default "*/*". Clients may send others
	// MaxBytes is the maximum size of a file, in bytes; default 4 GiB.
	MaxBytes int64
	// IdleTimeout is the time without data after which an upload is ended; default two
	// minutes.
	IdleTimeout time.Duration
	Disabled    bool     // whether the element is disabled; default false
	Hidden      bool     // whether the element is initially hidden; default false
	Hint        string   // the tooltip; default none
	Order       *float64 // the sort key among its siblings, ascending; default after those added before
}

// An UploadEvent reports the start or the end of an upload.
type UploadEvent struct {
	Client *Client // the client that sends the file
	Target *UploadButton
	File   *UploadedFile // valid until the callback returns
}

const (
	defaultUploadBytes = 4 << 30
	defaultUploadIdle  = 2 * time.Minute
	maxUploadParts     = 1 << 20
	maxUploadsAtOnce   = 16   // of one client
	maxUploadedFiles   = 4096 // of all clients, with those in use by callbacks
)

// AddUploadButton adds a button with which users upload files. Uploads are stored in
// temporary files, not in memory. It panics with a *UsageError if MaxBytes or
// IdleTimeout is negative, there is no such icon, or Color is a ColorName that is not
// in the palette.
func (c Container) AddUploadButton(label string, opts *UploadButtonOptions) *UploadButton {
	const fn = "AddUploadButton"
	o := orPtr(opts, UploadButtonOptions{})
	if o.MaxBytes < 0 || o.IdleTimeout < 0 {
		usage(fn, "MaxBytes is %d and IdleTimeout %v; neither may be negative", o.MaxBytes, o.IdleTimeout)
	}
	checkDuration(fn, "IdleTimeout", o.IdleTimeout)
	h := &UploadButton{
		icon: o.Icon, maxBytes: or(o.MaxBytes, defaultUploadBytes), idle: or(o.IdleTimeout, defaultUploadIdle),
		props: wire.GuiUploadButtonProps{
			GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order}), Color: wireColor(fn, o.Color), IconHTML: iconHTML(fn, o.Icon), MimeType: or(o.MimeType, "*/*"),
		},
	}
	h.common = &h.props.GuiBaseProps
	c.place(fn, &h.widget, uploadButtonKind, &h.props, nil, h)
	return h
}

// Icon returns the button's icon, nil for none.
func (h *UploadButton) Icon() Icon {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.icon
}

// SetIcon sets the button's icon; nil removes it. It panics with a *UsageError if there
// is no such icon.
func (h *UploadButton) SetIcon(i Icon) {
	svg := iconHTML("UploadButton.SetIcon", i)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.icon = i
	if replaceOptional(&h.props.IconHTML, svg) {
		h.changed(wire.GuiUploadButtonPropsIconHTML)
	}
}

// MimeType returns the types of files that can be chosen, such as "image/*".
func (h *UploadButton) MimeType() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.MimeType
}

// SetMimeType sets the types of files that can be chosen; "*/*" allows all. It panics
// with a *UsageError if v is empty.
func (h *UploadButton) SetMimeType(v string) {
	if v == "" {
		usage("UploadButton.SetMimeType", `the type is ""; "*/*" allows all files`)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if replace(&h.props.MimeType, v) {
		h.changed(wire.GuiUploadButtonPropsMimeType)
	}
}

// OnUpload attaches fn for each file that was received completely. Files of one client
// are handled one after the other; ctx ends when that client leaves.
func (h *UploadButton) OnUpload(fn func(ctx context.Context, e UploadEvent)) (off func()) {
	checkCallback("UploadButton.OnUpload", fn)
	return h.uploads.Add(fn)
}

// OnUploadBegin attaches fn for the start of each upload, to read the file while it is
// being uploaded: its Reader returns what was received, and waits for the rest.
//
//	button.OnUploadBegin(func(ctx context.Context, e viser.UploadEvent) {
//		_, err := io.Copy(w, e.File.Reader())
//	})
//
// OnUpload follows if the file is received completely.
func (h *UploadButton) OnUploadBegin(fn func(ctx context.Context, e UploadEvent)) (off func()) {
	checkCallback("UploadButton.OnUploadBegin", fn)
	return h.begins.Add(fn)
}

// receive ignores values: files are transfers.
func (h *UploadButton) receive(*Client, wire.Updates) {}

// An upload is a transfer in progress. Only the client's reading goroutine and the
// timer use it.
type upload struct {
	to   uploadTarget
	uuid string
	file *UploadedFile
	idle *time.Timer
}

// An uploadTarget takes files: an UploadButton, or the page that files are dropped on.
type uploadTarget interface {
	// source is how messages name it.
	source() string
	// check returns a refusal if it does not take the file.
	check(c *Client, name string, size int64) error
	// idleTimeout is the time without data after which an upload is ended.
	idleTimeout() time.Duration
	// gone reports whether it was removed.
	gone() bool
	audited() []slog.Attr
	// begun and received queue the callbacks.
	begun(c *Client, f *UploadedFile)
	received(c *Client, f *UploadedFile)
}

func (h *UploadButton) source() string             { return h.uuid }
func (h *UploadButton) idleTimeout() time.Duration { return h.idle }
func (h *UploadButton) gone() bool                 { return h.Removed() }

func (h *UploadButton) audited() []slog.Attr {
	return auditElement{"UploadButton", h.Label(), h.uuid}.attrs()
}

func (h *UploadButton) check(c *Client, _ string, size int64) error {
	h.mu.Lock()
	disabled := h.props.Disabled
	h.mu.Unlock()
	switch {
	case c.isPast(h.uuid):
		return refusalOfThePast
	case disabled:
		return refusal("The button is disabled.")
	case size > h.maxBytes:
		return tooLarge(h.maxBytes)
	}
	return nil
}

func (h *UploadButton) begun(c *Client, f *UploadedFile) {
	h.fire(c, f, "UploadButton.OnUploadBegin", &h.begins)
}

func (h *UploadButton) received(c *Client, f *UploadedFile) {
	h.fire(c, f, "UploadButton.OnUpload", &h.uploads)
}

// tooLarge is the refusal of a file above the limit.
func tooLarge(limit int64) refusal {
	return refusal(fmt.Sprintf("It is too large: files of up to %s are accepted.", formatSize(limit)))
}

// refusal is the reason why a file is not accepted, as a message for its user.
type refusal string

const refusalOfThePast = refusal("This page shows an earlier time. Return to live to upload a file.")

func (r refusal) Error() string { return string(r) }

// uploadTarget returns what a message names as the place for a file, nil if there is
// none.
func (c *Client) uploadTarget(source string) uploadTarget {
	if source == wire.DropSource {
		return &c.server.drops
	}
	if h, ok := c.element(source).(*UploadButton); ok {
		return h
	}
	return nil
}

// startUpload handles the announcement of a file.
func (c *Client) startUpload(m *wire.FileTransferStartUpload) {
	to := c.uploadTarget(m.SourceComponentUUID)
	if to == nil || !c.isConnected() {
		return
	}
	u := &upload{to: to, uuid: m.TransferUUID}
	name := spool.SafeFileName(m.Filename)
	err := c.checkUpload(m)
	if err == nil {
		err = to.check(c, name, int64(m.SizeBytes))
	}
	if err == nil && !c.server.uploads.AcquireFile() {
		err = refusal("Too many files are waiting for the program. Try again later.")
	}
	if err != nil {
		c.refuse(to.source(), u.uuid, name, err)
		return
	}
	u.file = &UploadedFile{
		name: name, mimeType: m.MimeType, size: int64(m.SizeBytes),
		spool: spool.NewUpload(m.PartCount, c.server.uploads),
	}
	if !c.keepUpload(u) {
		u.file.spool.Release()
		return
	}
	c.auditedFile("upload started", u.file.name, u.file.size, to.audited()...)
	to.begun(c, u.file)
	if m.PartCount == 0 {
		c.acknowledge(u)
		c.finishUpload(u)
	}
}

// keepUpload reports false if the client has left.
func (c *Client) keepUpload(u *upload) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx.Err() != nil {
		return false
	}
	c.uploads[u.uuid] = u
	u.idle = time.AfterFunc(u.to.idleTimeout(), func() { c.dropUpload(u, refusal("No data was received for too long.")) })
	return true
}

// checkUpload returns a refusal if the file cannot be accepted by anything.
func (c *Client) checkUpload(m *wire.FileTransferStartUpload) error {
	c.mu.Lock()
	_, twice := c.uploads[m.TransferUUID]
	n := len(c.uploads)
	c.mu.Unlock()
	switch {
	case len(m.TransferUUID) > spool.MaxFileName || len(m.MimeType) > spool.MaxFileName:
		return refusal("The announcement of the file is invalid.")
	case m.PartCount < 0 || m.PartCount > maxUploadParts || m.SizeBytes < 0 || m.PartCount == 0 && m.SizeBytes > 0 || twice:
		return refusal("The announcement of the file is invalid.")
	case n >= maxUploadsAtOnce:
		return refusal("Too many files at once.")
	}
	return nil
}

func formatSize(n int64) string {
	const units = "KMGT"
	if n < 10_000 {
		return fmt.Sprintf("%d bytes", n)
	}
	x, unit := float64(n)/1024, 0
	for x >= 1000 && unit < len(units)-1 {
		x, unit = x/1024, unit+1
	}
	return fmt.Sprintf("%.3g %ciB", x, units[unit])
}

// uploadPart handles a part of a file.
func (c *Client) uploadPart(m *wire.FileTransferPart) {
	c.mu.Lock()
	u := c.uploads[m.TransferUUID]
	c.mu.Unlock()
	if u == nil || !u.file.spool.Expects(m.PartIndex) {
		return
	}
	if err := c.storePart(u, m); err != nil {
		c.dropUpload(u, err)
		return
	}
	u.idle.Reset(u.to.idleTimeout())
	c.acknowledge(u)
	if done, _ := u.file.spool.Complete(); done {
		c.finishUpload(u)
	}
}

func (c *Client) storePart(u *upload, m *wire.FileTransferPart) error {
	n := int64(len(m.Content))
	_, had := u.file.spool.Complete()
	switch {
	case u.to.gone():
		return refusal("The program does not take files there any more.")
	case had+n > u.file.size:
		return refusal("It is larger than its announced size.")
	case !c.server.uploads.AcquireBytes(n):
		return refusal("The server has no space for it now.")
	}
	return u.file.spool.Add(m.PartIndex, m.Content)
}

// acknowledge sends the number of bytes that have arrived. If the client's queue is
// full, it is left out.
func (c *Client) acknowledge(u *upload) {
	_, n := u.file.spool.Complete()
	source := u.to.source()
	_ = c.scope.Send(&wire.FileTransferPartAck{
		SourceComponentUUID: &source, TransferUUID: u.uuid,
		TransferredBytes: int(n), TotalBytes: int(u.file.size),
	})
}

// finishUpload delivers the file to the callbacks.
func (c *Client) finishUpload(u *upload) {
	if _, n := u.file.spool.Complete(); n != u.file.size {
		c.dropUpload(u, refusal("It ended before its announced size."))
		return
	}
	if !c.forgetUpload(u) {
		return
	}
	c.auditedFile("upload received", u.file.name, u.file.size)
	u.to.received(c, u.file)
	u.file.spool.Release()
}

// dropUpload ends an upload that cannot continue.
func (c *Client) dropUpload(u *upload, reason error) {
	if !c.forgetUpload(u) {
		return
	}
	u.file.spool.Cut(ErrUploadCut)
	u.file.spool.Release()
	c.refuse(u.to.source(), u.uuid, u.file.name, reason)
}

// forgetUpload removes the upload and reports whether it was still in progress.
func (c *Client) forgetUpload(u *upload) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.uploads[u.uuid] != u {
		return false
	}
	delete(c.uploads, u.uuid)
	u.idle.Stop()
	return true
}

// refuse sends the client the reason why a file is not accepted, and logs it.
func (c *Client) refuse(source, transfer, name string, reason error) {
	var message refusal
	if !errors.As(reason, &message) {
		message = "The server could not store it."
	}
	c.server.log.limited("upload refused", "file", name, "client", c.id, "reason", reason)
	c.audited("upload refused", "", slog.String("file", clip(name)), slog.String("reason", string(message)))
	if !c.extended {
		c.keepRefusal(c.Notify(fmt.Sprintf("“%s” was not uploaded", name), string(message), &NotificationOptions{
			AutoClose: 10 * time.Second, Color: Red,
		}))
		return
	}
	_ = c.scope.Send(&wire.FileTransferRefusedMessage{SourceComponentUUID: source, TransferUUID: transfer, Reason: string(message)})
}

// maxRefusals is the number of notifications of refused uploads that a client shows at a time.
const maxRefusals = 4

// keepRefusal removes the oldest of too many notifications: a client can cause any number of them.
func (c *Client) keepRefusal(n *Notification) {
	var oldest *Notification
	c.mu.Lock()
	c.refusals = append(c.refusals, n)
	if len(c.refusals) > maxRefusals {
		oldest = c.refusals[0]
		c.refusals = slices.Delete(c.refusals, 0, 1)
	}
	c.mu.Unlock()
	if oldest != nil {
		oldest.Remove()
	}
}

// cancelUpload ends an upload that its user canceled.
func (c *Client) cancelUpload(m *wire.FileTransferCancelMessage) {
	c.mu.Lock()
	u := c.uploads[m.TransferUUID]
	c.mu.Unlock()
	if u != nil && c.forgetUpload(u) {
		c.auditedFile("upload canceled", u.file.name, u.file.size)
		u.file.spool.Cut(ErrUploadCut)
		u.file.spool.Release()
	}
}

// dropUploads ends all uploads of a client that leaves.
func (c *Client) dropUploads() {
	c.mu.Lock()
	var all []*upload
	for _, u := range c.uploads {
		all = append(all, u)
	}
	c.mu.Unlock()
	for _, u := range all {
		if c.forgetUpload(u) {
			u.file.spool.Cut(ErrUploadCut)
			u.file.spool.Release()
		}
	}
}

// fire queues callbacks with the file, which is kept until they have returned.
func (h *UploadButton) fire(c *Client, f *UploadedFile, what string, cbs *callback.List[UploadEvent]) {
	event := dispatch.Event{Name: what, Label: h.Label(), UUID: h.uuid, Client: c}
	fireFile(c, f, event, h, cbs, UploadEvent{Client: c, Target: h, File: f})
}

// fireFile queues callbacks of what takes files. The file is kept until they have
// returned.
func fireFile[E any](c *Client, f *UploadedFile, event dispatch.Event, element any, cbs *callback.List[E], e E) {
	if cbs.Empty() {
		return
	}
	d := c.server.dispatch
	f.spool.Use()
	queued := d.Do(dispatch.Key{Client: c.id, Element: element}, dispatch.Task{Event: event, Run: func() {
		defer f.spool.Release()
		cbs.Run(c.ctx, d, event, e)
	}})
	if !queued {
		f.spool.Release()
	}
}

// ErrUploadCut is returned when reading an upload that was not completed: the user
// canceled it, the client left, or the server refused the rest.
var ErrUploadCut = errors.New("the upload was cut off")

// An UploadedFile is a file that a client uploaded. It is stored in a temporary file,
// which is removed when its callbacks have returned; Save keeps a copy. All methods are
// safe for concurrent use.
type UploadedFile struct {
	name, mimeType string
	size           int64
	spool          *spool.Upload
}

// Name returns the file's name as the client sent it, but sanitized: one path element
// without control characters, at most 255 bytes long, never empty.
func (f *UploadedFile) Name() string { return f.name }

// MimeType returns the type as the client sent it. It may be "" or wrong.
func (f *UploadedFile) MimeType() string { return f.mimeType }

// Size returns the size of the file, in bytes; in OnUploadBegin it is the announced
// size.
func (f *UploadedFile) Size() int64 { return f.size }

// String returns name and size, as in "scan.ply, 1234 bytes".
func (f *UploadedFile) String() string { return fmt.Sprintf("%s, %d bytes", f.Name(), f.Size()) }

// Reader returns a reader of the file from its beginning. In OnUploadBegin it waits for
// bytes that were not yet received, and fails with ErrUploadCut if the upload is not
// completed.
func (f *UploadedFile) Reader() io.Reader { return f.spool.Reader() }

// Bytes returns the whole file.
func (f *UploadedFile) Bytes() ([]byte, error) {
	b, err := io.ReadAll(f.Reader())
	if err != nil {
		return nil, fmt.Errorf("upload of %q: %w", f.name, err)
	}
	return b, nil
}

// Save writes the file to path, replacing an existing file. If it fails, path is
// unchanged.
func (f *UploadedFile) Save(path string) error {
	err := func() error {
		out, err := os.CreateTemp(filepath.Dir(path), ".viser-upload-*")
		if err != nil {
			return err
		}
		_, err = io.Copy(out, f.Reader())
		err = errors.Join(err, out.Close())
		if err == nil {
			err = os.Rename(out.Name(), path)
		}
		if err != nil {
			os.Remove(out.Name())
		}
		return err
	}()
	if err != nil {
		return fmt.Errorf("upload of %q: %w", f.name, err)
	}
	return nil
}
