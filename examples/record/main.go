// Record simulates a weight on a spring faster than it moves, and writes it as a recording by the program's own time:
// spring.viser has ten seconds, and is there after a moment. Then it shows the spring live; a button starts a recording
// of what is shown, with the inputs of everyone, and a second click ends it.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"sync"
	"time"

	"github.com/viser-go/viser"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	s := newSpring(server)
	if err := simulate(server, s, "spring.viser"); err != nil {
		log.Fatal(err)
	}
	addButton(server)
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	s.height = 0
	for range server.Ticks(60) {
		s.advance(server)
	}
	server.Close() // completes the recordings that run
}

// simulate writes ten seconds of the spring.
func simulate(server *viser.Server, s *spring, path string) error {
	recording, err := server.RecordFile(path, &viser.RecordOptions{ProgramTime: true})
	if err != nil {
		return err
	}
	for i := range 600 {
		s.advance(server)
		recording.At(time.Duration(i+1) * time.Second / 60)
	}
	if err := recording.Close(); err != nil {
		return err
	}
	log.Printf("%s has %v of a spring", path, recording.Stats().Duration)
	return nil
}

// addButton adds a button that begins a recording, and ends it when it is clicked again.
func addButton(server *viser.Server) {
	var mu sync.Mutex // callbacks for several clients run at once
	var recording *viser.Recording
	button := server.GUI().AddButton("Record", nil)
	button.OnClick(func(_ context.Context, e viser.ButtonEvent) {
		mu.Lock()
		defer mu.Unlock()
		if recording == nil {
			var err error
			if recording, err = server.RecordFile("live.viser", nil); err != nil {
				log.Print(err)
				return
			}
			button.SetLabel("Stop recording")
			return
		}
		if err := recording.Close(); err != nil {
			log.Print(err)
		}
		recording = nil
		button.SetLabel("Record")
	})
}

// A spring is a weight that swings.
type spring struct {
	weight        *viser.Icosphere
	wire          *viser.Cylinder
	stiffness     *viser.Slider
	height, speed float64
}

func newSpring(server *viser.Server) *spring {
	scene := server.Scene()
	server.InitialCamera().SetPosition(viser.Vec3{3, 3, 1.5})
	return &spring{
		weight:    scene.AddIcosphere("/weight", &viser.IcosphereOptions{Radius: 0.2, Color: viser.RGB{230, 120, 40}}),
		wire:      scene.AddCylinder("/wire", &viser.CylinderOptions{Radius: 0.02, Height: 1, Color: viser.RGB{90, 90, 90}}),
		stiffness: server.GUI().AddSlider("Stiffness", 20, &viser.SliderOptions{Min: 5, Max: 80, Step: 1}),
	}
}

// advance computes the next step. Weight and wire move together.
func (s *spring) advance(server *viser.Server) {
	const mass, gravity = 1, 9.81
	const dt = 1.0 / 60
	s.speed += dt * (-s.stiffness.Value()*s.height/mass - gravity)
	s.height += dt * s.speed
	server.Atomic(func() {
		s.weight.SetPosition(viser.Vec3{0, 0, s.height})
		s.wire.SetPosition(viser.Vec3{0, 0, (s.height + 2) / 2})
		s.wire.SetHeight(2 - s.height)
	})
}
