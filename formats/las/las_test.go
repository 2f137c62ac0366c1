package las_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/hostile"
	"github.com/viser-go/viser/formats/las"
)

func allFields(_ int64, fields []string) []string { return fields }

func read(r io.Reader, size int64) (any, error) {
	return las.Read(r, &las.Options{Size: size, Collect: cloud.CollectOptions{SelectFields: allFields, Recenter: true}})
}

// TestGolden compares with what laspy reads.
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
	if err := json.Unmarshal(text, &expect); err != nil {
		t.Fatal(err)
	}
	if len(expect) < 12 {
		t.Fatalf("only %d files are expected", len(expect))
	}
	for name, want := range expect {
		t.Run(name, func(t *testing.T) {
			got, err := las.ReadFile(filepath.Join("testdata", name), &las.Options{
				Collect: cloud.CollectOptions{SelectFields: allFields, Recenter: true},
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Points) != len(want.Points) || got.Total != int64(len(want.Points)) {
				t.Fatalf("%d points of %d, want %d", len(got.Points), got.Total, len(want.Points))
			}
			for i, p := range want.Points {
				for axis, v := range p {
					if have := got.Origin[axis] + float64(got.Points[i][axis]); math.Abs(have-v) > 2e-5 {
						t.Errorf("point %d axis %d is %v, want %v", i, axis, have, v)
					}
				}
			}
			if !slices.Equal(got.Colors, want.Colors) {
				t.Errorf("colors %v, want %v", got.Colors, want.Colors)
			}
			compareFields(t, got.Fields, want.Fields)
			if len(got.Comments) == 0 || !slices.Contains(got.Comments, "software: make.py") {
				t.Errorf("comments are %q", got.Comments)
			}
		})
	}
}

func compareFields(t *testing.T, got []cloud.Field, want map[string][]float64) {
	t.Helper()
	for name, values := range want {
		i := slices.IndexFunc(got, func(f cloud.Field) bool { return f.Name == name })
		if i < 0 {
			t.Errorf("there is no field %q", name)
			continue
		}
		for k, v := range values {
			if have := float64(got[i].Values[k]); math.Abs(have-v) > 1e-6*math.Abs(v)+1e-9 {
				t.Errorf("%s of point %d is %v, want %v", name, k, have, v)
			}
		}
	}
}

func golden(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(path(name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestWhatTheHeaderTells(t *testing.T) {
	h, err := las.ReadHeader(bytes.NewReader(golden(t, "extra.las")))
	if err != nil {
		t.Fatal(err)
	}
	if h.CoordinateSystem() != "WGS 84 / UTM zone 33N" || h.Minor != 4 || h.PointFormat != 7 || h.Points != 12 {
		t.Errorf("the header is %+v", h)
	}
	s, err := las.Points(bytes.NewReader(golden(t, "v13_format5.las")), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Info().Skipped; !slices.Contains(got, "waveforms") {
		t.Errorf("skipped are %q", got)
	}
}

// TestReadHeaderReadsNoMore: a reader of LAZ needs the bytes that follow.
func TestReadHeaderReadsNoMore(t *testing.T) {
	file := golden(t, "v14_format7.las")
	r := bytes.NewReader(file)
	h, err := las.ReadHeader(r)
	if err != nil {
		t.Fatal(err)
	}
	if used := len(file) - r.Len(); used != int(h.PointsAt) {
		t.Errorf("%d bytes were read, the points begin at %d", used, h.PointsAt)
	}
}

func TestCompressedIsRefused(t *testing.T) {
	file := golden(t, "compressed.laz")
	_, err := read(bytes.NewReader(file), int64(len(file)))
	if !errors.Is(err, las.ErrCompressed) || !strings.Contains(err.Error(), "package laz") {
		t.Errorf("the error is %v", err)
	}
	h, err := las.ReadHeader(bytes.NewReader(file))
	if err != nil || !h.Compressed || h.PointFormat != 2 || h.Points != 12 || len(h.VLRs) == 0 {
		t.Errorf("the header is %+v, %v", h, err)
	}
}

// few is a file with only the first three of its points, of which all are alike to a reader.
func few(file []byte) []byte {
	const at, sizeAt, countAt, count64At, points = 96, 105, 107, 247, 3
	file = bytes.Clone(file)
	if binary.LittleEndian.Uint32(file[countAt:]) > 0 {
		binary.LittleEndian.PutUint32(file[countAt:], points)
	}
	if file[25] == 4 {
		binary.LittleEndian.PutUint64(file[count64At:], points)
	}
	size := int(binary.LittleEndian.Uint16(file[sizeAt:]))
	return file[:int(binary.LittleEndian.Uint32(file[at:]))+points*size]
}

func TestHostile(t *testing.T) {
	never := func(int) bool { return false }
	for _, name := range []string{"v12_format3.las", "v14_format10.las", "extra.las"} {
		file := few(golden(t, name))
		hostile.Truncations(t, file, read, never)
		hostile.Pieces(t, file, read, func(a, b any) bool { return reflect.DeepEqual(a, b) })
		hostile.Flips(t, file, len(file), read)
	}
	hostile.Foreign(t, read)
}

// TestClaims: what a header claims is not allocated.
func TestClaims(t *testing.T) {
	file := golden(t, "v14_format7.las")
	const countAt, count64At, vlrsAt = 107, 247, 100
	for at, n := range map[int]int{countAt: 4, count64At: 8, vlrsAt: 4} {
		changed := bytes.Clone(file)
		for i := range n {
			changed[at+i] = 0x7f
		}
		hostile.Allocates(t, changed, func(r io.Reader, size int64) (any, error) {
			return las.Read(r, &las.Options{Collect: cloud.CollectOptions{MaxPoints: 1 << 30}})
		}, 2<<20)
	}
}

func TestErrorsSayWhereAndWhat(t *testing.T) {
	file := golden(t, "v12_format3.las")
	change := func(at int, b ...byte) []byte {
		changed := bytes.Clone(file)
		copy(changed[at:], b)
		return changed
	}
	nan := binary.LittleEndian.AppendUint64(nil, math.Float64bits(math.NaN()))
	for want, file := range map[string][]byte{
		"las: header, byte 0: this is not a LAS file: it does not begin with \"LASF\"; it looks like a PNG picture": []byte("\x89PNG\r\n\x1a\n"),
		"las: header, byte 24: this is LAS 1.5; versions 1.0 to 1.4 can be read":                                    change(24, 1, 5),
		"las: header, byte 94: a header of version 1.2 has at least 227 bytes, not 100":                             change(94, 100, 0),
		"las: header, byte 96: the points cannot begin at byte 10: the header has 227":                              change(96, 10, 0, 0, 0),
		"las: header, byte 104: unknown point format 11; 0 to 10 can be read":                                       change(104, 11),
		"las: header, byte 105: a point of format 3 has at least 34 bytes, not 33":                                  change(105, 33, 0),
		"las: header, byte 139: coordinate y cannot have a scale of NaN and an offset of 4.1e+06":                   change(139, nan...),
		"las: header, byte 107: 65548 points of 34 bytes need a file of 2228859 bytes, but it has 635":              change(109, 1),
		"las: point 12 of 12, byte 601: the file ends early":                                                        file[:620],
	} {
		size := int64(len(file))
		if len(file) == 620 {
			size = 0
		}
		if _, err := read(bytes.NewReader(file), size); err == nil || err.Error() != want {
			t.Errorf("the error is\n%v, want\n%s", err, want)
		}
	}
}

// TestUndescribedBytes: a record may be longer than what is known of it.
func TestUndescribedBytes(t *testing.T) {
	file := golden(t, "extra.las")
	at := bytes.Index(file, []byte("LASF_Spec"))
	copy(file[at:], "NONE_Spec")
	c, err := las.Read(bytes.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "27 bytes of each point that the file does not describe"; !slices.Contains(c.Skipped, want) || len(c.Points) != 12 {
		t.Errorf("skipped are %q of %d points", c.Skipped, len(c.Points))
	}
}

// TestColorsOfZero: many files have room for colors and none in it.
func TestColorsOfZero(t *testing.T) {
	file := golden(t, "v12_format2.las")
	for i := range 12 {
		clear(file[len(file)-12*26+i*26+20:][:6])
	}
	c, err := las.Read(bytes.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Colors != nil {
		t.Errorf("colors are %v, want none", c.Colors)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"v12_format0.las", "v13_format5.las", "v14_format8.las", "extra.las", "compressed.laz"} {
		f.Add(golden(f, name))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := read(bytes.NewReader(file), int64(len(file)))
		hostile.OneLine(t, err)
		if err == nil {
			checkCloud(t, got.(*cloud.Cloud))
		}
	})
}

func checkCloud(t *testing.T, c *cloud.Cloud) {
	t.Helper()
	n := len(c.Points)
	if c.Colors != nil && len(c.Colors) != n || c.Normals != nil && len(c.Normals) != n || c.Total != int64(n+c.Dropped) {
		t.Fatalf("%d points, %d colors, %d normals of %d", n, len(c.Colors), len(c.Normals), c.Total)
	}
	for _, f := range c.Fields {
		if len(f.Values) != n {
			t.Fatalf("%d numbers of %s for %d points", len(f.Values), f.Name, n)
		}
	}
}

// cloudFile is a file of n points with colors and times.
func cloudFile(n int) []byte {
	file := slices.Clone(must(os.ReadFile(filepath.Join("testdata", "v12_format3.las"))))
	record := file[len(file)-34:]
	file = file[:len(file)-12*34]
	binary.LittleEndian.PutUint32(file[107:], uint32(n))
	for i := range n {
		binary.LittleEndian.PutUint32(record, uint32(i*7))
		binary.LittleEndian.PutUint32(record[4:], uint32(i%1000*13))
		file = append(file, record...)
	}
	return file
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func BenchmarkRead(b *testing.B) {
	file := cloudFile(1_000_000)
	for name, collect := range map[string]cloud.CollectOptions{
		"all": {Recenter: true}, "intensity": {Recenter: true, Fields: []string{"intensity"}}, "thinned": {Recenter: true, MaxPoints: 100_000},
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := las.Read(bytes.NewReader(file), &las.Options{Size: int64(len(file)), Collect: collect}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func ExampleRead() {
	f, err := os.Open(filepath.Join("testdata", "v14_format7.las"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	c, err := las.Read(f, &las.Options{Collect: cloud.CollectOptions{Recenter: true, Fields: []string{"classification"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(c.Points), "points around", c.Origin)
	fmt.Println("classes", c.Fields[0].Values[:3])
	// Output:
	// 12 points around [500017 4.100009e+06 -2]
	// classes [15 14 19]
}

// path is where a file of the test data is, or another one by its full path.
func path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join("testdata", name)
}
