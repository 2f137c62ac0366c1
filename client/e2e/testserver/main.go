// Testserver is the server that browser tests drive, in scenarios. The protocol is described in ../server.ts.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/viser-go/viser"
)

// A stage is a server, and the commands that the scenario understands.
type stage struct {
	*viser.Server
	commands map[string]func(args string) (string, error)
	widgets  map[string]widget
	values   map[string]func() any
	ends     []func() // are called when the test is over
	out      sync.Mutex
}

var scenarios = map[string]func(*stage){
	"client":  clientScenario,
	"scene":   sceneScenario,
	"kinds":   kindsScenario,
	"gui":     guiScenario,
	"layout":  layoutScenario,
	"lights":  lightsScenario,
	"hostile": hostileScenario,
	"tools":   toolsScenario,
	"everything": func(s *stage) {
		guiScenario(s)
		sceneScenario(s)
	},
}

func main() {
	port, ok := arguments()
	if !ok {
		fmt.Fprintln(os.Stderr, "usage: testserver SCENARIO [PORT]")
		os.Exit(2)
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	addr := fmt.Sprintf("127.0.0.1:%d", port)
	s := &stage{
		Server:   viser.New(&viser.Options{Addr: addr, ExactPort: true, Logger: log}),
		commands: map[string]func(string) (string, error){},
		widgets:  map[string]widget{},
		values:   map[string]func() any{},
	}
	s.OnClientSuspend(func(_ context.Context, c *viser.Client) { s.event("suspend %d", c.ID()) })
	s.OnClientResume(func(_ context.Context, c *viser.Client) { s.event("resume %d", c.ID()) })
	s.OnClientDisconnect(func(_ context.Context, c *viser.Client) { s.event("disconnect %d", c.ID()) })
	// A page whose panel has this label shows everything that was written before.
	s.do("mark", func(v string) { s.GUI().SetPanelLabel("mark " + v) })
	scenarios[os.Args[1]](s)
	// After the scenario's own callbacks: when the event is sent, the scenario has set up the client.
	s.OnClientConnect(func(_ context.Context, c *viser.Client) { s.event("connect %d", c.ID()) })
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
	for _, end := range s.ends {
		end()
	}
}

// arguments are a scenario and, for a server that comes back where another was, its port.
func arguments() (port uint64, ok bool) {
	args := os.Args[1:]
	if len(args) < 1 || len(args) > 2 || scenarios[args[0]] == nil {
		return 0, false
	}
	if len(args) == 1 {
		return 0, true
	}
	port, err := strconv.ParseUint(args[1], 10, 16)
	return port, err == nil
}

func (s *stage) say(format string, args ...any) {
	s.out.Lock()
	defer s.out.Unlock()
	fmt.Printf(format+"\n", args...)
}

// event sends an event to the test.
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

// withJSON is a command whose arguments are a JSON object.
func withJSON[T any](f func(c *viser.Client, args T) (string, error)) func(*viser.Client, string) (string, error) {
	return func(c *viser.Client, text string) (string, error) {
		var args T
		if err := json.Unmarshal([]byte(text), &args); err != nil {
			return "", fmt.Errorf("the arguments %q: %w", text, err)
		}
		return f(c, args)
	}
}

// asJSON encodes a response as JSON.
func asJSON(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
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
