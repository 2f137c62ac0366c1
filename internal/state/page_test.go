package state_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// A page is a model of a web client: it applies messages according to the protocol,
// independent of the store.
type page struct {
	nodes   map[string]*pageNode // by owner and name
	clouds  map[string]*pageCloud
	byID    map[uint32]*pageNode
	values  map[string]any // widgets by uuid
	cells   map[string]wire.Message
	events  []string // messages that are events, and the order of receipt
	steps   int
	bytes   int // of the last frame
	ready   bool
	removed int
	patches int
	fetch   wire.Fetch
	fetched int      // arrays
	repeats []string // changes to the value that the page had already
}

type pageNode struct {
	props   wire.FrameProps
	virtual bool
	pos     [3]float64
	wxyz    [4]float64
	visible bool
}

func newPage() *page {
	return &page{nodes: map[string]*pageNode{}, clouds: map[string]*pageCloud{}, byID: map[uint32]*pageNode{}, values: map[string]any{}, cells: map[string]wire.Message{}}
}

// fetches makes the page one that fetches arrays. Those that are gone are garbage, which a newer value replaces.
func (c *client) fetches(st *state.Store) {
	c.FetchArrays(true)
	c.fetch = func(id string, size int) ([]byte, error) {
		if b := st.Blobs().Get(id); b != nil {
			return b.Data, nil
		}
		return bytes.Repeat([]byte("gone"), size/4+1)[:size], nil
	}
}

// apply applies a frame: one step.
func (p *page) apply(f *wire.Frame) error {
	w, err := pagewire.DecodeFetched(f.Bytes(), wire.DefaultLimits, p.fetch)
	if err != nil {
		return err
	}
	p.fetched += len(w.Blobs)
	p.steps++
	p.bytes = f.Len()
	for _, m := range w.Messages {
		if err := p.message(m); err != nil {
			return fmt.Errorf("%s: %w", m.Type(), err)
		}
	}
	return nil
}

func (p *page) message(m wire.Message) error {
	switch m := m.(type) {
	case *wire.FrameMessage:
		n := p.nodes[m.Owner+"|"+m.Name]
		if n == nil { // a page keeps pose and visibility of a name over a create
			n = &pageNode{wxyz: [4]float64{1, 0, 0, 0}, visible: true}
			p.nodes[m.Owner+"|"+m.Name] = n
		}
		n.props, n.virtual = m.Props, m.Virtual
		if m.ID != 0 {
			p.byID[m.ID] = n
		}
		p.events = append(p.events, "create "+m.Name)
	case *wire.PointCloudMessage:
		p.clouds[m.Owner+"|"+m.Name] = &pageCloud{arrays: [2]wire.Array{m.Props.Points, m.Props.Colors}}
	case *wire.SceneNodePatchMessage:
		return p.patch(m)
	case *wire.RemoveSceneNodeMessage:
		if key := m.Owner + "|" + m.Name; p.clouds[key] != nil {
			delete(p.clouds, key)
			return nil
		}
		if p.nodes[m.Owner+"|"+m.Name] == nil {
			return fmt.Errorf("%q is not there", m.Name)
		}
		delete(p.nodes, m.Owner+"|"+m.Name)
		p.removed++
	case *wire.SetPositionMessage:
		return p.with(m.Owner, m.Name, func(n *pageNode) { p.setPosition(n, m.Position) })
	case *wire.SetOrientationMessage:
		return p.with(m.Owner, m.Name, func(n *pageNode) { p.setOrientation(n, m.WXYZ) })
	case *wire.SetSceneNodeVisibilityMessage:
		return p.with(m.Owner, m.Name, func(n *pageNode) { n.visible = m.Visible })
	case *wire.SceneNodeUpdateMessage:
		if c := p.clouds[m.Owner+"|"+m.Name]; c != nil {
			return c.update(m.Updates)
		}
		return p.with(m.Owner, m.Name, func(n *pageNode) { p.updateFrame(&n.props, m.Updates) })
	case *wire.PackedPosesMessage:
		return p.packed(m)
	case *wire.GuiSliderMessage:
		p.values[m.UUID] = m.Value
	case *wire.GuiUpdateMessage:
		p.values[m.UUID] = m.Updates[0].Value
	case *wire.GuiRemoveMessage:
		delete(p.values, m.UUID)
	case *wire.ReplayDoneMessage:
		if p.ready {
			return fmt.Errorf("the same message twice")
		}
		p.ready = true
	case *wire.LocalStorageSetItemMessage:
		p.events = append(p.events, m.Key)
	default:
		p.cells[m.Type()] = m
	}
	return nil
}

func (p *page) with(owner, name string, f func(*pageNode)) error {
	n := p.nodes[owner+"|"+name]
	if n == nil && name == "" {
		n = &pageNode{}
		p.nodes["|"] = n
	}
	if n == nil {
		return fmt.Errorf("%q of %q is not there", name, owner)
	}
	f(n)
	return nil
}

func (p *page) setPosition(n *pageNode, pos [3]float64) {
	p.repeated("position", n.pos[0], pos[0])
	n.pos = pos
}

func (p *page) setOrientation(n *pageNode, wxyz [4]float64) {
	p.repeated("orientation", n.wxyz[0], wxyz[0])
	n.wxyz = wxyz
}

// repeated notes a change to the same value. Zero and one are initial values.
func (p *page) repeated(what string, before, after float64) {
	if before == after && after > 1 {
		p.repeats = append(p.repeats, fmt.Sprint(what, " ", after))
	}
}

func (p *page) updateFrame(f *wire.FrameProps, us wire.Updates) {
	for _, u := range us {
		x, _ := u.Value.(float64)
		switch u.Key {
		case "axes_length":
			p.repeated(u.Key, f.AxesLength, x)
			f.AxesLength = x
		case "axes_radius":
			p.repeated(u.Key, f.AxesRadius, x)
			f.AxesRadius = x
		}
	}
}

func (p *page) packed(m *wire.PackedPosesMessage) error {
	xs := numbers(m.Positions)
	for i, id := range m.PositionIDs.Uint32s() {
		n := p.byID[id]
		if n == nil {
			return fmt.Errorf("no node %d", id)
		}
		p.setPosition(n, [3]float64(xs[3*i:]))
	}
	qs := numbers(m.WXYZs)
	for i, id := range m.WXYZIDs.Uint32s() {
		n := p.byID[id]
		if n == nil {
			return fmt.Errorf("no node %d", id)
		}
		p.setOrientation(n, [4]float64(qs[4*i:]))
	}
	return nil
}

func numbers(a wire.Array) []float64 {
	var out []float64
	switch a.DType {
	case wire.Float32:
		for _, x := range a.Float32s() {
			out = append(out, float64(x))
		}
	case wire.Float64:
		for i := 0; i < len(a.Data); i += 8 {
			out = append(out, math.Float64frombits(binary.LittleEndian.Uint64(a.Data[i:])))
		}
	}
	return out
}

func (p *page) names() []string {
	var out []string
	for k := range p.nodes {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
