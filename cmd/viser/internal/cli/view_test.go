package cli

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/models"
)

// folder makes files of these names, with one point each.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(onePoint), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestOperands(t *testing.T) {
	dir := folder(t, "b.ply", "a.PLY", ".hidden.ply", "notes.md", "sub/c.ply")
	for name, c := range map[string]struct {
		args []string
		want []operand
	}{
		"a folder":        {[]string{dir}, []operand{operand(filepath.Join(dir, "a.PLY")), operand(filepath.Join(dir, "b.ply"))}},
		"a pattern":       {[]string{filepath.Join(dir, "*.ply")}, []operand{operand(filepath.Join(dir, ".hidden.ply")), operand(filepath.Join(dir, "b.ply"))}},
		"a missing file":  {[]string{"missing.ply"}, []operand{"missing.ply"}},
		"an address":      {[]string{"https://example.com/a?b=*", "-"}, []operand{"https://example.com/a?b=*", "-"}},
		"an unknown file": {[]string{filepath.Join(dir, "notes.md")}, []operand{operand(filepath.Join(dir, "notes.md"))}},
	} {
		got, err := operandsOf(c.args)
		if err != nil {
			t.Error(name, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(name, diff)
		}
	}
	for _, bad := range []string{filepath.Join(dir, "*.stl"), t.TempDir()} {
		if got, err := operandsOf([]string{bad}); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, %v", bad, got, err)
		}
	}
	if _, err := operandsOf(make([]string, mostFiles+1)); err == nil {
		t.Error("too many files are accepted")
	}
	for from, want := range map[operand]string{
		"-": "standard input", "https://example.com/x/bunny.ply?token=s": "bunny.ply", "http://example.com/": "http://example.com/", "a/b.ply": "b.ply",
	} {
		if got := from.name(); got != want {
			t.Errorf("%s is called %q, want %q", from, got, want)
		}
	}
}

// TestOneOfSeveralFails: it is reported, and the others are shown.
func TestOneOfSeveralFails(t *testing.T) {
	dir := folder(t, "a.ply", "b.ply")
	broken := filepath.Join(dir, "c.ply")
	if err := os.WriteFile(broken, []byte("ply\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	sys, _, log := system()
	server := viser.New(nil)
	defer server.Close()
	s := session{sys: sys, operands: []operand{operand(filepath.Join(dir, "a.ply")), operand(broken), operand(filepath.Join(dir, "b.ply"))}}
	s.viewer = view.New(server, s.showing)
	if err := s.show(t.Context()); err != nil || s.viewer.Shown() != 2 {
		t.Fatal(err)
	}
	if strings.Count(log.String(), "\n") != 1 || !strings.HasPrefix(log.String(), "viser: c.ply: ") {
		t.Errorf("the output is %q", log)
	}
	s = session{sys: sys, operands: []operand{operand(broken), operand(broken)}}
	s.viewer = view.New(server, s.showing)
	if err := s.show(t.Context()); err == nil {
		t.Error("no file can be shown, and that is no error")
	}
}

func TestRecordingsAreNoModels(t *testing.T) {
	file := filepath.Join(t.TempDir(), "run.viser")
	recordingFile(t, file)
	sys, _, log := system()
	if code := Run(t.Context(), []string{"view", "--port", "0", file}, sys); code != exitError || !strings.Contains(log.String(), `"viser play" plays recordings`) {
		t.Errorf("%d, %q", code, log)
	}
}

// TestDownload reads files of a web server, and reports what it refuses without the secrets of the URL.
func TestDownload(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/a.ply":
			io.WriteString(w, onePoint)
		case "/page":
			io.WriteString(w, "<!doctype html><html>")
		case "/cut.ply":
			w.Header().Set("Content-Length", "9999")
			io.WriteString(w, onePoint[:50])
		default:
			http.NotFound(w, r)
		}
	}))
	defer web.Close()
	defer fetching.CloseIdleConnections()
	sys, _, _ := system()
	m, err := load(t.Context(), operand(web.URL+"/a.ply?token=secret"), models.Options{}, sys)
	if err != nil || m.Name != "a.ply" || len(m.Cloud.Points) != 1 {
		t.Errorf("%+v, %v", m, err)
	}
	for path, want := range map[string]string{
		"/b.ply?token=secret": "b.ply: the server answered 404 Not Found",
		"/page":               "page: it looks like a web page",
		"/cut.ply":            "cut.ply: ",
	} {
		if _, err := load(t.Context(), operand(web.URL+path), models.Options{}, sys); err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", path, err)
		}
	}
	gone := web.URL
	web.Close()
	if _, err := load(t.Context(), operand(gone+"/a.ply?token=secret"), models.Options{}, sys); err == nil || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
	if _, err := load(t.Context(), "ftp://example.com/a.ply", models.Options{}, sys); err == nil || !strings.Contains(err.Error(), "http") {
		t.Error(err)
	}
}

// TestWatchedFileIsReadOnce: when it has not changed for a while, and only then.
func TestWatchedFileIsReadOnce(t *testing.T) {
	path := cloudFile(t)
	w := &watched{from: operand(path)}
	w.changed(time.Time{})
	w.since = time.Time{}
	at := time.Unix(1e9, 0)
	// ticks looks n times, and returns the first time that the file is to be read; 0 for never.
	ticks := func(n int) int {
		for i := range n {
			if at = at.Add(watchStep); w.ready(at) {
				return i + 1
			}
		}
		return 0
	}
	if ticks(2) != 0 {
		t.Error("a file that has not changed is read")
	}
	change := func(n int) {
		t.Helper()
		if err := os.WriteFile(path, []byte(onePoint+strings.Repeat(" ", n)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	change(1)
	if ticks(2) != 0 {
		t.Error("it is read at once")
	}
	change(2)
	if ticks(2) != 0 {
		t.Error("it is read while it changes")
	}
	if ticks(1) != 1 {
		t.Error("it is not read although it is complete")
	}
	if ticks(3) != 0 {
		t.Error("it is read twice")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if ticks(3) != 0 {
		t.Error("a file that is gone is read")
	}
	change(3)
	if ticks(3) != 3 {
		t.Error("it is not read after it has come back")
	}
}

// TestReload shows the new version, and keeps the old one where that is broken.
func TestReload(t *testing.T) {
	path := cloudFile(t)
	sys, _, log := system()
	server := viser.New(nil)
	defer server.Close()
	s := session{sys: sys, operands: []operand{operand(path)}}
	s.viewer = view.New(server, s.showing)
	if err := s.show(t.Context()); err != nil {
		t.Fatal(err)
	}
	points := func() int {
		node, _ := server.Scene().Node("/cloud.ply/points")
		return len(node.(*viser.PointCloud).Points())
	}
	two := strings.Replace(onePoint, "vertex 1", "vertex 2", 1) + "4 5 6\n"
	for _, c := range []struct {
		content, log string
		points       int
	}{
		{two, "viser: shown again: cloud.ply\n", 2},
		{"ply\n", "viser: not shown again: cloud.ply: ", 2},
		{onePoint, "viser: shown again: cloud.ply\n", 1},
	} {
		log.Reset()
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		s.reload(t.Context(), operand(path))
		if points() != c.points || !strings.HasPrefix(log.String(), c.log) {
			t.Errorf("%d points, %q", points(), log)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := s.startWatching(ctx)
	cancel()
	<-done
}

// TestHintsOfView: what is outside the folder is told with the flag that opens it; what is no file on disk is not watched.
func TestHintsOfView(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "scan")
	for name, content := range map[string]string{"a.obj": "mtllib ../a.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", "../a.mtl": "newmtl a\n"} {
		at := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(at, []byte(content), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	sys, _, log := system()
	server := viser.New(&viser.Options{Logger: newLogger(io.Discard, 8)})
	defer server.Close()
	s := session{sys: sys, operands: []operand{operand(filepath.Join(dir, "a.obj")), standardInput}}
	s.viewer = view.New(server, s.showing)
	defer s.viewer.Close()
	sys.In = strings.NewReader(onePoint)
	if err := s.show(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := s.startWatching(ctx)
	cancel()
	<-done
	for _, want := range []string{"it is outside the folder of the file (with --allow-outside it is opened)", "standard input is not watched: only files on disk are"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("there is no %q in\n%s", want, log)
		}
	}
}

// TestModelFlags gives each flag values that it cannot have.
func TestModelFlags(t *testing.T) {
	for _, bad := range []string{
		"--up=w", "--scale=0", "--scale=-1", "--scale=NaN", "--scale=x", "--max-points=-1", "--point-size=-1", "--point-size=Inf",
		"--color-map=jet", "--format=docx", "--size=9", "--size=0x1", "--size=1x99999", "--size=1x1x", "--screenshot=a.gif", "--screenshot=",
	} {
		sys, out, log := system()
		args := []string{"view", "--screenshot=a.png", bad, "a.ply"}
		if code := Run(t.Context(), args, sys); code != exitUsage || out.String() != "" || !strings.HasPrefix(log.String(), "viser: view: ") {
			t.Errorf("%s: %d, %q, %q", bad, code, out, log)
		}
	}
}
