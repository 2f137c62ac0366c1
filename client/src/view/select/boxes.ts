/** Boxes drawn by their edges, some pixels wide, all of them in one draw call. */
import {
  BufferAttribute,
  DynamicDrawUsage,
  GLSL3,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  ShaderMaterial,
  Sphere,
  type Vector3Like,
} from "three";
import type { Pose } from "../../scene/pose";
import type { FrameUniforms } from "../../scene/visual";

/** Numbers of a pose: position and quaternion. */
const POSE_NUMBERS = 7;
/** Numbers of a box in its frame: center and size. */
const BOX_NUMBERS = 6;

/** In CSS pixels. */
const WIDTH = 2;

const vertexShader = /* glsl */ `
uniform vec2 viewport;
uniform float pixelRatio;
in vec3 from;
in vec3 to;
in vec2 side;
in vec3 place;
in vec4 turn;
in vec3 center;
in vec3 size;
vec4 clipOf(vec3 corner) {
  vec3 p = center + corner * size;
  vec3 t = 2.0 * cross(turn.xyz, p);
  return projectionMatrix * viewMatrix * vec4(p + turn.w * t + cross(turn.xyz, t) + place, 1.0);
}
void main() {
  if (size == vec3(0.0)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec4 a = clipOf(from);
  vec4 b = clipOf(to);
  // Distances from the near plane: what is before it cannot be projected.
  float da = a.z + a.w;
  float db = b.z + b.w;
  if (!(da > 0.0 || db > 0.0)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec4 a0 = a;
  if (da <= 0.0) a = mix(a0, b, -da / (db - da) + 1e-4);
  else if (db <= 0.0) b = mix(a0, b, da / (da - db) - 1e-4);
  vec2 along = (b.xy / b.w - a.xy / a.w) * viewport;
  float len = length(along);
  vec2 direction = len > 1e-6 ? along / len : vec2(1.0, 0.0);
  vec4 clip = side.x < 0.5 ? a : b;
  vec2 shift = direction * (side.x * 2.0 - 1.0) + vec2(-direction.y, direction.x) * side.y;
  clip.xy += shift * pixelRatio * ${WIDTH.toFixed(1)} / viewport * clip.w;
  // In front of surfaces that the edges lie on.
  clip.z -= 2e-5 * clip.w;
  gl_Position = clip;
}
`;

const fragmentShader = /* glsl */ `
uniform vec3 color;
out vec4 fragColor;
void main() {
  fragColor = vec4(color, 1.0);
}
`;

/** Numbers of each box, in a buffer of their own. */
class Rows {
  readonly numbers: Float32Array;
  private readonly buffer: InstancedInterleavedBuffer;

  constructor(
    geometry: InstancedBufferGeometry,
    count: number,
    private readonly width: number,
    names: readonly (readonly [name: string, size: number])[],
  ) {
    this.numbers = new Float32Array(count * width);
    this.buffer = new InstancedInterleavedBuffer(this.numbers, width);
    this.buffer.setUsage(DynamicDrawUsage);
    let at = 0;
    for (const [name, size] of names) {
      geometry.setAttribute(name, new InterleavedBufferAttribute(this.buffer, size, at));
      at += size;
    }
  }

  /** Writes a number of a box; returns whether it is another one now. */
  set(index: number, at: number, value: number): boolean {
    const { numbers } = this;
    const i = index * this.width + at;
    const rounded = Math.fround(value);
    if (numbers[i] === rounded) return false;
    numbers[i] = rounded;
    return true;
  }

  changed(): void {
    this.buffer.needsUpdate = true;
  }
}

export class BoxEdges {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  private count = 0;
  private poses: Rows | null = null;
  private boxes: Rows | null = null;

  /** sRGB. */
  constructor({ viewport, pixelRatio }: FrameUniforms, color: readonly [number, number, number]) {
    const material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: { viewport, pixelRatio, color: { value: color } },
    });
    this.mesh = new Mesh(edges(), material);
    this.mesh.frustumCulled = false;
    this.mesh.matrixAutoUpdate = false;
  }

  /** So many boxes, none of which is seen until it is set. */
  setCount(count: number): void {
    const { geometry } = this.mesh;
    // Buffers are freed with their geometry only.
    if (this.count > 0) geometry.dispose();
    this.count = count;
    geometry.instanceCount = count;
    this.mesh.visible = count > 0;
    this.poses = this.boxes = null;
    if (count === 0) return;
    this.poses = new Rows(geometry, count, POSE_NUMBERS, [
      ["place", 3],
      ["turn", 4],
    ]);
    this.boxes = new Rows(geometry, count, BOX_NUMBERS, [
      ["center", 3],
      ["size", 3],
    ]);
  }

  /** The frame that a box is in; the frame's place is in the three.js world. Thousands are set for each picture. */
  setPose(index: number, pose: Pose): void {
    const { numbers } = this.poses!;
    const i = index * POSE_NUMBERS;
    const same =
      numbers[i] === Math.fround(pose.px) &&
      numbers[i + 1] === Math.fround(pose.py) &&
      numbers[i + 2] === Math.fround(pose.pz) &&
      numbers[i + 3] === Math.fround(pose.qx) &&
      numbers[i + 4] === Math.fround(pose.qy) &&
      numbers[i + 5] === Math.fround(pose.qz) &&
      numbers[i + 6] === Math.fround(pose.qw);
    if (same) return;
    numbers[i] = pose.px;
    numbers[i + 1] = pose.py;
    numbers[i + 2] = pose.pz;
    numbers[i + 3] = pose.qx;
    numbers[i + 4] = pose.qy;
    numbers[i + 5] = pose.qz;
    numbers[i + 6] = pose.qw;
    this.poses!.changed();
  }

  /** A box in its frame. */
  setBox(index: number, center: Vector3Like, size: Vector3Like): void {
    const { x, y, z } = center;
    const values = [x, y, z, size.x, size.y, size.z];
    const boxes = this.boxes!;
    let changed = false;
    for (let i = 0; i < BOX_NUMBERS; i++) changed = boxes.set(index, i, values[i]!) || changed;
    if (changed) boxes.changed();
  }

  hide(index: number): void {
    this.setBox(index, NOTHING, NOTHING);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

const NOTHING = { x: 0, y: 0, z: 0 };

/** The twelve edges of the cube, each a quad that the shader widens. */
function edges(): InstancedBufferGeometry {
  const from: number[] = [];
  const to: number[] = [];
  const side: number[] = [];
  const index: number[] = [];
  const corner = (bits: number) => [bits & 1, (bits >> 1) & 1, bits >> 2].map((b) => b - 0.5);
  for (let bits = 0; bits < 8; bits++) {
    for (const axis of [1, 2, 4]) {
      if (bits & axis) continue;
      const first = side.length / 2;
      for (const [along, across] of [
        [0, -1],
        [0, 1],
        [1, -1],
        [1, 1],
      ] as const) {
        from.push(...corner(bits));
        to.push(...corner(bits | axis));
        side.push(along, across);
      }
      index.push(first, first + 2, first + 1, first + 1, first + 2, first + 3);
    }
  }
  const g = new InstancedBufferGeometry();
  g.setAttribute("from", new BufferAttribute(new Float32Array(from), 3));
  g.setAttribute("to", new BufferAttribute(new Float32Array(to), 3));
  g.setAttribute("side", new BufferAttribute(new Float32Array(side), 2));
  g.setIndex(index);
  // three.js sorts by the center of this sphere.
  g.boundingSphere = new Sphere();
  g.instanceCount = 0;
  return g;
}
