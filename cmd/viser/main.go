// Command viser shows 3D data in a web browser: a demonstration scene, or a PLY file.
//
//	viser demo
//	viser view bunny.ply
//
// Run "viser help" for the rest.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/viser-go/viser/cmd/viser/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(cli.Run(ctx, os.Args[1:], &cli.System{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		ErrIsTerminal: isTerminal(os.Stderr),
		OutIsTerminal: isTerminal(os.Stdout),
		OpenBrowser:   cli.OpenBrowser,
	}))
}

// isTerminal is true for character devices, such as terminals, but not for the one that swallows everything.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
