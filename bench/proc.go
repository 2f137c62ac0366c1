package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// A meter measures what a server uses.
type meter interface {
	cpu() (seconds float64, err error)
	memory() (mb float64, err error) // resident
	settle(context.Context) error    // gives it time to release memory that it does not need
}

// A process is a server under test. Its numbers come from /proc, so this is for Linux only.
type process struct {
	cmd    *exec.Cmd
	hold   io.Closer // its standard input, on whose end it exits
	out    io.Reader
	stderr bytes.Buffer // to be read after stop
	addr   string
}

// spawn starts a server on a free port. In args, PORT stands for it.
func spawn(ctx context.Context, args []string) (*process, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	args = strings.Split(strings.ReplaceAll(strings.Join(args, "\x00"), "PORT", port), "\x00")
	p := &process{cmd: exec.CommandContext(ctx, args[0], args[1:]...), addr: net.JoinHostPort("127.0.0.1", port)}
	p.cmd.Stderr = &p.stderr
	if p.hold, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if p.out, err = p.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	return p, p.cmd.Start()
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port), nil
}

// listening waits until the server accepts a connection.
func (p *process) listening(ctx context.Context) error {
	for {
		conn, err := net.Dial("tcp", p.addr)
		if err == nil {
			return conn.Close()
		}
		if err := pause(ctx, time.Millisecond/2); err != nil {
			return fmt.Errorf("%s does not listen: %w", p.cmd, err)
		}
	}
}

// ready waits until the server reports that it is ready.
func (p *process) ready() error {
	for lines := bufio.NewScanner(p.out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "READY ") {
			return nil
		}
	}
	return errors.New("the server ended before it was ready")
}

// stop interrupts the server, and kills it after ten seconds.
func (p *process) stop() {
	p.hold.Close()
	p.cmd.Process.Signal(os.Interrupt)
	kill := time.AfterFunc(10*time.Second, func() { p.cmd.Process.Kill() })
	defer kill.Stop()
	p.cmd.Wait() // its exit status does not matter
}

// cpu is the processor time of the process since its start, in seconds. The kernel counts in ticks of
// 10 ms.
func (p *process) cpu() (float64, error) { return used(strconv.Itoa(p.cmd.Process.Pid), 2) }

// ownCPU is the processor time of this process and of the children that it waited for, in seconds.
func ownCPU() (float64, error) { return used("self", 4) }

// used adds up the first of utime, stime, cutime and cstime; see proc_pid_stat(5).
func used(pid string, times int) (seconds float64, err error) {
	text, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest) // the first one here is the third field of the file
	if len(fields) < 15 {
		return 0, fmt.Errorf("/proc: strange stat %q", text)
	}
	return ticks(fields[11 : 11+times]...)
}

const ticksPerSecond = 100 // USER_HZ, the same on every Linux that Go runs on

func ticks(fields ...string) (seconds float64, err error) {
	for _, f := range fields {
		n, err := strconv.ParseUint(f, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("/proc: %w", err)
		}
		seconds += float64(n) / ticksPerSecond
	}
	return seconds, nil
}

func (p *process) memory() (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0, fmt.Errorf("/proc: no VmRSS in the status of %s", p.cmd)
	}
	kb, err := strconv.Atoi(fields[0])
	return float64(kb) / 1024, err
}

func (p *process) settle(ctx context.Context) error { return pause(ctx, time.Second) }

// machineBusy is the busy time of all processors since the machine started, in seconds.
func machineBusy() (seconds float64, err error) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, err
	}
	f := strings.Fields(string(text))
	if len(f) < 9 || f[0] != "cpu" {
		return 0, fmt.Errorf("/proc: strange stat %.80q", text)
	}
	return ticks(f[1], f[2], f[3], f[6], f[7], f[8]) // all but idle and iowait
}
