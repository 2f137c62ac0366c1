// Make writes one preset: it reads a panorama from standard input, as exr.mjs
// writes it, and writes the Ultra HDR JPEG to standard output.
package main

import (
	"bufio"
	"encoding/binary"
	"io"
	"log"
	"os"

	"github.com/viser-go/viser/hdri/internal/gainmap"
)

// quality is that of both JPEGs.
const quality = 80

func main() {
	log.SetFlags(0)
	if err := convert(bufio.NewReader(os.Stdin), os.Stdout); err != nil {
		log.Fatal("make: ", err)
	}
}

// convert reads the width, the height, and RGB as float32 from the top.
func convert(r io.Reader, w io.Writer) error {
	var size [2]uint32
	if err := binary.Read(r, binary.LittleEndian, &size); err != nil {
		return err
	}
	light := make([]float32, 3*size[0]*size[1])
	if err := binary.Read(r, binary.LittleEndian, light); err != nil {
		return err
	}
	file, err := gainmap.Encode(light, int(size[0]), int(size[1]), quality)
	if err != nil {
		return err
	}
	_, err = w.Write(file)
	return err
}
