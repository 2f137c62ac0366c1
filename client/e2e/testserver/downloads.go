package main

import (
	"io"

	"github.com/viser-go/viser"
)

// A file is what the command download sends: bytes that count up.
type file struct {
	Name     string
	Size     int64
	Save     bool
	PartSize int
	Reader   bool // through SendFileDownloadFrom
}

func (s *stage) downloads() {
	s.forClient("download", withJSON(func(c *viser.Client, f file) (string, error) {
		opts := &viser.DownloadOptions{SaveImmediately: f.Save, PartSize: f.PartSize}
		if f.Reader {
			return "", c.SendFileDownloadFrom(f.Name, &counting{}, f.Size, opts)
		}
		b, err := io.ReadAll(io.LimitReader(&counting{}, f.Size))
		c.SendFileDownload(f.Name, b, opts)
		return "", err
	}))
	s.do("download-all", func(string) { s.SendFileDownload("all.txt", []byte("for everybody"), nil) })
}

// counting is a reader of 0, 1, 2 … 250, 0 …: no power of two, so that a lost or doubled part is seen.
type counting struct{ n int }

func (r *counting) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(r.n % 251)
		r.n++
	}
	return len(p), nil
}
