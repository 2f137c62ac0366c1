/**
 * The 3D view of the page: it creates the parts and connects them, and applies messages to the scene. What is
 * drawn is in ../scene; a frame is drawn only when something has changed.
 */
import type {
  NodeDetails,
  NodeEdit,
  PictureOptions,
  PictureOverlay,
  SceneSettings,
  SceneStats,
  SceneTreeModel,
  SceneView,
  SceneViewOptions,
  SelectMode,
  ServerMessage,
} from "../contract";
import type {
  GetRenderRequestMessage,
  GetRenderResponseMessage,
  SetCameraFollowMessage,
  Vec3,
  ViewerCameraMessage,
} from "../protocol/messages.gen";
import { SceneWorld } from "../scene/world";
import { Disposables } from "../shared/disposables";
import { Cell } from "../shared/observable";
import { OnDemand } from "../shared/onDemand";
import { Aim } from "./aim";
import { CameraRig } from "./camera";
import { CameraReports } from "./cameraReports";
import { SceneCanvas } from "./canvas";
import type { Capture } from "./capture";
import { Changes } from "./changes";
import { ContextLoss } from "./contextLoss";
import { WorldFrame } from "./conventions";
import { CutActions } from "./cutActions";
import { FloatingOrigin } from "./floatingOrigin";
import { FlyKeys } from "./fly";
import { Frames } from "./frames";
import { Gizmo } from "./gizmo";
import { InitialCamera } from "./initialCamera";
import { KeyActions } from "./keyActions";
import { Looks } from "./looks/looks";
import { FrameLoop } from "./loop";
import { Measures } from "./measures";
import { Moves } from "./moves/moves";
import type { OrbitOrigin } from "./orbitOrigin";
import { OutlineOverlay } from "./outline";
import { Overlay } from "./overlay";
import { PointerInput } from "./pointer";
import { PointerFilters } from "./pointerFilters";
import { Probe } from "./probe";
import { ScalarBars } from "./scalarBars";
import { SceneMessages } from "./sceneMessages";
import { addSelectActions } from "./selectActions";
import { Selection } from "./selection";
import { Stage, type View as StageView } from "./stage";
import { Views } from "./views";
import { addVolumeActions } from "./volumeActions";

export function createSceneView(options: SceneViewOptions): SceneView {
  return new View(options);
}

class View implements SceneView {
  private readonly loop = new FrameLoop((seconds) => this.draw(seconds));
  private readonly changes = new Changes(() => this.loop.request());
  private readonly canvas: SceneCanvas;
  private readonly world: SceneWorld;
  private readonly worldFrame: WorldFrame;
  private readonly stage: Stage;
  private readonly orbitOrigin: OnDemand<OrbitOrigin>;
  private readonly context: ContextLoss;
  private readonly frames: Frames;
  private readonly looksOf: Looks;
  private readonly messages: SceneMessages;
  private readonly capture: OnDemand<Capture>;
  private readonly pointer: PointerInput;
  private readonly selected: Selection;
  /** What is under the pointer, for tools. */
  readonly probe: Probe;
  private readonly moves: Moves;
  private readonly views: Views;
  private readonly cuts: CutActions;
  private readonly measures: Measures;
  readonly overlays = new Cell<readonly PictureOverlay[]>([]);
  private readonly disposables = new Disposables();
  private readonly set: SceneSettings;
  private disposed = false;

  /** Throws when there is no WebGL 2. */
  constructor(private readonly options: SceneViewOptions) {
    const { container, params, send } = options;
    const owned = this.disposables;
    const filters = new PointerFilters();
    const requestRender = () => this.loop.request();
    this.set = {
      fixedDpr: params.fixedDpr,
      logCamera: params.logCamera,
      orbitOriginTool: params.forceOrbitOriginTool,
    };
    this.canvas = owned.use(new SceneCanvas(container, requestRender));
    this.canvas.setPixelRatio(params.fixedDpr);
    const canvas = this.canvas.element;
    this.world = owned.use(this.createWorld());
    this.worldFrame = new WorldFrame(this.world.tree.root.local, this.world.tree.origin);
    const initial = new InitialCamera(params.initialCamera);
    const rig = owned.use(new CameraRig(canvas, initial, this.worldFrame, requestRender));
    const gizmo = owned.use(new Gizmo(container, rig, this.worldFrame));
    this.stage = new Stage(this.canvas, this.world.frame, { rig, gizmo, box: null });
    // Before flying: a key that runs an action does not fly.
    owned.use(new KeyActions(container, options.actions, () => fly.active));
    const fly = owned.use(new FlyKeys(container, () => this.rig, requestRender));
    const outline = owned.use(new OutlineOverlay(this.world.pageOnly, this.world.frame));
    const overlay = owned.use(new Overlay(container));
    this.context = owned.use(new ContextLoss(canvas, overlay, () => this.contextRestored()));
    this.orbitOrigin = owned.use(
      new OnDemand(async () => {
        const { OrbitOrigin } = await import("./orbitOrigin");
        return new OrbitOrigin(container, this.stage, this.worldFrame, requestRender);
      }),
    );
    this.showOrbitOrigin();
    const aim = new Aim(this.stage, this.worldFrame);
    this.selected = new Selection(this.world.tree, send);
    this.probe = new Probe({ canvas, world: this.world, aim, frame: this.worldFrame });
    owned.use(
      new ScalarBars({
        container,
        world: this.world,
        probe: this.probe,
        frame: this.worldFrame,
        actions: options.actions,
        overlays: this.overlays,
        edit: (path, edit) => this.edit(path, edit),
        unedit: (path, names) => this.unedit(path, names),
      }),
    );
    const pointer = owned.use(
      new PointerInput({
        canvas,
        container,
        world: this.world,
        stage: this.stage,
        aim,
        frame: this.worldFrame,
        filters,
        outline,
        probe: this.probe,
        selection: this.selected,
        send,
        requestRender,
      }),
    );
    this.pointer = pointer;
    addSelectActions({
      actions: options.actions,
      selection: this.selected,
      world: this.world,
      change: (make) => this.changes.make(make),
      armBox: () => {
        const off = options.actions.onEscape(() => pointer.disarmBox());
        pointer.armBox(off);
      },
      requestRender,
      dispose: (end) => owned.add(end),
    });
    this.cuts = owned.use(
      new CutActions({
        container,
        actions: options.actions,
        world: this.world,
        stage: this.stage,
        aim,
        frame: this.worldFrame,
        selected: () => this.selected.paths.get(),
        camera: () => {
          const [x, y, z] = this.rig.direction();
          return [-x, -y, -z];
        },
        requestRender,
      }),
    );
    owned.add(
      addVolumeActions({
        container,
        actions: options.actions,
        world: this.world,
        selected: () => this.selected.paths.get(),
        edit: (path, edit) => this.edit(path, edit),
        unedit: (path, names) => this.unedit(path, names),
      }),
    );
    this.moves = owned.use(
      new Moves({
        container,
        canvas,
        stage: this.stage,
        world: this.world,
        frame: this.worldFrame,
        aim,
        probe: this.probe,
        fly,
        filters,
        actions: options.actions,
        selected: () => this.selected.paths.get(),
        requestRender,
      }),
    );
    this.measures = owned.use(
      new Measures({
        container,
        canvas,
        stage: this.stage,
        world: this.world,
        frame: this.worldFrame,
        probe: this.probe,
        pointer,
        actions: options.actions,
        overlays: this.overlays,
        send,
        extended: options.extended,
        readOnly: () => pointer.isReadOnly,
        selected: () => this.selected.paths.get(),
      }),
    );
    this.views = owned.use(
      new Views({
        container,
        canvas: this.canvas,
        stage: this.stage,
        world: this.world,
        frame: this.worldFrame,
        actions: options.actions,
        selected: () => this.selected.paths.get(),
        send,
        extended: options.extended,
        requestRender,
      }),
    );
    const origin = new FloatingOrigin(
      this.world,
      this.stage,
      () => pointer.busy || (this.orbitOrigin.now?.busy ?? false),
    );
    const reports = owned.use(
      new CameraReports(rig, {
        send,
        resize: () => this.frames.resize(),
        logCamera: () => this.set.logCamera,
        size: () => this.stage.pixels(this.stage.main),
      }),
    );
    this.looksOf = owned.use(this.createLooks());
    this.frames = new Frames({
      canvas: this.canvas,
      world: this.world,
      stage: this.stage,
      reports,
      fly,
      origin,
      pointer,
      looks: this.looksOf,
      orbitOrigin: this.orbitOrigin,
    });
    this.capture = owned.use(
      new OnDemand(async () => {
        const { Capture } = await import("./capture");
        return new Capture({
          renderer: this.canvas.renderer,
          world: this.world,
          frame: this.worldFrame,
          lost: () => this.context.lost,
          samples: this.canvas.samples,
          cssHeight: () => Math.max(1, container.clientHeight),
          around: ({ view, forProgram }, pass) =>
            this.views.drawIn(view, () => this.frames.drawPicture(forProgram, pass)),
          seesThrough: (forProgram) => this.looksOf.seesThrough(forProgram),
          hold: () => this.changes.hold(),
          moveOriginNear: (place) => origin.moveNear(place),
        });
      }),
    );
    this.messages = new SceneMessages({
      canvas: this.canvas,
      world: this.world,
      rig,
      reports,
      filters,
      selection: this.selected,
      looks: this.looksOf,
      views: this.views,
      measures: this.measures,
      contentChanged: () => this.contentChanged(),
      follow: (message) => void this.follow(message),
      takePicture: (request) => void this.takePicture(request),
    });
    owned.use(this.changes);
    owned.use(this.loop);
    if (params.views) this.views.follow(params.views);
    this.cuts.follow(params.cuts);
    this.setDark(params.darkMode);
    requestRender();
  }

  get mounts(): SceneView["mounts"] {
    return this.world.mounts.list;
  }

  get looks(): SceneView["looks"] {
    return this.looksOf.shown;
  }

  get tree(): SceneTreeModel {
    return this.world.model;
  }

  apply(messages: readonly ServerMessage[]): void {
    this.changes.make(() => this.messages.apply(messages));
  }

  replayStart(): void {
    this.changes.make(() => this.messages.replayStart());
  }

  replayDone(): void {
    this.changes.make(() => this.messages.replayDone());
  }

  setDark(dark: boolean): void {
    this.changes.make(() => {
      this.canvas.setDark(dark);
      this.world.setDark(dark);
      this.looksOf.setDark(dark);
      this.loop.request();
    });
  }

  setReadOnly(readOnly: boolean): void {
    this.pointer.setReadOnly(readOnly);
  }

  resetView(): void {
    this.rig.reset();
  }

  focusNode(path: string): Promise<void> {
    return this.moves.focusNode(path);
  }

  lookAlong(axis: 0 | 1 | 2, sign: 1 | -1): void {
    const side: Vec3 = [0, 0, 0];
    side[axis] = sign;
    this.rig.lookFrom(this.worldFrame.directionToThree(side));
  }

  lookAt(): Vec3 {
    return this.worldFrame.pointToWorld(this.rig.target());
  }

  setLookAt(point: Vec3): void {
    this.rig.lookAt(this.worldFrame.pointToThree(point));
  }

  settings(): SceneSettings {
    return { ...this.set };
  }

  configure(settings: Partial<SceneSettings>): void {
    Object.assign(this.set, settings);
    this.showOrbitOrigin();
    this.canvas.setPixelRatio(this.set.fixedDpr);
  }

  async picture({ width, height, transparent, labels }: PictureOptions): Promise<Blob> {
    const capture = await this.capture.get();
    return capture.take({
      width,
      height,
      transparent,
      labels,
      format: "image/png",
      quality: 100,
      assetWaitMs: 0,
      camera: () => this.rig.shot(width / height),
      view: this.stage.active,
      forProgram: false,
    });
  }

  get element(): HTMLCanvasElement {
    return this.canvas.element;
  }

  redraw(): void {
    this.loop.request();
  }

  camera(main = false): ViewerCameraMessage {
    const view = main ? this.stage.main : this.stage.active;
    const { width, height } = this.stage.pixels(view);
    return view.rig.message(width, height);
  }

  viewsParams(): readonly (readonly [string, string])[] {
    return [...this.looksOf.params(), ...this.views.params(), ...this.cuts.params()];
  }

  get selection(): SceneView["selection"] {
    return this.selected.paths;
  }

  select(paths: readonly string[], mode: SelectMode = "set"): void {
    this.selected.select(paths, mode);
  }

  setVisibilityOverride(path: string, visible: boolean | null): void {
    this.changes.make(() => this.world.tree.setOverride(path, visible));
  }

  node(path: string): NodeDetails | null {
    return this.world.tree.details(path);
  }

  edit(path: string, edit: NodeEdit): void {
    this.changes.make(() => {
      this.world.tree.edit(path, edit);
      this.contentChanged();
    });
  }

  unedit(path: string, names: readonly string[] | null): void {
    this.changes.make(() => {
      this.world.tree.unedit(path, names);
      this.contentChanged();
    });
  }

  stats(): SceneStats {
    return this.frames.stats();
  }

  dispose(): void {
    this.disposed = true;
    this.disposables.dispose();
  }

  /** The camera that keys and commands are for. */
  private get rig(): CameraRig {
    return this.stage.active.rig;
  }

  private createWorld(): SceneWorld {
    const world = new SceneWorld(
      () => this.contentChanged(),
      (cb) => beforeNextFrame(cb),
      this.options.container,
    );
    const { maxTextureSize } = this.canvas.renderer.capabilities;
    world.images.maxSize = Math.min(maxTextureSize, 8192);
    world.splats.maxTextureSize = maxTextureSize;
    return world;
  }

  private createLooks(): Looks {
    const { world } = this;
    return new Looks({
      renderer: this.canvas.renderer,
      scene: world.scene,
      frame: world.frame,
      setStudioLight: (panorama) => world.environment.setStandIn(panorama),
      actions: this.options.actions,
      named: this.options.params.looks,
      requestRender: () => this.loop.request(),
      wait: (work) => world.images.wait(work),
      storage: () => window.localStorage,
    });
  }

  private draw(seconds: number): void {
    if (this.disposed || this.context.lost) return;
    this.changes.frame(() => {
      if (this.frames.draw(seconds)) this.loop.request();
    });
  }

  private contentChanged(): void {
    this.frames.contentChanged();
    if (!this.world.preparing) this.loop.request();
  }

  private contextRestored(): void {
    this.changes.make(() => {
      // three.js restores its state, but not the clear color.
      this.canvas.paintBackground();
      this.capture.now?.contextRestored();
      this.contentChanged();
    });
  }

  private async follow({ viewport, name, turn }: SetCameraFollowMessage): Promise<void> {
    const follow = ({ rig }: StageView) =>
      this.moves
        .followNode(rig, name, turn === true)
        .catch((e: unknown) => console.warn("viser: the camera can't follow:", e));
    const run = name === null ? null : (view: StageView) => void follow(view);
    const view = await this.views.each(viewport, run);
    if (view) await follow(view);
  }

  /** It is answered also where it can't be drawn: the program waits for it. */
  private async takePicture(request: GetRenderRequestMessage): Promise<void> {
    const view = this.views.at(request.viewport ?? 0);
    const response = await Promise.all([this.capture.get(), view]).then(
      ([capture, view]) => capture.answer(request, view),
      (e: unknown): GetRenderResponseMessage => {
        console.warn("viser: could not draw a picture:", e);
        const { render_uuid } = request;
        return { type: "GetRenderResponseMessage", payload: new Uint8Array(), render_uuid };
      },
    );
    if (!this.disposed) this.options.send(response);
  }

  private showOrbitOrigin(): void {
    const shown = this.set.orbitOriginTool;
    if (!shown && !this.orbitOrigin.now) return;
    this.orbitOrigin.get().then(
      (tool) => {
        tool.shown = this.set.orbitOriginTool;
      },
      (e: unknown) => console.warn("viser: no orbit origin tool:", e),
    );
  }
}

/** Browsers call no animation frames in a hidden page: a timer does instead. */
function beforeNextFrame(cb: () => void): void {
  if (document.hidden) setTimeout(cb, 100);
  else requestAnimationFrame(cb);
}
