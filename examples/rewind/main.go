// Rewind shows the plan of an arm that is known ahead: the server's timeline is filled once, and each page plays it at
// its own pace. With -live the arm moves while the program runs, and a page can go back by up to a minute.
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

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	live := flag.Bool("live", false, "move the arm while the program runs")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	joints := addArm(server.Scene())
	server.OnClientConnect(func(_ context.Context, c *viser.Client) {
		c.OnSeek(func(_ context.Context, e viser.SeekEvent) { fmt.Println(e.Client, "is at", e.Time) })
	})
	if *live {
		server.Timeline(&viser.TimelineOptions{Keep: time.Minute})
	} else {
		const steps = 600
		for i := range steps {
			t := time.Duration(i) * 20 * time.Millisecond
			server.At(t, func() { pose(joints, t.Seconds()) })
		}
	}
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	if *live {
		go func() {
			for t := range server.Ticks(60) {
				server.Atomic(func() { pose(joints, t) })
			}
		}()
	}
	<-ctx.Done()
	server.Close()
}

// addArm adds links, each of which is a child of the one before.
func addArm(scene *viser.Scene) (joints []viser.Node) {
	name := ""
	for i := range 4 {
		name += fmt.Sprint("/joint", i)
		joint := scene.AddFrame(name, &viser.FrameOptions{AxesLength: 0.15, AxesRadius: 0.01})
		scene.AddBox(name+"/link", &viser.BoxOptions{Dimensions: viser.Vec3{0.1, 0.1, 0.9}, Position: viser.Vec3{0, 0, 0.5}, Color: viser.RGB{70, 130, 240}})
		joints = append(joints, joint)
	}
	return joints
}

// pose turns each joint by an angle that depends on the time.
func pose(joints []viser.Node, t float64) {
	for i, joint := range joints {
		at := viser.Vec3{0, 0, 1}
		if i == 0 {
			at = viser.Vec3{}
		}
		angle := 0.6 * math.Sin(t*(0.5+0.3*float64(i)))
		joint.SetPose(viser.Pose{Rotation: transform.SO3FromXRadians(angle), Translation: at})
	}
}
