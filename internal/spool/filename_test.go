package spool_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/viser-go/viser/internal/spool"
)

func TestSafeFileName(t *testing.T) {
	for in, want := range map[string]string{
		"a.txt":                          "a.txt",
		"../../etc/passwd":               "passwd",
		`C:\windows\system.ini`:          "system.ini",
		"..":                             "upload",
		"":                               "upload",
		"/":                              "upload",
		".bashrc":                        "bashrc",
		"a\x00b\n.txt":                   "ab.txt",
		"invoice\u202Efdp.exe":           "invoicefdp.exe",
		`<img src=x onerror="alert(1)">`: "_img src=x onerror=_alert(1)__",
		"CON.txt":                        "_CON.txt",
		"com1":                           "_com1",
		"common.txt":                     "common.txt",
		"bad\xffutf8":                    "bad_utf8",
		"ünïcode 日本.png":                 "ünïcode 日本.png",
	} {
		if got := spool.SafeFileName(in); got != want {
			t.Errorf("SafeFileName(%q) = %q; want %q", in, got, want)
		}
	}
	long := spool.SafeFileName(strings.Repeat("ä", 400) + ".tar.gz")
	if len(long) > spool.MaxFileName || !utf8.ValidString(long) || !strings.HasSuffix(long, "ä.gz") {
		t.Errorf("%q", long)
	}
	if n := len(spool.SafeFileName(strings.Repeat("x", 10_000_000))); n != spool.MaxFileName {
		t.Errorf("%d bytes", n)
	}
}

func FuzzSafeFileName(f *testing.F) {
	f.Add("../a")
	f.Fuzz(func(t *testing.T, in string) {
		got := spool.SafeFileName(in)
		if got == "" || got == "." || got == ".." || len(got) > spool.MaxFileName+1 || strings.ContainsAny(got, "/\\\x00\n") || !utf8.ValidString(got) {
			t.Errorf("SafeFileName(%q) = %q", in, got)
		}
		if again := spool.SafeFileName(got); again != got {
			t.Errorf("%q becomes %q the second time", got, again)
		}
	})
}
