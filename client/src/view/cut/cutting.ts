/** The cuts that this page's user has made: on this page only, from actions. */
import { Box3, Vector3 } from "three";
import type { Vec3 } from "../../protocol/messages.gen";
import { worldBounds } from "../../scene/bounds";
import { Cut, MAX_CUTS } from "../../scene/cuts/cut";
import { Pose } from "../../scene/pose";
import type { SceneWorld } from "../../scene/world";
import type { Actions } from "../../shared/actions";
import type { WorldFrame } from "../conventions";
import { contents } from "../moves/focus";
import { CutCard } from "./card";

export interface CutDeps {
  container: HTMLElement;
  actions: Actions;
  world: SceneWorld;
  frame: WorldFrame;
  selected(): readonly string[];
  /** Where the camera looks, in the three.js world. */
  camera(): Vec3;
  requestRender(): void;
}

/** Of the bounds, what a new box keeps. */
const BOX_SHARE = 0.8;
let made = 0;

export class Cutting {
  private readonly own: Cut[] = [];
  /** What the actions change. */
  private active: Cut | null = null;
  private readonly card: CutCard;
  private open: (() => void) | null = null;

  constructor(private readonly deps: CutDeps) {
    this.card = new CutCard(deps.container, {
      turn: (axis) => this.turn(axis),
      flip: () => this.flip(),
      remove: () => this.remove(),
      done: () => this.close(),
      move: (end, value) => this.move(end, value),
    });
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

  dispose(): void {
    this.close();
  }

  get some(): boolean {
    return this.active !== null;
  }

  /** Through the middle of what is selected, else of all that is shown, along the axis nearest to the view: the far half stays. */
  addPlane(nodes: readonly string[]): void {
    const { frame, camera } = this.deps;
    const view = frame.directionToWorld(camera());
    const axis = [0, 1, 2].reduce((a, b) => (Math.abs(view[b]!) > Math.abs(view[a]!) ? b : a));
    const cut = this.make(nodes);
    cut.normal = unit(axis, Math.sign(view[axis]!) || 1);
    this.add(cut);
  }

  addBox(nodes: readonly string[]): void {
    const cut = this.make(nodes);
    // Along the axes of the viser world: those of the bounds may be others.
    const size = this.deps.frame.directionToWorld(this.bounds().getSize(new Vector3()).toArray());
    cut.half = size.map((v) => Math.max((Math.abs(v) / 2) * BOX_SHARE, 1e-9)) as Vec3;
    this.add(cut);
  }

  turn(axis: number): void {
    this.change((cut) => {
      if (cut.normal) cut.normal = unit(axis, 1);
    });
  }

  /** Moves a plane, or one of the six sides of a box: x from, x to, y from … */
  private move(end: number, value: number): void {
    this.change((cut) => {
      const pose = cut.inRoot!;
      const at: Vec3 = [pose.px, pose.py, pose.pz];
      if (cut.normal) {
        const axis = axisOf(cut.normal);
        at[axis] = value;
      } else {
        const axis = Math.floor(end / 2);
        const sides = [at[axis]! - cut.half[axis]!, at[axis]! + cut.half[axis]!];
        // The other side gives way.
        sides[end % 2] = value;
        if (sides[0]! > sides[1]!) sides[1 - (end % 2)] = value;
        at[axis] = (sides[0]! + sides[1]!) / 2;
        const half: Vec3 = [...cut.half];
        half[axis] = Math.max((sides[1]! - sides[0]!) / 2, 1e-9);
        cut.half = half;
      }
      pose.setPosition(...at);
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

  private close(): void {
    this.open?.();
    this.open = null;
    this.card.hide();
  }

  private show(): void {
    const cut = this.active!;
    const { px, py, pz } = cut.inRoot!;
    const at: Vec3 = [px, py, pz];
    const [low, high] = this.extent();
    const axis = cut.normal && axisOf(cut.normal);
    const sliders =
      axis !== null
        ? [{ label: `${AXES[axis]}`, axis, value: at[axis]! }]
        : [0, 1, 2].flatMap((i) => [
            { label: `${AXES[i]} from`, axis: i, value: at[i]! - cut.half[i]! },
            { label: `${AXES[i]} to`, axis: i, value: at[i]! + cut.half[i]! },
          ]);
    this.card.show(
      axis,
      sliders.map((s) => ({ ...s, least: low[s.axis]!, most: high[s.axis]! })),
    );
  }

  /** The box around what can be cut, along the axes of the viser world. */
  private extent(): [Vec3, Vec3] {
    const { world, frame } = this.deps;
    world.flushNodes();
    const box = contents(world.tree.root, new Box3().makeEmpty());
    const low: Vec3 = [Infinity, Infinity, Infinity];
    const high: Vec3 = [-Infinity, -Infinity, -Infinity];
    for (let corner = 0; corner < 8; corner++) {
      const of = (bit: number, axis: "x" | "y" | "z") => box[corner & bit ? "max" : "min"][axis];
      const p = frame.pointToWorld([of(1, "x"), of(2, "y"), of(4, "z")]);
      for (const i of [0, 1, 2] as const) {
        low[i] = Math.min(low[i], p[i]);
        high[i] = Math.max(high[i], p[i]);
      }
    }
    return [low, high];
  }

  private make(nodes: readonly string[]): Cut {
    const { cuts } = this.deps.world;
    if (cuts.all.size >= MAX_CUTS)
      throw new Error(`There are ${MAX_CUTS} cuts, which is the most. Remove one first.`);
    const cut = new Cut(`1 ${String(++made).padStart(9, "0")}`);
    const center = this.bounds().getCenter(new Vector3()).toArray();
    cut.inRoot = new Pose();
    cut.inRoot.setPosition(...this.deps.frame.pointToWorld(center));
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

  private bounds(): Box3 {
    const { world, selected } = this.deps;
    world.flushNodes();
    const box = new Box3().makeEmpty();
    for (const path of selected()) {
      const place = world.tree.get(path);
      if (place) worldBounds(place, box);
    }
    if (box.isEmpty()) contents(world.tree.root, box);
    if (box.isEmpty()) throw new Error("There is nothing to cut.");
    return box;
  }
}

const AXES = ["X", "Y", "Z"] as const;

function axisOf(normal: Vec3): number {
  return normal.findIndex((v) => v !== 0);
}

function unit(axis: number, sign: number): Vec3 {
  const v: Vec3 = [0, 0, 0];
  v[axis] = sign;
  return v;
}
