// Colmap shows a reconstruction of COLMAP, its points and cameras with their pictures, or a ring of cameras that it makes
// up. A click on a camera moves the view there.
//
//	go run ./examples/colmap [FOLDER]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"os/signal"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colmap"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	m, err := ring(), error(nil)
	if dir := flag.Arg(0); dir != "" {
		if m, err = colmap.Load(dir, nil); err != nil {
			log.Fatal(err)
		}
	}
	server := viser.New(&viser.Options{Addr: *addr})
	shown := colmap.Add(server.Scene(), "/colmap", m, &colmap.AddOptions{SetUp: true})
	for _, img := range shown.Images() {
		if img.Frustum != nil {
			img.Frustum.OnClick(func(_ context.Context, e viser.ClickEvent) { jump(e.Client.Camera(), img.Image.Pose) })
		}
	}
	server.GUI().AddSlider("Point size", 0.02, &viser.SliderOptions{Min: 0.001, Max: 0.1, Step: 0.001}).OnUpdate(
		func(_ context.Context, e viser.UpdateEvent[float64]) { shown.Cloud().SetPointSize(e.Value) })
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	if dir := colmap.FindImages(m.Folder); m.Folder != "" && dir != "" {
		skipped, err := shown.ShowPictures(ctx, dir, 320)
		for _, what := range skipped {
			log.Print("not shown: ", what)
		}
		if err != nil && ctx.Err() == nil {
			log.Print(err)
		}
	}
	<-ctx.Done()
	server.Close()
}

// jump moves a client's view.
func jump(c *viser.Camera, to viser.Pose) {
	if err := errors.Join(c.SetWXYZ(to.Rotation), c.SetPosition(to.Translation)); err != nil {
		log.Print(err)
	}
}

// ring is a reconstruction of a ball of points by twelve cameras around it.
func ring() *colmap.Model {
	m := &colmap.Model{Cameras: map[uint32]colmap.Camera{1: {Model: "SIMPLE_PINHOLE", Width: 640, Height: 480, Params: []float64{500, 320, 240}}}}
	for range 5000 {
		p := viser.Vec3f{float32(rand.NormFloat64()), float32(rand.NormFloat64()), float32(rand.NormFloat64())}
		m.Points, m.Colors = append(m.Points, p), append(m.Colors, viser.RGB{uint8(128 + 40*p[0]), uint8(128 + 40*p[1]), 200})
	}
	for i := range 12 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 12)
		pose := viser.LookAt(viser.Vec3{5 * cos, 5 * sin, 1}, viser.Vec3{}, viser.Vec3{0, 0, 1})
		m.Images = append(m.Images, colmap.Image{ID: uint32(i + 1), Name: fmt.Sprintf("%d.jpg", i), Camera: 1, Pose: pose})
	}
	return m
}
