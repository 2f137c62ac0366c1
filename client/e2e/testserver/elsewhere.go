package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/viser-go/viser"
)

func init() { scenarios["elsewhere"] = elsewhereScenario }

// elsewhereScenario has a page, and other servers for it to show: "?websocket=".
func elsewhereScenario(s *stage) {
	s.GUI().AddButton("Of the page's own server", nil)
	// The origins whose pages may connect; with none, only the server's own.
	s.commands["another"] = func(origin string) (string, error) {
		opts := &viser.Options{Addr: "127.0.0.1:0", Logger: slog.New(slog.NewTextHandler(os.Stderr, nil))}
		if origin != "" {
			opts.AllowedOrigins = []string{origin}
		}
		other := viser.New(opts)
		button := other.GUI().AddButton("Of the other server", nil)
		button.OnClick(func(context.Context, viser.ButtonEvent) { s.event("clicked elsewhere") })
		if err := other.Start(context.Background()); err != nil {
			return "", err
		}
		return other.URL(), nil
	}
}
