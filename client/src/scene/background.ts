/**
 * The background image, stretched over the canvas. With a depth map it also writes depth: each pixel of the
 * canvas gets the distance of what the image shows there, so that the image and the scene occlude each other.
 *
 * It is one large triangle. Texture coordinates follow from the view direction of a pixel, not from its position
 * on the canvas: a picture that is drawn in tiles shows the image once.
 */
import {
  BufferAttribute,
  BufferGeometry,
  GLSL3,
  Mesh,
  NoColorSpace,
  type Scene,
  ShaderMaterial,
  type Texture,
  Vector2,
} from "three";
import type { BackgroundImageMessage } from "../protocol/messages.gen";
import type { ImageLoader } from "./images";
import { halfViewOf } from "./viewCamera";

const vertexShader = /* glsl */ `
uniform vec2 halfView;
out vec2 vUv;
void main() {
  // View-space slopes of the pixel, or its place with parallel rays; for a tile, the projection is shifted.
  vec2 slope = vec2(
    (position.x + projectionMatrix[2][0] - projectionMatrix[3][0]) / projectionMatrix[0][0],
    (position.y + projectionMatrix[2][1] - projectionMatrix[3][1]) / projectionMatrix[1][1]
  );
  vUv = 0.5 + 0.5 * slope / halfView;
  gl_Position = vec4(position.xy, 1.0, 1.0);
}
`;

const fragmentShader = /* glsl */ `
uniform highp sampler2D image;
uniform highp sampler2D depths;
uniform bool hasImage;
uniform bool hasDepths;
in vec2 vUv;
out vec4 fragColor;
void main() {
  // Colors are sRGB and unlit: written unchanged.
  if (!hasImage) discard;
  fragColor = vec4(texture(image, vUv).rgb, 1.0);
  gl_FragDepth = 1.0;
  if (!hasDepths) return;
  // A 24-bit distance in steps of 1e-5, red is the most significant byte.
  float z = dot(floor(texture(depths, vUv).rgb * 255.0 + 0.5), vec3(65536.0, 256.0, 1.0)) * 1e-5;
  if (z <= 0.0) {
    gl_FragDepth = 0.0;
    return;
  }
  float ndc = (-projectionMatrix[2][2] * z + projectionMatrix[3][2]) / mix(z, 1.0, projectionMatrix[3][3]);
  gl_FragDepth = clamp(0.5 * ndc + 0.5, 0.0, 1.0);
}
`;

export class BackgroundImage {
  private readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;
  private loading: { cancel(): void }[] = [];
  /** Decoded textures that wait for the other one (image or depth). */
  private waiting: Texture[] = [];
  private shown: (Texture | null)[] = [null, null];

  constructor(
    private readonly scene: Scene,
    private readonly images: ImageLoader,
    private readonly changed: () => void,
    /** Problem with the image; null: none. */
    private readonly report: (problem: string | null) => void,
  ) {
    const geometry = new BufferGeometry();
    const corners = new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]);
    geometry.setAttribute("position", new BufferAttribute(corners, 3));
    const material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader: `uniform mat4 projectionMatrix;\n${fragmentShader}`,
      uniforms: {
        halfView: { value: new Vector2(1, 1) },
        image: { value: null },
        depths: { value: null },
        hasImage: { value: false },
        hasDepths: { value: false },
      },
    });
    this.mesh = new Mesh(geometry, material);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = -1;
    this.mesh.onBeforeRender = (_renderer, _scene, camera) => {
      halfViewOf(camera, material.uniforms.halfView!.value);
      material.uniformsNeedUpdate = true;
    };
  }

  set(m: BackgroundImageMessage): void {
    this.cancel();
    this.report(null);
    if (!m.rgb_data || m.rgb_data.length === 0) {
      this.show(null, null);
      return;
    }
    const depth = m.depth_data && m.depth_data.length > 0 ? m.depth_data : null;
    // Both are replaced together: image and depth must belong to each other.
    let image: Texture | null = null;
    let depths: Texture | null = null;
    let missing = depth ? 2 : 1;
    const arrived = (texture: Texture | null, error: string | null) => {
      if (error) this.report(`a part of the background image can't be shown: ${error}`);
      if (texture) this.waiting.push(texture);
      if (--missing > 0) return;
      this.waiting = [];
      this.show(image, depths);
    };
    this.loading.push(
      this.images.load(m.rgb_data, m.format, (texture, error) => {
        image = texture;
        if (image) image.colorSpace = NoColorSpace;
        arrived(texture, error);
      }),
    );
    if (!depth) return;
    this.loading.push(
      this.images.load(
        depth,
        "png",
        (texture, error) => {
          depths = texture;
          arrived(texture, error);
        },
        { numbers: true },
      ),
    );
  }

  dispose(): void {
    this.cancel();
    this.show(null, null);
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }

  private cancel(): void {
    for (const l of this.loading) l.cancel();
    for (const t of this.waiting) t.dispose();
    this.loading = [];
    this.waiting = [];
  }

  private show(image: Texture | null, depths: Texture | null): void {
    for (const t of this.shown) t?.dispose();
    this.shown = [image, depths];
    const u = this.mesh.material.uniforms;
    u.image!.value = image;
    u.depths!.value = depths;
    u.hasImage!.value = image !== null;
    u.hasDepths!.value = depths !== null;
    if (image) this.scene.add(this.mesh);
    else this.mesh.removeFromParent();
    this.changed();
  }
}
