package standalone

import (
	"bytes"
	"slices"

	"github.com/viser-go/viser/internal/wire"
)

const (
	corePart     = "core" // is in every page
	plotlyPart   = "plotly"
	textPart     = "text"
	formulasPart = "formulas"
	picksPart    = "picks"
	glbPart      = "glb"
	dracoPart    = "draco"
	exrPart      = "exr"
)

// partOf is the part that a type of message needs besides the core; client/vite.standalone.config.ts has what is in it.
var partOf = map[string]string{
	"GlbMessage":                       glbPart,
	"BatchedGlbMessage":                glbPart,
	"GaussianSplatsMessage":            "splats",
	"VoxelsMessage":                    "grids",
	"VolumeMessage":                    "grids",
	"RectAreaLightMessage":             "arealight",
	"SetSceneNodeClickBindingsMessage": picksPart,
	"SetSceneNodeDragBindingsMessage":  picksPart,
	"GuiHtmlMessage":                   textPart,
	"GuiMarkdownMessage":               textPart,
	"GuiPlotlyMessage":                 plotlyPart,
	"GuiUplotMessage":                  "uplot",
	"GuiRgbMessage":                    "color",
	"GuiRgbaMessage":                   "color",
	"GuiImageViewMessage":              "images",
	"GuiTableMessage":                  "widgets",
	"GuiLogMessage":                    "widgets",
	"GuiMultiSelectMessage":            "widgets",
}

var (
	noBindings = []byte("\xa8bindings\x90") // as msgpack: the key, and a list of none
	markdown   = []byte("_markdown")        // a property's name
	draco      = []byte("KHR_draco_mesh_compression")
	exr        = []byte("\x76\x2f\x31\x01") // what such a picture begins with
)

// partsFor returns the parts that a message needs besides the core.
func partsFor(m wire.RawMessage) []string {
	part, ok := partOf[m.Type]
	switch {
	case part == picksPart && bytes.Contains(m.B, noBindings):
		return nil
	case m.Type == "GuiMarkdownMessage", m.Type == "GuiUpdateMessage" && bytes.Contains(m.B, markdown):
		if mayHaveFormulas(m.B) {
			return []string{textPart, formulasPart}
		}
	}
	switch {
	case (part == glbPart || m.Type == "SceneNodeUpdateMessage") && contains(m, draco):
		return []string{glbPart, dracoPart}
	case m.Type == "EnvironmentMapMessage" && contains(m, exr):
		return []string{exrPart}
	case !ok:
		return nil
	}
	return []string{part}
}

// contains reports whether a message has that text, also in an array beside it.
func contains(m wire.RawMessage, text []byte) bool {
	return bytes.Contains(m.B, text) ||
		slices.ContainsFunc(m.Refs, func(r wire.Ref) bool { return bytes.Contains(r.Data, text) })
}

// mayHaveFormulas reports whether there is a pair of delimiters of formulas. EscapeMarkdown writes a dollar of a text as
// \$, which is none.
func mayHaveFormulas(text []byte) bool {
	dollars := bytes.Count(text, []byte("$")) - bytes.Count(text, []byte(`\$`))
	has := func(delimiter string) bool { return bytes.Contains(text, []byte(delimiter)) }
	return dollars >= 2 || has(`\(`) && has(`\)`) || has(`\[`) && has(`\]`)
}
