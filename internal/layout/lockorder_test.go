package layout

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestLockOrder compares the orders in which the source takes locks with those of
// docs/locks.md. It follows calls of functions and methods, but neither interfaces nor
// function values: code that is called through those must not run under a lock.
func TestLockOrder(t *testing.T) {
	text := readDoc(t, "locks.md")
	allowed, anywhere := closure(documentedOrders(text)), underAnyLock(text)
	a := analyze(t)
	edges := a.edges()
	if len(edges) < 15 {
		t.Errorf("only %d orders were found: this test has lost sight of them", len(edges))
	}
	for _, order := range slices.SortedFunc(maps.Keys(edges), func(a, b order) int {
		return strings.Compare(a.String(), b.String())
	}) {
		if !allowed[order] && !anywhere[order.second] {
			t.Errorf("%s: takes the locks %s, which docs/locks.md does not allow", edges[order], order)
		}
	}
}

// An order is two locks, of which the second is taken while the first is held.
type order struct{ first, second string }

func (o order) String() string { return o.first + " -> " + o.second }

func documentedOrders(text string) map[order]bool {
	out := map[order]bool{}
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "    ") || !strings.Contains(line, "->") {
			continue
		}
		chain := strings.Split(line, "->")
		for i := 1; i < len(chain); i++ {
			out[order{strings.TrimSpace(chain[i-1]), strings.TrimSpace(chain[i])}] = true
		}
	}
	return out
}

// underAnyLock are the leaves that may be taken while any lock is held.
func underAnyLock(text string) map[string]bool {
	out := map[string]bool{}
	for _, block := range strings.Split(text, "\n\n") {
		if list, ok := strings.CutPrefix(block, "Under any lock:"); ok {
			list, _, _ = strings.Cut(list, ". ")
			for _, name := range lockName.FindAllString(list, -1) {
				out[name] = true
			}
		}
	}
	return out
}

// closure adds a -> c for each a -> b and b -> c.
func closure(orders map[order]bool) map[order]bool {
	out := maps.Clone(orders)
	for grown := true; grown; {
		grown = false
		for a := range maps.Clone(out) {
			for b := range maps.Clone(out) {
				if c := (order{a.first, b.second}); a.second == b.first && !out[c] {
					out[c], grown = true, true
				}
			}
		}
	}
	return out
}

// analysis is what functions do with locks.
type analysis struct {
	names map[*types.Var]string    // fields that are locks
	does  map[*types.Func]*actions // of our functions with a body
	all   []*actions               // of function literals as well
}

// actions are what one function does itself.
type actions struct {
	takes map[string]bool
	calls map[*types.Func]bool
	under []held
}

// held is a lock that is taken, or a call that is made, while another lock is held.
type held struct {
	lock, takes string
	calls       *types.Func
	at          string
}

func newAnalysis() *analysis {
	return &analysis{names: map[*types.Var]string{}, does: map[*types.Func]*actions{}}
}

// check type-checks a package and notes what its functions do.
func (a *analysis) check(t *testing.T, path string, files []*ast.File, find types.Importer) *types.Package {
	t.Helper()
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}}
	checked, err := (&types.Config{Importer: find}).Check(path, fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	a.nameLocks(info, files)
	for _, f := range files {
		a.file(info, f)
	}
	return checked
}

func (a *analysis) edges() map[order]string {
	takes := a.transitive()
	out := map[order]string{}
	for _, f := range a.all {
		for _, h := range f.under {
			if h.takes != "" {
				out[order{h.lock, h.takes}] = h.at
			}
			for lock := range takes[h.calls] {
				out[order{h.lock, lock}] = h.at
			}
		}
	}
	return out
}

// transitive returns the locks that each function takes itself or by calls.
func (a *analysis) transitive() map[*types.Func]map[string]bool {
	out := map[*types.Func]map[string]bool{}
	for f, does := range a.does {
		out[f] = maps.Clone(does.takes)
	}
	for grown := true; grown; {
		grown = false
		for f, does := range a.does {
			before := len(out[f])
			for callee := range does.calls {
				maps.Copy(out[f], out[callee])
			}
			grown = grown || len(out[f]) > before
		}
	}
	return out
}

// analyze type-checks the packages that docs/locks.md is about.
func analyze(t *testing.T) *analysis {
	t.Helper()
	a := newAnalysis()
	exports := map[string]string{}
	checked := map[string]*types.Package{}
	others := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	find := importerFunc(func(path string) (*types.Package, error) {
		if p := checked[path]; p != nil {
			return p, nil
		}
		return others.Import(path)
	})
	for _, p := range listPackages(t) {
		if dir, inModule := below(p.ImportPath); !inModule || !documented(dir) {
			exports[p.ImportPath] = p.Export
			continue
		}
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		checked[p.ImportPath] = a.check(t, p.ImportPath, files, find)
	}
	return a
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// below returns the directory of a package of the module.
func below(path string) (string, bool) {
	if path == module {
		return ".", true
	}
	return strings.CutPrefix(path, module+"/")
}

type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
}

// listPackages returns the library and all that it imports, each after what it imports.
func listPackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles", ".")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			t.Fatalf("%v: %s", err, failed.Stderr)
		}
		t.Fatal(err)
	}
	var packages []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		switch err := d.Decode(&p); err {
		case nil:
			packages = append(packages, p)
		case io.EOF:
			return packages
		default:
			t.Fatal(err)
		}
	}
}

// nameLocks finds the fields that are locks.
func (a *analysis) nameLocks(info *types.Info, files []*ast.File) {
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			ast.Inspect(spec.Type, func(n ast.Node) bool {
				field, ok := n.(*ast.Field)
				if ok && isLock(field.Type) {
					for _, name := range field.Names {
						a.names[info.Defs[name].(*types.Var)] = spec.Name.Name + "." + name.Name
					}
				}
				return true
			})
			return true
		})
	}
}

func (a *analysis) file(info *types.Info, f *ast.File) {
	for _, decl := range f.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		w := a.walker(info)
		a.does[info.Defs[fn.Name].(*types.Func)] = w.actions
		w.block(fn.Body.List, nil)
	}
}

func (a *analysis) walker(info *types.Info) *walker {
	w := &walker{analysis: a, info: info, actions: &actions{takes: map[string]bool{}, calls: map[*types.Func]bool{}}}
	a.all = append(a.all, w.actions)
	return w
}

// A walker visits the statements of one function in order.
type walker struct {
	*analysis
	info     *types.Info
	actions  *actions
	deferred []string // locks that are unlocked at the end
}

// block visits statements and returns the locks that are held after them. Loops and
// switches are assumed to release the locks that they take.
func (w *walker) block(list []ast.Stmt, locks []string) []string {
	for _, s := range list {
		locks = w.statement(s, locks)
	}
	return locks
}

func (w *walker) statement(s ast.Stmt, locks []string) []string {
	switch s := s.(type) {
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok {
			switch lock, method := w.lockCall(call); method {
			case "Lock", "RLock":
				w.take(lock, locks, call)
				return append(slices.Clone(locks), lock)
			case "Unlock", "RUnlock":
				return slices.DeleteFunc(slices.Clone(locks), func(l string) bool { return l == lock })
			}
		}
		w.expressions(s, locks)
	case *ast.DeferStmt:
		if lock, _ := w.lockCall(s.Call); lock != "" {
			w.deferred = append(w.deferred, lock)
			break
		}
		// It runs at the end, under the locks whose unlocking was deferred before.
		w.expressions(s, slices.DeleteFunc(slices.Clone(locks), func(l string) bool { return !slices.Contains(w.deferred, l) }))
	case *ast.GoStmt: // what it calls runs elsewhere
		for _, x := range append(s.Call.Args, s.Call.Fun) {
			if _, named := x.(*ast.FuncLit); named || x != s.Call.Fun {
				w.expressions(x, nil)
			}
		}
	case *ast.BlockStmt:
		return w.block(s.List, locks)
	case *ast.IfStmt:
		if s.Init != nil {
			locks = w.statement(s.Init, locks)
		}
		w.expressions(s.Cond, locks)
		return w.branches(s, locks)
	case *ast.ForStmt:
		for _, part := range []ast.Node{s.Init, s.Cond, s.Post} {
			w.expressions(part, locks)
		}
		w.block(s.Body.List, locks)
	case *ast.RangeStmt:
		w.expressions(s.X, locks)
		w.block(s.Body.List, locks)
	case *ast.SwitchStmt:
		w.expressions(s.Init, locks)
		w.expressions(s.Tag, locks)
		w.block(s.Body.List, locks)
	case *ast.TypeSwitchStmt:
		w.block(s.Body.List, locks)
	case *ast.SelectStmt:
		w.block(s.Body.List, locks)
	case *ast.CaseClause:
		for _, x := range s.List {
			w.expressions(x, locks)
		}
		w.block(s.Body, locks)
	case *ast.CommClause:
		w.block(s.Body, locks)
	case *ast.LabeledStmt:
		return w.statement(s.Stmt, locks)
	default:
		w.expressions(s, locks)
	}
	return locks
}

// branches returns the locks that are held behind an if: on each way that leads there.
func (w *walker) branches(s *ast.IfStmt, locks []string) []string {
	then := w.block(s.Body.List, locks)
	otherwise := locks
	if s.Else != nil {
		otherwise = w.statement(s.Else, locks)
	}
	block, isBlock := s.Else.(*ast.BlockStmt)
	switch {
	case leaves(s.Body.List):
		return otherwise
	case isBlock && leaves(block.List):
		return then
	}
	return slices.DeleteFunc(slices.Clone(then), func(l string) bool { return !slices.Contains(otherwise, l) })
}

// leaves reports whether what follows the statements is not reached from them.
func leaves(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch last := list[len(list)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		call, ok := last.X.(*ast.CallExpr)
		return ok && lastName(call.Fun) == "panic"
	}
	return false
}

// expressions visits the calls in a node. Function literals run elsewhere.
func (w *walker) expressions(n ast.Node, locks []string) {
	if n == nil || n == ast.Stmt(nil) || n == ast.Expr(nil) {
		return
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			w.walker(w.info).block(n.Body.List, nil)
			return false
		case *ast.CallExpr:
			if lock, method := w.lockCall(n); method == "Do" {
				w.once(lock, n, locks)
				return false
			}
			if f := w.callee(n); f != nil {
				w.actions.calls[f] = true
				for _, lock := range locks {
					w.actions.under = append(w.actions.under, held{lock: lock, calls: f, at: at(n)})
				}
			}
		}
		return true
	})
}

// once visits the function of a sync.Once, which runs while it is held.
func (w *walker) once(lock string, call *ast.CallExpr, locks []string) {
	w.take(lock, locks, call)
	inside := append(slices.Clone(locks), lock)
	switch f := call.Args[0].(type) {
	case *ast.FuncLit:
		w.block(f.Body.List, inside)
	default:
		if callee := w.function(f); callee != nil {
			w.actions.calls[callee] = true
			for _, l := range inside {
				w.actions.under = append(w.actions.under, held{lock: l, calls: callee, at: at(call)})
			}
		}
	}
}

func (w *walker) take(lock string, locks []string, call *ast.CallExpr) {
	w.actions.takes[lock] = true
	for _, l := range locks {
		w.actions.under = append(w.actions.under, held{lock: l, takes: lock, at: at(call)})
	}
}

// lockCall returns the lock and the method of x.mu.Lock() and its like.
func (w *walker) lockCall(call *ast.CallExpr) (lock, method string) {
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	field, ok := fun.X.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	selection := w.info.Selections[field]
	if selection == nil {
		return "", ""
	}
	v, ok := selection.Obj().(*types.Var)
	if !ok || w.names[v.Origin()] == "" {
		return "", ""
	}
	return w.names[v.Origin()], fun.Sel.Name
}

func (w *walker) callee(call *ast.CallExpr) *types.Func { return w.function(call.Fun) }

// function returns the function or method that an expression names.
func (w *walker) function(x ast.Expr) *types.Func {
	var id *ast.Ident
	switch x := x.(type) {
	case *ast.Ident:
		id = x
	case *ast.SelectorExpr:
		id = x.Sel
	case *ast.IndexExpr:
		return w.function(x.X)
	default:
		return nil
	}
	f, ok := w.info.Uses[id].(*types.Func)
	if !ok {
		return nil
	}
	return f.Origin()
}

func at(n ast.Node) string {
	p := fset.Position(n.Pos())
	name, err := filepath.Rel(root, p.Filename)
	if absolute, e := filepath.Abs(root); err != nil && e == nil {
		name, _ = filepath.Rel(absolute, p.Filename)
	}
	return fmt.Sprintf("%s:%d", name, p.Line)
}

// TestLockOrderIsSeen: what the analysis finds in small functions.
func TestLockOrderIsSeen(t *testing.T) {
	source := importer.ForCompiler(fset, "source", nil)
	const before = `package p
		import "sync"
		type a struct{ mu sync.Mutex }
		type b struct{ mu sync.RWMutex }
		type c struct{ once sync.Once }
		func (y *b) read() { y.mu.RLock(); defer y.mu.RUnlock() }
		func (y *b) through() { y.read() }
		func run(f func()) { f() }
		func f(x *a, y *b, z *c, ok bool) {`
	for body, want := range map[string]string{
		"x.mu.Lock(); y.mu.Lock(); y.mu.Unlock(); x.mu.Unlock()":                      "a.mu -> b.mu",
		"x.mu.Lock(); defer x.mu.Unlock(); y.through()":                               "a.mu -> b.mu",
		"x.mu.Lock(); defer x.mu.Unlock(); defer y.read()":                            "a.mu -> b.mu",
		"x.mu.Lock(); defer y.read(); x.mu.Unlock()":                                  "",
		"x.mu.Lock(); x.mu.Unlock(); y.through()":                                     "",
		"x.mu.Lock(); if ok { x.mu.Unlock(); return }; y.read(); x.mu.Unlock()":       "a.mu -> b.mu",
		"x.mu.Lock(); if ok { x.mu.Unlock(); y.read() } else { x.mu.Unlock() }":       "",
		"x.mu.Lock(); if ok { x.mu.Unlock() } else { x.mu.Unlock() }; y.read()":       "",
		"x.mu.Lock(); go y.read(); x.mu.Unlock()":                                     "",
		"x.mu.Lock(); go func() { y.read() }(); x.mu.Unlock()":                        "",
		"x.mu.Lock(); for range 2 { y.read() }; x.mu.Unlock()":                        "a.mu -> b.mu",
		"z.once.Do(func() { x.mu.Lock(); x.mu.Unlock() })":                            "c.once -> a.mu",
		"z.once.Do(y.through)":                                                        "c.once -> b.mu",
		"run(func() { y.mu.Lock(); x.mu.Lock(); x.mu.Unlock(); y.mu.Unlock() })":      "b.mu -> a.mu",
		"x.mu.Lock(); other := new(a); other.mu.Lock(); other.mu.Unlock()":            "a.mu -> a.mu",
		"switch { case ok: x.mu.Lock(); y.read(); x.mu.Unlock(); default: y.read() }": "a.mu -> b.mu",
	} {
		parsed, err := parser.ParseFile(fset, "p.go", before+body+"}", parser.SkipObjectResolution)
		if err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		a := newAnalysis()
		a.check(t, "p", []*ast.File{parsed}, source)
		var got []string
		for o := range a.edges() {
			got = append(got, o.String())
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("%s\ngives %q, want %q", body, text, want)
		}
	}
}
