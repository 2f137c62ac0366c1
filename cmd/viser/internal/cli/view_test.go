package cli

import (
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/splat"
)

// plyText is a file of one vertex with a color and the given properties, all of them 1, and one face.
func plyText(properties []string, faces string) string {
	all := append([]string{"x", "y", "z", "red", "green", "blue"}, properties...)
	text := "ply\nformat ascii 1.0\nelement vertex 1\n"
	for _, name := range all {
		text += "property float " + name + "\n"
	}
	text += "element face " + faces + "\nproperty list uchar int vertex_indices\nend_header\n" + strings.Repeat("1 ", len(all)) + "\n"
	if faces != "0" {
		text += "3 0 0 0\n"
	}
	return text
}

func TestWhatAPLYFileIs(t *testing.T) {
	columns := splat.PLYColumns()
	for name, c := range map[string]struct {
		text   string
		splats bool
	}{
		"splats":               {plyText(columns, "0"), true},
		"a cloud":              {plyText(nil, "0"), false},
		"one property missing": {plyText(columns[1:], "0"), false},
		"a mesh":               {plyText(columns, "1"), false},
	} {
		got, err := readPLY(strings.NewReader(c.text), &ply.Options{Columns: columns})
		if err != nil {
			t.Fatal(name, err)
		}
		if (got.splats != nil) != c.splats || len(got.model.Points) != 1 || (got.model.Colors != nil) == c.splats {
			t.Errorf("%s: %+v, %+v", name, got.splats, got.model)
		}
	}
}
