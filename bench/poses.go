package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/viser-go/viser/bench/internal/subject"
)

// A moved is how a client received a scene of moving nodes.
type moved struct {
	steps    float64       // steps of the program per second
	complete float64       // steps that the client received completely, per second
	cpu      float64       // CPU seconds of the server per second
	worst    time.Duration // the longest that the program took for a step
}

// measurePoses lets the program move n nodes at once, hz times per second, and counts
// the steps that the client receives completely.
func measurePoses(ctx context.Context, addr, protocol string, n int, hz, seconds float64, cpu func() (float64, error)) (*moved, error) {
	p, err := dial(ctx, addr, protocol)
	if err != nil {
		return nil, err
	}
	defer p.close()
	if err := p.join(ctx); err != nil {
		return nil, err
	}
	if _, err := p.addNodes(ctx, n); err != nil {
		return nil, err
	}
	before, err := cpu()
	if err != nil {
		return nil, err
	}
	start := time.Now()
	id, err := p.start(subject.Command{Cmd: "poses", N: n, Hz: hz, Seconds: seconds})
	if err != nil {
		return nil, err
	}
	shown, answer, err := p.countSteps(ctx, id, 0, nil)
	if err != nil {
		return nil, err
	}
	took := time.Since(start).Seconds()
	after, err := cpu()
	if err != nil {
		return nil, err
	}
	return &moved{
		float64(answer.Count) / answer.Seconds, float64(shown) / took, (after - before) / took,
		time.Duration(answer.Worst * float64(time.Second)),
	}, nil
}

// countSteps applies frames until the command is done and its last step was received. Steps count on from those that
// were before; onStep is called for each that was received completely, and may be nil.
func (p *page) countSteps(ctx context.Context, id, before int, onStep func(step int)) (shown int, a subject.Answer, err error) {
	done := false
	last := before
	for !done || last != before+a.Count {
		if err := p.next(ctx); err != nil {
			if done { // it is at no complete step: report which node differs from the last one
				err = errors.Join(p.checkStep(before+a.Count), err)
			}
			return 0, a, fmt.Errorf("after step %d: %w", last, err)
		}
		if step, whole := p.step(); whole && step != last {
			if step < last {
				return 0, a, fmt.Errorf("step %d came after step %d", step, last)
			}
			shown, last = shown+1, step
			if onStep != nil {
				onStep(step)
			}
		}
		if !done {
			if a, done, err = p.answer(id); err != nil {
				return 0, a, err
			}
		}
	}
	return shown, a, p.checkStep(last)
}

// step returns the current step of the client, if all nodes are at the same one.
func (p *page) step() (step int, whole bool) {
	x := p.nodes[0].position[0]
	for i := range p.nodes {
		if p.nodes[i].position[0] != x {
			return 0, false
		}
	}
	return int(x), true
}
