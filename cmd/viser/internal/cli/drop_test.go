package cli

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/models"
)

// dropSession is an empty viser view with a page.
func dropSession(t *testing.T) (*session, *viser.Server, *fakepage.Page) {
	sys, _, _ := system()
	sys.Err = &lockedWriter{w: sys.Err}
	server := viser.New(&viser.Options{Logger: newLogger(sys.Err, 8)})
	s := &session{sys: sys, drops: newDropFolder()}
	s.viewer = view.New(server, s.showing)
	s.acceptDrops(server)
	t.Cleanup(func() {
		s.viewer.Close()
		s.drops.close()
		if s.drops.dir != "" {
			if _, err := os.Stat(s.drops.dir); err == nil {
				t.Errorf("%s is left", s.drops.dir)
			}
		}
	})
	return s, server, fakepage.Open(t, server)
}

// dropped waits until all files that were sent before are handled.
func dropped(page *fakepage.Page) {
	drop(page, "last.ply", "ply\nthis is none\n", func(m wire.Message) bool {
		n, ok := m.(*wire.NotificationShowMessage)
		return ok && strings.Contains(n.Props.Title, "last.ply")
	})
}

// told are the notes about a file.
func told(s *session, name string) []*viser.Notification {
	s.drops.mu.Lock()
	defer s.drops.mu.Unlock()
	return s.drops.told[name]
}

// send sends a file as a page does on which it was dropped.
func send(page *fakepage.Page, name, content string) {
	source := wire.DropSource
	page.Send(&wire.FileTransferStartUpload{
		SourceComponentUUID: source, TransferUUID: name + content[:3], Filename: name, MimeType: "", PartCount: 1, SizeBytes: len(content),
	})
	page.Send(&wire.FileTransferPart{SourceComponentUUID: &source, TransferUUID: name + content[:3], Content: []byte(content)})
}

// drop sends a file as a page does on which it was dropped, and waits for what follows: a node, or a notification.
func drop(page *fakepage.Page, name, content string, then func(m wire.Message) bool) {
	send(page, name, content)
	page.Until("what follows from the drop of "+name, then)
}

// TestDrop: files that are dropped on an empty page are shown; one of the same name replaces the first; one that cannot be
// shown is reported to whoever dropped it.
func TestDrop(t *testing.T) {
	sys, _, log := system()
	server := viser.New(&viser.Options{Logger: newLogger(sys.Err, 8)})
	s := session{sys: sys, drops: newDropFolder()}
	t.Cleanup(s.drops.close)
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

// Files of a model whose materials and texture are files of their own.
const (
	woodOBJ = "mtllib wood.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 0 1\nusemtl wood\nf 1/1 2/2 3/3\n"
	woodMTL = "newmtl wood\nKd 1 1 1\nmap_Kd textures\\wood.png\n"
)

// TestDropParts: a model that was dropped with its materials and texture is shown with them, in whatever order the files
// come, and the texture is not shown by itself.
func TestDropParts(t *testing.T) {
	var wood bytes.Buffer
	if err := png.Encode(&wood, image.NewRGBA(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"wood.obj": woodOBJ, "wood.mtl": woodMTL, "wood.png": wood.String(), "wood2.obj": woodOBJ}
	for _, order := range []string{
		"wood.obj wood.mtl wood.png", "wood.png wood.mtl wood.obj", "wood.mtl wood.png wood.obj", "wood.png wood.obj wood.mtl",
		"wood.obj wood2.obj wood.png wood.mtl",
	} {
		t.Run(order, func(t *testing.T) {
			s, server, page := dropSession(t)
			for _, name := range strings.Fields(order) {
				send(page, name, files[name])
			}
			dropped(page)
			want := strings.Count(order, ".obj")
			if n := s.viewer.Shown(); n != want {
				t.Errorf("%d files are shown, want %d", n, want)
			}
			if _, ok := server.Scene().Node("/wood.png"); ok {
				t.Error("the texture is shown by itself")
			}
			s.drops.mu.Lock()
			defer s.drops.mu.Unlock()
			if len(s.drops.failed) != 1 || len(s.drops.told) != 1 { // of the file that is no file
				t.Errorf("failed are %v; %d files have notes", s.drops.failed, len(s.drops.told))
			}
		})
	}
}

// TestDropRobot: the meshes that were dropped with a robot belong to it, whatever folders its file names.
func TestDropRobot(t *testing.T) {
	const arm = `<robot name="arm"><link name="base"><visual><geometry><mesh filename="package://arm_description/meshes/base.stl"/></geometry></visual></link></robot>`
	const mesh = "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n"
	packages := t.TempDir() // of the machine, which are not opened for dropped files
	for name, content := range map[string]string{"package.xml": "<package><name>arm_description</name></package>", "meshes/base.stl": "solid a\nendsolid a\n", "secret.stl": mesh} {
		at := filepath.Join(packages, "arm_description", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o700), os.WriteFile(at, []byte(content), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("ROS_PACKAGE_PATH", packages)
	for _, order := range [][]string{{"arm.urdf", "base.stl"}, {"base.stl", "arm.urdf"}} {
		s, server, page := dropSession(t)
		for _, name := range order {
			send(page, name, map[string]string{"arm.urdf": arm, "base.stl": mesh}[name])
		}
		dropped(page)
		if _, ok := server.Scene().Node("/base.stl"); ok || s.viewer.Shown() != 1 {
			t.Errorf("%v: %d files are shown, base.stl by itself: %v", order, s.viewer.Shown(), ok)
		}
		if n := len(told(s, "arm.urdf")); n > 0 {
			t.Errorf("%v: %d notes about the robot are left", order, n)
		}
		send(page, "arm.urdf", strings.Replace(arm, "meshes/base", "secret", 1))
		dropped(page)
		if notes := told(s, "arm.urdf"); len(notes) != 1 || !strings.Contains(notes[0].Body(), "secret.stl") {
			t.Errorf("a file of the machine was opened: there are %d notes", len(notes))
		}
	}
}

// TestDropPartAlone: a part without a whole is told to be kept; a glTF file whose buffer is not there is shown when that comes.
func TestDropPartAlone(t *testing.T) {
	s, _, page := dropSession(t)
	drop(page, "a.mtl", "newmtl a\n", func(m wire.Message) bool {
		n, ok := m.(*wire.NotificationShowMessage)
		return ok && strings.Contains(n.Props.Body, "kept for a file")
	})
	const gltf = `{"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],` +
		`"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}],"bufferViews":[{"buffer":0,"byteLength":36}],"buffers":[{"uri":"a.bin","byteLength":36}]}`
	send(page, "a.gltf", gltf)
	dropped(page)
	if n := s.viewer.Shown(); n != 0 {
		t.Errorf("%d files are shown without the buffer", n)
	}
	send(page, "a.bin", "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x3f\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x3f\x00\x00\x00\x00")
	dropped(page)
	if n := s.viewer.Shown(); n != 1 {
		t.Errorf("%d files are shown, want 1", n)
	}
}

// TestDropFolderIsBounded: what is kept has a limit, which says what to do; what is replaced counts once.
func TestDropFolderIsBounded(t *testing.T) {
	s, _, page := dropSession(t)
	for range 3 {
		send(page, "a.mtl", "newmtl a\n")
	}
	dropped(page)
	s.drops.mu.Lock()
	if len(s.drops.sizes) != 2 || s.drops.total != 9+int64(len("ply\nthis is none\n")) { // with the last file
		t.Errorf("%v, %d bytes", s.drops.sizes, s.drops.total)
	}
	s.drops.total = mostKeptBytes
	s.drops.mu.Unlock()
	drop(page, "b.mtl", "newmtl b\n", func(m wire.Message) bool {
		n, ok := m.(*wire.NotificationShowMessage)
		return ok && strings.Contains(n.Props.Body, "no more are kept; name the folder")
	})
}

// TestEmptyPage: the panel of a page without files tells what to do, until there is one.
func TestEmptyPage(t *testing.T) {
	sys, _, _ := system()
	server := viser.New(&viser.Options{Logger: newLogger(sys.Err, 8)})
	v := view.New(server, view.Options{Empty: emptyText})
	defer v.Close()
	page := fakepage.Open(t, server)
	text := page.Until("what may be dropped", func(m wire.Message) bool {
		md, ok := m.(*wire.GuiMarkdownMessage)
		return ok && strings.Contains(md.Props.Markdown, "Drop files") && strings.Contains(md.Props.Markdown, "ply")
	})
	m, err := models.Read(t.Context(), strings.NewReader(onePoint), "a.ply", 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Show(m); err != nil {
		t.Fatal(err)
	}
	page.Until("its end", func(m wire.Message) bool {
		r, ok := m.(*wire.GuiRemoveMessage)
		return ok && r.UUID == text.(*wire.GuiMarkdownMessage).UUID
	})
}

// TestDropPartAgain: a newer part is that of the models that are shown already, and no file of the command line goes.
func TestDropPartAgain(t *testing.T) {
	picture := func(shade uint8) string {
		img := image.NewRGBA(image.Rect(0, 0, 1, 1))
		img.Pix = []byte{shade, 0, 0, 255}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	s, server, page := dropSession(t)
	m, err := models.Read(t.Context(), strings.NewReader(picture(1)), "wood.png", 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.viewer.Show(m); err != nil { // as that of the command line
		t.Fatal(err)
	}
	send(page, "wood.mtl", woodMTL)
	send(page, "wood.obj", woodOBJ)
	send(page, "wood.png", picture(2))
	dropped(page)
	if _, ok := server.Scene().Node("/wood.png"); !ok || s.viewer.Shown() != 2 {
		t.Errorf("%d files are shown, that of the command line: %v", s.viewer.Shown(), ok)
	}
	surfaces := func(m wire.Message) bool { _, ok := m.(*wire.MeshMessage); return ok }
	for _, newer := range []struct{ name, content string }{{"wood.png", picture(200)}, {"wood.mtl", strings.Replace(woodMTL, "Kd 1", "Kd 0", 1)}} {
		drop(page, newer.name, newer.content, surfaces)
	}
	dropped(page)
	if n := s.viewer.Shown(); n != 2 {
		t.Errorf("%d files are shown after newer parts", n)
	}
}

// TestRefusedDropsAreForgotten: what is not kept is not remembered either, whatever the names are.
func TestRefusedDropsAreForgotten(t *testing.T) {
	s, _, page := dropSession(t)
	for i := range 20 {
		send(page, fmt.Sprint("file", i, ".xml"), "<nothing/>")
	}
	dropped(page)
	s.drops.mu.Lock()
	defer s.drops.mu.Unlock()
	if d := s.drops; len(d.told)+len(d.sizes)+len(d.failed) > 3 { // of the last file
		t.Errorf("%d notes, %d files and %d errors are kept", len(d.told), len(d.sizes), len(d.failed))
	}
}

// TestDropFolderForgets: what is large and part of nothing is not kept, but the frames of a capture are read later.
func TestDropFolderForgets(t *testing.T) {
	s, _, page := dropSession(t)
	send(page, "a.ply", onePoint)
	dropped(page)
	s.drops.mu.Lock()
	defer s.drops.mu.Unlock()
	if _, err := os.Stat(filepath.Join(s.drops.dir, "a.ply")); !errors.Is(err, os.ErrNotExist) || s.drops.sizes["a.ply"] != 0 {
		t.Errorf("a cloud is kept: %v", err)
	}
	for name, m := range map[string]*models.Model{
		"b.r3d": {Cloud: &cloud.Cloud{}, Frames: &models.Frames{}},
		"c.ply": {Cloud: &cloud.Cloud{}, Missing: []string{"c.png"}},
		"d.ply": {Cloud: &cloud.Cloud{}},
	} {
		if err := os.WriteFile(filepath.Join(s.drops.dir, name), []byte("12345"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.drops.sizes[name] = 5
		m.Name = name
		s.drops.loaded(m)
		if kept := s.drops.sizes[name] == 5; kept != (name != "d.ply") {
			t.Errorf("%s is kept: %v", name, kept)
		}
	}
}
