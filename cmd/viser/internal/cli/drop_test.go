package cli

import (
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/internal/wire"
)

// drop sends a file as a page does on which it was dropped, and waits for what follows: a node, or a notification.
func drop(page *fakepage.Page, name, content string, then func(m wire.Message) bool) {
	source := wire.DropSource
	page.Send(&wire.FileTransferStartUpload{
		SourceComponentUUID: source, TransferUUID: name + content[:3], Filename: name, MimeType: "", PartCount: 1, SizeBytes: len(content),
	})
	page.Send(&wire.FileTransferPart{SourceComponentUUID: &source, TransferUUID: name + content[:3], Content: []byte(content)})
	page.Until("what follows from the drop of "+name, then)
}

// TestDrop: files that are dropped on an empty page are shown; one of the same name replaces the first; one that cannot be
// shown is reported to whoever dropped it.
func TestDrop(t *testing.T) {
	sys, _, log := system()
	server := viser.New(&viser.Options{Logger: newLogger(sys.Err, 8)})
	s := session{sys: sys}
	s.viewer = view.New(server, s.showing)
	if err := s.show(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.acceptDrops(server)
	page := fakepage.Open(t, server)
	page.Until("that files are taken", func(m wire.Message) bool {
		d, ok := m.(*wire.FileDropMessage)
		return ok && d.Enabled && strings.Contains(strings.Join(d.Types, " "), ".ply")
	})
	cloud := func(points int) func(m wire.Message) bool {
		return func(m wire.Message) bool {
			_, ok := m.(*wire.PointCloudMessage)
			if !ok {
				return false
			}
			node, _ := server.Scene().Node("/a.ply/points")
			c, is := node.(*viser.PointCloud)
			return is && len(c.Points()) == points
		}
	}
	drop(page, "a.ply", onePoint, cloud(1))
	drop(page, "a.ply", strings.Replace(onePoint, "vertex 1", "vertex 2", 1)+"4 5 6\n", cloud(2))
	if s.viewer.Shown() != 1 {
		t.Errorf("%d files are shown", s.viewer.Shown())
	}
	drop(page, "b.ply", "ply\nthis is none\n", func(m wire.Message) bool {
		n, ok := m.(*wire.NotificationShowMessage)
		return ok && strings.Contains(n.Props.Title, "b.ply") && strings.Contains(n.Props.Body, "line 2")
	})
	page.Leave()
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if !strings.HasPrefix(log.String(), "viser: not shown: b.ply: ") || strings.Count(log.String(), "\n") != 1 {
		t.Errorf("the output is %q", log)
	}
}
