package spool_test

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"

	"github.com/viser-go/viser/internal/spool"
)

// emptyTemp returns what lists the temporary files of the test.
func emptyTemp(t *testing.T) (list func() int) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir) // Windows
	return func() int {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
}

func TestUploadPartsInAnyOrder(t *testing.T) {
	files := emptyTemp(t)
	quota := spool.NewQuota(1, 9)
	if !quota.AcquireFile() || quota.AcquireFile() {
		t.Error("the quota is not for one file")
	}
	u := spool.NewUpload(3, quota)
	for _, i := range []int{2, 0, 1} {
		b := []byte(strings.Repeat(string(rune('a'+i)), 3))
		if !u.Expects(i) || !quota.AcquireBytes(3) {
			t.Fatalf("part %d is refused", i)
		}
		if err := u.Add(i, b); err != nil {
			t.Fatal(err)
		}
		if u.Expects(i) {
			t.Errorf("part %d is wanted twice", i)
		}
	}
	if u.Expects(-1) || u.Expects(3) || quota.AcquireBytes(1) {
		t.Error("more than the whole is taken")
	}
	if done, n := u.Complete(); !done || n != 9 {
		t.Errorf("complete: %v, %d bytes", done, n)
	}
	u.Cut(errors.New("too late"))
	if err := iotest.TestReader(u.Reader(), []byte("aaabbbccc")); err != nil {
		t.Error(err)
	}
	u.Use()
	u.Release()
	if files() != 1 {
		t.Error("the file is gone while it has a user")
	}
	r := u.Reader()
	u.Release()
	if _, err := r.Read(make([]byte, 1)); !errors.Is(err, os.ErrClosed) || files() != 0 {
		t.Errorf("after the last user: %v, %d files", err, files())
	}
	if !quota.AcquireFile() || !quota.AcquireBytes(9) {
		t.Error("the quota was not given back")
	}
}

func TestUploadReaderWaits(t *testing.T) {
	emptyTemp(t)
	synctest.Test(t, func(t *testing.T) {
		quota, cut := spool.NewQuota(1, 100), errors.New("cut")
		quota.AcquireFile()
		u := spool.NewUpload(2, quota)
		got := make(chan string)
		go func() {
			b, err := io.ReadAll(u.Reader())
			if !errors.Is(err, cut) {
				t.Error(err)
			}
			got <- string(b)
		}()
		synctest.Wait()
		if err := u.Add(0, []byte("first")); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		u.Cut(cut)
		if b := <-got; b != "first" {
			t.Errorf("%q", b)
		}
		u.Release()
	})
}

func TestDownload(t *testing.T) {
	files := emptyTemp(t)
	d, err := spool.NewDownloadFrom(strings.NewReader("hello and more"), 5)
	if err != nil {
		t.Fatal(err)
	}
	d.Use()
	b := make([]byte, 5)
	if _, err := d.ReadAt(b, 0); err != nil || string(b) != "hello" || files() != 1 {
		t.Errorf("%q, %v", b, err)
	}
	d.Release()
	if files() != 0 {
		t.Error("the file stays")
	}
	if _, err := spool.NewDownloadFrom(strings.NewReader("short"), 6); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	broken := errors.New("broken")
	if _, err := spool.NewDownloadFrom(iotest.ErrReader(broken), 6); !errors.Is(err, broken) {
		t.Error(err)
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = spool.NewDownloadFrom(readerFunc(func([]byte) (int, error) { panic("of the program") }), 6)
	}()
	if files() != 0 {
		t.Error("a file stays after a failure")
	}
	source := []byte("abc")
	m := spool.NewDownload(source)
	source[0] = 'x'
	m.Use()
	if _, err := m.ReadAt(b[:3], 0); err != nil || string(b[:3]) != "abc" {
		t.Errorf("%q, %v", b[:3], err)
	}
	m.Release()
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }
