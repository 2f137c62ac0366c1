package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/viser-go/viser/bench/internal/subject"
)

// bytesPerPoint are three half-precision coordinates and three bytes of color.
const bytesPerPoint = 9

// A clouded is how clients received a large cloud.
type clouded struct {
	call time.Duration // of the program's call
	last time.Duration // from the beginning of the call to the last byte at the last client
}

// measureCloud lets the program add n points, and measures until the clients have received the bytes, which are
// decoded afterwards.
func measureCloud(ctx context.Context, addr, protocol string, n, clients int) (*clouded, error) {
	pages, err := gatherPages(ctx, addr, protocol, clients)
	defer closeAll(pages)
	if err != nil {
		return nil, err
	}
	memory := make([][]byte, clients)
	for i := range memory {
		memory[i] = mapped(n*bytesPerPoint + 1<<20)
	}
	epoch := time.Now()
	id, err := pages[0].start(subject.Command{Cmd: "cloud", N: n, Start: float64(epoch.UnixMicro()) / 1e6})
	if err != nil {
		return nil, err
	}
	received := make([]time.Duration, clients)
	frames := make([][][]byte, clients)
	errs := make([]error, clients)
	var receiving sync.WaitGroup
	for i, p := range pages {
		receiving.Go(func() {
			frames[i], errs[i] = p.receive(ctx, n*bytesPerPoint, memory[i])
			received[i] = time.Since(epoch)
		})
	}
	receiving.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	a, err := pages[0].finish(ctx, frames[0], id)
	if err != nil {
		return nil, err
	}
	began := time.Duration(a.Began * float64(time.Second))
	c := &clouded{call: time.Duration(a.Call * float64(time.Second))}
	for _, at := range received {
		c.last = max(c.last, at-began)
	}
	return c, nil
}

// receive returns frames with at least so many bytes, in the memory, as far as they fit.
func (p *page) receive(ctx context.Context, size int, memory []byte) (frames [][]byte, err error) {
	for target := p.bytes + size; p.bytes < target; {
		frame, err := p.frameInto(ctx, memory)
		if err != nil {
			return nil, fmt.Errorf("after %d of %d bytes: %w", p.bytes-target+size, size, err)
		}
		frames = append(frames, frame)
		memory = memory[min(len(frame), cap(memory)):cap(memory)]
	}
	return frames, nil
}

// mapped returns memory that the kernel has mapped already, so that receiving into it does not take time for that.
func mapped(size int) []byte {
	memory := make([]byte, size)
	for i := 0; i < size; i += os.Getpagesize() {
		memory[i] = 1
	}
	return memory
}

// finish applies frames that were received, and further ones until the command is done.
func (p *page) finish(ctx context.Context, frames [][]byte, id int) (a subject.Answer, err error) {
	for _, frame := range frames {
		if err := p.apply(frame); err != nil {
			return a, err
		}
	}
	for {
		a, done, err := p.answer(id)
		if done || err != nil {
			return a, err
		}
		if err := p.next(ctx); err != nil {
			return a, err
		}
	}
}

func gatherPages(ctx context.Context, addr, protocol string, n int) (pages []*page, err error) {
	for range n {
		p, err := dial(ctx, addr, protocol)
		if err != nil {
			return pages, err
		}
		pages = append(pages, p)
		if err := p.join(ctx); err != nil {
			return pages, err
		}
	}
	return pages, nil
}

func closeAll(pages []*page) {
	for _, p := range pages {
		p.close()
	}
}

// A replaced is what remains of a cloud that the program has set many times.
type replaced struct {
	received float64 // bytes that a client is sent that joins then, as a multiple of one cloud
	memory   float64 // growth of the server, as a multiple of one cloud
}

// measureReplaced lets the program set a cloud of n points again and again, while nobody is connected but the client
// that asks for it, and lets another one join.
func measureReplaced(ctx context.Context, addr, protocol string, n, times int, server meter) (*replaced, error) {
	before, err := server.memory()
	if err != nil {
		return nil, err
	}
	pages, err := gatherPages(ctx, addr, protocol, 1)
	defer closeAll(pages)
	if err != nil {
		return nil, err
	}
	if _, err := pages[0].do(ctx, subject.Command{Cmd: "cloud", N: n, Times: times}); err != nil {
		return nil, err
	}
	if err := server.settle(ctx); err != nil {
		return nil, err
	}
	if _, err := pages[0].do(ctx, subject.Command{Cmd: "collect"}); err != nil {
		return nil, err
	}
	after, err := server.memory()
	if err != nil {
		return nil, err
	}
	late, err := dial(ctx, addr, protocol)
	if err != nil {
		return nil, err
	}
	defer late.close()
	size := float64(n * bytesPerPoint)
	if err := late.join(ctx); err != nil {
		return nil, err
	}
	if float64(late.bytes) < size {
		return nil, fmt.Errorf("the page was sent %d bytes of a cloud of %.0f", late.bytes, size)
	}
	return &replaced{float64(late.bytes) / size, (after - before) * (1 << 20) / size}, nil
}
