package cli

import (
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the formats of textures
	_ "image/jpeg"
	_ "image/png"
	"io"
	"os"
	"path"
	"strings"
)

// maxTexturePixels bounds a texture: larger ones fit no graphics card.
const maxTexturePixels = 1 << 28

// openTexture reads an image that a file refers to. It must be in the file's folder or below: a file must not refer
// to other folders. Of other paths, as written by some programs, only the last element is used.
func openTexture(dir, name string) (image.Image, error) {
	name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	f, err := os.OpenInRoot(dir, name)
	if err != nil {
		if f, err = os.OpenInRoot(dir, path.Base(name)); err != nil {
			return nil, reasonOf(err)
		}
	}
	defer f.Close() // nothing was written
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.New("it is not a file")
	}
	config, _, err := image.DecodeConfig(f)
	switch {
	case errors.Is(err, image.ErrFormat):
		return nil, errors.New("it is neither PNG, JPEG nor GIF")
	case err != nil:
		return nil, err
	case config.Width*config.Height > maxTexturePixels:
		return nil, fmt.Errorf("%d by %d pixels are too many", config.Width, config.Height)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(f)
	return img, err
}
