package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/gltf"
)

func init() { scenarios["gltf"] = gltfScenario }

// gltfScenario shows glTF files that the test makes, from -y and 4 away.
func gltfScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	s.do("remove", func(string) { sc.RemoveNode("/it") })
	var model *viser.GLB
	s.do("hide", func(string) { model.SetVisible(false) })
	s.do("unhide", func(string) { model.SetVisible(true) })
	s.commands["show"] = fromJSON(func(f shownGLB) (string, error) {
		data, skipped, err := f.glb()
		if err != nil {
			return "", err
		}
		for i := range f.Copies {
			at := viser.Vec3{float64(i % 20), 0, float64(i / 20)}
			if _, err := sc.AddGLB(fmt.Sprintf("/many/%d", i), data, &viser.GLBOptions{Position: at, Paused: f.Options.Paused}); err != nil {
				return "", err
			}
		}
		if f.Copies == 0 {
			model, err = sc.AddGLB("/it", data, &f.Options)
		}
		if err != nil {
			return "", err
		}
		return asJSON(skipped)
	})
	s.do("clickable", func(string) {
		model.OnClick(func(_ context.Context, e viser.ClickEvent) { s.event("click at %.0f", e.Hit[2]) })
	})
	s.commands["show-batch"] = fromJSON(func(f shownGLB) (string, error) {
		data, skipped, err := f.glb()
		if err == nil {
			_, err = sc.AddBatchedGLB("/it", data, nil, [][3]float32{{}}, nil)
		}
		if err != nil {
			return "", err
		}
		return asJSON(skipped)
	})
	s.commands["play"] = fromJSON(func(p played) (answer string, err error) {
		defer func() {
			if usage, ok := recover().(*viser.UsageError); ok {
				answer = usage.Error()
			}
		}()
		s.Atomic(func() { p.apply(model) })
		return "", nil
	})
	s.commands["playing"] = func(string) (string, error) {
		return asJSON(played{
			Scene: model.Scene(), Animation: new(model.Animation()), Playing: new(model.Playing()),
			Time: new(model.AnimationTime()), Speed: new(model.AnimationSpeed()), Once: new(model.AnimationOnce()),
		})
	}
}

// fromJSON is a command whose arguments are JSON.
func fromJSON[T any](f func(T) (string, error)) func(string) (string, error) {
	return func(text string) (string, error) {
		var args T
		if err := json.Unmarshal([]byte(text), &args); err != nil {
			return "", err
		}
		return f(args)
	}
}

// shownGLB is a GLB file; or with Files, one of glTF that refers to them.
type shownGLB struct {
	Data    []byte
	Files   map[string][]byte
	Copies  int
	Options viser.GLBOptions
}

func (f *shownGLB) glb() (data []byte, skipped []string, err error) {
	if f.Files == nil {
		return f.Data, []string{}, nil
	}
	return gltf.Embed(f.Data, &gltf.EmbedOptions{Open: func(name string) (io.ReadCloser, error) {
		data, ok := f.Files[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return io.NopCloser(bytes.NewReader(data)), nil
	}})
}

// played is what the setters of a model set; nil: not that.
type played struct {
	Scene, Animation *int
	Playing, Once    *bool
	Time, Speed      *float64
	NaN              string // the setter that is called with no number
}

func (p *played) apply(model *viser.GLB) {
	call(model.SetAnimation, p.Animation)
	call(model.SetPlaying, p.Playing)
	call(model.SetAnimationOnce, p.Once)
	call(model.SetAnimationTime, p.Time)
	call(model.SetAnimationSpeed, p.Speed)
	if p.Scene != nil {
		model.SetScene(p.Scene)
	}
	switch p.NaN {
	case "time":
		model.SetAnimationTime(math.NaN())
	case "speed":
		model.SetAnimationSpeed(math.NaN())
	}
}

func call[T any](set func(T), v *T) {
	if v != nil {
		set(*v)
	}
}
