/**
 * What a kind of node gets to work with, and what it must be. A kind is one class in nodes/, entered in
 * nodes/index.ts under the name of its message; the tree and the view know no kind by name.
 */
import type { Camera, Object3D } from "three";
import type { Vec3 } from "../protocol/messages.gen";
import type { InstancePool } from "./batch/instancePool";
import type { ImageLoader } from "./images";
import type { LabelLayer } from "./labels/layer";
import type { DefaultLights } from "./lights";
import type { Mounts } from "./mounts";
import type { NeutralLight } from "./neutralLight";
import type { ShapeCache } from "./shapes";
import type { SplatPool } from "./splats/pool";
import type { SurfacePool } from "./surfaces";
import type { Theme } from "./theme";
import type { FrameUniforms, NodeVisual, Report } from "./visual";

export interface SceneContext {
  /** Objects added here are in the three.js world: their parent's matrix is the identity. */
  readonly stage: Object3D;
  readonly shapes: ShapeCache;
  readonly surfaces: SurfacePool;
  readonly instances: InstancePool;
  readonly labels: LabelLayer;
  readonly images: ImageLoader;
  readonly splats: SplatPool;
  /** Where lights that throw shadows enter themselves. */
  readonly lights: Pick<DefaultLights, "suns" | "casters">;
  readonly neutralLight: Pick<NeutralLight, "add" | "remove">;
  readonly mounts: Pick<Mounts, "add">;
  /** Where the three.js world's zero is, in its axes, as seen from the scene's own. Nodes are told when it moves. */
  readonly origin: Readonly<Vec3>;
  readonly frame: FrameUniforms;
  readonly theme: Pick<Theme, "resolve" | "onChange">;
  /** Called before each picture, with the camera it is taken by. Who adds one takes it out again. */
  readonly perFrame: Set<(camera: Camera) => void>;
  /** The picture has changed. */
  requestRender(): void;
}

export type NodeKind<P = object> = new (ctx: SceneContext, report: Report) => NodeVisual<P>;
