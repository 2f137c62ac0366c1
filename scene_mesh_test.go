package viser_test

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/transform"
)

var (
	quadVertices = [][3]float32{{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}}
	quadFaces    = [][3]uint32{{0, 1, 2}, {0, 2, 3}}
	quadColors   = []viser.RGB{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}}
	quadUVs      = [][2]float32{{0, 0}, {1, 0}, {1, 1}, {0, 1}}
)

func chequers() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	img.Set(0, 0, color.NRGBA{255, 0, 0, 255})
	img.Set(1, 1, color.NRGBA{0, 0, 255, 255})
	return img
}

func TestMeshExtensionsAreForExtendedClients(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		normals := [][3]float32{{0, 0, 1}, {0, 0, 1}, {0, 1, 0}, {0, 0, 1}}
		m := s.Scene().AddMesh("/m", quadVertices, quadFaces, &viser.MeshOptions{
			VertexColors: quadColors, VertexOpacities: []float32{0, 0.5, 1, 0.25}, Normals: normals, UVs: quadUVs, Texture: chequers(),
		})
		plain, packed := open(t, s, false), open(t, s, true)
		p := last[*wire.MeshMessage](plain).Props
		if !p.VertexColors.IsNull() || !p.Normals.IsNull() || !p.UVs.IsNull() || p.Texture != nil || p.Vertices.Len() != 12 {
			t.Errorf("a plain client received %+v", p)
		}
		p = last[*wire.MeshMessage](packed).Props
		if got := p.VertexColors.Bytes(); !cmp.Equal(got, []byte{1, 2, 3, 0, 4, 5, 6, 128, 7, 8, 9, 255, 10, 11, 12, 64}) {
			t.Errorf("colors %v", got)
		}
		if p.Normals.Len() != 12 || p.UVs.Len() != 8 || !strings.HasPrefix(string(p.Texture), "\x89PNG") {
			t.Errorf("%+v", p)
		}
		if diff := cmp.Diff(quadColors, m.VertexColors()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]float32{0, 128.0 / 255, 1, 64.0 / 255}, m.VertexOpacities()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(normals, m.Normals()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(quadUVs, m.UVs()); diff != "" {
			t.Error(diff)
		}
		if r, _, b, _ := m.Texture().At(0, 0).RGBA(); r != 0xffff || b != 0 {
			t.Error("the texture is another")
		}

		m.SetVertexColors(quadColors, nil)
		m.SetVertexColors(quadColors, nil) // nothing new
		packed.catchUp()
		plain.catchUp()
		if u := all[*wire.SceneNodeUpdateMessage](packed); len(u) != 1 {
			t.Errorf("%d updates", len(u))
		}
		if u := all[*wire.SceneNodeUpdateMessage](plain); len(u) != 0 {
			t.Errorf("a plain client received %+v", u)
		}
		if m.VertexOpacities() != nil {
			t.Error("there are opacities still")
		}

		// Other vertices: the properties of the old ones are removed.
		m.SetGeometry(quadVertices[:3], quadFaces[:1])
		if m.VertexColors() != nil || m.Normals() != nil || m.UVs() != nil || m.Texture() != nil {
			t.Error("something stayed")
		}
		late := open(t, s, true)
		p = last[*wire.MeshMessage](late).Props
		if !p.VertexColors.IsNull() || !p.Normals.IsNull() || !p.UVs.IsNull() || p.Texture != nil {
			t.Errorf("a late client received %+v", p)
		}
	})
}

func TestInvalidMeshOptions(t *testing.T) {
	server := viser.NewTestServer(nil)
	m := server.Scene().AddMesh("/m", quadVertices, quadFaces, nil)
	add := func(o viser.MeshOptions) func() {
		return func() { server.Scene().AddMesh("/other", quadVertices, quadFaces, &o) }
	}
	for name, f := range map[string]func(){
		"too few colors":           add(viser.MeshOptions{VertexColors: quadColors[:3]}),
		"no colors":                add(viser.MeshOptions{VertexColors: []viser.RGB{}}),
		"opacities without colors": add(viser.MeshOptions{VertexOpacities: make([]float32, 4)}),
		"too many opacities":       add(viser.MeshOptions{VertexColors: quadColors, VertexOpacities: make([]float32, 5)}),
		"an opacity of 2":          add(viser.MeshOptions{VertexColors: quadColors, VertexOpacities: []float32{0, 0, 0, 2}}),
		"too few normals":          add(viser.MeshOptions{Normals: quadVertices[:1]}),
		"a texture without UVs":    add(viser.MeshOptions{Texture: chequers()}),
		"too few UVs":              add(viser.MeshOptions{Texture: chequers(), UVs: quadUVs[:2]}),
		"an empty texture":         add(viser.MeshOptions{Texture: image.NewNRGBA(image.Rectangle{}), UVs: quadUVs}),
		"SetVertexColors":          func() { m.SetVertexColors(quadColors[:2], nil) },
		"SetNormals":               func() { m.SetNormals(quadVertices[:2]) },
		"SetTexture":               func() { m.SetTexture(chequers(), nil) },
	} {
		misused(t, name, f)
	}
	if _, ok := server.Scene().Node("/other"); ok {
		t.Error("a node was added")
	}
}

func TestSkinnedMesh(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		bones := []viser.Pose{{}, {Translation: viser.Vec3{1, 0, 0}}, {}, {}, {}}
		m := s.Scene().AddSkinnedMesh("/m", corner, cornerFaces, bones, [][]float32{
			{0.1, 0.5, 0.2, 0.05, 0.15}, {1, 0, 0, 0, 0}, {0, 0, 0, 0, 1},
		}, nil)
		p.catchUp()
		props := last[*wire.SkinnedMeshMessage](p).Props
		if diff := cmp.Diff([]float32{0.1, 0.15, 0.2, 0.5}, props.SkinWeights.Float32s()[:4]); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]byte{0, 0, 4, 0, 2, 0, 1, 0}, props.SkinIndices.Data[:8]); diff != "" {
			t.Error(diff)
		}
		second := m.Bones()[1]
		if second.Position() != (viser.Vec3{1, 0, 0}) || second.WXYZ() != transform.SO3Identity() {
			t.Errorf("at rest %v %v", second.WXYZ(), second.Position())
		}
		p.seen = nil
		second.SetPosition(viser.Vec3{1, 0, 0})
		if ms := p.catchUp(); len(ms) != 0 {
			t.Errorf("a bone that stays was moved: %q", types(ms))
		}
		turned := viser.Quat{W: 0.5, X: 0.5, Y: 0.5, Z: 0.5}
		second.SetWXYZ(turned)
		second.SetPosition(viser.Vec3{3, 2, 1})
		late := open(t, s, true)
		if o := last[*wire.SetBoneOrientationMessage](late); o.BoneIndex != 1 || o.WXYZ != [4]float64{0.5, 0.5, 0.5, 0.5} {
			t.Errorf("a late client receives %+v", o)
		}
		if o := last[*wire.SetBonePositionMessage](late); o.Name != "/m" || o.Position != [3]float64{3, 2, 1} {
			t.Errorf("a late client receives %+v", o)
		}
		if got := last[*wire.SkinnedMeshMessage](late).Props.BonePositions.Float32s()[3:6]; !slices.Equal(got, []float32{1, 0, 0}) {
			t.Errorf("the rest pose moved with the bone: %v", got)
		}
		misused(t, "no rotation", func() { second.SetWXYZ(viser.Quat{}) })
		misused(t, "no place", func() { second.SetPosition(viser.Vec3{math.NaN()}) })
		misused(t, "fewer vertices", func() { m.SetVertices(nil) })
		m.SetVertices([][3]float32{{0, 0, 1}, {1, 0, 1}, {0, 1, 1}})
		m.SetFaces([][3]uint32{{2, 1, 0}})
		if m.Faces()[0] != [3]uint32{2, 1, 0} || m.Vertices()[1] != [3]float32{1, 0, 1} {
			t.Error("the geometry cannot be read back")
		}
		m.Remove()
		second.SetWXYZ(transform.SO3Identity())
		if second.WXYZ() != turned || !log.has("removed scene node") {
			t.Error("a bone of a removed mesh turned")
		}
	})
}
