package viser

import (
	"context"
	"errors"
	"fmt"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A LocalStorage keeps text in a client's browser: the next visit of the same
// browser to the same address finds it again. What other programs keep there is
// neither seen nor touched. All methods are safe for concurrent use. Whoever uses
// the browser can read and change what is kept, so it is no place for secrets.
type LocalStorage struct {
	client *Client
	// writing is held while the store is written to, so that a Set can tell
	// whether what it finds is its own.
	writing chan struct{}
}

// ErrNotStored says that a browser did not keep an item: its store is full, or
// forbidden.
var ErrNotStored = errors.New("the browser did not keep it: its store may be full or forbidden")

// maxItem bounds an item; browsers have room for some 5 MiB in all.
const maxItem = 5 << 20

func newLocalStorage(c *Client) *LocalStorage {
	return &LocalStorage{client: c, writing: make(chan struct{}, 1)}
}

// LocalStorage returns the store in the client's browser.
func (c *Client) LocalStorage() *LocalStorage { return c.storage }

// Set keeps the value under the key, and returns when the browser has it. The
// error is ctx's, ErrClientLeft, ErrNotStored, or says that the item has more than
// 5 MiB or why the browser refused.
func (l *LocalStorage) Set(ctx context.Context, key, value string) error {
	if err := checkItem(key, value); err != nil {
		return fmt.Errorf("local storage: %w", err)
	}
	return l.write(ctx, func() error {
		if err := l.client.scope.Send(&wire.LocalStorageSetItemMessage{Key: key, Value: value}); err != nil {
			return err
		}
		// The page does not say whether it could; it is asked what it has.
		kept, ok, err := l.get(ctx, key)
		if err == nil && (!ok || kept != value) {
			err = ErrNotStored
		}
		return err
	})
}

// Get returns the value of a key, and whether there is one. The error is ctx's,
// ErrClientLeft, or says why the browser refused. Calls may run concurrently.
func (l *LocalStorage) Get(ctx context.Context, key string) (value string, ok bool, err error) {
	if err = checkItem(key, ""); err == nil {
		value, ok, err = l.get(ctx, key)
	}
	if err != nil {
		return "", false, l.failure(err)
	}
	return value, ok, nil
}

// Remove forgets a key. It does not wait for the browser, but for a Set that is
// under way. The error is ctx's or ErrClientLeft.
func (l *LocalStorage) Remove(ctx context.Context, key string) error {
	return l.write(ctx, func() error { return l.client.scope.Send(&wire.LocalStorageRemoveItemMessage{Key: key}) })
}

// Clear forgets all keys that were set this way. It does not wait for the browser,
// but for a Set that is under way. The error is ctx's or ErrClientLeft.
func (l *LocalStorage) Clear(ctx context.Context) error {
	return l.write(ctx, func() error { return l.client.scope.Send(&wire.LocalStorageClearMessage{}) })
}

func checkItem(key, value string) error {
	if n := len(key) + len(value); n > maxItem {
		return fmt.Errorf("the item has %d bytes; browsers keep at most %d", n, maxItem)
	}
	return nil
}

// write runs f when no other writes.
func (l *LocalStorage) write(ctx context.Context, f func() error) error {
	c := l.client
	err := c.ctx.Err()
	if err == nil {
		select {
		case l.writing <- struct{}{}:
			defer func() { <-l.writing }()
			err = f()
		case <-ctx.Done():
			err = ctx.Err()
		case <-c.ctx.Done():
		}
	}
	if err == nil {
		c.Flush()
	}
	return l.failure(err)
}

// failure says what went wrong to the program.
func (l *LocalStorage) failure(err error) error {
	switch {
	case err == nil && l.client.ctx.Err() == nil:
		return nil
	case errors.Is(err, state.ErrClosed) || l.client.ctx.Err() != nil:
		err = ErrClientLeft
	}
	return fmt.Errorf("local storage: %w", err)
}

func (l *LocalStorage) get(ctx context.Context, key string) (value string, ok bool, err error) {
	c := l.client
	id, answer := newUUID(), make(chan *wire.LocalStorageGetItemResponseMessage, 1)
	c.mu.Lock()
	c.reads[id] = answer
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		delete(c.reads, id)
		c.mu.Unlock()
	}()
	if err := c.scope.Send(&wire.LocalStorageGetItemRequestMessage{Key: key, RequestUUID: id}); err != nil {
		return "", false, err
	}
	c.Flush()
	select {
	case m := <-answer:
		switch {
		case m.Error != nil:
			return "", false, fmt.Errorf("the browser refused: %.200q", *m.Error)
		case m.Value == nil:
			return "", false, nil
		}
		return *m.Value, true, nil
	case <-ctx.Done():
		return "", false, fmt.Errorf("waiting for the page: %w", ctx.Err())
	case <-c.ctx.Done():
		return "", false, ErrClientLeft
	}
}

// itemRead hands an answer to who waits for it; nobody may, or no longer.
func (c *Client) itemRead(m *wire.LocalStorageGetItemResponseMessage) {
	c.mu.Lock()
	answer := c.reads[m.RequestUUID]
	delete(c.reads, m.RequestUUID)
	c.mu.Unlock()
	if answer != nil {
		answer <- m
	}
}
