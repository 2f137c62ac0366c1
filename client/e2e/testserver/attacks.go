package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/viser-go/viser"
)

func init() {
	scenarios["secure"] = secureScenario
	scenarios["stalled"] = stalledScenario
	scenarios["prefix"] = prefixScenario
}

// beside starts another server, whose options a test needs.
func (s *stage) beside(o viser.Options) (*viser.Server, error) {
	o.Addr, o.Logger = "127.0.0.1:0", slog.New(slog.NewTextHandler(os.Stderr, nil))
	server := viser.New(&o)
	server.OnClientConnect(func(_ context.Context, c *viser.Client) { s.event("joined %d", c.ID()) })
	server.OnClientSuspend(func(_ context.Context, c *viser.Client) { s.event("suspended %d", c.ID()) })
	server.OnClientResume(func(_ context.Context, c *viser.Client) { s.event("resumed %d", c.ID()) })
	server.OnClientDisconnect(func(_ context.Context, c *viser.Client) { s.event("left %d", c.ID()) })
	return server, server.Start(context.Background())
}

// secureScenario has a server that speaks https; the arguments are origins that may connect, too.
func secureScenario(s *stage) {
	s.commands["https"] = func(origins string) (string, error) {
		dir, err := os.MkdirTemp("", "viser-e2e-")
		if err != nil {
			return "", err
		}
		defer os.RemoveAll(dir)
		config, _, err := viser.TLSSelfSigned(dir)
		if err != nil {
			return "", err
		}
		server, err := s.beside(viser.Options{TLS: config, Token: "secret", AllowedOrigins: strings.Fields(origins)})
		if err != nil {
			return "", err
		}
		server.GUI().AddButton("Encrypted", nil).OnClick(func(context.Context, viser.ButtonEvent) { s.event("clicked") })
		return server.URL(), nil
	}
}

// stalledScenario has a server that disconnects a page that reads nothing for a second, and sends it more than fits
// into the buffers of the network. The argument is how long it keeps the client.
func stalledScenario(s *stage) {
	s.commands["start"] = func(grace string) (string, error) {
		keep, err := time.ParseDuration(grace)
		if err != nil {
			return "", err
		}
		server, err := s.beside(viser.Options{StallTimeout: time.Second, Grace: keep})
		if err != nil {
			return "", err
		}
		slider := server.GUI().AddSlider("Speed", 0, nil)
		noise := make([]byte, 3<<20) // it cannot be compressed
		rand.Read(noise)
		points := make([]viser.Vec3f, len(noise)/12)
		var clouds []*viser.PointCloud
		flood := func() {
			for i := range 8 {
				for k := range points {
					n := noise[(k*12+i)%(len(noise)-12):]
					points[k] = viser.Vec3f{float32(n[0]) / 256, float32(n[1]) / 256, float32(n[2]) / 256}
				}
				clouds = append(clouds, server.Scene().AddPointCloud(fmt.Sprint("/cloud", i), points, nil, nil))
			}
		}
		s.do("flood", func(string) { server.Atomic(flood) }) // or the page fetched the arrays
		s.do("set", func(string) {
			slider.SetValue(0.5)
			for _, cloud := range clouds {
				cloud.Remove()
			}
		})
		return server.URL(), nil
	}
}

// prefixScenario has a server under a path, for a proxy that does not remove it.
func prefixScenario(s *stage) {
	s.commands["start"] = func(path string) (string, error) {
		server, err := s.beside(viser.Options{PathPrefix: path, Token: "secret"})
		if err != nil {
			return "", err
		}
		server.GUI().AddUploadButton("Load", nil).OnUpload(func(_ context.Context, e viser.UploadEvent) { s.event("uploaded %s", e.File) })
		server.Scene().AddPointCloud("/cloud", make([]viser.Vec3f, 100_000), nil, nil)
		return server.URL(), nil
	}
}
