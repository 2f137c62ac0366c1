package cloud

import (
	"math"
	"math/bits"
	"slices"
)

// Thin chooses at most limit of the points, evenly over space: see [CollectOptions.MaxPoints]. It returns their numbers
// in increasing order; all of them, if there are no more than limit. A limit below 1 chooses none. Points that are not
// finite are not chosen, unless all points are.
func Thin(points [][3]float32, limit int) []int {
	if limit < 1 {
		return nil
	}
	if len(points) <= limit {
		all := make([]int, len(points))
		for i := range all {
			all[i] = i
		}
		return all
	}
	const step = 1 << 14
	t := newThinner(limit)
	var numbers []int
	var finite [][3]float32
	var at []int
	for first := 0; first < len(points); first += step {
		finite, at = finite[:0], at[:0]
		for i, p := range points[first:min(first+step, len(points))] {
			if p[0]*0+p[1]*0+p[2]*0 == 0 {
				finite, at = append(finite, p), append(at, first+i)
			}
		}
		for _, i := range t.add(finite) {
			numbers = append(numbers, at[i])
		}
		if t.full() {
			numbers = compact(numbers, t.shrink())
		}
	}
	if t.over() {
		numbers = compact(numbers, t.shrink())
	}
	return numbers
}

// thinner keeps the first point of each cube of space. The cubes grow when there are too many points; the points that
// were kept are then thinned again.
type thinner struct {
	limit  int
	points [][3]float32 // that are kept
	cell   float64      // the edge of a cube, 0 while all points are kept
	cells  cellSet
	keys   []uint64
	kept   []int32
}

const (
	// room is how many times the limit may be kept before cubes grow.
	room = 1.5
	// goal and least are the fractions of the limit that growing aims at and accepts.
	goal, least = 0.92, 0.85
	// mostTries bounds the search for a size.
	mostTries = 40
)

func newThinner(limit int) *thinner { return &thinner{limit: limit} }

func (t *thinner) full() bool { return float64(len(t.points)) > room*float64(t.limit) }
func (t *thinner) over() bool { return len(t.points) > t.limit }

// add keeps some of the points, all of which are finite, and returns their numbers. They are valid until the next call.
func (t *thinner) add(points [][3]float32) []int32 {
	t.kept = t.kept[:0]
	if t.cell == 0 {
		t.points = append(t.points, points...)
		for i := range points {
			t.kept = append(t.kept, int32(i))
		}
		return t.kept
	}
	t.cells.reserve(len(t.points) + len(points))
	t.keys = appendKeys(t.keys[:0], points, t.cell)
	t.kept = t.cells.addAll(t.keys, t.kept)
	for _, i := range t.kept {
		t.points = append(t.points, points[i])
	}
	return t.kept
}

// shrink makes cubes so large that at most limit points are kept, and returns the numbers of those that stay. They are
// valid until the next call.
func (t *thinner) shrink() []int32 {
	t.cell = t.search()
	t.cells.clear(len(t.points))
	t.kept = t.kept[:0]
	const step = 1 << 12
	for first := 0; first < len(t.points); first += step {
		t.keys = appendKeys(t.keys[:0], t.points[first:min(first+step, len(t.points))], t.cell)
		before := len(t.kept)
		t.kept = t.cells.addAll(t.keys, t.kept)
		for i := range t.kept[before:] {
			t.kept[before+i] += int32(first)
		}
	}
	// Cubes so far apart that no size was found, as in hostile files.
	t.kept = t.kept[:min(len(t.kept), t.limit)]
	t.points = compact(t.points, t.kept)
	return t.kept
}

// count is how many points cubes of that size would keep.
func (t *thinner) count(cell float64) (n int) {
	t.cells.clear(len(t.points))
	const step = 1 << 12
	for first := 0; first < len(t.points); first += step {
		t.keys = appendKeys(t.keys[:0], t.points[first:min(first+step, len(t.points))], cell)
		t.kept = t.cells.addAll(t.keys, t.kept[:0])
		n += len(t.kept)
	}
	return n
}

// search returns a size that keeps least to 1 times the limit, if it finds one in reasonable time. The number of points
// falls with the square of the size for surfaces, which most clouds are; that is the first guess.
func (t *thinner) search() float64 {
	extent, area := t.extent()
	if extent == 0 {
		return 1 // all in one place
	}
	want := goal * float64(t.limit)
	cell := math.Sqrt(area / want)
	if t.cell > 0 {
		cell = t.cell * math.Sqrt(float64(len(t.points))/want)
	}
	smallest := extent * 0x1p-26 // finer than float32 is
	lower, upper := 0.0, 0.0     // sizes that keep too many, and few enough
	var many, few float64
	for range mostTries {
		n := float64(t.count(cell))
		if n > float64(t.limit) {
			lower, many = cell, n
		} else {
			upper, few = cell, n
			if n >= least*float64(t.limit) || cell <= smallest {
				break
			}
		}
		switch {
		case lower > 0 && upper > 0:
			if upper < lower*(1+1e-6) {
				return upper
			}
			cell = between(lower, upper, math.Log(many/want)/math.Log(many/few))
		case lower > 0:
			cell *= max(1.05, math.Sqrt(many/want))
		default:
			cell = max(smallest, cell*min(0.95, math.Sqrt(few/want)))
		}
	}
	if upper == 0 {
		return cell
	}
	return upper
}

// between is the size at fraction f between two, by their ratio, but not too close to either.
func between(lower, upper, f float64) float64 {
	f = min(max(f, 0.1), 0.9)
	if f != f {
		f = 0.5
	}
	return lower * math.Pow(upper/lower, f)
}

// extent returns the longest edge of the box that most points are in, and the area of its largest side.
func (t *thinner) extent() (longest, area float64) {
	const sample = 4096
	var edges, full [3]float64
	for axis := range edges {
		values := make([]float64, 0, sample)
		for i := 0; i < len(t.points); i += max(1, len(t.points)/sample) {
			values = append(values, float64(t.points[i][axis]))
		}
		slices.Sort(values)
		n := len(values)
		edges[axis], full[axis] = values[n-1-n/50]-values[n/50], values[n-1]-values[0]
	}
	if edges == [3]float64{} {
		edges = full
	}
	slices.Sort(edges[:])
	longest = edges[2]
	return longest, longest * max(edges[1], longest/float64(t.limit))
}

// appendKeys appends a number for each point's cube: equal for equal cubes, and otherwise different but with a
// probability of 2^-64. No key is 0.
func appendKeys(keys []uint64, points [][3]float32, cell float64) []uint64 {
	scale := 1 / cell
	for _, p := range points {
		x, y, z := cellNumber(float64(p[0])*scale), cellNumber(float64(p[1])*scale), cellNumber(float64(p[2])*scale)
		h := x * 0x9e3779b97f4a7c15
		h = (bits.RotateLeft64(h, 29) ^ y) * 0xbf58476d1ce4e5b9
		h = (bits.RotateLeft64(h, 31) ^ z) * 0x94d049bb133111eb
		h ^= h >> 32
		h *= 0xd6e8feb86659fd93
		keys = append(keys, h^h>>32|1)
	}
	return keys
}

// cellNumber rounds down. What is too large for an integer is bounded, so that it is the same on each processor.
func cellNumber(v float64) uint64 {
	const most = 1 << 52
	if v < most && v > -most {
		n := int64(v)
		if float64(n) > v {
			n--
		}
		return uint64(n)
	}
	return math.Float64bits(v)
}

// cellSet is a set of keys, as an open table of a power of two. 0 is an empty place.
type cellSet struct {
	table []uint64
	warm  uint64 // keeps the look-ahead from being optimized away
}

// mostProbes bounds the search for a place. It is out of reach unless a file was made for it: then a point is left out.
const mostProbes = 512

// clear makes the set empty, with a table for n keys.
func (s *cellSet) clear(n int) {
	size := 1 << bits.Len(uint(2*n))
	if len(s.table) < size {
		s.table = make([]uint64, size)
		return
	}
	clear(s.table)
}

// reserve makes the table large enough for n keys.
func (s *cellSet) reserve(n int) {
	if 2*n <= len(s.table) {
		return
	}
	old := s.table
	s.table = nil
	s.clear(n)
	for _, key := range old {
		if key != 0 {
			s.add(key)
		}
	}
}

// add adds a key, and reports whether it was not there.
func (s *cellSet) add(key uint64) bool {
	mask := uint64(len(s.table) - 1)
	for at, probes := (key>>1)&mask, 0; probes < mostProbes; at, probes = (at+1)&mask, probes+1 {
		switch s.table[at] {
		case key:
			return false
		case 0:
			s.table[at] = key
			return true
		}
	}
	return false
}

// addAll adds keys, and appends the numbers of those that were not there.
func (s *cellSet) addAll(keys []uint64, added []int32) []int32 {
	const ahead = 64
	mask := uint64(len(s.table) - 1)
	for first := 0; first < len(keys); first += ahead {
		some := keys[first:min(first+ahead, len(keys))]
		// The table is larger than the processor's cache. Reading a few places first, without a decision between
		// them, lets it fetch them at the same time.
		warm := uint64(0)
		for _, key := range some {
			warm += s.table[(key>>1)&mask]
		}
		s.warm = warm
		for i, key := range some {
			if s.add(key) {
				added = append(added, int32(first+i))
			}
		}
	}
	return added
}
