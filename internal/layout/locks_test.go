package layout

import (
	"go/ast"
	"regexp"
	"strings"
	"testing"
)

// documented are the packages that docs/locks.md is about: the library, not the
// programs beside it.
func documented(dir string) bool {
	for _, programs := range []string{"bench", "client", "cmd", "examples", "hdri", "icon", "interop"} {
		if dir == programs || strings.HasPrefix(dir, programs+"/") {
			return false
		}
	}
	return true
}

// locks returns the names of all mutexes and onces by package, as "Type.field".
func locks(files []*file) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, f := range files {
		if !documented(f.dir) {
			continue
		}
		for _, decl := range f.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range gen.Specs {
				named, ok := spec.(*ast.TypeSpec)
				if !ok {
					continue
				}
				for _, name := range lockFields(named) {
					if out[f.dir] == nil {
						out[f.dir] = map[string]string{}
					}
					out[f.dir][named.Name.Name+"."+name] = f.position(spec)
				}
			}
		}
	}
	return out
}

// lockFields are the fields of a struct that are locks. A struct without a name is
// counted as part of the one around it.
func lockFields(named *ast.TypeSpec) []string {
	var names []string
	ast.Inspect(named.Type, func(n ast.Node) bool {
		field, ok := n.(*ast.Field)
		if !ok || !isLock(field.Type) {
			return true
		}
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
		if len(field.Names) == 0 {
			names = append(names, "Mutex")
		}
		return true
	})
	return names
}

func isLock(x ast.Expr) bool {
	if star, ok := x.(*ast.StarExpr); ok {
		x = star.X
	}
	selector, ok := x.(*ast.SelectorExpr)
	if !ok || lastName(selector.X) != "sync" {
		return false
	}
	return selector.Sel.Name == "Mutex" || selector.Sel.Name == "RWMutex" || selector.Sel.Name == "Once"
}

var (
	heading  = regexp.MustCompile(`(?m)^## (.*)$`)
	lockName = regexp.MustCompile(`\b[A-Za-z]\w*\.[a-z]\w*\b`)
)

// sections returns the parts of docs/locks.md by package; a heading may name several.
func sections(text string) map[string]string {
	out := map[string]string{}
	found := heading.FindAllStringSubmatchIndex(text, -1)
	for i, at := range found {
		end := len(text)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		name := text[at[2]:at[3]]
		for _, dir := range strings.Split(strings.Replace(name, "package viser", ".", 1), ", ") {
			out[dir] = text[at[1]:end]
		}
	}
	return out
}

// claims are the names of locks in a section's rules: its indented lines, and its
// lists of leaves.
func claims(section string) []string {
	var out []string
	for _, block := range strings.Split(section, "\n\n") {
		if strings.HasPrefix(block, "Leaves:") || strings.HasPrefix(block, "Leaf:") || strings.HasPrefix(block, "Under any lock:") {
			list, _, _ := strings.Cut(block, ". ")
			out = append(out, lockName.FindAllString(list, -1)...)
			continue
		}
		for _, line := range strings.Split(block, "\n") {
			if strings.HasPrefix(line, "    ") {
				out = append(out, lockName.FindAllString(line, -1)...)
			}
		}
	}
	return out
}

func TestLocksAreDocumented(t *testing.T) {
	text := sections(readDoc(t, "locks.md"))
	all := locks(sourceFiles(t))
	exists := map[string]bool{}
	for dir, names := range all {
		claimed := map[string]bool{}
		for _, name := range claims(text[dir]) {
			claimed[name] = true
		}
		for _, name := range sorted(names) {
			exists[name] = true
			if !claimed[name] {
				t.Errorf("%s: the lock %s has no line in the section on %s in docs/locks.md", names[name], name, dir)
			}
		}
	}
	if len(exists) < 15 {
		t.Errorf("only %d locks were found: this test has lost sight of them", len(exists))
	}
	for dir, section := range text {
		for _, name := range claims(section) {
			if !exists[name] {
				t.Errorf("docs/locks.md, section on %s: there is no lock %s", dir, name)
			}
		}
	}
}

// TestLockOrderHasNoCycle: an order that the document allows can be followed by all.
func TestLockOrderHasNoCycle(t *testing.T) {
	after := map[string][]string{}
	for _, line := range strings.Split(readDoc(t, "locks.md"), "\n") {
		if !strings.HasPrefix(line, "    ") || !strings.Contains(line, "->") {
			continue
		}
		chain := strings.Split(line, "->")
		for i := 1; i < len(chain); i++ {
			from := strings.TrimSpace(chain[i-1])
			after[from] = append(after[from], strings.TrimSpace(chain[i]))
		}
	}
	if len(after) < 5 {
		t.Fatalf("only %d rules were found: this test has lost sight of them", len(after))
	}
	done := map[string]bool{}
	var visit func(name string, way []string)
	visit = func(name string, way []string) {
		for i, earlier := range way {
			if earlier == name {
				t.Errorf("a cycle: %s", strings.Join(append(way[i:], name), " -> "))
				return
			}
		}
		if done[name] {
			return
		}
		for _, next := range after[name] {
			visit(next, append(way, name))
		}
		done[name] = true
	}
	for _, name := range sorted(after) {
		visit(name, nil)
	}
}
