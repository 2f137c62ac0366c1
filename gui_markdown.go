package viser

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var markdownKind = state.GUIKind("GuiMarkdownMessage", new(wire.GuiMarkdownProps))

// A Markdown is formatted text.
type Markdown struct {
	widget
	props   wire.GuiMarkdownProps
	content string // as the program gave it; guarded by mu
	images  fs.FS
}

// MarkdownOptions are the options of AddMarkdown.
type MarkdownOptions struct {
	// ImageRoot is the file system of pictures with a relative address (PNG, JPEG, GIF,
	// WebP or SVG), which are sent within the text; default none. To exclude symbolic
	// links that lead out of it, use (*os.Root).FS instead of os.DirFS. A picture that
	// cannot be read, has another format, or is larger than 8 MiB (16 MiB together with
	// those before it) is not replaced, and the reason is logged.
	ImageRoot fs.FS
	Hidden    bool     // whether the element is initially hidden; default false
	Order     *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddMarkdown adds text in GitHub's flavor of Markdown. Scripts in it do not run. This
// library's client supports formulas in TeX: $…$ and \(…\) within a line, $$…$$ and
// \[…\] on lines of their own.
func (c Container) AddMarkdown(content string, opts *MarkdownOptions) *Markdown {
	const fn = "AddMarkdown"
	o := orPtr(opts, MarkdownOptions{})
	m := &Markdown{content: content, images: o.ImageRoot}
	m.gui = c.gui // it logs the errors of pictures
	m.props = wire.GuiMarkdownProps{Order: c.order(fn, o.Order), Markdown: m.inlined(content), Visible: !o.Hidden}
	c.place(fn, &m.widget, markdownKind, &m.props, nil, nil)
	return m
}

// EscapeMarkdown escapes text, such as a name that a user typed, so that Markdown shows
// it unchanged. White space, including line breaks, becomes single spaces.
func EscapeMarkdown(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		switch {
		case strings.ContainsRune("()[]", r): // with a backslash they begin formulas
			fmt.Fprintf(&b, "&#%d;", r)
			continue
		case strings.ContainsRune("\\`*_{}<>#+-=.!|~&$:/@", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Content returns the text as it was set.
func (h *Markdown) Content() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.content
}

// SetContent replaces the text. Its pictures are read from ImageRoot again.
func (h *Markdown) SetContent(v string) {
	text := h.inlined(v)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.content = v
	if replace(&h.props.Markdown, text) {
		h.changed(wire.GuiMarkdownPropsMarkdown)
	}
}

const (
	maxInlineImage  = 8 << 20
	maxInlineImages = 16 << 20
)

// markdownImage matches a picture: what it shows, its address, and the rest.
var markdownImage = regexp.MustCompile(`!\[([^\]\n]*)\]\(\s*([^()\s]+)(\s[^)\n]*)?\)`)

// inlined puts the pictures of ImageRoot into the text.
func (h *Markdown) inlined(text string) string {
	if h.images == nil {
		return text
	}
	remaining := int64(maxInlineImages)
	return markdownImage.ReplaceAllStringFunc(text, func(found string) string {
		m := markdownImage.FindStringSubmatch(found)
		if u, err := url.Parse(m[2]); err == nil && u.Scheme != "" {
			return found
		}
		data, err := readImage(h.images, m[2], min(remaining, maxInlineImage))
		if err != nil {
			h.gui.server.log.limited("Markdown image not embedded", "picture", m[2], "error", err)
			return found
		}
		remaining -= int64(len(data.bytes))
		return "![" + m[1] + "](data:" + data.mime + ";base64," + base64.StdEncoding.EncodeToString(data.bytes) + m[3] + ")"
	})
}

type imageFile struct {
	mime  string
	bytes []byte
}

// readImage reads a picture by its address relative to the root.
func readImage(root fs.FS, address string, limit int64) (imageFile, error) {
	name, err := url.PathUnescape(address)
	if err != nil {
		return imageFile{}, err
	}
	name = path.Clean(name)
	if !fs.ValidPath(name) {
		return imageFile{}, errors.New("the address leads out of the image root")
	}
	f, err := root.Open(name)
	if err != nil {
		return imageFile{}, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return imageFile{}, errors.Join(errors.New("it is not a file"), err)
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	switch {
	case err != nil:
		return imageFile{}, err
	case int64(len(data)) > limit:
		return imageFile{}, fmt.Errorf("it is larger than the %d bytes that are left", limit)
	}
	kind := imageType(name, data)
	if kind == "" {
		return imageFile{}, errors.New("its format is not supported by browsers")
	}
	return imageFile{kind, data}, nil
}

// imageType returns the type of a picture's content, "" if it is none.
func imageType(name string, data []byte) string {
	switch kind := http.DetectContentType(data); kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return kind
	}
	if strings.EqualFold(path.Ext(name), ".svg") && strings.Contains(string(data[:min(len(data), 1024)]), "<svg") {
		return "image/svg+xml"
	}
	return ""
}

var htmlKind = state.GUIKind("GuiHtmlMessage", new(wire.GuiHtmlProps))

// An HTML shows HTML.
type HTML struct {
	widget
	props wire.GuiHtmlProps
}

// HTMLOptions are the options of AddHTML.
type HTMLOptions struct {
	Hidden bool     // whether the element is initially hidden; default false
	Order  *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddHTML adds HTML. This library's client shows text, pictures, tables and styles; it
// removes scripts, forms, frames, and styles that affect anything outside of the
// element. Upstream viser's client runs scripts in it, so do not show untrusted HTML
// there.
func (c Container) AddHTML(content string, opts *HTMLOptions) *HTML {
	const fn = "AddHTML"
	o := orPtr(opts, HTMLOptions{})
	h := &HTML{props: wire.GuiHtmlProps{Order: c.order(fn, o.Order), Content: content, Visible: !o.Hidden}}
	c.place(fn, &h.widget, htmlKind, &h.props, nil, nil)
	return h
}

var dividerKind = state.GUIKind("GuiDividerMessage", new(wire.GuiDividerProps))

// A Divider is a horizontal line between elements.
type Divider struct {
	widget
	props wire.GuiDividerProps
}

// DividerOptions are the options of AddDivider.
type DividerOptions struct {
	Hidden bool     // whether the element is initially hidden; default false
	Order  *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddDivider adds a horizontal line.
func (c Container) AddDivider(opts *DividerOptions) *Divider {
	const fn = "AddDivider"
	o := orPtr(opts, DividerOptions{})
	h := &Divider{props: wire.GuiDividerProps{Order: c.order(fn, o.Order), Visible: !o.Hidden}}
	c.place(fn, &h.widget, dividerKind, &h.props, nil, nil)
	return h
}
