package subject

import (
	"context"
	"hash/crc32"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"github.com/viser-go/viser"
)

// addCloud replaces a cloud of n points as often as asked for. Only the calls count, not the making of the points.
func (p *Program) addCloud(_ context.Context, c Command) int {
	points, colors := cloud(c.N)
	p.extra.Sum = checksum(colors)
	for range max(1, c.Times) {
		points[0][0]++
		began := time.Now()
		p.server.Scene().AddPointCloud("/cloud", points, colors, nil)
		p.extra.Call = time.Since(began).Seconds()
		p.extra.Began = float64(began.UnixMicro())/1e6 - c.Start
	}
	return c.N
}

// collect frees all memory that is not used any more, so that what is resident is what is kept.
func (p *Program) collect(context.Context, Command) int {
	debug.FreeOSMemory()
	return 0
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

func checksum(colors []viser.RGB) uint32 {
	digest := crc32.NewIEEE()
	for _, c := range colors {
		digest.Write(c[:])
	}
	return digest.Sum32()
}

// keepBusy moves all nodes step after step, and meanwhile sets a cloud of n points several times a second, in a
// goroutine of its own.
func (p *Program) keepBusy(ctx context.Context, c Command) int {
	points, colors := cloud(c.N)
	p.extra.Sum = checksum(colors)
	cloud := p.server.Scene().AddPointCloud("/cloud", points, colors, nil)
	setting, stop := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() {
		repeat(setting, Command{Hz: cloudHz, Seconds: c.Seconds}, func(int) {
			points[0][0]++
			cloud.SetPoints(points, colors)
		})
	})
	count := p.every(ctx, c, func(k int) {
		p.extra.Times = append(p.extra.Times, unixSeconds()-c.Start)
		p.move(c.First + k)
	})
	stop()
	done.Wait()
	return count
}

// cloudHz is how often a second keepBusy sets its cloud.
const cloudHz = 5
