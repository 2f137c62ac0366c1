// Package viser shows 3D scenes and control panels in a web browser. This complete
// program shows a ball that circles, with a slider for its speed:
//
//	package main
//
//	import (
//		"context"
//		"log"
//		"math"
//
//		"github.com/viser-go/viser"
//	)
//
//	func main() {
//		server := viser.New(nil)
//		ball := server.Scene().AddIcosphere("/ball", &viser.IcosphereOptions{Radius: 0.2, Color: viser.RGB{255, 120, 0}})
//		speed := server.GUI().AddSlider("Speed", 1, &viser.SliderOptions{Max: 5, Step: 0.1})
//		server.OnClientConnect(func(ctx context.Context, c *viser.Client) {
//			c.Notify("Welcome", "Drag to turn the scene.", nil)
//		})
//		if err := server.Start(context.Background()); err != nil {
//			log.Fatal(err)
//		}
//		log.Println("open", server.URL())
//		for t := range server.Ticks(60) {
//			ball.SetPosition(viser.Vec3{math.Cos(speed.Value() * t), math.Sin(speed.Value() * t), 0})
//		}
//	}
//
// A [Server] has one [Scene] of nodes and one [GUI] of controls, which all pages show.
// Each page is a [Client] with a scene and a GUI of its own beside the shared ones, and
// a [Camera]. Nodes are named like files: "/arm/hand" moves with "/arm". What Add
// methods return is a handle: its setters take effect on every page within 1/60 s.
//
// Setters never wait for a browser, and everything is safe for concurrent use. Slices
// are copied before a call returns. Callbacks run in goroutines of their own, those of
// one element in order; their context ends when their client leaves. Failures from
// outside of the program, such as a broken file or a port that is taken, are returned
// as errors; misuse by the program, such as a NaN, panics with a [*UsageError].
//
// Lengths are in scene units, angles in radians, colors are those of image/color;
// z points up unless [Scene.SetUpDirection] says otherwise.
package viser
