// Package headless opens a page in a browser without a window: an installed Chromium or Chrome.
package headless

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// Variable is the environment variable that names the browser's program.
const Variable = "VISER_CHROMIUM"

// names are the programs that are looked for.
var names = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chromium-headless-shell",
	"microsoft-edge",
}

// places are where systems other than Linux have them.
var places = map[string][]string{
	"darwin": {
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
	},
	"windows": {
		`C:\Program Files\Google\Chrome\Application\chrome.exe`,
		`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
	},
}

// Find returns the browser's program: what the variable names, or the first one that is installed.
func Find() (string, error) {
	if path := os.Getenv(Variable); path != "" {
		found, err := exec.LookPath(path)
		if err != nil {
			return "", fmt.Errorf("%s names no program: %w", Variable, err)
		}
		return found, nil
	}
	for _, name := range append(names, places[runtime.GOOS]...) {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no Chromium or Chrome is installed (on Debian: apt install chromium); %s may name its program", Variable)
}

// Browser is a running browser.
type Browser struct {
	stop    context.CancelFunc
	profile string
	done    chan struct{}
	output  tail
	err     error // why it ended; set before done is closed
}

// endsWithin is how long a browser has to end by itself.
const endsWithin = 5 * time.Second

// Open starts a browser with a profile of its own that shows the URL. The browser ends with ctx or [Browser.Close].
func Open(ctx context.Context, url string) (*Browser, error) {
	program, err := Find()
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "viser-browser-")
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	b := &Browser{stop: stop, profile: profile, done: make(chan struct{})}
	cmd := exec.CommandContext(ctx, program, arguments(profile, url)...)
	cmd.Stderr = &b.output
	cmd.Cancel = func() error {
		if cmd.Process.Signal(syscall.SIGTERM) != nil { // not on Windows
			return cmd.Process.Kill()
		}
		return nil
	}
	cmd.WaitDelay = endsWithin
	if err := cmd.Start(); err != nil {
		stop()
		return nil, errors.Join(err, os.RemoveAll(profile))
	}
	go func() {
		defer close(b.done)
		b.err = cmd.Wait()
	}()
	return b, nil
}

func arguments(profile, url string) []string {
	args := []string{
		"--headless", "--user-data-dir=" + profile, "--no-first-run", "--no-default-browser-check", "--disable-quic",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
		"--disable-dev-shm-usage", "--mute-audio", "--window-size=1280,800",
		// Pictures are the same with and without a graphics card.
		"--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
	}
	if os.Geteuid() == 0 { // Chromium refuses to run as root with its sandbox
		args = append(args, "--no-sandbox")
	}
	return append(args, url)
}

// Done is closed when the browser has ended.
func (b *Browser) Done() <-chan struct{} { return b.done }

// Err tells why the browser ended by itself, with the last line that it wrote. It waits for the end.
func (b *Browser) Err() error {
	<-b.done
	text := b.output.last()
	switch {
	case text != "":
		return fmt.Errorf("the browser ended: %s", text)
	case b.err != nil:
		return fmt.Errorf("the browser ended: %w", b.err)
	}
	return errors.New("the browser ended")
}

// Close ends the browser, and removes its profile.
func (b *Browser) Close() error {
	b.stop()
	<-b.done
	// Processes of the browser may still write for a moment.
	var err error
	for range 20 {
		if err = os.RemoveAll(b.profile); err == nil {
			return nil
		}
		<-time.After(50 * time.Millisecond)
	}
	return fmt.Errorf("its profile %s remains: %w", filepath.Base(b.profile), err)
}

// tail keeps the end of what is written.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailBytes = 4096

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	if n := len(t.text) - tailBytes; n > 0 {
		t.text = append(t.text[:0], t.text[n:]...)
	}
	return len(p), nil
}

func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := bytes.Split(bytes.TrimSpace(t.text), []byte("\n"))
	return string(lines[len(lines)-1])
}
