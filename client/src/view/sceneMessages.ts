import type { ServerMessage } from "../contract";
import type {
  GetRenderRequestMessage,
  SetCameraFollowMessage,
  ToneMapping,
} from "../protocol/messages.gen";
import type { SceneWorld } from "../scene/world";
import type { CameraRig } from "./camera";
import type { CameraReports } from "./cameraReports";
import type { SceneCanvas } from "./canvas";
import type { Looks } from "./looks/looks";
import type { Measures } from "./measures";
import type { PointerFilters } from "./pointerFilters";
import type { Selection } from "./selection";
import type { Views } from "./views";

/** A server that sends many invalid messages does not fill the console. */
const MAX_WARNINGS = 20;

export interface MessageTargets {
  canvas: SceneCanvas;
  world: SceneWorld;
  rig: CameraRig;
  reports: CameraReports;
  filters: PointerFilters;
  selection: Selection;
  looks: Looks;
  views: Views;
  measures: Measures;
  /** The scene has changed. */
  contentChanged(): void;
  takePicture(request: GetRenderRequestMessage): void;
  follow(message: SetCameraFollowMessage): void;
}

/** Passes the server's messages on to the parts of the view that they are for. */
export class SceneMessages {
  /** Whether the message came since the replay began; if not, its default holds. */
  private received = { lights: true, toneMapping: true };
  private warnings = 0;

  constructor(private readonly t: MessageTargets) {}

  /** One atomic step. */
  apply(messages: readonly ServerMessage[]): void {
    let rootTurned = false;
    for (const m of messages) {
      try {
        rootTurned = this.applyOne(m) || rootTurned;
      } catch (e) {
        // One invalid message does not stop those after it.
        if (this.warnings++ < MAX_WARNINGS) {
          console.warn(`viser: a ${m?.type} could not be applied:`, e);
        }
      }
    }
    this.t.selection.settle(messages.some((m) => m?.type === "RemoveSceneNodeMessage"));
    this.t.rig.commit(rootTurned);
    if (!rootTurned) return;
    this.t.world.environment.rootTurned();
    this.t.reports.rootTurned();
  }

  replayStart(): void {
    this.received = { lights: false, toneMapping: false };
    this.t.world.tree.replayStart();
    this.t.filters.replayStart();
    this.t.selection.replayStart();
    this.t.looks.replayStart();
    this.t.views.replayStart();
    this.t.measures.replayStart();
    this.t.rig.replayStart();
    this.t.world.environment.replayStart();
    this.t.reports.replayStart();
  }

  replayDone(): void {
    this.t.world.tree.replayDone();
    this.t.filters.replayDone();
    this.t.selection.replayDone();
    this.t.looks.replayDone();
    this.t.views.replayDone();
    this.t.measures.replayDone();
    this.t.rig.replayDone();
    if (!this.received.lights) this.t.world.lights.set(true, true);
    if (!this.received.toneMapping) this.setToneMapping("linear");
    this.t.world.environment.replayDone();
    this.t.reports.replayDone();
    this.t.contentChanged();
  }

  /** Returns whether it rootTurned the root. */
  private applyOne(m: ServerMessage): boolean {
    const { world, filters, selection, rig } = this.t;
    switch (m.type) {
      case "SetSelectionMessage":
        selection.set(m);
        return false;
      case "SelectionReportsMessage":
        selection.setReports(m.enabled);
        return false;
      case "ScenePointerEnableMessage":
        filters.set(m);
        return false;
      case "EnableLightsMessage":
        this.received.lights = true;
        world.lights.set(m.enabled, m.cast_shadow);
        this.t.contentChanged();
        return false;
      case "SetToneMappingMessage":
        this.received.toneMapping = true;
        this.setToneMapping(m.tone_mapping);
        return false;
      case "SetViewportsMessage":
      case "SetViewportHiddenMessage":
      case "SetViewportCameraMessage":
        this.t.views.apply(m);
        return false;
      case "SetCameraFollowMessage":
        this.t.follow(m);
        return false;
      case "SetLengthUnitMessage":
        this.t.measures.setUnit(m.unit);
        return false;
      case "MeasureReportsMessage":
        this.t.measures.setReports(m.enabled);
        return false;
      case "SetLookMessage":
        this.t.looks.set(m.looks);
        return false;
      case "FogMessage":
        world.environment.setFog(m);
        return false;
      case "EnvironmentMapMessage":
        world.environment.setMap(m);
        return false;
      case "GetRenderRequestMessage":
        this.t.takePicture(m);
        return false;
    }
    if (world.apply(m)) return m.type === "SetOrientationMessage" && m.name === "";
    rig.apply(m);
    return false;
  }

  private setToneMapping(mapping: ToneMapping): void {
    this.t.canvas.setToneMapping(mapping);
    this.t.contentChanged();
  }
}
