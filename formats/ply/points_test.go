package ply_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/hostile"
	"github.com/viser-go/viser/formats/ply"
)

func collectPoints(r io.Reader, size int64) (any, error) {
	points, err := ply.Points(r, &ply.Options{Size: size})
	if err != nil {
		return nil, err
	}
	return cloud.Collect(points, &cloud.CollectOptions{SelectFields: func(_ int64, fields []string) []string { return fields }})
}

// samePoints compares what Points and Read make of a file.
func samePoints(t interface{ Fatalf(string, ...any) }, file []byte, colorsToo bool) {
	m, err := ply.Read(bytes.NewReader(file), &ply.Options{SelectColumns: func(_ int, fields []string) []string { return fields }})
	if err != nil {
		return
	}
	got, err := collectPoints(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("Points fails where Read does not: %v\n%.300q", err, file)
	}
	c := got.(*cloud.Cloud)
	if len(c.Points) != len(m.Points) || len(m.Points) > 0 && !reflect.DeepEqual(c.Points, m.Points) || c.Dropped != m.DroppedPoints {
		t.Fatalf("points %v, want %v of\n%.300q", c.Points, m.Points, file)
	}
	if len(m.Normals) > 0 && !reflect.DeepEqual(c.Normals, m.Normals) {
		t.Fatalf("normals %v, want %v of\n%.300q", c.Normals, m.Normals, file)
	}
	if colorsToo && (len(c.Colors) != 0 || len(m.Colors) != 0) && !slices.Equal(c.Colors, m.Colors) {
		t.Fatalf("colors %v, want %v of\n%.300q", c.Colors, m.Colors, file)
	}
	if colorsToo && (c.Alphas != nil || slices.ContainsFunc(m.Alphas, func(a uint8) bool { return a != 0 })) && !slices.Equal(c.Alphas, m.Alphas) {
		t.Fatalf("alphas %v, want %v of\n%.300q", c.Alphas, m.Alphas, file)
	}
	for k, name := range m.Fields {
		i := slices.IndexFunc(c.Fields, func(f cloud.Field) bool { return f.Name == name })
		if first := slices.Index(m.Fields, name); first != k || len(m.Points) == 0 {
			continue
		}
		if i < 0 || len(c.Fields[i].Values) != len(m.Columns[k]) {
			t.Fatalf("there is no field %q of the right length in\n%.300q", name, file)
		}
	}
}

func TestPointsAreThoseOfRead(t *testing.T) {
	names, err := filepath.Glob("testdata/*.ply")
	if err != nil || len(names) < 4 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		samePoints(t, file, true)
	}
	for _, text := range dialects() {
		samePoints(t, []byte(text), true)
	}
}

func TestPointsOfAnyModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 1500).Draw(t, "points")
		real := rapid.Float32Range(-1e6, 1e6)
		m := &ply.Model{Points: triples(real, n).Draw(t, "coordinates")}
		if rapid.Bool().Draw(t, "far") {
			m.Origin = [3]float64{5e5, -4e6, 1e7}
		}
		if rapid.Bool().Draw(t, "with normals") {
			m.Normals = triples(real, n).Draw(t, "normals")
		}
		if rapid.Bool().Draw(t, "with colors") {
			m.Colors = triples(rapid.Uint8(), n).Draw(t, "colors")
		}
		var file bytes.Buffer
		if err := ply.Write(&file, m); err != nil {
			t.Fatal(err)
		}
		samePoints(t, file.Bytes(), true)
	})
}

func TestPointsHostile(t *testing.T) {
	binary := pointsHeader("binary_little_endian", 3) + strings.Repeat("\x01\x02\x03\x3f", 9)
	hostile.Truncations(t, []byte(binary), collectPoints, func(int) bool { return false })
	for _, text := range []string{square, dialects()[0], binary} {
		hostile.Pieces(t, []byte(text), collectPoints, func(a, b any) bool { return reflect.DeepEqual(a, b) })
		hostile.Flips(t, []byte(text), len(text), collectPoints)
	}
	hostile.Foreign(t, collectPoints)
	claim := []byte(pointsHeader("binary_little_endian", "4000000000"))
	hostile.Allocates(t, append(claim, make([]byte, 600)...), collectPoints, 2<<20)
}

// TestPointsEndWithTheVertices: a cloud of any size is not read for the sake of its faces.
func TestPointsEndWithTheVertices(t *testing.T) {
	r := io.MultiReader(strings.NewReader(pointsHeader("ascii", 1, "element face 9\nproperty list uchar int vertex_indices\n")+"1 2 3\n"), errReader{})
	points, err := ply.Points(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if points.IsCloud() || !slices.Contains(points.Info().Skipped, `9 of element "face"`) {
		t.Errorf("skipped are %q", points.Info().Skipped)
	}
	var b cloud.Batch
	if err := points.Next(&b); err != nil || b.Points[0] != [3]float64{1, 2, 3} {
		t.Fatalf("%v, %v", b.Points, err)
	}
	if err := points.Next(&b); err != io.EOF {
		t.Errorf("the error is %v", err)
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errors.New("read too far") }

func TestIsCloud(t *testing.T) {
	for text, want := range map[string]bool{
		pointsHeader("ascii", 0): true,
		square:                   false,
		"ply\nformat ascii 1.0\nelement vertex 0\nproperty float x\nproperty float y\nproperty float z\nproperty float scale_0\nproperty float rot_0\nend_header\n": false,
		packedHeader(0, 0, false): false,
	} {
		points, err := ply.Points(strings.NewReader(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		if points.IsCloud() != want {
			t.Errorf("a cloud: %v, of\n%s", points.IsCloud(), text)
		}
	}
}

func FuzzPoints(f *testing.F) {
	for _, text := range dialects() {
		f.Add([]byte(text))
	}
	f.Add([]byte(pointsHeader("binary_little_endian", 2) + strings.Repeat("\x01\x02\x03\x3f", 6)))
	f.Fuzz(func(t *testing.T, file []byte) {
		if _, err := collectPoints(bytes.NewReader(file), 0); err == nil && bytes.Contains(file, []byte("nd_header")) {
			samePoints(t, file, false)
		}
	})
}

func TestWritePoints(t *testing.T) {
	full := &cloud.Cloud{
		Points: [][3]float32{{1, 2, 3}, {4, 5, 6}}, Total: 2,
		Colors: [][3]uint8{{1, 2, 3}, {4, 5, 255}}, Alphas: []uint8{7, 8}, Normals: [][3]float32{{0, 0, 1}, {1, 0, 0}},
		Fields: []cloud.Field{{Name: "intensity", Values: []float32{9, 10}}},
	}
	far := &cloud.Cloud{Points: [][3]float32{{0, 0, 0}, {0.0009765625, 0, 0}}, Origin: [3]float64{5e6, 0, 0}, Total: 2}
	for _, c := range []*cloud.Cloud{full, far, {}} {
		var file bytes.Buffer
		if err := ply.WritePoints(&file, cloud.SourceOf(c)); err != nil {
			t.Fatal(err)
		}
		points, err := ply.Points(&file, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := cloud.Collect(points, &cloud.CollectOptions{Fields: []string{"intensity"}, Recenter: c == far})
		if err != nil {
			t.Fatal(err)
		}
		got.Comments = nil
		if !reflect.DeepEqual(got, c) {
			t.Errorf("%+v became %+v", c, got)
		}
	}
	if err := ply.WritePoints(failing{}, cloud.SourceOf(full)); err == nil {
		t.Error("an error of the writer is lost")
	}
}
