package view

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"slices"
	"strings"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/paint"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/formats/cloud"
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

// classColors is the choice of a color map with a color for each whole number.
const classColors = "classes"

var (
	// defaultColor is that of a model without colors.
	defaultColor = viser.RGB{226, 200, 170}
	// noValueColor is that of points where a field is not a number.
	noValueColor = viser.RGB{128, 128, 128}
)

// painted is what can be colored.
type painted struct {
	points  func() [][3]float32 // less origin
	origin  func() viser.Vec3
	seen    func() box // of points
	colors  [][3]uint8
	normals [][3]float32
	fields  []cloud.Field
	// textured says that it can be shown with textures, and filed that it has colors of its own, be it of points or of
	// materials.
	textured, filed bool
	// surface says that it looks good in one color, as it is shaded.
	surface bool
}

// coloring determines the colors of points. Its fields are guarded by Viewer.mu.
type coloring struct {
	v      *Viewer
	f      *file
	of     painted
	modes  []string
	mode   string
	one    viser.RGB
	lo, hi float64       // of the numbers that are shown: the ends of the color map
	cmap   *colormap.Map // nil: classes

	// changed is called, with the lock held, when the points have new colors.
	changed  func()
	oneField *viser.RGBInput // the control of one
	maps     *viser.Dropdown
	bar      *viser.GUIImage
	from, to *viser.Number // the controls of lo and hi
}

// newColoring lists the modes that there are. The first one is the default.
func newColoring(f *file, of painted) *coloring {
	c := &coloring{v: f.v, f: f, of: of, one: defaultColor, cmap: f.v.o.ColorMap, changed: func() {}}
	add := func(mode string, ok bool) {
		if ok {
			c.modes = append(c.modes, mode)
		}
	}
	add(colorsTexture, of.textured)
	add(colorsOfFile, of.filed)
	add(colorsOne, of.surface)
	add(colorsNormal, of.normals != nil)
	add(colorsHeight, true)
	add(colorsOne, !of.surface)
	c.of.fields = distinct(of.fields)
	for i := range c.of.fields {
		add(c.of.fields[i].Name, true)
	}
	c.mode = c.modes[0]
	f.colorings = append(f.colorings, c)
	return c
}

// distinct leaves out a field with a name that another one or a mode has: a choice needs names that differ.
func distinct(all []cloud.Field) (fields []cloud.Field) {
	taken := []string{"", colorsTexture, colorsOfFile, colorsNormal, colorsHeight, colorsOne}
	for _, f := range all {
		if !slices.Contains(taken, f.Name) {
			taken = append(taken, f.Name)
			fields = append(fields, f)
		}
	}
	return fields
}

// colorAll sets the mode of the command line where there is one; "" leaves the defaults. It fails if no part of any file
// has it.
func colorAll(files []*file, name string) error {
	var can []string
	found, any := false, false
	for _, f := range files {
		for _, c := range f.colorings {
			any = true
			if name != "" && c.choose(name) {
				found = true
			}
			can = append(can, c.names()...)
			c.start()
		}
	}
	switch {
	case name == "" || found:
		return nil
	case !any:
		return errors.New("it has its own colors, and cannot be colored by anything else")
	}
	slices.Sort(can)
	return fmt.Errorf("it cannot be colored by %q; it can be by: %s", name, strings.Join(slices.Compact(can), ", "))
}

// names are the modes by the names of the command line.
func (c *coloring) names() (names []string) {
	for i := range c.of.fields {
		names = append(names, c.of.fields[i].Name)
	}
	for short, mode := range shortNames {
		if slices.Contains(c.modes, mode) {
			names = append(names, short)
		}
	}
	return names
}

// choose sets the mode of that name, if there is one. Fields have precedence over other modes, and exact names over those
// in another case.
func (c *coloring) choose(name string) bool {
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for i := range c.of.fields {
			if field := c.of.fields[i].Name; same(field, name) {
				c.mode = field
				return true
			}
		}
	}
	mode := shortNames[strings.ToLower(name)]
	if !slices.Contains(c.modes, mode) {
		return false
	}
	c.mode = mode
	return true
}

// start chooses the range, and for numbers that are classes the colors, of the mode. A field is shown from its smallest to
// its largest value.
func (c *coloring) start() {
	if c.mode == colorsHeight {
		c.lo, c.hi = c.heightSpan()
		return
	}
	f := c.field()
	if f == nil {
		return
	}
	c.lo, c.hi = span(f.Values)
	if namesClasses(f.Name) {
		c.cmap = nil
	} else if c.cmap == nil {
		c.cmap = c.v.o.ColorMap
	}
}

// namesClasses reports whether a field of that name has numbers of classes or of objects, whose order means nothing.
func namesClasses(name string) bool {
	name = strings.ToLower(name)
	for _, class := range []string{"class", "label", "instance", "segment", "cluster", "category"} {
		if strings.Contains(name, class) {
			return true
		}
	}
	return false
}

// span returns the smallest and the largest finite value; 0 and 0 if there is none.
func span(values []float32) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v64 := float64(v); v-v == 0 {
			lo, hi = min(lo, v64), max(hi, v64)
		}
	}
	if lo > hi {
		return 0, 0
	}
	return lo, hi
}

// field is the field that is the mode; nil if another mode is.
func (c *coloring) field() *cloud.Field {
	for i := range c.of.fields {
		if c.of.fields[i].Name == c.mode {
			return &c.of.fields[i]
		}
	}
	return nil
}

// numbers reports whether the mode shows numbers by a color map.
func (c *coloring) numbers() bool { return c.mode == colorsHeight || c.field() != nil }

// colors are those of the current mode: one per point, or one for all.
func (c *coloring) colors() []viser.RGB {
	switch c.mode {
	case colorsTexture, colorsOfFile:
		return rgbs(c.of.colors)
	case colorsNormal:
		colors := make([]viser.RGB, len(c.of.normals))
		for i, n := range c.of.normals {
			colors[i] = paint.Normal(n)
		}
		return colors
	case colorsHeight:
		return c.mapped(c.heights())
	}
	if f := c.field(); f != nil {
		return c.mapped(f.Values)
	}
	return []viser.RGB{c.one}
}

// mapped colors numbers.
func (c *coloring) mapped(values []float32) []viser.RGB {
	if c.cmap != nil {
		return colormap.Colors[viser.RGB](c.cmap, values, c.lo, c.hi)
	}
	colors := make([]viser.RGB, len(values))
	for i, v := range values {
		if v-v != 0 {
			colors[i] = noValueColor
		} else {
			colors[i] = colormap.Category(int(v))
		}
	}
	return colors
}

// upInFile is the direction that is up, in the frame of the file.
func (c *coloring) upInFile() viser.Vec3 {
	return viser.Vec3(c.f.turn.Inverse().Apply(c.v.up.Vector()))
}

// heights are the coordinates along the direction that is up.
func (c *coloring) heights() []float32 {
	up, points := c.upInFile(), c.of.points()
	base := dot(up, c.of.origin())
	values := make([]float32, len(points))
	for i, p := range points {
		values[i] = float32(base + up[0]*float64(p[0]) + up[1]*float64(p[1]) + up[2]*float64(p[2]))
	}
	return values
}

// heightSpan is the lowest and the highest coordinate of what is worth looking at.
func (c *coloring) heightSpan() (lo, hi float64) {
	up, b := c.upInFile(), shifted(c.of.seen(), c.of.origin())
	for axis, u := range up {
		at, to := u*b.lo[axis], u*b.hi[axis]
		lo, hi = lo+min(at, to), hi+max(at, to)
	}
	return lo, hi
}

// turned colors by height again, as another axis points up.
func (c *coloring) turned() {
	if c.mode == colorsHeight {
		c.start()
		c.changed()
	}
}

func rgbs(colors [][3]uint8) []viser.RGB {
	out := make([]viser.RGB, len(colors))
	for i, c := range colors {
		out[i] = c
	}
	return out
}

// barWidth and barHeight are the size of the color bar in pixels.
const barWidth, barHeight = 256, 12

// drawBar is a picture of the color map.
func drawBar(m *colormap.Map) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, barWidth, barHeight))
	for x := range barWidth {
		color := m.At((float64(x) + 0.5) / barWidth)
		for y := range barHeight {
			copy(img.Pix[img.PixOffset(x, y):], []uint8{color[0], color[1], color[2], 255})
		}
	}
	return img
}

// addControls adds the choice of the mode, and what belongs to it, to a folder of the panel.
func (c *coloring) addControls(folder *viser.Folder) {
	mu := &c.v.mu
	folder.AddDropdown("Colors", c.modes, &viser.DropdownOptions{Initial: c.mode}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
			mu.Lock()
			if c.mode != e.Value {
				c.mode = e.Value
				c.start()
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
	c.maps = folder.AddDropdown("Color map", append(colormap.Names(), classColors), &viser.DropdownOptions{Initial: c.mapName()})
	c.bar = folder.AddImage(drawBar(c.v.o.ColorMap), &viser.GUIImageOptions{Hidden: true})
	c.from = folder.AddNumber("Low", 0, nil)
	c.to = folder.AddNumber("High", 0, nil)
	c.showControls()
	c.maps.OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { c.setMap(e) })
	c.from.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { c.setEnd(&c.lo, e) })
	c.to.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { c.setEnd(&c.hi, e) })
}

func (c *coloring) mapName() string {
	if c.cmap == nil {
		return classColors
	}
	return c.cmap.Name()
}

// setMap sets the color map from the panel.
func (c *coloring) setMap(e viser.UpdateEvent[string]) {
	if e.Client == nil {
		return
	}
	c.v.mu.Lock()
	if c.mapName() != e.Value {
		c.cmap, _ = colormap.ByName(e.Value)
		c.changedIf(c.numbers())
	}
	c.v.mu.Unlock()
	c.showControls()
}

// setEnd sets one end of the range from the panel. Values that the program has set in the panel are already set.
func (c *coloring) setEnd(end *float64, e viser.UpdateEvent[float64]) {
	c.v.mu.Lock()
	defer c.v.mu.Unlock()
	if *end != e.Value && e.Client != nil {
		*end = e.Value
		c.changedIf(c.numbers())
	}
}

func (c *coloring) changedIf(is bool) {
	if is {
		c.changed()
	}
}

// spanDigits is the number of significant digits of a range to which its ends are shown.
const spanDigits = 6

// showControls shows those controls that the mode has. The lock must not be held: setting a value calls back.
//
// The ends of the range are rounded to its precision. The colors use the exact ones until a user changes them.
func (c *coloring) showControls() {
	c.v.mu.Lock()
	one, numbers, cmap := c.mode == colorsOne, c.numbers(), c.cmap
	lo, hi, name := c.lo, c.hi, c.mapName()
	c.v.mu.Unlock()
	c.oneField.SetVisible(one)
	c.maps.SetVisible(numbers)
	c.maps.SetValue(name)
	ranged := numbers && cmap != nil
	c.bar.SetVisible(ranged)
	if ranged {
		c.bar.SetImage(drawBar(cmap))
	}
	step := 0.01
	if hi > lo {
		step = nice((hi - lo) / 100)
	}
	for _, end := range []struct {
		number *viser.Number
		value  float64
	}{{c.from, lo}, {c.to, hi}} {
		end.number.SetVisible(ranged)
		end.number.SetStep(step)
		end.number.SetPrecision(digits(step) + 2)
		end.number.SetValue(significant(end.value, hi-lo, spanDigits))
	}
}

// digits is how many decimals a step has.
func digits(step float64) int { return int(max(0, min(10, -math.Floor(math.Log10(step))))) }
