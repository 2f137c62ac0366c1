package main

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/bench/internal/subject"
	"github.com/viser-go/viser/transform"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve starts the program under test, changed by alter, and returns its address.
func serve(t *testing.T, alter func(s *viser.Server, p *subject.Program)) string {
	t.Helper()
	s := viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: slog.New(slog.DiscardHandler)})
	p := subject.New(s)
	if alter != nil {
		alter(s, p)
	}
	p.Install()
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s.Addr().String()
}

// soon bounds a measurement whose server never responds correctly.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// still is a meter that reads zero.
type still struct{}

func (still) cpu() (float64, error)        { return 0, nil }
func (still) memory() (float64, error)     { return 1, nil }
func (still) settle(context.Context) error { return nil }

func TestMeasurements(t *testing.T) {
	for _, protocol := range []string{packedDialect, plainDialect} {
		t.Run(protocol, func(t *testing.T) {
			took, err := measureRTT(t.Context(), serve(t, nil), protocol, "rtt_in", 3)
			if err != nil || len(took) != 3 || took[0] <= 0 {
				t.Errorf("round trips: %v, %v", took, err)
			}
			j, err := measureJoin(t.Context(), serve(t, nil), protocol, 300, 2)
			if err != nil || len(j.replays) != 2 || j.bytes < 1000 || j.messages < 300 {
				t.Errorf("join: %+v, %v", j, err)
			}
			m, err := measurePoses(t.Context(), serve(t, nil), protocol, 50, 60, 0.2, still{}.cpu)
			if err != nil || m.steps <= 0 || m.complete <= 0 || m.complete > m.steps*1.5 {
				t.Errorf("poses: %+v, %v", m, err)
			}
			f, err := measureFan(t.Context(), serve(t, nil), protocol, fanLoad{pages: 3, hz: 100, seconds: 0.2, bytes: 50}, still{})
			if err != nil || f.delivered <= 0 || f.delivered > 1 || len(f.latencies) == 0 {
				t.Fatalf("fan: %+v, %v", f, err)
			}
			c, err := measureCloud(t.Context(), serve(t, nil), protocol, 1000, 2)
			if err != nil || c.call <= 0 || c.last < c.call/2 {
				t.Errorf("cloud: %+v, %v", c, err)
			}
			r, err := measureReplaced(t.Context(), serve(t, nil), protocol, 10_000, 3, still{})
			if err != nil || r.received < 1 || r.received > 1.5 {
				t.Errorf("replaced cloud: %+v, %v", r, err)
			}
			m2, err := measureFar(t.Context(), serve(t, nil), protocol, farLoad{fanLoad{pages: 4, hz: 100, seconds: 0.2}, 2, 5 * time.Millisecond}, still{})
			if err != nil || len(m2.without) == 0 || len(m2.with) == 0 {
				t.Errorf("far clients: %+v, %v", m2, err)
			}
			rec, err := measureRecording(t.Context(), serve(t, nil), protocol, 20, 60, 0.1, still{}.cpu)
			if err != nil || len(rec.trips) == 0 || len(rec.recording) == 0 || rec.bytes < 20 || rec.bytes > 10_000 {
				t.Errorf("recording: %+v, %v", rec, err)
			}
			kept, err := measureTimeline(t.Context(), serve(t, nil), protocol, 20, 60, 0.1, still{}.cpu)
			if err != nil || kept == nil {
				t.Errorf("timeline: %+v, %v", kept, err)
			}
			if p50 := quantile(f.latencies, 0.5); p50 <= 0 || p50 > time.Second {
				t.Errorf("fan: updates are %v old", p50)
			}
		})
	}
}

// TestMeasurementsOfLargeArrays, in the frames and fetched.
func TestMeasurementsOfLargeArrays(t *testing.T) {
	for _, protocol := range []string{fetchDialect, packedDialect, plainDialect} {
		t.Run(protocol, func(t *testing.T) {
			c, err := measureCrowd(t.Context(), serve(t, nil), protocol, crowd{healthy: 3, stalled: 1, fetching: 2, nodes: 20, points: 50_000, hz: 60, seconds: 0.2})
			if err != nil || len(c.without) == 0 || len(c.with) == 0 {
				t.Errorf("crowd: %+v, %v", c, err)
			}
			b, err := measureBusyLink(t.Context(), serve(t, nil), protocol, 100_000, 200*megabit)
			if err != nil || len(b.trips) == 0 || b.whole < b.trips[0] {
				t.Errorf("slider: %+v, %v", b, err)
			}
		})
	}
}

// TestWrongAnswersAreDetected alters the server in one way each, and checks that the
// measurement fails with a reason.
func TestWrongAnswersAreDetected(t *testing.T) {
	rtt := func(ctx context.Context, addr string) error {
		_, err := measureRTT(ctx, addr, packedDialect, "rtt_in", 3)
		return err
	}
	join := func(ctx context.Context, addr string) error {
		_, err := measureJoin(ctx, addr, packedDialect, 20, 1)
		return err
	}
	poses := func(ctx context.Context, addr string) error {
		_, err := measurePoses(ctx, addr, packedDialect, 20, 60, 0.1, still{}.cpu)
		return err
	}
	fan := func(ctx context.Context, addr string) error {
		_, err := measureFan(ctx, addr, packedDialect, fanLoad{pages: 2, hz: 50, seconds: 0.1}, still{})
		return err
	}
	crowded := func(ctx context.Context, addr string) error {
		_, err := measureCrowd(ctx, addr, fetchDialect, crowd{healthy: 2, fetching: 2, nodes: 20, points: 50_000, hz: 60, seconds: 0.1})
		return err
	}
	slider := func(ctx context.Context, addr string) error {
		_, err := measureBusyLink(ctx, addr, fetchDialect, 50_000, 400*megabit)
		return err
	}
	black := func(points int) func(s *viser.Server, count int) int {
		return func(s *viser.Server, count int) int {
			s.Scene().AddPointCloud("/cloud", make([]viser.Vec3f, points), make([]viser.RGB, points), nil)
			return count
		}
	}
	for _, c := range []struct {
		name    string
		alter   func(s *viser.Server, p *subject.Program)
		measure func(ctx context.Context, addr string) error
		want    string
	}{
		{"another value comes back", func(_ *viser.Server, p *subject.Program) {
			p.Echo = func(v float64) float64 { return v + 1 }
		}, rtt, "sent 1, got 2"},
		{"no value comes back", func(_ *viser.Server, p *subject.Program) {
			p.Echo = func(float64) float64 { return 0 }
		}, rtt, "waiting for the answer to rtt_in"},
		{"fewer nodes than asked for", after("nodes", func(s *viser.Server, count int) int { return count - 1 }), join, "added 19"},
		{"a node is missing", after("nodes", func(s *viser.Server, count int) int {
			s.Scene().RemoveNode(subject.Name(19))
			s.Flush()
			return count
		}), join, ""},
		{"a node stands elsewhere", after("nodes", func(s *viser.Server, count int) int {
			nodeOf(s, 7).SetPosition(viser.Vec3{0, 0, 9})
			return count
		}), join, "node 7"},
		{"a node does not turn", after("poses", func(s *viser.Server, count int) int {
			nodeOf(s, 7).SetWXYZ(transform.SO3Identity())
			return count
		}), poses, "node 7"},
		{"a node stays behind", after("poses", func(s *viser.Server, count int) int {
			nodeOf(s, 7).SetPosition(subject.Place(7, count-1))
			return count
		}), poses, "node 7"},
		{"the last step is missing", after("poses", func(s *viser.Server, count int) int { return count + 1 }), poses, "after step"},
		{"the last update is missing", after("small", func(s *viser.Server, count int) int { return count + 1 }), fan, "page 1 of 2"},
		{"a crowd has a cloud of other colors", after("busy", black(50_000)), crowded, "checksum"},
		{"a crowd's last step is missing", after("busy", func(s *viser.Server, count int) int { return count + 1 }), crowded, "after step"},
		{"the cloud has other colors", after("cloud", black(50_000)), slider, "checksum"},
		{"another value comes back beside a cloud", func(_ *viser.Server, p *subject.Program) {
			p.Echo = func(v float64) float64 { return v + 1 }
		}, slider, "sent 1, got 2"},
		{"a command is unknown", func(_ *viser.Server, p *subject.Program) { delete(p.Commands, "nodes") }, join, "no command"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.measure(soon(t), serve(t, c.alter))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

// after alters the effect of a command, or its result.
func after(command string, alter func(s *viser.Server, count int) int) func(*viser.Server, *subject.Program) {
	return func(s *viser.Server, p *subject.Program) {
		do := p.Commands[command]
		p.Commands[command] = func(ctx context.Context, c subject.Command) int { return alter(s, do(ctx, c)) }
	}
}

func nodeOf(s *viser.Server, i int) viser.Node {
	n, ok := s.Scene().Node(subject.Name(i))
	if !ok {
		panic("the scene has no " + subject.Name(i))
	}
	return n
}

func TestWrongProtocol(t *testing.T) {
	p, err := dial(t.Context(), serve(t, nil), "viser-v0.2.0")
	if err != nil {
		t.Fatal(err) // a refusal is sent after the upgrade, so that the page can read it
	}
	defer p.close()
	if err := p.join(t.Context()); err == nil || !strings.Contains(err.Error(), "Version mismatch") {
		t.Errorf("a page of another viser gets %v", err)
	}
}
