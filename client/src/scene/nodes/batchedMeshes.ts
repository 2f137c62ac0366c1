/** One mesh, drawn once per instance. */

import type { BufferGeometry } from "three";
import type { BatchedMeshesProps } from "../../protocol/messages.gen";
import { BatchDrawer, forgetPart, type Level } from "../batch/batchDrawer";
import { drawnOf, type Instances, instancesOf, NO_INSTANCES } from "../batch/instances";
import type { SceneContext } from "../context";
import { onlyScalarLook, SCALAR_PROPS, ScalarUniforms, scalarsOf } from "../scalars";
import { linearRgb, type SurfaceMaterial, surfaceKey } from "../surfaces";
import { triangleGeometry } from "../triangleGeometry";
import type { Hit, Outline, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";
import { type SurfaceProps, surfaceProps } from "./surfaceProps";

type Props = Unchecked<BatchedMeshesProps>;

export class BatchedMeshes extends ObjectVisual {
  private readonly drawer: BatchDrawer;
  private geometry: BufferGeometry | null = null;
  private material: SurfaceMaterial | null = null;
  private materialKey = "";
  private instances: Instances = NO_INSTANCES;
  private readonly scalars = new ScalarUniforms(true);

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.drawer = new BatchDrawer(ctx, this.group);
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    if (anyOf(changed, ...SCALAR_PROPS)) this.scalars.set(props);
    if (onlyScalarLook(changed)) {
      this.ctx.requestRender();
      return;
    }
    const look = surfaceProps(props);
    if (anyOf(changed, "vertices", "faces", "flat_shading")) this.rebuild(props, look.surface.flat);
    let others = false;
    if (anyOf(changed, "batched_wxyzs", "batched_positions", "batched_scales")) {
      const before = this.instances;
      this.instances = instancesOf(
        props.batched_wxyzs,
        props.batched_positions,
        props.batched_scales,
      );
      this.report("instances", this.instances.problem);
      // If all are drawn, before and after, the colors keep their positions in the buffer.
      others =
        before.total !== this.instances.total ||
        before.count !== before.total ||
        this.instances.count !== before.count;
      this.drawer.setInstances(this.instances);
    }
    this.updateSurface(
      props,
      look,
      others || anyOf(changed, "batched_colors", "batched_opacities"),
    );
    if (anyOf(changed, "lod")) this.drawer.setLod(levelsOf(props.lod, this.report));
    this.drawer.setShadows(look.castShadow, look.receiveShadow);
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray): Hit | null {
    return this.drawer.raycast(ray);
  }

  opaque(): boolean {
    return this.material !== null && !this.material.transparent && !this.material.wireframe;
  }

  outline(instance: number | null): Outline[] {
    return this.drawer.outline(instance);
  }

  override dispose(): void {
    super.dispose();
    this.drawer.dispose();
    this.material?.dispose();
    this.scalars.dispose();
    if (this.geometry) forgetPart(this.geometry);
  }

  private rebuild(props: Props, flat: boolean): void {
    const { geometry, problem } = triangleGeometry(props.vertices, props.faces, flat);
    this.report("geometry", problem);
    if (this.geometry) forgetPart(this.geometry);
    this.geometry = geometry;
    this.updateDrawer();
  }

  /** Passes the geometry and material to the drawer. */
  private updateDrawer(): void {
    const { geometry, material } = this;
    const some = geometry && material && (geometry.getIndex()?.count ?? 0) > 0;
    this.drawer.setParts(some ? [{ geometry, material }] : []);
  }

  private updateSurface(props: Props, look: SurfaceProps, instancesToo: boolean): void {
    const opacities = instancesToo || !this.material ? this.opacitiesOf(props) : undefined;
    const own = opacities === undefined ? this.hasOpacities : opacities !== null;
    const values = scalarsOf(props);
    const scalars = values && this.scalars;
    const surface = { ...look.surface, each: own, scalars };
    const key = surfaceKey(surface);
    if (key !== this.materialKey || !this.material) {
      this.material?.dispose();
      this.material = this.ctx.surfaces.make(surface);
      this.materialKey = key;
      this.updateDrawer();
    }
    if (opacities !== undefined) {
      this.hasOpacities = own;
      this.looks = [this.colorsOf(props.batched_colors), opacities];
    }
    const drawn = values && drawnOf(values, this.instances);
    this.drawer.setLooks(...this.looks, own || look.surface.opacity < 1, drawn);
  }

  private hasOpacities = false;
  private looks: [Float32Array | null, Float32Array | null] = [null, null];

  private colorsOf(colors: unknown): Float32Array {
    const { ids, count, total } = this.instances;
    const bytes = colors instanceof Uint8Array || Array.isArray(colors) ? colors : [];
    const each = bytes.length === 3 * total && total !== 1;
    const fits = each || bytes.length === 3;
    this.report("colors", fits ? null : "its colors must be one for all, or one for each instance");
    const out = new Float32Array(3 * count);
    const rgb: [number, number, number] = [0.5, 0.5, 0.5];
    if (fits) linearRgb(bytes, rgb);
    for (let i = 0; i < count; i++) {
      if (each) linearRgb(bytes.slice(3 * ids[i]!, 3 * ids[i]! + 3), rgb);
      out.set(rgb, 3 * i);
    }
    return out;
  }

  /** null: all are 1. */
  private opacitiesOf(props: Props): Float32Array | null {
    const given = props.batched_opacities ?? null;
    const { ids, count, total } = this.instances;
    const fits = given === null || (given instanceof Float32Array && given.length === total);
    this.report(
      "opacities",
      fits ? null : "the number of opacities differs from the number of instances",
    );
    if (!fits || given === null) return null;
    const out = new Float32Array(count);
    let opaque = true;
    for (let i = 0; i < count; i++) {
      const v = (given as Float32Array)[ids[i]!]!;
      out[i] = Number.isNaN(v) ? 1 : Math.min(1, Math.max(0, v));
      opaque &&= out[i] === 1;
    }
    return opaque ? null : out;
  }
}

/** The prop `lod`. */
export function levelsOf(lod: unknown, report: Report): "auto" | "off" | Level[] {
  report("lod", null);
  if (lod === "auto" || lod === "off") return lod;
  const levels: Level[] = [];
  for (const pair of Array.isArray(lod) ? lod.slice(0, MAX_LEVELS) : []) {
    const [distance, ratio] = Array.isArray(pair) ? pair : [];
    if (distance >= 0 && ratio >= 0 && ratio <= 1) levels.push({ distance, ratio });
  }
  const all = Array.isArray(lod) && levels.length === lod.length;
  if (!all) report("lod", "some of its levels of detail are not a distance and a ratio: left out");
  return levels;
}

const MAX_LEVELS = 16;
