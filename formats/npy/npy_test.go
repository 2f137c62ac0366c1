package npy_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/hostile"
	"github.com/viser-go/viser/formats/npy"
)

func read(r io.Reader, size int64) (any, error) { return npy.Read(r, &npy.Options{Size: size}) }

func readArchive(r io.Reader, _ int64) (any, error) {
	file, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	arrays, _, err := npy.ReadArchive(bytes.NewReader(file), int64(len(file)), nil)
	return arrays, err
}

func golden(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// floats are the numbers of an array.
func floats(data any) (values []float64) {
	v := reflect.ValueOf(data)
	for i := range v.Len() {
		switch x := v.Index(i); {
		case x.Kind() == reflect.Bool && x.Bool():
			values = append(values, 1)
		case x.Kind() == reflect.Bool:
			values = append(values, 0)
		case x.CanInt():
			values = append(values, float64(x.Int()))
		case x.CanUint():
			values = append(values, float64(x.Uint()))
		default:
			values = append(values, x.Float())
		}
	}
	return values
}

type wanted struct {
	Shape  []int
	DType  string
	Values []float64
	Fields map[string]wanted
}

func expected(t testing.TB) map[string]wanted {
	t.Helper()
	var expect map[string]wanted
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(golden(t, "expect.json"), &raw); err != nil {
		t.Fatal(err)
	}
	delete(raw, "archive")
	text, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &expect); err != nil || len(expect) < 25 {
		t.Fatal(len(expect), err)
	}
	return expect
}

func TestGolden(t *testing.T) {
	for name, want := range expected(t) {
		arrays, err := npy.ReadFile(filepath.Join("testdata", name), nil)
		if err != nil {
			t.Error(err)
			continue
		}
		a := arrays[0]
		if !slices.Equal(a.Shape, want.Shape) || want.DType != "" && a.DType != want.DType {
			t.Errorf("%s: shape %v of %s, want %v of %s", name, a.Shape, a.DType, want.Shape, want.DType)
		}
		if want.Fields == nil && !slices.Equal(floats(a.Data), want.Values) {
			t.Errorf("%s: %v, want %v", name, a.Data, want.Values)
		}
		for _, f := range a.Fields {
			w, ok := want.Fields[f.Name]
			if !ok || !slices.Equal(f.Shape, w.Shape) || !slices.Equal(floats(f.Data), w.Values) {
				t.Errorf("%s: field %q is %v %v, want %v", name, f.Name, f.Shape, f.Data, w)
			}
		}
		if len(a.Fields) != len(want.Fields) {
			t.Errorf("%s: %d fields, want %d", name, len(a.Fields), len(want.Fields))
		}
	}
}

func TestArchive(t *testing.T) {
	var expect map[string]json.RawMessage
	var want struct {
		Points [][3]float32
		Colors [][3]uint8
	}
	if err := json.Unmarshal(golden(t, "expect.json"), &expect); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(expect["archive"], &want); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"cloud.npz", "cloud_compressed.npz"} {
		file := golden(t, name)
		arrays, skipped, err := npy.ReadArchive(bytes.NewReader(file), int64(len(file)), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(arrays) != 4 || len(skipped) != 1 || !strings.Contains(skipped[0], "name: the type") {
			t.Errorf("%s: %d arrays, skipped %q", name, len(arrays), skipped)
		}
		points, err := npy.Points(arrays)
		if err != nil {
			t.Fatal(err)
		}
		c, err := cloud.Collect(points, &cloud.CollectOptions{Fields: []string{"intensity"}})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(c.Points, want.Points) || !reflect.DeepEqual(c.Colors, want.Colors) || c.Fields[0].Values[8] != 8 {
			t.Errorf("%s: %+v, want %+v", name, c, want)
		}
		if len(c.Skipped) != 1 || !strings.Contains(c.Skipped[0], `"camera"`) {
			t.Errorf("%s: skipped are %q", name, c.Skipped)
		}
	}
}

func array(data any, shape ...int) *npy.Array {
	return &npy.Array{Data: data, Shape: shape, DType: "x"}
}

// named gives an array a name.
func named(name string, a *npy.Array) *npy.Array { a.Name = name; return a }

func TestPoints(t *testing.T) {
	xyz := []float32{1, 2, 3, 4, 5, 6}
	for name, c := range map[string]struct {
		arrays []*npy.Array
		want   string
	}{
		"three columns":        {[]*npy.Array{array(xyz, 2, 3)}, "[[1 2 3] [4 5 6]]"},
		"a grid":               {[]*npy.Array{array(append(xyz, xyz...), 2, 2, 3)}, "[[1 2 3] [4 5 6] [1 2 3] [4 5 6]] 2x2"},
		"intensity":            {[]*npy.Array{array([]float64{1, 2, 3, 0.5}, 1, 4)}, "[[1 2 3]] intensity [0.5]"},
		"colors":               {[]*npy.Array{array([]float32{1, 2, 3, 1, 0, 0.5}, 1, 6)}, "[[1 2 3]] rgb [[255 0 128]]"},
		"colors to 255":        {[]*npy.Array{array([]float32{1, 2, 3, 255, 0, 7}, 1, 6)}, "[[1 2 3]] rgb [[255 0 7]]"},
		"normals":              {[]*npy.Array{array([]float32{1, 2, 3, 0, 0.6, -0.8}, 1, 6)}, "[[1 2 3]] n [[0 0.6 -0.8]]"},
		"more columns":         {[]*npy.Array{array([]float32{1, 2, 3, -4, 5}, 1, 5)}, "[[1 2 3]] column 4 [-4] column 5 [5]"},
		"names":                {[]*npy.Array{named("mask", array([]bool{true, false}, 2)), named("xyz", array(xyz, 2, 3)), named("rgb", array([]uint8{1, 2, 3, 4, 5, 6}, 2, 3)), named("normals", array(xyz, 2, 3))}, "[[1 2 3] [4 5 6]] rgb [[1 2 3] [4 5 6]] n [[1 2 3] [4 5 6]] mask [1 0]"},
		"the name comes first": {[]*npy.Array{named("other", array([]float32{0, 0, 0}, 1, 3)), named("scan/points", array(xyz, 2, 3))}, `[[1 2 3] [4 5 6]] without array "other" of x (1, 3)`},
	} {
		points, err := npy.Points(c.arrays)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := cloud.Collect(points, &cloud.CollectOptions{SelectFields: func(_ int64, fields []string) []string { return fields }})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if s := summary(got); s != c.want {
			t.Errorf("%s:\n%s, want\n%s", name, s, c.want)
		}
	}
	for want, a := range map[string]*npy.Array{
		`npy: this is no point cloud: no array has the shape (N, 3), or fields x, y and z; there is an array of x (480, 640, 3)`: array(make([]uint8, 480*640*3), 480, 640, 3),
		`npy: this is no point cloud: no array has the shape (N, 3), or fields x, y and z; there is "t" of x (5)`:                named("t", array(make([]float32, 5), 5)),
	} {
		if _, err := npy.Points([]*npy.Array{a}); err == nil || err.Error() != want {
			t.Errorf("the error is\n%v, want\n%s", err, want)
		}
	}
}

// summary shows a cloud of few points.
func summary(c *cloud.Cloud) string {
	s := fmt.Sprint(c.Points)
	if c.Height > 0 {
		s += fmt.Sprintf(" %dx%d", c.Width, c.Height)
	}
	if c.Colors != nil {
		s += fmt.Sprint(" rgb ", c.Colors)
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

func TestTransposedPoints(t *testing.T) {
	values := make([]int32, 60)
	for i := range values {
		values[i] = int32(i)
	}
	points, err := npy.Points([]*npy.Array{array(values, 3, 20)})
	if err != nil {
		t.Fatal(err)
	}
	c, err := cloud.Collect(points, nil)
	if err != nil || len(c.Points) != 20 || c.Points[7] != [3]float32{7, 27, 47} {
		t.Errorf("%v, %v", c, err)
	}
}

func TestStructuredPoints(t *testing.T) {
	arrays, err := npy.ReadFile(filepath.Join("testdata", "structured.npy"), nil)
	if err != nil {
		t.Fatal(err)
	}
	points, err := npy.Points(arrays)
	if err != nil {
		t.Fatal(err)
	}
	if got := points.Info(); !slices.Equal(got.Fields, []string{"rgb[0]", "rgb[1]", "rgb[2]", "t"}) || !got.HasColors {
		t.Errorf("the points have %+v", got)
	}
	c, err := cloud.Collect(points, nil)
	if err != nil || len(c.Points) != 6 || float64(c.Points[3][2]) != floats(arrays[0].Fields[2].Data)[3] {
		t.Errorf("%v, %v", c, err)
	}
}

func TestHostile(t *testing.T) {
	never := func(int) bool { return false }
	for _, name := range []string{"type_little_f4.npy", "structured.npy", "fortran.npy", "version2.npy"} {
		file := golden(t, name)
		hostile.Truncations(t, file, read, never)
		hostile.Pieces(t, file, read, func(a, b any) bool { return reflect.DeepEqual(a, b) })
		hostile.Flips(t, file, 200, read)
	}
	hostile.Foreign(t, read)
	hostile.Foreign(t, readArchive)
	for _, name := range []string{"cloud.npz", "cloud_compressed.npz"} {
		file := golden(t, name)
		hostile.Truncations(t, file, readArchive, never)
		if name == "cloud_compressed.npz" {
			hostile.Flips(t, file, 200, readArchive)
		}
	}
}

// file is a .npy file of version 1.
func file(dict, data string) []byte {
	return append(binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(dict))), dict+data...)
}

func TestClaims(t *testing.T) {
	for _, dict := range []string{
		"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000,), }",
		"{'descr': '<f8', 'fortran_order': True, 'shape': (1000000, 1000), }",
		"{'descr': [('x', '<f4'), ('y', '<i8')], 'fortran_order': False, 'shape': (100000000,), }",
		"{'descr': '<f8', 'fortran_order': False, 'shape': (0, 9000000000000000), }",
		"{'descr': '|i1', 'fortran_order': False, 'shape': (9000000000, 9000000000, 9000000000), }",
	} {
		hostile.Allocates(t, file(dict, strings.Repeat("x", 4000)), read, 2<<20)
	}
	head := binary.LittleEndian.AppendUint32([]byte("\x93NUMPY\x02\x00"), 1<<31)
	hostile.Allocates(t, append(head, "{'descr'"...), read, 1<<20)
}

// bomb is an archive of arrays of zeros, which compress well.
func bomb(t *testing.T, count, each, claimed int) []byte {
	t.Helper()
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for i := range count {
		w, err := z.Create(fmt.Sprintf("a%d.npy", i))
		if err != nil {
			t.Fatal(err)
		}
		w.Write(file(fmt.Sprintf("{'descr': '|u1', 'fortran_order': False, 'shape': (%d,), }", claimed), ""))
		w.Write(make([]byte, each))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.Bytes()
}

// TestZipBomb: archives that are, or claim to be, much larger than they look.
func TestZipBomb(t *testing.T) {
	for _, c := range []struct {
		archive []byte
		most    int64
	}{
		{bomb(t, 5, 1<<20, 1<<20), 4 << 20},
		{bomb(t, 1, 1<<20, 300<<20), 0},
	} {
		_, _, err := npy.ReadArchive(bytes.NewReader(c.archive), int64(len(c.archive)), &npy.Options{MaxBytes: c.most})
		if err == nil || !strings.Contains(err.Error(), "the limit is") || !strings.Contains(err.Error(), `array "a`) {
			t.Errorf("the error is %v", err)
		}
	}
}

func TestErrorsSayWhereAndWhat(t *testing.T) {
	for want, file := range map[string][]byte{
		`header, byte 0: this is not a NumPy file: it does not begin with "\x93NUMPY"; it looks like a PNG picture`:          []byte("\x89PNG\r\n\x1a\n"),
		"header, byte 8: this is version 9; 1 to 3 can be read":                                                              []byte("\x93NUMPY\x09\x00\x10\x00"),
		"header, byte 66: Python objects are not read, as they may be programs":                                              file("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", ""),
		`header, byte 68: the type "<c16" is not read; bool, integers, and floating point numbers of 16, 32 and 64 bits are`: file("{'descr': '<c16', 'fortran_order': False, 'shape': (3,), }", ""),
		"header, byte 38: the header has no shape, or one of too many axes":                                                  file("{'descr': '<f4', 'shape': 3}", ""),
		`header, byte 16: the header has "}" where a value should be`:                                                        file("{'a':}", ""),
		"header, byte 14: the header ends where a comma should be":                                                           file("(1,2", ""),
		"data, byte 71: the file ends early":                                                                                 file("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "1234567"),
	} {
		if _, err := npy.Read(bytes.NewReader(file), nil); err == nil || err.Error() != "npy: "+want {
			t.Errorf("the error is\n%v, want\n%s", err, want)
		}
	}
	whole := file("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "1234567")
	_, err := npy.Read(bytes.NewReader(whole), &npy.Options{Size: int64(len(whole))})
	if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "an array of shape (3) has 12 bytes, but only 7 follow") {
		t.Errorf("the error is %v", err)
	}
}

func TestWriteAndRead(t *testing.T) {
	for name := range expected(t) {
		arrays, err := npy.ReadFile(filepath.Join("testdata", name), nil)
		if err != nil {
			t.Fatal(err)
		}
		a := arrays[0]
		var out bytes.Buffer
		err = npy.Write(&out, a)
		if a.Fields != nil {
			if err == nil {
				t.Errorf("%s was written without its fields", name)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		again, err := npy.Read(&out, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(again.Shape, a.Shape) || !reflect.DeepEqual(again.Data, a.Data) {
			t.Errorf("%s: %v became %v", name, a, again)
		}
	}
	if err := npy.Write(&bytes.Buffer{}, array([]float32{1}, 2)); err == nil {
		t.Error("an array that does not fit its shape was written")
	}
	if err := npy.Write(failing{}, array([]float32{1}, 1)); err == nil {
		t.Error("an error of the writer is lost")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWritePoints(t *testing.T) {
	plain := &cloud.Cloud{Points: [][3]float32{{1, 2, 3}, {4, 5, 6}}, Total: 2}
	full := &cloud.Cloud{
		Points: [][3]float32{{1, 2, 3}, {4, 5, 6}}, Total: 2,
		Colors: [][3]uint8{{1, 2, 3}, {4, 5, 255}}, Alphas: []uint8{7, 8}, Normals: [][3]float32{{0, 0, 1}, {1, 0, 0}},
		Fields: []cloud.Field{{Name: "in ten'sity", Values: []float32{9, 10}}, {Name: "x", Values: []float32{1, 0}}},
	}
	for _, c := range []*cloud.Cloud{plain, full} {
		var out bytes.Buffer
		if err := npy.WritePoints(&out, cloud.SourceOf(c)); err != nil {
			t.Fatal(err)
		}
		a, err := npy.Read(&out, nil)
		if err != nil {
			t.Fatal(err)
		}
		points, err := npy.Points([]*npy.Array{a})
		if err != nil {
			t.Fatal(err)
		}
		got, err := cloud.Collect(points, &cloud.CollectOptions{SelectFields: func(_ int64, fields []string) []string { return fields }})
		if err != nil {
			t.Fatal(err)
		}
		want := *c
		if c == full {
			want.Fields = []cloud.Field{{Name: "in_ten_sity", Values: []float32{9, 10}}, {Name: "x_2", Values: []float32{1, 0}}}
		}
		if !reflect.DeepEqual(got, &want) {
			t.Errorf("%+v became %+v", &want, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"type_little_f2.npy", "structured.npy", "fortran.npy", "version3.npy"} {
		f.Add(golden(f, name))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		a, err := npy.Read(bytes.NewReader(file), nil)
		hostile.OneLine(t, err)
		if err != nil {
			return
		}
		points, err := npy.Points([]*npy.Array{a})
		hostile.OneLine(t, err)
		if err == nil {
			if _, err := cloud.Collect(points, &cloud.CollectOptions{SelectFields: func(_ int64, fields []string) []string { return fields }}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzReadArchive(f *testing.F) {
	f.Add(golden(f, "cloud.npz"))
	f.Add(golden(f, "cloud_compressed.npz"))
	f.Fuzz(func(t *testing.T, file []byte) {
		arrays, _, err := npy.ReadArchive(bytes.NewReader(file), int64(len(file)), nil)
		hostile.OneLine(t, err)
		if err == nil {
			_, err = npy.Points(arrays)
			hostile.OneLine(t, err)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	values := make([]float32, 12_000_000)
	for i := range values {
		values[i] = float32(i) / 7
	}
	var file bytes.Buffer
	if err := npy.Write(&file, array(values, len(values)/3, 3)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := npy.Read(bytes.NewReader(file.Bytes()), &npy.Options{Size: int64(file.Len())}); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleReadFile() {
	arrays, err := npy.ReadFile(filepath.Join("testdata", "cloud.npz"), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range arrays {
		fmt.Println(a.Name, a.Shape, a.DType)
	}
	// Output:
	// points [9 3] <f8
	// colors [9 3] |u1
	// intensity [9] <f8
	// camera [4 4] <f8
}
