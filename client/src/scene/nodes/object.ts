import { Group, Matrix4, type Object3D } from "three";
import type { SceneContext } from "../context";
import { Pose, scaleOf } from "../pose";
import type { NodeVisual, Parts, Report, Unchecked } from "../visual";

/** A node with its own three.js objects, in a group that has its pose and scale. */
export abstract class ObjectVisual implements NodeVisual {
  protected readonly group = new Group();
  protected readonly pose = new Pose();
  private scale: [number, number, number] = [1, 1, 1];

  constructor(
    protected readonly ctx: SceneContext,
    protected readonly report: Report,
  ) {
    this.group.matrixAutoUpdate = false;
    this.group.visible = false;
    ctx.stage.add(this.group);
  }

  abstract update(
    props: Unchecked<object>,
    changed: ReadonlySet<string> | null,
    parts: Parts,
  ): void;

  setPose(world: Pose): void {
    this.pose.copy(world);
    this.writeMatrix();
    if (this.group.visible) this.ctx.requestRender();
  }

  setShown(shown: boolean): void {
    if (this.group.visible === shown) return;
    this.group.visible = shown;
    this.ctx.requestRender();
  }

  setCut(set: number | undefined): void {
    this.group.userData.cut = set;
  }

  dispose(): void {
    this.group.removeFromParent();
    this.ctx.requestRender();
  }

  /** Applies the property `scale`; reports an invalid one. */
  protected setScale(scale: unknown): void {
    const s = scaleOf(scale);
    this.report("scale", s ? null : "its scale must be one or three finite numbers");
    this.scale = s ?? [1, 1, 1];
    this.writeMatrix();
  }

  /** Matrix of the node's contents in the three.js world. */
  protected worldMatrix(out = new Matrix4()): Matrix4 {
    return out.copy(this.group.matrixWorld);
  }

  /** From the three.js world to the node's frame, in which its scale applies. */
  protected toNode(): Matrix4 {
    const m = new Matrix4();
    this.pose.toMatrix(m.elements, 0, 1, 1, 1);
    return m.invert();
  }

  protected add(...objects: Object3D[]): void {
    for (const o of objects) o.matrixAutoUpdate = false;
    this.group.add(...objects);
    this.writeMatrix();
  }

  private writeMatrix(): void {
    this.pose.toMatrix(this.group.matrix.elements, 0, ...this.scale);
    this.group.updateMatrixWorld(true);
  }
}

/** True if one of `names` has changed (null: all have). */
export function anyOf(changed: ReadonlySet<string> | null, ...names: string[]): boolean {
  return changed === null || names.some((n) => changed.has(n));
}
