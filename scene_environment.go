package viser

import (
	"bytes"
	"errors"
	"image"
	"image/color"

	"github.com/viser-go/viser/internal/picture"
	"github.com/viser-go/viser/internal/wire"
)

// ToneMapping is how the brightness of lit surfaces is mapped to color.
type ToneMapping string

// The tone mappings.
const (
	LinearToneMapping ToneMapping = ToneMapping(wire.ToneMappingLinear) // colors as given; values above white are clipped
	FilmicToneMapping ToneMapping = ToneMapping(wire.ToneMappingFilmic) // highlights are compressed, as on film: upstream viser's look
)

// SetToneMapping sets how the brightness of lit surfaces is mapped to color; "" is
// [LinearToneMapping], the default. Unlit nodes (points, lines, labels, images, splats)
// are not affected. Upstream viser's client does not receive the setting and always
// uses its own mapping. It panics with a *UsageError if the value is not one of the
// constants.
func (s *Scene) SetToneMapping(mapping ToneMapping) {
	m := or(mapping, LinearToneMapping)
	oneOf("Scene.SetToneMapping", "ToneMapping", m, LinearToneMapping, FilmicToneMapping)
	s.scope.SetExtendedCell("tone mapping", &wire.SetToneMappingMessage{ToneMapping: string(m)})
}

// FogOptions are the options of ConfigureFog.
type FogOptions struct {
	Color    color.Color // the color of the fog; default white
	Disabled bool        // whether the fog is removed; default false
}

// ConfigureFog adds fog to the scene: nodes closer to the camera than near are
// unaffected, nodes beyond far have the fog's color. Both are in scene units. It panics
// with a *UsageError unless 0 <= near < far.
func (s *Scene) ConfigureFog(near, far float64, opts *FogOptions) {
	const fn = "Scene.ConfigureFog"
	o := orPtr(opts, FogOptions{})
	checkFinite(fn, near, far)
	if near < 0 || near >= far {
		usage(fn, "near is %v and far is %v; it must be 0 <= near < far", near, far)
	}
	s.scope.SetCell("fog", &wire.FogMessage{Near: near, Far: far, Color: rgbOf(o.Color, RGB{255, 255, 255}), Enabled: !o.Disabled})
}

// EnvironmentMapOptions are the options of ConfigureEnvironmentMap.
type EnvironmentMapOptions struct {
	Background           bool     // whether the surroundings are shown as the background; default false
	BackgroundBlurriness float64  // the blurriness of the background, 0 to 1; default 0
	BackgroundIntensity  *float64 // the intensity of the background; default 1
	BackgroundWXYZ       Quat     // the orientation of the background; default the identity
	EnvironmentIntensity *float64 // the intensity of the light on the scene; default 1
	EnvironmentWXYZ      Quat     // the orientation of the light on the scene; default the identity
}

// ConfigureEnvironmentMap lights the scene with its surroundings: hdr is an
// equirectangular panorama, twice as wide as high: a JPEG with a gain map (Ultra HDR),
// such as those of package hdri, or the Radiance or OpenEXR format (.hdr, .exr), which
// upstream viser's client does not support. nil removes the surroundings. Each call sends the picture
// again; hdr is copied.
//
// It returns an error if hdr is in none of these formats, and panics with a *UsageError
// if an option is out of its range.
func (s *Scene) ConfigureEnvironmentMap(hdr []byte, opts *EnvironmentMapOptions) error {
	const fn = "Scene.ConfigureEnvironmentMap"
	o := orPtr(opts, EnvironmentMapOptions{})
	m := &wire.EnvironmentMapMessage{
		Background: o.Background, BackgroundBlurriness: o.BackgroundBlurriness,
		BackgroundIntensity: orPtr(o.BackgroundIntensity, 1), BackgroundWXYZ: orIdentity(o.BackgroundWXYZ).WXYZ(),
		EnvironmentIntensity: orPtr(o.EnvironmentIntensity, 1), EnvironmentWXYZ: orIdentity(o.EnvironmentWXYZ).WXYZ(),
	}
	checkUnit(fn, "BackgroundBlurriness", m.BackgroundBlurriness)
	checkNotNegative(fn, "BackgroundIntensity", m.BackgroundIntensity)
	checkNotNegative(fn, "EnvironmentIntensity", m.EnvironmentIntensity)
	checkFinite(fn, m.BackgroundWXYZ[:]...)
	checkFinite(fn, m.EnvironmentWXYZ[:]...)
	if hdr != nil {
		if err := checkHDR(hdr); err != nil {
			return err
		}
		m.HDRIData = bytes.Clone(hdr)
	}
	s.scope.SetCell("environment", m)
	return nil
}

// checkHDR checks the format only; the page decodes.
func checkHDR(hdr []byte) error {
	switch {
	case bytes.HasPrefix(hdr, []byte("#?")), bytes.HasPrefix(hdr, []byte("\x76\x2f\x31\x01")):
		return nil
	case !bytes.HasPrefix(hdr, []byte{0xff, 0xd8, 0xff}):
		return errors.New("viser: environment map: neither a JPEG with a gain map nor a Radiance or OpenEXR picture (.hdr, .exr); convert it to one of them")
	case !bytes.Contains(hdr, []byte("hdrgm:")) && !bytes.Contains(hdr, []byte("urn:iso:std:iso:ts:21496:-1")):
		return errors.New("viser: environment map: a JPEG without a gain map (Ultra HDR) has no light brighter than white; convert an HDR picture instead")
	}
	return nil
}

// BackgroundImageOptions are the options of SetBackgroundImage.
type BackgroundImageOptions struct {
	Format      ImageFormat // the encoding of the image; default AutoFormat
	JPEGQuality int         // the quality of a JPEG, 1 to 100; default 75
	Depth       *DepthMap   // the depths of the image; default none: the image is behind all nodes
}

// A DepthMap has the depths of an image: for each pixel, row by row from the top left,
// the distance from the camera along the viewing direction, in scene units. Depths are
// sent in steps of 1e-5 up to 167.77215; greater values and NaN are sent as that.
type DepthMap struct {
	Width, Height int
	Depths        []float32 // Width × Height values
}

// SetBackgroundImage shows an image behind the scene, stretched to the canvas. With a
// depth map, which may differ in size from the image, parts of the image that are
// closer to the camera hide nodes. nil removes the image, as Reset does. The image is
// encoded before the call returns, and is not affected by lights. It panics with a
// *UsageError if the image is empty or the length of Depths is not Width × Height.
func (s *Scene) SetBackgroundImage(img image.Image, opts *BackgroundImageOptions) {
	const fn = "Scene.SetBackgroundImage"
	o := orPtr(opts, BackgroundImageOptions{})
	checkImageFormat(fn, o.Format)
	m := &wire.BackgroundImageMessage{Format: string(or(o.Format, PNG))}
	if img != nil {
		data, used := encodeImage(fn, img, o.Format, jpegQuality(fn, o.JPEGQuality))
		m.RgbData, m.Format = data, string(used)
	}
	if o.Depth != nil {
		m.DepthData = o.Depth.encode(fn)
	}
	s.scope.SetCell("background", m)
}

func (d *DepthMap) encode(fn string) []byte {
	if d.Width <= 0 || d.Height <= 0 || len(d.Depths) != d.Width*d.Height {
		usage(fn, "a depth map of %d by %d with %d depths: there must be one per pixel", d.Width, d.Height, len(d.Depths))
	}
	b, err := picture.Depth(d.Width, d.Height, d.Depths)
	if err != nil {
		usage(fn, "the depth map cannot be encoded: %v", err)
	}
	return b
}
