package view

import (
	"context"
	"math"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/internal/wire"
)

// TestPagesOfAllSizes: what is shown is in view of pages that are narrower than high, also when their size changes, until
// their user moves the camera.
func TestPagesOfAllSizes(t *testing.T) {
	server, _ := show(t, someModels(t)["mesh"], Options{})
	initial := server.InitialCamera()
	fov, at := initial.FOV(), initial.LookAt()
	report := func(position viser.Vec3, width, height int) *wire.ViewerCameraMessage {
		return &wire.ViewerCameraMessage{
			WXYZ: [4]float64{1, 0, 0, 0}, Position: position, LookAt: at, FOV: fov, Near: 0.01, Far: 1000,
			ImageWidth: width, ImageHeight: height, UpDirection: [3]float64{0, 0, 1},
		}
	}
	// further is the initial camera, moved back for pages that are that many times higher than wide.
	further := func(times float64) viser.Vec3 {
		back := math.Sin(fov/2) / math.Sin(math.Atan(math.Tan(fov/2)/times))
		return add(at, scaled(sub(initial.Position(), at), back))
	}
	reported := make(chan viser.CameraEvent, 8)
	server.OnClientConnect(func(_ context.Context, c *viser.Client) { // after that of the viewer, and so is its callback
		c.Camera().OnUpdate(func(_ context.Context, e viser.CameraEvent) { reported <- e })
	})
	page := fakepage.OpenAt(t, server, report(initial.Position(), 400, 800))
	moves := func(what string, to viser.Vec3) {
		t.Helper()
		page.Until(what, func(m wire.Message) bool {
			p, ok := m.(*wire.SetCameraPositionMessage)
			return ok && !p.Initial && length(sub(p.Position, to)) < 1e-6*length(to)
		})
	}
	moves("a camera further away", further(2))
	page.Send(report(further(2), 800, 600)) // the page was made wider
	moves("the initial camera", initial.Position())
	page.Send(report(further(2), 200, 600)) // narrower, before it got that
	moves("a camera even further away", further(3))
	<-reported
	<-reported
	for _, c := range []struct {
		what     string
		position viser.Vec3
		width    int
	}{
		{"its user has moved the camera", further(2.5), 300},
		{"it was moved back by chance", further(3), 600},
	} {
		page.Send(report(c.position, c.width, 600))
		<-reported
		for client := range server.Clients() {
			if got := client.Camera().Position(); length(sub(got, c.position)) > 1e-6 {
				t.Errorf("%s, and it went to %v", c.what, got)
			}
		}
	}
}

func TestFitted(t *testing.T) {
	o := outlook{ZUp, box{viser.Vec3{-1, -1, -1}, viser.Vec3{1, 1, 1}}}
	const fov = 1.2
	radius := o.seen.diagonal() / 2
	for _, aspect := range []float64{0, 0.1, 0.5, 1, 3} {
		w := o.fitted(fov, aspect)
		// The ball around the box is inside of the narrower side of the picture, with a tenth left.
		half := math.Asin(radius / w.distance())
		narrow := fov / 2
		if aspect > 0 && aspect < 1 {
			narrow = math.Atan(math.Tan(narrow) * aspect)
		}
		if got := math.Sin(half) / math.Sin(narrow); math.Abs(got-1/1.1) > 1e-9 {
			t.Errorf("aspect %v: the ball takes %v of the picture", aspect, got)
		}
	}
}
