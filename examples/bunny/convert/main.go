// Convert makes bunny.ply out of index.js of the npm package bunny (version 1.0.1):
//
//	npm pack bunny && tar xzf bunny-1.0.1.tgz
//	go run ./examples/bunny/convert < package/index.js > examples/bunny/bunny.ply
//
// It is here so that the file's origin can be checked; nothing else needs it.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/viser-go/viser/formats/ply"
)

func main() {
	if err := convert(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "convert:", err)
		os.Exit(1)
	}
}

func convert(r io.Reader, w io.Writer) error {
	script, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m := &ply.Model{Comments: []string{
		"The Stanford bunny, from the Stanford Computer Graphics Laboratory (npm package bunny 1.0.1, reduced).",
		"Height 1 unit, z is up, the feet stand on z = 0, the middle of its floor plan is x = y = 0.",
	}}
	var points [][3]float64
	if err := export(script, "positions", &points); err != nil {
		return err
	}
	if err := export(script, "cells", &m.Faces); err != nil {
		return err
	}
	m.Points = stand(points)
	return ply.Write(w, m)
}

// export reads the array that the script assigns to exports.name.
func export(script []byte, name string, into any) error {
	_, array, found := bytes.Cut(script, []byte("exports."+name+"="))
	if !found {
		return fmt.Errorf("the script does not set exports.%s", name)
	}
	return json.NewDecoder(bytes.NewReader(array)).Decode(into) // up to the end of the array
}

// stand rotates the bunny, which has y up in the source, to z up, and scales its height to 1.
func stand(points [][3]float64) [][3]float32 {
	lo, hi := points[0], points[0]
	for _, p := range points {
		for axis, v := range p {
			lo[axis], hi[axis] = min(lo[axis], v), max(hi[axis], v)
		}
	}
	scale := 1 / (hi[1] - lo[1])
	out := make([][3]float32, len(points))
	for i, p := range points {
		x := (p[0] - (lo[0]+hi[0])/2) * scale
		y := (p[1] - lo[1]) * scale
		z := (p[2] - (lo[2]+hi[2])/2) * scale
		out[i] = [3]float32{float32(x), float32(-z), float32(y)}
	}
	return out
}
