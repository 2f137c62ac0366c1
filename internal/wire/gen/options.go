package main

import (
	"fmt"
	"go/format"
	"go/types"
	"regexp"
	"slices"
	"strings"
)

// An optionSet is the options struct of a kind of node: its place, its properties, and further options of its
// constructor.
type optionSet struct {
	props string   // of the schema
	given []string // properties that are set by the constructor's arguments or handwritten code
	more  string   // fields for the constructor's handwritten code
}

// optionSets are the options by the name of their handle.
var optionSets = map[string]optionSet{
	"Frame": {"FrameProps", []string{"OriginRadius"},
		"OriginRadius *float64 // the radius of the sphere at the origin, in scene units; default twice AxesRadius\n"},
	"Grid": {"GridProps", nil, ""},
	"PointCloud": {"PointCloudProps", []string{"Points", "Colors", "Precision"}, `
		Color color.Color // the color if colors is nil; default {90, 200, 255}
		Precision Precision // the precision of the coordinates; default Float16
	`},
	"Mesh": {"MeshProps", []string{"Vertices", "Faces", "VertexColors", "Normals", "UVs", "Texture"}, `
		// VertexColors are the colors of the vertices, one for each, interpolated between
		// them; default nil: Color. Upstream viser's client ignores this field and the four
		// below.
		VertexColors []RGB
		// VertexOpacities are the opacities of the vertices, one for each, 0 to 1; default
		// 1. They require VertexColors, are sent as bytes, and are multiplied by Opacity.
		// Triangles are then drawn from back to front.
		VertexOpacities []float32
		// Normals are the normals of the vertices for shading, one for each, in the node's
		// frame, of any length; default the mean of the triangles around each vertex.
		Normals []Vec3f
		// UVs are the texture coordinates of the vertices, one for each: {0, 0} is the
		// texture's lower left corner, {1, 1} its upper right one. The texture repeats
		// outside of that range.
		UVs []Vec2f
		// Texture replaces Color; default none. It requires UVs, and is encoded before the
		// call returns. VertexColors are multiplied by it.
		Texture image.Image
	`},
	"Box":              {"BoxProps", nil, ""},
	"Icosphere":        {"IcosphereProps", nil, ""},
	"Cylinder":         {"CylinderProps", nil, ""},
	"LineSegments":     {"LineSegmentsProps", []string{"Points", "Colors"}, "Color color.Color // the color if colors is nil; default {90, 200, 255}\n"},
	"Label":            {"LabelProps", []string{"Text"}, ""},
	"DirectionalLight": {"DirectionalLightProps", nil, ""},
	"AmbientLight":     {"AmbientLightProps", nil, ""},
	"HemisphereLight":  {"HemisphereLightProps", nil, ""},
	"PointLight":       {"PointLightProps", nil, ""},
	"RectAreaLight":    {"RectAreaLightProps", nil, ""},
	"SpotLight":        {"SpotLightProps", nil, ""},
	"BatchedMeshes":    {"BatchedMeshesProps", []string{"BatchedWXYZs", "BatchedPositions", "BatchedScales", "BatchedColors", "BatchedOpacities", "Lod", "Vertices", "Faces"}, "Color color.Color // the color if Colors is nil; default {90, 200, 255}\nColors []RGB // one for each instance, or one for all; default Color\nOpacities []float32 // one for each instance, 0 to 1, multiplied by Opacity; default 1\n" + instanceOptions},
	"BatchedGLB":       {"BatchedGlbProps", []string{"BatchedWXYZs", "BatchedPositions", "BatchedScales", "Lod", "GLBData"}, instanceOptions},
	"GLB": {"GlbProps", []string{"GLBData", "Scene", "Animation", "Paused", "AnimationTime", "AnimationSpeed", "AnimationOnce"}, `
		// Scene is which of the file's scenes is shown, from 0; default nil: the file's own
		// choice. Upstream viser's client ignores this field and those below, and plays the
		// first animation.
		Scene *int
		// Animation is which of the file's animations is played, from 0, negative for
		// none; default nil: the first. Package formats/gltf lists them.
		Animation *int
		Paused bool // whether the animation stands still; default false
		AnimationTime float64 // where the animation begins, in seconds; default 0
		AnimationSpeed *float64 // seconds of the animation per second, negative for backward; default 1
		AnimationOnce bool // whether it stops at its end, instead of starting anew; default false

	`},
	"SkinnedMesh":   {"SkinnedMeshProps", []string{"Vertices", "Faces", "BoneWXYZs", "BonePositions", "SkinIndices", "SkinWeights"}, ""},
	"CameraFrustum": {"CameraFrustumProps", []string{"FOV", "Aspect", "Format", "ImageData"}, "Image image.Image // the image on the image plane; default none\n" + imageOptions},
	"Arrows":        {"ArrowProps", []string{"Points", "Colors"}, "Color color.Color // the color if colors is nil; default {90, 200, 255}\n"},
	"Vectors": {"ArrowProps", []string{"Points", "Colors", "ShaftRadius", "HeadRadius", "HeadLength"}, `
		// LengthScale is the factor on the vectors' lengths; default 0: one by which the
		// longest reaches about as far as the starts are apart.
		LengthScale float64
		Normalized bool // whether all are drawn with the same length, that of 1; default false
		Thickness float64 // the radius of the shafts, in scene units; default 0: by the lengths
		Color color.Color // the color if Colors is nil; default {90, 200, 255}
		Colors []RGB // one for each vector, or one for all; default Color
		// ByLength colors the vectors by their lengths; default nil: they have their colors.
		ByLength *ScalarsOptions
	`},
	"CatmullRomSpline":  {"CatmullRomSplineProps", []string{"Points", "Segments"}, "Segments int // the number of straight segments of the whole curve; default 0: the client's choice\n"},
	"CubicBezierSpline": {"CubicBezierSplineProps", []string{"Points", "ControlPoints", "Segments"}, "Segments int // the number of straight segments of each curve; default 0: the client's choice\n"},
	"BatchedAxes":       {"BatchedAxesProps", []string{"BatchedWXYZs", "BatchedPositions", "BatchedScales"}, scaleOptions},
	"TransformControls": {"TransformControlsProps", []string{"ActiveAxes", "TranslationLimits", "RotationLimits"}, `
		// ActiveAxes are the axes x, y, z that can be used; default all. A square or a ring
		// is shown if both of its axes are active.
		ActiveAxes *[3]bool
		// TranslationLimits bound the translation from the initial position along the
		// gizmo's axes, in scene units; default ±1000.
		TranslationLimits *Limits
		// RotationLimits bound the rotation from the initial orientation about the gizmo's
		// axes, in radians; default ±1000.
		RotationLimits *Limits
	`},
	"ClipPlane": {"ClipPlaneProps", []string{"Nodes", "CapColor"}, clipOptions},
	"ClipBox":   {"ClipBoxProps", []string{"Nodes", "CapColor"}, clipOptions},
	"Image":     {"ImageProps", []string{"Format", "Data", "RenderWidth", "RenderHeight"}, imageOptions},
	"GaussianSplats": {"GaussianSplatsProps", []string{"Buffer", "Harmonics"}, `
		// Degree is that of the spherical harmonics, by which colors change with the
		// direction of view: 0 to 3; default 0, the same color from all sides. Upstream
		// viser's client ignores it.
		Degree int
		// Harmonics are the coefficients of the degrees 1 to Degree, each red, green and
		// blue: 3, 8 or 15 for each splat, one splat after another. See
		// GaussianSplats.SetHarmonics.
		Harmonics []Vec3f
	`},
	"Voxels": {"VoxelsProps", []string{"Points", "Colors", "PointSize", "CellSize"}, `
		CellSize Vec3 // the size of a cell along x, y and z, in scene units; default {1, 1, 1}
		Color color.Color // the color if colors is nil; default {90, 200, 255}
	`},
	"Volume": {"VolumeProps", []string{"Points", "Values", "Size", "Spacing", "Range", "Transfer"}, `
		Spacing Vec3 // the distance of the numbers along x, y and z, in scene units; default {1, 1, 1}
		// Low and High are the numbers that have the first color and the last; if both are
		// zero, they are the smallest and the largest number of the grid.
		Low, High float64
		// Colors are at equal distances from Low to High, with others between them; at
		// most 4,096; default nil: those of colormap.Viridis. See VolumeColors.
		Colors []RGB
		// Opacities are at equal distances from Low to High, 0 to 1, with others between
		// them; at most 4,096; default nil: 0 to 1. In the mode CompositeVolume an opacity
		// is that of a path as long as the smallest Spacing.
		Opacities []float32
	`},
	"GUIContainer": {"Gui3DProps", []string{"Order", "ContainerUUID"}, ""},
}

// scaleOptions are those of every batch, instanceOptions those of batches of surfaces.
const (
	scaleOptions = `
		Scales []float32 // one factor for each instance; default 1
		AxisScales []Vec3f // one factor for each axis of each instance, instead of Scales; default 1
	`
	instanceOptions = scaleOptions + "LOD LOD // the levels of detail; default the client's choice\n"
	clipOptions     = `
		// Nodes are the names of the nodes that are cut, with their descendants; default
		// all. A name may be one that a node gets later.
		Nodes []string
		CapColor color.Color // the color of the filling; default nil: that of each body
	`
	imageOptions = `
		Format ImageFormat // the encoding of the image; default AutoFormat
		JPEGQuality int // the quality of a JPEG, 1 to 100; default 75
		Stream *ImageStream // shown from its first picture on, in place of the image, which may be nil; default none
	`
)

// placeOptions come first in every options struct.
const placeOptions = `
	Position Vec3 // the position in the parent frame, in scene units; default the origin
	WXYZ Quat // the orientation in the parent frame; default the identity
	Pose Pose // the position and orientation as one value, instead of Position and WXYZ
	Hidden bool // whether the node is initially hidden; default false

`

// negated are the options for properties that are true by default.
var negated = map[string]struct{ name, doc string }{
	"ShowAxes":      {"NoAxes", "whether the axes are not drawn; default false"},
	"FlatShading":   {"SmoothShading", "whether the surface is shaded smoothly across edges; default false"},
	"DepthTest":     {"NoDepthTest", "whether the gizmo is drawn on top of nodes in front of it; default false"},
	"CastShadow":    {"NoCastShadow", "whether the node casts no shadow; default false"},
	"ReceiveShadow": {"NoReceiveShadow", "whether the node receives no shadow; default false"},
}

// An option is a field of an options struct, and the property that it sets. In the code, FIELD is replaced by
// the option, and FN by the constructor's name.
type option struct {
	name, typ, doc string
	check          string // a statement; empty for none
	value          string // the property
}

var (
	numberDefault = regexp.MustCompile(`default (-?[0-9.]+)`)
	tripleDefault = regexp.MustCompile(`default (\{[^}]*\})`)
	pointsAtZero  = regexp.MustCompile(`^0(\.0*)?$`)
)

// optionsFor returns the options of a property: two for a shadow's switch and strength, else
// one.
func (s *schema) optionsFor(f *field) ([]option, error) {
	o := option{name: f.publicName(), doc: f.doc}
	typ := types.ExprString(f.expr)
	r := rules[f.check]
	number, triple := "", ""
	if m := numberDefault.FindStringSubmatch(f.doc); m != nil {
		number = m[1]
	} else if strings.Contains(f.doc, "default pi/3") {
		number = "math.Pi / 3"
	}
	if m := tripleDefault.FindStringSubmatch(f.doc); m != nil {
		triple = m[1]
	} else if strings.Contains(f.doc, "default white") {
		triple = "{255, 255, 255}"
	}
	if public, ok := publicEnums[typ]; ok {
		o.typ, o.value = public.name, "string(or(FIELD, "+public.deflt+"))"
		o.check = fmt.Sprintf("check%s(FN, or(FIELD, %s))", public.name, public.deflt)
		o.doc = stripDefault.ReplaceAllString(f.doc, "") + "; default " + public.deflt
		return []option{o}, nil
	}
	wanted := number
	switch typ {
	case "bool":
		o.typ, o.value, wanted = "bool", "FIELD", "ok"
		if strings.Contains(f.doc, "default true") {
			n, ok := negated[f.name]
			if !ok {
				return nil, fmt.Errorf("a property that is true by default needs a name in negated")
			}
			o.name, o.doc, o.value = n.name, n.doc, "!FIELD"
		}
	case "float64", "int":
		o.typ, o.value = typ, "or(FIELD, "+number+")"
		read := o.value
		switch {
		case pointsAtZero.MatchString(number):
			o.value, read = "FIELD", "FIELD"
		case r.zero:
			o.typ, o.value = "*"+typ, "orPtr(FIELD, "+number+")"
			read = o.value
		}
		o.check = fmt.Sprintf(r.call, checkArgument(typ, f.check, read))
	case "*float64":
		o.typ, o.value = typ, "opacityOf(FIELD)"
		o.doc = "the opacity, 0 to 1; default 1"
		o.check = fmt.Sprintf(r.call, "orPtr(FIELD, 1)")
	case "[3]float64", "FloatOrVec3":
		o.typ, o.value = "Vec3", "or(FIELD, Vec3"+triple+")"
		if wanted = triple; wanted == "" {
			wanted, o.value = number, "or(FIELD, Uniform("+number+"))"
		}
		o.check = fmt.Sprintf(r.call, o.value)
		if typ == "FloatOrVec3" {
			o.value = "wire.FloatOrVec3(" + o.value + ")"
		}
	case "[3]uint8":
		o.typ, o.value, wanted = "color.Color", "rgbOf(FIELD, RGB"+triple+")", triple
	case "BoolOrFloat":
		n := negated["ReceiveShadow"]
		return []option{
			{n.name, "bool", n.doc, "", "receiveShadow(FN, o.NoReceiveShadow, o.ShadowOpacity)"},
			{"ShadowOpacity", "*float64", "the darkness of shadows on the node, 0 to 1; default nil: determined by the lights", "", ""},
		}, nil
	default:
		return nil, fmt.Errorf("there is no option for a %s; leave it to the constructor", typ)
	}
	if wanted == "" {
		return nil, fmt.Errorf("its comment gives no default for the option")
	}
	return []option{o}, nil
}

// checkArgument converts a number for the check's function.
func checkArgument(typ, check, x string) string {
	if typ == "int" && check != "subdivisions" && check != "segments" {
		return "float64(" + x + ")"
	}
	return x
}

func sceneOptions(s *schema) ([]byte, error) {
	var b strings.Builder
	b.WriteString(banner + "package viser\n\nimport (\n\"image\"\n\"image/color\"\n\"math\"\n\n\"github.com/viser-go/viser/internal/wire\"\n)\n\n")
	for _, name := range sortedKeys(optionSets) {
		if err := s.writeOptions(&b, name, optionSets[name]); err != nil {
			return nil, fmt.Errorf("%sOptions: %w", name, err)
		}
	}
	return format.Source([]byte(b.String()))
}

func (s *schema) writeOptions(b *strings.Builder, name string, set optionSet) error {
	st := s.byName[set.props]
	if st == nil {
		return fmt.Errorf("the schema has no %s", set.props)
	}
	var own, shadows []option
	code := map[string]string{} // by property
	var checks []string
	for _, f := range st.fields {
		if slices.Contains(set.given, f.name) || scalarFields[f.name] {
			continue
		}
		options, err := s.optionsFor(f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		o := options[0]
		fill := strings.NewReplacer("FIELD", "o."+o.name, "FN", "fn", "NAME", fmt.Sprintf("%q", o.name))
		if o.check != "" {
			checks = append(checks, fill.Replace(o.check))
		}
		code[f.name] = fill.Replace(o.value)
		if f.name == "CastShadow" && o.name != f.name || f.name == "ReceiveShadow" {
			shadows = append(shadows, options...)
		} else {
			own = append(own, options...)
		}
	}
	writeComment(b, fmt.Sprintf("%sOptions are the options of Scene.%s.", name, adder(name)))
	fmt.Fprintf(b, "type %sOptions struct {\n%s", name, strings.TrimLeft(placeOptions, "\n"))
	writeFields(b, own)
	b.WriteString(strings.TrimLeft(set.more, "\n"))
	writeFields(b, shadows)
	b.WriteString("}\n\n")
	fmt.Fprintf(b, "func (o *%sOptions) place(fn string) placement {\nreturn placementOf(fn, o.Position, o.WXYZ, o.Pose, o.Hidden)\n}\n\n", name)
	if len(code) == 0 {
		return nil
	}
	writeComment(b, "props checks the options and gives the properties that they set.")
	fmt.Fprintf(b, "func (o *%sOptions) props(fn string) wire.%s {\n%s\nreturn wire.%s{\n", name, set.props, strings.Join(checks, "\n"), set.props)
	for _, f := range st.fields {
		if c, ok := code[f.name]; ok {
			fmt.Fprintf(b, "%s: %s,\n", f.name, c)
		}
	}
	b.WriteString("}\n}\n\n")
	return nil
}

// adder is the name of the method that adds a node.
func adder(name string) string {
	switch name {
	case "CatmullRomSpline":
		return "AddSplineCatmullRom"
	case "CubicBezierSpline":
		return "AddSplineCubicBezier"
	}
	return "Add" + name
}

func writeFields(b *strings.Builder, options []option) {
	for _, o := range options {
		if o.name == "" {
			continue
		}
		if line := o.name + " " + o.typ + " // " + o.doc; len(line) <= 110 {
			b.WriteString(line + "\n")
			continue
		}
		writeComment(b, o.doc)
		fmt.Fprintf(b, "%s %s\n", o.name, o.typ)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
