// Gallery shows each kind of node, all of them or one at a time: what the pictures in the guide are made of.
//
//	go run ./examples/gallery -only mesh
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"os/signal"

	"github.com/viser-go/viser"
)

// still is whether nothing in the gallery moves by itself.
var still bool

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	only := flag.String("only", "", "show this `kind` alone, in the middle")
	flag.BoolVar(&still, "still", false, "show nothing that moves by itself")
	list := flag.Bool("list", false, "print the names of the kinds and leave")
	flag.Parse()
	if *list {
		for _, e := range exhibits {
			fmt.Println(e.name)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	scene := server.Scene()
	server.InitialCamera().SetPosition(viser.Vec3{1.15, 1.55, 1.15})
	server.InitialCamera().SetLookAt(viser.Vec3{0, 0, 0.4})
	if *only == "" {
		server.InitialCamera().SetPosition(viser.Vec3{6, 0.5, 4.2})
	}
	if *only == "looking-volumes" { // a row
		server.InitialCamera().SetPosition(viser.Vec3{0.1, 0.95, 0.7})
		server.InitialCamera().SetLookAt(viser.Vec3{0, 0, 0.32})
	}
	columns := int(math.Ceil(math.Sqrt(float64(len(exhibits)))))
	shown := false
	for i, e := range exhibits {
		place := viser.Vec3{2 - 2*float64(i/columns), 2*float64(i%columns) - float64(columns-1), 0}
		if *only != "" {
			if *only != e.name {
				continue
			}
			place = viser.Vec3{}
		}
		scene.AddFrame("/"+e.name, &viser.FrameOptions{NoAxes: true, Position: place})
		e.add(scene, "/"+e.name)
		shown = true
	}
	if !shown {
		log.Fatalf("there is no exhibit %q", *only)
	}
	if *only != "grid" {
		scene.AddGrid("/floor", &viser.GridOptions{Infinite: true, FadeDistance: 14, Position: viser.Vec3{0, 0, -0.01}})
	}
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}
