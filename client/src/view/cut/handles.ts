/** The handles of the cut that is changed: what it cuts, as lines over the views, and a grip for each of its sides. */
import type { Camera } from "three";
import type { Vec3 } from "../../protocol/messages.gen";
import type { Cut } from "../../scene/cuts/cut";
import { alongLine } from "../../scene/gizmo/handles";
import type { SceneWorld } from "../../scene/world";
import type { Aim } from "../aim";
import type { WorldFrame } from "../conventions";
import { OnScreen, pixels } from "../onScreen";
import type { Stage, View } from "../stage";
import { dot, edges, placeOf, type Side, type Space, section, sidesOf } from "./space";
import "./handles.css";

const SVG = "http://www.w3.org/2000/svg";
/** Length of a grip's arrow, in CSS pixels; one that is seen shorter than SHORT is not drawn. */
const ARROW = 34;
const SHORT = 9;

export interface HandleDeps {
  container: HTMLElement;
  world: SceneWorld;
  stage: Stage;
  aim: Aim;
  frame: WorldFrame;
  requestRender(): void;
}

export class CutHandles {
  private readonly root = document.createElement("div");
  private readonly layers = new Map<View, Layer>();
  private shown: { cut: Cut; space: Space } | null = null;
  private readonly prepare = (camera: Camera) => {
    if (camera === this.deps.stage.pointed.rig.camera) this.draw();
  };

  constructor(
    private readonly deps: HandleDeps,
    private readonly move: (side: number, value: number) => void,
  ) {
    this.root.className = "viser-cut-handles";
    this.root.dataset.portal = "tool";
    // The sliders of the card do the same.
    this.root.setAttribute("aria-hidden", "true");
  }

  /** `space`: what there is to cut, to whose edges a plane is drawn. */
  show(cut: Cut, space: Space): void {
    this.shown = { cut, space };
    const { container, world, requestRender } = this.deps;
    if (!this.root.parentElement) container.append(this.root);
    world.perFrame.add(this.prepare);
    requestRender();
  }

  hide(): void {
    this.shown = null;
    this.deps.world.perFrame.delete(this.prepare);
    for (const layer of this.layers.values()) layer.dispose();
    this.layers.clear();
    this.root.remove();
  }

  private draw(): void {
    const { stage } = this.deps;
    for (const [view, layer] of this.layers) {
      if (stage.views.includes(view) && view.box) continue;
      layer.dispose();
      this.layers.delete(view);
    }
    for (const view of stage.views) {
      if (!view.box) continue;
      let layer = this.layers.get(view);
      if (!layer) {
        layer = new Layer(this.root, view, this.deps, this.move);
        this.layers.set(view, layer);
      }
      layer.draw(this.shown!.cut, this.shown!.space);
    }
  }
}

/** The handles over one view. */
class Layer {
  private readonly svg = document.createElementNS(SVG, "svg");
  private readonly outline = document.createElementNS(SVG, "path");
  private readonly grips: Grip[] = [];
  private readonly screen: OnScreen;

  constructor(
    root: HTMLElement,
    private readonly view: View,
    private readonly deps: HandleDeps,
    private readonly move: (side: number, value: number) => void,
  ) {
    this.screen = new OnScreen(view, deps.frame);
    this.outline.setAttribute("class", "viser-cut-outline");
    this.svg.append(this.outline);
    root.append(this.svg);
  }

  draw(cut: Cut, space: Space): void {
    const { x, y, width, height } = this.view.box!;
    this.svg.style.cssText = `left: ${x}px; top: ${y}px; width: ${width}px; height: ${height}px`;
    const sides = sidesOf(cut);
    const lines = cut.normal
      ? closed(section(space, cut.normal, sides[0]!.value))
      : edges({ low: corner(sides, 0), high: corner(sides, 1) });
    const seen = lines.map(([a, b]) => this.screen.segment(a, b)).filter((line) => line !== null);
    this.outline.setAttribute("d", seen.map((line) => `M${line}`).join(""));
    for (const extra of this.grips.splice(sides.length)) extra.dispose();
    sides.forEach((side, i) => {
      this.grips[i] ??= new Grip(this.svg, this.view, this.deps, (value) => this.move(i, value));
      this.grips[i].place(side, gripOf(cut, side, i, lines), this.screen);
    });
  }

  dispose(): void {
    this.svg.remove();
  }
}

/** A circle with an arrow along which it is dragged. */
class Grip {
  private readonly group = document.createElementNS(SVG, "g");
  private readonly arrow = document.createElementNS(SVG, "path");
  private readonly circle = document.createElementNS(SVG, "circle");
  private side: Side | null = null;
  private at: Vec3 = [0, 0, 0];
  /** Where the drag began: of the pointer along the axis, less the value of the side. */
  private offset: number | null = null;

  constructor(
    svg: SVGSVGElement,
    private readonly view: View,
    private readonly deps: HandleDeps,
    private readonly move: (value: number) => void,
  ) {
    this.group.setAttribute("class", "viser-cut-grip");
    this.circle.setAttribute("r", "8");
    this.group.append(this.arrow, this.circle);
    svg.append(this.group);
    const { circle } = this;
    circle.addEventListener("pointerdown", (e) => this.start(e));
    circle.addEventListener("pointermove", (e) => this.to(e));
    for (const type of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      circle.addEventListener(type, () => this.let());
    }
  }

  place(side: Side, { at, away }: { at: Vec3; away: Vec3 }, screen: OnScreen): void {
    this.side = side;
    this.at = at;
    const on = screen.point(at);
    const length = ARROW * screen.pixelAt(at);
    const tip = on && screen.point(at.map((v, i) => v + away[i]! * length) as Vec3);
    const seen = tip && Math.hypot(tip[0] - on[0], tip[1] - on[1]) >= SHORT;
    // One that is dragged stays, or the drag would end.
    this.group.style.display = seen || (on && this.offset !== null) ? "" : "none";
    if (!on || !tip) return;
    this.circle.setAttribute("cx", on[0].toFixed(1));
    this.circle.setAttribute("cy", on[1].toFixed(1));
    this.arrow.setAttribute("d", `M${pixels(on)}L${pixels(tip)}`);
  }

  dispose(): void {
    this.group.remove();
  }

  private start(e: PointerEvent): void {
    if (e.button !== 0 || !this.side) return;
    e.stopPropagation();
    const pointer = this.measure(e);
    if (pointer === null) return;
    this.circle.setPointerCapture(e.pointerId);
    this.offset = pointer - this.side.value;
  }

  private to(e: PointerEvent): void {
    if (this.offset === null) return;
    const pointer = this.measure(e);
    if (pointer !== null && Number.isFinite(pointer)) this.move(pointer - this.offset);
  }

  private let(): void {
    this.offset = null;
  }

  /** How far along the axis of the side the pointer is; null: the axis points at it. */
  private measure(e: PointerEvent): number | null {
    const { stage, aim } = this.deps;
    stage.pointed = this.view;
    const t = alongLine(aim.worldRay(e), this.at, this.side!.along);
    return t === null ? null : t + dot(this.side!.along, this.at);
  }
}

/** Where a grip is, and which way its arrow points. */
function gripOf(
  cut: Cut,
  side: Side,
  index: number,
  outline: readonly (readonly [Vec3, Vec3])[],
): { at: Vec3; away: Vec3 } {
  if (cut.normal) {
    const sign = cut.flip ? -1 : 1;
    const away = cut.normal.map((v) => v * sign) as Vec3;
    if (outline.length === 0) return { at: placeOf(cut), away };
    const at = [0, 1, 2].map((i) => outline.reduce((s, [p]) => s + p[i]!, 0) / outline.length);
    return { at: at as Vec3, away };
  }
  const at = placeOf(cut);
  at[Math.floor(index / 2)] = side.value;
  return { at, away: side.along.map((v) => (index % 2 === 0 ? -v : v)) as Vec3 };
}

function corner(sides: readonly Side[], end: 0 | 1): Vec3 {
  return [sides[end]!.value, sides[2 + end]!.value, sides[4 + end]!.value];
}

function closed(points: readonly Vec3[]): [Vec3, Vec3][] {
  return points.map((p, i) => [p, points[(i + 1) % points.length]!]);
}
