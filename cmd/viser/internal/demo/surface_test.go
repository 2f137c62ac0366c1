package demo

import (
	"image"
	"math"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/examples/bunny"
)

func bunnySurface() *surface { return newSurface(bunny.Mesh()) }

// TestSampleIsEven compares how the points are spread with how the area is: over the eight slices of height,
// and over small and large triangles.
func TestSampleIsEven(t *testing.T) {
	s := bunnySurface()
	const n, slices = 100_000, 8
	points, normals := s.sample(n)
	if len(points) != n || len(normals) != n {
		t.Fatalf("%d points, %d normals", len(points), len(normals))
	}
	var got, want [slices]float64
	slice := func(z float64) int { return max(0, min(slices-1, int(z*slices))) }
	for _, p := range points {
		got[slice(float64(p[2]))] += 1.0 / n
	}
	total := s.areas[len(s.areas)-1]
	before := 0.0
	for i, f := range s.faces {
		middle := (s.corner(f[0])[2] + s.corner(f[1])[2] + s.corner(f[2])[2]) / 3
		want[slice(middle)] += (s.areas[i] - before) / total
		before = s.areas[i]
	}
	for i := range got {
		if math.Abs(got[i]-want[i]) > 0.01 {
			t.Errorf("slice %d has %.3f of the points and %.3f of the area", i, got[i], want[i])
		}
	}
}

// TestSampleIsOnTheSurface shoots at each point from just outside, and must hit it.
func TestSampleIsOnTheSurface(t *testing.T) {
	s := bunnySurface()
	points, normals := s.sample(300)
	for i, p := range points {
		at := viser.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}
		n := viser.Vec3{float64(normals[i][0]), float64(normals[i][1]), float64(normals[i][2])}
		hit, normal, ok := s.hit(plus(at, times(n, 1e-3)), times(n, -1))
		if !ok || length(minus(hit, at)) > 1e-4 || math.Abs(length(normal)-1) > 1e-5 {
			t.Fatalf("point %v: hit %v, normal %v, %v", at, hit, normal, ok)
		}
	}
}

func TestSampleIsSteady(t *testing.T) {
	s := bunnySurface()
	few, _ := s.sample(10)
	many, _ := s.sample(1000)
	for i := range few {
		if few[i] != many[i] {
			t.Fatalf("point %d is %v among 10 and %v among 1000", i, few[i], many[i])
		}
	}
}

func TestHit(t *testing.T) {
	s := bunnySurface()
	if p, _, ok := s.hit(viser.Vec3{0, -5, 0.4}, viser.Vec3{0, 1, 0}); !ok || p[1] > 0 {
		t.Errorf("from the front: %v, %v; the nearest side is the one before the middle", p, ok)
	}
	if p, _, ok := s.hit(viser.Vec3{0, -5, 0.4}, viser.Vec3{0, -1, 0}); ok {
		t.Errorf("backwards: %v", p)
	}
	if p, _, ok := s.hit(viser.Vec3{0, -5, 1.5}, viser.Vec3{0, 1, 0}); ok {
		t.Errorf("above the ears: %v", p)
	}
}

// TestDraw finds the bunny where it must be: in the middle of the picture, and not at its rim.
func TestDraw(t *testing.T) {
	img := drawBunny(200, 150)
	at := func(x, y int) (r, b uint32) { r, _, b, _ = img.At(x, y).RGBA(); return r, b }
	if r, b := at(100, 80); r <= b {
		t.Errorf("in the middle there is red %d and blue %d: no bunny", r, b)
	}
	for _, corner := range []image.Point{{0, 0}, {199, 0}, {0, 149}, {199, 149}} {
		if r, b := at(corner.X, corner.Y); r >= b {
			t.Errorf("at %v there is red %d and blue %d: no sky", corner, r, b)
		}
	}
}

func drawBunny(width, height int) image.Image {
	return bunnySurface().draw(drawing{
		width: width, height: height, fov: radians(startFOV),
		wxyz: viser.LookAt(pictureFrom, pictureTo, viser.Vec3{0, 0, 1}).Rotation, position: minus(pictureFrom, meshPosition), color: bunnyColor,
	})
}

func BenchmarkDraw(b *testing.B) {
	for b.Loop() {
		drawBunny(pictureWidth, pictureHeight)
	}
}
