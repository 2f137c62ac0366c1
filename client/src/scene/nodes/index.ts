/**
 * Registry of node classes by the type of the message that creates them. A new kind is a class in this folder
 * and a line here.
 */
import type { NodeKind } from "../context";
import type { CreateMessage } from "../place";
import { Arrows } from "./arrows";
import { BatchedAxes } from "./batchedAxes";
import { BatchedGlb } from "./batchedGlb";
import { BatchedMeshes } from "./batchedMeshes";
import { CameraFrustum } from "./cameraFrustum";
import { Frame } from "./frame";
import { Glb } from "./glb";
import { Grid } from "./grid";
import { Gui3D } from "./gui3d";
import { ImageQuad } from "./image";
import { Label } from "./label";
import { lazy } from "./lazy";
import {
  AmbientLight,
  DirectionalLight,
  HemisphereLight,
  PointLight,
  RectAreaLight,
  SpotLight,
} from "./lights";
import { LineSegments } from "./lines";
import { TriangleMesh } from "./mesh";
import { PointCloud } from "./points";
import { Box, Cylinder, Icosphere } from "./primitives";
import { SkinnedMesh } from "./skinnedMesh";
import { GaussianSplats } from "./splats";
import { CatmullRomSpline, CubicBezierSpline } from "./splines";
import { TransformControls } from "./transformControls";

type PropsOf<T extends CreateMessage["type"]> = Extract<CreateMessage, { type: T }>["props"];

export const KINDS: { readonly [T in CreateMessage["type"]]: NodeKind<PropsOf<T>> } = {
  BatchedGlbMessage: BatchedGlb,
  BatchedMeshesMessage: BatchedMeshes,
  GlbMessage: Glb,
  SkinnedMeshMessage: SkinnedMesh,
  ArrowMessage: Arrows,
  BatchedAxesMessage: BatchedAxes,
  BoxMessage: Box,
  CameraFrustumMessage: CameraFrustum,
  CatmullRomSplineMessage: CatmullRomSpline,
  CubicBezierSplineMessage: CubicBezierSpline,
  CylinderMessage: Cylinder,
  FrameMessage: Frame,
  GridMessage: Grid,
  IcosphereMessage: Icosphere,
  ImageMessage: ImageQuad,
  LabelMessage: Label,
  AmbientLightMessage: AmbientLight,
  DirectionalLightMessage: DirectionalLight,
  HemisphereLightMessage: HemisphereLight,
  PointLightMessage: PointLight,
  RectAreaLightMessage: RectAreaLight,
  SpotLightMessage: SpotLight,
  LineSegmentsMessage: LineSegments,
  MeshMessage: TriangleMesh,
  PointCloudMessage: PointCloud,
  GaussianSplatsMessage: GaussianSplats,

  Gui3DMessage: Gui3D,
  TransformControlsMessage: TransformControls,

  VoxelsMessage: lazy(() => import("../grids/voxels").then((m) => m.Voxels)),
  VolumeMessage: lazy(() => import("../grids/volume").then((m) => m.Volume)),
  ClipPlaneMessage: lazy(() => import("./clip").then((m) => m.ClipPlane)),
  ClipBoxMessage: lazy(() => import("./clip").then((m) => m.ClipBox)),
};
