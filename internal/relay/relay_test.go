package relay

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/upstream"
	"github.com/viser-go/viser/internal/wire"
)

func TestPagesSeeTheState(t *testing.T) {
	points := &wire.PointCloudMessage{SceneHeader: wire.SceneHeader{Name: "/cloud"}, Props: wire.PointCloudProps{
		Points: wire.Float32s(make([]float32, 60_000)), Colors: wire.Uint8s([]byte{1, 2, 3}),
	}}
	p := newProgram(t, box("/box", 1), points, slider("s", 1),
		&wire.SceneNodeUpdateMessage{Name: "/box", Updates: wire.Updates{{Key: "color", Value: [3]uint8{7, 0, 0}}}},
		&wire.SetPositionMessage{Name: "/box", Position: [3]float64{1, 2, 3}})
	server, _ := startFront(t, p, Options{})
	for _, protocol := range []string{plainPage, extendedPage} {
		page := open(t, server, protocol)
		if m := until(page, any1[*wire.BoxMessage]); m.Props.Color != [3]uint8{7, 0, 0} {
			t.Errorf("the box has the color %v: updates are not folded", m.Props.Color)
		}
		if m := until(page, any1[*wire.PointCloudMessage]); m.Props.Points.Len() != 60_000 || m.Props.Colors.Len() != 3 {
			t.Errorf("the cloud has %d numbers and %d colors", m.Props.Points.Len(), m.Props.Colors.Len())
		}
		until(page, any1[*wire.GuiSliderMessage])
		until(page, any1[*wire.ReplayDoneMessage])
		p.say(-1, &wire.SceneNodeUpdateMessage{Name: "/box", Updates: wire.Updates{{Key: "color", Value: [3]uint8{9, 0, 0}}}})
		until(page, any1[*wire.SceneNodeUpdateMessage])
		p.say(-1, &wire.SceneNodeUpdateMessage{Name: "/box", Updates: wire.Updates{{Key: "color", Value: [3]uint8{7, 0, 0}}}})
		until(page, any1[*wire.SceneNodeUpdateMessage])
	}
}

func TestEachViewerIsAClient(t *testing.T) {
	p := newProgram(t)
	server, _ := startFront(t, p, Options{})
	a := open(t, server, plainPage)
	clientA := receive(t, p.came)
	b := open(t, server, plainPage)
	clientB := receive(t, p.came)
	mine := box("/mine", 1)
	mine.Owner = "1"
	if clientA.id != 1 || clientB.id != 2 {
		t.Fatalf("the clients are %d and %d", clientA.id, clientB.id)
	}
	clientA.send(mine)
	if m := until(a, any1[*wire.BoxMessage]); m.Owner != "0" {
		t.Errorf("the owner is %q, which is not the client's id at the relay", m.Owner)
	}
	a.send(&wire.SceneNodeClickMessage{Name: "/mine", Owner: "0", HitPosition: &[3]float64{1, 2, 3}})
	click, ok := receive(t, clientA.in).(*wire.SceneNodeClickMessage)
	if !ok || click.Owner != "1" || click.HitPosition != nil {
		t.Errorf("the program received %+v", click)
	}
	flat := wire.CameraProjectionOrthographic
	a.send(&wire.ViewerCameraMessage{WXYZ: [4]float64{1}, FOV: 0.77, Near: 1, Far: 2, LookAt: [3]float64{0, 0, 1}, UpDirection: [3]float64{0, 1, 0}, Projection: &flat})
	for {
		if m := receive(t, clientA.camera).(*wire.ViewerCameraMessage); m.FOV != 0.77 {
			continue
		} else if m.Projection != nil {
			t.Error("the program received a projection, which viser does not know")
		}
		break
	}
	b.send(&wire.SceneNodeClickMessage{Name: "/mine", Owner: "1"}) // it has none
	b.send(&wire.SceneNodeClickMessage{Name: "/shared"})
	if click := receive(t, clientB.in).(*wire.SceneNodeClickMessage); click.Name != "/shared" {
		t.Errorf("the program received a click on %q of %q", click.Name, click.Owner)
	}
	clientB.send(slider("of b", 1), &wire.NotificationShowMessage{UUID: "n"})
	until(b, func(m *wire.GuiSliderMessage) bool { return m.UUID == "of b" })
	a.settled(p, func(m wire.Message) {
		if _, ok := m.(*wire.GuiSliderMessage); ok {
			t.Error("one viewer has the elements of another")
		}
	})
	a.leave()
	receive(t, clientA.gone)
}

// TestSharedIsNotTakenTwice has shared elements that a viewer's connection receives before the primary one does.
func TestSharedIsNotTakenTwice(t *testing.T) {
	p := newProgram(t)
	server, _ := startFront(t, p, Options{})
	a := open(t, server, plainPage)
	receive(t, p.came)
	p.mu.Lock()
	p.log = append(p.log, slider("late", 1))
	first, second := p.conns[1], p.conns[0]
	p.mu.Unlock()
	first.send(slider("late", 1))
	second.send(slider("late", 1))
	n := 0
	a.settled(p, func(m wire.Message) {
		if s, ok := m.(*wire.GuiSliderMessage); ok && s.UUID == "late" {
			n++
		}
	})
	if n != 1 {
		t.Errorf("the page has received the element %d times", n)
	}
}

// TestCorrection has a primary connection that is far behind: a shared element is taken for the viewer's own, until it
// arrives there.
func TestCorrection(t *testing.T) {
	p := newProgram(t)
	server, _ := startFront(t, p, Options{})
	a := open(t, server, plainPage)
	c := receive(t, p.came)
	c.send(slider("late", 1))
	until(a, any1[*wire.GuiSliderMessage]) // after a time
	p.say(c.id, slider("late", 2))
	until(a, func(m *wire.GuiRemoveMessage) bool { return m.UUID == "late" })
	b := open(t, server, plainPage)
	if m := until(b, any1[*wire.GuiSliderMessage]); m.Value != 2 {
		t.Errorf("the value is %v", m.Value)
	}
}

func TestThemeOfOneClient(t *testing.T) {
	p := newProgram(t, &wire.ThemeConfigurationMessage{})
	server, _ := startFront(t, p, Options{})
	a := open(t, server, plainPage)
	c := receive(t, p.came)
	b := open(t, server, plainPage)
	receive(t, p.came)
	c.send(&wire.ThemeConfigurationMessage{DarkMode: true})
	until(a, func(m *wire.ThemeConfigurationMessage) bool { return m.DarkMode })
	b.settled(p, func(m wire.Message) {
		if theme, ok := m.(*wire.ThemeConfigurationMessage); ok && theme.DarkMode {
			t.Error("another viewer has the theme, too")
		}
	})
}

// TestValues has two viewers. One sets a value, and gets neither it nor an older one of its own back.
func TestValues(t *testing.T) {
	p := newProgram(t, slider("s", 1))
	server, _ := startFront(t, p, Options{})
	a := open(t, server, extendedPage)
	clientA := receive(t, p.came)
	b := open(t, server, plainPage)
	receive(t, p.came)
	until(b, any1[*wire.ReplayDoneMessage])
	a.send(set("s", 2, 1)) // an integer, as JavaScript sends it
	a.send(set("s", 3.5, 2))
	for _, value := range []float64{2, 3.5} {
		if m := receive(t, clientA.in).(*wire.GuiUpdateMessage); m.Revision != 0 {
			t.Error("the program has received a revision, which viser 1.1 does not have")
		}
		p.say(clientA.id, set("s", value, 0))
	}
	until(b, func(m *wire.GuiUpdateMessage) bool { return m.Updates[0].Value == 3.5 })
	until(a, func(m *wire.GuiUpdateAckMessage) bool { return m.Revision == 2 })
	p.say(-1, set("s", 8.0, 0)) // by the program
	if m := until(a, any1[*wire.GuiUpdateMessage]); m.Updates[0].Value != 8.0 {
		t.Errorf("the viewer that has set the value has received %v", m.Updates[0].Value)
	}
}

// TestUnansweredValue has a program that replaces the value before it is sent back.
func TestUnansweredValue(t *testing.T) {
	p := newProgram(t, slider("s", 1))
	server, _ := startFront(t, p, Options{})
	a := open(t, server, extendedPage)
	c := receive(t, p.came)
	a.send(set("s", 5.2, 1))
	receive(t, c.in)
	p.say(-1, set("s", 5.0, 0))
	until(a, func(m *wire.GuiUpdateAckMessage) bool { return m.Revision == 1 })
	if m := until(a, any1[*wire.GuiUpdateMessage]); m.Updates[0].Value != 5.0 {
		t.Errorf("after the confirmation the page has received %v", m.Updates[0].Value)
	}
}

func TestGizmo(t *testing.T) {
	gizmo := &wire.TransformControlsMessage{SceneHeader: wire.SceneHeader{Name: "/g"}}
	p := newProgram(t, gizmo)
	server, _ := startFront(t, p, Options{})
	a := open(t, server, plainPage)
	c := receive(t, p.came)
	b := open(t, server, plainPage)
	receive(t, p.came)
	until(b, any1[*wire.ReplayDoneMessage])
	a.send(&wire.TransformControlsUpdateMessage{Name: "/g", WXYZ: [4]float64{0, 1}, Position: [3]float64{1, 2, 3}})
	receive(t, c.in)
	p.say(c.id, &wire.SetOrientationMessage{Name: "/g", WXYZ: [4]float64{0, 1}}, &wire.SetPositionMessage{Name: "/g", Position: [3]float64{1, 2, 3}})
	until(b, func(m *wire.SetPositionMessage) bool { return m.Position == [3]float64{1, 2, 3} })
	a.settled(p, func(m wire.Message) {
		if x, ok := m.(*wire.SetPositionMessage); ok && x.Position == [3]float64{1, 2, 3} {
			t.Error("the viewer that moves the gizmo has received its own pose")
		}
	})
}

func TestFilesAndPictures(t *testing.T) {
	p := newProgram(t, &wire.GuiUploadButtonMessage{UUID: "up", ContainerUUID: "root"})
	server, _ := startFront(t, p, Options{})
	a := open(t, server, extendedPage)
	c := receive(t, p.came)
	b := open(t, server, extendedPage)
	receive(t, p.came)

	a.send(&wire.FileTransferStartUpload{SourceComponentUUID: "up", TransferUUID: "t", Filename: "f", PartCount: 1, SizeBytes: 3})
	a.send(&wire.FileTransferPart{TransferUUID: "t", SourceComponentUUID: new("up"), Content: []byte("abc")})
	a.send(&wire.FileTransferCancelMessage{TransferUUID: "t"}) // is not of viser 1.1
	a.send(&wire.ShareUrlRequest{})                            // would open the program to everybody
	receive(t, c.in)
	if m, ok := receive(t, c.in).(*wire.FileTransferPart); !ok || string(m.Content) != "abc" {
		t.Errorf("the program received %+v", m)
	}
	p.say(-1, &wire.FileTransferPartAck{TransferUUID: "t", TransferredBytes: 3, TotalBytes: 3})
	until(a, func(m *wire.FileTransferPartAck) bool { return m.TransferredBytes == 3 })

	c.send(&wire.GetRenderRequestMessage{RenderUUID: "r", Format: "image/png", Width: 3, Height: 4})
	until(a, any1[*wire.GetRenderRequestMessage])
	a.send(&wire.GetRenderResponseMessage{RenderUUID: "r", Payload: []byte("png")})
	if m, ok := receive(t, c.in).(*wire.GetRenderResponseMessage); !ok || string(m.Payload) != "png" {
		t.Errorf("the program received %+v", m)
	}

	// More than waits for a viewer at a time.
	part := make([]byte, 1<<20)
	const parts = 24
	c.send(&wire.FileTransferStartDownload{TransferUUID: "d", Filename: "f", PartCount: parts, SizeBytes: parts << 20})
	for i := range parts {
		c.send(&wire.FileTransferPart{TransferUUID: "d", PartIndex: i, Content: part})
	}
	for i := range parts {
		if m := until(a, any1[*wire.FileTransferPart]); m.PartIndex != i || len(m.Content) != len(part) {
			t.Fatalf("part %d is number %d, of %d bytes", i, m.PartIndex, len(m.Content))
		}
	}
	b.settled(p, func(m wire.Message) {
		switch m.(type) {
		case *wire.FileTransferPart, *wire.FileTransferPartAck, *wire.GetRenderRequestMessage:
			t.Errorf("another viewer has received a %s", m.Type())
		}
	})
	if len(c.in) > 0 {
		t.Errorf("the program has received a %s", (<-c.in).Type())
	}
}

// TestViewerLeaves has one that leaves during a download that it does not read, and an upload.
func TestViewerLeaves(t *testing.T) {
	p := newProgram(t, &wire.GuiUploadButtonMessage{UUID: "up", ContainerUUID: "root"})
	server, _ := startFront(t, p, Options{})
	a := open(t, server, plainPage)
	c := receive(t, p.came)
	a.send(&wire.FileTransferStartUpload{SourceComponentUUID: "up", TransferUUID: "t", Filename: "f", PartCount: 2, SizeBytes: 6})
	receive(t, c.in)
	c.send(&wire.GetRenderRequestMessage{RenderUUID: "r", Format: "image/png", Width: 3, Height: 4})
	a.stop()
	a.ws.CloseNow()
	for i := range 24 {
		c.send(&wire.FileTransferPart{TransferUUID: "d", PartIndex: i, Content: make([]byte, 1<<20)})
	}
	receive(t, c.gone)
	p.say(-1, &wire.FileTransferPartAck{TransferUUID: "t", TransferredBytes: 3, TotalBytes: 6})
	b := open(t, server, plainPage)
	receive(t, p.came)
	b.settled(p, func(wire.Message) {})
}

func TestRestart(t *testing.T) {
	p := newProgram(t, box("/stays", 1), box("/changes", 1), box("/goes", 1), slider("old", 1))
	server, log := startFront(t, p, Options{})
	a := open(t, server, plainPage)
	c := receive(t, p.came)
	c.send(slider("mine", 1))
	until(a, func(m *wire.GuiSliderMessage) bool { return m.UUID == "mine" })
	p.stop()
	until(a, func(m *wire.NotificationShowMessage) bool { return m.UUID == downNotice })
	a.send(set("old", 3.0, 0)) // is lost
	late := open(t, server, plainPage)
	until(late, func(m *wire.BoxMessage) bool { return m.Name == "/goes" }) // it stays shown

	p.log = []wire.Message{box("/stays", 1), box("/changes", 2), slider("new", 1)}
	p.start()
	got := map[string]wire.Message{}
	for len(got) < 6 {
		switch m := receive(t, a.got).(type) {
		case *wire.SceneNodeUpdateMessage:
			got["update "+m.Name] = m
		case *wire.BoxMessage:
			got["create "+m.Name] = m
		case *wire.RemoveSceneNodeMessage:
			got["remove "+m.Name] = m
		case *wire.GuiRemoveMessage:
			got["remove "+m.UUID] = m
		case *wire.GuiSliderMessage:
			got["create "+m.UUID] = m
		case *wire.RemoveNotificationMessage:
			got["remove "+m.UUID] = m
		}
	}
	for _, want := range []string{"remove /goes", "remove old", "remove mine", "create new", "remove " + downNotice} {
		if got[want] == nil {
			t.Errorf("the page has not received: %s; only %v", want, got)
		}
	}
	if got["create /stays"] != nil || got["update /stays"] != nil {
		t.Error("what is as before was sent again")
	}
	if got["update /changes"] == nil && got["create /changes"] == nil {
		t.Error("what has changed was not sent")
	}
	again := receive(t, p.came) // by the camera that was sent before
	if again.id == 0 {
		t.Error("the primary connection has sent a camera")
	}
	if log.count("the server is away") != 1 || log.count("the server is back") != 1 {
		t.Errorf("the log is\n%s", log.text.String())
	}
}

func TestGarbage(t *testing.T) {
	p := newProgram(t, box("/box", 1))
	server, log := startFront(t, p, Options{})
	a := open(t, server, plainPage)
	receive(t, p.came)
	until(a, any1[*wire.ReplayDoneMessage])
	p.mu.Lock()
	primary := p.conns[0]
	p.mu.Unlock()
	primary.write([]byte("this is no frame of viser's"))
	receive(t, primary.gone)
	a.settled(p, func(m wire.Message) {
		if _, ok := m.(*wire.RemoveSceneNodeMessage); ok {
			t.Error("what was good is not shown any more")
		}
	})
	if log.count("no frame of viser") != 1 {
		t.Errorf("the log is\n%s", log.text.String())
	}
}

func TestStall(t *testing.T) {
	p := newProgram(t, box("/box", 1))
	server, log := startFront(t, p, Options{Upstream: upstream.Options{Stall: 100 * time.Millisecond}})
	a := open(t, server, plainPage)
	until(a, any1[*wire.ReplayDoneMessage])
	p.mu.Lock()
	primary := p.conns[0]
	p.mu.Unlock()
	primary.stall()
	until(a, any1[*wire.NotificationShowMessage])
	until(a, any1[*wire.RemoveNotificationMessage])
	if log.count("does not respond any more") != 1 {
		t.Errorf("the log is\n%s", log.text.String())
	}
}

func TestOtherVersion(t *testing.T) {
	p := newProgram(t)
	p.version = "1.0.21"
	server := viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: slog.New(slog.DiscardHandler)})
	defer server.Close()
	_, err := Start(t.Context(), server, Options{Upstream: upstream.Options{URL: p.url()}})
	var v *upstream.VersionError
	if !errors.As(err, &v) || !strings.Contains(err.Error(), "1.0.21") {
		t.Errorf("the error is %v", err)
	}
}

// TestOtherVersionAfterRestart says once that what is there now is another version's.
func TestOtherVersionAfterRestart(t *testing.T) {
	p := newProgram(t, box("/box", 1))
	server, log := startFront(t, p, Options{})
	a := open(t, server, plainPage)
	receive(t, p.came)
	p.stop()
	p.startAs("1.0.21")
	until(a, any1[*wire.NotificationShowMessage])
	for range 1000 {
		if log.count("1.0.21") > 0 {
			break
		}
		<-time.After(5 * time.Millisecond)
	}
	p.stop()
	p.startAs("1.1.3") // speaks the same protocol
	until(a, any1[*wire.RemoveNotificationMessage])
	if log.count("1.0.21") != 1 {
		t.Errorf("the log is\n%s", log.text.String())
	}
}

func TestShared(t *testing.T) {
	p := newProgram(t, slider("s", 1), &wire.GuiButtonMessage{UUID: "b", ContainerUUID: "root"})
	server, _ := startFront(t, p, Options{Shared: true})
	a := open(t, server, extendedPage)
	c := receive(t, p.came)
	b := open(t, server, plainPage)
	until(b, any1[*wire.ReplayDoneMessage])
	if c.id != 0 {
		t.Errorf("there is a client %d", c.id)
	}
	mine := box("/mine", 1)
	mine.Owner = "0"
	c.send(mine, slider("own", 1), &wire.SetPositionMessage{Name: "/mine", Owner: "0", Position: [3]float64{1}})
	until(a, func(m *wire.BoxMessage) bool { return m.Owner == "0" })
	until(b, func(m *wire.BoxMessage) bool { return m.Owner == "0" })
	late := open(t, server, plainPage)
	until(late, func(m *wire.BoxMessage) bool { return m.Owner == "0" })
	until(late, func(m *wire.SetPositionMessage) bool { return m.Owner == "0" && m.Position[0] == 1 })
	late.send(&wire.SceneNodeClickMessage{Name: "/mine", Owner: "0"})
	if m, ok := receive(t, c.in).(*wire.SceneNodeClickMessage); !ok || m.Owner != "0" {
		t.Errorf("the program received %+v", m)
	}

	a.send(set("s", 4.0, 1)) // the program knows of no other client to send it to
	until(b, func(m *wire.GuiUpdateMessage) bool { return m.Updates[0].Value == 4.0 })
	until(a, func(m *wire.GuiUpdateAckMessage) bool { return m.Revision == 1 })
	a.send(set("b", true, 2))
	b.settled(p, func(m wire.Message) {
		if x, ok := m.(*wire.GuiUpdateMessage); ok && x.UUID == "b" {
			t.Error("a click on a button was sent to another viewer")
		}
	})

	c.send(&wire.GetRenderRequestMessage{RenderUUID: "r", Format: "image/png", Width: 3, Height: 4})
	until(a, any1[*wire.GetRenderRequestMessage])
	receive(t, c.in)
	receive(t, c.in)
	a.leave() // without a picture
	if m, ok := receive(t, c.in).(*wire.GetRenderResponseMessage); !ok || m.RenderUUID != "r" || len(m.Payload) != 0 {
		t.Errorf("the program received %+v", m)
	}
}

// TestSlowViewer has a viewer that reads nothing while a node is moved very often. It gets the newest pose, not all of
// them.
func TestSlowViewer(t *testing.T) {
	p := newProgram(t, box("/box", 1))
	server, _ := startFront(t, p, Options{})
	cloud := func(n int) *wire.PointCloudMessage {
		data := make([]float32, 300_000)
		data[0] = float32(n)
		return &wire.PointCloudMessage{SceneHeader: wire.SceneHeader{Name: "/cloud"}, Props: wire.PointCloudProps{
			Points: wire.Float32s(data), Colors: wire.Uint8s([]byte{1, 2, 3}),
		}}
	}
	slow := open(t, server, plainPage)
	receive(t, p.came)
	until(slow, any1[*wire.ReplayDoneMessage])
	slow.got = make(chan wire.Message) // the page blocks
	const steps = 100
	for i := range steps {
		p.say(-1, cloud(i), &wire.SetPositionMessage{Name: "/box", Position: [3]float64{float64(i)}})
	}
	n := 0
	until(slow, func(m *wire.SetPositionMessage) bool { n++; return m.Position[0] == steps-1 })
	if n > steps/2 {
		t.Errorf("the page that did not read has received %d of %d steps", n, steps)
	}
	slow.stop()
	go func() { // so that the page's reader ends
		for range slow.got {
		}
	}()
	slow.ws.CloseNow()
	<-slow.done
	close(slow.got)
}

func TestClosing(t *testing.T) {
	p := newProgram(t)
	log := slog.New(slog.DiscardHandler)
	server := viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: log})
	r, err := Start(t.Context(), server, Options{Upstream: upstream.Options{URL: p.url()}, Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := open(t, server, plainPage)
	receive(t, p.came)
	r.Close() // before the server
	r.Close()
	a.send(set("x", 1.0, 0))
	b := open(t, server, plainPage)
	until(b, any1[*wire.ReplayDoneMessage])
	server.Close()
}
