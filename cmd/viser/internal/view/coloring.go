package view

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/paint"
	"github.com/viser-go/viser/formats/ply"
)

// The names of the color modes in the panel. The fields of the file are modes too, by their own names.
const (
	colorsTexture = "texture"
	colorsOfFile  = "of the file"
	colorsNormal  = "by normal"
	colorsHeight  = "by height"
	colorsOne     = "one color"
)

// shortNames are the names of the modes on the command line.
var shortNames = map[string]string{
	"texture": colorsTexture, "file": colorsOfFile, "normal": colorsNormal, "height": colorsHeight, "one": colorsOne,
}

var (
	// defaultColor is that of a model without colors.
	defaultColor = viser.RGB{226, 200, 170}
	// noValueColor is that of points where a field is not a number.
	noValueColor = viser.RGB{128, 128, 128}
)

// A Field is a number of each point that can be shown as its color.
type Field struct {
	Name   string
	Values []float32
}

// span returns the smallest and the largest finite value; 0 and 0 if there is none.
func (f *Field) span() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range f.Values {
		if v64 := float64(v); v-v == 0 {
			lo, hi = min(lo, v64), max(hi, v64)
		}
	}
	if lo > hi {
		return 0, 0
	}
	return lo, hi
}

// coloring determines the colors of the points. Its fields are guarded by viewer.mu.
type coloring struct {
	viewer *viewer
	modes  []string
	mode   string
	one    viser.RGB
	lo, hi float64 // of the field that is the mode: the ends of the ramp

	// changed is called, with viewer.mu held, when the points have new colors.
	changed  func()
	oneField *viser.RGBInput // the control of one
	from, to *viser.Number   // the controls of lo and hi; nil without fields
}

// newColoring lists the modes that the model has. The first one is the default.
func (v *viewer) newColoring(textured bool) *coloring {
	m := v.model
	c := &coloring{viewer: v, one: defaultColor, changed: func() {}}
	add := func(mode string, ok bool) {
		if ok {
			c.modes = append(c.modes, mode)
		}
	}
	add(colorsTexture, textured)
	add(colorsOfFile, m.Colors != nil || m.FaceColors != nil)
	if len(m.Faces) > 0 {
		add(colorsOne, true)
	}
	add(colorsNormal, m.Normals != nil)
	add(colorsHeight, true)
	if len(m.Faces) == 0 {
		add(colorsOne, true)
	}
	for i := range v.fields {
		add(v.fields[i].Name, true)
	}
	c.setMode(c.modes[0])
	return c
}

// choose sets the mode of the command line; "" is the default. Fields have precedence over other modes, and
// exact names over those in another case.
func (c *coloring) choose(name string) error {
	if name == "" {
		return nil
	}
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for i := range c.viewer.fields {
			if field := c.viewer.fields[i].Name; same(field, name) {
				c.setMode(field)
				return nil
			}
		}
	}
	if mode := shortNames[strings.ToLower(name)]; slices.Contains(c.modes, mode) {
		c.setMode(mode)
		return nil
	}
	var can []string
	for i := range c.viewer.fields {
		can = append(can, c.viewer.fields[i].Name)
	}
	for short, mode := range shortNames {
		if slices.Contains(c.modes, mode) {
			can = append(can, short)
		}
	}
	slices.Sort(can)
	return fmt.Errorf("it cannot be colored by %q; it can be by: %s", name, strings.Join(can, ", "))
}

// setMode changes the mode; a field is shown from its smallest to its largest value.
func (c *coloring) setMode(mode string) {
	c.mode = mode
	if f := c.field(); f != nil {
		c.lo, c.hi = f.span()
	}
}

// field is the field that is the mode; nil if another mode is.
func (c *coloring) field() *Field {
	for i := range c.viewer.fields {
		if c.viewer.fields[i].Name == c.mode {
			return &c.viewer.fields[i]
		}
	}
	return nil
}

// addControls adds the choice of the mode to a folder of the panel.
func (c *coloring) addControls(folder *viser.Folder) {
	mu := &c.viewer.mu
	folder.AddDropdown("Colors", c.modes, &viser.DropdownOptions{Initial: c.mode}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
			mu.Lock()
			if c.mode != e.Value {
				c.setMode(e.Value)
				c.changed()
			}
			mu.Unlock()
			c.showControls()
		})
	c.oneField = folder.AddRGB("One color", c.one, nil)
	c.oneField.OnUpdate(func(_ context.Context, e viser.UpdateEvent[viser.RGB]) {
		mu.Lock()
		defer mu.Unlock()
		if c.one != e.Value {
			c.one = e.Value
			c.changedIf(c.mode == colorsOne)
		}
	})
	if len(c.viewer.fields) == 0 {
		c.showControls()
		return
	}
	c.from = folder.AddNumber("Low", 0, nil)
	c.to = folder.AddNumber("High", 0, nil)
	c.showControls()
	c.from.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { c.setEnd(&c.lo, e) })
	c.to.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { c.setEnd(&c.hi, e) })
}

// setEnd sets one end of the ramp from the panel. Values that the program has set in the panel are
// already set.
func (c *coloring) setEnd(end *float64, e viser.UpdateEvent[float64]) {
	c.viewer.mu.Lock()
	defer c.viewer.mu.Unlock()
	if *end != e.Value && e.Client != nil {
		*end = e.Value
		c.changedIf(c.field() != nil)
	}
}

func (c *coloring) changedIf(is bool) {
	if is {
		c.changed()
	}
}

// spanDigits is the number of significant digits of a range to which its ends are shown.
const spanDigits = 6

// showControls shows those controls that the mode has.
func (c *coloring) showControls() {
	c.viewer.mu.Lock()
	one := c.mode == colorsOne
	c.viewer.mu.Unlock()
	c.oneField.SetVisible(one)
	c.showSpan()
}

// showSpan shows the ends of the ramp in the panel, while the mode is a field: rounded to the precision of the range.
// The colors use the exact ones until a user changes them. The lock must not be held: setting a value calls setEnd.
func (c *coloring) showSpan() {
	if c.from == nil {
		return
	}
	c.viewer.mu.Lock()
	shown, lo, hi := c.field() != nil, c.lo, c.hi
	c.viewer.mu.Unlock()
	step := 0.01
	if hi > lo {
		step = nice((hi - lo) / 100)
	}
	for _, end := range []struct {
		number *viser.Number
		value  float64
	}{{c.from, lo}, {c.to, hi}} {
		end.number.SetVisible(shown)
		end.number.SetStep(step)
		end.number.SetPrecision(digits(step) + 2)
		end.number.SetValue(significant(end.value, hi-lo, spanDigits))
	}
}

// digits is how many decimals a step has.
func digits(step float64) int { return int(max(0, min(10, -math.Floor(math.Log10(step))))) }

// points are the colors of the current mode: one per point, or one for all. Colors of faces are no colors of points.
func (c *coloring) points() []viser.RGB {
	m := c.viewer.model
	switch c.mode {
	case colorsOfFile:
		return rgbs(m.Colors)
	case colorsNormal:
		colors := make([]viser.RGB, len(m.Normals))
		for i, n := range m.Normals {
			colors[i] = paint.Normal(n)
		}
		return colors
	case colorsHeight:
		return c.heights()
	}
	if f := c.field(); f != nil {
		return fieldColors(f.Values, c.lo, c.hi)
	}
	return []viser.RGB{c.one}
}

func fieldColors(values []float32, lo, hi float64) []viser.RGB {
	colors := make([]viser.RGB, len(values))
	for i, v := range values {
		if v != v {
			colors[i] = noValueColor
		} else {
			colors[i] = paint.Ramp((float64(v) - lo) / (hi - lo))
		}
	}
	return colors
}

// heights colors by the distance along the axis that is up.
func (c *coloring) heights() []viser.RGB {
	v := c.viewer
	axis := v.up.Index()
	lo, hi := v.place.seen.lo[axis]-v.place.position[axis], v.place.seen.hi[axis]-v.place.position[axis]
	if v.up.Sign() < 0 {
		lo, hi = hi, lo
	}
	values := make([]float64, len(v.model.Points))
	for i, p := range v.model.Points {
		values[i] = float64(p[axis])
	}
	return paint.Ramps(values, lo, hi)
}

func rgbs(colors [][3]uint8) []viser.RGB {
	out := make([]viser.RGB, len(colors))
	for i, c := range colors {
		out[i] = c
	}
	return out
}

// fieldsOf are the columns of the model that are there, by their names. A name that another one or a mode has is
// left out: a choice needs names that differ.
func fieldsOf(m *ply.Model, names []string) (fields []Field) {
	taken := []string{colorsTexture, colorsOfFile, colorsNormal, colorsHeight, colorsOne}
	for i, name := range names {
		if i < len(m.Columns) && m.Columns[i] != nil && name != "" && !slices.Contains(taken, name) {
			taken = append(taken, name)
			fields = append(fields, Field{name, m.Columns[i]})
		}
	}
	return fields
}
