package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/viser-go/viser/bench/internal/subject"
)

// A recordingCost is what recording moving nodes costs.
type recordingCost struct {
	cpu, recordingCPU float64         // CPU seconds of the server for each step, without and while recording
	trips, recording  []time.Duration // of a slider meanwhile
	bytes             float64         // of the file, for each step
}

// measureRecording lets the program move n nodes on paths of their own, hz times per second, four times, and records it the
// second and the third time. Meanwhile a client moves a slider.
func measureRecording(ctx context.Context, addr, protocol string, n int, hz, seconds float64, cpu func() (float64, error)) (*recordingCost, error) {
	p, err := dial(ctx, addr, protocol)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	err = p.join(ctx)
	if err == nil {
		_, err = p.addNodes(ctx, n)
	}
	if err != nil {
		p.close()
		return nil, err
	}
	s := &slider{page: p, frames: p.stream(ctx)}
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

// moveBeside moves the slider until the command is done, and returns how often the program did what it says, and the
// round trips.
func (s *slider) moveBeside(ctx context.Context, c subject.Command) (count int, trips []time.Duration, err error) {
	id, err := s.start(c)
	if err != nil {
		return 0, nil, err
	}
	for {
		s.moved++
		took, err := s.move(ctx, s.moved)
		if err != nil {
			return 0, nil, err
		}
		trips = append(trips, took)
		if err := s.applyFor(ctx, 8*time.Millisecond+rand.N(13*time.Millisecond)); err != nil {
			return 0, nil, err
		}
		if a, done, err := s.answer(id); err != nil || done {
			return a.Count, trips, err
		}
	}
}

// command runs a command to its end.
func (s *slider) command(ctx context.Context, c subject.Command) (subject.Answer, error) {
	id, err := s.start(c)
	if err != nil {
		return subject.Answer{}, err
	}
	for {
		if a, done, err := s.answer(id); err != nil || done {
			return a, err
		}
		if err := s.one(ctx, nil); err != nil {
			return subject.Answer{}, fmt.Errorf("waiting for the end of %q: %w", c.Cmd, err)
		}
	}
}
