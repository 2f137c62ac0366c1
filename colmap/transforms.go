package colmap

import (
	"fmt"
	"image"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/viser-go/viser/formats/transforms"
)

// FromTransforms makes a model without points of a transforms.json, to be shown by [Add]. dir is the folder of the file,
// in which it looks for pictures: for their sizes where the file does not have them, and for the extension where the
// name has none. A camera whose field of view remains unknown is shown without a frustum.
func FromTransforms(c *transforms.Capture, dir string) *Model {
	m := &Model{Cameras: map[uint32]Camera{}, Skipped: slices.Clone(c.Skipped)}
	root, err := os.OpenRoot(dir)
	if err != nil {
		m.Skipped = append(m.Skipped, fmt.Sprintf("pictures: %v", err))
	} else {
		defer root.Close() // nothing was written
	}
	numbers := map[transforms.Camera]uint32{}
	for i, f := range c.Frames {
		name := pictureName(root, f.File)
		number, ok := numbers[f.Camera]
		if !ok {
			number = uint32(len(numbers) + 1)
			numbers[f.Camera] = number
			m.Cameras[number] = pinholeOf(root, f.Camera, name)
		}
		m.Images = append(m.Images, Image{ID: uint32(i), Name: name, Camera: number, Pose: f.Pose})
	}
	return m
}

// pictureName adds the extension that a picture has, where the file leaves it out.
func pictureName(root *os.Root, name string) string {
	name = filepath.ToSlash(filepath.Clean(filepath.FromSlash(name)))
	if root == nil {
		return name
	}
	for _, ext := range []string{"", ".png", ".jpg", ".jpeg"} {
		if info, err := root.Stat(filepath.FromSlash(name + ext)); err == nil && info.Mode().IsRegular() {
			return name + ext
		}
	}
	return name
}

// pinholeOf is a camera without its distortion, which no frustum shows.
func pinholeOf(root *os.Root, c transforms.Camera, picture string) Camera {
	w, h := c.Width, c.Height
	if root != nil && (w == 0 || h == 0) {
		if f, err := root.Open(filepath.FromSlash(picture)); err == nil {
			defer f.Close() // nothing was written
			if config, _, err := image.DecodeConfig(f); err == nil {
				w, h = config.Width, config.Height
			}
		}
	}
	out := Camera{Model: "PINHOLE", Width: w, Height: h}
	if fov, _, ok := c.FOV(w, h); ok {
		f := focal(fov, h)
		out.Params = []float64{f, f, float64(w) / 2, float64(h) / 2}
	}
	return out
}

// focal is the focal length of a field of view, in pixels.
func focal(fov float64, height int) float64 { return float64(height) / 2 / math.Tan(fov/2) }
