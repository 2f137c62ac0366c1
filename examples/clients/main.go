// Clients shows per-client state: a label and controls for each client, its camera to read and set, notifications,
// a picture that the client renders, and a file to download.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image/png"
	"log"
	"os"
	"os/signal"
	"time"

	"github.com/viser-go/viser"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	server.Scene().AddIcosphere("/ball", nil) // shown to all clients
	server.OnClientConnect(func(_ context.Context, c *viser.Client) {
		fmt.Println("client", c.ID(), "came")
		greet(server, c)
	})
	server.OnClientDisconnect(func(_ context.Context, c *viser.Client) { fmt.Println("client", c.ID(), "left") })
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL(), "in two windows")
	<-ctx.Done()
	server.Close()
}

func greet(server *viser.Server, c *viser.Client) {
	c.Notify("Welcome", fmt.Sprintf("You are client %d.", c.ID()), &viser.NotificationOptions{AutoClose: 5 * time.Second})
	c.Scene().AddLabel("/mine", fmt.Sprintf("only client %d sees this", c.ID()), nil)

	where := c.GUI().AddText("Your camera", "", &viser.TextOptions{Disabled: true})
	c.Camera().OnUpdate(func(_ context.Context, e viser.CameraEvent) {
		p := e.Position
		where.SetValue(fmt.Sprintf("%.1f %.1f %.1f", p[0], p[1], p[2]))
	})
	c.GUI().AddButton("Bring all others to my view", nil).OnClick(func(context.Context, viser.ButtonEvent) {
		bringOthers(server, c)
	})
	c.GUI().AddButton("Download a picture of my view", nil).OnClick(func(ctx context.Context, _ viser.ButtonEvent) {
		if err := downloadPicture(ctx, c); err != nil {
			c.Notify("No picture", err.Error(), &viser.NotificationOptions{Color: viser.Red})
		}
	})
}

// bringOthers sets the cameras of the other pages to that of c.
func bringOthers(server *viser.Server, c *viser.Client) {
	view := c.Camera().State()
	for other := range server.Clients() {
		if other == c {
			continue
		}
		other.Atomic(func() {
			// An error means an impossible camera, such as one that looks at its own position.
			if err := other.Camera().SetPosition(view.Position); err == nil {
				other.Camera().SetLookAt(view.LookAt)
			}
		})
	}
}

// downloadPicture lets the client render a large picture and offers it as a file.
func downloadPicture(ctx context.Context, c *viser.Client) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	img, err := c.Render(ctx, 1600, 1200, &viser.RenderOptions{Format: viser.PNG})
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		return err
	}
	c.SendFileDownload("view.png", file.Bytes(), nil)
	return nil
}
