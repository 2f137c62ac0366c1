package viser_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	gotypes "go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// guideImports are the packages that fragments in the guide use without an import declaration.
var guideImports = []string{
	"context", "errors", "fmt", "image", "log", "log/slog", "math", "net", "net/http", "net/netip", "os", "path/filepath", "time",
	"github.com/viser-go/viser", "github.com/viser-go/viser/colornames", "github.com/viser-go/viser/icon",
	"github.com/viser-go/viser/transform", "github.com/viser-go/viser/uplot",
	"github.com/viser-go/viser/colmap", "github.com/viser-go/viser/colormap", "github.com/viser-go/viser/isosurface", "github.com/viser-go/viser/models",
	"github.com/viser-go/viser/record3d", "github.com/viser-go/viser/robot",
	"github.com/viser-go/viser/formats/gltf", "github.com/viser-go/viser/formats/las", "github.com/viser-go/viser/formats/obj",
	"github.com/viser-go/viser/formats/ply", "github.com/viser-go/viser/formats/splat", "github.com/viser-go/viser/formats/transforms",
}

// guideNames are what the fragments of a page use besides what its earlier fragments declare.
var guideNames = map[string]string{
	"README.md":  `var ctx context.Context; var points [][3]float32; var colors []viser.RGB`,
	"access.md":  `var ctx context.Context`,
	"clients.md": `var ctx context.Context; var server *viser.Server; var c *viser.Client`,
	"files.md":   `var ctx context.Context; var server *viser.Server`,
	"gui.md": `var ctx context.Context; var server *viser.Server; var client *viser.Client; var cloud *viser.PointCloud
		var t, y float64; var dir string; func draw(float64) {}
		func rate() float64 { return 0 }; func robotState() string { return "" }`,
	"layout.md": `var server *viser.Server; var gui *viser.GUI; var e viser.ButtonEvent
		func greet(string) {}; func forget() {}; func write() {}
		type machine struct{}; func (machine) Show(*viser.Scene, viser.Container) {}; var arm machine`,
	"looking.md": `var ctx context.Context; var server *viser.Server; var client *viser.Client; var scene *viser.Scene; var cloud *viser.PointCloud
		var temperatures, newer []float32; var places, speeds []viser.Vec3f
		var img image.Image; var frames chan []byte; var box *viser.Box
		var scan []uint8; var cells, found [][3]int32; var colors, foundColors []viser.RGB`,
	"running.md": `var server *viser.Server`,
	"scene.md": `var server *viser.Server; var scene *viser.Scene; var cloud *viser.PointCloud
		var colors []viser.RGB; var seen []viser.Vec3f; var red viser.RGB`,
	"time.md": `var server *viser.Server; var client *viser.Client; var nodes []*viser.Frame
		var plan [][]viser.Pose`,
	"transform.md": `var box *viser.Box; var m [4][4]float64`,
}

// goBlock is a block of Go in a page of the guide.
var goBlock = regexp.MustCompile("(?ms)^ *```go\n(.*?)^ *```")

// TestGuideCompiles type-checks every block of Go in README.md and in the guide.
func TestGuideCompiles(t *testing.T) {
	pages, err := filepath.Glob("docs/guide/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	imports := compiledImporter(t)
	blocks := 0
	for _, page := range append(pages, "README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		sources, n := guideSources(page, string(text))
		blocks += n
		for _, source := range sources {
			for _, err := range typeErrors(imports, source) {
				t.Error(err)
			}
		}
	}
	if blocks < 20 {
		t.Errorf("only %d blocks were found", blocks)
	}
}

// TestGuideErrorsAreFound: what is wrong in a block is found, at its line of the page.
func TestGuideErrorsAreFound(t *testing.T) {
	imports := compiledImporter(t)
	for block, want := range map[string]string{
		"server.Sceen()":              "clients.md:3: server.Sceen undefined",
		"\nserver.GUI().AddSlider(1)": "clients.md:4:",
		"x := undeclared":             "undefined: undeclared",
		"if {":                        "clients.md:3:",
		"package main\n\nfunc main() { viser.MustStart(nil) }": "undefined: viser",
		"server := viser.MustStart(nil)\n_ = server.Close(1)":  "clients.md:4:",
	} {
		sources, n := guideSources("clients.md", "# Page\n```go\n"+block+"\n```\n")
		if n != 1 {
			t.Fatalf("%d blocks", n)
		}
		found := ""
		for _, source := range sources {
			found += fmt.Sprintln(typeErrors(imports, source))
		}
		if !strings.Contains(found, want) {
			t.Errorf("%q: the errors are %s, want one with %q", block, found, want)
		}
	}
}

// guideSources returns Go files with the blocks of a page, and how many blocks it has. A block that is a file of
// its own stays one; all others are parts of one function, each in a scope inside that of the one before.
func guideSources(page, text string) (files []string, blocks int) {
	var body, end strings.Builder
	for _, at := range goBlock.FindAllStringSubmatchIndex(text, -1) {
		blocks++
		line := fmt.Sprintf("//line %s:%d\n", page, 1+strings.Count(text[:at[2]], "\n"))
		code := line + strings.ReplaceAll(text[at[2]:at[3]], "…", "")
		if strings.HasPrefix(text[at[2]:at[3]], "package ") {
			files = append(files, code)
			continue
		}
		body.WriteString("{\n" + code)
		end.WriteString("}\n")
	}
	if body.Len() == 0 {
		return files, blocks
	}
	var file strings.Builder
	file.WriteString("package guide\n")
	for _, path := range guideImports {
		fmt.Fprintf(&file, "import %q\n", path)
	}
	fmt.Fprintf(&file, "%s\nfunc fragments() error {\n%s%sreturn nil\n}\n", guideNames[filepath.Base(page)], &body, &end)
	return append(files, file.String()), blocks
}

// typeErrors are the errors of a file, without variables and imports that are not used.
func typeErrors(imports gotypes.Importer, source string) (found []error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "block.go", source, parser.SkipObjectResolution)
	if err != nil {
		return []error{err}
	}
	config := gotypes.Config{Importer: imports, Error: func(err error) {
		if e, ok := errors.AsType[gotypes.Error](err); !ok || !e.Soft {
			found = append(found, err)
		}
	}}
	// Errors go to the callback.
	_, _ = config.Check("guide", fset, []*ast.File{file}, nil)
	return found
}

// compiledImporter reads packages from what the go command has compiled.
func compiledImporter(t *testing.T) gotypes.Importer {
	t.Helper()
	args := append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}"}, guideImports...)
	cmd := exec.CommandContext(t.Context(), "go", args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = file
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("%s is not among guideImports", path)
		}
		return os.Open(exports[path])
	})
}
