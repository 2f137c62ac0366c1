// Pointcloud sends a new set of points thirty times a second: what a sensor or a simulation does. Nothing
// waits for the browser: one that is slow skips to the newest points by itself.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"os/signal"
	"time"

	"github.com/viser-go/viser"
)

const side = 150 // points along each side of the sheet

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	points, colors := wave(0)
	cloud := server.Scene().AddPointCloud("/wave", points, colors, &viser.PointCloudOptions{
		PointSize: 0.03, PointShape: viser.PointCircle,
	})
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())

	start := time.Now()
	ticker := time.NewTicker(time.Second / 30)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			server.Close()
			return
		case now := <-ticker.C:
			cloud.SetPoints(wave(now.Sub(start).Seconds())) // points and colors change together
		}
	}
}

// wave is a sheet of four by four units with two waves running over it, after t seconds.
func wave(t float64) (points [][3]float32, colors []viser.RGB) {
	for i := range side {
		for j := range side {
			x, y := 4*float64(i)/side-2, 4*float64(j)/side-2
			z := 0.3*math.Sin(3*x+2*t) + 0.2*math.Sin(4*math.Hypot(x, y)-3*t)
			points = append(points, [3]float32{float32(x), float32(y), float32(z)})
			colors = append(colors, viser.RGB{uint8(128 + 250*z), 120, uint8(128 - 250*z)})
		}
	}
	return points, colors
}
