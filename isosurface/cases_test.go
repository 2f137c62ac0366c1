package isosurface

import "testing"

// TestCases: in each case the triangles are closed up to the faces of the cell, on which the lines are those of the loops.
func TestCases(t *testing.T) {
	for c, list := range triangles() {
		count := map[[2]uint8]int{}
		for i := 0; i < len(list); i += 3 {
			for k := range 3 {
				count[[2]uint8{list[i+k], list[i+(k+1)%3]}]++
			}
		}
		border := map[[2]uint8]bool{}
		corners := 0
		for _, loop := range loops(uint8(c)) {
			corners += len(loop) - 2
			for i, e := range loop {
				border[[2]uint8{e, loop[(i+1)%len(loop)]}] = true
			}
		}
		if corners*3 != len(list) {
			t.Errorf("case %08b: %d triangles for loops that need %d", c, len(list)/3, corners)
		}
		for edge, n := range count {
			back := count[[2]uint8{edge[1], edge[0]}]
			switch {
			case n != 1:
				t.Errorf("case %08b: the edge %v is in %d triangles the same way round", c, edge, n)
			case back == 0 && !border[edge]:
				t.Errorf("case %08b: the edge %v is open", c, edge)
			case back == 1 && facesOf[edge[0]]&facesOf[edge[1]] != 0:
				t.Errorf("case %08b: the inner edge %v is in a face of the cell", c, edge)
			}
		}
		for edge := range border {
			if count[edge] != 1 {
				t.Errorf("case %08b: no triangle at the line %v", c, edge)
			}
		}
	}
}

// TestCasesUseEachCut: the vertices are the lines with one end inside.
func TestCasesUseEachCut(t *testing.T) {
	for c, list := range triangles() {
		used := map[uint8]bool{}
		for _, e := range list {
			used[e] = true
		}
		for a := range corners {
			for axis := range 3 {
				b := a | 1<<axis
				if a == b {
					continue
				}
				cut := c>>a&1 != c>>b&1
				if used[uint8(edgeBetween(a, b))] != cut {
					t.Errorf("case %08b: the line from %d to %d is used %v, but is cut %v", c, a, b, !cut, cut)
				}
			}
		}
	}
}
