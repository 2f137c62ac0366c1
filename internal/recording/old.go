package recording

import (
	"bytes"

	"github.com/tinylib/msgp/msgp"
	"github.com/viser-go/viser/internal/wire"
)

// elementTypes has the types of the arrays in files of viser before 1.1, which do not tell them, by the property.
var elementTypes = map[string]string{
	"points":            wire.Float32, // or Float16, see property
	"colors":            wire.Uint8,
	"vertices":          wire.Float32,
	"faces":             wire.Uint32,
	"batched_wxyzs":     wire.Float32,
	"batched_positions": wire.Float32,
	"batched_scales":    wire.Float32,
	"batched_colors":    wire.Uint8,
	"batched_opacities": wire.Float32,
	"bone_wxyzs":        wire.Float32,
	"bone_positions":    wire.Float32,
	"skin_indices":      wire.Uint16,
	"skin_weights":      wire.Float32,
	"control_points":    wire.Float32,
	"buffer":            wire.Uint32,
}

// withArrays returns a message of viser before 1.1 with arrays instead of byte strings.
func withArrays(m wire.RawMessage) (wire.RawMessage, error) {
	if info := wire.Infos[m.Type]; info.Entity != "scene" || info.Phase != "create" && info.Phase != "update_dict" {
		return m, nil
	}
	s := &scanner{b: m.B}
	n := s.fields()
	var e wire.Encoder
	e.MapHeader(n)
	for ; n > 0 && s.err == nil; n-- {
		key := s.text()
		e.String(key)
		if key != "props" && key != "updates" || s.err != nil || msgp.NextType(s.b) != msgp.MapType {
			s.copyTo(&e)
			continue
		}
		half := bytes.Contains(s.b, []byte("\xa9precision\xa7float16"))
		pairs := s.fields()
		e.MapHeader(pairs)
		for ; pairs > 0 && s.err == nil; pairs-- {
			s.property(&e, half)
		}
	}
	return wire.RawMessage{Type: m.Type, B: e.B, Refs: e.Refs}, s.err
}

// property copies a property and its value.
func (s *scanner) property(e *wire.Encoder, half bool) {
	key := s.text()
	e.String(key)
	dtype, known := elementTypes[key]
	if !known || s.err != nil || msgp.NextType(s.b) != msgp.BinType {
		s.copyTo(e)
		return
	}
	data := scan(s, msgp.ReadBytesZC)
	if key == "points" && (half || len(data)%12 != 0) {
		dtype = wire.Float16
	}
	e.Array(wire.Array{DType: dtype, Data: data})
}

// copyTo copies a value.
func (s *scanner) copyTo(e *wire.Encoder) {
	before := s.b
	s.skip()
	if s.err == nil {
		e.B = append(e.B, before[:len(before)-len(s.b)]...)
	}
}
