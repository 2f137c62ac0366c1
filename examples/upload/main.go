// Upload accepts files from clients: .ply files are shown as point clouds, of others the
// checksum.
package main

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"path"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/ply"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	button := server.GUI().AddUploadButton("Send files", &viser.UploadButtonOptions{
		Hint:     "Files may be dropped here. Point clouds of .ply files are shown",
		MaxBytes: 1 << 30,
	})
	button.OnUpload(func(_ context.Context, e viser.UploadEvent) { received(server, e) })
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}

// received handles a file, which is removed when it returns.
func received(server *viser.Server, e viser.UploadEvent) {
	summary, err := look(server, e.File)
	if err != nil {
		e.Client.Notify(e.File.Name(), err.Error(), &viser.NotificationOptions{Color: viser.Red})
		return
	}
	e.Client.Notify(e.File.Name(), summary, nil)
}

func look(server *viser.Server, f *viser.UploadedFile) (summary string, err error) {
	if path.Ext(f.Name()) == ".ply" {
		return show(server, f)
	}
	sum := sha256.New()
	n, err := io.Copy(sum, f.Reader()) // never all in memory
	return fmt.Sprintf("%d bytes, SHA-256 %x…", n, sum.Sum(nil)[:8]), err
}

// show puts a point cloud into the scene, white where the file has no colors.
func show(server *viser.Server, f *viser.UploadedFile) (summary string, err error) {
	model, err := ply.Read(f.Reader(), nil)
	if err != nil {
		return "", err
	}
	colors := []viser.RGB{{255, 255, 255}}
	if len(model.Colors) == len(model.Points) {
		colors = make([]viser.RGB, len(model.Colors))
		for i, c := range model.Colors {
			colors[i] = viser.RGB{c[0], c[1], c[2]}
		}
	}
	server.Scene().AddPointCloud("/uploaded", model.Points, colors, &viser.PointCloudOptions{PointSize: 0.01})
	return fmt.Sprintf("%d points", len(model.Points)), nil
}
