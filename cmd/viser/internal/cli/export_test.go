package cli

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/standalone"
	"github.com/viser-go/viser/internal/wire"
)

// needPages fails a test if the web client has no parts for pages.
func needPages(t *testing.T) {
	t.Helper()
	if _, err := standalone.New(io.Discard, standalone.Options{}); err != nil {
		t.Fatal(err)
	}
}

// exported runs "viser export" and returns the page that it wrote to standard output, and the kinds of messages in it.
func exported(t *testing.T, args ...string) (page string, kinds map[string]int) {
	t.Helper()
	needPages(t)
	sys, out, log := system()
	if code := Run(t.Context(), append([]string{"export", "-o", "-"}, args...), sys); code != 0 || log.Len() > 0 {
		t.Fatalf("%q: %d, %q", args, code, log)
	}
	var data []byte
	for _, block := range regexp.MustCompile(`data-viser="recording">([^<]*)<`).FindAllStringSubmatch(out.String(), -1) {
		b, err := base64.StdEncoding.DecodeString(block[1])
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, b...)
	}
	r, err := recording.Open(bytes.NewReader(data), int64(len(data)), recording.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	kinds = map[string]int{}
	for e, err := range r.Entries(-1, 1e9) {
		if err != nil {
			t.Fatal(err)
		}
		kinds[e.Message.Type]++
	}
	return out.String(), kinds
}

// onePoint is a PLY file.
const onePoint = "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nend_header\n1 2 3\n"

// cloudFile writes a PLY file with one point.
func cloudFile(t *testing.T) string {
	file := filepath.Join(t.TempDir(), "cloud.ply")
	if err := os.WriteFile(file, []byte(onePoint), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestExportModel(t *testing.T) {
	page, kinds := exported(t, cloudFile(t), "--dark", "--param", "hideViserLogo=1")
	if kinds["PointCloudMessage"] != 1 || kinds["GuiMarkdownMessage"] != 1 || kinds["GuiSliderMessage"] != 0 {
		t.Errorf("the page has %v", kinds)
	}
	if !strings.Contains(page, "<title data-stays>cloud.ply</title>") || !strings.Contains(page, `{"darkMode":true,"query":"hideViserLogo=1"}`) {
		t.Errorf("the title or the settings are missing in %s", page[:min(len(page), 3000)])
	}
}

func TestExportServer(t *testing.T) {
	s := viser.New(&viser.Options{Addr: "127.0.0.1:0", Token: "secret", Logger: slog.New(slog.DiscardHandler)})
	defer s.Close()
	s.Scene().AddBox("/box", nil)
	s.OnClientConnect(func(_ context.Context, c *viser.Client) { c.Scene().AddIcosphere("/own", nil) })
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	page, kinds := exported(t, s.URL())
	if kinds["BoxMessage"] != 1 || kinds["IcosphereMessage"] != 0 {
		t.Errorf("the page has %v", kinds)
	}
	if strings.Contains(page, "secret") {
		t.Error("the token is in the page")
	}
	if _, kinds = exported(t, s.Addr().String(), "--token", "secret", "--wait", "500ms"); kinds["IcosphereMessage"] != 1 {
		t.Errorf("the page of a client has %v", kinds)
	}
	sys, _, log := system()
	if code := Run(t.Context(), []string{"export", "-o", "-", "--token", "wrong", s.Addr().String()}, sys); code != exitError || !strings.Contains(log.String(), "token") {
		t.Errorf("with a wrong token: %d, %q", code, log)
	}
}

// recordingFile writes a recording.
func recordingFile(t *testing.T, path string) {
	w, err := recording.Create(path, recording.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	m := wire.RawOf(&wire.FrameMessage{SceneHeader: wire.SceneHeader{Name: "/frame"}})
	if err := w.Add(recording.Entry{Message: m}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(3); err != nil {
		t.Fatal(err)
	}
}

func TestExportRecording(t *testing.T) {
	needPages(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "run.viser")
	recordingFile(t, file)
	if _, kinds := exported(t, file, "--title", "A run"); kinds["FrameMessage"] != 1 {
		t.Errorf("the page has %v", kinds)
	}
	sys, out, log := system()
	sys.ErrIsTerminal = true
	if code := Run(t.Context(), []string{"export", file}, sys); code != 0 || out.Len() > 0 || !strings.Contains(log.String(), "run.html has ") {
		t.Errorf("%d, %q, %q", code, out, log)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 || entries[0].Name() != "run.html" {
		t.Errorf("the folder has %v, %v; want the recording and the page", entries, err)
	}
}

// TestExportPlainRecording writes a recording for programs that read those of upstream viser only.
func TestExportPlainRecording(t *testing.T) {
	dir := t.TempDir()
	file, plain := filepath.Join(dir, "run.viser"), filepath.Join(dir, "plain.viser")
	recordingFile(t, file)
	sys, out, log := system()
	if code := Run(t.Context(), []string{"export", file, "-o", plain}, sys); code != 0 || out.Len()+log.Len() > 0 {
		t.Fatalf("%d, %q, %q", code, out, log)
	}
	r, err := recording.OpenFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if i := r.Info(); i.Format != recording.FormatUpstream || i.Entries != 1 || i.Duration != 3 {
		t.Errorf("%+v", i)
	}
	sys, _, log = system()
	if code := Run(t.Context(), []string{"export", cloudFile(t), "-o", plain}, sys); code != exitError || !strings.Contains(log.String(), "cloud.ply is no recording") {
		t.Errorf("of a model: %d, %q", code, log)
	}
}

func TestExportMistakes(t *testing.T) {
	file := cloudFile(t)
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"nothing":      {nil, "is missing"},
		"two":          {[]string{"a", "b"}, "one thing, not 2"},
		"no output":    {[]string{"http://localhost:1/"}, "-o is missing"},
		"from input":   {[]string{"-"}, "-o is missing"},
		"empty output": {[]string{file, "-o", ""}, "-o"},
		"of a server":  {[]string{"http://localhost:1/", "-o", "x.viser"}, "viser record"},
		"a parameter":  {[]string{file, "--param", "x"}, "--param must be name=value"},
		"a wait":       {[]string{file, "--wait", "-1s"}, "flag -wait: it is negative"},
		"no time":      {[]string{file, "--wait", "5"}, "it is not a time such as 90s"},
		"an axis":      {[]string{file, "--up", "w"}, "--up"},
	} {
		sys, out, log := system()
		code := Run(t.Context(), append([]string{"export"}, c.args...), sys)
		if code != exitUsage || out.Len() > 0 || !strings.Contains(log.String(), c.want) || !strings.HasSuffix(log.String(), "Run \"viser help export\" for usage.\n") {
			t.Errorf("%s: %d, %q, %q", name, code, out, log)
		}
	}
}

// TestExportFails: one line says why, and no file is left.
func TestExportFails(t *testing.T) {
	needPages(t)
	dir := t.TempDir()
	other := filepath.Join(dir, "other.viser")
	if err := os.WriteFile(other, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + ln.Addr().String()
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "x.html")
	for _, in := range []string{other, filepath.Join(dir, "missing.ply"), nobody, dir} {
		sys, _, log := system()
		if code := Run(t.Context(), []string{"export", in, "-o", out}, sys); code != exitError || strings.Count(log.String(), "\n") != 1 || !strings.HasPrefix(log.String(), "viser: ") {
			t.Errorf("%s: %d, %q", in, code, log)
		}
	}
	for to, want := range map[string]string{
		filepath.Join(dir, "no", "x.html"): "there is no folder " + filepath.Join(dir, "no"),
		dir:                                "is a directory",
	} {
		sys, _, log := system()
		if code := Run(t.Context(), []string{"export", cloudFile(t), "-o", to}, sys); code != exitError || strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), want) || strings.Contains(log.String(), ".viser-") {
			t.Errorf("to %s: %d, %q", to, code, log)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sys, _, log := system()
	if code := Run(ctx, []string{"export", cloudFile(t), "-o", out}, sys); code != exitOK || log.Len() > 0 {
		t.Errorf("interrupted: %d, %q", code, log)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v, %v", entries, err)
	}
}
