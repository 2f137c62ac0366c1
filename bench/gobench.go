package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

// What the Go benchmarks of the packages measure, without a socket.
var (
	encodeTime   = bestOf(atMost(100, "encode one pose", "ns"))
	encodeAllocs = atMost(0, "encode one pose", "allocations")
	stepTime     = bestOf(atMost(3, "10,000 nodes moved and turned, framed; one core", "ms"))
	stepAllocs   = atMost(20, "10,000 nodes moved and turned, framed", "allocations")
	stepBytes    = less("10,000 nodes moved and turned: the frame", "kB")
	replayTime   = bestOf(less("replay of 10,000 nodes, framed", "ms"))

	millionSeek = atMost(50, "recording of 1,000,000 poses: the state at a random time, p99", "ms")
	longOpen    = atMost(1000, "recording of 10 minutes of 1,000 nodes at 60 Hz, 72,000,000 poses: open", "ms")
	longSeek    = atMost(50, "the same: the state at a random time, p99", "ms")
)

// A goBenchmark is the benchmarks of a package that match a pattern, and the rows of their results.
type goBenchmark struct {
	pkg, pattern string
	results      []benchResult
	seeks        bool // counts seeks, of which a p99 needs many; else it runs for a time
	long         bool // takes a minute
}

var goBenchmarks = []goBenchmark{
	{pkg: "./internal/wire", pattern: "^BenchmarkEncodePosition$", results: []benchResult{
		{"EncodePosition", "ns/op", encodeTime, viserGo, 1},
		{"EncodePosition", "allocs/op", encodeAllocs, viserGo, 1},
	}},
	{pkg: ".", pattern: "^BenchmarkPoses10000$/^(packed|plain)$/^cores=1$", results: []benchResult{
		{"Poses10000/packed/cores=1", "ns/op", stepTime, viserGo, 1e-6},
		{"Poses10000/packed/cores=1", "allocs/op", stepAllocs, viserGo, 1},
		{"Poses10000/packed/cores=1", "B/frame", stepBytes, viserGo, 1e-3},
		{"Poses10000/plain/cores=1", "ns/op", stepTime, viserGoPlain, 1e-6},
		{"Poses10000/plain/cores=1", "allocs/op", stepAllocs, viserGoPlain, 1},
		{"Poses10000/plain/cores=1", "B/frame", stepBytes, viserGoPlain, 1e-3},
	}},
	{pkg: ".", pattern: "^BenchmarkJoin10000$", results: []benchResult{
		{"Join10000/packed", "ns/op", replayTime, viserGo, 1e-6},
		{"Join10000/plain", "ns/op", replayTime, viserGoPlain, 1e-6},
	}},
	{pkg: "./internal/recording", pattern: "^BenchmarkStateAt$/^poses=1M$", seeks: true, results: []benchResult{
		{"StateAt/poses=1M", "p99-ms", millionSeek, viserGo, 1},
	}},
	{pkg: "./internal/recording", pattern: "^Benchmark(Open|StateAt)$/^minutes=10$", seeks: true, long: true, results: []benchResult{
		{"Open/minutes=10", "ns/op", longOpen, viserGo, 1e-6},
		{"StateAt/minutes=10", "p99-ms", longSeek, viserGo, 1},
	}},
}

// A benchResult is one number of one benchmark.
type benchResult struct {
	name, unit string
	metric     *metric
	column     string
	scale      float64
}

func runGoBenchmarks(ctx context.Context, r *report, count int, benchTime string, long bool) error {
	for _, b := range goBenchmarks {
		if b.long && !long {
			continue
		}
		count, benchTime := count, benchTime
		if b.seeks {
			count, benchTime = 1, "400x"
		}
		cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", b.pattern,
			"-count", strconv.Itoa(count), "-benchtime", benchTime, b.pkg)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("%s: %w\n%s", cmd, err, out)
		}
		for _, want := range b.results {
			values := readBenchmark(string(out), want.name, want.unit)
			if len(values) == 0 {
				return fmt.Errorf("%s printed no %s of Benchmark%s:\n%s", cmd, want.unit, want.name, out)
			}
			for _, v := range values {
				r.add(want.metric, want.column, v*want.scale)
			}
		}
	}
	return nil
}

// readBenchmark finds the values of one benchmark in the output of go test.
func readBenchmark(out, name, unit string) (values []float64) {
	line := regexp.MustCompile(`^Benchmark` + regexp.QuoteMeta(name) + `(-\d+)?\s+\d+\s`)
	for text := range strings.Lines(out) {
		if !line.MatchString(text) {
			continue
		}
		fields := strings.Fields(text)
		for i := 3; i < len(fields); i += 2 {
			if v, err := strconv.ParseFloat(fields[i-1], 64); err == nil && fields[i] == unit {
				values = append(values, v)
			}
		}
	}
	return values
}

// clientSize is what a browser loads before the first picture.
var clientSize = atMost(500, "client: first visit, gzip", "kB")

// measureClient runs the client's own check. left is the reason if it could not.
func measureClient(ctx context.Context, r *report) (left string) {
	cmd := exec.CommandContext(ctx, "node", "client/scripts/size.mjs")
	out, _ := cmd.CombinedOutput() // it fails if the client is too large, which the table shows as well
	kb, ok := readSize(string(out))
	if !ok {
		return "the size of the client: it needs node, and a whole build: `npm run build` in client/"
	}
	r.add(clientSize, viserGo, kb)
	return ""
}

func readSize(out string) (kb float64, ok bool) {
	m := regexp.MustCompile(`(?m)^\s*([\d.]+) kB  first visit`).FindStringSubmatch(out)
	if m == nil {
		return 0, false
	}
	kb, err := strconv.ParseFloat(m[1], 64)
	return kb, err == nil
}
