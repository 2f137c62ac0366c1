package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/viser-go/viser/bench/internal/subject"
)

// A crowd is clients that receive moving nodes and a large cloud that changes, with some that stop reading.
type crowd struct {
	healthy, stalled int
	fetching         int // of the healthy, that fetch the cloud; the others receive all but its arrays
	nodes, points    int
	hz, seconds      float64 // of each phase
}

// A crowded is the age of steps when they were received completely, for the healthy clients.
type crowded struct{ without, with []time.Duration }

// measureCrowd measures with the same clients and the same server: before some others stop reading, while they don't
// read, and after they have left.
func measureCrowd(ctx context.Context, addr, protocol string, c crowd) (*crowded, error) {
	pages, err := gatherPages(ctx, addr, protocol, 1)
	defer func() { closeAll(pages) }()
	if err != nil {
		return nil, err
	}
	if _, err := pages[0].addNodes(ctx, c.nodes); err != nil {
		return nil, err
	}
	others, err := gatherPages(ctx, addr, protocol, c.healthy-1)
	pages = append(pages, others...)
	if err != nil {
		return nil, err
	}
	same := new(memo)
	for i, p := range pages {
		p.memo, p.hidden = same, p.fetcher != nil && i >= c.fetching
	}
	steps := 0
	r := &crowded{}
	for _, phase := range []struct {
		ages    *[]time.Duration
		stalled int
	}{{&r.without, 0}, {&r.with, c.stalled}, {&r.without, 0}} {
		stalled, err := gatherPages(ctx, addr, protocol, phase.stalled)
		if err == nil {
			var ages []time.Duration
			ages, err = c.watch(ctx, pages, &steps)
			*phase.ages = append(*phase.ages, ages...)
		}
		closeAll(stalled)
		if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// watch keeps the program busy for a while, and returns the ages of all steps that a client received. steps is the
// number of those so far.
func (c crowd) watch(ctx context.Context, pages []*page, steps *int) (ages []time.Duration, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	epoch := time.Now()
	id, err := pages[0].start(subject.Command{
		Cmd: "busy", N: c.points, Hz: c.hz, Seconds: c.seconds, First: *steps, Start: float64(epoch.UnixMicro()) / 1e6,
	})
	if err != nil {
		return nil, err
	}
	arrivals := make([]map[int]time.Duration, len(pages))
	var answer subject.Answer
	var watching sync.WaitGroup
	var failing sync.Once
	var failure error // the first, which ends the others
	for i, p := range pages {
		arrivals[i] = map[int]time.Duration{}
		watching.Go(func() {
			_, a, err := p.countSteps(ctx, id, *steps, func(step int) { arrivals[i][step] = time.Since(epoch) })
			if err == nil && !p.hidden {
				err = p.checkCloud(ctx, c.points, a.Sum)
			}
			if err != nil {
				failing.Do(func() { failure = fmt.Errorf("page %d of %d: %w", i+1, len(pages), err) })
				stop()
			} else if i == 0 {
				answer = a
			}
		})
	}
	watching.Wait()
	if failure != nil {
		return nil, failure
	}
	if len(answer.Times) != answer.Count {
		return nil, fmt.Errorf("the server made %d steps and has the times of %d", answer.Count, len(answer.Times))
	}
	for _, of := range arrivals {
		for step, at := range of {
			ages = append(ages, at-time.Duration(answer.Times[step-*steps-1]*float64(time.Second)))
		}
	}
	*steps += answer.Count
	return ages, nil
}
