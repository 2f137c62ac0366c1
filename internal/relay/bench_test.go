package relay

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/upstream"
	"github.com/viser-go/viser/internal/wire"
)

// benchmarked returns a program, and a page that reads frames: of the program itself, or behind a relay.
func benchmarked(b *testing.B, relayed bool) (*fakeProgram, *websocket.Conn) {
	p := &fakeProgram{version: "1.1.1"}
	p.start()
	b.Cleanup(p.stop)
	url := p.url()
	if relayed {
		quiet := slog.New(slog.DiscardHandler)
		server := viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: quiet})
		r, err := Start(b.Context(), server, Options{Upstream: upstream.Options{URL: url}, Logger: quiet, Shared: true})
		if err != nil {
			b.Fatal(err)
		}
		if err := server.Start(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() {
			server.Close()
			r.Close()
		})
		url = server.URL()
	}
	ws, _, err := websocket.Dial(b.Context(), strings.Replace(url, "http", "ws", 1), &websocket.DialOptions{Subprotocols: []string{plainPage}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ws.CloseNow() })
	ws.SetReadLimit(-1)
	readFrame(b, ws) // what is shown at first
	return p, ws
}

func readFrame(b *testing.B, ws *websocket.Conn) int {
	_, r, err := ws.Reader(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	n, err := discard(r)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// discard reads to the end, in large pieces.
func discard(r io.Reader) (n int, err error) {
	buf := make([]byte, 1<<20)
	for {
		m, err := r.Read(buf)
		n += m
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// BenchmarkLatency measures the time from the write of a small change until a page has it, at 60 Hz.
func BenchmarkLatency(b *testing.B) {
	for name, relayed := range map[string]bool{"direct": false, "relayed": true} {
		b.Run(name, func(b *testing.B) {
			p, ws := benchmarked(b, relayed)
			var took []time.Duration
			for i := range b.N {
				b.StopTimer()
				<-time.After(time.Second / 60)
				b.StartTimer()
				began := time.Now()
				p.say(-1, &wire.SetOrientationMessage{WXYZ: [4]float64{float64(i), 1}})
				readFrame(b, ws)
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
		})
	}
}

// BenchmarkThrough measures how much data passes: a cloud of a million points, again and again.
func BenchmarkThrough(b *testing.B) {
	cloud := &wire.PointCloudMessage{SceneHeader: wire.SceneHeader{Name: "/cloud"}, Props: wire.PointCloudProps{
		Points: wire.Float32s(make([]float32, 3_000_000)), Colors: wire.Uint8s([]byte{1, 2, 3}),
	}}
	for name, relayed := range map[string]bool{"direct": false, "relayed": true} {
		b.Run(name, func(b *testing.B) {
			p, ws := benchmarked(b, relayed)
			go p.say(-1, cloud)
			bytes := frame(&wire.SceneNodeUpdateMessage{Name: "/cloud", Updates: wire.Updates{{Key: "points", Value: cloud.Props.Points}}})
			for n := 0; n < 12_000_000; {
				n += readFrame(b, ws)
			}
			b.SetBytes(12_000_000)
			b.ResetTimer()
			// The next one is written when the last one has been read: none is skipped.
			for range b.N {
				go p.toAll(bytes)
				for n := 0; n < 12_000_000; {
					n += readFrame(b, ws)
				}
			}
		})
	}
}
