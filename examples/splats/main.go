// Splats shows a file of Gaussian splats, .splat or .ply, or a galaxy that it makes up; a click prints which splat it
// was.
//
//	go run ./examples/splats [FILE]
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"os/signal"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/splat"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	s := galaxy(20_000)
	if name := flag.Arg(0); name != "" {
		var err error
		if s, err = splat.ReadFile(name, nil); err != nil {
			log.Fatal(err)
		}
	}
	server := viser.New(&viser.Options{Addr: *addr})
	if flag.Arg(0) != "" {
		server.Scene().SetUpDirection(viser.Vec3{0, -1, 0}) // as most such files have it
	}
	node := server.Scene().AddGaussianSplats("/splats", s.Centers, viser.SplatCovariances(s.Scales, s.WXYZs), rgb(s), s.Opacities, nil)
	text := server.GUI().AddMarkdown(fmt.Sprintf("%d splats; click on one", s.Len()), nil)
	node.OnClick(func(_ context.Context, e viser.ClickEvent) {
		i := e.InstanceIndex
		text.SetContent(fmt.Sprintf("splat %d at %.3v, color %v, opacity %.2f", i, s.Centers[i], s.Colors[i], s.Opacities[i]))
	})
	server.GUI().AddSlider("Size", 1, &viser.SliderOptions{Min: 0.1, Max: 2, Step: 0.1}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		node.SetCovariances(viser.SplatCovariances(times(s.Scales, float32(e.Value)), s.WXYZs))
	})
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}

func rgb(s *splat.Splats) []viser.RGB {
	out := make([]viser.RGB, s.Len())
	for i, c := range s.Colors {
		out[i] = c
	}
	return out
}

func times(scales [][3]float32, factor float32) [][3]float32 {
	out := make([][3]float32, len(scales))
	for i, s := range scales {
		out[i] = [3]float32{s[0] * factor, s[1] * factor, s[2] * factor}
	}
	return out
}

// galaxy has two arms of n splats around a bright middle, each drawn out along its arm.
func galaxy(n int) *splat.Splats {
	s := &splat.Splats{}
	random := rand.New(rand.NewPCG(1, 2))
	for range n {
		r := 2 * math.Sqrt(random.Float64())
		angle := 2.5*r + math.Pi*float64(random.IntN(2)) + 0.4*random.NormFloat64()
		height := 0.06 * random.NormFloat64() * (2.2 - r)
		sin, cos := math.Sincos(angle)
		s.Centers = append(s.Centers, [3]float32{float32(r * cos), float32(r * sin), float32(height)})
		size := float32(0.006 + 0.012*random.Float64())
		s.Scales = append(s.Scales, [3]float32{size, 3 * size, size})
		// Turned about z, so that the long axis, y, points along the arm.
		z, w := math.Sincos((angle + 0.4) / 2)
		s.WXYZs = append(s.WXYZs, [4]float32{float32(w), 0, 0, float32(z)})
		heat := math.Exp(-1.5 * r)
		pink := 120 * random.Float64() * (1 - heat)
		s.Colors = append(s.Colors, [3]uint8{uint8(120 + pink + 130*heat), uint8(130 + 100*heat), uint8(240 - 70*heat)})
		s.Opacities = append(s.Opacities, float32(random.Float64()*(0.15+0.7*heat)))
	}
	return s
}
