package viser_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestBackgroundImage(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		sc := s.Scene()
		img := image.NewGray(image.Rect(0, 0, 4, 4))
		inf, nan := float32(math.Inf(1)), float32(math.NaN())
		depth := &viser.DepthMap{Width: 3, Height: 2, Depths: []float32{0, 1, 167, inf, nan, -inf}}
		sc.SetBackgroundImage(img, &viser.BackgroundImageOptions{Depth: depth})
		p.catchUp()
		m := last[*wire.BackgroundImageMessage](p)
		decoded, err := png.Decode(bytes.NewReader(m.DepthData))
		if err != nil || m.Format != "jpeg" || len(m.RgbData) == 0 {
			t.Fatal(err, m.Format)
		}
		var got []int
		for i := range 6 {
			c := decoded.(*image.NRGBA).NRGBAAt(i%3, i/3)
			got = append(got, int(c.R)<<16|int(c.G)<<8|int(c.B))
		}
		if diff := cmp.Diff([]int{0, 100_000, 16_700_000, 1<<24 - 1, 1<<24 - 1, 0}, got); diff != "" {
			t.Error(diff)
		}
		late := open(t, s, true)
		if ms := all[*wire.BackgroundImageMessage](late); len(ms) != 1 || len(ms[0].DepthData) == 0 {
			t.Error("a page that comes later does not see the background")
		}
		var usual bytes.Buffer
		if err := jpeg.Encode(&usual, img, &jpeg.Options{Quality: 75}); err != nil || !bytes.Equal(m.RgbData, usual.Bytes()) {
			t.Error("the picture is not of the default quality", err)
		}
		c.Scene().SetBackgroundImage(img, nil)
		sc.Reset()
		p.catchUp()
		if m := last[*wire.BackgroundImageMessage](p); m.RgbData != nil || m.DepthData != nil {
			t.Error("the background is left")
		}
		misused(t, "depths", func() {
			sc.SetBackgroundImage(img, &viser.BackgroundImageOptions{Depth: &viser.DepthMap{Width: 2, Height: 2}})
		})
		misused(t, "an empty image", func() { sc.SetBackgroundImage(image.NewGray(image.Rectangle{}), nil) })
		misused(t, "a quality", func() { sc.SetBackgroundImage(img, &viser.BackgroundImageOptions{JPEGQuality: 101}) })
		misused(t, "a format", func() { sc.SetBackgroundImage(nil, &viser.BackgroundImageOptions{Format: "gif"}) })
	})
}

func TestSurroundings(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connectAs(t, s, true)
		sc := s.Scene()
		sc.ConfigureDefaultLights(false, true)
		sc.ConfigureFog(2, 9, nil)
		sc.SetToneMapping(viser.FilmicToneMapping)
		hdr := []byte("#?RADIANCE\n")
		if err := sc.ConfigureEnvironmentMap(hdr, &viser.EnvironmentMapOptions{Background: true, BackgroundIntensity: new(0.0)}); err != nil {
			t.Fatal(err)
		}
		hdr[0] = 'X' // the caller's again
		p.catchUp()
		checkOne(t, p, func(m *wire.EnableLightsMessage) any { return *m }, wire.EnableLightsMessage{CastShadow: true})
		checkOne(t, p, func(m *wire.SetToneMappingMessage) any { return *m }, wire.SetToneMappingMessage{ToneMapping: "filmic"})
		checkOne(t, p, func(m *wire.FogMessage) any { return *m }, wire.FogMessage{Near: 2, Far: 9, Color: [3]uint8{255, 255, 255}, Enabled: true})
		identity := [4]float64{1, 0, 0, 0}
		checkOne(t, p, func(m *wire.EnvironmentMapMessage) any { return *m }, wire.EnvironmentMapMessage{
			HDRIData: []byte("#?RADIANCE\n"), Background: true, BackgroundWXYZ: identity, EnvironmentIntensity: 1, EnvironmentWXYZ: identity,
		})
	})
}

func TestEnvironmentMapsOfOtherFormats(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	if err := s.Scene().ConfigureEnvironmentMap([]byte("\x76\x2f\x31\x01 and so on"), nil); err != nil {
		t.Error("OpenEXR:", err)
	}
	for name, test := range map[string]struct{ data, want string }{
		"empty":            {"", "neither"},
		"PNG":              {"\x89PNG\r\n\x1a\n", "neither"},
		"an everyday JPEG": {"\xff\xd8\xff\xe0 and so on", "without a gain map"},
	} {
		err := s.Scene().ConfigureEnvironmentMap([]byte(test.data), nil)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
