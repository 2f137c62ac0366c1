package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func system() (sys *System, out, log *bytes.Buffer) {
	out, log = &bytes.Buffer{}, &bytes.Buffer{}
	return &System{In: strings.NewReader(""), Out: out, Err: log, OpenBrowser: func(string) error { return nil }}, out, log
}

// opened runs the demo with --open until the browser is started, and returns the output.
func opened(t *testing.T, open func(url string) error) (url, log string) {
	t.Helper()
	sys, _, errors := system()
	ctx, cancel := context.WithCancel(t.Context())
	sys.OpenBrowser = func(u string) error {
		url = u
		cancel()
		return open(u)
	}
	if code := Run(ctx, []string{"demo", "--port", "0", "--open"}, sys); code != 0 {
		t.Errorf("exit code %d", code)
	}
	return url, errors.String()
}

func TestOpen(t *testing.T) {
	url, log := opened(t, func(string) error { return nil })
	if !strings.HasPrefix(url, "http://127.0.0.1:") || log != "" {
		t.Errorf("the browser got %q; %q", url, log)
	}
}

func TestURLsAreOneALine(t *testing.T) {
	for want, urls := range map[string][]string{
		"Open http://127.0.0.1:8080/\n": {"http://127.0.0.1:8080/"},
		"Open http://10.0.0.8:80/?token=x\n  or http://[fd00::9]:80/?token=x\n  or http://localhost:80/?token=x on this machine\n": {
			"http://10.0.0.8:80/?token=x", "http://[fd00::9]:80/?token=x", "http://localhost:80/?token=x",
		},
	} {
		var out bytes.Buffer
		if printURLs(&out, "Open", urls); out.String() != want {
			t.Errorf("got %q, want %q", out.String(), want)
		}
	}
}

// TestOpenFails: a machine without a browser still serves.
func TestOpenFails(t *testing.T) {
	_, log := opened(t, func(string) error { return errors.New("no screen") })
	if !strings.Contains(log, "no screen") || strings.Count(log, "\n") != 1 {
		t.Errorf("the output is %q", log)
	}
}

func TestRunAfterEnd(t *testing.T) {
	sys, _, log := system()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code := Run(ctx, []string{"demo", "--port", "0"}, sys); code != 0 {
		t.Errorf("exit code %d, the output is %q", code, log)
	}
}

func TestProgressLine(t *testing.T) {
	sys, _, _ := system()
	p := newProgress(sys, "run.viser", 100e6)
	p.verb = "Exporting"
	after := func(passed time.Duration, read int64) string { return p.line(read, p.start.Add(passed)) }
	for _, c := range []struct{ got, want string }{
		{after(0, 0), "Exporting run.viser: 0 B of 100.0 MB, 0 %"},
		{after(2*time.Second, 25e6), "Exporting run.viser: 25.0 MB of 100.0 MB, 25 %, 12.5 MB a second, 6s left"},
		{after(10*time.Second, 10e6), "Exporting run.viser: 10.0 MB of 100.0 MB, 10 %, 1.0 MB a second, 1m30s left"},
		{after(10*time.Second, 95e6), "Exporting run.viser: 95.0 MB of 100.0 MB, 95 %, 9.5 MB a second"}, // less than a second
		{after(10*time.Second, 100e6), "Exporting run.viser: 100.0 MB of 100.0 MB, 100 %, 10.0 MB a second"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	p.size = 0
	if got, want := after(2*time.Second, 25e6), "Exporting run.viser: 25.0 MB, 12.5 MB a second"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestProgress draws for a file of 100 MB on a terminal and elsewhere.
func TestProgress(t *testing.T) {
	for name, c := range map[string]struct {
		terminal bool
		size     int64 // 0 if unknown
		read     int64 // after ten seconds
		lines    int   // how often something was written in ten seconds
	}{
		"terminal":               {true, 100e6, 100e6, 97},
		"log, large":             {false, 100e6, 100e6, 4},
		"log, small":             {false, 1e6, 1e6, 0},
		"log, size unknown":      {false, 0, 100e6, 2}, // from 64 MB on
		"terminal, small":        {true, 1e6, 1e6, 97},
		"terminal, size unknown": {true, 0, 100e6, 97},
	} {
		t.Run(name, func(t *testing.T) {
			sys, _, log := system()
			sys.ErrIsTerminal = c.terminal
			p := newProgress(sys, "scan.ply", c.size)
			now := p.start
			p.now = func() time.Time { return now }
			lines := 0
			for i := range 1000 {
				now = p.start.Add(time.Duration(i) * 10 * time.Millisecond)
				before := log.Len()
				p.show(int64(i) * c.read / 1000)
				if log.Len() > before {
					lines++
				}
			}
			if lines != c.lines {
				t.Errorf("%d lines, want %d", lines, c.lines)
			}
			p.done()
			if c.terminal && !strings.HasSuffix(log.String(), " \r") {
				t.Errorf("the line stays: %q", log.String()[max(0, log.Len()-40):])
			}
			if c.size == 100e6 && !strings.Contains(log.String(), " of 100.0 MB, ") {
				t.Errorf("no share in %q", log.String()[:80])
			}
		})
	}
}

func TestLog(t *testing.T) {
	var out bytes.Buffer
	log := newLogger(&out, slog.LevelWarn)
	log.Info("not this")
	log.With("client", 3).WithGroup("page").Warn("viser: it is odd", "text", "a\x1b[2Jb\nc")
	if got, want := out.String(), "viser: it is odd (client: 3, page.text: \"a\\x1b[2Jb\\nc\")\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"a --port 1 b":      "a b",
		"--port 1 -- --x":   "--x",
		"- --port=1":        "-",
		"a -- --port 9 -y":  "a --port 9 -y",
		"--open a --port 1": "a",
	} {
		var f serverFlags
		fs := newFlagSet("test", "", "", &bytes.Buffer{})
		f.register(fs)
		operands, err := parse(fs, strings.Fields(in))
		if got := strings.Join(operands, " "); err != nil || got != want {
			t.Errorf("%q is %q, %v", in, got, err)
		}
	}
}

// TestFlagsOfTheServer: each option of a server has a flag, but for those that a command has no use for.
func TestFlagsOfTheServer(t *testing.T) {
	noFlag := map[string]bool{
		"Label":          true, // what is shown sets it
		"Authorize":      true, // a function
		"TLS":            true, // TestTLSFlags
		"Audit":          true, // TestAuditFlag
		"Trace":          true, // functions
		"StallTimeout":   true, // the default suits
		"KeepOnReload":   true, // nothing is kept for each client
		"MaxUploadBytes": true, // nothing is uploaded
	}
	var f serverFlags
	fs := newFlagSet("demo", "", "", io.Discard)
	f.register(fs)
	if _, err := parse(fs, []string{
		"--host", "::1", "--port", "9000", "--exact-port", "--token", "secret", "--no-token", "--allow-host", "a", "--allow-origin", "b",
		"--allow-remote-images", "--max-clients", "7", "--max-clients-per-address", "5", "--grace", "1m", "--profiling", "--path-prefix", "/viewer",
		"--trust-proxy", "10.0.0.0/8", "--trust-proxy", "::1",
	}); err != nil {
		t.Fatal(err)
	}
	options := *f.options(&System{Err: io.Discard})
	for field, value := range reflect.ValueOf(options).Fields() {
		if value.IsZero() != noFlag[field.Name] {
			t.Errorf("%s: %v", field.Name, value)
		}
	}
	if p := fmt.Sprint(options.TrustedProxies); p != "[10.0.0.0/8 ::1/128]" {
		t.Errorf("trusted proxies: %s", p)
	}
	if _, err := parse(fs, []string{"--trust-proxy", "10.0.0"}); err == nil {
		t.Error("10.0.0 is taken as an address")
	}
	if options.Addr != "[::1]:9000" || options.MaxClients != 7 || options.Token != "secret" {
		t.Errorf("%+v", options)
	}
}

// served runs the demo with flags until a browser would be started, and returns the output.
func served(t *testing.T, flags ...string) (code int, out, log string) {
	t.Helper()
	sys, stdout, stderr := system()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	sys.OpenBrowser = func(string) error { cancel(); return nil }
	code = Run(ctx, append([]string{"demo", "--port", "0", "--open"}, flags...), sys)
	return code, stdout.String(), stderr.String()
}

func TestViewToken(t *testing.T) {
	code, out, log := served(t, "--view-token", "look", "--token", "all", "--path-prefix", "/robot")
	lines := strings.Split(out, "\n")
	if code != 0 || log != "" || len(lines) != 3 || !strings.HasPrefix(lines[0], "Open http://127.0.0.1:") || !strings.HasSuffix(lines[0], "/robot/?token=all") ||
		!strings.HasPrefix(lines[1], "To look only, open http://127.0.0.1:") || !strings.HasSuffix(lines[1], "/robot/?token=look") {
		t.Errorf("%d, %q, %q", code, out, log)
	}
	code, out, _ = served(t, "--view-token", "random")
	secrets := regexp.MustCompile(`token=([\w-]{22})\n`).FindAllStringSubmatch(out, -1)
	if code != 0 || len(secrets) != 2 || secrets[0][1] == secrets[1][1] {
		t.Errorf("%d, %q: want two different random tokens", code, out)
	}
	for _, wrong := range [][]string{
		{"--view-token", "x", "--no-token"}, {"--view-token", "x", "--token", "x"}, {"--path-prefix", "viewer/"}, {"--allow-host", "a b"},
	} {
		if code, _, log := served(t, wrong...); code != exitUsage || !strings.Contains(log, "viser help demo") {
			t.Errorf("%q: %d, %q", wrong, code, log)
		}
	}
}

func TestAuditFlag(t *testing.T) {
	file := filepath.Join(t.TempDir(), "audit.jsonl")
	sys, _, log := system()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	sys.OpenBrowser = func(url string) error {
		defer cancel()
		r, err := http.Get(strings.Replace(url, "secret", "wrong", 1))
		if err != nil {
			return err
		}
		return r.Body.Close()
	}
	defer http.DefaultClient.CloseIdleConnections()
	if code := Run(ctx, []string{"demo", "--port", "0", "--open", "--token", "secret", "--audit", file}, sys); code != 0 {
		t.Fatal(log)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for text := range strings.Lines(string(b)) {
		var line struct{ Msg, Address string }
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Error(err)
		}
		got = append(got, line.Msg+" "+line.Address)
	}
	if want := []string{"token added ", "request refused 127.0.0.1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v; want a file that only this user can read", info.Mode(), err)
	}
	if code, _, log := served(t, "--audit", filepath.Join(file, "below")); code != exitError || !strings.Contains(log, "--audit") {
		t.Errorf("a file that cannot be written: %d, %q", code, log)
	}
	if code, _, log := served(t, "--audit", "-"); code != 0 {
		t.Errorf("standard error: %d, %q", code, log)
	}
}

// TestBadFlags gives each flag values that it cannot have: the message is one line that names the flag, and a hint at the
// help, not a panic of the library.
func TestBadFlags(t *testing.T) {
	bad := map[string][]string{
		"host": {"", "http://foo", "[::1]", "a b"}, "port": {"", "x", "-1", "65536"}, "exact-port": {"x"}, "open": {"x"},
		"token": {""}, "view-token": {""}, "no-token": {"x"},
		"allow-host": {"", "http://foo/", "a b", "foo:port", "foo/"}, "allow-origin": {"", "foo", "http://foo/bar", "http://a b"},
		"trust-proxy": {"", "nope", "10.0.0", "10.0.0.0/99"}, "path-prefix": {"", "viewer", "/viewer/", "/a/../b"},
		"allow-remote-images": {"x"}, "max-clients": {"", "x", "0", "-1"}, "max-clients-per-address": {"", "x", "-1"},
		"grace": {"", "30", "-1s", "1ns"}, "tls-cert": {"", "no key.pem"}, "tls-key": {"", "no certificate.pem"}, "tls-self-signed": {"x"},
		"profiling": {"x"}, "audit": {""}, "verbose": {"x"},
	}
	fs := newFlagSet("demo", "", "", io.Discard)
	new(serverFlags).register(fs)
	fs.VisitAll(func(f *flag.Flag) {
		if bad[f.Name] == nil {
			t.Errorf("--%s is not tried", f.Name)
		}
		for _, value := range bad[f.Name] {
			code, out, log := served(t, "--"+f.Name+"="+value)
			first, hint, _ := strings.Cut(log, "\n")
			if code != exitUsage || out != "" || !strings.HasPrefix(first, "viser: demo: ") || !strings.Contains(first, "-"+f.Name) ||
				hint != "Run \"viser help demo\" for usage.\n" {
				t.Errorf("--%s=%s: %d, %q, %q", f.Name, value, code, out, log)
			}
		}
	})
}

// TestUnreadableFiles: the command line is right, so the help would not.
func TestUnreadableFiles(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "missing.pem")
	broken := filepath.Join(dir, "broken.pem")
	if err := os.WriteFile(broken, []byte("no PEM"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, flags := range map[string][]string{
		missing: {"--tls-cert", missing, "--tls-key", missing},
		broken:  {"--tls-cert", broken, "--tls-key", broken},
		dir:     {"--audit", dir},
	} {
		code, out, log := served(t, flags...)
		if code != exitError || out != "" || strings.Count(log, "\n") != 1 || !strings.Contains(log, name) {
			t.Errorf("%q: %d, %q, %q", flags, code, out, log)
		}
	}
}

func TestNoGrace(t *testing.T) {
	f := serverFlags{grace: 0}
	if g := f.options(&System{Err: io.Discard}).Grace; g >= 0 {
		t.Errorf("--grace 0 is %v, which is the default", g)
	}
}

// TestNoTokenIsToldOfExposure: one line, and only if others can connect.
func TestNoTokenIsToldOfExposure(t *testing.T) {
	const warning = "viser: everyone who can connect may use everything: no token is required (address: "
	if _, _, log := served(t, "--no-token", "--host", "0.0.0.0"); strings.Count(log, "\n") != 1 || !strings.HasPrefix(log, warning) {
		t.Errorf("the output is %q", log)
	}
	for _, harmless := range [][]string{{"--no-token"}, {"--host", "0.0.0.0"}} {
		if _, _, log := served(t, harmless...); log != "" {
			t.Errorf("%q: the output is %q", harmless, log)
		}
	}
}

func TestTLSFlags(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir()) // of other systems
	t.Setenv("AppData", t.TempDir())
	check := func(args ...string) (serverFlags, error) {
		var f serverFlags
		fs := newFlagSet("demo", "", "", io.Discard)
		f.register(fs)
		if _, err := parse(fs, args); err != nil {
			t.Fatal(err)
		}
		return f, f.check()
	}
	f, err := check("--tls-self-signed")
	if err == nil {
		err = f.loadTLS()
	}
	if err != nil || f.options(&System{Err: io.Discard}).TLS == nil || len(f.fingerprint) != 95 {
		t.Errorf("%v, %q", err, f.fingerprint)
	}
	for _, wrong := range [][]string{
		{"--tls-cert", "a.pem"},
		{"--tls-key", "a.pem"},
		{"--tls-cert", "a.pem", "--tls-key", "a.pem", "--tls-self-signed"},
	} {
		if _, err := check(wrong...); err == nil {
			t.Errorf("%q is accepted", wrong)
		}
	}
}
