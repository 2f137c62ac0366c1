package sniff_test

import (
	"strings"
	"testing"

	"github.com/viser-go/viser/internal/sniff"
)

func TestName(t *testing.T) {
	stl := "exported by a printer" + strings.Repeat("\x00", 59) + "\x02\x00\x00\x00" + strings.Repeat("\x01", 48) + "\x00\x00"
	for start, want := range map[string]string{
		"":                                    "an empty file",
		"ply\nformat ascii 1.0\n":             "a PLY file",
		"glTF\x02\x00":                        "a GLB file (binary glTF)",
		"\x89PNG\r\n\x1a\n":                   "a PNG picture",
		"RIFF\x00\x00\x00\x00WEBPVP8 ":        "a WebP picture",
		"RIFF\x00\x00\x00\x00WAVE":            "",
		"# a comment\n\n# more\nv 1 2 3\n":    "a Wavefront OBJ file",
		"mtllib a.mtl":                        "a Wavefront OBJ file",
		"volume 3\n":                          "text",
		"OFF\n3 1 0\n":                        "an OFF mesh",
		"solid part\n facet":                  "an STL mesh in text",
		stl:                                   "a binary STL mesh",
		"# .PCD v0.7\n":                       "a PCD point cloud",
		"{\"asset\": {\"version\": \"2.0\"}}": "a glTF file in JSON",
		"[1, 2]":                              "JSON",
		"<?xml version=\"1.0\"?>\n<COLLADA ":  "a COLLADA model",
		"<svg>":                               "XML",
		"\ufeffhello":                         "text",
		"\x00\x01\x02\x03":                    "",
		"Grüße, cut off: \xc3":                "text",
		"no text: \xc3(":                      "",
	} {
		if got := sniff.Name([]byte(start)); got != want {
			t.Errorf("%.30q looks like %q, want %q", start, got, want)
		}
	}
}

func FuzzName(f *testing.F) {
	f.Add([]byte("# x\nv"))
	f.Add([]byte(strings.Repeat("\x01", 200)))
	f.Fuzz(func(_ *testing.T, start []byte) { sniff.Name(start) })
}

func TestFirstInArchive(t *testing.T) {
	head := "PK\x03\x04" + strings.Repeat("\x00", 22) + "\x05\x00\x00\x00"
	for start, want := range map[string]string{
		head + "a.npyDATA": "a.npy", head + "a.n": "a.n", head: "", head[:20]: "", "": "", "no archive, but as long as its header": "",
	} {
		if got := sniff.FirstInArchive([]byte(start)); got != want {
			t.Errorf("%q: %q, want %q", start, got, want)
		}
	}
}
