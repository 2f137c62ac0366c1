package colmap

import (
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // pictures of reconstructions
	_ "image/png"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/viser-go/viser"
)

// AddOptions are how a reconstruction is added to a scene. Nil is the zero value.
type AddOptions struct {
	// PointSize is the size of the points in scene units; default 0.02.
	PointSize float64
	// FrustumScale is the distance from a camera to its picture; default 0.15.
	FrustumScale float64
	// AxesLength is that of the axes of a camera; default 0.1.
	AxesLength float64
	// MaxImages adds at most that many images, evenly over all; 0 means all.
	MaxImages int
	// SetUp makes what is up in the mean of all pictures the scene's up direction.
	SetUp bool
}

// A Shown is a reconstruction in a scene. All methods are safe for concurrent use.
type Shown struct {
	cloud  *viser.PointCloud
	images []ShownImage
}

// A ShownImage is an image in a scene. Frustum is nil for a camera that sees all around.
type ShownImage struct {
	Image   Image
	Frame   *viser.Frame
	Frustum *viser.CameraFrustum
}

// Add adds the points as NAME/pcd, and for each image a frame NAME/frame_ID with a frustum, as the example of viser for
// COLMAP names them. Pictures are added by [Shown.ShowPictures]. It panics with a *viser.UsageError if the name is empty,
// or a size is below 0 or not finite.
func Add(scene *viser.Scene, name string, m *Model, opts *AddOptions) *Shown {
	o := AddOptions{}
	if opts != nil {
		o = *opts
	}
	o.PointSize, o.FrustumScale, o.AxesLength = or(o.PointSize, 0.02), or(o.FrustumScale, 0.15), or(o.AxesLength, 0.1)
	if name = strings.TrimRight(name, "/"); name == "" {
		panic(&viser.UsageError{Func: "colmap.Add", Message: "the name is empty"})
	}
	s := &Shown{}
	s.cloud = scene.AddPointCloud(name+"/pcd", m.Points, m.Colors, &viser.PointCloudOptions{PointSize: o.PointSize})
	if up, ok := m.Up(); ok && o.SetUp {
		scene.SetUpDirection(up)
	}
	for _, img := range thinned(m.Images, o.MaxImages) {
		path := fmt.Sprintf("%s/frame_%d", name, img.ID)
		shown := ShownImage{Image: img, Frame: scene.AddFrame(path, &viser.FrameOptions{
			Pose: img.Pose, AxesLength: o.AxesLength, AxesRadius: o.AxesLength / 20,
		})}
		if fov, aspect, ok := m.Cameras[img.Camera].FOV(); ok {
			shown.Frustum = scene.AddCameraFrustum(path+"/frustum", fov, aspect, &viser.CameraFrustumOptions{
				Scale: viser.Vec3{o.FrustumScale, o.FrustumScale, o.FrustumScale},
			})
		}
		s.images = append(s.images, shown)
	}
	return s
}

func or(v, otherwise float64) float64 {
	if v == 0 {
		return otherwise
	}
	return v
}

// thinned returns at most most of the images, evenly over all.
func thinned(images []Image, most int) []Image {
	if most <= 0 || len(images) <= most {
		return images
	}
	out := make([]Image, most)
	for i := range out {
		out[i] = images[i*len(images)/most]
	}
	return out
}

// Up returns what is up in the mean of all pictures, of length 1; false if they do not agree at all.
func (m *Model) Up() (viser.Vec3, bool) {
	var sum viser.Vec3
	for _, img := range m.Images {
		up := img.Pose.Rotation.Apply(viser.Vec3{0, -1, 0})
		for i := range sum {
			sum[i] += up[i]
		}
	}
	n := math.Sqrt(sum[0]*sum[0] + sum[1]*sum[1] + sum[2]*sum[2])
	if n < 1e-6*float64(len(m.Images)) || n == 0 {
		return viser.Vec3{}, false
	}
	return viser.Vec3{sum[0] / n, sum[1] / n, sum[2] / n}, true
}

// Cloud returns the points.
func (s *Shown) Cloud() *viser.PointCloud { return s.cloud }

// Images returns the images.
func (s *Shown) Images() []ShownImage { return slices.Clone(s.images) }

// Remove removes the points and images. A second call does nothing.
func (s *Shown) Remove() {
	s.cloud.Remove()
	for _, img := range s.images {
		img.Frame.Remove()
	}
}

// maxPixels bounds a decoded picture to 1 GiB.
const maxPixels = 1 << 28

// ShowPictures reads the pictures in a folder, makes them at most width pixels wide, and shows them in their frusta; a
// width of 0 keeps them. It returns when all are shown or ctx ends, and names those that are not. Several are read at
// a time. Only files in the folder, or below it, are opened.
func (s *Shown) ShowPictures(ctx context.Context, dir string, width int) (skipped []string, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close() // nothing was written
	next := make(chan ShownImage)
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range min(runtime.GOMAXPROCS(0), 8) {
		wg.Go(func() {
			for img := range next {
				picture, err := readPicture(root, img.Image.Name, width)
				if err != nil {
					mu.Lock()
					skipped = append(skipped, fmt.Sprintf("picture %s: %v", img.Image.Name, err))
					mu.Unlock()
					continue
				}
				img.Frustum.SetImage(picture)
			}
		})
	}
	for _, img := range s.images {
		if img.Frustum == nil || ctx.Err() != nil {
			continue
		}
		select {
		case next <- img:
		case <-ctx.Done():
		}
	}
	close(next)
	wg.Wait()
	slices.Sort(skipped)
	return skipped, ctx.Err()
}

func readPicture(root *os.Root, name string, width int) (image.Image, error) {
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		if os.IsNotExist(err) {
			return nil, os.ErrNotExist
		}
		return nil, err
	}
	defer f.Close() // nothing was written
	config, _, err := image.DecodeConfig(f)
	if err != nil {
		return nil, fmt.Errorf("it is no PNG or JPEG picture: %w", err)
	}
	if int64(config.Width)*int64(config.Height) > maxPixels || config.Width == 0 || config.Height == 0 {
		return nil, fmt.Errorf("%d x %d pixels are out of range", config.Width, config.Height)
	}
	if _, err := f.Seek(0, 0); err != nil {
		return nil, err
	}
	picture, _, err := image.Decode(f)
	if err != nil {
		return nil, err
	}
	return shrink(picture, width), nil
}

// shrink makes a picture smaller by a whole number, so that it is at most width pixels wide. Each pixel is the mean of
// those it stands for.
func shrink(picture image.Image, width int) image.Image {
	b := picture.Bounds()
	if width <= 0 || b.Dx() <= width {
		return picture
	}
	by := (b.Dx() + width - 1) / width
	out := image.NewRGBA(image.Rect(0, 0, max(1, b.Dx()/by), max(1, b.Dy()/by)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum [4]uint64
			n := uint64(0)
			for dy := range by {
				for dx := range by {
					at := image.Pt(b.Min.X+x*by+dx, b.Min.Y+y*by+dy)
					if !at.In(b) {
						continue
					}
					r, g, bl, a := picture.At(at.X, at.Y).RGBA()
					for k, v := range []uint32{r, g, bl, a} {
						sum[k] += uint64(v >> 8)
					}
					n++
				}
			}
			o := out.PixOffset(x, y)
			for k := range sum {
				out.Pix[o+k] = uint8(sum[k] / n)
			}
		}
	}
	return out
}
