package models

import (
	"fmt"
	"io"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/splat"
)

// splatsUp is the axis that points up in most files of splats: they have the axes of COLMAP, where y points down.
const splatsUp = "-y"

// readSplats reads a format of splats.
func readSplats(read func(io.Reader, *splat.Options) (*splat.Splats, error)) func(*input) (*Model, error) {
	return func(in *input) (*Model, error) {
		s, err := read(in.r, &splat.Options{Size: in.size, Recenter: true, Open: in.opener()})
		if err != nil {
			return nil, err
		}
		m := &Model{Splats: s, Up: splatsUp, NotShown: s.Skipped}
		m.thin(in.o.MaxPoints)
		return m, nil
	}
}

// readSOG reads an archive, or the meta.json of one that is unpacked.
func readSOG(in *input) (*Model, error) {
	start, err := in.start()
	if err != nil {
		return nil, err
	}
	if splat.IsSOG(start) {
		return readSplats(splat.ReadSOG)(in)
	}
	return readSplats(splat.ReadSOGArchive)(in)
}

// thin keeps at most limit splats, evenly over space; 0 keeps all.
func (m *Model) thin(limit int) {
	s := m.Splats
	if limit <= 0 || s.Len() <= limit {
		return
	}
	all := s.Len()
	kept := cloud.Thin(s.Centers, limit)
	s.Centers, s.Scales, s.WXYZs = picked(s.Centers, kept), picked(s.Scales, kept), picked(s.WXYZs, kept)
	s.Colors, s.Opacities = picked(s.Colors, kept), picked(s.Opacities, kept)
	if n := splat.HarmonicsOf(s.Degree); n > 0 {
		harmonics := make([][3]float32, 0, n*len(kept))
		for _, i := range kept {
			harmonics = append(harmonics, s.Harmonics[n*i:n*(i+1)]...)
		}
		s.Harmonics = harmonics
	}
	m.NotShown = append(m.NotShown, fmt.Sprintf("%d of %d splats (thinned out, see --max-points)", all-len(kept), all))
}

// picked are the elements of those numbers, in a new slice.
func picked[T any](s []T, numbers []int) []T {
	out := make([]T, len(numbers))
	for i, n := range numbers {
		out[i] = s[n]
	}
	return out
}
