package state_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// TestBlocksStayWholeUnderLoad lets clients take windows as fast as they are published, while blocks of Atomic for one
// client change a shared node and one of the client: each frame must have both or neither. Connections take shared
// windows without the store's lock, so this is about the order of the flag and the window.
func TestBlocksStayWholeUnderLoad(t *testing.T) {
	st := state.New(state.Options{Period: time.Nanosecond})
	defer st.Close()
	const clients, blocks = 6, 2000
	noise := addFrame(st.Shared(), "/noise", &wire.FrameProps{}, nil)
	var reading, writing sync.WaitGroup
	for i := range clients {
		c := connect(t, st, i, wire.Dialect(i%2))
		shared := addFrame(st.Shared(), fmt.Sprint("/", i), &wire.FrameProps{}, nil)
		own := addFrame(c.Scope(), "/own", &wire.FrameProps{}, nil)
		reading.Go(func() {
			a, b := fmt.Sprint("|/", i), fmt.Sprint(i, "|/own")
			c.until(t.Context(), func() (done bool) {
				if c.nodes[a].pos != c.nodes[b].pos {
					t.Errorf("a part of a block: %s is at %v, %s at %v", a, c.nodes[a].pos, b, c.nodes[b].pos)
					return true
				}
				return c.nodes[a].pos[0] == blocks
			})
		})
		writing.Go(func() {
			for k := 1; k <= blocks; k++ {
				noise.SetOrientation([4]float64{float64(i), float64(k), 0, 0})
				c.Scope().Hold()
				shared.SetPosition([3]float64{float64(k)})
				runtime.Gosched() // a window is published here, or not
				own.SetPosition([3]float64{float64(k)})
				c.Scope().Release()
			}
		})
	}
	writing.Wait()
	reading.Wait()
}

// until reads until done, which is called after each frame from the end of the replay on.
func (c *client) until(ctx context.Context, done func() bool) {
	for !c.ready || !done() {
		f, err := c.Next(ctx)
		if err == nil {
			err = c.apply(f)
		}
		if err != nil {
			c.t.Error(err)
			return
		}
	}
}

// TestWindowsAreOfOneMoment changes, replaces and patches what windows have just copied, while they are written without
// the lock: each frame must have all values of one block, those of one property, of a new node and of an array.
func TestWindowsAreOfOneMoment(t *testing.T) {
	for _, patched := range []bool{false, true} {
		t.Run(fmt.Sprint("patched=", patched), func(t *testing.T) {
			st := state.New(state.Options{Period: time.Nanosecond})
			defer st.Close()
			const blocks = 1000
			b := &momentBlock{st: st, patched: patched}
			b.init()
			var reading sync.WaitGroup
			for i := range 4 {
				c := connect(t, st, i, wire.Dialect(i%2))
				reading.Go(func() { c.until(t.Context(), func() bool { return c.isMoment(blocks) }) })
			}
			for k := 1; k <= blocks; k++ {
				st.Together(func() { b.set(float64(k)) })
				runtime.Gosched() // a window is copied here, or not
			}
			reading.Wait()
		})
	}
}

// A momentBlock sets everything to the same number.
type momentBlock struct {
	st       *state.Store
	patched  bool
	props    wire.FrameProps
	old, new *state.Entity
	slider   *state.Entity
	cloud    modelCloud
}

func (b *momentBlock) init() {
	sc := b.st.Shared()
	b.old = addFrame(sc, "/old", &b.props, nil)
	b.new = addFrame(sc, "/new", &b.props, nil)
	b.slider = addSlider(sc, "s", 0)
	if b.patched {
		b.cloud.props.Points = wire.Array{DType: wire.Float32, Data: make([]byte, 12)}
		b.cloud.props.Colors = wire.Array{DType: "|u1"}
		addCloud(sc, "/cloud", &b.cloud, nil)
	}
}

func (b *momentBlock) set(x float64) {
	b.props.AxesLength = x
	b.old.SetProps(&b.props, wire.FramePropsAxesLength)
	b.props.AxesRadius = x
	if int(x)%2 == 1 {
		b.new = addFrame(b.st.Shared(), "/new", &b.props, b.new)
	} else { // soon after the creation, which a window may be writing
		b.new.SetProps(&b.props, wire.FramePropsAxesLength, wire.FramePropsAxesRadius)
	}
	b.new.SetPosition([3]float64{x})
	b.slider.SetValue(state.NoClient, float(x))
	if b.patched {
		data := binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(x)))
		points := &b.cloud.props.Points
		b.cloud.ent.Patch(state.Patch{Prop: wire.PointCloudPropsPoints, Array: points, Data: data, Total: 12})
	}
}

// isMoment checks that everything has the same number, and reports whether it is the last one.
func (c *client) isMoment(last float64) bool {
	x := c.nodes["|/old"].props.AxesLength
	n := c.nodes["|/new"]
	got := []float64{n.props.AxesLength, n.props.AxesRadius, n.pos[0], c.values["s"].(float64)}
	if cloud := c.clouds["|/cloud"]; cloud != nil {
		got = append(got, numbers(cloud.arrays[0])[0])
	}
	for _, y := range got {
		if y != x {
			c.t.Errorf("values of several moments in one frame: %v and %v", x, got)
			return true
		}
	}
	return x == last
}

// TestAtomicWithoutPauseIsSent calls Atomic again and again: connections must get windows between two blocks, and one
// that joins must get the state.
func TestAtomicWithoutPauseIsSent(t *testing.T) {
	st := state.New(state.Options{Period: time.Nanosecond})
	defer st.Close()
	nodes := make([]*state.Entity, 300)
	for i := range nodes {
		nodes[i] = addFrame(st.Shared(), fmt.Sprint("/", i), &wire.FrameProps{}, nil)
	}
	const steps = 200
	blocks := 0
	var reading sync.WaitGroup
	stop := make(chan struct{})
	for i := range 2 {
		c := connect(t, st, i, wire.Dialect(i))
		reading.Go(func() { c.until(t.Context(), func() bool { return c.steps >= steps }) })
	}
	go func() { reading.Wait(); close(stop) }()
	for running := true; running; blocks++ {
		st.Together(func() {
			for i, n := range nodes {
				n.SetPosition([3]float64{float64(blocks), float64(i)})
			}
		})
		select {
		case <-stop:
			running = false
		default:
		}
	}
	t.Log(blocks, "blocks")
	if blocks > 600*steps {
		t.Errorf("%d blocks were needed for %d windows", blocks, steps)
	}
}
