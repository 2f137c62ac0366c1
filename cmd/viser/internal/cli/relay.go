package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/relay"
)

const aboutRelay = `Relay passes a running viser server on to any number of viewers: the server of a Python program, or ours. URL is where
its page is, such as http://localhost:8080. Viewers get the state that the server shows now, whenever they come, and what
they do goes to the program. The relay adds what the server may not have: tokens and roles, https, sessions that survive
a lost connection, and patience with slow viewers.`

func runRelay(ctx context.Context, args []string, sys *System) error {
	fs := newFlagSet("relay", "[flags] URL", aboutRelay, sys.Out)
	var f serverFlags
	f.register(fs)
	var o relay.Options
	fs.BoolVar(&o.Shared, "shared", false, "make all viewers one client of the server, so that it has to send everything only once")
	var record text
	fs.Var(&record, "record", "record what all viewers see in this `file`, instead of an existing one too")
	var keep time.Duration
	fs.Var((*duration)(&keep), "timeline", "let viewers go back in time, this `duration`, such as 1m; 0 does not")
	fs.Var((*text)(&o.Upstream.Token), "upstream-token", "the `secret` that the server requires, if it is not in URL")
	operands, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(operands) != 1 {
		return &usageError{"relay", "it takes one URL, of the server to relay"}
	}
	if err := f.check(); err != nil {
		return &usageError{"relay", err.Error()}
	}
	if keep > 0 && keep < time.Second {
		return &usageError{"relay", fmt.Sprintf("--timeline must be a duration from 1s on, or 0 for none, not %v", keep)}
	}
	o.Upstream.URL = operands[0]
	server, err := f.server("relay", sys)
	if err != nil {
		return err
	}
	defer f.close()
	defer server.Close()
	o.Logger = newLogger(sys.Err, f.level())
	r, err := relay.Start(ctx, server, o)
	if err != nil {
		return serverError(operands[0], "relayed", err)
	}
	defer r.Close()
	if keep > 0 {
		server.Timeline(&viser.TimelineOptions{Keep: keep})
	}
	return recordedIn(server, string(record), func() error { return serve(ctx, server, &f, sys, func() {}) })
}

// recordedIn runs f, and records in the file meanwhile what the server shows; "" for none.
func recordedIn(server *viser.Server, file string, f func() error) error {
	if file == "" {
		return f()
	}
	recording, err := server.RecordFile(file, nil)
	if err != nil {
		return fmt.Errorf("--record: %w", writeError(file, err))
	}
	err = f()
	if closed := recording.Close(); closed != nil && err == nil {
		err = fmt.Errorf("--record: %w", writeError(file, closed))
	}
	return err
}
