package viser_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
)

// Clients that do what they may, but too often, in the wrong order, or with what belongs to others.

// attackScale multiplies what the tests of attacks do; 1 is for CI.
var attackScale = flag.Int("attacks.scale", 1, "how many times as much as in CI the tests of attacks do")

// heap is the memory in use.
func heap() int {
	runtime.GC()
	runtime.GC() // pools are emptied by the second one
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// TestForgedIDs sends each message that a client may send, with the uuids, names, owner and request ids of another
// client. Nothing of that client's is reached: no callback, render, read of local storage, or upload.
func TestForgedIDs(t *testing.T) {
	temporary(t)
	overPipes(t, func(t *testing.T, s *viser.Server, web *pipeWeb, log *logBook) {
		victim := web.open(t, "viser-go.v1")
		c := victim.join(s)
		attacker := web.open(t, "viser-go.v1")
		attacker.join(s)
		var fired events
		fired.attach(t, append(everyElement(c.Scene(), c.GUI()), c.Camera(), c.Scene()))
		upload := c.GUI().AddUploadButton("of the victim", &viser.UploadButtonOptions{IdleTimeout: 24 * time.Hour})
		var uploaded, answered record[string]
		upload.OnUpload(func(_ context.Context, e viser.UploadEvent) {
			b, err := e.File.Bytes()
			uploaded.add(fmt.Sprint(string(b), err))
		})
		victim.send(wireBytes(map[string]any{
			"type": "FileTransferStartUpload", "source_component_uuid": viser.UUIDOfUpload(upload), "transfer_uuid": "a",
			"filename": "f", "mime_type": "", "part_count": 1, "size_bytes": 6,
		}))
		ask := func(f func() error) { answered.add(fmt.Sprint(f())) }
		go ask(func() error { _, err := c.RenderEncoded(c.Context(), 2, 2, nil); return err })
		go ask(func() error { _, _, err := c.LocalStorage().Get(c.Context(), "key"); return err })
		synctest.Wait()

		random := rand.New(rand.NewPCG(3, 4))
		var legal []map[string]any
		for _, m := range inboundMessages(t) {
			legal = append(legal, m.seeds(victim, random)...)
		}
		for _, i := range random.Perm(len(legal)) {
			attacker.send(wireBytes(legal[i]))
		}
		if n := len(fired.count) + len(uploaded.got()) + len(answered.got()); n > 0 {
			t.Errorf("a client reached what is another's: %v, %v, %v", fired.count, uploaded.got(), answered.got())
		}
		attacker.checkOpen()

		// The same messages of the victim reach all of it.
		victim.send(wireBytes(map[string]any{
			"type": "FileTransferPart", "source_component_uuid": nil, "transfer_uuid": "a", "part_index": 0, "content": []byte("secret"),
		}))
		if got := uploaded.got(); !slices.Equal(got, []string{"secret<nil>"}) {
			t.Errorf("uploaded %q", got)
		}
		for _, m := range legal {
			victim.send(wireBytes(m))
		}
		fired.check(t, "Button.OnClick", "Slider.OnUpdate", "Form.OnSubmit", "Command.OnTrigger", "*.OnDrag", "TransformControls.OnUpdate")
		if n := len(answered.got()); n != 2 {
			t.Errorf("%d requests were answered, want 2", n)
		}
	})
}

// TestUploadsThatNeverFinish: 10,000 uploads are begun and left. Those above the limits are refused at once, the others
// after two minutes without data; no memory, file or place in the quota stays.
func TestUploadsThatNeverFinish(t *testing.T) {
	left := temporary(t)
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		b := s.GUI().AddUploadButton("Send", nil)
		var got record[string]
		b.OnUploadBegin(func(_ context.Context, e viser.UploadEvent) { _, _ = io.Copy(io.Discard, e.File.Reader()) })
		b.OnUpload(func(_ context.Context, e viser.UploadEvent) { got.add(e.File.Name()) })
		const clients, each = 10, 1000
		var pages []*page
		for range clients {
			p, _ := connect(t, s)
			pages = append(pages, p)
		}
		synctest.Wait()
		before, goroutines := heap(), bubbleGoroutines()
		for _, p := range pages {
			for i := range each {
				p.upload(fmt.Sprint(i)).start("f", 1<<16, 1<<30).part(0, "a")
			}
		}
		synctest.Wait()
		if n := len(left()); n != clients*16 {
			t.Errorf("%d temporary files, want 16 for each client", n)
		}
		if grown := heap() - before; grown > 8<<20 {
			t.Errorf("%d bytes of memory for uploads that are not finished", grown)
		}
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		if files := left(); len(files) > 0 {
			t.Errorf("%d temporary files stay", len(files))
		}
		if n := bubbleGoroutines(); n > goroutines {
			t.Errorf("%d goroutines, %d before", n, goroutines)
		}
		pages[0].upload("healthy").start("healthy", 1, 1).part(0, "1")
		synctest.Wait()
		if !slices.Equal(got.got(), []string{"healthy"}) {
			t.Errorf("uploaded %q", got.got())
		}
		if n := log.count("upload refused"); n > 30 {
			t.Errorf("%d log lines", n)
		}
	})
}

// count returns how often the text was logged.
func (l *logBook) count(text string) int {
	synctest.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.buf.String(), text)
}

// TestConnectAndLeave: clients connect and leave 10,000 times while callbacks add to their GUI and scene, and to the
// server's. Memory and goroutines are afterwards what they were after the first hundred.
func TestConnectAndLeave(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.OnClientConnect(func(ctx context.Context, c *viser.Client) {
			folder := c.GUI().AddFolder("own", nil)
			in := folder.AddSlider("x", 0, nil)
			in.OnUpdate(func(context.Context, viser.UpdateEvent[float64]) {})
			c.Scene().AddFrame("/own", nil).OnClick(func(context.Context, viser.ClickEvent) {})
			c.Notify("hello", "", nil)
			shared := s.GUI().AddButton("shared", nil)
			defer shared.Remove()
			node := s.Scene().AddBox(fmt.Sprintf("/of/%d", c.ID()), nil)
			defer node.Remove()
			<-ctx.Done()
			folder.AddText("too late", "", nil)
		})
		visit := func(n int) {
			for range n {
				p, err := s.JoinTestPage(true)
				if err != nil {
					t.Fatal(err)
				}
				cam := someCamera
				p.Receive(&cam)
				if _, err := p.Next(t.Context()); err != nil {
					t.Fatal(err)
				}
				p.Leave()
			}
			synctest.Wait()
			time.Sleep(time.Minute)
		}
		visit(100)
		before, goroutines := heap(), bubbleGoroutines()
		n := 10_000 * *attackScale
		visit(n)
		if grown := heap() - before; grown > 2<<20 {
			t.Errorf("%d bytes of memory stay after %d visits", grown, n)
		}
		if now := bubbleGoroutines(); now > goroutines {
			t.Errorf("%d goroutines stay", now-goroutines)
		}
	})
}

// TestRandomOperations calls random methods of every handle, with legal arguments, from eight goroutines, while clients
// connect, send messages and leave. Only misuse panics: arguments that another goroutine's call has made illegal.
func TestRandomOperations(t *testing.T) {
	legalByMethod["UploadedFile.Save"] = []any{filepath.Join(t.TempDir(), "file")}
	overPipes(t, func(t *testing.T, s *viser.Server, web *pipeWeb, log *logBook) {
		var shared record[any]
		for _, h := range append(everyElement(s.Scene(), s.GUI()), s.Scene(), s.GUI(), s.InitialCamera()) {
			shared.add(h)
		}
		s.OnClientConnect(func(_ context.Context, c *viser.Client) {
			for _, h := range append(everyElement(c.Scene(), c.GUI()), c.Scene(), c.GUI(), c.Camera(), c.LocalStorage(), c) {
				shared.add(h)
			}
		})
		messages := inboundMessages(t)
		var working sync.WaitGroup
		ended, closed := false, atomic.Bool{}
		for worker := range 8 {
			random := rand.New(rand.NewPCG(5, uint64(worker)))
			working.Go(func() {
				for range 1500 * *attackScale {
					all := handles(shared.got())
					h := all[random.IntN(len(all))]
					name := callRandomMethod(t, all, h, random)
					if name == "Disconnect" {
						closed.Store(true)
					}
				}
			})
		}
		working.Go(func() {
			random := rand.New(rand.NewPCG(6, 7))
			for range 5 * *attackScale {
				a := web.open(t, "viser-go.v1")
				a.write(wireBytes(with(readAnyMap(wireBytes(&someCamera)), "type", "ViewerCameraMessage")))
				for _, m := range messages {
					seeds := m.seedsOf(a.ids(), a.changes(), random)
					for range min(20, len(seeds)) {
						ended = a.tryWrite(wireBytes(seeds[random.IntN(len(seeds))])) != nil || ended
					}
				}
				a.ws.CloseNow()
			}
		})
		working.Wait()
		if ended && !closed.Load() {
			t.Error("a connection has ended, but not by Client.Disconnect")
		}
		if log.has("a callback panicked") {
			t.Errorf("logged: %s", log.excerpt("a callback panicked"))
		}
		s.Scene().Reset()
		s.GUI().Reset()
		checkServes(t, s, web)
	})
}

// callRandomMethod calls a random method of a handle, and returns its name.
func callRandomMethod(t *testing.T, all handles, h any, random *rand.Rand) string {
	names := methodNames(h)
	name := names[random.IntN(len(names))]
	if turn(name) == 5 || turn(name) == 4 {
		if random.IntN(20) > 0 { // else soon nothing would be left
			return ""
		}
	}
	_, panicked := all.call(t, over(t), h, name)
	var misuse *viser.UsageError
	if err, _ := panicked.(error); panicked != nil && !errors.As(err, &misuse) {
		t.Errorf("%T.%s panics: %v", h, name, panicked)
	}
	return name
}
