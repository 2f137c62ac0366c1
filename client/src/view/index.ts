/**
 * The scene on the page: a canvas, its camera, its pointer, and the loop that draws when something changed.
 * Everything that is drawn is the business of ../scene.
 */
import {
  ACESFilmicToneMapping,
  Color,
  NoToneMapping,
  PCFShadowMap,
  SRGBColorSpace,
  Vector3,
  WebGLRenderer,
} from "three";
import type {
  NodeDetails,
  NodeEdit,
  SceneSettings,
  SceneStats,
  SceneTreeModel,
  SceneView,
  SceneViewOptions,
  ServerMessage,
} from "../contract";
import type { GetRenderRequestMessage, ToneMapping, Vec3 } from "../protocol/messages.gen";
import { SceneWorld } from "../scene/world";
import { cameraParams } from "../shared/params";
import { CameraRig } from "./camera";
import { Capture } from "./capture";
import { WorldFrame } from "./conventions";
import { FlyKeys } from "./fly";
import { Gizmo } from "./gizmo";
import { FrameLoop, Throttle } from "./loop";
import { OrbitOrigin } from "./orbitOrigin";
import { OutlineOverlay } from "./outline";
import { Overlay } from "./overlay";
import { PointerInput } from "./pointer";
import { PointerFilters } from "./pointerFilters";
import { leavePicturesOutOfShadows } from "./shadowPictures";

/** Milliseconds between two camera messages while the camera moves. */
const CAMERA_MS = 20;
/** More pixels than two a CSS pixel cost much and show little. */
const MAX_PIXEL_RATIO = 2;
/** The page's own colors (app.css), for a page that has no such style sheet. */
const BACKGROUND = { light: "#ffffff", dark: "#1a1d21" };
/** Of a server that sends nonsense, the console gets to see the beginning. */
const MAX_COMPLAINTS = 20;
/** After this long without its context back, the graphics driver has given up. */
const RESTORE_MS = 10_000;
/**
 * How far the camera may be from the three.js world's zero, in scene units, or as a multiple of its distance to
 * what it looks at: steps of single precision are far below a pixel there.
 */
const NEAR_ZERO = 1000;
const NEAR_ZERO_DISTANCES = 10;

export function createSceneView(options: SceneViewOptions): SceneView {
  return new View(options);
}

class View implements SceneView {
  private readonly canvas = document.createElement("canvas");
  private readonly renderer: WebGLRenderer;
  private readonly loop = new FrameLoop((seconds) => this.draw(seconds));
  private readonly world: SceneWorld;
  private readonly worldFrame: WorldFrame;
  private readonly rig: CameraRig;
  private readonly fly: FlyKeys;
  private readonly filters = new PointerFilters();
  private readonly outline: OutlineOverlay;
  private readonly pointer: PointerInput;
  private readonly capture: Capture;
  private readonly overlay: Overlay;
  private readonly gizmo: Gizmo;
  private readonly orbitOrigin: OrbitOrigin;
  private readonly set: SceneSettings;
  private readonly cameraOut = new Throttle(CAMERA_MS, () => this.sendCamera());
  private readonly cleanups: (() => void)[] = [];
  /** While a picture is drawn, which must show one state: what is to be changed when it is done. */
  private held: (() => void)[] | null = null;
  private frames = 0;
  private frameMs = 0;
  private lastInfo = { drawCalls: 0, triangles: 0 };
  private contentChanged = true;
  private sizeChanged = true;
  private lost = false;
  private disposed = false;
  /** Whether messages about the camera may be sent: the root's orientation is known. */
  private oriented = false;
  private lightsSaid = true;
  private toneMappingReceived = true;
  private lastSent = "";
  private complaints = 0;
  private dark = false;

  constructor(private readonly options: SceneViewOptions) {
    const { container, params } = options;
    const { canvas } = this;
    this.set = {
      fixedDpr: params.fixedDpr,
      logCamera: params.logCamera,
      orbitOriginTool: params.forceOrbitOriginTool,
    };
    Object.assign(canvas.style, {
      position: "absolute",
      inset: "0",
      width: "100%",
      height: "100%",
      display: "block",
      touchAction: "none",
    });
    canvas.tabIndex = 0;
    canvas.setAttribute("aria-label", "3D scene");
    // Throws when there is no WebGL 2; the page then says so.
    this.renderer = new WebGLRenderer({ canvas, ...context(canvas) });
    this.setToneMapping("linear");
    this.renderer.outputColorSpace = SRGBColorSpace;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.renderer.shadowMap.autoUpdate = false;
    leavePicturesOutOfShadows();
    container.append(canvas);

    this.world = new SceneWorld(
      () => this.contentIsNew(),
      (cb) => this.soon(cb),
      container,
    );
    this.world.images.maxSize = Math.min(this.renderer.capabilities.maxTextureSize, 8192);
    this.world.splats.maxTextureSize = this.renderer.capabilities.maxTextureSize;
    this.worldFrame = new WorldFrame(this.world.tree.root.local, this.world.tree.origin);
    this.rig = new CameraRig(canvas, params, this.worldFrame, () => this.loop.request());
    this.fly = new FlyKeys(container, this.rig, () => this.loop.request());
    this.outline = new OutlineOverlay(this.world.scene, this.world.frame);
    this.overlay = new Overlay(container);
    this.gizmo = new Gizmo(container, this.rig, this.worldFrame);
    this.orbitOrigin = new OrbitOrigin(container, this.rig, this.worldFrame, () =>
      this.loop.request(),
    );
    this.orbitOrigin.shown = this.set.orbitOriginTool;
    this.pointer = new PointerInput({
      canvas,
      container,
      world: this.world,
      rig: this.rig,
      frame: this.worldFrame,
      filters: this.filters,
      outline: this.outline,
      send: options.send,
      once: (cb) => this.loop.once(cb),
      requestRender: () => this.loop.request(),
    });
    this.capture = new Capture({
      renderer: this.renderer,
      world: this.world,
      frame: this.worldFrame,
      camera: this.rig.camera,
      lost: () => this.lost,
      samples: this.samples(),
      cssHeight: () => Math.max(1, container.clientHeight),
      around: (draw) => this.drawAside(draw),
      hold: () => this.hold(),
      comeNear: (place) => this.comeNear(place, NEAR_ZERO, place),
    });
    this.watchSize();
    this.watchContext();
    this.setDark(params.darkMode);
    this.loop.request();
  }

  get mounts(): SceneView["mounts"] {
    return this.world.mounts.list;
  }

  get tree(): SceneTreeModel {
    return this.world.model;
  }

  apply(messages: readonly ServerMessage[]): void {
    this.change(() => this.applyAll(messages));
  }

  replayStart(): void {
    this.change(() => this.beginReplay());
  }

  replayDone(): void {
    this.change(() => this.endReplay());
  }

  setDark(dark: boolean): void {
    this.change(() => this.paintFor(dark));
  }

  private applyAll(messages: readonly ServerMessage[]): void {
    let rootTurned = false;
    for (const m of messages) {
      try {
        rootTurned = this.applyOne(m) || rootTurned;
      } catch (e) {
        // A message that can't be: the next one may be well.
        if (this.complaints++ < MAX_COMPLAINTS) {
          console.warn(`viser: a ${m?.type} could not be applied:`, e);
        }
      }
    }
    this.rig.commit(rootTurned);
    if (rootTurned) {
      this.world.surroundings.turned();
      const first = !this.oriented;
      this.oriented = true;
      // The camera's pose in viser's world is another now.
      if (first) this.cameraOut.now();
      else this.cameraOut.call();
    }
  }

  private beginReplay(): void {
    this.world.tree.replayStart();
    this.filters.replayStart();
    this.rig.replayStart();
    this.lightsSaid = false;
    this.toneMappingReceived = false;
    this.world.surroundings.replayStart();
    this.lastSent = "";
    // On the first connection nobody knows yet which way is up: the camera's pose would be wrong.
    if (this.oriented) this.cameraOut.now();
  }

  private endReplay(): void {
    this.world.tree.replayDone();
    this.filters.replayDone();
    this.rig.replayDone();
    if (!this.lightsSaid) this.world.lights.set(true, true);
    if (!this.toneMappingReceived) this.setToneMapping("linear");
    this.world.surroundings.replayDone();
    this.oriented = true;
    this.cameraOut.now();
    this.contentIsNew();
  }

  private paintFor(dark: boolean): void {
    this.dark = dark;
    const style = getComputedStyle(this.options.container);
    const page = style.getPropertyValue("--viser-page").trim();
    const color = new Color(BACKGROUND[dark ? "dark" : "light"]);
    if (/^#[0-9a-f]{6}$/i.test(page)) color.setStyle(page);
    this.renderer.setClearColor(color, 1);
    this.world.setDark(dark);
    this.loop.request();
  }

  resetView(): void {
    this.rig.reset();
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
    this.orbitOrigin.shown = this.set.orbitOriginTool;
    this.sizeChanged = true;
    this.loop.request();
  }

  saveCanvas(): void {
    this.change(() => this.saveNow());
  }

  private saveNow(): void {
    // The canvas keeps its pixels only until the browser has shown them: in the same step, then.
    this.draw(0);
    this.canvas.toBlob((blob) => {
      if (!blob) return;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "viser.png";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }, "image/png");
  }

  setVisibilityOverride(path: string, visible: boolean | null): void {
    this.change(() => this.world.tree.setOverride(path, visible));
  }

  node(path: string): NodeDetails | null {
    return this.world.tree.details(path);
  }

  edit(path: string, edit: NodeEdit): void {
    this.change(() => {
      this.world.tree.edit(path, edit);
      this.contentIsNew();
    });
  }

  unedit(path: string, names: readonly string[] | null): void {
    this.change(() => {
      this.world.tree.unedit(path, names);
      this.contentIsNew();
    });
  }

  stats(): SceneStats {
    const { memory, programs } = this.renderer.info;
    return {
      frames: this.frames,
      frameMs: this.frameMs,
      pixelRatio: this.renderer.getPixelRatio(),
      ...this.lastInfo,
      geometries: memory.geometries,
      textures: memory.textures,
      programs: programs?.length ?? 0,
      nodes: this.world.tree.size,
    };
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.cameraOut.stop();
    this.loop.dispose();
    for (const cleanup of this.cleanups) cleanup();
    this.pointer.dispose();
    this.fly.dispose();
    this.rig.dispose();
    this.outline.dispose();
    this.world.dispose();
    this.overlay.dispose();
    this.gizmo.dispose();
    this.orbitOrigin.dispose();
    this.renderer.dispose();
    // Frees what three.js keeps for itself (its shadow programs), and the context: browsers allow only a few.
    this.renderer.forceContextLoss();
    this.canvas.remove();
  }

  /** Says whether it turned the root. */
  private applyOne(m: ServerMessage): boolean {
    switch (m.type) {
      case "ScenePointerEnableMessage":
        this.filters.set(m);
        return false;
      case "EnableLightsMessage":
        this.lightsSaid = true;
        this.world.lights.set(m.enabled, m.cast_shadow);
        this.contentIsNew();
        return false;
      case "SetToneMappingMessage":
        this.toneMappingReceived = true;
        this.setToneMapping(m.tone_mapping);
        return false;
      case "FogMessage":
        this.world.surroundings.setFog(m);
        return false;
      case "EnvironmentMapMessage":
        this.world.surroundings.setPanorama(m);
        return false;
      case "GetRenderRequestMessage":
        this.answer(m);
        return false;
    }
    if (this.world.apply(m)) return m.type === "SetOrientationMessage" && m.name === "";
    this.rig.apply(m);
    return false;
  }

  /** Of what is lit; all else is drawn in its own colors. */
  private setToneMapping(mapping: ToneMapping): void {
    this.renderer.toneMapping = mapping === "filmic" ? ACESFilmicToneMapping : NoToneMapping;
    this.loop.request();
  }

  private answer(request: GetRenderRequestMessage): void {
    void this.capture.answer(request).then((response) => {
      if (!this.disposed) this.options.send(response);
    });
  }

  private contentIsNew(): void {
    this.contentChanged = true;
    if (!this.world.preparing) this.loop.request();
  }

  /** Changes what is drawn: now, or when the picture that is being drawn is done. */
  private change(work: () => void): void {
    if (this.held) this.held.push(work);
    else work();
  }

  /** Until the returned function is called, nothing changes and no frame is drawn. */
  private hold(): () => void {
    const held: (() => void)[] = [];
    this.held = held;
    return () => {
      if (this.held !== held) return;
      this.held = null;
      if (this.disposed) return;
      for (const work of held) work();
      this.loop.request();
    };
  }

  /**
   * Moves the three.js world's zero to a place in it if the eye is further from the old one than `reach`. Not
   * while somebody drags something, since places that a drag has begun at are remembered.
   */
  private comeNear(eye: Vec3, reach: number, place: Vec3): void {
    if (Math.hypot(...eye) <= reach || this.pointer.busy || this.orbitOrigin.busy) return;
    const { origin } = this.world.tree;
    const home = place.map((x, i) => x + origin[i]!);
    // In most scenes all is near the zero that their programs know.
    const by = Math.hypot(...home) < NEAR_ZERO ? origin.map((x) => -x) : place;
    this.world.moveOrigin(by as Vec3);
    this.rig.shift(by as Vec3);
  }

  private draw(seconds: number): void {
    if (this.disposed || this.lost || this.held) return;
    const began = performance.now();
    this.resize();
    const flying = this.fly.update(seconds);
    const moving = this.rig.update(seconds);
    const reach = Math.max(NEAR_ZERO, NEAR_ZERO_DISTANCES * this.rig.distance);
    this.comeNear(this.rig.camera.position.toArray(), reach, this.rig.target(false));
    this.world.flush(this.rig.camera);
    this.world.splats.prepare(this.rig.camera);
    this.updateShadows();
    this.pointer.refreshHover();
    this.renderer.render(this.world.scene, this.rig.camera);
    this.gizmo.update();
    const { clientWidth, clientHeight } = this.options.container;
    this.world.mounts.place(this.rig.camera, clientWidth, clientHeight);
    this.orbitOrigin.update();
    this.frames++;
    const { calls, triangles } = this.renderer.info.render;
    this.lastInfo = { drawCalls: calls, triangles };
    if (moving || flying) this.loop.request();
    this.cameraMoved();
    this.frameMs = performance.now() - began;
  }

  /** For pictures that are not for the canvas. */
  private drawAside(draw: () => void): void {
    this.outline.visible = false;
    this.updateShadows();
    try {
      draw();
    } finally {
      this.outline.visible = true;
    }
  }

  private updateShadows(): void {
    const target = new Vector3(...this.rig.target(false));
    const moved = this.world.lights.cover(target, this.rig.distance);
    if ((moved || this.contentChanged) && this.world.lights.shadows) {
      this.renderer.shadowMap.needsUpdate = true;
    }
    this.contentChanged = false;
  }

  private cameraMoved(): void {
    if (!this.oriented) return;
    const { position: p, quaternion: q, up, fov, near, far } = this.rig.camera;
    const t = this.rig.target(false);
    const now = `${p.toArray()} ${q.toArray()} ${up.toArray()} ${t} ${fov} ${near} ${far} ${this.canvas.width} ${this.canvas.height}`;
    if (now === this.lastSent) return;
    this.lastSent = now;
    this.cameraOut.call();
  }

  private sendCamera(): void {
    this.resize();
    this.rig.update(0);
    const message = this.rig.message(this.canvas.width, this.canvas.height);
    this.options.send(message);
    if (this.set.logCamera) console.log(cameraParams(message));
  }

  private resize(): void {
    if (!this.sizeChanged) return;
    this.sizeChanged = false;
    const { container } = this.options;
    const ratio = this.set.fixedDpr ?? Math.min(window.devicePixelRatio || 1, MAX_PIXEL_RATIO);
    const width = Math.max(1, container.clientWidth);
    const height = Math.max(1, container.clientHeight);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.rig.setAspect(width / height);
    this.world.frame.viewport.value.set(this.canvas.width, this.canvas.height);
    this.world.frame.pixelRatio.value = ratio;
    this.world.labels.setPixelRatio(ratio);
  }

  private watchSize(): void {
    const renew = () => {
      this.sizeChanged = true;
      this.loop.request();
    };
    const observer = new ResizeObserver(renew);
    observer.observe(this.options.container);
    this.cleanups.push(() => observer.disconnect());
    // Moving the window to another screen changes the ratio, not the size.
    let query: MediaQueryList | null = null;
    const watch = () => {
      query?.removeEventListener("change", watch);
      query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      query.addEventListener("change", watch);
      renew();
    };
    watch();
    this.cleanups.push(() => query?.removeEventListener("change", watch));
  }

  private watchContext(): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lost = (e: Event) => {
      e.preventDefault();
      this.lost = true;
      this.overlay.say("The graphics driver took the 3D view away. Waiting to get it back…");
      timer = setTimeout(() => {
        this.overlay.say("The graphics driver did not give the 3D view back. Reload the page.");
      }, RESTORE_MS);
    };
    const restored = () => {
      clearTimeout(timer);
      this.lost = false;
      this.overlay.say(null);
      // three.js starts anew, with a black background.
      this.setDark(this.dark);
      this.contentIsNew();
    };
    this.canvas.addEventListener("webglcontextlost", lost);
    this.canvas.addEventListener("webglcontextrestored", restored);
    this.cleanups.push(() => {
      clearTimeout(timer);
      this.canvas.removeEventListener("webglcontextlost", lost);
      this.canvas.removeEventListener("webglcontextrestored", restored);
    });
  }

  /** As many samples a pixel as the canvas has. */
  private samples(): number {
    const gl = this.renderer.getContext();
    return Math.min(gl.getParameter(gl.SAMPLES), this.renderer.capabilities.maxSamples);
  }

  /** Before the next frame; a hidden page has none, and tells in its own time. */
  private soon(cb: () => void): void {
    if (document.hidden) setTimeout(cb, 100);
    else requestAnimationFrame(cb);
  }
}

/**
 * A context of our own, since three.js asks for one whose pixels the page shines through: the smoothed
 * edges of points would.
 */
function context(canvas: HTMLCanvasElement): { context?: WebGL2RenderingContext } {
  const gl = canvas.getContext("webgl2", {
    alpha: false,
    antialias: true,
    depth: true,
    stencil: false,
    powerPreference: "high-performance",
  });
  // Without one, three.js asks in vain too and says why.
  return gl ? { context: gl } : {};
}
