package pcd_test

import (
	"bytes"
	"encoding/binary"
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
	"github.com/viser-go/viser/formats/pcd"
)

func allFields(_ int64, fields []string) []string { return fields }

func read(r io.Reader, size int64) (any, error) {
	return pcd.Read(r, &pcd.Options{Size: size, Collect: cloud.CollectOptions{SelectFields: allFields}})
}

// same compares two results, in which NaN equals NaN.
func same(a, b any) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// TestGolden compares with what pypcd4 reads.
func TestGolden(t *testing.T) {
	var expect map[string]struct {
		Points        [][3]float64
		Colors        [][3]uint8
		Normals       [][3]float64
		Fields        map[string][]float64
		Width, Height int
	}
	text, err := os.ReadFile(filepath.Join("testdata", "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &expect); err != nil || len(expect) < 7 {
		t.Fatal(len(expect), err)
	}
	for name, want := range expect {
		t.Run(name, func(t *testing.T) {
			got, err := pcd.ReadFile(filepath.Join("testdata", name), &pcd.Options{Collect: cloud.CollectOptions{SelectFields: allFields}})
			if err != nil {
				t.Fatal(err)
			}
			if d := difference(got.Points, want.Points); d > 1e-6 {
				t.Errorf("the points differ by %v", d)
			}
			if d := difference(got.Normals, want.Normals); d > 1e-6 {
				t.Errorf("the normals differ by %v", d)
			}
			if !slices.Equal(got.Colors, want.Colors) {
				t.Errorf("colors are %v, want %v", got.Colors, want.Colors)
			}
			if got.Width != want.Width || got.Height != want.Height {
				t.Errorf("the grid is %d by %d, want %d by %d", got.Width, got.Height, want.Width, want.Height)
			}
			if len(got.Fields) != len(want.Fields) {
				t.Errorf("%d fields, want %d", len(got.Fields), len(want.Fields))
			}
			for _, f := range got.Fields {
				for i, v := range want.Fields[f.Name] {
					if d := math.Abs(float64(f.Values[i]) - v); d > 1e-6*math.Abs(v) {
						t.Errorf("%s of point %d is %v, want %v", f.Name, i, f.Values[i], v)
					}
				}
			}
		})
	}
}

// difference is the largest relative one; infinite if the lengths differ.
func difference(got [][3]float32, want [][3]float64) (d float64) {
	if len(got) != len(want) {
		return math.Inf(1)
	}
	for i, p := range want {
		for axis, v := range p {
			d = max(d, math.Abs(float64(got[i][axis])-v)/max(1, math.Abs(v)))
		}
	}
	return d
}

func golden(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestHeader(t *testing.T) {
	s, err := pcd.Points(bytes.NewReader(golden(t, "organized.pcd")), nil)
	if err != nil {
		t.Fatal(err)
	}
	h := s.Header()
	if h.Viewpoint != [7]float64{1, 2, 3, 0.5, 0.5, 0.5, 0.5} || h.Width != 5 || h.Height != 4 || h.Points != 20 || h.Data != pcd.Binary {
		t.Errorf("the header is %+v", h)
	}
}

// text is a file of points with the fields.
func text(fields, sizes, types string, points ...string) string {
	return fmt.Sprintf("# .PCD v.7\nVERSION .7\nFIELDS %s\nSIZE %s\nTYPE %s\nWIDTH %d\nHEIGHT 1\nPOINTS %d\nDATA ascii\n%s\n",
		fields, sizes, types, len(points), len(points), strings.Join(points, "\n"))
}

func TestColors(t *testing.T) {
	for name, c := range map[string]struct {
		file   string
		want   [3]uint8
		alphas []uint8
	}{
		"a float with the bits of the color": {text("x y z rgb", "4 4 4 4", "F F F F", "1 2 3 "+fmt.Sprint(math.Float32frombits(0x010203))), [3]uint8{1, 2, 3}, nil},
		"a whole number said to be a float":  {text("x y z rgb", "4 4 4 4", "F F F F", "1 2 3 66051"), [3]uint8{1, 2, 3}, nil},
		"an integer":                         {text("x y z rgb", "4 4 4 4", "F F F U", "1 2 3 66051"), [3]uint8{1, 2, 3}, nil},
		"with alpha":                         {text("x y z rgba", "4 4 4 4", "F F F U", "1 2 3 2147549699"), [3]uint8{1, 2, 3}, []uint8{128}},
		"alpha that is not used":             {text("x y z rgba", "4 4 4 4", "F F F U", "1 2 3 66051"), [3]uint8{1, 2, 3}, nil},
		"channels":                           {text("x y z r g b", "4 4 4 1 1 1", "F F F U U U", "1 2 3 1 2 3"), [3]uint8{1, 2, 3}, nil},
		"float channels":                     {text("X Y Z R G B A", "4 4 4 4 4 4 4", "F F F F F F F", "1 2 3 0 0.5 1 0.5"), [3]uint8{0, 128, 255}, []uint8{128}},
		"wide channels":                      {text("x y z r g b", "4 4 4 2 2 2", "F F F U U U", "1 2 3 0 257 65535"), [3]uint8{0, 1, 255}, nil},
	} {
		got, err := pcd.Read(strings.NewReader(c.file), nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if len(got.Colors) != 1 || got.Colors[0] != c.want || !slices.Equal(got.Alphas, c.alphas) {
			t.Errorf("%s: color %v, alpha %v, want %v, %v", name, got.Colors, got.Alphas, c.want, c.alphas)
		}
	}
}

func TestOldAndLooseHeaders(t *testing.T) {
	for _, file := range []string{
		"VERSION .5\nCOLUMNS x y z\nPOINTS 1\nDATA ascii\n1 2 3",
		"# .PCD v.6\r\nVERSION .6\r\nFIELDS x y z\r\nSIZE 4 4 4\r\nTYPE F F F\r\nWIDTH 1\r\nHEIGHT 1\r\nDATA ascii\r\n1 2 3\r\n",
		"\xef\xbb\xbf# .PCD v0.7\n\nFIELDS x y z\nTYPE f f f\nWIDTH 1\nDATA ASCII\n\n  1\t2 3 \n",
		text("x y z", "4 4 4", "F F F", "1 2 3 more than needed"),
	} {
		got, err := pcd.Read(strings.NewReader(file), nil)
		if err != nil || len(got.Points) != 1 || got.Points[0] != [3]float32{1, 2, 3} {
			t.Errorf("%q: %v, %v", file, got, err)
		}
	}
}

func TestErrorsSayWhereAndWhat(t *testing.T) {
	head := "VERSION .7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\n"
	binaryHead := head + "WIDTH 9\nHEIGHT 1\nPOINTS 9\nDATA binary\n"
	for file, want := range map[string]string{
		"\x89PNG\r\n\x1a\n":                                                            `pcd: header, line 1: this is not a PCD file: it does not begin with "# .PCD" or "VERSION"; it looks like a PNG picture`,
		"VERSION .7\nFIELDS x y\nWIDTH 1\nDATA ascii\n":                                "pcd: header, line 5: the points have no z; they have x, y",
		"VERSION .7\nWIDTH 1\nDATA ascii\n":                                            "pcd: header, line 4: there is no FIELDS line",
		head + "COUNT 1 1\n":                                                           "pcd: header, line 5: COUNT needs one value for each of the 3 FIELDS, not 2",
		"VERSION .7\nFIELDS x y z\nSIZE 4 4 x\n":                                       `pcd: header, line 3: SIZE needs whole numbers, not "4 4 x"`,
		"VERSION .7\nFIELDS x y z\nTYPE F F G\n":                                       `pcd: header, line 3: TYPE can be I, U or F, not "G"`,
		"VERSION .7\nFIELDS x y z\nSIZE 4 4 3\nWIDTH 1\nDATA ascii\n":                  `pcd: header, line 6: field "z" cannot have type F and 3 bytes`,
		head + "WIDTH 3\nHEIGHT 2\nPOINTS 5\nDATA ascii\n":                             "pcd: header, line 9: WIDTH 3 times HEIGHT 2 is not POINTS 5",
		head + "WIDTH 3\nDATA zipped\n":                                                `pcd: header, line 6: DATA can be ascii, binary or binary_compressed, not "zipped"`,
		head + "WIDTH 1\nCOLOR 3\n":                                                    `pcd: header, line 6: a header line cannot begin with "COLOR"`,
		head + "WIDTH 2\nDATA ascii\n1 2 3\n4 5 six\n":                                 `pcd: point 2 of 2, line 8: "six" is not a number`,
		head + "WIDTH 2\nDATA ascii\n1 2 3\n4 5\n":                                     "pcd: point 2 of 2, line 8: a point has 3 numbers, but the line only 2",
		head + "WIDTH 2\nDATA ascii\n1 2 3\n":                                          "pcd: point 2 of 2, line 8: the file ends early",
		binaryHead + strings.Repeat("\x00", 40):                                        "pcd: point 4 of 9, byte 120: the file ends early",
		head + "WIDTH 9\nDATA binary_compressed\n\x01\x00\x00\x00\x00\x00\x00\x01\x00": "pcd: header, byte 85: 9 points of 12 bytes cannot be 16777216 bytes",
	} {
		if _, err := pcd.Read(strings.NewReader(file), nil); err == nil || err.Error() != want {
			t.Errorf("the error is\n%v, want\n%s", err, want)
		}
	}
	if _, err := read(strings.NewReader(binaryHead+"123"), int64(len(binaryHead)+3)); err == nil || !strings.Contains(err.Error(), "at least 108 bytes of data, but only 3 follow") {
		t.Errorf("the error is %v", err)
	}
}

// TestDamagedCompression: references to before the beginning, and data that is too short.
func TestDamagedCompression(t *testing.T) {
	head := "VERSION .7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nWIDTH 1\nDATA binary_compressed\n"
	sizes := func(packed int) string {
		return string(binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, uint32(packed)), 12))
	}
	for data, want := range map[string]string{
		"\x20\x00":          "a reference leads to before the beginning",
		"\x00a\x20\x05":     "a reference leads to before the beginning",
		"\x05abc":           "ends early",
		"\x02abc":           "ends early",
		"\x00a\xe0":         "ends early",
		"\x00a\xe0\x01\xff": "a reference leads to before the beginning",
		"\x00a\x20":         "ends early",
	} {
		_, err := read(strings.NewReader(head+sizes(len(data))+data), 0)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", data, err)
		}
	}
	got, err := pcd.Read(strings.NewReader(head+sizes(5)+"\x00\x00\xe0\x02\x00"), nil)
	if err != nil || len(got.Points) != 1 {
		t.Errorf("zeros by a reference: %v, %v", got, err)
	}
}

func TestHostile(t *testing.T) {
	for _, name := range []string{"xyzrgb_ascii.pcd", "mixed_binary.pcd", "mixed_binary_compressed.pcd", "organized.pcd"} {
		file := golden(t, name)
		lastNumber := bytes.LastIndexByte(bytes.TrimSpace(file), ' ') + 1
		hostile.Truncations(t, file, read, func(n int) bool { return strings.Contains(name, "ascii") && n > lastNumber })
		hostile.Pieces(t, file, read, same)
		hostile.Flips(t, file, bytes.Index(file, []byte("DATA"))+60, read)
	}
	hostile.Foreign(t, read)
	claims := func(data string) []byte {
		return []byte("VERSION .7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nWIDTH 100000000\nHEIGHT 3\nDATA " + data + "\n" + strings.Repeat("\x00\x00\xf0\x47", 100))
	}
	hostile.Allocates(t, claims("ascii"), read, 2<<20)
	hostile.Allocates(t, claims("binary"), read, 2<<20)
	hostile.Allocates(t, claims("binary_compressed"), read, 2<<20)
}

func TestWriteAndRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 3000).Draw(t, "points")
		c := randomCloud(t, n)
		var file bytes.Buffer
		if err := pcd.Write(&file, cloud.SourceOf(c)); err != nil {
			t.Fatal(err)
		}
		got, err := pcd.Read(&file, &pcd.Options{Collect: cloud.CollectOptions{SelectFields: allFields}})
		if err != nil {
			t.Fatal(err)
		}
		got.Comments, got.Total = nil, 0
		if n > 0 && !reflect.DeepEqual(got, c) {
			t.Fatalf("got %+v, want %+v", got, c)
		}
	})
}

func randomCloud(t *rapid.T, n int) *cloud.Cloud {
	c := &cloud.Cloud{}
	seed := rapid.Uint32().Draw(t, "seed")
	next := func() uint32 { seed = seed*1664525 + 1013904223; return seed >> 8 }
	colors, alphas, normals := rapid.Bool().Draw(t, "colors"), rapid.Bool().Draw(t, "alphas"), rapid.Bool().Draw(t, "normals")
	c.Fields = []cloud.Field{{Name: "intensity"}}
	for i := range n {
		c.Points = append(c.Points, [3]float32{float32(next()) / 100, -float32(next()), float32(i)})
		c.Fields[0].Values = append(c.Fields[0].Values, float32(next())/7)
		if colors {
			c.Colors = append(c.Colors, [3]uint8{uint8(next()), uint8(next()), uint8(next())})
		}
		if colors && alphas {
			c.Alphas = append(c.Alphas, uint8(next()|1))
		}
		if normals {
			c.Normals = append(c.Normals, [3]float32{float32(next()), 1, 0})
		}
	}
	return c
}

// uncounted is a source that does not know how many points it has.
type uncounted struct{ cloud.Source }

func (u uncounted) Info() cloud.Info {
	info := u.Source.Info()
	info.Points, info.Exact = -1, false
	return info
}

func TestWriteWithoutACount(t *testing.T) {
	c := &cloud.Cloud{Points: make([][3]float32, 12345), Origin: [3]float64{0.1, 5e6, 0}}
	if err := pcd.Write(&bytes.Buffer{}, uncounted{cloud.SourceOf(c)}); err == nil || !strings.Contains(err.Error(), "write to a file") {
		t.Errorf("the error is %v", err)
	}
	f, err := os.Create(filepath.Join(t.TempDir(), "a.pcd"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := pcd.Write(f, uncounted{cloud.SourceOf(c)}); err != nil {
		t.Fatal(err)
	}
	got, err := pcd.ReadFile(f.Name(), &pcd.Options{Collect: cloud.CollectOptions{Recenter: true}})
	if err != nil || len(got.Points) != len(c.Points) || math.Abs(got.Origin[0]+float64(got.Points[5][0])-0.1) > 1e-6 {
		t.Errorf("%v", err)
	}
}

func TestWriteFails(t *testing.T) {
	c := &cloud.Cloud{Points: make([][3]float32, 100_000)}
	if err := pcd.Write(failing{}, cloud.SourceOf(c)); err == nil || !strings.Contains(err.Error(), "pcd: writing: io: read/write on closed pipe") {
		t.Errorf("the error is %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func FuzzRead(f *testing.F) {
	for _, name := range []string{"xyzrgb_ascii.pcd", "mixed_binary.pcd", "mixed_binary_compressed.pcd", "organized.pcd"} {
		f.Add(golden(f, name))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := read(bytes.NewReader(file), int64(len(file)))
		hostile.OneLine(t, err)
		if err != nil {
			return
		}
		c := got.(*cloud.Cloud)
		if n := len(c.Points); c.Colors != nil && len(c.Colors) != n || c.Normals != nil && len(c.Normals) != n || c.Alphas != nil && len(c.Alphas) != n {
			t.Fatalf("%d points, %d colors, %d normals, %d alphas", n, len(c.Colors), len(c.Normals), len(c.Alphas))
		}
		if err := pcd.Write(&bytes.Buffer{}, cloud.SourceOf(c)); err != nil {
			t.Fatal(err)
		}
	})
}

func benchmark(b *testing.B, file []byte) {
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pcd.Read(bytes.NewReader(file), &pcd.Options{Size: int64(len(file))}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	const n = 1_000_000
	c := &cloud.Cloud{Points: make([][3]float32, n), Colors: make([][3]uint8, n)}
	for i := range c.Points {
		c.Points[i] = [3]float32{float32(i) * 0.001, float32(i%1000) * 0.01, -1.5}
		c.Colors[i] = [3]uint8{uint8(i), 128, 255}
	}
	var file bytes.Buffer
	if err := pcd.Write(&file, cloud.SourceOf(c)); err != nil {
		b.Fatal(err)
	}
	b.Run("binary", func(b *testing.B) { benchmark(b, file.Bytes()) })
	var ascii strings.Builder
	fmt.Fprintf(&ascii, "VERSION .7\nFIELDS x y z rgb\nSIZE 4 4 4 4\nTYPE F F F U\nWIDTH %d\nDATA ascii\n", n)
	for i, p := range c.Points {
		fmt.Fprintf(&ascii, "%f %f %f %d\n", p[0], p[1], p[2], i)
	}
	b.Run("ascii", func(b *testing.B) { benchmark(b, []byte(ascii.String())) })
	b.Run("compressed", func(b *testing.B) { benchmark(b, literals(file.Bytes(), n)) })
}

// literals makes a compressed file of runs without references.
func literals(file []byte, n int) []byte {
	head, data, _ := bytes.Cut(file, []byte("DATA binary\n"))
	var plain, packed []byte
	for field := range 4 {
		for i := range n {
			plain = append(plain, data[16*i+4*field:][:4]...)
		}
	}
	for len(plain) > 0 {
		k := min(32, len(plain))
		packed = append(append(packed, byte(k-1)), plain[:k]...)
		plain = plain[k:]
	}
	out := append(slices.Clone(head), "DATA binary_compressed\n"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(packed)))
	out = binary.LittleEndian.AppendUint32(out, uint32(16*n))
	return append(out, packed...)
}

func ExampleRead() {
	file := "VERSION .7\nFIELDS x y z intensity\nSIZE 4 4 4 4\nTYPE F F F F\nWIDTH 2\nDATA ascii\n1 2 3 0.5\n4 5 6 0.25\n"
	c, err := pcd.Read(strings.NewReader(file), &pcd.Options{Collect: cloud.CollectOptions{Fields: []string{"intensity"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Points, c.Fields[0].Values)
	// Output: [[1 2 3] [4 5 6]] [0.5 0.25]
}
