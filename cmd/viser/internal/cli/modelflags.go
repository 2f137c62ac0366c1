package cli

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"strings"

	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/models"
)

// defaultMaxPoints is what a browser on a laptop still draws smoothly.
const defaultMaxPoints = 5_000_000

// modelFlags are the flags of commands that show models.
type modelFlags struct {
	up, format, colorBy, colorMap string
	columns                       string
	maxPoints                     int
	scale, pointSize              float64
	grid, outside                 bool
}

func (f *modelFlags) register(fs *flag.FlagSet) {
	fs.StringVar(&f.up, "up", "", "the `axis` of the files that points up: "+strings.Join(view.AxisNames, ", ")+" (default what the file says, or else z)")
	fs.Float64Var(&f.scale, "scale", 1, "multiply coordinates by this `factor`, such as 0.001 for millimeters")
	fs.BoolVar(&f.grid, "grid", false, "put several files side by side, instead of where their coordinates are")
	fs.IntVar(&f.maxPoints, "max-points", defaultMaxPoints, "thin out clouds of more points than this `number`, evenly over space; 0 shows all")
	fs.Float64Var(&f.pointSize, "point-size", 0, "the `size` of points, in the unit of the scene (default by their number)")
	fs.StringVar(&f.colorBy, "color-by", "", "color by this `field` of the file (such as intensity), or by height, normal, file, texture or one (a single color)")
	fs.StringVar(&f.colorMap, "color-map", colormap.Viridis.Name(), "the colors of numbers, a `map`: "+strings.Join(colormap.Names(), ", "))
	fs.StringVar(&f.columns, "columns", "", "the `columns` of a text file of points, such as x,y,z,_,r,g,b,intensity, where _ skips one")
	fs.StringVar(&f.format, "format", "", "the `format` of the files, such as ply (default by their content)")
	fs.BoolVar(&f.outside, "allow-outside", false, "let a file refer to others outside its folder, such as textures")
}

// reading are the options of reading files.
func (f *modelFlags) reading() (models.Options, error) {
	format, known := models.ParseFormat(f.format)
	o := models.Options{Format: format, MaxPoints: f.maxPoints, AllowOutside: f.outside}
	if f.columns != "" {
		o.Columns = strings.Split(f.columns, ",")
	}
	switch {
	case f.maxPoints < 0:
		return o, errors.New("--max-points must not be negative")
	case f.format != "" && !known:
		return o, fmt.Errorf("--format must be one of these: %s", models.List())
	}
	return o, nil
}

// showing are the options of showing them.
func (f *modelFlags) showing() (o view.Options, err error) {
	if f.up != "" {
		axis, err := view.ParseAxis(f.up)
		if err != nil {
			return o, fmt.Errorf("--up: %w", err)
		}
		o.Up = &axis
	}
	m, ok := colormap.ByName(f.colorMap)
	switch {
	case !ok:
		return o, fmt.Errorf("--color-map must be one of %s, not %q", strings.Join(colormap.Names(), ", "), f.colorMap)
	case !(f.scale > 0) || math.IsInf(f.scale, 0):
		return o, errors.New("--scale must be a positive number")
	case f.pointSize < 0 || math.IsInf(f.pointSize, 0) || math.IsNaN(f.pointSize):
		return o, errors.New("--point-size must not be negative")
	}
	o.Scale, o.SideBySide, o.PointSize, o.ColorBy, o.ColorMap = f.scale, f.grid, f.pointSize, f.colorBy, m
	return o, nil
}
