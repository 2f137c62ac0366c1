package subject

import (
	"context"
	"math"
	"os"
	"path/filepath"

	"github.com/viser-go/viser"
)

// record begins a recording if n is 1, and otherwise ends it. The count is the bytes of its file then.
func (p *Program) record(_ context.Context, c Command) int {
	if c.N == 1 {
		dir := must(os.MkdirTemp("", "viser-bench-"))
		p.path = filepath.Join(dir, "bench.viser")
		p.recording = must(p.server.RecordFile(p.path, nil))
		return 0
	}
	defer os.RemoveAll(filepath.Dir(p.path))
	if err := p.recording.Close(); err != nil {
		panic(err)
	}
	return int(must(os.Stat(p.path)).Size())
}

// keep begins a timeline if n is 1, and otherwise ends it. The count is the seconds that it can show then.
func (p *Program) keep(_ context.Context, c Command) int {
	if c.N == 1 {
		p.timeline = p.server.Timeline(nil)
		return 0
	}
	if p.timeline == nil {
		return 0
	}
	from, to := p.timeline.Bounds()
	p.timeline.Stop()
	return int((to - from).Seconds())
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the benchmark needs a disk
	}
	return v
}

// swing moves each node on a path of its own, as robots or joints do: the poses of "poses" repeat those of other nodes,
// which no recording of anything real would compress so well.
func (p *Program) swing(ctx context.Context, c Command) int {
	return p.every(ctx, c, func(k int) {
		p.server.Atomic(func() {
			for i, n := range p.nodes {
				n.SetPosition(Swing(i, float64(k)/60))
				n.SetWXYZ(viser.AxisAngle(axis(i), rate(3*i)*float64(k)/60))
			}
		})
	})
}

// Swing is the position of node i at a time in seconds.
func Swing(i int, t float64) (v viser.Vec3) {
	for k := range v {
		v[k] = 20*spread(3*i+k, 0.5698402910) - 10 + math.Sin(2*math.Pi*spread(3*i+k, 0.6180339887)+rate(3*i+k)*t)
	}
	return v
}

// rate is a frequency in radians per second.
func rate(k int) float64 { return 0.2 + 1.8*spread(k, 0.7548776662) }

func axis(i int) viser.Vec3 {
	return viser.Vec3{spread(i, 0.6180339887) - 0.5, spread(i, 0.7548776662) - 0.5, 0.3}
}

// spread is the k-th of many numbers from 0 to 1.
func spread(k int, step float64) float64 { _, f := math.Modf(float64(k+1) * step); return f }
