//go:build linux

package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// endless is a binary PLY file of points on a surface, with colors. It is made while it is read.
type endless struct {
	head  bytes.Buffer
	left  int // points
	size  int64
	state uint64
	block bytes.Reader
	rows  []byte
}

const rowBytes = 3*4 + 3

func newEndless(points int) *endless {
	e := &endless{left: points, state: 1, rows: make([]byte, 0, 4096*rowBytes)}
	fmt.Fprintf(&e.head, "ply\nformat binary_little_endian 1.0\nelement vertex %d\n", points)
	e.head.WriteString("property float x\nproperty float y\nproperty float z\n")
	e.head.WriteString("property uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n")
	e.size = int64(e.head.Len()) + int64(points)*rowBytes
	e.block.Reset(e.head.Bytes())
	return e
}

func (e *endless) Read(p []byte) (int, error) {
	if e.block.Len() == 0 {
		if e.left == 0 {
			return 0, io.EOF
		}
		e.next()
	}
	return e.block.Read(p)
}

// next makes the next rows.
func (e *endless) next() {
	n := min(e.left, cap(e.rows)/rowBytes)
	e.left -= n
	e.rows = e.rows[:0]
	for range n {
		// An xorshift generator: quick, and even enough for places.
		e.state ^= e.state << 13
		e.state ^= e.state >> 7
		e.state ^= e.state << 17
		x, y := float32(e.state&0xffffff)/(1<<14), float32(e.state>>24&0xffffff)/(1<<14)
		for _, v := range [3]float32{x, y, x * y / 1024} {
			e.rows = binary.LittleEndian.AppendUint32(e.rows, math.Float32bits(v))
		}
		e.rows = append(e.rows, byte(e.state>>48), byte(e.state>>52), byte(e.state>>56))
	}
	e.block.Reset(e.rows)
}
