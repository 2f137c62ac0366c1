package viser_test

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

const benchNodes = 10_000

// BenchmarkPoses10000 moves and turns 10,000 nodes one by one as one step and reads the
// resulting frame of a client, down to the bytes: an operation is 20,000 calls, the
// window, and the writing of its frame. Allocations count all goroutines. "packed" is
// viser-go.v1, "plain" is viser 1.1, whose window has 20,000 messages.
func BenchmarkPoses10000(b *testing.B) {
	for _, dialect := range []string{"packed", "plain"} {
		for _, cores := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/cores=%d", dialect, cores), func(b *testing.B) {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
				benchmarkPoses(b, dialect == "packed")
			})
		}
	}
}

func benchmarkPoses(b *testing.B, packed bool) {
	server, nodes := benchScene(b, benchNodes)
	page := joinBenchPage(b, server, packed)
	page.replay()
	tick := 0
	step := func() *wire.Frame {
		tick++
		server.Atomic(func() { moveAll(nodes, tick) })
		server.Flush()
		return page.next()
	}
	step() // the first one grows the pools
	var size int64
	b.ReportAllocs()
	for b.Loop() {
		size, _ = step().WriteTo(io.Discard)
	}
	b.ReportMetric(float64(size), "B/frame")
	if got := countPoses(page.decode(step())); got != 2*benchNodes {
		b.Fatalf("a step brought %d poses to the page, want %d", got, 2*benchNodes)
	}
}

// BenchmarkSettersBesideATimeline moves and turns 1,000 nodes, by 2,000 calls. "never" and "stopped" are to be the same:
// what is off costs nothing. "running" is what setters do for a timeline that has not read yet.
func BenchmarkSettersBesideATimeline(b *testing.B) {
	for _, timeline := range []string{"never", "stopped", "running"} {
		b.Run(timeline, func(b *testing.B) {
			server, nodes := benchScene(b, 1000)
			if timeline != "never" {
				t := server.Timeline(nil)
				if timeline == "stopped" {
					t.Stop()
				}
			}
			tick := 0
			b.ReportAllocs()
			for b.Loop() {
				tick++
				moveAll(nodes, tick)
			}
		})
	}
}

// BenchmarkJoin10000 reads the initial transfer of a scene of 10,000 nodes, down to the
// bytes.
func BenchmarkJoin10000(b *testing.B) {
	server, nodes := benchScene(b, benchNodes)
	moveAll(nodes, 1)
	for _, dialect := range []string{"packed", "plain"} {
		b.Run(dialect, func(b *testing.B) {
			first := joinBenchPage(b, server, dialect == "packed")
			frames, poses := first.replay()
			first.Leave()
			if poses < 2*benchNodes {
				b.Fatalf("the first transfer brought %d poses, want %d", poses, 2*benchNodes)
			}
			b.ReportAllocs()
			for b.Loop() {
				page := joinBenchPage(b, server, dialect == "packed")
				for range frames {
					page.next()
				}
				page.Leave()
			}
		})
	}
}

// BenchmarkAdd10000 adds 10,000 boxes while a client is connected.
func BenchmarkAdd10000(b *testing.B) {
	names := make([]string, benchNodes)
	for i := range names {
		names[i] = fmt.Sprintf("/n/%d", i)
	}
	b.ReportAllocs()
	for b.Loop() {
		server := viser.New(nil)
		page := joinBenchPage(b, server, true)
		for _, name := range names {
			server.Scene().AddBox(name, nil)
		}
		page.Leave()
		server.Close()
	}
}

// BenchmarkPointCloud1M replaces a cloud of a million points with a color each. In "frame" the frame of a client is
// built, too; no socket.
func BenchmarkPointCloud1M(b *testing.B) {
	points, colors := benchCloud()
	b.Run("call", func(b *testing.B) {
		server := viser.New(nil)
		defer server.Close()
		b.ReportAllocs()
		for b.Loop() {
			server.Scene().AddPointCloud("/cloud", points, colors, nil)
		}
	})
	b.Run("frame", func(b *testing.B) {
		server := viser.New(nil)
		defer server.Close()
		page := joinBenchPage(b, server, true)
		page.replay()
		b.ReportAllocs()
		for b.Loop() {
			server.Scene().AddPointCloud("/cloud", points, colors, nil)
			server.Flush()
			if n := page.next().Len(); n < 9_000_000 {
				b.Fatalf("a frame of %d bytes", n)
			}
		}
	})
}

// BenchmarkSetScalars1M colors a cloud of a million points by new numbers: the call; with the frame of a client of ours;
// with that of a client of upstream viser, which is sent colors; and a new range only.
func BenchmarkSetScalars1M(b *testing.B) {
	points, _ := benchCloud()
	values := make([]float32, len(points))
	for i, p := range points {
		values[i] = p[0]
	}
	for _, c := range []struct {
		name         string
		page, packed bool
		least        int
		change       func(*viser.PointCloud)
	}{
		{"call", false, false, 0, func(c *viser.PointCloud) { c.SetScalars(values, nil) }},
		{"frame", true, true, 4_000_000, func(c *viser.PointCloud) { c.SetScalars(values, nil) }},
		{"plain", true, false, 3_000_000, func(c *viser.PointCloud) { c.SetScalars(values, nil) }},
		{"range", true, true, 1, func(c *viser.PointCloud) { _, hi := c.ScalarsRange(); c.SetScalarsRange(-1, hi+1) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			server := viser.New(nil)
			defer server.Close()
			cloud := server.Scene().AddPointCloud("/cloud", points, nil, nil)
			cloud.SetScalars(values, nil)
			var page *benchPage
			if c.page {
				page = joinBenchPage(b, server, c.packed)
				page.replay()
			}
			b.ReportAllocs()
			for b.Loop() {
				c.change(cloud)
				if page == nil {
					continue
				}
				server.Flush()
				if n := page.next().Len(); n < c.least {
					b.Fatalf("a frame of %d bytes", n)
				}
			}
		})
	}
}

// BenchmarkPointCloud1MSockets is the same until clients have received it over loopback sockets.
func BenchmarkPointCloud1MSockets(b *testing.B) {
	points, colors := benchCloud()
	for _, clients := range []int{1, 10} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			server := viser.New(&viser.Options{Addr: "127.0.0.1:0"})
			defer server.Close()
			if err := server.Start(b.Context()); err != nil {
				b.Fatal(err)
			}
			received := make(chan error, clients)
			var reading sync.WaitGroup
			for range clients {
				c, _, err := websocket.Dial(b.Context(), server.URL(), &websocket.DialOptions{Subprotocols: []string{"viser-go.v1"}})
				if err != nil {
					b.Fatal(err)
				}
				defer c.CloseNow()
				c.SetReadLimit(-1)
				reading.Go(func() { readFrames(b.Context(), c, 9_000_000, received) })
			}
			for b.Loop() {
				server.Scene().AddPointCloud("/cloud", points, colors, nil)
				for range clients {
					if err := <-received; err != nil {
						b.Fatal(err)
					}
				}
			}
			server.Close()
			reading.Wait()
		})
	}
}

// readFrames sends nil for each frame that has at least so many bytes, and the error that ends reading.
func readFrames(ctx context.Context, c *websocket.Conn, size int64, received chan<- error) {
	for {
		_, r, err := c.Reader(ctx)
		if err == nil {
			var n int64
			n, err = io.CopyBuffer(struct{ io.Writer }{io.Discard}, r, make([]byte, 256<<10))
			if err == nil && n < size {
				continue
			}
		}
		select {
		case received <- err:
		default:
		}
		if err != nil {
			return
		}
	}
}

func benchCloud() ([]viser.Vec3f, []viser.RGB) {
	points, colors := make([]viser.Vec3f, 1_000_000), make([]viser.RGB, 1_000_000)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range points {
		points[i] = viser.Point(random.Float64(), random.Float64(), random.Float64())
		colors[i] = viser.RGB{uint8(i), uint8(i >> 8), uint8(i >> 16)}
	}
	return points, colors
}

// BenchmarkSetValue sets a checkbox, without and with a callback.
func BenchmarkSetValue(b *testing.B) {
	for _, callbacks := range []int{0, 1} {
		b.Run(fmt.Sprintf("callbacks=%d", callbacks), func(b *testing.B) {
			server := viser.New(nil)
			defer server.Close()
			box := server.GUI().AddCheckbox("c", false, nil)
			for range callbacks {
				box.OnUpdate(func(context.Context, viser.UpdateEvent[bool]) {})
			}
			on := false
			b.ReportAllocs()
			for b.Loop() {
				on = !on
				box.SetValue(on)
			}
		})
	}
}

func benchScene(b *testing.B, n int) (*viser.Server, []*viser.Frame) {
	b.Helper()
	server := viser.New(nil)
	b.Cleanup(func() { server.Close() })
	nodes := make([]*viser.Frame, n)
	for i := range nodes {
		nodes[i] = server.Scene().AddFrame(fmt.Sprintf("/n/%d", i), nil)
	}
	return server, nodes
}

// benchPoses are poses of which no two are equal, more than a step has, so that
// neither the store nor the compression finds less to do than with real ones.
var benchPoses = func() []benchPose {
	random := rand.New(rand.NewPCG(1, 2))
	poses := make([]benchPose, benchNodes+1009)
	for i := range poses {
		axis := viser.Vec3{random.NormFloat64(), random.NormFloat64(), random.NormFloat64()}
		poses[i] = benchPose{viser.AxisAngle(axis, random.Float64()), viser.Vec3{random.Float64(), random.Float64(), random.Float64()}}
	}
	return poses
}()

type benchPose struct {
	wxyz     viser.Quat
	position viser.Vec3
}

func moveAll(nodes []*viser.Frame, tick int) {
	for i, n := range nodes {
		p := &benchPoses[(i+tick)%len(benchPoses)]
		n.SetPosition(p.position)
		n.SetWXYZ(p.wxyz)
	}
}

// A benchPage is a page without a socket that ends the benchmark when something
// is wrong.
type benchPage struct {
	*viser.TestPage
	b *testing.B
}

func joinBenchPage(b *testing.B, server *viser.Server, packed bool) *benchPage {
	b.Helper()
	page, err := server.JoinTestPage(packed)
	if err != nil {
		b.Fatal(err)
	}
	return &benchPage{page, b}
}

func (p *benchPage) next() *wire.Frame {
	frame, err := p.Next(p.b.Context())
	if err != nil {
		p.b.Fatal(err)
	}
	return frame
}

func (p *benchPage) decode(frame *wire.Frame) []wire.Message {
	window, err := pagewire.DecodeFrame(frame.Bytes(), wire.DefaultLimits)
	if err != nil {
		p.b.Fatal(err)
	}
	return window.Messages
}

// replay reads the initial transfer.
func (p *benchPage) replay() (frames, poses int) {
	for {
		messages := p.decode(p.next())
		frames++
		poses += countPoses(messages)
		for _, m := range messages {
			if _, done := m.(*wire.ReplayDoneMessage); done {
				return frames, poses
			}
		}
	}
}

func countPoses(messages []wire.Message) (n int) {
	for _, m := range messages {
		switch m := m.(type) {
		case *wire.SetPositionMessage, *wire.SetOrientationMessage:
			n++
		case *wire.PackedPosesMessage:
			n += m.PositionIDs.Len() + m.WXYZIDs.Len()
		}
	}
	return n
}

// BenchmarkRecord1000 moves and turns 1,000 nodes and records each step. At 60 steps a second it costs 60 times as much
// a second.
func BenchmarkRecord1000(b *testing.B) {
	server, nodes := benchScene(b, 1000)
	recording, err := server.RecordFile(filepath.Join(b.TempDir(), "bench.viser"), &viser.RecordOptions{ProgramTime: true})
	if err != nil {
		b.Fatal(err)
	}
	tick := 0
	b.ReportAllocs()
	for b.Loop() {
		tick++
		server.Atomic(func() {
			for i, n := range nodes {
				t := float64(tick) / 60
				rate := 0.2 + 1.8*float64(i*7919%1000)/1000
				n.SetPosition(viser.Vec3{math.Sin(float64(i) + rate*t), math.Cos(float64(i) + 0.7*rate*t), float64(i)})
				n.SetWXYZ(viser.AxisAngle(viser.Vec3{1, float64(i), 2}, rate*t))
			}
		})
		recording.Sleep(time.Second / 60)
	}
	if err := recording.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(recording.Stats().Bytes)/float64(tick), "B/step")
}
