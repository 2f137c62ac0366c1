// Package hdri has ten panoramas that light a scene: viser's presets. They are Poly Haven's, in the public domain
// (CC0), 512 by 256 pixels, together about half a megabyte, which only programs that import this package carry:
//
//	server.Scene().ConfigureEnvironmentMap(hdri.Sunset.Data(), nil)
package hdri

import (
	"embed"
	"fmt"
)

//go:embed presets/*.jpg
var files embed.FS

// A Preset is the name of a panorama.
type Preset string

// The presets.
const (
	Apartment Preset = "apartment"
	City      Preset = "city"
	Dawn      Preset = "dawn"
	Forest    Preset = "forest"
	Lobby     Preset = "lobby"
	Night     Preset = "night"
	Park      Preset = "park"
	Studio    Preset = "studio"
	Sunset    Preset = "sunset"
	Warehouse Preset = "warehouse"
)

// Presets lists all presets, by name.
func Presets() []Preset {
	return []Preset{Apartment, City, Dawn, Forest, Lobby, Night, Park, Studio, Sunset, Warehouse}
}

// ByName returns the preset of that name; the error lists all.
func ByName(name string) (Preset, error) {
	for _, p := range Presets() {
		if string(p) == name {
			return p, nil
		}
	}
	return "", fmt.Errorf("hdri: there is no preset %q; there are %v", name, Presets())
}

// Data returns the panorama as a JPEG with a gain map (Ultra HDR). The slice is
// the caller's. It panics if p is not one of the constants.
func (p Preset) Data() []byte {
	data, err := files.ReadFile("presets/" + string(p) + ".jpg")
	if err != nil {
		panic(fmt.Sprintf("hdri: there is no preset %q; there are %v", string(p), Presets()))
	}
	return data
}
