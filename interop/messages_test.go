package interop_test

import (
	"slices"
	"strings"
	"testing"
)

// scenarios are the counterparts of those in pydriver/record.py.
var scenarios = map[string]func(*session){
	"scene_defaults":        sceneDefaults,
	"scene_options":         sceneOptions,
	"scene_setters":         sceneSetters,
	"scene_poses":           scenePoses,
	"scene_tree":            sceneTree,
	"scene_clicks":          sceneClicks,
	"scene_pointer":         scenePointer,
	"shapes_defaults":       shapesDefaults,
	"shapes_options":        shapesOptions,
	"shapes_setters":        shapesSetters,
	"shapes_clicks":         shapesClicks,
	"models_defaults":       modelsDefaults,
	"models_options":        modelsOptions,
	"models_setters":        modelsSetters,
	"models_clicks":         modelsClicks,
	"splats":                splats,
	"parts":                 parts,
	"lights_defaults":       lightsDefaults,
	"lights_options":        lightsOptions,
	"lights_setters":        lightsSetters,
	"surroundings":          surroundings,
	"drags_bindings":        dragsBindings,
	"drags_inbound":         dragsInbound,
	"gizmos":                gizmos,
	"gizmos_inbound":        gizmosInbound,
	"gui3d":                 gui3D,
	"gui_defaults":          guiDefaults,
	"gui_options":           guiOptions,
	"gui_precision":         guiPrecision,
	"gui_setters":           guiSetters,
	"gui_folders":           guiFolders,
	"gui_panel":             guiPanel,
	"gui_reset":             guiReset,
	"gui_client":            guiOfClient,
	"containers_defaults":   containersDefaults,
	"containers_options":    containersOptions,
	"containers_setters":    containersSetters,
	"containers_removal":    containersRemoval,
	"containers_reset":      containersReset,
	"containers_client":     containersOfClient,
	"panels":                panels,
	"inbound_forms":         inboundForms,
	"inbound_commands":      inboundCommands,
	"plotly":                plotlyFigures,
	"uplot":                 uplotCharts,
	"uploads":               uploads,
	"client_scene":          clientScene,
	"client_gui":            clientGUI,
	"notifications":         notifications,
	"downloads":             downloads,
	"camera":                cameraSetters,
	"camera_parallel_up":    cameraParallelUp,
	"initial_camera":        initialCamera,
	"render":                render,
	"first_frames":          firstFrames,
	"first_frames_label":    firstFrames,
	"widgets_defaults":      widgetsDefaults,
	"widgets_options":       widgetsOptions,
	"widgets_setters":       widgetsSetters,
	"widgets_refused":       widgetsRefused,
	"inbound_more_widgets":  inboundMoreWidgets,
	"inbound_hold":          inboundHold,
	"local_storage":         localStorage,
	"inbound_widgets":       inboundWidgets,
	"inbound_write_back":    inboundWriteBack,
	"inbound_program":       inboundProgram,
	"inbound_node_clicks":   inboundNodeClicks,
	"inbound_scene_pointer": inboundScenePointer,
	"inbound_cameras":       inboundCameras,
	"inbound_clients":       inboundClients,
}

// TestMessages plays each scenario on the real viser and on this library, and compares
// the messages that every viewer received, step by step.
func TestMessages(t *testing.T) {
	for _, name := range strings.Fields(string(runPython(t, "record.py", "--list"))) {
		t.Run(name, func(t *testing.T) {
			play, ok := scenarios[name]
			if !ok {
				t.Fatal("played by Python alone")
			}
			label := ""
			if name == "first_frames_label" {
				label = "a label"
			}
			python := pythonRecords(t, name)
			viserGo := newSession(t, label)
			play(viserGo)
			compareScenario(t, python, viserGo.records)
		})
	}
}

// TestBothSidesHaveEveryScenario detects scenarios that are missing on the Python side.
func TestBothSidesHaveEveryScenario(t *testing.T) {
	python := strings.Fields(string(runPython(t, "record.py", "--list")))
	for name := range scenarios {
		if !slices.Contains(python, name) {
			t.Errorf("%s is not in pydriver", name)
		}
	}
}
