package main

import (
	"bytes"
	"errors"
	"fmt"
	"image/color"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/recording"
)

func init() { scenarios["recording"] = recordingScenario }

// stepTime is how long each step of the recording stands, by the program's time.
const stepTime = 100 * time.Millisecond

// recordingScenario changes a bit of everything, step by step, and records that. The file is beside the page of
// another server, under the same origin.
func recordingScenario(s *stage) {
	show := changes(s.Scene(), s.GUI())
	dir, err := os.MkdirTemp("", "viser-e2e-")
	if err != nil {
		panic(err)
	}
	path := filepath.Join(dir, "run.viser")
	rec, err := s.RecordFile(path, &viser.RecordOptions{ProgramTime: true})
	if err != nil {
		panic(err)
	}
	k := 0
	s.do("step", func(string) {
		show(k)
		k++
		rec.Sleep(stepTime)
	})
	s.commands["close"] = func(string) (string, error) { return "", rec.Close() }
	// As if the program had been killed.
	s.commands["cut"] = func(name string) (string, error) { return "", cutOff(path, filepath.Join(dir, name)) }
	// The page, for which pages of the given origin may have a frame.
	s.commands["player"] = func(origin string) (string, error) { return player(dir, origin) }
	s.ends = append(s.ends, func() { os.RemoveAll(dir) })
}

// cutOff copies an unfinished recording as soon as it has a second, which is written a second later at the latest.
func cutOff(from, to string) error {
	for range 100 {
		b, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		r, err := recording.Open(bytes.NewReader(b), int64(len(b)), recording.OpenOptions{})
		if err == nil && r.Duration() >= 1 {
			return os.WriteFile(to, b, 0o600)
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("the recording has less than a second")
}

// player serves a page and the files of a directory, in parts if they are asked for.
func player(dir, origin string) (string, error) {
	opts := &viser.Options{Logger: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	if origin != "" {
		opts.AllowedOrigins = []string{origin}
	}
	mux := http.NewServeMux()
	mux.Handle("/", viser.New(opts))
	mux.Handle("/files/", http.StripPrefix("/files/", http.FileServer(http.Dir(dir))))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go http.Serve(ln, mux)
	return fmt.Sprintf("http://%s/", ln.Addr()), nil
}

// changes returns what makes the change of each step. It depends on nothing but its number and those before.
func changes(scene *viser.Scene, gui *viser.GUI) func(k int) {
	points := make([]viser.Vec3f, 300)
	for i := range points {
		points[i] = viser.Vec3f{float32(i) / 100, 0, 0}
	}
	cloud := scene.AddPointCloud("/cloud", points, nil, nil)
	slider := gui.AddSlider("Step", 0, &viser.SliderOptions{Max: 1000, Step: 1})
	note := gui.AddText("Note", "", nil)
	gui.AddCheckbox("Checked", true, nil)
	var boxes []*viser.Box
	return func(k int) {
		slider.SetValue(float64(k))
		at := viser.Vec3{float64(k%7) - 3, float64(k%5) - 2, float64(k % 3)}
		switch k % 8 {
		case 0:
			boxes = append(boxes, scene.AddBox(fmt.Sprintf("/boxes/%d", k), &viser.BoxOptions{Position: at}))
		case 1:
			boxes[len(boxes)-1].SetPosition(viser.Vec3{at[0], at[1], 1.5})
		case 2:
			boxes[len(boxes)-1].SetColor(color.RGBA{R: uint8(k), G: 200, B: 40, A: 255})
		case 3:
			note.SetValue(strings.Repeat("·", k))
		case 4:
			cloud.SetRange(k, []viser.Vec3f{{1, float32(k), 2}}, nil)
		case 5:
			boxes[len(boxes)-1].SetVisible(k%16 == 5)
		case 6:
			boxes[len(boxes)-1].SetWXYZ(viser.AxisAngle(viser.Vec3{0, 0, 1}, float64(k)))
		case 7:
			if len(boxes) > 2 {
				boxes[0].Remove()
				boxes = boxes[1:]
			}
		}
	}
}
