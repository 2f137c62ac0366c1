package layout

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	root   = "../.."
	module = "github.com/viser-go/viser"
)

// file is one Go file of the module that is no test.
type file struct {
	*ast.File
	dir  string // of its package below the module: ".", "internal/wire"
	name string // with dir
}

var fset = token.NewFileSet()

// position is the position of a node, for messages.
func (f *file) position(n ast.Node) string {
	p := fset.Position(n.Pos())
	return f.name + ":" + strings.TrimPrefix(p.String(), p.Filename+":")
}

// sourceFiles parses all files of the module, but for tests, other modules inside
// it and directories that the go tool leaves out.
func sourceFiles(t *testing.T) []*file {
	t.Helper()
	var files []*file
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return skipDir(name)
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		parsed, err := parser.ParseFile(fset, filepath.Join(root, name), nil, parser.SkipObjectResolution)
		files = append(files, &file{File: parsed, dir: path.Dir(name), name: name})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 100 {
		t.Fatalf("only %d files were found: is %s the module's directory?", len(files), root)
	}
	return files
}

func skipDir(name string) error {
	base := path.Base(name)
	if name == "." {
		return nil
	}
	if base == "testdata" || base == "node_modules" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || name == "out" {
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(root, name, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

// readDoc returns a file of docs/.
func readDoc(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func sorted[T any](set map[string]T) []string {
	var out []string
	for name := range set {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
