package view

import (
	"fmt"
	"slices"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/splat"
)

// splats are shown splats.
type splats struct {
	f      *file
	splats *splat.Splats
}

func newSplats(f *file, s *splat.Splats) *splats {
	return &splats{f, s}
}

func (s *splats) kind() string { return "Splats" }

func (s *splats) bounds() (whole, seen box, ok bool) {
	centers := s.splats.Centers
	whole = box{wide(centers[0]), wide(centers[0])}
	for _, p := range centers {
		whole = whole.union(box{wide(p), wide(p)})
	}
	return whole, grownBySplats(withoutOutliers(centers, whole), s.splats.Scales), true
}

// grownBySplats makes the box larger by twice the extent of a typical splat, so that a few large splats are viewed
// from outside.
func grownBySplats(b box, scales [][3]float32) box {
	largest := make([]float32, 0, len(scales))
	for _, s := range scales {
		largest = append(largest, max(s[0], s[1], s[2]))
	}
	slices.Sort(largest)
	return b.grown(2 * float64(largest[len(largest)/2]))
}

func (s *splats) origin() viser.Vec3 { return s.splats.Origin }

func (s *splats) recenter(by viser.Vec3) {
	recentered(s.splats.Centers, by)
	s.splats.Origin = add(s.splats.Origin, by)
}

func (s *splats) add(parent string, at viser.Vec3) {
	p := s.splats
	s.f.v.server.Scene().AddGaussianSplats(parent+"/splats", p.Centers, viser.SplatCovariances(p.Scales, p.WXYZs), rgbs(p.Colors), p.Opacities,
		&viser.GaussianSplatsOptions{Position: at, Scale: viser.Uniform(s.f.v.scale), Degree: p.Degree, Harmonics: p.Harmonics})
}

func (s *splats) addControls(*viser.Folder) {}
func (s *splats) turned()                   {}

func (s *splats) facts() []string {
	lines := []string{counted(len(s.splats.Centers), "splats")}
	if s.splats.Degree > 0 {
		lines[0] += fmt.Sprintf(", colors of degree %d", s.splats.Degree)
	}
	if n := s.splats.Dropped; n > 0 {
		lines = append(lines, fmt.Sprintf("%s splats without finite numbers were left out", Grouped(n)))
	}
	return lines
}

func (s *splats) leftOut() (what []string) {
	if n := s.splats.Dropped; n > 0 {
		what = append(what, fmt.Sprintf("%s splats without finite numbers", Grouped(n)))
	}
	return what
}
