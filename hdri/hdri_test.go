package hdri_test

import (
	"bytes"
	"image/jpeg"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/hdri"
)

func TestEachPresetIsAPanorama(t *testing.T) {
	s := viser.New(nil)
	defer s.Close()
	for _, p := range hdri.Presets() {
		data := p.Data()
		config, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil || config.Width != 2*config.Height {
			t.Errorf("%s: %v, %v", p, config, err)
		}
		if err := s.Scene().ConfigureEnvironmentMap(data, nil); err != nil {
			t.Errorf("%s: %v", p, err)
		}
		if q, err := hdri.ByName(string(p)); q != p || err != nil {
			t.Errorf("by its name, %s is %q, %v", p, q, err)
		}
	}
	if len(hdri.Presets()) != 10 {
		t.Errorf("%d presets", len(hdri.Presets()))
	}
}

func TestUnknownNames(t *testing.T) {
	if p, err := hdri.ByName("attic"); err == nil {
		t.Errorf("there is an attic: %q", p)
	}
	defer func() {
		if recover() == nil {
			t.Error("data of a preset that is none")
		}
	}()
	hdri.Preset("../hdri").Data()
}
