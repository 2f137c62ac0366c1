package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/viser-go/viser/internal/wire"
)

// measureRTT moves a slider and waits until the number that its callback sets has
// arrived, repeatedly. The pauses in between have a random length, so that they do not
// synchronize with the window's clock.
func measureRTT(ctx context.Context, addr, protocol, input string, samples int) ([]time.Duration, error) {
	p, err := dial(ctx, addr, protocol)
	if err != nil {
		return nil, err
	}
	defer p.close()
	if err := p.join(ctx); err != nil {
		return nil, err
	}
	out := p.uuids["rtt_out"+input[len("rtt_in"):]]
	took := make([]time.Duration, 0, samples)
	for v := 1; v <= samples; v++ {
		start := time.Now()
		if err := p.setValue(input, v); err != nil {
			return nil, err
		}
		before := p.values[out]
		if err := p.until(ctx, "the answer to "+input, func() bool { return p.values[out] != before }); err != nil {
			return nil, err
		}
		took = append(took, time.Since(start))
		if got, ok := wire.AsInt(p.values[out]); !ok || got != v {
			return nil, fmt.Errorf("%s: sent %d, got %v back", input, v, p.values[out])
		}
		if err := pause(ctx, 20*time.Millisecond+rand.N(13*time.Millisecond)); err != nil {
			return nil, err
		}
	}
	return took, nil
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
