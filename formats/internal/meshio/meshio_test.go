package meshio_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/mesh"
)

func TestInt(t *testing.T) {
	for w, want := range map[string]int64{"0": 0, "-7": -7, "+12": 12, "999999999999999999": 999999999999999999} {
		if got, ok := meshio.Int([]byte(w)); !ok || got != want {
			t.Errorf("%s is %v, %v", w, got, ok)
		}
	}
	for _, w := range []string{"", "-", "1.0", "1e3", "9999999999999999999", "x"} {
		if got, ok := meshio.Int([]byte(w)); ok {
			t.Errorf("%s is %v", w, got)
		}
	}
}

// lines are all lines of a text, and the error after the last.
func lines(r io.Reader) (all []string, err error) {
	s := meshio.NewSource(r, nil)
	for {
		line, err := s.NextLine()
		if err != nil {
			if int(s.Line()) != len(all) && err == io.EOF {
				err = fmt.Errorf("line %d after %d", s.Line(), len(all))
			}
			return all, err
		}
		all = append(all, string(line))
	}
}

func TestLines(t *testing.T) {
	long := strings.Repeat("x", 600<<10) // longer than what is read at a time
	for text, want := range map[string][]string{
		"":                      nil,
		"a":                     {"a"},
		"a\n\nb\r\n":            {"a", "", "b"},
		"a\rb\r":                {"a", "b"},
		"\xef\xbb\xbfa\nb":      {"a", "b"},
		long + "\n" + long:      {long, long},
		strings.Repeat("\n", 5): {"", "", "", "", ""},
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.HalfReader(strings.NewReader(text)), iotest.DataErrReader(strings.NewReader(text))} {
			if got, err := lines(r); err != io.EOF || !slices.Equal(got, want) {
				t.Errorf("%.20q: %.60q, %v", text, got, err)
			}
		}
	}
	if _, err := lines(strings.NewReader(strings.Repeat("x", 17<<20))); err == nil || err == io.EOF {
		t.Errorf("a line without an end: %v", err)
	}
	if _, err := lines(stuck{}); err != io.ErrNoProgress {
		t.Errorf("%v", err)
	}
}

// stuck is a reader that returns nothing.
type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestProgress(t *testing.T) {
	var told []int64
	s := meshio.NewSource(bytes.NewReader(make([]byte, 3<<20)), func(n int64) { told = append(told, n) })
	for rest := s.Available(); len(rest) > 0; rest = s.Available() {
		s.Take(len(rest))
	}
	if !slices.Equal(told, []int64{1 << 20, 2 << 20, 3 << 20}) {
		t.Errorf("%v", told)
	}
}

func TestSkipsAreFew(t *testing.T) {
	var s meshio.Skips
	for i := range 1000 {
		s.Add("texture %d\n\x1b[31m", i%100)
	}
	list := s.List()
	if len(list) != 65 || list[0] != "texture 0[31m" || !strings.HasSuffix(list[64], " more") {
		t.Errorf("%q", list)
	}
}

// TestFilesAreOpenedInTheirFolder: not outside, not what is no file, and not more than is allowed.
func TestFilesAreOpenedInTheirFolder(t *testing.T) {
	outer := t.TempDir()
	dir := filepath.Join(outer, "models")
	if err := os.MkdirAll(filepath.Join(dir, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"secret": "s", "models/a.obj": "", "models/ok.mtl": "ok", "models/sub/x.mtl": "x", "models/large.mtl": strings.Repeat("y", 100)} {
		if err := os.WriteFile(filepath.Join(outer, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got := map[string]string{}
	var skips meshio.Skips
	_, err := meshio.ReadFile(filepath.Join(dir, "a.obj"), &mesh.Options{MaxOpened: 50}, func(_ io.Reader, o *mesh.Options) (*mesh.Model, error) {
		opener := meshio.NewOpener(*o, &skips)
		for _, name := range []string{"ok.mtl", `sub\x.mtl`, "./sub/../ok.mtl", `C:\models\ok.mtl`, "/secret", "../secret", "sub", "large.mtl", "sub/../../secret"} {
			got[name] = string(opener.Read("file", name))
		}
		return &mesh.Model{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range got {
		want := map[string]string{"ok.mtl": "ok", `sub\x.mtl`: "x", "./sub/../ok.mtl": "ok", `C:\models\ok.mtl`: "ok"}[name]
		if text != want {
			t.Errorf("%s is %q, want %q", name, text, want)
		}
	}
	want := []string{
		"file /secret: it is outside of the folder of the file",
		"file ../secret: it is outside of the folder of the file",
		"file sub: it is not a regular file",
		"file large.mtl: it has more than 50 bytes",
		"file sub/../../secret: it is outside of the folder of the file",
	}
	if !slices.Equal(skips.List(), want) {
		t.Errorf("%q", skips.List())
	}
}

func TestCornersAreNumbered(t *testing.T) {
	var corners meshio.Corners
	random := rand.New(rand.NewPCG(3, 4))
	number := map[meshio.Corner]uint32{}
	for range 100_000 {
		c := meshio.Corner{Point: uint32(random.IntN(1000)), Coord: uint32(random.IntN(5)), Normal: uint32(random.IntN(3))}
		got := corners.Number(c)
		want, ok := number[c]
		if !ok {
			want = uint32(len(number))
			number[c] = want
		}
		if got != want || corners.All[got] != c {
			t.Fatalf("%v is %d, want %d", c, got, want)
		}
	}
}
