//go:build linux

package main

import (
	"context"
	"fmt"
	"unsafe"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/las"
	"github.com/viser-go/viser/formats/laz"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/formats/npy"
	"github.com/viser-go/viser/formats/obj"
	"github.com/viser-go/viser/formats/pcd"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/stl"
)

// content is what was read of a file.
type content struct {
	points [][3]float32
	bytes  int // of all arrays
}

// read reads a file of a kind by the package for it.
func read(kind, file string) (content, error) {
	switch kind {
	case "ply":
		m, err := ply.ReadFile(file, nil)
		if err != nil {
			return content{}, err
		}
		return content{m.Points, 12*len(m.Points) + 3*len(m.Colors)}, nil
	case "stl":
		return meshContent(stl.ReadFile(file, nil))
	case "stl-corners":
		return meshContent(stl.ReadFile(file, &stl.Options{KeepCorners: true}))
	case "obj":
		return meshContent(obj.ReadFile(file, nil))
	case "pcd":
		return cloudContent(pcd.ReadFile(file, nil))
	case "las":
		return cloudContent(las.ReadFile(file, nil))
	case "laz":
		return cloudContent(laz.ReadFile(context.Background(), file, nil))
	case "npy":
		return npyContent(file)
	}
	return content{}, fmt.Errorf("%s: no such kind", kind)
}

func meshContent(m *mesh.Model, err error) (content, error) {
	if err != nil {
		return content{}, err
	}
	if len(m.Parts) != 1 {
		return content{}, fmt.Errorf("%d parts, want one", len(m.Parts))
	}
	p := &m.Parts[0]
	return content{p.Points, 12 * (len(p.Points) + len(p.Normals) + len(p.Faces))}, nil
}

func cloudContent(c *cloud.Cloud, err error) (content, error) {
	if err != nil {
		return content{}, err
	}
	return content{c.Points, cloudBytes(c)}, nil
}

func cloudBytes(c *cloud.Cloud) int {
	bytes := 12*(len(c.Points)+len(c.Normals)) + 3*len(c.Colors) + len(c.Alphas)
	for _, f := range c.Fields {
		bytes += 4 * len(f.Values)
	}
	return bytes
}

func npyContent(file string) (content, error) {
	arrays, err := npy.ReadFile(file, nil)
	if err != nil {
		return content{}, err
	}
	numbers, ok := arrays[0].Data.([]float32)
	if !ok {
		return content{}, fmt.Errorf("the array is of %s", arrays[0].DType)
	}
	// The same memory, as a program would hand it on.
	points := unsafe.Slice((*[3]float32)(unsafe.Pointer(unsafe.SliceData(numbers))), len(numbers)/3)
	return content{points, 4 * len(numbers)}, nil
}
