// Command relay measures the processor time of a Python viser server whose viewers are behind a relay, or not:
//
//	VISER_PYTHON=.venv/bin/python go run ./bench/relay -viewers 100 -for 10s
//
// It prints the time of the server's process, and of the relay's, per second. Viewers do not decode what they read.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/coder/websocket"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/relay"
	"github.com/viser-go/viser/internal/upstream"
	"github.com/viser-go/viser/internal/wire"
)

func main() {
	viewers := flag.Int("viewers", 100, "the `number` of viewers")
	span := flag.Duration("for", 10*time.Second, "how long each case is measured")
	serve := flag.String("serve", "", "for this program itself: be a relay of this `URL`")
	shared := flag.Bool("shared", false, "with -serve: all viewers are one client")
	flag.Parse()
	if *serve != "" {
		runRelay(*serve, *shared)
		return
	}
	fmt.Println("| viewers | where | server, ms/s | relay, ms/s |\n|---|---|---|---|")
	for _, n := range []int{1, *viewers} {
		for _, mode := range []string{"direct", "relay", "relay --shared"} {
			measure(n, mode, *span)
		}
	}
}

// runRelay prints where it listens, and runs until its input ends.
func runRelay(url string, shared bool) {
	quiet := slog.New(slog.DiscardHandler)
	server := viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: quiet})
	r, err := relay.Start(context.Background(), server, relay.Options{Upstream: upstream.Options{URL: url}, Shared: shared, Logger: quiet})
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	fmt.Println(server.URL())
	_, _ = io.Copy(io.Discard, os.Stdin) // it ends with its parent
}

// A child is a process that prints one line when it is ready.
type child struct {
	cmd   *exec.Cmd
	in    io.Closer
	ready string
}

func start(name string, args ...string) *child {
	c := &child{cmd: exec.Command(name, args...)}
	c.cmd.Stderr = os.Stderr
	in, err := c.cmd.StdinPipe()
	if err != nil {
		log.Fatal(err)
	}
	c.in = in
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		log.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		log.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		log.Fatalf("%s: %v", name, err)
	}
	c.ready = strings.TrimSpace(line)
	return c
}

func (c *child) stop() {
	c.in.Close()
	_ = c.cmd.Process.Signal(syscall.SIGKILL)
	_ = c.cmd.Wait() // killed
}

// used is the processor time of the process so far.
func (c *child) used() time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	if err != nil {
		log.Fatal(err)
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+2:]))
	const tick = 10 * time.Millisecond // of all Linux systems that Go runs on
	var total time.Duration
	for _, f := range fields[11:13] {
		n, err := strconv.Atoi(f)
		if err != nil {
			log.Fatal(err)
		}
		total += time.Duration(n) * tick
	}
	return total
}

func measure(viewers int, mode string, span time.Duration) {
	python := os.Getenv("VISER_PYTHON")
	if python == "" {
		python = ".venv/bin/python"
	}
	program := start(python, "bench/relay/server.py")
	defer program.stop()
	url := "http://127.0.0.1:" + program.ready
	var front *child
	if mode != "direct" {
		self, err := os.Executable()
		if err != nil {
			log.Fatal(err)
		}
		front = start(self, "-serve", url, "-shared="+strconv.FormatBool(mode != "relay"))
		defer front.stop()
		url = front.ready
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for range viewers {
		open(ctx, url)
	}
	time.Sleep(2 * time.Second) // until all have what is shown at first
	server, relayed := program.used(), time.Duration(0)
	if front != nil {
		relayed = front.used()
	}
	time.Sleep(span)
	server = program.used() - server
	text := "–"
	if front != nil {
		relayed = front.used() - relayed
		text = fmt.Sprint(relayed.Milliseconds() * int64(time.Second) / int64(span))
	}
	fmt.Printf("| %d | %s | %d | %s |\n", viewers, mode, server.Milliseconds()*int64(time.Second)/int64(span), text)
}

// open connects a viewer, which reads until ctx ends.
func open(ctx context.Context, url string) {
	ws, _, err := websocket.Dial(ctx, strings.Replace(url, "http", "ws", 1), &websocket.DialOptions{Subprotocols: []string{"viser-v1.1.1"}})
	if err != nil {
		log.Fatal(err)
	}
	ws.SetReadLimit(-1)
	camera := wire.RawOf(&wire.ViewerCameraMessage{
		WXYZ: [4]float64{1}, FOV: 1, Near: 0.1, Far: 10, ImageHeight: 3, ImageWidth: 4, UpDirection: [3]float64{0, 0, 1},
	})
	if err := ws.Write(ctx, websocket.MessageBinary, camera.B); err != nil {
		log.Fatal(err)
	}
	go func() {
		defer ws.CloseNow()
		for {
			_, r, err := ws.Reader(ctx)
			if err != nil {
				return
			}
			if _, err := io.Copy(io.Discard, r); err != nil {
				return
			}
		}
	}()
}
