module github.com/viser-go/viser/transform/gonumtest

go 1.26

require (
	github.com/viser-go/viser v0.0.0
	gonum.org/v1/gonum v0.17.0
	pgregory.net/rapid v1.3.0
)

replace github.com/viser-go/viser => ../..
