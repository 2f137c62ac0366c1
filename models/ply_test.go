package models

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
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

// splatColumns are the properties of splats without harmonics.
func splatColumns() []string {
	return slices.DeleteFunc(splat.PLYColumns(), func(c string) bool { return strings.HasPrefix(c, "f_rest_") })
}

// readText reads a file of that content.
func readText(t *testing.T, name, text string, o *Options) *Model {
	t.Helper()
	m, err := Read(t.Context(), strings.NewReader(text), name, int64(len(text)), o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPLYKinds(t *testing.T) {
	columns := splatColumns()
	for name, c := range map[string]struct {
		text, kind string
	}{
		"splats":                        {plyText(columns, "0"), "splats"},
		"a cloud":                       {plyText(nil, "0"), "cloud"},
		"colors of red, green and blue": {plyText(columns[3:], "0"), "splats"},
		"one property missing":          {plyText(columns[:10], "0"), "cloud"},
		"a mesh":                        {plyText(columns, "1"), "mesh"},
	} {
		m := readText(t, "x.ply", c.text, nil)
		kinds := map[string]bool{"splats": m.Splats != nil, "cloud": m.Cloud != nil, "mesh": m.Mesh != nil}
		for kind, is := range kinds {
			if is != (kind == c.kind) {
				t.Errorf("%s: %v", name, kinds)
			}
		}
		if m.Format != PLY || m.Name != "x.ply" {
			t.Errorf("%s: %q of format %q", name, m.Name, m.Format)
		}
	}
}

// TestNotShown: parts of a file that are not shown are reported.
func TestNotShown(t *testing.T) {
	columns := splatColumns()
	for name, c := range map[string]struct {
		text             string
		fields, notShown []string
	}{
		"a cloud":           {plyText(nil, "0"), nil, nil},
		"fields":            {plyText([]string{"quality", "Label"}, "0"), []string{"quality", "Label"}, nil},
		"splats":            {plyText(append([]string{"f_rest_0", "F_rest_1", "confidence"}, columns...), "0"), nil, []string{"2 harmonics (f_rest_*): with f_dc_*, 9, 24 or 45 are read", "field confidence"}},
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
		m := readText(t, "x.ply", text, nil)
		var fields []string
		if m.Cloud != nil {
			for _, f := range m.Cloud.Fields {
				fields = append(fields, f.Name)
			}
		}
		if diff := cmp.Diff(c.fields, fields) + cmp.Diff(c.notShown, m.NotShown); diff != "" {
			t.Error(name, diff)
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

// texturedPLY is three triangles, two of which have the second of two textures.
const texturedPLY = `ply
format ascii 1.0
comment TextureFile stone.png
comment TextureFile wood.png
element vertex 3
property float x
property float y
property float z
property float quality
element face 3
property list uchar int vertex_indices
property list uchar float texcoord
property int texnumber
end_header
0 0 0 5
1 0 0 6
0 1 0 7
3 0 1 2 6 0 0 1 0 1 1 1
3 2 1 0 6 0 0 0 0 0 0 0
3 1 2 0 6 0.5 0 0 0.5 1 1 1
`

func pngFile(t *testing.T) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestTexturesOfFaces: a part for each texture that exists, and missing ones are reported.
func TestTexturesOfFaces(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "wood.png"), pngFile(t))
	m, err := Open(t.Context(), write(t, filepath.Join(dir, "a.ply"), []byte(texturedPLY)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"texture stone.png: there is no such file"}, m.NotShown); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]string{{"wood.png"}, {"stone.png"}}, [][]string{m.Opened, m.Missing}); diff != "" {
		t.Error(diff)
	}
	parts := m.Mesh.Parts
	if len(parts) != 2 || len(parts[0].Faces) != 1 || parts[0].Material != -1 || len(parts[1].Faces) != 2 || parts[1].Material != 0 {
		t.Fatalf("%+v", parts)
	}
	if diff := cmp.Diff([][2]float32{{0, 0}, {1, 0}, {1, 1}, {0.5, 0}, {0, 0.5}, {1, 1}}, parts[1].UVs); diff != "" {
		t.Error(diff)
	}
	if texture := m.Mesh.Materials[0].Texture; texture.Type != "image/png" || len(texture.Data) == 0 {
		t.Errorf("the texture is a %s of %d bytes", texture.Type, len(texture.Data))
	}
	if diff := cmp.Diff([]float32{7, 6, 5, 5, 6, 7, 6, 7, 5}, m.MeshFields[0].Values); diff != "" {
		t.Error(diff)
	}
	alone := readText(t, "pipe", texturedPLY, nil)
	want := []string{"texture stone.png: there is no folder to look for it in", "texture wood.png: there is no folder to look for it in"}
	if diff := cmp.Diff(want, alone.NotShown); diff != "" {
		t.Error(diff)
	}
}

// TestFilesBesideTheFile: only those in its folder are opened, unless others are allowed.
func TestFilesBesideTheFile(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "scan")
	write(t, filepath.Join(inside, "a.png"), pngFile(t))
	write(t, filepath.Join(inside, "sub", "b.jpg"), pngFile(t))
	write(t, filepath.Join(inside, "text.png"), []byte("no picture"))
	write(t, filepath.Join(inside, "cut.png"), pngFile(t)[:20])
	secret := write(t, filepath.Join(dir, "secret.png"), pngFile(t))
	if err := os.Symlink(secret, filepath.Join(inside, "link.png")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"a.png":                     "",
		"sub/b.jpg":                 "",
		`sub\b.jpg`:                 "",
		`C:\scans\today\a.png`:      "",
		"/scans/somebody/a.png":     "",
		"../secret.png":             "it is outside the folder of the file",
		secret:                      "it is outside the folder of the file",
		"link.png":                  "it is outside the folder of the file",
		"none.png":                  "there is no such file",
		"sub":                       "it is not a file",
		"text.png":                  "it is neither PNG, JPEG, WebP, GIF, BMP nor TIFF",
		"cut.png":                   "the picture is broken: unexpected EOF",
		filepath.Join(dir, "x.png"): "there is no such file",
	} {
		in := newInput(t.Context(), strings.NewReader(""), "a.ply", 0, nil)
		in.dir = inside
		_, err := openImage(in.opener(), name)
		if text := errText(err); text != want {
			t.Errorf("%s: %q, want %q", name, text, want)
		}
		in.o.AllowOutside = true
		if _, err := openImage(in.opener(), name); strings.Contains(want, "outside") && err != nil {
			t.Errorf("%s, with files outside allowed: %v", name, err)
		}
		in.o.OnlyFolder = true // which counts more, and tells nothing about the machine
		if _, err := openImage(in.opener(), name); strings.Contains(want, "outside") && errText(err) != "there is no such file" {
			t.Errorf("%s, with only the folder allowed: %v", name, err)
		}
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
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
	for name, c := range map[string]struct {
		content, name string
		want          Format
		err           string
	}{
		"a cloud":                {plyText(nil, "0"), "x", PLY, ""},
		"a cloud named .splat":   {plyText(nil, "0"), "x.splat", PLY, ""},
		"after a mark":           {"\ufeff" + plyText(nil, "0"), "x", PLY, ""},
		"splats":                 {splats.String(), "x.splat", SPLAT, ""},
		"splats of another name": {splats.String(), "x", SPLAT, ""},
		"splats cut off":         {splats.String()[:20], "x.splat", "", "x.splat: byte 20: the file ends within splat 1, of which 20 bytes are there: unexpected EOF"},
		"a PDF":                  {"%PDF-1.7\n", "x.splat", "", "x.splat: it looks like a PDF document; known formats are " + List()},
		"nothing":                {"", "x.ply", "", "x.ply: the file is empty"},
		"noise":                  {strings.Repeat("\xff\x80\x01", 100), "x", "", "x: its format is not known; known formats are " + List()},
	} {
		m, err := Read(t.Context(), strings.NewReader(c.content), c.name, 0, nil)
		switch {
		case errText(err) != c.err:
			t.Errorf("%s: %q, want %q", name, errText(err), c.err)
		case err == nil && m.Format != c.want:
			t.Errorf("%s: %s, want %s", name, m.Format, c.want)
		}
	}
}

func TestReadingStopsWithItsContext(t *testing.T) {
	why := errors.New("no patience")
	ctx, cancel := contextWithCause(t)
	cancel(why)
	if _, err := Read(ctx, strings.NewReader(plyText(nil, "0")), "x", 0, nil); err != why {
		t.Error(err)
	}
}

func TestUnknownFormatIsNamed(t *testing.T) {
	if _, err := Read(t.Context(), strings.NewReader("x"), "x", 0, &Options{Format: "docx"}); !strings.Contains(errText(err), `there is no format "docx"`) {
		t.Error(err)
	}
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "none.ply"), nil); !strings.HasSuffix(errText(err), "none.ply: there is no such file") {
		t.Error(err)
	}
}
