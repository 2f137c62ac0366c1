package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/viser-go/viser/bench/internal/subject"
)

// A moved is how a scene of moving nodes was received.
type moved struct {
	steps    float64 // that the program made in a second
	complete float64 // that a page showed whole in a second
	cpu      float64 // seconds that the server used in a second
}

// measurePoses lets the program move n nodes at once, hz times a second, and
// counts the steps that reach a page whole.
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
	id, err := p.start(ctx, subject.Command{Cmd: "poses", N: n, Hz: hz, Seconds: seconds})
	if err != nil {
		return nil, err
	}
	shown, answer, err := p.countSteps(ctx, id)
	if err != nil {
		return nil, err
	}
	took := time.Since(start).Seconds()
	after, err := cpu()
	if err != nil {
		return nil, err
	}
	return &moved{float64(answer.Count) / answer.Seconds, float64(shown) / took, (after - before) / took}, nil
}

// countSteps applies frames until the command is done and its last step is there.
func (p *page) countSteps(ctx context.Context, id int) (shown int, a subject.Answer, err error) {
	done := false
	last := 0
	for !done || last != a.Count {
		if err := p.next(ctx); err != nil {
			if done { // it is at no whole step: say which node is not where the last one has it
				err = errors.Join(p.checkStep(a.Count), err)
			}
			return 0, a, fmt.Errorf("after step %d: %w", last, err)
		}
		if step, whole := p.step(); whole && step != last {
			if step < last {
				return 0, a, fmt.Errorf("step %d came after step %d", step, last)
			}
			shown, last = shown+1, step
		}
		if !done {
			if a, done, err = p.answer(id); err != nil {
				return 0, a, err
			}
		}
	}
	return shown, a, p.checkStep(last)
}

// step returns the step that the page shows, if all nodes stand at the same.
func (p *page) step() (step int, whole bool) {
	x := p.nodes[0].position[0]
	for i := range p.nodes {
		if p.nodes[i].position[0] != x {
			return 0, false
		}
	}
	return int(x), true
}
