package e57_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/e57"
	"github.com/viser-go/viser/formats/internal/hostile"
)

func golden(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func allFields(_ int64, fields []string) []string { return fields }

// readBytes reads all scans.
func readBytes(file []byte) ([]*cloud.Cloud, error) {
	f, err := e57.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	var clouds []*cloud.Cloud
	for i := range f.Scans {
		c, err := cloud.Collect(f.Points(i), &cloud.CollectOptions{SelectFields: allFields})
		if err != nil {
			return nil, err
		}
		clouds = append(clouds, c)
	}
	return clouds, nil
}

func read(r io.Reader, _ int64) (any, error) {
	file, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return readBytes(file)
}

// TestGolden compares with what libE57 reads.
func TestGolden(t *testing.T) {
	var expect map[string][]struct {
		Rotation, Position []float64
		Values             map[string][]float64
	}
	if err := json.Unmarshal(golden(t, "expect.json"), &expect); err != nil || len(expect) != 3 {
		t.Fatal(len(expect), err)
	}
	for name, scans := range expect {
		file := golden(t, name)
		f, err := e57.Open(bytes.NewReader(file), int64(len(file)))
		if err != nil || len(f.Scans) != len(scans) {
			t.Fatal(name, f, err)
		}
		for i, want := range scans {
			s := f.Scans[i]
			if !slices.Equal(s.Rotation[:], want.Rotation) || !slices.Equal(s.Position[:], want.Position) || !strings.HasPrefix(s.Name, "scan ") {
				t.Errorf("%s: the pose is %v %v of %q, want %v", name, s.Rotation, s.Position, s.Name, want)
			}
			c, err := cloud.Collect(f.Points(i), &cloud.CollectOptions{SelectFields: allFields})
			if err != nil {
				t.Fatal(name, err)
			}
			compare(t, name, c, want.Values)
		}
	}
}

func compare(t *testing.T, name string, c *cloud.Cloud, want map[string][]float64) {
	t.Helper()
	k := 0
	for i := range c.Total {
		if state := want["cartesianInvalidState"]; state != nil && state[i] != 0 {
			continue
		}
		p := place(want, int(i))
		for axis, v := range p {
			if have := float64(c.Points[k][axis]); math.Abs(have-v) > 1e-5 {
				t.Fatalf("%s: point %d is %v, want %v", name, i, c.Points[k], p)
			}
		}
		if red := want["colorRed"]; red != nil {
			if got, rgb := c.Colors[k], [3]uint8{uint8(red[i]), uint8(want["colorGreen"][i]), uint8(want["colorBlue"][i])}; got != rgb {
				t.Fatalf("%s: color %d is %v, want %v", name, i, got, rgb)
			}
		}
		for _, f := range c.Fields {
			if have := float64(f.Values[k]); have != want[f.Name][i] {
				t.Fatalf("%s: %s of point %d is %v, want %v", name, f.Name, i, have, want[f.Name][i])
			}
		}
		k++
	}
	if k != len(c.Points) || k == 0 || int(c.Total) != k+c.Dropped {
		t.Errorf("%s: %d points of %d, want %d", name, len(c.Points), c.Total, k)
	}
}

// place is the place of a point as libE57 has it.
func place(v map[string][]float64, i int) [3]float64 {
	if r := v["sphericalRange"]; r != nil {
		azimuth, elevation := v["sphericalAzimuth"][i], v["sphericalElevation"][i]
		return [3]float64{
			r[i] * math.Cos(elevation) * math.Cos(azimuth), r[i] * math.Cos(elevation) * math.Sin(azimuth), r[i] * math.Sin(elevation),
		}
	}
	return [3]float64{v["cartesianX"][i], v["cartesianY"][i], v["cartesianZ"][i]}
}

func TestHostile(t *testing.T) {
	file := golden(t, "grid.e57")
	hostile.Truncations(t, file, read, func(int) bool { return false })
	hostile.Foreign(t, read)
}

// content is a file without its checksums.
func content(file []byte) (c []byte) {
	for page := range slices.Chunk(file, 1024) {
		c = append(c, page[:1020]...)
	}
	return c
}

// sealed is a file with the right checksums.
func sealed(content []byte) (file []byte) {
	for page := range slices.Chunk(content, 1020) {
		page = append(slices.Clone(page), make([]byte, 1020-len(page))...)
		file = append(file, page...)
		file = binary.BigEndian.AppendUint32(file, crc32.Checksum(page, crc32.MakeTable(crc32.Castagnoli)))
	}
	return file
}

// TestLies: files whose checksums are right, and which claim what cannot be.
func TestLies(t *testing.T) {
	original := content(golden(t, "two.e57"))
	if !bytes.Equal(sealed(original), golden(t, "two.e57")) {
		t.Fatal("the checksums differ")
	}
	for old, c := range map[string]struct{ lie, want string }{
		`recordCount="30"`:              {`recordCount="9e"`, `recordCount of the points is "9e", not a number`},
		`fileOffset="48"`:               {`fileOffset="-8"`, `fileOffset of the points is "-8"`},
		`precision="single" minimum="-`: {`precision="double" minimum="-`, "scan"},
		`<colorRed type="Integer"`:      {`<colorRed type="Strange"`, `unknown type "Strange"`},
		`minimum="0" maximum="255"`:     {`minimum="9" maximum="-55"`, "is from 9 to -55"},
		`<w type="Float">`:              {`<w type="Float">x`, `w is "x`},
		`</e57Root>`:                    {`</e57Roo2>`, "description"},
		`<prototype type="Structure">`:  {`<prototypf type="Structure">`, ""},
		"ASTM-E57":                      {"ASTM-E58", "does not begin with ASTM-E57"},
	} {
		if !bytes.Contains(original, []byte(old)) {
			t.Errorf("the file does not have %q", old)
			continue
		}
		_, err := readBytes(sealed(bytes.Replace(original, []byte(old), []byte(c.lie), 1)))
		hostile.OneLine(t, err)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "e57: ") {
			t.Errorf("%s: the error is %v, want %q", c.lie, err, c.want)
		}
	}
	// Changes of anything, behind the right checksums. The description is long and takes the most time.
	description := bytes.Index(original, []byte("<?xml"))
	for at, step := 0, 3; at < len(original); at += step {
		if at > description {
			step = 13
		}
		changed := bytes.Clone(original)
		changed[at] ^= byte(1 + at%255)
		file := sealed(changed)
		_, err := readBytes(file)
		hostile.OneLine(t, err)
	}
	huge := bytes.Replace(original, []byte(`recordCount="30"`), []byte(`recordCount="99"`), 1)
	hostile.Allocates(t, sealed(huge), read, 8<<20)
}

func TestDamage(t *testing.T) {
	file := golden(t, "two.e57")
	file[100] ^= 1
	if _, err := readBytes(file); err == nil || !strings.Contains(err.Error(), "its checksum is wrong") {
		t.Error(err)
	}
	broken := errors.New("the disk is broken")
	if _, err := e57.Open(brokenReader{broken}, 8192); !errors.Is(err, broken) {
		t.Error(err)
	}
}

type brokenReader struct{ err error }

func (b brokenReader) ReadAt([]byte, int64) (int, error) { return 0, b.err }

// TestPictures are said to be there.
func TestPictures(t *testing.T) {
	const list, picture = `<images2D type="Vector" allowHeterogeneousChildren="1">`, `<vectorChild type="Structure"/>`
	c := bytes.Replace(content(golden(t, "grid.e57")), []byte(list), []byte(list+picture+picture), 1)
	length := binary.LittleEndian.Uint64(c[32:])
	binary.LittleEndian.PutUint64(c[32:], length+2*uint64(len(picture)))
	file := sealed(c)
	f, err := e57.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil || !slices.Equal(f.Skipped, []string{"2 pictures"}) || len(f.Scans) != 1 {
		t.Error(f, err)
	}
}

func TestSelect(t *testing.T) {
	file := golden(t, "two.e57")
	f, err := e57.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	info := f.Points(0).Info()
	if !reflect.DeepEqual(info.Fields, []string{"intensity"}) || !info.HasColors || info.HasNormals || info.Points != 30 {
		t.Errorf("%+v", info)
	}
	c, err := cloud.Collect(f.Points(0), &cloud.CollectOptions{Fields: []string{"none", "intensity"}})
	if err != nil || len(c.Fields) != 1 || c.Fields[0].Name != "intensity" {
		t.Error(c.Fields, err)
	}
}

func Example() {
	f, err := os.Open(filepath.Join("testdata", "two.e57"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		fmt.Println(err)
		return
	}
	file, err := e57.Open(f, info.Size())
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, scan := range file.Scans {
		c, err := cloud.Collect(file.Points(i), nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(scan.Name, "at", scan.Position, "has", len(c.Points), "points")
	}
	// Output:
	// scan 0 at [10 -20 3.5] has 24 points
	// scan 1 at [0 0 0] has 7 points
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"two.e57", "grid.e57", "spherical.e57"} {
		f.Add(content(golden(f, name)))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		_, err := readBytes(sealed(content))
		hostile.OneLine(t, err)
	})
}
