package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/viser-go/viser"
)

func init() { scenarios["token"] = tokenScenario }

// tokenScenario has another server, which requires a token.
func tokenScenario(s *stage) {
	s.commands["guarded"] = func(token string) (string, error) {
		guarded := viser.New(&viser.Options{
			Addr: "127.0.0.1:0", Token: token, Logger: slog.New(slog.NewTextHandler(os.Stderr, nil)),
		})
		guarded.GUI().AddButton("Behind the token", nil)
		if err := guarded.Start(context.Background()); err != nil {
			return "", err
		}
		return guarded.URL(), nil
	}
}
