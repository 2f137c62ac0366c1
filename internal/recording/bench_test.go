package recording

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/viser-go/viser/internal/wire"
)

// A crowd is nodes that move and turn, each on its own way.
type crowd struct {
	names             []string
	base, phase, rate [][3]float64
}

func newCrowd(n int) *crowd {
	rnd := rand.New(rand.NewPCG(1, 2))
	c := &crowd{}
	for i := range n {
		c.names = append(c.names, fmt.Sprintf("/robots/r%d", i))
		var base, phase, rate [3]float64
		for k := range 3 {
			base[k], phase[k], rate[k] = 20*rnd.Float64()-10, 2*math.Pi*rnd.Float64(), 0.2+1.8*rnd.Float64()
		}
		c.base, c.phase, c.rate = append(c.base, base), append(c.phase, phase), append(c.rate, rate)
	}
	return c
}

func (c *crowd) position(i int, t float64) (p [4]float64) {
	for k := range 3 {
		p[k] = c.base[i][k] + math.Sin(c.phase[i][k]+c.rate[i][k]*t)
	}
	return p
}

func (c *crowd) orientation(i int, t float64) [4]float64 {
	a := c.rate[i][0] * t / 2
	axis := c.base[i]
	l := math.Sqrt(axis[0]*axis[0] + axis[1]*axis[1] + axis[2]*axis[2])
	s := math.Sin(a) / l
	return [4]float64{math.Cos(a), s * axis[0], s * axis[1], s * axis[2]}
}

// create adds the nodes.
func (c *crowd) create(w *Writer) error {
	for _, name := range c.names {
		m := wire.RawOf(&wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: name}, Props: wire.BoxProps{Dimensions: [3]float64{1, 1, 1}}})
		if err := w.Add(Entry{0, Everyone, m}); err != nil {
			return err
		}
	}
	return nil
}

// step adds the poses of a moment.
func (c *crowd) step(w *Writer, t float64) error {
	for i, name := range c.names {
		if err := w.AddPose(t, &Pose{Node: uint32(i + 1), Name: name, V: c.position(i, t)}); err != nil {
			return err
		}
		if err := w.AddPose(t, &Pose{Node: uint32(i + 1), Name: name, Orientation: true, V: c.orientation(i, t)}); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkWrite records a second of 1,000 nodes that move and turn 60 times. cpu-ms is the processor time of all of it,
// and B/pose the size of the file.
func BenchmarkWrite(b *testing.B) {
	c := newCrowd(1000)
	path := filepath.Join(b.TempDir(), "x.viser")
	w, err := Create(path, WriterOptions{})
	if err != nil {
		b.Fatal(err)
	}
	if err := c.create(w); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	before := processorTime()
	steps := 0
	for b.Loop() {
		for range 60 {
			if err := c.step(w, float64(steps)/60); err != nil {
				b.Fatal(err)
			}
			steps++
		}
	}
	if err := w.Close(0); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64((processorTime()-before).Microseconds())/1e3/float64(b.N), "cpu-ms/op")
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/float64(2000*steps), "B/pose")
	b.ReportMetric(0, "ns/op")
}

// lengths are recordings of 1,000 nodes, each written when it is needed first.
var lengths = []struct {
	name string
	file func() (*os.File, error)
}{
	{"poses=1M", sync.OnceValues(func() (*os.File, error) { return recorded(1000, 500.0/60) })},
	{"minutes=10", sync.OnceValues(func() (*os.File, error) { return recorded(1000, 600) })},
}

// recorded writes a recording of n nodes to a file that goes with the process.
func recorded(n int, seconds float64) (*os.File, error) {
	f, err := os.CreateTemp("", "viser-bench-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, err
	}
	w, err := NewWriter(f, WriterOptions{})
	if err != nil {
		return nil, err
	}
	c := newCrowd(n)
	if err := c.create(w); err != nil {
		return nil, err
	}
	for i := range int(seconds * 60) {
		if err := c.step(w, float64(i)/60); err != nil {
			return nil, err
		}
	}
	return f, w.Close(seconds)
}

// BenchmarkOpen and BenchmarkStateAt read recordings of 1,000 nodes that move and turn 60 times a second: one of 1,000,000
// poses, and one of 10 minutes, which has 72 million. Writing that takes a minute, and a gigabyte for the time of the
// benchmark.
func BenchmarkOpen(b *testing.B) {
	eachLength(b, func(b *testing.B, f *os.File, size int64) {
		for b.Loop() {
			r, err := Open(f, size, OpenOptions{})
			if err != nil {
				b.Fatal(err)
			}
			if !r.Info().Complete || len(r.Notes()) > 0 {
				b.Fatalf("%+v, %q", r.Info(), r.Notes())
			}
			if err := r.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkStateAt seeks to random times. p99-ms is what 99 of 100 seeks do not exceed, and cpu-ms the processor time of
// one, which other load on the machine does not change.
func BenchmarkStateAt(b *testing.B) {
	eachLength(b, func(b *testing.B, f *os.File, size int64) {
		r, err := Open(f, size, OpenOptions{})
		if err != nil {
			b.Fatal(err)
		}
		defer r.Close()
		rnd := rand.New(rand.NewPCG(1, 1))
		var took []time.Duration
		b.ReportAllocs()
		before := processorTime()
		for b.Loop() {
			start := time.Now()
			s, err := r.StateAt(rnd.Float64() * r.Duration())
			if err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
			if _, entities := s.Size(); entities != 1000 {
				b.Fatalf("%d nodes", entities)
			}
		}
		b.ReportMetric(float64((processorTime()-before).Microseconds())/1e3/float64(b.N), "cpu-ms/op")
		slices.Sort(took)
		b.ReportMetric(float64(took[(len(took)-1)*99/100].Microseconds())/1e3, "p99-ms")
	})
}

func eachLength(b *testing.B, f func(b *testing.B, file *os.File, size int64)) {
	for _, length := range lengths {
		b.Run(length.name, func(b *testing.B) {
			file, err := length.file()
			if err != nil {
				b.Fatal(err)
			}
			size, err := file.Seek(0, io.SeekEnd)
			if err != nil {
				b.Fatal(err)
			}
			f(b, file, size)
		})
	}
}
