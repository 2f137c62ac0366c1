/** Outlines of nodes, such as a clickable one under the pointer: their own shape, enlarged by some pixels. */
import {
  BackSide,
  BufferGeometry,
  DoubleSide,
  GLSL3,
  Mesh,
  type Object3D,
  ShaderMaterial,
  SkinnedMesh,
  Vector3,
} from "three";
import { FatLines } from "../scene/fatLines";
import type { FrameUniforms, LineOutline, Outline } from "../scene/visual";

/** sRGB, under the pointer. */
const COLOR = [1, 0.79, 0.16] as const;
/** Its width in CSS pixels. */
const WIDTH = 3.5;

const vertexShader = /* glsl */ `
uniform vec2 viewport;
uniform float pixelRatio;
uniform bool fromCenter;
uniform vec3 center;
uniform bool hollow;
out vec4 vPoint;
flat out vec4 vEye;
#include <skinning_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
  vec3 transformed = position;
  vec3 objectNormal = normal;
  #include <skinbase_vertex>
  #include <skinnormal_vertex>
  #include <skinning_vertex>
  vec3 outwards = fromCenter ? transformed - center : objectNormal;
  mat4 toClip = projectionMatrix * modelViewMatrix;
  vec4 clip = toClip * vec4(transformed, 1.0);
  vec4 mvPosition = modelViewMatrix * vec4(transformed, 1.0);
  #include <clipping_planes_vertex>
  vec4 ahead = toClip * vec4(transformed + outwards * 0.01, 1.0);
  vec2 way = (ahead.xy / ahead.w - clip.xy / clip.w) * viewport;
  float len = length(way);
  if (len > 1e-9) clip.xy += way / len * ${WIDTH.toFixed(1)} * pixelRatio * 2.0 / viewport * clip.w;
  gl_Position = clip;
  if (hollow) {
    vPoint = inverse(toClip) * clip;
    // The camera; with parallel rays their direction.
    bool parallel = projectionMatrix[3][3] == 1.0;
    vEye = inverse(modelViewMatrix) * (parallel ? vec4(0.0, 0.0, -1.0, 0.0) : vec4(0.0, 0.0, 0.0, 1.0));
  }
}
`;

const fragmentShader = /* glsl */ `
uniform vec3 color;
uniform bool hollow;
uniform float seeThrough;
in vec4 vPoint;
flat in vec4 vEye;
out vec4 fragColor;
#include <clipping_planes_pars_fragment>
void main() {
  #include <clipping_planes_fragment>
  if (hollow) {
    // The distance of the pixel's ray from the sphere's center.
    vec3 point = vPoint.xyz / vPoint.w;
    vec3 along = normalize(vEye.w < 0.5 ? vEye.xyz : point - vEye.xyz);
    vec3 nearest = point - dot(point, along) * along;
    if (dot(nearest, nearest) < 1.0) discard;
  }
  // Behind a translucent body all of it is seen, not only its rim.
  fragColor = vec4(color, seeThrough > 0.5 ? 0.25 : 1.0);
}
`;

/** After what is opaque and shaded by its depth (looks/), before all transparent objects but grids. */
const ORDER = -5;

/** A model with more parts gets an outline around this many. */
const MAX_PARTS = 64;

type Rim = Mesh<BufferGeometry, ShaderMaterial>;

export class OutlineOverlay {
  /** What is drawn now. */
  private rims: Rim[] = [];
  /** Meshes to be used again, by what can't be changed about them. */
  private readonly spare = new Map<string, Rim[]>();
  private readonly lines: FatLines;

  /** They are drawn in `parent`, whose matrix is the identity. */
  constructor(
    private readonly parent: Object3D,
    private readonly frame: FrameUniforms,
    private readonly color: readonly [number, number, number] = COLOR,
  ) {
    this.lines = new FatLines(frame);
    this.lines.setColor(color);
    this.lines.setRim(WIDTH);
    this.lines.mesh.material.transparent = true;
    this.lines.mesh.renderOrder = ORDER;
  }

  /** The geometries are borrowed: show(null) before their owner frees them. */
  show(outline: Outline | LineOutline | readonly Outline[] | null): void {
    this.clear();
    if (outline && "segments" in outline) {
      this.showLines(outline);
      return;
    }
    const parts = outline === null ? [] : "geometry" in outline ? [outline] : outline;
    for (const part of parts.slice(0, MAX_PARTS)) this.add(part);
  }

  dispose(): void {
    this.clear();
    this.lines.dispose();
    for (const rims of this.spare.values()) for (const rim of rims) rim.material.dispose();
  }

  private showLines({ segments, matrix, thickness }: LineOutline): void {
    const { lines } = this;
    lines.setThickness(thickness);
    lines.setPoints(segments);
    lines.mesh.matrix.copy(matrix);
    lines.mesh.matrixWorld.copy(matrix);
    this.parent.add(lines.mesh);
  }

  private clear(): void {
    this.lines.mesh.removeFromParent();
    for (const rim of this.rims) {
      rim.removeFromParent();
      rim.geometry = NOTHING;
      this.spareOf(rim instanceof SkinnedMesh, rim.material.side === DoubleSide).push(rim);
    }
    this.rims = [];
  }

  private spareOf(skinned: boolean, flat: boolean): Rim[] {
    const key = `${skinned} ${flat}`;
    const known = this.spare.get(key);
    if (known) return known;
    const made: Rim[] = [];
    this.spare.set(key, made);
    return made;
  }

  private add({ geometry, matrix, fromCenter, hollow, skin }: Outline): void {
    const shape = shapeOf(geometry);
    const skinned = skin !== undefined;
    const rim = this.spareOf(skinned, shape.flat).pop() ?? this.make(skinned, shape.flat);
    rim.geometry = geometry;
    const { uniforms } = rim.material;
    uniforms.fromCenter!.value = fromCenter || shape.flat;
    uniforms.center!.value = shape.center;
    uniforms.hollow!.value = hollow === true;
    rim.matrix.copy(matrix);
    rim.matrixWorld.copy(matrix);
    if (skin && rim instanceof SkinnedMesh) {
      rim.skeleton = skin.skeleton;
      rim.bindMode = skin.bindMode;
      rim.bindMatrix.copy(skin.bindMatrix);
      rim.bindMatrixInverse.copy(skin.bindMatrixInverse);
    }
    this.parent.add(rim);
    this.rims.push(rim);
  }

  private make(skinned: boolean, flat: boolean): Rim {
    const { viewport, pixelRatio, seeThrough } = this.frame;
    const material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      clipping: true,
      // Flat shapes have no back faces: the outline is drawn behind them by its depth offset.
      side: flat ? DoubleSide : BackSide,
      transparent: true,
      polygonOffset: flat,
      polygonOffsetFactor: 4,
      polygonOffsetUnits: 16,
      uniforms: {
        viewport,
        pixelRatio,
        seeThrough,
        fromCenter: { value: false },
        center: { value: new Vector3() },
        hollow: { value: false },
        color: { value: this.color },
      },
    });
    const rim: Rim = skinned ? new SkinnedMesh(NOTHING, material) : new Mesh(NOTHING, material);
    rim.matrixAutoUpdate = false;
    rim.renderOrder = ORDER;
    rim.frustumCulled = false;
    return rim;
  }
}

const NOTHING = new BufferGeometry();

interface Shape {
  center: Vector3;
  flat: boolean;
}

const shapes = new WeakMap<BufferGeometry, Shape>();

function shapeOf(geometry: BufferGeometry): Shape {
  const known = shapes.get(geometry);
  // Without a box the vertices have changed since.
  if (known && geometry.boundingBox) return known;
  if (!geometry.boundingBox) geometry.computeBoundingBox();
  const size = geometry.boundingBox!.getSize(new Vector3()).toArray();
  const flat = Math.min(...size) < 1e-3 * Math.max(...size);
  const shape = { center: geometry.boundingBox!.getCenter(new Vector3()), flat };
  shapes.set(geometry, shape);
  return shape;
}
