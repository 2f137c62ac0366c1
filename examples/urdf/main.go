// Urdf shows a robot of a URDF or MJCF file, or a small arm, with a slider for each joint.
//
//	go run ./examples/urdf [FILE]
package main

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/robot"
)

//go:embed arm.urdf
var arm []byte

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	r, err := load(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	for _, what := range r.Skipped() {
		log.Print("not shown: ", what)
	}
	server := viser.New(&viser.Options{Addr: *addr})
	server.Scene().AddGrid("/grid", &viser.GridOptions{Width: 2, Height: 2})
	shown := robot.Add(server.Scene(), "/robot", r, &robot.AddOptions{Collision: true})
	shown.SetCollisionVisible(false)
	robot.AddSliders(server.GUI().AddFolder("Joints", nil).Container, shown, nil)
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}

// load reads a file, or the arm if the name is empty.
func load(name string) (*robot.Robot, error) {
	if name != "" {
		return robot.Load(name, nil)
	}
	dir, err := os.MkdirTemp("", "urdf")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	name = filepath.Join(dir, "arm.urdf")
	if err := os.WriteFile(name, arm, 0o600); err != nil {
		return nil, err
	}
	return robot.Load(name, nil)
}
