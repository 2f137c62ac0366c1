package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"runtime"
	"sync"
)

const (
	// maxStrips bounds how many processors one picture takes.
	maxStrips = 4
	// stripMin is the number of pixels from which a picture is encoded by several.
	stripMin = 1 << 16
	// mcu is the height of the rows of blocks that a JPEG consists of.
	mcu = 16
	// maxInterval is how many blocks may be between restart markers.
	maxInterval = 1<<16 - 1
)

// JPEG encodes an image with that quality, 1 to 100.
func JPEG(img image.Image, quality int) ([]byte, error) {
	b := img.Bounds()
	if b.Dx()*b.Dy() < stripMin {
		return encodeJPEG(img, quality)
	}
	if p, ok := AsPixels(img); ok && p.Opaque() {
		return p.JPEG(quality)
	}
	return encodeJPEG(img, quality)
}

func encodeJPEG(img image.Image, quality int) ([]byte, error) {
	var buf bytes.Buffer
	err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality})
	return buf.Bytes(), err
}

// JPEG encodes the picture with that quality, 1 to 100. Transparency is ignored. Strips of it are encoded at the same
// time and joined: between them are the format's restart markers, behind which a decoder begins anew, as each strip's
// encoder has.
func (p Pixels) JPEG(quality int) ([]byte, error) {
	rows := (p.Height + mcu - 1) / mcu
	strips := min(runtime.GOMAXPROCS(0), maxStrips, rows)
	if p.Width*p.Height < stripMin {
		strips = 1
	}
	gray := p.Layout == Gray
	each := (rows + strips - 1) / strips // rows of blocks
	if strips > 1 {
		each = min(each, maxInterval/restartInterval(p.Width, 1, gray))
	}
	strips = (rows + each - 1) / each
	parts, errs := make([][]byte, strips), make([]error, strips)
	inParallel(strips, func(i int) {
		img, free := p.rows(i*each*mcu, min((i+1)*each*mcu, p.Height))
		defer free()
		parts[i], errs[i] = encodeJPEG(img, quality)
	})
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if strips == 1 {
		return parts[0], nil
	}
	return joinStrips(parts, p.Height, restartInterval(p.Width, each, gray)), nil
}

// inParallel calls f for 0 to n-1.
func inParallel(n int, f func(i int)) {
	var wg sync.WaitGroup
	for i := 1; i < n; i++ {
		wg.Go(func() { f(i) })
	}
	f(0)
	wg.Wait()
}

// restartInterval is the number of blocks of a strip. Those of gray images are half as wide and high.
func restartInterval(width, rows int, gray bool) int {
	if gray {
		return (width + 7) / 8 * 2 * rows
	}
	return (width + 15) / 16 * rows
}

// Markers of a JPEG.
const (
	markerSOF = 0xc0
	markerRST = 0xd0
	markerEOI = 0xd9
	markerSOS = 0xda
	markerDRI = 0xdd
)

// joinStrips makes one JPEG of several, which are as wide and have the same tables.
func joinStrips(strips [][]byte, height, interval int) []byte {
	n := 0
	for _, s := range strips {
		n += len(s)
	}
	out := make([]byte, 0, n+8)
	for i, s := range strips {
		head, scan, size := scanOf(s)
		if i == 0 {
			binary.BigEndian.PutUint16(s[size:], uint16(height))
			out = append(out, s[:head]...)
			out = append(out, 0xff, markerDRI, 0, 4, byte(interval>>8), byte(interval))
			out = append(out, s[head:scan]...)
		} else {
			out = append(out, 0xff, markerRST+byte(i-1)%8)
		}
		out = append(out, s[scan:len(s)-2]...) // without the end marker
	}
	return append(out, 0xff, markerEOI)
}

// scanOf returns where the header of the scan and its data begin, and where the height is.
func scanOf(b []byte) (head, scan, height int) {
	at := 2 // behind the start marker
	for b[at+1] != markerSOS {
		if b[at+1] == markerSOF {
			height = at + 5
		}
		at += 2 + int(binary.BigEndian.Uint16(b[at+2:]))
	}
	return at, at + 2 + int(binary.BigEndian.Uint16(b[at+2:])), height
}
