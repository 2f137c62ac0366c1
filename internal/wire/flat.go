package wire

import (
	"encoding/binary"
	"fmt"
	"unsafe"
)

// The program's slices as other slices of the same memory: so a large array is copied at the speed of memory.

type element interface {
	uint8 | uint16 | uint32 | float32 | float64
}

// flat3 returns the numbers of rows of three.
func flat3[R ~[3]E, E element](v []R) []E {
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice((*E)(unsafe.Pointer(&v[0])), 3*len(v))
}

// flat4 returns the numbers of rows of four.
func flat4[E element](v [][4]E) []E {
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice(&v[0][0], 4*len(v))
}

func sizeOf[E element](v []E) int { return int(unsafe.Sizeof(*new(E))) * len(v) }

func memoryOf[E element](v []E) []byte {
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&v[0])), sizeOf(v))
}

// littleEndian reports whether numbers in memory have the bytes that are sent.
var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// copied returns the numbers as little-endian bytes.
func copied[E element](v []E) []byte {
	out := make([]byte, sizeOf(v))
	if littleEndian {
		memory := memoryOf(v)
		inParallel(len(memory), func(from, to int) { copy(out[from:to], memory[from:to]) })
	} else if _, err := binary.Encode(out, binary.LittleEndian, v); err != nil {
		panic(fmt.Sprintf("wire: %T: %v", v, err)) // all of them are numbers of a fixed size
	}
	return out
}
