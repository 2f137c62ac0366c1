package cloud

import (
	"io"
	"math"
	"slices"
)

// SourceOf returns the points of a cloud in memory as a [Source], at the places where its file had them. The cloud must
// not be changed meanwhile.
func SourceOf(c *Cloud) Source { return &memory{cloud: c} }

type memory struct {
	cloud    *Cloud
	selected []int
	there    []bool
	done     int
	lo, hi   [3]float64
	measured bool
}

// bounds returns the places of the file.
func (c *Cloud) bounds() (lo, hi [3]float64, ok bool) {
	low, high, ok := c.Bounds()
	for axis := range 3 {
		lo[axis], hi[axis] = c.Origin[axis]+float64(low[axis]), c.Origin[axis]+float64(high[axis])
	}
	return lo, hi, ok
}

func (m *memory) Info() Info {
	c := m.cloud
	info := Info{
		Points: int64(len(c.Points)), Exact: true,
		HasColors: c.Colors != nil, HasAlphas: c.Alphas != nil, HasNormals: c.Normals != nil,
		Comments: c.Comments,
	}
	if c.Width*c.Height == len(c.Points) {
		info.Width, info.Height = c.Width, c.Height
	}
	for _, f := range c.Fields {
		info.Fields = append(info.Fields, f.Name)
	}
	if !m.measured {
		m.lo, m.hi, m.measured = c.bounds()
	}
	info.Bounds, info.HasBounds = [2][3]float64{m.lo, m.hi}, m.measured
	return info
}

func (m *memory) Select(fields []string) {
	m.selected, m.there = nil, nil
	for _, name := range fields {
		i := slices.IndexFunc(m.cloud.Fields, func(f Field) bool { return f.Name == name })
		m.selected, m.there = append(m.selected, i), append(m.there, i >= 0)
	}
}

func (m *memory) Next(b *Batch) error {
	const most = 1 << 13
	c, first := m.cloud, m.done
	n := min(most, len(c.Points)-first)
	if n == 0 {
		return io.EOF
	}
	m.done += n
	b.Resize(n, Info{HasColors: c.Colors != nil, HasAlphas: c.Alphas != nil, HasNormals: c.Normals != nil}, false, m.there)
	b.ColorKind = ByteColors
	for i, p := range c.Points[first:m.done] {
		for axis, v := range p {
			b.Points[i][axis] = c.Origin[axis] + float64(v)
		}
	}
	if c.Colors != nil {
		copy(b.Colors, c.Colors[first:m.done])
	}
	if c.Alphas != nil {
		copy(b.Alphas, c.Alphas[first:m.done])
	}
	if c.Normals != nil {
		copy(b.Normals, c.Normals[first:m.done])
	}
	for k, i := range m.selected {
		if i >= 0 {
			copy(b.Fields[k], c.Fields[i].Values[first:m.done])
		}
	}
	return nil
}

// WithByteColors returns src with all colors in [Batch.Colors] and [Batch.Alphas], as formats need it whose colors are
// bytes. Colors of unknown range are judged by those of the first million points, which it keeps in memory; later
// ones that are above the range are bounded. If all of these are zero although the file has 16 bits for each, there are
// no colors; [Source.Info] says so after the first Next.
func WithByteColors(src Source) Source { return &byteColors{Source: src} }

// judgedPoints is how many points decide about the range of colors.
const judgedPoints = 1 << 20

type byteColors struct {
	Source
	ahead      []*Batch // that have been read to find the range
	decided    bool
	colors     float32 // the values of a full channel
	alphas     float32
	err        error // after the batches ahead
	peak, high float32
	dark       bool
}

func (s *byteColors) Info() Info {
	info := s.Source.Info()
	if s.dark {
		info.HasColors, info.HasAlphas = false, false
	}
	return info
}

func (s *byteColors) Next(b *Batch) error {
	if !s.decided {
		s.decide()
	}
	if len(s.ahead) > 0 {
		*b, s.ahead[0] = *s.ahead[0], nil
		s.ahead = s.ahead[1:]
	} else if s.err != nil {
		return s.err
	} else if s.err = s.Source.Next(b); s.err != nil {
		return s.err
	}
	s.convert(b)
	return nil
}

// decide reads ahead until the range is known.
func (s *byteColors) decide() {
	s.decided = true
	kind := ByteColors
	for read := 0; read < judgedPoints; {
		b := &Batch{}
		if s.err = s.Source.Next(b); s.err != nil {
			break
		}
		s.ahead = append(s.ahead, b)
		read += len(b.Points)
		kind = b.ColorKind
		for _, v := range b.RawColors {
			s.peak = peakOf(s.peak, v[:])
		}
		s.high = peakOf(s.high, b.RawAlphas)
		const decisive = 2 * math.MaxUint8 // a peak above leaves one range only
		if (len(b.RawColors) == 0 || s.peak > decisive) && (len(b.RawAlphas) == 0 || s.high > decisive) {
			break
		}
	}
	s.dark = kind == WideColors && s.peak == 0
	s.colors, s.alphas = ColorRange(kind, s.peak), ColorRange(kind, s.high)
}

func (s *byteColors) convert(b *Batch) {
	b.toBytes(s.colors, s.alphas)
	if s.dark {
		b.Colors, b.Alphas = b.Colors[:0], b.Alphas[:0]
	}
}
