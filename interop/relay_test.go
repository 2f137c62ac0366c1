package interop_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/relay"
	"github.com/viser-go/viser/internal/upstream"
)

// relayed plays scenarios on the real viser, whose viewers are behind a relay.
type relayed struct {
	in  io.Writer
	out *bufio.Scanner
}

func startRelayed(t *testing.T) *relayed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), python, filepath.Join("pydriver", "relayed.py"))
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
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed
		if t.Failed() {
			t.Logf("%s", chat.Bytes())
		}
	})
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 64<<20)
	return &relayed{in: in, out: lines}
}

// next reads lines up to the one that has the key, and returns them with its value.
func (r *relayed) next(t *testing.T, key string) (before []byte, value any) {
	t.Helper()
	for r.out.Scan() {
		var line map[string]any
		if err := json.Unmarshal(r.out.Bytes(), &line); err != nil {
			t.Fatalf("%q: %v", r.out.Bytes(), err)
		}
		if failed := line["failed"]; failed != nil {
			t.Errorf("the scenario failed: %v", failed)
			return before, nil
		}
		if v, ok := line[key]; ok {
			return before, v
		}
		before = append(append(before, r.out.Bytes()...), '\n')
	}
	t.Fatalf("pydriver ended without %q: %v", key, r.out.Err())
	return nil, nil
}

func (r *relayed) tell(t *testing.T, line string) {
	t.Helper()
	if _, err := io.WriteString(r.in, line+"\n"); err != nil {
		t.Fatal(err)
	}
}

// startRelay starts a relay in front of a server on the port.
func startRelay(t *testing.T, upstreamURL string, shared bool) *viser.Server {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	server := viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: quiet})
	r, err := relay.Start(t.Context(), server, relay.Options{Upstream: upstream.Options{URL: upstreamURL}, Shared: shared, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		r.Close()
	})
	return server
}

// TestRelay plays each scenario on the real viser with viewers behind a relay. Each receives what it receives without
// one, step by step, and pages that connect late or early have the digest of pages that are connected directly.
func TestRelay(t *testing.T) {
	names := strings.Fields(string(runPython(t, "record.py", "--list")))
	program := startRelayed(t)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			program.tell(t, name)
			defer program.tell(t, "end")
			_, port := program.next(t, "port")
			url := fmt.Sprintf("http://127.0.0.1:%v", port)
			server, other := startRelay(t, url, false), startRelay(t, url, false)
			pages := map[string]*watcher{"early": watch(t, other.URL())}
			program.tell(t, fmt.Sprint(server.Addr().(*net.TCPAddr).Port))
			lines, _ := program.next(t, "end")
			records, err := parseRecords(lines)
			if err != nil {
				t.Fatal(err)
			}
			direct := watch(t, url)
			pages["late"] = watch(t, server.URL())
			// One more client from the beginning would change the clients' numbers, which some scenarios show.
			pages["late, with --shared,"] = watch(t, startRelay(t, url, true).URL())
			for what, p := range pages {
				if !agree(t, p, direct) {
					t.Errorf("the page that connected %s to the relay shows something else than one that is connected directly", what)
				}
			}
			for i := range records {
				// The viewer's own messages come over another connection than those for all.
				records[i].TwoScopes = records[i].Step == "the shared tab goes"
			}
			compareScenario(t, pythonRecords(t, name), records)
		})
	}
}

// agree waits until two pages have all that they are sent at first, and show the same.
func agree(t *testing.T, a, b *watcher) bool {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for a.last == [32]byte{} || a.last != b.last {
		select {
		case a.last = <-a.digests:
		case b.last = <-b.digests:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// A watcher is a page that folds what it receives.
type watcher struct {
	digests chan [32]byte // of what it shows now, once it has all that it is sent at first
	last    [32]byte      // that was read; zero: none
}

// watch connects a page that sends nothing.
func watch(t *testing.T, url string) *watcher {
	t.Helper()
	conn, err := upstream.Dial(t.Context(), upstream.Options{URL: url, Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	w := &watcher{digests: make(chan [32]byte, 1)}
	ended := make(chan struct{})
	t.Cleanup(func() {
		cancel()
		<-ended
		conn.Close()
	})
	go func() {
		defer close(ended)
		shown, complete := fold.New(), false
		for {
			window, err := conn.Next(ctx)
			if err != nil {
				return
			}
			for _, m := range window.Messages {
				complete = complete || m.Type == "ReplayDoneMessage"
				if err := shown.Apply(m); err != nil && !errors.Is(err, context.Canceled) {
					t.Errorf("%s: %v", m.Type, err)
				}
			}
			if !complete {
				continue
			}
			select {
			case <-w.digests:
			default:
			}
			w.digests <- shown.Digest()
		}
	}()
	return w
}
