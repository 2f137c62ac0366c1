//go:build !race

package viser_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
)

var (
	scenarios    = flag.Int("scenarios", 1000, "how many scenarios TestEveryClientConverges runs")
	scenarioSeed = flag.Uint64("scenario.seed", 0, "run the scenarios of TestEveryClientConverges from this seed on")
)

// TestEveryClientConverges lets a program change its scenes, its GUI, who may do what, and start anew, while pages of
// all dialects use it over connections with faults. After each frame a page shows whole atomic blocks only, and once
// the faults have ended each page shows what the program has set.
//
// It is not run with the race detector, which crashes after some hundred bubbles with timers: golang/go issue 78156.
func TestEveryClientConverges(t *testing.T) {
	var resumed, fetched, revoked, restarted int64
	for i := range *scenarios {
		seed := *scenarioSeed + uint64(i)
		synctest.Test(t, func(t *testing.T) {
			sc := newScenario(t, seed)
			sc.run()
			resumed += sc.resumed.Load()
			fetched += sc.fetched.Load()
			revoked += int64(sc.revoked)
			restarted += int64(sc.restarted)
		})
		if t.Failed() {
			t.Fatalf("seed %d: run it again with -scenario.seed %d -scenarios 1", seed, seed)
		}
	}
	t.Logf("%d sessions continued, %d arrays fetched, %d tokens revoked, %d restarts", resumed, fetched, revoked, restarted)
	if *scenarios >= 1000 && (resumed < 500 || fetched < 500 || revoked < 100 || restarted < 100) {
		t.Error("the scenarios do not have what they are to try")
	}
}

const cloudSize = 6000 // points: an array that pages fetch

// A scenario is a program and its visitors.
type scenario struct {
	t        *testing.T
	rng      *rand.Rand // of the program
	faults   *faults
	quiet    atomic.Bool // users do nothing any more
	resumed  atomic.Int64
	fetched  atomic.Int64
	visitors []*visitor

	mu      sync.Mutex // guards what follows
	web     *pipeWeb   // nil while the program does not run
	secrets map[string]string
	failed  *scenarioFailure

	s       *viser.Server
	stop    func()
	slider  *viser.Slider
	lengths map[string]float64 // what the program has set, by name
	moved   map[string]float64
	clouds  map[string]float32
	value   float64 // of the slider, kept over a restart
	pair    float64
	last    float64 // of what fresh returned

	revoked, restarted int
}

// A scenarioFailure is a fault of the server.
type scenarioFailure struct{ what string }

func (f *scenarioFailure) Error() string { return f.what }

func newScenario(t *testing.T, seed uint64) *scenario {
	sc := &scenario{
		t: t, rng: rand.New(rand.NewPCG(seed, 0)), faults: newFaults(seed),
		secrets: map[string]string{}, lengths: map[string]float64{}, moved: map[string]float64{}, clouds: map[string]float32{},
	}
	kinds := []struct {
		protocols []string
		resumes   bool
	}{
		{[]string{"viser-v1.1.1"}, false},
		{[]string{"viser-go.v1"}, false},
		{[]string{"viser-go.v1"}, true},
		{[]string{"viser-go.v1.blobs", "viser-go.v1"}, true},
		{[]string{"viser-go.v1.blobs", "viser-go.v1"}, true},
	}
	for i := range 1 + sc.rng.IntN(3) {
		k := kinds[sc.rng.IntN(len(kinds))]
		sc.visitors = append(sc.visitors, &visitor{
			sc: sc, name: fmt.Sprint("user", i), protocols: k.protocols, resumes: k.resumes,
			rng: rand.New(rand.NewPCG(seed, uint64(i)+10)), visitorState: newVisitorState(),
		})
	}
	return sc
}

func (sc *scenario) run() {
	sc.start()
	ctx, cancel := context.WithCancel(context.Background())
	var pages sync.WaitGroup
	for _, v := range sc.visitors {
		sc.grant(v.name)
		pages.Go(func() { v.run(ctx) })
	}
	for range 20 + sc.rng.IntN(40) {
		sc.step()
		time.Sleep(time.Duration(sc.rng.IntN(50)) * time.Millisecond) // of the bubble
	}
	sc.quiet.Store(true)
	sc.faults.end()
	time.Sleep(3 * time.Minute) // connections with faults and sessions end
	synctest.Wait()
	sc.check()
	cancel()
	pages.Wait()
	sc.stop()
}

// start runs the program, with the state that it has.
func (sc *scenario) start() {
	s := viser.NewTestServer(&viser.Options{Token: "the owner's"})
	web, stop := servePipes(s, slog.New(slog.DiscardHandler))
	sc.stop = func() {
		sc.mu.Lock()
		sc.web = nil
		sc.mu.Unlock()
		stop()
	}
	sc.s = s
	s.OnClientConnect(func(_ context.Context, c *viser.Client) {
		s.Atomic(func() {
			n := frame(s.Scene(), "/pair0")
			c.Scene().AddFrame("/pair-own", &viser.FrameOptions{AxesLength: n.AxesLength(), Position: n.Position()})
		})
	})
	s.Atomic(sc.build)
	sc.mu.Lock()
	defer sc.mu.Unlock()
	for name, secret := range sc.secrets {
		s.Tokens().Add(&viser.TokenOptions{Name: name, Secret: secret, Role: sc.role()})
	}
	sc.web = web
}

// build adds all that the program has.
func (sc *scenario) build() {
	for i := range 3 {
		sc.s.Scene().AddFrame(fmt.Sprint("/pair", i), nil)
	}
	sc.setPair()
	for name, x := range sc.lengths {
		sc.s.Scene().AddFrame(name, &viser.FrameOptions{AxesLength: x, Position: viser.Vec3{sc.moved[name]}})
	}
	for name, k := range sc.clouds {
		sc.s.Scene().AddPointCloud(name, uniform(k), nil, &viser.PointCloudOptions{Precision: viser.Float32})
	}
	sc.slider = sc.s.GUI().AddSlider("speed", sc.value, &viser.SliderOptions{Max: 2000})
	sc.slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		switch {
		case e.Client == nil:
		case e.Client.Role() == viser.RoleView || e.Value == forbidden:
			sc.fail(&scenarioFailure{"a page that may only look has set a value"})
		case e.Value > 900:
			sc.slider.SetValue(900) // a program that corrects its user
		}
	})
}

func uniform(k float32) []viser.Vec3f {
	points := make([]viser.Vec3f, cloudSize)
	for i := range points {
		points[i] = viser.Vec3f{k, k, k}
	}
	return points
}

// step changes something.
func (sc *scenario) step() {
	name := fmt.Sprint("/n", sc.rng.IntN(5))
	n := frame(sc.s.Scene(), name)
	switch k := sc.rng.IntN(80); {
	case k < 12:
		sc.s.Atomic(sc.setPair)
	case k < 24 || n == nil && k < 48:
		sc.lengths[name], sc.moved[name] = sc.fresh(), 0
		sc.s.Scene().AddFrame(name, &viser.FrameOptions{AxesLength: sc.lengths[name]})
	case k < 30:
		n.Remove()
		delete(sc.lengths, name)
		delete(sc.moved, name)
	case k < 38:
		sc.lengths[name] = sc.fresh()
		n.SetAxesLength(sc.lengths[name])
	case k < 48:
		sc.moved[name] = sc.fresh()
		n.SetPosition(viser.Vec3{sc.moved[name]})
	case k < 58:
		sc.setCloud(fmt.Sprint("/cloud", sc.rng.IntN(2)))
	case k < 66:
		sc.slider.SetValue(float64(100 + sc.rng.IntN(800)))
	case k < 68:
		sc.grant(sc.visitors[sc.rng.IntN(len(sc.visitors))].name)
	case k < 69:
		sc.restart()
	case k < 71:
		time.Sleep(time.Duration(sc.rng.IntN(40)) * time.Second) // of the bubble: sessions end
	}
}

// fresh returns a number that nothing has had before.
func (sc *scenario) fresh() float64 {
	sc.last++
	return sc.last
}

// setPair changes all nodes of the invariant. It is called in an atomic block.
func (sc *scenario) setPair() {
	sc.pair = sc.fresh()
	set := func(s *viser.Scene, name string) {
		if f := frame(s, name); f != nil {
			f.SetAxesLength(sc.pair)
			f.SetPosition(viser.Vec3{sc.pair, sc.pair, sc.pair})
		}
	}
	for i := range 3 {
		set(sc.s.Scene(), fmt.Sprint("/pair", i))
	}
	for c := range sc.s.Clients() {
		set(c.Scene(), "/pair-own")
	}
}

// frame returns the frame of that name, nil if there is none.
func frame(s *viser.Scene, name string) *viser.Frame {
	n, _ := s.Node(name)
	f, _ := n.(*viser.Frame)
	return f
}

func (sc *scenario) setCloud(name string) {
	k := float32(sc.fresh())
	n, _ := sc.s.Scene().Node(name)
	old, ok := n.(*viser.PointCloud)
	switch {
	case ok && sc.rng.IntN(4) == 0:
		old.Remove()
		delete(sc.clouds, name)
		return
	case ok:
		old.SetPoints(uniform(k), nil)
	default:
		sc.s.Scene().AddPointCloud(name, uniform(k), nil, &viser.PointCloudOptions{Precision: viser.Float32})
	}
	sc.clouds[name] = k
}

// grant gives a user another token, which may allow something else, and revokes the old one.
func (sc *scenario) grant(name string) {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	sc.revoked += sc.s.Tokens().Revoke(name)
	sc.secrets[name] = sc.s.Tokens().Add(&viser.TokenOptions{Name: name, Role: sc.role()}).Secret()
}

func (sc *scenario) role() viser.Role {
	return []viser.Role{viser.RoleView, viser.RoleOperate, viser.RoleOperate}[sc.rng.IntN(3)]
}

func (sc *scenario) secret(name string) string {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	return sc.secrets[name]
}

// restart ends the program and starts it again some time later.
func (sc *scenario) restart() {
	sc.value = sc.slider.Value()
	sc.stop()
	time.Sleep(time.Duration(sc.rng.IntN(2000)) * time.Millisecond) // of the bubble
	sc.start()
	sc.restarted++
}

var errNotRunning = errors.New("the program does not run")

func (sc *scenario) dial(ctx context.Context) (net.Conn, error) {
	sc.mu.Lock()
	web := sc.web
	sc.mu.Unlock()
	if web == nil {
		return nil, errNotRunning
	}
	here, there := net.Pipe()
	select {
	case web.conns <- there:
		return here, nil
	case <-web.over:
		return nil, errNotRunning
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (sc *scenario) fail(f *scenarioFailure) {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	if sc.failed == nil {
		sc.failed = f
	}
}

// check compares what each page shows with what the program has set.
func (sc *scenario) check() {
	sc.mu.Lock()
	if sc.failed != nil {
		sc.t.Error(sc.failed)
	}
	sc.mu.Unlock()
	want := map[string]shownNode{"/WorldAxes": {length: 0.5}}
	for name, x := range sc.lengths {
		want[name] = shownNode{x, sc.moved[name]}
	}
	for _, name := range []string{"/pair0", "/pair1", "/pair2", "/pair-own"} {
		want[name] = shownNode{sc.pair, sc.pair}
	}
	for _, v := range sc.visitors {
		v.mu.Lock()
		got := map[string]shownNode{}
		for key, n := range v.nodes {
			_, name, _ := strings.Cut(key, "|")
			got[name] = *n
		}
		if !maps.Equal(got, want) {
			sc.t.Errorf("the page of %s, %q, shows %v; want %v", v.name, v.protocols, got, want)
		}
		if !maps.Equal(v.clouds, sc.clouds) {
			sc.t.Errorf("the page of %s, %q, shows the clouds %v; want %v", v.name, v.protocols, v.clouds, sc.clouds)
		}
		if v.value != sc.slider.Value() {
			sc.t.Errorf("the page of %s, %q, shows the value %v; want %v", v.name, v.protocols, v.value, sc.slider.Value())
		}
		v.mu.Unlock()
	}
	if n := len(slices.Collect(sc.s.Clients())); n != len(sc.visitors) {
		sc.t.Errorf("%d clients, not %d", n, len(sc.visitors))
	}
}
