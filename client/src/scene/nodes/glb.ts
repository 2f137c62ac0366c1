/** A model from a GLB file, and its animation. */

import { type Box3, type Camera, Mesh, Raycaster, ShadowMaterial, SkinnedMesh } from "three";
import type { GlbProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { faceHit } from "../faceHit";
import type { Model } from "../glb/load";
import { PLAYED, Player } from "../glb/player";
import { ModelSlot } from "../glb/slot";
import type { Hit, Outline, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";
import { type SurfaceProps, surfaceProps } from "./surfaceProps";

type Props = Unchecked<GlbProps>;

const raycaster = new Raycaster();

/** Longer steps are clamped: after a tab was hidden, the animation resumes instead of jumping. */
const MAX_STEP_S = 0.1;

export class Glb extends ObjectVisual {
  private readonly slot: ModelSlot;
  private player: Player | null = null;
  private props: Props | null = null;
  private surface: SurfaceProps | null = null;
  /** Transparent meshes that draw only shadows, for a shadow opacity set by the program. */
  private shadowOverlays: Mesh[] = [];
  private lastFrame = 0;
  private readonly onFrame = (_: Camera) => this.animate();

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.slot = new ModelSlot(
      ctx,
      (model) => this.show(model),
      (problem) => report("glb", problem),
    );
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    this.props = props;
    if (anyOf(changed, "glb_data", "scene")) {
      this.slot.load(props.glb_data, typeof props.scene === "number" ? props.scene : null);
    }
    if (anyOf(changed, ...PLAYED)) this.play(changed);
    if (anyOf(changed, "cast_shadow", "receive_shadow")) {
      this.surface = surfaceProps(props);
      this.applyShadows();
    }
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray): Hit | null {
    const { model } = this.slot;
    if (!model) return null;
    raycaster.ray.origin.set(...ray.origin);
    raycaster.ray.direction.set(...ray.direction);
    const hits = raycaster.intersectObjects(model.meshes, false);
    return hits[0] ? faceHit(hits[0].object as Mesh, hits[0], hits[0].distance) : null;
  }

  opaque(): boolean {
    return true;
  }

  outline(): Outline[] {
    return (this.slot.model?.meshes ?? []).map((mesh) => ({
      geometry: mesh.geometry,
      matrix: mesh.matrixWorld,
      fromCenter: !mesh.geometry.hasAttribute("normal"),
      ...(mesh instanceof SkinnedMesh && { skin: mesh }),
    }));
  }

  bounds(): Box3 | null {
    return this.slot.model?.bounds(this.toNode()) ?? null;
  }

  override dispose(): void {
    super.dispose();
    this.stop();
    this.removeShadowOverlays();
    this.slot.dispose();
  }

  private show(model: Model | null): void {
    this.stop();
    this.removeShadowOverlays();
    this.group.clear();
    if (model) {
      this.group.add(model.root);
      for (const mesh of model.meshes) if (mesh instanceof SkinnedMesh) mesh.frustumCulled = false;
      this.start(model);
    }
    this.applyShadows();
    this.group.updateMatrixWorld(true);
    this.ctx.requestRender();
  }

  private start(model: Model): void {
    this.player = new Player(model, (problem) => this.report("glb animation", problem));
    this.play(null);
  }

  private play(changed: ReadonlySet<string> | null): void {
    const { player, props } = this;
    if (!player || !props) return;
    player.apply(props, changed);
    this.lastFrame = performance.now();
    if (player.moves) this.ctx.perFrame.add(this.onFrame);
    else this.ctx.perFrame.delete(this.onFrame);
    this.moved();
  }

  /** The animation has moved parts. */
  private moved(): void {
    for (const mesh of this.slot.model?.meshes ?? []) {
      // A search of what is under the pointer computes it again.
      if (mesh instanceof SkinnedMesh) (mesh as { boundingSphere: unknown }).boundingSphere = null;
    }
    this.group.updateMatrixWorld(true);
    this.ctx.requestRender();
  }

  private stop(): void {
    this.ctx.perFrame.delete(this.onFrame);
    this.player?.dispose();
    this.player = null;
  }

  private animate(): void {
    const now = performance.now();
    const step = Math.min(MAX_STEP_S, (now - this.lastFrame) / 1000);
    this.lastFrame = now;
    // Hidden: no further frames. Showing the node requests one, which continues the animation.
    if (!this.group.visible) return;
    this.player?.step(step);
    if (!this.player?.moves) this.ctx.perFrame.delete(this.onFrame);
    this.moved();
  }

  private applyShadows(): void {
    const { surface, slot } = this;
    if (!surface) return;
    this.removeShadowOverlays();
    for (const mesh of slot.model?.meshes ?? []) {
      mesh.castShadow = surface.castShadow;
      mesh.receiveShadow = surface.receiveShadow;
      if (surface.shadowOpacity !== null) this.addShadowOverlay(mesh, surface.shadowOpacity);
    }
    this.group.updateMatrixWorld(true);
  }

  private addShadowOverlay(mesh: Mesh, opacity: number): void {
    const material = new ShadowMaterial({
      opacity,
      depthWrite: false,
      polygonOffset: true,
      polygonOffsetFactor: -1,
      polygonOffsetUnits: -1,
    });
    let overlay: Mesh;
    if (mesh instanceof SkinnedMesh) {
      const copy = new SkinnedMesh(mesh.geometry, material);
      copy.bind(mesh.skeleton, mesh.bindMatrix);
      copy.frustumCulled = false;
      overlay = copy;
    } else {
      overlay = new Mesh(mesh.geometry, material);
    }
    overlay.receiveShadow = true;
    mesh.add(overlay);
    this.shadowOverlays.push(overlay);
  }

  private removeShadowOverlays(): void {
    for (const overlay of this.shadowOverlays) {
      overlay.removeFromParent();
      (overlay.material as ShadowMaterial).dispose();
    }
    this.shadowOverlays = [];
  }
}
