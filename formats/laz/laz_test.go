package laz_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"go.uber.org/goleak"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/hostile"
	"github.com/viser-go/viser/formats/laz"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func golden(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func allFields(_ int64, fields []string) []string { return fields }

// read reads all of a file whose bytes come from r.
func read(r io.Reader, _ int64) (any, error) {
	file, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return readBytes(file)
}

func readBytes(file []byte) (any, error) {
	return laz.Read(context.Background(), bytes.NewReader(file), int64(len(file)), &laz.Options{
		Collect: cloud.CollectOptions{SelectFields: allFields, Recenter: true, Limit: 1 << 20},
	})
}

type expected struct {
	Count, Stride int
	Fields        map[string][]float64
	Sums          map[string]float64
	Levels        []int
}

func expectations(t testing.TB) (expect map[string]expected) {
	t.Helper()
	if err := json.Unmarshal(golden(t, "expect.json"), &expect); err != nil {
		t.Fatal(err)
	}
	if len(expect) < 18 {
		t.Fatalf("only %d files are expected", len(expect))
	}
	return expect
}

// columns reads a file with its source, so that nothing is rounded or thinned: the numbers by their names.
func columns(t testing.TB, name string, o *laz.Options) map[string][]float64 {
	t.Helper()
	file := golden(t, name)
	s, err := laz.Points(t.Context(), bytes.NewReader(file), int64(len(file)), o)
	if err != nil {
		t.Fatal(name, err)
	}
	defer s.Close()
	h, fields := s.Header(), s.Info().Fields
	s.Select(fields)
	got := map[string][]float64{}
	var b cloud.Batch
	for {
		err := s.Next(&b)
		if err == io.EOF {
			return got
		}
		if err != nil {
			t.Fatal(name, err)
		}
		for _, p := range b.Points {
			for axis, v := range p {
				key := string(rune('X' + axis))
				got[key] = append(got[key], math.Round((v-h.Offset[axis])/h.Scale[axis]))
			}
		}
		for _, c := range b.RawColors {
			for k, key := range []string{"red", "green", "blue"} {
				got[key] = append(got[key], float64(c[k]))
			}
		}
		for k, field := range fields {
			for _, v := range b.Fields[k] {
				got[field] = append(got[field], float64(v))
			}
		}
	}
}

// TestGolden compares with what LASzip reads.
func TestGolden(t *testing.T) {
	for name, want := range expectations(t) {
		t.Run(name, func(t *testing.T) {
			got := columns(t, name, nil)
			if len(got["X"]) != want.Count {
				t.Fatalf("%d points, want %d", len(got["X"]), want.Count)
			}
			if want.Levels != nil {
				compareSets(t, got, want)
				return
			}
			for field, values := range want.Fields {
				for i, v := range values {
					if have := got[field][i*want.Stride]; math.Abs(have-v) > 1e-6*math.Abs(v) {
						t.Fatalf("%s of point %d is %v, want %v", field, i*want.Stride, have, v)
					}
				}
			}
			for field, sum := range want.Sums {
				compareSum(t, field, got[field], sum)
			}
		})
	}
}

func compareSum(t *testing.T, field string, values []float64, want float64) {
	t.Helper()
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	if math.Abs(sum-want) > 1e-9*math.Abs(want) {
		t.Errorf("the sum of %s is %v, want %v", field, sum, want)
	}
}

// compareSets compares the points of an octree, whose order is not that of the file.
func compareSets(t *testing.T, got map[string][]float64, want expected) {
	t.Helper()
	rows := func(fields map[string][]float64) (rows [][]float64) {
		for i := range fields["X"] {
			var row []float64
			for _, key := range []string{"X", "Y", "Z", "red", "green", "blue", "intensity"} {
				row = append(row, fields[key][i])
			}
			rows = append(rows, row)
		}
		slices.SortFunc(rows, slices.Compare)
		return rows
	}
	if have, wanted := rows(got), rows(want.Fields); !reflect.DeepEqual(have, wanted) {
		t.Errorf("the points are %v, want %v", have, wanted)
	}
}

// TestWorkers: the order of the points is that of the file, however many decode it; and leaving out fields changes no
// others.
func TestWorkers(t *testing.T) {
	for _, name := range []string{"chunks3.laz", "chunks6.laz"} {
		want := columns(t, name, &laz.Options{Workers: 1})
		for _, workers := range []int{2, 50} {
			if got := columns(t, name, &laz.Options{Workers: workers}); !maps.EqualFunc(got, want, slices.Equal) {
				t.Errorf("%s: %d workers read something else", name, workers)
			}
		}
	}
	for _, field := range []string{"intensity", "classification", "gps_time", "quality", "return_number", "edge_of_flight_line"} {
		file := golden(t, "extra7.laz")
		got, err := laz.Read(t.Context(), bytes.NewReader(file), int64(len(file)), &laz.Options{
			Collect: cloud.CollectOptions{Fields: []string{field}},
		})
		if err != nil {
			t.Fatal(err)
		}
		want := columns(t, "extra7.laz", nil)[field]
		for i, v := range got.Fields[0].Values {
			if float64(v) != want[i] {
				t.Fatalf("%s alone is %v for point %d, want %v", field, v, i, want[i])
			}
		}
	}
}

// TestLevels reads the coarse levels of an octree.
func TestLevels(t *testing.T) {
	file := golden(t, "octree.copc.laz")
	levels := expectations(t)["octree.copc.laz"].Levels
	for _, c := range []struct{ most, levels int }{
		{1, 1}, {levels[0] / 2, 1}, {(levels[0] + levels[1]) / 2, 1}, {(levels[0] + levels[1] + 1) / 2, 2}, {1000, 3}, {0, 3},
	} {
		s, err := laz.Points(t.Context(), bytes.NewReader(file), int64(len(file)), &laz.Options{
			Collect: cloud.CollectOptions{MaxPoints: c.most},
		})
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, n := range levels[:c.levels] {
			want += n
		}
		info := s.Info()
		if info.Points != int64(want) || (len(info.Skipped) > 1) != (c.levels < 3) {
			t.Errorf("at most %d points: %d, want %d; skipped are %q", c.most, info.Points, want, info.Skipped)
		}
		all, err := cloud.Collect(s, nil)
		if err != nil || len(all.Points) != want {
			t.Errorf("at most %d points: %d were read (%v), want %d", c.most, len(all.Points), err, want)
		}
	}
}

// TestOctreesAreReadInPlace: of a file of which only the coarsest level is wanted, the finer ones are not touched.
func TestOctreesAreReadInPlace(t *testing.T) {
	file := golden(t, "octree.copc.laz")
	count := &countingReader{r: bytes.NewReader(file)}
	c, err := laz.Read(t.Context(), count, int64(len(file)), &laz.Options{Workers: 1, Collect: cloud.CollectOptions{MaxPoints: 5}})
	if err != nil || len(c.Points) == 0 || len(c.Points) > 5 {
		t.Fatal(c, err)
	}
	if count.bytes > len(file)/2 {
		t.Errorf("%d of %d bytes were read", count.bytes, len(file))
	}
}

type countingReader struct {
	r     io.ReaderAt
	bytes int
}

func (c *countingReader) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.r.ReadAt(b, at)
	c.bytes += n
	return n, err
}

func TestHostile(t *testing.T) {
	for _, name := range []string{"format0.laz", "extra7.laz", "pointwise.laz", "octree.copc.laz"} {
		t.Run(name, func(t *testing.T) {
			file := golden(t, name)
			want, err := readBytes(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(file) < 2<<10 && name != "pointwise.laz" {
				// What the end of a file has may not be needed: its points are there.
				hostile.Truncations(t, file, read, func(n int) bool {
					got, err := readBytes(file[:n])
					return err == nil && reflect.DeepEqual(got, want)
				})
			}
			const flips = 40 // each takes a few milliseconds
			for at := len(file) % 7; at < len(file); at += 1 + len(file)/flips {
				changed := bytes.Clone(file)
				changed[at] ^= byte(1 + at%255)
				_, err := readBytes(changed)
				hostile.OneLine(t, err)
			}
		})
	}
	hostile.Foreign(t, read)
}

// TestLies: numbers of the file that claim more than there is.
func TestLies(t *testing.T) {
	le := binary.LittleEndian
	put32 := func(at int, v uint32) func(file []byte) { return func(file []byte) { le.PutUint32(file[at:], v) } }
	record := func(name string) int { return bytes.Index(golden(t, name), []byte("laszip encoded")) - 2 + 54 }
	points := func(name string) int { return int(le.Uint32(golden(t, name)[96:])) }
	table := func(name string) int { return int(le.Uint64(golden(t, name)[points(name):])) }
	for what, c := range map[string]struct {
		name string
		lie  func(file []byte)
		want string
	}{
		"points":             {"extra3.laz", put32(107, 4_000_000_000), "the chunks have 50000 points, the header 4000000000"},
		"points, one chunk":  {"pointwise.laz", put32(107, 100_000), "chunk 1 of 1, after point"},
		"chunks":             {"extra3.laz", put32(table("extra3.laz")+4, 1<<31), "cannot be 2147483648 chunks"},
		"chunk size":         {"chunks3.laz", put32(record("chunks3.laz")+12, 1), "points, the header 120000"},
		"larger chunks":      {"chunks3.laz", put32(record("chunks3.laz")+12, 120_000), "chunk 1 of 3, after point"},
		"no chunk size":      {"chunks3.laz", put32(record("chunks3.laz")+12, 0), "table of chunks"},
		"points of a chunk":  {"extra7.laz", put32(points("extra7.laz")+8+42, 3), "it says that it has 3 points"},
		"layers":             {"extra7.laz", put32(points("extra7.laz")+8+42+4, 1<<31), "its layers have 2147"},
		"compression":        {"extra3.laz", put32(record("extra3.laz"), 7), "compression 7 is unknown"},
		"items":              {"extra3.laz", put32(record("extra3.laz")+32, 0xffff), "65535 items do not fit"},
		"kind of an item":    {"extra3.laz", put32(record("extra3.laz")+34, 0x0014_0063), "an item of kind 99 and 20 bytes is unknown"},
		"size of an item":    {"extra3.laz", put32(record("extra3.laz")+34, 0x0013_0006), "an item of kind 6 and 19 bytes is unknown"},
		"version of an item": {"extra3.laz", func(b []byte) { le.PutUint16(b[record("extra3.laz")+38:], 3) }, "version 3 does not fit compression 2"},
		"layered version 9":  {"extra7.laz", func(b []byte) { le.PutUint16(b[record("extra7.laz")+38:], 9) }, "unknown version"},
		"no table":           {"extra3.laz", func(b []byte) { le.PutUint64(b[points("extra3.laz"):], 1<<63) }, "there is no table of chunks"},
		"no LASzip record":   {"extra3.laz", func(b []byte) { b[record("extra3.laz")-52] = 'x' }, "there is no LASzip record"},
		"not compressed":     {"extra3.laz", func(b []byte) { b[104] = 3 }, "package las"},
	} {
		file := golden(t, c.name)
		c.lie(file)
		_, err := readBytes(file)
		hostile.OneLine(t, err)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "laz: ") {
			t.Errorf("%s: the error is %v, want %q", what, err, c.want)
		}
		hostile.Allocates(t, file, read, 40<<20) // a decoder, the points before the fault
	}
}

// TestOctreeLies are about the hierarchy, which has pages at the end of the file.
func TestOctreeLies(t *testing.T) {
	le := binary.LittleEndian
	const info = 375 + 54
	root := int(le.Uint64(golden(t, "octree.copc.laz")[info+40:]))
	size := le.Uint64(golden(t, "octree.copc.laz")[info+48:])
	pageEntry := -1
	for at := root; at < root+int(size); at += 32 {
		if le.Uint32(golden(t, "octree.copc.laz")[at+28:]) == 1<<32-1 {
			pageEntry = at
		}
	}
	if pageEntry < 0 {
		t.Fatal("the file has one page only")
	}
	for what, c := range map[string]struct {
		lie  func(file []byte)
		want string
	}{
		"a page in itself": {func(b []byte) {
			le.PutUint64(b[pageEntry+16:], uint64(root))
			le.PutUint32(b[pageEntry+24:], uint32(size))
		}, "part of itself"},
		"half an entry":       {func(b []byte) { le.PutUint64(b[info+48:], size-1) }, "not whole entries"},
		"too long a page":     {func(b []byte) { le.PutUint64(b[info+48:], 1<<40) }, "more than the file has"},
		"a page at the end":   {func(b []byte) { le.PutUint64(b[info+40:], uint64(len(b)-16)) }, "ends early"},
		"a node at the end":   {func(b []byte) { le.PutUint64(b[root+16:], 1<<62) }, "the file has"},
		"a node with -2":      {func(b []byte) { le.PutUint32(b[root+28:], 1<<32-2) }, "with -2 points"},
		"level -1":            {func(b []byte) { le.PutUint32(b[root:], 1<<32-1) }, "a node of level -1"},
		"level 41":            {func(b []byte) { le.PutUint32(b[root:], 41) }, "a node of level 41"},
		"points of all nodes": {func(b []byte) { le.PutUint32(b[root+28:], 1<<30) }, "its nodes have"},
	} {
		file := golden(t, "octree.copc.laz")
		c.lie(file)
		_, err := readBytes(file)
		hostile.OneLine(t, err)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, want %q", what, err, c.want)
		}
	}
}

// brokenReader fails, or panics, at a place.
type brokenReader struct {
	r      io.ReaderAt
	at     int64
	err    error
	before func()
}

func (b *brokenReader) ReadAt(p []byte, at int64) (int, error) {
	if at <= b.at && at+int64(len(p)) > b.at {
		if b.before != nil {
			b.before()
		}
		if b.err == nil {
			panic("the disk is on fire")
		}
		return 0, b.err
	}
	return b.r.ReadAt(p, at)
}

func TestBrokenReader(t *testing.T) {
	file := golden(t, "chunks3.laz")
	broken := errors.New("the disk is broken")
	at := int64(len(file) / 2)
	_, err := laz.Read(t.Context(), &brokenReader{bytes.NewReader(file), at, broken, nil}, int64(len(file)), nil)
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "chunk ") {
		t.Error(err)
	}
	_, err = laz.Read(t.Context(), &brokenReader{bytes.NewReader(file), at, nil, nil}, int64(len(file)), nil)
	if err == nil || !strings.Contains(err.Error(), "the reader has panicked: the disk is on fire") {
		t.Error(err)
	}
	_, err = laz.Read(t.Context(), iotestReaderAt{}, int64(len(file)), nil)
	if err == nil {
		t.Error("a reader that has nothing is read without an error")
	}
}

// iotestReaderAt returns nothing at all.
type iotestReaderAt struct{}

func (iotestReaderAt) ReadAt(p []byte, _ int64) (int, error) {
	return iotest.ErrReader(io.EOF).Read(p)
}

func TestCancel(t *testing.T) {
	file := golden(t, "chunks3.laz")
	stop := errors.New("the user has gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	// The context ends while a chunk is read.
	r := &brokenReader{bytes.NewReader(file), int64(len(file) / 2), io.ErrUnexpectedEOF, func() { cancel(stop) }}
	if _, err := laz.Read(ctx, r, int64(len(file)), nil); !errors.Is(err, stop) {
		t.Error(err)
	}
	if _, err := laz.Read(ctx, bytes.NewReader(file), int64(len(file)), nil); !errors.Is(err, stop) {
		t.Error(err)
	}
	s, err := laz.Points(t.Context(), bytes.NewReader(file), int64(len(file)), nil)
	if err != nil {
		t.Fatal(err)
	}
	var b cloud.Batch
	if err := s.Next(&b); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := s.Next(&b); err == nil || !strings.Contains(err.Error(), "the source is closed") {
			t.Error(err)
		}
	}
}

func TestProgress(t *testing.T) {
	file := growing(t)
	var told []int64
	_, err := laz.Read(t.Context(), bytes.NewReader(file), int64(len(file)), &laz.Options{Progress: func(read, total int64) {
		if read > total {
			t.Errorf("%d of %d bytes", read, total)
		}
		told = append(told, read)
	}})
	if err != nil || len(told) == 0 || !slices.IsSorted(told) {
		t.Error(told, err)
	}
}

// growing is a file with the chunk of another a few hundred times, each of which it has to read.
func growing(t testing.TB) []byte {
	t.Helper()
	const copies = 300
	le := binary.LittleEndian
	file := golden(t, "octree.copc.laz")
	const info = 375 + 54
	root := int(le.Uint64(file[info+40:]))
	node := bytes.Clone(file[root : root+32])
	page := len(file)
	le.PutUint32(node[24:], le.Uint32(node[24:])+1<<20/copies) // a chunk may have bytes behind its last
	for range copies {
		file = append(file, node...)
	}
	file = append(file, make([]byte, 1<<20)...)
	le.PutUint64(file[info+40:], uint64(page))
	le.PutUint64(file[info+48:], 32*copies)
	le.PutUint64(file[247:], copies*uint64(le.Uint32(node[28:])))
	return file
}

func TestReadFile(t *testing.T) {
	c, err := laz.ReadFile(t.Context(), filepath.Join("testdata", "extra3.laz"), nil)
	if err != nil || len(c.Points) != 20 || !slices.Contains(c.Comments, "software: make.py") {
		t.Error(c, err)
	}
	if _, err := laz.ReadFile(t.Context(), filepath.Join("testdata", "none.laz"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if _, err := laz.ReadFile(t.Context(), filepath.Join("testdata", "make.py"), nil); err == nil || !strings.Contains(err.Error(), "make.py") {
		t.Error(err)
	}
}

func Example() {
	c, err := laz.ReadFile(context.Background(), filepath.Join("testdata", "chunks3.laz"), &laz.Options{Collect: cloud.CollectOptions{
		MaxPoints: 10_000, Recenter: true, Fields: []string{"intensity"},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(c.Points) <= 10_000, "of", c.Total, "points, with", c.Fields[0].Name)
	// Output: true of 120000 points, with intensity
}

// BenchmarkRead counts the bytes of the records that come out, as for LAS.
func BenchmarkRead(b *testing.B) {
	for name, record := range map[string]int64{"chunks3.laz": 34, "chunks6.laz": 30} {
		file := golden(b, name)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(120_000 * record)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := laz.Read(b.Context(), bytes.NewReader(file), int64(len(file)), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range slices.Sorted(maps.Keys(expectations(f))) {
		if file := golden(f, name); len(file) < 2<<10 {
			f.Add(file)
		}
	}
	f.Add(golden(f, "octree.copc.laz"))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, err := readBytes(file)
		hostile.OneLine(t, err)
	})
}
