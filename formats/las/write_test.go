package las_test

import (
	"bytes"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/las"
)

// rewrite writes the points of a file, and reads them.
func rewrite(t *testing.T, src cloud.Source) (*cloud.Cloud, []byte) {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "a.las"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := las.Write(f, src); err != nil {
		t.Fatal(err)
	}
	file := golden(t, f.Name())
	c, err := read(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return c.(*cloud.Cloud), file
}

func TestWriteAndRead(t *testing.T) {
	for _, name := range []string{"v12_format0.las", "v12_format2.las", "v13_format5.las", "v14_format7.las"} {
		file := golden(t, name)
		before, err := read(bytes.NewReader(file), 0)
		if err != nil {
			t.Fatal(err)
		}
		src, err := las.Points(bytes.NewReader(file), nil)
		if err != nil {
			t.Fatal(err)
		}
		want := before.(*cloud.Cloud)
		got, _ := rewrite(t, src)
		if got.Origin != want.Origin || len(got.Points) != len(want.Points) {
			t.Fatalf("%s: %d points from %v, want %d from %v", name, len(got.Points), got.Origin, len(want.Points), want.Origin)
		}
		for i, p := range want.Points {
			for axis, v := range p {
				if math.Abs(float64(got.Points[i][axis]-v)) > 1e-4 {
					t.Errorf("%s: point %d is at %v, want %v", name, i, got.Points[i], p)
				}
			}
		}
		if !slices.Equal(got.Colors, want.Colors) {
			t.Errorf("%s: colors %v, want %v", name, got.Colors, want.Colors)
		}
		for _, field := range []string{"intensity", "classification", "return_number", "user_data", "point_source_id"} {
			if g, w := values(got, field), values(want, field); !slices.Equal(g, w) {
				t.Errorf("%s: %s is %v, want %v", name, field, g, w)
			}
		}
	}
}

func values(c *cloud.Cloud, field string) []float32 {
	for _, f := range c.Fields {
		if f.Name == field {
			return f.Values
		}
	}
	return nil
}

func TestWriteFromMemory(t *testing.T) {
	c := &cloud.Cloud{
		Origin: [3]float64{4e5, 5e6, 0},
		Points: [][3]float32{{0, 0, 0}, {100, -50.125, 3}, {-100, 50, 1e-3}},
		Fields: []cloud.Field{{Name: "intensity", Values: []float32{0, 0.5, 1}}},
	}
	got, file := rewrite(t, cloud.SourceOf(c))
	h, err := las.ReadHeader(bytes.NewReader(file))
	if err != nil || h.PointFormat != 0 || h.Points != 3 || h.Software != "Viser for Go" {
		t.Errorf("the header is %+v, %v", h, err)
	}
	if math.Abs(h.Min[0]-(4e5-100)) > 1e-6 || math.Abs(h.Max[1]-(5e6+50)) > 1e-6 {
		t.Errorf("the bounds are %v to %v", h.Min, h.Max)
	}
	if got := values(got, "intensity"); !slices.Equal(got, []float32{0, 32768, 65535}) {
		t.Errorf("intensities are %v", got)
	}
	for i, p := range c.Points {
		for axis, v := range p {
			want := c.Origin[axis] + float64(v)
			if have := got.Origin[axis] + float64(got.Points[i][axis]); math.Abs(have-want) > 1e-5 {
				t.Errorf("point %d is at %v along %d, want %v", i, have, axis, want)
			}
		}
	}
}

// growing is a source whose points lie ever farther apart, which its first ones do not tell.
type growing struct{ calls int }

func (*growing) Info() cloud.Info { return cloud.Info{Points: -1} }
func (*growing) Select([]string)  {}
func (g *growing) Next(b *cloud.Batch) error {
	if g.calls++; g.calls > 3 {
		return io.EOF
	}
	b.Points = append(b.Points[:0], [3]float64{0, 0, 0}, [3]float64{math.Pow(1e4, float64(g.calls)), math.NaN(), 0}, [3]float64{math.Pow(1e4, float64(g.calls)), 0, 0})
	return nil
}

func TestWriteFails(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "a.las"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := las.Write(f, &growing{}); err == nil || !strings.Contains(err.Error(), "too far from") {
		t.Errorf("the error is %v", err)
	}
	f.Close()
	if err := las.Write(f, cloud.SourceOf(&cloud.Cloud{})); err == nil {
		t.Error("a closed file was written")
	}
}

func TestWriteNothing(t *testing.T) {
	got, _ := rewrite(t, cloud.SourceOf(&cloud.Cloud{}))
	if len(got.Points) != 0 {
		t.Errorf("%d points were written", len(got.Points))
	}
}
