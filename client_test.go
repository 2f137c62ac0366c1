package viser_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestClientsComeAndGo(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		var log record[string]
		s.OnClientConnect(func(_ context.Context, c *viser.Client) { log.add(fmt.Sprint("early ", c.ID())) })
		offD := s.OnClientDisconnect(func(_ context.Context, c *viser.Client) { log.add(fmt.Sprint("gone ", c.ID())) })

		p := open(t, s, false)
		synctest.Wait()
		for c := range s.Clients() {
			t.Errorf("client %d is connected without a camera", c.ID())
		}
		cam := someCamera
		p.Receive(&cam)
		p.Receive(&cam)
		_, b := connect(t, s)
		s.OnClientConnect(func(ctx context.Context, c *viser.Client) { log.add(fmt.Sprint("late ", c.ID())) })
		synctest.Wait()
		got := log.got()
		slices.Sort(got) // clients do not wait for each other
		if diff := cmp.Diff([]string{"early 0", "early 1", "late 0", "late 1"}, got); diff != "" {
			t.Errorf("each callback must get each client once, also those before it: %s", diff)
		}
		if b.ID() != 1 || b.Context().Err() != nil {
			t.Errorf("id %d, ctx %v", b.ID(), b.Context().Err())
		}
		a, ok := s.Client(0)
		if !ok {
			t.Fatal("client 0 is not there")
		}
		p.Leave()
		synctest.Wait()
		if got := log.got(); got[len(got)-1] != "gone 0" || a.Context().Err() == nil {
			t.Errorf("%q, ctx %v", got, a.Context().Err())
		}
		if _, ok := s.Client(0); ok {
			t.Error("client 0 is still there")
		}
		offD()
		_, c := connect(t, s)
		if c.ID() != 2 {
			t.Errorf("the id %d was used before", c.ID())
		}
	})
}

func TestClientScopesAreItsOwn(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		other, _ := connect(t, s)
		other.catchUp()
		c.Scene().AddBox("/group/mine", nil)
		c.GUI().AddCheckbox("mine", true, nil)
		folder := s.GUI().AddFolder("shared", nil)
		c.GUI().In(folder).AddCheckbox("mine in the shared folder", true, nil)
		p.catchUp()
		box := last[*wire.BoxMessage](p)
		if box.Owner != "0" || box.Virtual {
			t.Errorf("%+v", box.SceneHeader)
		}
		if parent := last[*wire.FrameMessage](p); parent.Name != "/group" || !parent.Virtual || parent.Owner != "0" {
			t.Errorf("%+v", parent.SceneHeader)
		}
		if n := len(all[*wire.GuiCheckboxMessage](p)); n != 2 {
			t.Errorf("%d checkboxes", n)
		}
		if in := last[*wire.GuiCheckboxMessage](p); in.ContainerUUID != last[*wire.GuiFolderMessage](p).UUID {
			t.Error("the client's checkbox is not in the shared folder")
		}
		for _, m := range other.catchUp() {
			if m.Type() != "GuiFolderMessage" {
				t.Errorf("another client was sent %s", m.Type())
			}
		}
		misused(t, "shared element in a client's folder", func() { s.GUI().In(c.GUI().AddFolder("own", nil)) })

		p.catchUp()
		folder.Remove()
		if n := len(p.catchUp()); n != 2 {
			t.Errorf("%d messages; want the removals of the folder and of the checkbox in it", n)
		}
		p.Leave()
		c.Scene().AddBox("/after", nil) // does nothing, and does not fail
		c.GUI().AddButton("after", nil)
		c.Notify("after", "", nil).SetTitle("still")
	})
}

func TestClickReachesTheOwnersCallbackOnly(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		var log record[string]
		on := func(who string) func(context.Context, viser.ClickEvent) {
			return func(_ context.Context, e viser.ClickEvent) {
				log.add(fmt.Sprint(who, " ", e.Target.Name(), " ", e.InstanceIndex, " ", e.Modifier))
			}
		}
		s.Scene().AddBox("/x", nil).OnClick(on("server"))
		mine := c.Scene().AddBox("/x", nil)
		off := mine.OnClick(on("client"))
		mine.OnClick(on("client shift"), viser.Shift, viser.CmdCtrl)
		p.catchUp()
		if b := last[*wire.SetSceneNodeClickBindingsMessage](p); len(b.Bindings) != 2 || *b.Bindings[1].Modifier != "cmd/ctrl+shift" {
			t.Errorf("%+v", b)
		}
		mod := "cmd/ctrl+shift"
		p.Receive(&wire.SceneNodeClickMessage{Name: "/x"})
		synctest.Wait()
		p.Receive(&wire.SceneNodeClickMessage{Name: "/x", Owner: "0", InstanceIndex: new(3)})
		synctest.Wait()
		p.Receive(&wire.SceneNodeClickMessage{Name: "/x", Owner: "0", Modifier: &mod})
		p.Receive(&wire.SceneNodeClickMessage{Name: "/x", Owner: "7"})
		p.Receive(&wire.SceneNodeClickMessage{Name: "/none"})
		synctest.Wait()
		off()
		p.Receive(&wire.SceneNodeClickMessage{Name: "/x", Owner: "0"})
		synctest.Wait()
		want := []string{"server /x -1 ", "client /x -1 ", "client shift /x -1 cmd/ctrl+shift"}
		if diff := cmp.Diff(want, log.got()); diff != "" {
			t.Error(diff)
		}
		p.catchUp()
		if b := last[*wire.SetSceneNodeClickBindingsMessage](p); len(b.Bindings) != 1 {
			t.Errorf("%+v", b)
		}
	})
}

// TestClickHasHit covers the kinds for which only our page sends clicks, and clients
// that send no hit, or an invalid hit or part.
func TestClickHasHit(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		var log record[string]
		on := func(_ context.Context, e viser.ClickEvent) {
			log.add(fmt.Sprint(e.Target.Name(), " ", e.InstanceIndex, " ", e.Hit, " ", e.HasHit))
		}
		sc := s.Scene()
		triangle := [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
		red := []viser.RGB{{255, 0, 0}}
		sc.AddPointCloud("/points", triangle, red, nil).OnClick(on)
		sc.AddLineSegments("/lines", make([][2][3]float32, 3), make([][2]viser.RGB, 3), nil).OnClick(on)
		sc.AddArrows("/arrows", make([][2][3]float32, 3), red, nil).OnClick(on)
		sc.AddSplineCatmullRom("/catmull", triangle, nil).OnClick(on)
		sc.AddSplineCubicBezier("/bezier", triangle[:2], triangle[:2], nil).OnClick(on)
		sc.AddLabel("/label", "text", nil).OnClick(on)
		var want []string
		for _, name := range []string{"/points", "/lines", "/arrows", "/catmull", "/bezier"} {
			p.Receive(&wire.SceneNodeClickMessage{Name: name, InstanceIndex: new(2), HitPosition: &[3]float64{1, 2, 3}})
			synctest.Wait()
			want = append(want, name+" 2 [1 2 3] true")
		}
		p.Receive(&wire.SceneNodeClickMessage{Name: "/points", InstanceIndex: new(3)}) // there are three
		p.Receive(&wire.SceneNodeClickMessage{Name: "/points", InstanceIndex: new(-1)})
		p.Receive(&wire.SceneNodeClickMessage{Name: "/label", HitPosition: &[3]float64{1, math.NaN(), 3}})
		synctest.Wait()
		p.Receive(&wire.SceneNodeClickMessage{Name: "/label"})
		synctest.Wait()
		want = append(want, "/label -1 [0 0 0] false", "/label -1 [0 0 0] false")
		if diff := cmp.Diff(want, log.got()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSceneClickAndRectangle(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		var clicks record[viser.SceneClickEvent]
		var rects record[viser.SceneRectSelectEvent]
		off := s.Scene().OnClick(func(_ context.Context, e viser.SceneClickEvent) { clicks.add(e) })
		c.Scene().OnRectSelect(func(_ context.Context, e viser.SceneRectSelectEvent) { rects.add(e) }, viser.Alt)
		p.catchUp()
		if f := all[*wire.ScenePointerEnableMessage](p); len(f) != 2 || f[0].Modifiers[0] != nil || *f[1].Modifiers[0] != "alt" || f[1].Owner != "0" {
			t.Errorf("%+v", f)
		}
		ray := [3]float64{0, 0, 1}
		p.Receive(&wire.ScenePointerMessage{EventType: "click", RayOrigin: &ray, RayDirection: &ray, ScreenPos: [][2]float64{{0.25, 0.5}}})
		alt := "alt"
		p.Receive(&wire.ScenePointerMessage{EventType: "rect-select", ScreenPos: [][2]float64{{0, 0.1}, {0.5, 1}}, Modifier: &alt})
		for _, bad := range []*wire.ScenePointerMessage{ // none of these may do anything
			{EventType: "click"}, {EventType: "click", ScreenPos: [][2]float64{{0, 0}}}, {EventType: "rect-select", Modifier: &alt}, {EventType: "what"},
		} {
			p.Receive(bad)
		}
		synctest.Wait()
		if got := clicks.got(); len(got) != 1 || got[0].ScreenPos != [2]float64{0.25, 0.5} || got[0].RayDirection != (viser.Vec3{0, 0, 1}) || got[0].Client != c {
			t.Errorf("%+v", got)
		}
		if got := rects.got(); len(got) != 1 || got[0].ScreenMax != [2]float64{0.5, 1} || got[0].Modifier != viser.Alt {
			t.Errorf("%+v", got)
		}
		off()
		p.catchUp()
		if f := last[*wire.ScenePointerEnableMessage](p); len(f.Modifiers) != 0 {
			t.Errorf("%+v", f)
		}
	})
}

func TestAtomicReachesThePageInOneStep(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		for _, atomic := range []func(func()){s.Atomic, c.Atomic} {
			p.catchUp()
			p.frames = nil
			atomic(func() {
				atomic(func() {
					for i := range 300 {
						s.Scene().AddFrame(fmt.Sprint("/s", i), nil)
						c.Scene().AddFrame(fmt.Sprint("/c", i), nil)
					}
				})
				time.Sleep(time.Second)
				c.GUI().SetPanelLabel(fmt.Sprint(len(p.seen)))
			})
			if ms := p.catchUp(); len(p.frames) != 1 || len(ms) < 601 {
				t.Errorf("%d messages in %d frames", len(ms), len(p.frames))
			}
		}
		func() {
			defer func() { recover() }()
			c.Atomic(func() {
				c.GUI().SetPanelLabel("from a block that panics")
				panic("oh")
			})
		}()
		p.catchUp()
		if l := last[*wire.SetGuiPanelLabelMessage](p); *l.Label != "from a block that panics" {
			t.Errorf("%q: a panic must release the block", *l.Label)
		}
	})
}

func TestFlushDoesNotWaitForTheWindow(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		for i, flush := range []func(){s.Flush, c.Flush, s.Flush, c.Flush} {
			start := time.Now()
			c.GUI().SetPanelLabel(fmt.Sprint(i))
			flush()
			p.read()
			if d := time.Since(start); d > 0 {
				t.Errorf("the flushed window came after %v", d)
			}
		}
	})
}

func TestNotification(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connect(t, s)
		other, _ := connect(t, s)
		other.catchUp()
		n := c.Notify("title", "body", &viser.NotificationOptions{Loading: true, NotClosable: true, AutoClose: 1500 * time.Millisecond, Color: viser.Teal})
		p.catchUp()
		want := wire.NotificationProps{Title: "title", Body: "body", Loading: true, AutoCloseSeconds: new(1.5), Color: wire.NamedColor("teal")}
		if diff := cmp.Diff(want, last[*wire.NotificationShowMessage](p).Props); diff != "" {
			t.Error(diff)
		}
		steps := []struct {
			set  func()
			want func(*wire.NotificationProps)
			got  func() bool
		}{
			{func() { n.SetTitle("t") }, func(w *wire.NotificationProps) { w.Title = "t" }, func() bool { return n.Title() == "t" }},
			{func() { n.SetBody("b") }, func(w *wire.NotificationProps) { w.Body = "b" }, func() bool { return n.Body() == "b" }},
			{func() { n.SetLoading(false) }, func(w *wire.NotificationProps) { w.Loading = false }, func() bool { return !n.Loading() }},
			{func() { n.SetClosable(true) }, func(w *wire.NotificationProps) { w.WithCloseButton = true }, func() bool { return n.Closable() }},
			{func() { n.SetAutoClose(0) }, func(w *wire.NotificationProps) { w.AutoCloseSeconds = nil }, func() bool { return n.AutoClose() == 0 }},
			{func() { n.SetAutoClose(time.Minute) }, func(w *wire.NotificationProps) { w.AutoCloseSeconds = new(60.0) }, func() bool { return n.AutoClose() == time.Minute }},
			{func() { n.SetColor(viser.RGB{1, 2, 3}) }, func(w *wire.NotificationProps) { w.Color = wire.RGBColor(1, 2, 3) }, func() bool { return n.Color() == viser.RGB{1, 2, 3} }},
		}
		for i, step := range steps {
			step.set()
			step.set() // setting it again sends nothing
			step.want(&want)
			ms := p.catchUp()
			if len(ms) != 1 || !step.got() {
				t.Errorf("step %d: %d messages", i, len(ms))
			}
			if diff := cmp.Diff(want, last[*wire.NotificationUpdateMessage](p).Props); diff != "" {
				t.Errorf("step %d: %s", i, diff)
			}
		}
		n.Remove()
		n.Remove()
		if got := types(p.catchUp()); len(got) != 1 || got[0] != "RemoveNotificationMessage" {
			t.Errorf("%q", got)
		}
		n.SetTitle("too late")
		if len(p.catchUp()) != 0 || !log.has("removed notification") {
			t.Error("a removed notification must only cause a line in the log")
		}
		if ms := other.catchUp(); len(ms) != 0 {
			t.Errorf("another client was sent %q", types(ms))
		}
		misused(t, "negative time", func() { c.Notify("", "", &viser.NotificationOptions{AutoClose: -1}) })
	})
}

// received puts a download together again.
func (p *page) received() (start *wire.FileTransferStartDownload, content []byte) {
	p.catchUp()
	start = last[*wire.FileTransferStartDownload](p)
	n := 0
	for _, part := range all[*wire.FileTransferPart](p) {
		if part.TransferUUID != start.TransferUUID {
			continue
		}
		if part.PartIndex != n {
			p.t.Errorf("part %d came as number %d", part.PartIndex, n)
		}
		n++
		content = append(content, part.Content...)
	}
	if n != start.PartCount {
		p.t.Errorf("%d of %d parts came", n, start.PartCount)
	}
	return start, content
}

func TestDownload(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		content := bytes.Repeat([]byte("0123456789"), 250_000)
		for _, test := range []struct {
			name string
			size int
			opts *viser.DownloadOptions
			mime string
		}{
			{"a.json", 10, nil, "application/json"},
			{"empty.txt", 0, nil, "text/plain"},
			{"big.tar.gz", 2_500_000, nil, "application/x-tar"},
			{"picture.png", 1 << 20, &viser.DownloadOptions{SaveImmediately: true}, "image/png"},
			{"no-ending", 1001, &viser.DownloadOptions{PartSize: 100}, "application/octet-stream"},
		} {
			want := content[:test.size]
			for _, how := range []string{"bytes", "reader", "all", "all from a reader"} {
				switch how {
				case "bytes":
					mine := bytes.Clone(want)
					c.SendFileDownload(test.name, mine, test.opts)
					clear(mine) // it was copied
				case "reader":
					if err := c.SendFileDownloadFrom(test.name, bytes.NewReader(want), int64(test.size), test.opts); err != nil {
						t.Fatal(err)
					}
				case "all":
					s.SendFileDownload(test.name, want, test.opts)
				case "all from a reader":
					if err := s.SendFileDownloadFrom(test.name, bytes.NewReader(want), int64(test.size), test.opts); err != nil {
						t.Fatal(err)
					}
				}
				start, got := p.received()
				if !bytes.Equal(got, want) || start.SizeBytes != test.size || start.Filename != test.name || start.MimeType != test.mime {
					t.Errorf("%s by %s: %d bytes, %+v", test.name, how, len(got), start)
				}
				if start.SaveImmediately != (test.opts != nil && test.opts.SaveImmediately) {
					t.Errorf("%s: save immediately is %v", test.name, start.SaveImmediately)
				}
			}
		}
	})
}

// An endless reader gives zeros and counts them.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	return len(p), nil
}

func TestDownloadFails(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		if err := c.SendFileDownloadFrom("short", strings.NewReader("abc"), 4, nil); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("a reader that ends early: %v", err)
		}
		broken := errors.New("broken")
		if err := c.SendFileDownloadFrom("broken", io.MultiReader(strings.NewReader("abc"), errReader{broken}), 9, nil); !errors.Is(err, broken) {
			t.Errorf("a reader that fails: %v", err)
		}
		misused(t, "no name", func() { c.SendFileDownload("", nil, nil) })
		misused(t, "parts of no size", func() { s.SendFileDownload("a", nil, &viser.DownloadOptions{PartSize: -1}) })
		misused(t, "a negative size", func() { _ = s.SendFileDownloadFrom("a", nil, -1, nil) })

		// The file waits on disk, not in memory, while the page does not read.
		if err := c.SendFileDownloadFrom("large", &endless{}, 64<<20, nil); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			p.read()
		}
		p.Leave() // in the middle
		if err := c.SendFileDownloadFrom("late", strings.NewReader("abc"), 3, nil); err == nil {
			t.Error("a download to a client that has left must fail")
		}
	})
}

type errReader struct{ err error }

func (e errReader) Read([]byte) (int, error) { return 0, e.err }

// picture encodes a picture of one color, as a page would.
func picture(t *testing.T, format string, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 200
	}
	var buf bytes.Buffer
	var err error
	if format == "image/png" {
		err = png.Encode(&buf, img)
	} else {
		err = jpeg.Encode(&buf, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestRender(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		type result struct {
			img image.Image
			err error
		}
		results := make([]chan result, 3)
		for i := range results {
			results[i] = make(chan result, 1)
			go func() {
				opts := &viser.RenderOptions{FOV: 0.5, Position: &viser.Vec3{1, 2, 3}}
				if i == 1 {
					opts = &viser.RenderOptions{Format: viser.PNG, AssetWait: -1}
				} else if i == 2 {
					opts = &viser.RenderOptions{FOV: 0.5, Pose: &viser.Pose{Rotation: viser.Quat{X: 1}, Translation: viser.Vec3{1, 2, 3}}, AssetWait: 2 * time.Second}
				}
				img, err := c.Render(t.Context(), 10+i, 20, opts)
				results[i] <- result{img, err}
			}()
		}
		synctest.Wait()
		p.catchUp()
		requests := all[*wire.GetRenderRequestMessage](p)
		if len(requests) != 3 {
			t.Fatalf("%d requests", len(requests))
		}
		for i := range requests { // answered in another order
			r := requests[len(requests)-1-i]
			wantFOV, wantPos, format := 0.5, [3]float64{1, 2, 3}, "image/jpeg"
			if r.Width == 11 {
				wantFOV, wantPos, format = 1, someCamera.Position, "image/png"
			}
			wantWXYZ := someCamera.WXYZ
			if r.Width == 12 {
				wantWXYZ = [4]float64{0, 1, 0, 0}
			}
			wantWait := map[int]int{10: 0, 11: -1, 12: 2000}[r.Width]
			if r.AssetWaitMS != wantWait || r.FOV != wantFOV || r.Position != wantPos || r.WXYZ != wantWXYZ || r.Format != format || r.Quality != 80 || r.Height != 20 {
				t.Errorf("%+v", r)
			}
			p.Receive(&wire.GetRenderResponseMessage{RenderUUID: r.RenderUUID, Payload: picture(t, r.Format, r.Width, r.Height)})
			p.Receive(&wire.GetRenderResponseMessage{RenderUUID: r.RenderUUID, Payload: []byte("twice")})
		}
		for i, ch := range results {
			r := <-ch
			if r.err != nil || r.img.Bounds().Dx() != 10+i {
				t.Errorf("picture %d: %v", i, r.err)
				continue
			}
			if _, _, _, a := r.img.At(0, 0).RGBA(); (a != 0xffff) != (i == 1) {
				t.Errorf("picture %d: alpha %x", i, a)
			}
		}
	})
}

func TestRenderFails(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		try := func(answer func(id string)) error {
			done := make(chan error, 1)
			go func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				_, err := c.Render(ctx, 8, 8, nil)
				done <- err
			}()
			synctest.Wait()
			p.catchUp()
			answer(last[*wire.GetRenderRequestMessage](p).RenderUUID)
			return <-done
		}
		say := func(payload []byte) func(string) {
			return func(id string) { p.Receive(&wire.GetRenderResponseMessage{RenderUUID: id, Payload: payload}) }
		}
		if err := try(say(nil)); !errors.Is(err, viser.ErrNoPicture) {
			t.Errorf("an empty answer: %v", err)
		}
		if err := try(say([]byte("no picture"))); err == nil {
			t.Error("garbage was taken for a picture")
		}
		if err := try(say(picture(t, "image/jpeg", 9, 8))); err == nil || !strings.Contains(err.Error(), "9x8") {
			t.Errorf("another size: %v", err)
		}
		if err := try(func(string) { p.Receive(&wire.GetRenderResponseMessage{RenderUUID: "of nobody"}) }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("no answer: %v", err)
		}
		if err := try(func(string) { p.Leave() }); !errors.Is(err, viser.ErrClientLeft) {
			t.Errorf("a client that leaves: %v", err)
		}
		if _, err := c.Render(t.Context(), 8, 8, nil); !errors.Is(err, viser.ErrClientLeft) {
			t.Errorf("a client that has left: %v", err)
		}
		misused(t, "no width", func() { c.Render(t.Context(), 0, 8, nil) })
		misused(t, "too high", func() { c.Render(t.Context(), 8, 1<<20, nil) })
		misused(t, "field of view", func() { c.Render(t.Context(), 8, 8, &viser.RenderOptions{FOV: 4}) })
		misused(t, "asset wait", func() { c.Render(t.Context(), 8, 8, &viser.RenderOptions{AssetWait: 5}) })
		misused(t, "pose and position", func() {
			c.Render(t.Context(), 8, 8, &viser.RenderOptions{Pose: &viser.Pose{}, Position: &viser.Vec3{}})
		})
		misused(t, "pose", func() {
			c.Render(t.Context(), 8, 8, &viser.RenderOptions{Pose: &viser.Pose{Translation: viser.Vec3{math.NaN()}}})
		})
		misused(t, "orientation", func() { c.Render(t.Context(), 8, 8, &viser.RenderOptions{WXYZ: &viser.Quat{}}) })
	})
}
