package mesh

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the formats of Decode
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
)

// maxPixels bounds an image: larger ones fit no graphics card.
const maxPixels = 1 << 28

// Decode decodes the image. It fails if Data is nil, or has a format other than PNG, JPEG, WebP, GIF, BMP, TIFF and
// those that the program has registered with package image, or more than 268,435,456 pixels.
func (i *Image) Decode() (image.Image, error) {
	if _, err := Check(i.Data); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(bytes.NewReader(i.Data))
	if err != nil {
		return nil, fmt.Errorf("the picture is broken: %w", err)
	}
	return img, nil
}

// Check returns the type of an encoded image, such as "image/png", and the error that [Image.Decode] would return for
// its header.
func Check(data []byte) (mediaType string, err error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case errors.Is(err, image.ErrFormat):
		return "", errors.New("it is neither PNG, JPEG, WebP, GIF, BMP nor TIFF")
	case err != nil:
		return "", fmt.Errorf("the picture is broken: %w", err)
	case config.Width <= 0 || config.Height <= 0 || config.Width > maxPixels/config.Height:
		return "", fmt.Errorf("%d by %d pixels are too many", config.Width, config.Height)
	}
	return "image/" + format, nil
}
