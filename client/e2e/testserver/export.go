package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/hdri"
	"github.com/viser-go/viser/uplot"
)

func init() { scenarios["export"] = exportScenario }

// exportScenario writes pages that are one file, of a scene with what only some scenes need, and of a recording.
func exportScenario(s *stage) {
	sc, g := s.Scene(), s.GUI()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 2})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	box := sc.AddBox("/box", &viser.BoxOptions{Color: viser.Red, Position: viser.Vec3{-1, 0, 0}})
	s.commands["export"] = func(path string) (string, error) { return "", exportTo(s, path, nil) }
	s.commands["export-with"] = func(path string) (string, error) {
		g.SetPanelLabel("A panel")
		return "", exportTo(s, path, &viser.ExportOptions{Title: "An export", DarkMode: true, Parameters: map[string][]string{"hideViserLogo": {"1"}}})
	}
	s.do("fill", func(string) {
		if err := fillExport(sc, g); err != nil {
			panic(err)
		}
	})
	s.commands["export-recording"] = func(path string) (string, error) {
		dir, err := os.MkdirTemp("", "viser-e2e-")
		if err != nil {
			return "", err
		}
		defer os.RemoveAll(dir)
		file := filepath.Join(dir, "run.viser")
		recording, err := s.RecordFile(file, &viser.RecordOptions{ProgramTime: true})
		if err != nil {
			return "", err
		}
		for i := range 4 {
			box.SetPosition(viser.Vec3{-1, 0, float64(i)})
			recording.Sleep(time.Second / 2)
		}
		if err := recording.Close(); err != nil {
			return "", err
		}
		return "", exportTo(s, path, &viser.ExportOptions{Recording: file})
	}
}

func exportTo(s *stage, path string, o *viser.ExportOptions) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := s.ExportHTML(f, o); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// fillExport adds something of each part of the client.
func fillExport(sc *viser.Scene, g *viser.GUI) error {
	cloud := make([]viser.Vec3f, 20_000)
	for i := range cloud {
		cloud[i] = viser.Vec3f{float32(i%100) / 100, 1, float32(i/100) / 200}
	}
	sc.AddPointCloud("/cloud", cloud, nil, nil)
	model := sure(sc.AddGLB("/model", squareGLB(false, "", texture()), &viser.GLBOptions{Position: viser.Vec3{1, 0, 0}}))
	model.OnClick(func(context.Context, viser.ClickEvent) {})
	sc.AddRectAreaLight("/light", nil)
	var set splatSet
	set.add([3]float32{0, 0, 1}, ballOf(0.3), primary[1], 1)
	sc.AddGaussianSplats("/splats", set.centers, set.covs, set.colors, set.opacities, nil)
	if err := sc.ConfigureEnvironmentMap(hdri.Night.Data(), nil); err != nil {
		return err
	}
	g.AddMarkdown("Some **bold** text, `code`, and $x^2$", nil)
	g.AddRGB("Color", viser.RGB{255, 0, 0}, nil)
	g.AddTable([]string{"name"}, [][]any{{"a row"}}, nil)
	g.AddUplot([][]float64{{0, 1, 2}, {0, 1, 4}}, []uplot.Series{{Label: "t"}, {Label: "square"}}, &viser.UplotOptions{Title: "Squares"})
	_, err := g.AddPlotly(bars("Bars"), nil)
	return err
}
