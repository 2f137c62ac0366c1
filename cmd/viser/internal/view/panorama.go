package view

import (
	"context"
	"fmt"

	"github.com/viser-go/viser"
)

// panorama is a picture of the surroundings, which light what else is shown. It has no place.
type panorama struct {
	f       *file
	data    []byte
	options viser.EnvironmentMapOptions // what the panel shows; guarded by Viewer.mu
}

// newPanorama checks the picture by showing it.
func newPanorama(f *file, data []byte) (*panorama, error) {
	p := &panorama{f: f, data: data}
	p.options.Background = true
	return p, p.show()
}

func (p *panorama) show() error {
	return p.f.v.server.Scene().ConfigureEnvironmentMap(p.data, &p.options)
}

func (p *panorama) kind() string { return "Light" }

func (p *panorama) bounds() (whole, seen box, ok bool) { return box{}, box{}, false }

func (p *panorama) origin() viser.Vec3     { return viser.Vec3{} }
func (p *panorama) recenter(viser.Vec3)    {}
func (p *panorama) add(string, viser.Vec3) {}
func (p *panorama) turned()                {}
func (p *panorama) leftOut() []string      { return nil }

func (p *panorama) facts() []string {
	return []string{fmt.Sprintf("surroundings, %.1f MB", float64(len(p.data))/1e6)}
}

func (p *panorama) addControls(folder *viser.Folder) {
	folder.AddCheckbox("Background", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		p.change(func(o *viser.EnvironmentMapOptions) { o.Background = e.Value })
	})
	folder.AddSlider("Blur", 0, &viser.SliderOptions{Max: 1, Step: 0.01}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		p.change(func(o *viser.EnvironmentMapOptions) { o.BackgroundBlurriness = e.Value })
	})
	folder.AddSlider("Intensity", 1, &viser.SliderOptions{Max: 5, Step: 0.05}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		p.change(func(o *viser.EnvironmentMapOptions) {
			o.BackgroundIntensity, o.EnvironmentIntensity = &e.Value, &e.Value
		})
	})
}

// change sets an option. The picture was accepted before.
func (p *panorama) change(set func(*viser.EnvironmentMapOptions)) {
	p.f.v.mu.Lock()
	defer p.f.v.mu.Unlock()
	set(&p.options)
	if err := p.show(); err != nil {
		p.f.v.report(err.Error())
	}
}
