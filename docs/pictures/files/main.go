// Files writes the files that the pictures of the guide's page "Files and robots" show into a folder. They are made of the
// Stanford bunny, or made up. See docs/pictures/make.sh.
//
//	go run ./docs/pictures/files FOLDER
package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/examples/bunny"
	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/las"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/formats/obj"
	"github.com/viser-go/viser/formats/splat"
	"github.com/viser-go/viser/formats/stl"
	"github.com/viser-go/viser/transform"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: files FOLDER")
	}
	dir := os.Args[1]
	if err := errors.Join(
		write(dir, "survey/survey.las", func(w *os.File) error { return las.Write(w, cloud.SourceOf(survey())) }),
		write(dir, "several/jar.obj", writeJar(dir)),
		write(dir, "splats/bunny.spz", func(w *os.File) error { return splat.WriteSPZ(w, splats()) }),
		write(dir, "several/bunny.stl", func(w *os.File) error { return stl.Write(w, &mesh.Model{Parts: []mesh.Part{rabbit()}}) }),
		write(dir, "several/knot.xyz", writeKnot),
		reconstruction(filepath.Join(dir, "garden")),
	); err != nil {
		log.Fatal(err)
	}
}

// write makes a file and its folder.
func write(dir, name string, fill func(*os.File) error) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(fill(f), f.Close())
}

func rabbit() mesh.Part {
	points, faces := bunny.Mesh()
	return mesh.Part{Points: points, Faces: faces, Material: -1}
}

// survey is a made-up valley with woods and a few houses, in the coordinates of a map.
func survey() *cloud.Cloud {
	random := rand.New(rand.NewPCG(1, 2))
	c := &cloud.Cloud{Origin: [3]float64{452_300, 5_411_200, 310}}
	var class, intensity []float32
	add := func(x, y, z, kind, light float64) {
		c.Points = append(c.Points, [3]float32{float32(x), float32(y), float32(z)})
		class, intensity = append(class, float32(kind)), append(intensity, float32(math.Round(light+2500*random.NormFloat64())))
	}
	for range 220_000 {
		x, y := 400*random.Float64()-200, 300*random.Float64()-150
		z := ground(x, y)
		switch {
		case houseAt(x, y) > 0:
			add(x, y, z+houseAt(x, y), 6, 42_000)
		case woods(x, y) > 0.35 && random.Float64() < 0.8:
			crown := 9 + 8*math.Abs(math.Sin(x/5)*math.Cos(y/6))
			add(x, y, z+crown*(0.35+0.65*math.Sqrt(random.Float64())), 5, 18_000)
		case math.Abs(y-river(x)) < 5:
			add(x, y, ground(x, river(x))-0.5, 9, 6_000)
		default:
			add(x, y, z+0.15*random.NormFloat64(), 2, 31_000+3000*math.Sin(x/9)*math.Sin(y/11))
		}
	}
	for i, v := range intensity {
		intensity[i] = max(0, v)
	}
	c.Fields = []cloud.Field{{Name: "intensity", Values: intensity}, {Name: "classification", Values: class}}
	return c
}

func river(x float64) float64 { return 25*math.Sin(x/70) - 20 }

func ground(x, y float64) float64 {
	away := math.Abs(y - river(x))
	return 40*(1-math.Exp(-away*away/9000)) + 4*math.Sin(x/37)*math.Cos(y/29)
}

func woods(x, y float64) float64 {
	return math.Sin(x/33+1)*math.Cos(y/27) + 0.25*math.Sin(x/9)*math.Sin(y/7)
}

// houseAt is the height of a roof above the ground; 0 where there is none.
func houseAt(x, y float64) float64 {
	for i := range 9 {
		at := -160 + 40*float64(i)
		dx, dy := math.Abs(x-at), math.Abs(y-river(at)-26-8*float64(i%2))
		if dx < 7 && dy < 5 {
			return 9 - 0.7*dy
		}
	}
	return 0
}

// writeJar writes a turned jar, with its material and its texture beside it.
func writeJar(dir string) func(*os.File) error {
	const rows, columns = 96, 128
	part := mesh.Part{Name: "jar"}
	for r := range rows + 1 {
		v := float64(r) / rows
		radius := 0.26 + 0.2*math.Sin(math.Pi*(1.25*v+0.08)) - 0.1*v + 0.12*math.Pow(v, 14)
		for s := range columns + 1 {
			sin, cos := math.Sincos(2 * math.Pi * float64(s) / columns)
			part.Points = append(part.Points, [3]float32{float32(radius * cos), float32(radius * sin), float32(1.2 * v)})
			part.UVs = append(part.UVs, [2]float32{float32(s) / columns, float32(v)})
			if r > 0 && s > 0 {
				b := uint32(r*(columns+1) + s)
				a := b - columns - 1
				part.Faces = append(part.Faces, [3]uint32{a - 1, a, b}, [3]uint32{a - 1, b, b - 1})
			}
		}
	}
	part.Normals = part.SmoothNormals()
	material := mesh.DefaultMaterial("glaze")
	material.Color, material.Roughness, material.DoubleSided = [4]float32{1, 1, 1, 1}, 0.5, true
	return func(w *os.File) error {
		var picture bytes.Buffer
		if err := png.Encode(&picture, glaze()); err != nil {
			return err
		}
		material.Texture = &mesh.Image{Name: "glaze.png", Type: "image/png", Data: picture.Bytes()}
		return obj.Write(w, &mesh.Model{Parts: []mesh.Part{part}, Materials: []mesh.Material{material}}, &obj.WriteOptions{
			Materials: "jar.mtl",
			Create:    func(name string) (io.WriteCloser, error) { return os.Create(filepath.Join(dir, "several", name)) },
		})
	}
}

// glaze is the texture of the jar: bands with waves, meanders and leaves.
func glaze() image.Image {
	const width, height = 1024, 768
	clay, dark, cream := color.RGBA{186, 92, 48, 255}, color.RGBA{38, 34, 40, 255}, color.RGBA{238, 220, 184, 255}
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		v := 1 - float64(y)/height
		for x := range width {
			u := float64(x) / width
			c := clay
			switch {
			case v < 0.06 || v > 0.95:
				c = dark
			case v > 0.12 && v < 0.3 && math.Mod(v*20+math.Sin(2*math.Pi*12*u), 1.2) < 0.5:
				c = dark
			case v > 0.36 && v < 0.62:
				c = cream
				phase := math.Mod(16*u, 1) - 0.5
				if math.Abs(phase) < 0.34*math.Sqrt(math.Max(0, 1-math.Pow((v-0.49)/0.11, 2))) {
					c = dark
				}
				if math.Abs(phase) < 0.02 {
					c = clay
				}
			case v > 0.68 && v < 0.82 && (int(u*64)+int(v*40))%2 == 0:
				c = cream
			}
			picture.SetRGBA(x, y, c)
		}
	}
	return picture
}

// splats are flat Gaussians on the surface of the bunny, of the color of its directions.
func splats() *splat.Splats {
	s := &splat.Splats{}
	sample(30_000, func(p, n [3]float64, random *rand.Rand) {
		turn := between(n)
		size := float32(0.006 + 0.005*random.Float64())
		// The axes of such files: x to the right, y down, z forward.
		s.Centers = append(s.Centers, [3]float32{float32(p[0]), float32(-p[2]), float32(p[1])})
		s.Scales = append(s.Scales, [3]float32{size, 2 * size, size / 6})
		down := transform.SO3FromXRadians(math.Pi / 2).Multiply(turn)
		s.WXYZs = append(s.WXYZs, [4]float32{float32(down.W), float32(down.X), float32(down.Y), float32(down.Z)})
		c := fur(p, n)
		s.Colors = append(s.Colors, [3]uint8{c.R, c.G, c.B})
		s.Opacities = append(s.Opacities, float32(0.6+0.35*random.Float64()))
	})
	return s
}

// between turns z to a unit vector.
func between(n [3]float64) transform.SO3 {
	if n[2] < -0.999 {
		return transform.SO3FromXRadians(math.Pi)
	}
	return transform.SO3{W: 1 + n[2], X: -n[1], Y: n[0]}.Normalize()
}

// fur is the color of a place of the bunny, lit from above.
func fur(p, n [3]float64) color.RGBA {
	light := 0.35 + 0.65*math.Max(0, 0.3*n[0]-0.35*n[1]+0.85*n[2])
	spots := math.Sin(9*p[0]+2)*math.Sin(8*p[1]+1)*math.Sin(7*p[2]) > 0.1
	base := [3]float64{236, 214, 180}
	if spots {
		base = [3]float64{150, 96, 62}
	}
	return color.RGBA{uint8(base[0] * light), uint8(base[1] * light), uint8(base[2] * light), 255}
}

// sample calls f with places on the bunny and their normals, evenly over the surface.
func sample(n int, f func(p, normal [3]float64, random *rand.Rand)) {
	random := rand.New(rand.NewPCG(3, 4))
	part := rabbit()
	normals := part.SmoothNormals()
	sums := make([]float64, len(part.Faces))
	total := 0.0
	for i, face := range part.Faces {
		total += area(part.Points[face[0]], part.Points[face[1]], part.Points[face[2]])
		sums[i] = total
	}
	face := 0
	for i := range n {
		for face < len(sums)-1 && sums[face] < total*(float64(i)+0.5)/float64(n) {
			face++
		}
		a, b := random.Float64(), random.Float64()
		if a+b > 1 {
			a, b = 1-a, 1-b
		}
		var p, normal [3]float64
		length := 0.0
		for k, weight := range [3]float64{1 - a - b, a, b} {
			for axis := range p {
				p[axis] += weight * float64(part.Points[part.Faces[face][k]][axis])
				normal[axis] += weight * float64(normals[part.Faces[face][k]][axis])
			}
		}
		for _, v := range normal {
			length += v * v
		}
		for axis := range normal {
			normal[axis] /= math.Sqrt(length)
		}
		f(p, normal, random)
	}
}

func area(a, b, c [3]float32) float64 {
	var u, v [3]float64
	for i := range a {
		u[i], v[i] = float64(b[i]-a[i]), float64(c[i]-a[i])
	}
	return math.Sqrt(math.Pow(u[1]*v[2]-u[2]*v[1], 2)+math.Pow(u[2]*v[0]-u[0]*v[2], 2)+math.Pow(u[0]*v[1]-u[1]*v[0], 2)) / 2
}

// writeKnot writes a trefoil knot as text with a header.
func writeKnot(w *os.File) error {
	random := rand.New(rand.NewPCG(5, 6))
	var text strings.Builder
	text.WriteString("# x y z along\n")
	for range 30_000 {
		t := 2 * math.Pi * random.Float64()
		r := 2 + math.Cos(3*t)
		p := [3]float64{r * math.Cos(2*t), r * math.Sin(2*t), math.Sin(3 * t)}
		for _, v := range p {
			fmt.Fprintf(&text, "%.4f ", 0.18*(v+0.12*random.NormFloat64()))
		}
		fmt.Fprintf(&text, "%.4f\n", t)
	}
	_, err := w.WriteString(text.String())
	return err
}

const (
	cameras       = 14
	width, height = 320, 240
	focal         = 215.0
)

// reconstruction writes a reconstruction of COLMAP, of the bunny, with the pictures of a ring of cameras.
func reconstruction(dir string) error {
	var points, images strings.Builder
	id := 0
	sample(12_000, func(p, n [3]float64, _ *rand.Rand) {
		id++
		c := fur(p, n)
		fmt.Fprintf(&points, "%d %.5f %.5f %.5f %d %d %d %.3f 1 1 2 1\n", id, p[0], p[1], p[2], c.R, c.G, c.B, 0.3+0.1*n[0])
	})
	var errs []error
	for i := range cameras {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / cameras)
		pose := viser.LookAt(viser.Vec3{1.25 * cos, 1.25 * sin, 0.8}, viser.Vec3{0, 0, 0.45}, viser.Vec3{0, 0, 1})
		in := pose.Inverse()
		q, t := in.Rotation, in.Translation
		name := fmt.Sprintf("%02d.jpg", i)
		fmt.Fprintf(&images, "%d %.9f %.9f %.9f %.9f %.6f %.6f %.6f 1 %s\n\n", i+1, q.W, q.X, q.Y, q.Z, t[0], t[1], t[2], name)
		errs = append(errs, write(dir, "images/"+name, func(w *os.File) error {
			return jpeg.Encode(w, photo(in), nil)
		}))
	}
	for name, text := range map[string]string{
		"cameras.txt":  fmt.Sprintf("1 PINHOLE %d %d %g %g %d %d\n", width, height, focal, focal, width/2, height/2),
		"images.txt":   images.String(),
		"points3D.txt": points.String(),
	} {
		errs = append(errs, write(dir, "sparse/0/"+name, func(w *os.File) error {
			_, err := w.WriteString(text)
			return err
		}))
	}
	return errors.Join(errs...)
}

// photo draws the bunny as a camera sees it, by many small points.
func photo(in transform.SE3) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	depths := make([]float64, width*height)
	for i := range depths {
		depths[i] = math.Inf(1)
		picture.SetRGBA(i%width, i/width, color.RGBA{206, 216, 226, 255})
	}
	sample(200_000, func(p, n [3]float64, _ *rand.Rand) {
		at := in.Apply(p)
		x, y := int(width/2+focal*at[0]/at[2]), int(height/2+focal*at[1]/at[2])
		if x < 0 || y < 0 || x >= width || y >= height || at[2] > depths[y*width+x] {
			return
		}
		depths[y*width+x] = at[2]
		picture.SetRGBA(x, y, fur(p, n))
	})
	return picture
}
