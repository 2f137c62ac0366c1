// Pages is the program with which run.mjs measures our web client and upstream viser's: boxes, one node each, and a
// cloud of points. It reads one command per line and responds to each with OK, or ERR and the reason:
//
//	boxes N        adds N boxes, one by one
//	move HZ        moves and turns all of them so often a second, until "still"
//	cloud N        adds N points
//	points HZ      sets all points anew so often a second, until "still"
//	still
//	clear          removes everything
//	here           waits until a page is connected
//	gone           waits until none is
//
// Its argument is the origin of the pages that are served elsewhere.
package main

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"log"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser"
)

type program struct {
	server *viser.Server
	boxes  []*viser.Box
	cloud  *viser.PointCloud
	points [][3]float32
	stop   func()
}

func main() {
	p := &program{server: viser.New(&viser.Options{Addr: "127.0.0.1:0", AllowedOrigins: os.Args[1:]}), stop: func() {}}
	p.server.InitialCamera().SetPosition(viser.Vec3{60, 60, 60})
	if err := p.server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	fmt.Println("URL", p.server.URL())
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		if err := p.do(in.Text()); err != nil {
			fmt.Println("ERR", err)
			continue
		}
		fmt.Println("OK")
	}
	p.stop()
	p.server.Close()
}

func (p *program) do(line string) error {
	name, arg, _ := strings.Cut(line, " ")
	n := 0
	if arg != "" {
		var err error
		if n, err = strconv.Atoi(arg); err != nil || n <= 0 {
			return fmt.Errorf("%q: want a number above 0", line)
		}
	}
	switch name {
	case "boxes":
		p.addBoxes(n)
	case "cloud":
		p.addCloud(n)
	case "move":
		p.every(n, p.moveBoxes)
	case "points":
		p.every(n, p.movePoints)
	case "still":
		p.stop()
	case "clear":
		p.stop()
		p.boxes, p.cloud = nil, nil
		p.server.Scene().Reset()
	case "here":
		return p.untilConnected(true)
	case "gone":
		return p.untilConnected(false)
	default:
		return fmt.Errorf("there is no command %q", name)
	}
	return nil
}

func (p *program) addBoxes(n int) {
	side := int(math.Ceil(math.Sqrt(float64(n))))
	for i := range n {
		p.boxes = append(p.boxes, p.server.Scene().AddBox(fmt.Sprintf("/boxes/%d", i), &viser.BoxOptions{
			Dimensions: viser.Uniform(0.5),
			Color:      viser.RGB{uint8(i), uint8(i >> 4), 160},
			Position:   place(i, side, 0),
		}))
	}
}

func place(i, side int, z float64) viser.Vec3 {
	return viser.Vec3{float64(i%side - side/2), float64(i/side - side/2), z}
}

func (p *program) moveBoxes(step int) {
	side := int(math.Ceil(math.Sqrt(float64(len(p.boxes)))))
	p.server.Atomic(func() {
		for i, b := range p.boxes {
			phase := float64(step)/30 + float64(i)/17
			b.SetPosition(place(i, side, math.Sin(phase)))
			b.SetWXYZ(viser.AxisAngle(viser.Vec3{0, 0, 1}, phase))
		}
	})
}

var blue = []viser.RGB{{90, 140, 255}}

func (p *program) addCloud(n int) {
	p.points = make([][3]float32, n)
	p.ripple(0)
	p.cloud = p.server.Scene().AddPointCloud("/cloud", p.points, blue, &viser.PointCloudOptions{PointSize: 0.02})
}

func (p *program) movePoints(step int) {
	p.ripple(step)
	p.cloud.SetPoints(p.points, blue)
}

// ripple is a square sheet of points with waves on it.
func (p *program) ripple(step int) {
	side := int(math.Ceil(math.Sqrt(float64(len(p.points)))))
	for i := range p.points {
		x, y := 40*float64(i%side)/float64(side)-20, 40*float64(i/side)/float64(side)-20
		p.points[i] = [3]float32{float32(x), float32(y), float32(math.Sin(math.Hypot(x, y) - float64(step)/5))}
	}
}

// every calls f at this rate per second until stop is called. A step that takes too long delays the next
// one.
func (p *program) every(hz int, f func(step int)) {
	p.stop()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	p.stop = func() {
		cancel()
		<-done
	}
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Second / time.Duration(hz))
		defer tick.Stop()
		for step := 1; ; step++ {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				f(step)
			}
		}
	}()
}

func (p *program) untilConnected(want bool) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 500 {
		if _, connected := first(p.server.Clients()); connected == want {
			return nil
		}
		<-tick.C
	}
	return fmt.Errorf("after 10 s that is not so")
}

func first[T any](seq iter.Seq[T]) (v T, ok bool) {
	for v := range seq {
		return v, true
	}
	return v, false
}
