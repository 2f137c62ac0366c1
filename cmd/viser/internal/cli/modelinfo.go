package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/viser-go/viser/cmd/viser/internal/view"
	"github.com/viser-go/viser/models"
)

// modelsInfo tells what is in a file, or in each of the files of a folder that view would show.
func modelsInfo(ctx context.Context, arg string, o models.Options, asJSON bool, sys *System) error {
	files, err := operandsOfOne(arg)
	if err != nil {
		return err
	}
	var failed error
	for _, from := range files {
		err := modelInfo(ctx, from, o, asJSON, sys)
		if err != nil && (len(files) == 1 || ctx.Err() != nil) {
			return err
		}
		if err != nil {
			fmt.Fprintf(sys.Err, "viser: %s\n", oneLine(err))
			failed = fmt.Errorf("%s: not all files can be read", arg)
		}
	}
	return failed
}

// modelInfo tells what is in a file that view shows.
func modelInfo(ctx context.Context, from operand, o models.Options, asJSON bool, sys *System) error {
	info, err := reading[*models.Info]{
		ofDisk: func(path string) (*models.Info, error) { return models.Describe(ctx, path, &o) },
		ofReader: func(r io.Reader, size int64) (*models.Info, error) {
			return models.DescribeFrom(ctx, r, from.name(), size, &o)
		},
	}.do(ctx, from, "Reading", &o, sys.silent())
	if err != nil {
		return err
	}
	if asJSON {
		e := json.NewEncoder(sys.Out)
		e.SetIndent("", "  ")
		return e.Encode(info)
	}
	return printModelInfo(sys.Out, info)
}

func printModelInfo(w io.Writer, info *models.Info) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", printable(info.File), strings.ToUpper(string(info.Format)))
	if info.Bytes > 0 { // no folder
		fmt.Fprintf(&b, ", %s", bytesText(info.Bytes))
	}
	b.WriteString("\n")
	for _, count := range []struct {
		n    int64
		what string
	}{
		{info.Points, "points"}, {info.Triangles, "triangles"}, {info.Lines, "lines"}, {info.Splats, "splats"},
		{int64(info.Cameras), "cameras"}, {int64(info.Links), "links"}, {int64(info.Parts), "parts"}, {int64(info.Materials), "materials"}, {int64(info.Textures), "textures"},
	} {
		if count.n > 0 {
			fmt.Fprintf(&b, "  %-10s %s\n", count.what, view.Grouped(count.n))
		}
	}
	row := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-10s %s\n", name, printable(fmt.Sprintf(format, args...)))
	}
	if info.Width > 0 && info.Height > 1 {
		row("organized", "%d by %d", info.Width, info.Height)
	}
	if len(info.Scenes) > 1 {
		row("scenes", "%s", strings.Join(info.Scenes, ", "))
	}
	if len(info.Animations) > 0 {
		row("animations", "%s", strings.Join(info.Animations, ", "))
	}
	if len(info.Joints) > 0 {
		row("joints", "%s", strings.Join(info.Joints, ", "))
	}
	if info.PixelsWide > 0 {
		row("pixels", "%d by %d", info.PixelsWide, info.PixelsHigh)
	}
	if info.Splats > 0 {
		row("harmonics", "of degree %d", info.Degree)
	}
	if info.Points > 0 {
		row("colors", "%s", yesNo(info.Colors))
		row("normals", "%s", yesNo(info.Normals))
	}
	if info.Low != nil {
		for axis, name := range []string{"x", "y", "z"} {
			row(name, "%s to %s", coordinate(info.Low[axis]), coordinate(info.High[axis]))
		}
	}
	if info.Up != "" {
		row("up", "%s", info.Up)
	}
	if info.Unit > 0 {
		row("unit", "%g m", info.Unit)
	}
	for _, f := range info.Fields {
		row("field", "%s, %.6g to %.6g", f.Name, f.Min, f.Max)
	}
	if info.Dropped > 0 {
		row("left out", "%d points or faces without finite coordinates", info.Dropped)
	}
	for _, what := range info.NotShown {
		row("not shown", "%s", what)
	}
	for _, comment := range info.Comments {
		row("comment", "%s", comment)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// coordinate is a number with the digits that it has: those of a float32, where it is one.
func coordinate(v float64) string {
	if float64(float32(v)) == v {
		return strconv.FormatFloat(v, 'g', -1, 32)
	}
	return strconv.FormatFloat(v, 'g', 10, 64)
}

func yesNo(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}
