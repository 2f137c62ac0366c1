package main

import (
	"context"
	"crypto/sha256"
	"io"

	"github.com/viser-go/viser"
)

func init() { scenarios["dropped"] = droppedScenario }

// droppedScenario takes files that are dropped on the page, of some types.
func droppedScenario(s *stage) {
	s.GUI().AddSlider("Step", 3, &viser.SliderOptions{Max: 10, Step: 1})
	off := s.OnDrop(func(_ context.Context, e viser.DropEvent) {
		hash := sha256.New()
		n, err := io.Copy(hash, e.File.Reader())
		s.event("dropped %s %d %x %v", e.File.Name(), n, hash.Sum(nil)[:4], err)
	}, &viser.DropOptions{Types: []string{".ply", ".bin"}, MaxBytes: 50_000_000, Hint: "Drop a model here"})
	s.do("off", func(string) { off() })
	s.do("dark", func(string) { s.GUI().ConfigureTheme(&viser.Theme{DarkMode: true}) })
}
