package splat_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser/formats/splat"
)

func testFile(t testing.TB, name string) []byte {
	b, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// fromFolder opens the files of a folder of testdata.
func fromFolder(name string) func(string) (io.ReadCloser, error) {
	return func(file string) (io.ReadCloser, error) { return os.Open(filepath.Join("testdata", name, file)) }
}

var binaries = []string{
	"degree3.ply", "packed3.ply", "degree3.spz", "v1.spz", "v2.spz", "level0_2.ksplat", "level1_1.ksplat", "level2_2.ksplat", "degree3.sog", "sog1/meta.json",
}

// TestTruncated cuts files at every byte.
func TestTruncated(t *testing.T) {
	for _, name := range binaries {
		data := testFile(t, name)
		step := 1
		switch {
		case strings.HasSuffix(name, ".sog"):
			step = 7 // an archive is parsed from its end
		case len(data) > 2000:
			step = 5 // a long header, or many rows of which all are alike
		}
		for cut := 1; cut < len(data); cut += step {
			s, err := splat.Read(bytes.NewReader(data[:cut]), &splat.Options{Open: fromFolder("sog1")})
			var located *splat.Error
			switch {
			case err == nil && cut <= 32: // so short a piece may be anything
			case err == nil:
				t.Fatalf("%s: cut at byte %d it is read: %d splats", name, cut, s.Len())
			case strings.Contains(err.Error(), "\n"):
				t.Fatalf("%s: cut at byte %d: %q has several lines", name, cut, err)
			case cut > 5000 && strings.HasSuffix(name, ".ksplat") && (!errors.As(err, &located) || !errors.Is(err, io.ErrUnexpectedEOF) || located.Offset != int64(cut)):
				t.Fatalf("%s: cut at byte %d: %v", name, cut, err)
			}
		}
	}
}

// TestSlowReaders: pieces of any size are one file.
func TestSlowReaders(t *testing.T) {
	for name, want := range goldens(t) {
		data := testFile(t, name)
		for _, slow := range []func(io.Reader) io.Reader{iotest.OneByteReader, iotest.DataErrReader} {
			s, err := splat.Read(slow(bytes.NewReader(data)), &splat.Options{Size: int64(len(data)), Open: fromFolder("sog1")})
			if err != nil {
				t.Error(name, err)
				continue
			}
			compare(t, name, s, want, rounded)
		}
		broken := errors.New("the disk is gone")
		_, err := splat.Read(io.MultiReader(bytes.NewReader(data[:len(data)/2]), iotest.ErrReader(broken)), &splat.Options{Open: fromFolder("sog1")})
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

func gunzipped(t testing.TB, b []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// patched is a copy of data with bytes at an offset replaced.
func patched(data []byte, at int, b ...byte) []byte {
	out := bytes.Clone(data)
	copy(out[at:], b)
	return out
}

func TestLies(t *testing.T) {
	spz := gunzipped(t, testFile(t, "degree3.spz"))
	ksplat := testFile(t, "level1_1.ksplat")
	most := []byte{0xff, 0xff, 0xff, 0xff}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"spz, splats":              {gzipped(patched(spz, 8, most...)), "spz: header: it claims 4294967295 splats, the limit is 33554432"},
		"spz, some more splats":    {gzipped(patched(spz, 8, 200, 0, 0, 1)), "spz: centers of 16777416 splats, byte 796: the file ends early"},
		"spz, version":             {gzipped(patched(spz, 4, 4)), "spz: header, byte 4: it is of version 4; versions 1 to 3 are read"},
		"spz, degree":              {gzipped(patched(spz, 12, 4)), "spz: header, byte 12: its spherical harmonics are of degree 4; degrees 0 to 3 are read"},
		"spz, fraction":            {gzipped(patched(spz, 13, 24)), "spz: header, byte 13: its coordinates of 24 bits cannot have 24 bits of a fraction"},
		"ksplat, level":            {patched(ksplat, 20, 3), ""},
		"ksplat, splats":           {patched(ksplat, 4096, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f), "ksplat: header: it claims 2147483647 splats, the limit is 33554432"},
		"ksplat, more than room":   {patched(ksplat, 4096, 9), "ksplat: header of section 1, byte 4096: it has 9 splats, but room for 8"},
		"ksplat, degree":           {patched(ksplat, 4096+40, 4), "ksplat: header of section 1, byte 4136: its spherical harmonics are of degree 4; degrees 0 to 3 are read"},
		"ksplat, buckets":          {patched(ksplat, 4096+12, most...), "ksplat: buckets of section 1, byte 6760: the file ends early"},
		"ksplat, no buckets":       {patched(ksplat, 4096+12, 0), "ksplat: header of section 1, byte 4128: "},
		"ksplat, partial buckets":  {patched(patched(ksplat, 4096+12, most...), 4096+36, 0xf0, 0xff, 0xff, 0xff), "ksplat: buckets of section 1, byte 6760: the file ends early"},
		"ksplat, size of a bucket": {patched(ksplat, 4096+20, 11), "ksplat: header of section 1, byte 4116: a bucket must have at least 12 bytes, not 11"},
		"ksplat, sections":         {patched(ksplat, 4, most...), "ksplat: header of section 3, byte 6760: the file ends early"},
	} {
		_, err := splat.Read(bytes.NewReader(c.data), nil)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	// Buckets that do not have all splats.
	lost := patched(ksplat, 6144, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	if _, err := splat.Read(bytes.NewReader(lost), nil); err == nil || !strings.Contains(err.Error(), "it is in none of the") {
		t.Errorf("splats without a bucket: %v", err)
	}
}

// TestBombs: small files that unpack to much.
func TestBombs(t *testing.T) {
	head := append([]byte("NGSP\x03\x00\x00\x00"), 0, 0, 0, 1, 0, 12, 0, 0)
	bomb := gzipped(append(head, make([]byte, 17<<20)...))
	if _, err := splat.Read(bytes.NewReader(bomb), nil); err == nil || !strings.HasSuffix(err.Error(), "it unpacks to too much for its size") {
		t.Errorf("%d bytes: %v", len(bomb), err)
	}
	packed := archive(t, map[string][]byte{"meta.json": testFile(t, "sog1/meta.json"), "means_l.webp": make([]byte, 2<<20)})
	if _, err := splat.Read(bytes.NewReader(packed), nil); err == nil || err.Error() != "sog: means_l.webp: it unpacks to too much for its size" {
		t.Errorf("%d bytes: %v", len(packed), err)
	}
	// 16,384 x 16,384 pixels, in a header.
	size := uint32(16383) | 16383<<14
	riff := []byte("RIFF\x20\x00\x00\x00WEBPVP8L\x14\x00\x00\x00\x2f")
	riff = append(binary.LittleEndian.AppendUint32(riff, size), make([]byte, 64)...)
	_, err := splat.ReadSOG(bytes.NewReader(testFile(t, "sog1/meta.json")), &splat.Options{Open: func(string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(riff)), nil
	}})
	if err == nil || !strings.HasSuffix(err.Error(), "16384 x 16384 pixels in 89 bytes cannot be a picture of splats") {
		t.Error(err)
	}
}

// archive is a ZIP archive, with meta.json first.
func archive(t testing.TB, files map[string][]byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write(files[name])
	}
	for name := range files {
		if strings.HasSuffix(name, "meta.json") {
			add(name)
		}
	}
	for name := range files {
		if !strings.HasSuffix(name, "meta.json") {
			add(name)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSOG(t *testing.T) {
	want := goldens(t)["sog1/meta.json"]
	files := map[string][]byte{}
	entries, err := os.ReadDir(filepath.Join("testdata", "sog1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		files["inside/"+e.Name()] = testFile(t, "sog1/"+e.Name())
	}
	packed := archive(t, files)
	s, err := splat.Read(bytes.NewReader(packed), nil)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "in a folder of an archive", s, want, rounded)
	delete(files, "inside/shN_labels.webp")
	s, err = splat.Read(bytes.NewReader(archive(t, files)), nil)
	if err != nil || s.Degree != 0 || s.Harmonics != nil || s.Len() != len(want.Opacities) {
		t.Fatal("without harmonics", s, err)
	}
	if diff := cmp.Diff([]string{"harmonics: shN_labels.webp: open inside/shN_labels.webp: file does not exist"}, s.Skipped); diff != "" {
		t.Error(diff)
	}
	delete(files, "inside/quats.webp")
	if _, err = splat.Read(bytes.NewReader(archive(t, files)), nil); !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), "sog: quats.webp: ") {
		t.Error(err)
	}
	if _, err = splat.Read(bytes.NewReader(files["inside/meta.json"]), nil); err == nil || !strings.HasPrefix(err.Error(), "sog: meta.json: its pictures") {
		t.Error(err)
	}
	meta := string(files["inside/meta.json"])
	for replaced, c := range map[string]struct{ by, want string }{
		`"means_l.webp"`:    {`"../means_l.webp"`, "sog: ../means_l.webp: open inside/../means_l.webp: invalid argument"},
		`"files": ["quats`:  {`"file": ["quats`, "sog: meta.json: quats must name 1 files, not 0"},
		`"shape": [12, 3]`:  {`"shape": [99, 3]`, "sog: means_l.webp: its 4 x 3 pixels are not enough for 99 splats"},
		`{"means"`:          {`{"version": 3, "means"`, "sog: meta.json: it is of version 3; versions 1 and 2 are read"},
		`"scales": {`:       {`"scales": 1, "sc": {`, "sog: meta.json, byte "},
		`"quats": {`:        {`"quats": {,`, "sog: meta.json, byte "},
		`"mins"`:            {`"minus"`, "sog: meta.json: means must have 3 numbers as mins and as maxs, not 0 and 3"},
		`"shN_labels.webp"`: {`"sh0.webp"`, ""},
	} {
		changed := map[string][]byte{}
		for name, b := range files {
			changed[name] = b
		}
		changed["inside/quats.webp"] = testFile(t, "sog1/quats.webp")
		changed["inside/meta.json"] = []byte(strings.Replace(meta, replaced, c.by, 1))
		_, err := splat.Read(bytes.NewReader(archive(t, changed)), nil)
		if c.want == "" {
			// Labels beyond the palette are of splats without harmonics.
			if err != nil {
				t.Error(replaced, err)
			}
		} else if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", replaced, err, c.want)
		}
	}
}

// TestReadFileStaysInTheFolder: a meta.json cannot open files elsewhere.
func TestReadFileStaysInTheFolder(t *testing.T) {
	outer := t.TempDir()
	inner := filepath.Join(outer, "model")
	if err := os.Mkdir(inner, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{outer, inner} {
		for _, name := range []string{"means_l.webp", "means_u.webp", "scales.webp", "quats.webp", "sh0.webp"} {
			if err := os.WriteFile(filepath.Join(dir, name), testFile(t, "sog1/"+name), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	name := filepath.Join(inner, "meta.json")
	for _, c := range []struct {
		picture string
		ok      bool
	}{{"means_l.webp", true}, {"../means_l.webp", false}, {filepath.Join(outer, "means_l.webp"), false}} {
		meta := bytes.ReplaceAll(testFile(t, "sog1/meta.json"), []byte(`"means_l.webp"`), fmt.Appendf(nil, "%q", c.picture))
		if err := os.WriteFile(name, meta, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := splat.ReadFile(name, nil)
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.picture, err)
		}
		if err == nil && len(s.Skipped) != 1 {
			t.Errorf("missing harmonics: %q", s.Skipped)
		}
	}
}

func TestIncompleteHarmonicsAreSkipped(t *testing.T) {
	s, err := splat.Read(bytes.NewReader(plyFile(1, make([]float32, 19))), nil) // f_rest_0 and f_rest_1
	if err != nil || s.Degree != 0 || s.Dropped != 1 {
		t.Fatal(s, err)
	}
	if diff := cmp.Diff([]string{"2 harmonics (f_rest_*): with f_dc_*, 9, 24 or 45 are read"}, s.Skipped); diff != "" {
		t.Error(diff)
	}
	packed := testFile(t, "packed1.ply")
	head, body, _ := bytes.Cut(packed, []byte("end_header\n"))
	head = head[:bytes.Index(head, []byte("property uchar"))]
	empty := slices.Concat(head, []byte("end_header\n"), body)
	if s, err := splat.Read(bytes.NewReader(empty), nil); err != nil || s.Degree != 0 || s.Len() != 12 {
		t.Error("an element sh without properties", s, err)
	}
	for name, c := range map[string][2]string{
		"other rows": {"element sh 12", "element sh 11"},
		"other type": {"property uchar f_rest_0", "property char f_rest_0"},
	} {
		if _, err := splat.Read(bytes.NewReader(bytes.Replace(packed, []byte(c[0]), []byte(c[1]), 1)), nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// someSplats are n random ones of a degree.
func someSplats(n, degree int) *splat.Splats {
	r := rand.New(rand.NewPCG(1, uint64(degree)))
	s := &splat.Splats{Degree: degree}
	for range n {
		q := [4]float64{r.NormFloat64(), r.NormFloat64(), r.NormFloat64(), r.NormFloat64()}
		length := math.Sqrt(q[0]*q[0] + q[1]*q[1] + q[2]*q[2] + q[3]*q[3])
		s.Centers = append(s.Centers, [3]float32{float32(r.NormFloat64()), float32(r.NormFloat64()), float32(r.NormFloat64())})
		s.Scales = append(s.Scales, [3]float32{float32(math.Exp(-6 * r.Float64())), 0.5, 0.01})
		s.WXYZs = append(s.WXYZs, [4]float32{float32(q[0] / length), float32(q[1] / length), float32(q[2] / length), float32(q[3] / length)})
		s.Colors = append(s.Colors, [3]uint8{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256))})
		s.Opacities = append(s.Opacities, r.Float32())
	}
	for range n * splat.HarmonicsOf(degree) {
		s.Harmonics = append(s.Harmonics, [3]float32{float32(0.2 * r.NormFloat64()), float32(0.2 * r.NormFloat64()), float32(0.2 * r.NormFloat64())})
	}
	return s
}

// flat is s as a golden file has it.
func flat(s *splat.Splats) golden {
	g := golden{Degree: s.Degree}
	for i := range s.Len() {
		for k := range 3 {
			g.Centers = append(g.Centers, s.Origin[k]+float64(s.Centers[i][k]))
			g.Scales = append(g.Scales, float64(s.Scales[i][k]))
			g.Colors = append(g.Colors, float64(s.Colors[i][k]))
		}
		for k := range 4 {
			g.WXYZs = append(g.WXYZs, float64(s.WXYZs[i][k]))
		}
		g.Opacities = append(g.Opacities, float64(s.Opacities[i]))
	}
	for _, h := range s.Harmonics {
		g.Harmonics = append(g.Harmonics, float64(h[0]), float64(h[1]), float64(h[2]))
	}
	return g
}

func TestWritten(t *testing.T) {
	for degree := range 4 {
		s := someSplats(50, degree)
		for name, c := range map[string]struct {
			write func(io.Writer, *splat.Splats) error
			tol   tolerances
		}{
			"PLY": {splat.WritePLY, tolerances{0, 1e-6, 1e-6, 0, 2e-6, 0}},
			// Half a step each: of 1/4096, of 1/16 of a logarithm, of 1/511/sqrt(2), of 1/255·0.282/0.15, of 1/255; of
			// 1/8, and what the largest step cuts off.
			"SPZ": {splat.WriteSPZ, tolerances{1.3e-4, 0.033, 0.003, 1.5, 0.002, 0.07}},
		} {
			var b bytes.Buffer
			if err := c.write(&b, s); err != nil {
				t.Fatal(err)
			}
			again, err := splat.Read(&b, nil)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, fmt.Sprint(name, " of degree ", degree), again, flat(s), c.tol)
		}
	}
}

// TestWrittenFar: the origin is part of what PLY and SPZ files have.
func TestWrittenFar(t *testing.T) {
	s := someSplats(5, 1)
	s.Origin = [3]float64{500000, 4500000, 100}
	s.Opacities[0], s.Opacities[1], s.Scales[2][1] = 0, 1, 0
	want := flat(s)
	var b bytes.Buffer
	if err := splat.WritePLY(&b, s); err != nil {
		t.Fatal(err)
	}
	again, err := splat.Read(&b, &splat.Options{Recenter: true})
	if err != nil || again.Dropped != 0 {
		t.Fatal(again, err)
	}
	for i, c := range again.Centers {
		for k := range c {
			if d := again.Origin[k] + float64(c[k]) - want.Centers[3*i+k]; math.Abs(d) > 1e-6 {
				t.Errorf("splat %d is moved by %g", i, d)
			}
		}
	}
	if err := splat.WriteSPZ(&b, s); err != nil {
		t.Fatal(err)
	}
	if again, err = splat.Read(&b, nil); err != nil || again.Dropped != 0 {
		t.Fatal(again, err)
	}
	for i, c := range again.Centers {
		for k := range c {
			if d := float64(c[k]) - want.Centers[3*i+k]; math.Abs(d) > 0.5 {
				t.Errorf("splat %d is moved by %g", i, d)
			}
		}
	}
	s.Origin[0] = 1e7
	if err := splat.WriteSPZ(&b, s); err == nil || !strings.HasSuffix(err.Error(), "does not fit an .spz file") {
		t.Error(err)
	}
}

// failing accepts some bytes.
type failing struct{ left int }

func (f *failing) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

var errFull = errors.New("the disk is full")

func TestWritersFail(t *testing.T) {
	for name, write := range map[string]func(io.Writer, *splat.Splats) error{"PLY": splat.WritePLY, "SPZ": splat.WriteSPZ, "splat": splat.WriteSplat} {
		s := someSplats(20000, 1)
		if err := write(&failing{1000}, s); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
		if err := write(&failing{0}, s); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
		s.Harmonics = s.Harmonics[1:]
		if err := write(io.Discard, s); err == nil || !strings.HasSuffix(err.Error(), "59999 harmonics; 20000 splats of degree 1 have 60000") {
			t.Errorf("%s: %v", name, err)
		}
		s.Degree = 4
		if err := write(io.Discard, s); err == nil {
			t.Errorf("%s: degree 4 is written", name)
		}
	}
}

func TestOtherPictures(t *testing.T) {
	// Compressed with losses: its colors are no numbers.
	lossy := "RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x000\x01\x00\x9d\x01*\x01\x00\x01\x00\x02\x004%\xa4\x00\x03p\x00\xfe\xfb\x94\x00\x00"
	if _, _, err := image.DecodeConfig(strings.NewReader(lossy)); err != nil {
		t.Fatal(err)
	}
	meta := bytes.Replace(testFile(t, "sog1/meta.json"), []byte("[12, 3]"), []byte("[1, 3]"), 1)
	_, err := splat.ReadSOG(bytes.NewReader(meta), &splat.Options{Open: func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(lossy)), nil
	}})
	if err == nil || err.Error() != "sog: means_l.webp: it is compressed with losses" {
		t.Error(err)
	}
}

func BenchmarkRead(b *testing.B) {
	const n = 200_000
	s := someSplats(n, 3)
	written := map[string][]byte{}
	for name, write := range map[string]func(io.Writer, *splat.Splats) error{"ply": splat.WritePLY, "spz": splat.WriteSPZ} {
		var f bytes.Buffer
		if err := write(&f, s); err != nil {
			b.Fatal(err)
		}
		written[name] = f.Bytes()
	}
	written["ksplat"] = manyKsplat(b, n)
	for _, name := range []string{"ply", "spz", "ksplat"} {
		b.Run(name, func(b *testing.B) {
			data := written[name]
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := splat.Read(bytes.NewReader(data), &splat.Options{Size: int64(len(data))}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Msplats/s")
		})
	}
}

// manyKsplat is a file of n splats of degree 2, compressed, in one bucket.
func manyKsplat(b *testing.B, n int) []byte {
	head := bytes.Clone(testFile(b, "level2_2.ksplat")[:4096+1024])
	for at, v := range map[int]uint32{4: 1, 8: 1, 12: uint32(n), 16: uint32(n), 4096: uint32(n), 4100: uint32(n), 4104: uint32(n), 4108: 1, 4128: 1, 4132: 0} {
		binary.LittleEndian.PutUint32(head[at:], v)
	}
	row := make([]byte, 48)
	for i := range row {
		row[i] = byte(i*7 + 1)
	}
	return append(append(head, make([]byte, 12)...), bytes.Repeat(row, n)...)
}
