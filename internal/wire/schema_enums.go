package wire

// ImageFormat is how a picture is encoded.
//
//wire:enum
type ImageFormat = string

// The values of ImageFormat.
const (
	ImageFormatJpeg ImageFormat = "jpeg"
	ImageFormatPng  ImageFormat = "png"
)

// ImageValueType is the type of the values of a depth image. It is of the viser-go.v1 dialect.
//
//wire:enum
type ImageValueType = string

// The values of ImageValueType.
const (
	ImageValueTypeUint16  ImageValueType = "uint16"
	ImageValueTypeFloat32 ImageValueType = "float32"
)

// FrustumVariant is how a camera frustum is drawn.
//
//wire:enum
type FrustumVariant = string

// The values of FrustumVariant.
const (
	FrustumVariantWireframe FrustumVariant = "wireframe"
	FrustumVariantFilled    FrustumVariant = "filled"
)

// ThicknessUnits is what the thickness of a line is measured in: pixels or the scene's unit.
//
//wire:enum
type ThicknessUnits = string

// The values of ThicknessUnits.
const (
	ThicknessUnitsScreen ThicknessUnits = "screen"
	ThicknessUnitsWorld  ThicknessUnits = "world"
)

// GridPlane is the plane of a grid, by the axes of its width and height.
//
//wire:enum
type GridPlane = string

// The values of GridPlane.
const (
	GridPlaneXz GridPlane = "xz"
	GridPlaneXy GridPlane = "xy"
	GridPlaneYx GridPlane = "yx"
	GridPlaneYz GridPlane = "yz"
	GridPlaneZx GridPlane = "zx"
	GridPlaneZy GridPlane = "zy"
)

// FadeFrom is the point from which the fading distance of a grid is measured.
//
//wire:enum
type FadeFrom = string

// The values of FadeFrom.
const (
	FadeFromCamera FadeFrom = "camera"
	FadeFromOrigin FadeFrom = "origin"
)

// FontSizeMode is whether a label has a fixed size on the screen or in the scene.
//
//wire:enum
type FontSizeMode = string

// The values of FontSizeMode.
const (
	FontSizeModeScreen FontSizeMode = "screen"
	FontSizeModeScene  FontSizeMode = "scene"
)

// LabelAnchor is the point of a label that lies at its position.
//
//wire:enum
type LabelAnchor = string

// The values of LabelAnchor.
const (
	LabelAnchorTopLeft      LabelAnchor = "top-left"
	LabelAnchorTopCenter    LabelAnchor = "top-center"
	LabelAnchorTopRight     LabelAnchor = "top-right"
	LabelAnchorCenterLeft   LabelAnchor = "center-left"
	LabelAnchorCenterCenter LabelAnchor = "center-center"
	LabelAnchorCenterRight  LabelAnchor = "center-right"
	LabelAnchorBottomLeft   LabelAnchor = "bottom-left"
	LabelAnchorBottomCenter LabelAnchor = "bottom-center"
	LabelAnchorBottomRight  LabelAnchor = "bottom-right"
)

// PointShape is the shape of a point.
//
//wire:enum
type PointShape = string

// The values of PointShape.
const (
	PointShapeSquare  PointShape = "square"
	PointShapeDiamond PointShape = "diamond"
	PointShapeCircle  PointShape = "circle"
	PointShapeRounded PointShape = "rounded"
	PointShapeSparkle PointShape = "sparkle"
)

// PointPrecision is the element type of a point cloud's coordinates.
//
//wire:enum
type PointPrecision = string

// The values of PointPrecision.
const (
	PointPrecisionFloat16 PointPrecision = "float16"
	PointPrecisionFloat32 PointPrecision = "float32"
)

// PointShading is how a point is colored across its face.
//
//wire:enum
type PointShading = string

// The values of PointShading.
const (
	PointShadingFlat     PointShading = "flat"
	PointShadingGradient PointShading = "gradient"
)

// MeshSide is the side of a surface that is drawn.
//
//wire:enum
type MeshSide = string

// The values of MeshSide.
const (
	MeshSideFront  MeshSide = "front"
	MeshSideBack   MeshSide = "back"
	MeshSideDouble MeshSide = "double"
)

// MeshMaterial is the shading model of a surface.
//
//wire:enum
type MeshMaterial = string

// The values of MeshMaterial.
const (
	MeshMaterialStandard MeshMaterial = "standard"
	MeshMaterialToon3    MeshMaterial = "toon3"
	MeshMaterialToon5    MeshMaterial = "toon5"
)

// DragButton is a mouse button.
//
//wire:enum
type DragButton = string

// The values of DragButton.
const (
	DragButtonLeft   DragButton = "left"
	DragButtonMiddle DragButton = "middle"
	DragButtonRight  DragButton = "right"
)

// DragPhase is a stage of a drag.
//
//wire:enum
type DragPhase = string

// The values of DragPhase.
const (
	DragPhaseStart  DragPhase = "start"
	DragPhaseUpdate DragPhase = "update"
	DragPhaseEnd    DragPhase = "end"
)

// ScenePointerEventType is a gesture in the scene.
//
//wire:enum
type ScenePointerEventType = string

// The values of ScenePointerEventType.
const (
	ScenePointerEventTypeClick      ScenePointerEventType = "click"
	ScenePointerEventTypeRectSelect ScenePointerEventType = "rect-select"
)

// KeyModifier is a set of modifier keys; Cmd and Ctrl are the same modifier.
//
//wire:enum
type KeyModifier = string

// The values of KeyModifier.
const (
	KeyModifierCmdCtrl         KeyModifier = "cmd/ctrl"
	KeyModifierAlt             KeyModifier = "alt"
	KeyModifierShift           KeyModifier = "shift"
	KeyModifierCmdCtrlAlt      KeyModifier = "cmd/ctrl+alt"
	KeyModifierCmdCtrlShift    KeyModifier = "cmd/ctrl+shift"
	KeyModifierAltShift        KeyModifier = "alt+shift"
	KeyModifierCmdCtrlAltShift KeyModifier = "cmd/ctrl+alt+shift"
)

// HotkeyKey is a key that can trigger a command.
//
//wire:enum
type HotkeyKey = string

// The values of HotkeyKey.
const (
	HotkeyKeyA          HotkeyKey = "A"
	HotkeyKeyB          HotkeyKey = "B"
	HotkeyKeyC          HotkeyKey = "C"
	HotkeyKeyD          HotkeyKey = "D"
	HotkeyKeyE          HotkeyKey = "E"
	HotkeyKeyF          HotkeyKey = "F"
	HotkeyKeyG          HotkeyKey = "G"
	HotkeyKeyH          HotkeyKey = "H"
	HotkeyKeyI          HotkeyKey = "I"
	HotkeyKeyJ          HotkeyKey = "J"
	HotkeyKeyK          HotkeyKey = "K"
	HotkeyKeyL          HotkeyKey = "L"
	HotkeyKeyM          HotkeyKey = "M"
	HotkeyKeyN          HotkeyKey = "N"
	HotkeyKeyO          HotkeyKey = "O"
	HotkeyKeyP          HotkeyKey = "P"
	HotkeyKeyQ          HotkeyKey = "Q"
	HotkeyKeyR          HotkeyKey = "R"
	HotkeyKeyS          HotkeyKey = "S"
	HotkeyKeyT          HotkeyKey = "T"
	HotkeyKeyU          HotkeyKey = "U"
	HotkeyKeyV          HotkeyKey = "V"
	HotkeyKeyW          HotkeyKey = "W"
	HotkeyKeyX          HotkeyKey = "X"
	HotkeyKeyY          HotkeyKey = "Y"
	HotkeyKeyZ          HotkeyKey = "Z"
	HotkeyKey0          HotkeyKey = "0"
	HotkeyKey1          HotkeyKey = "1"
	HotkeyKey2          HotkeyKey = "2"
	HotkeyKey3          HotkeyKey = "3"
	HotkeyKey4          HotkeyKey = "4"
	HotkeyKey5          HotkeyKey = "5"
	HotkeyKey6          HotkeyKey = "6"
	HotkeyKey7          HotkeyKey = "7"
	HotkeyKey8          HotkeyKey = "8"
	HotkeyKey9          HotkeyKey = "9"
	HotkeyKeySpace      HotkeyKey = "space"
	HotkeyKeyEnter      HotkeyKey = "enter"
	HotkeyKeyEscape     HotkeyKey = "escape"
	HotkeyKeyTab        HotkeyKey = "tab"
	HotkeyKeyBackspace  HotkeyKey = "backspace"
	HotkeyKeyDelete     HotkeyKey = "delete"
	HotkeyKeyInsert     HotkeyKey = "insert"
	HotkeyKeyHome       HotkeyKey = "home"
	HotkeyKeyEnd        HotkeyKey = "end"
	HotkeyKeyPageup     HotkeyKey = "pageup"
	HotkeyKeyPagedown   HotkeyKey = "pagedown"
	HotkeyKeyArrowup    HotkeyKey = "arrowup"
	HotkeyKeyArrowdown  HotkeyKey = "arrowdown"
	HotkeyKeyArrowleft  HotkeyKey = "arrowleft"
	HotkeyKeyArrowright HotkeyKey = "arrowright"
)

// ControlLayout is where the panel is.
//
//wire:enum
type ControlLayout = string

// The values of ControlLayout.
const (
	ControlLayoutFloating    ControlLayout = "floating"
	ControlLayoutCollapsible ControlLayout = "collapsible"
	ControlLayoutFixed       ControlLayout = "fixed"
)

// ControlWidth is how wide the panel is.
//
//wire:enum
type ControlWidth = string

// The values of ControlWidth.
const (
	ControlWidthSmall  ControlWidth = "small"
	ControlWidthMedium ControlWidth = "medium"
	ControlWidthLarge  ControlWidth = "large"
)

// CurveType is the parameterization of a Catmull-Rom spline.
//
//wire:enum
type CurveType = string

// The values of CurveType.
const (
	CurveTypeCentripetal CurveType = "centripetal"
	CurveTypeChordal     CurveType = "chordal"
	CurveTypeCatmullrom  CurveType = "catmullrom"
)

// RenderFormat is how a rendered picture is encoded.
//
//wire:enum
type RenderFormat = string

// The values of RenderFormat.
const (
	RenderFormatImageJpeg RenderFormat = "image/jpeg"
	RenderFormatImagePng  RenderFormat = "image/png"
)

// LiteralColor is a color of the page's palette.
//
//wire:enum
type LiteralColor = string

// The values of LiteralColor.
const (
	LiteralColorDark   LiteralColor = "dark"
	LiteralColorGray   LiteralColor = "gray"
	LiteralColorRed    LiteralColor = "red"
	LiteralColorPink   LiteralColor = "pink"
	LiteralColorGrape  LiteralColor = "grape"
	LiteralColorViolet LiteralColor = "violet"
	LiteralColorIndigo LiteralColor = "indigo"
	LiteralColorBlue   LiteralColor = "blue"
	LiteralColorCyan   LiteralColor = "cyan"
	LiteralColorGreen  LiteralColor = "green"
	LiteralColorLime   LiteralColor = "lime"
	LiteralColorYellow LiteralColor = "yellow"
	LiteralColorOrange LiteralColor = "orange"
	LiteralColorTeal   LiteralColor = "teal"
)

// TitlebarIcon is an icon in the bar above the page.
//
//wire:enum
type TitlebarIcon = string

// The values of TitlebarIcon.
const (
	TitlebarIconGitHub      TitlebarIcon = "GitHub"
	TitlebarIconDescription TitlebarIcon = "Description"
	TitlebarIconKeyboard    TitlebarIcon = "Keyboard"
)

// CameraProjection is how a camera draws.
//
//wire:enum
type CameraProjection = string

// The values of CameraProjection.
const (
	CameraProjectionPerspective  CameraProjection = "perspective"
	CameraProjectionOrthographic CameraProjection = "orthographic"
)

// ToneMapping is how brightness is mapped to color.
//
//wire:enum
type ToneMapping = string

// The values of ToneMapping.
const (
	ToneMappingLinear ToneMapping = "linear"
	ToneMappingFilmic ToneMapping = "filmic"
)

// VolumeMode is how the numbers along a line of sight become a color.
//
//wire:enum
type VolumeMode = string

// The values of VolumeMode.
const (
	VolumeModeComposite VolumeMode = "composite"
	VolumeModeMaximum   VolumeMode = "maximum"
	VolumeModeSurface   VolumeMode = "surface"
)
