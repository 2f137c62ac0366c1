// Embed has a web page that plays a recording in a frame, and controls it by buttons of its
// own. The page and the viewer are of two origins, as they are on two hosts.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"image/color"
	"log"
	"math"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/viser-go/viser"
)

//go:embed index.html
var page string

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	file, err := swing()
	if err != nil {
		log.Fatal(err)
	}
	outside, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	inside, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	site, host := "http://"+outside.Addr().String(), "http://"+inside.Addr().String()

	// A web server that has the web client and the recording. Only our site may embed it.
	viewer := viser.New(&viser.Options{AllowedOrigins: []string{site}})
	mux := http.NewServeMux()
	mux.Handle("/", viewer)
	mux.HandleFunc("/swing.viser", func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file)) // also in parts
	})
	go serve(ctx, inside, mux)

	// The site, which names itself as the page that may control the viewer.
	html := strings.ReplaceAll(page, "VIEWER", host)
	fmt.Printf("Open %s/\n", site)
	serve(ctx, outside, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, html)
	}))
	viewer.Close()
}

// swing is a recording of a pendulum: eight seconds, in no time.
func swing() ([]byte, error) {
	s := viser.New(nil)
	defer s.Close()
	arm := s.Scene().AddFrame("/arm", &viser.FrameOptions{Position: viser.Vec3{0, 0, 2}})
	s.Scene().AddIcosphere("/arm/ball", &viser.IcosphereOptions{
		Radius:   0.3,
		Color:    color.RGBA{R: 230, G: 120, B: 40, A: 255},
		Position: viser.Vec3{0, 0, -1.5},
	})
	s.Scene().AddGrid("/ground", nil)
	angle := s.GUI().AddNumber("Angle", 0, nil)
	angle.SetDisabled(true)

	var file bytes.Buffer
	recording, err := s.Record(&file, &viser.RecordOptions{ProgramTime: true})
	if err != nil {
		return nil, err
	}
	const step = 20 * time.Millisecond
	for t := time.Duration(0); t < 8*time.Second; t += step {
		a := math.Sin(math.Pi*t.Seconds()) * math.Exp(-t.Seconds()/6)
		arm.SetWXYZ(viser.AxisAngle(viser.Vec3{1, 0, 0}, a))
		angle.SetValue(math.Round(a*180/math.Pi*10) / 10)
		recording.Sleep(step)
	}
	err = recording.Close()
	return file.Bytes(), err
}

// serve serves until ctx ends.
func serve(ctx context.Context, ln net.Listener, h http.Handler) {
	web := &http.Server{Handler: h}
	context.AfterFunc(ctx, func() { web.Close() })
	if err := web.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}
