/** The views as the program has them: its messages, and reports to it. */
import type { Send } from "../../contract";
import type {
  SetViewportCameraMessage,
  SetViewportHiddenMessage,
  SetViewportsMessage,
  ViewerCameraMessage,
} from "../../protocol/messages.gen";
import type { CameraRig } from "../camera";
import { isLayout } from "./layouts";
import type { ViewSplit } from "./split";

export type ViewMessage = SetViewportsMessage | SetViewportHiddenMessage | SetViewportCameraMessage;

const MAX_VIEWS = 4;
const CAMERA_PARTS = [
  "position",
  "look_at",
  "up_direction",
  "fov",
  "near",
  "far",
  "min_orbit_distance",
  "max_orbit_distance",
  "projection",
] as const;

type CameraParts = Partial<SetViewportCameraMessage>;

export class ProgramViews {
  /** Of the program's message that was followed last; 0: none. */
  private revision = 0;
  private byProgram = false;
  private received = { layout: true, hidden: new Set<number>() };
  /** Nodes that the program has hidden, by the number of the view. */
  private readonly hidden = new Map<number, ReadonlySet<string>>();
  /** What the program has set of cameras, for views that are added later, or again. */
  private readonly cameras = new Map<number, CameraParts>();

  constructor(
    private readonly split: ViewSplit,
    private readonly out: { send: Send; extended(): boolean },
  ) {
    split.added = (index) => this.begin(index);
  }

  apply(m: ViewMessage): void {
    if (m.type === "SetViewportsMessage") this.divide(m);
    else if (!(Number.isInteger(m.viewport) && m.viewport >= 0 && m.viewport < MAX_VIEWS)) return;
    else if (m.type === "SetViewportHiddenMessage") this.hide(m);
    else this.setCamera(m);
  }

  replayStart(): void {
    this.received = { layout: false, hidden: new Set() };
  }

  replayDone(): void {
    if (this.split.linkedAfterReplay) this.split.linked = true;
    this.split.linkedAfterReplay = false;
    // Another run of the server, whose program has set nothing.
    if (!this.received.layout && this.revision !== 0) {
      this.revision = 0;
      if (this.byProgram) this.split.setLayout("single");
    }
    for (const index of [...this.hidden.keys()]) {
      if (!this.received.hidden.has(index)) this.setHidden(index, new Set());
    }
    if (this.split.layout === "single") return;
    this.report();
    this.split.reportAgain();
  }

  /** The user has divided the page. */
  changed(): void {
    this.byProgram = false;
    this.report();
  }

  reportCamera(camera: ViewerCameraMessage, viewport: number): void {
    if (!this.out.extended()) return;
    const { type: _, projection, ...view } = camera;
    this.out.send({
      type: "ViewportCameraMessage",
      viewport,
      ...view,
      projection: projection ?? "perspective",
    });
  }

  private report(): void {
    if (!this.out.extended()) return;
    const { layout, linked } = this.split;
    this.out.send({ type: "ViewportsMessage", layout, linked, revision: this.revision });
  }

  private divide({ layout, linked, revision }: SetViewportsMessage): void {
    this.received.layout = true;
    // Not again, when a connection was lost: the user may have chosen another layout since.
    if (revision === this.revision || !isLayout(layout)) return;
    this.revision = revision;
    this.byProgram = true;
    if (layout !== this.split.layout) this.split.setLayout(layout);
    this.split.linked = linked === true;
  }

  private hide({ viewport, names }: SetViewportHiddenMessage): void {
    if (!Array.isArray(names)) return;
    this.received.hidden.add(viewport);
    this.setHidden(viewport, new Set(names.filter((name) => typeof name === "string")));
  }

  private setHidden(index: number, names: ReadonlySet<string>): void {
    if (names.size === 0) this.hidden.delete(index);
    else this.hidden.set(index, names);
    const view = this.split.viewAt(index);
    if (view) this.split.setHidden(view, names);
  }

  private setCamera(m: SetViewportCameraMessage): void {
    const rig = this.split.viewAt(m.viewport)?.rig;
    if (rig) move(rig, m);
    const parts = this.cameras.get(m.viewport) ?? {};
    for (const part of CAMERA_PARTS) if (m[part] != null) Object.assign(parts, { [part]: m[part] });
    this.cameras.set(m.viewport, parts);
  }

  /** A view was added. */
  private begin(index: number): void {
    const view = this.split.viewAt(index)!;
    const parts = this.cameras.get(index);
    if (parts) move(view.rig, parts);
    const hidden = this.hidden.get(index);
    if (hidden) this.split.setHidden(view, hidden);
  }
}

/** As the messages about the main camera do. */
function move(rig: CameraRig, m: CameraParts): void {
  const { position, look_at, up_direction, fov, near, far, projection } = m;
  const initial = false;
  if (position) rig.apply({ type: "SetCameraPositionMessage", position, initial });
  if (look_at) rig.apply({ type: "SetCameraLookAtMessage", look_at, initial });
  if (up_direction) {
    rig.apply({ type: "SetCameraUpDirectionMessage", position: up_direction, initial });
  }
  if (fov != null) rig.apply({ type: "SetCameraFovMessage", fov, initial });
  if (near != null) rig.apply({ type: "SetCameraNearMessage", near, initial });
  if (far != null) rig.apply({ type: "SetCameraFarMessage", far, initial });
  if (projection) rig.apply({ type: "SetCameraProjectionMessage", projection, initial });
  const { min_orbit_distance, max_orbit_distance } = m;
  if (min_orbit_distance != null) {
    rig.apply({ type: "SetCameraMinOrbitDistanceMessage", min_orbit_distance });
  }
  if (max_orbit_distance != null) {
    rig.apply({ type: "SetCameraMaxOrbitDistanceMessage", max_orbit_distance });
  }
  rig.commit(false);
}
