package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser"
)

func (s *stage) cameras() {
	s.forClient("camera", cameraIs)
	s.forClient("set-camera", setCamera)
	s.forClient("refused", refused)
	off := func() {}
	s.forClient("watch-camera", func(c *viser.Client, _ string) (string, error) {
		off = c.Camera().OnUpdate(func(_ context.Context, e viser.CameraEvent) {
			text, _ := describeCamera(e)
			s.event("camera %s", text)
		})
		return "", nil
	})
	s.do("unwatch-camera", func(string) { off() })
}

// cameraIs returns all that can be read of the client's camera.
func cameraIs(c *viser.Client, _ string) (string, error) { return describeCamera(c.Camera().State()) }

func describeCamera(e viser.CameraEvent) (string, error) {
	q, cam := e.WXYZ, e.Client.Camera()
	return asJSON(map[string]any{
		"position": e.Position, "lookAt": e.LookAt, "up": e.UpDirection, "wxyz": [4]float64{q.W, q.X, q.Y, q.Z},
		"fov": e.FOV, "near": e.Near, "far": e.Far, "min": cam.MinOrbitDistance(), "max": cam.MaxOrbitDistance(),
		"aspect": e.Aspect(), "width": e.ImageWidth, "height": e.ImageHeight, "age": time.Since(e.Time).Seconds(),
	})
}

// setCamera takes a property and numbers.
func setCamera(c *viser.Client, args string) (string, error) {
	f := strings.Fields(args)
	var xs [4]float64
	for i, s := range f[1:] {
		xs[i], _ = strconv.ParseFloat(s, 64)
	}
	v := viser.Vec3(xs[:3])
	cam := c.Camera()
	switch f[0] {
	case "position":
		return "", cam.SetPosition(v)
	case "look-at":
		return "", cam.SetLookAt(v)
	case "up":
		return "", cam.SetUpDirection(v)
	case "wxyz":
		return "", cam.SetWXYZ(viser.Quat{W: xs[0], X: xs[1], Y: xs[2], Z: xs[3]})
	case "fov":
		return "", cam.SetFOV(xs[0])
	case "near":
		return "", cam.SetNear(xs[0])
	case "far":
		return "", cam.SetFar(xs[0])
	case "min":
		return "", cam.SetMinOrbitDistance(xs[0])
	case "max":
		return "", cam.SetMaxOrbitDistance(xs[0])
	}
	return "", fmt.Errorf("there is no property %q", f[0])
}

// refused tries invalid views, and returns the number of rejected ones.
func refused(c *viser.Client, _ string) (string, error) {
	cam, nan := c.Camera(), math.NaN()
	tries := []error{
		cam.SetPosition(viser.Vec3{nan, 0, 0}), cam.SetLookAt(viser.Vec3{0, math.Inf(1), 0}), cam.SetUpDirection(viser.Vec3{}),
		cam.SetWXYZ(viser.Quat{}), cam.SetWXYZ(viser.Quat{W: nan}), cam.SetFOV(nan), cam.SetFOV(0), cam.SetNear(math.Inf(1)),
		cam.SetFar(nan), cam.SetMinOrbitDistance(nan), cam.SetMaxOrbitDistance(nan), cam.SetLookAt(cam.Position()),
	}
	for i, err := range tries {
		if err == nil {
			return "", fmt.Errorf("try %d was not refused; the others: %w", i, errors.Join(tries...))
		}
	}
	return fmt.Sprintf("%d of %d", len(tries), len(tries)), nil
}
