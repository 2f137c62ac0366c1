// Package output is what the writers of point clouds have in common.
package output

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
)

// Points are those of a source, with colors as bytes and all fields, and the first batch read ahead.
type Points struct {
	Info cloud.Info
	// Names are those of the fields, made of letters that each format can have, each of them once.
	Names []string
	// Wide says that coordinates of the first batch would change as float32.
	Wide bool

	src   cloud.Source
	batch cloud.Batch
	err   error // of the first batch
}

// Start prepares a source to be written.
func Start(src cloud.Source) *Points {
	src = cloud.WithByteColors(src)
	p := &Points{src: src, Info: src.Info()}
	src.Select(p.Info.Fields)
	seen := map[string]bool{}
	for _, name := range taken {
		seen[name] = true
	}
	for _, name := range p.Info.Fields {
		p.Names = append(p.Names, unique(wordOf(name), seen))
	}
	p.err = src.Next(&p.batch)
	p.Info = src.Info() // which may know more of the colors now
	for _, xyz := range p.batch.Points {
		for _, v := range xyz {
			if float64(float32(v)) != v && v == v {
				p.Wide = true
			}
		}
	}
	return p
}

// taken are names that fields cannot have, as they mean something else.
var taken = []string{
	"x", "y", "z", "nx", "ny", "nz", "normal_x", "normal_y", "normal_z", "red", "green", "blue", "alpha", "r", "g", "b", "a", "rgb", "rgba",
}

// wordOf makes one word of a name.
func wordOf(name string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune(`,;"#`, r) {
			return '_'
		}
		return r
	}, name)
}

func unique(name string, seen map[string]bool) string {
	if name == "" {
		name = "field"
	}
	plain := name
	for i := 2; seen[name]; i++ {
		name = fmt.Sprintf("%s_%d", plain, i)
	}
	seen[name] = true
	return name
}

// Each calls write with all batches, and returns the number of points. The first error ends it.
func (p *Points) Each(write func(b *cloud.Batch) error) (n int64, err error) {
	for err = p.err; err == nil; err = p.src.Next(&p.batch) {
		if err := write(&p.batch); err != nil {
			return n, err
		}
		n += int64(len(p.batch.Points))
	}
	if err == io.EOF {
		err = nil
	}
	return n, err
}

// A Header is text before the points that says how many there are.
type Header struct {
	w      io.Writer
	text   func(n int64, padding string) string
	stated int64
	start  int64
}

// ErrCount is the error of a source that does not know the number of its points, and a writer that cannot go back.
var ErrCount = errors.New("the number of points is not known in advance: write to a file, or collect the points first")

// WriteHeader writes a header to w. If the number is not known, n being below 0, w must be an [io.WriteSeeker]. text
// makes the header; it has the padding in a comment.
func WriteHeader(w *bufio.Writer, under io.Writer, n int64, text func(n int64, padding string) string) (*Header, error) {
	h := &Header{w: under, text: text, stated: n}
	if n < 0 {
		seeker, ok := under.(io.Seeker)
		if !ok {
			return nil, ErrCount
		}
		var err error
		if h.start, err = seeker.Seek(0, io.SeekCurrent); err != nil {
			return nil, ErrCount
		}
	}
	_, err := w.WriteString(h.padded(max(0, n)))
	return h, err
}

// padded is the header, of the same length for each number.
func (h *Header) padded(n int64) string {
	return h.text(n, strings.Repeat(" ", len(fmt.Sprint(int64(math.MaxInt64)))-len(fmt.Sprint(n))))
}

// Finish corrects the header, after all was flushed.
func (h *Header) Finish(n int64) error {
	if n == h.stated {
		return nil
	}
	if h.stated >= 0 {
		return fmt.Errorf("the source announced %d points and had %d", h.stated, n)
	}
	seeker := h.w.(io.Seeker)
	if _, err := seeker.Seek(h.start, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.WriteString(h.w, h.padded(n)); err != nil {
		return err
	}
	_, err := seeker.Seek(0, io.SeekEnd)
	return err
}

// Colors is how rows have colors.
type Colors uint8

const (
	// Channels are red, green, blue, and alpha if there are alphas.
	Channels Colors = iota
	// Packed are four bytes, blue first, alpha last.
	Packed
)

// AppendRows appends the points of a batch as binary rows, little-endian: coordinates, as float64 if they are wide,
// normals, colors and fields, all others as float32.
func AppendRows(rows []byte, b *cloud.Batch, wide bool, colors Colors) []byte {
	le := binary.LittleEndian
	for i, p := range b.Points {
		for _, v := range p {
			if wide {
				rows = le.AppendUint64(rows, math.Float64bits(v))
			} else {
				rows = le.AppendUint32(rows, math.Float32bits(float32(v)))
			}
		}
		if len(b.Normals) > 0 {
			for _, v := range b.Normals[i] {
				rows = le.AppendUint32(rows, math.Float32bits(v))
			}
		}
		rows = appendColor(rows, b, i, colors)
		for _, values := range b.Fields {
			rows = le.AppendUint32(rows, math.Float32bits(values[i]))
		}
	}
	return rows
}

func appendColor(rows []byte, b *cloud.Batch, i int, colors Colors) []byte {
	if len(b.Colors) == 0 {
		return rows
	}
	c, alpha := b.Colors[i], uint8(0)
	if len(b.Alphas) > 0 {
		alpha = b.Alphas[i]
	}
	switch {
	case colors == Packed:
		return append(rows, c[2], c[1], c[0], alpha)
	case len(b.Alphas) > 0:
		return append(rows, c[0], c[1], c[2], alpha)
	}
	return append(rows, c[:]...)
}

// Rows writes all points to w: the header, which text makes as for [WriteHeader], and the rows.
func Rows(w io.Writer, p *Points, colors Colors, text func(n int64, padding string) string) error {
	buf := bufio.NewWriterSize(w, 256<<10)
	header, err := WriteHeader(buf, w, p.Info.Points, text)
	if err != nil {
		return err
	}
	var rows []byte
	n, err := p.Each(func(b *cloud.Batch) error {
		rows = AppendRows(rows[:0], b, p.Wide, colors)
		_, err := buf.Write(rows)
		return err
	})
	if err == nil {
		err = buf.Flush()
	}
	if err == nil {
		err = header.Finish(n)
	}
	return err
}
