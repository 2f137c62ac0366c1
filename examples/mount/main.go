// Mount puts a viser server under a path of another web server: it is an http.Handler.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"

	"github.com/viser-go/viser"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	scene := viser.New(nil) // never started: the mux below serves it
	scene.Scene().AddCylinder("/tin", nil)

	mux := http.NewServeMux()
	mux.Handle("/3d/", http.StripPrefix("/3d", scene))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><title>Mount</title><p>My own page. <a href="/3d/">The scene</a> is next door.`)
	})
	ln, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	web := &http.Server{Handler: mux}
	context.AfterFunc(ctx, func() {
		scene.Close() // ends the connections that the web server has handed over
		web.Close()
	})
	fmt.Printf("Open http://%s/\n", ln.Addr())
	if err := web.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}
