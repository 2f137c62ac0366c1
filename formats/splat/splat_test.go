package splat_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/splat"
)

// row is a splat of a .splat file, byte by byte as its description has it.
type row struct {
	Center, Scale [3]float32
	RGBA, Quat    [4]uint8
}

func file(rows ...row) []byte {
	var b []byte
	for _, r := range rows {
		b, _ = binary.Append(b, binary.LittleEndian, r)
	}
	return b
}

var plain = row{[3]float32{1, -2, 3}, [3]float32{0.5, 0.25, 0.125}, [4]uint8{10, 20, 30, 255}, [4]uint8{255, 128, 128, 128}}

func near(t *testing.T, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
	for i := range got {
		if math.Abs(float64(got[i]-want[i])) > 1e-5*(1+math.Abs(float64(want[i]))) {
			t.Errorf("%s: %v, want %v", what, got, want)
			return
		}
	}
}

func TestGoldenSplat(t *testing.T) {
	turned := plain
	turned.Quat, turned.RGBA[3] = [4]uint8{128 + 77, 128 - 77, 128, 128 + 64}, 51
	s, err := splat.Read(bytes.NewReader(file(plain, turned)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][3]float32{{1, -2, 3}, {1, -2, 3}}, s.Centers) + cmp.Diff([][3]uint8{{10, 20, 30}, {10, 20, 30}}, s.Colors) +
		cmp.Diff([][3]float32{{0.5, 0.25, 0.125}, {0.5, 0.25, 0.125}}, s.Scales) + cmp.Diff([]float32{1, 0.2}, s.Opacities); diff != "" {
		t.Error(diff)
	}
	n := float32(math.Sqrt(77*77*2 + 64*64))
	near(t, "straight", s.WXYZs[0][:], []float32{1, 0, 0, 0})
	near(t, "turned", s.WXYZs[1][:], []float32{77 / n, -77 / n, 0, 64 / n})
}

// plyFile is a file as the training programs write it, with what they have and we do not need.
func plyFile(vertices int, rows ...[]float32) []byte {
	return plyFileOf("x y z nx ny nz f_dc_0 f_dc_1 f_dc_2 f_rest_0 f_rest_1 opacity scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3", vertices, rows...)
}

func plyFileOf(properties string, vertices int, rows ...[]float32) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "ply\nformat binary_little_endian 1.0\nelement vertex %d\n", vertices)
	for _, name := range strings.Fields(properties) {
		fmt.Fprintf(&b, "property float %s\n", name)
	}
	b.WriteString("end_header\n")
	for _, r := range rows {
		_ = binary.Write(&b, binary.LittleEndian, r)
	}
	return b.Bytes()
}

func TestGoldenPLY(t *testing.T) {
	nan := float32(math.NaN())
	data := plyFile(4,
		[]float32{1, 2, 3, 0, 0, 0, 0, 1, -1, 9, 9, 0, 0, float32(math.Log(2)), float32(math.Log(0.5)), 2, 0, 0, 0},
		[]float32{1, nan, 3, 0, 0, 0, 0, 0, 0, 9, 9, 0, 0, 0, 0, 1, 0, 0, 0},
		[]float32{1, 2, 3, 0, 0, 0, 0, 0, 0, 9, 9, nan, 0, 0, 0, 1, 0, 0, 0},
		[]float32{4, 5, 6, 0, 0, 0, 100, -100, nan, 9, 9, float32(math.Log(3)), -200, 0, 0, 0, 3, 0, 4},
	)
	s, err := splat.Read(bytes.NewReader(data), &splat.Options{Size: int64(len(data))})
	if err != nil {
		t.Fatal(err)
	}
	// 0.5 + 0.28209479…: 199.4 of 255; 0.5 - 0.28…: 55.6.
	if diff := cmp.Diff([][3]float32{{1, 2, 3}, {4, 5, 6}}, s.Centers) + cmp.Diff([][3]uint8{{128, 199, 56}, {255, 0, 0}}, s.Colors); diff != "" {
		t.Error(diff)
	}
	near(t, "scales", s.Scales[0][:], []float32{1, 2, 0.5})
	near(t, "tiny scales", s.Scales[1][:], []float32{0, 1, 1})
	near(t, "orientation", s.WXYZs[0][:], []float32{1, 0, 0, 0})
	near(t, "orientation", s.WXYZs[1][:], []float32{0, 0.6, 0, 0.8})
	near(t, "opacities", s.Opacities, []float32{0.5, 0.75})
	if s.Dropped != 2 {
		t.Errorf("%d are dropped", s.Dropped)
	}
}

// TestOtherPLYFiles: programs leave out what they do not need.
func TestOtherPLYFiles(t *testing.T) {
	for name, c := range map[string]struct {
		properties string
		row        []float32
		color      [3]uint8
		scale      [3]float32
	}{
		"colors":               {"x y z red green blue opacity scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3", []float32{1, 2, 3, 255, 0, 128, 0, 0, 0, 0, 1, 0, 0, 0}, [3]uint8{255, 0, 128}, [3]float32{1, 1, 1}},
		"harmonics and colors": {"x y z red green blue f_dc_0 f_dc_1 f_dc_2 opacity scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3", []float32{1, 2, 3, 255, 0, 128, 0, 1, -1, 0, 0, 0, 0, 1, 0, 0, 0}, [3]uint8{128, 199, 56}, [3]float32{1, 1, 1}},
		"flat":                 {"x y z f_dc_0 f_dc_1 f_dc_2 opacity scale_0 scale_1 rot_0 rot_1 rot_2 rot_3", []float32{1, 2, 3, 0, 1, -1, 0, 0, float32(math.Log(0.5)), 1, 0, 0, 0}, [3]uint8{128, 199, 56}, [3]float32{1, 0.5, 0.0005}},
		"capitals":             {"X Y Z Red Green Blue Opacity Scale_0 Scale_1 Scale_2 Rot_0 Rot_1 Rot_2 Rot_3", []float32{1, 2, 3, 255, 0, 128, 0, 0, 0, 0, 1, 0, 0, 0}, [3]uint8{255, 0, 128}, [3]float32{1, 1, 1}},
	} {
		s, err := splat.Read(bytes.NewReader(plyFileOf(c.properties, 1, c.row)), nil)
		if err != nil {
			t.Error(name, err)
			continue
		}
		if diff := cmp.Diff([][3]float32{{1, 2, 3}}, s.Centers) + cmp.Diff([][3]uint8{c.color}, s.Colors); diff != "" {
			t.Error(name, diff)
		}
		near(t, name, s.Scales[0][:], c.scale[:])
		near(t, name, s.Opacities, []float32{0.5})
	}
}

func TestErrorsNameMissingProperties(t *testing.T) {
	for properties, want := range map[string]string{
		"x y z f_dc_0 f_dc_1 f_dc_2":                               "its vertices lack opacity, scale_0, scale_1, rot_0, rot_1, rot_2, rot_3",
		"x y z opacity scale_0 scale_1 rot_0 rot_1 rot_2 rot_3":    "its vertices lack f_dc_* (or red, green and blue)",
		"x y z opacity scale_0 scale_2 f_dc_0 f_dc_1 f_dc_2 rot_0": "its vertices lack scale_1, rot_1, rot_2, rot_3",
	} {
		_, err := splat.Read(bytes.NewReader(plyFileOf(properties, 1, make([]float32, len(strings.Fields(properties))))), nil)
		if err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v, want %q", properties, err, want)
		}
	}
}

// TestCompressedPLY reads one splat whose numbers are the ends of their ranges.
func TestCompressedPLY(t *testing.T) {
	text := "ply\nformat binary_little_endian 1.0\nelement chunk 1\n"
	for _, end := range []string{"min_", "max_"} {
		for _, name := range []string{"x", "y", "z", "scale_x", "scale_y", "scale_z"} {
			text += "property float " + end + name + "\n"
		}
	}
	text += "element vertex 1\n"
	for _, name := range []string{"position", "rotation", "scale", "color"} {
		text += "property uint packed_" + name + "\n"
	}
	b := []byte(text + "end_header\n")
	b, _ = binary.Append(b, binary.LittleEndian, [12]float32{-1, -2, -3, -4, -5, -6, 1, 2, 3, 0, 1, float32(math.Log(2))})
	b, _ = binary.Append(b, binary.LittleEndian, [4]uint32{0xFFFFFFFF, 512<<20 | 512<<10 | 512, 0xFFFFFFFF, 0x10203080})
	s, err := splat.Read(bytes.NewReader(b), &splat.Options{Size: int64(len(b))})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "center", s.Centers[0][:], []float32{1, 2, 3})
	near(t, "scale", s.Scales[0][:], []float32{1, float32(math.E), 2})
	near(t, "opacity", s.Opacities, []float32{128.0 / 255})
	near(t, "orientation", s.WXYZs[0][:], []float32{0.9999993, 0.000691, 0.000691, 0.000691})
	if s.Colors[0] != [3]uint8{0x10, 0x20, 0x30} {
		t.Errorf("color %v", s.Colors[0])
	}
}

// TestRecenter keeps centimeters in survey coordinates.
func TestRecenter(t *testing.T) {
	text := "ply\nformat ascii 1.0\nelement vertex 3\nproperty double x\nproperty double y\nproperty double z\n"
	for _, name := range splat.PLYColumns()[:11] {
		text += "property float " + name + "\n"
	}
	text += "end_header\n"
	for i := range 3 {
		text += fmt.Sprintf("%.2f 4500000.5 100 0 0 0 0 0 0 0 1 0 0 0\n", 500000+0.01*float64(i))
	}
	s, err := splat.Read(strings.NewReader(text), &splat.Options{Recenter: true})
	if err != nil {
		t.Fatal(err)
	}
	if s.Origin != [3]float64{500000, 4500001, 100} && s.Origin != [3]float64{500000, 4500000, 100} {
		t.Errorf("the origin is %v", s.Origin)
	}
	for i, c := range s.Centers {
		if x := s.Origin[0] + float64(c[0]); math.Abs(x-500000-0.01*float64(i)) > 1e-6 {
			t.Errorf("splat %d is at x = %v", i, x)
		}
	}
	if s, err = splat.Read(strings.NewReader(text), nil); err != nil || s.Origin != [3]float64{} {
		t.Errorf("without asking, the origin is %v, %v", s.Origin, err)
	}
}

// TestOtherFilesAreNotSplats: any bytes could be a .splat file, but some are clearly something else.
func TestOtherFilesAreNotSplats(t *testing.T) {
	noise := make([]byte, 600)
	for i := range noise {
		noise[i] = byte(i*i*7 + i>>3)
	}
	for want, data := range map[string][]byte{
		"a PNG picture":            append([]byte("\x89PNG\r\n\x1a\n"), noise...),
		"a Wavefront OBJ file":     []byte(strings.Repeat("v 0 0 0\n", 100)),
		"a gzip archive":           append([]byte{0x1f, 0x8b}, noise...),
		"a GLB file (binary glTF)": append([]byte("glTF\x02\x00\x00\x00"), noise...),
	} {
		if _, err := splat.Read(bytes.NewReader(data), nil); err == nil || !strings.HasSuffix(err.Error(), "looks like "+want) {
			t.Errorf("%v, want %s", err, want)
		}
		if splat.IsSplat(data) {
			t.Errorf("%s could be splats", want)
		}
	}
	// Numbers that splats could have, but for the last four bytes: as those of a mesh.
	numbers := file(plain, plain, plain)
	for at := 28; at < len(numbers); at += 32 {
		copy(numbers[at:], []byte{0, 0, 128, 63})
	}
	if splat.IsSplat(numbers) {
		t.Error("numbers could be splats")
	}
	// A splat that begins as a gzip archive does is one still.
	odd := file(plain, plain)
	odd[0], odd[1] = 0x1f, 0x8b
	if s, err := splat.Read(bytes.NewReader(odd), nil); err != nil || s.Len() != 2 || !splat.IsSplat(odd) {
		t.Errorf("%v, %v", s, err)
	}
	if splat.IsSplat(odd[:31]) {
		t.Error("less than a splat could be splats")
	}
	if s, err := splat.Read(strings.NewReader("\ufeff"+string(plyFile(0))), nil); err != nil || s.Len() != 0 {
		t.Errorf("after a byte order mark: %v, %v", s, err)
	}
}

func TestOmittedProperties(t *testing.T) {
	inf := float32(math.Inf(1))
	var rows []row
	for _, spoil := range []func(*row){
		func(r *row) { r.Center[1] = inf },
		func(r *row) { r.Scale[2] = -1 },
		func(r *row) { r.Scale[0] = float32(math.NaN()) },
		func(r *row) { r.Scale[0] = 1e19 },
		func(r *row) { r.Quat = [4]uint8{128, 128, 128, 128} },
	} {
		r := plain
		spoil(&r)
		rows = append(rows, r)
	}
	s, err := splat.ReadSplat(bytes.NewReader(file(append(rows, plain)...)), nil)
	if err != nil || s.Len() != 1 || s.Dropped != len(rows) {
		t.Errorf("%d splats, %d dropped, %v", s.Len(), s.Dropped, err)
	}
}

func TestErrors(t *testing.T) {
	whole := file(plain, plain)
	for _, cut := range []int{1, 31, 33, 63} {
		_, err := splat.ReadSplat(bytes.NewReader(whole[:cut]), nil)
		if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), fmt.Sprintf("splat %d,", cut/32+1)) {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
	data := plyFile(1, make([]float32, 19))
	for cut := range data {
		if _, err := splat.ReadPLY(bytes.NewReader(data[:cut]), nil); err == nil {
			t.Fatalf("a PLY file cut at byte %d is taken", cut)
		}
	}
	broken := errors.New("the disk is gone")
	for _, r := range []io.Reader{iotest.ErrReader(broken), io.MultiReader(bytes.NewReader(whole), iotest.ErrReader(broken))} {
		if _, err := splat.Read(r, nil); !errors.Is(err, broken) {
			t.Error(err)
		}
	}
	for name, data := range map[string][]byte{
		"no splats": bytes.Replace(plyFile(1, make([]float32, 19)), []byte("rot_3"), []byte("rot_4"), 1),
		"no place":  bytes.Replace(plyFile(1, make([]float32, 19)), []byte("float x"), []byte("float w"), 1),
		"claims":    plyFile(math.MaxInt),
	} {
		if _, err := splat.Read(bytes.NewReader(data), nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for name, data := range map[string][]byte{"splat": file(plain, plain, plain), "ply": plyFile(3, make([]float32, 57))} {
		if _, err := splat.Read(bytes.NewReader(data), &splat.Options{MaxSplats: 2}); err == nil {
			t.Errorf("%s: the limit is passed", name)
		}
	}
	if _, err := splat.ReadFile(filepath.Join(t.TempDir(), "none.splat"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestEmpty(t *testing.T) {
	for name, data := range map[string][]byte{"splat": nil, "ply": plyFile(0)} {
		if s, err := splat.Read(bytes.NewReader(data), nil); err != nil || s.Len() != 0 {
			t.Errorf("%s: %v, %v", name, s, err)
		}
	}
	if _, ok := splat.FromPLY(&ply.Model{}); ok {
		t.Error("a model without columns is taken for splats")
	}
}

func TestReadFileReportsProgress(t *testing.T) {
	rows := make([]row, 100_000)
	for i := range rows {
		rows[i] = plain
	}
	name := filepath.Join(t.TempDir(), "many.splat")
	if err := os.WriteFile(name, file(rows...), 0o600); err != nil {
		t.Fatal(err)
	}
	var told []int64
	s, err := splat.ReadFile(name, &splat.Options{Progress: func(n int64) { told = append(told, n) }})
	if err != nil || s.Len() != len(rows) || cap(s.Centers) != len(rows) || len(told) != 3 {
		t.Errorf("%d splats, room for %d, progress %v, %v", s.Len(), cap(s.Centers), told, err)
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) row {
			triple := func(g *rapid.Generator[float32]) [3]float32 {
				return [3]float32{g.Draw(t, "x"), g.Draw(t, "y"), g.Draw(t, "z")}
			}
			four := func() (b [4]uint8) {
				for i := range b {
					b[i] = rapid.Byte().Draw(t, "byte")
				}
				return b
			}
			return row{triple(rapid.Float32Range(-1e9, 1e9)), triple(rapid.Float32Range(0, 1e9)), four(), four()}
		}), 0, 50).Draw(t, "splats")
		chunks := iotest.OneByteReader
		if rapid.Bool().Draw(t, "halves") {
			chunks = iotest.HalfReader
		}
		s, err := splat.ReadSplat(chunks(bytes.NewReader(file(rows...))), nil)
		if err != nil || s.Len()+s.Dropped != len(rows) {
			t.Fatal(s, err)
		}
		var b bytes.Buffer
		if err := splat.WriteSplat(&b, s); err != nil {
			t.Fatal(err)
		}
		again, err := splat.ReadSplat(&b, nil)
		if err != nil || again.Dropped != 0 {
			t.Fatal(again, err)
		}
		diff := cmp.Diff(s.Centers, again.Centers) + cmp.Diff(s.Scales, again.Scales) + cmp.Diff(s.Colors, again.Colors) + cmp.Diff(s.Opacities, again.Opacities)
		if diff != "" {
			t.Fatal(diff)
		}
		for i := range s.WXYZs {
			for k := range 4 {
				// A step of 1/128, and what making it one long again adds.
				if math.Abs(float64(s.WXYZs[i][k]-again.WXYZs[i][k])) > 0.02 {
					t.Fatalf("%v is read back as %v", s.WXYZs[i], again.WXYZs[i])
				}
			}
		}
	})
}

func TestWriteRefuses(t *testing.T) {
	if err := splat.WriteSplat(io.Discard, &splat.Splats{Centers: make([][3]float32, 1)}); err == nil {
		t.Error("splats without scales are written")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(file(plain, plain))
	f.Add(plyFile(1, make([]float32, 19)))
	f.Add(plyFile(1 << 40))
	f.Add(plyFileOf("x y z red green blue opacity scale_0 scale_1 rot_0 rot_1 rot_2 rot_3", 1, make([]float32, 13)))
	f.Add([]byte(strings.Repeat("v 0 0 0\n", 100)))
	for _, name := range binaries {
		f.Add(testFile(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := splat.Read(bytes.NewReader(data), &splat.Options{Open: fromFolder("sog1"), MaxSplats: 1 << 20})
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Fatalf("%q has several lines", err)
			}
			return
		}
		n := s.Len()
		if len(s.Harmonics) != n*splat.HarmonicsOf(s.Degree) {
			t.Fatalf("%d harmonics of %d splats of degree %d", len(s.Harmonics), n, s.Degree)
		}
		for i, h := range s.Harmonics {
			if h[0]*0+h[1]*0+h[2]*0 != 0 {
				t.Fatalf("harmonic %d is %v", i, h)
			}
		}
		if len(s.Scales) != n || len(s.WXYZs) != n || len(s.Colors) != n || len(s.Opacities) != n {
			t.Fatalf("%d centers, %d scales, %d orientations, %d colors, %d opacities", n, len(s.Scales), len(s.WXYZs), len(s.Colors), len(s.Opacities))
		}
		for i := range n {
			sum := float32(0)
			for k := range 3 {
				sum += s.Centers[i][k]*0 + s.Scales[i][k]*s.Scales[i][k]*0
			}
			q := s.WXYZs[i]
			length := float64(q[0]*q[0] + q[1]*q[1] + q[2]*q[2] + q[3]*q[3])
			if sum != 0 || !(math.Abs(length-1) < 1e-3) || !(s.Opacities[i] >= 0 && s.Opacities[i] <= 1) {
				t.Fatalf("splat %d: %v %v %v %v", i, s.Centers[i], s.Scales[i], q, s.Opacities[i])
			}
		}
	})
}

func BenchmarkReadSplat(b *testing.B) {
	rows := make([]row, 100_000)
	for i := range rows {
		rows[i] = plain
	}
	data := file(rows...)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := splat.ReadSplat(bytes.NewReader(data), &splat.Options{Size: int64(len(data))}); err != nil {
			b.Fatal(err)
		}
	}
}
