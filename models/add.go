package models

import (
	"bytes"
	"fmt"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/formats/splat"
	"github.com/viser-go/viser/robot"
)

// AddOptions are how a model is added to a scene. Nil is the zero value.
type AddOptions struct {
	// Scale is what coordinates are multiplied by; 0 means 1.
	Scale float64
	// PointSize is that of points in scene units; 0 makes points of a surface just touch.
	PointSize float64
	// AtOrigin subtracts the origin of the file's coordinates, which may be millions of units away, so that the model is
	// where the scene's origin is. Models of several files keep their places relative to each other without it.
	AtOrigin bool
}

// Add adds a model to a scene, that of a server or a client: a frame with that name, which has the parts below it. A mesh
// becomes a GLB node, a robot what package robot adds, a capture its points with a frustum for each camera. Points without a
// color are colored by their height. The picture of the surroundings lights the scene, and has no node.
//
// The model must not be changed afterwards. Add fails if a picture is broken, and panics with a *viser.UsageError if the
// name is empty or an option is out of its range.
func (m *Model) Add(scene *viser.Scene, name string, o *AddOptions) (*viser.Frame, error) {
	a := adder{scene: scene, name: name}
	if o != nil {
		a.o = *o
	}
	if a.o.Scale == 0 {
		a.o.Scale = 1
	}
	if !(a.o.Scale > 0) || math.IsInf(a.o.Scale, 0) {
		panic(&viser.UsageError{Func: "models.Model.Add", Message: fmt.Sprintf("Scale is %v; it must be a finite number above 0", a.o.Scale)})
	}
	frame := scene.AddFrame(name, &viser.FrameOptions{NoAxes: true})
	if err := a.all(m); err != nil {
		frame.Remove()
		return nil, err
	}
	return frame, nil
}

// adder adds the parts of a model.
type adder struct {
	scene *viser.Scene
	name  string
	o     AddOptions
}

func (a *adder) all(m *Model) error {
	if m.Cloud != nil && len(m.Cloud.Points) > 0 {
		a.cloud(m.Cloud)
	}
	if m.Splats != nil && m.Splats.Len() > 0 {
		a.splats(m.Splats)
	}
	if m.Mesh != nil && len(m.Mesh.Parts) > 0 {
		if err := a.mesh(m.Mesh); err != nil {
			return err
		}
	}
	if m.GLB != nil {
		if err := a.glb(m.GLB.Data, viser.Vec3{}); err != nil {
			return err
		}
	}
	if m.Robot != nil {
		robot.Add(a.scene, a.name+"/robot", m.Robot, &robot.AddOptions{Scale: a.o.Scale})
	}
	for i := range m.Cameras {
		a.camera(&m.Cameras[i], m.CamerasOrigin, i)
	}
	if m.Picture != nil {
		if err := a.picture(m.Picture); err != nil {
			return err
		}
	}
	if m.Panorama != nil {
		return a.scene.ConfigureEnvironmentMap(m.Panorama, &viser.EnvironmentMapOptions{Background: true})
	}
	return nil
}

// at is where a part with that origin is.
func (a *adder) at(origin [3]float64) (at viser.Vec3) {
	if a.o.AtOrigin {
		return at
	}
	for axis := range at {
		at[axis] = origin[axis] * a.o.Scale
	}
	return at
}

func (a *adder) cloud(c *cloud.Cloud) {
	lo, hi, _ := c.Bounds()
	var colors []viser.RGB
	if c.Colors != nil {
		colors = make([]viser.RGB, len(c.Colors))
		for i, color := range c.Colors {
			colors[i] = color
		}
	} else {
		heights := make([]float32, len(c.Points))
		for i, p := range c.Points {
			heights[i] = p[2]
		}
		colors = colormap.Colors[viser.RGB](colormap.Viridis, heights, float64(lo[2]), float64(hi[2]))
	}
	size := a.o.PointSize / a.o.Scale
	if size == 0 {
		size = PointSize(diagonal(lo, hi), len(c.Points))
	}
	a.scene.AddPointCloud(a.name+"/points", c.Points, colors, &viser.PointCloudOptions{
		Position: a.at(c.Origin), Scale: viser.Uniform(a.o.Scale), PointSize: size, Precision: viser.Float32,
	})
}

// PointSize is the size at which the points of a surface just touch, for a cloud whose bounding box has that diagonal, in its
// unit. Points of a scan are on surfaces, whose area is proportional to the square of the cloud's size. For few points it
// is small, so that edges between them are visible.
func PointSize(diagonal float64, points int) float64 {
	return min(0.8/math.Sqrt(float64(max(1, points))), 0.03) * diagonal
}

// diagonal is that of a box; 1 if it is empty.
func diagonal(lo, hi [3]float32) float64 {
	d := 0.0
	for axis := range lo {
		d = math.Hypot(d, float64(hi[axis])-float64(lo[axis]))
	}
	if d == 0 {
		return 1
	}
	return d
}

func (a *adder) splats(s *splat.Splats) {
	colors := make([]viser.RGB, s.Len())
	for i, c := range s.Colors {
		colors[i] = c
	}
	a.scene.AddGaussianSplats(a.name+"/splats", s.Centers, viser.SplatCovariances(s.Scales, s.WXYZs), colors, s.Opacities,
		&viser.GaussianSplatsOptions{Position: a.at(s.Origin), Scale: viser.Uniform(a.o.Scale), Degree: s.Degree, Harmonics: s.Harmonics})
}

// mesh adds a mesh as a GLB file, in its own coordinates and unit.
func (a *adder) mesh(m *mesh.Model) error {
	plain := *m
	plain.Up, plain.Unit, plain.Origin = "", 0, [3]float64{}
	var b bytes.Buffer
	if err := gltf.Write(&b, &plain); err != nil {
		return err
	}
	return a.glb(b.Bytes(), a.at(m.Origin))
}

func (a *adder) glb(data []byte, at viser.Vec3) error {
	_, err := a.scene.AddGLB(a.name+"/model", data, &viser.GLBOptions{Position: at, Scale: viser.Uniform(a.o.Scale)})
	return err
}

// cameraShare is the size of a frustum, as a share of the distance of the camera from the origin; it is at least as much of
// a unit.
const cameraShare = 0.05

func (a *adder) camera(c *Camera, origin [3]float64, i int) {
	pose := c.Pose
	distance := 0.0
	base := a.at(origin)
	for axis := range pose.Translation {
		pose.Translation[axis] *= a.o.Scale
		distance = math.Hypot(distance, pose.Translation[axis])
		pose.Translation[axis] += base[axis]
	}
	a.scene.AddCameraFrustum(fmt.Sprintf("%s/cameras/%d", a.name, i), c.FOV, c.Aspect, &viser.CameraFrustumOptions{
		Pose: pose, Scale: viser.Uniform(cameraShare * max(distance, a.o.Scale)), Thickness: 1.5, ThicknessUnits: viser.ScreenUnits, NoCastShadow: true,
	})
}

// picture adds a picture, a unit along its longer side, that stands upright in its own x-y plane.
func (a *adder) picture(p *mesh.Image) error {
	img, err := p.Decode()
	if err != nil {
		return err
	}
	size := img.Bounds().Size()
	unit := a.o.Scale / float64(max(size.X, size.Y))
	height := float64(size.Y) * unit
	a.scene.AddImage(a.name+"/picture", img, float64(size.X)*unit, height, &viser.ImageOptions{
		Position: viser.Vec3{0, height / 2, 0}, WXYZ: viser.Quat{X: 1}, // its rows run along +y
	})
	return nil
}
