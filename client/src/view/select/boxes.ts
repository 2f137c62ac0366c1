/** Boxes drawn by their edges, some pixels wide, all of them in one draw call. */
import {
  BufferAttribute,
  DynamicDrawUsage,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  ShaderMaterial,
  Sphere,
} from "three";
import type { FrameUniforms } from "../../scene/visual";

/** Numbers of a box: the rows of the matrix from the cube of side 1 around the origin to the three.js world. */
export const BOX_NUMBERS = 12;

/** In CSS pixels. */
const WIDTH = 2;

const vertexShader = /* glsl */ `
uniform vec2 viewport;
uniform float pixelRatio;
in vec3 from;
in vec3 to;
in vec2 side;
in vec4 rowX;
in vec4 rowY;
in vec4 rowZ;
vec4 clipOf(vec3 corner) {
  vec4 p = vec4(corner, 1.0);
  return projectionMatrix * viewMatrix * vec4(dot(rowX, p), dot(rowY, p), dot(rowZ, p), 1.0);
}
void main() {
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

export class BoxEdges {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  /** The numbers of the boxes: call changed() after writing to them. */
  numbers = new Float32Array();
  private buffer: InstancedBufferAttribute[] = [];

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

  setCount(count: number): void {
    const { geometry } = this.mesh;
    geometry.instanceCount = count;
    this.mesh.visible = count > 0;
    if (this.numbers.length === count * BOX_NUMBERS) return;
    geometry.dispose();
    this.numbers = new Float32Array(count * BOX_NUMBERS);
    this.buffer = ["rowX", "rowY", "rowZ"].map((name, i) => {
      // Each row of all boxes is a run of its own.
      const rows = this.numbers.subarray(4 * count * i, 4 * count * (i + 1));
      const attribute = new InstancedBufferAttribute(rows, 4);
      attribute.setUsage(DynamicDrawUsage);
      geometry.setAttribute(name, attribute);
      return attribute;
    });
  }

  /** Writes the matrix of a box: column-major, 4 by 4. */
  write(index: number, matrix: ArrayLike<number>): void {
    const { numbers } = this;
    const run = numbers.length / 3;
    for (let row = 0; row < 3; row++) {
      const at = run * row + 4 * index;
      for (let column = 0; column < 4; column++) numbers[at + column] = matrix[4 * column + row]!;
    }
  }

  changed(): void {
    for (const attribute of this.buffer) attribute.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

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
