package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"

	"github.com/viser-go/viser"
)

func init() { scenarios["access"] = accessScenario }

// accessScenario has another server, with a token for somebody who only looks.
func accessScenario(s *stage) {
	var server *viser.Server
	var calls atomic.Int64
	s.commands["guest"] = func(string) (string, error) {
		server = viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: slog.New(slog.NewTextHandler(os.Stderr, nil))})
		gui, scene := server.GUI(), server.Scene()
		gui.AddSlider("Speed", 0.25, nil).OnUpdate(func(context.Context, viser.UpdateEvent[float64]) { calls.Add(1) })
		gui.AddText("Name", "arm", nil).OnUpdate(func(context.Context, viser.UpdateEvent[string]) { calls.Add(1) })
		gui.AddButton("Go", nil).OnClick(func(context.Context, viser.ButtonEvent) { calls.Add(1) })
		scene.AddBox("/box", &viser.BoxOptions{Dimensions: viser.Vec3{3, 3, 3}}).OnClick(func(context.Context, viser.ClickEvent) { calls.Add(1) })
		scene.AddTransformControls("/gizmo", nil).OnUpdate(func(context.Context, viser.TransformControlsEvent) { calls.Add(1) })
		if err := server.Start(context.Background()); err != nil {
			return "", err
		}
		return server.Tokens().Add(&viser.TokenOptions{Name: "alice"}).URL(), nil
	}
	s.commands["calls"] = func(string) (string, error) { return fmt.Sprint(calls.Load()), nil }
	s.commands["revoke"] = func(name string) (string, error) { return fmt.Sprint(server.Tokens().Revoke(name)), nil }
}
