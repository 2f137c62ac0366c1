// Package subject is the Go program that the benchmark measures: a server whose scene a
// client controls. bench/server.py is the same for the Python viser.
//
// A command is a JSON object that a client writes into the text input "bench_cmd". The
// result is the value of "bench_result". The value of the slider "rtt_in" is copied to
// the number "rtt_out".
package subject

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/viser-go/viser"
)

// A Command is a value of bench_cmd.
type Command struct {
	ID      int     `json:"id"`
	Cmd     string  `json:"cmd"`     // "nodes", "poses", "small", "cloud", "collect", "busy", "record", "timeline" or "swing"
	N       int     `json:"n"`       // nodes, or points; record, timeline: 1 to begin
	First   int     `json:"first"`   // busy: steps that were before
	Times   int     `json:"times"`   // cloud: how often
	Bytes   int     `json:"bytes"`   // small: the length of a text that changes with each update
	Hz      float64 `json:"hz"`      // times a second
	Seconds float64 `json:"seconds"` // for how long
	Start   float64 `json:"start"`   // small, cloud, busy: the moment that times count from, Unix seconds
}

// An Answer is the value of bench_result when the command is done.
type Answer struct {
	ID      int     `json:"id"`
	Error   string  `json:"error,omitempty"`
	Count   int     `json:"count"`   // of nodes added, steps made or updates sent
	Seconds float64 `json:"seconds"` // that it took
	extra
}

// What only some commands answer.
type extra struct {
	Worst float64   `json:"worst"` // poses, small: seconds of the slowest step
	Call  float64   `json:"call"`  // cloud: seconds of the last call
	Began float64   `json:"began"` // cloud: when that began, in seconds since Start
	Sum   uint32    `json:"sum"`   // cloud, busy: CRC-32 of the colors
	Times []float64 `json:"times"` // busy: when each step began, in seconds since Start
}

// A Program is a server under test. Tests replace its functions before Install, to
// check that the harness detects it.
type Program struct {
	Echo     func(float64) float64
	Commands map[string]func(ctx context.Context, c Command) (count int)

	server *viser.Server
	nodes  []*viser.Frame
	filler *viser.Text

	recording *viser.Recording
	path      string // of it
	timeline  *viser.Timeline
	extra     extra // of the command that runs
}

// New returns the program for a server.
func New(server *viser.Server) *Program {
	p := &Program{server: server, Echo: func(v float64) float64 { return v }}
	p.Commands = map[string]func(context.Context, Command) int{"nodes": p.addNodes, "poses": p.moveAll, "small": p.moveOne, "cloud": p.addCloud, "collect": p.collect, "busy": p.keepBusy, "record": p.record, "swing": p.swing, "timeline": p.keep}
	return p
}

// Install adds the GUI.
func (p *Program) Install() {
	gui := p.server.GUI()
	command, result := gui.AddText("bench_cmd", "{}", nil), gui.AddText("bench_result", "{}", nil)
	p.filler = gui.AddText("bench_filler", "", nil)
	in, out := gui.AddSlider("rtt_in", 0, &viser.SliderOptions{Max: 1e9, Step: 1}), gui.AddNumber("rtt_out", 0, nil)
	in.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { out.SetValue(p.Echo(e.Value)) })
	command.OnUpdate(func(ctx context.Context, e viser.UpdateEvent[string]) {
		answer, err := json.Marshal(p.run(ctx, e.Value))
		if err != nil {
			panic(err) // two numbers and a text
		}
		result.SetValue(string(answer))
	})
}

func (p *Program) run(ctx context.Context, text string) Answer {
	var c Command
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return Answer{Error: err.Error()}
	}
	do := p.Commands[c.Cmd]
	if do == nil {
		return Answer{ID: c.ID, Error: fmt.Sprintf("there is no command %q", c.Cmd)}
	}
	p.extra = extra{}
	start := time.Now()
	count := do(ctx, c)
	return Answer{ID: c.ID, Count: count, Seconds: time.Since(start).Seconds(), extra: p.extra}
}

// Name is the name of a node of the scene that "nodes" creates.
func Name(i int) string { return fmt.Sprintf("/n/%d", i) }

func (p *Program) addNodes(_ context.Context, c Command) int {
	for i := range c.N {
		p.nodes = append(p.nodes, p.server.Scene().AddFrame(Name(i), &viser.FrameOptions{
			AxesLength: 0.05, AxesRadius: 0.005,
			WXYZ: Turn(i), Position: Place(i, 0),
		}))
	}
	return len(p.nodes)
}

// moveAll moves and turns all nodes, step after step.
func (p *Program) moveAll(ctx context.Context, c Command) int { return p.every(ctx, c, p.move) }

func (p *Program) move(step int) {
	p.server.Atomic(func() {
		for i, n := range p.nodes {
			n.SetPosition(Place(i, step))
			n.SetWXYZ(Turn(i + step))
		}
	})
}

// moveOne moves one node after another. x is the number of the update, y the
// time.
func (p *Program) moveOne(ctx context.Context, c Command) int {
	return p.every(ctx, c, func(k int) {
		if c.Bytes > 0 {
			p.filler.SetValue(filler(k, c.Bytes))
		}
		p.nodes[(k-1)%len(p.nodes)].SetPosition(viser.Vec3{float64(k), unixSeconds() - c.Start, 0})
	})
}

func unixSeconds() float64 { return float64(time.Now().UnixMicro()) / 1e6 }

// filler is a text that does not compress well and differs from its neighbors.
func filler(k, size int) string {
	text := make([]byte, size)
	for i := range text {
		text[i] = letters[(k*31+i*i*7+i*k)%len(letters)]
	}
	return string(text)
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

// every is repeat, and notes the slowest step.
func (p *Program) every(ctx context.Context, c Command, f func(k int)) (count int) {
	return repeat(ctx, c, func(k int) {
		began := time.Now()
		f(k)
		p.extra.Worst = max(p.extra.Worst, time.Since(began).Seconds())
	})
}

// repeat calls f with 1, 2, 3 … at the command's rate, or as fast as f returns.
func repeat(ctx context.Context, c Command, f func(k int)) (count int) {
	start := time.Now()
	for time.Since(start).Seconds() < c.Seconds && ctx.Err() == nil {
		count++
		f(count)
		due := start.Add(time.Duration(float64(count) / c.Hz * float64(time.Second)))
		if wait := time.Until(due); wait > 0 {
			select {
			case <-ctx.Done():
			case <-time.After(wait):
			}
		}
	}
	return count
}

// Place is the position of node i at a step; before the first step it is 0.
func Place(i, step int) viser.Vec3 {
	return viser.Vec3{float64(step), float64(i) * 0.01, Turn(i + step).X}
}

// turns are orientations of which no two are equal.
var turns = func() (all [10_007]viser.Quat) {
	for i := range all {
		angle := float64(i) * 2.399963 // the golden angle: neighbors differ widely
		all[i] = viser.Quat{W: math.Cos(angle), X: math.Sin(angle) * 0.6, Y: math.Sin(angle) * 0.8}
	}
	return all
}()

// Turn is the k-th of some orientations.
func Turn(k int) viser.Quat { return turns[k%len(turns)] }
