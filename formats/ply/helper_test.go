package ply_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

// polygonFile is a binary file of one polygon.
func polygonFile(points [][3]float32, loop []uint32) io.Reader {
	var b bytes.Buffer
	fmt.Fprint(&b, pointsHeader("binary_little_endian", len(points), "element face 1\nproperty list uint uint vertex_indices\n"))
	binary.Write(&b, binary.LittleEndian, points)
	binary.Write(&b, binary.LittleEndian, uint32(len(loop)))
	binary.Write(&b, binary.LittleEndian, loop)
	return &b
}
