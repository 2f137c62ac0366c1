package ply_test

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser/formats/ply"
)

const columnsHeader = `ply
format %s 1.0
element vertex 3
property float x
property float y
property float z
property double weight
property uchar kind
property list uchar int neighbors
end_header
`

func TestColumns(t *testing.T) {
	text := strings.Replace(columnsHeader, "%s", "ascii", 1) + "1 2 3 0.5 7 2 1 1\nnan 5 6 0.25 8 0\n7 8 9 -1e300 9 0\n"
	binaryText := []byte(strings.Replace(strings.Replace(columnsHeader, "%s", "binary_big_endian", 1), "property list uchar int neighbors\n", "", 1))
	for _, row := range []struct {
		xyz    [3]float32
		weight float64
		kind   uint8
	}{{[3]float32{1, 2, 3}, 0.5, 7}, {[3]float32{float32(math.NaN()), 5, 6}, 0.25, 8}, {[3]float32{7, 8, 9}, -1e300, 9}} {
		binaryText, _ = binary.Append(binaryText, binary.BigEndian, row)
	}
	for name, file := range map[string]string{"ascii": text, "binary": string(binaryText)} {
		m, err := ply.Read(strings.NewReader(file), &ply.Options{Columns: []string{"kind", "neighbors", "weight", "x", "none", "kind"}})
		if err != nil {
			t.Fatal(name, err)
		}
		// The numbers of the vertex without a position are dropped with it; a list is
		// not a number.
		want := [][]float32{{7, 9}, nil, {0.5, float32(math.Inf(-1))}, {1, 7}, nil, {7, 9}}
		if diff := cmp.Diff(want, m.Columns); diff != "" || m.DroppedPoints != 1 {
			t.Error(name, m.DroppedPoints, diff)
		}
	}
	m, err := ply.Read(strings.NewReader(text), nil)
	if err != nil || m.Columns != nil {
		t.Error("columns that were not requested:", m.Columns, err)
	}
}
