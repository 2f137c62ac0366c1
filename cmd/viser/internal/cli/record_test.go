package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/wire"
)

// aServer listens, with two boxes and a button.
func aServer(t *testing.T) *viser.Server {
	t.Helper()
	s := viser.New(&viser.Options{Addr: "127.0.0.1:0"})
	t.Cleanup(func() { s.Close() })
	s.Scene().AddBox("/box", nil)
	s.Scene().AddBox("/odd\x1bname", nil)
	s.GUI().AddButton("Begin", nil)
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// recorded records the server for a moment.
func recorded(t *testing.T, s *viser.Server) (path, printed string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "a b.viser")
	sys, out, log := system()
	if code := Run(t.Context(), []string{"record", s.URL(), "-o", path, "--for", "300ms"}, sys); code != 0 {
		t.Fatalf("exit code %d: %s", code, log)
	}
	if log.Len() > 0 {
		t.Errorf("in a pipe it is silent, not %q", log)
	}
	return path, out.String()
}

func TestRecordAndInfo(t *testing.T) {
	path, printed := recorded(t, aServer(t))
	if !strings.HasPrefix(printed, path+": 0.") || strings.Count(printed, "\n") != 1 || !strings.HasSuffix(printed, " kB\n") {
		t.Errorf("it printed %q", printed)
	}
	r, err := recording.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if i := r.Info(); !i.Complete || i.Duration < 0.3 || len(r.Notes()) > 0 {
		t.Errorf("%+v, notes %q", i, r.Notes())
	}
	boxes := 0
	for e := range r.Entries(-1, 0) {
		if e.Message.Type == "BoxMessage" {
			boxes++
		}
	}
	if boxes != 2 {
		t.Errorf("at the beginning of the recording there are %d boxes, not 2", boxes)
	}

	sys, out, log := system()
	if code := Run(t.Context(), []string{"info", path}, sys); code != 0 || log.Len() > 0 {
		t.Fatalf("exit code %d: %s", code, log)
	}
	for _, want := range []string{"a b.viser: viser-go 1, 0.", "by \"viser record\"", "/box", "Box", "\"/odd\\x1bname\"", "Begin ", "0 to 1"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out)
		}
	}
}

func TestInfoJSON(t *testing.T) {
	path, _ := recorded(t, aServer(t))
	sys, out, _ := system()
	if code := Run(t.Context(), []string{"info", "--json", path}, sys); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	var c recordingContents
	if err := json.Unmarshal(out.Bytes(), &c); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "null") {
		t.Errorf("a list is null in %s", out)
	}
	sum := int64(0)
	for _, s := range c.Seconds {
		sum += s.Messages
	}
	if len(c.Nodes) < 3 || len(c.GUI) == 0 || sum == 0 || !c.Complete || c.Started == nil {
		t.Errorf("%+v", c)
	}
}

func TestRecordToStandardOutput(t *testing.T) {
	s := aServer(t)
	sys, out, log := system()
	if code := Run(t.Context(), []string{"record", s.URL(), "-o", "-", "--for", "50ms"}, sys); code != 0 || log.Len() > 0 {
		t.Fatalf("exit code %d: %s", code, log)
	}
	r, err := recording.Open(bytes.NewReader(out.Bytes()), int64(out.Len()), recording.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
}

// TestRecordUntilInterrupt: Ctrl-C completes the file.
func TestRecordUntilInterrupt(t *testing.T) {
	s := aServer(t)
	path := filepath.Join(t.TempDir(), "x.viser")
	ctx, cancel := context.WithCancel(t.Context())
	sys, _, _ := system()
	sys.ErrIsTerminal = true
	sys.Err = writerFunc(func(p []byte) (int, error) { // the first line on the terminal
		if strings.Contains(string(p), "Recording x.viser: ") {
			cancel()
		}
		return len(p), nil
	})
	if code := Run(ctx, []string{"record", s.URL(), "-o", path}, sys); code != 0 {
		t.Errorf("exit code %d", code)
	}
	r, err := recording.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if !r.Info().Complete {
		t.Error("the recording is not complete")
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestRecordLine(t *testing.T) {
	l := recordLine{name: "x.viser", length: time.Minute}
	l.line(viser.RecordingStats{})
	got := l.line(viser.RecordingStats{Duration: 2 * time.Second, Messages: 70, Bytes: 3e6})
	if want := "Recording x.viser: 2.0 s, 3.0 MB, 1.5 MB a second, 58s left"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRecordErrors(t *testing.T) {
	s := aServer(t)
	empty := filepath.Join(t.TempDir(), "empty.viser")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for args, want := range map[string]string{
		"record":                                   "it takes one URL",
		"record " + s.URL():                        "-o is missing",
		"record " + s.URL() + " -o x --for -1s":    "flag -for: it is negative",
		"record " + s.URL() + " -o x --for 5":      "flag -for: it is not a time such as 90s",
		"record http://127.0.0.1:1 -o ":            "-o",
		"record record_test.go -o x":               "record_test.go is a file, not the address of a server",
		"record no-such-host.invalid -o x":         "no-such-host.invalid can't be recorded: ",
		"record http://127.0.0.1:1 -o x":           "can't be recorded",
		"record " + s.URL() + " -o /no/such/x":     "/no/such/x: there is no folder /no/such",
		"play":                                     "it takes one file",
		"play --port 0 /no/such.viser":             "no such file",
		"play --port 0 record_test.go":             "record_test.go: it is no recording of viser",
		"play --port 0 http://localhost:8080":      "it is an address, not a file",
		"play --port 0 " + empty:                   "nothing is in it",
		"play --port 0 -":                          "standard input",
		"info":                                     "it takes one file",
		"info record_test.go":                      "record_test.go: it looks like text; known formats are ",
		"info " + t.TempDir():                      "no file in this folder has the name of a known format",
		"info --sort color record_test.go":         "--sort must be one of bytes, messages, name, time",
		"export " + empty + " -o x":                "nothing is in it",
		"info --all record_test.go record_test.go": "it takes one file",
	} {
		sys, _, log := system()
		code := Run(t.Context(), strings.Fields(args), sys)
		lines := 1
		if code == exitUsage {
			lines = 2 // with the command that explains the usage
		}
		if code == 0 || !strings.Contains(log.String(), want) || strings.Count(log.String(), "\n") != lines {
			t.Errorf("%s: exit code %d, %q, want %q", args, code, log, want)
		}
	}
}

// TestRecordToTerminal: a terminal shows no files.
func TestRecordToTerminal(t *testing.T) {
	for _, args := range []string{"record http://127.0.0.1:1 -o -", "export http://127.0.0.1:1 -o -"} {
		sys, out, log := system()
		sys.OutIsTerminal = true
		if code := Run(t.Context(), strings.Fields(args), sys); code != exitUsage || out.Len() > 0 || !strings.Contains(log.String(), "is a terminal") {
			t.Errorf("%s: %d, %q, %q", args, code, out, log)
		}
	}
}

// TestInfoSorts has a node with many poses, one with many bytes, and one that comes late.
func TestInfoSorts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.viser")
	w, err := recording.Create(path, recording.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	node := func(at float64, name string) {
		m := wire.RawOf(&wire.FrameMessage{SceneHeader: wire.SceneHeader{Name: name}})
		if err := w.Add(recording.Entry{Time: at, Message: m}); err != nil {
			t.Fatal(err)
		}
	}
	node(0, "/moves")
	node(0, "/"+strings.Repeat("long", 500))
	for i := range 10 {
		m := wire.RawOf(&wire.SetPositionMessage{Name: "/moves", Position: [3]float64{float64(i), 0.5, 0}})
		if err := w.Add(recording.Entry{Time: float64(i), Message: m}); err != nil {
			t.Fatal(err)
		}
	}
	node(9, "/a")
	if err := w.Close(9); err != nil {
		t.Fatal(err)
	}
	for by, want := range map[string]string{"bytes": "/long", "messages": "/moves", "name": "/a", "time": "/moves"} {
		sys, out, log := system()
		if code := Run(t.Context(), []string{"info", "--json", "--sort", by, path}, sys); code != 0 {
			t.Fatalf("exit code %d: %s", code, log)
		}
		var c recordingContents
		if err := json.Unmarshal(out.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if len(c.Nodes) != 3 || !strings.HasPrefix(c.Nodes[0].Name, want) {
			t.Errorf("by %s the first is %.20q of %d", by, c.Nodes[0].Name, len(c.Nodes))
		}
		for _, n := range c.Nodes {
			if n.Name == "/moves" && (n.Messages != 11 || n.First != 0 || n.Last != 9 || n.Bytes < 10*60) {
				t.Errorf("%+v", n)
			}
		}
		if len(c.Seconds) != 10 || c.Seconds[3].Messages != 1 {
			t.Errorf("the seconds are %+v", c.Seconds)
		}
	}
}

// TestPlay opens what the browser is sent to: the page with the file, which is served in parts.
func TestPlay(t *testing.T) {
	path, _ := recorded(t, aServer(t))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range [][]string{nil, {"--token", "0123456789"}, {"--path-prefix", "/show"}} {
		ctx, cancel := context.WithCancel(t.Context())
		sys, _, log := system()
		sys.OpenBrowser = func(url string) error {
			defer cancel()
			jar, _ := cookiejar.New(nil)
			browser := &http.Client{Jar: jar}
			defer browser.CloseIdleConnections()
			page := fetch(t, browser, url, "Accept", "text/html")
			if got := page.Request.URL.Query().Get("playbackPath"); got != "recording/a%20b.viser" {
				t.Errorf("%v: %s was led to %s", token, url, page.Request.URL)
				return nil
			}
			file, err := page.Request.URL.Parse("recording/a%20b.viser")
			if err != nil {
				t.Error(err)
				return nil
			}
			part := fetch(t, browser, file.String(), "Range", "bytes=8-15")
			body, _ := io.ReadAll(part.Body)
			if part.StatusCode != http.StatusPartialContent || !bytes.Equal(body, whole[8:16]) {
				t.Errorf("%v: status %d, %q", token, part.StatusCode, body)
			}
			return nil
		}
		if code := Run(ctx, append([]string{"play", path, "--port", "0", "--open"}, token...), sys); code != 0 {
			t.Errorf("%v: exit code %d: %s", token, code, log)
		}
		cancel()
	}
}

func fetch(t *testing.T, browser *http.Client, url, header, value string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set(header, value)
	response, err := browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	return response
}

// TestRecordAsClient: with --client, what the program adds for each page is recorded, and nothing of it without.
func TestRecordAsClient(t *testing.T) {
	s := aServer(t)
	s.OnClientConnect(func(_ context.Context, c *viser.Client) { c.Scene().AddIcosphere("/own", nil) })
	path := filepath.Join(t.TempDir(), "x.viser")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	sys, _, _ := system()
	sys.ErrIsTerminal = true
	sys.Err = writerFunc(func(p []byte) (int, error) { // a line on the terminal, each second
		if has(t, path, "IcosphereMessage") {
			cancel()
		}
		return len(p), nil
	})
	if code := Run(ctx, []string{"record", "--client", s.URL(), "-o", path}, sys); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if !has(t, path, "IcosphereMessage") {
		t.Error("what the client was shown is missing")
	}
	path, _ = recorded(t, s)
	if has(t, path, "IcosphereMessage") || !has(t, path, "BoxMessage") {
		t.Error("without --client, it is not what all see")
	}
}

// has reports whether a recording has a message of the type.
func has(t *testing.T, path, typ string) bool {
	r, err := recording.OpenFile(path)
	if err != nil {
		return false // has just been begun
	}
	defer r.Close()
	for e, err := range r.Entries(-1, 1e9) {
		if err != nil {
			t.Error(err)
			return false
		}
		if e.Message.Type == typ {
			return true
		}
	}
	return false
}

// TestRecordOurs: what only our servers have is recorded as it is.
func TestRecordOurs(t *testing.T) {
	s := aServer(t)
	s.GUI().AddTable([]string{"column"}, [][]any{{1}}, nil)
	s.Scene().AddMesh("/mesh", []viser.Vec3f{{}, {1}, {0, 1}}, [][3]uint32{{0, 1, 2}}, &viser.MeshOptions{
		VertexColors: []viser.RGB{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}},
	})
	path, _ := recorded(t, s)
	r, err := recording.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got := map[string]int{}
	for e, err := range r.Entries(-1, 1e9) {
		if err != nil {
			t.Fatal(err)
		}
		got[fmt.Sprintf("%s with colors %v, for %v", e.Message.Type, bytes.Contains(e.Message.B, []byte("vertex_colors")), e.For)]++
	}
	for _, want := range []string{
		fmt.Sprintf("GuiTableMessage with colors false, for %v", recording.Ours),
		fmt.Sprintf("MeshMessage with colors true, for %v", recording.Ours),
	} {
		if got[want] != 1 {
			t.Errorf("the recording does not have one %s; it has %v", want, got)
		}
	}
}
