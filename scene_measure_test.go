package viser_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// measures reports a measurement between points that are on no node.
func measures(p *page, kind string, points ...[3]float64) {
	p.Receive(&wire.MeasureMessage{Kind: kind, Points: points, Names: make([]string, len(points)), Owners: make([]string, len(points))})
	synctest.Wait()
}

func TestMeasurements(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		if len(all[*wire.MeasureReportsMessage](p)) != 0 {
			t.Error("reports are wanted before a callback is attached")
		}
		var got record[string]
		off := s.Scene().OnMeasure(func(_ context.Context, e viser.MeasureEvent) {
			got.add(fmt.Sprintf("%d %s %.6g %d", e.Client.ID(), e.Kind, e.Value, len(e.Points)))
		})
		late, _ := connectAs(t, s, true)
		for _, page := range []*page{p, late} {
			page.catchUp()
			if m := all[*wire.MeasureReportsMessage](page); len(m) != 1 || !m[0].Enabled {
				t.Errorf("%+v", m)
			}
		}
		const far = 1e6
		measures(p, "point", [3]float64{1, 2, 3})
		measures(p, "distance", [3]float64{0, 0, 0}, [3]float64{3, 4, 0})
		measures(p, "angle", [3]float64{5, 0, 0}, [3]float64{0, 0, 0}, [3]float64{0, 2, 0})
		measures(p, "angle", [3]float64{1, 0, 0}, [3]float64{1, 0, 0}, [3]float64{0, 2, 0})
		measures(p, "polyline", [3]float64{0, 0, 0}, [3]float64{1, 0, 0}, [3]float64{1, 2, 0})
		measures(p, "area", [3]float64{far, far, 0}, [3]float64{far + 2, far, 0}, [3]float64{far + 2, far + 3, 0}, [3]float64{far, far + 3, 0})
		measures(p, "surface", [3]float64{0, 0, 2}, [3]float64{0, 0, 0.5})
		want := []string{
			"0 point 0 1", "0 distance 5 2", fmt.Sprintf("0 angle %.6g 3", math.Pi/2), "0 angle 0 3", "0 polyline 3 3", "0 area 6 4", "0 surface 1.5 2",
		}
		if diff := cmp.Diff(want, got.got()); diff != "" {
			t.Error(diff)
		}
		off()
		p.catchUp()
		if last[*wire.MeasureReportsMessage](p).Enabled {
			t.Error("reports are wanted without callbacks")
		}
		s.Scene().SetLengthUnit("m")
		c.Scene().SetLengthUnit("ft")
		p.catchUp()
		late.catchUp()
		if a, b := last[*wire.SetLengthUnitMessage](p).Unit, last[*wire.SetLengthUnitMessage](late).Unit; a != "ft" || b != "m" {
			t.Errorf("units %q and %q", a, b)
		}
		misused(t, "unit", func() { s.Scene().SetLengthUnit(strings.Repeat("m", 17)) })
	})
}

func TestNodesOfMeasurements(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		box, own := s.Scene().AddBox("/box", nil), c.Scene().AddBox("/own", nil)
		var nodes record[string]
		ctx, cancel := context.WithCancel(t.Context())
		ended := startLoop(func() {
			for e := range c.Scene().Measurements(ctx) {
				nodes.add(fmt.Sprint(e.Nodes[0] == box, e.Nodes[1] == own, e.Nodes[2] == nil))
			}
		})
		m := &wire.MeasureMessage{Kind: "polyline", Points: make([][3]float64, 3), Names: []string{"/box", "/own", "/gone"}, Owners: []string{"", "0", "7"}}
		p.Receive(m)
		synctest.Wait()
		own.Remove()
		p.Receive(m)
		synctest.Wait()
		cancel()
		<-ended
		if diff := cmp.Diff([]string{"true true true", "true false true"}, nodes.got()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestHostileMeasurements(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connectAs(t, s, true)
		plain, _ := connectAs(t, s, false)
		guest, _ := joinAs(t, s, viser.RoleView, "guest")
		calls := 0
		s.Scene().OnMeasure(func(context.Context, viser.MeasureEvent) { calls++ })
		measures(p, "volume", [3]float64{})
		measures(p, strings.Repeat("x", 1<<20))
		measures(p, "distance", [3]float64{}, [3]float64{}, [3]float64{})
		measures(p, "distance", [3]float64{math.NaN()}, [3]float64{})
		measures(p, "distance", [3]float64{math.MaxFloat64}, [3]float64{-math.MaxFloat64})
		measures(p, "area", [3]float64{}, [3]float64{})
		measures(p, "polyline", make([][3]float64, 1001)...)
		p.Receive(&wire.MeasureMessage{Kind: "point", Points: make([][3]float64, 1)})
		measures(plain, "point", [3]float64{})
		measures(guest, "point", [3]float64{})
		if calls != 0 || !log.has("invalid measurement: of no such kind, or with other points") {
			t.Errorf("%d events", calls)
		}
		measures(p, "polyline", make([][3]float64, 1000)...)
		if calls != 1 {
			t.Errorf("%d events of a legal one", calls)
		}
	})
}

func TestMeasureCallbacksThatFail(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connectAs(t, s, true)
		var calls record[bool]
		s.Scene().OnMeasure(func(context.Context, viser.MeasureEvent) { panic("bang") })
		s.Scene().OnMeasure(func(ctx context.Context, e viser.MeasureEvent) {
			p.Leave() // the client leaves in its own callback
			e.Client.Scene().SetLengthUnit("m")
			calls.add(ctx.Err() != nil)
		})
		measures(p, "point", [3]float64{})
		if diff := cmp.Diff([]bool{true}, calls.got()); diff != "" || log.panics("bang") != 1 {
			t.Error(diff, log.panics("bang"))
		}
	})
}
