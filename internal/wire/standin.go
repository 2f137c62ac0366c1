package wire

// StandIns has the Markdown that pages of the Plain dialect are shown in place of an element that only the Extended
// dialect has, by the type of its create message. It is shared: do not write to it.
var StandIns = map[string]string{
	"GuiTableMessage":       "*This client does not support tables.*",
	"GuiLogMessage":         "*This client does not support logs.*",
	"GuiMultiSelectMessage": "*This client does not support choices of several options.*",
}

// A NodeStandIn is the node that pages of the Plain dialect get in place of one that only the Extended dialect has.
type NodeStandIn struct {
	Create string // the type of its create message
	Props  Props  // its properties; those that both have are the original's
}

// NodeStandIns has them by the type of the original's create message. It is shared: do not write to it.
var NodeStandIns = map[string]NodeStandIn{
	"ClipPlaneMessage": {"FrameMessage", &hiddenFrame},
	"ClipBoxMessage":   {"FrameMessage", &hiddenFrame},
	"VoxelsMessage": {"PointCloudMessage", &PointCloudProps{
		PointShape: PointShapeSquare, Precision: PointPrecisionFloat32, PointShading: PointShadingFlat,
	}},
	"VolumeMessage": {"LineSegmentsMessage", &LineSegmentsProps{
		Thickness: 1, ThicknessUnits: ThicknessUnitsScreen, Colors: Uint8s([]byte{128, 128, 128}),
	}},
}

// ImageStandIns are the other such elements: those pages are shown their picture, as a GuiImage, which has the same
// properties. It is shared: do not write to it.
var ImageStandIns = map[string]bool{"GuiImageViewMessage": true}

// hiddenFrame draws nothing, and keeps the pose for the node's children.
var hiddenFrame = FrameProps{
	AxesLength: 0.5, AxesRadius: 0.025, OriginRadius: 0.05, OriginColor: [3]uint8{236, 236, 0}, Scale: FloatOrVec3{1, 1, 1},
}
