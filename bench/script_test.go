package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestBothHalvesAreMeasured runs the script of "make bench" with other programs in the place of the measurements: one
// half that fails loses neither the table of the other nor its exit code.
func TestBothHalvesAreMeasured(t *testing.T) {
	for _, c := range []struct {
		name, servers, pages, missing string
		code                          int
		says                          string
	}{
		{"both work", "0", "0", "0", 0, ""},
		{"the servers fail", "3", "0", "0", 3, "FAILED: the servers, with exit code 3"},
		{"the web clients fail", "0", "4", "0", 4, "FAILED: the web clients, with exit code 4"},
		{"both fail", "3", "4", "0", 3, "FAILED: the web clients, with exit code 4"},
		{"the web clients are left out", "3", "4", "1", 3, "LEFT OUT: the web clients: no browser"},
	} {
		dir := t.TempDir()
		for name, text := range map[string]string{
			"ci/bench.sh": read(t, "../ci/bench.sh"), "ci/lib.sh": read(t, "../ci/lib.sh"),
			"bench/run.sh": "#!/bin/sh\necho table of $*\nexit " + c.servers,
			"bench/pages.sh": "#!/bin/sh\n[ \"$1\" != -missing ] || { echo no browser; exit " + c.missing + "; }\n" +
				"echo table of the web clients\nexit " + c.pages,
		} {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		out, err := exec.Command("bash", filepath.Join(dir, "ci/bench.sh"), "the servers").Output()
		code := 0
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			code = exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		got := string(out)
		if code != c.code || !strings.Contains(got, "table of the servers") || !strings.Contains(got, c.says) ||
			c.missing == "0" && !strings.Contains(got, "table of the web clients") {
			t.Errorf("%s: exit code %d, output\n%s", c.name, code, got)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
