package interop_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A browser is a Chromium that browser/drive.mjs controls.
type browser struct {
	t  *testing.T
	in io.Writer
	// One response for each command.
	out *bufio.Reader
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	in, out := child(t, exec.CommandContext(t.Context(), "node", filepath.Join("browser", "drive.mjs")))
	return &browser{t: t, in: in, out: out}
}

// child starts a process that ends when its standard input does.
func child(t *testing.T, cmd *exec.Cmd) (io.Writer, *bufio.Reader) {
	t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var chat bytes.Buffer
	cmd.Stderr = &chat
	cmd.WaitDelay = 20 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatalf("%v: %v", cmd.Args, err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		// By now the test's context has ended too, and may have killed it.
		var exit *exec.ExitError
		if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
			t.Errorf("%v: %v", cmd.Args, err)
		}
		if t.Failed() {
			t.Logf("output of %v:\n%s", cmd.Args, chat.Bytes())
		}
	})
	return in, bufio.NewReader(out)
}

// do sends a command and decodes its result into result, if that is not nil.
func (b *browser) do(command map[string]any, result any) {
	b.t.Helper()
	line, err := json.Marshal(command)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.in.Write(append(line, '\n')); err != nil {
		b.t.Fatalf("browser: %v", err)
	}
	var answer struct {
		OK    json.RawMessage
		Error string
	}
	readLine(b.t, b.out, &answer)
	if answer.Error != "" {
		b.t.Fatalf("browser: %v: %s", command, answer.Error)
	}
	if result != nil {
		if err := json.Unmarshal(answer.OK, result); err != nil {
			b.t.Fatalf("browser: %v: %v", command, err)
		}
	}
}

func readLine(t *testing.T, from *bufio.Reader, into any) {
	t.Helper()
	line, err := from.ReadBytes('\n')
	if err != nil {
		t.Fatalf("a child process went quiet: %v", err)
	}
	if err := json.Unmarshal(line, into); err != nil {
		t.Fatalf("a child process printed %q: %v", line, err)
	}
}

// look opens a page of the client at clientURL on the server at addr, waits until texts
// and field values are shown, and returns a picture of the page at rest.
func (b *browser) look(clientURL, addr string, texts, values []string) image.Image {
	b.t.Helper()
	query := url.Values{"websocket": {"ws://" + addr}, "fixedDpr": {"1"}, "hideViserLogo": {""}}
	b.do(map[string]any{"do": "open", "url": clientURL + "/?" + query.Encode(), "width": 800, "height": 500}, nil)
	for _, text := range texts {
		b.do(map[string]any{"do": "see", "text": text}, nil)
	}
	for _, value := range values {
		b.do(map[string]any{"do": "field", "value": value}, nil)
	}
	picture := b.atRest()
	var problems []string
	b.do(map[string]any{"do": "problems"}, &problems)
	if len(problems) > 0 {
		b.t.Errorf("problems on the page:\n%s", strings.Join(problems, "\n"))
	}
	return picture
}

// The texts and values of showGUI.
var (
	showTexts = []string{
		"interop panel", "a folder", "a button", "a slider", "a number", "a text", "a checkbox",
		"a dropdown", "a color", "a vector", "bold",
	}
	showValues = []string{"some text", "3.5", "one"}
)

// atRest takes pictures of the page until two in a row look alike.
func (b *browser) atRest() image.Image {
	b.t.Helper()
	deadline := time.Now().Add(time.Minute)
	var last image.Image
	for time.Now().Before(deadline) {
		var encoded string
		b.do(map[string]any{"do": "picture"}, &encoded)
		next := b.picture(encoded)
		if last != nil && distance(last, next) < 0.01 {
			return next
		}
		last = next
	}
	b.t.Fatal("the page does not come to rest")
	panic("unreachable")
}

// picture decodes a screenshot, and stores it in the folder VISER_INTEROP_PICTURES.
func (b *browser) picture(encoded string) image.Image {
	b.t.Helper()
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		b.t.Fatal(err)
	}
	if dir := os.Getenv("VISER_INTEROP_PICTURES"); dir != "" {
		name := strings.NewReplacer("/", "_", " ", "_").Replace(b.t.Name())
		path := filepath.Join(dir, fmt.Sprintf("%s_%d.png", name, time.Now().UnixMilli()))
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			b.t.Error(err)
		}
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		b.t.Fatal(err)
	}
	return img
}

// checkFull fails if few pixels of a picture are colored: the solids, the points of the
// cloud and the widgets all are.
func checkFull(t *testing.T, what string, img image.Image) {
	t.Helper()
	if !isFull(img) {
		t.Errorf("%s: too few pixels are colored: %v", what, huesOf(img))
	}
}

func isFull(img image.Image) bool {
	hues := huesOf(img)
	return hues["red"] >= 500 && hues["green"] >= 500 && hues["blue"] >= 500
}

// huesOf counts the pixels of each hue.
func huesOf(img image.Image) map[string]int {
	hues := map[string]int{}
	bounds := img.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			hues[hue(int(r>>8), int(g>>8), int(b>>8))]++
		}
	}
	return hues
}

func hue(r, g, b int) string {
	const clear = 40
	switch {
	case r > g+clear && r > b+clear:
		return "red"
	case g > r+clear && g > b+clear:
		return "green"
	case b > r+clear && b > g+clear:
		return "blue"
	}
	return "none"
}

// checkSame compares two pictures of the same page on two servers.
func checkSame(t *testing.T, what string, a, b image.Image) {
	t.Helper()
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%s: %v and %v", what, a.Bounds(), b.Bounds())
	}
	// Of 255, over all pixels: one missing sphere of the show is above 3.
	if far := distance(a, b); far > 0.5 {
		t.Errorf("%s: the pictures differ by %.3f on average", what, far)
	}
}

// slid is the value of the slider one keyboard step above its start.
const slid = 5.5

// static serves a built client from another port than the server's.
func static(t *testing.T, dir string) string {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, "index.html")); err != nil {
		t.Fatalf("no built client: %v", err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return server.URL
}

// pythonServer starts a program of pydriver, which prints its port, and then its
// events, one per line. It exits when its input ends, and not by the test's context,
// which ends earlier.
func pythonServer(t *testing.T, script string, args ...string) (addr string, events *bufio.Reader) {
	t.Helper()
	_, out := child(t, exec.Command(python, append([]string{filepath.Join("pydriver", script)}, args...)...))
	var first struct{ Port int }
	readLine(t, out, &first)
	return fmt.Sprintf("127.0.0.1:%d", first.Port), out
}

// pythonShow starts pydriver/serve.py; next reads the next value of its slider.
func pythonShow(t *testing.T, args ...string) (addr string, next func() float64) {
	t.Helper()
	addr, out := pythonServer(t, "serve.py", args...)
	return addr, func() float64 {
		t.Helper()
		var event struct{ Slider float64 }
		readLine(t, out, &event)
		return event.Slider
	}
}

type servedPage struct{ name, url string }

// bothPages serves upstream viser's client, from its wheel, and ours.
func bothPages(t *testing.T) []servedPage {
	t.Helper()
	stock := static(t, strings.TrimSpace(string(runPython(t, "clientdir.py"))))
	dist := filepath.Join("..", "client", "dist")
	if _, err := os.Stat(filepath.Join(dist, "assets")); err != nil {
		t.Fatalf("our page is not built (npm run build in client/): %v", err)
	}
	return []servedPage{{"stock page", stock}, {"our page", static(t, dist)}}
}

// TestBrowser shows the same program in Python and in Go in upstream viser's client,
// from its wheel, and in ours: each client must look the same on both servers, and the
// program must receive the value of a slider that is moved.
func TestBrowser(t *testing.T) {
	for _, page := range bothPages(t) {
		t.Run(page.name, func(t *testing.T) {
			b := newBrowser(t)
			addr, pythonMoved := pythonShow(t)
			onPython := b.look(page.url, addr, showTexts, showValues)
			checkFull(t, "on Python's server", onPython)
			b.do(map[string]any{"do": "slide"}, nil)
			if got := pythonMoved(); got != slid {
				t.Errorf("the slider's callback in Python got %v, want %v", got, slid)
			}

			server, moved := showServer(t, page.url, showScene)
			onGo := b.look(page.url, server.Addr().String(), showTexts, showValues)
			checkFull(t, "on our server", onGo)
			b.do(map[string]any{"do": "slide"}, nil)
			if got := receive(t, moved, "the slider's callback"); got != slid {
				t.Errorf("the slider's callback in Go got %v, want %v", got, slid)
			}
			checkSame(t, page.name, onPython, onGo)
		})
	}
}
