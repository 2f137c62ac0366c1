// Hello shows a ball. It is the smallest program: a server, one node, and an address to open.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/viser-go/viser"
)

func main() {
	server := viser.New(nil)
	server.Scene().AddIcosphere("/ball", nil)
	if err := server.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	select {} // until Ctrl-C
}
