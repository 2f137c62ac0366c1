package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"
)

// The columns of the table.
const (
	viserGo      = "viser-go"       // speaking viser-go.v1
	viserGoPlain = "viser-go plain" // the same server, speaking viser 1.1
	python       = "viser 1.1.1"
)

var columns = []string{viserGo, viserGoPlain, python}

// A metric is a row of the table.
type metric struct {
	text   string
	unit   string
	target float64 // at most, for viser-go
	has    bool    // a target
	more   bool    // more is better
	best   bool    // the result is the best value instead of the median
}

func atMost(x float64, text, unit string) *metric {
	return &metric{text: text, unit: unit, target: x, has: true}
}
func less(text, unit string) *metric { return &metric{text: text, unit: unit} }
func more(text, unit string) *metric { return &metric{text: text, unit: unit, more: true} }

// bestOf returns a metric whose result is its best value: for CPU-bound work, which
// other load can only slow down.
func bestOf(m *metric) *metric {
	m.best = true
	return m
}

// value makes one value of several.
func (m *metric) value(v []float64) float64 {
	if m.best {
		return slices.Min(v)
	}
	return quantile(v, 0.5)
}

// A report gathers measurements, several of each kind.
type report struct {
	rows   []*metric
	values map[*metric]map[string][]float64
}

func (r *report) add(m *metric, column string, v float64) {
	if r.values == nil {
		r.values = map[*metric]map[string][]float64{}
	}
	if r.values[m] == nil {
		r.rows = append(r.rows, m)
		r.values[m] = map[string][]float64{}
	}
	r.values[m][column] = append(r.values[m][column], v)
}

// quantile returns the smallest value that at least the share q does not exceed.
func quantile[T float64 | time.Duration](v []T, q float64) T {
	s := slices.Sorted(slices.Values(v))
	return s[max(0, int(q*float64(len(s))+0.9999)-1)]
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }

// ratio is how many times better viser-go is than Python's.
func (r *report) ratio(m *metric) (x float64, ok bool) {
	a, b := r.values[m][viserGo], r.values[m][python]
	if len(a) == 0 || len(b) == 0 {
		return 0, false
	}
	goValue, pyValue := m.value(a), m.value(b)
	if m.more {
		goValue, pyValue = pyValue, goValue
	}
	return pyValue / goValue, goValue > 0 && pyValue > 0
}

// missed lists the targets that were not met.
func (r *report) missed() (list []string) {
	for _, m := range r.rows {
		if v := r.values[m][viserGo]; m.has && len(v) > 0 && m.value(v) > m.target {
			list = append(list, fmt.Sprintf("%s: %s %s, want at most %s", m.text, short(m.value(v)), m.unit, short(m.target)))
		}
	}
	return list
}

func (r *report) table(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "\t")
	for _, c := range columns {
		fmt.Fprintf(t, "%s\t", c)
	}
	fmt.Fprintln(t, "times better\ttarget\t\t")
	for _, m := range r.rows {
		fmt.Fprintf(t, "%s (%s)\t", m.text, m.unit)
		for _, c := range columns {
			fmt.Fprintf(t, "%s\t", m.cell(r.values[m][c]))
		}
		ratio, target := "", ""
		if x, ok := r.ratio(m); ok {
			ratio = short(x)
		}
		if m.has {
			target = "≤ " + short(m.target)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t\n", ratio, target, r.verdict(m))
	}
	return t.Flush()
}

func (r *report) verdict(m *metric) string {
	v := r.values[m][viserGo]
	switch {
	case !m.has || len(v) == 0:
		return ""
	case m.value(v) <= m.target:
		return "met"
	}
	return "MISSED"
}

func (m *metric) cell(v []float64) string {
	if len(v) == 0 {
		return ""
	}
	return short(m.value(v))
}

// short formats a number with three significant digits.
func short(x float64) string {
	switch {
	case x == float64(int64(x)) || x >= 100 || x <= -100:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case x >= 10 || x <= -10:
		return strconv.FormatFloat(x, 'f', 1, 64)
	case x >= 1 || x <= -1:
		return strconv.FormatFloat(x, 'f', 2, 64)
	}
	return strconv.FormatFloat(x, 'f', 3, 64)
}

// lines writes one JSON object for each cell of the table.
func (r *report) lines(w io.Writer) error {
	type line struct {
		Metric string    `json:"metric"`
		Unit   string    `json:"unit"`
		Server string    `json:"server"`
		Value  float64   `json:"value"`
		Values []float64 `json:"values"`
		Target *float64  `json:"target,omitempty"`
	}
	enc := json.NewEncoder(w)
	for _, m := range r.rows {
		for _, c := range columns {
			v := r.values[m][c]
			if len(v) == 0 {
				continue
			}
			l := line{Metric: m.text, Unit: m.unit, Server: c, Value: m.value(v), Values: v}
			if m.has && c == viserGo {
				l.Target = &m.target
			}
			if err := enc.Encode(l); err != nil {
				return err
			}
		}
	}
	return nil
}
