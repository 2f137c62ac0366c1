package viser_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// goBlock is a block of Go in a page of the guide.
var goBlock = regexp.MustCompile("(?ms)^( *)```go\n(.*?)^ *```")

// selector is a name of one of our packages, as code writes it.
var selector = regexp.MustCompile(`\bviser\.([A-Z]\w*)`)

// TestGuideIsGo: each block of Go in README.md and in the guide is Go, and what it names of package viser exists.
func TestGuideIsGo(t *testing.T) {
	pages, err := filepath.Glob("docs/guide/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	exported := exportedNames(t)
	blocks := 0
	for _, page := range append(pages, "README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range goBlock.FindAllStringSubmatch(string(text), -1) {
			blocks++
			code := strings.ReplaceAll(m[2], "…", "")
			if !isGo(code) {
				t.Errorf("%s: this is not Go:\n%s", page, code)
			}
			for _, name := range selector.FindAllStringSubmatch(code, -1) {
				if !exported[name[1]] {
					t.Errorf("%s: there is no viser.%s", page, name[1])
				}
			}
		}
	}
	if blocks < 20 {
		t.Errorf("only %d blocks were found", blocks)
	}
}

// isGo reports whether code is a file, declarations, or statements.
func isGo(code string) bool {
	for _, file := range []string{code, "package p\n" + code, "package p\nfunc f() {\n" + code + "\n}"} {
		if _, err := parser.ParseFile(token.NewFileSet(), "block.go", file, parser.SkipObjectResolution); err == nil {
			return true
		}
	}
	return false
}

// exportedNames are the names that package viser exports.
func exportedNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := regexp.MustCompile(`(?m)^(?:func|type|const|var) ([A-Z]\w*)|^\t([A-Z]\w*)(?:, [A-Z]\w*)*\s+(?:\w+ +)?= `)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range declared.FindAllStringSubmatch(string(text), -1) {
			names[m[1]+m[2]] = true
		}
	}
	return names
}
