package viser_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/viser-go/viser"
)

// Everything that is written in Atomic reaches each page in one step.
func ExampleServer_Atomic() {
	server := viser.New(nil)
	defer server.Close()
	left := server.Scene().AddBox("/left", nil)
	right := server.Scene().AddBox("/right", nil)
	server.Atomic(func() {
		left.SetPosition(viser.Vec3{-1, 0, 0})
		right.SetPosition(viser.Vec3{1, 0, 0})
	})
	fmt.Println(left.Position(), right.Position())
	// Output: [-1 0 0] [1 0 0]
}

// A loop that moves something ends when the server closes.
func ExampleServer_Ticks() {
	server := viser.New(nil)
	box := server.Scene().AddBox("/box", nil)
	n := 0
	for range server.Ticks(1000) {
		box.SetPosition(viser.Vec3{float64(n), 0, 0})
		if n++; n == 3 {
			server.Close()
		}
	}
	fmt.Println(box.Position())
	// Output: [2 0 0]
}

// New pages start with this view.
func ExampleInitialCamera() {
	server := viser.New(nil)
	defer server.Close()
	server.InitialCamera().SetView(viser.Vec3{2, 2, 2}, viser.Vec3{0, 0, 1})
	fmt.Println(server.InitialCamera().Position(), server.InitialCamera().LookAt())
	// Output: [2 2 2] [0 0 1]
}

// A page can be sent away, here after ten minutes: it shows the reason, and does not come
// back by itself.
func ExampleClient_Disconnect() {
	server := viser.New(nil)
	defer server.Close()
	server.OnClientConnect(func(ctx context.Context, c *viser.Client) {
		select {
		case <-time.After(10 * time.Minute):
			c.Disconnect("Your ten minutes are over. Thank you for the visit.")
		case <-ctx.Done(): // it has left before
		}
	})
	// Or all of one user, by the name of the token or from Options.Authorize.
	for c := range server.Clients() {
		if c.Name() == "guest" {
			c.Disconnect("The demo has ended.")
		}
	}
	fmt.Println(server.Stats().Clients, "clients")
	// Output: 0 clients
}

// What is added to a client's own scene and GUI only its page shows.
func ExampleServer_OnClientConnect() {
	server := viser.New(nil)
	defer server.Close()
	server.OnClientConnect(func(ctx context.Context, c *viser.Client) {
		c.Scene().AddLabel("/you", fmt.Sprint("you are visitor ", c.ID()), nil)
		c.GUI().AddButton("Look from above", nil).OnClick(func(context.Context, viser.ButtonEvent) {
			if err := c.Camera().SetPosition(viser.Vec3{0, 0.1, 5}); err != nil {
				log.Print(err)
			}
		})
	})
}

// A node that follows the camera of each client.
func ExampleCamera_Updates() {
	server := viser.New(nil)
	defer server.Close()
	server.OnClientConnect(func(ctx context.Context, c *viser.Client) {
		view := c.Camera().State()
		eye := server.Scene().AddCameraFrustum(fmt.Sprint("/eye", c.ID()), view.FOV, view.Aspect(), nil)
		defer eye.Remove()
		for e := range c.Camera().Updates(ctx) { // until the client leaves
			eye.SetPose(e.Pose())
		}
	})
}

// Plans and side views without perspective: at first for all clients, and then for one that asks.
func ExampleCamera_SetProjection() {
	server := viser.New(nil)
	defer server.Close()
	server.InitialCamera().SetProjection(viser.Orthographic)
	server.OnClientConnect(func(ctx context.Context, c *viser.Client) {
		depth := c.GUI().AddCheckbox("Perspective", false, nil)
		depth.OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
			projection := viser.Orthographic
			if e.Value {
				projection = viser.Perspective
			}
			if err := c.Camera().SetProjection(projection); err != nil {
				log.Print(err) // the client has left
			}
		})
	})
}

// A notification that closes by itself.
func ExampleClient_Notify() {
	server := viser.New(nil)
	defer server.Close()
	server.GUI().AddButton("Save", nil).OnClick(func(_ context.Context, e viser.ButtonEvent) {
		e.Client.Notify("Saved", "All is on disk.", &viser.NotificationOptions{AutoClose: 5 * time.Second, Color: viser.Green})
	})
}

// A picture of the client's view, as a file.
func ExampleClient_RenderEncoded() {
	server := viser.New(nil)
	defer server.Close()
	server.GUI().AddButton("Take a picture", nil).OnClick(func(ctx context.Context, e viser.ButtonEvent) {
		picture, err := e.Client.RenderEncoded(ctx, 800, 600, &viser.RenderOptions{Format: viser.PNG})
		if errors.Is(err, viser.ErrClientLeft) {
			return
		}
		if err == nil {
			err = os.WriteFile("picture.png", picture, 0o644)
		}
		if err != nil {
			log.Print(err)
		}
	})
}

// Files from a page may be of any size: they are read as a stream.
func ExampleUploadButton() {
	server := viser.New(nil)
	defer server.Close()
	server.GUI().AddUploadButton("Upload", nil).OnUpload(func(_ context.Context, e viser.UploadEvent) {
		n, err := io.Copy(io.Discard, e.File.Reader())
		log.Println(e.File, n, err)
	})
}

// A button that downloads a file which is made at the click.
func ExampleServer_SendFileDownload() {
	server := viser.New(nil)
	defer server.Close()
	server.GUI().AddButton("Download", nil).OnClick(func(_ context.Context, e viser.ButtonEvent) {
		e.Client.SendFileDownload("points.csv", []byte(strings.Repeat("0,0,0\n", 10)), nil)
	})
}

// Two calls of Stats give rates: here the callbacks between them.
func ExampleServer_Stats() {
	server := viser.New(nil)
	defer server.Close()
	called := make(chan bool)
	slider := server.GUI().AddSlider("Speed", 0, nil)
	slider.OnUpdate(func(context.Context, viser.UpdateEvent[float64]) { called <- true })
	before := server.Stats()
	slider.SetValue(0.5)
	<-called
	after := server.Stats()
	fmt.Println(after.Callbacks-before.Callbacks, "callback,", after.Clients, "clients")
	// Output: 1 callback, 0 clients
}

// Clients that do not keep up are told so.
func ExampleClient_Stats() {
	server := viser.New(nil)
	defer server.Close()
	server.OnClientConnect(func(ctx context.Context, c *viser.Client) {
		for range time.Tick(10 * time.Second) {
			if ctx.Err() != nil {
				return
			}
			if st := c.Stats(); st.Behind > time.Second {
				log.Print(c, " is behind by ", st.Behind, "; round trip ", st.RoundTrip)
			}
		}
	})
}

func ExampleServer_Tokens() {
	server := viser.MustStart(&viser.Options{Addr: "0.0.0.0:8080"})
	guest := server.Tokens().Add(&viser.TokenOptions{Name: "guest", Expires: time.Now().Add(time.Hour)})
	fmt.Println("to operate:", server.URL())
	fmt.Println("to look, for an hour:", guest.URL())

	end := server.GUI().AddButton("End the visit", nil)
	end.OnClick(func(context.Context, viser.ButtonEvent) { guest.Revoke() })
}

func ExampleOptions_authorize() {
	// A proxy on this machine has identified the user.
	viser.MustStart(&viser.Options{
		Authorize: func(r *http.Request) (viser.Access, error) {
			switch user := r.Header.Get("X-Remote-User"); user {
			case "":
				return viser.Access{}, errors.New("not from the proxy")
			case "alice":
				return viser.Access{Role: viser.RoleOperate, Name: user}, nil
			default:
				return viser.Access{Role: viser.RoleView, Name: user}, nil
			}
		},
	})
}

// A client whose connection is lost is suspended, and comes back as the same client.
func ExampleServer_OnClientSuspend() {
	server := viser.New(&viser.Options{Grace: time.Minute})
	defer server.Close()
	server.OnClientSuspend(func(_ context.Context, c *viser.Client) {
		fmt.Println(c, "has no connection")
	})
	server.OnClientResume(func(_ context.Context, c *viser.Client) {
		fmt.Println(c, "is back")
	})
	server.OnClientDisconnect(func(_ context.Context, c *viser.Client) {
		fmt.Println(c, "has left")
	})
}

// What the server shows, as one file that a browser opens without a server.
func ExampleServer_ExportHTML() {
	server := viser.New(nil)
	defer server.Close()
	server.Scene().AddBox("/box", nil)
	file, err := os.Create("scene.html")
	if err != nil {
		log.Fatal(err)
	}
	if err := server.ExportHTML(file, &viser.ExportOptions{Title: "A box"}); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}

// A page shows the scene from two sides. What is only for one of them is hidden in the other.
func ExampleClient_Viewports() {
	server := viser.New(nil)
	defer server.Close()
	plan := server.Scene().AddGrid("/plan", nil)
	server.OnClientConnect(func(_ context.Context, c *viser.Client) {
		views := c.Viewports()
		views.SetLayout(viser.TwoColumns)
		views.At(0).Hide(plan)
		above := views.At(1).Camera()
		c.Atomic(func() {
			_ = above.SetProjection(viser.Orthographic)
			_ = above.SetPosition(viser.Vec3{0, 0, 10})
			_ = above.SetLookAt(viser.Vec3{0, 0, 0})
		})
	})
}

// All pages are divided, and their cameras are linked.
func ExampleServer_SetViewports() {
	server := viser.New(nil)
	defer server.Close()
	server.SetViewports(viser.TwoRows, true)
	fmt.Println(viser.TwoRows.Len(), "viewports")
	// Output: 2 viewports
}

// The camera of each page keeps a robot in view while it drives.
func ExampleCamera_Follow() {
	server := viser.New(nil)
	defer server.Close()
	robot := server.Scene().AddFrame("/robot", nil)
	server.OnClientConnect(func(_ context.Context, c *viser.Client) {
		_ = c.Camera().Follow(robot, false)
	})
}
