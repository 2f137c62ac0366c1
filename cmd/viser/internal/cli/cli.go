// Package cli is the command line of the viser command: it parses arguments and prints output.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// The exit codes.
const (
	exitOK    = 0
	exitError = 1 // a file, a port, the network
	exitUsage = 2 // the command line itself
)

// System is the environment of a command.
type System struct {
	In       io.Reader
	Out, Err io.Writer
	// ErrIsTerminal reports that Err is a terminal, where a line may be overwritten.
	ErrIsTerminal bool
	// OutIsTerminal reports that Out is one, which shows no files.
	OutIsTerminal bool
	// OpenBrowser shows a URL.
	OpenBrowser func(url string) error

	noProgress bool
}

// silent is the environment of a command that reports its progress on a terminal only.
func (s *System) silent() *System {
	other := *s
	other.noProgress = !s.ErrIsTerminal
	return &other
}

// command is a subcommand of "viser".
type command struct {
	name, args, summary string
	run                 func(ctx context.Context, args []string, sys *System) error
}

// commands is a function, as help is one of them and prints them.
func commands() []command {
	return []command{
		{"demo", "[flags]", "show a scene to play with: the Stanford bunny and a panel", runDemo},
		{"view", "[flags] FILE…", "show meshes, point clouds, splats, robots; files can be dropped, too", runView},
		{"convert", "[flags] IN OUT", "write a model in another format", runConvert},
		{"relay", "[flags] URL", "pass a running viser server on to any number of viewers", runRelay},
		{"export", "[flags] IN", "write a page that is one file: of a recording, a model or a server", runExport},
		{"record", "-o FILE [flags] URL", "record what a running viser server shows, into a file", runRecord},
		{"play", "[flags] FILE", "play a recording", runPlay},
		{"info", "[flags] FILE", "tell what is in a recording or a model", runInfo},
		{"client", "DIR", "write the web client into a folder, for any web server", runClient},
		{"version", "", "print the version", runVersion},
		{"help", "[COMMAND]", "explain a command", runHelp},
	}
}

// Run runs one command line, without the program's name, until it is done or ctx ends, and returns the exit
// code of the process: 0 also after ctx has ended, 1 when something failed, 2 when the command line is wrong.
func Run(ctx context.Context, args []string, sys *System) int {
	err := dispatch(ctx, args, sys)
	var usage *usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case ctx.Err() != nil && (errors.Is(err, context.Cause(ctx)) || errors.Is(err, ctx.Err())):
		return exitOK // it was interrupted
	case errors.As(err, &usage):
		fmt.Fprintf(sys.Err, "viser: %v\nRun \"viser help%s\" for usage.\n", err, usage.topic())
		return exitUsage
	}
	fmt.Fprintf(sys.Err, "viser: %s\n", oneLine(err))
	return exitError
}

func dispatch(ctx context.Context, args []string, sys *System) error {
	if len(args) == 0 {
		printHelp(sys.Err)
		return &usageError{text: "a command is missing"}
	}
	switch args[0] {
	case "-h", "-help", "--help":
		printHelp(sys.Out)
		return nil
	case "--version", "-version":
		return runVersion(ctx, nil, sys)
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(ctx, args[1:], sys)
		}
	}
	return &usageError{text: fmt.Sprintf("there is no command %q", args[0])}
}

// usageError is a mistake in the command line.
type usageError struct {
	command string // "" for none
	text    string
}

func (e *usageError) Error() string {
	if e.command == "" {
		return e.text
	}
	return e.command + ": " + e.text
}

func (e *usageError) topic() string {
	if e.command == "" {
		return ""
	}
	return " " + e.command
}

// oneLine replaces line breaks in an error, parts of which may come from a file or the
// network.
func oneLine(err error) string {
	line := strings.Join(strings.Fields(err.Error()), " ")
	return strings.TrimPrefix(line, "viser: ") // of the library's errors: the program has the same name
}

func printHelp(w io.Writer) {
	fmt.Fprint(w, "Viser shows 3D data in a web browser.\n\nUsage:\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  viser %-24s %s\n", c.name+" "+c.args, c.summary)
	}
	fmt.Fprint(w, "\nRun \"viser help COMMAND\" for its flags.\n")
}

func runHelp(ctx context.Context, args []string, sys *System) error {
	if len(args) == 0 {
		printHelp(sys.Out)
		return nil
	}
	if len(args) == 1 && args[0] != "help" {
		return dispatch(ctx, []string{args[0], "-h"}, sys)
	}
	return &usageError{text: "help takes one command"}
}
