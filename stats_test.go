package viser_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// changed returns the fields of b that are not as in a, but for those that always change.
func changed(a, b viser.Stats) viser.Stats {
	return viser.Stats{
		Clients: b.Clients - a.Clients, Callbacks: b.Callbacks - a.Callbacks, CallbackPanics: b.CallbackPanics - a.CallbackPanics,
		CallbacksDropped: b.CallbacksDropped - a.CallbacksDropped, CallbacksMerged: b.CallbacksMerged - a.CallbacksMerged,
		CallbacksQueued: b.CallbacksQueued - a.CallbacksQueued, Entities: b.Entities - a.Entities, Uploads: b.Uploads - a.Uploads,
		UploadBytes: b.UploadBytes - a.UploadBytes, Renders: b.Renders - a.Renders, RendersFailed: b.RendersFailed - a.RendersFailed,
		LogRecordsSuppressed: b.LogRecordsSuppressed - a.LogRecordsSuppressed,
	}
}

func TestStatsOfCallbacks(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		button, slider := s.GUI().AddButton("b", nil), s.GUI().AddSlider("s", 0.5, nil)
		hold := make(chan struct{})
		button.OnClick(func(context.Context, viser.ButtonEvent) { panic("of the program") })
		slider.OnUpdate(func(context.Context, viser.UpdateEvent[float64]) { <-hold })
		p, _ := connect(t, s)
		before := s.Stats()
		for range 3 {
			say(p, buttonID, true)
		}
		for _, v := range []float64{0.1, 0.2, 0.3, 0.4} {
			slider.SetValue(v)
			synctest.Wait()
		}
		during := changed(before, s.Stats())
		if want := (viser.Stats{Callbacks: 4, CallbackPanics: 3, CallbacksMerged: 2, CallbacksQueued: 1, LogRecordsSuppressed: 2}); during != want {
			t.Errorf("while a callback is busy: %+v\nwant %+v", during, want)
		}
		close(hold)
		synctest.Wait()
		after := changed(before, s.Stats())
		if want := (viser.Stats{Callbacks: 5, CallbackPanics: 3, CallbacksMerged: 2, LogRecordsSuppressed: 2}); after != want {
			t.Errorf("then: %+v\nwant %+v", after, want)
		}
	})
}

func TestStatsOfDroppedEvents(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		button := s.GUI().AddButton("b", nil)
		hold := make(chan struct{})
		button.OnClick(func(context.Context, viser.ButtonEvent) { <-hold })
		p, _ := connect(t, s)
		press := func() { say(p, buttonID, true) }
		press()
		synctest.Wait()
		before := s.Stats()
		for range 4096 + 7 {
			press()
		}
		if got := changed(before, s.Stats()); got.CallbacksDropped != 7 || got.CallbacksQueued != 4096 || got.LogRecordsSuppressed != 6 {
			t.Errorf("%+v", got)
		}
		close(hold)
	})
}

func TestStatsOfUploads(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		var got record[string]
		s.GUI().AddUploadButton("Send", nil).OnUpload(func(_ context.Context, e viser.UploadEvent) { got.add(e.File.String()) })
		p, _ := connect(t, s)
		before := s.Stats()
		u := p.upload("a").start("a", 2, 6).part(0, "1234")
		if got := changed(before, s.Stats()); got != (viser.Stats{Uploads: 1, UploadBytes: 4}) {
			t.Errorf("in progress: %+v", got)
		}
		u.part(1, "56")
		want(t, &got, "a, 6 bytes")
		if got := changed(before, s.Stats()); got != (viser.Stats{Callbacks: 1}) {
			t.Errorf("received: %+v", got)
		}
	})
}

func TestStatsOfRenders(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		before := s.Stats()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.Render(ctx, 10, 10, nil); err == nil {
			t.Error("a picture, of a page that sends none")
		}
		if got := changed(before, s.Stats()); got != (viser.Stats{Renders: 1, RendersFailed: 1}) {
			t.Errorf("%+v", got)
		}
	})
}

// TestStatsOfAConnection, over a socket.
func TestStatsOfAConnection(t *testing.T) {
	s := start(t, viser.Options{})
	box := s.Scene().AddBox("/box", nil)
	connected, left := make(chan *viser.Client), make(chan struct{})
	s.OnClientConnect(func(_ context.Context, c *viser.Client) { connected <- c })
	s.OnClientDisconnect(func(context.Context, *viser.Client) { close(left) })
	begun := time.Now()
	c := dial(t, s.URL())
	if _, _, err := c.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.Write(t.Context(), websocket.MessageBinary, []byte("no message")); err != nil {
		t.Fatal(err)
	}
	camera := someCamera
	send(t, c, &camera)
	client := <-connected
	// A frame is counted when its write has returned, that is before the next one is written.
	box.SetPosition(viser.Vec3{1})
	s.Flush()
	if _, _, err := c.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	st := client.Stats()
	if st.ConnectedSince.Before(begun) || st.FramesSent < 1 || st.BytesSent < 100 || st.BytesPerSecond <= 0 || st.MessagesReceived != 2 || st.BytesReceived < 100 {
		t.Errorf("the client: %+v", st)
	}
	c.CloseNow()
	<-left
	all := s.Stats()
	if all.ClientsTotal != 1 || all.FramesSent < 1 || all.BytesSent < st.BytesSent || all.MessagesReceived != 2 || all.BadFrames != 1 {
		t.Errorf("the server: %+v", all)
	}
	if all.Uptime <= 0 || all.Entities == 0 {
		t.Errorf("the server: %+v", all)
	}
	if after := client.Stats(); after.BytesSent < st.BytesSent || after.Behind != 0 {
		t.Errorf("the client after it has left: %+v", after)
	}
}

// TestStatsOfASlowClient: a client that does not read has pending windows.
func TestStatsOfASlowClient(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		box := s.Scene().AddBox("/box", nil)
		p, c := connect(t, s)
		p.catchUp()
		if st := c.Stats(); st != (viser.ClientStats{}) {
			t.Errorf("a client that has read everything: %+v", st)
		}
		for i := range 10 {
			box.SetPosition(viser.Vec3{float64(i + 1), 0, 0})
			time.Sleep(time.Second)
		}
		if st := c.Stats(); st.WindowsPending != 10 || st.Behind < 9*time.Second || st.Behind > 11*time.Second {
			t.Errorf("a client that reads nothing: %+v", st)
		}
		if poses := p.catchUp(); len(poses) != 1 {
			t.Errorf("%d messages", len(poses))
		}
		if st := c.Stats(); st != (viser.ClientStats{WindowsMerged: 9}) {
			t.Errorf("then: %+v", st)
		}
	})
}

// TestStatsWhileTheServerIsBusy, for the race detector.
func TestStatsWhileTheServerIsBusy(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		slider := s.GUI().AddSlider("s", 0, nil)
		slider.OnUpdate(func(context.Context, viser.UpdateEvent[float64]) { s.Stats() })
		p, c := connectAs(t, s, true)
		for i := range 100 {
			p.Receive(&wire.GuiUpdateMessage{UUID: viser.UUIDOf(&slider.Input), Updates: wire.Updates{{Key: "value", Value: float64(i) / 100}}})
			go s.Stats()
			go c.Stats()
			p.poll()
		}
	})
}

// TestPagesAskForTheirStats.
func TestPagesAskForTheirStats(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		box := s.Scene().AddBox("/box", nil)
		p, _ := connectAs(t, s, true)
		p.catchUp()
		for i := range 10 {
			box.SetPosition(viser.Vec3{float64(i + 1), 0, 0})
			time.Sleep(time.Second)
		}
		p.catchUp()
		p.Receive(&wire.ClientStatsRequestMessage{})
		p.catchUp()
		if m := last[*wire.ClientStatsMessage](p); m.WindowsMerged != 9 {
			t.Errorf("%+v", m)
		}
	})
}
