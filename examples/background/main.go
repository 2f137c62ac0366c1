// Background draws an image for each client, a sphere before a sky from its camera's view, with the depth of
// each pixel: the client's box intersects the sphere.
//
//	go run ./examples/background
package main

import (
	"context"
	"flag"
	"fmt"
	"image"
	"image/color"
	"log"
	"math"
	"os"
	"os/signal"

	"github.com/viser-go/viser"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	server.Scene().AddBox("/box", &viser.BoxOptions{Dimensions: viser.Vec3{4, 0.4, 0.4}})
	server.OnClientConnect(func(_ context.Context, c *viser.Client) {
		c.Camera().OnUpdate(func(_ context.Context, e viser.CameraEvent) { draw(e) })
		draw(c.Camera().State())
	})
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}

// radius is that of the ball, which is at the origin.
const radius = 0.9

// draw sends a client the picture of its camera.
func draw(camera viser.CameraEvent) {
	const h = 240
	w := max(1, int(h*camera.Aspect()))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	depth := &viser.DepthMap{Width: w, Height: h, Depths: make([]float32, w*h)}
	eye, turn := camera.Position, camera.WXYZ
	slope := 2 * math.Tan(camera.FOV/2) / h
	for i := range depth.Depths {
		x, y := float64(i%w)+0.5-float64(w)/2, float64(i/w)+0.5-h/2
		// One unit along the viewing direction: its multiple at the sphere is the depth.
		ray := turn.Apply(viser.Vec3{x * slope, y * slope, 1})
		t, shade := hit(eye, ray)
		depth.Depths[i] = float32(t)
		if math.IsInf(t, 1) {
			img.Set(i%w, i/w, color.RGBA{uint8(150 + 90*i/(w*h)), 200, 240, 255})
		} else {
			img.Set(i%w, i/w, color.RGBA{shade, shade, shade, 255})
		}
	}
	camera.Client.Scene().SetBackgroundImage(img, &viser.BackgroundImageOptions{Depth: depth})
}

// hit is how many rays long the way to the ball is, infinity past it, and how bright the ball is there.
func hit(eye, ray viser.Vec3) (t float64, shade uint8) {
	a, b, c := dot(ray, ray), dot(eye, ray), dot(eye, eye)-radius*radius
	d := b*b - a*c
	if d < 0 || -b < 0 {
		return math.Inf(1), 0
	}
	t = (-b - math.Sqrt(d)) / a
	up := (eye[2] + t*ray[2]) / radius
	return t, uint8(150 + 90*up)
}

func dot(a, b viser.Vec3) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }
