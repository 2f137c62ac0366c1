package demo

import (
	"context"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
)

const (
	// frameTime is the time between two poses: a page draws no more often than that.
	frameTime = time.Second / 60
	// longestStep keeps the motion from jumping when the program was stopped for a while.
	longestStep = 100 * time.Millisecond
	// barEvery is how many poses pass between two values of the progress bar, which cannot be read at 60 Hz.
	barEvery  = 6
	ringNodes = 8
	// startSpeed is in rounds a minute.
	startSpeed = 4.0
)

// addMotion adds a ring of frames that go round, each with something that follows it.
func (d *Demo) addMotion(ctx context.Context) {
	r := d.addRing()
	folder := d.server.GUI().AddFolder("Motion", nil)
	pause := folder.AddButton("Pause", nil)
	bar := folder.AddProgressBar(0, nil)
	c := &clock{speed: startSpeed, changed: make(chan struct{}, 1)}
	c.step = func(turns float64, n int) {
		r.pose(turns)
		if n%barEvery == 0 {
			bar.SetValue(100 * (turns - math.Floor(turns)))
		}
	}
	pause.OnClick(func(context.Context, viser.ButtonEvent) {
		c.toggle(func(paused bool) {
			if paused {
				pause.SetLabel("Go on")
			} else {
				pause.SetLabel("Pause")
			}
		})
	})
	folder.AddSlider("Speed", startSpeed, &viser.SliderOptions{
		Min: -20, Max: 20, Step: 0.5,
		Hint: "In rounds a minute",
	}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { c.setSpeed(e.Value) })
	folder.AddCheckbox("Show", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		r.root.SetVisible(e.Value)
	})
	d.server.OnClientConnect(func(context.Context, *viser.Client) { c.watch(1) })
	d.server.OnClientDisconnect(func(context.Context, *viser.Client) { c.watch(-1) })
	d.running.Go(func() { c.run(ctx) })
}

// ring is a circle with frames on it.
type ring struct {
	scene  *viser.Scene
	root   *viser.Frame
	frames []viser.PoseUpdate
}

func (d *Demo) addRing() *ring {
	scene := d.server.Scene()
	r := &ring{scene: scene, root: scene.AddFrame("/ring", &viser.FrameOptions{NoAxes: true})}
	lines, colors := circle(96)
	scene.AddLineSegments("/ring/path", lines, colors, &viser.LineSegmentsOptions{Thickness: 2, ThicknessUnits: viser.ScreenUnits})
	for i := range ringNodes {
		name := fmt.Sprintf("/ring/%d", i)
		frame := scene.AddFrame(name, &viser.FrameOptions{AxesLength: 0.18, AxesRadius: 0.008})
		r.frames = append(r.frames, viser.PoseUpdate{Node: frame})
		addFollower(scene, name, i)
	}
	scene.AddLabel("/ring/0/label", "follows its frame", &viser.LabelOptions{
		Position: viser.Vec3{0, 0, 0.32}, Anchor: viser.BottomCenter,
	})
	r.pose(0)
	return r
}

// addFollower adds a child, which moves because its parent does.
func addFollower(scene *viser.Scene, parent string, i int) {
	color := viser.RGB(colormap.Viridis.At(float64(i) / (ringNodes - 1)))
	name := parent + "/follower"
	place := viser.Vec3{0, 0, 0.2}
	switch i % 3 {
	case 0:
		scene.AddIcosphere(name, &viser.IcosphereOptions{Position: place, Color: color, Radius: 0.07})
	case 1:
		scene.AddBox(name, &viser.BoxOptions{Position: place, Color: color, Dimensions: viser.Uniform(0.11)})
	case 2:
		scene.AddCylinder(name, &viser.CylinderOptions{Position: place, Color: color, Radius: 0.05, Height: 0.14})
	}
}

// circle is the path of the frames, in n pieces whose colors go up and down the ramp.
func circle(n int) (lines [][2][3]float32, colors [][2]viser.RGB) {
	color := func(i int) viser.RGB { return viser.RGB(colormap.Viridis.At(math.Abs(1 - 2*float64(i)/float64(n)))) }
	for i := range n {
		from, to := onRing(float64(i)/float64(n)), onRing(float64(i+1)/float64(n))
		lines = append(lines, [2][3]float32{narrow(from), narrow(to)})
		colors = append(colors, [2]viser.RGB{color(i), color(i + 1)})
	}
	return lines, colors
}

// onRing is the point on the path after that many turns. The path goes up and down three times per turn.
func onRing(turns float64) viser.Vec3 {
	s, c := math.Sincos(2 * math.Pi * turns)
	return viser.Vec3{ringRadius * c, ringRadius * s, ringHeight + 0.18*math.Sin(6*math.Pi*turns)}
}

// pose puts the frames where they are after so many turns. One goroutine calls it.
func (r *ring) pose(turns float64) {
	for i := range r.frames {
		at := turns + float64(i)/ringNodes
		// x points outwards, and the frame sways along the path.
		outwards := viser.AxisAngle(viser.Vec3{0, 0, 1}, 2*math.Pi*at)
		sway := viser.AxisAngle(viser.Vec3{1, 0, 0}, 0.5*math.Sin(6*math.Pi*at))
		r.frames[i].Pose = viser.Pose{Rotation: outwards.Multiply(sway), Translation: onRing(at)}
	}
	r.scene.SetPoses(r.frames)
}

// clock turns time into turns. While it is paused, and while no client is connected, it uses no time at all.
type clock struct {
	step    func(turns float64, n int) // n counts the steps
	changed chan struct{}              // holds one: the fields have changed

	mu       sync.Mutex
	speed    float64 // rounds a minute
	paused   bool
	watchers int
}

func (c *clock) setSpeed(speed float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.speed = speed
	c.wake()
}

// toggle pauses or resumes, and shows and returns which. When two users toggle at once, what is shown last is true.
func (c *clock) toggle(show func(paused bool)) (paused bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.paused = !c.paused
	show(c.paused)
	c.wake()
	return c.paused
}

// watch counts the connected clients.
func (c *clock) watch(change int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watchers += change
	c.wake()
}

// wake wakes run; mu is held.
func (c *clock) wake() {
	select {
	case c.changed <- struct{}{}:
	default: // it is woken already
	}
}

// rate is the speed in turns a second; 0 while nothing moves.
func (c *clock) rate() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.paused || c.watchers <= 0 {
		return 0
	}
	return c.speed / 60
}

// run calls step at most once per frameTime, until ctx ends.
func (c *clock) run(ctx context.Context) {
	ticker := time.NewTicker(frameTime)
	defer ticker.Stop()
	turns, n, last := 0.0, 0, time.Now()
	for {
		if c.rate() == 0 {
			ticker.Stop()
			select {
			case <-ctx.Done():
				return
			case <-c.changed:
			}
			ticker.Reset(frameTime)
			last = time.Now()
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-c.changed:
		case now := <-ticker.C:
			rate := c.rate() // it may have changed during the wait
			if rate == 0 {
				continue
			}
			turns += rate * min(now.Sub(last), longestStep).Seconds()
			last = now
			n++
			c.step(turns, n)
		}
	}
}
