package viser

import "github.com/viser-go/viser/internal/wire"

// Precision is how the coordinates of a point cloud are sent.
type Precision string

// The precisions. Float16 halves the bytes and has 11 significant bits: a step
// of about 1 mm at a distance of 1 to 2 from the cloud's origin, 6 cm at 64 to
// 128.
const (
	Float16 = Precision(wire.PointPrecisionFloat16)
	Float32 = Precision(wire.PointPrecisionFloat32)
)

// PointShape is how a point looks.
type PointShape string

// The shapes of points.
const (
	PointSquare  = PointShape(wire.PointShapeSquare)
	PointDiamond = PointShape(wire.PointShapeDiamond)
	PointCircle  = PointShape(wire.PointShapeCircle)
	PointRounded = PointShape(wire.PointShapeRounded)
	PointSparkle = PointShape(wire.PointShapeSparkle)
)

// PointShading is how a point is colored across its face.
type PointShading string

// The shadings of points.
const (
	PointGradient = PointShading(wire.PointShadingGradient) // darker towards its rim
	PointFlat     = PointShading(wire.PointShadingFlat)
)

// Side is which side of a surface is drawn.
type Side string

// The sides of a surface. The front is where its corners run counter-clockwise.
const (
	FrontSide  = Side(wire.MeshSideFront)
	BackSide   = Side(wire.MeshSideBack)
	DoubleSide = Side(wire.MeshSideDouble)
)

// Material is how a surface takes light.
type Material string

// The materials.
const (
	StandardMaterial = Material(wire.MeshMaterialStandard) // physically based
	Toon3            = Material(wire.MeshMaterialToon3)    // cartoon, three steps of brightness
	Toon5            = Material(wire.MeshMaterialToon5)    // cartoon, five steps of brightness
)

// ThicknessUnits says what the thickness of a line is measured in.
type ThicknessUnits string

// The units of thickness.
const (
	WorldUnits  = ThicknessUnits(wire.ThicknessUnitsWorld)  // the scene's unit: lines far away are thin
	ScreenUnits = ThicknessUnits(wire.ThicknessUnitsScreen) // pixels, at any distance
)

// Plane is the plane that a grid lies in, by the axes of its width and height.
type Plane string

// The planes.
const (
	PlaneXY = Plane(wire.GridPlaneXy)
	PlaneXZ = Plane(wire.GridPlaneXz)
	PlaneYX = Plane(wire.GridPlaneYx)
	PlaneYZ = Plane(wire.GridPlaneYz)
	PlaneZX = Plane(wire.GridPlaneZx)
	PlaneZY = Plane(wire.GridPlaneZy)
)

// FadeFrom is the point from which the distance for a grid's fading is measured.
type FadeFrom string

// The origins of fading.
const (
	FadeFromCamera = FadeFrom(wire.FadeFromCamera)
	FadeFromOrigin = FadeFrom(wire.FadeFromOrigin)
)

// FontSizeMode says whether a label has a size on the screen or in the scene.
type FontSizeMode string

// The modes of a label's size.
const (
	ScreenFont = FontSizeMode(wire.FontSizeModeScreen) // the same at any distance
	SceneFont  = FontSizeMode(wire.FontSizeModeScene)  // larger when it is near
)

// Anchor is the point of a label that lies at its position.
type Anchor string

// The anchors.
const (
	TopLeft      = Anchor(wire.LabelAnchorTopLeft)
	TopCenter    = Anchor(wire.LabelAnchorTopCenter)
	TopRight     = Anchor(wire.LabelAnchorTopRight)
	CenterLeft   = Anchor(wire.LabelAnchorCenterLeft)
	Center       = Anchor(wire.LabelAnchorCenterCenter)
	CenterRight  = Anchor(wire.LabelAnchorCenterRight)
	BottomLeft   = Anchor(wire.LabelAnchorBottomLeft)
	BottomCenter = Anchor(wire.LabelAnchorBottomCenter)
	BottomRight  = Anchor(wire.LabelAnchorBottomRight)
)

// CurveType is how the parameter of a Catmull-Rom spline runs from point to
// point.
type CurveType string

// The types of curves.
const (
	CurveCentripetal = CurveType(wire.CurveTypeCentripetal) // by the root of the distance: no loops and cusps
	CurveChordal     = CurveType(wire.CurveTypeChordal)     // by the distance
	CurveCatmullRom  = CurveType(wire.CurveTypeCatmullrom)  // the same for all; the one that heeds Tension
)

// FrustumVariant is how a camera frustum is drawn.
type FrustumVariant string

// The variants of a frustum.
const (
	WireframeFrustum = FrustumVariant(wire.FrustumVariantWireframe)
	FilledFrustum    = FrustumVariant(wire.FrustumVariantFilled)
)

// ImageFormat is how an image travels to the page.
type ImageFormat string

// The formats of images. AutoFormat is JPEG for opaque images and PNG for
// others.
const (
	AutoFormat ImageFormat = ""
	JPEG                   = ImageFormat(wire.ImageFormatJpeg)
	PNG                    = ImageFormat(wire.ImageFormatPng)
)

func checkPrecision(fn string, v Precision) { oneOf(fn, "Precision", v, Float16, Float32) }
func checkPointShading(fn string, v PointShading) {
	oneOf(fn, "PointShading", v, PointGradient, PointFlat)
}
func checkSide(fn string, v Side)         { oneOf(fn, "Side", v, FrontSide, BackSide, DoubleSide) }
func checkMaterial(fn string, v Material) { oneOf(fn, "Material", v, StandardMaterial, Toon3, Toon5) }
func checkFadeFrom(fn string, v FadeFrom) { oneOf(fn, "FadeFrom", v, FadeFromCamera, FadeFromOrigin) }
func checkFontSizeMode(fn string, v FontSizeMode) {
	oneOf(fn, "FontSizeMode", v, ScreenFont, SceneFont)
}

func checkThicknessUnits(fn string, v ThicknessUnits) {
	oneOf(fn, "ThicknessUnits", v, WorldUnits, ScreenUnits)
}

func checkPointShape(fn string, v PointShape) {
	oneOf(fn, "PointShape", v, PointSquare, PointDiamond, PointCircle, PointRounded, PointSparkle)
}

func checkPlane(fn string, v Plane) {
	oneOf(fn, "Plane", v, PlaneXY, PlaneXZ, PlaneYX, PlaneYZ, PlaneZX, PlaneZY)
}

func checkAnchor(fn string, v Anchor) {
	oneOf(fn, "Anchor", v, TopLeft, TopCenter, TopRight, CenterLeft, Center, CenterRight, BottomLeft, BottomCenter, BottomRight)
}

func checkFrustumVariant(fn string, v FrustumVariant) {
	oneOf(fn, "Variant", v, WireframeFrustum, FilledFrustum)
}

func checkCurveType(fn string, v CurveType) {
	oneOf(fn, "CurveType", v, CurveCentripetal, CurveChordal, CurveCatmullRom)
}

func checkImageFormat(fn string, v ImageFormat) { oneOf(fn, "Format", v, AutoFormat, JPEG, PNG) }
