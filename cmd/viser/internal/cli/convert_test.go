package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/viser-go/viser/models"
)

func TestConvert(t *testing.T) {
	in := cloudFile(t)
	out := filepath.Join(t.TempDir(), "out.pcd")
	sys, _, log := system()
	if code := Run(t.Context(), []string{"convert", in, out}, sys); code != exitOK || log.String() != "" {
		t.Fatalf("%d, %q", code, log)
	}
	if info, err := models.Describe(t.Context(), out, nil); err != nil || info.Points != 1 || info.Format != models.PCD {
		t.Errorf("%+v, %v", info, err)
	}
	before, err := os.ReadFile(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{in}, exitUsage, "it takes two files"},
		{[]string{in, "out.docx"}, exitUsage, `".docx" is no format that can be written; these are: ply, `},
		{[]string{"--to", "laz", in, "out"}, exitUsage, `"laz" is no format that can be written`},
		{[]string{in, "out"}, exitUsage, `OUT, "out", has no ending that names a format: name one with --to; these are: ply, `},
		{[]string{in, t.TempDir()}, exitUsage, " is a folder; OUT is a file"},
		{[]string{in, in}, exitError, "the same file"},
		{[]string{in, filepath.Join(t.TempDir(), "no", "out.pcd")}, exitError, "there is no folder"},
		{[]string{in, filepath.Join(t.TempDir(), "out.stl")}, exitError, "cloud.ply: what is in it cannot be written as stl"},
		{[]string{"--to", "pcd", in, "-"}, exitError, "OUT must be a file"},
		{[]string{filepath.Join(t.TempDir(), "none.ply"), out}, exitError, "there is no such file"},
	} {
		log.Reset()
		if code := Run(t.Context(), append([]string{"convert"}, c.args...), sys); code != c.code || !strings.Contains(log.String(), c.want) {
			t.Errorf("%q: %d, %q, want %q", c.args, code, log, c.want)
		}
	}
	if after, err := os.ReadFile(in); err != nil || string(after) != string(before) {
		t.Errorf("the input has changed: %v", err)
	}
	leftover, err := filepath.Glob(filepath.Join(filepath.Dir(out), ".viser-*"))
	if err != nil || len(leftover) > 0 {
		t.Errorf("%q remain, %v", leftover, err)
	}
	if code := Run(t.Context(), []string{"convert", "--to", "xyz", in, filepath.Join(t.TempDir(), "points")}, sys); code != exitOK {
		t.Errorf("%d, %q", code, log)
	}
}

// TestFilesBesideOut: materials are replaced, and a texture only by itself.
func TestFilesBesideOut(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ name, there, written, want string }{
		{"a.mtl", "old", "new", "new"}, {"a.png", "", "new", "new"}, {"b.png", "same", "same", "same"},
		{"c.png", "other", "new", ""}, {"d.png", "longer", "long", ""}, {"e.png", "long", "longer", ""},
	} {
		path := filepath.Join(dir, c.name)
		if c.there != "" {
			if err := os.WriteFile(path, []byte(c.there), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		w, err := createBeside(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Write([]byte(c.written))
		if closed := w.Close(); err == nil {
			err = closed
		}
		if (err == nil) != (c.want != "") {
			t.Errorf("%s: %v", c.name, err)
		}
		want := c.want
		if want == "" {
			want = c.there
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s has %q, %v; want %q", c.name, got, err, want)
		}
	}
}

// TestConvertInput: standard input becomes what the file would, also where the result begins with the bounds of all points.
func TestConvertInput(t *testing.T) {
	in := cloudFile(t)
	for _, name := range []string{"out.pcd", "out.las"} {
		fromFile, fromInput := filepath.Join(t.TempDir(), name), filepath.Join(t.TempDir(), name)
		sys, _, log := system()
		sys.In = strings.NewReader(onePoint)
		for _, args := range [][]string{{in, fromFile}, {"-", fromInput}} {
			if code := Run(t.Context(), append([]string{"convert"}, args...), sys); code != exitOK || log.String() != "" {
				t.Fatalf("%q: %d, %q", args, code, log)
			}
		}
		want, err := os.ReadFile(fromFile)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(fromInput); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v, %d bytes, want the same %d", name, err, len(got), len(want))
		}
	}
	sys, _, log := system()
	sys.In = strings.NewReader("ply\n")
	out := filepath.Join(t.TempDir(), "out.pcd")
	if code := Run(t.Context(), []string{"convert", "-", out}, sys); code != exitError || !strings.HasPrefix(log.String(), "viser: standard input: ") {
		t.Errorf("%d, %q", code, log)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("there is a file of a broken one")
	}
}
