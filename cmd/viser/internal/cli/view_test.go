package cli

import (
	"bufio"
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

func TestPLYKinds(t *testing.T) {
	columns := splat.PLYColumns()
	for name, c := range map[string]struct {
		text   string
		splats bool
	}{
		"splats":                        {plyText(columns, "0"), true},
		"a cloud":                       {plyText(nil, "0"), false},
		"colors of red, green and blue": {plyText(columns[3:], "0"), true},
		"one property missing":          {plyText(columns[:10], "0"), false},
		"a mesh":                        {plyText(columns, "1"), false},
	} {
		got, err := readPLY(strings.NewReader(c.text), 0, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		if (got.splats != nil) != c.splats || len(got.model.Points) != 1 || (got.model.Colors != nil) == c.splats {
			t.Errorf("%s: %+v, %+v", name, got.splats, got.model)
		}
	}
}

// TestNotShown: parts of a file that are not shown are reported.
func TestNotShown(t *testing.T) {
	columns := splat.PLYColumns()
	for name, c := range map[string]struct {
		text             string
		fields, notShown []string
	}{
		"a cloud":           {plyText(nil, "0"), nil, nil},
		"fields":            {plyText([]string{"quality", "Label"}, "0"), []string{"quality", "Label"}, nil},
		"splats":            {plyText(append([]string{"f_rest_0", "F_rest_1", "confidence"}, columns...), "0"), nil, []string{"field confidence", "colors that change with the direction of view (f_rest_*)"}},
		"harmonics alone":   {plyText(columns[:3], "0"), nil, []string{"splats, as the file lacks opacity, scale_0, scale_1, rot_0, rot_1, rot_2, rot_3"}},
		"nearly splats":     {plyText(columns[:10], "0"), []string{"f_dc_0", "f_dc_1", "f_dc_2", "opacity", "scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2"}, []string{"splats, as the file lacks rot_3"}},
		"not at all splats": {plyText([]string{"opacity"}, "0"), []string{"opacity"}, nil},
	} {
		text := c.text
		if name == "harmonics alone" {
			text = strings.NewReplacer("float red", "float f", "float green", "float g1", "float blue", "float b1").Replace(text)
			c.fields = []string{"f", "g1", "b1"}
		}
		if strings.HasPrefix(name, "splats") {
			text = strings.ReplaceAll(text, "float red", "uchar red")
		}
		got, err := readPLY(strings.NewReader(text), 0, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		if diff := cmp.Diff(c.fields, got.fields) + cmp.Diff(c.notShown, got.notShown); diff != "" || len(got.model.Columns) != len(c.fields) {
			t.Error(name, len(got.model.Columns), diff)
		}
	}
}

func TestInvalidFieldsAreReported(t *testing.T) {
	fields := []string{"a", "b", "c"}
	if got := selectFields(mostFieldValues/2, fields); len(got) != 2 {
		t.Errorf("of %v, %v are kept", fields, got)
	}
	if got := selectFields(2*mostFieldValues, fields); len(got) != 0 {
		t.Errorf("of %v, %v are kept", fields, got)
	}
	if got := otherFields(fields, fields[:2], nil); len(got) != 1 || got[0] != "field c" {
		t.Errorf("not shown is %v", got)
	}
}

// TestFormatIsDetectedByContent: the name matters only for bytes that could be anything.
func TestFormatIsDetectedByContent(t *testing.T) {
	var splats bytes.Buffer
	s := &splat.Splats{
		Centers: make([][3]float32, 2), Scales: make([][3]float32, 2), WXYZs: [][4]float32{{1}, {0, 1}},
		Colors: make([][3]uint8, 2), Opacities: make([]float32, 2),
	}
	if err := splat.WriteSplat(&splats, s); err != nil {
		t.Fatal(err)
	}
	const most = "; viser view reads PLY files (meshes, point clouds, Gaussian splats) and .splat files"
	for name, c := range map[string]struct {
		content string
		named   bool // the file is called .splat
		splats  bool
		want    string // the error
	}{
		"a cloud":                {plyText(nil, "0"), false, false, ""},
		"a cloud named .splat":   {plyText(nil, "0"), true, false, ""},
		"after a mark":           {"\ufeff" + plyText(nil, "0"), false, false, ""},
		"splats":                 {splats.String(), true, true, ""},
		"splats of another name": {splats.String(), false, true, ""},
		"cut off":                {splats.String()[:20], true, true, "splat: byte 20: the file ends within splat 1, of which 20 bytes are there: unexpected EOF"},
		"an OBJ file":            {"v 0 0 0\n", false, false, "it looks like a Wavefront OBJ file" + most},
		"an OBJ named .splat":    {strings.Repeat("v 0 0 0\n", 10), true, false, "it looks like a Wavefront OBJ file" + most},
		"a GLB file":             {"glTF\x02\x00\x00\x00", false, false, "it looks like a GLB file (binary glTF)" + most},
		"nothing":                {"", true, false, "the file is empty"},
		"noise":                  {strings.Repeat("\xff\x80\x01", 100), false, false, "its format is not supported" + most},
	} {
		got, err := readEither(bufio.NewReader(strings.NewReader(c.content)), 0, c.named, nil)
		if text := ""; err != nil || c.want != "" {
			if err != nil {
				text = err.Error()
			}
			if text != c.want {
				t.Errorf("%s: %q, want %q", name, text, c.want)
			}
			continue
		}
		if (got.splats != nil) != c.splats {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestOpenTexture(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "scan")
	write := func(name string, data []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	write(filepath.Join(inside, "a.png"), picture.Bytes())
	write(filepath.Join(inside, "sub", "b.jpg"), picture.Bytes())
	write(filepath.Join(inside, "text.png"), []byte("no picture"))
	write(filepath.Join(inside, "cut.png"), picture.Bytes()[:picture.Len()-20])
	write(filepath.Join(dir, "secret.png"), picture.Bytes())
	for name, want := range map[string]string{
		"a.png":                     "",
		"sub/b.jpg":                 "",
		`sub\b.jpg`:                 "",
		`C:\scans\today\a.png`:      "",
		"/scans/somebody/a.png":     "",
		"../secret.png":             "there is no such file",
		"none.png":                  "there is no such file",
		"sub":                       "it is not a file",
		"text.png":                  "it is neither PNG, JPEG nor GIF",
		"cut.png":                   "png: invalid format: unexpected EOF",
		filepath.Join(dir, "x.png"): "there is no such file",
	} {
		img, err := openTexture(inside, name)
		switch {
		case want == "" && (err != nil || img.Bounds().Dx() != 3):
			t.Errorf("%s: %v", name, err)
		case want != "" && (err == nil || err.Error() != want):
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}
