package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// A mixed is the latencies of clients on this machine, while some others are on slow links and while they are not.
type mixed struct{ without, with []time.Duration }

// A farLoad is what the clients receive, and how many of them have a link with a delay.
type farLoad struct {
	fanLoad
	far   int
	delay time.Duration // in each direction
}

// measureFar measures with the same server and number of clients: while all are near, while some are far, and while all
// are near again. Only those that are near all the time count.
func measureFar(ctx context.Context, addr, protocol string, load farLoad, server meter) (*mixed, error) {
	far, err := newLink(ctx, addr, load.delay, 0)
	if err != nil {
		return nil, err
	}
	defer far.close()
	near, err := gatherPages(ctx, addr, protocol, 1)
	defer func() { closeAll(near) }()
	if err != nil {
		return nil, err
	}
	if _, err := near[0].addNodes(ctx, fanNodes); err != nil {
		return nil, err
	}
	others, err := gatherPages(ctx, addr, protocol, load.pages-load.far-1)
	near = append(near, others...)
	if err != nil {
		return nil, err
	}
	m := &mixed{}
	for _, phase := range []struct {
		ages *[]time.Duration
		addr string
		link time.Duration
	}{{&m.without, addr, 0}, {&m.with, far.addr, load.delay}, {&m.without, addr, 0}} {
		ages, err := load.watch(ctx, near, phase.addr, phase.link, protocol, server)
		if err != nil {
			return nil, err
		}
		*phase.ages = append(*phase.ages, ages...)
	}
	return m, nil
}

// watch lets the program move nodes, with the others connected to an address over a link with a delay, and returns the
// latencies of the near clients.
func (load farLoad) watch(ctx context.Context, near []*page, addr string, link time.Duration, protocol string, server meter) ([]time.Duration, error) {
	others, err := gatherPages(ctx, addr, protocol, load.far)
	defer closeAll(others)
	if err != nil {
		return nil, err
	}
	f := &fan{}
	// All commands come from the same client, since their numbers are its own.
	if err := f.watch(ctx, slices.Concat(others, near[1:], near[:1]), load.fanLoad, server); err != nil {
		return nil, err
	}
	if youngest := slices.Min(slices.Concat(f.ages[:len(others)]...)); youngest < link {
		return nil, fmt.Errorf("an update was %v old at the end of a link of %v", youngest, link)
	}
	return slices.Concat(f.ages[len(others):]...), nil
}
