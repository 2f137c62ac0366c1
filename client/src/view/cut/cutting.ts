/** The cuts that this page's user has made: on this page only, from actions. */
import { Box3 } from "three";
import type { Vec3 } from "../../protocol/messages.gen";
import { worldBounds } from "../../scene/bounds";
import { Cut, MAX_CUTS } from "../../scene/cuts/cut";
import { Pose } from "../../scene/pose";
import type { Actions } from "../../shared/actions";
import { contents } from "../moves/focus";
import { CutCard } from "./card";
import { readCut, writeCut } from "./cutLink";
import { CutHandles, type HandleDeps } from "./handles";
import { axisOf, middle, moveSide, reach, type Space, sidesOf, unit } from "./space";

export interface CutDeps extends HandleDeps {
  actions: Actions;
  selected(): readonly string[];
  /** Where the camera looks, in the three.js world. */
  camera(): Vec3;
}

let made = 0;

export class Cutting {
  private readonly own: Cut[] = [];
  /** What the actions change. */
  private active: Cut | null = null;
  private readonly card: CutCard;
  private readonly handles: CutHandles;
  private open: (() => void) | null = null;

  constructor(private readonly deps: CutDeps) {
    this.card = new CutCard(deps.container, {
      turn: (axis) => this.turn(axis),
      face: () => this.face(),
      flip: () => this.flip(),
      remove: () => this.remove(),
      done: () => this.close(),
      move: (side, value) => this.move(side, value),
    });
    this.handles = new CutHandles(deps, (side, value) => this.move(side, value));
  }

  params(): (readonly [name: string, value: string])[] {
    return this.own.map((cut) => ["cut", writeCut(cut)]);
  }

  /** What can't be read is left out, and what is too much. */
  follow(cuts: readonly string[]): void {
    for (const text of cuts) {
      const cut = readCut(text, newKey());
      if (!cut || this.deps.world.cuts.all.size >= MAX_CUTS) continue;
      this.own.push(cut);
      this.active = cut;
      this.deps.world.cuts.add(cut);
    }
  }

  /** Shows where the active cut is, to move it. */
  edit(): void {
    if (!this.active) return;
    this.open ??= this.deps.actions.onEscape(() => this.close());
    this.show();
  }

  /** Makes the one before the active one, or the last, that which is changed. */
  next(): void {
    const at = this.own.indexOf(this.active!);
    this.active = this.own.at(at - 1) ?? null;
    this.edit();
  }

  get several(): boolean {
    return this.own.length > 1;
  }

  /** Of the active one. */
  get filled(): boolean {
    return this.active?.cap === true;
  }

  get on(): boolean {
    return this.active?.shown === true;
  }

  dispose(): void {
    this.close();
  }

  get some(): boolean {
    return this.active !== null;
  }

  /** Through the middle of what is selected, else of all that is shown, along the axis nearest to the view: the far half stays. */
  addPlane(nodes: readonly string[]): void {
    const view = this.ahead();
    const axis = [0, 1, 2].reduce((a, b) => (Math.abs(view[b]!) > Math.abs(view[a]!) ? b : a));
    const cut = this.make(nodes);
    cut.normal = unit(axis, Math.sign(view[axis]!) || 1);
    this.add(cut);
  }

  /** Around what is selected, else around all: its sides are then dragged. */
  addBox(nodes: readonly string[]): void {
    const cut = this.make(nodes);
    const { low, high } = this.space();
    cut.half = low.map((v, i) => Math.max((high[i]! - v) / 2, 1e-9)) as Vec3;
    this.add(cut);
  }

  turn(axis: number): void {
    this.change((cut) => {
      if (cut.normal) cut.normal = unit(axis);
    });
  }

  /** Turns a plane so that it is seen from its front: the far half stays. */
  face(): void {
    this.change((cut) => {
      if (!cut.normal) return;
      cut.normal = this.ahead();
      cut.flip = false;
    });
  }

  flip(): void {
    this.change((cut) => {
      cut.flip = !cut.flip;
    });
  }

  fill(): void {
    this.change((cut) => {
      cut.cap = !cut.cap;
    });
  }

  toggle(): void {
    this.change((cut) => {
      cut.shown = !cut.shown;
    });
  }

  remove(): void {
    if (!this.active) return;
    this.own.splice(this.own.indexOf(this.active), 1);
    this.deps.world.cuts.remove(this.active);
    this.active = this.own.at(-1) ?? null;
    if (!this.active) this.close();
    else if (this.open) this.show();
    this.deps.requestRender();
  }

  private move(side: number, value: number): void {
    this.change((cut) => moveSide(cut, side, value));
  }

  private close(): void {
    this.open?.();
    this.open = null;
    this.card.hide();
    this.handles.hide();
  }

  private show(): void {
    const cut = this.active!;
    const all = this.whole();
    const space = all.isEmpty() ? { low: unit(0, 0), high: unit(0, 0) } : this.inWorld(all);
    const labels = cut.normal ? [AXES[axisOf(cut.normal)] ?? "depth"] : BOX_SIDES;
    const sliders = sidesOf(cut).map(({ along, value }, i) => {
      const [least, most] = reach(space, along);
      return { label: labels[i]!, value, least, most };
    });
    this.card.show(cut.normal && axisOf(cut.normal), sliders);
    this.handles.show(cut, space);
  }

  private make(nodes: readonly string[]): Cut {
    if (this.deps.world.cuts.all.size >= MAX_CUTS)
      throw new Error(`There are ${MAX_CUTS} cuts, which is the most. Remove one first.`);
    const cut = new Cut(newKey());
    cut.inRoot = new Pose();
    cut.inRoot.setPosition(...middle(this.space()));
    cut.nodes = nodes;
    cut.shown = true;
    return cut;
  }

  private add(cut: Cut): void {
    this.own.push(cut);
    this.active = cut;
    this.deps.world.cuts.add(cut);
    this.edit();
  }

  private change(make: (cut: Cut) => void): void {
    if (!this.active) return;
    make(this.active);
    if (this.open) this.show();
    this.deps.requestRender();
  }

  /** Where the camera looks, in the viser world. */
  private ahead(): Vec3 {
    const v = this.deps.frame.directionToWorld(this.deps.camera());
    const length = Math.hypot(...v);
    // An axis is exactly that: its plane has the axis's name.
    const axis = v.findIndex((x) => Math.abs(x) > (1 - 1e-9) * length);
    if (axis >= 0) return unit(axis, Math.sign(v[axis]!));
    return v.map((x) => x / length) as Vec3;
  }

  /** The box around what is selected, else around all. */
  private space(): Space {
    const { world, selected } = this.deps;
    world.flushNodes();
    let box = new Box3().makeEmpty();
    for (const path of selected()) {
      const place = world.tree.get(path);
      if (place) worldBounds(place, box);
    }
    if (box.isEmpty()) box = this.whole();
    if (box.isEmpty()) throw new Error("There is nothing to cut.");
    return this.inWorld(box);
  }

  /** The box around all that can be cut, in the three.js world. */
  private whole(): Box3 {
    const { world } = this.deps;
    world.flushNodes();
    return contents(world.tree.root, new Box3().makeEmpty());
  }

  /** The axes of the viser world may be others than those of the box: its corners count. */
  private inWorld(box: Box3): Space {
    const low: Vec3 = [Infinity, Infinity, Infinity];
    const high: Vec3 = [-Infinity, -Infinity, -Infinity];
    for (let corner = 0; corner < 8; corner++) {
      const of = (bit: number, axis: "x" | "y" | "z") => box[corner & bit ? "max" : "min"][axis];
      const p = this.deps.frame.pointToWorld([of(1, "x"), of(2, "y"), of(4, "z")]);
      for (const i of [0, 1, 2] as const) {
        low[i] = Math.min(low[i], p[i]);
        high[i] = Math.max(high[i], p[i]);
      }
    }
    return { low, high };
  }
}

const AXES = ["X", "Y", "Z"] as const;
const BOX_SIDES = AXES.flatMap((axis) => [`${axis} from`, `${axis} to`]);

function newKey(): string {
  return `1 ${String(++made).padStart(9, "0")}`;
}
