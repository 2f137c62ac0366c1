package ply_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser/formats/ply"
)

// binaryVertices is a file of vertices with the given properties and rows, in either byte order.
func binaryVertices(order binary.AppendByteOrder, properties string, rows ...any) string {
	format := "binary_little_endian"
	if order == binary.AppendByteOrder(binary.BigEndian) {
		format = "binary_big_endian"
	}
	b := []byte(pointsHeader(format, len(rows), properties))
	for _, row := range rows {
		b, _ = binary.Append(b, order.(binary.ByteOrder), row)
	}
	return string(b)
}

func channels(t string, names ...string) (properties string) {
	for _, name := range names {
		properties += fmt.Sprintf("property %s %s\n", t, name)
	}
	return properties
}

func rgb(t string) string { return channels(t, "red", "green", "blue") }

// TestColors reads every way in which vertices have colors. Whether numbers are 0 to 1, 0 to 255 or 0 to 65535 is
// decided for a file as a whole.
func TestColors(t *testing.T) {
	cases := map[string]struct {
		properties string
		rows       []string
		want       [][3]uint8
		alpha      []uint8
	}{
		"uchar":                       {rgb("uchar"), []string{"1 2 300"}, [][3]uint8{{1, 2, 255}}, nil},
		"ushort":                      {rgb("ushort"), []string{"0 1 200", "0 32768 65535"}, [][3]uint8{{0, 0, 1}, {0, 128, 255}}, nil},
		"ushort of bytes":             {rgb("ushort"), []string{"0 1 200", "255 2 3"}, [][3]uint8{{0, 1, 200}, {255, 2, 3}}, nil},
		"ushort, 256":                 {rgb("ushort"), []string{"0 256 0"}, [][3]uint8{{0, 1, 0}}, nil},
		"int of bytes":                {rgb("int"), []string{"0 1 200"}, [][3]uint8{{0, 1, 200}}, nil},
		"uint of 16 bits":             {rgb("uint"), []string{"65535 0 257"}, [][3]uint8{{255, 0, 1}}, nil},
		"float":                       {channels("float", "r", "g", "b") + "property double a\n", []string{"0.5 -1 nan 1"}, [][3]uint8{{128, 0, 0}}, []uint8{255}},
		"float, a little above 1":     {rgb("float"), []string{"0.5 1.01 0"}, [][3]uint8{{128, 255, 0}}, nil},
		"float of bytes":              {rgb("float"), []string{"0 0 1", "255 127.6 2"}, [][3]uint8{{0, 0, 1}, {255, 128, 2}}, nil},
		"float of bytes, no number":   {rgb("float"), []string{"nan inf 1", "255 1 2"}, [][3]uint8{{0, 255, 1}, {255, 1, 2}}, nil},
		"float of 16 bits":            {rgb("double"), []string{"65535 0 257"}, [][3]uint8{{255, 0, 1}}, nil},
		"float of bytes, alpha to 1":  {rgb("float") + "property float alpha\n", []string{"200 0 1 1", "1 1 1 0.5"}, [][3]uint8{{200, 0, 1}, {1, 1, 1}}, []uint8{255, 128}},
		"float of bytes, alpha too":   {rgb("float") + "property float alpha\n", []string{"200 0 1 1", "1 1 1 255"}, [][3]uint8{{200, 0, 1}, {1, 1, 1}}, []uint8{1, 255}},
		"uchar, alpha of 16 bits":     {rgb("uchar") + "property ushort alpha\n", []string{"200 0 1 65535"}, [][3]uint8{{200, 0, 1}}, []uint8{255}},
		"capitals":                    {channels("uchar", "Alpha", "BLUE", "Green", "Red"), []string{"4 3 2 1"}, [][3]uint8{{1, 2, 3}}, []uint8{4}},
		"an exact name comes first":   {channels("uchar", "RED", "red", "green", "blue"), []string{"9 1 2 3"}, [][3]uint8{{1, 2, 3}}, nil},
		"diffuse":                     {channels("uchar", "diffuse_blue", "diffuse_green", "diffuse_red"), []string{"3 2 1"}, [][3]uint8{{1, 2, 3}}, nil},
		"partial":                     {channels("uchar", "red", "green", "alpha"), []string{"1 2 3"}, nil, nil},
		"packed":                      {"property uint rgba\n", []string{"4278321667", "2130706432"}, [][3]uint8{{2, 2, 3}, {0, 0, 0}}, []uint8{255, 127}},
		"packed, signed":              {"property int rgba\n", []string{"-16645629"}, [][3]uint8{{2, 2, 3}}, []uint8{255}},
		"packed, no alpha":            {"property uint rgb\n", []string{"4278321667"}, [][3]uint8{{2, 2, 3}}, nil},
		"packed, alpha was not used":  {"property uint rgba\n", []string{"131587"}, [][3]uint8{{2, 2, 3}}, nil},
		"packed in the text of float": {"property float rgb\n", []string{fmt.Sprint(math.Float32frombits(0x00020203))}, [][3]uint8{{2, 2, 3}}, nil},
		"channels before packed":      {rgb("uchar") + "property uint rgba\n", []string{"1 2 3 0"}, [][3]uint8{{1, 2, 3}}, nil},
		"harmonics":                   {channels("float", "f_dc_0", "f_dc_1", "f_dc_2"), []string{"0 1 -1", "100 -100 nan"}, [][3]uint8{{128, 199, 56}, {255, 0, 0}}, nil},
		"harmonics, not all":          {channels("float", "f_dc_0", "f_dc_1"), []string{"0 1"}, nil, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m := mustRead(t, pointsHeader("ascii", len(c.rows), c.properties)+"0 0 0 "+strings.Join(c.rows, "\n0 0 0 "), nil)
			if diff := cmp.Diff(c.want, m.Colors); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.alpha, m.Alphas); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPackedFloats reads the bits of floats that are NaN as numbers.
func TestPackedFloats(t *testing.T) {
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		m := mustRead(t, binaryVertices(order, "property float rgba\n", struct {
			P [3]float32
			C uint32
		}{C: 0xFF820304}), nil)
		if m.Colors[0] != [3]uint8{0x82, 3, 4} || m.Alphas[0] != 255 {
			t.Errorf("%v: %v %v", order, m.Colors, m.Alphas)
		}
	}
}

// squareWith is the square with more properties of its face, and their values.
func squareWith(properties, values string) string {
	return strings.NewReplacer("vertex_indices\n", "vertex_indices\n"+properties, "4 0 1 2 3", "4 0 1 2 3 "+values).Replace(square)
}

func TestFaceColors(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want [3]uint8
	}{
		"bytes":           {squareWith(rgb("uchar"), "9 8 7"), [3]uint8{9, 8, 7}},
		"float":           {squareWith(rgb("float"), "1 0.5 0"), [3]uint8{255, 128, 0}},
		"float of bytes":  {squareWith(rgb("float"), "200 1 0"), [3]uint8{200, 1, 0}},
		"ushort of bytes": {squareWith(rgb("ushort"), "200 1 0"), [3]uint8{200, 1, 0}},
		"ushort":          {squareWith(rgb("ushort"), "65535 257 0"), [3]uint8{255, 1, 0}},
		"capitals":        {squareWith(channels("uchar", "Red", "Green", "Blue"), "9 8 7"), [3]uint8{9, 8, 7}},
	} {
		m := mustRead(t, c.text, nil)
		if diff := cmp.Diff([][3]uint8{c.want, c.want}, m.FaceColors); diff != "" {
			t.Error(name, diff)
		}
	}
}

const edges = `ply
format ascii 1.0
element edge 3
property int vertex1
property int vertex2
property uchar crease_angle
property float red
property float green
property float blue
element vertex 3
property float x
property float y
property float z
end_header
0 1 9 1 0 0
1 2 9 0 0.5 0
2 0 9 0 0 0
0 0 0
1 0 0
nan 0 0
`

func TestEdges(t *testing.T) {
	m := mustRead(t, edges, nil)
	if diff := cmp.Diff([][2]uint32{{0, 1}}, m.Edges) + cmp.Diff([][3]uint8{{255, 0, 0}}, m.EdgeColors); diff != "" {
		t.Error(diff)
	}
	if m.DroppedEdges != 2 {
		t.Errorf("%d edges were dropped, want 2", m.DroppedEdges)
	}
	if diff := cmp.Diff([]string{`edge property "crease_angle"`}, m.Skipped); diff != "" {
		t.Error(diff)
	}
	plain := mustRead(t, strings.NewReplacer("vertex1", "Vertex1", "red", "rot", "nan", "2").Replace(edges), nil)
	if len(plain.Edges) != 3 || plain.EdgeColors != nil {
		t.Errorf("edges %v, colors %v", plain.Edges, plain.EdgeColors)
	}
	for text, want := range map[string]string{
		strings.Replace(edges, "2 0 9", "2 3 9", 1):               "ply: edge 3 of 3, line 17: a corner is vertex 3, but the vertices are 0 to 2",
		strings.Replace(edges, "2 0 9", "2 0.5 9", 1):             "ply: edge 3 of 3, line 17: a whole number is needed, not 0.5",
		strings.Replace(edges, "edge 3\n", "edge 200000000\n", 1): "ply: edge 1 of 200000000, line 15: there are more edges than the limit of 134217728",
	} {
		if _, err := read(text, nil); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

const textured = `ply
format ascii 1.0
comment TextureFile wood grain.png
comment texturefile other.png
element face 2
property list uchar int vertex_indices
property list uchar float texcoord
property int texnumber
element vertex 5
property float x
property float y
property float z
property float texture_u
property float texture_v
end_header
4 0 1 2 3 8 0 0 1 0 1 1 0 1 1
3 0 1 4 4 0.25 0.5 nan 1 7
0 0 0 0 0
1 0 0 1 0
1 1 0 1 1
0 1 0 0 1
0.5 0.5 1 0.5 inf
`

// verticesFirst is the same in the usual order.
var verticesFirst = func() string {
	header, data, _ := strings.Cut(textured, "end_header\n")
	top, vertex, _ := strings.Cut(header, "element vertex")
	top, faces, _ := strings.Cut(top, "element face")
	lines := strings.SplitAfter(data, "\n")
	return top + "element vertex" + vertex + "element face" + faces + "end_header\n" + strings.Join(lines[2:], "") + strings.Join(lines[:2], "")
}()

// TestTextures: faces before and after the vertices, polygons, and lists that are too short.
func TestTextures(t *testing.T) {
	for name, text := range map[string]string{"faces first": textured, "vertices first": verticesFirst} {
		m := mustRead(t, text, nil)
		want := &ply.Model{
			Points:       [][3]float32{{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}, {0.5, 0.5, 1}},
			UVs:          [][2]float32{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0.5, 0}},
			Faces:        [][3]uint32{{0, 1, 2}, {0, 2, 3}, {0, 1, 4}},
			FaceUVs:      [][3][2]float32{{{0, 0}, {1, 0}, {1, 1}}, {{0, 0}, {1, 1}, {0, 1}}, {{0.25, 0.5}, {0, 1}, {0, 0}}},
			FaceTextures: []uint32{1, 1, 0},
			Textures:     []string{"wood grain.png", "other.png"},
			Comments:     []string{"TextureFile wood grain.png", "texturefile other.png"},
		}
		if diff := cmp.Diff(want, m); diff != "" {
			t.Error(name, diff)
		}
	}
	m := mustRead(t, pointsHeader("ascii", 1, channels("float", "u", "v"))+"1 2 3 4 5\n", nil)
	if m.UVs != nil || len(m.Fields) != 2 {
		t.Errorf("without a texture, u and v are %v; fields %v", m.UVs, m.Fields)
	}
}

func TestSelectColumns(t *testing.T) {
	text := pointsHeader("ascii", 2, "property float scalar_Intensity\nproperty uchar red\nproperty list uchar int near\nproperty uchar label\n") +
		"0 0 0 0.5 1 0 7\n1 1 1 1.5 2 1 1 8\n"
	var asked []string
	m := mustRead(t, text, &ply.Options{Columns: []string{"Label"}, SelectColumns: func(n int, fields []string) []string {
		asked = append(asked, fmt.Sprint(n, fields))
		return fields[:1]
	}})
	fields := []string{"scalar_Intensity", "red", "label"}
	if diff := cmp.Diff([]string{"2 [scalar_Intensity red label]"}, asked) + cmp.Diff(fields, m.Fields) +
		cmp.Diff([][]float32{{7, 8}, {0.5, 1.5}}, m.Columns) + cmp.Diff([]string{`vertex property "near"`}, m.Skipped); diff != "" {
		t.Error(diff)
	}
}

// packedHeader is the start of a file of n packed vertices.
func packedHeader(chunks, n int, colors bool) string {
	text := fmt.Sprintf("ply\nformat binary_little_endian 1.0\nelement chunk %d\n", chunks)
	text += channels("float", "min_x", "min_y", "min_z", "max_x", "max_y", "max_z",
		"min_scale_x", "min_scale_y", "min_scale_z", "max_scale_x", "max_scale_y", "max_scale_z")
	if colors {
		text += channels("float", "min_r", "min_g", "min_b", "max_r", "max_g", "max_b")
	}
	return text + fmt.Sprintf("element vertex %d\n", n) +
		channels("uint", "packed_position", "packed_rotation", "packed_scale", "packed_color") + "end_header\n"
}

func packedFile(colors bool, chunks [][]float32, vertices ...[4]uint32) string {
	b := []byte(packedHeader(len(chunks), len(vertices), colors))
	for _, c := range chunks {
		b, _ = binary.Append(b, binary.LittleEndian, c)
	}
	b, _ = binary.Append(b, binary.LittleEndian, vertices)
	return string(b)
}

// TestPackedVertices unpacks what was worked out by hand.
func TestPackedVertices(t *testing.T) {
	low := []float32{-1, -2, -3, 1, 2, 3, -4, -4, -4, 0, 0, 0}
	high := []float32{10, 10, 10, 11, 11, 11, -4, -4, -4, 0, 0, 0}
	var vertices [][4]uint32
	for range 256 {
		vertices = append(vertices, [4]uint32{0xFFFFFFFF, 2<<30 | 1023<<20, 0, 0x80FF00FF})
	}
	vertices = append(vertices, [4]uint32{2047 << 21, 0 << 30, 0xFFFFFFFF, 0})
	columns := []string{"scale_0", "opacity", "rot_0", "rot_1", "rot_2", "rot_3", "f_dc_1", "x", "none"}
	m := mustRead(t, packedFile(false, [][]float32{low, high}, vertices...), &ply.Options{Columns: columns})
	if len(m.Points) != 257 || m.Points[0] != [3]float32{1, 2, 3} || m.Points[256] != [3]float32{11, 10, 10} {
		t.Errorf("%d points, %v … %v", len(m.Points), m.Points[0], m.Points[len(m.Points)-1])
	}
	if m.Colors[0] != [3]uint8{0x80, 0xFF, 0} || m.Alphas[0] != 255 || m.Colors[256] != [3]uint8{} || m.Alphas[256] != 0 {
		t.Errorf("colors %v %v, alphas %v %v", m.Colors[0], m.Colors[256], m.Alphas[0], m.Alphas[256])
	}
	// The first stored number of the rotation is its largest value, 1/sqrt(2), the others its smallest.
	half := math.Sqrt2 / 2
	inf := math.Inf(1)
	for k, want := range [][2]float64{{-4, 0}, {inf, -inf}, {half, math.NaN()}, {-half, -half}, {0, -half}, {-half, -half}, {0.5 / 0.28209479177387814, -0.5 / 0.28209479177387814}, {1, 11}} {
		for end, i := range []int{0, 256} {
			got := float64(m.Columns[k][i])
			if !(got == want[end] || math.Abs(got-want[end]) < 1e-6 || columns[k] == "rot_0" && end == 1 && got == 0) {
				t.Errorf("%s of vertex %d: %v, want %v", columns[k], i, got, want[end])
			}
		}
	}
	if m.Columns[8] != nil {
		t.Error("a column that is not there:", m.Columns[8])
	}
	if diff := cmp.Diff([]string{"opacity", "scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2", "rot_3"}, m.Fields); diff != "" || m.Skipped != nil {
		t.Error(diff, m.Skipped)
	}
	colored := append(low[:12:12], 0.5, 0, 0, 0.5, 1, 0.2)
	m = mustRead(t, packedFile(true, [][]float32{colored}, [4]uint32{0, 0, 0, 0xFF80FFFF}), nil)
	if m.Colors[0] != [3]uint8{128, 128, 51} || m.Columns != nil {
		t.Errorf("between bounds, the color is %v; columns %v", m.Colors[0], m.Columns)
	}
}

func TestPackedVerticesThatCannotBeRead(t *testing.T) {
	whole := packedFile(false, [][]float32{make([]float32, 12)}, [4]uint32{})
	header := strings.TrimSuffix(packedHeader(1, 1, false), "end_header\n")
	start, vertex, _ := strings.Cut(header, "element vertex")
	start, chunk, _ := strings.Cut(start, "element chunk")
	chunkLast := start + "element vertex" + vertex + "element chunk" + chunk + "end_header\n"
	for want, text := range map[string]string{
		"have no packed_scale":              strings.Replace(whole, "packed_scale", "packed_scala", 1),
		"must be of type uint":              strings.Replace(whole, "uint packed_scale", "float packed_scale", 1),
		`there is no element "chunk"`:       strings.Replace(whole, "element chunk", "element chunky", 1),
		"their chunks have no max_scale_z":  strings.Replace(whole, "max_scale_z", "max_scale_w", 1),
		"257 packed vertices need 2 chunks": packedHeader(1, 257, false),
		"must stand before them":            chunkLast,
	} {
		if _, err := read(text, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
	for n := range whole {
		if _, err := read(whole[:n], nil); err == nil {
			t.Fatalf("a file cut at byte %d is read", n)
		}
	}
}

// TestErrorsNameTheFormat: the name of a file is not reliable.
func TestErrorsNameTheFormat(t *testing.T) {
	for want, text := range map[string]string{
		"a Wavefront OBJ file":           "# cube\nv 0 0 0\n",
		"a GLB file (binary glTF)":       "glTF\x02\x00\x00\x00",
		"text in UTF-16":                 "\xff\xfep\x00l\x00y\x00",
		"a web page":                     "<!DOCTYPE html><html>",
		"a pointer to a file in Git LFS": "version https://git-lfs.github.com/spec/v1\n",
		"text":                           "\ufeffhello\n",
	} {
		if _, err := read(text, nil); err == nil || !strings.Contains(err.Error(), "not a PLY file") || !strings.Contains(err.Error(), "looks like "+want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
}

// dialects are files of every kind that is tested here, for the fuzzer to start from.
func dialects() []string {
	return []string{
		edges, textured, packedFile(true, [][]float32{make([]float32, 18)}, [4]uint32{1 << 30, 2 << 30, 3 << 30, 5}), "\ufeff" + square, squareWith(rgb("float"), "200 1 0"),
		pointsHeader("ascii", 1, "property float rgb\n") + "0 0 0 1e-38\n",
		pointsHeader("ascii", 1, channels("double", "F_DC_0", "f_dc_1", "f_dc_2")) + "0 0 0 1 2 3\n",
	}
}
