package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// A started is how fast a server starts, and its memory when idle.
type started struct {
	listening time.Duration // from the start of the process to a connection
	page      time.Duration // to the last byte of the page
	memory    float64       // MB, after a second
	cpu       float64       // seconds used in an idle second
}

func measureStart(ctx context.Context, args []string) (s *started, err error) {
	start := time.Now()
	p, err := spawn(ctx, args)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	if err := p.listening(ctx); err != nil {
		return nil, err
	}
	s = &started{listening: time.Since(start)}
	if err := get(ctx, "http://"+p.addr+"/"); err != nil {
		return nil, err
	}
	s.page = time.Since(start)
	if err := p.settle(ctx); err != nil {
		return nil, err
	}
	if s.memory, err = p.memory(); err != nil {
		return nil, err
	}
	before, err := p.cpu()
	if err != nil {
		return nil, err
	}
	if err := pause(ctx, time.Second); err != nil {
		return nil, err
	}
	after, err := p.cpu()
	s.cpu = after - before
	return s, err
}

func get(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, resp.Body)
	if err == nil && (resp.StatusCode != http.StatusOK || n == 0) {
		err = fmt.Errorf("%s: status %d, %d bytes", url, resp.StatusCode, n)
	}
	return err
}
