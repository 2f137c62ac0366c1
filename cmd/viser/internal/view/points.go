package view

import (
	"context"
	"fmt"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/models"
)

// points is a shown cloud.
type points struct {
	f        *file
	cloud    *cloud.Cloud
	coloring *coloring
	// whole and seen are what bounds has computed, as recenter has moved it.
	whole, seen box
	node        *viser.PointCloud
	size        float64
}

func newPoints(f *file, c *cloud.Cloud) *points {
	p := &points{f: f, cloud: c}
	p.coloring = newColoring(f, painted{
		points: func() [][3]float32 { return c.Points }, origin: p.origin, seen: func() box { return p.seen },
		colors: c.Colors, normals: c.Normals, fields: c.Fields, filed: c.Colors != nil,
	})
	if seeThrough(c.Alphas) {
		f.notShown("the opacity of the points")
	}
	return p
}

func (p *points) kind() string { return "Points" }

func (p *points) bounds() (whole, seen box, ok bool) {
	lo, hi, ok := p.cloud.Bounds()
	p.whole = boxOf(lo, hi)
	p.seen = withoutOutliers(p.cloud.Points, p.whole)
	return p.whole, p.seen, ok
}

func (p *points) origin() viser.Vec3 { return p.cloud.Origin }

func (p *points) recenter(by viser.Vec3) {
	recentered(p.cloud.Points, by)
	p.cloud.Origin = add(p.cloud.Origin, by)
	p.whole, p.seen = shifted(p.whole, negated(by)), shifted(p.seen, negated(by))
}

func (p *points) add(parent string, at viser.Vec3) {
	p.size = p.f.v.o.PointSize
	if p.size == 0 {
		p.size = models.PointSize(p.seen.size(), len(p.cloud.Points)) * p.f.v.scale
	}
	p.node = p.f.v.server.Scene().AddPointCloud(parent+"/points", p.cloud.Points, p.coloring.colors(), &viser.PointCloudOptions{
		Position: at, Scale: viser.Uniform(p.f.v.scale),
		PointSize: p.size / p.f.v.scale, PointShape: viser.PointCircle, PointShading: viser.PointFlat, Precision: viser.Float32,
	})
	p.coloring.changed = func() { p.node.SetColors(p.coloring.colors()) }
}

func (p *points) turned() { p.coloring.turned() }

func (p *points) addControls(folder *viser.Folder) {
	node := p.node
	size := node.PointSize()
	folder.AddSlider("Size", 1, &viser.SliderOptions{
		Min: 0.1, Max: 10, Step: 0.1, Hint: fmt.Sprintf("1 is %s units of the file", number(size)),
	}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { node.SetPointSize(e.Value * size) })
	folder.AddDropdown("Shape", shapeNames(), &viser.DropdownOptions{Initial: string(viser.PointCircle)}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { node.SetPointShape(viser.PointShape(e.Value)) })
	folder.AddCheckbox("Shaded", false, &viser.CheckboxOptions{Hint: "Darker towards the rim"}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) { node.SetPointShading(shading(e.Value)) })
	p.coloring.addControls(folder)
}

func (p *points) facts() (lines []string) {
	c := p.cloud
	all := int64(len(c.Points) + c.Dropped)
	if c.Total > all {
		all = c.Total
	}
	lines = append(lines, counted(all-int64(c.Dropped), "points")+has(c.Colors != nil, c.Normals != nil))
	if c.Width > 0 && c.Height > 1 {
		lines = append(lines, fmt.Sprintf("organized as %d by %d", c.Width, c.Height))
	}
	if p.thinned() > 0 {
		lines = append(lines, fmt.Sprintf("thinned out evenly over space: %s points are shown", Grouped(len(c.Points))))
	}
	if c.Dropped > 0 {
		lines = append(lines, fmt.Sprintf("%s points without finite coordinates were left out", Grouped(c.Dropped)))
	}
	return append(lines, fieldLine(c.Fields)...)
}

// thinned is how many points were left out.
func (p *points) thinned() int64 {
	return max(0, p.cloud.Total-int64(len(p.cloud.Points)+p.cloud.Dropped))
}

func (p *points) leftOut() (what []string) {
	if n := p.thinned(); n > 0 {
		what = append(what, fmt.Sprintf("%s of %s points (thinned out, see --max-points)", Grouped(n), Grouped(p.cloud.Total-int64(p.cloud.Dropped))))
	}
	if n := p.cloud.Dropped; n > 0 {
		what = append(what, fmt.Sprintf("%s points without finite coordinates", Grouped(n)))
	}
	return what
}

// fieldLine lists the fields, if there are any.
func fieldLine(fields []cloud.Field) []string {
	if len(fields) == 0 {
		return nil
	}
	line := "fields: "
	for i := range fields {
		if i > 0 {
			line += ", "
		}
		line += fields[i].Name
	}
	return []string{plain(line)}
}

func shapeNames() []string {
	return []string{
		string(viser.PointCircle), string(viser.PointSquare), string(viser.PointDiamond),
		string(viser.PointRounded), string(viser.PointSparkle),
	}
}

func shading(gradient bool) viser.PointShading {
	if gradient {
		return viser.PointGradient
	}
	return viser.PointFlat
}
