package main

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"github.com/viser-go/viser"
)

// clientScenario has what a client handle can do, over a scene of one red box in the middle.
func clientScenario(s *stage) {
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	box := s.Scene().AddBox("/box", &viser.BoxOptions{Dimensions: viser.Uniform(1.5)})
	s.do("late-connect", func(string) {
		s.OnClientConnect(func(_ context.Context, c *viser.Client) { s.event("late connect %d", c.ID()) })
	})
	s.do("color", colorOf(box))
	s.ownThings()
	s.notifications()
	s.downloads()
	s.pictures()
	s.shares()
	s.cameras()
	s.atomics()
}

// ownThings adds commands for the scene and the GUI of a single client.
func (s *stage) ownThings() {
	s.forClient("cover", func(c *viser.Client, _ string) (string, error) { // a client's own box in place of the shared one
		c.Scene().AddBox("/box", &viser.BoxOptions{Dimensions: viser.Uniform(1.5), Color: viser.RGB{0, 0, 255}})
		return "", nil
	})
	s.forClient("uncover", func(c *viser.Client, _ string) (string, error) {
		c.Scene().RemoveNode("/box")
		return "", nil
	})
	folder := s.GUI().AddFolder("Shared", nil)
	s.forClient("own-gui", func(c *viser.Client, label string) (string, error) {
		c.GUI().AddButton(label, nil).OnClick(func(_ context.Context, e viser.ButtonEvent) { s.event("own button %d", e.Client.ID()) })
		c.GUI().In(folder).AddText(label+" in the shared folder", "own", nil)
		return "", nil
	})
}

// atomics are written in two halves, so that a test can look in between.
func (s *stage) atomics() {
	var hold sync.Mutex // held between the halves
	add := func(c *viser.Client, from, to int) {
		for i := from; i < to; i++ {
			s.Scene().AddFrame(fmt.Sprint("/shared/", i), &viser.FrameOptions{NoAxes: true})
			c.Scene().AddFrame(fmt.Sprint("/own/", i), &viser.FrameOptions{NoAxes: true})
		}
		s.Flush() // what would break the block
		c.Flush()
	}
	s.forClient("atomic-begin", func(c *viser.Client, args string) (string, error) {
		n, err := strconv.Atoi(args)
		hold.Lock()
		go c.Atomic(func() {
			s.Atomic(func() { add(c, 0, n/2) }) // the end of an inner block ends nothing
			s.event("half")
			hold.Lock()
			add(c, n/2, n)
			hold.Unlock()
			s.event("whole")
		})
		return "", err
	})
	s.do("atomic-end", func(string) { hold.Unlock() })
	s.forClient("atomic-panic", func(c *viser.Client, _ string) (text string, err error) {
		defer func() { text = fmt.Sprint(recover()) }()
		c.Atomic(func() {
			c.Scene().AddFrame("/panicked", &viser.FrameOptions{NoAxes: true})
			panic("inside of a block")
		})
		return "", nil
	})
}
