package view

import (
	"context"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/mesh"
)

// lineColor is that of lines without a color of their own.
var lineColor = viser.RGB{70, 90, 120}

// lines are the shown lines of a mesh file.
type lines struct {
	f    *file
	at   viser.Vec3 // its origin
	ends [][2][3]float32
	// colors has one for each end, or one for all.
	colors [][2]viser.RGB
}

// newLines collects the lines of parts, whose poses are the identity.
func newLines(f *file, m *mesh.Model, parts []mesh.Part) *lines {
	l := &lines{f: f, at: m.Origin}
	colored := false
	for _, p := range parts {
		colored = colored || len(p.Lines) > 0 && p.Colors != nil
	}
	for _, p := range parts {
		for _, line := range p.Lines {
			l.ends = append(l.ends, [2][3]float32{p.Points[line[0]], p.Points[line[1]]})
			if !colored {
				continue
			}
			pair := [2]viser.RGB{lineColor, lineColor}
			if p.Colors != nil {
				pair = [2]viser.RGB{p.Colors[line[0]], p.Colors[line[1]]}
			}
			l.colors = append(l.colors, pair)
		}
	}
	if !colored {
		l.colors = [][2]viser.RGB{{lineColor, lineColor}}
	}
	return l
}

func (l *lines) kind() string { return "Lines" }

func (l *lines) bounds() (whole, seen box, ok bool) {
	for i, e := range l.ends {
		b := box{wide(e[0]), wide(e[0])}.union(box{wide(e[1]), wide(e[1])})
		if i == 0 {
			whole = b
		}
		whole = whole.union(b)
	}
	return whole, whole, len(l.ends) > 0
}

func (l *lines) origin() viser.Vec3 { return l.at }

func (l *lines) recenter(by viser.Vec3) {
	for i := range l.ends {
		recentered(l.ends[i][:], by)
	}
	l.at = add(l.at, by)
}

func (l *lines) add(parent string, at viser.Vec3) {
	l.f.v.server.Scene().AddLineSegments(parent+"/lines", l.ends, l.colors, &viser.LineSegmentsOptions{
		Position: at, Scale: viser.Uniform(l.f.v.scale), Thickness: 1.5, ThicknessUnits: viser.ScreenUnits,
	})
}

func (l *lines) addControls(folder *viser.Folder) {
	node, ok := l.f.v.server.Scene().Node(l.f.node + "/lines")
	if !ok {
		return
	}
	folder.AddCheckbox("Lines", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		node.SetVisible(e.Value)
	})
}

func (l *lines) turned() {}

func (l *lines) facts() []string { return []string{counted(len(l.ends), "lines")} }

func (l *lines) leftOut() []string { return nil }
