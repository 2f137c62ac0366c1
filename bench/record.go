package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/bench/internal/subject"
	"github.com/viser-go/viser/internal/recording"
)

var (
	recordBytes = less("1,000 nodes moved and turned at 60 Hz: the recording of a second", "kB")
	recordShare = atMost(50, "the same: of the size of viser's", "%")
	recordCPU   = atMost(100, "recording 1,000 nodes moved and turned at 60 Hz: processor", "ms a second")
	recordTrips = atMost(1, "the same: what it adds to a GUI value to a callback and back, p99", "ms")
)

const (
	recordNodes = 1000
	recordHz    = 60
)

// A session is what programs record: for each step the position and orientation of each node.
type session [][recordNodes][7]float64

// newSession makes nodes that swing, each on its own way.
func newSession(seconds float64) session {
	rnd := rand.New(rand.NewPCG(1, 2))
	var base, phase, rate [recordNodes][3]float64
	for i := range base {
		for k := range 3 {
			base[i][k], phase[i][k], rate[i][k] = 20*rnd.Float64()-10, 2*math.Pi*rnd.Float64(), 0.2+1.8*rnd.Float64()
		}
	}
	s := make(session, int(seconds*recordHz))
	for step := range s {
		t := float64(step) / recordHz
		for i := range recordNodes {
			pose := &s[step][i]
			for k := range 3 {
				pose[k] = base[i][k] + math.Sin(phase[i][k]+rate[i][k]*t)
			}
			axis := base[i]
			sin := math.Sin(rate[i][0]*t/2) / math.Hypot(math.Hypot(axis[0], axis[1]), axis[2])
			pose[3], pose[4], pose[5], pose[6] = math.Cos(rate[i][0]*t/2), sin*axis[0], sin*axis[1], sin*axis[2]
		}
	}
	return s
}

func (s session) seconds() float64 { return float64(len(s)) / recordHz }

// recordOurs records a session through the public API.
func recordOurs(ctx context.Context, s session, path string) (err error) {
	server := viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: slog.New(slog.DiscardHandler)})
	if err := server.Start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	var frames []*viser.Frame
	for i := range recordNodes {
		frames = append(frames, server.Scene().AddFrame(subject.Name(i), &viser.FrameOptions{AxesLength: 0.05, AxesRadius: 0.005}))
	}
	rec, err := server.RecordFile(path, &viser.RecordOptions{ProgramTime: true})
	if err != nil {
		return err
	}
	for _, step := range s {
		server.Atomic(func() {
			for i, f := range frames {
				p := &step[i]
				f.SetPosition(viser.Vec3{p[0], p[1], p[2]})
				f.SetWXYZ(viser.Quat{W: p[3], X: p[4], Y: p[5], Z: p[6]})
			}
		})
		rec.Sleep(time.Second / recordHz)
	}
	return rec.Close()
}

// recordTheirs lets viser's serializer record it.
func recordTheirs(ctx context.Context, python string, s session, dir, path string) error {
	var poses []byte
	for step := range s {
		for i := range s[step] {
			for _, x := range s[step][i] {
				poses = binary.LittleEndian.AppendUint64(poses, math.Float64bits(x))
			}
		}
	}
	source := filepath.Join(dir, "poses")
	if err := os.WriteFile(source, poses, 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, python, "bench/record.py", source, strconv.Itoa(recordNodes), strconv.Itoa(recordHz), path)
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%.4000s", cmd, err, text)
	}
	return nil
}

// checkRecording compares a file with the session: all poses are in it, in order, within what recordings round.
func checkRecording(path string, s session) error {
	r, err := recording.OpenFile(path)
	if err != nil {
		return err
	}
	defer r.Close()
	poses := 0
	for e, err := range r.Entries(-1, math.Inf(1)) {
		if err != nil {
			return err
		}
		if typ := e.Message.Type; e.Time > 0 && (typ == "SetPositionMessage" || typ == "SetOrientationMessage") {
			poses++
		}
	}
	// The poses of the first step stand at time 0, with those of the nodes before it.
	if want := 2 * recordNodes * (len(s) - 1); poses < want*99/100 || poses > want {
		return fmt.Errorf("%s has %d poses after its beginning, want %d", path, poses, want)
	}
	return nil
}

// record makes both files of the same session, reads both, and compares their sizes.
func (p *plan) record(ctx context.Context, s server) error {
	dir, err := os.MkdirTemp("", "viser-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	session := newSession(p.seconds / 2) // of which the Python server takes ten times as long
	path := filepath.Join(dir, "x.viser")
	if s.column == python {
		err = recordTheirs(ctx, s.args[0], session, dir, path)
	} else {
		err = recordOurs(ctx, session, path)
	}
	if err == nil {
		err = checkRecording(path, session)
	}
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	p.add(recordBytes, s.column, float64(info.Size())/1000/session.seconds())
	if s.column == python {
		p.add(recordShare, viserGo, 100*p.values[recordBytes][viserGo][0]*1000*session.seconds()/float64(info.Size()))
	}
	return nil
}

// A recordingCost is what recording moving nodes costs.
type recordingCost struct {
	cpu, recordingCPU float64         // CPU seconds of the server for each step, without and while recording
	trips, recording  []time.Duration // of a slider meanwhile
	bytes             float64         // of the file, for each step
}

// measureRecording lets the program move n nodes on paths of their own, hz times per second, four times, and records it the
// second and the third time. Meanwhile a client moves a slider.
func measureRecording(ctx context.Context, addr, protocol string, n int, hz, seconds float64, cpu func() (float64, error)) (*recordingCost, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s, err := sliderBesideNodes(ctx, addr, protocol, n)
	if err != nil {
		return nil, err
	}
	defer s.end()
	r := &recordingCost{}
	steps := 0
	for phase := range 4 {
		recording := phase == 1 || phase == 2
		used, trips := &r.cpu, &r.trips
		if recording {
			used, trips = &r.recordingCPU, &r.recording
			if _, err := s.command(ctx, subject.Command{Cmd: "record", N: 1}); err != nil {
				return nil, err
			}
		}
		before, err := cpu()
		if err != nil {
			return nil, err
		}
		made, took, err := s.moveBeside(ctx, subject.Command{Cmd: "swing", N: n, Hz: hz, Seconds: seconds})
		if err != nil {
			return nil, err
		}
		after, err := cpu()
		if err != nil {
			return nil, err
		}
		*used += (after - before) / float64(made) / 2
		*trips = append(*trips, took...)
		if recording {
			a, err := s.command(ctx, subject.Command{Cmd: "record"})
			if err != nil {
				return nil, err
			}
			r.bytes += float64(a.Count)
			steps += made
		}
	}
	r.bytes /= float64(steps)
	slices.Sort(r.trips)
	slices.Sort(r.recording)
	return r, nil
}

// recordingCost compares for each step, since the Python server makes fewer of them.
func (p *plan) recordingCost(ctx context.Context, s server) error {
	return s.with(ctx, func(proc *process) error {
		got, err := measureRecording(ctx, proc.addr, s.protocol, recordNodes, recordHz, p.seconds, proc.cpu)
		if err != nil {
			return err
		}
		p.add(recordCPU, s.column, 1000*recordHz*(got.recordingCPU-got.cpu))
		p.add(recordTrips, s.column, ms(quantile(got.recording, 0.99)-quantile(got.trips, 0.99)))
		return nil
	})
}
