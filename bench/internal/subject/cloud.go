package subject

import (
	"context"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"github.com/viser-go/viser"
)

// addCloud replaces a cloud of n points as often as asked for. Only the calls count, not the making of the points.
func (p *Program) addCloud(_ context.Context, c Command) int {
	if c.Times > 1 {
		defer debug.FreeOSMemory() // so that what is resident is what is kept
	}
	points, colors := cloud(c.N)
	for range max(1, c.Times) {
		points[0][0]++
		began := time.Now()
		p.server.Scene().AddPointCloud("/cloud", points, colors, nil)
		p.extra.Call = time.Since(began).Seconds()
		p.extra.Began = float64(began.UnixMicro())/1e6 - c.Start
	}
	return c.N
}

func cloud(n int) ([]viser.Vec3f, []viser.RGB) {
	random := rand.New(rand.NewPCG(1, 2))
	points, colors := make([]viser.Vec3f, n), make([]viser.RGB, n)
	for i := range points {
		points[i] = viser.Point(random.Float64(), random.Float64(), random.Float64())
		x := random.Uint32()
		colors[i] = viser.RGB{uint8(x), uint8(x >> 8), uint8(x >> 16)}
	}
	return points, colors
}
