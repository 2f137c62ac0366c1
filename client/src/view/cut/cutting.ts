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

export interface CutDeps {
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

  constructor(private readonly deps: CutDeps) {}

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
  }

  private change(make: (cut: Cut) => void): void {
    if (!this.active) return;
    make(this.active);
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

function unit(axis: number, sign: number): Vec3 {
  const v: Vec3 = [0, 0, 0];
  v[axis] = sign;
  return v;
}
