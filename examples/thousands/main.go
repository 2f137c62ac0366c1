// Thousands moves ten thousand separate boxes sixty times a second. SetPoses moves all of them in one call; the
// client automatically draws boxes of one size as instances.
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
	"github.com/viser-go/viser/transform"
)

const side = 100

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	boxes := addBoxes(server.Scene())
	server.InitialCamera().SetPosition(viser.Vec3{8, -8, 7})
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())

	start := time.Now()
	ticker := time.NewTicker(time.Second / 60)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			server.Close()
			return
		case now := <-ticker.C:
			ripple(boxes, now.Sub(start).Seconds())
			server.Scene().SetPoses(boxes)
		}
	}
}

func addBoxes(scene *viser.Scene) (boxes []viser.PoseUpdate) {
	for i := range side * side {
		color := viser.RGB{uint8(40 + 2*(i%side)), 140, uint8(240 - 2*(i/side))}
		box := scene.AddBox(fmt.Sprintf("/boxes/%d", i), &viser.BoxOptions{
			Color: color, Dimensions: viser.Uniform(0.08),
		})
		boxes = append(boxes, viser.PoseUpdate{Node: box})
	}
	return boxes
}

func ripple(boxes []viser.PoseUpdate, t float64) {
	for i := range boxes {
		x, y := float64(i%side)/10-5, float64(i/side)/10-5
		boxes[i].Pose = transform.SE3FromTranslation(viser.Vec3{x, y, 0.4 * math.Sin(2*math.Hypot(x, y)-3*t)})
	}
}
