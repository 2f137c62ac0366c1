// Package examples holds small programs, each with one idea. They are main packages of their own.
package examples_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var address = regexp.MustCompile(`http://\S+`)

// TestExamplesRun builds each example, starts it, opens its page, and ends it with Ctrl-C.
func TestExamplesRun(t *testing.T) {
	mains, err := filepath.Glob("*/main.go")
	if err != nil || len(mains) < 5 {
		t.Fatalf("found %v, %v", mains, err)
	}
	bin := t.TempDir()
	args := append([]string{"build", "-o", bin + string(filepath.Separator)}, raceFlags...)
	build := exec.Command("go", append(args, "./...")...)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, main := range mains {
		name := filepath.Dir(main)
		t.Run(name, func(t *testing.T) { runExample(t, filepath.Join(bin, name), name) })
	}
}

func runExample(t *testing.T, program, name string) {
	var args []string
	if name != "hello" { // which is too small to have a flag: it takes the next free port
		args = []string{"-addr", "127.0.0.1:0"}
	}
	cmd := exec.Command(program, args...)
	var log bytes.Buffer
	cmd.Stderr = &log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill() // a second end does no harm
	line, err := bufio.NewReader(out).ReadString('\n')
	url := address.FindString(line)
	if err != nil || url == "" {
		t.Fatalf("it printed %q, %v\n%s", line, err, log.String())
	}
	checkPage(t, url, name)
	end(t, cmd, name)
	if strings.Contains(log.String(), "panic") || strings.Contains(log.String(), "DATA RACE") {
		t.Errorf("it logged\n%s", log.String())
	}
}

func checkPage(t *testing.T, url, name string) {
	if name == "mount" {
		url += "3d/"
	}
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	page, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK || !bytes.Contains(page, []byte("<script")) {
		t.Errorf("the page is %s, %.200q, %v", r.Status, page, err)
	}
}

// end presses Ctrl-C. All examples but hello, which knows no signals, end by themselves and without error.
func end(t *testing.T, cmd *exec.Cmd, name string) {
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	if _, killed := err.(*exec.ExitError); err != nil && !(killed && name == "hello") {
		t.Errorf("it ended with %v", err)
	}
}
