package viser_test

import (
	"context"
	"fmt"
	"image"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// TestPosesOfThePastArePacked: a page of ours gets the poses of a time in one message, as live ones, also those of nodes
// that were created again for it; a page of upstream viser gets them one by one.
func TestPosesOfThePastArePacked(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Timeline(nil)
		var nodes []*viser.Box
		for i := range 9 {
			nodes = append(nodes, s.Scene().AddBox(fmt.Sprint("/box", i), nil))
		}
		live, ours, upstream := travel(t, s, true), travel(t, s, true), travel(t, s, false)
		move := func(x float64) {
			s.Atomic(func() {
				for i, n := range nodes {
					n.SetPose(viser.Pose{Rotation: viser.AxisAngle(viser.Vec3{0, 0, 1}, x), Translation: viser.Vec3{x, float64(i), 0}})
				}
			})
			time.Sleep(time.Second)
		}
		move(1)
		live.sync()
		was, at := live.shows.Clone(), live.client.TimelineState().To
		time.Sleep(time.Second)
		move(2)
		for i, n := range nodes[:3] {
			n.Remove()
			nodes[i] = s.Scene().AddBox(fmt.Sprint("/box", i), nil)
		}
		move(5000) // so far out that positions have 64 bits
		for _, p := range []*traveler{ours, upstream} {
			p.sync()
			before := len(p.seen)
			p.client.Seek(at)
			p.sync()
			p.mustShow("back", was)
			sent := &page{t: t, seen: p.seen[before:]}
			packed, single := len(all[*wire.PackedPosesMessage](sent)), len(all[*wire.SetPositionMessage](sent))
			if want := map[bool][2]int{true: {1, 0}, false: {0, 9}}[p == ours]; [2]int{packed, single} != want {
				t.Errorf("a page was sent %d messages of many poses and %d of one", packed, single)
			}
			p.client.Follow()
			p.sync()
			live.sync()
			p.mustShow("live", live.shows)
			move(3)
			p.sync()
			live.sync()
			p.mustShow("live again", live.shows)
		}
	})
}

// TestSeekInsideOnSeek: a callback may move the client that it is called for. It ends by itself: its own calls are events
// like others.
func TestSeekInsideOnSeek(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Timeline(nil)
		p := travel(t, s, true)
		time.Sleep(10 * time.Second)
		var events record[string]
		p.client.OnSeek(func(_ context.Context, e viser.SeekEvent) {
			events.add(fmt.Sprint(e.Time.Round(time.Second), e.Following))
			switch {
			case e.Following:
			case e.Time > 4*time.Second:
				p.client.Seek(e.Time - 2*time.Second)
			default:
				p.client.Follow()
			}
		})
		p.control("seek", 8)
		synctest.Wait()
		want := []string{"8s false", "6s false", "4s false", "10s true"}
		if diff := cmp.Diff(want, events.got()); diff != "" {
			t.Errorf("the events are others (-want +got):\n%s", diff)
		}
		if m := p.place(); !m.Following {
			t.Errorf("the page was told %+v", m)
		}
	})
}

// TestLeavingInsideOnSeek: a client leaves while its callback runs, which then uses it.
func TestLeavingInsideOnSeek(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		s.Timeline(nil)
		p := travel(t, s, true)
		time.Sleep(time.Second)
		ended := make(chan viser.TimelineState)
		p.client.OnSeek(func(ctx context.Context, e viser.SeekEvent) {
			<-ctx.Done()
			e.Client.Seek(0)
			e.Client.Play()
			e.Client.SetPlaySpeed(2)
			e.Client.Follow()
			ended <- e.Client.TimelineState()
		})
		p.client.Seek(0)
		p.sync()
		p.Leave()
		if st := <-ended; !st.Following || st.Playing {
			t.Errorf("a client that has left is at %+v", st)
		}
		if log.panics("") != 0 {
			t.Error("there was a panic")
		}
	})
}

// TestSlowPageInThePast: a page that does not read gets the newest of what it was to show, in one frame, and nothing waits
// for it.
func TestSlowPageInThePast(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Timeline(&viser.TimelineOptions{Keep: -1})
		box := s.Scene().AddBox("/box", nil)
		p := travel(t, s, true)
		begin := p.client.TimelineState().To
		for i := range 100 {
			box.SetPosition(viser.Vec3{float64(i), 0, 0})
			time.Sleep(100 * time.Millisecond)
		}
		p.client.Seek(0)
		p.sync()
		before := len(p.seen)
		for i := range 1000 {
			p.client.Seek(time.Duration(i%97) * 100 * time.Millisecond)
			box.SetPosition(viser.Vec3{float64(100 + i), 0, 0})
			s.Scene().AddBox("/other", nil).Remove()
			time.Sleep(20 * time.Millisecond)
		}
		p.client.Seek(begin + 5050*time.Millisecond)
		p.sync()
		positions := all[*wire.SetPositionMessage](&page{t: t, seen: p.seen[before:]})
		if len(positions) != 1 || positions[0].Position[0] != 50 {
			t.Errorf("the page was sent %d positions, not that of its time", len(positions))
		}
		p.client.Follow()
		p.sync()
		if x := last[*wire.SetPositionMessage](p.page).Position[0]; x != 1099 {
			t.Errorf("live, the page shows the position %v", x)
		}
	})
}

// TestChangesBesideThePast: while a client is back, the program removes what it shows, changes what is its own, and has
// pictures rendered.
func TestChangesBesideThePast(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Timeline(nil)
		live, p := travel(t, s, true), travel(t, s, true)
		parent := s.Scene().AddFrame("/a", nil)
		s.Scene().AddBox("/a/b", nil)
		folder := s.GUI().AddFolder("folder", nil)
		folder.AddSlider("slider", 1, nil)
		own := p.client.Scene().AddBox("/own", nil)
		number := p.client.GUI().AddNumber("own", 1, nil)
		time.Sleep(time.Second)
		live.sync()
		was := live.shows.Clone()
		p.sync()
		p.client.Pause()
		p.sync()

		parent.Remove()
		folder.Remove()
		number.SetValue(5)
		own.SetPosition(viser.Vec3{7, 0, 0})
		p.sync()
		if m := last[*wire.GuiUpdateMessage](p.page); fmt.Sprint(m.Updates) != "[{value 5}]" {
			t.Errorf("the page was sent %v of its own element", m.Updates)
		}
		if m := last[*wire.SetPositionMessage](p.page); m.Owner == "" || m.Position[0] != 7 {
			t.Errorf("the page was sent %+v of its own node", m)
		}
		number.Remove()
		own.Remove()
		p.sync()
		p.mustShow("back", was)

		pictures := make(chan image.Image, 1)
		go func() {
			img, err := p.client.Render(t.Context(), 8, 6, nil)
			if err != nil {
				t.Error(err)
			}
			pictures <- img
		}()
		p.sync()
		m := last[*wire.GetRenderRequestMessage](p.page)
		p.Receive(&wire.GetRenderResponseMessage{RenderUUID: m.RenderUUID, Payload: picture(t, "image/jpeg", 8, 6)})
		if img := <-pictures; img.Bounds().Dx() != 8 {
			t.Errorf("the picture is %v", img.Bounds())
		}

		s.Scene().Reset()
		s.GUI().Reset()
		p.sync()
		p.mustShow("still back", was)
		p.client.Follow()
		p.sync()
		live.sync()
		p.mustShow("live", live.shows)
	})
}

// TestTimelineTwice: a second call changes the options of the one that there is, also for who is back; after Stop the
// handle does nothing.
func TestTimelineTwice(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		tl := s.Timeline(nil)
		box := s.Scene().AddBox("/box", nil)
		p := travel(t, s, true)
		for i := range 20 {
			box.SetPosition(viser.Vec3{float64(i), 0, 0})
			time.Sleep(time.Second)
		}
		p.client.Seek(0)
		p.sync()
		if s.Timeline(&viser.TimelineOptions{Keep: 5 * time.Second}) != tl {
			t.Error("there are two timelines")
		}
		p.sync()
		if st := p.client.TimelineState(); st.Following || st.Time < 14*time.Second || st.To-st.From != 5*time.Second {
			t.Errorf("with less time kept the client is at %+v", st)
		}
		misused(t, "plain number", func() { p.client.Seek(3) })
		misused(t, "plain number", func() { s.Timeline(&viser.TimelineOptions{Keep: 60}) })
		p.client.Seek(-time.Hour)
		if st := p.client.TimelineState(); st.Time != st.From {
			t.Errorf("before the beginning the client is at %+v", st)
		}
		p.client.Seek(time.Hour)
		if st := p.client.TimelineState(); st.Time != st.To || st.Following {
			t.Errorf("after the end the client is at %+v", st)
		}
		tl.Stop()
		p.client.Seek(time.Second)
		p.client.Play()
		p.client.Follow()
		if from, to := tl.Bounds(); from > to {
			t.Errorf("after Stop the bounds are %v and %v", from, to)
		}
		p.sync()
		if x := last[*wire.SetPositionMessage](p.page).Position[0]; x != 19 || p.place().Enabled {
			t.Errorf("after Stop the page shows the position %v", x)
		}
	})
}
