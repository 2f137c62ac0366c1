package viser_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// temporary gives the test a folder of its own for temporary files.
func temporary(t *testing.T) (left func() []string) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	return func() []string {
		t.Helper()
		names, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
}

// A sender uploads one file as a page does.
type sender struct {
	*page
	button, id string
}

func (p *page) upload(id string) *sender {
	return &sender{p, last[*wire.GuiUploadButtonMessage](p).UUID, id}
}

func (s *sender) start(name string, parts, size int) *sender {
	s.Receive(&wire.FileTransferStartUpload{
		SourceComponentUUID: s.button, TransferUUID: s.id, Filename: name, MimeType: "text/plain", PartCount: parts, SizeBytes: size,
	})
	return s
}

func (s *sender) part(i int, content string) *sender {
	s.Receive(&wire.FileTransferPart{SourceComponentUUID: &s.button, TransferUUID: s.id, PartIndex: i, Content: []byte(content)})
	return s
}

// uploading runs a test with a button, a page, and a record of its uploads.
func uploading(t *testing.T, opts *viser.UploadButtonOptions, f func(t *testing.T, p *page, b *viser.UploadButton, got *record[string], log *logBook)) {
	t.Helper()
	left := temporary(t)
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		b := s.GUI().AddUploadButton("Send", opts)
		var got record[string]
		b.OnUpload(func(_ context.Context, e viser.UploadEvent) {
			content, err := e.File.Bytes()
			if err != nil || int64(len(content)) != e.File.Size() || e.Target != b || e.Client == nil {
				t.Errorf("%v, %d of %d bytes", err, len(content), e.File.Size())
			}
			if want := fmt.Sprintf("%s, %d bytes", e.File.Name(), len(content)); e.File.String() != want {
				t.Errorf("String returns %q, want %q", e.File.String(), want)
			}
			got.add(e.File.Name() + "=" + string(content))
		})
		p, _ := connect(t, s)
		f(t, p, b, &got, log)
		synctest.Wait()
		p.Leave()
		synctest.Wait()
		if files := left(); len(files) > 0 {
			t.Errorf("temporary files stay: %v", files)
		}
	})
}

func want(t *testing.T, got *record[string], files ...string) {
	t.Helper()
	synctest.Wait()
	if list := got.got(); strings.Join(list, "|") != strings.Join(files, "|") {
		t.Errorf("got %q; want %q", list, files)
	}
}

func acks(p *page) (out [][2]int) {
	p.t.Helper()
	p.catchUp()
	for _, m := range all[*wire.FileTransferPartAck](p) {
		out = append(out, [2]int{m.TransferredBytes, m.TotalBytes})
	}
	return out
}

func TestUploadInAnyOrder(t *testing.T) {
	uploading(t, nil, func(t *testing.T, p *page, _ *viser.UploadButton, got *record[string], _ *logBook) {
		u := p.upload("a").start("a.txt", 3, 9)
		u.part(2, "89").part(0, "1234").part(2, "xx").part(3, "x").part(-1, "x").part(1, "567")
		want(t, got, "a.txt=123456789")
		if a := acks(p); len(a) != 3 || a[0] != [2]int{2, 9} || a[2] != [2]int{9, 9} {
			t.Errorf("acknowledged %v", a)
		}
		u.part(1, "567") // after the end
		p.upload("b").start("b", 1, 1).part(0, "b")
		want(t, got, "a.txt=123456789", "b=b")
	})
}

// TestDuplicateOfALargePart: a part that arrives twice does not count against the announced size.
func TestDuplicateOfALargePart(t *testing.T) {
	uploading(t, nil, func(t *testing.T, p *page, _ *viser.UploadButton, got *record[string], _ *logBook) {
		p.upload("a").start("a", 2, 10).part(0, "123456").part(0, "123456").part(1, "7890")
		want(t, got, "a=1234567890")
	})
}

func TestUploadOfNothing(t *testing.T) {
	uploading(t, nil, func(t *testing.T, p *page, _ *viser.UploadButton, got *record[string], _ *logBook) {
		p.upload("a").start("empty", 0, 0)
		want(t, got, "empty=")
		if a := acks(p); len(a) != 1 || a[0] != [2]int{0, 0} {
			t.Errorf("acknowledged %v", a)
		}
	})
}

func TestRefusedUploads(t *testing.T) {
	for name, c := range map[string]struct {
		opts *viser.UploadButtonOptions
		send func(p *page)
		why  string
	}{
		"too large":     {&viser.UploadButtonOptions{MaxBytes: 3000}, func(p *page) { p.upload("a").start("a", 1, 3001) }, "3000 bytes"},
		"more bytes":    {nil, func(p *page) { p.upload("a").start("a", 2, 3).part(0, "12").part(1, "34") }, "larger than its announced size"},
		"fewer bytes":   {nil, func(p *page) { p.upload("a").start("a", 2, 5).part(0, "12").part(1, "34") }, "before its announced size"},
		"negative":      {nil, func(p *page) { p.upload("a").start("a", -1, 5) }, "announcement of the file is invalid"},
		"negative size": {nil, func(p *page) { p.upload("a").start("a", 1, -5) }, "announcement of the file is invalid"},
		"no parts":      {nil, func(p *page) { p.upload("a").start("a", 0, 5) }, "announcement of the file is invalid"},
		"parts":         {nil, func(p *page) { p.upload("a").start("a", 1<<30, 5) }, "announcement of the file is invalid"},
		"long uuid":     {nil, func(p *page) { p.upload(strings.Repeat("a", 1e6)).start("a", 1, 1) }, "announcement of the file is invalid"},
		"twice":         {nil, func(p *page) { p.upload("a").start("a", 1, 1).start("a", 1, 1) }, "announcement of the file is invalid"},
		"idle": {nil, func(p *page) {
			p.upload("a").start("a", 2, 4).part(0, "12")
			time.Sleep(3 * time.Minute)
		}, "No data was received"},
		"disabled": {&viser.UploadButtonOptions{Disabled: true},
			func(p *page) { p.upload("a").start("a", 1, 1).part(0, "1") }, "disabled"},
		"too many": {nil, func(p *page) {
			for i := range 17 {
				p.upload(string(rune('a'+i))).start("a", 1, 1)
			}
		}, "Too many"},
	} {
		t.Run(name, func(t *testing.T) {
			uploading(t, c.opts, func(t *testing.T, p *page, _ *viser.UploadButton, got *record[string], log *logBook) {
				c.send(p)
				want(t, got)
				p.catchUp()
				if !log.has(c.why) {
					t.Error("the reason is not logged")
				}
				if n := last[*wire.NotificationShowMessage](p); !strings.Contains(n.Props.Body, c.why) {
					t.Errorf("the message is %q", n.Props.Body)
				}
			})
		})
	}
}

// TestUploadToUnknownButton: identifiers that clients make up are ignored.
func TestUploadToUnknownButton(t *testing.T) {
	uploading(t, nil, func(t *testing.T, p *page, b *viser.UploadButton, got *record[string], _ *logBook) {
		s := &sender{p, "nobody", "x"}
		s.start("a", 1, 1).part(0, "1")
		p.upload("never announced").part(0, "1")
		want(t, got)
		gone := p.upload("gone").start("a", 2, 2).part(0, "1")
		b.Remove()
		gone.part(1, "2")
		want(t, got)
	})
}

// TestUploadCutOff: readers in progress fail, and no file is left.
func TestUploadCutOff(t *testing.T) {
	for name, cut := range map[string]func(p *page){
		"left":   func(p *page) { p.Leave() },
		"cancel": func(p *page) { p.Receive(&wire.FileTransferCancelMessage{TransferUUID: "a"}) },
	} {
		t.Run(name, func(t *testing.T) {
			left := temporary(t)
			bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
				b := s.GUI().AddUploadButton("Send", nil)
				var got record[string]
				var ended record[error]
				b.OnUploadBegin(func(_ context.Context, e viser.UploadEvent) {
					var w bytes.Buffer
					_, err := io.Copy(&w, e.File.Reader())
					got.add(w.String())
					ended.add(err)
				})
				b.OnUpload(func(context.Context, viser.UploadEvent) { got.add("whole") })
				p, _ := connect(t, s)
				p.upload("a").start("a", 3, 6).part(0, "12").part(1, "34")
				synctest.Wait()
				cut(p)
				synctest.Wait()
				if list := got.got(); len(list) != 1 || list[0] != "1234" || !errors.Is(ended.got()[0], viser.ErrUploadCut) {
					t.Errorf("got %q, %v", list, ended.got())
				}
				if files := left(); len(files) > 0 {
					t.Errorf("temporary files stay: %v", files)
				}
			})
		})
	}
}

// TestUploadIsReadWhileReceived: the reader of OnUploadBegin waits for what has not arrived.
func TestUploadIsReadWhileReceived(t *testing.T) {
	uploading(t, nil, func(t *testing.T, p *page, b *viser.UploadButton, got *record[string], _ *logBook) {
		var seen record[string]
		b.OnUploadBegin(func(_ context.Context, e viser.UploadEvent) {
			buf := make([]byte, 8)
			r := e.File.Reader()
			for {
				n, err := r.Read(buf)
				if err != nil {
					seen.add(err.Error())
					return
				}
				seen.add(string(buf[:n]))
			}
		})
		u := p.upload("a").start("a", 3, 6).part(1, "34")
		want(t, &seen)
		u.part(0, "12")
		want(t, &seen, "12", "34")
		u.part(2, "56")
		want(t, &seen, "12", "34", "56", "EOF")
		want(t, got, "a=123456")
	})
}

// TestUploadQuota: the uploads of all clients share one quota, and release it.
func TestUploadQuota(t *testing.T) {
	left := temporary(t)
	synctest.Test(t, func(t *testing.T) {
		s := viser.NewTestServer(&viser.Options{MaxUploadBytes: 10})
		defer s.Close()
		b := s.GUI().AddUploadButton("Send", nil)
		hold := make(chan struct{})
		var got record[string]
		b.OnUpload(func(_ context.Context, e viser.UploadEvent) {
			<-hold
			got.add(e.File.Name())
		})
		p, _ := connect(t, s)
		q, _ := connect(t, s)
		p.upload("a").start("a", 1, 8).part(0, "12345678")
		q.upload("b").start("b", 1, 3).part(0, "123")
		q.catchUp()
		if n := last[*wire.NotificationShowMessage](q); !strings.Contains(n.Props.Body, "no space") {
			t.Errorf("the message is %q", n.Props.Body)
		}
		q.upload("c").start("c", 1, 2).part(0, "12")
		close(hold)
		synctest.Wait()
		q.upload("d").start("d", 1, 10).part(0, "1234567890")
		synctest.Wait()
		if list := got.got(); len(list) != 3 {
			t.Errorf("got %q", list)
		}
		if files := left(); len(files) > 0 {
			t.Errorf("temporary files stay: %v", files)
		}
	})
}

func TestUploadedFileIsRemoved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept")
	uploading(t, nil, func(t *testing.T, p *page, b *viser.UploadButton, _ *record[string], _ *logBook) {
		var kept *viser.UploadedFile
		b.OnUpload(func(_ context.Context, e viser.UploadEvent) {
			kept = e.File
			if err := e.File.Save(path); err != nil {
				t.Error(err)
			}
			if err := e.File.Save(filepath.Join(path, "below a file")); err == nil {
				t.Error("saved below a file")
			}
		})
		b.OnUpload(func(context.Context, viser.UploadEvent) { panic("a callback that fails keeps nothing") })
		p.upload("a").start("a", 2, 4).part(1, "34").part(0, "12")
		synctest.Wait()
		if _, err := kept.Bytes(); !errors.Is(err, os.ErrClosed) {
			t.Errorf("read after the callback: %v", err)
		}
		if b, err := os.ReadFile(path); string(b) != "1234" {
			t.Errorf("saved %q, %v", b, err)
		}
	})
}

// TestRefusalInExtendedDialect: clients of viser-go.v1 receive a separate message.
func TestRefusalInExtendedDialect(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.GUI().AddUploadButton("Send", &viser.UploadButtonOptions{MaxBytes: 1})
		p := open(t, s, true)
		cam := someCamera
		p.Receive(&cam)
		p.upload("a").start("a", 1, 2)
		p.catchUp()
		if m := last[*wire.FileTransferRefusedMessage](p); m.TransferUUID != "a" || m.Reason == "" {
			t.Errorf("%+v", m)
		}
	})
}

func TestUploadOptionsAreChecked(t *testing.T) {
	gui := viser.NewTestServer(nil).GUI()
	misused(t, "MaxBytes", func() { gui.AddUploadButton("", &viser.UploadButtonOptions{MaxBytes: -1}) })
	misused(t, "IdleTimeout", func() { gui.AddUploadButton("", &viser.UploadButtonOptions{IdleTimeout: -1}) })
}
