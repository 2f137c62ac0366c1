package layout

import (
	"strconv"
	"strings"
	"testing"
)

// anything allows a package to import all that the module requires.
const anything = "*"

// mayImport lists what each package may import besides the standard library: packages
// of the module by their path below it, others by a prefix. A pattern that ends in
// "/..." matches the packages below it, and the first matching one applies.
// docs/architecture.md has the reasons.
var mayImport = []struct{ packages, imports string }{
	{".", "client colormap colornames icon internal/... formats/gltf transform uplot"},
	{"client", ""},
	{"colormap", ""},
	{"colornames", ""},
	{"hdri", ""},
	{"hdri/internal/gainmap", ""},
	{"icon", ""},
	{"isosurface", ""},
	{"models", ". colmap colormap formats/... internal/recording internal/sniff record3d robot transform"},
	{"colmap", ". formats/... transform"},
	{"record3d", ". internal/lzfse transform"},
	{"robot", ". formats/... internal/sniff internal/xmltree transform"},
	{"transform", ""},
	{"uplot", ""},
	{"formats/mesh", "golang.org/x/image"},
	{"formats/splat", "formats/ply internal/sniff golang.org/x/image/webp"},
	{"formats/...", "formats/... internal/sniff internal/xmltree transform"},
	{"internal/access", ""},
	{"internal/audit", "internal/logqueue"},
	{"internal/blob", "internal/wire"},
	{"internal/callback", "internal/dispatch"},
	{"internal/dispatch", "internal/goid"},
	{"internal/fold", "internal/wire github.com/tinylib/msgp"},
	{"internal/gesture", ""},
	{"internal/goid", ""},
	{"internal/layout", ""},
	{"internal/logqueue", "internal/goid"},
	{"internal/picture", ""},
	{"internal/plot", "uplot"},
	{"internal/rate", ""},
	{"internal/recording", "internal/fold internal/wire github.com/klauspost/compress github.com/tinylib/msgp"},
	{"internal/sniff", ""},
	{"internal/spool", ""},
	{"internal/front", "internal/state internal/wire"},
	{"internal/relay", ". internal/fold internal/front internal/rate internal/state internal/upstream internal/wire github.com/tinylib/msgp"},
	{"internal/upstream", "internal/wire github.com/coder/websocket"},
	{"internal/standalone", "client internal/recording internal/wire"},
	{"internal/lzfse", ""},
	{"internal/xmltree", ""},
	{"internal/wire", "github.com/klauspost/compress github.com/tinylib/msgp"},
	{"internal/wire/pagewire", "internal/wire"},
	{"internal/wire/gen", "github.com/tinylib/msgp"},
	{"internal/timeline", "internal/fold internal/state internal/wire github.com/tinylib/msgp"},
	{"internal/state", "internal/blob internal/wire github.com/tinylib/msgp"},
	{"internal/session", "internal/access internal/rate internal/wire github.com/coder/websocket"},
	{"internal/httpd", "internal/access internal/audit internal/rate github.com/klauspost/compress"},
	{"bench/...", anything},
	{"bench", anything},
	{"client/...", anything},
	{"cmd/...", anything},
	{"examples", anything},
	{"examples/...", anything},
	{"docs/pictures/files", anything},
	{"hdri/internal/make", anything},
	{"icon/internal/gen", anything},
	{"interop", anything},
	{"interop/...", anything},
}

// matches reports whether a package matches the pattern.
func matches(pattern, name string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "/..."); ok {
		return strings.HasPrefix(name, prefix+"/")
	}
	return pattern == name
}

// allowed returns what a package may import; false if no line is about it.
func allowed(dir string) ([]string, bool) {
	for _, rule := range mayImport {
		if matches(rule.packages, dir) {
			return strings.Fields(rule.imports), true
		}
	}
	return nil, false
}

// permits reports whether the list allows an import.
func permits(list []string, imported string) bool {
	path, inModule := strings.CutPrefix(imported, module+"/")
	if imported == module {
		path, inModule = ".", true
	}
	for _, allowed := range list {
		switch {
		case allowed == anything:
			return true
		case inModule && matches(allowed, path):
			return true
		case !inModule && (imported == allowed || strings.HasPrefix(imported, allowed+"/")):
			return true
		}
	}
	return false
}

func standard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return !strings.Contains(first, ".")
}

func TestImports(t *testing.T) {
	unlisted := map[string]bool{}
	for _, f := range sourceFiles(t) {
		list, ok := allowed(f.dir)
		if !ok {
			unlisted[f.dir] = true
			continue
		}
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if !standard(imported) && !permits(list, imported) {
				t.Errorf("%s: package %s may not import %s", f.position(spec), f.dir, imported)
			}
		}
	}
	for _, dir := range sorted(unlisted) {
		t.Errorf("package %s has no line in mayImport: say what it may import", dir)
	}
}

func TestPermits(t *testing.T) {
	for _, c := range []struct {
		list, imported string
		want           bool
	}{
		{"internal/wire", module + "/internal/wire", true},
		{"internal/wire", module + "/internal/wire/pagewire", false},
		{"internal/...", module + "/internal/wire", true},
		{"internal/...", module + "/internals", false},
		{"", module, false},
		{".", module, true},
		{anything, module, true},
		{"github.com/a/b", "github.com/a/b/c", true},
		{"github.com/a/b", "github.com/a/bc", false},
		{"client", "client.example/client", false},
	} {
		if got := permits(strings.Fields(c.list), c.imported); got != c.want {
			t.Errorf("%q permits %s: %v, want %v", c.list, c.imported, got, c.want)
		}
	}
}
