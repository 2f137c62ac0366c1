// Pages is the program with which run.mjs measures our web client and upstream viser's: boxes, one node each, and
// clouds of points. It reads one command per line and responds to each with OK and a result, or ERR and the reason.
// server.py is the same for the Python viser, with the commands that it is asked.
//
//	boxes N          adds N boxes, one by one
//	select           selects them
//	divide           divides the pages into four views
//	move HZ          moves and turns all of them so often a second, until "still"
//	cloud N          adds N points; the result is when the call began, in Unix milliseconds
//	points HZ        sets all points anew so often a second, until "still"
//	numbers N        adds N points that are colored by number
//	range HZ         changes the range of the colors so often a second, until "still"
//	splats N         adds N Gaussian splats
//	shining N        adds N with spherical harmonics of degree 3
//	clouds MB        adds clouds of a million points and colors with so many bytes; the result is their number of points
//	record N         records ten minutes in which N boxes move and turn 500 times; the result is the file
//	render FORMAT N  takes N pictures through the page, of a red box among others, and checks them; the result is
//	                 a list of milliseconds
//	still
//	clear            removes everything
//	here             waits until a page is connected
//	gone             waits until none is
//
// Its argument is the origin of the pages that are served elsewhere.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"iter"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
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
	added  int // clouds
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
		result, err := p.do(in.Text())
		if err != nil {
			fmt.Println("ERR", err)
			continue
		}
		fmt.Println("OK", result)
	}
	p.stop()
	p.server.Close()
}

func (p *program) do(line string) (result string, err error) {
	name, arg, _ := strings.Cut(line, " ")
	if name == "render" {
		return p.render(arg)
	}
	n := 0
	if arg != "" {
		if n, err = strconv.Atoi(arg); err != nil || n <= 0 {
			return "", fmt.Errorf("%q: want a number above 0", line)
		}
	}
	switch name {
	case "boxes":
		p.addBoxes(n)
	case "select":
		p.selectBoxes()
	case "divide":
		p.server.SetViewports(viser.FourViewports, false)
	case "cloud":
		return fmt.Sprintf("%.3f", p.addCloud(n)), nil
	case "splats":
		p.addSplats(n, 0)
	case "shining":
		p.addSplats(n, 3)
	case "clouds":
		return strconv.Itoa(p.addClouds(n)), nil
	case "record":
		return p.record(n)
	case "move":
		p.every(n, p.moveBoxes)
	case "points":
		p.every(n, p.movePoints)
	case "numbers":
		p.addNumbers(n)
	case "range":
		p.every(n, p.changeRange)
	case "still":
		p.stop()
	case "clear":
		p.stop()
		p.boxes, p.cloud = nil, nil
		p.server.Scene().Reset()
		p.server.SetViewports(viser.SingleViewport, false)
	case "here":
		return "", p.untilConnected(true)
	case "gone":
		return "", p.untilConnected(false)
	default:
		return "", fmt.Errorf("there is no command %q", name)
	}
	return "", nil
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

func (p *program) selectBoxes() {
	nodes := make([]viser.Node, len(p.boxes))
	for i, b := range p.boxes {
		nodes[i] = b
	}
	p.server.Scene().SetSelection(nodes...)
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

func (p *program) record(n int) (path string, err error) {
	dir, err := os.MkdirTemp("", "viser-bench-")
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, "run.viser")
	p.addBoxes(n)
	rec, err := p.server.RecordFile(path, &viser.RecordOptions{ProgramTime: true})
	if err != nil {
		return "", err
	}
	const steps = 500
	for step := range steps {
		p.moveBoxes(step)
		rec.Sleep(10 * time.Minute / steps)
	}
	return path, rec.Close()
}

var blue = []viser.RGB{{90, 140, 255}}

func (p *program) addCloud(n int) (began float64) {
	p.points = make([][3]float32, n)
	p.added++
	p.ripple(p.added) // other points each time, which no cache has
	began = float64(time.Now().UnixMicro()) / 1e3
	p.cloud = p.server.Scene().AddPointCloud("/cloud", p.points, blue, &viser.PointCloudOptions{PointSize: 0.02})
	return began
}

// addNumbers adds a cloud whose colors are the heights of its points.
func (p *program) addNumbers(n int) {
	p.addCloud(n)
	heights := make([]float32, n)
	for i, at := range p.points {
		heights[i] = at[2]
	}
	p.cloud.SetScalars(heights, &viser.ScalarsOptions{Label: "height"})
}

func (p *program) changeRange(step int) {
	p.cloud.SetScalarsRange(-1, 0.5+0.4*math.Sin(float64(step)/20))
}

// addClouds adds clouds that differ, of 9 MB each: three coordinates in half precision and a color for each point.
func (p *program) addClouds(megabytes int) (points int) {
	const n = 1_000_000
	p.points = make([][3]float32, n)
	colors := make([]viser.RGB, n)
	for k := 0; 9*k < megabytes; k++ {
		p.ripple(k)
		for i := range colors {
			colors[i] = viser.RGB{uint8(i), uint8(i >> 8), uint8(k)}
		}
		p.server.Scene().AddPointCloud(fmt.Sprintf("/clouds/%d", k), p.points, colors, &viser.PointCloudOptions{PointSize: 0.02})
		points += n
	}
	return points
}

// addSplats adds small balls on a sheet of waves, with coefficients that do not repeat.
func (p *program) addSplats(n, degree int) {
	p.points = make([][3]float32, n)
	p.ripple(degree) // others for each, which no cache has
	shapes, opacities := slices.Repeat([][6]float32{{1e-3, 0, 0, 1e-3, 0, 1e-3}}, n), slices.Repeat([]float32{0.8}, n)
	harmonics := make([]viser.Vec3f, n*((degree+1)*(degree+1)-1))
	for i := range harmonics {
		s, c := math.Sincos(float64(i) * 0.7)
		harmonics[i] = viser.Vec3f{float32(0.3 * s), float32(0.2 * c), float32(0.1 * s * c)}
	}
	p.server.Scene().AddGaussianSplats("/splats", p.points, shapes, blue, opacities, &viser.GaussianSplatsOptions{Degree: degree, Harmonics: harmonics})
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

// render takes pictures of a red box. arg is the format and the number.
func (p *program) render(arg string) (result string, err error) {
	format, n := viser.AutoFormat, 0
	var name string
	if _, err := fmt.Sscan(arg, &name, &n); err != nil {
		return "", fmt.Errorf("render %q: want a format and a number: %w", arg, err)
	}
	switch name {
	case "jpeg":
		format = viser.JPEG
	case "png":
		format = viser.PNG
	default:
		return "", fmt.Errorf("there is no format %q", name)
	}
	client, ok := first(p.server.Clients())
	if !ok {
		return "", errors.New("no page is connected")
	}
	p.server.Scene().AddBox("/red", &viser.BoxOptions{Dimensions: viser.Uniform(1), Color: viser.RGB{255, 0, 0}, Position: viser.Vec3{0, -12, 0}})
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	opts := &viser.RenderOptions{
		Position: &viser.Vec3{0, -16, 0}, WXYZ: new(viser.AxisAngle(viser.Vec3{1, 0, 0}, -math.Pi/2)), FOV: 1, Format: format,
	}
	took := make([]float64, n)
	for i := range took {
		start := time.Now()
		picture, err := client.Render(ctx, 640, 480, opts)
		took[i] = time.Since(start).Seconds() * 1000
		if err != nil {
			return "", err
		}
		if err := checkRed(picture); err != nil {
			return "", fmt.Errorf("picture %d: %w", i+1, err)
		}
	}
	text, err := json.Marshal(took)
	return string(text), err
}

// checkRed fails unless the picture is red in the middle and not at its corner.
func checkRed(picture image.Image) error {
	if picture.Bounds().Size() != image.Pt(640, 480) {
		return fmt.Errorf("its size is %v", picture.Bounds().Size())
	}
	red := func(x, y int) bool {
		r, g, b, _ := picture.At(x, y).RGBA()
		return r > 2*g && r > 2*b
	}
	if !red(320, 240) || red(2, 2) {
		return fmt.Errorf("its middle is %v, its corner %v", picture.At(320, 240), picture.At(2, 2))
	}
	return nil
}
