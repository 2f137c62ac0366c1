package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestClient writes the web client, and not into a folder that has something.
func TestClient(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "web", "client")
	sys, out, log := system()
	if code := Run(t.Context(), []string{"client", dir}, sys); code != 0 {
		t.Fatalf("exit code %d: %s", code, log)
	}
	if !strings.HasPrefix(out.String(), dir+": ") || !strings.HasSuffix(out.String(), " MB\n") {
		t.Errorf("it printed %q", out)
	}
	page, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	scripts, err := filepath.Glob(filepath.Join(dir, "assets", "index-*.js"))
	if err != nil || len(scripts) != 1 || !strings.Contains(string(page), "./assets/"+filepath.Base(scripts[0])) {
		t.Errorf("the page is without its script: %q, %v", scripts, err)
	}
	if _, err := os.Stat(filepath.Join(dir, notServed)); err == nil {
		t.Error("it has the parts of exported pages")
	}

	for args, want := range map[string]string{
		"client " + dir:               "the folder is not empty",
		"client":                      "it takes one folder",
		"client " + dir + "/logo.svg": "logo.svg: not a directory",
	} {
		sys, _, log := system()
		if code := Run(t.Context(), strings.Fields(args), sys); code == 0 || !strings.Contains(log.String(), want) {
			t.Errorf("%s: exit code %d, %q, want %q", args, code, log, want)
		}
	}
}
