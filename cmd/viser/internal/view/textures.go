package view

import (
	"errors"
	"fmt"
	"image"
)

// loadTextures opens the images that the file names, as far as they are used; nil for those that cannot be had.
func (v *viewer) loadTextures(open func(name string) (image.Image, error)) []image.Image {
	m := v.model
	if len(m.Textures) == 0 || len(m.Faces) == 0 {
		for _, name := range m.Textures {
			v.notShown(fmt.Sprintf("texture %q (the file has no faces)", name))
		}
		return nil
	}
	if m.UVs == nil && m.FaceUVs == nil {
		for _, name := range m.Textures {
			v.notShown(fmt.Sprintf("texture %q (the file has no texture coordinates)", name))
		}
		return nil
	}
	textures := make([]image.Image, len(m.Textures))
	found := false
	for i, name := range m.Textures {
		if i > 0 && m.FaceTextures == nil {
			v.notShown(fmt.Sprintf("texture %q (no face has it)", name))
			continue
		}
		img, err := open(name)
		if err != nil {
			v.notShown(fmt.Sprintf("texture %q (%v)", name, err))
			continue
		}
		textures[i], found = img, true
	}
	if !found {
		return nil
	}
	return textures
}

// noTextures is how textures are opened where there is no folder to look in.
func noTextures(string) (image.Image, error) { return nil, errors.New("standard input has no folder") }
