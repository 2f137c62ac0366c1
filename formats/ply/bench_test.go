package ply_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/ply"
)

// BenchmarkRead counts the bytes of the file. The models are those of scanners: a cloud with colors and
// normals, and a mesh.
func BenchmarkRead(b *testing.B) {
	const n = 200_000
	m := &ply.Model{
		Points: make([][3]float32, n), Normals: make([][3]float32, n), Colors: make([][3]uint8, n),
		Faces: make([][3]uint32, 2*n),
	}
	for i := range m.Points {
		m.Points[i] = [3]float32{float32(i) * 0.001, float32(i%1000) * 0.01, -1.5}
		m.Colors[i] = [3]uint8{uint8(i), 128, 255}
	}
	for i := range m.Faces {
		m.Faces[i] = [3]uint32{uint32(i / 2), uint32((i + 7) / 2 % n), uint32((i + 30) / 4)}
	}
	cloud := *m
	cloud.Faces = nil
	for name, model := range map[string]*ply.Model{"cloud": &cloud, "mesh": m} {
		var file bytes.Buffer
		if err := ply.Write(&file, model); err != nil {
			b.Fatal(err)
		}
		benchmarkRead(b, name+"/little", file.Bytes())
	}
	benchmarkRead(b, "cloud/ascii", asciiCloud(m))
}

func asciiCloud(m *ply.Model) []byte {
	var text strings.Builder
	text.WriteString(pointsHeader("ascii", len(m.Points), "property uchar red\nproperty uchar green\nproperty uchar blue\n"))
	for i, p := range m.Points {
		c := m.Colors[i]
		fmt.Fprintf(&text, "%f %f %f %d %d %d\n", p[0], p[1], p[2], c[0], c[1], c[2])
	}
	return []byte(text.String())
}

func benchmarkRead(b *testing.B, name string, file []byte) {
	b.Run(name, func(b *testing.B) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := ply.Read(bytes.NewReader(file), &ply.Options{Size: int64(len(file))}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
