/** Measures: takes clicks while it is in use, and keeps what was measured until it is removed. */
import { type Camera, Vector3 } from "three";
import type { MeasureKind, Vec3 } from "../../protocol/messages.gen";
import { Pose } from "../../scene/pose";
import { copyText } from "../../shared/clipboard";
import { Disposables } from "../../shared/disposables";
import { isTyping } from "../../shared/hotkey";
import type { At } from "../aim";
import { sceneListens } from "../keyActions";
import type { Probed } from "../probe";
import { snapsOf } from "../probeDetail";
import { addToolButton, makeToolCard } from "../toolCard";
import type { MeasureDeps } from "./deps";
import { KINDS, tidy } from "./kinds";
import { MeasureOverlay } from "./overlay";
import { nearestOnSurface } from "./surface";
import { asJSON, asText, differences, type Measurement, textOf } from "./text";
import "./measure.css";

/** In CSS pixels. */
const SNAP_PX = 12;
/** In so many directions and so far away it is looked for a body, if there is none at a place. */
const AROUND = 8;
const BESIDE_PX = 8;
/** A second click within this time and distance ends a line. */
const DOUBLE_MS = 350;
const DOUBLE_PX = 6;
/** As many as a server takes. */
const MAX_POINTS = 1_000;
const MAX_KEPT = 200;

/** A place for a point. */
interface Spot {
  point: Vec3;
  node: string;
  snapped: boolean;
}

export class MeasureTool {
  readonly done: Measurement[] = [];
  unit = "";
  reports = false;
  snaps = true;
  /** The path of the node in whose frame coordinates are; "": the world's. */
  frameNode = "";
  private current: Measurement | null = null;
  private readonly overlay: MeasureOverlay;
  private readonly card = makeToolCard("viser-measure-card");
  private readonly text = document.createElement("span");
  private readonly result = document.createElement("output");
  private readonly undoing: HTMLButtonElement;
  private readonly finishing: HTMLButtonElement;
  private readonly cross = document.createElement("div");
  private active: Disposables | null = null;
  private lastClick: { at: At; time: number } | null = null;
  private note = "";
  private readonly prepare = (camera: Camera) => {
    if (camera === this.deps.stage.pointed.rig.camera) this.overlay.draw();
  };

  constructor(private readonly deps: MeasureDeps) {
    const { container, stage, frame } = deps;
    this.overlay = new MeasureOverlay(container, stage, frame, {
      unit: () => this.unit,
      local: (p) => this.local(p),
      remove: (m) => this.remove(m),
      drag: (m, point, e) => this.dragged(m, point, e),
    });
    const { card } = this;
    this.text.setAttribute("role", "status");
    card.append(this.text, this.result);
    this.undoing = addToolButton(card, "Undo", () => this.undo());
    this.finishing = addToolButton(card, "Finish", () => this.finish());
    addToolButton(card, "Done", () => this.stop());
    this.cross.className = "viser-measure-cross";
  }

  get kind(): MeasureKind | null {
    return this.current?.kind ?? null;
  }

  /** Begins with another kind, or ends the same one. */
  toggle(kind: MeasureKind): void {
    const again = this.kind === kind;
    this.stop();
    if (!again) this.start(kind);
  }

  clear(): void {
    this.done.length = 0;
    this.changed();
  }

  async copyText(): Promise<void> {
    await copyText(asText(this.done, this.unit));
    this.deps.actions.say("Measurements copied");
  }

  async copyJSON(): Promise<void> {
    await copyText(asJSON(this.done, this.unit));
    this.deps.actions.say("Measurements copied");
  }

  changed(): void {
    const shown = this.current !== null || this.done.length > 0;
    const { world, overlays } = this.deps;
    if (shown) world.perFrame.add(this.prepare);
    else world.perFrame.delete(this.prepare);
    const others = overlays.get().filter((o) => o !== this.overlay.picture);
    const listed = others.length < overlays.get().length;
    if (listed !== this.done.length > 0) {
      overlays.set(this.done.length > 0 ? [...others, this.overlay.picture] : others);
    }
    this.overlay.list = this.current?.points.length ? [...this.done, this.current] : this.done;
    if (!this.current) this.overlay.preview = null;
    this.overlay.measuring = this.current !== null;
    this.overlay.draw();
    this.write();
  }

  dispose(): void {
    this.stop();
    this.deps.world.perFrame.delete(this.prepare);
    this.overlay.dispose();
  }

  private start(kind: MeasureKind): void {
    const { container, actions, pointer, probe } = this.deps;
    this.current = { kind, points: [], nodes: [] };
    this.card.setAttribute("aria-label", KINDS[kind].label);
    container.append(this.card);
    const on = new Disposables();
    this.active = on;
    on.add(actions.onEscape(() => this.stop()));
    pointer.tool = (at) => this.clicked(at);
    on.add(() => {
      pointer.tool = null;
    });
    on.add(probe.follow((probed, at) => this.hovered(probed, at)));
    const win = container.ownerDocument.defaultView!;
    on.listen<KeyboardEvent>(win, "keydown", (e) => this.pressed(e), { capture: true });
    on.listen(container, "pointermove", () => this.cross.remove(), { passive: true });
    this.changed();
  }

  private stop(): void {
    if (!this.active) return;
    this.active.dispose();
    this.active = null;
    this.current = null;
    this.note = "";
    this.card.remove();
    this.cross.remove();
    this.changed();
  }

  private pressed(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey || isTyping(e.target)) return;
    if (!sceneListens(this.deps.container)) return;
    if (e.code.startsWith("Arrow") || /^Key[WASDQE]$/.test(e.code)) this.showCross();
    const run = {
      " ": () => this.placeAhead(),
      Enter: () => this.finish(),
      Backspace: () => this.undo(),
    }[e.key];
    if (!run) return;
    e.preventDefault();
    e.stopPropagation();
    run();
  }

  /** The middle of the view that is used, where the space bar places a point. */
  private showCross(): void {
    const { stage, container } = this.deps;
    const { left, top } = container.getBoundingClientRect();
    const r = stage.rectOf(stage.active);
    this.cross.style.left = `${r.left - left + r.width / 2}px`;
    this.cross.style.top = `${r.top - top + r.height / 2}px`;
    if (this.cross.parentElement) return;
    this.deps.container.append(this.cross);
    this.write();
  }

  private placeAhead(): void {
    const { stage } = this.deps;
    this.showCross();
    stage.pointed = stage.active;
    const r = stage.rectOf(stage.active);
    this.clicked({ clientX: r.left + r.width / 2, clientY: r.top + r.height / 2 });
  }

  private clicked(at: At): void {
    const { current, lastClick } = this;
    if (!current) return;
    const time = performance.now();
    this.lastClick = { at, time };
    const twice = lastClick && time - lastClick.time < DOUBLE_MS && near(lastClick.at, at);
    if (twice && KINDS[current.kind].points === null) {
      this.finish();
      return;
    }
    const spot = this.spotAt(at);
    if (spot) this.add(spot);
    else this.write();
  }

  private hovered(probed: Probed | null, at: At | null): void {
    const { current } = this;
    if (!current) return;
    const spot = at && (probed ? this.spotOf(probed, at) : this.snapBeside(at));
    this.overlay.preview = spot && {
      m: { ...current, points: [...current.points, tidy(spot.point)], nodes: [] },
      snapped: spot.snapped,
    };
    this.overlay.list = spot ? this.done : this.listed();
    this.overlay.draw();
    this.write();
  }

  private listed(): readonly Measurement[] {
    return this.current?.points.length ? [...this.done, this.current] : this.done;
  }

  private spotAt(at: At): Spot | null {
    const probed = this.deps.probe.at(at);
    const spot = probed ? this.spotOf(probed, at) : this.snapBeside(at);
    if (!probed) this.note = spot ? "" : "Nothing is there. ";
    return spot;
  }

  /** null: it can't be a point of what is measured. */
  private spotOf(probed: Probed, at: At): Spot | null {
    const { frame } = this.deps;
    const node = probed.place.path;
    if (this.current?.kind === "surface" && this.current.points.length === 1) {
      const from = frame.pointToThree(this.current.points[0]!);
      const to = nearestOnSurface(from, probed);
      this.note = to ? "" : "That has no surface. ";
      return to && { point: frame.pointToWorld(to), node, snapped: false };
    }
    const snap = this.snaps ? this.nearestSnap(probed, at) : null;
    return { point: snap ?? probed.point, node, snapped: snap !== null };
  }

  /** Of a place beside a body, the corner that is as near as one would be on it. */
  private snapBeside(at: At): Spot | null {
    if (!this.snaps || this.current?.kind === "surface") return null;
    let best: Spot | null = null;
    let least = SNAP_PX;
    for (let i = 0; i < AROUND; i++) {
      const angle = (2 * Math.PI * i) / AROUND;
      const beside = {
        clientX: at.clientX + BESIDE_PX * Math.cos(angle),
        clientY: at.clientY + BESIDE_PX * Math.sin(angle),
      };
      const probed = this.deps.probe.at(beside);
      const point = probed && this.nearestSnap(probed, at);
      const off = point ? this.offScreen(point, at) : SNAP_PX;
      if (!point || off >= least) continue;
      least = off;
      best = { point, node: probed.place.path, snapped: true };
    }
    return best;
  }

  private nearestSnap(probed: Probed, at: At): Vec3 | null {
    let best: Vec3 | null = null;
    let least = SNAP_PX;
    for (const p of snapsOf(probed, this.deps.frame)) {
      const off = this.offScreen(p, at);
      if (off < least) [best, least] = [p, off];
    }
    return best;
  }

  /** How far a point is from the pointer, in CSS pixels. */
  private offScreen(p: Vec3, at: At): number {
    const { stage, frame } = this.deps;
    const view = stage.pointed;
    const r = stage.rectOf(view);
    const { x, y } = new Vector3(...frame.pointToThree(p)).project(view.rig.camera);
    const [px, py] = [r.left + ((x + 1) / 2) * r.width, r.top + ((1 - y) / 2) * r.height];
    return Math.hypot(px - at.clientX, py - at.clientY);
  }

  private add({ point, node }: Spot): void {
    const current = this.current!;
    const { points } = KINDS[current.kind];
    const place = tidy(point);
    // The space bar, pressed again.
    if (current.points.at(-1)?.every((v, i) => v === place[i])) return;
    current.points.push(place);
    current.nodes.push(node);
    this.overlay.preview = null;
    if (current.points.length === (points ?? MAX_POINTS)) this.finish();
    else this.changed();
  }

  private undo(): void {
    this.current?.points.pop();
    this.current?.nodes.pop();
    this.lastClick = null;
    this.overlay.preview = null;
    this.changed();
  }

  /** Keeps it, if it has enough points, and begins the next one. */
  private finish(): void {
    const { current } = this;
    if (!current || current.points.length < KINDS[current.kind].least) return;
    this.done.push(current);
    if (this.done.length > MAX_KEPT) this.done.shift();
    this.current = { kind: current.kind, points: [], nodes: [] };
    this.lastClick = null;
    this.overlay.preview = null;
    this.report(current);
    this.changed();
  }

  private remove(m: Measurement): void {
    const at = this.done.indexOf(m);
    if (at >= 0) this.done.splice(at, 1);
    else if (m === this.current) this.current = { kind: m.kind, points: [], nodes: [] };
    this.changed();
    this.deps.canvas.focus({ preventScroll: true });
  }

  private dragged(m: Measurement, index: number, e: PointerEvent | null): void {
    if (!e) {
      if (this.done.includes(m)) this.report(m);
      return;
    }
    const probed = this.deps.probe.at(e);
    if (!probed) return;
    const { point, node } = this.dragSpot(m, index, probed, e);
    m.points[index] = tidy(point);
    m.nodes[index] = node;
    this.changed();
  }

  private dragSpot(m: Measurement, index: number, probed: Probed, at: At): Spot {
    const node = probed.place.path;
    const snap = this.snaps ? this.nearestSnap(probed, at) : null;
    const point = snap ?? probed.point;
    if (m.kind !== "surface") return { point, node, snapped: snap !== null };
    // The other end stays where it is: of one that moves, the nearest point is another.
    return { point: index === 0 ? point : probed.point, node, snapped: false };
  }

  private report({ kind, points, nodes }: Measurement): void {
    const { send, world, extended, readOnly } = this.deps;
    if (!this.reports || !extended() || readOnly()) return;
    const owner = (path: string) => world.tree.get(path)?.effective?.owner ?? "";
    send({
      type: "MeasureMessage",
      kind,
      points: points.map((p) => [...p] as Vec3),
      names: [...nodes],
      owners: nodes.map(owner),
    });
  }

  private local(p: Vec3): Vec3 {
    const place = this.frameNode === "" ? undefined : this.deps.world.tree.get(this.frameNode);
    if (!place?.effective) return p;
    return new Pose().invert(place.world).apply(this.deps.frame.pointToThree(p));
  }

  private write(): void {
    const { current } = this;
    if (!current) return;
    const { steps, least, points } = KINDS[current.kind];
    const step = steps[Math.min(current.points.length, steps.length - 1)]!;
    const text = this.note + this.worded(step);
    if (this.text.textContent !== text) this.text.textContent = text;
    this.result.textContent = this.resultText() ?? "";
    this.undoing.disabled = current.points.length === 0;
    this.finishing.hidden = points !== null;
    this.finishing.disabled = current.points.length < least;
  }

  /** A step in the words of what the user has. */
  private worded(step: string): string {
    if (this.cross.parentElement) return `${step} The space bar takes the middle.`;
    const view = this.deps.container.ownerDocument.defaultView!;
    return view.matchMedia("(pointer: coarse)").matches ? step.replace(/^Click/, "Tap") : step;
  }

  private resultText(): string | null {
    const now = this.overlay.preview?.m ?? this.current!;
    const value = textOf(now, this.unit, (p) => this.local(p));
    if (value === null) return null;
    const where = now.kind === "point" && this.frameNode !== "" ? ` in ${this.frameNode}` : "";
    const parts = now.kind === "distance" ? ` (${differences(now, this.unit)})` : "";
    return value + where + parts;
  }
}

function near(a: At, b: At): boolean {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) < DOUBLE_PX;
}
