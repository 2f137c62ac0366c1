package viser_test

import (
	"context"
	"fmt"
	"time"

	"github.com/viser-go/viser"
)

// The last five minutes, in at most 256 MiB: each page can go back on its own.
func ExampleServer_Timeline() {
	server := viser.New(nil)
	defer server.Close()
	timeline := server.Timeline(&viser.TimelineOptions{Keep: 5 * time.Minute, MaxBytes: 256 << 20})
	from, to := timeline.Bounds()
	fmt.Println(from, to < time.Minute)
	timeline.Stop()
	// Output: 0s true
}

// A plan that is known ahead: the program needs no loop that plays it.
func ExampleServer_At() {
	server := viser.New(nil)
	defer server.Close()
	box := server.Scene().AddBox("/box", nil)
	for i := range 101 {
		server.At(time.Duration(i)*100*time.Millisecond, func() {
			box.SetPosition(viser.Vec3{float64(i) / 100, 0, 0})
		})
	}
	fmt.Println(server.Timeline(nil).Bounds())
	// Output: 0s 10s
}

// The program shows what a page was shown when its user goes back.
func ExampleClient_OnSeek() {
	server := viser.New(nil)
	defer server.Close()
	server.Timeline(nil)
	server.OnClientConnect(func(_ context.Context, c *viser.Client) {
		label := c.GUI().AddMarkdown("live", nil) // the client's own GUI remains live
		c.OnSeek(func(_ context.Context, e viser.SeekEvent) {
			if e.Following {
				label.SetContent("live")
			} else {
				label.SetContent(fmt.Sprint("at ", e.Time.Round(time.Second)))
			}
		})
	})
}
