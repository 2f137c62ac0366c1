/**
 * What a node class gets as dependencies. A kind of node is one class in nodes/, registered in nodes/index.ts
 * under the name of its message; the tree and the view do not depend on specific kinds.
 */
import type { Camera, Object3D } from "three";
import type { Vec3 } from "../protocol/messages.gen";
import type { InstancePool } from "./batch/instancePool";
import type { Cuts } from "./cuts/cuts";
import type { ImageLoader } from "./images";
import type { LabelLayer } from "./labels/layer";
import type { DefaultLights } from "./lights";
import type { Mounts } from "./mounts";
import type { NeutralEnvironment } from "./neutralEnvironment";
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
  /** Registry of lights that cast shadows. */
  readonly lights: Pick<DefaultLights, "directionalShadows" | "casters">;
  readonly neutralEnvironment: Pick<NeutralEnvironment, "add" | "remove">;
  readonly mounts: Pick<Mounts, "add">;
  readonly cuts: Pick<Cuts, "add" | "remove">;
  /** Origin of the three.js world in the scene, in the three.js axes. Nodes get setPose() when it moves. */
  readonly origin: Readonly<Vec3>;
  readonly frame: FrameUniforms;
  readonly theme: Pick<Theme, "resolve" | "onChange">;
  /** Called before each rendered picture with its camera. Whoever adds a callback removes it. */
  readonly perFrame: Set<(camera: Camera) => void>;
  /** The scene has changed: a frame must be drawn. */
  requestRender(): void;
}

export type NodeKind<P = object> = new (ctx: SceneContext, report: Report) => NodeVisual<P>;
