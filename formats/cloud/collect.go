package cloud

import (
	"fmt"
	"io"
	"math"
	"slices"
)

// CollectOptions are what [Collect] does with the points. Nil, like the zero value, keeps all of them, without fields.
type CollectOptions struct {
	// MaxPoints, if above 0, is the most points of the result. A file that has more is thinned evenly over space:
	// space is divided into cubes, whose size follows from the number of points, and the first point of each cube
	// stays. The result has 0.8 to 1 times MaxPoints points, fewer only if that many places differ. It is the same
	// each time. Memory is that of about 1.5 times MaxPoints points, however large the file is.
	MaxPoints int
	// Limit refuses files with more points, unless MaxPoints is set. 0 means 134,217,728, about 2 to 4 GB of result.
	Limit int
	// Fields are names of fields to keep.
	Fields []string
	// SelectFields, when set, is called once with the number of points, -1 if it is not known, and the names of the
	// file's fields. Those that it returns follow those of Fields. The slice is its own.
	SelectFields func(points int64, fields []string) []string
	// Recenter subtracts an origin, which [Cloud.Origin] reports, before coordinates are rounded to float32. Survey
	// coordinates keep their millimeters with it. The origin is the median of the first few hundred points, rounded
	// to whole units.
	Recenter bool
}

// defaultLimit bounds points: past it no browser shows the result anyway.
const defaultLimit = 1 << 27

// Collect reads all of src. A point whose coordinates are not finite is dropped, see [Cloud.Dropped]. Colors that are
// all zero although the file has 16 bits for each, and alphas that are all zero, are taken as not there. It returns
// the errors of src, and one if there are more points than the limit.
func Collect(src Source, opts *CollectOptions) (*Cloud, error) {
	c := newCollector(src, opts)
	if !c.options.thins() && c.info.Points > int64(c.options.Limit) {
		return nil, tooMany(c.info.Points, c.options.Limit)
	}
	var b Batch
	for {
		err := src.Next(&b)
		if err == io.EOF {
			return c.finish(src.Info()), nil
		}
		if err != nil {
			return nil, err
		}
		c.add(&b)
		if !c.options.thins() && len(c.cloud.Points) > c.options.Limit {
			return nil, tooMany(c.total, c.options.Limit)
		}
	}
}

func tooMany(points int64, limit int) error {
	return fmt.Errorf("cloud: there are %d points or more, the limit is %d: set a maximum of points to thin them", points, limit)
}

func (o *CollectOptions) thins() bool { return o.MaxPoints > 0 }

// collector is a cloud that grows.
type collector struct {
	options CollectOptions
	info    Info
	cloud   *Cloud
	names   []string // of the fields
	thin    *thinner // nil if all points are kept
	total   int64
	started bool

	rounded   [][3]float32 // the finite points of a batch
	finite    []int32      // their numbers
	kept      []int32
	kind      ColorKind
	raw       [][3]float32 // colors that are floating point numbers
	rawAlphas []float32
	peak      float32
	alphaPeak float32
	fields    [][]float32
}

func newCollector(src Source, opts *CollectOptions) *collector {
	c := &collector{cloud: &Cloud{}, info: src.Info()}
	if opts != nil {
		c.options = *opts
	}
	if c.options.Limit <= 0 {
		c.options.Limit = defaultLimit
	}
	c.names = slices.Clone(c.options.Fields)
	if c.options.SelectFields != nil {
		c.names = append(c.names, c.options.SelectFields(c.info.Points, slices.Clone(c.info.Fields))...)
	}
	src.Select(slices.Clone(c.names))
	c.fields = make([][]float32, len(c.names))
	if c.options.thins() {
		c.thin = newThinner(c.options.MaxPoints)
	}
	return c
}

// capacity is how many points are allocated at once; 0 if that is not known.
func (c *collector) capacity() int {
	if c.info.Exact && c.thin == nil {
		return int(c.info.Points)
	}
	return 0
}

// add adds a batch.
func (c *collector) add(b *Batch) {
	if c.options.Recenter && !c.started {
		c.cloud.Origin = medians(b.Points)
	}
	c.started = true
	c.total += int64(len(b.Points))
	c.round(b.Points)
	c.takeColors(b)
	kept := c.finite
	if c.thin != nil {
		kept = c.kept[:0]
		for _, i := range c.thin.add(c.rounded) {
			kept = append(kept, c.finite[i])
		}
		c.kept = kept
	} else {
		c.cloud.Points = c.cloud.Points[:len(c.cloud.Points)+len(c.rounded)] // which are where they were rounded to
	}
	n := c.capacity()
	c.cloud.Colors = gather(c.cloud.Colors, b.Colors, kept, n)
	c.cloud.Alphas = gather(c.cloud.Alphas, b.Alphas, kept, n)
	c.raw = gather(c.raw, b.RawColors, kept, n)
	c.rawAlphas = gather(c.rawAlphas, b.RawAlphas, kept, n)
	first := len(c.cloud.Normals)
	c.cloud.Normals = gather(c.cloud.Normals, b.Normals, kept, n)
	for i, v := range c.cloud.Normals[first:] {
		if v[0]*0+v[1]*0+v[2]*0 != 0 {
			c.cloud.Normals[first+i] = [3]float32{}
		}
	}
	for k, values := range b.Fields {
		c.fields[k] = gather(c.fields[k], values, kept, n)
	}
	if c.thin != nil && c.thin.full() {
		c.shrink()
	}
}

// round sets rounded and finite.
func (c *collector) round(points [][3]float64) {
	if c.thin == nil {
		if c.cloud.Points == nil {
			c.cloud.Points = make([][3]float32, 0, max(c.capacity(), len(points)))
		}
		c.cloud.Points = slices.Grow(c.cloud.Points, len(points))
		c.rounded = c.cloud.Points[len(c.cloud.Points):]
	}
	c.rounded, c.finite = slices.Grow(c.rounded[:0], len(points))[:len(points)], slices.Grow(c.finite[:0], len(points))[:len(points)]
	origin, n := c.cloud.Origin, 0
	for i := range points {
		p := &points[i]
		q := [3]float32{float32(p[0] - origin[0]), float32(p[1] - origin[1]), float32(p[2] - origin[2])}
		c.rounded[n], c.finite[n] = q, int32(i)
		if q[0]*0+q[1]*0+q[2]*0 == 0 { // a NaN or an infinity times zero is NaN
			n++
		}
	}
	c.cloud.Dropped += len(points) - n
	c.rounded, c.finite = c.rounded[:n], c.finite[:n]
}

// takeColors notes the range of a batch's colors, and turns integers into bytes at once: as long as none is above 255
// they are the numbers themselves, of which others can still be made. Kept as they came they would take more memory
// than the points do.
func (c *collector) takeColors(b *Batch) {
	c.kind = b.ColorKind
	colors, alphas := ColorRange(c.kind, c.peak), ColorRange(c.kind, c.alphaPeak)
	for _, rgb := range b.RawColors {
		c.peak = peakOf(c.peak, rgb[:])
	}
	c.alphaPeak = peakOf(c.alphaPeak, b.RawAlphas)
	if c.kind != WideColors {
		return
	}
	if full := ColorRange(c.kind, c.peak); full != colors {
		scale := math.MaxUint8 / full
		for i, v := range c.cloud.Colors {
			c.cloud.Colors[i] = [3]uint8{toByte(float32(v[0]), scale), toByte(float32(v[1]), scale), toByte(float32(v[2]), scale)}
		}
	}
	if full := ColorRange(c.kind, c.alphaPeak); full != alphas {
		for i, v := range c.cloud.Alphas {
			c.cloud.Alphas[i] = toByte(float32(v), math.MaxUint8/full)
		}
	}
	b.toBytes(ColorRange(c.kind, c.peak), ColorRange(c.kind, c.alphaPeak))
}

// shrink thins what there is.
func (c *collector) shrink() {
	stay := c.thin.shrink()
	c.cloud.Colors = compact(c.cloud.Colors, stay)
	c.cloud.Alphas = compact(c.cloud.Alphas, stay)
	c.raw = compact(c.raw, stay)
	c.rawAlphas = compact(c.rawAlphas, stay)
	c.cloud.Normals = compact(c.cloud.Normals, stay)
	for k := range c.fields {
		c.fields[k] = compact(c.fields[k], stay)
	}
}

// finish returns the cloud, after the last batch.
func (c *collector) finish(info Info) *Cloud {
	m := c.cloud
	if c.thin != nil {
		if c.thin.over() {
			c.shrink()
		}
		m.Points = c.thin.points
		c.thin = nil
	}
	c.scaleColors()
	if !slices.ContainsFunc(m.Alphas, func(a uint8) bool { return a != 0 }) {
		m.Alphas = nil // a cloud that is wholly transparent makes no sense: the numbers were not used
	}
	for k, values := range c.fields {
		if values != nil {
			m.Fields = append(m.Fields, Field{c.names[k], values})
		}
	}
	m.Total, m.Width, m.Height = c.total, info.Width, info.Height
	m.Comments, m.Skipped = info.Comments, info.Skipped
	return m
}

// scaleColors turns the colors whose range was not known into bytes.
func (c *collector) scaleColors() {
	if c.kind == WideColors && c.peak == 0 {
		c.cloud.Colors = nil
	}
	if len(c.raw) > 0 {
		c.cloud.Colors = colorBytes(nil, c.raw, ColorRange(c.kind, c.peak))
	}
	if len(c.rawAlphas) > 0 {
		c.cloud.Alphas = alphaBytes(nil, c.rawAlphas, ColorRange(c.kind, c.alphaPeak))
	}
	c.raw, c.rawAlphas = nil, nil
}

// appendAll appends values, with a first allocation of total items.
func appendAll[T any](s, values []T, total int) []T {
	if s == nil && len(values) > 0 {
		s = make([]T, 0, max(total, len(values)))
	}
	return append(s, values...)
}

// gather appends those values whose numbers are wanted.
func gather[T any](s, values []T, wanted []int32, total int) []T {
	switch {
	case len(values) == 0:
		return s
	case len(wanted) == len(values):
		return appendAll(s, values, total)
	case s == nil && total > 0:
		s = make([]T, 0, total)
	}
	for _, i := range wanted {
		s = append(s, values[i])
	}
	return s
}

// compact keeps the items whose numbers, in order, stay.
func compact[T any](s []T, stay []int32) []T {
	if len(s) == 0 {
		return s
	}
	for k, i := range stay {
		s[k] = s[i]
	}
	return s[:len(stay)]
}

// medianPoints is how many points an origin is found from.
const medianPoints = 512

// medians returns the middle coordinate on each axis, rounded to whole units. The middle is safe from the
// zeros and outliers that mark missing points in scans, as the first or the mean are not.
func medians(points [][3]float64) (origin [3]float64) {
	points = points[:min(medianPoints, len(points))]
	for axis := range origin {
		finite := make([]float64, 0, len(points))
		for _, p := range points {
			if v := p[axis]; v*0 == 0 {
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
