package view

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/models"
	"github.com/viser-go/viser/record3d"
)

// recorded is a copy of a capture of two frames, and its model.
func recorded(t *testing.T) (folder string, m *models.Model) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "capture")
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "..", "..", "..", "record3d", "testdata", "capture"))); err != nil {
		t.Fatal(err)
	}
	m, err := models.Open(t.Context(), folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m.Frames == nil || m.Frames.Count != 2 || m.Frames.FPS != 30 {
		t.Fatalf("%+v", m.Frames)
	}
	return folder, m
}

// untilFrame waits for the points of a frame.
func untilFrame(page *fakepage.Page, points int) {
	page.Until("the points of the frame", func(m wire.Message) bool {
		c, ok := m.(*wire.PointCloudMessage)
		return ok && c.Name == "/capture/frame/points" && c.Props.Points.Len() == 3*points
	})
}

// pointsOf are how many points a frame has, as it is shown.
func pointsOf(t *testing.T, folder string, at int) int {
	t.Helper()
	c, err := record3d.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	f, err := c.Frame(at)
	if err != nil {
		t.Fatal(err)
	}
	points, _ := f.Points(1) // they are small
	return len(points)
}

// TestMoments: the panel shows one frame in place of all, plays them, and shows all again.
func TestMoments(t *testing.T) {
	folder, m := recorded(t)
	server := viser.New(nil)
	v := New(server, Options{Report: func(line string) { t.Error(line) }})
	if _, err := v.Show(m); err != nil {
		t.Fatal(err)
	}
	v.Wait()
	if len(shownNodes(server, "/capture/frame/points")) != 0 {
		t.Error("a frame is shown before it is asked for")
	}
	first, second := pointsOf(t, folder, 0), pointsOf(t, folder, 1)
	if first == second {
		t.Fatal("the frames have equal numbers of points")
	}
	all, one := nodeOf[*viser.PointCloud](t, server, "/capture/points"), nodeOf[*viser.Frame](t, server, "/capture/frame")
	page := fakepage.Open(t, server)
	untilControls(page)
	page.Set(page.Element("Frame").UUID, 1.0)
	untilFrame(page, second)
	v.Wait()
	if all.Visible() || !one.Visible() {
		t.Errorf("the cloud of all is shown: %v, the frame: %v", all.Visible(), one.Visible())
	}
	if c := nodeOf[*viser.CameraFrustum](t, server, "/capture/frame/camera"); c.Image() == nil {
		t.Error("the camera has no picture")
	}
	page.Set(page.Element("Play").UUID, true)
	for range 2 {
		untilFrame(page, first)
		untilFrame(page, second)
	}
	page.Set(page.Element("All frames").UUID, true)
	page.Until("the cloud of all", func(m wire.Message) bool {
		s, ok := m.(*wire.SetSceneNodeVisibilityMessage)
		return ok && s.Name == "/capture/points" && s.Visible
	})
	v.Wait() // nothing is played any more
	page.Set(page.Element("Frames per second").UUID, 60.0)
	page.Set(page.Element("Play").UUID, true)
	untilFrame(page, first)
	if _, shown, err := v.Replace(reopened(t, folder)); err != nil || !shown {
		t.Fatal(shown, err)
	}
	v.Wait() // the one before does not go on
	if len(shownNodes(server, "/capture/frame/points")) != 0 {
		t.Error("a frame of the old version is shown")
	}
	page.Until("the controls of the new version", func(m wire.Message) bool {
		c, ok := m.(*wire.GuiCheckboxMessage)
		return ok && c.Props.Label == "Play"
	})
	page.Set(page.Element("Play").UUID, true)
	untilFrame(page, second)
	v.Close() // while it plays
}

func reopened(t *testing.T, folder string) *models.Model {
	t.Helper()
	m, err := models.Open(t.Context(), folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func shownNodes(server *viser.Server, name string) (found []viser.Node) {
	if n, ok := server.Scene().Node(name); ok {
		found = append(found, n)
	}
	return found
}

// TestMomentsThatAreGone: a frame that cannot be read any more is reported once, and a capture leaves the cloud of all.
func TestMomentsThatAreGone(t *testing.T) {
	folder, m := recorded(t)
	server := viser.New(nil)
	var mu sync.Mutex
	var reported []string
	v := New(server, Options{Report: func(line string) {
		mu.Lock()
		defer mu.Unlock()
		reported = append(reported, line)
	}})
	defer v.Close()
	if _, err := v.Show(m); err != nil {
		t.Fatal(err)
	}
	page := fakepage.Open(t, server)
	untilControls(page)
	if err := os.Remove(filepath.Join(folder, "rgbd", "10.jpg")); err != nil {
		t.Fatal(err)
	}
	page.Set(page.Element("Frame").UUID, 1.0)
	page.Until("the cloud of all to go", func(m wire.Message) bool {
		s, ok := m.(*wire.SetSceneNodeVisibilityMessage)
		return ok && s.Name == "/capture/points" && !s.Visible
	})
	v.Wait()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	page.Set(page.Element("Play").UUID, true)
	page.Until("the cloud of all", func(m wire.Message) bool {
		s, ok := m.(*wire.SetSceneNodeVisibilityMessage)
		return ok && s.Name == "/capture/points" && s.Visible
	})
	v.Wait()
	mu.Lock()
	defer mu.Unlock()
	if len(reported) != 2 || reported[0] != "capture: not shown: frame 1: there is no such frame any more" || !strings.Contains(reported[1], "no such file") {
		t.Errorf("reported: %q", reported)
	}
}
