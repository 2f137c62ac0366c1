package main

import (
	"bytes"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGeneratedFilesAreUpToDate(t *testing.T) {
	files, err := generate("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		got, err := os.ReadFile(filepath.Join("..", f.path))
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(got, f.text) {
			t.Errorf("%s is stale: run go generate ./internal/wire", f.path)
		}
	}
}

func TestGeneratorReportsMistakes(t *testing.T) {
	for name, c := range map[string]struct{ schema, reason string }{
		"no tag":             {"//wire:props\ntype P struct { A int }", "P.A: has no wire tag"},
		"unknown option":     {"//wire:props\ntype P struct { A int `wire:\"a,never\"` }", `"never" is no option`},
		"unknown word":       {"//wire:message s2c loud\ntype M struct {}", `"loud" is no part`},
		"no comment":         {"//wire:props\ntype P struct { A int `wire:\"a\"` }", "P.A: has no comment"},
		"foreign embed":      {"//wire:props\ntype P struct { Q }", "P embeds Q"},
		"foreign type":       {"//wire:props\ntype P struct { A Q `wire:\"a\"` }", "P.A: the schema has no type Q"},
		"extension not last": {"//wire:props\ntype P struct {\n// the a\nA *int `wire:\"a,extension\"`\n// the b\nB int `wire:\"b\"` }", "come last"},
		"untyped array":      {"//wire:props\ntype P struct {\n// the A\nA Array `wire:\"a\"` }", "needs a dtype tag"},
		"unknown element":    {"//wire:props\ntype P struct {\n// the A\nA Array `wire:\"a\" dtype:\"<c8\"` }", "no typed array"},
		"not Go":             {"type", "expected"},
	} {
		dir := t.TempDir()
		text := "package wire\n\n" + c.schema + "\n"
		if err := os.WriteFile(filepath.Join(dir, "schema_x.go"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := generate(dir); err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: got %v, want an error with %q", name, err, c.reason)
		}
	}
	if _, err := generate(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no schema") {
		t.Errorf("without a schema: %v", err)
	}
}

func TestEveryCheckHasBoundsForThePage(t *testing.T) {
	for name := range rules {
		if _, ok := bounds[name]; !ok {
			t.Errorf("the check %q has no bounds in typescript_props.go", name)
		}
	}
}

// TestCommentOfSeveralLines: the line breaks of a comment in the schema do not reach the generated code.
func TestCommentOfSeveralLines(t *testing.T) {
	dir := t.TempDir()
	text := "package wire\n\n//wire:props\ntype P struct {\n// the size of a thing, in scene\n// units; default\n// 2\n" +
		"A float64 `wire:\"a\" check:\"positive\"`\n}\n"
	if err := os.WriteFile(filepath.Join(dir, "schema_x.go"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := parseSchema(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("package viser\n")
	if err := s.writeOptions(&b, "Box", optionSet{props: "P"}); err != nil {
		t.Fatal(err)
	}
	code, err := format.Source([]byte(b.String()))
	if err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	for _, want := range []string{"// the size of a thing, in scene units; default 2\n", "or(o.A, 2)"} {
		if !strings.Contains(string(code), want) {
			t.Errorf("the options have no %q:\n%s", want, code)
		}
	}
}

func TestRowShape(t *testing.T) {
	for doc, want := range map[string]string{
		"the corners, float32, three per row":                      "row: [3]",
		"the triangles, uint32, three vertex indices per row, ccw": "row: [3]",
		"the lines' ends, float32, two by three per row":           "row: [2, 3]",
		"the scales, one or three per row; null for 1":             "",
		"the splats, uint32, eight per row: center":                "row: [8]",
		"the bytes":               "",
		"the many, seven per row": "",
	} {
		if got := strings.Join(rowShape(doc), ""); got != want {
			t.Errorf("%q: %q, want %q", doc, got, want)
		}
	}
}
