/** A model from a GLB file, drawn once per instance: its meshes in the rest pose, without animation. */

import { type Box3, type Material, Matrix4 } from "three";
import type { BatchedGlbProps } from "../../protocol/messages.gen";
import { BatchDrawer, forgetPart, type Part } from "../batch/batchDrawer";
import { drawnOf, type Instances, instancesOf, NO_INSTANCES } from "../batch/instances";
import type { SceneContext } from "../context";
import { baked } from "../glb/baked";
import type { Model } from "../glb/load";
import { ModelSlot } from "../glb/slot";
import { colorByScalar, onlyScalarLook, SCALAR_PROPS, ScalarUniforms, scalarsOf } from "../scalars";
import type { Hit, Outline, Ray, Report, Unchecked } from "../visual";
import { levelsOf } from "./batchedMeshes";
import { anyOf, ObjectVisual } from "./object";
import { surfaceProps } from "./surfaceProps";

type Props = Unchecked<BatchedGlbProps>;

export class BatchedGlb extends ObjectVisual {
  private readonly slot: ModelSlot;
  private readonly drawer: BatchDrawer;
  private parts: Part[] = [];
  private transparent = false;
  private instances: Instances = NO_INSTANCES;
  private readonly scalars = new ScalarUniforms(true);
  /** The model's materials that color by number instead; null: the model's own. */
  private numbered: Map<Material, Material> | null = null;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.drawer = new BatchDrawer(ctx, this.group);
    this.slot = new ModelSlot(
      ctx,
      (model) => this.show(model),
      (problem) => report("glb", problem),
    );
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    if (anyOf(changed, ...SCALAR_PROPS)) this.scalars.set(props);
    if (onlyScalarLook(changed)) {
      this.ctx.requestRender();
      return;
    }
    if (anyOf(changed, "glb_data")) this.slot.load(props.glb_data);
    if (anyOf(changed, "batched_wxyzs", "batched_positions", "batched_scales")) {
      const instances = instancesOf(
        props.batched_wxyzs,
        props.batched_positions,
        props.batched_scales,
      );
      this.report("instances", instances.problem);
      this.instances = instances;
      this.drawer.setInstances(instances);
    }
    if (anyOf(changed, "scalars") || this.values) this.setScalars(scalarsOf(props));
    if (anyOf(changed, "lod")) this.drawer.setLod(levelsOf(props.lod, this.report));
    const { castShadow, receiveShadow } = surfaceProps(props);
    this.drawer.setShadows(castShadow, receiveShadow);
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray): Hit | null {
    return this.drawer.raycast(ray);
  }

  opaque(): boolean {
    return true;
  }

  outline(instance: number | null): Outline[] {
    return this.drawer.outline(instance);
  }

  bounds(): Box3 | null {
    return this.slot.model?.bounds(new Matrix4()) ?? null;
  }

  override dispose(): void {
    super.dispose();
    this.drawer.dispose();
    this.dropParts();
    this.dropNumbered();
    this.scalars.dispose();
    this.slot.dispose();
  }

  private values: Float32Array | null = null;

  private setScalars(values: Float32Array | null): void {
    const switched = (values !== null) !== (this.values !== null);
    this.values = values;
    if (switched) this.setParts();
    this.setLooks();
  }

  private setLooks(): void {
    const { values } = this;
    this.drawer.setLooks(null, null, this.transparent, values && drawnOf(values, this.instances));
  }

  private setParts(): void {
    this.dropNumbered();
    if (this.values) this.numbered = new Map();
    const material = (m: Material) => this.numberedOf(m);
    this.drawer.setParts(
      this.parts.map((part) => ({
        geometry: part.geometry,
        material: Array.isArray(part.material)
          ? part.material.map(material)
          : material(part.material),
      })),
    );
  }

  private numberedOf(own: Material): Material {
    if (!this.numbered) return own;
    let material = this.numbered.get(own);
    if (!material) {
      material = colorByScalar(own.clone(), this.scalars);
      this.numbered.set(own, material);
    }
    return material;
  }

  private dropNumbered(): void {
    for (const material of this.numbered?.values() ?? []) material.dispose();
    this.numbered = null;
  }

  private show(model: Model | null): void {
    this.dropParts();
    let transparent = false;
    if (model) {
      model.root.updateMatrixWorld(true);
      for (const mesh of model.meshes) {
        this.parts.push({ geometry: baked(mesh, mesh.matrixWorld), material: mesh.material });
        transparent ||= [mesh.material].flat().some((m) => m.transparent);
      }
    }
    const missing = model !== null && model.others > 0;
    this.report(
      "glb parts",
      missing ? "lines and points of its GLB are not drawn in a batch" : null,
    );
    this.transparent = transparent;
    this.setLooks();
    this.setParts();
    this.ctx.requestRender();
  }

  private dropParts(): void {
    for (const { geometry } of this.parts) forgetPart(geometry);
    this.parts = [];
  }
}
