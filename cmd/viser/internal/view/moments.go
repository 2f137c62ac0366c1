package view

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/models"
	"github.com/viser-go/viser/record3d"
)

const (
	// momentPoints is about how many points of a frame are shown.
	momentPoints = 60_000
	// usualFPS is the rate of captures that do not tell theirs.
	usualFPS = 30
	mostFPS  = 60
)

// moments are the frames of a capture, of which one is shown in place of the cloud of all: the panel chooses it, or plays them.
// Frames are read when they are shown, one at a time, by a goroutine that ends when there is nothing to do.
type moments struct {
	f      *file
	frames *models.Frames
	all    *points // the cloud of all
	parent *viser.Frame
	name   string
	slider *viser.Slider
	wake   chan struct{} // has an element if something was asked for
	play   *viser.Checkbox
	whole  *viser.Checkbox

	mu      sync.Mutex // locked after Viewer.showing; scene and GUI are used with it
	wanted  int
	fps     float64
	playing bool
	running bool // there is a goroutine
	stopped bool // another version of the file is shown
}

func newMoments(f *file, frames *models.Frames) *moments {
	m := &moments{f: f, frames: frames, fps: usualFPS, wake: make(chan struct{}, 1)}
	if frames.FPS > 0 {
		m.fps = max(1, min(math.Round(frames.FPS), mostFPS))
	}
	for _, part := range f.parts {
		if p, ok := part.(*points); ok {
			m.all = p
		}
	}
	return m
}

func (m *moments) kind() string { return "Frames" }

// bounds is none: the cloud of all has it.
func (m *moments) bounds() (whole, seen box, ok bool) { return box{}, box{}, false }

func (m *moments) origin() viser.Vec3  { return viser.Vec3{} }
func (m *moments) recenter(viser.Vec3) {}
func (m *moments) turned()             {}
func (m *moments) facts() []string     { return []string{counted(m.frames.Count, "frames")} }
func (m *moments) leftOut() []string   { return nil }

func (m *moments) add(parent string, at viser.Vec3) {
	m.name = parent + "/frame"
	m.parent = m.f.v.server.Scene().AddFrame(m.name, &viser.FrameOptions{Position: at, NoAxes: true, Hidden: true})
}

func (m *moments) addControls(folder *viser.Folder) {
	m.whole = folder.AddCheckbox("All frames", true, &viser.CheckboxOptions{Hint: "Show some points of many frames at once, instead of one frame"})
	m.slider = folder.AddSlider("Frame", 0, &viser.SliderOptions{Max: float64(m.frames.Count - 1), Step: 1})
	m.play = folder.AddCheckbox("Play", false, nil)
	rate := folder.AddSlider("Frames per second", m.fps, &viser.SliderOptions{Min: 1, Max: mostFPS, Step: 1})
	m.whole.OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		m.change(e.Client, func() {
			if e.Value {
				m.playing = false
			}
			m.showAll(e.Value)
		})
	})
	m.slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		m.change(e.Client, func() {
			m.wanted = int(e.Value)
			m.showAll(false)
		})
	})
	m.play.OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		m.change(e.Client, func() {
			m.playing = e.Value
			if e.Value {
				m.showAll(false)
			}
		})
	})
	rate.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		m.change(e.Client, func() { m.fps = e.Value })
	})
}

// change applies what a page asks for, and sees to it that it is shown. What the program sets is no request.
func (m *moments) change(client *viser.Client, apply func()) {
	if client == nil {
		return
	}
	v := m.f.v
	v.showing.Lock()
	defer v.showing.Unlock()
	m.mu.Lock()
	defer m.mu.Unlock()
	if v.closed() || m.stopped {
		return
	}
	apply()
	if !m.running && !m.whole.Value() {
		m.running = true
		v.goRead(m.run)
	}
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// showAll shows the cloud of all frames, or one frame. The lock is held.
func (m *moments) showAll(all bool) {
	m.f.v.server.Atomic(func() {
		m.whole.SetValue(all)
		m.play.SetValue(m.playing)
		m.parent.SetVisible(!all)
		if m.all != nil {
			m.all.node.SetVisible(all)
		}
	})
}

// stop ends what shows frames, as the nodes are gone.
func (m *moments) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stopped = true
}

// run shows the frame that is wanted, and the next ones while they are played.
func (m *moments) run() {
	capture, err := record3d.Open(m.frames.Path)
	if err != nil {
		m.f.v.report(m.f.label + ": not shown: " + err.Error())
		m.giveUp()
		return
	}
	defer capture.Close() // nothing was written
	var failed sync.Once
	shown := -1
	for {
		began := time.Now()
		at, ok := m.next(shown)
		if !ok {
			return
		}
		shown = at
		frame, err := frameOf(capture, at)
		if err != nil {
			failed.Do(func() { m.f.v.report(fmt.Sprintf("%s: not shown: frame %d: %v", m.f.label, at, err)) })
		}
		m.show(frame, at)
		m.pause(began)
	}
}

// frameOf reads a frame of a capture, which may be another one than when it was opened first.
func frameOf(capture *record3d.Capture, at int) (*record3d.Frame, error) {
	if at >= capture.Frames() {
		return nil, errors.New("there is no such frame any more")
	}
	return capture.Frame(at)
}

// giveUp shows the cloud of all again.
func (m *moments) giveUp() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running, m.playing = false, false
	if !m.stopped {
		m.showAll(true)
	}
}

// next is the frame to show after one, which is -1 at first; false if there is none, and the goroutine ends.
func (m *moments) next(shown int) (at int, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.playing && m.wanted == shown {
		m.wanted = (shown + 1) % m.frames.Count
	}
	if m.stopped || m.f.v.closed() || m.wanted == shown {
		m.running = false
		return 0, false
	}
	return m.wanted, true
}

// show replaces what is shown of a frame. One that cannot be read, nil, leaves the one before.
func (m *moments) show(frame *record3d.Frame, at int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stopped {
		return
	}
	m.f.v.server.Atomic(func() {
		if m.wanted == at {
			m.slider.SetValue(float64(at))
		}
		if frame != nil {
			m.addNodes(frame)
		}
	})
}

func (m *moments) addNodes(frame *record3d.Frame) {
	scale, scene := m.f.v.scale, m.f.v.server.Scene()
	size := frame.Picture.Bounds().Size()
	points, colors := frame.Points(int(math.Ceil(math.Sqrt(float64(size.X) * float64(size.Y) / momentPoints))))
	pointSize := m.f.v.o.PointSize
	if pointSize == 0 {
		pointSize = models.PointSize(m.f.size(), len(points)) * scale
	}
	scene.AddPointCloud(m.name+"/points", points, colors, &viser.PointCloudOptions{
		Scale: viser.Uniform(scale), PointSize: pointSize / scale, PointShape: viser.PointCircle, PointShading: viser.PointFlat,
		Precision: viser.Float32,
	})
	pose := frame.Pose
	pose.Translation = scaled(pose.Translation, scale)
	scene.AddCameraFrustum(m.name+"/camera", 2*math.Atan2(float64(size.Y)/2, frame.Intrinsics.FY), float64(size.X)/float64(size.Y),
		&viser.CameraFrustumOptions{
			Pose: pose, Scale: viser.Uniform(0.1 * m.f.size() * scale), Image: shrunk(frame.Picture), Thickness: 2,
			ThicknessUnits: viser.ScreenUnits, NoCastShadow: true,
		})
}

// pause waits until it is time for the next frame, while frames are played, or something is asked for.
func (m *moments) pause(began time.Time) {
	m.mu.Lock()
	rest := time.Duration(float64(time.Second)/m.fps) - time.Since(began)
	if !m.playing {
		rest = 0
	}
	m.mu.Unlock()
	timer := time.NewTimer(max(0, rest))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-m.wake:
	case <-m.f.v.closing:
	}
}
