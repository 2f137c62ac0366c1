// Clicks reports mouse events: on nodes, with and without keys held, on the single points of a cloud, anywhere in the
// scene, and to rectangles dragged over it.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"time"

	"github.com/viser-go/viser"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	server.GUI().AddMarkdown("- click a box: it changes color\n- Shift-click a box: it goes away\n- click a point: its number is shown, and it turns red\n"+
		"- Alt-click anywhere: the ray is drawn\n- Shift-drag a rectangle: its corners are shown", nil)
	addBoxes(server.Scene())
	addPoints(server.Scene())
	listen(server.Scene())
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}

func addBoxes(scene *viser.Scene) {
	for i := range 5 {
		box := scene.AddBox(fmt.Sprintf("/box %d", i), &viser.BoxOptions{
			Position:   viser.Vec3{float64(i) - 2, 0, 0},
			Dimensions: viser.Uniform(0.6),
		})
		box.OnClick(func(_ context.Context, e viser.ClickEvent) {
			c := box.Color()
			box.SetColor(viser.RGB{c[1], c[2], c[0]})
		})
		box.OnClick(func(_ context.Context, e viser.ClickEvent) { e.Target.Remove() }, viser.Shift)
	}
}

// addPoints adds a bowl of points, each of which can be clicked.
func addPoints(scene *viser.Scene) {
	var points [][3]float32
	var colors []viser.RGB
	for i := range 40 {
		for j := range 40 {
			x, y := float64(i)/10-2, float64(j)/10-2
			points = append(points, float32s(viser.Vec3{x, y, (x*x+y*y)/8 - 1.5}))
			colors = append(colors, viser.RGB{60, uint8(100 + 3*i), uint8(100 + 3*j)})
		}
	}
	cloud := scene.AddPointCloud("/bowl", points, colors, &viser.PointCloudOptions{PointSize: 0.03, PointShape: viser.PointCircle})
	cloud.OnClick(func(_ context.Context, e viser.ClickEvent) {
		colors := cloud.Colors()
		colors[e.InstanceIndex] = viser.RGB{255, 0, 0}
		cloud.SetColors(colors)
		e.Client.Notify(fmt.Sprint("Point ", e.InstanceIndex), fmt.Sprintf("hit at %.3f", e.Hit), &viser.NotificationOptions{AutoClose: 3 * time.Second})
	})
}

func listen(scene *viser.Scene) {
	scene.OnClick(func(_ context.Context, e viser.SceneClickEvent) {
		from, to := e.RayOrigin, viser.Vec3{}
		for i := range to {
			to[i] = from[i] + 10*e.RayDirection[i]
		}
		line := [2][3]float32{float32s(from), float32s(to)}
		scene.AddLineSegments("/ray", [][2][3]float32{line}, [][2]viser.RGB{{{255, 0, 0}, {255, 0, 0}}},
			&viser.LineSegmentsOptions{Thickness: 3, ThicknessUnits: viser.ScreenUnits})
	}, viser.Alt)
	scene.OnRectSelect(func(_ context.Context, e viser.SceneRectSelectEvent) {
		e.Client.Notify("A rectangle", fmt.Sprintf("from %.2f to %.2f of the page", e.ScreenMin, e.ScreenMax),
			&viser.NotificationOptions{AutoClose: 3 * time.Second})
	}, viser.Shift)
}

func float32s(v viser.Vec3) [3]float32 {
	return [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}
}
