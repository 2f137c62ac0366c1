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

var (
	// small are the programs without a flag: they use the next free port, and handle no
	// signals.
	small = map[string]bool{"hello": true, "arm": true, "cloud": true, "form": true}
	// loggers print no address, but the server logs it.
	loggers = map[string]bool{"arm": true, "cloud": true, "form": true}
)

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
	if !small[name] {
		args = []string{"-addr", "127.0.0.1:0"}
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = t.TempDir() // for what it writes
	var log bytes.Buffer
	cmd.Stderr = &log
	out, err := cmd.StdoutPipe()
	if loggers[name] {
		cmd.Stdout, cmd.Stderr = &log, nil
		out, err = cmd.StderrPipe()
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill() // a second end does no harm
	url, printed := firstURL(out)
	if url == "" {
		t.Fatalf("it printed %q\n%s", printed, log.String())
	}
	checkPage(t, url, name)
	end(t, cmd, name)
	if strings.Contains(log.String(), "panic") || strings.Contains(log.String(), "DATA RACE") {
		t.Errorf("it logged\n%s", log.String())
	}
}

// firstURL reads up to the line with the page's address. A taken port is reported before it.
func firstURL(out io.Reader) (url, printed string) {
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		printed += line
		if url = address.FindString(line); url != "" || err != nil {
			return url, printed
		}
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

// end presses Ctrl-C. All examples but the small ones end by themselves and without error.
func end(t *testing.T, cmd *exec.Cmd, name string) {
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	if _, killed := err.(*exec.ExitError); err != nil && !(killed && small[name]) {
		t.Errorf("it ended with %v", err)
	}
}

// TestShortPrograms: what three newcomers wrote in 155 lines of Go, and in 69 of Python, fits 95.
func TestShortPrograms(t *testing.T) {
	lines := 0
	for _, name := range []string{"arm", "cloud", "form"} {
		source, err := os.ReadFile(filepath.Join(name, "main.go"))
		if err != nil {
			t.Fatal(err)
		}
		lines += bytes.Count(source, []byte("\n"))
	}
	if lines > 95 {
		t.Errorf("the three have %d lines", lines)
	}
}
