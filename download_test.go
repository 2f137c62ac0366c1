package viser_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// received puts a download together again.
func (p *page) received() (start *wire.FileTransferStartDownload, content []byte) {
	p.catchUp()
	start = last[*wire.FileTransferStartDownload](p)
	n := 0
	for _, part := range all[*wire.FileTransferPart](p) {
		if part.TransferUUID != start.TransferUUID {
			continue
		}
		if part.PartIndex != n {
			p.t.Errorf("part %d came as number %d", part.PartIndex, n)
		}
		n++
		content = append(content, part.Content...)
	}
	if n != start.PartCount {
		p.t.Errorf("%d of %d parts came", n, start.PartCount)
	}
	return start, content
}

func TestDownload(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		content := bytes.Repeat([]byte("0123456789"), 250_000)
		for _, test := range []struct {
			name string
			size int
			opts *viser.DownloadOptions
			mime string
		}{
			{"a.json", 10, nil, "application/json"},
			{"empty.txt", 0, nil, "text/plain"},
			{"big.tar.gz", 2_500_000, nil, "application/x-tar"},
			{"picture.png", 1 << 20, &viser.DownloadOptions{SaveImmediately: true}, "image/png"},
			{"no-ending", 1001, &viser.DownloadOptions{PartSize: 100}, "application/octet-stream"},
		} {
			want := content[:test.size]
			for _, how := range []string{"bytes", "reader", "all", "all from a reader"} {
				switch how {
				case "bytes":
					mine := bytes.Clone(want)
					c.SendFileDownload(test.name, mine, test.opts)
					clear(mine) // it was copied
				case "reader":
					if err := c.SendFileDownloadFrom(test.name, bytes.NewReader(want), int64(test.size), test.opts); err != nil {
						t.Fatal(err)
					}
				case "all":
					s.SendFileDownload(test.name, want, test.opts)
				case "all from a reader":
					if err := s.SendFileDownloadFrom(test.name, bytes.NewReader(want), int64(test.size), test.opts); err != nil {
						t.Fatal(err)
					}
				}
				start, got := p.received()
				if !bytes.Equal(got, want) || start.SizeBytes != test.size || start.Filename != test.name || start.MimeType != test.mime {
					t.Errorf("%s by %s: %d bytes, %+v", test.name, how, len(got), start)
				}
				if start.SaveImmediately != (test.opts != nil && test.opts.SaveImmediately) {
					t.Errorf("%s: save immediately is %v", test.name, start.SaveImmediately)
				}
			}
		}
	})
}

// An endless reader gives zeros and counts them.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	return len(p), nil
}

func TestDownloadFails(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		if err := c.SendFileDownloadFrom("short", strings.NewReader("abc"), 4, nil); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("a reader that ends early: %v", err)
		}
		broken := errors.New("broken")
		if err := c.SendFileDownloadFrom("broken", io.MultiReader(strings.NewReader("abc"), errReader{broken}), 9, nil); !errors.Is(err, broken) {
			t.Errorf("a reader that fails: %v", err)
		}
		misused(t, "no name", func() { c.SendFileDownload("", nil, nil) })
		misused(t, "parts of no size", func() { s.SendFileDownload("a", nil, &viser.DownloadOptions{PartSize: -1}) })
		misused(t, "no function", func() { s.Atomic(nil) })
		misused(t, "no function", func() { c.Atomic(nil) })
		misused(t, "no reader", func() { _ = c.SendFileDownloadFrom("a", nil, 1, nil) })
		misused(t, "no reader", func() { _ = s.SendFileDownloadFrom("a", nil, 1, nil) })
		misused(t, "a negative size", func() { _ = s.SendFileDownloadFrom("a", nil, -1, nil) })

		// The file waits on disk, not in memory, while the page does not read.
		if err := c.SendFileDownloadFrom("large", &endless{}, 64<<20, nil); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			p.read()
		}
		p.Leave() // in the middle
		if err := c.SendFileDownloadFrom("late", strings.NewReader("abc"), 3, nil); err == nil {
			t.Error("a download to a client that has left must fail")
		}
	})
}

type errReader struct{ err error }

func (e errReader) Read([]byte) (int, error) { return 0, e.err }
