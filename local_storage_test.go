package viser_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// browserStore answers as a page with a store does.
func browserStore(p *page, full bool) (stop func()) {
	kept := map[string]string{}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			f, err := p.Next(ctx)
			if err != nil {
				return
			}
			w, err := pagewire.DecodeFrame(f.Bytes(), wire.DefaultLimits)
			if err != nil {
				return
			}
			for _, m := range w.Messages {
				switch m := m.(type) {
				case *wire.LocalStorageSetItemMessage:
					if !full {
						kept[m.Key] = m.Value
					}
				case *wire.LocalStorageRemoveItemMessage:
					delete(kept, m.Key)
				case *wire.LocalStorageClearMessage:
					clear(kept)
				case *wire.LocalStorageGetItemRequestMessage:
					answer := &wire.LocalStorageGetItemResponseMessage{RequestUUID: m.RequestUUID}
					if v, ok := kept[m.Key]; ok {
						answer.Value = &v
					}
					if m.Key == "forbidden" {
						answer.Error = new("SecurityError")
					}
					p.Receive(&wire.LocalStorageGetItemResponseMessage{RequestUUID: "not asked"})
					if m.Key != "silent" {
						p.Receive(answer)
						p.Receive(answer) // a second response is ignored
					}
				}
			}
		}
	}()
	return func() { cancel(); <-done }
}

func TestLocalStorage(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		defer browserStore(p, false)()
		l, ctx := c.LocalStorage(), t.Context()
		if _, ok, err := l.Get(ctx, "k"); ok || err != nil {
			t.Error(ok, err)
		}
		done := make(chan error, 20)
		for i := range 20 {
			go func() {
				key := fmt.Sprint("k", i%4)
				err := l.Set(ctx, key, fmt.Sprint("v", i))
				if v, ok, e := l.Get(ctx, key); !ok || !strings.HasPrefix(v, "v") {
					err = errors.Join(err, e, fmt.Errorf("got %q", v))
				}
				done <- err
			}()
		}
		for range 20 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if err := l.Set(ctx, "", "no key"); err != nil {
			t.Error(err)
		}
		if v, ok, err := l.Get(ctx, ""); v != "no key" || !ok || err != nil {
			t.Error(v, ok, err)
		}
		if err := errors.Join(l.Remove(ctx, "k1"), l.Set(ctx, "x", "y")); err != nil {
			t.Error(err)
		}
		if _, ok, err := l.Get(ctx, "k1"); ok || err != nil {
			t.Error(ok, err)
		}
		if err := l.Clear(ctx); err != nil {
			t.Error(err)
		}
		if _, ok, err := l.Get(ctx, "x"); ok || err != nil {
			t.Error(ok, err)
		}
	})
}

func TestLocalStorageThatFails(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		stop := browserStore(p, true)
		l, ctx := c.LocalStorage(), t.Context()
		if err := l.Set(ctx, "k", "v"); !errors.Is(err, viser.ErrNotStored) {
			t.Errorf("a full store: %v", err)
		}
		if _, _, err := l.Get(ctx, "forbidden"); err == nil || !strings.Contains(err.Error(), "SecurityError") {
			t.Errorf("a forbidden store: %v", err)
		}
		if err := l.Set(ctx, "k", strings.Repeat("x", 6<<20)); err == nil || !strings.Contains(err.Error(), "at most") {
			t.Errorf("a huge item: %v", err)
		}
		short, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		if _, _, err := l.Get(short, "silent"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a silent page: %v", err)
		}
		left := make(chan error, 3)
		go func() { _, _, err := l.Get(ctx, "silent"); left <- err }()
		go func() { left <- l.Set(ctx, "silent", "v") }()
		synctest.Wait()
		go func() { left <- l.Remove(ctx, "k") }() // waits for the Set
		synctest.Wait()
		stop()
		p.Leave()
		for range 3 {
			if err := <-left; !errors.Is(err, viser.ErrClientLeft) {
				t.Errorf("the client left: %v", err)
			}
		}
		if _, _, err := l.Get(ctx, "k"); !errors.Is(err, viser.ErrClientLeft) {
			t.Errorf("a client that is gone: %v", err)
		}
		if err := l.Clear(ctx); !errors.Is(err, viser.ErrClientLeft) {
			t.Errorf("a client that is gone: %v", err)
		}
	})
}
