package models

import (
	"io"
	"slices"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/e57"
	"github.com/viser-go/viser/transform"
)

// e57Points reads the scans of a file as one cloud, each where its scanner was.
func e57Points(in *input) (cloud.Source, error) {
	r, size, err := in.whole()
	if err != nil {
		return nil, err
	}
	f, err := e57.Open(r, size)
	if err != nil {
		return nil, err
	}
	in.skipped = f.Skipped
	return newScans(f), nil
}

// scans is a source of all scans of a file, one after the other. Of the fields it has those of all of them; colors and
// normals too.
type scans struct {
	file    *e57.File
	current int
	sources []*e57.Source
	info    cloud.Info
}

func newScans(f *e57.File) *scans {
	s := &scans{file: f}
	for i := range f.Scans {
		source := f.Points(i)
		s.sources = append(s.sources, source)
		has := source.Info()
		if i == 0 {
			s.info = has
			s.info.Fields = slices.Clone(has.Fields)
			continue
		}
		s.info.Points += max(0, has.Points)
		s.info.Width, s.info.Height = 0, 0
		s.info.HasColors = s.info.HasColors && has.HasColors
		s.info.HasAlphas = s.info.HasAlphas && has.HasAlphas
		s.info.HasNormals = s.info.HasNormals && has.HasNormals
		s.info.Fields = slices.DeleteFunc(s.info.Fields, func(name string) bool { return !slices.Contains(has.Fields, name) })
	}
	return s
}

func (s *scans) Info() cloud.Info {
	info := s.info
	for _, source := range s.sources {
		for _, what := range source.Info().Skipped {
			if !slices.Contains(info.Skipped, what) {
				info.Skipped = append(slices.Clip(info.Skipped), what)
			}
		}
	}
	return info
}

func (s *scans) Select(fields []string) {
	for _, source := range s.sources {
		source.Select(fields)
	}
}

func (s *scans) Next(b *cloud.Batch) error {
	for s.current < len(s.sources) {
		err := s.sources[s.current].Next(b)
		if err == nil {
			s.place(b)
			return nil
		}
		if err != io.EOF {
			return err
		}
		s.current++
	}
	return io.EOF
}

// place moves points to where the scanner was, and leaves out what other scans do not have.
func (s *scans) place(b *cloud.Batch) {
	scan := &s.file.Scans[s.current]
	turn := transform.SO3FromWXYZ(scan.Rotation)
	for i, p := range b.Points {
		p = turn.Apply(p)
		for axis := range p {
			p[axis] += scan.Position[axis]
		}
		b.Points[i] = p
	}
	if !s.info.HasColors {
		b.Colors, b.RawColors = b.Colors[:0], b.RawColors[:0]
	}
	if !s.info.HasAlphas {
		b.Alphas, b.RawAlphas = b.Alphas[:0], b.RawAlphas[:0]
	}
	if !s.info.HasNormals {
		b.Normals = b.Normals[:0]
	}
	for i, n := range b.Normals {
		turned := turn.Apply([3]float64{float64(n[0]), float64(n[1]), float64(n[2])})
		b.Normals[i] = [3]float32{float32(turned[0]), float32(turned[1]), float32(turned[2])}
	}
}
