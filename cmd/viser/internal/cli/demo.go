package cli

import (
	"context"

	"github.com/viser-go/viser/cmd/viser/internal/demo"
)

func runDemo(ctx context.Context, args []string, sys *System) error {
	fs := newFlagSet("demo", "[flags]", "Demo shows a scene to play with: the Stanford bunny and a panel that changes everything.", sys.Out)
	var f serverFlags
	f.register(fs)
	operands, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(operands) > 0 {
		return &usageError{"demo", "it takes no file; see \"viser view\" for that"}
	}
	if err := f.check(); err != nil {
		return &usageError{"demo", err.Error()}
	}
	server, err := f.server("demo", sys)
	if err != nil {
		return err
	}
	defer f.close()
	ctx, cancel := context.WithCancel(ctx)
	var show *demo.Demo
	err = serve(ctx, server, &f, sys, func() { show = demo.Build(ctx, server) })
	cancel()
	if show != nil {
		show.Wait()
	}
	return err
}
