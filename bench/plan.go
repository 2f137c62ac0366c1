package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The measurements of servers, over local sockets.
var (
	startListening = atMost(30, "start to listening", "ms")
	startPage      = less("start to the whole page sent", "ms")
	startMemory    = atMost(30, "resident, idle", "MB")
	startCPU       = less("processor, idle", "ms a second")
	demoListening  = atMost(30, "viser demo: start to listening", "ms")
	demoMemory     = atMost(30, "viser demo: resident, idle", "MB")

	rttMedian  = atMost(1, "GUI value to a callback and back, p50", "ms")
	rttHigh    = less("GUI value to a callback and back, p99", "ms")
	rttThreads = less("the same through viser's thread pool, p50", "ms")

	addNodes  = less("program adds 10,000 nodes", "ms")
	joinTime  = less("page joins 10,000 nodes", "ms")
	joinBytes = less("page joins 10,000 nodes", "kB")

	posesSteps    = more("10,000 nodes moved at 60 Hz: steps by the program", "a second")
	posesComplete = more("10,000 nodes moved at 60 Hz: whole steps at the page", "a second")
	posesCPU      = less("10,000 nodes moved at 60 Hz: processor for a whole step", "ms")

	fanMedian    = less("100 pages, 100 updates a second: age on arrival, p50", "ms")
	fanHigh      = less("100 pages, 100 updates a second: age on arrival, p99", "ms")
	fanCPU       = less("100 pages, 100 updates a second: processor", "ms a second")
	fanDelivered = more("100 pages, 100 updates a second: delivered", "%")
	fanJoin      = less("100 pages join, one after the other", "ms")
	fanMemory    = less("memory for each page", "kB")
)

// Larger loads; most of them only without -short.
var (
	cloudCall = atMost(5, "1,000,000 points: call returns", "ms")
	cloudOne  = atMost(20, "1,000,000 points: last byte at 1 client", "ms")
	cloudTen  = atMost(80, "1,000,000 points: last byte at 10 clients", "ms")

	tightTicks = more("1,000 nodes in a tight Atomic loop: whole ticks at the page", "a second")
	worst3000  = atMost(25, "3,000 nodes at 60 Hz, plain wire: worst step of the program", "ms")
	worst10000 = atMost(25, "10,000 nodes at 60 Hz, plain wire: worst step of the program", "ms")

	replacedBytes  = atMost(1.01, "100 MB cloud set 10 times, then a client joins: received", "clouds")
	replacedMemory = atMost(1.3, "100 MB cloud set 10 times, then a client joins: resident", "clouds")

	crowdWithout = less("80 pages, 1,000 nodes at 60 Hz, 12 MB cloud at 5 Hz: age of a step, p99", "ms")
	crowdWith    = less("the same beside 20 stalled readers: age of a step, p99", "ms")
	crowdChange  = atMost(20, "the same: what the stalled readers change", "%")

	farWithout = less("92 pages and 8 more, 100 updates a second: age on arrival, p50", "ms")
	farWith    = less("the same with the 8 on links of 50 ms: age on arrival at the 92, p50", "ms")
	farChange  = atMost(20, "the same: what the links change", "%")

	sliderHigh  = atMost(50, "200 MB cloud under way on 50 Mbit/s: GUI value to a callback and back, p99", "ms")
	sliderWhole = less("200 MB cloud on 50 Mbit/s: until it is whole, with that slider", "s")

	timelineCPU = atMost(5, "a timeline of 1,000 nodes moved at 60 Hz: processor more than without", "%")

	loads = []*load{
		newLoad(500, 100, 0, 25), newLoad(100, 1000, 0, 25), newLoad(2000, 20, 1000, 100),
	}
)

// A load is a number of clients and of updates, with its rows.
type load struct {
	pages     int
	hz        float64
	bytes     int
	high, cpu *metric
	memory    *metric
}

func newLoad(pages int, hz float64, bytes int, target float64) *load {
	text := fmt.Sprintf("%d pages, %g updates a second", pages, hz)
	if bytes > 0 {
		text += fmt.Sprintf(" of %d bytes", bytes)
	}
	return &load{
		pages, hz, bytes, atMost(target, text+": age on arrival, p99", "ms"), less(text+": processor", "ms a second"),
		atMost(60, text+": memory for each page", "kB"),
	}
}

// A server is a column of the table: a program, and the protocol of its clients.
type server struct {
	column, protocol string
	args             []string
}

// A plan is what is measured, how often and for how long.
type plan struct {
	report
	leftOut []string
	only    []string // names of measurements; nil for all

	extended, fetching, plain server
	python                    *server // nil if there is none
	demo                      []string

	rounds, rtts, joins int
	seconds             float64 // of each load
	goCount             int
	goTime              string
	patience            time.Duration // for one measurement of one server
	long                bool          // also what takes minutes
}

func newPlan(dir string, o options) *plan {
	program := []string{filepath.Join(dir, "server"), "PORT"}
	p := &plan{
		extended: server{viserGo, packedDialect, program},
		fetching: server{viserGo, fetchDialect, program},
		plain:    server{viserGoPlain, plainDialect, program},
		demo:     []string{filepath.Join(dir, "viser"), "demo", "--port", "PORT"},
		rounds:   5, rtts: 100, joins: 3, seconds: 4, goCount: 10, goTime: "0.2s", patience: time.Minute, long: !o.short,
	}
	if o.short {
		p.rounds, p.rtts, p.joins, p.seconds, p.goCount, p.goTime = 1, 60, 1, 2, 5, "0.1s"
	}
	if o.only != "" {
		p.only = strings.Split(o.only, ",")
	}
	if o.python == "" {
		p.leftOut = append(p.leftOut, "the Python viser: VISER_PYTHON names no Python that has it")
		return p
	}
	p.python = &server{python, plainDialect, []string{o.python, "bench/server.py", "PORT"}}
	return p
}

// run measures everything. Each round measures all servers, so that other load on
// the machine affects them equally.
func (p *plan) run(ctx context.Context) error {
	if p.wants("go") {
		progress("Go benchmarks")
		if err := runGoBenchmarks(ctx, &p.report, p.goCount, p.goTime, p.long); err != nil {
			return err
		}
	}
	if p.wants("client") {
		progress("size of the client")
		if left := measureClient(ctx, &p.report); left != "" {
			p.leftOut = append(p.leftOut, left)
		}
	}
	both := p.servers(p.extended)
	all := p.servers(p.extended, p.plain)
	fetching := p.servers(p.fetching)
	n, long, longOnce := p.rounds, 0, 0
	if p.long {
		long, longOnce = n, 1
	}
	wanted := slices.DeleteFunc([]measurement{
		{"start", both, p.start, n, n},
		{"round trip", both, p.rtt, n, n},
		{"join", all, p.join, n, n},
		{"poses", all, p.poses, n, n},
		{"fan-out", both, p.fan, n, n},
		{"far pages", both, p.far, n, n},
		{"stalled", fetching, p.crowd, n, longOnce},
		{"points", both, p.points, n, n},
		{"tight loop", all, p.tight, n, n},
		{"timeline", []server{p.extended}, p.timeline, n, 0},
		{"worst step", p.servers(p.plain), p.worst, n, 1},
		{"slow link", fetching, p.slider, longOnce, longOnce},
		{"replaced", both, p.replaced, long, long},
		{"loads", both, p.loads, long, longOnce},
		{"recording", both, p.recordingCost, n, 1},
		{"recording", both, p.record, n, 1},
	}, func(m measurement) bool { return !p.wants(m.name) || max(m.ours, m.python) == 0 })
	for i, m := range wanted {
		if err := p.measure(ctx, m, fmt.Sprintf("%d of %d, %s", i+1, len(wanted), m.name)); err != nil {
			return err
		}
	}
	return nil
}

// A measurement is one of the kinds that -only names.
type measurement struct {
	name         string
	servers      []server
	measure      func(context.Context, server) error
	ours, python int // rounds; fewer of what takes the Python server long
}

// progress says what is being measured, for who waits: some measurements take minutes.
func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, "bench: "+format+"\n", args...) }

func (p *plan) measure(ctx context.Context, m measurement, title string) error {
	start := time.Now()
	for round := range max(m.ours, m.python) {
		for _, s := range m.servers {
			if s.column == python && round >= m.python || s.column != python && round >= m.ours {
				continue
			}
			progress("%s: round %d of %d, %s", title, round+1, max(m.ours, m.python), s.column)
			if err := p.patiently(ctx, s, m.measure); err != nil {
				return fmt.Errorf("%s: %s: %w", m.name, s.column, err)
			}
		}
	}
	progress("%s: took %.0f s", title, time.Since(start).Seconds())
	return nil
}

func (p *plan) wants(name string) bool { return p.only == nil || slices.Contains(p.only, name) }

func (p *plan) servers(list ...server) []server {
	if p.python != nil {
		list = append(list, *p.python)
	}
	return list
}

func (p *plan) patiently(ctx context.Context, s server, measure func(context.Context, server) error) error {
	ctx, cancel := context.WithTimeout(ctx, p.patience)
	defer cancel()
	return measure(ctx, s)
}

// with runs f with a fresh process of the server.
func (s server) with(ctx context.Context, f func(p *process) error) error {
	p, err := spawn(ctx, s.args)
	if err != nil {
		return err
	}
	if err = p.ready(); err == nil {
		err = f(p)
	}
	p.stop()
	if err != nil && p.stderr.Len() > 0 {
		err = fmt.Errorf("%w\nthe server wrote:\n%.4000s", err, p.stderr.String())
	}
	return err
}

func (p *plan) start(ctx context.Context, s server) error {
	got, err := measureStart(ctx, s.args)
	if err != nil {
		return err
	}
	p.add(startListening, s.column, ms(got.listening))
	p.add(startPage, s.column, ms(got.page))
	p.add(startMemory, s.column, got.memory)
	p.add(startCPU, s.column, 1000*got.cpu)
	if s.column != viserGo {
		return nil
	}
	demo, err := measureStart(ctx, p.demo)
	if err != nil {
		return err
	}
	p.add(demoListening, viserGo, ms(demo.listening))
	p.add(demoMemory, viserGo, demo.memory)
	return nil
}

func (p *plan) rtt(ctx context.Context, s server) error {
	return s.with(ctx, func(proc *process) error {
		took, err := measureRTT(ctx, proc.addr, s.protocol, "rtt_in", p.rtts)
		if err != nil {
			return err
		}
		p.add(rttMedian, s.column, ms(quantile(took, 0.5)))
		p.add(rttHigh, s.column, ms(quantile(took, 0.99)))
		if s.column != python {
			return nil
		}
		took, err = measureRTT(ctx, proc.addr, s.protocol, "rtt_in_thread", p.rtts)
		if err != nil {
			return err
		}
		p.add(rttThreads, s.column, ms(quantile(took, 0.5)))
		return nil
	})
}

func (p *plan) join(ctx context.Context, s server) error {
	return s.with(ctx, func(proc *process) error {
		got, err := measureJoin(ctx, proc.addr, s.protocol, 10_000, p.joins)
		if err != nil {
			return err
		}
		p.add(addNodes, s.column, ms(got.add))
		p.add(joinTime, s.column, ms(quantile(got.replays, 0.5)))
		p.add(joinBytes, s.column, float64(got.bytes)/1000)
		return nil
	})
}

func (p *plan) poses(ctx context.Context, s server) error {
	return s.with(ctx, func(proc *process) error {
		got, err := measurePoses(ctx, proc.addr, s.protocol, 10_000, 60, p.seconds, proc.cpu)
		if err != nil {
			return err
		}
		p.add(posesSteps, s.column, got.steps)
		p.add(posesComplete, s.column, got.complete)
		p.add(posesCPU, s.column, 1000*got.cpu/got.complete)
		return nil
	})
}

func (p *plan) fan(ctx context.Context, s server) error {
	return s.with(ctx, func(proc *process) error {
		got, err := measureFan(ctx, proc.addr, s.protocol, fanLoad{pages: 100, hz: 100, seconds: p.seconds}, proc)
		if err != nil {
			return err
		}
		p.add(fanMedian, s.column, ms(quantile(got.latencies, 0.5)))
		p.add(fanHigh, s.column, ms(quantile(got.latencies, 0.99)))
		p.add(fanCPU, s.column, 1000*got.cpu)
		p.add(fanDelivered, s.column, 100*got.delivered)
		p.add(fanJoin, s.column, ms(got.join))
		p.add(fanMemory, s.column, 1000*got.memory)
		return nil
	})
}

// far takes half the time for each of its phases.
func (p *plan) far(ctx context.Context, s server) error {
	return s.with(ctx, func(proc *process) error {
		load := farLoad{fanLoad{pages: 100, hz: 100, seconds: p.seconds / 2}, 8, 50 * time.Millisecond}
		got, err := measureFar(ctx, proc.addr, s.protocol, load, proc)
		if err != nil {
			return err
		}
		p.compare(s, farWithout, farWith, farChange, quantile(got.without, 0.5), quantile(got.with, 0.5))
		return nil
	})
}

// crowd leaves out the Python server if it can't do it.
func (p *plan) crowd(ctx context.Context, s server) error {
	err := s.with(ctx, func(proc *process) error {
		got, err := measureCrowd(ctx, proc.addr, s.protocol, crowd{
			healthy: 80, stalled: 20, fetching: 8, nodes: 1000, points: 12_000_000 / bytesPerPoint, hz: 60, seconds: p.seconds / 2,
		})
		if err != nil {
			return err
		}
		p.compare(s, crowdWithout, crowdWith, crowdChange, quantile(got.without, 0.99), quantile(got.with, 0.99))
		return nil
	})
	return p.tolerate(s, crowdWith, err)
}

// compare adds two latencies, and by how much the second is larger.
func (p *plan) compare(s server, without, with, change *metric, a, b time.Duration) {
	p.add(without, s.column, ms(a))
	p.add(with, s.column, ms(b))
	p.add(change, s.column, 100*(float64(b)/float64(a)-1))
}

// tolerate leaves out what a server other than ours can't do.
func (p *plan) tolerate(s server, m *metric, err error) error {
	if err == nil || s.column != python {
		return err
	}
	p.leftOut = append(p.leftOut, fmt.Sprintf("%s: %s: %v", s.column, m.text, err))
	return nil
}

func (p *plan) slider(ctx context.Context, s server) error {
	return s.with(ctx, func(proc *process) error {
		got, err := measureBusyLink(ctx, proc.addr, s.protocol, 200_000_000/bytesPerPoint, 50*megabit)
		if err != nil {
			return err
		}
		p.add(sliderHigh, s.column, ms(quantile(got.trips, 0.99)))
		p.add(sliderWhole, s.column, got.whole.Seconds())
		return nil
	})
}

func (p *plan) points(ctx context.Context, s server) error {
	for clients, row := range map[int]*metric{1: cloudOne, 10: cloudTen} {
		err := s.with(ctx, func(proc *process) error {
			got, err := measureCloud(ctx, proc.addr, s.protocol, 1_000_000, clients)
			if err != nil {
				return err
			}
			p.add(row, s.column, ms(got.last))
			p.add(cloudCall, s.column, ms(got.call))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) tight(ctx context.Context, s server) error {
	return s.with(ctx, func(proc *process) error {
		got, err := measurePoses(ctx, proc.addr, s.protocol, 1000, 1e9, p.seconds, proc.cpu)
		if err != nil {
			return err
		}
		p.add(tightTicks, s.column, got.complete)
		return nil
	})
}

// timeline leaves out the Python server, which has none.
func (p *plan) timeline(ctx context.Context, s server) error {
	return s.with(ctx, func(proc *process) error {
		got, err := measureTimeline(ctx, proc.addr, s.protocol, 1000, 60, p.seconds, proc.cpu)
		if err != nil {
			return err
		}
		p.add(timelineCPU, s.column, 100*(got.on/got.off-1))
		return nil
	})
}

func (p *plan) worst(ctx context.Context, s server) error {
	seconds := p.seconds
	if p.long {
		seconds = 1000.0 / 60
	}
	for n, row := range map[int]*metric{3000: worst3000, 10_000: worst10000} {
		err := s.with(ctx, func(proc *process) error {
			got, err := measurePoses(ctx, proc.addr, s.protocol, n, 60, seconds, proc.cpu)
			if err != nil {
				return err
			}
			p.add(row, s.column, ms(got.worst))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) replaced(ctx context.Context, s server) error {
	return s.with(ctx, func(proc *process) error {
		got, err := measureReplaced(ctx, proc.addr, s.protocol, 100_000_000/bytesPerPoint, 10, proc)
		if err != nil {
			return err
		}
		p.add(replacedBytes, s.column, got.received)
		p.add(replacedMemory, s.column, got.memory)
		return nil
	})
}

// loads leaves out what a server cannot do in time, except our own.
func (p *plan) loads(ctx context.Context, s server) error {
	for _, l := range loads {
		err := s.with(ctx, func(proc *process) error {
			got, err := measureFan(ctx, proc.addr, s.protocol, fanLoad{l.pages, l.hz, p.seconds, l.bytes}, proc)
			if err != nil {
				return err
			}
			p.add(l.high, s.column, ms(quantile(got.latencies, 0.99)))
			p.add(l.cpu, s.column, 1000*got.cpu)
			p.add(l.memory, s.column, 1000*got.memory)
			return nil
		})
		if err != nil {
			return p.tolerate(s, l.high, err)
		}
	}
	return nil
}
