// Testserver is the server that browser tests drive, in scenarios. The protocol is told in ../server.ts.
package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"

	"github.com/viser-go/viser"
)

// A stage is a server, and the commands that the scenario understands.
type stage struct {
	*viser.Server
	commands map[string]func(args string) (string, error)
	out      sync.Mutex
}

var scenarios = map[string]func(*stage){
	"client":  clientScenario,
	"scene":   sceneScenario,
	"gui":     guiScenario,
	"hostile": hostileScenario,
}

func main() {
	if len(os.Args) != 2 || scenarios[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: testserver SCENARIO")
		os.Exit(2)
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	s := &stage{
		Server:   viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: log}),
		commands: map[string]func(string) (string, error){},
	}
	s.OnClientConnect(func(_ context.Context, c *viser.Client) { s.event("connect %d", c.ID()) })
	s.OnClientDisconnect(func(_ context.Context, c *viser.Client) { s.event("disconnect %d", c.ID()) })
	scenarios[os.Args[1]](s)
	if err := s.Start(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s.say("URL %s", s.URL())
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		s.command(lines.Text())
	}
	s.Close()
}

func (s *stage) say(format string, args ...any) {
	s.out.Lock()
	defer s.out.Unlock()
	fmt.Printf(format+"\n", args...)
}

// event tells the test what happened here.
func (s *stage) event(format string, args ...any) { s.say("EVENT "+format, args...) }

func (s *stage) command(line string) {
	name, args, _ := strings.Cut(line, " ")
	run := s.commands[name]
	if run == nil {
		s.say("ERR there is no command %q", name)
		return
	}
	answer, err := run(args)
	if err != nil {
		s.say("ERR %v", err)
		return
	}
	s.say("OK %s", answer)
}

// do adds a command that cannot fail.
func (s *stage) do(name string, f func(args string)) {
	s.commands[name] = func(args string) (string, error) {
		f(args)
		return "", nil
	}
}

// newest is the client that connected last.
func (s *stage) newest() (*viser.Client, error) {
	var c *viser.Client
	for c = range s.Clients() {
	}
	if c == nil {
		return nil, fmt.Errorf("no client is connected")
	}
	return c, nil
}

// forClient adds a command about the newest client.
func (s *stage) forClient(name string, f func(c *viser.Client, args string) (string, error)) {
	s.commands[name] = func(args string) (string, error) {
		c, err := s.newest()
		if err != nil {
			return "", err
		}
		return f(c, args)
	}
}
