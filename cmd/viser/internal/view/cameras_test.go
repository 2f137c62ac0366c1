package view

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/models"
)

// captured is a cloud with three cameras in a row; the first has a picture of 640 by 480, the second none, and that of the
// third is missing.
func captured(t *testing.T) *models.Model {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 640, 480))); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.png"), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	m := cloudModel(&cloud.Cloud{Points: [][3]float32{{0, 0, 0}, {1, 1, 1}}})
	for i := range 3 {
		c := models.Camera{
			Name: "shot.png", FOV: 0.5, Aspect: 4. / 3,
			Pose: viser.LookAt(viser.Vec3{float64(i), -5, 0}, viser.Vec3{float64(i), 0, 0}, viser.Vec3{0, 0, 1}),
		}
		if i != 1 {
			c.Folder, c.File = dir, []string{"a.png", "", "gone.png"}[i]
		}
		m.Cameras = append(m.Cameras, c)
	}
	return m
}

// TestCameras: a frustum for each, with the pictures that are there.
func TestCameras(t *testing.T) {
	server := viser.New(nil)
	var mu sync.Mutex
	var reported []string
	v := New(server, Options{Scale: 2, Report: func(line string) {
		mu.Lock()
		defer mu.Unlock()
		reported = append(reported, line)
	}})
	if _, err := v.Show(captured(t)); err != nil {
		t.Fatal(err)
	}
	v.Wait()
	for i, want := range []int{pictureWidth, 0, 0} {
		node := nodeOf[*viser.CameraFrustum](t, server, modelName+"/cameras/"+string(rune('0'+i)))
		width := 0
		if img := node.Image(); img != nil {
			width = img.Bounds().Dx()
		}
		if width != want {
			t.Errorf("the picture of camera %d is %d wide, want %d", i, width, want)
		}
		all := nodeOf[*viser.Frame](t, server, modelName+"/cameras")
		if got := add(add(node.Position(), all.Position()), nodeOf[*viser.Frame](t, server, modelName).Position()); got != (viser.Vec3{2 * float64(i), -10, 0}) {
			t.Errorf("camera %d is at %v", i, got)
		}
	}
	if len(reported) != 1 || !strings.Contains(reported[0], "model: not shown: picture shot.png: there is no such file") {
		t.Errorf("reported: %q", reported)
	}
	page := fakepage.Open(t, server)
	untilControls(page)
	page.Set(page.Element("Look through").UUID, "shot.png (2)")
	page.Until("the camera to move", func(m wire.Message) bool {
		p, ok := m.(*wire.SetCameraPositionMessage)
		return ok && math.Abs(p.Position[0]-2) < 1e-9 && math.Abs(p.Position[1]+10) < 1e-9
	})
	v.Close()
	if _, err := v.Show(captured(t)); err != errClosed {
		t.Error(err)
	}
	if _, _, err := v.Replace(captured(t)); err != errClosed {
		t.Error(err)
	}
}

func TestShrunk(t *testing.T) {
	for _, c := range [][4]int{{640, 480, 320, 240}, {320, 10, 320, 10}, {5000, 1, 320, 1}} {
		got := shrunk(image.NewGray(image.Rect(0, 0, c[0], c[1]))).Bounds().Size()
		if got != image.Pt(c[2], c[3]) {
			t.Errorf("%v became %v", c, got)
		}
	}
}
