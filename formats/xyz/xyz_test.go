package xyz_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/hostile"
	"github.com/viser-go/viser/formats/xyz"
)

func allFields(_ int64, fields []string) []string { return fields }

func read(r io.Reader, _ int64) (any, error) {
	return xyz.Read(r, &xyz.Options{Collect: cloud.CollectOptions{SelectFields: allFields}})
}

// summary shows a cloud of few points.
func summary(c *cloud.Cloud) string {
	s := fmt.Sprint(c.Points)
	if c.Colors != nil {
		s += fmt.Sprint(" rgb ", c.Colors)
	}
	if c.Alphas != nil {
		s += fmt.Sprint(" a ", c.Alphas)
	}
	if c.Normals != nil {
		s += fmt.Sprint(" n ", c.Normals)
	}
	for _, f := range c.Fields {
		s += fmt.Sprintf(" %s %v", f.Name, f.Values)
	}
	for _, name := range c.Skipped {
		s += " without " + name
	}
	return s
}

func TestDialects(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"spaces":                   {"1 2 3\n4 5 6", "[[1 2 3] [4 5 6]]"},
		"aligned":                  {"  1.0   2\t3  \r\n\r\n -4 5e0  +6\r\n", "[[1 2 3] [-4 5 6]]"},
		"commas":                   {"1,2.5,3\n4,5,6,\n", "[[1 2.5 3] [4 5 6]]"},
		"commas and spaces":        {"1, 2.5, 3, 4, 5\n", "[[1 2.5 3]] column 4 [4] column 5 [5]"},
		"semicolons":               {"1;2.5;3\n", "[[1 2.5 3]]"},
		"decimal commas":           {"1,5;2,5;3,25\n4;5;6\n", "[[1.5 2.5 3.25] [4 5 6]]"},
		"decimal commas, spaces":   {"1,5 2,5 3,25\n", "[[1.5 2.5 3.25]]"},
		"tabs":                     {"1\t2\t3\n", "[[1 2 3]]"},
		"a byte order mark":        {"\xef\xbb\xbf1 2 3\n", "[[1 2 3]]"},
		"comments":                 {"# a\n// b\n% c\n1 2 3\n# between\n4 5 6\n", "[[1 2 3] [4 5 6]]"},
		"intensity":                {"1 2 3 0.5\n", "[[1 2 3]] intensity [0.5]"},
		"colors":                   {"1 2 3 255 0 7\n", "[[1 2 3]] rgb [[255 0 7]]"},
		"float colors":             {"1 2 3 1.0 0.0 0.5\n1 2 3 0.1 0.2 0.2\n", "[[1 2 3] [1 2 3]] rgb [[255 0 128] [26 51 51]]"},
		"wide colors":              {"1 2 3 65535 0 257\n", "[[1 2 3]] rgb [[255 0 1]]"},
		"normals":                  {"1 2 3 0.0 0.6 -0.8\n", "[[1 2 3]] n [[0 0.6 -0.8]]"},
		"normals and colors":       {"1 2 3 0.0 0.6 -0.8 1 2 3\n", "[[1 2 3]] rgb [[1 2 3]] n [[0 0.6 -0.8]]"},
		"colors and normals":       {"1 2 3 1 2 3 0.0 0.0 1.0\n", "[[1 2 3]] rgb [[1 2 3]] n [[0 0 1]]"},
		"colors and a number":      {"1 2 3 1 2 3 -7\n", "[[1 2 3]] rgb [[1 2 3]] intensity [-7]"},
		"PTS":                      {"2\n1 2 3 -100 1 2 3\n4 5 6 200 4 5 6\n", "[[1 2 3] [4 5 6]] rgb [[1 2 3] [4 5 6]] intensity [-100 200]"},
		"PTS with dark intensity":  {"1\n1 2 3 4 5 6 7\n", "[[1 2 3]] rgb [[5 6 7]] intensity [4]"},
		"PTS of two parts":         {"1\n1 2 3 4\n1\n4 5 6 7\n", "[[1 2 3] [4 5 6]] intensity [4 7]"},
		"names":                    {"x,y,z,label,density\n1,2,3,9,0.5\n", "[[1 2 3]] label [9] density [0.5]"},
		"names in another order":   {"id,Z,Y,X\n7,3,2,1\n", "[[1 2 3]] id [7]"},
		"names in quotes":          {"\"X\",\"Y\",\"Z\",\"Red\",\"Green\",\"Blue\"\n1,2,3,4,5,6\n", "[[1 2 3]] rgb [[4 5 6]]"},
		"names of CloudCompare":    {"//X Y Z R G B Intensity\n1 2 3 4 5 6 7\n", "[[1 2 3]] rgb [[4 5 6]] Intensity [7]"},
		"names with units":         {"Easting [m];Northing [m];Elevation (m)\n1,5;2;3\n", "[[1.5 2 3]]"},
		"x before easting":         {"easting,northing,height,x,y,z\n1,2,3,4,5,6\n", "[[4 5 6]] easting [1] northing [2] height [3]"},
		"names of ParaView":        {"\"Points:0\",\"Points:1\",\"Points:2\",\"Normals:0\",\"Normals:1\",\"Normals:2\"\n1,2,3,0,0,1\n", "[[1 2 3]] n [[0 0 1]]"},
		"names, other separator":   {"x, y, z\n1 2 3\n", "[[1 2 3]]"},
		"names twice":              {"x y z t t\n1 2 3 4 5\n", "[[1 2 3]] t [4] t 2 [5]"},
		"red alone":                {"x y z r\n1 2 3 4\n", "[[1 2 3]] r [4]"},
		"alpha":                    {"x y z r g b a\n1 2 3 4 5 6 7\n", "[[1 2 3]] rgb [[4 5 6]] a [7]"},
		"text columns":             {"x,y,z,class,n\n1,2,3,tree,4\n", "[[1 2 3]] n [4] without column \"class\", which is text"},
		"missing numbers":          {"x,y,z,t\n1,2,3,\n4,,6,7\n5,6,7,NA\n", "[[1 2 3] [5 6 7]] t [NaN NaN]"},
		"more columns later":       {"1 2 3\n4 5 6 7 8\n", "[[1 2 3] [4 5 6]]"},
		"not finite":               {"1 2 3\nnan 5 6\n1 inf 3\n", "[[1 2 3]]"},
		"comments in Latin-1":      {"# Gr\xfc\xdfe\n1 2 3\n", "[[1 2 3]]"},
		"a comment that is longer": {"# made by x y z\n1 2 3\n", "[[1 2 3]]"},
	} {
		got, err := read(strings.NewReader(c.file), 0)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if s := summary(got.(*cloud.Cloud)); s != c.want {
			t.Errorf("%s:\n%s, want\n%s", name, s, c.want)
		}
		if !xyz.Is([]byte(c.file)) {
			t.Errorf("%s is not recognized", name)
		}
	}
}

func TestColumns(t *testing.T) {
	for columns, want := range map[string]string{
		"x,y,z":               "[[1 2 3]]",
		"_,x,y,z":             "[[2 3 4]]",
		"z,y,x,intensity":     "[[3 2 1]] intensity [4]",
		"x,y,z,_,r,g,b":       "[[1 2 3]] rgb [[5 6 7]]",
		"X,Y,Z,nx,ny,nz,time": "[[1 2 3]] n [[4 5 6]] time [7]",
	} {
		got, err := xyz.Read(strings.NewReader("a b c d e f g\n1 2 3 4 5 6 7 8\n"), &xyz.Options{
			Columns: strings.Split(columns, ","), Collect: cloud.CollectOptions{SelectFields: allFields},
		})
		if err != nil {
			t.Errorf("%s: %v", columns, err)
		} else if s := summary(got); s != want {
			t.Errorf("%s: %s, want %s", columns, s, want)
		}
	}
}

func TestErrorsSayWhereAndWhat(t *testing.T) {
	for file, want := range map[string]string{
		"":                                       "xyz: header, line 1: there are no points: the file is empty",
		"\x89PNG\r\n\x1a\n\x00":                  "xyz: header, line 1: this is not a text of points: there is no line of three numbers at its beginning; it looks like a PNG picture",
		"v 1 2 3\nf 1 2 3\n":                     `xyz: header, line 1: the columns "v,1,2,3" lack x, y or z: name them, as in x,y,z,_,intensity`,
		"a,b,c\n1,2,3\n":                         `xyz: header, line 2: the columns "a,b,c" lack x, y or z: name them, as in x,y,z,_,intensity`,
		"1 2\n3 4\n":                             "xyz: header, line 1: this is not a text of points: there is no line of three numbers at its beginning",
		"1 2 3\n4 5\n":                           "xyz: point 2, line 2: 3 columns are needed, but the line has 2",
		"1 2 3\n\n4 five 6\n":                    `xyz: point 2, line 3: "five" is not a number`,
		"OFF\n8 6 12\n0 0 0\n":                   `xyz: header, line 2: the columns "OFF" lack x, y or z: name them, as in x,y,z,_,intensity`,
		"{\"x\": [1, 2, 3]}":                     "xyz: header, line 1: this is not a text of points: there is no line of three numbers at its beginning; it looks like JSON",
		"1 2 3\n" + strings.Repeat("4 ", 40_000): "xyz: point 2, line 2: the line is longer than 65536 bytes",
	} {
		if _, err := xyz.Read(strings.NewReader(file), nil); err == nil || err.Error() != want {
			t.Errorf("the error is\n%v, want\n%s", err, want)
		}
	}
	_, err := xyz.Read(strings.NewReader("1 2 3\n"), &xyz.Options{Columns: []string{"x", "y", "z", "t"}})
	if err == nil || !strings.Contains(err.Error(), "4 columns were named, but the line has 3") {
		t.Errorf("the error is %v", err)
	}
}

// TestGolden compares with what numpy wrote.
func TestGolden(t *testing.T) {
	var expect map[string]struct {
		Points [][3]float64
		Colors [][3]uint8
		Fields map[string][]float64
	}
	text, err := os.ReadFile(filepath.Join("testdata", "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &expect); err != nil || len(expect) < 4 {
		t.Fatal(len(expect), err)
	}
	for name, want := range expect {
		got, err := xyz.ReadFile(filepath.Join("testdata", name), &xyz.Options{Collect: cloud.CollectOptions{Recenter: true, SelectFields: allFields}})
		if err != nil {
			t.Error(err)
			continue
		}
		if len(got.Points) != len(want.Points) || !slices.Equal(got.Colors, want.Colors) {
			t.Errorf("%s: %d points, colors %v, want %d, %v", name, len(got.Points), got.Colors, len(want.Points), want.Colors)
			continue
		}
		for i, p := range want.Points {
			for axis, v := range p {
				if have := got.Origin[axis] + float64(got.Points[i][axis]); math.Abs(have-v) > 1e-5 {
					t.Errorf("%s: point %d is at %v, want %v", name, i, have, v)
				}
			}
		}
		for _, f := range got.Fields {
			for i, v := range want.Fields[f.Name] {
				if float32(v) != f.Values[i] {
					t.Errorf("%s: %s of point %d is %v, want %v", name, f.Name, i, f.Values[i], v)
				}
			}
		}
		if len(got.Fields) != len(want.Fields) {
			t.Errorf("%s: %d fields, want %d", name, len(got.Fields), len(want.Fields))
		}
	}
}

func TestHostile(t *testing.T) {
	file := []byte("3\n// about it\n1.5 2.5 3.5 -100 1 2 3\n4 5 6 200 4 5 6\n7,8 9 10\n")
	hostile.Truncations(t, file[:53], read, func(n int) bool { return n > 16 })
	hostile.Pieces(t, file[:53], read, func(a, b any) bool { return reflect.DeepEqual(a, b) })
	hostile.Flips(t, file, 100, read)
	hostile.Foreign(t, read)
	hostile.Allocates(t, []byte("4000000000\n1 2 3\n"), read, 2<<20)
	hostile.Allocates(t, []byte(strings.Repeat("1 ", 30_000)+"\n"), read, 16<<20)
}

func TestWriteAndRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 3000).Draw(t, "points")
		real := rapid.Float32Range(-1e6, 1e6)
		c := &cloud.Cloud{Total: int64(n), Fields: []cloud.Field{{Name: "intensity"}}}
		colors, normals := rapid.Bool().Draw(t, "colors"), rapid.Bool().Draw(t, "normals")
		for i := range n {
			c.Points = append(c.Points, [3]float32{real.Draw(t, "x"), float32(i), -1})
			c.Fields[0].Values = append(c.Fields[0].Values, float32(i)/3)
			if colors {
				c.Colors = append(c.Colors, [3]uint8{uint8(i), 255, 0})
			}
			if normals {
				c.Normals = append(c.Normals, [3]float32{0.6, 0, -0.8})
			}
		}
		var file bytes.Buffer
		if err := xyz.Write(&file, cloud.SourceOf(c)); err != nil {
			t.Fatal(err)
		}
		got, err := xyz.Read(&file, &xyz.Options{Collect: cloud.CollectOptions{SelectFields: allFields}})
		if err != nil || !reflect.DeepEqual(got, c) {
			t.Fatalf("got %+v, want %+v: %v", got, c, err)
		}
	})
}

func TestWriteFarPoints(t *testing.T) {
	c := &cloud.Cloud{Origin: [3]float64{500000.123, 4100000.5, 0}, Points: [][3]float32{{0, 0, 0}, {0.001, 0, 1}}}
	var file bytes.Buffer
	if err := xyz.Write(&file, cloud.SourceOf(c)); err != nil {
		t.Fatal(err)
	}
	if want := "# x y z\n500000.123 4100000.5 0\n500000.124000000 4100000.5 1\n"; strings.ReplaceAll(file.String(), "500000.124 ", "500000.124000000 ") != want {
		t.Errorf("%q, want %q", file.String(), want)
	}
	if err := xyz.Write(failing{}, cloud.SourceOf(c)); err == nil {
		t.Error("an error of the writer is lost")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func FuzzRead(f *testing.F) {
	for _, file := range []string{"1 2 3\n", "2\n1 2 3 4 5 6 7\n", "x;y;z;a b\n1,5;2;3;4\n", "//X Y Z R G B\n1 2 3 4 5 6\n", "1, 2, 3\n4,nan,6\n"} {
		f.Add([]byte(file))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := read(bytes.NewReader(file), 0)
		hostile.OneLine(t, err)
		if err != nil {
			return
		}
		c := got.(*cloud.Cloud)
		if n := len(c.Points); c.Colors != nil && len(c.Colors) != n || c.Normals != nil && len(c.Normals) != n {
			t.Fatalf("%d points, %d colors, %d normals", n, len(c.Colors), len(c.Normals))
		}
		if err := xyz.Write(&bytes.Buffer{}, cloud.SourceOf(c)); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var text bytes.Buffer
	for i := range 500_000 {
		fmt.Fprintf(&text, "%.3f %.3f %.3f %d %d %d\n", float64(i)*0.01, float64(i%1000)*0.01, -1.5, i%256, 128, 255)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := xyz.Read(bytes.NewReader(text.Bytes()), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleRead() {
	c, err := xyz.Read(strings.NewReader("Easting;Northing;Height;Class\n500000,25;4100000,5;12;2\n"), &xyz.Options{
		Collect: cloud.CollectOptions{Recenter: true, Fields: []string{"Class"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Points, "from", c.Origin, c.Fields[0])
	// Output: [[0.25 -0.5 0]] from [500000 4.100001e+06 12] {Class [2]}
}
