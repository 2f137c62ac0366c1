package viser_test

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// Eye-dome lighting shows the shape of a cloud without colors or normals.
func ExampleScene_SetLook() {
	server := viser.NewTestServer(nil)
	defer server.Close()
	points := [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0.5}}
	server.Scene().AddPointCloud("/scan", points, []viser.RGB{{180, 180, 180}}, nil)
	look := viser.Look{EyeDome: true, AdaptivePoints: true}
	server.Scene().SetLook(look)
	server.OnClientConnect(func(_ context.Context, c *viser.Client) {
		look.Edges = true // for this client only
		c.Scene().SetLook(look)
	})
	fmt.Println(look.EyeDome, look.Edges)
	// Output: true false
}

func TestLook(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		plain, _ := connectAs(t, s, false)
		s.Scene().SetLook(viser.Look{EyeDome: true, XRay: true})
		p.catchUp()
		looks := func(m *wire.SetLookMessage) any { return m.Looks }
		checkOne(t, p, looks, []string{"eye_dome", "x_ray"})
		c.Scene().SetLook(viser.Look{Studio: true})
		p.catchUp()
		if got := looks(last[*wire.SetLookMessage](p)); !reflect.DeepEqual(got, []string{"studio"}) {
			t.Errorf("the client's own look is %v", got)
		}
		late, _ := connectAs(t, s, true)
		late.catchUp()
		checkOne(t, late, looks, []string{"eye_dome", "x_ray"})
		s.Scene().SetLook(viser.Look{})
		late.catchUp()
		if got := looks(last[*wire.SetLookMessage](late)); len(got.([]string)) != 0 {
			t.Errorf("the plain look is %v", got)
		}
		plain.catchUp()
		if got := all[*wire.SetLookMessage](plain); len(got) != 0 {
			t.Errorf("a plain client got %d looks", len(got))
		}
	})
}

func TestLooksFromManyGoroutines(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() { s.Scene().SetLook(viser.Look{Edges: i%2 == 0}) })
	}
	all.Wait()
}

// Each part of a look has a name of its own.
func TestLookParts(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connectAs(t, s, true)
		seen := map[string]bool{}
		for i := range reflect.TypeFor[viser.Look]().NumField() {
			var look viser.Look
			reflect.ValueOf(&look).Elem().Field(i).SetBool(true)
			s.Scene().SetLook(look)
			p.catchUp()
			got := last[*wire.SetLookMessage](p).Looks
			if len(got) != 1 || seen[got[0]] {
				t.Errorf("%+v is %v", look, got)
			}
			seen[got[0]] = true
		}
	})
}
