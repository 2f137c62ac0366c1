package timeline

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A page is a client, whose page applies the frames that it reads.
type page struct {
	*state.Conn
	dialect wire.Dialect
	viewer  *Viewer
	shows   *fold.State
	cursor  string
	ready   bool
	frames  int
	able    bool // to continue its session
	cut     bool // its connection is lost
	places  []Place
}

func connect(st *state.Store, id int, d wire.Dialect) *page {
	c, err := st.Connect(id, d)
	if err != nil {
		panic(err)
	}
	return &page{Conn: c, dialect: d, shows: fold.New()}
}

// watch makes the page a viewer of a timeline.
func (p *page) watch(t *Timeline) {
	p.viewer = t.Viewer(p.Conn, p.dialect == wire.Extended, func(at Place) { p.places = append(p.places, at) })
}

// resumable makes the session one that can be continued.
func (p *page) resumable() {
	p.able = true
	p.KeepSession(func(resumed bool) wire.Message { return &wire.SessionMessage{Resumed: resumed} })
}

// take reads the next frame; nil if there is none.
func (p *page) take() *wire.Frame {
	ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
	defer cancel()
	f, err := p.Next(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	if err != nil {
		panic(err)
	}
	return f
}

// read reads frames until there is none.
func (p *page) read() {
	for f := p.take(); f != nil; f = p.take() {
		p.apply(f)
	}
}

func (p *page) apply(f *wire.Frame) {
	p.frames++
	w, err := wire.ReadRaw(f.Bytes(), wire.DefaultLimits)
	if err != nil {
		panic(err)
	}
	for _, m := range w.Messages {
		switch m.Type {
		case "SessionMessage":
			if !strings.Contains(string(m.B), "resumed\xc3") {
				p.shows = fold.New()
			}
		case "ReplayDoneMessage":
			p.ready = true
		}
		if err := p.shows.Apply(m); err != nil {
			panic(err)
		}
	}
	if w.Cursor != "" {
		p.cursor = w.Cursor
	}
}

// shared is what the page shows of the shared scope.
func (p *page) shared() *fold.State {
	s := p.shows.Clone()
	for m := range p.shows.Messages() {
		name := nameOf(m)
		if uuid := textOf(m, "uuid"); strings.HasPrefix(uuid, "own") {
			_ = s.Apply(wire.RawOf(&wire.GuiRemoveMessage{UUID: uuid}))
		}
		if owner := textOf(m, "owner"); owner != "" {
			_ = s.Apply(wire.RawOf(&wire.RemoveSceneNodeMessage{Name: name, Owner: owner}))
		}
	}
	return s
}

// own lists what the page shows of the client's own scope.
func (p *page) own() map[string]float64 {
	out := map[string]float64{}
	for m := range p.shows.Messages() {
		if uuid := textOf(m, "uuid"); strings.HasPrefix(uuid, "own") && strings.HasPrefix(m.Type, "GuiSlider") {
			out[uuid] = numberOf(m, "value")
		}
	}
	return out
}

func field(m wire.RawMessage, name string) []byte {
	n, b, _ := msgp.ReadMapHeaderBytes(m.B)
	for ; n > 0; n-- {
		var key []byte
		key, b, _ = msgp.ReadStringZC(b)
		if string(key) == name {
			return b
		}
		b, _ = msgp.Skip(b)
	}
	return nil
}

func textOf(m wire.RawMessage, name string) string {
	s, _, _ := msgp.ReadStringBytes(field(m, name))
	return s
}

func numberOf(m wire.RawMessage, name string) float64 {
	x, _, _ := msgp.ReadFloat64Bytes(field(m, name))
	return x
}

var (
	frameKind  = state.SceneKind("FrameMessage", new(wire.FrameProps))
	sliderKind = state.GUIKind("GuiSliderMessage", new(wire.GuiSliderProps))
)

func head(sc *state.Scope, name string) state.Head {
	return func(e *wire.Encoder) int {
		e.String("name")
		e.String(name)
		e.String("owner")
		e.String(sc.Owner())
		e.String("virtual")
		e.Bool(false)
		return 3
	}
}

func frame(sc *state.Scope, name string, size float64, replaces *state.Entity) *state.Entity {
	return sc.Create(&state.Create{Kind: frameKind, Key: name, Props: &wire.FrameProps{AxesLength: size}, Replaces: replaces, Head: head(sc, name),
		Place: state.Place{WXYZ: [4]float64{1, 0, 0, 0}, Visible: true}, Placed: true})
}

func slider(sc *state.Scope, uuid string, v float64) *state.Entity {
	return sc.Create(&state.Create{Kind: sliderKind, Key: uuid, Props: &wire.GuiSliderProps{}, Value: float(v), Head: state.Head(func(e *wire.Encoder) int {
		e.String("uuid")
		e.String(uuid)
		e.String("container_uuid")
		e.String("root")
		return 2
	})})
}

func float(v float64) func(*wire.Encoder) { return func(e *wire.Encoder) { e.Float(v) } }
