/** Box, icosphere and cylinder: instances of a unit shape where possible, else single meshes. */

import { Group, Matrix4 } from "three";
import type { BoxProps, CylinderProps, IcosphereProps } from "../../protocol/messages.gen";
import { Instance, type Look, lookKey } from "../batch/instanceBatch";
import type { Grouped } from "../batch/instancedGroups";
import type { SceneContext } from "../context";
import { Pose, scaleOf } from "../pose";
import { hitUnitBall, hitUnitBox, hitUnitCylinder, rayToUnit, type UnitHit } from "../rays";
import { MAX_SUBDIVISIONS, unitBox, unitCylinder, unitIcosphere } from "../shapes";
import { linearRgb } from "../surfaces";
import type { Hit, NodeVisual, Outline, Ray, Report, Unchecked } from "../visual";
import { SurfaceMesh } from "./surfaceMesh";
import { covers, type SurfaceProps, surfaceProps } from "./surfaceProps";

type Props = Unchecked<BoxProps & CylinderProps & IcosphereProps>;

export interface Shape {
  key: string;
  make: () => import("three").BufferGeometry;
  /** Scale of the unit shape along each axis. */
  size: [number, number, number];
}

abstract class Primitive implements NodeVisual, Grouped {
  private readonly instance = new Instance();
  private readonly pose = new Pose();
  private shape: Shape | null = null;
  private look: SurfaceProps | null = null;
  private size: [number, number, number] = [1, 1, 1];
  private color: [number, number, number] = [0, 0, 0];
  private shown = false;
  private cut: number | undefined;
  /** Key of the group of transparent nodes that it is drawn with. */
  private instancedGroup: string | null = null;
  /** The mesh that is drawn if it cannot be an instance. */
  private single: { shapeKey: string; group: Group; mesh: SurfaceMesh } | null = null;

  constructor(
    private readonly ctx: SceneContext,
    private readonly report: Report,
  ) {}

  /** null: the sizes are invalid. */
  protected abstract shapeOf(props: Props): Shape | null;
  protected abstract hit: UnitHit;
  protected abstract seams: boolean;

  update(props: Props): void {
    const shape = this.shapeOf(props);
    const scale = scaleOf(props.scale);
    const ok = shape?.size.every(Number.isFinite) === true && scale !== null;
    this.report("size", ok ? null : "its size must be finite numbers");
    this.look = surfaceProps(props);
    linearRgb(props.color, this.color);
    this.shape = ok ? shape : null;
    if (ok) this.size = shape.size.map((s, i) => s * scale[i]!) as [number, number, number];
    this.place();
  }

  setPose(world: Pose): void {
    this.pose.copy(world);
    this.writePose();
  }

  setShown(shown: boolean): void {
    this.shown = shown;
    this.place();
  }

  setCut(set: number | undefined): void {
    this.cut = set;
    this.place();
  }

  raycast(ray: Ray): Hit | null {
    if (!this.shape) return null;
    const t = this.hit(rayToUnit(ray, this.pose, this.size));
    if (t === null) return null;
    const solid = this.opaque() && this.look?.surface.side !== "back";
    return { distance: t, instance: null, ...(solid ? { solid } : {}) };
  }

  opaque(): boolean {
    return this.look !== null && covers(this.look.surface);
  }

  outline(): Outline | null {
    const geometry = this.instance.batch?.geometry ?? this.single?.mesh.mesh.geometry;
    if (!geometry) return null;
    const matrix = new Matrix4();
    this.pose.toMatrix(matrix.elements, 0, ...this.size);
    return { geometry, matrix, fromCenter: this.seams };
  }

  regroup(): void {
    this.place();
  }

  dispose(): void {
    this.withdraw();
    this.ctx.requestRender();
  }

  /** Moves it into the batch that it belongs to, or out of any. */
  private place(): void {
    this.ctx.requestRender();
    const { shape } = this;
    if (!this.shown || !shape || !this.look) {
      this.withdraw();
      return;
    }
    const look = { ...this.look, surface: { ...this.look.surface, cut: this.cut } };
    const shared = this.sharedLook(shape, look);
    if (shared) {
      this.dropSingle();
      const batch = this.ctx.instances.join(this.instance, shared);
      batch.setLook(this.instance, this.color, look.surface.opacity);
    } else {
      this.ctx.instances.leave(this.instance);
      this.placeSingle(shape, look);
    }
    this.writePose();
  }

  private withdraw(): void {
    this.joinGroup(null);
    this.ctx.instances.leave(this.instance);
    this.dropSingle();
  }

  /** The look of the batch that it belongs to; null: it is a single mesh. */
  private sharedLook(shape: Shape, look: SurfaceProps): Look | null {
    // Mirroring reverses the winding order, which three.js handles per mesh only.
    const mirrored = this.size[0] * this.size[1] * this.size[2] < 0;
    const shared = mirrored || look.shadowOpacity !== null ? null : lookOf(shape, look);
    if (!shared?.surface.each) {
      this.joinGroup(null);
      return shared;
    }
    return this.joinGroup(lookKey(shared)) ? shared : null;
  }

  /** Returns whether the group is drawn as a batch. */
  private joinGroup(key: string | null): boolean {
    const { groups } = this.ctx.instances;
    const before = this.instancedGroup;
    this.instancedGroup = key;
    if (before !== null && before !== key) groups.leave(before, this);
    return key !== null && groups.enter(key, this);
  }

  private placeSingle(shape: Shape, look: SurfaceProps): void {
    if (this.single?.shapeKey !== shape.key) {
      this.dropSingle();
      const geometry = this.ctx.shapes.acquire(shape.key, shape.make);
      const group = new Group();
      const mesh = new SurfaceMesh(this.ctx, geometry, look);
      group.matrixAutoUpdate = false;
      group.add(mesh.mesh);
      this.ctx.stage.add(group);
      this.single = { shapeKey: shape.key, group, mesh };
    }
    this.single.group.userData.cut = this.cut;
    this.single.mesh.set(look);
    this.single.mesh.mesh.material.color.setRGB(...this.color);
  }

  private dropSingle(): void {
    if (!this.single) return;
    this.single.group.removeFromParent();
    this.single.mesh.dispose();
    this.ctx.shapes.release(this.single.shapeKey);
    this.single = null;
  }

  private writePose(): void {
    const [sx, sy, sz] = this.size;
    const { batch } = this.instance;
    if (batch) {
      batch.setPose(this.instance, this.pose, sx, sy, sz);
      this.ctx.requestRender();
    } else if (this.single) {
      this.pose.toMatrix(this.single.group.matrix.elements, 0, sx, sy, sz);
      this.single.group.updateMatrixWorld(true);
      this.ctx.requestRender();
    }
  }
}

/** Transparent instances have their own opacity, as their own color. */
function lookOf(shape: Shape, { surface: own, castShadow, receiveShadow }: SurfaceProps): Look {
  const surface = own.opacity < 1 ? { ...own, opacity: 1, each: true } : own;
  return { shapeKey: shape.key, makeShape: shape.make, surface, castShadow, receiveShadow };
}

export class Box extends Primitive {
  protected hit = hitUnitBox;
  protected seams = true;

  protected shapeOf(props: Props): Shape | null {
    const size = scaleOf(props.dimensions);
    return size && { key: "box", make: unitBox, size };
  }
}

export class Icosphere extends Primitive {
  protected hit = hitUnitBall;
  protected seams = false;

  protected shapeOf(props: Props): Shape | null {
    const size = scaleOf(props.radius);
    const n = wholeNumber(props.subdivisions, 0, MAX_SUBDIVISIONS);
    return size && { key: `icosphere ${n}`, make: () => unitIcosphere(n), size };
  }
}

export class Cylinder extends Primitive {
  protected hit = hitUnitCylinder;
  protected seams = true;

  protected shapeOf(props: Props): Shape | null {
    const { radius, height } = props;
    if (typeof radius !== "number" || typeof height !== "number") return null;
    const n = wholeNumber(props.radial_segments, 3, 1024);
    return { key: `cylinder ${n}`, make: () => unitCylinder(n), size: [radius, radius, height] };
  }
}

function wholeNumber(v: unknown, min: number, max: number): number {
  const n = Math.round(Number(v));
  return Number.isFinite(n) ? Math.min(max, Math.max(min, n)) : min;
}
