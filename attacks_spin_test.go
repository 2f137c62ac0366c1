package viser_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/viser-go/viser"
)

// spinning is set in the process of TestSpinningGoroutine.
const spinning = "VISER_TEST_SPINNING"

// TestSpinningGoroutine: a program with one processor and a goroutine that never yields still serves clients.
func TestSpinningGoroutine(t *testing.T) {
	if os.Getenv(spinning) != "" {
		spin(t)
		return
	}
	program := exec.Command(os.Args[0], "-test.run", "^TestSpinningGoroutine$")
	program.Env = append(os.Environ(), spinning+"=1", "GOMAXPROCS=1")
	program.Stderr = os.Stderr
	in, err := program.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	url, err := lines.ReadString('\n')
	uuid, err2 := lines.ReadString('\n')
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	page := dial(t, strings.TrimSpace(url))
	send(t, page, &someCamera)
	for i := range 10 {
		msg := wireBytes(map[string]any{"type": "GuiUpdateMessage", "uuid": strings.TrimSpace(uuid), "updates": map[string]any{"value": i%2 == 0}})
		if err := page.Write(t.Context(), websocket.MessageBinary, msg); err != nil {
			t.Fatal(err)
		}
		if line, err := lines.ReadString('\n'); err != nil || line != fmt.Sprintln(i%2 == 0) {
			t.Fatalf("the callback received %q, %v", line, err)
		}
	}
	page.CloseNow()
	in.Close()
	_, _ = io.Copy(io.Discard, lines)
	if err := program.Wait(); err != nil {
		t.Error(err)
	}
}

// spin serves until its standard input ends, and prints its URL, the uuid of a checkbox, and each value of it.
func spin(t *testing.T) {
	s := viser.NewTestServer(&viser.Options{Addr: "127.0.0.1:0", Logger: quiet()})
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	box := s.GUI().AddCheckbox("box", false, nil)
	box.OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) { fmt.Println(e.Value) })
	go func() {
		var n uint
		for { // it never yields
			n++
		}
	}()
	fmt.Println(s.URL())
	fmt.Println(viser.UUIDOf(&box.Input))
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0) // the goroutine never ends
}
