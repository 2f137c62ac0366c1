// The tests here run the real program: what it prints, and its exit code.
package main_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/viser-go/viser/examples/bunny"
	"github.com/viser-go/viser/formats/splat"
)

var program string

func TestMain(m *testing.M) { os.Exit(build(m)) }

func build(m *testing.M) int {
	dir, err := os.MkdirTemp("", "viser-test-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "viser.exe") // the suffix is required on Windows and harmless elsewhere
	if out, err := exec.Command("go", append([]string{"build", "-o", program}, raceFlags...)...).CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// run runs the program to its end.
func run(t *testing.T, in io.Reader, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	var out, log bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, &out, &log
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), log.String(), cmd.ProcessState.ExitCode()
}

// server is a program that serves.
type server struct {
	t      *testing.T
	cmd    *exec.Cmd
	url    string
	stderr bytes.Buffer
}

var address = regexp.MustCompile(`http://\S+`)

// serve starts the program and waits for the URL that it prints.
func serve(t *testing.T, in io.Reader, args ...string) *server {
	t.Helper()
	s := &server{t: t, cmd: exec.CommandContext(t.Context(), program, args...)}
	s.cmd.Stdin, s.cmd.Stderr = in, &s.stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.cmd.Process.Kill() }) // of a test that failed; else it has ended
	line, err := bufio.NewReader(out).ReadString('\n')
	if s.url = address.FindString(line); err != nil || s.url == "" {
		s.cmd.Process.Kill()
		s.cmd.Wait()
		t.Fatalf("%v printed %q, %v\n%s", args, line, err, s.stderr.String())
	}
	return s
}

// end sends a signal, and checks for exit code 0.
func (s *server) end(signal os.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("after %v: %v\n%s", signal, err, s.stderr.String())
	}
}

func get(t *testing.T, url string) (status int, page string) {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

func TestDemo(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		s := serve(t, nil, "demo", "--port", "0")
		if status, page := get(t, s.url); status != http.StatusOK || !strings.Contains(page, "<script") {
			t.Errorf("the page is %d %.200q", status, page)
		}
		s.end(signal)
		if log := s.stderr.String(); log != "" {
			t.Errorf("the output is %q", log)
		}
	}
}

// TestPortTaken checks for the next free port, and a message.
func TestPortTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, port, err := net.SplitHostPort(taken.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, nil, "demo", "--port", port)
	get(t, s.url)
	s.end(os.Interrupt)
	if strings.Contains(s.url, ":"+port+"/") {
		t.Errorf("it serves at %s, which is taken", s.url)
	}
	if log := s.stderr.String(); !strings.Contains(log, "taken") || !strings.Contains(log, port) || strings.Count(log, "\n") != 1 {
		t.Errorf("the output is %q", log)
	}
}

func TestToken(t *testing.T) {
	s := serve(t, nil, "demo", "--port", "0", "--token", "open-sesame")
	defer s.end(os.Interrupt)
	if !strings.Contains(s.url, "open-sesame") {
		t.Errorf("the URL is %s", s.url)
	}
	without, _, _ := strings.Cut(s.url, "?")
	if status, _ := get(t, without); status == http.StatusOK {
		t.Error("the page is shown without the token")
	}
	if status, _ := get(t, s.url); status != http.StatusOK {
		t.Errorf("with the token the page is %d", status)
	}
}

func bunnyFile(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "bunny.ply")
	if err := os.WriteFile(name, bunny.PLY(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestView(t *testing.T) {
	file := bunnyFile(t)
	for name, args := range map[string][]string{
		"flags first": {"view", "--port", "0", file},
		"flags last":  {"view", file, "--port=0", "--up", "y"},
		"both":        {"view", "--port", "0", file, "--max-points", "100"},
	} {
		s := serve(t, nil, args...)
		if status, _ := get(t, s.url); status != http.StatusOK {
			t.Errorf("%s: the page is %d", name, status)
		}
		s.end(os.Interrupt)
	}
}

func TestViewSplats(t *testing.T) {
	var file bytes.Buffer
	s := &splat.Splats{
		Centers: make([][3]float32, 2), Scales: make([][3]float32, 2), WXYZs: [][4]float32{{1}, {0, 1}},
		Colors: make([][3]uint8, 2), Opacities: make([]float32, 2),
	}
	if err := splat.WriteSplat(&file, s); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "two.SPLAT")
	if err := os.WriteFile(name, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	serve(t, nil, "view", "--port", "0", name).end(os.Interrupt)
}

// TestNotShown checks for one line about what is not shown.
func TestNotShown(t *testing.T) {
	name := filepath.Join(t.TempDir(), "textured.ply")
	text := "ply\nformat ascii 1.0\ncomment TextureFile wood.png\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n" +
		"property float s\nproperty float t\nelement face 1\nproperty list uchar int vertex_indices\nelement camera 1\nproperty float f\nend_header\n" +
		"0 0 0 0 0\n1 0 0 1 0\n0 1 0 0 1\n3 0 1 2\n7\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serve(t, nil, "view", "--port", "0", name)
	s.end(os.Interrupt)
	if want := "viser: not shown: element \"camera\", texture wood.png: there is no such file\n"; s.stderr.String() != want {
		t.Errorf("the output is %q, want %q", s.stderr.String(), want)
	}
	_, log, code := run(t, nil, "view", "--port", "0", "--color-by", "quality", name)
	if want := "viser: textured.ply: it cannot be colored by \"quality\"; it can be by: height, one\n"; code != 1 || log != want {
		t.Errorf("exit code %d, the output is %q, want %q", code, log, want)
	}
	serve(t, nil, "view", "--port", "0", "--color-by", "height", name).end(os.Interrupt)
}

func TestViewStandardInput(t *testing.T) {
	s := serve(t, bytes.NewReader(bunny.PLY()), "view", "--port", "0", "-")
	s.end(os.Interrupt)
}

// TestViewWaitsForInput is stopped while it waits for a pipe without a writer.
func TestViewWaitsForInput(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	cmd := exec.CommandContext(t.Context(), program, "view", "-")
	cmd.Stdin = r
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r.Close()
	// More than a pipe holds: when all of it is written, the program is reading.
	header := "ply\nformat ascii 1.0\nelement vertex 100000000\nproperty float x\nproperty float y\nproperty float z\nend_header\n"
	if _, err := io.WriteString(w, header+strings.Repeat("1 2 3\n", 200_000)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// TestInvalidFiles checks for one line with the file's name and what is wrong, and exit
// code 1.
func TestInvalidFiles(t *testing.T) {
	const header = "ply\nformat binary_little_endian 1.0\nelement vertex %s\nproperty float x\nproperty float y\nproperty float z\nend_header\n"
	cases := map[string]struct{ content, want string }{
		"empty.ply":     {"", "the file is empty"},
		"picture.ply":   {"\x89PNG\r\n\x1a\n\x00\x00", "the picture is broken: unexpected EOF"},
		"table.ply":     {"\x89HDF\r\n\x1a\n\x00\x00", "it looks like an HDF5 file; known formats are "},
		"cube.pdf":      {"%PDF-1.4\n", "it looks like a PDF document; known formats are "},
		"truncated.ply": {string(bunny.PLY()[:20_000]), "claims"},
		"lying.ply":     {fmt.Sprintf(header, "1000000000000000000"), "claims at least"},
		"large.ply":     {fmt.Sprintf(header, "100000000"), "claims at least 1200000000 bytes"},
		"line.ply":      {"ply\n" + strings.Repeat("comment ", 100_000), "line of the header is longer"},
		"escape.ply":    {"ply\nformat \x1b[2J\x1b[31m 1.0\n", "unknown format"},
		"no points.ply": {fmt.Sprintf(header, "0"), "it has nothing to show"},
		"empty.splat":   {"", "the file is empty"},
		"cut.splat":     {strings.Repeat("\x00", 33), "ends within splat 2"},
		"lying.splat":   {fmt.Sprintf(header, "10000000"), "claims at least 120000000 bytes"},
		"partly.splat":  {strings.Replace(fmt.Sprintf(header, "1"), "float z", "float w", 1) + strings.Repeat("\x00", 12), "the vertices have no z; they have x, y, w"},
	}
	dir := t.TempDir()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(dir, name)
			if err := os.WriteFile(file, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			out, log, code := run(t, nil, "view", "--port", "0", file)
			if code != 1 || out != "" {
				t.Errorf("exit code %d, output %q", code, out)
			}
			if strings.Count(log, "\n") != 1 || !strings.Contains(log, c.want) || !strings.Contains(log, name) || strings.Contains(log, "\x1b") {
				t.Errorf("the output is %q", log)
			}
		})
	}
}

// TestNoSuchFile: one line too for what the file system refuses.
func TestNoSuchFile(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "missing.ply"), t.TempDir()} {
		_, log, code := run(t, nil, "view", path)
		if code != 1 || strings.Count(log, "\n") != 1 || !strings.Contains(log, path) {
			t.Errorf("exit code %d, the output is %q", code, log)
		}
	}
}

func TestPortUnavailable(t *testing.T) {
	_, log, code := run(t, nil, "demo", "--host", "192.0.2.1", "--no-token", "--port", "0") // an address that does not exist
	if code != 1 || strings.Count(log, "\n") != 1 || !strings.Contains(log, "192.0.2.1") {
		t.Errorf("exit code %d, the output is %q", code, log)
	}
}

func TestExactPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	_, log, code := run(t, nil, "demo", "--exact-port", "--port", port)
	if code != 1 || strings.Count(log, "\n") != 1 || !strings.Contains(log, port) {
		t.Errorf("exit code %d, error %q", code, log)
	}
}

func TestRemoteImages(t *testing.T) {
	for _, allow := range []bool{false, true} {
		s := serve(t, nil, "demo", "--port", "0", fmt.Sprintf("--allow-remote-images=%v", allow))
		resp, err := http.Get(s.url)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		policy := resp.Header.Get("Content-Security-Policy")
		if images := regexp.MustCompile(`img-src[^;]*`).FindString(policy); images == "" || strings.Contains(images, "https:") != allow {
			t.Errorf("--allow-remote-images=%v: %q", allow, policy)
		}
		s.end(os.Interrupt)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{
		{}, {"dance"}, {"demo", "file.ply"}, {"demo", "--nothing"}, {"demo", "--port", "x"}, {"demo", "--port", "70000"},
		{"demo", "--token", "a", "--no-token"}, {"view", "--no-drop"}, {"view", "--screenshot", "a.png"}, {"view", "a.ply", "--scale", "0"}, {"view", "a.ply", "--color-map", "jet"}, {"view", "a.ply", "--format", "docx"}, {"view", "a.ply", "--up", "w"},
		{"view", "a.ply", "--max-points", "-1"}, {"view", "a.ply", "--screenshot", "a.gif"}, {"view", "a.ply", "--screenshot", "a.png", "--size", "0x9"}, {"version", "x"}, {"help", "a", "b"}, {"help", "dance"},
		{"demo", "--allow-host", ""}, {"demo", "--max-clients", "0"},
	} {
		out, log, code := run(t, nil, args...)
		if code != 2 || out != "" || !strings.Contains(log, "viser help") {
			t.Errorf("%q: exit code %d, output %q, error %q", args, code, out, log)
		}
	}
}

func TestHelp(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"help"}, "viser view [flags] FILE"},
		{[]string{"--help"}, "viser demo"},
		{[]string{"help", "view"}, "-max-points number"},
		{[]string{"view", "-h"}, "-allow-origin origin"},
		{[]string{"view", "-h"}, "-allow-remote-images"},
		{[]string{"demo", "--help"}, "-no-token"},
		{[]string{"version"}, "protocol of viser 1.1.1"},
		{[]string{"--version"}, "viser "},
	} {
		out, log, code := run(t, nil, c.args...)
		if code != 0 || log != "" || !strings.Contains(out, c.want) {
			t.Errorf("%q: exit code %d, output %q, error %q", c.args, code, out, log)
		}
	}
}
