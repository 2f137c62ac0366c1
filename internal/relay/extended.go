package relay

import (
	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// What only our servers send: numbers of nodes, packed poses that name nodes by them, and parts of arrays. Kinds and
// properties that upstream viser does not have are those of wire.Infos; the store has the form for its pages.

// numberOf returns the number that a message gives the node that it creates, 0 if it gives none.
func numberOf(m wire.RawMessage) uint32 {
	if wire.Infos[m.Type].Phase != "create" || wire.Infos[m.Type].Entity != "scene" {
		return 0
	}
	fields, err := fieldsOf(value{b: m.B})
	if err != nil {
		return 0
	}
	msg := incoming{fields: fields}
	v := msg.get("id")
	if v == nil {
		return 0
	}
	if x, _, err := number(v.b); err == nil && x == float64(uint32(x)) {
		return uint32(x)
	}
	return 0
}

// note notes the number of a node that is created, and forgets that of one that is removed.
func note(numbers map[nodeKey]uint32, m wire.RawMessage) {
	switch info := wire.Infos[m.Type]; {
	case info.Entity != "scene":
	case info.Phase == "create":
		numbers[nodeKey{m.Text("owner"), m.Text("name")}] = numberOf(m)
	case info.Phase == "remove":
		delete(numbers, nodeKey{m.Text("owner"), m.Text("name")})
	}
}

// renumber gives all nodes other numbers: those of a server that is back.
func (m *mirror) renumber(numbers map[nodeKey]uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.numbers)
	for key, s := range m.nodes {
		m.number(s, numbers[key])
	}
}

func (m *mirror) number(s *shown, n uint32) {
	if s.number = n; n != 0 {
		m.numbers[n] = s
	}
}

func (m *mirror) unnumber(s *shown) {
	if m.numbers[s.number] == s {
		delete(m.numbers, s.number)
	}
}

// poses sets packed poses.
func (m *mirror) poses(msg *incoming) error {
	return fold.Poses(msg.RawMessage, func(id uint32, p [3]float64) {
		if s := m.numbers[id]; s != nil {
			s.placed.Position = p
			s.ent.MoveBy(m.setBy("position", s.name, p[:]), p)
		}
	}, func(id uint32, wxyz [4]float64) {
		if s := m.numbers[id]; s != nil {
			s.placed.WXYZ = wxyz
			s.ent.TurnBy(m.setBy("wxyz", s.name, wxyz[:]), wxyz)
		}
	})
}

// patch changes parts of arrays. Patches that do not fit are skipped, as by pages.
func (m *mirror) patch(msg *incoming) error {
	s := m.target(msg)
	if s == nil {
		return nil
	}
	patches, err := fold.Patches(msg.RawMessage)
	if err != nil {
		return err
	}
	for i := range patches {
		p := &patches[i]
		prop, ok := s.kind.index[string(p.Property)]
		if !ok {
			continue
		}
		if array, ok := s.ent.Array(prop, p.Index); ok && p.Fits(array.DType, array.Len()*array.ItemSize()) {
			s.ent.Patch(partsOf(p, prop, &array)...)
		}
	}
	return nil
}

// partsOf returns the patch as those of the store, one for each of its ranges.
func partsOf(p *fold.Patch, prop int, array *wire.Array) []state.Patch {
	size := array.ItemSize()
	part := state.Patch{Prop: prop, Index: p.Index, Array: array, Total: p.Total * size}
	parts := make([]state.Patch, 0, max(1, len(p.Ranges)/2))
	data := p.Data
	for i := 0; i < len(p.Ranges); i += 2 {
		n := p.Ranges[i+1] * size
		part.Offset, part.Data = p.Ranges[i]*size, data[:n]
		data = data[n:]
		parts = append(parts, part)
	}
	if len(parts) == 0 { // it is only truncated
		part.Offset = part.Total
		parts = append(parts, part)
	}
	return parts
}
