package view

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/viser-go/viser"
)

// settable is a camera: that of a page, or the initial one. A page that leaves meanwhile is no error to report.
type settable interface {
	FOV() float64
	// Aspect is the width of the picture over its height.
	Aspect() float64
	SetPosition(viser.Vec3) error
	SetLookAt(viser.Vec3) error
	SetNear(float64) error
	SetFar(float64) error
}

// initialCamera is that of pages of unknown size, at least as wide as high. Pages that are narrower are fitted.
type initialCamera struct{ *viser.InitialCamera }

func (c initialCamera) Aspect() float64                { return 1 }
func (c initialCamera) SetPosition(p viser.Vec3) error { c.InitialCamera.SetPosition(p); return nil }
func (c initialCamera) SetLookAt(p viser.Vec3) error   { c.InitialCamera.SetLookAt(p); return nil }
func (c initialCamera) SetNear(n float64) error        { c.InitialCamera.SetNear(n); return nil }
func (c initialCamera) SetFar(f float64) error         { c.InitialCamera.SetFar(f); return nil }

// lookFrom looks at the files from the front, the right and above, so that all of them are in view.
func (v *Viewer) lookFrom(camera settable) {
	v.mu.Lock()
	at := v.outlook()
	v.mu.Unlock()
	at.fitted(camera.FOV(), camera.Aspect()).set(camera)
}

// Camera is what a page looks at when it has connected, for a picture with that width over its height: everything is in
// view. What the page reports may still be from before that.
func (v *Viewer) Camera(aspect float64) (pose viser.Pose, fov float64) {
	fov = v.server.InitialCamera().FOV()
	v.mu.Lock()
	at, up := v.outlook().fitted(fov, aspect), v.up.Vector()
	v.mu.Unlock()
	return viser.LookAt(at.position, at.lookAt, up), fov
}

// outlook is what a camera is to have in view, and which axis points up there.
type outlook struct {
	up   Axis
	seen box
}

// outlook is that on all files. The lock is held.
func (v *Viewer) outlook() outlook { return outlook{v.up, v.seen} }

// wholeView is a camera that has all in view.
type wholeView struct {
	position, lookAt viser.Vec3
	size             float64 // of what is in view
}

func (w *wholeView) set(camera settable) {
	for _, err := range []error{
		camera.SetPosition(w.position), camera.SetLookAt(w.lookAt), camera.SetNear(w.size / 1000), camera.SetFar(w.size * 1000),
	} {
		if err != nil {
			return
		}
	}
}

func (w *wholeView) distance() float64 { return length(sub(w.position, w.lookAt)) }

// fitted is the camera for a picture with a vertical field of view in radians, and a width over its height.
func (o outlook) fitted(fov, aspect float64) *wholeView {
	size, center := o.seen.size(), o.seen.center()
	// In the plane across up, any direction will do for the front: it is -y for z up, and z for y up.
	direction := scaled(o.up.Vector(), 0.45)
	right, front := viser.Vec3{1, 0, 0}, viser.Vec3{0, -1, 0}
	switch o.up.Index() {
	case 1:
		front = viser.Vec3{0, 0, 1}
	case 0:
		right = viser.Vec3{0, 1, 0}
		front = viser.Vec3{0, 0, 1}
	}
	direction = add(direction, add(scaled(right, 0.5), scaled(front, 0.8)))
	half := fov / 2 // of the narrower side
	if aspect > 0 && aspect < 1 {
		half = math.Atan(math.Tan(half) * aspect)
	}
	// A ball of this diameter just fits the picture at this distance.
	distance := size / 2 / math.Sin(half) * 1.1 / length(direction)
	return &wholeView{add(center, scaled(direction, distance)), center, size}
}

// fitting keeps all files in view while a page changes its size, which its panel does too, until its user moves the
// camera: the initial camera knows no page.
type fitting struct {
	v      *Viewer
	camera *viser.Camera

	mu     sync.Mutex
	aspect float64   // for which the camera was set
	ours   []float64 // the distances that were set last
	off    func()    // ends it
}

// keepInView begins it for a page that connects.
func (v *Viewer) keepInView(_ context.Context, c *viser.Client) {
	f := &fitting{v: v, camera: c.Camera(), aspect: 1}
	f.mu.Lock()
	f.off = f.camera.OnUpdate(func(_ context.Context, e viser.CameraEvent) { f.update(e) })
	f.mu.Unlock()
	f.update(f.camera.State())
}

// shownSizes is how many distances are known as ours: reports of a page may be late.
const shownSizes = 4

func (f *fitting) update(e viser.CameraEvent) {
	f.v.mu.Lock()
	first := f.v.first
	f.v.mu.Unlock()
	if first == nil { // the page waits for a file
		return
	}
	initial, at := first.fitted(e.FOV, 1), first.fitted(e.FOV, e.Aspect())
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.unmoved(e, initial) {
		f.off()
		return
	}
	// Beyond 1 the height decides, as for the initial camera.
	if aspect := min(e.Aspect(), 1); aspect > 0 && math.Abs(aspect-f.aspect) > 0.01 {
		f.aspect = aspect
		f.ours = append(f.ours, at.distance())
		f.ours = f.ours[max(0, len(f.ours)-shownSizes):]
		at.set(f.camera)
	}
}

// unmoved reports whether the camera is where it was set. The lock is held.
func (f *fitting) unmoved(e viser.CameraEvent, initial *wholeView) bool {
	const near = 1e-3
	distance := length(sub(e.Position, initial.lookAt))
	along := scaled(sub(initial.position, initial.lookAt), distance/initial.distance())
	if length(sub(e.LookAt, initial.lookAt)) > near*distance || length(sub(sub(e.Position, initial.lookAt), along)) > near*distance {
		return false
	}
	return slices.ContainsFunc(append(f.ours, initial.distance()), func(d float64) bool { return math.Abs(d-distance) < near*d })
}
