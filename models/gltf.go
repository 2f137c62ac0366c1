package models

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/transform"
)

// GLB is a glTF file, with all that belongs to it in one.
type GLB struct {
	// Data is a GLB file, for viser's AddGLB.
	Data []byte
	// Info tells what is in it.
	Info *gltf.Info
}

// mostGLB is the largest file: browsers hold it in memory, several times.
const mostGLB = 1 << 30

// readGLTF reads a glTF file in JSON or binary, with the buffers and images that it refers to.
func readGLTF(in *input) (*Model, error) {
	data, err := in.all(mostGLB)
	if err != nil {
		return nil, err
	}
	m := &Model{Up: "y"}
	if !bytes.HasPrefix(data, []byte("glTF")) || gltf.CheckGLB(data) != nil {
		if data, m.NotShown, err = gltf.Embed(data, &gltf.EmbedOptions{Open: in.opener(), MaxBytes: mostGLB}); err != nil {
			return nil, err
		}
	}
	if err := gltf.CheckGLB(data); err != nil {
		return nil, err
	}
	info, err := gltf.Describe(data)
	if err != nil {
		return nil, err
	}
	m.GLB = &GLB{data, info}
	m.Cameras = gltfCameras(info)
	for _, extension := range info.ExtensionsRequired {
		if !slices.Contains(shownExtensions, extension) {
			m.NotShown = append(m.NotShown, "what needs the extension "+extension)
		}
	}
	return m, nil
}

// shownExtensions are those that files may require, and the page knows.
var shownExtensions = []string{
	"EXT_mesh_gpu_instancing", "EXT_meshopt_compression", "EXT_texture_avif", "EXT_texture_webp", "KHR_draco_mesh_compression",
	"KHR_lights_punctual", "KHR_materials_clearcoat", "KHR_materials_dispersion", "KHR_materials_emissive_strength",
	"KHR_materials_ior", "KHR_materials_iridescence", "KHR_materials_sheen", "KHR_materials_specular",
	"KHR_materials_transmission", "KHR_materials_unlit", "KHR_materials_volume", "KHR_mesh_quantization", "KHR_texture_transform",
}

// gltfCameras are the cameras with a perspective, which look along -z there, with y up.
func gltfCameras(info *gltf.Info) (cameras []Camera) {
	turn := transform.SO3{X: 1}
	for _, c := range info.Cameras {
		if c.FOV <= 0 {
			continue
		}
		at := c.Pose.Matrix()
		rotation, ok := unscaled(at)
		if !ok {
			continue
		}
		camera := Camera{Name: strings.TrimSpace(c.Name), FOV: c.FOV, Aspect: c.Aspect}
		camera.Pose.Rotation = transform.SO3FromMatrix(rotation).Multiply(turn)
		camera.Pose.Translation = [3]float64{at[3], at[7], at[11]}
		if camera.Aspect <= 0 {
			camera.Aspect = 16. / 9
		}
		cameras = append(cameras, camera)
	}
	return cameras
}

// unscaled is the rotation in a matrix of a rotation and a scale; false if there is none.
func unscaled(m [16]float64) (rotation [3][3]float64, ok bool) {
	for column := range 3 {
		size := math.Hypot(math.Hypot(m[column], m[4+column]), m[8+column])
		if !(size > 0) || math.IsInf(size, 0) {
			return rotation, false
		}
		for row := range 3 {
			rotation[row][column] = m[4*row+column] / size
		}
	}
	return rotation, true
}
