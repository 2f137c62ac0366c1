// Package viser shows 3D scenes and control panels in a web browser. This complete
// program shows a circling ball, with a slider for its speed:
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
// A [Server] has one [Scene] of nodes and one [GUI] of controls, which are shared by
// all clients. A [Client] is a web page that is connected to the server; it has its own
// scene and GUI in addition to the shared ones, and a [Camera]. Nodes are named like
// files: "/arm/hand" moves with "/arm". The Add methods return handles, whose setters
// take effect in every client within 1/60 s.
//
// Setters never wait for a browser, and everything is safe for concurrent use. Slices
// are copied before a call returns. Callbacks run in goroutines of their own, those of
// one element in order; their context ends when the client leaves. Failures with causes
// outside of the program, such as a broken file or a port in use, are returned as
// errors; misuse by the program, such as a NaN, panics with a [*UsageError].
//
// Lengths are in scene units, angles in radians, colors are those of image/color; +z is
// up unless [Scene.SetUpDirection] changes it.
package viser
