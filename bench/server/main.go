// Command server is the server under test of the benchmark.
//
//	server PORT
//
// It prints READY and its port, and exits at the end of its standard input, so that it
// never outlives the harness.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/bench/internal/subject"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(port string) error {
	server := viser.New(&viser.Options{Addr: net.JoinHostPort("127.0.0.1", port), ExactPort: true})
	subject.New(server).Install()
	if err := server.Start(context.Background()); err != nil {
		return err
	}
	fmt.Println("READY", server.Addr().(*net.TCPAddr).Port)
	io.Copy(io.Discard, os.Stdin)
	return server.Close()
}
