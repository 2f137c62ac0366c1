package layout

import (
	"go/ast"
	"go/parser"
	"slices"
	"strings"
	"testing"
)

// unthrottled are the messages that may be logged without a limit of their rate, with the reason. All others are
// limited, as a visitor may be able to cause them.
var unthrottled = map[string]string{
	"the embedded client has no Plotly; upstream viser's pages show no plots": "once per server: it is logged by a sync.Once",
	"the port is taken; listening on the next free one":                       "once per server, by Start",
	"viser is listening": "once per server, by Start",
	"a token is short: guesses are slowed, but not prevented":           "once per token, by Start",
	"everyone who can connect may use everything: no token is required": "once per server, by Start",
	"the server has stopped accepting connections":                      "once per server: the accepting goroutine ends",
	"a recording has failed":                                            "once per recording, which the program begins",
	"a recording is not complete: its writer does not return":           "once per recording, by Close of the server",
}

// limiting are the methods that limit the rate themselves.
var limiting = []string{"limited", "limit", "removed"}

// visited reports whether a visitor's data can reach the package: the library, but no command and no example.
func visited(dir string) bool {
	return dir == "." || strings.HasPrefix(dir, "internal/") && dir != "internal/layout"
}

// allows reports whether a statement is "if n, ok := x.Allow(); ok {": its body runs at a limited rate.
func allows(n ast.Node) bool {
	cond, ok := n.(*ast.IfStmt)
	if !ok || cond.Init == nil {
		return false
	}
	assign, ok := cond.Init.(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 || len(assign.Lhs) != 2 {
		return false
	}
	call, ok := assign.Rhs[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	return ok && strings.EqualFold(method.Sel.Name, "allow") && lastName(cond.Cond) == lastName(assign.Lhs[1])
}

// unlimited returns the calls below n that log without a limit.
func unlimited(n ast.Node) (calls []*ast.CallExpr) {
	ast.Inspect(n, func(n ast.Node) bool {
		if allows(n) {
			if otherwise := n.(*ast.IfStmt).Else; otherwise != nil {
				calls = append(calls, unlimited(otherwise)...)
			}
			return false
		}
		call, ok := n.(*ast.CallExpr)
		if !ok || message(call) == nil {
			return true
		}
		if !slices.Contains(limiting, call.Fun.(*ast.SelectorExpr).Sel.Name) {
			calls = append(calls, call)
		}
		return true
	})
	return calls
}

// TestLogsAreThrottled: whatever a visitor does, it can cause each log line only once per ten seconds, and no line of
// unlimited size.
func TestLogsAreThrottled(t *testing.T) {
	used := map[string]bool{}
	for _, f := range sourceFiles(t) {
		if !visited(f.dir) {
			continue
		}
		for _, call := range unlimited(f.File) {
			text := ""
			if literal, ok := message(call).(*ast.BasicLit); ok {
				text = strings.Trim(literal.Value, "`\"")
			}
			used[text] = true
			if unthrottled[text] == "" {
				t.Errorf("%s: %q is logged without a limit: use logger.limited, or a rate.Log", f.position(call), text)
			}
		}
		if f.dir != "internal/rate" {
			checkStacks(t, f)
		}
	}
	for text := range unthrottled {
		if !used[text] {
			t.Errorf("%q is an exception, but is not logged without a limit any more", text)
		}
	}
}

// checkStacks: stacks have any size; rate.Stack bounds them.
func checkStacks(t *testing.T, f *file) {
	t.Helper()
	for _, spec := range f.Imports {
		if spec.Path.Value == `"runtime/debug"` {
			t.Errorf("%s: use rate.Stack instead of debug.Stack, which is unbounded", f.position(spec))
		}
	}
}

func TestUnlimited(t *testing.T) {
	for text, want := range map[string]int{
		`s.log.Warn("a")`:    1,
		`s.log.limited("a")`: 0,
		`if n, ok := s.quiet.Allow(); ok { s.log.Warn("a", n) }`:                              0,
		`if n, ok := l.allow("kind"); ok { l.log.Warn("a", n) }`:                              0,
		`if n, ok := s.quiet.Allow(); ok { } else { s.log.Warn("a", n) }`:                     1,
		`if n, ok := s.quiet.Allow(); !ok { s.log.Warn("a", n) }`:                             1,
		`if n, ok := s.quiet.Ask(); ok { s.log.Warn("a", n) }`:                                1,
		`if s.bad { s.opts.Logger.Error("a") }`:                                               1,
		`defer func() { if p := recover(); p != nil { s.log.Error("a"); s.log.Info("b") }}()`: 2,
	} {
		f, err := parser.ParseFile(fset, "", "package p; func f() { "+text+" }", parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(unlimited(f)); got != want {
			t.Errorf("%s: %d calls, want %d", text, got, want)
		}
	}
}
