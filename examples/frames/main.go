// Frames moves an arm of three joints. Names such as "/arm/upper/lower" make a tree: a node's pose is relative
// to its parent, so turning one joint carries everything below it.
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

const boneLength = 0.8

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	joints := addArm(server.Scene())
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
			bend(server, joints, now.Sub(start).Seconds())
		}
	}
}

// addArm adds a chain of joints, each a frame with a bone that points along its z axis.
func addArm(scene *viser.Scene) (joints []*viser.Frame) {
	scene.AddGrid("/ground", nil)
	name := ""
	for i, part := range []string{"arm", "upper", "lower"} {
		name += "/" + part
		options := viser.FrameOptions{AxesLength: 0.3, AxesRadius: 0.01}
		if i > 0 {
			options.Position = viser.Vec3{0, 0, boneLength} // at the end of the bone before
		}
		joints = append(joints, scene.AddFrame(name, &options))
		scene.AddBox(name+"/bone", &viser.BoxOptions{
			Position:   viser.Vec3{0, 0, boneLength / 2},
			Dimensions: viser.Vec3{0.1, 0.1, boneLength},
		})
	}
	scene.AddLabel(name+"/tip", "tip", &viser.LabelOptions{
		Position: viser.Vec3{0, 0, boneLength},
	})
	return joints
}

// bend poses the arm after t seconds, in one step for the pages: no picture shows half of it.
func bend(server *viser.Server, joints []*viser.Frame, t float64) {
	server.Atomic(func() {
		for i, joint := range joints {
			swing := viser.AxisAngle(viser.Vec3{1, 0, 0}, 0.7*math.Sin(t+float64(i)))
			turn := viser.AxisAngle(viser.Vec3{0, 0, 1}, 0.5*t)
			if i > 0 {
				turn = transform.SO3Identity()
			}
			joint.SetWXYZ(turn.Multiply(swing))
		}
	})
}
