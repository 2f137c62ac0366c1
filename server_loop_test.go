package viser_test

import (
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
)

// TestTicks counts in the clock of a bubble, with a body that is once too slow.
func TestTicks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := viser.NewTestServer(&viser.Options{Logger: quiet()})
		var got []float64
		for now := range s.Ticks(10) {
			got = append(got, now)
			switch len(got) {
			case 2:
				time.Sleep(250 * time.Millisecond)
			case 5:
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		}
		// The tick at 0.2 waited for the slow body until 0.35; that at 0.3 was left out.
		if diff := cmp.Diff([]float64{0, 0.1, 0.35, 0.4, 0.5}, got); diff != "" {
			t.Error(diff)
		}
		for range s.Ticks(10) {
			t.Error("a closed server ticks")
		}
	})
}

func TestTicksEndAtABreak(t *testing.T) {
	s := viser.NewTestServer(&viser.Options{Logger: quiet()})
	defer s.Close()
	n := 0
	for range s.Ticks(1000) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d ticks", n)
	}
}

func TestMustStart(t *testing.T) {
	s := viser.MustStart(&viser.Options{Addr: "127.0.0.1:0", Logger: quiet()})
	defer s.Close()
	if status, _ := get(t, s.URL()); status != 200 {
		t.Errorf("the page is %d", status)
	}
	defer func() {
		if err, ok := recover().(error); !ok {
			t.Errorf("it panicked with %v", err)
		} else if _, usage := err.(*viser.UsageError); usage {
			t.Errorf("a port that is taken is not the program's mistake: %v", err)
		}
	}()
	viser.MustStart(&viser.Options{Addr: s.Addr().(*net.TCPAddr).String(), ExactPort: true, Logger: quiet()})
}

func TestInitialView(t *testing.T) {
	s := viser.NewTestServer(&viser.Options{Logger: quiet()})
	defer s.Close()
	s.InitialCamera().SetView(viser.Vec3{1, 2, 3}, viser.Vec3{4, 5, 6})
	if p, at := s.InitialCamera().Position(), s.InitialCamera().LookAt(); p != (viser.Vec3{1, 2, 3}) || at != (viser.Vec3{4, 5, 6}) {
		t.Errorf("from %v to %v", p, at)
	}
}
