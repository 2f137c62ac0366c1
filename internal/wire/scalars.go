package wire

import (
	"encoding/binary"
	"math"

	"github.com/tinylib/msgp/msgp"
)

// A Baking is how nodes that are colored by number look to pages that know only colors: which property has the colors,
// for the rows of which.
type Baking struct {
	Into, Rows string
	row        int // elements of Rows for each
	each       int // colors for each; 0: into the splats that Rows are
}

// Bakings are those of the kinds that have one, by the type of the create message.
var Bakings = map[string]Baking{
	"PointCloudMessage":     {Into: "colors", Rows: "points", row: 3, each: 1},
	"LineSegmentsMessage":   {Into: "colors", Rows: "points", row: 6, each: 2},
	"ArrowMessage":          {Into: "colors", Rows: "points", row: 6, each: 1},
	"BatchedMeshesMessage":  {Into: "batched_colors", Rows: "batched_positions", row: 3, each: 1},
	"GaussianSplatsMessage": {Into: "buffer", Rows: "buffer", row: SplatSize / 4},
}

// Bake returns the property with the colors of the scalars, of which there may be fewer or more than rows. between and
// as are the properties scalars_range and scalars_look as msgpack; what they lack has its default.
func (b *Baking) Bake(rows, scalars Array, between, as []byte) Array {
	m := newScalarMap(between, as)
	n, numbers := rows.Len()/b.row, scalars.Bytes()
	at := func(i int) [3]uint8 {
		if 4*i+4 > len(numbers) {
			return m.nan
		}
		return m.color(math.Float32frombits(binary.LittleEndian.Uint32(numbers[4*i:])))
	}
	if b.each == 0 {
		out := append([]byte(nil), rows.Bytes()...)
		inParallel(n, func(from, to int) {
			for i := from; i < to; i++ {
				c := at(i)
				copy(out[i*SplatSize+SplatColorAt:], c[:])
			}
		})
		return Array{DType: Uint32, Data: out}
	}
	out := make([]byte, 3*b.each*n)
	inParallel(b.each*n, func(from, to int) {
		for i := from; i < to; i++ {
			which := i
			if b.each > 1 && !m.corners {
				which = i / b.each
			}
			c := at(which)
			copy(out[3*i:], c[:])
		}
	})
	return Array{DType: Uint8, Data: out}
}

// A scalarMap is how numbers become colors, as the page computes it.
type scalarMap struct {
	colors               [][3]uint8
	nan                  [3]uint8
	log, corners, groups bool
	low, half            float64 // halves, of what log maps: no difference of them overflows
	first                float64
}

func newScalarMap(between, as []byte) *scalarMap {
	m := &scalarMap{nan: [3]uint8{128, 128, 128}}
	m.readLook(as)
	if len(m.colors) == 0 {
		m.colors = [][3]uint8{{0, 0, 0}, {255, 255, 255}}
	}
	ends := [2]float64{0, 1}
	if n, rest, err := msgp.ReadArrayHeaderBytes(between); err == nil && n == 2 {
		for i := range ends {
			v, err := readNumber(&rest)
			if err != nil {
				break
			}
			ends[i] = v
		}
	}
	if m.log {
		ends[0], ends[1] = math.Log(ends[0]), math.Log(ends[1])
	}
	m.first, m.low, m.half = ends[0], ends[0]/2, ends[1]/2-ends[0]/2
	return m
}

func readNumber(b *[]byte) (float64, error) {
	v, rest, err := msgp.ReadIntfBytes(*b)
	*b = rest
	switch v := v.(type) {
	case float64:
		return v, err
	case float32:
		return float64(v), err
	case int64:
		return float64(v), err
	case uint64:
		return float64(v), err
	}
	return 0, err
}

// readLook reads what it can of a ScalarsLook: it was written by an Encoder, or came from another server.
func (m *scalarMap) readLook(b []byte) {
	n, b, err := msgp.ReadMapHeaderBytes(b)
	for range n {
		var key []byte
		if err == nil {
			key, b, err = msgp.ReadMapKeyZC(b)
		}
		if err != nil {
			return
		}
		value := b
		if b, err = msgp.Skip(b); err != nil {
			return
		}
		switch string(key) {
		case "colors":
			rgb, _, _ := msgp.ReadBytesZC(value)
			for ; len(rgb) >= 3; rgb = rgb[3:] {
				m.colors = append(m.colors, [3]uint8(rgb))
			}
		case "nan":
			if count, rest, err := msgp.ReadArrayHeaderBytes(value); err == nil && count == 3 {
				for i := range m.nan {
					v, _ := readNumber(&rest)
					m.nan[i] = uint8(v)
				}
			}
		case "log":
			m.log, _, _ = msgp.ReadBoolBytes(value)
		case "categories":
			m.groups, _, _ = msgp.ReadBoolBytes(value)
		case "corners":
			m.corners, _, _ = msgp.ReadBoolBytes(value)
		}
	}
}

// color is that of a number.
func (m *scalarMap) color(number float32) [3]uint8 {
	v, n := float64(number), len(m.colors)
	switch {
	case v != v, m.log && !(v > 0), m.groups && math.IsInf(v, 0):
		return m.nan
	case m.groups:
		i := math.Mod(math.Floor(v+0.5), float64(n))
		if i < 0 {
			i += float64(n)
		}
		return m.colors[int(i)]
	case m.log:
		v = math.Log(v)
	}
	t := 0.0
	switch {
	case m.half != 0:
		t = (v/2 - m.low) / m.half
	case v > m.first:
		t = 1
	}
	switch {
	case !(t > 0):
		return m.colors[0]
	case t >= 1:
		return m.colors[n-1]
	}
	return m.colors[int(t*float64(n))]
}
