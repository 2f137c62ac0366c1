package main

import (
	"context"
	"fmt"
	"image/color"
	"log/slog"
	"os"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/relay"
	"github.com/viser-go/viser/internal/upstream"
)

func init() { scenarios["relay"] = relayScenario }

// A relayed is a program, and relays in front of it.
type relayed struct {
	s       *stage
	log     *slog.Logger
	program *viser.Server
	url     string
}

// relayScenario has a page that is a viewer of another server, which "stop" ends and "restart" brings back.
func relayScenario(s *stage) {
	r := &relayed{s: s, log: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	if err := r.start("127.0.0.1:0"); err != nil {
		panic(err)
	}
	r.url = r.program.URL()
	if err := r.relay(s.Server); err != nil {
		panic(err)
	}
	s.ends = append(s.ends, func() { r.program.Close() })
	s.commands["stop"] = func(string) (string, error) { return "", r.program.Close() }
	s.commands["restart"] = func(string) (string, error) { return "", r.start(r.program.Addr().String()) }
	// Another relay, whose viewers need a token; the response is the address of a page that may only look.
	s.commands["guarded"] = func(string) (string, error) {
		guarded := viser.New(&viser.Options{Addr: "127.0.0.1:0", Token: "0123456789abcdef", Logger: r.log})
		if err := r.relay(guarded); err != nil {
			return "", err
		}
		s.ends = append(s.ends, func() { guarded.Close() })
		if err := guarded.Start(context.Background()); err != nil {
			return "", err
		}
		return guarded.Tokens().Add(&viser.TokenOptions{Name: "guest"}).URL(), nil
	}
}

func (r *relayed) relay(front *viser.Server) error {
	relay, err := relay.Start(context.Background(), front, relay.Options{Upstream: upstream.Options{URL: r.url}, Logger: r.log})
	if err != nil {
		return err
	}
	r.s.ends = append(r.s.ends, relay.Close)
	return nil
}

// start starts the program.
func (r *relayed) start(addr string) error {
	p := viser.New(&viser.Options{Addr: addr, ExactPort: true, Logger: r.log})
	box := p.Scene().AddBox("/box", &viser.BoxOptions{Color: color.RGBA{200, 20, 20, 255}, Dimensions: viser.Vec3{2, 2, 2}})
	box.OnClick(func(_ context.Context, e viser.ClickEvent) { r.s.event("clicked by %d at %v", e.Client.ID(), e.HasHit) })
	g := p.GUI()
	g.AddMarkdown("## A program behind a relay", nil)
	g.AddSlider("Height", 0, &viser.SliderOptions{Max: 10}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		r.s.event("height %v", e.Value)
	})
	r.s.uploaded("file", g.AddUploadButton("Send a file", nil))
	table := g.AddTable([]string{"Part", "Mass"}, [][]any{{"wheel", 1.5}, {"axle", 3}}, nil)
	table.OnClick(func(_ context.Context, e viser.TableEvent) { r.s.event("row %d", e.Row) })
	g.AddButton("Download", nil).OnClick(func(_ context.Context, e viser.ButtonEvent) {
		e.Client.SendFileDownload("parts.txt", []byte("two parts"), nil)
	})
	g.AddButton("Picture", nil).OnClick(func(ctx context.Context, e viser.ButtonEvent) {
		img, err := e.Client.Render(ctx, 64, 48, nil)
		if err != nil {
			r.s.event("no picture: %v", err)
			return
		}
		red, green, blue, _ := img.At(32, 24).RGBA()
		r.s.event("picture %v %d %d %d", img.Bounds().Size(), red>>8, green>>8, blue>>8)
	})
	p.OnClientConnect(func(_ context.Context, c *viser.Client) {
		c.GUI().AddText("Only for you", fmt.Sprint("client ", c.ID()), nil)
	})
	r.program = p
	return p.Start(context.Background())
}
