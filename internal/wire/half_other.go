//go:build !amd64

package wire

var hasHalves = cpuHasHalves()

func cpuHasHalves() bool { return false }

func eightHalves([]byte, []float32) {}
