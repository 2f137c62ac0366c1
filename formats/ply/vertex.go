package ply

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"github.com/viser-go/viser/formats/internal/window"
)

// What a column of the vertices means. The order is that of a vertexBlock.
const (
	roleX = iota
	roleY
	roleZ
	roleNX
	roleNY
	roleNZ
	roleRed
	roleGreen
	roleBlue
	roleAlpha
	roleU
	roleV
	roles
)

// roleNames lists, per role, the names that programs give the property.
var roleNames = [roles][]string{
	{"x"}, {"y"}, {"z"},
	{"nx", "normal_x"}, {"ny", "normal_y"}, {"nz", "normal_z"},
	{"red", "diffuse_red", "r"}, {"green", "diffuse_green", "g"}, {"blue", "diffuse_blue", "b"},
	{"alpha", "diffuse_alpha", "a"},
	{"texture_u", "s", "u"}, {"texture_v", "t", "v"},
}

// blockRows is how many vertices are decoded at a time: the columns that are in use fit the processor's cache.
const blockRows = 512

// colorSource is how an element has its colors.
type colorSource uint8

const (
	noColors       colorSource = iota
	channelColors              // red, green, blue, and perhaps alpha
	packedColors               // one number of 32 bits
	harmonicColors             // f_dc_0, f_dc_1, f_dc_2
)

// columns maps roles to properties of an element; -1 where none does. The property of packed colors is that of roleRed.
type columns struct {
	roles  [roles]int
	source colorSource
	opaque bool // packed colors have no alpha
}

var noColumns = func() (c columns) {
	for role := range c.roles {
		c.roles[role] = -1
	}
	return c
}()

// of returns the role of property i, or -1.
func (c *columns) of(i int) int { return slices.Index(c.roles[:], i) }

// columnsOf finds the roles. Normals, colors and texture coordinates count only when they are whole; the latter
// only in a file with a texture, as s, t, u and v mean many things.
func columnsOf(e *element, textured bool) columns {
	c := noColumns
	for role, names := range roleNames {
		c.roles[role] = e.find(false, names...)
	}
	c.keepWhole(roleNX, roleNY, roleNZ)
	c.keepWhole(roleU, roleV)
	if !textured {
		c.roles[roleU], c.roles[roleV] = -1, -1
	}
	if c.keepWhole(roleRed, roleGreen, roleBlue) {
		c.source = channelColors
		return c
	}
	c.roles[roleAlpha] = -1
	c.findOtherColors(e)
	return c
}

// keepWhole removes the roles unless all of them are there.
func (c *columns) keepWhole(roles ...int) bool {
	for _, role := range roles {
		if c.roles[role] < 0 {
			for _, role := range roles {
				c.roles[role] = -1
			}
			return false
		}
	}
	return true
}

// findOtherColors finds colors that are not in channels of their own.
func (c *columns) findOtherColors(e *element) {
	for _, name := range []string{"rgba", "rgb"} {
		i := e.find(false, name)
		if i >= 0 && e.properties[i].item.size() == 4 {
			c.roles[roleRed], c.source, c.opaque = i, packedColors, name == "rgb"
			return
		}
	}
	for k, name := range []string{"f_dc_0", "f_dc_1", "f_dc_2"} {
		c.roles[roleRed+k] = e.find(false, name)
	}
	if c.keepWhole(roleRed, roleGreen, roleBlue) {
		c.source = harmonicColors
	}
}

func (c *columns) normals() bool { return c.roles[roleNX] >= 0 }
func (c *columns) colors() bool  { return c.source != noColors }
func (c *columns) uvs() bool     { return c.roles[roleU] >= 0 }
func (c *columns) alphas() bool {
	return c.source == channelColors && c.roles[roleAlpha] >= 0 || c.source == packedColors && !c.opaque
}

// types are those of red, green, blue and alpha in a block.
func (c *columns) types(e *element) (t [4]scalar) {
	for i := range t {
		t[i] = uint8Type
		if p := c.roles[roleRed+i]; c.source == channelColors && p >= 0 {
			t[i] = e.properties[p].item
		}
	}
	return t
}

// vertexBlock is a few hundred vertices, column by column.
type vertexBlock [roles][blockRows]float64

// An extra is a property that was requested by its name.
type extra struct {
	property int // -1 if there is none of that name
	values   [blockRows]float64
}

// extrasOf finds the requested properties.
func extrasOf(e *element, names []string) []extra {
	extras := make([]extra, len(names))
	for i, name := range names {
		extras[i].property = e.find(false, name)
	}
	return extras
}

// readVertices reads the vertex element.
func (d *decoder) readVertices() error {
	e := d.element
	if d.header.packed() {
		return d.readPacked()
	}
	cols := columnsOf(e, len(d.header.textures) > 0)
	d.model.Fields = fieldsOf(e, &cols)
	names := d.columnNames(d.model.Fields)
	d.extras = extrasOf(e, names)
	fromText := d.header.encoding == asciiEncoding
	if p := cols.roles[roleRed]; cols.source == packedColors && !fromText {
		e.properties[p].item = uint32Type // the bits of a float: as a number it might be a NaN, and change
	}
	sink := newVertexSink(d, cols, cols.types(e), d.extras)
	layout, direct := d.direct(&cols)
	var block vertexBlock
	for d.row < e.count {
		n := int(min(blockRows, e.count-d.row))
		if direct && d.row > 0 { // the first block is needed whole, for the origin
			if err := d.addRows(sink, &layout, n); err != nil {
				return err
			}
			continue
		}
		if err := d.readBlock(&block, cols, n); err != nil {
			return err
		}
		cols.expand(&block, n, fromText && cols.source == packedColors && e.properties[cols.roles[roleRed]].item == float32Type)
		sink.add(&block, n)
	}
	sink.finish()
	return nil
}

// addRows reads at most n rows into the sink, without a block.
func (d *decoder) addRows(sink *vertexSink, l *directLayout, n int) error {
	rows, err := d.source.Rows(l.stride, n)
	if err != nil {
		return err
	}
	d.readExtras(rows, l.stride)
	sink.addRows(l, rows)
	d.row += uint64(len(rows) / l.stride)
	return nil
}

// readExtras decodes the requested properties of rows of a fixed size.
func (d *decoder) readExtras(rows []byte, stride int) {
	for k := range d.extras {
		x := &d.extras[k]
		if x.property < 0 {
			continue
		}
		offset := 0
		for _, p := range d.element.properties[:x.property] {
			offset += p.item.size()
		}
		column(x.values[:len(rows)/stride], d.element.properties[x.property].item, d.order(), rows, offset, stride)
	}
}

// readPacked reads vertices that are packed.
func (d *decoder) readPacked() error {
	e := d.element
	if e.count > 0 && d.chunks == nil {
		return errors.New(`the vertices are packed, so that the element "chunk" must stand before them`)
	}
	d.extras = extrasOf(e, packedNames)
	d.model.Fields = slices.Clone(unpackedFields)
	if d.header.harmonics != nil {
		d.model.Fields = append(d.model.Fields, fieldsOf(d.header.harmonics, &noColumns)...)
	}
	d.wanted = d.columnNames(d.model.Fields)
	wanted := unpackedColumns(d.wanted)
	cols := noColumns
	cols.source = channelColors
	cols.roles[roleAlpha] = 0
	sink := newVertexSink(d, cols, [4]scalar{uint8Type, uint8Type, uint8Type, uint8Type}, wanted)
	var block vertexBlock
	for d.row < e.count {
		first, n := d.row, int(min(blockRows, e.count-d.row))
		if err := d.readBlock(&block, noColumns, n); err != nil {
			return err
		}
		d.unpack(&block, d.extras, wanted, first, n)
		sink.add(&block, n)
	}
	sink.finish()
	return nil
}

// columnNames are the properties that are wanted as columns.
func (d *decoder) columnNames(fields []string) []string {
	names := d.options.Columns
	if d.options.SelectColumns != nil {
		names = append(slices.Clone(names), d.options.SelectColumns(int(d.element.count), slices.Clone(fields))...)
	}
	return names
}

// fieldsOf lists the numbers that play no role.
func fieldsOf(e *element, cols *columns) (fields []string) {
	for i, p := range e.properties {
		if !p.list && cols.of(i) < 0 {
			fields = append(fields, clean(p.name))
		}
	}
	return fields
}

// expand turns packed and harmonic colors of n vertices into channels of 0 to 255. floats reports that packed
// colors were read as the text of floating point numbers.
func (c *columns) expand(block *vertexBlock, n int, floats bool) {
	switch c.source {
	case packedColors:
		for i, v := range block[roleRed][:n] {
			bits := uint32(int64(v))
			if floats {
				bits = math.Float32bits(float32(v))
			}
			for k := range 3 {
				block[roleRed+k][i] = float64(uint8(bits >> (16 - 8*k)))
			}
			block[roleAlpha][i] = float64(bits >> 24)
		}
	case harmonicColors:
		for k := range 3 {
			for i, v := range block[roleRed+k][:n] {
				block[roleRed+k][i] = harmonicColor(v)
			}
		}
	}
}

// readBlock reads n vertices.
func (d *decoder) readBlock(block *vertexBlock, cols columns, n int) error {
	if stride, fixed := d.element.stride(); fixed && d.header.encoding != asciiEncoding {
		return d.readRows(block, cols, n, stride)
	}
	return d.readMixedRows(block, cols, n)
}

// readRows reads n binary rows of the same size.
func (d *decoder) readRows(block *vertexBlock, cols columns, n, stride int) error {
	// A row can be 32 KiB, so that n of them need not fit the buffer.
	for done := 0; done < n; {
		some := min(n-done, window.Size/stride)
		if !d.source.Want(some * stride) {
			whole := len(d.source.Rest()) / stride
			d.source.Take(whole * stride)
			d.row += uint64(whole)
			return d.source.Fault()
		}
		rows := d.source.Take(some * stride)
		offset := 0
		for i, p := range d.element.properties {
			if role := cols.of(i); role >= 0 {
				column(block[role][done:done+some], p.item, d.order(), rows, offset, stride)
			}
			for k := range d.extras {
				if d.extras[k].property == i {
					column(d.extras[k].values[done:done+some], p.item, d.order(), rows, offset, stride)
				}
			}
			offset += p.item.size()
		}
		done += some
		d.row += uint64(some)
	}
	return nil
}

// readMixedRows reads n rows number by number, as text and lists need it.
func (d *decoder) readMixedRows(block *vertexBlock, cols columns, n int) error {
	roleOf := make([]int, len(d.element.properties))
	for j := range roleOf {
		roleOf[j] = cols.of(j)
	}
	for i := range n {
		for j, p := range d.element.properties {
			if p.list {
				if err := d.skipList(p); err != nil {
					return err
				}
				continue
			}
			v, err := d.values.value(p.item)
			if err != nil {
				return err
			}
			if role := roleOf[j]; role >= 0 {
				block[role][i] = v
			}
			for k := range d.extras {
				if d.extras[k].property == j {
					d.extras[k].values[i] = v
				}
			}
		}
		d.row++
	}
	return nil
}

func (d *decoder) order() binary.ByteOrder {
	if d.header.encoding == bigEndian {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// vertexSink puts blocks into the model.
type vertexSink struct {
	model    *Model
	total    int
	columns  columns
	extras   []extra
	exact    bool // the header's count is known to be possible, so that it may be allocated
	recenter bool

	colors    rgbBuffer
	alphaType scalar
	alphas    []float32 // until their scale is known
	alphaPeak float32
}

// newVertexSink makes a sink for the columns; colors are the types of red, green, blue and alpha.
func newVertexSink(d *decoder, cols columns, colors [4]scalar, extras []extra) *vertexSink {
	if len(extras) > 0 {
		d.model.Columns = make([][]float32, len(extras))
	}
	return &vertexSink{
		model: d.model, total: int(d.element.count), columns: cols, extras: extras,
		exact: d.sized, recenter: d.options.Recenter,
		colors: newRGBBuffer([3]scalar(colors[:3])), alphaType: colors[3],
	}
}

// add appends n vertices. Those with a coordinate that no float32 can hold stay in place, as NaN, until
// the whole file has been read: faces go by number.
func (v *vertexSink) add(block *vertexBlock, n int) {
	m, total := v.model, v.total
	if v.recenter {
		m.Origin = medians(block, n)
		v.recenter = false
	}
	m.Points = grow(m.Points, n, total, v.exact)
	for i := range n {
		m.Points = append(m.Points, [3]float32{
			float32(block[roleX][i] - m.Origin[0]),
			float32(block[roleY][i] - m.Origin[1]),
			float32(block[roleZ][i] - m.Origin[2]),
		})
	}
	if v.columns.normals() {
		m.Normals = grow(m.Normals, n, total, v.exact)
		for i := range n {
			m.Normals = append(m.Normals, finiteOrZero([3]float32{
				float32(block[roleNX][i]), float32(block[roleNY][i]), float32(block[roleNZ][i]),
			}))
		}
	}
	if v.columns.uvs() {
		m.UVs = grow(m.UVs, n, total, v.exact)
		for i := range n {
			m.UVs = append(m.UVs, [2]float32{finite(float32(block[roleU][i])), finite(float32(block[roleV][i]))})
		}
	}
	v.addColors(block, n)
	for k := range v.extras {
		if v.extras[k].property < 0 {
			continue
		}
		m.Columns[k] = grow(m.Columns[k], n, total, v.exact)
		for _, x := range v.extras[k].values[:n] {
			m.Columns[k] = append(m.Columns[k], float32(x))
		}
	}
}

func (v *vertexSink) addColors(block *vertexBlock, n int) {
	if !v.columns.colors() {
		return
	}
	red, green, blue := block[roleRed][:n], block[roleGreen][:n], block[roleBlue][:n]
	if v.colors.final {
		v.colors.bytes = grow(v.colors.bytes, n, v.total, v.exact)
		for i := range red {
			v.colors.bytes = append(v.colors.bytes, [3]uint8{
				colorScale(1).apply(red[i]), colorScale(1).apply(green[i]), colorScale(1).apply(blue[i]),
			})
		}
	} else {
		v.colors.raw = grow(v.colors.raw, n, v.total, v.exact)
		for i := range red {
			v.colors.add([3]float32{zeroIfNaN(red[i]), zeroIfNaN(green[i]), zeroIfNaN(blue[i])})
		}
	}
	if !v.columns.alphas() {
		return
	}
	if isByte(v.alphaType) {
		v.model.Alphas = grow(v.model.Alphas, n, v.total, v.exact)
		for _, a := range block[roleAlpha][:n] {
			v.model.Alphas = append(v.model.Alphas, colorScale(1).apply(a))
		}
		return
	}
	v.alphas = grow(v.alphas, n, v.total, v.exact)
	for _, a := range block[roleAlpha][:n] {
		v.alphas = append(v.alphas, float32(a))
		v.alphaPeak = higher(v.alphaPeak, float32(a))
	}
}

// finish scales the colors.
func (v *vertexSink) finish() {
	m := v.model
	m.Colors = v.colors.colors()
	if v.alphas != nil {
		scale := scaleOf(v.alphaType, v.alphaPeak)
		m.Alphas = make([]uint8, len(v.alphas))
		for i, a := range v.alphas {
			m.Alphas[i] = scale.apply(float64(a))
		}
	}
	if v.columns.source == packedColors && !slices.ContainsFunc(m.Alphas, func(a uint8) bool { return a != 0 }) {
		m.Alphas = nil // a cloud that is wholly transparent makes no sense: the byte was not used
	}
}

// zeroIfNaN keeps a color that is no number from being taken for no color at all.
func zeroIfNaN(v float64) float32 {
	if v != v {
		return 0
	}
	return float32(v)
}

func finite(v float32) float32 {
	if v-v != 0 {
		return 0
	}
	return v
}

// grow allocates capacity for n more items, of total in all. Arrays grow with what has been read, unless the
// total is known to be possible (exact).
func grow[T any](s []T, n, total int, exact bool) []T {
	if cap(s)-len(s) >= n {
		return s
	}
	next := max(2*cap(s), len(s)+n, 8*blockRows)
	if exact || next > total {
		next = max(total, len(s)+n)
	}
	grown := make([]T, len(s), next)
	copy(grown, s)
	return grown
}

func isFinite(p [3]float32) bool {
	// A NaN or an infinity times zero is NaN.
	return p[0]*0+p[1]*0+p[2]*0 == 0
}

func finiteOrZero(p [3]float32) [3]float32 {
	if isFinite(p) {
		return p
	}
	return [3]float32{}
}

// medians returns the middle coordinate on each axis, rounded to whole units. The middle is safe from the
// zeros and outliers that mark missing points in scans, as the first or the mean are not.
func medians(block *vertexBlock, n int) (origin [3]float64) {
	for axis := range origin {
		finite := make([]float64, 0, n)
		for _, v := range block[roleX+axis][:n] {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				finite = append(finite, v)
			}
		}
		if len(finite) > 0 {
			slices.Sort(finite)
			origin[axis] = math.Round(finite[len(finite)/2])
		}
	}
	return origin
}
