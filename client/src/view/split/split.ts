/**
 * Several views of the scene on one canvas, each with its own camera, and nodes that are hidden in it only. The main
 * view, whose camera is the client's camera for the program, is always there. Loaded when the page is first split.
 */
import type { ViewerCameraMessage } from "../../protocol/messages.gen";
import type { NodePlace, SceneWorld } from "../../scene/world";
import { CameraRig } from "../camera";
import type { SceneCanvas } from "../canvas";
import type { WorldFrame } from "../conventions";
import { Gizmo } from "../gizmo";
import { Throttle } from "../loop";
import { sideOf } from "../moves/sides";
import type { Split, Stage, View } from "../stage";
import { Dividers } from "./dividers";
import { arrange, type LayoutName, type Shares, VIEWS } from "./layouts";
import { CameraLinks } from "./links";
import { Pane } from "./pane";
import { PointerRouter } from "./router";
import "./split.css";

export interface SplitDeps {
  container: HTMLElement;
  canvas: SceneCanvas;
  stage: Stage;
  world: SceneWorld;
  frame: WorldFrame;
  requestRender(): void;
  /** The user has changed the layout, or whether the views are linked. */
  changed(): void;
  /** The camera of another view than the main one, by its number. */
  report(message: ViewerCameraMessage, viewport: number): void;
}

/** Where the cameras of new views are, if there is more than one of them: above, in front, at the right. */
const SIDES = [
  [0, 1, 0],
  [0, 0, 1],
  [1, 0, 0],
] as const;
/** The layout when one of so many views is closed. */
const WITHOUT_ONE: readonly LayoutName[] = ["single", "single", "single", "columns", "main"];
/** Milliseconds between two reports of a camera. */
const REPORT_MS = 20;
const NOTHING: ReadonlySet<NodePlace> = new Set();

export class ViewSplit implements Split {
  layout: LayoutName = "single";
  private linkedNow = false;
  private readonly shares: Shares = { x: 0.5, y: 0.5 };
  private maximized: View | null = null;
  private panes: Pane[];
  private readonly dividers: Dividers;
  private readonly links = new CameraLinks();
  private readonly router: PointerRouter;
  private readonly reports = new Throttle(REPORT_MS, () => this.report());
  /** What was drawn last, and what was reported of it. */
  private seen: string[] = [];
  private reported: string[] = [];
  private size = { width: 1, height: 1 };
  /** Whether the cameras are to be linked when the initial state has been received. */
  linkedAfterReplay = false;
  /** Called with the number of a view that was added. */
  added: (index: number) => void = () => {};

  constructor(private readonly deps: SplitDeps) {
    const { stage, container, canvas } = deps;
    this.panes = [this.paneOf(stage.main)];
    this.panes[0]!.element.style.display = "none";
    this.dividers = new Dividers(container, {
      move: (axis, share) => {
        this.shares[axis] = Math.min(Math.max(share, 0), 1);
        this.rearrange();
      },
      stage: () => container.getBoundingClientRect(),
    });
    this.router = new PointerRouter(canvas.element, {
      viewAt: (x, y) => this.viewUnder(x, y),
      point: (view) => this.point(view),
      activate: (view) => this.activate(view),
    });
  }

  get linked(): boolean {
    return this.linkedNow;
  }

  set linked(linked: boolean) {
    this.linkedNow = linked;
    this.links.note(this.rigs());
    this.deps.requestRender();
  }

  get isMaximized(): boolean {
    return this.maximized !== null;
  }

  /** null: there is none of that number. */
  viewAt(index: number): View | null {
    return this.deps.stage.views[index] ?? null;
  }

  setLayout(layout: LayoutName): void {
    const { stage } = this.deps;
    const before = stage.views.length;
    const count = VIEWS[layout];
    const views = [...stage.views];
    while (views.length > count) this.drop(views.pop()!);
    const sides = count > 2;
    while (views.length < count) views.push(this.add(sides ? views.length - 1 : null));
    this.layout = layout;
    this.maximized = null;
    this.show(views);
    for (let i = before; i < count; i++) this.added(i);
  }

  /** Closes a view; the main one stays. */
  close(view: View): void {
    const views = this.deps.stage.views.filter((v) => v !== view);
    if (view === this.deps.stage.main || views.length === this.deps.stage.views.length) return;
    this.drop(view);
    this.layout = WITHOUT_ONE[views.length + 1]!;
    this.maximized = null;
    // The next views are not linked only because those were that were closed.
    if (views.length === 1) this.linkedNow = false;
    this.show(views);
  }

  /** Gives a view the whole stage, or all of them their parts again. */
  toggleMaximized(view: View): void {
    this.maximized = this.maximized ? null : view;
    this.activate(view);
    this.point(view);
    this.rearrange();
  }

  /** Hides nodes in a view, in place of those that are hidden there. */
  setHidden(view: View, paths: ReadonlySet<string>): void {
    const pane = this.panes.find((p) => p.view === view);
    if (!pane) return;
    pane.hidden = paths;
    this.attach();
    this.deps.world.veil(this.hiddenIn(this.deps.stage.pointed));
    this.deps.requestRender();
  }

  hiddenPaths(view: View): ReadonlySet<string> {
    return this.panes.find((p) => p.view === view)?.hidden ?? new Set();
  }

  /** Draws without the nodes that are hidden in a view, whichever is pointed at. */
  drawIn(view: View, draw: () => void): void {
    const { world, stage } = this.deps;
    world.veil(this.hiddenIn(view));
    try {
      draw();
    } finally {
      world.veil(this.hiddenIn(stage.pointed));
    }
  }

  // ---- Split

  arrange(width: number, height: number): void {
    this.size = { width, height };
    const { views } = this.deps.stage;
    const whole = this.maximized !== null;
    const { boxes, dividers } = arrange(whole ? "single" : this.layout, width, height, this.shares);
    views.forEach((view, i) => {
      view.box = whole ? (view === this.maximized ? boxes[0]! : null) : boxes[i]!;
    });
    this.dividers.show(dividers, this.shares);
    this.panes.forEach((pane, i) => {
      pane.show(i + 1, whole);
    });
  }

  link(): void {
    if (this.linkedNow) this.links.follow(this.activeFirst());
  }

  enter(view: View): void {
    const { renderer } = this.deps.canvas;
    const { box } = view;
    if (box) {
      const { x, width, height } = box;
      const y = this.size.height - box.y - height;
      renderer.setViewport(x, y, width, height);
      renderer.setScissor(x, y, width, height);
      renderer.setScissorTest(true);
    }
    this.deps.world.veil(this.hiddenIn(view));
  }

  drawn(): void {
    this.wholeCanvas();
    this.links.note(this.rigs());
    const { stage } = this.deps;
    const now = stage.views.map((view) => {
      const { width, height } = stage.pixels(view);
      return `${view.rig.key()} ${width} ${height}`;
    });
    if (now.length === this.seen.length && now.every((k, i) => k === this.seen[i])) return;
    this.seen = now;
    this.reports.call();
  }

  /** The server does not know the cameras yet. */
  reportAgain(): void {
    this.reported = [];
    if (this.deps.stage.views.length > 1) this.reports.call();
  }

  dispose(): void {
    this.reports.stop();
    this.router.dispose();
    this.dividers.dispose();
    for (const view of this.deps.stage.views) if (view !== this.deps.stage.main) this.drop(view);
    for (const pane of this.panes) pane.dispose();
  }

  // ----

  private report(): void {
    const { stage } = this.deps;
    const before = this.reported;
    this.reported = this.seen;
    stage.views.forEach((view, i) => {
      if (i === 0 || (this.seen[i] !== undefined && this.seen[i] === before[i])) return;
      const { width, height } = stage.pixels(view);
      this.deps.report(view.rig.message(width, height), i);
    });
  }

  private rigs(): CameraRig[] {
    return this.deps.stage.views.map(({ rig }) => rig);
  }

  /** The user moves the camera of the view that is used: what it does is not for another one that moves too. */
  private activeFirst(): CameraRig[] {
    const { active, views } = this.deps.stage;
    return [active, ...views.filter((view) => view !== active)].map(({ rig }) => rig);
  }

  private paneOf(view: View): Pane {
    const { stage, container } = this.deps;
    const close = () => {
      this.close(view);
      this.deps.changed();
    };
    return new Pane(container, view, {
      maximize: () => this.toggleMaximized(view),
      close: view === stage.main ? null : close,
    });
  }

  /** A new view: from a side of what the main one looks at, or as the main one. */
  private add(side: number | null): View {
    const { stage, canvas, frame, requestRender } = this.deps;
    const { rig: main } = stage.main;
    const rig = new CameraRig(canvas.element, main.initialCamera, frame, requestRender);
    rig.controls.enabled = false;
    rig.adopt(main);
    const direction = side === null ? undefined : SIDES[side];
    if (direction) {
      rig.setProjection("orthographic");
      const at = main.target();
      const [x, y, z] = sideOf(frame, [...direction]);
      const d = main.distance;
      rig.place([at[0] + x * d, at[1] + y * d, at[2] + z * d], at);
    }
    rig.update(0);
    const gizmo = new Gizmo(this.deps.container, rig, frame);
    const view: View = { rig, gizmo, box: null };
    const pane = this.paneOf(view);
    gizmo.moveTo(pane.element);
    this.panes.push(pane);
    return view;
  }

  private drop(view: View): void {
    view.box = null;
    this.panes.find((pane) => pane.view === view)?.dispose();
    this.panes = this.panes.filter((pane) => pane.view !== view);
    this.deps.world.splats.forget(view.rig.camera);
    view.gizmo.dispose();
    view.rig.drive(null);
    view.rig.dispose();
  }

  private show(views: readonly View[]): void {
    const { stage, container } = this.deps;
    stage.views = views;
    if (!views.includes(stage.active)) stage.active = stage.main;
    if (!views.includes(stage.pointed)) stage.pointed = stage.main;
    // In the order of the numbers, also for who goes through the buttons with the keyboard.
    this.panes.sort((a, b) => views.indexOf(a.view) - views.indexOf(b.view));
    const several = views.length > 1;
    stage.main.gizmo.moveTo(several ? this.panes[0]!.element : container);
    this.panes[0]!.element.style.display = several ? "" : "none";
    this.links.note(this.rigs());
    this.attach();
    this.rearrange();
    this.activate(stage.active);
    this.router.on = several;
  }

  /** The stage has parts only if there is something to part. */
  private attach(): void {
    const { stage } = this.deps;
    const used = stage.views.length > 1 || this.panes.some((pane) => pane.hidden.size > 0);
    stage.split = used ? this : null;
    if (used) return;
    this.deps.world.veil(NOTHING);
    this.dividers.show([], this.shares);
    this.wholeCanvas();
  }

  private rearrange(): void {
    const { stage } = this.deps;
    // What is pointed at is shown.
    if (this.maximized) stage.pointed = stage.active = this.maximized;
    stage.arrange();
    this.deps.requestRender();
  }

  private wholeCanvas(): void {
    const { renderer } = this.deps.canvas;
    const { width, height } = this.size;
    renderer.setScissorTest(false);
    renderer.setViewport(0, 0, width, height);
    renderer.setScissor(0, 0, width, height);
  }

  private viewUnder(clientX: number, clientY: number): View | null {
    const { stage } = this.deps;
    return (
      stage.views.find((view) => {
        if (!view.box) return false;
        const { left, top, width, height } = stage.rectOf(view);
        return (
          clientX >= left && clientX < left + width && clientY >= top && clientY < top + height
        );
      }) ?? null
    );
  }

  private point(view: View): void {
    const { stage } = this.deps;
    if (stage.pointed === view) return;
    stage.pointed = view;
    for (const { rig } of stage.views) if (rig !== view.rig) rig.controls.enabled = false;
    // The last: the controls set how the canvas takes fingers.
    view.rig.controls.enabled = true;
    stage.enter(view);
    this.wholeCanvas();
  }

  private activate(view: View): void {
    const { stage } = this.deps;
    const changed = stage.active !== view;
    stage.active = view;
    const several = stage.views.length > 1 && !this.maximized;
    for (const pane of this.panes) pane.active = several && pane.view === view;
    if (changed) this.deps.requestRender();
  }

  /** Nodes that are hidden in a view, with all that is below them. */
  private hiddenIn(view: View): ReadonlySet<NodePlace> {
    const paths = this.hiddenPaths(view);
    if (paths.size === 0) return NOTHING;
    const all = new Set<NodePlace>();
    const add = (place: NodePlace): void => {
      all.add(place);
      for (const child of place.children.values()) add(child);
    };
    for (const path of paths) {
      const place = this.deps.world.tree.get(path);
      if (place && !all.has(place)) add(place);
    }
    return all;
  }
}
