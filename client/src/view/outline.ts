/** The rim around the node under the pointer, when it can be clicked: its own shape, grown by some pixels. */
import {
  BackSide,
  BufferGeometry,
  GLSL3,
  type InstancedMesh,
  Mesh,
  type Scene,
  ShaderMaterial,
} from "three";
import type { FrameUniforms, Outline } from "../scene/context";

const vertexShader = /* glsl */ `
uniform vec2 viewport;
uniform float pixelRatio;
uniform bool fromCentre;
void main() {
  vec3 outwards = fromCentre ? position : normal;
  mat4 toClip = projectionMatrix * modelViewMatrix;
  vec4 clip = toClip * vec4(position, 1.0);
  vec4 ahead = toClip * vec4(position + outwards * 0.01, 1.0);
  vec2 way = (ahead.xy / ahead.w - clip.xy / clip.w) * viewport;
  float len = length(way);
  if (len > 1e-9) clip.xy += way / len * 3.5 * pixelRatio * 2.0 / viewport * clip.w;
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

const NOTHING = new BufferGeometry();

export class OutlineOverlay {
  private readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;

  constructor(
    private readonly scene: Scene,
    frame: FrameUniforms,
  ) {
    const material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      side: BackSide,
      uniforms: {
        viewport: frame.viewport,
        pixelRatio: frame.pixelRatio,
        fromCentre: { value: false },
        color: { value: [1, 0.79, 0.16] },
      },
    });
    this.mesh = new Mesh(NOTHING, material);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.frustumCulled = false;
  }

  /** The geometry is borrowed: show(null) before its owner frees it. */
  show(outline: Outline | null): void {
    if (!outline) {
      this.mesh.removeFromParent();
      this.mesh.geometry = NOTHING;
      return;
    }
    this.mesh.geometry = outline.geometry;
    this.mesh.material.uniforms.fromCentre!.value = outline.fromCentre;
    this.mesh.matrix.copy(outline.matrix);
    this.mesh.matrixWorld.copy(outline.matrix);
    if (!this.mesh.parent) this.scene.add(this.mesh as Mesh | InstancedMesh);
  }

  /** Whether it is drawn: not in pictures for programs. */
  set visible(on: boolean) {
    this.mesh.visible = on;
  }

  dispose(): void {
    this.show(null);
    this.mesh.material.dispose();
  }
}
