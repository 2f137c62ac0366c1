package main

import (
	"fmt"
	"go/format"
	"regexp"
	"slices"
	"strings"
)

// A handle is a type of the public package whose properties get a getter and a setter each. byHand has the
// properties with handwritten accessors: arrays, pictures, and properties that need more than a check.
type handle struct {
	name, props string
	byHand      []string
}

// scalarFields are the properties of ScalarProps: one embedded type has their accessors.
var scalarFields = map[string]bool{"Scalars": true, "ScalarsRange": true, "ScalarsLook": true}

var sceneHandles = []handle{
	{"Frame", "FrameProps", nil},
	{"Grid", "GridProps", nil},
	{"PointCloud", "PointCloudProps", []string{"Points", "Colors", "Precision"}},
	{"Mesh", "MeshProps", []string{"Vertices", "Faces", "VertexColors", "Normals", "UVs", "Texture"}},
	{"Box", "BoxProps", nil},
	{"Icosphere", "IcosphereProps", nil},
	{"Cylinder", "CylinderProps", nil},
	{"LineSegments", "LineSegmentsProps", []string{"Points", "Colors"}},
	{"Label", "LabelProps", nil},
	{"DirectionalLight", "DirectionalLightProps", nil},
	{"AmbientLight", "AmbientLightProps", nil},
	{"HemisphereLight", "HemisphereLightProps", nil},
	{"PointLight", "PointLightProps", nil},
	{"RectAreaLight", "RectAreaLightProps", nil},
	{"SpotLight", "SpotLightProps", nil},
	{"BatchedMeshes", "BatchedMeshesProps", []string{"BatchedWXYZs", "BatchedPositions", "BatchedScales", "BatchedColors", "BatchedOpacities", "Lod", "Vertices", "Faces"}},
	{"BatchedGLB", "BatchedGlbProps", []string{"BatchedWXYZs", "BatchedPositions", "BatchedScales", "Lod", "GLBData"}},
	{"GLB", "GlbProps", []string{"GLBData", "Scene", "Animation", "Paused", "AnimationTime", "AnimationSpeed", "AnimationOnce"}},
	{"SkinnedMesh", "SkinnedMeshProps", []string{"Vertices", "Faces", "BoneWXYZs", "BonePositions", "SkinIndices", "SkinWeights"}},
	{"CameraFrustum", "CameraFrustumProps", []string{"Format", "ImageData"}},
	{"Arrows", "ArrowProps", []string{"Points", "Colors"}},
	{"Vectors", "ArrowProps", []string{"Points", "Colors", "ShaftRadius", "HeadRadius", "HeadLength"}},
	{"CatmullRomSpline", "CatmullRomSplineProps", []string{"Points", "Segments"}},
	{"CubicBezierSpline", "CubicBezierSplineProps", []string{"Points", "ControlPoints", "Segments"}},
	{"BatchedAxes", "BatchedAxesProps", []string{"BatchedWXYZs", "BatchedPositions", "BatchedScales"}},
	{"TransformControls", "TransformControlsProps", []string{"ActiveAxes", "TranslationLimits", "RotationLimits"}},
	{"ClipPlane", "ClipPlaneProps", []string{"Nodes", "CapColor"}},
	{"ClipBox", "ClipBoxProps", []string{"Nodes", "CapColor"}},
	{"Image", "ImageProps", []string{"Format", "Data"}},
	{"GaussianSplats", "GaussianSplatsProps", []string{"Buffer", "Harmonics"}},
	{"Voxels", "VoxelsProps", []string{"Points", "Colors", "PointSize", "CellSize"}},
	{"Volume", "VolumeProps", []string{"Points", "Values", "Size", "Spacing", "Range", "Transfer"}},
}

// inputBase are the properties that all inputs and buttons share; one embedded type has their accessors.
var inputBase = []string{"Order", "Label", "Hint", "Visible", "Disabled"}

// tabLists are the properties with an entry for each tab; the tabs' own handles set them.
var tabLists = []string{"TabLabels", "TabIconsHTML", "TabContainerIDs"}

var guiHandles = []handle{
	{"Folder", "GuiFolderProps", []string{"Label"}},
	{"TabGroup", "GuiTabGroupProps", tabLists},
	{"Panel", "GuiPanelProps", tabLists},
	{"Command", "CommandProps", []string{"Description", "Hotkey", "Modifier", "IconHTML"}},
	{"Button", "GuiButtonProps", append([]string{"IconHTML", "HoldCallbackFreqs"}, inputBase...)},
	{"UploadButton", "GuiUploadButtonProps", append([]string{"IconHTML", "MimeType"}, inputBase...)},
	{"Slider", "GuiSliderProps", append([]string{"Min", "Max", "Marks"}, inputBase...)},
	{"MultiSlider", "GuiMultiSliderProps", append([]string{"Min", "Max", "MinRange", "Marks"}, inputBase...)},
	{"Number", "GuiNumberProps", append([]string{"Min", "Max"}, inputBase...)},
	{"Vector2", "GuiVector2Props", append([]string{"Min", "Max"}, inputBase...)},
	{"Vector3", "GuiVector3Props", append([]string{"Min", "Max"}, inputBase...)},
	{"Text", "GuiTextProps", inputBase},
	{"Markdown", "GuiMarkdownProps", []string{"Markdown"}},
	{"HTML", "GuiHtmlProps", nil},
	{"GUIImage", "GuiImageProps", []string{"Label", "Data", "Format"}},
	{"Divider", "GuiDividerProps", nil},
	{"ProgressBar", "GuiProgressBarProps", nil},
	{"Table", "GuiTableProps", []string{"Label", "Columns", "Rows"}},
	{"Log", "GuiLogProps", []string{"Label", "Lines"}},
	{"ImageView", "GuiImageViewProps", []string{"Label", "Data", "Format", "PictureWidth", "PictureHeight", "Values", "ValueType", "Colormap", "Range", "Boxes", "Keypoints", "Classes", "ClassIDs", "ClassWidth", "ClassHeight", "ClassOpacity"}},
	{"Plotly", "GuiPlotlyProps", []string{"PlotlyJSONStr"}},
	{"Uplot", "GuiUplotProps", []string{"Data", "Mode", "Title", "Series", "Bands", "Scales", "Axes", "Legend", "Cursor", "Focus", "Height", "Padding"}},
}

func sceneAccessors(s *schema) ([]byte, error) { return accessorsFile(s, sceneHandles) }
func guiAccessors(s *schema) ([]byte, error)   { return accessorsFile(s, guiHandles) }

func accessorsFile(s *schema, handles []handle) ([]byte, error) {
	var b strings.Builder
	for _, h := range handles {
		st := s.byName[h.props]
		if st == nil {
			return nil, fmt.Errorf("%s: the schema has no %s", h.name, h.props)
		}
		for _, f := range st.fields {
			if slices.Contains(h.byHand, f.name) || scalarFields[f.name] {
				continue
			}
			as, err := s.accessorsOf(f)
			if err != nil {
				return nil, fmt.Errorf("%s.%s: %w", h.name, f.name, err)
			}
			for _, a := range as {
				a.write(&b, h, f)
			}
		}
	}
	head := banner + "package viser\n\nimport (\n"
	if strings.Contains(b.String(), "color.Color") {
		head += "\"image/color\"\n\n"
	}
	head += "\"github.com/viser-go/viser/internal/wire\"\n)\n\n"
	return format.Source([]byte(head + b.String()))
}

// An accessor is one getter and its setter. In the code, FIELD is replaced by the property, and FN and NAME
// by the setter's and the property's names, in quotes.
type accessor struct {
	name   string
	typ    string
	in     string // the type of the setter's argument, if it is not typ
	get    string // an expression of type typ
	second string // an expression for a second result of the getter, whether there is a value of the node's own
	value  string // what v becomes in the property
	check  string // a statement; empty for none
	refuse string // what the check panics on, as the end of "It panics with a *UsageError …"
	doc    string // a noun phrase, or "whether …"
	note   string // sentences after the setter's first
	swap   string // the function that stores value and reports a change
}

var stripDefault = regexp.MustCompile(`[;,]?( nil,)? (the )?default[ ,].*$`)

func (a accessor) write(b *strings.Builder, h handle, f *field) {
	fill := strings.NewReplacer("FIELD", "h.props."+f.name, "FN", fmt.Sprintf("%q", h.name+".Set"+a.name), "NAME", fmt.Sprintf("%q", a.name))
	verb := "returns"
	if strings.HasPrefix(a.doc, "whether") {
		verb = "reports"
	}
	result, get, more := a.typ, a.get, ""
	if a.second != "" {
		result, get = "(v "+a.typ+", ok bool)", a.get+", "+a.second
		more = " ok is false if the lights determine it."
	}
	writeComment(b, fmt.Sprintf("%s %s %s.%s", a.name, verb, a.doc, more))
	fmt.Fprintf(b, "func (h *%s) %s() %s {\nh.mu.Lock()\ndefer h.mu.Unlock()\nreturn %s\n}\n\n",
		h.name, a.name, result, fill.Replace(get))
	text := fmt.Sprintf("Set%s sets %s.%s", a.name, stripDefault.ReplaceAllString(a.doc, ""), a.note)
	in := a.in
	if in == "" {
		in = a.typ
	}
	if a.refuse != "" {
		text += " It panics with a *UsageError " + a.refuse + "."
	}
	writeComment(b, text)
	fmt.Fprintf(b, "func (h *%s) Set%s(v %s) {\n", h.name, a.name, in)
	if a.check != "" {
		b.WriteString(fill.Replace(a.check) + "\n")
	}
	fmt.Fprintf(b, "h.mu.Lock()\ndefer h.mu.Unlock()\nif %s(&h.props.%s, %s) {\nh.changed(wire.%s%s)\n}\n}\n\n",
		a.swap, f.name, fill.Replace(a.value), h.props, f.name)
}

// writeComment wraps text to the width of the public package's comments.
func writeComment(b *strings.Builder, text string) {
	const width = 80
	line := "//"
	for _, word := range strings.Fields(text) {
		if len(line)+1+len(word) > width {
			b.WriteString(line + "\n")
			line = "//"
		}
		line += " " + word
	}
	b.WriteString(line + "\n")
}
