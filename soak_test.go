//go:build soak && linux

package viser_test

import (
	"context"
	"flag"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser"
)

// The soak: ci/soak.sh runs it.

var (
	soakDuration = flag.Duration("soak.duration", 10*time.Minute, "how long the soak runs")
	soakClients  = flag.Int("soak.clients", 24, "how many clients of the soak are connected at a time")
)

// A soak is a server with callbacks on everything, that moving nodes, random calls and clients of all manners use.
type soak struct {
	t        *testing.T
	s        *viser.Server
	messages []inboundMessage
	visits   [6]atomic.Int64 // of each manner
	shared   record[any]
}

type manner struct {
	name string
	be   func(k *soak, v *visit)
}

// manners are what clients do until they leave.
var manners = [6]manner{
	{"talks", (*soak).talks},
	{"stalls", (*soak).stalls},
	{"resets", (*soak).resets},
	{"sends garbage", (*soak).sendsGarbage},
	{"uploads without end", (*soak).uploads},
	{"leaves at once", func(*soak, *visit) {}},
}

// A visit is one connection of a client.
type visit struct {
	ctx    context.Context // ends when the client should leave
	ws     *websocket.Conn
	tcp    *net.TCPConn
	random *rand.Rand
}

// TestSoak runs a server that keeps a timeline, under load and attacks for minutes. Afterwards it has the memory, goroutines, descriptors and
// temporary files that it had at the beginning, and it has served a healthy client all the time.
func TestSoak(t *testing.T) {
	left := temporary(t)
	start(t, viser.Options{}).Close() // opens what the process opens once
	fdsBefore, goroutinesBefore := openFiles(t), runtime.NumGoroutine()
	log := &logBook{}
	s := viser.NewTestServer(&viser.Options{Addr: "127.0.0.1:0", Logger: slog.New(slog.NewTextHandler(log, nil))})
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Timeline(&viser.TimelineOptions{Keep: -1, MaxBytes: 4 << 20})
	k := &soak{t: t, s: s, messages: inboundMessages(t)}
	k.furnish()
	k.round(*soakDuration / 10)
	base := heap()
	took := k.round(*soakDuration - *soakDuration/10)
	if now := heap(); now > base+base/2+8<<20 {
		t.Errorf("%d bytes of memory, %d after a tenth of the time", now, base)
	} else {
		t.Logf("memory without clients: %.1f MB after a tenth of the time, %.1f MB at the end", float64(base)/1e6, float64(now)/1e6)
	}
	for what := range manners {
		t.Logf("%d clients: %s", k.visits[what].Load(), manners[what].name)
	}
	slices.Sort(took)
	if len(took) == 0 {
		t.Fatal("the healthy client was not served")
	}
	t.Logf("%d round trips of the healthy client: p50 %v, p99 %v, longest %v", len(took), took[len(took)/2], took[len(took)*99/100], took[len(took)-1])

	if err := s.Close(); err != nil {
		t.Error(err)
	}
	k.settle("goroutines", runtime.NumGoroutine, goroutinesBefore)
	k.settle("descriptors", func() int { return openFiles(t) }, fdsBefore)
	k.settle("temporary files", func() int { return len(left()) }, 0)
	if n := log.buf.Len(); n > int(soakDuration.Seconds())*2000+100_000 {
		t.Errorf("%d bytes were logged in %v", n, *soakDuration)
	}
	for _, text := range []string{"panic while handling", "internal error"} {
		if line := log.excerpt(text); line != "" {
			t.Errorf("%q was logged: %s", text, line)
		}
	}
}

// round runs the load, and returns the round trips of the healthy client when all clients have left.
func (k *soak) round(d time.Duration) (took []time.Duration) {
	ctx, stop := context.WithTimeout(k.t.Context(), d)
	defer stop()
	healthy := k.connectHealthy(ctx)
	var working sync.WaitGroup
	working.Go(func() { took = healthy() })
	working.Go(func() { k.animate(ctx) })
	working.Go(func() { k.callMethods(ctx) })
	working.Go(func() { k.watch(ctx) })
	for i := range *soakClients {
		working.Go(func() { k.visitAgainAndAgain(ctx, uint64(i)) })
	}
	working.Wait()
	k.settle("clients", func() int { return len(slices.Collect(k.s.Clients())) }, 0)
	return took
}

func openFiles(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// settle waits until a count has come down.
func (k *soak) settle(what string, count func() int, most int) {
	k.t.Helper()
	for range 300 {
		if count() <= most {
			return
		}
		<-time.After(time.Second / 5)
	}
	k.t.Errorf("%d %s stay, want at most %d", count(), what, most)
}

// furnish adds one of everything, with callbacks, and has each client furnished too.
func (k *soak) furnish() {
	var fired events
	shared := everyElement(k.s.Scene(), k.s.GUI())
	fired.attach(k.t, shared)
	for _, h := range shared {
		k.shared.add(h)
	}
	k.s.OnClientConnect(func(ctx context.Context, c *viser.Client) {
		all := everyElement(c.Scene(), c.GUI())
		fired.attach(k.t, append(all, c.Camera()))
		go func() { _, _ = c.Render(ctx, 2, 2, nil) }() // it ends when the client responds with anything, or leaves
	})
}

// animate moves nodes at 30 Hz.
func (k *soak) animate(ctx context.Context) {
	var nodes []*viser.Frame
	for i := range 200 {
		nodes = append(nodes, k.s.Scene().AddFrame("/moving/"+string(rune('a'+i%26))+string(rune('a'+i/26)), nil))
	}
	for now := range k.s.Ticks(30) {
		if ctx.Err() != nil {
			return
		}
		k.s.Atomic(func() {
			for i, n := range nodes {
				if n.Removed() { // by callMethods
					n = k.s.Scene().AddFrame(n.Name(), nil)
					nodes[i] = n
				}
				n.SetPosition(viser.Vec3{now, float64(i), 0})
			}
		})
	}
}

// callMethods calls random methods of shared handles, and adds them anew now and then.
func (k *soak) callMethods(ctx context.Context) {
	random := rand.New(rand.NewPCG(8, 9))
	all := handles(k.shared.got())
	for range k.s.Ticks(200) {
		if ctx.Err() != nil {
			return
		}
		callRandomMethod(k.t, all, all[random.IntN(len(all))], random)
		if random.IntN(2000) == 0 {
			k.s.Scene().Reset()
			k.s.GUI().Reset()
			all = everyElement(k.s.Scene(), k.s.GUI())
		}
	}
}

// visitAgainAndAgain connects clients one after another.
func (k *soak) visitAgainAndAgain(ctx context.Context, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 10))
	for ctx.Err() == nil {
		manner := random.IntN(len(manners))
		stay, cancel := context.WithTimeout(ctx, time.Duration(random.IntN(8000))*time.Millisecond)
		if manners[manner].name == "stalls" {
			cancel()
			stay, cancel = context.WithTimeout(ctx, time.Minute)
		}
		if v, err := k.connect(stay, random); err == nil {
			k.visits[manner].Add(1)
			manners[manner].be(k, v)
			v.ws.CloseNow()
		} else if ctx.Err() == nil && stay.Err() == nil {
			k.t.Errorf("a client cannot connect: %v", err)
		}
		cancel()
	}
}

func (k *soak) connect(ctx context.Context, random *rand.Rand) (*visit, error) {
	v := &visit{ctx: ctx, random: random}
	transport := &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, addr)
		if err == nil {
			v.tcp = c.(*net.TCPConn)
		}
		return c, err
	}}
	var err error
	v.ws, _, err = websocket.Dial(ctx, k.s.URL(), &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport}, Subprotocols: []string{[]string{"viser-go.v1", "viser-v1.1.1"}[random.IntN(2)]},
	})
	if err != nil {
		return nil, err
	}
	v.ws.SetReadLimit(-1)
	v.write(with(readAnyMap(wireBytes(&someCamera)), "type", "ViewerCameraMessage"))
	return v, nil
}

func (v *visit) write(m map[string]any) {
	_ = v.ws.Write(v.ctx, websocket.MessageBinary, wireBytes(m)) // the server may have closed the connection
}

// wait waits at most d, and reports whether the client should go on.
func (v *visit) wait(d time.Duration) bool {
	select {
	case <-v.ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// talks reads everything, and sends legal messages.
func (k *soak) talks(v *visit) {
	a := newAttacker(k.t, v.ws)
	for v.wait(time.Second / 20) {
		seeds := k.messages[v.random.IntN(len(k.messages))].seedsOf(a.ids(), a.changes(), v.random)
		if len(seeds) > 0 {
			v.write(seeds[v.random.IntN(len(seeds))])
		}
	}
}

// stalls reads nothing.
func (k *soak) stalls(v *visit) { <-v.ctx.Done() }

// resets ends the connection without a close, in the middle of what it receives.
func (k *soak) resets(v *visit) {
	_, r, err := v.ws.Reader(v.ctx)
	if err == nil {
		_, _ = io.CopyN(io.Discard, r, int64(v.random.IntN(5000)))
	}
	_ = v.tcp.SetLinger(0)
	v.tcp.Close()
}

// sendsGarbage sends messages with spoiled fields until it is closed.
func (k *soak) sendsGarbage(v *visit) {
	go func() { _ = drainSocket(v) }()
	m := k.messages[v.random.IntN(len(k.messages))]
	seeds := m.seedsOf(map[string][]any{}, []map[string]any{{"uuid": "a", "updates": map[string]any{"value": 1}}}, v.random)
	for _, b := range m.spoiled(seeds, v.random) {
		if v.ws.Write(v.ctx, websocket.MessageBinary, b) != nil {
			return
		}
	}
}

// uploads begins files and does not finish them.
func (k *soak) uploads(v *visit) {
	a := newAttacker(k.t, v.ws)
	for i := 0; v.wait(time.Second / 50); i++ {
		for _, id := range a.ids()["source_component_uuid"] {
			transfer := string(rune('a' + i%26))
			v.write(map[string]any{"type": "FileTransferStartUpload", "source_component_uuid": id, "transfer_uuid": transfer,
				"filename": "f", "mime_type": "", "part_count": 2, "size_bytes": 100_000})
			v.write(map[string]any{"type": "FileTransferPart", "source_component_uuid": id, "transfer_uuid": transfer,
				"part_index": 0, "content": make([]byte, 1000)})
		}
	}
}

func drainSocket(v *visit) error {
	for {
		if _, _, err := v.ws.Read(v.ctx); err != nil {
			return err
		}
	}
}

// connectHealthy connects a client before all others, and returns what measures its round trips, from a change of its
// checkbox to the callback.
func (k *soak) connectHealthy(ctx context.Context) (measure func() []time.Duration) {
	box, pressed := make(chan *viser.Checkbox, 1), make(chan bool, 1)
	off := k.s.OnClientConnect(func(_ context.Context, c *viser.Client) {
		b := c.GUI().AddCheckbox("healthy", false, nil)
		b.OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) { pressed <- e.Value })
		box <- b
	})
	v, err := k.connect(ctx, rand.New(rand.NewPCG(11, 12)))
	if err != nil {
		k.t.Fatal(err)
	}
	b := <-box
	off()
	go func() {
		if err := drainSocket(v); ctx.Err() == nil {
			k.t.Errorf("the healthy client was closed: %v", err)
		}
	}()
	return func() (took []time.Duration) {
		defer v.ws.CloseNow()
		for value := true; v.wait(time.Second / 5); value = !value {
			start := time.Now()
			v.write(map[string]any{"type": "GuiUpdateMessage", "uuid": viser.UUIDOf(&b.Input), "updates": map[string]any{"value": value}})
			select {
			case <-pressed:
				took = append(took, time.Since(start))
			case <-ctx.Done():
			}
		}
		return took
	}
}

// watch logs what the process uses.
func (k *soak) watch(ctx context.Context) {
	every := time.NewTicker(*soakDuration / 20)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			k.t.Logf("%6.1f MB, %d goroutines, %d descriptors, %d clients", float64(heap())/1e6, runtime.NumGoroutine(), openFiles(k.t), len(slices.Collect(k.s.Clients())))
		}
	}
}
