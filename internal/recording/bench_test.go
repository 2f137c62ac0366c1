package recording

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

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

// recorded writes a recording of n nodes.
func recorded(b testing.TB, n int, seconds float64) *os.File {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "x.viser"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	w, err := NewWriter(f, WriterOptions{})
	if err != nil {
		b.Fatal(err)
	}
	c := newCrowd(n)
	if err := c.create(w); err != nil {
		b.Fatal(err)
	}
	for i := range int(seconds * 60) {
		if err := c.step(w, float64(i)/60); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(seconds); err != nil {
		b.Fatal(err)
	}
	return f
}

// BenchmarkStateAt seeks to random times of a recording of 1,000,000 poses.
func BenchmarkStateAt(b *testing.B) {
	f := recorded(b, 1000, 500.0/60)
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		b.Fatal(err)
	}
	r, err := Open(f, size, OpenOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	rnd := rand.New(rand.NewPCG(1, 1))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.StateAt(rnd.Float64() * r.Duration()); err != nil {
			b.Fatal(err)
		}
	}
}
