package fold

import (
	"math"
	"strings"

	"github.com/viser-go/viser/internal/wire"
)

func frame(name, owner string, virtual bool) wire.Message {
	return &wire.FrameMessage{SceneHeader: wire.SceneHeader{Name: name, Owner: owner, Virtual: virtual}}
}

func numbered(name string, id uint32) wire.Message {
	return &wire.FrameMessage{SceneHeader: wire.SceneHeader{Name: name, ID: id}}
}

func at(name, owner string, x float64) wire.Message {
	return &wire.SetPositionMessage{Name: name, Owner: owner, Position: [3]float64{x, 0, -1}}
}

func turned(name, owner string, w float64) wire.Message {
	return &wire.SetOrientationMessage{Name: name, Owner: owner, WXYZ: [4]float64{w, 0.5, 0, 0}}
}

func gone(name, owner string) wire.Message {
	return &wire.RemoveSceneNodeMessage{Name: name, Owner: owner}
}

func shown(name string, visible bool) wire.Message {
	return &wire.SetSceneNodeVisibilityMessage{Name: name, Visible: visible}
}

func cloud(points ...float32) wire.Message {
	return &wire.PointCloudMessage{SceneHeader: wire.SceneHeader{Name: "/cloud"},
		Props: wire.PointCloudProps{Points: wire.Float32s(points), Colors: wire.Uint8s([]byte{1, 2, 3})}}
}

func patched(total int, ranges []int, data ...float32) wire.Message {
	return &wire.SceneNodePatchMessage{Name: "/cloud", Patches: []wire.ArrayPatch{
		{Property: "points", Total: total, Ranges: ranges, Data: wire.Float32s(data)}}}
}

func set(name string, updates ...wire.Update) wire.Message {
	return &wire.SceneNodeUpdateMessage{Name: name, Updates: updates}
}

func slider(uuid string, order, value float64) wire.Message {
	return &wire.GuiSliderMessage{UUID: uuid, Value: value, ContainerUUID: "root", Props: wire.GuiSliderProps{
		GuiBaseProps: wire.GuiBaseProps{Order: order, Label: "Größe"}}}
}

func plot(uuid string) wire.Message {
	return &wire.GuiUplotMessage{UUID: uuid, ContainerUUID: "root", Props: wire.GuiUplotProps{
		Data: []wire.Array{wire.Float64s([]float64{1, 2}), wire.Float64s([]float64{3, 4})}}}
}

func guiSet(uuid string, updates ...wire.Update) wire.Message {
	return &wire.GuiUpdateMessage{UUID: uuid, Updates: updates, Revision: 3}
}

func notice(uuid, title string) wire.Message {
	return &wire.NotificationShowMessage{UUID: uuid, Props: wire.NotificationProps{Title: title}}
}

// cases are lists of messages, each about a rule.
var cases = []struct {
	name     string
	messages []wire.Message
}{
	{"a node keeps pose, visibility and bindings when it is created again", []wire.Message{
		frame("/a", "", false), at("/a", "", 1), turned("/a", "", 2), shown("/a", false),
		&wire.SetSceneNodeClickBindingsMessage{Name: "/a", Bindings: []wire.DragBinding{{Button: "left"}}},
		set("/a", wire.Update{Key: "show_axes", Value: true}),
		&wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: "/a"}}, frame("/a", "", false),
		gone("/a", ""), frame("/a", "", false),
	}},
	{"what is about nothing is not kept", []wire.Message{
		at("/a", "", 1), shown("/a", false), set("/a", wire.Update{Key: "scale", Value: 2.0}), gone("/a", ""),
		&wire.SetBonePositionMessage{Name: "/a"}, patched(1, []int{0, 1}, 1),
		guiSet("u", wire.Update{Key: "value", Value: 1}), &wire.GuiRemoveMessage{UUID: "u"},
		&wire.CommandUpdateMessage{UUID: "u"}, &wire.NotificationUpdateMessage{UUID: "u"},
		&wire.GuiSetPanelWidthMessage{UUID: "u"}, frame("/a", "", false), at("/a", "1", 1), slider("u", 1, 0.5),
	}},
	{"removal is of one node", []wire.Message{
		frame("/a", "", false), frame("/a/b", "", false), at("/a/b", "", 1), gone("/a", ""), frame("/a", "", false),
		frame("/a", "7", false), at("/a", "7", 2), gone("/a", "7"), gone("/a", "8"),
	}},
	{"a virtual node takes over the pose", []wire.Message{
		frame("/a", "", true), at("/a", "", 1), frame("/a", "7", false), at("/a", "7", 2), turned("/a", "7", 1),
		at("/a", "", 3), gone("/a", "7"), frame("/a", "8", true), at("/a", "8", 4), gone("/a", "8"),
	}},
	{"a real node does not take over a pose", []wire.Message{
		frame("/a", "", false), at("/a", "", 1), frame("/a", "7", false), at("/a", "7", 2), gone("/a", "7"),
		frame("/a", "7", true), at("/a", "7", 5), frame("/a", "", true), frame("/a", "7", false),
	}},
	{"the root", []wire.Message{
		frame("", "", false), turned("", "", 1), at("", "3", 1), shown("", false), gone("", ""),
		set("", wire.Update{Key: "scale", Value: 2.0}), shown("", true), at("", "", math.NaN()),
	}},
	{"invalid poses", []wire.Message{
		frame("/a", "", false), at("/a", "", 1), at("/a", "", math.Inf(1)), at("/a", "", math.NaN()),
		turned("/a", "", math.NaN()), turned("/a", "", math.Inf(-1)),
		&wire.SetOrientationMessage{Name: "/a"}, &wire.SetOrientationMessage{Name: "/a", WXYZ: [4]float64{0, 1e-12, 0, 0}},
		&wire.SetOrientationMessage{Name: "/a", WXYZ: [4]float64{0, 0, 3, 0}},
		&wire.SetPositionMessage{Name: "/a", Position: [3]float64{math.Copysign(0, -1), math.Copysign(0, -1), 0}},
	}},
	{"deep names", []wire.Message{
		frame(strings.Repeat("/x", 256), "", false), frame(strings.Repeat("/y", 257), "", false), frame("no slash", "", false),
	}},
	{"updates", []wire.Message{
		frame("/a", "", false),
		set("/a", wire.Update{Key: "scale", Value: []any{1.0, 2, 3}}, wire.Update{Key: "ä", Value: nil}, wire.Update{Key: "", Value: "x"}),
		set("/a", wire.Update{Key: "scale", Value: 4}, wire.Update{Key: "�", Value: map[string]any{"b": 1, "a": []any{}}}),
		set("/a", wire.Update{Key: "points", Value: wire.Float32s([]float32{1})}, wire.Update{Key: "\U0001F600", Value: []byte{1}}),
	}},
	{"patches", []wire.Message{
		cloud(1, 2, 3, 4), patched(4, []int{1, 2}, 8, 9), patched(7, []int{0, 1, 4, 3}, 5, 6, 7, 8), patched(2, nil),
		patched(2, []int{3, 1}, 1), patched(9, []int{0, 1}, 1), patched(2, []int{0, 1}, 1, 2), patched(2, []int{1, 1, 0, 1}, 1, 2),
		patched(2, []int{0}, 1),
		&wire.SceneNodePatchMessage{Name: "/cloud", Patches: []wire.ArrayPatch{
			{Property: "points", Total: 2, Ranges: []int{0, 1}, Data: wire.Uint32s([]uint32{1})},
			{Property: "colors", Total: 4, Ranges: []int{3, 1}, Data: wire.Uint8s([]byte{9})},
			{Property: "point_size", Total: 1, Ranges: []int{0, 1}, Data: wire.Float32s([]float32{1})},
			{Property: "nothing", Total: 1, Ranges: []int{0, 1}, Data: wire.Float32s([]float32{1})},
		}},
		set("/cloud", wire.Update{Key: "points", Value: wire.Float32s([]float32{1, 1})}), patched(3, []int{2, 1}, 2), cloud(1),
	}},
	{"patches of lists of arrays", []wire.Message{
		plot("u"),
		&wire.GuiPatchMessage{UUID: "u", Patches: []wire.ArrayPatch{
			{Property: "_data", Index: 1, Total: 3, Ranges: []int{2, 1}, Data: wire.Float64s([]float64{5})},
			{Property: "_data", Index: 2, Total: 3, Ranges: []int{2, 1}, Data: wire.Float64s([]float64{5})},
			{Property: "data", Index: 1, Total: 3, Ranges: []int{2, 1}, Data: wire.Float64s([]float64{5})},
			{Property: "data", Index: 0, Total: 3, Ranges: []int{2, 1}, Data: wire.Float64s([]float64{6})},
			{Property: "data", Index: 2, Total: 3, Ranges: []int{2, 1}, Data: wire.Float64s([]float64{5})},
		}},
	}},
	{"bones", []wire.Message{
		&wire.SkinnedMeshMessage{SceneHeader: wire.SceneHeader{Name: "/a"}},
		&wire.SetBonePositionMessage{Name: "/a", BoneIndex: 3, Position: [3]float64{1, 2, 3}},
		&wire.SetBoneOrientationMessage{Name: "/a", BoneIndex: 1, WXYZ: [4]float64{0, 1, 0, 0}},
		&wire.SetBoneOrientationMessage{Name: "/a", BoneIndex: 3, WXYZ: [4]float64{1, 0, 0, 0}},
		&wire.SetBoneOrientationMessage{Name: "/a", BoneIndex: -1}, &wire.SetBonePositionMessage{Name: "/a", BoneIndex: 65536},
		&wire.SetBonePositionMessage{Name: "/a", BoneIndex: 65535}, set("/a", wire.Update{Key: "scale", Value: 2}),
		&wire.SkinnedMeshMessage{SceneHeader: wire.SceneHeader{Name: "/a"}},
	}},
	{"packed poses", []wire.Message{
		numbered("/a", 1), numbered("/b", 2),
		&wire.PackedPosesMessage{
			PositionIDs: wire.Uint32s([]uint32{2, 1, 9}), Positions: wire.Float32s([]float32{1, 2, 3, 4, 5, 6, 7, 8, 9}),
			WXYZIDs: wire.Uint32s([]uint32{1, 2}), WXYZs: wire.Float32s([]float32{0, 1, 0, 0, 0, 0, 0, 0}),
		},
		numbered("/c", 1), gone("/b", ""), numbered("/b", 5),
		&wire.PackedPosesMessage{
			PositionIDs: wire.Uint32s([]uint32{1, 2, 5}), Positions: wire.Float64s([]float64{1e6, 2, 3, 4, 5, 6, 7, 8}),
			WXYZIDs: wire.Uint32s(nil), WXYZs: wire.Float32s(nil),
		},
		numbered("/c", 3),
		&wire.PackedPosesMessage{
			PositionIDs: wire.Uint32s([]uint32{1, 3}), Positions: wire.Float32s([]float32{1, 1, 1, 2, 2, 2}),
			WXYZIDs: wire.Uint32s(nil), WXYZs: wire.Float32s(nil),
		},
	}},
	{"elements of the GUI", []wire.Message{
		slider("u", 1, 0.5), &wire.GuiFolderMessage{UUID: "f", ContainerUUID: "root"},
		&wire.GuiButtonMessage{UUID: "v", ContainerUUID: "f"}, guiSet("u", wire.Update{Key: "value", Value: 0.75}),
		guiSet("u", wire.Update{Key: "label", Value: "ä"}, wire.Update{Key: "value", Value: 1}, wire.Update{Key: "max", Value: 2}),
		guiSet("f", wire.Update{Key: "value", Value: 1}), &wire.GuiRemoveMessage{UUID: "f"}, slider("u", 1, 0.1),
		&wire.GuiTextMessage{UUID: "u", ContainerUUID: "root", Value: "text"}, &wire.ResetGuiMessage{},
	}},
	{"panels and modals", []wire.Message{
		&wire.GuiPanelMessage{UUID: "p"}, &wire.GuiModalMessage{UUID: "m", Title: "T", Order: 2}, slider("u", 1, 0),
		&wire.GuiSetPanelWidthMessage{UUID: "p", Counter: 1, RunID: "r"}, &wire.GuiSetPanelWidthMessage{UUID: "u", Counter: 2},
		&wire.GuiSetPanelCollapsedMessage{UUID: "viser-control-panel", Collapsed: true, Counter: 3},
		&wire.GuiSetPanelPositionMessage{UUID: "p", Position: wire.Placement{Kind: "edge", Edge: "left"}, Counter: 4},
		&wire.GuiSetPanelWidthMessage{UUID: "p", Width: new(2.5), Counter: 5},
		guiSet("m", wire.Update{Key: "title", Value: "other"}, wire.Update{Key: "value", Value: 1}),
		&wire.GuiCloseModalMessage{UUID: "m"}, &wire.GuiPanelRemoveMessage{UUID: "p"}, &wire.GuiPanelMessage{UUID: "p"},
		&wire.GuiSetPanelHeightMessage{UUID: "p"}, &wire.ResetGuiMessage{},
	}},
	{"panels that something else replaces", []wire.Message{
		&wire.GuiPanelMessage{UUID: "p"}, &wire.GuiPanelMessage{UUID: "q"}, &wire.GuiPanelMessage{UUID: "viser-control-panel"},
		&wire.GuiSetPanelWidthMessage{UUID: "p", Counter: 1, RunID: "r"}, &wire.GuiSetPanelWidthMessage{UUID: "q", Counter: 2},
		&wire.GuiSetPanelWidthMessage{UUID: "viser-control-panel", Counter: 3}, slider("p", 1, 0), slider("q", 1, 0), notice("p", "1"),
		&wire.RemoveNotificationMessage{UUID: "p"}, &wire.GuiRemoveMessage{UUID: "p"},
		&wire.GuiPanelRemoveMessage{UUID: "viser-control-panel"}, &wire.ResetGuiMessage{},
	}},
	{"commands and notifications", append([]wire.Message{
		&wire.RegisterCommandMessage{UUID: "c", Props: wire.CommandProps{Label: "C"}},
		&wire.RegisterCommandMessage{UUID: "d", Props: wire.CommandProps{Label: "D"}},
		&wire.CommandUpdateMessage{UUID: "c", Updates: wire.Updates{{Key: "disabled", Value: true}}},
		&wire.RegisterCommandMessage{UUID: "c", Props: wire.CommandProps{Label: "E"}}, &wire.RemoveCommandMessage{UUID: "d"},
		notice("first", "1"), notice("n", "2"), &wire.NotificationUpdateMessage{UUID: "first", Props: wire.NotificationProps{Title: "3"}},
		notice("first", "4"), &wire.RemoveNotificationMessage{UUID: "n"}, notice("n", "5"),
	}, manyNotices()...)},
	{"single messages", []wire.Message{
		&wire.ThemeConfigurationMessage{DarkMode: true}, &wire.SetGuiPanelLabelMessage{Label: new("label")},
		&wire.SetSelectionMessage{Names: []string{"/a"}, Revision: 1}, &wire.SetSelectionMessage{Names: []string{"/b", "/a/c"}, Revision: 2},
		&wire.FogMessage{Enabled: true, Near: 1, Far: 2}, &wire.EnableLightsMessage{Enabled: true},
		&wire.BackgroundImageMessage{Format: "png", RgbData: []byte{1, 2}}, &wire.SetToneMappingMessage{ToneMapping: "neutral"},
		&wire.SetLookMessage{Looks: []string{"x_ray"}}, &wire.SetLookMessage{Looks: []string{"eye_dome", "edges"}},
		&wire.SetCameraPositionMessage{Position: [3]float64{1, 2, 3}}, &wire.SetCameraPositionMessage{Initial: true},
		&wire.SetCameraFovMessage{FOV: 1, Initial: true}, &wire.SetCameraFovMessage{FOV: 2, Initial: true},
		&wire.SetCameraProjectionMessage{Projection: "orthographic"}, &wire.SetCameraProjectionMessage{Projection: "orthographic", Initial: true},
		&wire.SetCameraProjectionMessage{Projection: "perspective"},
		&wire.ScenePointerEnableMessage{EventType: "click", Modifiers: []*wire.KeyModifier{nil}},
		&wire.ScenePointerEnableMessage{EventType: "click", Modifiers: []*wire.KeyModifier{nil}, Owner: "7"},
		&wire.ScenePointerEnableMessage{EventType: "rect-select", Modifiers: []*wire.KeyModifier{nil}, Owner: "7"},
		&wire.ScenePointerEnableMessage{EventType: "click", Owner: "7"}, &wire.FogMessage{}, &wire.EnableLightsMessage{Enabled: true, CastShadow: true},
		&wire.SetGuiPanelLabelMessage{}, &wire.BackgroundImageMessage{Format: "jpeg"}, &wire.SetToneMappingMessage{ToneMapping: "linear"},
		&wire.SetLookMessage{},
		&wire.SetSelectionMessage{Names: []string{}},
		&wire.ThemeConfigurationMessage{ControlLayout: "floating", ControlWidth: "medium", ShowLogo: true, ShowShareButton: true},
		&wire.EnvironmentMapMessage{HDRIData: []byte{1}}, &wire.EnvironmentMapMessage{BackgroundIntensity: 1,
			BackgroundWXYZ: [4]float64{1}, EnvironmentIntensity: 1, EnvironmentWXYZ: [4]float64{1}},
		&wire.SetCameraMinOrbitDistanceMessage{MinOrbitDistance: 1}, &wire.SetCameraMaxOrbitDistanceMessage{MaxOrbitDistance: math.Inf(1)},
		&wire.SetCameraMinOrbitDistanceMessage{MinOrbitDistance: 0.01}, &wire.SetCameraMaxOrbitDistanceMessage{MaxOrbitDistance: 1e4},
	}},
	{"what is no state", []wire.Message{
		&wire.RunJavascriptMessage{Source: "1"}, &wire.ReplayDoneMessage{}, &wire.GuiFormDirtyMessage{UUID: "u"},
		&wire.LocalStorageClearMessage{}, &wire.ShareUrlUpdated{}, &wire.FileTransferPart{},
	}},
}

func manyNotices() (out []wire.Message) {
	for i := range maxNotices {
		out = append(out, notice(strings.Repeat("x", 1+i), "many"))
	}
	return out
}
