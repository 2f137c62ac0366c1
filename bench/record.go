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
	"regexp"
	"strconv"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/bench/internal/subject"
	"github.com/viser-go/viser/internal/recording"
)

var (
	recordBytes = less("1,000 nodes moved and turned at 60 Hz: the recording of a second", "kB")
	recordShare = atMost(50, "the same: of the size of viser's", "%")
	recordCPU   = atMost(100, "the same: processor of a program that does that and records it, for a second", "ms")
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

// A recorded is the file of a session, and what making it took.
type recorded struct {
	bytes int64
	cpu   float64 // seconds
}

// recordOurs records a session through the public API.
func recordOurs(ctx context.Context, s session, path string) (out recorded, err error) {
	server := viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: slog.New(slog.DiscardHandler)})
	if err := server.Start(ctx); err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	var frames []*viser.Frame
	for i := range recordNodes {
		frames = append(frames, server.Scene().AddFrame(subject.Name(i), &viser.FrameOptions{AxesLength: 0.05, AxesRadius: 0.005}))
	}
	before, err := ownCPU()
	if err != nil {
		return out, err
	}
	rec, err := server.RecordFile(path, &viser.RecordOptions{ProgramTime: true})
	if err != nil {
		return out, err
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
	if err := rec.Close(); err != nil {
		return out, err
	}
	after, err := ownCPU()
	if err != nil {
		return out, err
	}
	out.cpu = after - before
	info, err := os.Stat(path)
	if err != nil {
		return out, err
	}
	out.bytes = info.Size()
	return out, nil
}

var recordedLine = regexp.MustCompile(`(?m)^RECORDED ([\d.]+)$`)

// recordTheirs lets viser's serializer record it.
func recordTheirs(ctx context.Context, python string, s session, dir, path string) (out recorded, err error) {
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
		return out, err
	}
	cmd := exec.CommandContext(ctx, python, "bench/record.py", source, strconv.Itoa(recordNodes), strconv.Itoa(recordHz), path)
	text, err := cmd.CombinedOutput()
	if err != nil {
		return out, fmt.Errorf("%s: %w\n%.4000s", cmd, err, text)
	}
	m := recordedLine.FindSubmatch(text)
	if m == nil {
		return out, fmt.Errorf("%s printed no time:\n%.4000s", cmd, text)
	}
	if out.cpu, err = strconv.ParseFloat(string(m[1]), 64); err != nil {
		return out, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return out, err
	}
	out.bytes = info.Size()
	return out, nil
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
	session := newSession(p.seconds)
	path := filepath.Join(dir, "x.viser")
	var got recorded
	if s.column == python {
		got, err = recordTheirs(ctx, s.args[0], session, dir, path)
	} else {
		got, err = recordOurs(ctx, session, path)
	}
	if err == nil {
		err = checkRecording(path, session)
	}
	if err != nil {
		return err
	}
	p.add(recordBytes, s.column, float64(got.bytes)/1000/session.seconds())
	p.add(recordCPU, s.column, 1000*got.cpu/session.seconds())
	if s.column == python {
		p.add(recordShare, viserGo, 100*p.values[recordBytes][viserGo][0]*1000*session.seconds()/float64(got.bytes))
	}
	return nil
}
