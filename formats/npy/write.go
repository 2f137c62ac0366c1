package npy

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/output"
)

// typeNames are the types that Write writes.
var typeNames = map[reflect.Type]string{
	reflect.TypeFor[[]bool](): "|b1", reflect.TypeFor[[]int8](): "|i1", reflect.TypeFor[[]uint8](): "|u1",
	reflect.TypeFor[[]int16](): "<i2", reflect.TypeFor[[]uint16](): "<u2", reflect.TypeFor[[]int32](): "<i4", reflect.TypeFor[[]uint32](): "<u4",
	reflect.TypeFor[[]int64](): "<i8", reflect.TypeFor[[]uint64](): "<u8", reflect.TypeFor[[]float32](): "<f4", reflect.TypeFor[[]float64](): "<f8",
}

// Write writes an array of numbers as a .npy file of version 1, little-endian and in C order. It fails if the data is none
// of the types that [Array.Data] has, or does not fit the shape, and if w fails. Structured arrays are not written.
func Write(w io.Writer, a *Array) error {
	name, ok := typeNames[reflect.TypeOf(a.Data)]
	if !ok {
		return fmt.Errorf("npy: an array of type %T cannot be written", a.Data)
	}
	if n := reflect.ValueOf(a.Data).Len(); n != a.Len() {
		return fmt.Errorf("npy: an array of shape %s has %d numbers, not %d", shapeText(a.Shape), a.Len(), n)
	}
	var shape strings.Builder
	for _, n := range a.Shape {
		fmt.Fprintf(&shape, "%d, ", n)
	}
	buf := bufio.NewWriterSize(w, 256<<10)
	buf.WriteString(headerText(fmt.Sprintf("'%s'", name), shape.String(), "")) // errors stay until Flush
	binary.Write(buf, binary.LittleEndian, a.Data)
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("npy: writing: %w", err)
	}
	return nil
}

// headerText is what is before the numbers, of a length that is a multiple of 64.
func headerText(descr, shape, padding string) string {
	dict := fmt.Sprintf("{'descr': %s, 'fortran_order': False, 'shape': (%s), }%s", descr, shape, padding)
	const before, end = 10, 1
	dict += strings.Repeat(" ", 63-(before+len(dict)+end+63)%64) + "\n"
	if len(dict) <= math.MaxUint16 {
		return magic + "\x01\x00" + string(binary.LittleEndian.AppendUint16(nil, uint16(len(dict)))) + dict
	}
	return magic + "\x02\x00" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(dict)))) + dict
}

// WritePoints writes the points of src as a .npy file: an array of shape (N, 3) if there is nothing but coordinates, and
// else a structured array of the fields x, y, z, nx, ny, nz, red, green, blue, alpha, and those of src. Coordinates are
// float32, or float64 if the first points would lose digits otherwise. If src does not know the number of its points, w
// must be an [io.WriteSeeker], such as a file. It fails if src or w fails.
func WritePoints(w io.Writer, src cloud.Source) error {
	p := output.Start(src)
	descr, columns := descrOf(p)
	err := output.Rows(w, p, output.Channels, func(n int64, padding string) string {
		return headerText(descr, fmt.Sprintf("%d,%s", n, columns), padding)
	})
	if err != nil {
		return fmt.Errorf("npy: writing: %w", err)
	}
	return nil
}

// descrOf is the type of an element, and what of the shape is after the number of points.
func descrOf(p *output.Points) (descr, columns string) {
	place := "<f4"
	if p.Wide {
		place = "<f8"
	}
	if !p.Info.HasColors && !p.Info.HasNormals && len(p.Names) == 0 {
		return fmt.Sprintf("'%s'", place), " 3"
	}
	var fields []string
	add := func(kind string, names ...string) {
		for _, name := range names {
			fields = append(fields, fmt.Sprintf("('%s', '%s')", strings.NewReplacer(`\`, "_", "'", "_").Replace(name), kind))
		}
	}
	add(place, "x", "y", "z")
	if p.Info.HasNormals {
		add("<f4", "nx", "ny", "nz")
	}
	if p.Info.HasColors {
		add("|u1", "red", "green", "blue")
	}
	if p.Info.HasColors && p.Info.HasAlphas {
		add("|u1", "alpha")
	}
	add("<f4", p.Names...)
	return "[" + strings.Join(fields, ", ") + "]", ""
}
