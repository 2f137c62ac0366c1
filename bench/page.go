package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser/bench/internal/subject"
	"github.com/viser-go/viser/internal/wire"
)

// The subprotocols.
const (
	fetchDialect  = "viser-go.v1.blobs" // large arrays by HTTP
	packedDialect = "viser-go.v1"
	plainDialect  = "viser-v1.1.1"
)

// A page is a client without a display: it stores the received state of the nodes /n/0,
// /n/1 … and of the inputs, and fails on invalid messages. It is for one goroutine.
type page struct {
	socket *socket
	last   []byte // memory of the last frame
	memo   *memo  // of clients that receive the same frames; may be nil

	uuids    map[string]string // of inputs, by label
	values   map[string]any    // of inputs, by uuid; what they were updated to
	nodes    []node
	byID     map[uint32]int
	replayed bool
	bytes    int // of all frames
	messages int
	commands int
	packed   packedIDs

	fetcher *fetcher       // nil if all arrays are in the frames
	hidden  bool           // it fetches no arrays: the user has hidden the cloud
	arrays  map[int]string // the newest ID of each size
	colors  colors         // of the last cloud that was in a frame

	onPosition func(p [3]float64) // called for each position; may be nil
}

// colors are those of a cloud.
type colors struct {
	bytes int
	sum   uint32
}

type node struct {
	created  bool
	position [3]float64
	wxyz     [4]float64
}

// dial connects and reports a camera, as a web client does.
func dial(ctx context.Context, addr, protocol string) (*page, error) {
	return dialFetching(ctx, addr, protocol, fetching{rate: 50 * megabit})
}

// megabit is a rate in bytes per second.
const megabit = 1e6 / 8

// dialFetching is like dial, and says how arrays are fetched if the protocol is fetchDialect.
func dialFetching(ctx context.Context, addr, protocol string, how fetching) (*page, error) {
	socket, err := open(ctx, addr, protocol)
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	p := &page{socket: socket, uuids: map[string]string{}, values: map[string]any{}, byID: map[uint32]int{}}
	if err := p.send(&camera); err != nil {
		p.close()
		return nil, err
	}
	if protocol == fetchDialect {
		p.fetcher, p.arrays = newFetcher(ctx, addr, how), map[int]string{}
	}
	return p, nil
}

var camera = wire.ViewerCameraMessage{
	WXYZ: [4]float64{0, 1, 0, 0}, Position: [3]float64{3, 3, 3}, UpDirection: [3]float64{0, 0, 1},
	FOV: 1.3, Near: 0.01, Far: 1000, ImageHeight: 10, ImageWidth: 10,
}

func (p *page) close() {
	p.socket.close()
	if p.fetcher != nil {
		p.fetcher.close()
	}
}

func (p *page) send(m wire.Message) error {
	var e wire.Encoder
	m.AppendTo(&e)
	return p.socket.write(opBinary, e.B)
}

// frame returns the next frame undecoded, in memory of its own.
func (p *page) frame(ctx context.Context) ([]byte, error) { return p.frameInto(ctx, nil) }

func (p *page) frameInto(ctx context.Context, memory []byte) ([]byte, error) {
	frame, err := p.socket.read(memory)
	if err != nil {
		return nil, fmt.Errorf("read: %w", cmp.Or(context.Cause(ctx), err))
	}
	p.bytes += len(frame)
	return frame, nil
}

// next applies the next frame.
func (p *page) next(ctx context.Context) (err error) {
	if p.last, err = p.frameInto(ctx, p.last); err != nil {
		return err
	}
	return p.apply(p.last)
}

// until applies frames until done, which is called after each, returns true.
func (p *page) until(ctx context.Context, what string, done func() bool) error {
	for !done() {
		if err := p.next(ctx); err != nil {
			return fmt.Errorf("waiting for %s: %w", what, err)
		}
	}
	return nil
}

func (p *page) join(ctx context.Context) error {
	return p.until(ctx, "the end of the replay", func() bool { return p.replayed })
}

func (p *page) apply(frame []byte) error {
	window, err := p.decode(frame)
	if err != nil {
		return err
	}
	if len(window.Unknown) > 0 {
		return fmt.Errorf("messages of unknown types: %q", window.Unknown)
	}
	p.messages += len(window.Messages)
	for _, m := range window.Messages {
		if err := p.applyOne(m); err != nil {
			return fmt.Errorf("%T: %w", m, err)
		}
	}
	return nil
}

// decode reads a frame, and begins to fetch its arrays.
func (p *page) decode(frame []byte) (*wire.Window, error) {
	window, arrays, err := p.memo.decode(frame, p.fetcher != nil)
	if err != nil || p.hidden {
		return window, err
	}
	for _, a := range arrays {
		p.arrays[a.size] = a.id
		p.fetcher.want(a)
	}
	return window, nil
}

func (p *page) applyOne(m wire.Message) error {
	switch m := m.(type) {
	case *wire.FrameMessage:
		p.create(m.SceneHeader)
	case *wire.PointCloudMessage:
		p.create(m.SceneHeader)
		p.colors = colors{len(m.Props.Colors.Data), crc32.ChecksumIEEE(m.Props.Colors.Data)}
	case *wire.SetPositionMessage:
		return p.setPosition(index(m.Name), m.Position)
	case *wire.SetOrientationMessage:
		return p.setOrientation(index(m.Name), m.WXYZ)
	case *wire.PackedPosesMessage:
		return p.setPacked(m)
	case *wire.GuiTextMessage:
		p.uuids[m.Props.Label] = m.UUID
	case *wire.GuiSliderMessage:
		p.uuids[m.Props.Label] = m.UUID
	case *wire.GuiNumberMessage:
		p.uuids[m.Props.Label] = m.UUID
	case *wire.GuiUpdateMessage:
		for _, u := range m.Updates {
			if u.Key == "value" {
				p.values[m.UUID] = u.Value
			}
		}
	case *wire.ReplayDoneMessage:
		p.replayed = true
	}
	return nil
}

// unknownNode is the index of nodes that the program under test did not add.
const unknownNode = -1

func index(name string) int {
	number, ok := strings.CutPrefix(name, "/n/")
	i, err := strconv.Atoi(number)
	if !ok || err != nil || i < 0 || i > 1<<20 {
		return unknownNode
	}
	return i
}

func (p *page) create(h wire.SceneHeader) {
	i := index(h.Name)
	if h.ID != 0 {
		p.byID[h.ID] = i
		p.packed = packedIDs{}
	}
	if i == unknownNode {
		return
	}
	for len(p.nodes) <= i {
		p.nodes = append(p.nodes, node{})
	}
	p.nodes[i] = node{created: true, wxyz: [4]float64{1, 0, 0, 0}}
}

// at returns the node, nil if the program under test did not add it.
func (p *page) at(i int) (*node, error) {
	switch {
	case i == unknownNode:
		return nil, nil
	case i >= len(p.nodes) || !p.nodes[i].created:
		return nil, fmt.Errorf("node %d was not created", i)
	}
	return &p.nodes[i], nil
}

func (p *page) setPosition(i int, v [3]float64) error {
	n, err := p.at(i)
	if n == nil {
		return err
	}
	n.position = v
	if p.onPosition != nil {
		p.onPosition(v)
	}
	return nil
}

func (p *page) setOrientation(i int, q [4]float64) error {
	n, err := p.at(i)
	if n == nil {
		return err
	}
	if length := math.Sqrt(q[0]*q[0] + q[1]*q[1] + q[2]*q[2] + q[3]*q[3]); math.Abs(length-1) > 1e-4 {
		return fmt.Errorf("the orientation of node %d has length %v", i, length)
	}
	n.wxyz = q
	return nil
}

// packedIDs are the nodes of the last packed poses. Most have the same ones as those before.
type packedIDs struct{ positions, wxyzs resolved }

type resolved struct {
	ids   []byte
	nodes []int
}

func (p *page) setPacked(m *wire.PackedPosesMessage) error {
	if m.Positions.Len() != 3*m.PositionIDs.Len() || m.WXYZs.Len() != 4*m.WXYZIDs.Len() {
		return fmt.Errorf("%d positions of %d nodes, %d orientations of %d",
			m.Positions.Len(), m.PositionIDs.Len(), m.WXYZs.Len(), m.WXYZIDs.Len())
	}
	if err := p.resolve(&p.packed.positions, m.PositionIDs.Data); err != nil {
		return err
	}
	for k, i := range p.packed.positions.nodes {
		v := [3]float64{number(m.Positions, 3*k), number(m.Positions, 3*k+1), number(m.Positions, 3*k+2)}
		if err := p.setPosition(i, v); err != nil {
			return err
		}
	}
	if err := p.resolve(&p.packed.wxyzs, m.WXYZIDs.Data); err != nil {
		return err
	}
	for k, i := range p.packed.wxyzs.nodes {
		q := [4]float64{number(m.WXYZs, 4*k), number(m.WXYZs, 4*k+1), number(m.WXYZs, 4*k+2), number(m.WXYZs, 4*k+3)}
		if err := p.setOrientation(i, q); err != nil {
			return err
		}
	}
	return nil
}

// resolve finds the nodes of the ids, unless they are those of the time before.
func (p *page) resolve(r *resolved, ids []byte) error {
	if bytes.Equal(r.ids, ids) {
		return nil
	}
	r.ids, r.nodes = nil, r.nodes[:0]
	for k := 0; k < len(ids); k += 4 {
		id := binary.LittleEndian.Uint32(ids[k:])
		i, ok := p.byID[id]
		if !ok {
			return fmt.Errorf("no node has the id %d", id)
		}
		r.nodes = append(r.nodes, i)
	}
	r.ids = bytes.Clone(ids) // not a view of a frame whose memory is used again
	return nil
}

func number(a wire.Array, k int) float64 {
	if a.DType == wire.Float64 {
		return math.Float64frombits(binary.LittleEndian.Uint64(a.Data[8*k:]))
	}
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(a.Data[4*k:])))
}

// setValue moves an input, as a user does.
func (p *page) setValue(label string, v any) error {
	uuid, ok := p.uuids[label]
	if !ok {
		return fmt.Errorf("the server has no input %q", label)
	}
	return p.send(&wire.GuiUpdateMessage{UUID: uuid, Updates: wire.Updates{{Key: "value", Value: v}}})
}

// start sends a command to the program under test.
func (p *page) start(c subject.Command) (id int, err error) {
	p.commands++
	c.ID = p.commands
	text, err := json.Marshal(c)
	if err != nil {
		return 0, err
	}
	return c.ID, p.setValue("bench_cmd", string(text))
}

// answer reports whether the command is done.
func (p *page) answer(id int) (a subject.Answer, done bool, err error) {
	text, _ := p.values[p.uuids["bench_result"]].(string)
	if text == "" {
		return a, false, nil
	}
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return a, false, fmt.Errorf("bench_result: %w", err)
	}
	if a.Error != "" {
		return a, false, fmt.Errorf("the server says: %s", a.Error)
	}
	return a, a.ID == id, nil
}

// do sends a command and applies frames until it is done.
func (p *page) do(ctx context.Context, c subject.Command) (a subject.Answer, err error) {
	id, err := p.start(c)
	if err != nil {
		return a, err
	}
	for {
		if err := p.next(ctx); err != nil {
			return a, fmt.Errorf("command %q: %w", c.Cmd, err)
		}
		a, done, err := p.answer(id)
		if done || err != nil {
			return a, err
		}
	}
}

// addNodes creates the scene and waits until the client has received all of it.
func (p *page) addNodes(ctx context.Context, n int) (took time.Duration, err error) {
	a, err := p.do(ctx, subject.Command{Cmd: "nodes", N: n})
	if err != nil {
		return 0, err
	}
	if a.Count != n {
		return 0, fmt.Errorf("asked for %d nodes, the server added %d", n, a.Count)
	}
	return time.Duration(a.Seconds * float64(time.Second)), p.checkNodes(n)
}

// checkNodes fails unless the client has the nodes that "nodes" creates.
func (p *page) checkNodes(n int) error {
	if len(p.nodes) != n {
		return fmt.Errorf("the page has %d nodes, want %d", len(p.nodes), n)
	}
	return p.checkStep(0)
}

// checkStep fails unless all nodes have the poses of the step.
func (p *page) checkStep(step int) error {
	for i, n := range p.nodes {
		place, turn := subject.Place(i, step), subject.Turn(i+step)
		if !n.created || !near(n.position[:], place[:]) || !near(n.wxyz[:], []float64{turn.W, turn.X, turn.Y, turn.Z}) {
			return fmt.Errorf("step %d: node %d (created: %v) is at %v, turned %v; want %v, %v",
				step, i, n.created, n.position, n.wxyz, place, turn)
		}
	}
	return nil
}

// near allows for the rounding to 32 bits.
func near(got, want []float64) bool {
	for k := range got {
		if math.Abs(got[k]-want[k]) > 1e-6*max(1, math.Abs(want[k])) {
			return false
		}
	}
	return true
}

// cloudSum is the checksum of the colors of a cloud of n points, when the client has received the whole cloud.
func (p *page) cloudSum(n int) (sum uint32, whole bool, err error) {
	if p.fetcher == nil {
		return p.colors.sum, p.colors.bytes == 3*n, nil
	}
	if idle, err := p.fetcher.idle(); !idle || err != nil {
		return 0, false, err
	}
	for _, id := range p.arrays {
		if _, ok := p.fetcher.sum(id); !ok {
			return 0, false, nil
		}
	}
	sum, whole = p.fetcher.sum(p.arrays[3*n])
	return sum, whole, nil
}

// checkCloud waits until the client has received the cloud, and fails if its colors have another checksum. It applies
// no frames.
func (p *page) checkCloud(ctx context.Context, n int, want uint32) error {
	for {
		sum, whole, err := p.cloudSum(n)
		switch {
		case err != nil:
			return err
		case whole && sum != want:
			return fmt.Errorf("the colors that arrived have the checksum %08x, those of the program %08x", sum, want)
		case whole:
			return nil
		}
		if err := pause(ctx, time.Millisecond); err != nil {
			return fmt.Errorf("waiting for the cloud: %w", err)
		}
	}
}
