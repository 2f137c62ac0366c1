module github.com/viser-go/viser

go 1.26

require (
	github.com/coder/websocket v1.8.15
	github.com/google/go-cmp v0.7.0
	github.com/klauspost/compress v1.20.3
	github.com/tinylib/msgp v1.6.5
	go.uber.org/goleak v1.3.0
	golang.org/x/image v0.44.0
	pgregory.net/rapid v1.3.0
)

require github.com/philhofer/fwd v1.2.0 // indirect
