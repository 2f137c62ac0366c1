package layout

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

// messageAt is the index of the message among the arguments of a method that logs.
var messageAt = map[string]int{
	"Debug": 0, "Info": 0, "Warn": 0, "Error": 0, "limited": 0, "limit": 2,
	"DebugContext": 1, "InfoContext": 1, "WarnContext": 1, "ErrorContext": 1,
	"Log": 2, "LogAttrs": 2,
}

// loggers are the names under which code holds a *slog.Logger, or the package.
var loggers = []string{"log", "logger", "Logger", "slog"}

// message returns the message of a call that logs, nil for any other call.
func message(call *ast.CallExpr) ast.Expr {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains(loggers, lastName(method.X)) {
		return nil
	}
	at, ok := messageAt[method.Sel.Name]
	if !ok || at >= len(call.Args) {
		return nil
	}
	return call.Args[at]
}

// lastName is c of a.b.c, of a.b.c() and of c.
func lastName(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	case *ast.CallExpr:
		return lastName(x.Fun)
	}
	return ""
}

func constant(x ast.Expr) bool {
	literal, ok := x.(*ast.BasicLit)
	return ok && literal.Kind == token.STRING
}

// TestLogMessagesAreConstant: a message in a log can be found in the source, and
// variable parts are attributes.
func TestLogMessagesAreConstant(t *testing.T) {
	found := 0
	for _, f := range sourceFiles(t) {
		ast.Inspect(f.File, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			msg := message(call)
			if msg == nil {
				return true
			}
			found++
			if !constant(msg) {
				t.Errorf("%s: the message is no string literal: put what varies into attributes", f.position(call))
			}
			return true
		})
	}
	if found < 20 {
		t.Errorf("only %d calls that log were found: this test has lost sight of them", found)
	}
}

func TestMessage(t *testing.T) {
	for text, want := range map[string]bool{
		`slog.Info("a", "b", c)`:                  true,
		`s.log.Warn("a" + b)`:                     false,
		`s.opts.Logger.Error(fmt.Sprint(a))`:      false,
		`s.Logger().ErrorContext(ctx, "a")`:       true,
		`log.LogAttrs(ctx, slog.LevelInfo, text)`: false,
	} {
		x, err := parser.ParseExpr(text)
		if err != nil {
			t.Fatal(err)
		}
		if msg := message(x.(*ast.CallExpr)); msg == nil || constant(msg) != want {
			t.Errorf("%s: constant is %v", text, !want)
		}
	}
}
