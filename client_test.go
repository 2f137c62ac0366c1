package viser_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestClientsConnectAndLeave(t *testing.T) {
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

func TestAtomicReachesTheClientInOneStep(t *testing.T) {
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
