package viser

import (
	"bytes"
	"errors"
	"image"
	"image/color"

	"github.com/viser-go/viser/internal/picture"
	"github.com/viser-go/viser/internal/wire"
)

// ToneMapping is how brightness becomes color, for what is lit.
type ToneMapping string

// The tone mappings.
const (
	LinearToneMapping = ToneMapping(wire.ToneMappingLinear) // colors as given; what is brighter than white is white
	FilmicToneMapping = ToneMapping(wire.ToneMappingFilmic) // bright parts keep their shades, as on film: viser's look
)

// SetToneMapping sets how the brightness of what is lit becomes color; "" is
// [LinearToneMapping], the default. What is not lit (points, lines, labels,
// images, splats) has its colors as given with either. Pages of upstream viser
// are not sent it: they always have their own. It panics with a *UsageError if
// the value is none of the tone mappings.
func (s *Scene) SetToneMapping(mapping ToneMapping) {
	m := or(mapping, LinearToneMapping)
	oneOf("Scene.SetToneMapping", "ToneMapping", m, LinearToneMapping, FilmicToneMapping)
	s.scope.SetExtendedCell("tone mapping", &wire.SetToneMappingMessage{ToneMapping: string(m)})
}

// FogOptions are the options of ConfigureFog.
type FogOptions struct {
	Color    color.Color // default white
	Disabled bool        // there is no fog
}

// ConfigureFog fills the scene with fog: things nearer to the camera than near
// (in scene units) are clear, those beyond far have the fog's color. It panics
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
	Background           bool     // the surroundings are seen behind the scene
	BackgroundBlurriness float64  // how blurred they are there, 0 to 1; default 0
	BackgroundIntensity  *float64 // how bright they are there; default 1
	BackgroundWXYZ       Quat     // how they are turned there; zero value: identity
	EnvironmentIntensity *float64 // how brightly they light the scene; default 1
	EnvironmentWXYZ      Quat     // how they are turned when they light it; zero value: identity
}

// ConfigureEnvironmentMap lights the scene with a picture of surroundings. hdr is a
// panorama (equirectangular, as wide as twice its height): a JPEG with a gain map
// (Ultra HDR), such as those of package hdri, or the Radiance format (.hdr), which
// upstream viser's page cannot show. nil removes the surroundings. Each call sends the
// picture again; hdr is copied.
//
// It returns an error if hdr is in neither format, and panics with a *UsageError
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
	case bytes.HasPrefix(hdr, []byte("#?")):
		return nil
	case !bytes.HasPrefix(hdr, []byte{0xff, 0xd8, 0xff}):
		return errors.New("viser: environment map: neither a JPEG with a gain map nor a Radiance picture (.hdr); convert it to one of them")
	case !bytes.Contains(hdr, []byte("hdrgm:")) && !bytes.Contains(hdr, []byte("urn:iso:std:iso:ts:21496:-1")):
		return errors.New("viser: environment map: a JPEG without a gain map (Ultra HDR) has no light brighter than white; convert an HDR picture instead")
	}
	return nil
}

// BackgroundImageOptions are the options of SetBackgroundImage.
type BackgroundImageOptions struct {
	Format      ImageFormat // the encoding of the image; default AutoFormat
	JPEGQuality int         // 1 to 100; default 75
	Depth       *DepthMap   // nil: the image is behind everything
}

// A DepthMap is the depth of an image: for each pixel, row by row from the top left,
// its distance from the camera along the direction of view, in scene units. It is sent
// in steps of 1e-5, up to 167.77215; what is farther away, or NaN, is sent as that.
type DepthMap struct {
	Width, Height int
	Depths        []float32 // Width times Height of them
}

// SetBackgroundImage shows an image behind the scene, stretched to the canvas. With a
// depth map, which may have another size than the image, nodes are hidden by what in
// the image is nearer to the camera. nil removes the image, as Reset does. The image is
// encoded before the call returns, and is lit by nothing. It panics with a *UsageError
// if the image is empty or the depth map's sizes do not fit.
func (s *Scene) SetBackgroundImage(img image.Image, opts *BackgroundImageOptions) {
	const fn = "Scene.SetBackgroundImage"
	o := orPtr(opts, BackgroundImageOptions{})
	checkImageFormat(fn, o.Format)
	m := &wire.BackgroundImageMessage{Format: string(or(o.Format, PNG))}
	if img != nil {
		data, used := encodeImage(fn, img, o.Format, o.JPEGQuality)
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
