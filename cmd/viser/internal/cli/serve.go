package cli

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"runtime"

	"github.com/viser-go/viser"
)

// serve starts the server, calls fill, prints the addresses, and waits until ctx ends. The server listens before it is
// filled, so that a page that is opened at once waits instead of failing; it shows all or nothing. The server itself
// logs that a port is taken and another one is used.
func serve(ctx context.Context, server *viser.Server, f *serverFlags, sys *System, fill func()) error {
	if err := server.Start(ctx); err != nil {
		return err
	}
	defer server.Close() // again after the one below, unless that is not reached
	server.Atomic(fill)
	printURLs(sys.Out, "Open", server.URLs())
	if f.view != nil {
		printURLs(sys.Out, "To look only, open", f.view.URLs())
	}
	if f.fingerprint != "" {
		fmt.Fprintf(sys.Out, "The browser will warn of the certificate. Its SHA-256 fingerprint is\n  %s\n", f.fingerprint)
	}
	if f.open {
		if err := sys.OpenBrowser(server.URL()); err != nil {
			fmt.Fprintf(sys.Err, "The browser could not be opened (%s); open the address above yourself.\n", oneLine(err))
		}
	}
	if sys.ErrIsTerminal {
		fmt.Fprintln(sys.Err, "Press Ctrl-C to stop.")
	}
	<-ctx.Done()
	return server.Close()
}

// printURLs prints where the page is. The last URL is the one for this machine.
func printURLs(out io.Writer, verb string, urls []string) {
	fmt.Fprintf(out, "%s %s\n", verb, urls[0])
	for i, url := range urls[1:] {
		if i == len(urls)-2 {
			url += " on this machine"
		}
		fmt.Fprintf(out, "  or %s\n", url)
	}
}

// OpenBrowser shows url in the user's browser, by the tool that the system has for it. It does not wait for
// the browser to end.
func OpenBrowser(url string) error {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go cmd.Wait() // so that no zombie process is left; its error is ignored
	return nil
}
