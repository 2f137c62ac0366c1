package icon

import (
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// constants reads the generated names.
func constants(t *testing.T) []Name {
	t.Helper()
	source, err := os.ReadFile("names_gen.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []Name
	for _, m := range regexp.MustCompile(`Name = "([^"]+)"`).FindAllStringSubmatch(string(source), -1) {
		names = append(names, Name(m[1]))
	}
	return names
}

func TestEachNameHasAnIcon(t *testing.T) {
	names := constants(t)
	if len(names) < 6000 {
		t.Fatalf("only %d names", len(names))
	}
	for _, n := range names {
		if err := drawable(n.SVG()); err != nil {
			t.Errorf("%s: %v", n, err)
		}
	}
	if drawn := slices.Sorted(maps.Keys(drawings.byName)); !slices.Equal(drawn, names) {
		t.Errorf("%d drawings, %d names", len(drawn), len(names))
	}
	if svg := Name("no such icon").SVG(); svg != "" {
		t.Errorf("a name that is none: %q", svg)
	}
}

// drawable reports what is wrong with an icon: it must be one svg element without scripts and
// external references.
func drawable(svg string) error {
	d := xml.NewDecoder(strings.NewReader(svg))
	elements := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		elements++
		switch start.Name.Local {
		case "svg", "path", "circle", "rect", "line", "g":
		default:
			return fmt.Errorf("has a <%s>", start.Name.Local)
		}
	}
	if elements < 2 {
		return fmt.Errorf("%d elements", elements)
	}
	return nil
}

// TestSomeIconsAreThoseOfViser: the sums are of the texts that viser 1.1.1 sends.
func TestSomeIconsAreThoseOfViser(t *testing.T) {
	for n, want := range map[Name]string{
		CameraPlus: "28192df475b8f73d", Icon2fa: "362133b289751e91", PlayerPlayFilled: "5d07dba0a74edb91", ZoomReset: "7e234278c9e66108",
	} {
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(n.SVG())))[:16]; got != want {
			t.Errorf("%s: %s, want %s", n, got, want)
		}
	}
}

// TestNotLinkedUnlessUsed builds two programs that differ in one use of a name.
func TestNotLinkedUnlessUsed(t *testing.T) {
	size := func(use string) int64 {
		dir := t.TempDir()
		source := "package main\n\nimport (\n\t_ \"github.com/viser-go/viser\"\n" +
			"\t\"github.com/viser-go/viser/icon\"\n)\n\nfunc main() { print(" + use + ") }\n"
		file, program := filepath.Join(dir, "main.go"), filepath.Join(dir, "program")
		if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, file).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		info, err := os.Stat(program)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	unused, used := size("string(icon.Camera)"), size("icon.Camera.SVG()")
	if grown := used - unused; grown < int64(len(packed)) {
		t.Errorf("a program that draws no icon is only %d bytes smaller than one that does; the drawings have %d", grown, len(packed))
	}
}
