package view

import (
	"fmt"
	"image"

	"github.com/viser-go/viser"
)

// picture is a shown picture: a meter wide, standing on its lower edge, unless it is higher.
type picture struct {
	f    *file
	img  image.Image
	at   viser.Vec3
	size [2]float64
}

func newPicture(f *file, img image.Image) *picture {
	size := img.Bounds().Size()
	longer := float64(max(size.X, size.Y))
	return &picture{f: f, img: img, size: [2]float64{float64(size.X) / longer, float64(size.Y) / longer}}
}

func (p *picture) kind() string { return "Picture" }

func (p *picture) bounds() (whole, seen box, ok bool) {
	whole = box{viser.Vec3{-p.size[0] / 2, 0, 0}, viser.Vec3{p.size[0] / 2, p.size[1], 0}}
	return whole, whole, true
}

func (p *picture) origin() viser.Vec3 { return p.at }

func (p *picture) recenter(by viser.Vec3) { p.at = add(p.at, by) }

func (p *picture) add(parent string, at viser.Vec3) {
	at[1] += p.size[1] / 2 * p.f.v.scale
	p.f.v.server.Scene().AddImage(parent+"/picture", p.img, p.size[0]*p.f.v.scale, p.size[1]*p.f.v.scale, &viser.ImageOptions{
		Position: at, WXYZ: viser.Quat{X: 1}, // its rows run along +y: half a turn about x puts the first one on top
	})
}

func (p *picture) addControls(*viser.Folder) {}
func (p *picture) turned()                   {}
func (p *picture) leftOut() []string         { return nil }

func (p *picture) facts() []string {
	size := p.img.Bounds().Size()
	return []string{fmt.Sprintf("%d by %d pixels", size.X, size.Y)}
}
