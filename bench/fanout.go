package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/viser-go/viser/bench/internal/subject"
)

// A fan is the cost of many clients.
type fan struct {
	join      time.Duration // until all were connected, one after the other
	memory    float64       // MB of the server per client
	cpu       float64       // CPU seconds of the server per second
	latencies []time.Duration
	ages      [][]time.Duration // the same for each client
	delivered float64           // share of the updates that were received; the others were superseded
}

const fanNodes = 200

// A fanLoad is how many clients receive how many updates.
type fanLoad struct {
	pages   int
	hz      float64 // updates a second
	seconds float64
	bytes   int // of a text that changes with each update
}

// measureFan lets the program move one node after another with many clients, and measures
// the latency and the CPU time.
func measureFan(ctx context.Context, addr, protocol string, load fanLoad, server meter) (*fan, error) {
	first, err := dial(ctx, addr, protocol)
	if err != nil {
		return nil, err
	}
	defer first.close()
	if err := first.join(ctx); err != nil {
		return nil, err
	}
	if _, err := first.addNodes(ctx, fanNodes); err != nil {
		return nil, err
	}
	f := &fan{}
	viewers, err := f.gather(ctx, addr, protocol, load.pages, server)
	defer func() {
		for _, p := range viewers {
			p.close()
		}
	}()
	if err != nil {
		return nil, err
	}
	return f, f.watch(ctx, append(viewers, first), load, server)
}

// gather connects clients, one after the other.
func (f *fan) gather(ctx context.Context, addr, protocol string, pages int, server meter) (viewers []*page, err error) {
	before, err := server.memory()
	if err != nil {
		return nil, err
	}
	start := time.Now()
	for range pages - 1 {
		p, err := dial(ctx, addr, protocol)
		if err != nil {
			return viewers, err
		}
		viewers = append(viewers, p)
		if err := p.join(ctx); err != nil {
			return viewers, err
		}
	}
	f.join = time.Since(start)
	if err := server.settle(ctx); err != nil {
		return viewers, err
	}
	after, err := server.memory()
	f.memory = (after - before) / float64(pages-1)
	return viewers, err
}

// watch sends the command from the last client and lets all of them receive the
// updates.
func (f *fan) watch(ctx context.Context, pages []*page, load fanLoad, server meter) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	before, err := server.cpu()
	if err != nil {
		return err
	}
	epoch := time.Now()
	id, err := pages[len(pages)-1].start(subject.Command{
		Cmd: "small", N: fanNodes, Hz: load.hz, Seconds: load.seconds, Bytes: load.bytes, Start: float64(epoch.UnixMicro()) / 1e6,
	})
	if err != nil {
		return err
	}
	all, same := make([][]time.Duration, len(pages)), new(memo)
	var watching sync.WaitGroup
	for i, p := range pages {
		p.memo = same
		watching.Go(func() {
			var err error
			if all[i], err = p.watch(ctx, epoch, id); err != nil {
				stop(fmt.Errorf("page %d of %d: %w", i+1, len(pages), err))
			}
		})
	}
	watching.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	after, err := server.cpu()
	if err != nil {
		return err
	}
	f.cpu = (after - before) / time.Since(epoch).Seconds()
	return f.sum(pages, id, all)
}

func (f *fan) sum(pages []*page, id int, all [][]time.Duration) error {
	for i, p := range pages {
		a, _, err := p.answer(id)
		if err != nil {
			return err
		}
		if err := p.checkUpdates(a.Count); err != nil {
			return fmt.Errorf("page %d of %d: %w", i+1, len(pages), err)
		}
		f.latencies = append(f.latencies, all[i]...)
		f.ages = append(f.ages, all[i])
		f.delivered += float64(len(all[i])) / float64(a.Count*len(pages))
	}
	return nil
}

// watch applies frames until all clients have received that the command is done, and
// returns the age of each position on receipt. A position that is received twice counts
// once.
func (p *page) watch(ctx context.Context, epoch time.Time, id int) (ages []time.Duration, err error) {
	newest := 0.0
	p.onPosition = func(v [3]float64) {
		if v[0] <= newest {
			return
		}
		newest = v[0]
		ages = append(ages, time.Since(epoch)-time.Duration(v[1]*float64(time.Second)))
	}
	defer func() { p.onPosition = nil }()
	for {
		if err := p.next(ctx); err != nil {
			return nil, err
		}
		if _, done, err := p.answer(id); done || err != nil {
			return ages, err
		}
	}
}

// checkUpdates fails unless every node has its last update.
func (p *page) checkUpdates(count int) error {
	for k := max(1, count-len(p.nodes)+1); k <= count; k++ {
		i := (k - 1) % len(p.nodes)
		if got := p.nodes[i].position[0]; got != float64(k) {
			return fmt.Errorf("node %d ended at update %v, want %d", i, got, k)
		}
	}
	return nil
}
