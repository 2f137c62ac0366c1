package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestProcess(t *testing.T) {
	self := &process{cmd: &exec.Cmd{Process: &os.Process{Pid: os.Getpid()}}}
	if mb, err := self.memory(); err != nil || mb < 1 || mb > 1000 {
		t.Errorf("this test uses %v MB, %v", mb, err)
	}
	if _, err := self.cpu(); err != nil {
		t.Error(err)
	}
	if busy, err := machineBusy(); err != nil || busy <= 0 {
		t.Errorf("the machine was busy for %v s, %v", busy, err)
	}
	s := server{args: []string{"sh", "-c", "echo NOT READY; echo the reason >&2"}}
	err := s.with(t.Context(), func(*process) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "before it was ready") || !strings.Contains(err.Error(), "the reason") {
		t.Errorf("a server that does not start gives %v", err)
	}
}

// TestServers runs the plan's own program, as a process, for a moment.
func TestServers(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", dir, "./server").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	p := newPlan(dir, options{short: true})
	p.seconds, p.rtts = 0.2, 3
	for _, measure := range []func() error{
		func() error { return p.rtt(t.Context(), p.extended) },
		func() error { return p.join(t.Context(), p.plain) },
	} {
		if err := measure(); err != nil {
			t.Error(err)
		}
	}
	got, err := measureStart(t.Context(), p.extended.args)
	if err != nil || got.listening <= 0 || got.page < got.listening || got.memory < 1 {
		t.Errorf("start: %+v, %v", got, err)
	}
	if len(p.values[rttMedian][viserGo]) != 1 || len(p.values[joinTime][viserGoPlain]) != 1 {
		t.Errorf("the report has %v", p.values)
	}
}
