package main

import (
	"fmt"
	"time"

	"github.com/viser-go/viser"
)

func init() { scenarios["parts"] = partsScenario }

const (
	partsSide  = 1000
	partsCount = partsSide * partsSide
)

// partsScenario has a cloud of a million points, gray, in rows from the bottom up, which is updated partially.
func partsScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	var cloud *viser.PointCloud
	s.do("new", func(precision string) {
		cloud = sc.AddPointCloud("/cloud", sheet(0, partsCount, 0), repeated(viser.RGB{120, 120, 120}, partsCount),
			&viser.PointCloudOptions{PointSize: 0.002, PointShape: viser.PointSquare, PointShading: viser.PointFlat, Precision: viser.Precision(precision)})
	})
	s.commands["paint"] = ranged(func(from, n int) { cloud.SetRange(from, nil, repeated(grass, n)) })
	s.commands["lift"] = ranged(func(from, n int) { cloud.SetRange(from, sheet(from, n, 1.2), nil) })
	// As often as it is told, so many points more, red and below the others; ten times a second.
	s.commands["append"] = ranged(func(times, n int) {
		tenTimesASecond(times, func(int) { cloud.Append(sheet(0, n, -1), repeated(rust, n)) })
	})
	s.commands["keep"] = ranged(func(n, _ int) { cloud.Truncate(n) })
	s.commands["whole"] = ranged(func(times, _ int) {
		tenTimesASecond(times, func(i int) {
			cloud.SetPoints(sheet(0, partsCount, 0.01*float32(i+1)), repeated(viser.RGB{120, 120, uint8(i)}, partsCount))
		})
	})
	s.commands["sweep"] = ranged(func(times, n int) {
		tenTimesASecond(times, func(i int) { cloud.SetRange(i*n%partsCount, sheet(i*n%partsCount, n, 0.5), repeated(grass, n)) })
	})
	s.do("batch", func(string) { partsOfBatch(s, sc) })
}

// partsOfBatch has eight red balls in a row; of these, some get up, and more come.
func partsOfBatch(s *stage, sc *viser.Scene) {
	vertices := [][3]float32{{-0.1, 0, -0.1}, {0.1, 0, -0.1}, {0, 0, 0.1}}
	row := func(from, n int, z float32) [][3]float32 {
		out := make([][3]float32, n)
		for i := range out {
			out[i] = [3]float32{-1.4 + 0.4*float32(from+i), 0, z}
		}
		return out
	}
	sc.Reset()
	b := sc.AddBatchedMeshes("/batch", vertices, [][3]uint32{{0, 1, 2}}, nil, row(0, 6, 0), &viser.BatchedMeshesOptions{
		Colors: repeated(rust, 6), Side: viser.DoubleSide})
	s.commands["rise"] = ranged(func(from, n int) { b.SetPoseRange(from, nil, row(from, n, 1)) })
	s.commands["tint"] = ranged(func(from, n int) { b.SetColorRange(from, repeated(grass, n)) })
	s.commands["more"] = ranged(func(n, _ int) {
		b.AppendInstances(nil, row(b.Len(), n, 0), viser.InstanceScales{}, repeated(rust, n), nil)
	})
}

// ranged is a command of two numbers.
func ranged(f func(a, b int)) func(string) (string, error) {
	return func(args string) (string, error) {
		var a, b int
		if _, err := fmt.Sscan(args, &a, &b); err != nil {
			return "", err
		}
		f(a, b)
		return "", nil
	}
}

func tenTimesASecond(times int, f func(i int)) {
	tick := time.NewTicker(time.Second / 10)
	defer tick.Stop()
	for i := range times {
		f(i)
		<-tick.C
	}
}

// sheet gives n points of the sheet from the given one on, moved up by z.
func sheet(from, n int, z float32) [][3]float32 {
	out := make([][3]float32, n)
	for i := range out {
		x, y := (from+i)%partsSide, (from+i)/partsSide
		out[i] = [3]float32{-1.5 + 3*float32(x)/partsSide, 0, -0.5 + float32(y)/partsSide + z}
	}
	return out
}

func repeated(c viser.RGB, n int) []viser.RGB {
	out := make([]viser.RGB, n)
	for i := range out {
		out[i] = c
	}
	return out
}
