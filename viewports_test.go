package viser_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// divides reports a layout as the page's user has chosen it.
func divides(p *page, layout string, linked bool) {
	p.catchUp()
	m := &wire.ViewportsMessage{Layout: layout, Linked: linked}
	if all := all[*wire.SetViewportsMessage](p); len(all) > 0 {
		m.Revision = all[len(all)-1].Revision
	}
	p.Receive(m)
	synctest.Wait()
}

func TestViewportsAreState(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		early, c := connectAs(t, s, true)
		s.SetViewports(viser.TwoRows, true)
		if v := c.Viewports(); v.Layout() != viser.TwoRows || !v.Linked() || v.Len() != 2 {
			t.Errorf("for all: %v, %v", v.Layout(), v.Linked())
		}
		late, d := connectAs(t, s, true)
		for _, p := range []*page{early, late} {
			p.catchUp()
			if m := last[*wire.SetViewportsMessage](p); m.Layout != "rows" || !m.Linked || m.Revision == 0 {
				t.Errorf("%+v", m)
			}
		}
		if d.Viewports().Len() != 2 {
			t.Error("a late client's layout is not what was set for all")
		}
		before := last[*wire.SetViewportsMessage](early).Revision
		c.Viewports().SetLayout(viser.FourViewports)
		c.Viewports().SetLayout(viser.FourViewports) // sends nothing
		early.catchUp()
		if m := last[*wire.SetViewportsMessage](early); m.Layout != "grid" || m.Revision != before+1 {
			t.Errorf("the client's own: %+v", m)
		}
		s.SetViewports(viser.SingleViewport, false)
		early.catchUp()
		if m := last[*wire.SetViewportsMessage](early); m.Layout != "single" || c.Viewports().Len() != 1 {
			t.Errorf("set for all after the client's own: %+v", m)
		}
	})
}

func TestPlainClientsHaveOneViewport(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, false)
		box := s.Scene().AddBox("/box", nil)
		s.SetViewports(viser.TwoColumns, false)
		c.Viewports().SetLayout(viser.FourViewports)
		c.Viewports().At(1).Hide(box)
		if err := c.Viewports().At(1).Camera().SetFOV(1.2); err != nil {
			t.Error(err)
		}
		p.Receive(&wire.ViewportsMessage{Layout: "grid"})
		p.Receive(&wire.ViewportCameraMessage{Viewport: 1, WXYZ: [4]float64{1}, FOV: 0.5})
		p.catchUp()
		for _, m := range p.seen {
			if strings.Contains(m.Type(), "Viewport") {
				t.Errorf("a plain client got a %s", m.Type())
			}
		}
		if n := c.Viewports().Len(); n != 1 {
			t.Errorf("it has %d viewports", n)
		}
	})
}

func TestViewportCameras(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		views := c.Viewports()
		if views.At(0).Camera() != c.Camera() || views.At(2).Index() != 2 || views.At(2).Client() != c {
			t.Error("the viewports are not the client's")
		}
		camera := views.At(1).Camera()
		if camera.Position() != c.Camera().Position() || camera.FOV() != 1 {
			t.Errorf("it begins at %v, not as the main camera", camera.Position())
		}
		// Before the page has reported it, nothing is known to be shown.
		if err := camera.SetProjection(viser.Perspective); err != nil {
			t.Fatal(err)
		}
		if err := camera.SetPosition(viser.Vec3{1, 2, 3}); err != nil {
			t.Fatal(err)
		}
		if err := camera.SetFOV(1); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range p.catchUp() {
			v, ok := m.(*wire.SetViewportCameraMessage)
			if !ok {
				t.Errorf("the main camera got a %s", m.Type())
				continue
			}
			switch {
			case v.Position != nil:
				got = append(got, fmt.Sprint(v.Viewport, " at ", *v.Position))
			case v.LookAt != nil:
				got = append(got, fmt.Sprint(v.Viewport, " to ", *v.LookAt))
			case v.FOV != nil:
				got = append(got, fmt.Sprint(v.Viewport, " fov ", *v.FOV))
			case v.Projection != nil:
				got = append(got, fmt.Sprint(v.Viewport, " ", *v.Projection))
			}
		}
		want := []string{"1 perspective", "1 at [1 2 3]", "1 to [1 2 8]", "1 fov 1"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		var events record[string]
		camera.OnUpdate(func(_ context.Context, e viser.CameraEvent) {
			events.add(fmt.Sprint(e.Viewport, " ", e.Position, " ", e.Projection))
		})
		c.Camera().OnUpdate(func(context.Context, viser.CameraEvent) { t.Error("the main camera has not moved") })
		p.Receive(&wire.ViewportCameraMessage{
			Viewport: 1, WXYZ: [4]float64{1}, Position: [3]float64{7, 0, 0}, LookAt: [3]float64{7, 0, 5}, UpDirection: [3]float64{0, -1, 0},
			FOV: 0.5, Near: 0.1, Far: 10, ImageWidth: 320, ImageHeight: 240, Projection: "orthographic",
		})
		synctest.Wait()
		if diff := cmp.Diff([]string{"1 [7 0 0] orthographic"}, events.got()); diff != "" {
			t.Error(diff)
		}
		if camera.ImageWidth() != 320 || camera.Aspect() != 4.0/3 {
			t.Errorf("its size is %d", camera.ImageWidth())
		}
		camera.SetFOV(0.5) // is shown already
		if n := len(p.catchUp()); n != 0 {
			t.Errorf("%d messages for what is shown already", n)
		}
	})
}

func TestViewportEvents(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		var events record[string]
		off := c.Viewports().OnChange(func(_ context.Context, e viser.ViewportsEvent) {
			events.add(fmt.Sprint(e.Client.ID(), " ", e.Layout, " ", e.Linked))
		})
		ctx, cancel := context.WithCancel(t.Context())
		var loop record[int]
		ended := startLoop(func() {
			for e := range c.Viewports().Changes(ctx) {
				loop.add(e.Layout.Len())
			}
		})
		divides(p, "columns", false)
		divides(p, "columns", false) // no change
		divides(p, "main", true)
		if l := c.Viewports(); l.Layout() != viser.ThreeViewports || !l.Linked() {
			t.Errorf("%v, %v", l.Layout(), l.Linked())
		}
		// The page has not received the program's newest layout when it reports.
		c.Viewports().SetLayout(viser.TwoRows)
		p.Receive(&wire.ViewportsMessage{Layout: "grid", Revision: 0})
		synctest.Wait()
		if c.Viewports().Layout() != viser.TwoRows {
			t.Error("an outdated report replaced what the program has set")
		}
		off()
		divides(p, "grid", false)
		cancel()
		<-ended
		if diff := cmp.Diff([]string{"0 columns false", "0 main true"}, events.got()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]int{2, 3, 4}, loop.got()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestHiddenInViewport(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		_, other := connectAs(t, s, true)
		a, own := s.Scene().AddBox("/a", nil), c.Scene().AddBox("/own", nil)
		v := c.Viewports().At(2)
		v.Hide(a, own)
		v.Hide(a)
		p.catchUp()
		if ms := all[*wire.SetViewportHiddenMessage](p); len(ms) != 1 || ms[0].Viewport != 2 || !cmp.Equal(ms[0].Names, []string{"/a", "/own"}) {
			t.Errorf("%+v", ms)
		}
		own.Remove()
		if got := paths(v.Hidden()); !cmp.Equal(got, []string{"/a"}) {
			t.Errorf("%q are hidden", got)
		}
		v.Show(a)
		v.Show()
		v.Show()
		p.catchUp()
		if m := last[*wire.SetViewportHiddenMessage](p); len(m.Names) != 0 || len(v.Hidden()) != 0 {
			t.Errorf("%+v", m)
		}
		misused(t, "nil", func() { v.Hide(nil) })
		misused(t, "another client's node", func() { v.Hide(other.Scene().AddBox("/b", nil)) })
		misused(t, "viewport 4", func() { c.Viewports().At(4) })
		misused(t, "viewport -1", func() { c.Viewports().At(-1) })
		misused(t, "layout", func() { c.Viewports().SetLayout("five") })
		misused(t, "layout for all", func() { s.SetViewports("", false) })
	})
}

func TestViewportOfClicks(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connectAs(t, s, true)
		box := s.Scene().AddBox("/box", nil)
		var got record[string]
		box.OnClick(func(_ context.Context, e viser.ClickEvent) { got.add(fmt.Sprint("node ", e.Viewport)) })
		box.OnDrag(viser.LeftButton, func(_ context.Context, e viser.DragEvent) { got.add(fmt.Sprint("drag ", e.Viewport)) })
		s.Scene().OnClick(func(_ context.Context, e viser.SceneClickEvent) { got.add(fmt.Sprint("scene ", e.Viewport)) })
		s.Scene().OnRectSelect(func(_ context.Context, e viser.SceneRectSelectEvent) { got.add(fmt.Sprint("rect ", e.Viewport)) })
		for _, viewport := range []int{0, 3, 4, -1} {
			p.Receive(&wire.SceneNodeClickMessage{Name: "/box", Viewport: viewport})
			synctest.Wait()
		}
		p.Receive(&wire.SceneNodeDragMessage{Name: "/box", Phase: "start", Button: "left", Viewport: 2})
		synctest.Wait()
		p.Receive(&wire.ScenePointerMessage{EventType: "click", ScreenPos: [][2]float64{{}}, RayOrigin: &[3]float64{}, RayDirection: &[3]float64{0, 0, 1}, Viewport: 1})
		synctest.Wait()
		p.Receive(&wire.ScenePointerMessage{EventType: "rect-select", ScreenPos: [][2]float64{{}, {1, 1}}, Viewport: 2})
		synctest.Wait()
		want := []string{"node 0", "node 3", "node 0", "node 0", "drag 2", "scene 1", "rect 2"}
		if diff := cmp.Diff(want, got.got()[:7]); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRenderOfViewport(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		render := func() error {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			_, err := c.Render(ctx, 8, 8, &viser.RenderOptions{Viewport: 1})
			return err
		}
		if err := render(); err == nil || !strings.Contains(err.Error(), "viewport 1 is not there, the page has 1") {
			t.Errorf("without that viewport: %v", err)
		}
		c.Viewports().SetLayout(viser.TwoColumns)
		c.Viewports().At(1).Camera().SetPosition(viser.Vec3{9, 9, 9})
		c.Viewports().At(1).Camera().SetProjection(viser.Orthographic)
		if err := render(); err == nil {
			t.Error("a picture without a page that draws it")
		}
		p.catchUp()
		m := last[*wire.GetRenderRequestMessage](p)
		if m.Viewport != 1 || m.Position != [3]float64{9, 9, 9} || math.Abs(m.OrthographicHeight-2*5*math.Tan(0.5)) > 1e-9 {
			t.Errorf("%+v", m)
		}
		misused(t, "viewport 4", func() { c.Render(t.Context(), 8, 8, &viser.RenderOptions{Viewport: 4}) })
	})
}

func TestHostileViewports(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connectAs(t, s, true)
		c.Viewports().OnChange(func(context.Context, viser.ViewportsEvent) { t.Error("a change") })
		divides(p, "five", false)
		divides(p, strings.Repeat("x", 1<<20), true)
		for _, viewport := range []int{0, -1, 4, 1 << 40} {
			p.Receive(&wire.ViewportCameraMessage{Viewport: viewport, WXYZ: [4]float64{1}, FOV: 1})
		}
		p.Receive(&wire.ViewportCameraMessage{Viewport: 1, WXYZ: [4]float64{1}, FOV: math.NaN()})
		synctest.Wait()
		if !log.has("invalid viewports: there is no such layout") || !log.has("invalid camera") {
			t.Error("nothing was logged")
		}
		if c.Viewports().Len() != 1 || c.Camera().FOV() != 1 {
			t.Error("the page has changed what it must not")
		}
	})
}

func TestViewportCallbacksThatFail(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connectAs(t, s, true)
		box := s.Scene().AddBox("/a", nil)
		var calls record[bool]
		c.Viewports().OnChange(func(context.Context, viser.ViewportsEvent) { panic("bang") })
		c.Viewports().OnChange(func(ctx context.Context, e viser.ViewportsEvent) {
			p.Leave() // the client leaves in its own callback
			e.Client.Viewports().SetLayout(viser.FourViewports)
			e.Client.Viewports().At(1).Hide(box)
			calls.add(ctx.Err() != nil)
		})
		divides(p, "columns", false)
		if diff := cmp.Diff([]bool{true}, calls.got()); diff != "" || log.panics("bang") != 1 {
			t.Error(diff, log.panics("bang"))
		}
		if err := c.Viewports().At(1).Camera().SetFOV(1.5); err == nil {
			t.Error("the camera of a client that has left was moved")
		}
	})
}

func TestViewportsFromManyGoroutines(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		box := s.Scene().AddBox("/a", nil)
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				s.SetViewports(viser.TwoColumns, i%2 == 0)
				c.Viewports().SetLayout(viser.FourViewports)
				c.Viewports().At(i % 4).Hide(box)
				c.Viewports().At(i % 4).Show()
				_ = c.Viewports().At(i % 4).Camera().SetFOV(1 + float64(i)/10)
				p.Receive(&wire.ViewportsMessage{Layout: "rows"})
			})
		}
		all.Wait()
		p.catchUp()
		m := last[*wire.SetViewportsMessage](p)
		if string(c.Viewports().Layout()) != m.Layout || c.Viewports().Linked() != m.Linked {
			t.Errorf("the page was sent %v, %v, and the client has %v, %v", m.Layout, m.Linked, c.Viewports().Layout(), c.Viewports().Linked())
		}
	})
}

// Viewers may divide their own page.
func TestViewersDivideTheirPage(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := joinAs(t, s, viser.RoleView, "guest")
		divides(p, "grid", false)
		if n := c.Viewports().Len(); n != 4 {
			t.Errorf("it has %d viewports", n)
		}
	})
}
