//go:build !race

package viser_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// A visitor is a page of a scenario, with a user who moves the slider. It connects again whenever its connection ends.
type visitor struct {
	sc        *scenario
	name      string // whose token it has
	protocols []string
	resumes   bool
	rng       *rand.Rand

	mu sync.Mutex // guards what follows
	visitorState

	session *wire.SessionMessage
	cursor  string
	sent    []wire.Message // that the server may not have received
	before  int            // messages of the session before those
}

// visitorState is what the page shows.
type visitorState struct {
	nodes    map[string]*shownNode // by owner and name
	byID     map[uint32]*shownNode
	clouds   map[string]float32
	slider   string
	value    float64
	latest   int // revision of the value that was sent last
	received int // revision that the server has confirmed
	complete bool
}

type shownNode struct {
	length float64
	x      float64
}

func newVisitorState() visitorState {
	return visitorState{nodes: map[string]*shownNode{}, byID: map[uint32]*shownNode{}, clouds: map[string]float32{}}
}

// run connects until the scenario is over.
func (v *visitor) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := v.visit(ctx)
		var f *scenarioFailure
		if errors.As(err, &f) {
			v.sc.fail(f)
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(1+v.rng.IntN(300)) * time.Millisecond):
		}
	}
}

// transport makes one connection after the other to the server that runs now, with faults.
func (v *visitor) transport() *http.Transport {
	return &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		c, err := v.sc.dial(ctx)
		if err != nil {
			return nil, err
		}
		return v.sc.faults.on(c), nil
	}}
}

// visit is one connection. A *scenarioFailure is a fault of the server, any other error one of the connection.
func (v *visitor) visit(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	client := &http.Client{Transport: v.transport()}
	defer client.CloseIdleConnections()
	secret := v.sc.secret(v.name)
	ws, _, err := websocket.Dial(ctx, "ws://localhost/?token="+secret, &websocket.DialOptions{HTTPClient: client, Subprotocols: v.offer()})
	if err != nil {
		return err
	}
	defer ws.CloseNow()
	ws.SetReadLimit(-1)
	v.mu.Lock()
	v.complete = false
	if !v.resumes {
		v.visitorState = newVisitorState()
	}
	v.mu.Unlock()
	var user sync.WaitGroup
	defer user.Wait()
	defer cancel()
	var notFetched error
	fetch := func(id string, size int) (data []byte, err error) {
		data, err = v.fetch(ctx, client, secret, id, size)
		notFetched = err
		return data, err
	}
	for first := true; ; first = false {
		_, data, err := ws.Read(ctx)
		if err != nil {
			return err
		}
		w, err := pagewire.DecodeFetched(data, wire.DefaultLimits, fetch)
		switch {
		case notFetched != nil:
			return notFetched
		case err != nil:
			return v.failure("a frame cannot be decoded: %v", err)
		}
		if err := v.apply(w, first); err != nil {
			return err
		}
		if err := v.respond(ctx, ws, first); err != nil {
			return err
		}
		if first {
			rng := rand.New(rand.NewPCG(v.rng.Uint64(), 3))
			user.Go(func() { v.use(ctx, ws, rng) })
		}
	}
}

func (v *visitor) offer() []string {
	if !v.resumes {
		return v.protocols
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	offer := "resume.v1"
	if v.session != nil {
		offer += "." + v.session.Resume + "." + v.cursor
	}
	return append([]string{offer}, v.protocols...)
}

// errNotFetched: the array was replaced, or the connection broke. The page connects again and gets the newer one.
var errNotFetched = errors.New("not fetched")

func (v *visitor) fetch(ctx context.Context, client *http.Client, secret, id string, size int) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost/blob/"+id+"?token="+secret, nil)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(r)
	if err != nil {
		return nil, errNotFetched
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		return nil, errNotFetched
	}
	if len(data) != size {
		return nil, v.failure("the array %s has %d bytes, not %d", id, len(data), size)
	}
	v.sc.fetched.Add(1)
	return data, nil
}

// apply applies a frame, and checks what must hold after each.
func (v *visitor) apply(w *wire.Window, first bool) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if m, ok := w.Messages[0].(*wire.SessionMessage); first && v.resumes {
		if !ok {
			return v.failure("the first message is %s", w.Messages[0].Type())
		}
		v.greeted(m)
	}
	for _, m := range w.Messages {
		if err := v.message(m); err != nil {
			return err
		}
	}
	v.cursor = w.Cursor
	return v.invariant()
}

// greeted begins or continues a session.
func (v *visitor) greeted(m *wire.SessionMessage) {
	again := v.sent
	if m.Resumed {
		v.sc.resumed.Add(1)
		skip := min(len(again), max(0, m.Received-v.before))
		again = again[skip:]
		v.complete = true // of what it had already
	} else {
		v.visitorState = newVisitorState()
	}
	v.session, v.sent, v.before = m, nil, m.Received
	for _, a := range again {
		if _, ok := a.(*wire.GuiUpdateMessage); ok && m.Resumed {
			v.sent = append(v.sent, a)
		}
	}
}

// respond sends again what the server has not received, the camera of a new client, and what was received.
func (v *visitor) respond(ctx context.Context, ws *websocket.Conn, first bool) error {
	v.mu.Lock()
	var out []wire.Message
	if first {
		out = append(out, v.sent...)
		cam := someCamera
		out = append(out, v.remember(&cam))
	}
	if v.resumes && v.rng.IntN(2) == 0 || first && v.resumes {
		out = append(out, v.remember(&wire.SessionAckMessage{Cursor: v.cursor}))
	}
	v.mu.Unlock()
	for _, m := range out {
		if err := write(ctx, ws, m); err != nil {
			return err
		}
	}
	return nil
}

// remember keeps a message that the server may not receive.
func (v *visitor) remember(m wire.Message) wire.Message {
	if v.resumes {
		v.sent = append(v.sent, m)
	}
	return m
}

// use moves the slider from time to time. A page that may only look tries to set a value that nobody else sets.
func (v *visitor) use(ctx context.Context, ws *websocket.Conn, rng *rand.Rand) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Duration(rng.IntN(200)) * time.Millisecond):
		}
		if v.sc.quiet.Load() {
			return
		}
		if m := v.slide(rng); m != nil && write(ctx, ws, m) != nil {
			return
		}
	}
}

// forbidden is the value that pages set that may only look.
const forbidden = 77

func (v *visitor) slide(rng *rand.Rand) wire.Message {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.slider == "" || v.session == nil { // upstream's page has no revisions: its values may cross others
		return nil
	}
	if v.session.Role == "view" {
		return v.remember(&wire.GuiUpdateMessage{UUID: v.slider, Updates: wire.Updates{{Key: "value", Value: float64(forbidden)}}})
	}
	v.latest++
	v.value = float64(100 + rng.IntN(1000))
	return v.remember(&wire.GuiUpdateMessage{UUID: v.slider, Revision: v.latest, Updates: wire.Updates{{Key: "value", Value: v.value}}})
}

// message applies one message.
func (v *visitor) message(m wire.Message) error {
	switch m := m.(type) {
	case *wire.FrameMessage:
		v.create(m)
	case *wire.PointCloudMessage:
		return v.cloud(m.Name, m.Props.Points)
	case *wire.RemoveSceneNodeMessage:
		return v.remove(m.Owner + "|" + m.Name)
	case *wire.SceneNodeUpdateMessage:
		return v.update(m)
	case *wire.SetPositionMessage:
		return v.move(v.nodes[m.Owner+"|"+m.Name], m.Name, m.Position[0])
	case *wire.PackedPosesMessage:
		return v.packed(m)
	case *wire.GuiSliderMessage:
		v.slider, v.value = m.UUID, m.Value
	case *wire.GuiUpdateMessage:
		if v.received == v.latest {
			v.value, _ = m.Updates[0].Value.(float64)
		}
	case *wire.GuiUpdateAckMessage:
		v.received = max(v.received, m.Revision)
	case *wire.SessionReceivedMessage:
		for v.before < m.Received && len(v.sent) > 0 {
			v.sent, v.before = v.sent[1:], v.before+1
		}
	case *wire.ReplayDoneMessage:
		v.complete = true
	}
	return nil
}

func (v *visitor) create(m *wire.FrameMessage) {
	n := v.nodes[m.Owner+"|"+m.Name]
	if n == nil {
		n = &shownNode{}
		v.nodes[m.Owner+"|"+m.Name] = n
	}
	n.length = m.Props.AxesLength
	if m.ID != 0 {
		v.byID[m.ID] = n
	}
}

func (v *visitor) remove(key string) error {
	_, cloud := v.clouds[key[1:]]
	if v.nodes[key] == nil && !cloud {
		return v.failure("%q is removed, which is not there", key)
	}
	delete(v.nodes, key)
	delete(v.clouds, key[1:])
	return nil
}

func (v *visitor) update(m *wire.SceneNodeUpdateMessage) error {
	if a, ok := m.Updates[0].Value.(wire.Array); ok {
		return v.cloud(m.Name, a)
	}
	n := v.nodes[m.Owner+"|"+m.Name]
	x, ok := m.Updates[0].Value.(float64)
	if n == nil || !ok {
		return v.failure("an update of %q, which is not there: %v", m.Name, m.Updates)
	}
	n.length = x
	return nil
}

// cloud sets a cloud, whose coordinates are all the same number.
func (v *visitor) cloud(name string, points wire.Array) error {
	data := points.Bytes()
	if len(data) != 12*cloudSize || !bytes.Equal(data, bytes.Repeat(data[:4], 3*cloudSize)) {
		return v.failure("the points of %q are damaged: %d bytes", name, len(data))
	}
	v.clouds[name] = math.Float32frombits(binary.LittleEndian.Uint32(data))
	return nil
}

func (v *visitor) move(n *shownNode, name string, x float64) error {
	if n == nil {
		return v.failure("%q moves, which is not there", name)
	}
	n.x = x
	return nil
}

func (v *visitor) packed(m *wire.PackedPosesMessage) error {
	item := m.Positions.ItemSize()
	data := m.Positions.Bytes()
	for i, id := range m.PositionIDs.Uint32s() {
		b := data[3*i*item:]
		x := float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
		if item == 8 {
			x = math.Float64frombits(binary.LittleEndian.Uint64(b))
		}
		if err := v.move(v.byID[id], fmt.Sprint("node ", id), x); err != nil {
			return err
		}
	}
	return nil
}

// invariant is what holds in each state that a page shows: the program changes all of /pair… in one atomic block, the
// shared ones and each client's own.
func (v *visitor) invariant() error {
	if !v.complete {
		return nil // the first transfer may come in parts
	}
	first := math.NaN()
	for key, n := range v.nodes {
		if _, name, _ := strings.Cut(key, "|"); !strings.HasPrefix(name, "/pair") {
			continue
		}
		if math.IsNaN(first) {
			first = n.length
		}
		if n.length != first || n.x != first {
			return v.failure("half of an atomic block is shown: %s", v.describe())
		}
	}
	return nil
}

func (v *visitor) describe() string {
	var b strings.Builder
	for key, n := range v.nodes {
		fmt.Fprintf(&b, "%s %v ", key, *n)
	}
	return b.String()
}

func (v *visitor) failure(format string, args ...any) *scenarioFailure {
	return &scenarioFailure{fmt.Sprintf("page of %s, %q: %s", v.name, v.protocols, fmt.Sprintf(format, args...))}
}
