package viser_test

import (
	"context"
	"errors"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser"
)

// TestCloseWhileBusy closes servers of one process while uploads, downloads, renders, reads of local storage and
// callbacks are under way: half of them by Close, half by Shutdown, all at the same time. Everything ends, also in the
// program, and no goroutine, descriptor or temporary file stays.
func TestCloseWhileBusy(t *testing.T) {
	left := temporary(t)
	closeBusyServers(t, 2) // what the process opens once
	goroutines, fds := runtime.NumGoroutine(), descriptors()
	closeBusyServers(t, 8)
	for range 1000 { // goroutines of the HTTP server end a moment after it
		if runtime.NumGoroutine() <= goroutines && descriptors() <= fds {
			break
		}
		<-time.After(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > goroutines {
		t.Errorf("%d goroutines stay", n-goroutines)
	}
	if n := descriptors(); n > fds {
		t.Errorf("%d descriptors stay", n-fds)
	}
	if files := left(); len(files) > 0 {
		t.Errorf("temporary files stay: %v", files)
	}
}

// descriptors returns the number of open descriptors, 0 on systems that do not list them.
func descriptors() int {
	entries, _ := os.ReadDir("/proc/self/fd")
	return len(entries)
}

func closeBusyServers(t *testing.T, n int) {
	t.Helper()
	var servers []*viser.Server
	var busy sync.WaitGroup
	for range n {
		servers = append(servers, busyServer(t, &busy))
	}
	var closing sync.WaitGroup
	for i, s := range servers {
		closing.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			var err error
			if i%2 == 0 {
				err = s.Close()
			} else {
				err = s.Shutdown(ctx)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	closing.Wait()
	busy.Wait()
}

// busyServer returns a server with one client, when all of its work has begun. busy ends with the work.
func busyServer(t *testing.T, busy *sync.WaitGroup) *viser.Server {
	t.Helper()
	s := viser.NewTestServer(&viser.Options{Addr: "127.0.0.1:0", Logger: quiet()})
	if err := s.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	begun := make(chan string, 10)
	button := s.GUI().AddUploadButton("Send", nil)
	busy.Add(1)
	button.OnUploadBegin(func(_ context.Context, e viser.UploadEvent) {
		defer busy.Done()
		begun <- "upload"
		if _, err := e.File.Bytes(); !errors.Is(err, viser.ErrUploadCut) {
			t.Errorf("the upload ended with %v", err)
		}
	})
	busy.Add(3)
	s.OnClientConnect(func(ctx context.Context, c *viser.Client) {
		defer busy.Done()
		go func() {
			defer busy.Done()
			begun <- "render"
			if _, err := c.Render(context.Background(), 100, 100, nil); !errors.Is(err, viser.ErrClientLeft) {
				t.Errorf("the render ended with %v", err)
			}
		}()
		go func() {
			defer busy.Done()
			begun <- "local storage"
			if _, _, err := c.LocalStorage().Get(context.Background(), "key"); !errors.Is(err, viser.ErrClientLeft) {
				t.Errorf("the read of local storage ended with %v", err)
			}
		}()
		if err := c.SendFileDownloadFrom("f", strings.NewReader(strings.Repeat("x", 8<<20)), 8<<20, nil); err != nil {
			t.Error(err)
		}
		begun <- "download"
		<-ctx.Done()
	})
	page := dial(t, s.URL())
	send(t, page, &someCamera)
	writeMap := func(m map[string]any) {
		if err := page.Write(t.Context(), websocket.MessageBinary, wireBytes(m)); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	}
	id := viser.UUIDOfUpload(button)
	writeMap(map[string]any{"type": "FileTransferStartUpload", "source_component_uuid": id, "transfer_uuid": "t",
		"filename": "f", "mime_type": "", "part_count": 2, "size_bytes": 20})
	writeMap(map[string]any{"type": "FileTransferPart", "source_component_uuid": id, "transfer_uuid": "t", "part_index": 0, "content": make([]byte, 10)})
	for range 4 {
		<-begun
	}
	busy.Go(func() { // the download is under way when the server closes
		for {
			if _, _, err := page.Read(context.Background()); err != nil {
				return
			}
		}
	})
	return s
}
