// Stream simulates a rotating scanner in a room that never sends a point twice: new points are appended
// to one cloud, and when the cloud has its maximum size, the oldest are overwritten. The cost of each
// step depends only on the new points, in the program and in the browser, regardless of the size of the
// cloud.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"os/signal"
	"time"

	"github.com/viser-go/viser"
)

const (
	beams  = 64  // one above the other
	turns  = 30  // directions in a step
	kept   = 260 // steps whose points are shown: half a million points
	height = 1.2 // of the scanner
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	scene := server.Scene()
	scanner := scene.AddFrame("/scanner", &viser.FrameOptions{
		AxesLength: 0.4, AxesRadius: 0.02, Position: viser.Vec3{0, 0, height},
	})
	server.InitialCamera().SetPosition(viser.Vec3{6, 6, 7})
	cloud := scene.AddPointCloud("/points", nil, nil, &viser.PointCloudOptions{PointSize: 0.012, PointShape: viser.PointCircle})
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())

	ticker := time.NewTicker(time.Second / 20)
	defer ticker.Stop()
	for step := 0; ; step++ {
		select {
		case <-ctx.Done():
			server.Close()
			return
		case <-ticker.C:
		}
		angle := float64(step*turns) * math.Pi / 900
		server.Atomic(func() { // the scanner and its points change in one step
			scanner.SetWXYZ(viser.AxisAngle(viser.Vec3{0, 0, 1}, angle))
			keep(cloud, step, sweep(angle))
		})
	}
}

// keep puts the points of a step into the cloud: behind the last until it is full, then over the oldest.
func keep(cloud *viser.PointCloud, step int, points [][3]float32) {
	colors := make([]viser.RGB, len(points))
	for i, p := range points {
		t := min(max(float64(p[2])/2.3, 0), 1)
		colors[i] = viser.RGB{uint8(40 + 200*t), uint8(120 + 80*t), uint8(230 - 180*t)}
	}
	if step < kept {
		cloud.Append(points, colors)
		return
	}
	cloud.SetRange(step%kept*len(points), points, colors)
}

// sweep returns the points of one step, from the given angle on.
func sweep(angle float64) [][3]float32 {
	points := make([][3]float32, 0, turns*beams)
	for i := range turns {
		sin, cos := math.Sincos(angle + float64(i)*math.Pi/900)
		for k := range beams {
			rise := math.Tan(float64(k)/beams*0.9 - 0.7)
			d := distance(cos, sin, rise) + 0.01*rand.NormFloat64()
			points = append(points, [3]float32{float32(d * cos), float32(d * sin), float32(height + d*rise)})
		}
	}
	return points
}

// distance is the scanner's range along the ground, in a room of 8 by 6 with two pillars.
func distance(cos, sin, rise float64) float64 {
	d := min(4/math.Abs(cos), 3/math.Abs(sin))
	if rise < 0 {
		d = min(d, -height/rise)
	}
	for _, pillar := range [][2]float64{{1.5, 1}, {-2, -1.2}} {
		along := pillar[0]*cos + pillar[1]*sin
		aside := pillar[0]*sin - pillar[1]*cos
		if inside := 0.3*0.3 - aside*aside; along > 0 && inside > 0 {
			d = min(d, along-math.Sqrt(inside))
		}
	}
	return d
}
