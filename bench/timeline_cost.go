package main

import (
	"context"

	"github.com/viser-go/viser/bench/internal/subject"
)

// A timelineCost is what a timeline of moving nodes costs, in CPU seconds of the server for each step.
type timelineCost struct {
	off, on float64
}

// measureTimeline lets the program move n nodes on paths of their own, hz times per second, while one client reads. It does
// so four times, the second and the third time with a timeline.
func measureTimeline(ctx context.Context, addr, protocol string, n int, hz, seconds float64, cpu func() (float64, error)) (*timelineCost, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s, err := sliderBesideNodes(ctx, addr, protocol, n)
	if err != nil {
		return nil, err
	}
	defer s.end()
	c := &timelineCost{}
	for phase := range 4 {
		used, on := &c.off, 0
		if phase == 1 || phase == 2 {
			used, on = &c.on, 1
		}
		if _, err := s.command(ctx, subject.Command{Cmd: "timeline", N: on}); err != nil {
			return nil, err
		}
		before, err := cpu()
		if err != nil {
			return nil, err
		}
		a, err := s.command(ctx, subject.Command{Cmd: "swing", N: n, Hz: hz, Seconds: seconds})
		if err != nil {
			return nil, err
		}
		after, err := cpu()
		if err != nil {
			return nil, err
		}
		*used += (after - before) / float64(a.Count) / 2
	}
	return c, nil
}
