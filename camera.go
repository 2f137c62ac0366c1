package viser

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/transform"
)

// Projection is how a camera draws. In both, the field of view, the position and the
// look-at point mean the same: the orthographic picture shows at the distance of the
// look-at point what the perspective one shows there, so its height is
// 2·|LookAt − Position|·tan(FOV/2) scene units. Dollying therefore zooms.
type Projection string

// The projections.
const (
	Perspective  Projection = Projection(wire.CameraProjectionPerspective)  // what is farther away is smaller: the default
	Orthographic Projection = Projection(wire.CameraProjectionOrthographic) // parallel lines stay parallel, and equal things are equally large
)

// A Camera is the camera of one client, or of one of its [Viewports]: its getters return
// the client's view, its setters change it. The camera's frame follows OpenCV: it looks along +z, +x is to
// the right and +y down.
//
// A setter changes the values of the getters at once, and the client's view soon after. A getter reads one
// value; [Camera.State] returns all values at one moment. After the client has left, setters return
// [ErrClientLeft]. All methods are safe for concurrent use.
type Camera struct {
	client   *Client
	scope    *state.Scope
	viewport int // whose camera it is; 0: the main one

	mu      sync.Mutex
	pose    cameraPose
	fov     float64
	near    float64
	far     float64
	minDist float64
	maxDist float64
	width   int
	height  int
	proj    Projection
	updated time.Time
	// Of another viewport than the main one: it has values, and they are what the page shows.
	begun, reported bool

	updates  callback.List[CameraEvent]
	watchers callback.Watchers[CameraEvent]
}

// A CameraEvent is the view of a client's camera at one moment. It is a value: it does
// not change when the camera moves. Its frame is that of [Camera].
type CameraEvent struct {
	Client      *Client    // the client of the camera
	Viewport    int        // the number of the viewport of [Client.Viewports]; 0: the main one
	Position    Vec3       // in the world frame
	LookAt      Vec3       // the point that the camera looks at and orbits, in the world frame
	UpDirection Vec3       // the up direction of the camera's controls, in the world frame; of any length
	WXYZ        Quat       // the orientation: the R of p_world = R·p_camera + t
	FOV         float64    // the vertical field of view, in radians
	Near        float64    // the near clipping distance, in scene units
	Far         float64    // the far clipping distance, in scene units
	Projection  Projection // how the client draws; [Perspective] of clients of upstream viser
	ImageWidth  int        // the width of the client's canvas, in pixels
	ImageHeight int        // the height of the client's canvas, in pixels
	Time        time.Time  // when the camera last changed, by the client or the program
}

// Aspect returns the width of the canvas divided by its height, 0 if the height is 0.
func (e CameraEvent) Aspect() float64 {
	if e.ImageHeight == 0 {
		return 0
	}
	return float64(e.ImageWidth) / float64(e.ImageHeight)
}

// Pose returns position and orientation in the world frame.
func (e CameraEvent) Pose() Pose { return Pose{Rotation: e.WXYZ, Translation: e.Position} }

// cameraPose is a view; wxyz follows from the rest.
type cameraPose struct {
	wxyz                 Quat
	position, lookAt, up Vec3
}

func newCamera(c *Client, scope *state.Scope) *Camera {
	return &Camera{client: c, scope: scope, minDist: 0.01, maxDist: 1e4, proj: Perspective, pose: cameraPose{wxyz: transform.SO3Identity()}}
}

// receive stores the view that the client sends; ok is false, and nothing changes,
// if it is not a valid one.
func (c *Camera) receive(m *wire.ViewerCameraMessage) (e CameraEvent, ok bool) {
	all := append(append(append(append([]float64{m.FOV, m.Near, m.Far}, m.WXYZ[:]...), m.Position[:]...), m.LookAt[:]...), m.UpDirection[:]...)
	for _, x := range all {
		if !finite(x) {
			return CameraEvent{}, false
		}
	}
	// The program may use the view as it is, in Render for instance.
	if m.WXYZ == [4]float64{} || !(m.FOV > 0 && m.FOV < math.Pi) || m.ImageWidth < 0 || m.ImageHeight < 0 {
		return CameraEvent{}, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pose = cameraPose{wxyz: transform.SO3FromWXYZ(m.WXYZ), position: m.Position, lookAt: m.LookAt, up: m.UpDirection}
	c.fov, c.near, c.far = m.FOV, m.Near, m.Far
	c.width, c.height = m.ImageWidth, m.ImageHeight
	c.proj = Perspective
	if m.Projection != nil && *m.Projection == wire.CameraProjectionOrthographic {
		c.proj = Orthographic
	}
	c.updated, c.begun, c.reported = time.Now(), true, true
	return c.stateLocked(), true
}

// begin gives a viewport's camera the values of the main one, unless it has some.
func (c *Camera) begin(main *Camera) {
	view := main.State()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.begun || view.Time.IsZero() {
		return
	}
	c.begun = true
	c.pose = cameraPose{wxyz: view.WXYZ, position: view.Position, lookAt: view.LookAt, up: view.UpDirection}
	c.fov, c.near, c.far, c.proj = view.FOV, view.Near, view.Far, view.Projection
	c.width, c.height, c.updated = view.ImageWidth, view.ImageHeight, view.Time
}

// moved delivers an event to the callbacks of OnUpdate and the loops over Updates.
func (c *Camera) moved(e CameraEvent) {
	c.watchers.Put(e)
	fire(c.client, c, dispatch.Event{Name: "Camera.OnUpdate"}, true, &c.updates, e)
}

func read[T any](c *Camera, v *T) T {
	c.mu.Lock()
	defer c.mu.Unlock()
	return *v
}

// State returns the current view, all values at one moment. Its Time is that of
// UpdateTime.
func (c *Camera) State() CameraEvent {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stateLocked()
}

func (c *Camera) stateLocked() CameraEvent {
	return CameraEvent{
		Client: c.client, Viewport: c.viewport,
		Position: c.pose.position, LookAt: c.pose.lookAt, UpDirection: c.pose.up, WXYZ: c.pose.wxyz,
		FOV: c.fov, Near: c.near, Far: c.far, Projection: c.proj,
		ImageWidth: c.width, ImageHeight: c.height, Time: c.updated,
	}
}

// Client returns the client whose camera this is.
func (c *Camera) Client() *Client { return c.client }

// WXYZ returns the orientation: the R of p_world = R·p_camera + t.
func (c *Camera) WXYZ() Quat { return read(c, &c.pose.wxyz) }

// Position returns the camera's position in the world frame.
func (c *Camera) Position() Vec3 { return read(c, &c.pose.position) }

// LookAt returns the point that the camera looks at and orbits, in the world frame.
func (c *Camera) LookAt() Vec3 { return read(c, &c.pose.lookAt) }

// UpDirection returns the up direction of the camera's controls, in the world frame. It
// may have any length.
func (c *Camera) UpDirection() Vec3 { return read(c, &c.pose.up) }

// FOV returns the vertical field of view, in radians.
func (c *Camera) FOV() float64 { return read(c, &c.fov) }

// Near returns the near clipping distance, in scene units.
func (c *Camera) Near() float64 { return read(c, &c.near) }

// Far returns the far clipping distance, in scene units.
func (c *Camera) Far() float64 { return read(c, &c.far) }

// Projection returns how the client draws; [Perspective] of clients of upstream viser.
func (c *Camera) Projection() Projection { return read(c, &c.proj) }

// Follow lets the camera follow a node: it looks at it, and keeps its place relative to the
// node's position while that moves; with turn it also turns with the node's frame. The
// user can orbit and zoom meanwhile, and setters change from where it follows. It ends with
// Unfollow, with another Follow, when the user looks through a camera or walks, and when
// the node is removed or hidden.
//
// It panics with a *UsageError if the node is neither of the server's scene nor of the
// client's own. Nothing is followed if it is removed or hidden, or not on the page yet: add
// it before, or within the same [Client.Atomic]. Clients of upstream viser follow nothing.
func (c *Camera) Follow(n Node, turn bool) error {
	const fn = "Camera.Follow"
	b := nodeOf(fn, "the node", n)
	if of := b.scene.sceneCore; of != c.client.server.scene.sceneCore && of != c.client.scene.sceneCore {
		usage(fn, "node %q belongs to the scene of another client or server", n.Name())
	}
	return c.follow(&b.name, turn)
}

// Unfollow ends what Follow, or the user, has begun; the camera stays where it is.
func (c *Camera) Unfollow() error { return c.follow(nil, false) }

func (c *Camera) follow(name *string, turn bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.left(); err != nil {
		return err
	}
	if c.client.extended {
		m := &wire.SetCameraFollowMessage{Viewport: c.viewport, Name: name, Turn: turn}
		c.scope.SetPageCell(fmt.Sprint("follow ", c.viewport), m)
	}
	return nil
}

// MinOrbitDistance returns the minimum distance between the camera and its look-at
// point; default 0.01.
func (c *Camera) MinOrbitDistance() float64 { return read(c, &c.minDist) }

// MaxOrbitDistance returns the maximum distance between the camera and its look-at
// point; default 10,000.
func (c *Camera) MaxOrbitDistance() float64 { return read(c, &c.maxDist) }

// ImageWidth returns the width of the client's canvas, in pixels.
func (c *Camera) ImageWidth() int { return read(c, &c.width) }

// ImageHeight returns the height of the client's canvas, in pixels.
func (c *Camera) ImageHeight() int { return read(c, &c.height) }

// Aspect returns the width of the client's canvas divided by its height, 0 if the
// height is 0.
func (c *Camera) Aspect() float64 { return c.State().Aspect() }

// UpdateTime returns when the camera last changed, by the client or the program.
func (c *Camera) UpdateTime() time.Time { return read(c, &c.updated) }

// OnUpdate attaches fn for each update of the client's camera. The callbacks of one
// camera run one at a time, in the order of the updates. While fn is busy, newer
// updates replace older ones. ctx ends when the client leaves.
func (c *Camera) OnUpdate(fn func(ctx context.Context, e CameraEvent)) (off func()) {
	checkCallback("Camera.OnUpdate", fn)
	return c.updates.Add(fn)
}

// Updates yields the updates of the client's camera from the start of the loop on:
//
//	for e := range client.Camera().Updates(ctx) {
//		node.SetPose(e.Pose())
//	}
//
// While the loop body is busy, newer updates replace older ones. The loop ends when ctx
// ends, and when the client leaves. It runs in the caller's goroutine; several loops
// may run at once.
func (c *Camera) Updates(ctx context.Context) iter.Seq[CameraEvent] {
	return c.watchers.Seq(ctx, nil, c.client.ctx.Done())
}

// SetPosition moves the camera and its look-at point by the same amount, which keeps
// the orientation. It fails if p is not finite.
func (c *Camera) SetPosition(p Vec3) error {
	if err := finiteVec("position", p); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.left(); err != nil {
		return err
	}
	if c.shows(p == c.pose.position) {
		return nil
	}
	next := c.pose
	next.position, next.lookAt = p, add(c.pose.lookAt, sub(p, c.pose.position))
	if err := next.orient(c.pose.wxyz); err != nil {
		return err
	}
	c.pose, c.updated = next, time.Now()
	c.client.server.store.Together(func() {
		c.send(&wire.SetCameraPositionMessage{Position: p})
		c.send(&wire.SetCameraLookAtMessage{LookAt: next.lookAt})
	})
	return nil
}

// SetLookAt turns the camera in place to look at p. It fails if p is not finite, or is
// the camera's position.
func (c *Camera) SetLookAt(p Vec3) error {
	if err := finiteVec("look-at point", p); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.left(); err != nil {
		return err
	}
	if c.shows(p == c.pose.lookAt) {
		return nil
	}
	next := c.pose
	next.lookAt = p
	if err := next.orient(c.pose.wxyz); err != nil {
		return err
	}
	c.pose, c.updated = next, time.Now()
	c.send(&wire.SetCameraLookAtMessage{LookAt: p})
	return nil
}

// SetUpDirection rolls the camera so that up points up in its picture. It fails if up
// is zero or not finite. If it is parallel to the viewing direction, the picture keeps
// its orientation.
func (c *Camera) SetUpDirection(up Vec3) error {
	if err := finiteVec("up direction", up); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.left(); err != nil {
		return err
	}
	if c.shows(up == c.pose.up) {
		return nil
	}
	next := c.pose
	next.up = up
	if err := next.orient(c.pose.wxyz); err != nil {
		return err
	}
	c.pose, c.updated = next, time.Now()
	c.send(&wire.SetCameraUpDirectionMessage{Position: up})
	return nil
}

// SetWXYZ turns the camera in place to the given orientation. The look-at point stays
// at the same distance, straight ahead. The up direction stays as close to the current
// one as the orientation allows; if that would not point up in the picture, the
// picture's up direction is used. It fails if q is zero or not finite.
func (c *Camera) SetWXYZ(q Quat) error {
	if q == (Quat{}) || !finite(q.W) || !finite(q.X) || !finite(q.Y) || !finite(q.Z) {
		return fmt.Errorf("camera: the orientation %v is not a rotation; give a finite quaternion that is not zero", q)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.left(); err != nil {
		return err
	}
	right, down, ahead := axesOf(q)
	next := c.pose
	distance := norm(sub(c.pose.lookAt, c.pose.position))
	next.lookAt = add(scaled(ahead, distance), c.pose.position)
	next.up = nearestUp(c.pose.up, right, down)
	if err := next.orient(c.pose.wxyz); err != nil {
		return err
	}
	// Rounding alone is no change: the same orientation once more sends nothing.
	lookAt, up := !c.shows(nearly(next.lookAt, c.pose.lookAt)), !c.shows(nearly(next.up, c.pose.up))
	if !lookAt && !up {
		return nil
	}
	c.pose, c.updated = next, time.Now()
	c.client.server.store.Together(func() {
		if lookAt {
			c.send(&wire.SetCameraLookAtMessage{LookAt: next.lookAt})
		}
		if up {
			c.send(&wire.SetCameraUpDirectionMessage{Position: next.up})
		}
	})
	return nil
}

// nearly reports whether two vectors differ by no more than rounding.
func nearly(a, b Vec3) bool { return norm(sub(a, b)) <= 1e-9*max(1, norm(b)) }

// minUpCosine is viser's bound: below it the old up direction is too close to the view.
const minUpCosine = 0.05

// nearestUp returns old without its part to the right, or the picture's up if
// that is not upwards in the picture.
func nearestUp(old, right, down Vec3) Vec3 {
	projected := sub(old, scaled(right, dot(old, right)))
	pictureUp := scaled(down, -1)
	if dot(pictureUp, projected) < minUpCosine {
		return pictureUp
	}
	return projected
}

// orient computes the orientation from position, look-at point and up direction;
// before is the one it had.
func (p *cameraPose) orient(before Quat) error {
	z := sub(p.lookAt, p.position)
	distance := norm(z)
	if distance == 0 || !finite(distance) {
		return errors.New("camera: the look-at point is the camera's position, so there is no direction to look in")
	}
	if norm(p.up) == 0 {
		return errors.New("camera: the up direction has length 0")
	}
	z = scaled(z, 1/distance)
	y, ok := downwards(z, p.up)
	if !ok {
		_, wasDown, _ := axesOf(before)
		y, ok = downwards(z, scaled(wasDown, -1))
	}
	if !ok {
		y, _ = downwards(z, unitOfSmallest(z))
	}
	p.wxyz = quatFromColumns(cross(y, z), y, z)
	return nil
}

// downwards returns the camera's y axis for a view along z: away from up, at a
// right angle to z. There is none if up is along z.
func downwards(z, up Vec3) (y Vec3, ok bool) {
	y = sub(scaled(z, dot(z, up)), up)
	n := norm(y)
	if n < 1e-8*norm(up) || n == 0 {
		return Vec3{}, false
	}
	return scaled(y, 1/n), true
}

// SetFOV sets the vertical field of view, in radians. It fails unless it is above 0 and
// below pi.
func (c *Camera) SetFOV(fov float64) error {
	if !(fov > 0 && fov < math.Pi) {
		return fmt.Errorf("camera: the field of view is %v; it must be above 0 and below pi radians", fov)
	}
	return c.set(&c.fov, fov, &wire.SetCameraFovMessage{FOV: fov})
}

// SetNear sets the near clipping distance, in scene units. It fails unless it is finite
// and above 0.
func (c *Camera) SetNear(near float64) error {
	if err := positive("near", near); err != nil {
		return err
	}
	return c.set(&c.near, near, &wire.SetCameraNearMessage{Near: near})
}

// SetFar sets the far clipping distance, in scene units. It fails unless it is finite
// and above 0.
func (c *Camera) SetFar(far float64) error {
	if err := positive("far", far); err != nil {
		return err
	}
	return c.set(&c.far, far, &wire.SetCameraFarMessage{Far: far})
}

// SetProjection sets how the client draws. Position, look-at point and field of view
// stay, and so does what is seen at the look-at point. The client's user can change it
// too, which Projection and OnUpdate tell. Clients of upstream viser keep their
// perspective. It panics with a *UsageError unless p is [Perspective] or [Orthographic].
func (c *Camera) SetProjection(p Projection) error {
	checkProjection("Camera.SetProjection", p)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.left(); err != nil {
		return err
	}
	if c.shows(c.proj == p) || !c.client.extended {
		return nil
	}
	c.proj, c.updated = p, time.Now()
	m := &wire.SetCameraProjectionMessage{Projection: string(p)}
	if c.viewport > 0 {
		c.send(m)
	} else {
		c.scope.SetExtendedCell(m.Type(), m)
	}
	return nil
}

func checkProjection(fn string, p Projection) {
	oneOf(fn, "Projection", p, Perspective, Orthographic)
}

// SetMinOrbitDistance sets the minimum distance between the camera and its look-at
// point. It fails unless d is finite, above 0 and at most MaxOrbitDistance.
func (c *Camera) SetMinOrbitDistance(d float64) error {
	if err := positive("least orbit distance", d); err != nil {
		return err
	}
	if most := c.MaxOrbitDistance(); d > most {
		return fmt.Errorf("camera: the least orbit distance %v is above the greatest, %v", d, most)
	}
	return c.set(&c.minDist, d, &wire.SetCameraMinOrbitDistanceMessage{MinOrbitDistance: d})
}

// SetMaxOrbitDistance sets the maximum distance between the camera and its look-at
// point; +Inf is no limit. It fails unless d is at least MinOrbitDistance.
func (c *Camera) SetMaxOrbitDistance(d float64) error {
	if least := c.MinOrbitDistance(); !(d >= least) {
		return fmt.Errorf("camera: the greatest orbit distance %v is below the least, %v", d, least)
	}
	return c.set(&c.maxDist, d, &wire.SetCameraMaxOrbitDistanceMessage{MaxOrbitDistance: d})
}

func (c *Camera) set(field *float64, v float64, m wire.Message) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.left(); err != nil {
		return err
	}
	if c.shows(*field == v) {
		return nil
	}
	*field, c.updated = v, time.Now()
	c.send(m)
	return nil
}

// shows reports whether a value that is the camera's already is the page's too.
func (c *Camera) shows(same bool) bool { return same && (c.viewport == 0 || c.reported) }

// left returns the error of setters after the client has left.
func (c *Camera) left() error {
	if c.client.ctx.Err() != nil {
		return fmt.Errorf("camera: %w", ErrClientLeft)
	}
	return nil
}

func (c *Camera) send(m wire.Message) {
	if c.viewport == 0 {
		c.scope.SetCell(m.Type(), m)
		return
	}
	c.scope.SetPageCell(fmt.Sprint("viewport ", c.viewport, " ", m.Type()), ofViewport(c.viewport, m))
}

// ofViewport is the message about another viewport than the main one.
func ofViewport(viewport int, m wire.Message) *wire.SetViewportCameraMessage {
	of := &wire.SetViewportCameraMessage{Viewport: viewport}
	switch m := m.(type) {
	case *wire.SetCameraPositionMessage:
		of.Position = &m.Position
	case *wire.SetCameraLookAtMessage:
		of.LookAt = &m.LookAt
	case *wire.SetCameraUpDirectionMessage:
		of.UpDirection = &m.Position
	case *wire.SetCameraFovMessage:
		of.FOV = &m.FOV
	case *wire.SetCameraNearMessage:
		of.Near = &m.Near
	case *wire.SetCameraFarMessage:
		of.Far = &m.Far
	case *wire.SetCameraMinOrbitDistanceMessage:
		of.MinOrbitDistance = &m.MinOrbitDistance
	case *wire.SetCameraMaxOrbitDistanceMessage:
		of.MaxOrbitDistance = &m.MaxOrbitDistance
	case *wire.SetCameraProjectionMessage:
		of.Projection = &m.Projection
	}
	return of
}

func finiteVec(what string, v Vec3) error {
	for _, x := range v {
		if !finite(x) {
			return fmt.Errorf("camera: the %s %v is not finite", what, v)
		}
	}
	return nil
}

func positive(what string, x float64) error {
	if !finite(x) || x <= 0 {
		return fmt.Errorf("camera: %s is %v; it must be a finite number above 0", what, x)
	}
	return nil
}

// An InitialCamera is the view that new clients start with, and to which "Reset view"
// returns. Setters do not move the cameras of connected clients. URL parameters of the
// page take precedence. The client chooses values that are not set. All methods are
// safe for concurrent use; setters panic with a *UsageError on values that are not
// finite or out of range.
type InitialCamera struct {
	scope *state.Scope

	mu               sync.Mutex
	position, lookAt Vec3
	up               *Vec3
	fov, near, far   float64
	proj             Projection
}

func newInitialCamera(scope *state.Scope) *InitialCamera {
	return &InitialCamera{scope: scope, position: Vec3{3, 3, 3}, fov: 75 * math.Pi / 180, near: 0.01, far: 1000, proj: Perspective}
}

func (c *InitialCamera) set(m wire.Message, store func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	store()
	c.scope.SetCell(m.Type(), m)
}

// Position returns the camera's position in the world frame; default {3, 3, 3}.
func (c *InitialCamera) Position() Vec3 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.position
}

// SetPosition sets the camera's position in the world frame.
func (c *InitialCamera) SetPosition(p Vec3) {
	checkFinite("InitialCamera.SetPosition", p[:]...)
	c.set(&wire.SetCameraPositionMessage{Position: p, Initial: true}, func() { c.position = p })
}

// LookAt returns the point that the camera looks at; default the origin.
func (c *InitialCamera) LookAt() Vec3 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lookAt
}

// SetLookAt sets the point that the camera looks at.
func (c *InitialCamera) SetLookAt(p Vec3) {
	checkFinite("InitialCamera.SetLookAt", p[:]...)
	c.set(&wire.SetCameraLookAtMessage{LookAt: p, Initial: true}, func() { c.lookAt = p })
}

// SetView sets the camera's position and the point that it looks at.
func (c *InitialCamera) SetView(position, lookAt Vec3) {
	checkFinite("InitialCamera.SetView", append(position[:], lookAt[:]...)...)
	c.SetPosition(position)
	c.SetLookAt(lookAt)
}

// UpDirection returns the camera's up direction; ok is false if it was not set: then
// the scene's is used.
func (c *InitialCamera) UpDirection() (up Vec3, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.up == nil {
		return Vec3{}, false
	}
	return *c.up, true
}

// SetUpDirection sets the camera's up direction, of any length.
func (c *InitialCamera) SetUpDirection(up Vec3) {
	checkDirection("InitialCamera.SetUpDirection", "up", up)
	c.set(&wire.SetCameraUpDirectionMessage{Position: up, Initial: true}, func() { c.up = &up })
}

// FOV returns the vertical field of view, in radians; default 75 degrees.
func (c *InitialCamera) FOV() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fov
}

// SetFOV sets the vertical field of view, in radians.
func (c *InitialCamera) SetFOV(fov float64) {
	checkFOV("InitialCamera.SetFOV", fov)
	c.set(&wire.SetCameraFovMessage{FOV: fov, Initial: true}, func() { c.fov = fov })
}

// Near returns the near clipping distance, in scene units; default 0.01.
func (c *InitialCamera) Near() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.near
}

// SetNear sets the near clipping distance, in scene units.
func (c *InitialCamera) SetNear(near float64) {
	checkPositive("InitialCamera.SetNear", "near", near)
	c.set(&wire.SetCameraNearMessage{Near: near, Initial: true}, func() { c.near = near })
}

// Far returns the far clipping distance, in scene units; default 1000.
func (c *InitialCamera) Far() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.far
}

// SetFar sets the far clipping distance, in scene units.
func (c *InitialCamera) SetFar(far float64) {
	checkPositive("InitialCamera.SetFar", "far", far)
	c.set(&wire.SetCameraFarMessage{Far: far, Initial: true}, func() { c.far = far })
}

// Projection returns how clients draw at first; default [Perspective].
func (c *InitialCamera) Projection() Projection {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.proj
}

// SetProjection sets how clients draw at first. Clients of upstream viser keep their
// perspective.
func (c *InitialCamera) SetProjection(p Projection) {
	checkProjection("InitialCamera.SetProjection", p)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.proj = p
	m := &wire.SetCameraProjectionMessage{Projection: string(p), Initial: true}
	c.scope.SetExtendedCell(m.Type(), m)
}
