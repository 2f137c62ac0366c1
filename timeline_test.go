package viser_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// A traveler is a page that keeps what it shows.
type traveler struct {
	*page
	client *viser.Client
	shows  *fold.State
}

// travel connects a page that keeps what it shows.
func travel(t *testing.T, s *viser.Server, packed bool) *traveler {
	t.Helper()
	tp, err := s.JoinTestPage(packed)
	if err != nil {
		t.Fatal(err)
	}
	return connected(t, s, &traveler{page: &page{TestPage: tp, t: t}, shows: fold.New()})
}

// connected reads the initial transfer, and sends a camera.
func connected(t *testing.T, s *viser.Server, tr *traveler) *traveler {
	t.Helper()
	tr.sync()
	cam := someCamera
	tr.Receive(&cam)
	synctest.Wait()
	for tr.client = range s.Clients() {
	}
	return tr
}

// sync reads everything, with the time that it takes to show another time.
func (tr *traveler) sync() {
	tr.t.Helper()
	for range 2 {
		for tr.next() {
		}
	}
}

func (tr *traveler) next() bool {
	tr.t.Helper()
	ctx, cancel := context.WithTimeout(tr.t.Context(), time.Second/10)
	defer cancel()
	f, err := tr.Next(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if err != nil {
		tr.t.Fatal(err)
	}
	w, err := wire.ReadRaw(f.Bytes(), wire.DefaultLimits)
	if err != nil {
		tr.t.Fatal(err)
	}
	decoded, err := pagewire.DecodeFrame(f.Bytes(), wire.DefaultLimits)
	if err != nil {
		tr.t.Fatal(err)
	}
	tr.seen = append(tr.seen, decoded.Messages...)
	tr.cursor = decoded.Cursor
	for i, m := range w.Messages {
		if hello, ok := decoded.Messages[i].(*wire.SessionMessage); ok && !hello.Resumed {
			tr.shows = fold.New()
		}
		if err := tr.shows.Apply(m); err != nil {
			tr.t.Fatal(err)
		}
	}
	return true
}

func shown(s *fold.State) (lines []string) {
	for m := range s.Messages() {
		lines = append(lines, fmt.Sprintf("%s %q", m.Type, m.B))
	}
	return lines
}

// withoutOrders returns the state without orders to panels, which nothing undoes: a user may have moved them since.
func withoutOrders(s *fold.State) *fold.State {
	out := fold.New()
	for m := range s.Messages() {
		if !strings.HasPrefix(m.Type, "GuiSetPanel") {
			_ = out.Apply(m)
		}
	}
	return out
}

func (tr *traveler) mustShow(when string, want *fold.State) {
	tr.t.Helper()
	if withoutOrders(tr.shows).Digest() != withoutOrders(want).Digest() {
		is, not := shown(tr.shows), shown(want)
		isnt := slices.DeleteFunc(slices.Clone(not), func(m string) bool { return slices.Contains(is, m) })
		is = slices.DeleteFunc(is, func(m string) bool { return slices.Contains(not, m) })
		tr.t.Fatalf("%s a page shows\n%s\ninstead of\n%s", when, strings.Join(is, "\n"), strings.Join(isnt, "\n"))
	}
}

// place is what the page was told last.
func (tr *traveler) place() *wire.TimelineMessage {
	tr.t.Helper()
	tr.sync()
	return last[*wire.TimelineMessage](tr.page)
}

func (tr *traveler) control(command wire.TimelineCommand, value float64) {
	tr.Receive(&wire.TimelineControlMessage{Command: command, Value: value})
	synctest.Wait()
}

// TestSeekShowsWhatWasLive changes everything that there is in every way, and lets a page go back to some of those
// times: it shows what another page showed then. Returned, it shows what that page shows now.
func TestSeekShowsWhatWasLive(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Timeline(&viser.TimelineOptions{Keep: -1})
		live := travel(t, s, true)
		one, two := travel(t, s, true), travel(t, s, true)
		type moment struct {
			at    time.Duration
			state *fold.State
		}
		var moments []moment
		look := func() {
			live.sync()
			moments = append(moments, moment{live.client.TimelineState().To, live.shows.Clone()})
			live.sync()
		}
		look()
		all := everyElement(s.Scene(), s.GUI())
		look()
		n := 0
		for _, h := range all {
			for _, name := range methodNames(h) {
				if strings.HasPrefix(name, "Set") || strings.HasPrefix(name, "Append") {
					if _, panicked := all.call(t, over(t), h, name); panicked != nil {
						t.Errorf("%T.%s refuses its arguments: %v", h, name, panicked)
					}
				}
				if n++; n%97 == 0 {
					look()
				}
			}
		}
		s.Scene().Reset()
		look()
		s.GUI().Reset()
		look()
		for i, m := range moments {
			one.client.Seek(m.at)
			two.client.Seek(moments[len(moments)-1-i].at)
			one.sync()
			two.sync()
			one.mustShow(fmt.Sprint("at ", m.at), m.state)
			two.mustShow(fmt.Sprint("at ", moments[len(moments)-1-i].at), moments[len(moments)-1-i].state)
		}
		if len(moments) < 8 {
			t.Errorf("only %d moments were compared", len(moments))
		}
		s.Scene().AddBox("/new", nil)
		live.sync()
		for _, p := range []*traveler{one, two} {
			p.client.Follow()
			p.sync()
			p.mustShow("live", live.shows)
		}
	})
}

func TestOnlyOnePageGoesBack(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Timeline(nil)
		box := s.Scene().AddBox("/box", nil)
		live, back, plain := travel(t, s, true), travel(t, s, true), travel(t, s, false)
		for i := range 5 {
			box.SetPosition(viser.Vec3{float64(i), 0, 0})
			time.Sleep(time.Second)
		}
		back.client.Seek(live.client.TimelineState().To - 2500*time.Millisecond)
		plain.client.Seek(live.client.TimelineState().To - 2500*time.Millisecond)
		box.SetPosition(viser.Vec3{9, 0, 0})
		for _, p := range []*traveler{live, back, plain} {
			p.sync()
		}
		for p, want := range map[*traveler]float64{live: 9, back: 2, plain: 2} {
			if got := last[*wire.SetPositionMessage](p.page).Position[0]; got != want {
				t.Errorf("a page shows the position %v, not %v", got, want)
			}
		}
		if !live.client.TimelineState().Following || back.client.TimelineState().Following {
			t.Error("the wrong client is back")
		}
		plain.client.Follow()
		plain.sync()
		if got := last[*wire.SetPositionMessage](plain.page).Position[0]; got != 9 {
			t.Errorf("the page of upstream viser shows the position %v after its return", got)
		}
	})
}

// TestPlayingShowsWhatFollows plays three seconds at a speed of two, to the end, and is live then.
func TestPlayingShowsWhatFollows(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Timeline(nil)
		box := s.Scene().AddBox("/box", nil)
		p := travel(t, s, true)
		begin := p.client.TimelineState().To
		for i := range 120 {
			box.SetPosition(viser.Vec3{float64(i), 0, 0})
			time.Sleep(time.Second / 40)
		}
		p.sync()
		p.control(wire.TimelineCommandSpeed, 2)
		p.control(wire.TimelineCommandSeek, begin.Seconds())
		p.sync()
		p.control(wire.TimelineCommandPlay, 0)
		before := len(all[*wire.SetPositionMessage](p.page))
		began := time.Now()
		frames, x := 0, -1.0
		for time.Since(began) < time.Second {
			if !p.next() {
				continue
			}
			if now := last[*wire.SetPositionMessage](p.page).Position[0]; now != x {
				frames++
				if now < x {
					t.Fatalf("the position goes back from %v to %v", x, now)
				}
				x = now
			}
		}
		if frames < 25 || frames > 34 {
			t.Errorf("a second of playing had %d frames", frames)
		}
		if x < 70 || x > 82 {
			t.Errorf("after a second at twice the speed the position is %v, not about 80", x)
		}
		if len(all[*wire.SetPositionMessage](p.page))-before > frames+2 {
			t.Error("positions were sent that no frame shows")
		}
		for time.Since(began) < 5*time.Second {
			p.next()
		}
		if m := p.place(); !m.Following || m.Playing || m.Speed != 2 {
			t.Errorf("after the end the page is not live: %+v", m)
		}
		box.SetPosition(viser.Vec3{500, 0, 0})
		p.sync()
		if got := last[*wire.SetPositionMessage](p.page).Position[0]; got != 500 {
			t.Errorf("live, the page shows the position %v", got)
		}
	})
}

func TestProgramTime(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p := travel(t, s, true)
		box := s.Scene().AddBox("/box", nil)
		for i := range 11 {
			s.At(time.Duration(i)*time.Second, func() {
				box.SetPosition(viser.Vec3{float64(i), 0, 0})
				box.SetVisible(i != 3)
			})
		}
		p.sync()
		if m := p.place(); m.From != 0 || m.To != 10 || !m.Program || !m.Following || m.Span != 0 {
			t.Errorf("the page was told %+v", m)
		}
		time.Sleep(time.Hour)
		for at, want := range map[float64]float64{0: 0, 0.9: 0, 3: 3, 3.5: 3, 9.99: 9, 10: 10, 99: 10, -5: 0} {
			p.control(wire.TimelineCommandSeek, at)
			p.sync()
			if got := last[*wire.SetPositionMessage](p.page).Position[0]; got != want {
				t.Errorf("at %v the position is %v, not %v", at, got, want)
			}
			if got := last[*wire.SetSceneNodeVisibilityMessage](p.page).Visible; got != (want != 3) {
				t.Errorf("at %v the box is shown: %v", at, got)
			}
		}
		// At the end it stops, and begins again.
		p.control(wire.TimelineCommandSeek, 9)
		p.control(wire.TimelineCommandPlay, 0)
		time.Sleep(3 * time.Second)
		if m := p.place(); m.Playing || m.Following || m.Time != 10 {
			t.Errorf("after the end: %+v", m)
		}
		p.control(wire.TimelineCommandPlay, 0)
		p.sync()
		if m := p.place(); !m.Playing || m.Time > 1 {
			t.Errorf("played again: %+v", m)
		}
		p.control(wire.TimelineCommandLoop, 1)
		time.Sleep(10 * time.Second)
		p.sync()
		if st := p.client.TimelineState(); !st.Playing || st.Time > 2*time.Second || !st.Loop {
			t.Errorf("looping: %+v", st)
		}
	})
}

func TestAtMisuse(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		misused(t, "nil", func() { s.At(0, nil) })
		misused(t, "negative", func() { s.At(-time.Second, func() {}) })
		misused(t, "nested", func() { s.At(0, func() { s.At(time.Second, func() {}) }) })
		box := s.Scene().AddBox("/box", nil)
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic of the function was lost")
				}
			}()
			s.At(2*time.Second, func() {
				box.SetPosition(viser.Vec3{2, 0, 0})
				panic("bang")
			})
		}()
		misused(t, "descending", func() { s.At(time.Second, func() {}) })
		s.At(2*time.Second, func() {})
		s.At(3*time.Second, func() { box.SetPosition(viser.Vec3{3, 0, 0}) })
		p := travel(t, s, true)
		p.client.Seek(2500 * time.Millisecond)
		p.sync()
		if got := last[*wire.SetPositionMessage](p.page).Position[0]; got != 2 {
			t.Errorf("what was written before a panic is at %v", got)
		}
		misused(t, "speed", func() { p.client.SetPlaySpeed(math.NaN()) })
		misused(t, "speed", func() { p.client.SetPlaySpeed(17) })
		misused(t, "bytes", func() { s.Timeline(&viser.TimelineOptions{MaxBytes: -1}) })
	})
}

// TestTimelineControlsAreLenient sends values that make no sense.
func TestTimelineControlsAreLenient(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p := travel(t, s, true)
		p.control(wire.TimelineCommandSeek, 1) // there is no timeline
		s.Timeline(nil)
		time.Sleep(3 * time.Second)
		p.sync()
		before := log.size()
		for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			for _, command := range []wire.TimelineCommand{"seek", "speed", "loop", "step", "play", "nonsense"} {
				p.control(command, x)
			}
		}
		if st := p.client.TimelineState(); !st.Following || st.Speed != 1 || st.Loop || st.Playing {
			t.Errorf("senseless values had an effect: %+v", st)
		}
		p.control("speed", 1e9)
		p.control("seek", -1e300)
		if st := p.client.TimelineState(); st.Speed != 16 || st.Time != 0 || st.Following {
			t.Errorf("values out of range became %+v", st)
		}
		p.control("speed", -1)
		p.control("seek", 1e300)
		if st := p.client.TimelineState(); st.Speed != 0.1 || st.Time != st.To || st.Following {
			t.Errorf("values out of range became %+v", st)
		}
		if log.size() != before {
			t.Error("a page could make the server log")
		}
	})
}

func TestOnSeek(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		s.Timeline(nil)
		p := travel(t, s, true)
		time.Sleep(10 * time.Second)
		var events record[string]
		p.client.OnSeek(func(_ context.Context, e viser.SeekEvent) {
			events.add(fmt.Sprint(e.Client == p.client, e.Time.Round(time.Second), e.Following))
		})
		p.client.OnSeek(func(context.Context, viser.SeekEvent) { panic("bang") })
		p.control("seek", 3)
		p.control("play", 0)
		p.control("speed", 2)
		synctest.Wait()
		p.control("follow", 0)
		p.client.Seek(5 * time.Second)
		synctest.Wait()
		s.Timeline(nil).Stop()
		synctest.Wait()
		want := []string{"true 3s false", "true 10s true", "true 5s false"}
		if diff := cmp.Diff(want, events.got()); diff != "" {
			t.Errorf("the events are others (-want +got):\n%s", diff)
		}
		if log.panics("bang") == 0 {
			t.Error("the panic of a callback was not logged")
		}
		if m := p.place(); m.Enabled {
			t.Error("the page was not told that there is no timeline")
		}
	})
}

// TestInputFromThePast: what a page that is back in time does to shared elements has no effect, what it does to its own
// has.
func TestInputFromThePast(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Timeline(nil)
		shared := s.GUI().AddSlider("shared", 1, &viser.SliderOptions{Max: 9})
		button := s.GUI().AddButton("button", nil)
		box := s.Scene().AddBox("/box", nil)
		gizmo := s.Scene().AddTransformControls("/gizmo", nil)
		var events record[string]
		button.OnClick(func(context.Context, viser.ButtonEvent) { events.add("button") })
		box.OnClick(func(context.Context, viser.ClickEvent) { events.add("box") })
		gizmo.OnUpdate(func(context.Context, viser.TransformControlsEvent) { events.add("gizmo") })
		p := travel(t, s, true)
		sharedID, buttonUUID := last[*wire.GuiSliderMessage](p.page).UUID, last[*wire.GuiButtonMessage](p.page).UUID
		own := p.client.GUI().AddSlider("own", 1, &viser.SliderOptions{Max: 9})
		p.sync()
		ownID := last[*wire.GuiSliderMessage](p.page).UUID
		shared.SetValue(2)
		time.Sleep(time.Second)
		p.sync()
		p.client.Seek(100 * time.Millisecond)
		p.sync()
		act := func() {
			p.Receive(&wire.GuiUpdateMessage{UUID: sharedID, Updates: wire.Updates{{Key: "value", Value: 7.0}}, Revision: 1})
			p.Receive(&wire.GuiUpdateMessage{UUID: buttonUUID, Updates: wire.Updates{{Key: "value", Value: true}}})
			p.Receive(&wire.SceneNodeClickMessage{Name: "/box"})
			p.Receive(&wire.TransformControlsUpdateMessage{Name: "/gizmo", WXYZ: [4]float64{1, 0, 0, 0}, Position: [3]float64{1, 1, 1}})
			synctest.Wait()
		}
		before := len(p.seen)
		act()
		p.Receive(&wire.GuiUpdateMessage{UUID: ownID, Updates: wire.Updates{{Key: "value", Value: 8.0}}})
		synctest.Wait()
		if shared.Value() != 2 || own.Value() != 8 || len(events.got()) > 0 || gizmo.Position() != (viser.Vec3{}) {
			t.Errorf("the values are %v and %v, the events %v", shared.Value(), own.Value(), events.got())
		}
		p.sync()
		sent := &page{t: t, seen: p.seen[before:]}
		if len(all[*wire.GuiUpdateAckMessage](sent)) != 1 {
			t.Error("the value was not confirmed: the page ignores later ones")
		}
		values := ""
		for _, m := range all[*wire.GuiUpdateMessage](sent) {
			if m.UUID == sharedID {
				values += fmt.Sprint(m.Updates)
			}
		}
		if values != "[{value 1}]" {
			t.Errorf("the page is sent the values %v, not that of its time", values)
		}
		if m := last[*wire.SetPositionMessage](sent); m.Position != [3]float64{} {
			t.Errorf("the gizmo is sent to %v", m.Position)
		}
		p.client.Follow()
		p.sync()
		act()
		if shared.Value() != 7 || len(events.got()) != 3 {
			t.Errorf("live, the value is %v and the events %v", shared.Value(), events.got())
		}
	})
}

// TestForgottenTimes: a page at a time that is forgotten shows the oldest one.
func TestForgottenTimes(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		tl := s.Timeline(&viser.TimelineOptions{Keep: 10 * time.Second})
		box := s.Scene().AddBox("/box", nil)
		p := travel(t, s, true)
		step := func(i int) {
			box.SetPosition(viser.Vec3{float64(i), 0, 0})
			time.Sleep(time.Second)
		}
		for i := range 5 {
			step(i)
		}
		p.client.Seek(0)
		for i := 5; i < 30; i++ {
			step(i)
			p.sync()
		}
		from, to := tl.Bounds()
		if d := to - from; d != 10*time.Second {
			t.Errorf("%v are kept", d)
		}
		st := p.client.TimelineState()
		if st.Time != st.From || st.Following {
			t.Errorf("the client is at %v of %v to %v", st.Time, st.From, st.To)
		}
		x := last[*wire.SetPositionMessage](p.page).Position[0]
		if oldest := 29 - 10.0; math.Abs(x-oldest) > 2 {
			t.Errorf("the page shows the position %v, not about %v", x, oldest)
		}
		// Less memory than what there is: only the current state.
		s.Timeline(&viser.TimelineOptions{MaxBytes: 1})
		step(30)
		p.sync()
		if from, to := tl.Bounds(); to-from > 2*time.Second {
			t.Errorf("%v are kept in no memory", to-from)
		}
	})
}

// TestConnectionLostInThePast: a page that comes back shows the time at which it was.
func TestConnectionLostInThePast(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Timeline(nil)
		box := s.Scene().AddBox("/box", nil)
		live := travel(t, s, true)
		tp, err := s.ResumeTestPage("", "")
		if err != nil {
			t.Fatal(err)
		}
		p := connected(t, s, &traveler{page: &page{TestPage: tp, t: t}, shows: fold.New()})
		p.client.GUI().AddSlider("own", 1, nil)
		box.SetPosition(viser.Vec3{1, 0, 0})
		time.Sleep(time.Second)
		p.sync()
		at := p.client.TimelineState().To
		p.client.Pause()
		p.sync()
		was := p.shows.Clone()
		p.Lose()
		box.SetPosition(viser.Vec3{2, 0, 0})
		s.Scene().AddBox("/other", nil)
		time.Sleep(time.Second)
		again := &traveler{page: &page{t: t}, client: p.client, shows: p.shows}
		if again.TestPage, err = s.ResumeTestPage(last[*wire.SessionMessage](p.page).Resume, p.cursor); err != nil {
			t.Fatal(err)
		}
		again.sync()
		again.mustShow("back again", was)
		if st := p.client.TimelineState(); st.Following || st.Time < at {
			t.Errorf("it is at %+v", st)
		}
		p.client.GUI().Reset()
		again.client.Follow()
		again.sync()
		live.sync()
		again.mustShow("live", live.shows)
	})
}

// TestLeavingInThePast: a client leaves, and the server closes, while clients are playing.
func TestLeavingInThePast(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		tl := s.Timeline(nil)
		box := s.Scene().AddBox("/box", nil)
		pages := []*traveler{travel(t, s, true), travel(t, s, false), travel(t, s, true)}
		for i := range 20 {
			box.SetPosition(viser.Vec3{float64(i), 0, 0})
			time.Sleep(100 * time.Millisecond)
		}
		for _, p := range pages {
			p.client.SetPlayLoop(true)
			p.client.Seek(0)
			p.client.Play()
			p.sync()
		}
		pages[0].Leave()
		pages[0].client.Seek(time.Second)
		pages[0].client.Follow()
		time.Sleep(time.Second)
		tl.Stop()
		tl.Stop()
		s.Timeline(nil)
		pages[1].sync()
		if got := last[*wire.SetPositionMessage](pages[1].page).Position[0]; got != 19 {
			t.Errorf("after the end of the timeline a page shows %v", got)
		}
		pages[2].client.Seek(0)
		pages[2].client.SetPlayLoop(true)
		pages[2].client.Play()
		pages[2].sync()
		if pages[2].client.TimelineState().Following {
			t.Error("the client did not go back on the new timeline")
		}
	})
}

// TestViewersGoBack: what concerns only the own page is no change.
func TestViewersGoBack(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Timeline(nil)
		p, c := joinAs(t, s, viser.RoleView, "")
		time.Sleep(time.Second)
		p.Receive(&wire.TimelineControlMessage{Command: wire.TimelineCommandSeek})
		synctest.Wait()
		if c.TimelineState().Following {
			t.Error("a client that may only look cannot go back")
		}
	})
}
