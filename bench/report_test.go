package main

import (
	"slices"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	var r report
	fast, slow, many := atMost(1, "fast", "ms"), atMost(1, "slow", "ms"), more("many", "a second")
	for _, v := range []float64{0.4, 9, 0.5} { // one outlier
		r.add(fast, viserGo, v)
	}
	r.add(fast, python, 5)
	r.add(slow, viserGo, 1.5)
	bare := bestOf(atMost(1, "bare", "ns"))
	r.add(bare, viserGo, 9)
	r.add(bare, viserGo, 0.9)
	r.add(many, viserGo, 30)
	r.add(many, python, 10)
	if got := r.missed(); len(got) != 1 || !strings.HasPrefix(got[0], "slow: 1.50 ms") {
		t.Errorf("missed: %q", got)
	}
	for m, want := range map[*metric]float64{fast: 10, many: 3} {
		if x, ok := r.ratio(m); !ok || x != want {
			t.Errorf("%s is %v times better, want %v", m.text, x, want)
		}
	}
	var table, lines strings.Builder
	if err := r.table(&table); err != nil {
		t.Fatal(err)
	}
	for row, want := range map[string][]string{"fast": {"0.500", "10", "met"}, "slow": {"1.50", "MISSED"}} {
		i := strings.Index(table.String(), row)
		text, _, _ := strings.Cut(table.String()[i:], "\n")
		for _, w := range want {
			if !slices.Contains(strings.Fields(text), w) {
				t.Errorf("the table has no %q in %q", w, text)
			}
		}
	}
	if err := r.lines(&lines); err != nil {
		t.Fatal(err)
	}
	const want = `{"metric":"fast","unit":"ms","server":"viser-go","value":0.5,"values":[0.4,9,0.5],"target":1}`
	if first, _, _ := strings.Cut(lines.String(), "\n"); first != want {
		t.Errorf("the first line is %s, want %s", first, want)
	}
}

func TestQuantile(t *testing.T) {
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(100 - i)
	}
	for q, want := range map[float64]float64{0.5: 50, 0.99: 99, 1: 100} {
		if got := quantile(hundred, q); got != want {
			t.Errorf("quantile %v of 1 to 100 is %v, want %v", q, got, want)
		}
	}
	if got := quantile([]float64{7}, 0.99); got != 7 {
		t.Errorf("quantile of one value: %v", got)
	}
}

func TestReadBenchmark(t *testing.T) {
	const out = `goos: linux
BenchmarkPoses10000/packed/cores=1-2         	     100	   2492935 ns/op	    360200 B/frame	  370209 B/op	      12 allocs/op
BenchmarkPoses10000/packed/cores=1-2         	     100	   2100000 ns/op	    360200 B/frame	  370209 B/op	      13 allocs/op
BenchmarkPoses10000/packed/cores=12-2        	     100	   9 ns/op
PASS
`
	for unit, want := range map[string][]float64{
		"ns/op": {2492935, 2100000}, "B/frame": {360200, 360200}, "allocs/op": {12, 13}, "MB/s": nil,
	} {
		if got := readBenchmark(out, "Poses10000/packed/cores=1", unit); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", unit, got, want)
		}
	}
}

func TestReadSize(t *testing.T) {
	if kb, ok := readSize("    12.1 kB  a.js\n   350.5 kB  first visit, gzipped; budget 500 kB\n"); !ok || kb != 350.5 {
		t.Errorf("got %v, %v", kb, ok)
	}
	if kb, ok := readSize("no bundle report"); ok {
		t.Errorf("read %v out of nothing", kb)
	}
}

func TestOnlySomeMeasurements(t *testing.T) {
	all, some := newPlan("", options{}), newPlan("", options{only: "join,fan-out"})
	for name, want := range map[string]bool{"join": true, "fan-out": true, "poses": false} {
		if !all.wants(name) || some.wants(name) != want {
			t.Errorf("%s: %v of all, %v of some", name, all.wants(name), some.wants(name))
		}
	}
}
