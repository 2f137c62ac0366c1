package isosurface

import (
	"math"
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
)

// work is the extraction of one surface. The cells are divided along z into slabs, each for one goroutine at a time. The
// vertices are in the order of the layers: those of the lines in the plane at z, then those of the lines from z to z+1. A
// slab has all of its layers, without those of the plane at its end, which are the first of the next slab: so it knows their
// numbers, and the order of all does not depend on how the cells are divided.
type work[V Value] struct {
	grid      *Grid[V]
	level     float64
	opts      *Options
	triangles [256][]uint8
	gaps      atomic.Bool // there are NaNs
	faces     atomic.Int64
}

// layersPerSlab are few, so that all CPUs are busy until the end, and enough that few planes are computed twice.
const layersPerSlab = 8

func (w *work[V]) run() (*Mesh, error) {
	from, to := w.opts.From[2], w.opts.To[2]
	layers := to - from
	slabs := make([]slab[V], (layers+layersPerSlab-1)/layersPerSlab)
	for i := range slabs {
		start := from + i*layersPerSlab
		slabs[i] = slab[V]{work: w, from: start, to: min(start+layersPerSlab, to)}
	}
	done := make(chan int, len(slabs)) // nothing waits for a Progress that panics
	go func() {
		defer close(done)
		w.march(slabs, done)
	}()
	sum := 0
	for n := range done {
		if sum += n; w.opts.Progress != nil {
			w.opts.Progress(sum, layers)
		}
	}
	if w.tooLarge() {
		return nil, ErrTooLarge
	}
	return join(slabs, w.opts), nil
}

// march fills the slabs, and sends the number of layers of each.
func (w *work[V]) march(slabs []slab[V], done chan<- int) {
	workers := w.opts.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(workers, len(slabs)) {
		wait.Go(func() {
			var planes planes
			for i := int(next.Add(1)) - 1; i < len(slabs) && !w.tooLarge(); i = int(next.Add(1)) - 1 {
				slabs[i].march(&planes)
				done <- slabs[i].to - slabs[i].from
			}
		})
	}
	wait.Wait()
}

func (w *work[V]) tooLarge() bool { return w.faces.Load() > int64(w.opts.MaxFaces) }

// join makes one mesh of the slabs'.
func join[V Value](slabs []slab[V], o *Options) *Mesh {
	vertices, faces := 0, 0
	for i := range slabs {
		vertices += len(slabs[i].vertices)
		faces += len(slabs[i].faces)
	}
	m := &Mesh{Vertices: make([][3]float32, 0, vertices), Faces: make([][3]uint32, 0, faces)}
	if o.Normals {
		m.Normals = make([][3]float32, 0, vertices)
	}
	for i := range slabs {
		s := &slabs[i]
		first := uint32(len(m.Vertices))
		for _, f := range s.faces {
			if o.Below {
				f[1], f[2] = f[2], f[1]
			}
			m.Faces = append(m.Faces, [3]uint32{first + f[0], first + f[1], first + f[2]})
		}
		m.Vertices = append(m.Vertices, s.vertices...)
		m.Normals = append(m.Normals, s.normals...)
		*s = slab[V]{} // its memory can be reused
	}
	return m
}

// A slab is the layers of cells at from to the one before to.
type slab[V Value] struct {
	*work[V]
	from, to int
	vertices [][3]float32
	normals  [][3]float32
	faces    [][3]uint32
	numbered uint32 // vertices with a number: those of the slab, and those of the plane behind it
}

// A plane is a plane of numbers at one z.
type plane struct {
	inside, holes []uint64    // a bit for each number, row by row: it is the level or above; it is a NaN
	hasHoles      bool        // there is a NaN
	along         [2][]uint32 // the vertices of the lines along x and along y, by their lower end
}

// planes is the memory of a worker.
type planes struct {
	a, b plane
	up   []uint32 // the vertices of the lines along z
}

const word = 64

// march fills the slab.
func (s *slab[V]) march(p *planes) {
	nx, ny := s.grid.Size[0], s.grid.Size[1]
	words := (nx + word - 1) / word
	for _, plane := range []*plane{&p.a, &p.b} {
		plane.inside, plane.holes = resize(plane.inside, words*ny), resize(plane.holes, words*ny)
		plane.along[0], plane.along[1] = resize(plane.along[0], nx*ny), resize(plane.along[1], nx*ny)
	}
	p.up = resize(p.up, nx*ny)
	low, high := &p.a, &p.b
	s.classify(low, s.from)
	s.lines(low, s.from, true)
	for z := s.from; z < s.to; z++ {
		s.classify(high, z+1)
		s.risers(low, high, p.up, z)
		// The plane behind the slab is the next slab's, but of the last, it is its own.
		s.lines(high, z+1, z+1 < s.to || s.to == s.opts.To[2])
		before := len(s.faces)
		s.cells(low, high, p.up)
		s.work.faces.Add(int64(len(s.faces) - before))
		if s.tooLarge() {
			return
		}
		low, high = high, low
	}
}

// resize returns a slice of n elements, with any content.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// classify sets which numbers of the plane at z are inside.
func (s *slab[V]) classify(p *plane, z int) {
	nx, ny := s.grid.Size[0], s.grid.Size[1]
	words := (nx + word - 1) / word
	p.hasHoles = false
	level := s.level
	for y := s.opts.From[1]; y <= s.opts.To[1]; y++ {
		row := s.grid.Values[nx*(y+ny*z):][:nx]
		for k := range words {
			var inside, holes uint64
			for i, v := range row[k*word : min(nx, (k+1)*word)] {
				bit := uint64(0)
				if float64(v) >= level {
					bit = 1
				}
				inside |= bit << i
				if v != v {
					holes |= 1 << i
				}
			}
			p.inside[words*y+k], p.holes[words*y+k] = inside, holes
			p.hasHoles = p.hasHoles || holes != 0
		}
	}
	if p.hasHoles {
		s.gaps.Store(true)
	}
}

// shifted returns the bits of the numbers at x+1, for the word k of a row.
func shifted(row []uint64, k int) uint64 {
	bits := row[k] >> 1
	if k+1 < len(row) {
		bits |= row[k+1] << (word - 1)
	}
	return bits
}

// within returns the bits of a word for x from from to the one before to.
func within(k, from, to int) uint64 {
	mask := ^uint64(0)
	if d := from - k*word; d > 0 {
		mask <<= min(d, word)
	}
	if d := to - k*word; d < word {
		mask &= 1<<max(d, 0) - 1
	}
	return mask
}

// lines numbers the vertices on the lines of the plane at z, and makes them if they are the slab's own.
func (s *slab[V]) lines(p *plane, z int, own bool) {
	nx := s.grid.Size[0]
	words := (nx + word - 1) / word
	from, to := s.opts.From, s.opts.To
	for y := from[1]; y <= to[1]; y++ {
		row, holes := p.inside[words*y:][:words], p.holes[words*y:][:words]
		for k := range words {
			x := (row[k] ^ shifted(row, k)) &^ (holes[k] | shifted(holes, k)) & within(k, from[0], to[0])
			s.mark(x, p.along[0], [3]int{k * word, y, z}, 0, own)
			if y == to[1] {
				continue
			}
			up := words*(y+1) + k
			s.mark((row[k]^p.inside[up])&^(holes[k]|p.holes[up])&within(k, from[0], to[0]+1), p.along[1], [3]int{k * word, y, z}, 1, own)
		}
	}
}

// risers numbers and makes the vertices on the lines between two planes.
func (s *slab[V]) risers(low, high *plane, up []uint32, z int) {
	words := (s.grid.Size[0] + word - 1) / word
	for y := s.opts.From[1]; y <= s.opts.To[1]; y++ {
		for k := range words {
			i := words*y + k
			cross := (low.inside[i] ^ high.inside[i]) &^ (low.holes[i] | high.holes[i])
			s.mark(cross&within(k, s.opts.From[0], s.opts.To[0]+1), up, [3]int{k * word, y, z}, 2, true)
		}
	}
}

// mark numbers the vertices on the lines along an axis, for each bit at x = at[0] + its place.
func (s *slab[V]) mark(cross uint64, numbers []uint32, at [3]int, axis int, own bool) {
	first := at[0]
	row := s.grid.Size[0]*at[1] + first
	for ; cross != 0; cross &= cross - 1 {
		i := bits.TrailingZeros64(cross)
		numbers[row+i] = s.numbered
		s.numbered++
		if own {
			at[0] = first + i
			s.vertex(at, axis)
		}
	}
}

// vertex makes the vertex on the line from a number to the next one along an axis.
func (s *slab[V]) vertex(at [3]int, axis int) {
	g := s.grid
	step := [3]int{1, g.Size[0], g.Size[0] * g.Size[1]}
	i := at[0] + step[1]*at[1] + step[2]*at[2]
	a, b := float64(g.Values[i]), float64(g.Values[i+step[axis]])
	t := crossing(a, b, s.level)
	var p [3]float32
	for k := range p {
		x := float64(at[k])
		if k == axis {
			x += t
		}
		p[k] = float32(g.Origin[k] + g.Spacing[k]*x)
	}
	s.vertices = append(s.vertices, p)
	if !s.opts.Normals {
		return
	}
	from := s.slope(at)
	at[axis]++
	to := s.slope(at)
	sign := -1.0
	if s.opts.Below {
		sign = 1
	}
	s.normals = append(s.normals, unit([3]float64{
		sign * (from[0] + t*(to[0]-from[0])), sign * (from[1] + t*(to[1]-from[1])), sign * (from[2] + t*(to[2]-from[2])),
	}))
}

// crossing returns where between a (0) and b (1) the level is: they are at both sides of it.
func crossing(a, b, level float64) float64 {
	t := (level - a) / (b - a)
	if t >= 0 && t <= 1 {
		return t
	}
	// An infinite number, or a difference that is: halves do not overflow.
	if t = (level/2 - a/2) / (b/2 - a/2); t >= 0 && t <= 1 {
		return t
	}
	if math.IsInf(a, 0) && !math.IsInf(b, 0) {
		return 1
	}
	return 0.5
}

// slope is the gradient at a number.
func (s *slab[V]) slope(at [3]int) (d [3]float64) {
	g := s.grid
	step := [3]int{1, g.Size[0], g.Size[0] * g.Size[1]}
	i := at[0] + step[1]*at[1] + step[2]*at[2]
	for k := range d {
		lo, hi := i, i
		if at[k] > 0 {
			lo -= step[k]
		}
		if at[k] < g.Size[k]-1 {
			hi += step[k]
		}
		d[k] = (float64(g.Values[hi]) - float64(g.Values[lo])) / (g.Spacing[k] * float64((hi-lo)/step[k]))
	}
	return d
}

func unit(v [3]float64) [3]float32 {
	size := math.Max(math.Abs(v[0]), math.Max(math.Abs(v[1]), math.Abs(v[2])))
	if !(size > 0) || math.IsInf(size, 0) {
		return [3]float32{}
	}
	x, y, z := v[0]/size, v[1]/size, v[2]/size
	n := math.Sqrt(x*x + y*y + z*z)
	return [3]float32{float32(x / n), float32(y / n), float32(z / n)}
}

// cells makes the triangles of the layer between two planes.
func (s *slab[V]) cells(low, high *plane, up []uint32) {
	words := (s.grid.Size[0] + word - 1) / word
	for y := s.opts.From[1]; y < s.opts.To[1]; y++ {
		rows := [4][]uint64{
			low.inside[words*y:][:words], low.inside[words*(y+1):][:words],
			high.inside[words*y:][:words], high.inside[words*(y+1):][:words],
		}
		for k := range words {
			all, some := ^uint64(0), uint64(0)
			for _, row := range rows {
				next := shifted(row, k)
				all &= row[k] & next
				some |= row[k] | next
			}
			cut := some &^ all & within(k, s.opts.From[0], s.opts.To[0])
			if cut != 0 && (low.hasHoles || high.hasHoles) {
				cut &^= holesAt(low, words, y, k) | holesAt(high, words, y, k)
			}
			for ; cut != 0; cut &= cut - 1 {
				i := bits.TrailingZeros64(cut)
				s.cell(caseAt(&rows, k, i), k*word+i, y, low, high, up)
			}
		}
	}
}

// holesAt returns which cells of the word k have a NaN at one of their corners in the plane.
func holesAt(p *plane, words, y, k int) uint64 {
	a, b := p.holes[words*y:][:words], p.holes[words*(y+1):][:words]
	return a[k] | shifted(a, k) | b[k] | shifted(b, k)
}

// caseAt returns the case of the cell at bit i of the word k.
func caseAt(rows *[4][]uint64, k, i int) (c uint8) {
	for r, row := range rows {
		pair := row[k] >> i & 3
		if i == word-1 && k+1 < len(row) {
			pair |= row[k+1] & 1 << 1
		}
		c |= uint8(pair) << (2 * r)
	}
	return c
}

// cell makes the triangles of a cell.
func (s *slab[V]) cell(c uint8, x, y int, low, high *plane, up []uint32) {
	nx := s.grid.Size[0]
	i := nx*y + x
	vertex := func(edge uint8) uint32 {
		u, v := int(edge&1), int(edge>>1&1)
		switch edge >> 2 {
		case 0:
			return of(v, low, high).along[0][i+nx*u]
		case 1:
			return of(v, low, high).along[1][i+u]
		}
		return up[i+u+nx*v]
	}
	t := s.triangles[c]
	for k := 0; k < len(t); k += 3 {
		s.faces = append(s.faces, [3]uint32{vertex(t[k]), vertex(t[k+1]), vertex(t[k+2])})
	}
}

// of returns the lower plane or the upper one.
func of(v int, low, high *plane) *plane {
	if v == 0 {
		return low
	}
	return high
}
