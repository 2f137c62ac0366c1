package interop_test

import (
	"context"
	"fmt"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/gltf"
)

// The scenarios of pydriver/scenarios_models.py, with our API.

var (
	modelWXYZs  = [][4]float32{{1, 0, 0, 0}, {0.5, 0.5, 0.5, 0.5}, {0, 1, 0, 0}}
	uniform     = viser.InstanceScales{Scales: []float32{1, 2.5, 3}}
	perAxis     = viser.InstanceScales{AxisScales: [][3]float32{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}}
	opacities   = []float32{0.25, 0.5, 1}
	lodLevels   = viser.LOD{Levels: []viser.LODLevel{{Distance: 5, Ratio: 0.5}, {Distance: 20, Ratio: 0.25}}}
	lodOff      = viser.LOD{Off: true}
	restPoses   = []viser.Pose{{}, {Rotation: turn, Translation: place}}
	twoWeights  = [][]float32{{0.25, 0.75}, {1, 0}, {0.375, 0.625}, {0, 1}}
	fiveWeights = [][]float32{
		{0.1, 0.2, 0.3, 0.15, 0.25}, {0.5, 0.05, 0.1, 0.15, 0.2},
		{0.01, 0.02, 0.03, 0.04, 0.9}, {0.35, 0.3, 0.2, 0.1, 0.05},
	}
)

// glbFile is a file that contains only a name.
func glbFile(name string) []byte {
	return gltf.Pack(fmt.Appendf(nil, `{"asset":{"version":"2.0","generator":%q}}`, name), nil)
}

func addGLB(s *session, name string, o *viser.GLBOptions) *viser.GLB {
	g, err := s.server.Scene().AddGLB(name, glbFile("a"), o)
	if err != nil {
		s.t.Error(err)
	}
	return g
}

func addBatchedGLB(s *session, name string, o *viser.BatchedGLBOptions) *viser.BatchedGLB {
	g, err := s.server.Scene().AddBatchedGLB(name, glbFile("a"), modelWXYZs, points, o)
	if err != nil {
		s.t.Error(err)
	}
	return g
}

func addMeshes(s *session, name string, o *viser.BatchedMeshesOptions) *viser.BatchedMeshes {
	return s.server.Scene().AddBatchedMeshes(name, vertices, faces, modelWXYZs, points, o)
}

func addSkinned(s *session, name string, o *viser.SkinnedMeshOptions) *viser.SkinnedMesh {
	return s.server.Scene().AddSkinnedMesh(name, vertices, faces, restPoses, twoWeights, o)
}

func modelsDefaults(s *session) {
	s.step("meshes", func() { addMeshes(s, "/meshes", nil) })
	s.step("glb", func() { addGLB(s, "/glb", nil) })
	s.step("glbs", func() { addBatchedGLB(s, "/glbs", nil) })
	s.step("skinned", func() { addSkinned(s, "/skinned", nil) })
	s.joinLate("late")
}

func modelsOptions(s *session) {
	s.step("meshes", func() {
		addMeshes(s, "/meshes", &viser.BatchedMeshesOptions{
			WXYZ: turn, Position: place, Hidden: true, Scales: uniform.Scales, Colors: colors, Opacities: opacities, LOD: lodOff,
			Opacity: new(0.5), Material: viser.Toon3, Side: viser.DoubleSide,
			FlatShading: true, Scale: stretched, NoCastShadow: true, NoReceiveShadow: true,
		})
	})
	s.step("meshes wireframe", func() {
		addMeshes(s, "/meshes2", &viser.BatchedMeshesOptions{
			AxisScales: perAxis.AxisScales, LOD: lodLevels,
			Color: someColor, Wireframe: true, Side: viser.BackSide,
		})
	})
	s.step("glb", func() {
		addGLB(s, "/glb", &viser.GLBOptions{WXYZ: turn, Position: place, Hidden: true, NoCastShadow: true, NoReceiveShadow: true, Scale: stretched})
	})
	s.step("glb shadow strength", func() {
		addGLB(s, "/glb2", &viser.GLBOptions{ShadowOpacity: new(0.25)})
	})
	s.step("glbs", func() {
		addBatchedGLB(s, "/glbs", &viser.BatchedGLBOptions{
			WXYZ: turn, Position: place, Hidden: true, Scales: uniform.Scales, LOD: lodOff, Scale: viser.Uniform(2),
			NoCastShadow: true, NoReceiveShadow: true,
		})
	})
	s.step("glbs three each", func() {
		addBatchedGLB(s, "/glbs3", &viser.BatchedGLBOptions{AxisScales: perAxis.AxisScales, LOD: lodLevels})
	})
	s.step("skinned", func() {
		addSkinned(s, "skinned", &viser.SkinnedMeshOptions{
			WXYZ: turn, Position: place, Hidden: true, NoCastShadow: true, NoReceiveShadow: true, FlatShading: true, Scale: stretched,
			Color: someColor, Opacity: new(0.5), Material: viser.Toon5, Side: viser.BackSide,
		})
	})
	s.step("skinned by five", func() {
		bone := viser.Pose{Rotation: turn, Translation: place}
		s.server.Scene().AddSkinnedMesh("/five", vertices, faces, []viser.Pose{bone, bone, bone, bone, bone}, fiveWeights,
			&viser.SkinnedMeshOptions{
				Wireframe:     true,
				ShadowOpacity: new(0.5),
			})
	})
	s.joinLate("late")
}

func modelsSetters(s *session) {
	settersOfMeshes(s)
	settersOfGLBs(s)
	settersOfSkinned(s)
	s.joinLate("late")
}

func settersOfMeshes(s *session) {
	h := added(s, "meshes", func() *viser.BatchedMeshes { return addMeshes(s, "/meshes", nil) })
	s.set("meshes.poses", func() { h.SetPoses(reversed(modelWXYZs), times(points, 2)) })
	s.set("meshes.batched_positions", func() { h.SetPoses(nil, times(points, 3)) })
	s.set("meshes.batched_scales", func() { h.SetScales(uniform) })
	s.set("meshes.batched_colors", func() { h.SetColors(colors) })
	s.set("meshes.batched_opacities", func() { h.SetOpacities(opacities) })
	s.set("meshes.lod", func() { h.SetLOD(lodOff) })
	s.step("meshes.scales three", func() { h.SetScales(perAxis) })
	s.step("meshes.scales none", func() { h.SetScales(viser.InstanceScales{}) })
	s.step("meshes.opacities none", func() { h.SetOpacities(nil) })
	s.step("meshes.lod levels", func() { h.SetLOD(lodLevels) })
	s.set("meshes.geometry", func() { h.SetGeometry(times(vertices, 3), faces[:1]) })
	s.set("meshes.receive_shadow", func() { h.SetReceiveShadow(false) })
	s.set("meshes.wireframe", func() { h.SetWireframe(true) })
	s.set("meshes.opacity", func() { h.SetOpacity(0.5) })
	s.set("meshes.flat_shading", func() { h.SetFlatShading(true) })
	s.set("meshes.side", func() { h.SetSide(viser.DoubleSide) })
	s.set("meshes.material", func() { h.SetMaterial(viser.Toon3) })
	s.set("meshes.cast_shadow", func() { h.SetCastShadow(false) })
	s.set("meshes.scale", func() { h.SetScale(stretched) })
	s.set("meshes.fewer", func() {
		h.SetInstances(modelWXYZs[:2], points[:2], viser.InstanceScales{Scales: uniform.Scales[:2]}, colors[:2], opacities[:2])
	})
}

func settersOfGLBs(s *session) {
	one := added(s, "glb", func() *viser.GLB { return addGLB(s, "/glb", nil) })
	setData := func(set func([]byte) error) func() {
		return func() {
			if err := set(glbFile("b")); err != nil {
				s.t.Error(err)
			}
		}
	}
	s.set("glb.glb_data", setData(one.SetData))
	s.set("glb.cast_shadow", func() { one.SetCastShadow(false) })
	s.set("glb.receive_shadow", func() { one.SetShadowOpacity(0.25) })
	s.set("glb.scale", func() { one.SetScale(stretched) })

	many := added(s, "glbs", func() *viser.BatchedGLB { return addBatchedGLB(s, "/glbs", nil) })
	s.set("glbs.poses", func() { many.SetPoses(reversed(modelWXYZs), times(points, 2)) })
	s.set("glbs.batched_scales", func() { many.SetScales(perAxis) })
	s.set("glbs.lod", func() { many.SetLOD(lodOff) })
	s.set("glbs.glb_data", setData(many.SetData))
	s.set("glbs.cast_shadow", func() { many.SetCastShadow(false) })
	s.set("glbs.receive_shadow", func() { many.SetReceiveShadow(false) })
	s.set("glbs.scale", func() { many.SetScale(stretched) })
}

func settersOfSkinned(s *session) {
	h := added(s, "skinned", func() *viser.SkinnedMesh { return addSkinned(s, "/skinned", nil) })
	s.set("skinned.vertices", func() { h.SetVertices(times(vertices, 2)) })
	s.set("skinned.faces", func() { h.SetFaces(reversed(faces)) })
	s.set("skinned.color", func() { h.SetColor(*someColor) })
	s.set("skinned.receive_shadow", func() { h.SetShadowOpacity(0.25) })
	s.set("skinned.wireframe", func() { h.SetWireframe(true) })
	s.set("skinned.opacity", func() { h.SetOpacity(0.5) })
	s.set("skinned.flat_shading", func() { h.SetFlatShading(true) })
	s.set("skinned.side", func() { h.SetSide(viser.DoubleSide) })
	s.set("skinned.material", func() { h.SetMaterial(viser.Toon3) })
	s.set("skinned.cast_shadow", func() { h.SetCastShadow(false) })
	s.set("skinned.scale", func() { h.SetScale(stretched) })
	s.set("skinned.weights", func() {
		row := twoWeights[0]
		h.SetWeights([][]float32{row, row, row, row})
	})
	for i, bone := range h.Bones() {
		s.set(fmt.Sprintf("bone %d.wxyz", i), func() { bone.SetWXYZ(viser.Quat{Y: 1}) })
		s.set(fmt.Sprintf("bone %d.position", i), func() { bone.SetPosition(viser.Vec3{float64(i) + 4, 5, 6}) })
	}
}

func modelsClicks(s *session) {
	ignore := func(context.Context, viser.ClickEvent) {}
	meshes := added(s, "meshes", func() *viser.BatchedMeshes { return addMeshes(s, "/meshes", nil) })
	s.step("meshes on", func() { meshes.OnClick(ignore, viser.Shift) })
	glb := added(s, "glb", func() *viser.GLB { return addGLB(s, "/glb", nil) })
	s.step("glb on", func() { glb.OnClick(ignore, viser.Shift) })
	glbs := added(s, "glbs", func() *viser.BatchedGLB { return addBatchedGLB(s, "/glbs", nil) })
	s.step("glbs on", func() { glbs.OnClick(ignore, viser.Shift) })
	skinned := added(s, "skinned", func() *viser.SkinnedMesh { return addSkinned(s, "/skinned", nil) })
	s.step("skinned on", func() { skinned.OnClick(ignore, viser.Shift) })
}
