package colornames_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"image/color"
	"strings"
	"testing"

	"github.com/viser-go/viser/colornames"
)

// variables lists the exported variables of the package by their lower-case names.
func variables(t *testing.T) map[string]string {
	file, err := parser.ParseFile(token.NewFileSet(), "colornames.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, decl := range file.Decls {
		vars, ok := decl.(*ast.GenDecl)
		if !ok || vars.Tok != token.VAR {
			continue
		}
		for _, spec := range vars.Specs {
			if name := spec.(*ast.ValueSpec).Names[0].Name; ast.IsExported(name) {
				names[strings.ToLower(name)] = name
			}
		}
	}
	return names
}

func TestEveryVariableCanBeLookedUp(t *testing.T) {
	vars, names := variables(t), colornames.Names()
	if len(names) != 148 || len(vars) != 148 { // CSS Color Module Level 4 has 148 names
		t.Fatalf("%d names, %d variables; want 148 of each", len(names), len(vars))
	}
	for _, name := range names {
		if _, ok := vars[name]; !ok {
			t.Errorf("%q is a name without a variable", name)
		}
		c, ok := colornames.Lookup(name)
		if !ok || c.A != 255 {
			t.Errorf("Lookup(%q) = %v, %v; want an opaque color", name, c, ok)
		}
	}
}

func TestLookup(t *testing.T) {
	for name, want := range map[string]color.RGBA{
		"tomato":        {255, 99, 71, 255},
		"LightSkyBlue":  {135, 206, 250, 255},
		"REBECCAPURPLE": {102, 51, 153, 255},
		"black":         {0, 0, 0, 255},
		"white":         {255, 255, 255, 255},
		"green":         {0, 128, 0, 255},
		"lime":          {0, 255, 0, 255},
	} {
		if c, ok := colornames.Lookup(name); !ok || c != want {
			t.Errorf("Lookup(%q) = %v, %v; want %v", name, c, ok, want)
		}
	}
	if c, ok := colornames.Lookup("mauve"); ok {
		t.Errorf("mauve is not a CSS color, but Lookup returns %v", c)
	}
}

func TestSpellings(t *testing.T) {
	for _, name := range colornames.Names() {
		c, _ := colornames.Lookup(name)
		if other := strings.ReplaceAll(name, "gray", "grey"); other != name {
			if d, ok := colornames.Lookup(other); !ok || c != d {
				t.Errorf("%s is %v, %s is %v", name, c, other, d)
			}
		}
	}
	if colornames.Aqua != colornames.Cyan || colornames.Fuchsia != colornames.Magenta {
		t.Error("aqua is cyan, and fuchsia is magenta")
	}
}
