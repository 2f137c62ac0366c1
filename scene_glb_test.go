package viser_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/gltf"
)

// emptyGLB is the smallest file that there can be.
func emptyGLB() []byte { return gltf.Pack([]byte(`{"asset":{"version":"2.0"}}`), nil) }

func TestGLB(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sc, data := s.Scene(), emptyGLB()
		g, err := sc.AddGLB("/g", data, &viser.GLBOptions{Scale: viser.Uniform(2)})
		if err != nil {
			t.Fatal(err)
		}
		data[12] = 99 // the caller's own, from now on
		if !slices.Equal(g.Data(), emptyGLB()) {
			t.Error("the model changed with the program's slice")
		}
		if err := g.SetData([]byte("nothing of the kind, at all")); err == nil || !strings.Contains(err.Error(), `"/g"`) {
			t.Errorf("broken bytes: %v", err)
		}
		if _, err := sc.AddGLB("/broken", nil, nil); err == nil {
			t.Error("no bytes are a GLB")
		}
		if _, err := sc.AddBatchedGLB("/broken", []byte("glTF"), nil, twoPlaces, nil); err == nil {
			t.Error("four bytes are a GLB")
		}
		if _, ok := sc.Node("/broken"); ok {
			t.Error("an error left a node behind")
		}
		b, err := sc.AddBatchedGLB("/b", emptyGLB(), twoTurns, twoPlaces, nil)
		if err != nil {
			t.Fatal(err)
		}
		b.SetInstances(nil, twoPlaces[1:], viser.InstanceScales{Scales: []float32{2}})
		b.SetPoses(nil, [][3]float32{{1, 2, 3}})
		b.SetScales(viser.InstanceScales{AxisScales: [][3]float32{{1, 2, 3}}})
		b.SetLOD(viser.LOD{Off: true})
		if err := b.SetData(append(emptyGLB(), 0)); err != nil || len(b.Data()) != len(emptyGLB())+1 {
			t.Error("the new bytes are not there: ", err)
		}
		p.catchUp()
		p.seen = nil
		if err := b.SetData(b.Data()); err != nil || len(p.catchUp()) != 0 {
			t.Error("the same bytes were sent again: ", err)
		}
		if b.Len() != 1 || !b.LOD().Off || b.Scales().AxisScales[0] != [3]float32{1, 2, 3} {
			t.Errorf("%d instances, %+v, %+v", b.Len(), b.LOD(), b.Scales())
		}
	})
}
