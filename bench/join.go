package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/klauspost/compress/zstd"
)

// A joined is how a client received a scene.
type joined struct {
	add      time.Duration // for the program to add the nodes
	replays  []time.Duration
	bytes    int
	messages int
}

// measureJoin adds n nodes and lets clients join, one at a time: from the dial to the
// frame that ends the replay, including the decompression of frames. Their content is
// decoded and checked after the clock is stopped.
func measureJoin(ctx context.Context, addr, protocol string, n, times int) (*joined, error) {
	first, err := dial(ctx, addr, protocol)
	if err != nil {
		return nil, err
	}
	if err := first.join(ctx); err != nil {
		return nil, err
	}
	j := &joined{}
	j.add, err = first.addNodes(ctx, n)
	first.close()
	if err != nil {
		return nil, err
	}
	for range times {
		if err := j.once(ctx, addr, protocol, n); err != nil {
			return nil, err
		}
	}
	return j, nil
}

func (j *joined) once(ctx context.Context, addr, protocol string, n int) error {
	start := time.Now()
	p, err := dial(ctx, addr, protocol)
	if err != nil {
		return err
	}
	defer p.close()
	frames, err := p.replay(ctx)
	if err != nil {
		return err
	}
	j.replays = append(j.replays, time.Since(start))
	for _, frame := range frames {
		if err := p.apply(frame); err != nil {
			return err
		}
	}
	j.bytes, j.messages = p.bytes, p.messages
	if err := p.checkNodes(n); err != nil {
		return fmt.Errorf("after the replay: %w", err)
	}
	return nil
}

// replay returns the frames up to the one that ends the replay.
func (p *page) replay(ctx context.Context) (frames [][]byte, err error) {
	unpacker, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer unpacker.Close()
	var plain []byte
	for !bytes.Contains(plain, []byte("ReplayDoneMessage")) {
		frame, err := p.frame(ctx)
		if err != nil {
			return nil, fmt.Errorf("in the replay: %w", err)
		}
		frames = append(frames, frame)
		if plain, err = unpack(unpacker, frame, plain); err != nil {
			return nil, err
		}
	}
	return frames, nil
}

// unpack unpacks the msgpack part of a frame into the memory of dst.
func unpack(d *zstd.Decoder, frame, dst []byte) ([]byte, error) {
	const head = 16
	if len(frame) < head {
		return nil, errors.New("a frame without its head")
	}
	packed := frame[head:]
	if n := binary.LittleEndian.Uint64(frame[8:]); n <= uint64(len(packed)) {
		packed = packed[:n]
	}
	return d.DecodeAll(packed, dst[:0])
}
