package wire

import (
	"encoding/binary"
	"encoding/json"
	"math"
)

// BakeMesh returns a GLB file of a mesh in the colors of its scalars, of which there may be fewer or more: those of its
// vertices, or of its faces. The arguments are as those of Baking.Bake.
func BakeMesh(vertices, faces, scalars Array, between, as []byte) []byte {
	m := newScalarMap(between, as)
	positions, corners, numbers := vertices.Float32s(), faces.Uint32s(), scalars.Float32s()
	at := func(i int) [3]uint8 {
		if i >= len(numbers) {
			return m.nan
		}
		return m.color(numbers[i])
	}
	var colors [][3]uint8
	var normals []float32
	if m.corners {
		colors = make([][3]uint8, len(positions)/3)
		for i := range colors {
			colors[i] = at(i)
		}
		normals = meanNormals(positions, corners)
	} else {
		// Each face has vertices of its own; without normals, pages shade the faces flat.
		positions, corners, colors = apart(positions, corners, at)
	}
	return meshGLB(positions, normals, colors, corners)
}

func apart(positions []float32, corners []uint32, color func(face int) [3]uint8) (own []float32, index []uint32, colors [][3]uint8) {
	for i, v := range corners {
		at := 3 * int(v)
		if at+3 > len(positions) { // no program's: AddMesh checks them
			at = 0
		}
		own = append(own, positions[at:at+3]...)
		index = append(index, uint32(i))
		colors = append(colors, color(i/3))
	}
	return own, index, colors
}

// meanNormals are those of the vertices: of the triangles around them, by their areas.
func meanNormals(positions []float32, corners []uint32) []float32 {
	sums := make([]float32, len(positions))
	for ; len(corners) >= 3; corners = corners[3:] {
		a, b, c := 3*int(corners[0]), 3*int(corners[1]), 3*int(corners[2])
		if max(a, b, c)+3 > len(positions) {
			continue
		}
		var u, v [3]float32
		for k := range 3 {
			u[k], v[k] = positions[b+k]-positions[a+k], positions[c+k]-positions[a+k]
		}
		n := [3]float32{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
		for _, at := range [3]int{a, b, c} {
			for k := range 3 {
				sums[at+k] += n[k]
			}
		}
	}
	for i := 0; i+2 < len(sums); i += 3 {
		x, y, z := float64(sums[i]), float64(sums[i+1]), float64(sums[i+2])
		if l := math.Sqrt(x*x + y*y + z*z); l > 0 && !math.IsInf(l, 0) {
			sums[i], sums[i+1], sums[i+2] = float32(x/l), float32(y/l), float32(z/l)
		} else {
			sums[i], sums[i+1], sums[i+2] = 0, 0, 1
		}
	}
	return sums
}

type glbObject map[string]any

func meshGLB(positions, normals []float32, colors [][3]uint8, index []uint32) []byte {
	var bin []byte
	var views, accessors []glbObject
	add := func(data []byte, more glbObject) int {
		views = append(views, glbObject{"buffer": 0, "byteOffset": len(bin), "byteLength": len(data)})
		bin = append(bin, data...)
		more["bufferView"] = len(views) - 1
		accessors = append(accessors, more)
		return len(accessors) - 1
	}
	const glFloat, glUint, glUshort = 5126, 5125, 5123
	n := len(positions) / 3
	low, high := boundsOf(positions)
	attributes := glbObject{"POSITION": add(Float32s(positions).Data, glbObject{"componentType": glFloat, "count": n, "type": "VEC3", "min": low, "max": high})}
	if normals != nil {
		attributes["NORMAL"] = add(Float32s(normals).Data, glbObject{"componentType": glFloat, "count": n, "type": "VEC3"})
	}
	attributes["COLOR_0"] = add(linearColors(colors), glbObject{"componentType": glUshort, "normalized": true, "count": n, "type": "VEC4"})
	corners := add(Uint32s(index).Data, glbObject{"componentType": glUint, "count": len(index), "type": "SCALAR"})
	scene := glbObject{"asset": glbObject{"version": "2.0"}, "scene": 0, "scenes": []glbObject{{"nodes": []int{0}}}, "nodes": []glbObject{{}}}
	if n > 0 && len(index) > 0 { // glTF has no empty buffers
		scene["nodes"] = []glbObject{{"mesh": 0}}
		scene["meshes"] = []glbObject{{"primitives": []glbObject{{"attributes": attributes, "indices": corners, "material": 0}}}}
		scene["materials"] = []glbObject{{"doubleSided": true, "pbrMetallicRoughness": glbObject{"metallicFactor": 0, "roughnessFactor": 0.42}}}
		scene["accessors"], scene["bufferViews"], scene["buffers"] = accessors, views, []glbObject{{"byteLength": len(bin)}}
	} else {
		bin = nil
	}
	text, err := json.Marshal(scene)
	if err != nil {
		panic(err) // it has only numbers that are finite, and texts
	}
	for len(text)%4 != 0 {
		text = append(text, ' ')
	}
	return packGLB(text, bin)
}

func packGLB(text, bin []byte) []byte {
	size := 12 + 8 + len(text)
	if bin != nil {
		size += 8 + len(bin)
	}
	out := make([]byte, 0, size)
	out = append(out, "glTF"...)
	out = binary.LittleEndian.AppendUint32(out, 2)
	out = binary.LittleEndian.AppendUint32(out, uint32(size))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(text)))
	out = append(append(out, "JSON"...), text...)
	if bin != nil {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(bin)))
		out = append(append(out, "BIN\x00"...), bin...)
	}
	return out
}

// boundsOf leaves out what is not finite, which JSON can't have.
func boundsOf(positions []float32) (low, high [3]float32) {
	for k := range 3 {
		low[k], high[k] = math.MaxFloat32, -math.MaxFloat32
		for i := k; i < len(positions); i += 3 {
			if v := positions[i]; v-v == 0 {
				low[k], high[k] = min(low[k], v), max(high[k], v)
			}
		}
	}
	return low, high
}

// linearColors are colors as glTF has them: linear, 16 bits, and opaque.
func linearColors(colors [][3]uint8) []byte {
	var linear [256]uint16
	for i := range linear {
		c := float64(i) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		linear[i] = uint16(math.Round(c * math.MaxUint16))
	}
	out := make([]byte, 0, 8*len(colors))
	for _, c := range colors {
		for _, v := range c {
			out = binary.LittleEndian.AppendUint16(out, linear[v])
		}
		out = binary.LittleEndian.AppendUint16(out, math.MaxUint16)
	}
	return out
}
