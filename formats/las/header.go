package las

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/internal/sniff"
)

// Where the header has its numbers, in bytes.
const (
	versionAt = 24
	sizeAt    = 94
	pointsAt  = 96
	vlrsAt    = 100
	formatAt  = 104
	countAt   = 107
	scaleAt   = 131
	count64At = 247

	headerSize10 = 227 // of versions 1.0 to 1.2
	headerSize13 = 235
	headerSize14 = 375
	maxHeader    = 16 << 10
	vlrSize      = 54
)

// maxVLRs bounds the variable length records that are kept, and maxVLRBytes their data. Real files have under ten.
const (
	maxVLRs     = 1 << 12
	maxVLRBytes = 16 << 20
)

// Header is the header of a LAS or LAZ file.
type Header struct {
	// Major and Minor are the version, such as 1 and 4.
	Major, Minor uint8
	// GlobalEncoding are its flags, as the specification lists them.
	GlobalEncoding uint16
	// System and Software made the file; Year and Day of the year say when. 0 is unknown.
	System, Software string
	Year, Day        uint16
	// PointsAt is the number of bytes before the points.
	PointsAt uint32
	// PointFormat is 0 to 10, and RecordLength the size of a point's record in bytes. Compressed marks a LAZ file: the
	// records are those that are compressed.
	PointFormat  uint8
	RecordLength uint16
	Compressed   bool
	// Points is the number of points.
	Points uint64
	// Scale and Offset turn the integers of the records into coordinates: Offset + Scale times the integer.
	Scale, Offset [3]float64
	// Min and Max are the bounds that the header claims.
	Min, Max [3]float64
	// VLRs are the variable length records before the points.
	VLRs []VLR
	// EVLRs is the number of extended variable length records behind the points, which are at byte EVLRsAt.
	EVLRs   uint32
	EVLRsAt uint64
	// Skipped names what before the points could not be read, such as a record that is longer than its place.
	Skipped []string
}

// VLR is a variable length record.
type VLR struct {
	// UserID and RecordID say what the record is, such as "LASF_Spec" and 4 for the extra bytes.
	UserID      string
	RecordID    uint16
	Description string
	Data        []byte
}

// taker hands out the bytes of a file one after the other.
type taker interface {
	// Next returns the next n bytes. They are valid until the next call.
	Next(n int) ([]byte, error)
	Discard(n uint64) error
	Offset() int64
}

// ReadHeader reads the header of a LAS or LAZ file, and the records after it: exactly [Header.PointsAt] bytes of r. The
// errors are of type [*cloud.Error].
func ReadHeader(r io.Reader) (*Header, error) { return readHeader(&exactReader{r: r}) }

// exactReader reads no more than it is asked for.
type exactReader struct {
	r      io.Reader
	buf    []byte
	offset int64
}

func (e *exactReader) Next(n int) ([]byte, error) {
	if cap(e.buf) < n {
		e.buf = make([]byte, n)
	}
	got, err := io.ReadFull(e.r, e.buf[:n])
	e.offset += int64(got)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return e.buf[:got], err
}

func (e *exactReader) Discard(n uint64) error {
	got, err := io.CopyN(io.Discard, e.r, int64(min(n, math.MaxInt64)))
	e.offset += got
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}

func (e *exactReader) Offset() int64 { return e.offset }

func readHeader(t taker) (*Header, error) {
	h := &Header{}
	if at, err := h.read(t); err != nil {
		if at < 0 {
			at = t.Offset()
		}
		return nil, failure("header", at, err)
	}
	return h, nil
}

// read returns with an error where it is; -1 is where the taker is.
func (h *Header) read(t taker) (at int64, err error) {
	raw, err := t.Next(sizeAt + 2)
	if len(raw) < 4 || string(raw[:4]) != "LASF" {
		if err == nil || err == io.ErrUnexpectedEOF {
			err = notLAS(raw)
		}
		return 0, err
	}
	if err != nil {
		return -1, err
	}
	first := bytes.Clone(raw)
	size := int(binary.LittleEndian.Uint16(first[sizeAt:]))
	h.Major, h.Minor = first[versionAt], first[versionAt+1]
	if h.Major != 1 || h.Minor > 4 {
		return versionAt, fmt.Errorf("this is LAS %d.%d; versions 1.0 to 1.4 can be read", h.Major, h.Minor)
	}
	least := headerSize10
	if h.Minor >= 4 {
		least = headerSize14
	}
	if size < least || size > maxHeader {
		return sizeAt, fmt.Errorf("a header of version 1.%d has at least %d bytes, not %d", h.Minor, least, size)
	}
	raw, err = t.Next(size - len(first))
	if err != nil {
		return -1, err
	}
	whole := append(first, raw...)
	if at, err := h.parse(whole); err != nil {
		return at, err
	}
	return -1, h.readVLRs(t, binary.LittleEndian.Uint32(whole[vlrsAt:]))
}

func notLAS(start []byte) error {
	reason := `this is not a LAS file: it does not begin with "LASF"`
	if name := sniff.Name(start); name != "" {
		reason += "; it looks like " + name
	}
	return errors.New(reason)
}

// parse reads a whole header.
func (h *Header) parse(b []byte) (at int64, err error) {
	le := binary.LittleEndian
	h.GlobalEncoding = le.Uint16(b[6:])
	h.System, h.Software = text(b[26:58]), text(b[58:90])
	h.Day, h.Year = le.Uint16(b[90:]), le.Uint16(b[92:])
	h.PointsAt = le.Uint32(b[pointsAt:])
	if int64(h.PointsAt) < int64(len(b)) {
		return pointsAt, fmt.Errorf("the points cannot begin at byte %d: the header has %d", h.PointsAt, len(b))
	}
	const compressed = 1<<7 | 1<<6 // older programs set the second as well
	h.PointFormat, h.Compressed = b[formatAt]&^compressed, b[formatAt]&compressed != 0
	h.RecordLength = le.Uint16(b[formatAt+1:])
	if int(h.PointFormat) >= len(formats) {
		return formatAt, fmt.Errorf("unknown point format %d; 0 to 10 can be read", h.PointFormat)
	}
	if least := formats[h.PointFormat].size; h.RecordLength < least {
		return formatAt + 1, fmt.Errorf("a point of format %d has at least %d bytes, not %d", h.PointFormat, least, h.RecordLength)
	}
	h.Points = uint64(le.Uint32(b[countAt:]))
	if h.Minor >= 4 {
		h.EVLRsAt, h.EVLRs = le.Uint64(b[235:]), le.Uint32(b[243:])
		if n := le.Uint64(b[count64At:]); n > 0 {
			h.Points = n // otherwise the older count is all that there is
		}
	}
	for axis := range 3 {
		at := scaleAt + 8*axis
		h.Scale[axis] = math.Float64frombits(le.Uint64(b[at:]))
		h.Offset[axis] = math.Float64frombits(le.Uint64(b[at+24:]))
		h.Max[axis] = math.Float64frombits(le.Uint64(b[179+16*axis:]))
		h.Min[axis] = math.Float64frombits(le.Uint64(b[187+16*axis:]))
		if s, o := h.Scale[axis], h.Offset[axis]; s == 0 || s*0 != 0 || o*0 != 0 {
			return int64(at), fmt.Errorf("coordinate %c cannot have a scale of %v and an offset of %v", 'x'+axis, s, o)
		}
	}
	return 0, nil
}

// readVLRs reads up to the points.
func (h *Header) readVLRs(t taker, count uint32) error {
	kept := 0
	for i := range count {
		left := int64(h.PointsAt) - t.Offset()
		if left < vlrSize || i == maxVLRs {
			h.Skipped = append(h.Skipped, fmt.Sprintf("%d of %d variable length records", count-i, count))
			break
		}
		raw, err := t.Next(vlrSize)
		if err != nil {
			return err
		}
		v := VLR{UserID: text(raw[2:18]), RecordID: binary.LittleEndian.Uint16(raw[18:]), Description: text(raw[22:54])}
		size := int(binary.LittleEndian.Uint16(raw[20:]))
		if int64(size) > left-vlrSize || kept+size > maxVLRBytes {
			h.Skipped = append(h.Skipped, fmt.Sprintf("%d of %d variable length records", count-i, count))
			break
		}
		if raw, err = t.Next(size); err != nil {
			return err
		}
		v.Data = bytes.Clone(raw)
		kept += size
		h.VLRs = append(h.VLRs, v)
	}
	return t.Discard(uint64(int64(h.PointsAt) - t.Offset()))
}

// VLR returns the data of the first record of that name; nil if there is none.
func (h *Header) VLR(userID string, recordID uint16) []byte {
	for _, v := range h.VLRs {
		if v.UserID == userID && v.RecordID == recordID {
			return v.Data
		}
	}
	return nil
}

// CoordinateSystem returns the name of the coordinate system that the records name, such as "WGS 84 / UTM zone 33N"
// or "EPSG:32633"; "" if there is none.
func (h *Header) CoordinateSystem() string {
	const projection = "LASF_Projection"
	if _, after, ok := strings.Cut(text(h.VLR(projection, 2112)), `"`); ok {
		name, _, _ := strings.Cut(after, `"`)
		return name
	}
	// A GeoTIFF directory: entries of four numbers, the key first, the value last.
	var epsg uint16
	keys := h.VLR(projection, 34735)
	for len(keys) >= 16 {
		keys = keys[8:]
		key, location, value := binary.LittleEndian.Uint16(keys), binary.LittleEndian.Uint16(keys[2:]), binary.LittleEndian.Uint16(keys[6:])
		const geographic, projected, userDefined = 2048, 3072, 32767
		if location == 0 && value != userDefined && (key == projected || key == geographic && epsg == 0) {
			epsg = value
		}
	}
	if name, _, _ := strings.Cut(text(h.VLR(projection, 34737)), "|"); name != "" {
		return name
	}
	if epsg != 0 {
		return fmt.Sprintf("EPSG:%d", epsg)
	}
	return ""
}

// comments are what a reader wants to know of the header.
func (h *Header) comments() []string {
	comments := []string{fmt.Sprintf("LAS %d.%d, point format %d", h.Major, h.Minor, h.PointFormat)}
	for _, c := range []struct{ what, text string }{
		{"system", h.System}, {"software", h.Software}, {"coordinate system", h.CoordinateSystem()},
	} {
		if c.text != "" {
			comments = append(comments, c.what+": "+c.text)
		}
	}
	return comments
}

// text is a text that zeros pad, without what cannot be printed.
func text(b []byte) string {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	return cloud.Printable(string(b))
}
