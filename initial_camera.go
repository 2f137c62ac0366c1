package viser

import (
	"math"
	"sync"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// An InitialCamera is the view that new clients start with, and that "Reset view"
// goes back to. Setters do not move the cameras of clients that are connected. URL
// parameters of the page have precedence. The client chooses what is not set. All
// methods are safe for concurrent use; setters panic with a *UsageError on values
// that are not finite or out of range.
type InitialCamera struct {
	scope *state.Scope

	mu               sync.Mutex
	position, lookAt Vec3
	up               *Vec3
	fov, near, far   float64
}

func newInitialCamera(scope *state.Scope) *InitialCamera {
	return &InitialCamera{scope: scope, position: Vec3{3, 3, 3}, fov: 75 * math.Pi / 180, near: 0.01, far: 1000}
}

func (c *InitialCamera) set(m wire.Message, store func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	store()
	c.scope.SetCell(m.Type(), m)
}

// Position returns the camera's position in the world's frame; default {3, 3, 3}.
func (c *InitialCamera) Position() Vec3 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.position
}

// SetPosition sets the camera's position in the world's frame.
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

// UpDirection returns the camera's up direction; ok is false while it is the
// scene's, which Scene.SetUpDirection sets.
func (c *InitialCamera) UpDirection() (up Vec3, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.up == nil {
		return Vec3{}, false
	}
	return *c.up, true
}

// SetUpDirection sets the camera's up direction; its length does not matter.
func (c *InitialCamera) SetUpDirection(up Vec3) {
	checkDirection("InitialCamera.SetUpDirection", "up", up)
	c.set(&wire.SetCameraUpDirectionMessage{Position: up, Initial: true}, func() { c.up = &up })
}

// FOV returns the vertical field of view in radians; default 75 degrees.
func (c *InitialCamera) FOV() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.fov
}

// SetFOV sets the vertical field of view in radians.
func (c *InitialCamera) SetFOV(fov float64) {
	checkFOV("InitialCamera.SetFOV", fov)
	c.set(&wire.SetCameraFovMessage{FOV: fov, Initial: true}, func() { c.fov = fov })
}

// Near returns the distance before which nothing is drawn; default 0.01.
func (c *InitialCamera) Near() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.near
}

// SetNear sets the distance before which nothing is drawn.
func (c *InitialCamera) SetNear(near float64) {
	checkPositive("InitialCamera.SetNear", "near", near)
	c.set(&wire.SetCameraNearMessage{Near: near, Initial: true}, func() { c.near = near })
}

// Far returns the distance behind which nothing is drawn; default 1000.
func (c *InitialCamera) Far() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.far
}

// SetFar sets the distance behind which nothing is drawn.
func (c *InitialCamera) SetFar(far float64) {
	checkPositive("InitialCamera.SetFar", "far", far)
	c.set(&wire.SetCameraFarMessage{Far: far, Initial: true}, func() { c.far = far })
}
