// Command bench measures this server, and the real viser beside it in the same
// run. It is started at the root of the repository; bench/README.md says what
// each number counts.
//
//	go run ./bench [-short] [-strict] [-only NAMES] [-json FILE]
//
// VISER_PYTHON is a Python with viser 1.1.1. Without it the Python column is empty. The
// exit code is 1 if a server responds incorrectly, and with -strict if a target is
// missed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

func main() {
	var o options
	flag.BoolVar(&o.short, "short", false, "take less than a minute, for numbers that are less sure")
	flag.BoolVar(&o.strict, "strict", false, "fail if a target is missed")
	flag.StringVar(&o.only, "only", "", "measure only what has one of these `names`, separated by commas")
	flag.StringVar(&o.json, "json", "", "write the numbers to this `file` too, one JSON object a line")
	flag.Parse()
	o.python = os.Getenv("VISER_PYTHON")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type options struct {
	short, strict bool
	json, only    string
	python        string
}

func run(ctx context.Context, o options, out io.Writer) error {
	dir, err := os.MkdirTemp("", "viser-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	build := exec.CommandContext(ctx, "go", "build", "-o", dir, "./bench/server", "./cmd/viser")
	if text, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", build, err, text)
	}
	p := newPlan(dir, o)
	noise, err := startNoise()
	if err != nil {
		return err
	}
	start := time.Now()
	failure := p.run(ctx)
	progress("all took %.0f s", time.Since(start).Seconds())
	if err := p.table(out); err != nil || failure != nil { // with what was measured until then
		return errors.Join(failure, err)
	}
	fmt.Fprintf(out, "\n%s, %d cores, %s/%s. %s\n", runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, noise)
	for _, what := range p.leftOut {
		fmt.Fprintln(out, "LEFT OUT:", what)
	}
	if o.json != "" {
		if err := writeLines(o.json, p); err != nil {
			return err
		}
	}
	missed := p.missed()
	for _, what := range missed {
		fmt.Fprintln(out, "MISSED:", what)
	}
	if o.strict && len(missed) > 0 {
		return errors.New("a target was missed")
	}
	return nil
}

func writeLines(path string, p *plan) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(p.lines(f), f.Close())
}

// noise measures the load of other processes. Printing it ends the measurement.
type noise struct {
	start  time.Time
	others float64 // seconds of all processors
}

func startNoise() (*noise, error) {
	busy, err := machineBusy()
	if err != nil {
		return nil, err
	}
	own, err := ownCPU()
	return &noise{time.Now(), busy - own}, err
}

func (n *noise) String() string {
	end, err := startNoise()
	if err != nil {
		return err.Error()
	}
	cores := time.Since(n.start).Seconds() * float64(runtime.NumCPU())
	return fmt.Sprintf("Others used %.0f%% of the machine; above some percent, run it again.", max(0, 100*(end.others-n.others)/cores))
}
