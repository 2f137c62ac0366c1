package viser_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
)

// TestPlainNumbersAreNoDurations passes 5 to each option and setter of type
// time.Duration: five nanoseconds are a mistake for five seconds.
func TestPlainNumbersAreNoDurations(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		n := c.Notify("title", "body", nil)
		recording := recordTo(t, s, io.Discard, nil)
		tried := map[string]func(){
			"NotificationOptions.AutoClose":   func() { c.Notify("title", "body", &viser.NotificationOptions{AutoClose: 5}) },
			"Options.Grace":                   func() { viser.NewTestServer(&viser.Options{Grace: 5}) },
			"Options.StallTimeout":            func() { viser.NewTestServer(&viser.Options{StallTimeout: 5}) },
			"Notification.SetAutoClose":       func() { n.SetAutoClose(5) },
			"UploadButtonOptions.IdleTimeout": func() { s.GUI().AddUploadButton("u", &viser.UploadButtonOptions{IdleTimeout: 5}) },
			"DropOptions.IdleTimeout":         func() { s.OnDrop(func(context.Context, viser.DropEvent) {}, &viser.DropOptions{IdleTimeout: 5}) },
			"TimelineOptions.Keep":            func() { s.Timeline(&viser.TimelineOptions{Keep: 5}) },
			"Server.At":                       func() { s.At(5, func() {}) },
			"Client.Seek":                     func() { c.Seek(5) },
			"Recording.Sleep":                 func() { recording.Sleep(5) },
			"Recording.At":                    func() { recording.At(5) },
			"RenderOptions.AssetWait": func() {
				_, _ = c.Render(context.Background(), 8, 8, &viser.RenderOptions{AssetWait: 5})
			},
		}
		synctest.Wait()
		for name, call := range tried {
			misused(t, name, call)
		}
		for _, name := range durations(t) {
			if tried[name] == nil {
				t.Errorf("%s takes a duration and is not tried", name)
			}
		}
	})
}

// durations lists the exported fields of options, and the parameters of exported
// setters, that are durations.
func durations(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, durationsIn(f)...)
	}
	if len(names) == 0 {
		t.Error("no duration was found in the source")
	}
	return names
}

// results are the structs that the library fills in.
var results = map[string]bool{"Stats": true, "ClientStats": true, "WindowTrace": true, "RecordingStats": true, "TimelineState": true, "SeekEvent": true}

func durationsIn(f *ast.File) (names []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			if s, ok := n.Type.(*ast.StructType); ok && n.Name.IsExported() && !results[n.Name.Name] {
				for _, f := range s.Fields.List {
					if isDuration(f.Type) && f.Names[0].IsExported() {
						names = append(names, n.Name.Name+"."+f.Names[0].Name)
					}
				}
			}
		case *ast.FuncDecl:
			if n.Name.IsExported() && n.Recv != nil && slices.ContainsFunc(n.Type.Params.List, func(f *ast.Field) bool { return isDuration(f.Type) }) {
				if star, ok := n.Recv.List[0].Type.(*ast.StarExpr); ok {
					names = append(names, star.X.(*ast.Ident).Name+"."+n.Name.Name)
				}
			}
		}
		return true
	})
	return names
}

func isDuration(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Duration"
}
