package cli

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser/models"
)

func TestModelInfo(t *testing.T) {
	file := cloudFile(t)
	sys, out, log := system()
	if code := Run(t.Context(), []string{"info", file}, sys); code != exitOK || log.String() != "" {
		t.Fatalf("%d, %q", code, log)
	}
	for _, want := range []string{"cloud.ply: PLY, ", "  points     1\n", "  x          1 to 1\n", "  z          3 to 3\n", "  colors     no\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out)
		}
	}
	out.Reset()
	if code := Run(t.Context(), []string{"info", "--json", file}, sys); code != exitOK {
		t.Fatalf("%d, %q", code, log)
	}
	var fromFile, fromInput models.Info
	if err := json.Unmarshal(out.Bytes(), &fromFile); err != nil || fromFile.Points != 1 || fromFile.High[1] != 2 {
		t.Errorf("%+v, %v", fromFile, err)
	}
	out.Reset()
	sys.In = strings.NewReader(onePoint)
	if code := Run(t.Context(), []string{"info", "--json", "-"}, sys); code != exitOK {
		t.Fatalf("%d, %q", code, log)
	}
	err := json.Unmarshal(out.Bytes(), &fromInput)
	fromFile.File, fromFile.Bytes = "standard input", 0
	if diff := cmp.Diff(fromFile, fromInput); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if code := Run(t.Context(), []string{"info", "--format", "docx", file}, sys); code != exitUsage {
		t.Error(code)
	}
}

// TestInfoOfFolder: of a folder it tells what is in each of its files; one that is broken is told, and is an error.
func TestInfoOfFolder(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"a.ply": onePoint, "b.csv": "x,y,z\n1.3,2,3\n", "notes.md": "no model"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sys, out, log := system()
	if code := Run(t.Context(), []string{"info", dir}, sys); code != exitOK || log.String() != "" {
		t.Fatalf("%d, %q", code, log)
	}
	if !strings.HasPrefix(out.String(), "a.ply: PLY, ") || !strings.Contains(out.String(), "\nb.csv: XYZ, ") || strings.Contains(out.String(), "notes") {
		t.Errorf("%s", out)
	}
	if err := os.WriteFile(filepath.Join(dir, "c.ply"), []byte("ply\nno"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := Run(t.Context(), []string{"info", "--format", "CSV", filepath.Join(dir, "b.csv")}, sys); code != exitOK {
		t.Errorf("%d, %q", code, log)
	}
	if code := Run(t.Context(), []string{"info", dir}, sys); code != exitError || strings.Count(log.String(), "c.ply") != 1 {
		t.Errorf("%d, %q", code, log)
	}
}

// TestCoordinate: a number has no more digits than it was read with.
func TestCoordinate(t *testing.T) {
	for v, want := range map[float64]string{float64(float32(-1.3)): "-1.3", 4000000.456: "4000000.456", 0: "0", 1e300: "1e+300", 1.0 / 3: "0.3333333333"} {
		if got := coordinate(v); got != want {
			t.Errorf("%g: %s, want %s", v, got, want)
		}
	}
}

// TestInfoOfInputFails: the error names standard input, also that of what is no model.
func TestInfoOfInputFails(t *testing.T) {
	for in, want := range map[string]string{
		"":         "viser: standard input: the file is empty",
		"ply\n":    "viser: standard input: ",
		"\x00\x01": "viser: standard input: its format is not known; known formats are meshes (ply, ",
	} {
		sys, out, log := system()
		sys.In = strings.NewReader(in)
		if code := Run(t.Context(), []string{"info", "-"}, sys); code != exitError || out.Len() > 0 || !strings.HasPrefix(log.String(), want) {
			t.Errorf("%q: %d, %q, want %q", in, code, log, want)
		}
	}
}

// TestInputThatDoesNotCome: a command ends with its context, while it waits for standard input.
func TestInputThatDoesNotCome(t *testing.T) {
	for _, args := range [][]string{{"info", "-"}, {"convert", "-", filepath.Join(t.TempDir(), "out.pcd")}} {
		sys, _, _ := system()
		r, w := io.Pipe()
		sys.In = r
		ctx, cancel := context.WithCancel(t.Context())
		asked := make(chan struct{})
		ask := sync.OnceFunc(func() { close(asked) })
		sys.In = readerFunc(func(p []byte) (int, error) { ask(); return r.Read(p) })
		go func() { <-asked; cancel() }()
		if code := Run(ctx, args, sys); code == exitUsage {
			t.Errorf("%q: exit code %d", args, code)
		}
		w.Close()
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
