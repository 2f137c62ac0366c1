// Package standalone writes pages that are one file: the web client with a recording, for a browser without a network.
package standalone

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/viser-go/viser/client"
	"github.com/viser-go/viser/internal/wire"
)

// Options describe a page.
type Options struct {
	Title string
	// Stays is whether the page keeps the title when the program names its panel.
	Stays bool
	// Config is what the page's script finds as __VISER_EMBED_CONFIG__.
	Config Config
}

// Config are the settings that the page's script reads.
type Config struct {
	DarkMode bool `json:"darkMode"`
	// Query has parameters of the page, as its address may have them.
	Query string `json:"query,omitempty"`
}

// A Writer writes one page around the recording that is written to it. The caller announces the recording's messages
// with Need in any order, before Close. It is not safe for concurrent use.
type Writer struct {
	out   *bufio.Writer
	build *build
	parts map[string]bool

	encoder io.WriteCloser // of the current block; nil: none
	left    int            // bytes that still fit into it
	closed  bool
}

// blockSize is how much of the recording one element has. Browsers cannot have a string of 512 MB, and decode blocks one
// by one. It is a multiple of 3, so that only the last block is padded.
const blockSize = 6 << 20

// New writes the beginning of a page. The error of a build without the client says how to get one.
func New(w io.Writer, o Options) (*Writer, error) {
	b, err := load()
	if err != nil {
		return nil, err
	}
	return b.newWriter(w, o)
}

func (b *build) newWriter(w io.Writer, o Options) (*Writer, error) {
	config, err := json.Marshal(o.Config)
	if err != nil {
		return nil, err
	}
	p := &Writer{out: bufio.NewWriterSize(w, 64<<10), build: b, parts: map[string]bool{corePart: true}}
	stays := ""
	if o.Stays {
		stays = " data-stays" // which client/src/gui/index.tsx looks for
	}
	// The JSON has no "<": the encoder escapes it.
	_, err = fmt.Fprintf(p.out, head, html.EscapeString(b.policy()), stays, html.EscapeString(o.Title), b.icon, config)
	return p, err
}

// head is the page's beginning; the style is the one of the client's index.html.
const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="%s">
<meta name="viewport" content="width=device-width, initial-scale=1, minimum-scale=1, viewport-fit=cover">
<meta name="referrer" content="no-referrer">
<title%s>%s</title>
<link rel="icon" type="image/svg+xml" href="data:image/svg+xml;base64,%s">
<style>
#starting { max-width: 34em; margin: 18vh auto 0; padding: 0 1.5em; font: 16px/1.5 system-ui, sans-serif; color: light-dark(#1c2733, #e6eaee); color-scheme: light dark; animation: starting 0s 2s backwards; }
@keyframes starting { from { visibility: hidden; } }
@media (prefers-color-scheme: dark) { html:has(#starting) { background: #1a1d21; } }
</style>
</head>
<body>
<div id="app"><div id="starting">
<noscript><p><strong>This page needs JavaScript, which is switched off in this browser.</strong></p></noscript>
<p>The page is being unpacked.</p>
</div></div>
<script type="application/json" data-viser="config">%s</script>
`

// policy is the page's Content-Security-Policy: nothing is loaded, and only the scripts run that the client was built
// with. What is unpacked into memory has addresses that begin with blob: (workers, textures); data: is how the zstd decoder
// and the glTF loader read what they contain.
func (b *build) policy() string {
	scripts := []string{"'" + b.manifest.Boot + "'"}
	for _, part := range slices.Sorted(maps.Keys(b.manifest.Parts)) {
		scripts = append(scripts, "'"+b.manifest.Parts[part]+"'")
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src " + strings.Join(scripts, " ") + " 'wasm-unsafe-eval'", // the decoders of zstd and meshopt are WebAssembly
		"style-src 'unsafe-inline'",                                        // the widget library sets style attributes
		"img-src data: blob:",
		"font-src data:",
		"media-src data: blob:",
		"connect-src data: blob:",
		"worker-src blob:",
		"base-uri 'none'",
		"form-action 'none'",
	}, "; ")
}

// Write adds to the recording.
func (p *Writer) Write(data []byte) (int, error) {
	if p.closed {
		return 0, errors.New("the page is closed")
	}
	written := 0
	for len(data) > 0 {
		if p.left == 0 {
			if err := p.nextBlock(); err != nil {
				return written, err
			}
		}
		n, err := p.encoder.Write(data[:min(len(data), p.left)])
		written += n
		p.left -= n
		if err != nil {
			return written, err
		}
		data = data[n:]
	}
	return written, nil
}

func (p *Writer) nextBlock() error {
	if err := p.endBlock(); err != nil {
		return err
	}
	p.encoder, p.left = base64.NewEncoder(base64.StdEncoding, p.out), blockSize
	return p.open("recording", "")
}

func (p *Writer) open(kind, name string) error {
	if name != "" {
		name = ` data-name="` + html.EscapeString(name) + `"`
	}
	_, err := fmt.Fprintf(p.out, `<script type="text/plain" data-viser="%s"%s>`, kind, name)
	return err
}

func (p *Writer) endBlock() error {
	if p.encoder == nil {
		return nil
	}
	err := p.encoder.Close()
	p.encoder, p.left = nil, 0
	if err != nil {
		return err
	}
	return p.end()
}

func (p *Writer) end() error {
	_, err := p.out.WriteString("</script>\n")
	return err
}

// Need includes what the client needs for the message.
func (p *Writer) Need(m wire.RawMessage) {
	for _, part := range partsFor(m) {
		p.parts[part] = true
	}
}

// Close writes the end of the page: the client's scripts. It does not close the writer below.
func (p *Writer) Close() error {
	if p.closed {
		return nil
	}
	p.closed = true
	if err := p.endBlock(); err != nil {
		return err
	}
	for _, part := range slices.Sorted(maps.Keys(p.parts)) {
		if err := p.writePart(part); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(p.out, "<script>%s</script>\n</body>\n</html>\n", p.build.boot); err != nil {
		return err
	}
	return p.out.Flush()
}

func (p *Writer) writePart(part string) error {
	packed, err := p.build.part(part)
	if err != nil {
		return err
	}
	kind := "part"
	if part == plotlyPart {
		kind = "later" // it takes a while to start
	}
	if err := p.open(kind, part); err != nil {
		return err
	}
	encoder := base64.NewEncoder(base64.StdEncoding, p.out)
	if _, err := encoder.Write(packed); err != nil {
		return err
	}
	if err := encoder.Close(); err != nil {
		return err
	}
	return p.end()
}

// build is the client, as scripts/standaloneParts.ts has written it.
type build struct {
	files    fs.FS // those of the client
	manifest struct {
		// Parts has the hash of each script, as in a Content-Security-Policy.
		Parts map[string]string `json:"parts"`
		Boot  string            `json:"boot"`
	}
	boot   string
	icon   string // base64
	plotly func() ([]byte, error)
}

// errNoClient is the error of a program that was built without the web client.
var errNoClient = errors.New("this program was built without the web client (tag viser_noclient)")

// load is called at the first use, and reads little.
var load = sync.OnceValues(func() (*build, error) {
	files, ok := client.FS()
	if !ok {
		return nil, errNoClient
	}
	return readBuild(files)
})

func readBuild(files fs.FS) (*build, error) {
	b := &build{files: files}
	manifest, err := fs.ReadFile(files, "standalone/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("the built web client has no parts for exported pages: run \"bash ci/client.sh build\" and build the program again")
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(manifest, &b.manifest); err != nil {
		return nil, fmt.Errorf("standalone/manifest.json: %w", err)
	}
	boot, err := fs.ReadFile(files, "standalone/boot.js")
	if err != nil {
		return nil, err
	}
	b.boot = string(boot)
	icon, err := fs.ReadFile(files, "logo.svg")
	if err != nil {
		return nil, err
	}
	b.icon = base64.StdEncoding.EncodeToString(icon)
	return b, b.addPlotly()
}

// addPlotly adds the file that live pages load as a part. It is packed when it is needed.
func (b *build) addPlotly() error {
	names, err := fs.Glob(b.files, "assets/plotly-strict.min-*.js")
	switch {
	case err != nil:
		return err
	case len(names) != 1:
		return fmt.Errorf("the built web client has %d files of Plotly", len(names))
	}
	source, err := fs.ReadFile(b.files, names[0])
	if err != nil {
		return err
	}
	sum := sha256.Sum256(source)
	b.manifest.Parts[plotlyPart] = "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
	b.plotly = sync.OnceValues(func() ([]byte, error) {
		var packed strings.Builder
		z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		_, _ = z.Write(source) // writing to a strings.Builder does not fail
		_ = z.Close()
		return []byte(packed.String()), nil
	})
	return nil
}

// part returns a script, gzipped.
func (b *build) part(name string) ([]byte, error) {
	if name == plotlyPart {
		return b.plotly()
	}
	return fs.ReadFile(b.files, "standalone/"+name+".js.gz")
}
