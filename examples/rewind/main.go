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
	server.InitialCamera().SetPosition(viser.Vec3{3.4, 2, 2.2})
	server.InitialCamera().SetLookAt(viser.Vec3{0, 0, 2})
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
		go move(server, joints)
	}
	<-ctx.Done()
	server.Close()
}

// move moves the arm, with controls that a page shows as they were when it goes back.
func move(server *viser.Server, joints []viser.Node) {
	speed := server.GUI().AddSlider("Speed", 1, &viser.SliderOptions{Max: 3, Step: 0.1})
	moves := server.GUI().AddCheckbox("Moves", true, nil)
	angle := server.GUI().AddNumber("Angle", 0, &viser.NumberOptions{Disabled: true, Step: 0.01})
	at, last := 0.0, 0.0
	for t := range server.Ticks(60) {
		if moves.Value() {
			at += (t - last) * speed.Value()
		}
		last = t
		server.Atomic(func() {
			pose(joints, at)
			angle.SetValue(math.Round(100*swing(0, at)) / 100)
		})
	}
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
		joint.SetPose(viser.Pose{Rotation: transform.SO3FromXRadians(swing(i, t)), Translation: at})
	}
}

// swing is the angle of a joint.
func swing(joint int, t float64) float64 { return 0.6 * math.Sin(t*(0.5+0.3*float64(joint))) }
