// Package icon has the Tabler icons by name, for everything with a viser.Icon: buttons, tabs,
// commands.
//
// The icons are embedded in compressed form, 0.4 MB, and decompressed on first use. A program that uses no
// name of this package links none of them.
//
// The icons are the work of Paweł Kuna and others, https://tabler.io/icons, under the MIT license in the file
// LICENSE-tabler.
package icon

import (
	"bytes"
	"compress/zlib"
	_ "embed"
	"io"
	"strings"
	"sync"
)

//go:generate ./generate.sh

// A Name is the name of an icon, as Tabler spells it: "camera-plus" is CameraPlus. It is a viser.Icon.
type Name string

// SVG returns the drawing as an svg element, "" if there is no icon with that name.
func (n Name) SVG() string {
	drawings.once.Do(func() { drawings.byName = unpack(packed) })
	return drawings.byName[n]
}

// packed is what the generator wrote: for each icon a line with its name, its drawing, and a zero byte.
//
//go:embed icons.zlib
var packed []byte

var drawings struct {
	once   sync.Once
	byName map[Name]string
}

func unpack(packed []byte) map[Name]string {
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic("icon: the embedded icons are damaged: " + err.Error())
	}
	text, err := io.ReadAll(r)
	if err != nil {
		panic("icon: the embedded icons are damaged: " + err.Error())
	}
	byName := map[Name]string{}
	for entry := range strings.SplitSeq(strings.TrimSuffix(string(text), "\x00"), "\x00") {
		name, drawing, _ := strings.Cut(entry, "\n")
		byName[Name(name)] = drawing
	}
	return byName
}
