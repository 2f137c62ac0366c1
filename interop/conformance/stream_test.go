package conformance_test

import (
	"encoding/binary"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/interop/internal/rawclient"
)

// TestPoint2Frames has arrays of various lengths in one frame. rawclient checks the
// layout of every frame of every test, byte by byte; these are the special cases.
func TestPoint2Frames(t *testing.T) {
	server := start(t)
	server.Atomic(func() {
		for n := range 9 {
			server.Scene().AddPointCloud(fmt.Sprintf("/cloud%d", n), make([][3]float32, n), make([]viser.RGB, max(n, 1)), nil)
		}
	})
	viewer := dial(t, server, rawclient.Stock)
	arrays := 0
	for done := false; !done; {
		frame, err := viewer.ReadFrame(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		messages, err := rawclient.DecodeFrame(frame)
		if err != nil {
			t.Fatal(err)
		}
		inFrame := 0
		for _, m := range messages {
			done = done || m.Type() == "ReplayDoneMessage"
			if m.Type() == "PointCloudMessage" {
				inFrame += 2
			}
		}
		if packed := binary.LittleEndian.Uint64(frame[8:]); inFrame == 0 && uint64(len(frame)) != 16+packed {
			t.Errorf("a frame without arrays is %d bytes, want %d", len(frame), 16+packed)
		}
		arrays += inFrame
	}
	if arrays != 18 {
		t.Errorf("%d arrays, want 18", arrays)
	}
}

func TestPoint3FirstFrames(t *testing.T) {
	_, replay := join(t, start(t))
	var types []string
	for _, m := range replay {
		types = append(types, m.Type())
	}
	want := []string{
		"FrameMessage", "SetSceneNodeVisibilityMessage", "BackgroundImageMessage", "SetOrientationMessage",
		"GuiSetPanelPositionMessage", "GuiSetPanelWidthMessage", "GuiSetPanelHeightMessage",
		"GuiSetPanelCollapsedMessage", "SetGuiPanelLabelMessage", "ReplayDoneMessage",
	}
	if diff := cmp.Diff(want, types); diff != "" {
		t.Fatalf("types of the first messages (-want +got):\n%s", diff)
	}
	visible := about(replay, "SetSceneNodeVisibilityMessage", "/WorldAxes")
	if len(visible) != 1 || visible[0]["visible"] != false {
		t.Errorf("the world's axes are not hidden: %v", visible)
	}
	if root := about(replay, "SetOrientationMessage", ""); len(root) != 1 {
		t.Errorf("the root has %d orientations", len(root))
	}
}

// TestPoint3ReplayDoneOnce joins while the program writes without a pause.
func TestPoint3ReplayDoneOnce(t *testing.T) {
	server := start(t)
	box := server.Scene().AddBox("/box", nil)
	stop := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				box.SetPosition(viser.Vec3{float64(i), 0, 0})
				server.Flush()
			}
		}
	})
	viewer, replay := join(t, server)
	close(stop)
	writing.Wait()
	box.SetPosition(viser.Vec3{-1, 0, 0})
	server.GUI().SetPanelLabel("end")
	all := append(replay, readUntil(t, viewer, labeled("end"))...)
	done := 0
	created := false
	for _, m := range all {
		switch m.Type() {
		case "ReplayDoneMessage":
			done++
		case "BoxMessage":
			created = true
			if done > 0 {
				t.Error("the box is created after the replay, but was there before")
			}
		case "SetPositionMessage":
			if !created {
				t.Error("a position before its create")
			}
		}
	}
	if done != 1 {
		t.Errorf("ReplayDoneMessage came %d times", done)
	}
	positions := about(all, "SetPositionMessage", "/box")
	if last := positions[len(positions)-1]; !cmp.Equal(last["position"], []any{-1.0, 0.0, 0.0}) {
		t.Errorf("the last position is %v", last["position"])
	}
}

func TestPoint4ReplayIsState(t *testing.T) {
	server := start(t)
	laggard, _ := join(t, server)
	scene := server.Scene()
	kept := scene.AddBox("/kept", nil)
	gone := scene.AddBox("/gone/child", nil)
	widget := server.GUI().AddText("gone", "", nil)
	kept.SetColor(viser.RGB{1, 2, 3})
	kept.SetPosition(viser.Vec3{1, 2, 3})
	gone.SetPosition(viser.Vec3{4, 5, 6})
	server.GUI().SetPanelLabel("made")
	readUntil(t, laggard, labeled("made"))
	scene.RemoveNode("/gone")
	widget.Remove()
	server.GUI().SetPanelLabel("removed")

	_, replay := join(t, server)
	createdAt := map[any]int{}
	for i, m := range replay {
		name := m["name"]
		if name == nil {
			continue
		}
		if m["props"] != nil {
			createdAt[name] = i
		} else if _, created := createdAt[name]; !created && name != "" {
			t.Errorf("%s of %v before its create", m.Type(), name)
		}
		if name == "/gone" || name == "/gone/child" {
			t.Errorf("a late viewer received %v", m)
		}
	}
	if _, ok := createdAt["/kept"]; !ok {
		t.Error("a late viewer is not told of /kept")
	}
	for _, m := range replay {
		if m.Type() == "GuiTextMessage" || m.Type() == "GuiRemoveMessage" {
			t.Errorf("a late viewer received a widget that was removed: %v", m)
		}
	}
	heard := readUntil(t, laggard, labeled("removed"))
	for _, name := range []string{"/gone", "/gone/child"} {
		if n := len(about(heard, "RemoveSceneNodeMessage", name)); n != 1 {
			t.Errorf("a connected viewer got %d removals of %s", n, name)
		}
	}
}

// TestPoint5StalledViewer stalls a viewer behind a cloud that is larger than any
// socket buffer, moves a box a thousand times, and lets it read.
func TestPoint5StalledViewer(t *testing.T) {
	server := start(t)
	box := server.Scene().AddBox("/box", nil)
	viewer, _ := join(t, server)
	server.Scene().AddPointCloud("/large", make([][3]float32, 4<<20), []viser.RGB{{}}, &viser.PointCloudOptions{
		Precision: viser.Float32,
	})
	server.Flush()
	for i := range 1000 {
		box.SetPosition(viser.Vec3{float64(i), 0, 0})
		box.SetWXYZ(viser.Quat{W: 1, X: float64(i)})
		box.SetDimensions(viser.Vec3{1, 1, float64(i + 1)})
		box.SetOpacity(0.5)
		server.Flush()
	}
	server.GUI().SetPanelLabel("end")
	heard := readUntil(t, viewer, labeled("end"))
	for typ, want := range map[string]any{
		"SetPositionMessage":    []any{999.0, 0.0, 0.0},
		"SetOrientationMessage": []any{1.0, 999.0, 0.0, 0.0},
	} {
		found := about(heard, typ, "/box")
		if len(found) == 0 || len(found) > 100 {
			t.Fatalf("%d %ss reached a stalled viewer; want few, and one at least", len(found), typ)
		}
		last := found[len(found)-1]
		if !cmp.Equal(last["position"], want) && !cmp.Equal(last["wxyz"], want) {
			t.Errorf("the last %s is %v, want %v", typ, last, want)
		}
	}
	props := map[string]any{}
	for _, m := range about(heard, "SceneNodeUpdateMessage", "/box") {
		for key, value := range m["updates"].(map[string]any) {
			props[key] = value
		}
	}
	want := map[string]any{"dimensions": []any{1.0, 1.0, 1000.0}, "opacity": 0.5}
	if diff := cmp.Diff(want, props); diff != "" {
		t.Errorf("properties in the end (-want +got):\n%s", diff)
	}
}

// TestPoint8OneStep intentionally differs from viser. Python splits an atomic block
// after 128 messages; here it is one frame, regardless of their number, also for plain
// clients, which apply a frame as a whole.
func TestPoint8OneStep(t *testing.T) {
	const nodes = 1000
	server := start(t)
	var boxes []*viser.Box
	for i := range nodes {
		boxes = append(boxes, server.Scene().AddBox(fmt.Sprintf("/%d", i), nil))
	}
	viewers := map[string]*rawclient.Client{
		"stock page": dial(t, server, rawclient.Stock),
		"our page":   dial(t, server, dialect),
	}
	for _, viewer := range viewers {
		readUntil(t, viewer, rawclient.OfType("ReplayDoneMessage"))
	}
	server.Atomic(func() {
		for i, b := range boxes {
			b.SetVisible(false)
			b.SetColor(viser.RGB{uint8(i), 1})
			server.Flush()
		}
		server.GUI().SetPanelLabel("end")
	})
	for name, viewer := range viewers {
		messages, err := viewer.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n := len(messages); n != 2*nodes+1 || !labeled("end")(messages[n-1]) {
			t.Errorf("%s: the first frame after an atomic block of %d messages has %d", name, 2*nodes+1, n)
		}
	}
}

// TestPoint8AtomicHolds writes, flushes and overwrites inside a block that panics:
// overwritten values must never be sent, the final ones must be. The pong in between
// shows that the server had time to send them.
func TestPoint8AtomicHolds(t *testing.T) {
	server := start(t)
	box := server.Scene().AddBox("/box", nil)
	viewer, handle := connect(t, server)
	heard := make(chan []message, 1)
	go func() {
		messages, err := viewer.ReadUntil(t.Context(), labeled("end"))
		if err != nil {
			t.Error(err)
		}
		heard <- messages
	}()
	block := func() {
		box.SetPosition(viser.Vec3{1, 0, 0})
		handle.Atomic(func() { handle.Scene().AddBox("/mine", nil) })
		server.Flush()
		handle.Flush()
		if err := viewer.Ping(t.Context()); err != nil {
			t.Error(err)
		}
		box.SetPosition(viser.Vec3{2, 0, 0})
		panic("inside a block")
	}
	func() {
		defer func() {
			if r := recover(); r != "inside a block" {
				t.Errorf("the block's panic became %v", r)
			}
		}()
		server.Atomic(block)
	}()
	server.GUI().SetPanelLabel("end")
	messages := receive(t, heard)
	positions := about(messages, "SetPositionMessage", "/box")
	if len(positions) != 1 || !cmp.Equal(positions[0]["position"], []any{2.0, 0.0, 0.0}) {
		t.Errorf("positions %v, want the last one alone", positions)
	}
	if len(about(messages, "BoxMessage", "/mine")) != 1 {
		t.Error("what the client's scene was given is missing after the panic")
	}
}

// TestPoint8Flush measures a change right after another one: without a flush it waits
// for the rest of the window.
func TestPoint8Flush(t *testing.T) {
	const window = time.Second / 60
	server := start(t)
	text := server.GUI().AddText("text", "", nil)
	viewer, _ := join(t, server)
	fastest := time.Hour
	for i := range 30 {
		text.SetValue(fmt.Sprint(i, " first"))
		server.Flush()
		begin := time.Now()
		text.SetValue(fmt.Sprint(i, " second"))
		server.Flush()
		readUntil(t, viewer, func(m message) bool {
			updates, _ := m["updates"].(map[string]any)
			return updates["value"] == fmt.Sprint(i, " second")
		})
		fastest = min(fastest, time.Since(begin))
	}
	if fastest > window/2 {
		t.Errorf("a flushed change takes %v at best, the window is %v", fastest, window)
	}
}
