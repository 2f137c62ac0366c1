// Package gainmap writes Ultra HDR pictures: a JPEG of what a screen can show, and
// behind it a JPEG with the factor by which each pixel is brighter.
package gainmap

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
)

// offset keeps the ratio of two dark pixels near 1.
const offset = 1.0 / 64

// Encode writes width by height pixels of linear light, red, green and blue, row
// by row from the top. Light below 0 counts as none.
func Encode(light []float32, width, height, quality int) ([]byte, error) {
	if width < 1 || height < 1 || len(light) != 3*width*height {
		return nil, fmt.Errorf("%d numbers are not %d x %d pixels", len(light), width, height)
	}
	brightest := 1.0
	for _, x := range light {
		v := float64(x)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errors.New("a pixel is not finite")
		}
		brightest = max(brightest, v)
	}
	// The map reaches from 1 to the brightest; a span of 0 would be no map.
	stops := max(math.Log2((brightest+offset)/(1+offset)), 0.01)
	base, gain := image.NewRGBA(image.Rect(0, 0, width, height)), image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		var b, g [3]uint8
		for c := range 3 {
			b[c], g[c] = split(max(0, float64(light[3*i+c])), stops)
		}
		base.SetRGBA(i%width, i/width, color.RGBA{b[0], b[1], b[2], 255})
		gain.SetRGBA(i%width, i/width, color.RGBA{g[0], g[1], g[2], 255})
	}
	return join(base, gain, stops, quality)
}

// split distributes a pixel to the two pictures.
func split(light, stops float64) (base, gain uint8) {
	shown := min(light, 1)
	base = uint8(math.Round(255 * srgb(shown)))
	ratio := math.Log2((light + offset) / (shown + offset))
	return base, uint8(math.Round(255 * min(ratio/stops, 1)))
}

func srgb(x float64) float64 {
	if x <= 0.0031308 {
		return 12.92 * x
	}
	return 1.055*math.Pow(x, 1/2.4) - 0.055
}

const xmpHead = "http://ns.adobe.com/xap/1.0/\x00"

const gainXMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" hdrgm:GainMapMin="0" hdrgm:GainMapMax="%[1]v" hdrgm:Gamma="1" hdrgm:OffsetSDR="%[2]v" hdrgm:OffsetHDR="%[2]v" hdrgm:HDRCapacityMin="0" hdrgm:HDRCapacityMax="%[1]v" hdrgm:BaseRenditionIsHDR="False"/></rdf:RDF></x:xmpmeta>`

const baseXMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Container="http://ns.google.com/photos/1.0/container/" xmlns:Item="http://ns.google.com/photos/1.0/container/item/" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"><Container:Directory><rdf:Seq><rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/></rdf:li><rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="GainMap" Item:Mime="image/jpeg" Item:Length="%d"/></rdf:li></rdf:Seq></Container:Directory></rdf:Description></rdf:RDF></x:xmpmeta>`

// join writes the two JPEGs, one after the other, with the metadata for that.
func join(base, gain image.Image, stops float64, quality int) ([]byte, error) {
	first, err := encodeJPEG(base, quality)
	if err != nil {
		return nil, err
	}
	second, err := encodeJPEG(gain, quality)
	if err != nil {
		return nil, err
	}
	second = insert(second, segment(0xe1, xmpHead+fmt.Sprintf(gainXMP, stops, offset)))
	xmp := segment(0xe1, xmpHead+fmt.Sprintf(baseXMP, len(second)))
	mpfAt := 2 + len(xmp)
	size := len(first) + len(xmp) + mpfLength
	first = insert(first, append(xmp, mpf(size, len(second), mpfAt)...))
	return append(first, second...), nil
}

func encodeJPEG(m image.Image, quality int) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality})
	return b.Bytes(), err
}

// insert puts segments in front of a JPEG's own.
func insert(file, segments []byte) []byte {
	out := append([]byte{}, file[:2]...)
	return append(append(out, segments...), file[2:]...)
}

func segment(marker byte, body string) []byte {
	out := []byte{0xff, marker, 0, 0}
	binary.BigEndian.PutUint16(out[2:], uint16(len(body)+2))
	return append(out, body...)
}

const mpfLength = 4 + 4 + 8 + 2 + 3*12 + 4 + 2*16

// mpf is the segment, at position at of the file, with the index of both
// pictures: their offsets count from its byte order mark.
func mpf(first, second, at int) []byte {
	b := []byte("MPF\x00MM\x00*")
	be := binary.BigEndian
	b = be.AppendUint32(b, 8)
	b = be.AppendUint16(b, 3)
	entry := func(tag, typ uint16, count, value uint32) {
		b = be.AppendUint32(be.AppendUint32(be.AppendUint16(be.AppendUint16(b, tag), typ), count), value)
	}
	entry(0xb000, 7, 4, be.Uint32([]byte("0100")))
	entry(0xb001, 4, 1, 2)
	entry(0xb002, 7, 32, 8+2+3*12+4)
	b = be.AppendUint32(b, 0)
	picture := func(kind, size, offset uint32) {
		b = be.AppendUint32(be.AppendUint32(be.AppendUint32(be.AppendUint32(b, kind), size), offset), 0)
	}
	picture(0x030000, uint32(first), 0)
	picture(0, uint32(second), uint32(first-at-8))
	return segment(0xe2, string(b))
}
