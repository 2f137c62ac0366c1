package splat

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/viser-go/viser/formats/ply"
)

// plyColumns are what a vertex of a splat has beside its place, in the order of the constants below.
var plyColumns = []string{
	"f_dc_0", "f_dc_1", "f_dc_2", "opacity",
	"scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2", "rot_3",
}

// columnCount is the number of columns that FromPLY needs, there or not.
var columnCount = len(plyColumns) + len(harmonicNames)

const (
	columnColor     = 0
	columnOpacity   = 3
	columnScale     = 4
	columnRotation  = 7
	columnHarmonics = 11
)

// harmonicNames are the coefficients of the degrees above 0, all of a channel before those of the next.
var harmonicNames = func() (names []string) {
	for i := range 3 * HarmonicsOf(MaxDegree) {
		names = append(names, "f_rest_"+strconv.Itoa(i))
	}
	return names
}()

// PLYColumns are the properties, for [ply.Options.Columns], with which [FromPLY] makes splats.
func PLYColumns() []string { return slices.Concat(plyColumns, harmonicNames) }

// ReadPLY reads a PLY file of splats. Its errors are those of package ply, and one for a file that is not of
// splats.
func ReadPLY(r io.Reader, opts *Options) (*Splats, error) {
	o := opts.withDefaults()
	m, err := ply.Read(r, &ply.Options{
		Size: o.Size, MaxVertices: o.MaxSplats, Columns: PLYColumns(), Progress: o.Progress, Recenter: o.Recenter,
	})
	if err != nil {
		return nil, err
	}
	s, ok := FromPLY(m)
	if !ok {
		return nil, fmt.Errorf("splat: the PLY file has no splats: its vertices lack %s", strings.Join(MissingFromPLY(m), ", "))
	}
	return s, nil
}

// MissingFromPLY lists what keeps [FromPLY] from making splats of a model that was read with [PLYColumns] as its
// columns; nil if nothing does.
func MissingFromPLY(m *ply.Model) (missing []string) {
	if len(m.Points) == 0 && len(m.Columns) == columnCount {
		return nil
	}
	column := func(i int) bool { return i < len(m.Columns) && m.Columns[i] != nil }
	if m.Colors == nil && !(column(columnColor) && column(columnColor+1) && column(columnColor+2)) {
		missing = append(missing, "f_dc_* (or red, green and blue)")
	}
	for i := columnOpacity; i < len(plyColumns); i++ {
		if !column(i) && i != columnScale+2 {
			missing = append(missing, plyColumns[i])
		}
	}
	return missing
}

// FromPLY returns the splats of a model that was read with [PLYColumns] as its columns; false if properties of
// splats are missing, which [MissingFromPLY] lists. The splats share the model's points.
//
// In such files a scale is the natural logarithm of the standard deviation, the opacity o encodes 1/(1+exp(-o)),
// rot_0 is the scalar part of a quaternion of any length, and f_dc_* are the coefficients of the spherical
// harmonic of degree 0, which is C = 1/(2·sqrt(π)) in every direction: the color is 0.5 + C·f_dc. Without them,
// the color is red, green and blue. f_rest_* are the coefficients of the degrees 1 to 3, those of red before those of
// green and blue: 9, 24 or 45. If they are of another number, or something else gave the color, they are left out. One
// that is not finite is 0. Without scale_2, splats are flat: their third scale is 1/1000 of the smaller of the others.
func FromPLY(m *ply.Model) (*Splats, bool) {
	if len(m.Columns) != columnCount || MissingFromPLY(m) != nil {
		return nil, false
	}
	c := m.Columns
	harmonic := c[columnColor] != nil && c[columnColor+1] != nil && c[columnColor+2] != nil
	n := len(m.Points)
	s := &Splats{
		Origin: m.Origin, Centers: m.Points[:0], Scales: make([][3]float32, 0, n), WXYZs: make([][4]float32, 0, n),
		Colors: make([][3]uint8, 0, n), Opacities: make([]float32, 0, n), Dropped: m.DroppedPoints,
	}
	s.Degree, s.Skipped = harmonicDegree(m, harmonic)
	perSplat := HarmonicsOf(s.Degree)
	s.Harmonics = makeHarmonics(n * perSplat)
	for i, p := range m.Points {
		var color [3]uint8
		if harmonic {
			color = [3]uint8{harmonicColor(c[0][i]), harmonicColor(c[1][i]), harmonicColor(c[2][i])}
		} else {
			color = m.Colors[i]
		}
		ok := s.add(p, scalesOf(c[columnScale:columnScale+3], i),
			[4]float32{c[columnRotation][i], c[columnRotation+1][i], c[columnRotation+2][i], c[columnRotation+3][i]},
			color, float32(1/(1+math.Exp(-float64(c[columnOpacity][i])))))
		if ok {
			s.addHarmonics(c[columnHarmonics:], perSplat, i)
		}
	}
	return s, true
}

// harmonicDegree is the degree of the columns f_rest_*, and what of them is left out.
func harmonicDegree(m *ply.Model, colored bool) (degree int, skipped []string) {
	named, found := 0, 0
	for _, f := range m.Fields {
		if strings.HasPrefix(strings.ToLower(f), "f_rest_") {
			named++
		}
	}
	for found < len(harmonicNames) && m.Columns[columnHarmonics+found] != nil {
		found++
	}
	for degree = MaxDegree; degree > 0; degree-- {
		if n := 3 * HarmonicsOf(degree); colored && found == n && named <= n {
			return degree, nil
		}
	}
	if named > 0 {
		skipped = append(skipped, fmt.Sprintf("%d harmonics (f_rest_*): with f_dc_*, 9, 24 or 45 are read", named))
	}
	return 0, skipped
}

// addHarmonics appends those of row i.
func (s *Splats) addHarmonics(columns [][]float32, perSplat, i int) {
	for k := range perSplat {
		var c [3]float32
		for channel := range c {
			c[channel] = finiteOr0(columns[channel*perSplat+k][i])
		}
		s.Harmonics = append(s.Harmonics, c)
	}
}

// makeHarmonics allocates capacity; nil for none.
func makeHarmonics(n int) [][3]float32 {
	if n == 0 {
		return nil
	}
	return make([][3]float32, 0, n)
}

func finiteOr0(x float32) float32 {
	if x-x != 0 {
		return 0
	}
	return x
}

// flatness is the third scale of flat splats, as a part of the smaller of the others.
const flatness = 1.0 / 1000

func scalesOf(columns [][]float32, i int) [3]float32 {
	scale := [3]float32{exp(columns[0][i]), exp(columns[1][i])}
	if columns[2] != nil {
		scale[2] = exp(columns[2][i])
	} else {
		scale[2] = flatness * min(scale[0], scale[1])
	}
	return scale
}

func exp(x float32) float32 { return float32(math.Exp(float64(x))) }

// harmonicColor is the color of a coefficient of degree 0.
func harmonicColor(f float32) uint8 {
	v := 255*(0.5+harmonic0*float64(f)) + 0.5
	switch {
	case v >= 255:
		return 255
	case v > 0: // false for NaN
		return uint8(v)
	}
	return 0
}
