package standalone

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"html"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/viser-go/viser/internal/wire"
)

// fakeBuild is a client with the parts "core" and those of partOf, each a short script.
func fakeBuild(t *testing.T) *build {
	files := fstest.MapFS{
		"logo.svg":                            {Data: []byte("<svg/>")},
		"assets/plotly-strict.min-ABCDEFG.js": {Data: []byte("plotly()")},
		"standalone/boot.js":                  {Data: []byte("boot()")},
	}
	hashes := map[string]string{}
	for _, part := range append(slices.Collect(maps.Values(partOf)), corePart, formulasPart) {
		if part == plotlyPart {
			continue
		}
		source := []byte("run('" + part + "')")
		files["standalone/"+part+".js.gz"] = &fstest.MapFile{Data: pack(t, source)}
		hashes[part] = hashOf(source)
	}
	manifest, err := json.Marshal(map[string]any{"parts": hashes, "boot": hashOf([]byte("boot()"))})
	if err != nil {
		t.Fatal(err)
	}
	files["standalone/manifest.json"] = &fstest.MapFile{Data: manifest}
	b, err := readBuild(files)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func hashOf(source []byte) string {
	sum := sha256.Sum256(source)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func pack(t *testing.T, source []byte) []byte {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(source); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func unpack(t *testing.T, packed []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	source, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// page is what a browser finds in a page.
type page struct {
	policy, title, config string
	scripts               []string          // that run
	parts                 map[string][]byte // packed, by name
	kinds                 map[string]string // of the parts
	recording             [][]byte          // its blocks
}

var element = regexp.MustCompile(`(?s)<script([^>]*)>(.*?)</script>`)

func parsePage(t *testing.T, text string) page {
	t.Helper()
	find := func(pattern string) string {
		m := regexp.MustCompile(pattern).FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("the page has no %s", pattern)
		}
		return html.UnescapeString(m[1])
	}
	p := page{
		policy: find(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`),
		title:  find(`<title>([^<]*)</title>`),
		parts:  map[string][]byte{}, kinds: map[string]string{},
	}
	decode := func(text string) []byte {
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	attribute := regexp.MustCompile(`data-viser="(\w+)"(?: data-name="(\w+)")?`)
	for _, m := range element.FindAllStringSubmatch(text, -1) {
		a := attribute.FindStringSubmatch(m[1])
		switch {
		case a == nil && m[1] == "":
			p.scripts = append(p.scripts, m[2])
		case a == nil:
			t.Fatalf("a script with the attributes %q", m[1])
		case a[1] == "config":
			p.config = m[2]
		case a[1] == "recording":
			p.recording = append(p.recording, decode(m[2]))
		default:
			p.parts[a[2]], p.kinds[a[2]] = decode(m[2]), a[1]
		}
	}
	return p
}

func TestPolicyIsStrict(t *testing.T) {
	for directive := range strings.SplitSeq(fakeBuild(t).policy(), "; ") {
		name, sources, _ := strings.Cut(directive, " ")
		for source := range strings.FieldsSeq(sources) {
			switch {
			case source == "'none'", source == "blob:" && name != "script-src", source == "data:" && name != "script-src" && name != "worker-src":
			case name == "script-src" && (strings.HasPrefix(source, "'sha256-") || source == "'wasm-unsafe-eval'"):
			case name == "style-src" && source == "'unsafe-inline'":
			default:
				t.Errorf("%s allows %s", name, source)
			}
		}
	}
}

func TestParts(t *testing.T) {
	bindings := func(list ...string) wire.RawMessage {
		b := []byte("\xa8bindings")
		return wire.RawMessage{Type: "SetSceneNodeClickBindingsMessage", B: append(b, byte(0x90+len(list)))}
	}
	for _, c := range []struct {
		name    string
		message wire.RawMessage
		want    string
	}{
		{"a box", wire.RawMessage{Type: "BoxMessage"}, ""},
		{"splats", wire.RawMessage{Type: "GaussianSplatsMessage"}, "splats"},
		{"voxels", wire.RawMessage{Type: "VoxelsMessage"}, "grids"},
		{"an image view", wire.RawMessage{Type: "GuiImageViewMessage"}, "images"},
		{"volume", wire.RawMessage{Type: "VolumeMessage"}, "grids"},
		{"a model", wire.RawMessage{Type: "GlbMessage", Refs: []wire.Ref{{Data: []byte("KHR_mesh_quantization")}}}, "glb"},
		{"a model with Draco", wire.RawMessage{Type: "GlbMessage", B: []byte("KHR_draco_mesh_compression")}, "glb draco"},
		{"a large one", wire.RawMessage{Type: "BatchedGlbMessage", Refs: []wire.Ref{{}, {Data: []byte("KHR_draco_mesh_compression")}}}, "glb draco"},
		{"a later one", wire.RawMessage{Type: "SceneNodeUpdateMessage", B: []byte("KHR_draco_mesh_compression")}, "glb draco"},
		{"a panorama", wire.RawMessage{Type: "EnvironmentMapMessage", Refs: []wire.Ref{{Data: []byte("#?RADIANCE")}}}, ""},
		{"one of OpenEXR", wire.RawMessage{Type: "EnvironmentMapMessage", Refs: []wire.Ref{{Data: []byte("\x76\x2f\x31\x01x")}}}, "exr"},
		{"plain text", wire.RawMessage{Type: "GuiMarkdownMessage", B: []byte("one")}, "text"},
		{"a formula", wire.RawMessage{Type: "GuiMarkdownMessage", B: []byte("$x$")}, "text formulas"},
		{"a formula in brackets", wire.RawMessage{Type: "GuiMarkdownMessage", B: []byte(`\[x\]`)}, "text formulas"},
		{"a later formula", wire.RawMessage{Type: "GuiUpdateMessage", B: []byte(`_markdown \(x\)`)}, "text formulas"},
		{"an escaped text", wire.RawMessage{Type: "GuiMarkdownMessage", B: []byte(`3 \$ or 4 \$, \[x`)}, "text"},
		{"a price", wire.RawMessage{Type: "GuiUpdateMessage", B: []byte(`label 3 $`)}, ""},
		{"a clickable node", bindings("x"), "picks"},
		{"one that was", bindings(), ""},
		{"an unknown message", wire.RawMessage{Type: "FutureMessage"}, ""},
	} {
		if got := strings.Join(partsFor(c.message), " "); got != c.want {
			t.Errorf("%s needs %q, want %q", c.name, got, c.want)
		}
	}
	for kind := range partOf {
		if _, ok := wire.Infos[kind]; !ok {
			t.Errorf("%s is no message", kind)
		}
	}
}

// realBuild is the client that programs have.
func realBuild(t *testing.T) *build {
	b, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPartsOfTheClient(t *testing.T) {
	b := realBuild(t)
	known := slices.Sorted(maps.Keys(b.manifest.Parts))
	used := slices.Compact(slices.Sorted(slices.Values(append(slices.Collect(maps.Values(partOf)), corePart, formulasPart, dracoPart, exrPart))))
	if !slices.Equal(known, used) {
		t.Errorf("the client has the parts %q, the table %q", known, used)
	}
	for name, hash := range b.manifest.Parts {
		packed, err := b.part(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := hashOf(unpack(t, packed)); got != hash {
			t.Errorf("the hash of %s is %s, in the manifest %s", name, got, hash)
		}
	}
	if got := hashOf([]byte(b.boot)); got != b.manifest.Boot {
		t.Errorf("the hash of boot.js is %s, in the manifest %s", got, b.manifest.Boot)
	}
	if strings.Contains(b.boot, "</script") || strings.Contains(b.boot, "<!--") {
		t.Error("boot.js cannot be in a page as it is")
	}
}

// mostEmpty is what a page without a scene may have.
const mostEmpty = 800_000

func TestEmptyPageIsSmall(t *testing.T) {
	var out bytes.Buffer
	w, err := realBuild(t).newWriter(&out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if out.Len() > mostEmpty {
		t.Errorf("the page has %d bytes, the limit is %d", out.Len(), mostEmpty)
	}
	if out.Len() < 100_000 {
		t.Errorf("the page has only %d bytes", out.Len())
	}
}

func TestMissingBuildIsExplained(t *testing.T) {
	_, err := readBuild(fstest.MapFS{"index.html": {Data: []byte("x")}})
	if err == nil || !strings.Contains(err.Error(), "ci/client.sh build") {
		t.Errorf("the error is %v", err)
	}
}

// fullDisk accepts that many bytes.
type fullDisk int

var errFull = errors.New("no space left")

func (f *fullDisk) Write(p []byte) (int, error) {
	n := min(len(p), int(*f))
	*f -= fullDisk(n)
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

func TestFullDisk(t *testing.T) {
	b := fakeBuild(t)
	for _, room := range []fullDisk{0, 1000, 3000, 100_000} {
		err := func() error {
			w, err := b.newWriter(&room, Options{})
			if err != nil {
				return err
			}
			if _, err := w.Write(make([]byte, 200_000)); err != nil {
				return err
			}
			return w.Close()
		}()
		if !errors.Is(err, errFull) {
			t.Errorf("the error is %v", err)
		}
	}
	w, err := b.newWriter(io.Discard, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("x")); err == nil {
		t.Error("a closed page can be written to")
	}
}
