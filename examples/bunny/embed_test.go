package bunny_test

import (
	"bytes"
	"testing"

	"github.com/viser-go/viser/examples/bunny"
	"github.com/viser-go/viser/formats/ply"
)

// TestStands checks the facts in the package comment and in the header of the file.
func TestStands(t *testing.T) {
	vertices, faces := bunny.Mesh()
	if len(vertices) != 1839 || len(faces) != 3674 {
		t.Fatalf("%d vertices, %d faces", len(vertices), len(faces))
	}
	lo, hi, _ := (&ply.Model{Points: vertices}).Bounds()
	if lo[2] != 0 || hi[2] != 1 || lo[0] != -hi[0] || lo[1] != -hi[1] {
		t.Errorf("it lies between %v and %v", lo, hi)
	}
	edges := map[[2]uint32]int{}
	for _, f := range faces {
		for i := range 3 {
			edges[[2]uint32{f[i], f[(i+1)%3]}]++
		}
	}
	for e, n := range edges {
		if n != 1 || edges[[2]uint32{e[1], e[0]}] != 1 {
			t.Fatalf("the surface is not closed at edge %v", e)
		}
	}
}

func TestPLYIsCopied(t *testing.T) {
	a := bunny.PLY()
	a[0] = 'x'
	if b := bunny.PLY(); !bytes.HasPrefix(b, []byte("ply\n")) {
		t.Errorf("the file begins with %q", b[:4])
	}
}
