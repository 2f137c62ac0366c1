// Drag moves things with the mouse: boxes in the plane that faces the camera, or up and down only, and a batch
// whose instances are moved one at a time.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"sync"

	"github.com/viser-go/viser"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	server.GUI().AddMarkdown("- drag a box: it follows the pointer\n- Shift-drag a box: it only goes up and down\n- drag one of the frames", nil)
	server.Scene().AddGrid("/floor", nil)
	for i := range 3 {
		addBox(server.Scene(), i)
	}
	addFrames(server.Scene())
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}

// Origins are where things were when a drag of them began, by client: two people may drag at once, and their
// callbacks run at once.
type origins struct {
	mu sync.Mutex
	at map[int]viser.Vec3
}

// of returns where the thing was when the drag of the event began; now is where it is.
func (o *origins) of(e viser.DragEvent, now viser.Vec3) viser.Vec3 {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.at == nil {
		o.at = map[int]viser.Vec3{}
	}
	if e.Phase == viser.DragStart {
		o.at[e.Client.ID()] = now
	}
	at := o.at[e.Client.ID()]
	if e.Phase == viser.DragEnd {
		delete(o.at, e.Client.ID())
	}
	return at
}

func addBox(scene *viser.Scene, i int) {
	box := scene.AddBox(fmt.Sprintf("/box %d", i), &viser.BoxOptions{
		Position:   viser.Vec3{1.5*float64(i) - 1.5, 0, 0.4},
		Dimensions: viser.Uniform(0.8),
	})
	var began origins
	box.OnDrag(viser.LeftButton, func(_ context.Context, e viser.DragEvent) {
		box.SetPosition(moved(began.of(e, box.Position()), e))
	})
	box.OnDrag(viser.LeftButton, func(_ context.Context, e viser.DragEvent) {
		p := began.of(e, box.Position())
		p[2] = moved(p, e)[2]
		box.SetPosition(p)
	}, viser.Shift)
}

func addFrames(scene *viser.Scene) {
	var began origins
	axes := scene.AddBatchedAxes("/frames", nil, [][3]float32{{-1.5, -2, 0.5}, {0, -2, 0.5}, {1.5, -2, 0.5}}, &viser.BatchedAxesOptions{AxesRadius: 0.04})
	axes.OnDrag(viser.LeftButton, func(_ context.Context, e viser.DragEvent) {
		wxyzs, positions := axes.Poses()
		p := &positions[e.InstanceIndex]
		to := moved(began.of(e, viser.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}), e)
		*p = [3]float32{float32(to[0]), float32(to[1]), float32(to[2])}
		axes.SetPoses(wxyzs, positions)
	})
}

// moved returns the position to which the drag moves p.
func moved(p viser.Vec3, e viser.DragEvent) viser.Vec3 {
	for k := range p {
		p[k] += e.EndPosition[k] - e.StartPosition[k]
	}
	return p
}
