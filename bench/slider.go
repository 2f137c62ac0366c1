package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/viser-go/viser/bench/internal/subject"
	"github.com/viser-go/viser/internal/wire"
)

// A frameOrError is what a client that reads in a goroutine of its own has read.
type frameOrError struct {
	frame []byte
	err   error
}

// stream reads frames until the connection ends.
func (p *page) stream(ctx context.Context) <-chan frameOrError {
	frames := make(chan frameOrError)
	go func() {
		defer close(frames)
		for {
			frame, err := p.frame(ctx)
			select {
			case frames <- frameOrError{frame, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return frames
}

// A busyLink is a slider that is moved while a large cloud is received over the same link.
type busyLink struct {
	trips []time.Duration // of the slider
	whole time.Duration   // until the cloud was there
}

// The web client fetches arrays in such runs.
const pageRun = 4 << 20

// underWay is how much has passed when the first bytes of a cloud certainly are among it.
const underWay = 256 << 10

// measureBusyLink moves the slider from when the first bytes of the cloud were received until the last one was.
// rate is in bytes per second.
func measureBusyLink(ctx context.Context, addr, protocol string, points int, rate float64) (*busyLink, error) {
	l, err := newLink(ctx, addr, 0, rate)
	if err != nil {
		return nil, err
	}
	defer l.close()
	p, err := dialFetching(ctx, l.addr, protocol, fetching{run: pageRun})
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := p.join(ctx); err != nil {
		p.close()
		return nil, err
	}
	s := &slider{page: p, frames: p.stream(ctx), points: points}
	defer s.end()
	return s.during(ctx, l)
}

// slider moves the slider of a client.
type slider struct {
	*page
	frames <-chan frameOrError
	points int
	moved  int // the last value of the slider, of those who count here
}

// end closes the connection, and returns when nothing of the client runs any more.
func (s *slider) end() {
	s.close()
	for range s.frames {
	}
}

func (s *slider) during(ctx context.Context, l *link) (*busyLink, error) {
	before := l.received.Load()
	start := time.Now()
	id, err := s.start(subject.Command{Cmd: "cloud", N: s.points})
	if err != nil {
		return nil, err
	}
	r := &busyLink{}
	for l.received.Load()-before < underWay {
		if err := s.applyFor(ctx, time.Millisecond); err != nil {
			return nil, err
		}
	}
	for v, whole := 1, false; !whole; v++ {
		took, err := s.move(ctx, v)
		if err != nil {
			return nil, err
		}
		r.trips = append(r.trips, took)
		if err := s.applyFor(ctx, 20*time.Millisecond+rand.N(13*time.Millisecond)); err != nil {
			return nil, err
		}
		if _, whole, err = s.cloudSum(s.points); err != nil {
			return nil, err
		}
	}
	r.whole = time.Since(start)
	return r, s.check(ctx, id)
}

// move sends a value, and returns when the number that the callback sets has come back.
func (s *slider) move(ctx context.Context, v int) (time.Duration, error) {
	out := s.uuids["rtt_out"]
	before, start := s.values[out], time.Now()
	if err := s.setValue("rtt_in", v); err != nil {
		return 0, err
	}
	for s.values[out] == before {
		if err := s.one(ctx, nil); err != nil {
			return 0, fmt.Errorf("waiting for the answer to rtt_in: %w", err)
		}
	}
	took := time.Since(start)
	if got, ok := wire.AsInt(s.values[out]); !ok || got != v {
		return 0, fmt.Errorf("rtt_in: sent %d, got %v back", v, s.values[out])
	}
	return took, nil
}

// check waits for the answer to the command, and compares the cloud with it.
func (s *slider) check(ctx context.Context, id int) error {
	for {
		a, done, err := s.answer(id)
		switch {
		case err != nil:
			return err
		case done:
			return s.checkCloud(ctx, s.points, a.Sum)
		}
		if err := s.one(ctx, nil); err != nil {
			return err
		}
	}
}

// applyFor applies frames for a while.
func (s *slider) applyFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		err := s.one(ctx, timer.C)
		if errors.Is(err, errTimeUp) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

var errTimeUp = errors.New("the time is up")

// one applies the next frame, if one comes before the time is up.
func (s *slider) one(ctx context.Context, up <-chan time.Time) error {
	select {
	case f, ok := <-s.frames:
		if !ok {
			return errors.New("the connection has ended")
		}
		if f.err != nil {
			return f.err
		}
		return s.apply(f.frame)
	case <-up:
		return errTimeUp
	case <-ctx.Done():
		return ctx.Err()
	}
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

// sliderBesideNodes returns a page with a slider, of a program that has added n nodes. It is read until ctx ends.
func sliderBesideNodes(ctx context.Context, addr, protocol string, n int) (*slider, error) {
	p, err := dial(ctx, addr, protocol)
	if err != nil {
		return nil, err
	}
	err = p.join(ctx)
	if err == nil {
		_, err = p.addNodes(ctx, n)
	}
	if err != nil {
		p.close()
		return nil, err
	}
	return &slider{page: p, frames: p.stream(ctx)}, nil
}
