package timeline

import (
	"context"
	"fmt"
	"io"
	"math"
	"runtime"
	"testing"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

const benchNodes = 1000

// BenchmarkStep moves and turns 1,000 nodes in one step, which a page is sent; "on" with a timeline that keeps it. The
// difference is what the timeline costs. What the goroutines of both cost to wake is not in it.
func BenchmarkStep(b *testing.B) {
	for _, on := range []bool{false, true} {
		b.Run(map[bool]string{false: "off", true: "on"}[on], func(b *testing.B) { benchmarkStep(b, on) })
	}
}

func benchmarkStep(b *testing.B, on bool) {
	st := state.New(state.Options{})
	defer st.Close()
	nodes := make([]*state.Entity, benchNodes)
	for i := range nodes {
		nodes[i] = frame(st.Shared(), fmt.Sprint("/n/", i), 1, nil)
	}
	p := connect(st, 0, wire.Extended)
	p.read()
	var tl *Timeline
	if on {
		tl = New(st, Options{MaxBytes: 128 << 20}, func() {})
		defer tl.Close()
	}
	b.ReportAllocs()
	k := 0
	for b.Loop() {
		k++
		st.Together(func() { swing(nodes, k) })
		st.Shared().Flush()
		f, err := p.Next(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		f.WriteTo(io.Discard)
		if on {
			tl.mu.Lock()
			tl.read()
			tl.mu.Unlock()
		}
	}
}

// swing poses each node on a path of its own.
func swing(nodes []*state.Entity, k int) {
	for i, n := range nodes {
		sin, cos := math.Sincos(float64(i) + float64(k)/60)
		n.SetPose([4]float64{cos, sin, 0, 0}, [3]float64{sin, cos, float64(i)})
	}
}

// BenchmarkTenMinutes keeps ten minutes of 1,000 nodes that move 60 times a second, which is far more than its bound, and
// reports the memory that the timeline counts and that the process uses for it. "sent" is with a page, from whose frames
// the poses are; else they are copied. It takes half a minute: -benchtime 1x.
func BenchmarkTenMinutes(b *testing.B) {
	for _, sent := range []bool{true, false} {
		b.Run(map[bool]string{true: "sent", false: "alone"}[sent], func(b *testing.B) {
			for range b.N {
				tenMinutes(b, sent)
			}
		})
	}
}

func tenMinutes(b *testing.B, sent bool) {
	const bound = 128 << 20
	st := state.New(state.Options{})
	defer st.Close()
	nodes := make([]*state.Entity, benchNodes)
	for i := range nodes {
		nodes[i] = frame(st.Shared(), fmt.Sprint("/n/", i), 1, nil)
	}
	var p *page
	if sent {
		p = connect(st, 0, wire.Extended)
		p.read()
	}
	before := inUse()
	tl := New(st, Options{MaxBytes: bound}, func() {})
	defer tl.Close()
	for k := range 600 * 60 {
		st.Together(func() { swing(nodes, k) })
		if sent {
			st.Shared().Flush()
			if _, err := p.Next(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
		tl.mu.Lock()
		_ = tl.read()
		size := tl.ring.size()
		tl.mu.Unlock()
		if size > bound {
			b.Fatalf("%d bytes are kept, of at most %d", size, bound)
		}
	}
	used := inUse() - before
	tl.mu.Lock()
	defer tl.mu.Unlock()
	size := tl.ring.size()
	b.ReportMetric(float64(size)/1e6, "MB-counted")
	b.ReportMetric(float64(used)/1e6, "MB-used")
	if used > bound+bound/8 {
		b.Errorf("%d bytes of memory are used, of at most %d", used, bound)
	}
}

func inUse() int {
	runtime.GC()
	runtime.GC() // pools are emptied by the second one
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// BenchmarkPlaying shows a page that is back in time another state, in which 1,000 nodes are elsewhere: "packed" a page of
// ours, "single" one of upstream viser.
func BenchmarkPlaying(b *testing.B) {
	for _, d := range []wire.Dialect{wire.Extended, wire.Plain} {
		b.Run(map[wire.Dialect]string{wire.Extended: "packed", wire.Plain: "single"}[d], func(b *testing.B) { benchmarkPlaying(b, d) })
	}
}

func benchmarkPlaying(b *testing.B, d wire.Dialect) {
	st := state.New(state.Options{})
	defer st.Close()
	nodes := make([]*state.Entity, benchNodes)
	for i := range nodes {
		nodes[i] = frame(st.Shared(), fmt.Sprint("/n/", i), 1, nil)
	}
	tl := New(st, Options{MaxBytes: 128 << 20}, func() {})
	defer tl.Close()
	p := connect(st, 0, d)
	p.watch(tl)
	p.read()
	times := make([]float64, 30)
	for k := range times {
		st.Together(func() {
			swing(nodes, k)
			tl.At(float64(k))
		})
		times[k] = float64(k)
	}
	var size int64
	k := 0
	b.ReportAllocs()
	for b.Loop() {
		k = (k + 1) % len(times)
		p.viewer.Seek(times[k])
		p.viewer.showed = time.Time{} // else it would be a thirtieth of a second later
		f, err := p.Next(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		n, _ := f.WriteTo(io.Discard)
		size += n
	}
	b.ReportMetric(float64(size)/float64(b.N), "B/frame")
}
