package viser_test

import (
	"context"
	"math"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/transform"
)

var nearly = cmpopts.EquateApprox(0, 1e-9)

func TestCameraFollowsTheClient(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connect(t, s)
		cam := c.Camera()
		if cam.FOV() != 1 || cam.Near() != 0.1 || cam.Far() != 100 || cam.ImageWidth() != 640 || cam.ImageHeight() != 480 || cam.Aspect() != 640.0/480 {
			t.Error("the camera is not the one that the client sent")
		}
		if cam.Position() != (viser.Vec3{0, 0, -5}) || cam.WXYZ() != transform.SO3Identity() || cam.UpDirection() != (viser.Vec3{0, -1, 0}) || cam.UpdateTime().IsZero() || cam.Client() != c {
			t.Error("the camera is not the one that the client sent")
		}
		var seen record[float64]
		off := cam.OnUpdate(func(_ context.Context, e viser.CameraEvent) { seen.add(e.FOV) })
		m := someCamera
		m.FOV = 2
		p.Receive(&m)
		synctest.Wait()
		for _, spoil := range []func(*wire.ViewerCameraMessage){
			func(m *wire.ViewerCameraMessage) { m.FOV = math.NaN() },
			func(m *wire.ViewerCameraMessage) { m.FOV = 0 },
			func(m *wire.ViewerCameraMessage) { m.FOV = math.Pi },
			func(m *wire.ViewerCameraMessage) { m.Position[1] = math.Inf(1) },
			func(m *wire.ViewerCameraMessage) { m.WXYZ = [4]float64{} },
			func(m *wire.ViewerCameraMessage) { m.ImageWidth = -1 },
		} {
			bad := someCamera
			spoil(&bad)
			p.Receive(&bad)
			synctest.Wait()
		}
		off()
		m.FOV = 3
		p.Receive(&m)
		synctest.Wait()
		if diff := cmp.Diff([]float64{2}, seen.got()); diff != "" || !log.has("invalid camera") {
			t.Error(diff)
		}
	})
}

// TestCameraEventsAreImmutable keeps the events while the camera moves on: each has the
// view that it was made for, in order, whole.
func TestCameraEventsAreImmutable(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		var kept record[viser.CameraEvent]
		c.Camera().OnUpdate(func(_ context.Context, e viser.CameraEvent) { kept.add(e) })
		for i := range 3 {
			p.Receive(cameraAt(float64(i)))
			synctest.Wait()
		}
		if err := c.Camera().SetPosition(viser.Vec3{50, 0, 0}); err != nil {
			t.Fatal(err)
		}
		events := kept.got()
		if len(events) != 3 {
			t.Fatalf("%d events, want 3", len(events))
		}
		for i, e := range events {
			x := float64(i)
			want := viser.CameraEvent{
				Client: c, Position: viser.Vec3{x, 0, -5}, LookAt: viser.Vec3{x, 0, 0}, UpDirection: viser.Vec3{0, -1, 0},
				WXYZ: transform.SO3Identity(), FOV: 1, Near: 0.1, Far: 100, Projection: viser.Perspective, ImageWidth: 640, ImageHeight: 480, Time: e.Time,
			}
			if e != want || e.Time.IsZero() {
				t.Errorf("event %d is %+v, want %+v", i, e, want)
			}
			if e.Aspect() != 640.0/480 || e.Pose() != (viser.Pose{Rotation: want.WXYZ, Translation: want.Position}) {
				t.Errorf("event %d: aspect %v, pose %v", i, e.Aspect(), e.Pose())
			}
		}
		now := c.Camera().State()
		if now.Position != (viser.Vec3{50, 0, 0}) || now.LookAt != (viser.Vec3{50, 0, 5}) || now.Time != c.Camera().UpdateTime() {
			t.Errorf("the state is %+v", now)
		}
		if (viser.CameraEvent{ImageWidth: 3}).Aspect() != 0 {
			t.Error("a picture without height has an aspect")
		}
	})
}

// TestCameraUpdatesCoalesce keeps a callback and a loop busy: both receive the first
// update and the last.
func TestCameraUpdatesCoalesce(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		var called, looped record[float64]
		busy, over := make(chan struct{}), make(chan struct{})
		c.Camera().OnUpdate(func(_ context.Context, e viser.CameraEvent) {
			called.add(e.Position[0])
			<-busy
		})
		go func() {
			defer close(over)
			for e := range c.Camera().Updates(t.Context()) {
				looped.add(e.Position[0])
				<-busy
			}
		}()
		synctest.Wait()
		for i := range 1000 {
			p.Receive(cameraAt(float64(i + 1)))
			if i == 0 {
				synctest.Wait()
			}
		}
		close(busy)
		synctest.Wait()
		for name, got := range map[string][]float64{"callback": called.got(), "loop": looped.got()} {
			if diff := cmp.Diff([]float64{1, 1000}, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		p.Leave()
		<-over // the loop ends with the client
		for range c.Camera().Updates(t.Context()) {
			t.Error("an update after the client has left")
		}
	})
}

// cameraAt is someCamera moved along x.
func cameraAt(x float64) *wire.ViewerCameraMessage {
	m := someCamera
	m.Position[0], m.LookAt[0] = x, x
	return &m
}

func TestCameraSetters(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		cam := c.Camera()
		do := func(name string, f func() error, want ...wire.Message) {
			t.Helper()
			p.catchUp()
			if err := f(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := f(); err != nil { // the same again sends nothing
				t.Errorf("%s again: %v", name, err)
			}
			if diff := cmp.Diff(want, p.catchUp(), nearly); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		do("position", func() error { return cam.SetPosition(viser.Vec3{1, 0, -5}) },
			&wire.SetCameraPositionMessage{Position: [3]float64{1, 0, -5}}, &wire.SetCameraLookAtMessage{LookAt: [3]float64{1, 0, 0}})
		if diff := cmp.Diff(transform.SO3Identity(), cam.WXYZ(), nearly); diff != "" {
			t.Error("moving turned the camera: ", diff)
		}
		do("look-at", func() error { return cam.SetLookAt(viser.Vec3{6, 0, -5}) }, &wire.SetCameraLookAtMessage{LookAt: [3]float64{6, 0, -5}})
		if diff := cmp.Diff(viser.Vec3{1, 0, 0}, cam.WXYZ().Apply(viser.Vec3{0, 0, 1}), nearly); diff != "" {
			t.Error("the camera does not look at its point: ", diff)
		}
		do("up", func() error { return cam.SetUpDirection(viser.Vec3{0, 0, 2}) }, &wire.SetCameraUpDirectionMessage{Position: [3]float64{0, 0, 2}})
		if diff := cmp.Diff(viser.Vec3{0, 0, -1}, cam.WXYZ().Apply(viser.Vec3{0, 1, 0}), nearly); diff != "" {
			t.Error("up is not up: ", diff)
		}
		do("fov", func() error { return cam.SetFOV(0.3) }, &wire.SetCameraFovMessage{FOV: 0.3})
		do("near", func() error { return cam.SetNear(0.5) }, &wire.SetCameraNearMessage{Near: 0.5})
		do("far", func() error { return cam.SetFar(50) }, &wire.SetCameraFarMessage{Far: 50})
		do("min", func() error { return cam.SetMinOrbitDistance(2) }, &wire.SetCameraMinOrbitDistanceMessage{MinOrbitDistance: 2})
		do("max", func() error { return cam.SetMaxOrbitDistance(math.Inf(1)) }, &wire.SetCameraMaxOrbitDistanceMessage{MaxOrbitDistance: math.Inf(1)})
	})
}

// TestCameraOrientation follows viser's rule: the look-at point keeps its
// distance, and up changes as little as the orientation allows.
func TestCameraOrientation(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		cam := c.Camera()
		for _, test := range []struct {
			name           string
			q              viser.Quat
			lookAt, upWant viser.Vec3
		}{
			{"turn right", viser.AxisAngle(viser.Vec3{0, 1, 0}, math.Pi/2), viser.Vec3{5, 0, -5}, viser.Vec3{0, -1, 0}},
			{"look down a little", viser.AxisAngle(viser.Vec3{1, 0, 0}, -0.3), viser.Vec3{0, 5 * math.Sin(0.3), -5 + 5*math.Cos(0.3)}, viser.Vec3{0, -1, 0}},
			{"roll", viser.AxisAngle(viser.Vec3{0, 0, 1}, 0.4), viser.Vec3{0, 0, 0}, viser.Vec3{math.Sin(0.4) * math.Cos(0.4), -math.Cos(0.4) * math.Cos(0.4), 0}},
			{"upside down", viser.AxisAngle(viser.Vec3{0, 0, 1}, math.Pi), viser.Vec3{0, 0, 0}, viser.Vec3{0, 1, 0}},
		} {
			reset(t, cam)
			if err := cam.SetWXYZ(test.q); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.lookAt, cam.LookAt(), nearly); diff != "" {
				t.Errorf("%s: look-at: %s", test.name, diff)
			}
			if diff := cmp.Diff(test.upWant, cam.UpDirection(), nearly); diff != "" {
				t.Errorf("%s: up: %s", test.name, diff)
			}
			for _, v := range []viser.Vec3{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}} {
				if diff := cmp.Diff(test.q.Apply(v), cam.WXYZ().Apply(v), nearly); diff != "" {
					t.Errorf("%s: orientation: %s", test.name, diff)
				}
			}
		}
	})
}

func reset(t *testing.T, cam *viser.Camera) {
	t.Helper()
	for _, err := range []error{cam.SetPosition(viser.Vec3{0, 0, -5}), cam.SetLookAt(viser.Vec3{}), cam.SetUpDirection(viser.Vec3{0, -1, 0})} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestCameraSettersFail(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		cam := c.Camera()
		p.catchUp()
		nan, inf := math.NaN(), math.Inf(1)
		for name, err := range map[string]error{
			"position":             cam.SetPosition(viser.Vec3{nan, 0, 0}),
			"position infinite":    cam.SetPosition(viser.Vec3{inf, 0, 0}),
			"look-at":              cam.SetLookAt(viser.Vec3{0, nan, 0}),
			"look-at is position":  cam.SetLookAt(cam.Position()),
			"up":                   cam.SetUpDirection(viser.Vec3{0, inf, 0}),
			"up of no length":      cam.SetUpDirection(viser.Vec3{}),
			"orientation":          cam.SetWXYZ(viser.Quat{W: nan}),
			"orientation of none":  cam.SetWXYZ(viser.Quat{}),
			"fov 0":                cam.SetFOV(0),
			"fov pi":               cam.SetFOV(math.Pi),
			"fov NaN":              cam.SetFOV(nan),
			"near 0":               cam.SetNear(0),
			"far infinite":         cam.SetFar(inf),
			"min distance 0":       cam.SetMinOrbitDistance(0),
			"min above max":        cam.SetMinOrbitDistance(1e9),
			"min distance NaN":     cam.SetMinOrbitDistance(nan),
			"max below min":        cam.SetMaxOrbitDistance(0.001),
			"max distance NaN":     cam.SetMaxOrbitDistance(nan),
			"max distance below 0": cam.SetMaxOrbitDistance(-1),
		} {
			if err == nil {
				t.Errorf("%s was taken", name)
			}
		}
		if ms := p.catchUp(); len(ms) != 0 || cam.Position() != someCamera.Position || cam.UpDirection() != someCamera.UpDirection {
			t.Errorf("what was refused has changed something: %q", types(ms))
		}
	})
}

func TestUpParallelToViewKeepsOrientation(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		before := c.Camera().WXYZ()
		if err := c.Camera().SetUpDirection(viser.Vec3{0, 0, 1}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, c.Camera().WXYZ(), nearly); diff != "" {
			t.Error(diff)
		}
	})
}

func TestInitialCamera(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		ic := s.InitialCamera()
		if _, ok := ic.UpDirection(); ok || ic.Position() != (viser.Vec3{3, 3, 3}) || ic.LookAt() != (viser.Vec3{}) || math.Abs(ic.FOV()-75*math.Pi/180) > 1e-15 || ic.Near() != 0.01 || ic.Far() != 1000 {
			t.Error("the defaults are not viser's")
		}
		ic.SetPosition(viser.Vec3{1, 2, 3})
		ic.SetLookAt(viser.Vec3{0, 0, 1})
		ic.SetUpDirection(viser.Vec3{0, 1, 0})
		ic.SetFOV(1)
		ic.SetNear(0.2)
		ic.SetFar(20)
		p := open(t, s, false) // a client that connects later receives it
		if m := last[*wire.SetCameraPositionMessage](p); !m.Initial || m.Position != [3]float64{1, 2, 3} {
			t.Errorf("%+v", m)
		}
		if last[*wire.SetCameraLookAtMessage](p).LookAt[2] != 1 || last[*wire.SetCameraUpDirectionMessage](p).Position[1] != 1 ||
			last[*wire.SetCameraFovMessage](p).FOV != 1 || last[*wire.SetCameraNearMessage](p).Near != 0.2 || !last[*wire.SetCameraFarMessage](p).Initial {
			t.Error("not everything was sent")
		}
		if up, ok := ic.UpDirection(); !ok || up != (viser.Vec3{0, 1, 0}) || ic.Far() != 20 {
			t.Error("what was set cannot be read")
		}
		misused(t, "NaN", func() { ic.SetPosition(viser.Vec3{math.NaN()}) })
		misused(t, "no up", func() { ic.SetUpDirection(viser.Vec3{}) })
		misused(t, "fov", func() { ic.SetFOV(0) })
		misused(t, "near", func() { ic.SetNear(-1) })
	})
}

func TestInitialView(t *testing.T) {
	s := viser.NewTestServer(&viser.Options{Logger: quiet()})
	defer s.Close()
	s.InitialCamera().SetView(viser.Vec3{1, 2, 3}, viser.Vec3{4, 5, 6})
	if p, at := s.InitialCamera().Position(), s.InitialCamera().LookAt(); p != (viser.Vec3{1, 2, 3}) || at != (viser.Vec3{4, 5, 6}) {
		t.Errorf("from %v to %v", p, at)
	}
}
