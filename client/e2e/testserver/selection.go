package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/viser-go/viser"
)

func init() { scenarios["selection"] = selectionScenario }

// selectionScenario has nodes to select, side by side, seen along +y with z up.
func selectionScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -6, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	at := func(x, z float64) viser.Vec3 { return viser.Vec3{x, 0, z} }
	sc.AddBox("/left", &viser.BoxOptions{Position: at(-2, 0), Color: brick})
	sc.AddBox("/group/right", &viser.BoxOptions{Position: at(2, 0), Color: brick})
	points := [][3]float32{{-0.4, 0, 1.6}, {0.4, 0, 1.6}, {0, 0, 2}}
	sc.AddPointCloud("/cloud", points, []viser.RGB{grass}, &viser.PointCloudOptions{PointSize: 0.1})
	sc.AddBox("/clicked", &viser.BoxOptions{Position: at(0, -2), Color: brick}).
		OnClick(func(context.Context, viser.ClickEvent) { s.event("clicked") })
	var off func()
	s.do("listen", func(string) {
		off = sc.OnSelect(func(_ context.Context, e viser.SelectEvent) { s.event("selected %s", namesOf(e.Nodes)) })
	})
	s.do("stop", func(string) { off() })
	s.do("select", func(names string) {
		var nodes []viser.Node
		for _, name := range strings.Fields(names) {
			if n, ok := sc.Node(name); ok {
				nodes = append(nodes, n)
			}
		}
		sc.SetSelection(nodes...)
	})
	s.do("remove", func(name string) { sc.RemoveNode(name) })
	s.do("many", func(string) {
		var nodes []viser.Node
		for i := range 10_000 {
			x, z := float64(i%100)/10-5, float64(i/100)/10-5
			nodes = append(nodes, sc.AddBox(fmt.Sprint("/many/", i), &viser.BoxOptions{Dimensions: viser.Vec3{0.05, 0.05, 0.05}, Position: at(x, z)}))
		}
		sc.SetSelection(nodes...)
	})
	s.forClient("selection", func(c *viser.Client, _ string) (string, error) { return namesOf(c.Scene().Selection()), nil })
	s.commands["guest"] = func(string) (string, error) {
		return s.Tokens().Add(&viser.TokenOptions{Name: "guest"}).URL(), nil
	}
	s.pictures()
}

func namesOf(nodes []viser.Node) string {
	names := make([]string, len(nodes))
	for i, n := range nodes {
		names[i] = n.Name()
	}
	return strings.Join(names, " ")
}
