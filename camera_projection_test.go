package viser_test

import (
	"errors"
	"math"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func orthographicCamera() *wire.ViewerCameraMessage {
	m := someCamera
	p := wire.CameraProjectionOrthographic
	m.Projection = &p
	return &m
}

func TestCameraProjection(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		cam := c.Camera()
		if cam.Projection() != viser.Perspective || cam.State().Projection != viser.Perspective {
			t.Errorf("at first %q", cam.Projection())
		}
		for range 2 { // the same again sends nothing
			if err := cam.SetProjection(viser.Orthographic); err != nil {
				t.Error(err)
			}
		}
		p.catchUp()
		sent := all[*wire.SetCameraProjectionMessage](p)
		if len(sent) != 1 || sent[0].Projection != "orthographic" || sent[0].Initial || cam.Projection() != viser.Orthographic {
			t.Errorf("sent %+v, now %q", sent, cam.Projection())
		}

		// The user's page has the last word.
		report := someCamera
		p.Receive(&report)
		synctest.Wait()
		if cam.Projection() != viser.Perspective {
			t.Error("the page's perspective was not noticed")
		}
		p.Receive(orthographicCamera())
		synctest.Wait()
		if e := cam.State(); e.Projection != viser.Orthographic {
			t.Errorf("%+v", e)
		}
		odd, strange := someCamera, wire.CameraProjection("fisheye")
		odd.Projection = &strange
		p.Receive(&odd)
		synctest.Wait()
		if cam.Projection() != viser.Perspective {
			t.Errorf("a page's %q is %q", strange, cam.Projection())
		}

		for _, wrong := range []viser.Projection{"", "fisheye"} {
			misused(t, "a projection", func() { _ = cam.SetProjection(wrong) })
			misused(t, "an initial projection", func() { s.InitialCamera().SetProjection(wrong) })
		}
		p.Leave()
		synctest.Wait()
		if err := cam.SetProjection(viser.Orthographic); !errors.Is(err, viser.ErrClientLeft) {
			t.Error(err)
		}
	})
}

// TestProjectionOfPlainClients: upstream viser's client is sent nothing that it does not know.
func TestProjectionOfPlainClients(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.InitialCamera().SetProjection(viser.Orthographic)
		p, c := connectAs(t, s, false)
		if err := c.Camera().SetProjection(viser.Orthographic); err != nil || c.Camera().Projection() != viser.Perspective {
			t.Errorf("%q, %v", c.Camera().Projection(), err)
		}
		p.catchUp()
		if sent := all[*wire.SetCameraProjectionMessage](p); len(sent) != 0 {
			t.Errorf("sent %+v", sent)
		}
		late := open(t, s, true)
		if m := last[*wire.SetCameraProjectionMessage](late); !m.Initial || m.Projection != "orthographic" || s.InitialCamera().Projection() != viser.Orthographic {
			t.Errorf("%+v", m)
		}
	})
}

func TestRenderProjection(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		height := func(opts *viser.RenderOptions) float64 {
			t.Helper()
			done := make(chan error, 1)
			go func() {
				_, err := c.RenderEncoded(t.Context(), 4, 4, opts)
				done <- err
			}()
			synctest.Wait()
			p.catchUp()
			r := last[*wire.GetRenderRequestMessage](p)
			p.Receive(&wire.GetRenderResponseMessage{RenderUUID: r.RenderUUID, Payload: []byte("picture")})
			if err := <-done; err != nil {
				t.Error(err)
			}
			return r.OrthographicHeight
		}
		away := math.Hypot(math.Hypot(someCamera.Position[0]-someCamera.LookAt[0], someCamera.Position[1]-someCamera.LookAt[1]), someCamera.Position[2]-someCamera.LookAt[2])
		want := 2 * away * math.Tan(someCamera.FOV/2)
		if h := height(nil); h != 0 {
			t.Errorf("a perspective has the height %v", h)
		}
		if h := height(&viser.RenderOptions{Projection: viser.Orthographic}); math.Abs(h-want) > 1e-9 {
			t.Errorf("%v, not %v", h, want)
		}
		p.Receive(orthographicCamera())
		synctest.Wait()
		if h := height(nil); math.Abs(h-want) > 1e-9 {
			t.Errorf("as the client draws: %v, not %v", h, want)
		}
		if h := height(&viser.RenderOptions{Projection: viser.Perspective}); h != 0 {
			t.Errorf("a perspective has the height %v", h)
		}
		misused(t, "a projection", func() { _, _ = c.Render(t.Context(), 1, 1, &viser.RenderOptions{Projection: "fisheye"}) })
	})
}

func TestFollow(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		plain, d := connectAs(t, s, false)
		box := s.Scene().AddBox("/robot/arm", nil)
		if err := c.Camera().Follow(box, true); err != nil {
			t.Fatal(err)
		}
		p.catchUp()
		if m := last[*wire.SetCameraFollowMessage](p); m.Name == nil || *m.Name != "/robot/arm" || !m.Turn || m.Viewport != 0 {
			t.Errorf("%+v", m)
		}
		if err := c.Viewports().At(1).Camera().Follow(box, false); err != nil {
			t.Fatal(err)
		}
		p.catchUp()
		if m := last[*wire.SetCameraFollowMessage](p); m.Viewport != 1 || m.Turn {
			t.Errorf("%+v", m)
		}
		if err := c.Camera().Unfollow(); err != nil {
			t.Fatal(err)
		}
		p.catchUp()
		if m := last[*wire.SetCameraFollowMessage](p); m.Viewport != 0 || m.Name != nil {
			t.Errorf("%+v", m)
		}
		if err := d.Camera().Follow(box, false); err != nil {
			t.Errorf("a plain client: %v", err)
		}
		plain.catchUp()
		if n := len(all[*wire.SetCameraFollowMessage](plain)); n != 0 {
			t.Errorf("a plain client got %d", n)
		}
		misused(t, "nil", func() { _ = c.Camera().Follow(nil, false) })
		misused(t, "another client's node", func() { _ = c.Camera().Follow(d.Scene().AddBox("/own", nil), false) })
		p.Leave()
		if err := c.Camera().Follow(box, false); err == nil {
			t.Error("the camera of a client that has left follows")
		}
	})
}
