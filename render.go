package viser

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"time"

	"github.com/viser-go/viser/internal/picture"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// ErrClientLeft is returned by calls to a client that has left, or that leaves before
// it responds.
var ErrClientLeft = errors.New("the client has left")

// ErrRemoved is returned by calls to an element that was removed, or whose client has
// left.
var ErrRemoved = errors.New("the element was removed")

// ErrNoPicture is returned if the client could not render the picture.
var ErrNoPicture = errors.New("the client sent no picture; its graphics context may be lost, or the size too large for it")

// RenderOptions are the options of Render. Fields that are not set have the values of
// the client's view.
type RenderOptions struct {
	WXYZ     *Quat   // the camera's orientation: R of p_world = R·p_camera + t, OpenCV's axes
	Position *Vec3   // the camera's position in the world frame
	Pose     *Pose   // position and orientation, instead of Position and WXYZ; a zero Rotation is the identity
	FOV      float64 // the vertical field of view, in radians; default that of the client
	// Projection is how the picture is drawn; default as the client draws. An orthographic
	// picture is 2·d·tan(FOV/2) scene units high, where d is the distance of the client's
	// camera from its look-at point. Clients of upstream viser always draw in perspective.
	Projection Projection
	// Viewport is the number of the viewport of [Client.Viewports] whose camera and hidden
	// nodes the picture has; default 0, the main one.
	Viewport int
	Format   ImageFormat // JPEG (the default): opaque; PNG: lossless, with a transparent background

	// AssetWait is the longest time to wait for models, textures and surroundings that
	// the client is still loading, at most one minute; default 10 s, negative for none.
	// The picture then shows what has been loaded. Upstream viser's client never waits.
	AssetWait time.Duration
}

// maxAssetWait bounds RenderOptions.AssetWait.
const maxAssetWait = time.Minute

// renderQuality is the JPEG quality, that of upstream viser.
const renderQuality = 80

// maxRenderSide bounds a picture's sides; clients render large ones in tiles.
const maxRenderSide = 16384

// Render returns a picture of the scene of the given size in pixels, rendered by the
// client; it may be larger than the client's window. It contains everything that the
// program wrote before the call. Calls may run concurrently.
//
// It waits for the client until ctx ends. The error is ctx's, ErrClientLeft,
// ErrNoPicture, or that of decoding the response. It panics with a *UsageError if the
// size is not between 1 and 16,384, an option is not finite, or Pose is given together
// with Position or WXYZ.
func (c *Client) Render(ctx context.Context, width, height int, opts *RenderOptions) (image.Image, error) {
	payload, err := c.RenderEncoded(ctx, width, height, opts)
	if err != nil {
		return nil, err
	}
	return checkedPicture(payload, width, height)
}

// RenderEncoded is like [Client.Render], but returns the encoded picture: a JPEG or,
// with [PNG] as the format, a PNG. The picture is not decoded, and its size is not
// checked.
func (c *Client) RenderEncoded(ctx context.Context, width, height int, opts *RenderOptions) ([]byte, error) {
	req := c.renderRequest(width, height, orPtr(opts, RenderOptions{}))
	if n := c.viewports.Len(); req.Viewport >= n {
		return nil, fmt.Errorf("render: viewport %d is not there, the page has %d; divide it with Viewports().SetLayout", req.Viewport, n)
	}
	c.server.renders.Add(1)
	payload, err := c.requestRender(ctx, req)
	if err != nil {
		c.server.rendersFailed.Add(1)
	}
	return payload, err
}

func (c *Client) requestRender(ctx context.Context, req *wire.GetRenderRequestMessage) ([]byte, error) {
	answer := make(chan []byte, 1)
	if err := c.expect(req.RenderUUID, answer); err != nil {
		return nil, err
	}
	defer c.forget(req.RenderUUID)
	if err := c.sendError(c.scope.Send(req)); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	c.Flush()
	select {
	case payload := <-answer:
		if len(payload) == 0 {
			return nil, fmt.Errorf("render: %w", ErrNoPicture)
		}
		return payload, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("render: waiting for the client: %w", ctx.Err())
	case <-c.ctx.Done():
		return nil, fmt.Errorf("render: %w", ErrClientLeft)
	}
}

func (c *Client) renderRequest(width, height int, o RenderOptions) *wire.GetRenderRequestMessage {
	const fn = "Client.Render"
	if width < 1 || height < 1 || width > maxRenderSide || height > maxRenderSide {
		usage(fn, "the size %dx%d is not between 1x1 and %dx%d", width, height, maxRenderSide, maxRenderSide)
	}
	oneOf(fn, "Format", o.Format, AutoFormat, JPEG, PNG)
	if o.Viewport < 0 || o.Viewport >= maxViewports {
		usage(fn, "there is no viewport %d; numbers are from 0 to %d", o.Viewport, maxViewports-1)
	}
	view := c.viewports.At(o.Viewport).Camera().State()
	pose, fov := o.view(fn, view)
	checkDuration(fn, "AssetWait", o.AssetWait)
	if o.AssetWait > maxAssetWait {
		usage(fn, "AssetWait is %v; it must be at most %v", o.AssetWait, maxAssetWait)
	}
	oneOf(fn, "Projection", o.Projection, "", Perspective, Orthographic)
	format := wire.RenderFormatImageJpeg
	if o.Format == PNG {
		format = wire.RenderFormatImagePng
	}
	return &wire.GetRenderRequestMessage{
		Format: format, Width: width, Height: height, Quality: renderQuality,
		WXYZ: pose.Rotation.WXYZ(), Position: pose.Translation, FOV: fov, RenderUUID: newUUID(),
		AssetWaitMS: c.assetWaitMS(o.AssetWait), OrthographicHeight: c.orthographicHeight(o.Projection, fov, view),
		Viewport: o.Viewport,
	}
}

// view returns the view of the options. The default of what is not set is the
// camera's.
func (o *RenderOptions) view(fn string, camera CameraEvent) (pose Pose, fov float64) {
	if o.Pose == nil {
		pose = Pose{Rotation: orPtr(o.WXYZ, camera.WXYZ), Translation: orPtr(o.Position, camera.Position)}
	} else if o.WXYZ != nil || o.Position != nil {
		usage(fn, "Pose is given together with Position or WXYZ; give the one or the others")
	} else {
		pose = fitPose(fn, *o.Pose)
	}
	fov = or(o.FOV, camera.FOV)
	checkPose(fn, pose)
	checkFOV(fn, fov)
	return pose, fov
}

// assetWaitMS is the limit for clients of viser-go.v1; 0 is their default.
func (c *Client) assetWaitMS(wait time.Duration) int {
	switch {
	case !c.extended:
		return 0
	case wait < 0:
		return -1
	}
	return int(wait.Milliseconds())
}

// orthographicHeight is the height of what an orthographic picture shows; 0 is a
// perspective.
func (c *Client) orthographicHeight(p Projection, fov float64, view CameraEvent) float64 {
	if !c.extended || or(p, view.Projection) != Orthographic {
		return 0
	}
	return 2 * norm(sub(view.LookAt, view.Position)) * math.Tan(fov/2)
}

func checkedPicture(payload []byte, width, height int) (image.Image, error) {
	img, err := picture.Decode(payload, width, height)
	if err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	return img, nil
}

// expect registers the channel for the response with that id.
func (c *Client) expect(id string, answer chan []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx.Err() != nil {
		return fmt.Errorf("render: %w", ErrClientLeft)
	}
	c.renders[id] = answer
	return nil
}

// sendError turns an error of the client's scope into one of the API.
func (c *Client) sendError(err error) error {
	if errors.Is(err, state.ErrClosed) {
		return ErrClientLeft
	}
	return err
}

func (c *Client) forget(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.renders, id)
}

// rendered delivers a response to the call that waits for it, if one still does.
func (c *Client) rendered(m *wire.GetRenderResponseMessage) {
	c.mu.Lock()
	answer := c.renders[m.RenderUUID]
	delete(c.renders, m.RenderUUID)
	c.mu.Unlock()
	if answer != nil {
		answer <- append([]byte(nil), m.Payload...)
	}
}
