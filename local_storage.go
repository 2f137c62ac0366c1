package viser

import (
	"context"
	"errors"
	"fmt"

	"github.com/viser-go/viser/internal/wire"
)

// A LocalStorage stores text in a client's browser, by key. The text persists for this
// browser and address. Items of other programs are neither read nor changed. Users can
// read and change what is stored, so do not store secrets. All methods are safe for
// concurrent use.
type LocalStorage struct {
	client *Client
	// writing is held during a write, so that Set can compare what it reads back with
	// what it wrote.
	writing chan struct{}
}

// ErrNotStored is returned if the browser did not store an item: its storage is full or
// disabled.
var ErrNotStored = errors.New("the browser did not store the item: its storage may be full or disabled")

// maxItem bounds an item; browsers store some 5 MiB in all.
const maxItem = 5 << 20

func newLocalStorage(c *Client) *LocalStorage {
	return &LocalStorage{client: c, writing: make(chan struct{}, 1)}
}

// LocalStorage returns the storage of the client's browser.
func (c *Client) LocalStorage() *LocalStorage { return c.storage }

// Set stores the value under the key, and returns when the browser has stored it. The
// error is ctx's, ErrClientLeft, ErrNotStored, or the browser's, or reports an item of
// more than 5 MiB.
func (l *LocalStorage) Set(ctx context.Context, key, value string) error {
	if err := checkItem(key, value); err != nil {
		return fmt.Errorf("local storage: %w", err)
	}
	return l.write(ctx, func() error {
		if err := l.client.scope.Send(&wire.LocalStorageSetItemMessage{Key: key, Value: value}); err != nil {
			return err
		}
		// There is no response to a write, so it is read back.
		kept, ok, err := l.get(ctx, key)
		if err == nil && (!ok || kept != value) {
			err = ErrNotStored
		}
		return err
	})
}

// Get returns the value of a key, and whether there is one. The error is ctx's,
// ErrClientLeft, or the browser's. Calls may run concurrently.
func (l *LocalStorage) Get(ctx context.Context, key string) (value string, ok bool, err error) {
	if err = checkItem(key, ""); err == nil {
		value, ok, err = l.get(ctx, key)
	}
	if err != nil {
		return "", false, l.failure(err)
	}
	return value, ok, nil
}

// Remove removes a key. It waits for a Set in progress, but not for the browser. The
// error is ctx's or ErrClientLeft.
func (l *LocalStorage) Remove(ctx context.Context, key string) error {
	return l.write(ctx, func() error { return l.client.scope.Send(&wire.LocalStorageRemoveItemMessage{Key: key}) })
}

// Clear removes all keys that were set by LocalStorage. It waits for a Set in progress,
// but not for the browser. The error is ctx's or ErrClientLeft.
func (l *LocalStorage) Clear(ctx context.Context) error {
	return l.write(ctx, func() error { return l.client.scope.Send(&wire.LocalStorageClearMessage{}) })
}

func checkItem(key, value string) error {
	if n := len(key) + len(value); n > maxItem {
		return fmt.Errorf("the item has %d bytes; browsers store at most %d", n, maxItem)
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

// failure returns the error for the program.
func (l *LocalStorage) failure(err error) error {
	switch {
	case l.client.ctx.Err() != nil:
		err = ErrClientLeft
	case err == nil:
		return nil
	default:
		err = l.client.sendError(err)
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
			return "", false, fmt.Errorf("the browser failed: %.200q", *m.Error)
		case m.Value == nil:
			return "", false, nil
		}
		return *m.Value, true, nil
	case <-ctx.Done():
		return "", false, fmt.Errorf("waiting for the browser: %w", ctx.Err())
	case <-c.ctx.Done():
		return "", false, ErrClientLeft
	}
}

// itemRead delivers a response to the Get that is waiting for it, if there still is
// one.
func (c *Client) itemRead(m *wire.LocalStorageGetItemResponseMessage) {
	c.mu.Lock()
	answer := c.reads[m.RequestUUID]
	delete(c.reads, m.RequestUUID)
	c.mu.Unlock()
	if answer != nil {
		answer <- m
	}
}
