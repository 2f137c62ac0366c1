package interop_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// viserVersion is the release that these tests are written against.
const viserVersion = "1.1.1"

// python is the interpreter that has viser: VISER_PYTHON, or that of the repository's
// .venv.
var python string

// TestMain first looks for the real viser: without it no test here is meaningful, so
// its absence is a failure unless the tests are turned off.
func TestMain(m *testing.M) {
	if os.Getenv("VISER_INTEROP") == "off" {
		fmt.Fprintln(os.Stderr, "VISER_INTEROP=off: LEFT OUT: every test against the real viser "+viserVersion+" and its web client")
		return
	}
	var err error
	if python, err = findPython(); err != nil {
		fmt.Fprintf(os.Stderr, "interop: %v\n"+
			"Make a virtual environment with interop/requirements.txt in it and name its python in VISER_PYTHON,\n"+
			"or set VISER_INTEROP=off to leave these tests out.\n", err)
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}

func findPython() (string, error) {
	path := os.Getenv("VISER_PYTHON")
	if path == "" {
		path = filepath.Join("..", ".venv", "bin", "python")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "-c", "import viser; print(viser.__version__)").Output()
	if err != nil {
		return "", fmt.Errorf("no viser to compare with: %s: %w", path, err)
	}
	if version := strings.TrimSpace(string(out)); version != viserVersion {
		return "", fmt.Errorf("%s has viser %s, the tests are for %s", path, version, viserVersion)
	}
	return path, nil
}

// runPython runs a script of pydriver to its end and returns what it printed.
func runPython(t *testing.T, script string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), python, append([]string{filepath.Join("pydriver", script)}, args...)...)
	var out, chat bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &chat
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %v: %v\n%s", script, args, err, chat.Bytes())
	}
	return out.Bytes()
}
