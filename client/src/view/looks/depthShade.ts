/**
 * Shades what is opaque by its depths, before what is transparent is drawn over it. A triangle that covers the picture
 * is the first of the transparent objects: just before it is drawn, the depths so far are copied to a texture. It
 * multiplies the colors that are there, so that smoothed edges stay smooth, and labels, splats and translucent
 * surfaces are not affected. It works in any render target, but not on the canvas, whose depths can't be copied.
 */
import {
  AddEquation,
  BufferAttribute,
  BufferGeometry,
  Camera,
  Color,
  CustomBlending,
  DepthTexture,
  GLSL3,
  Matrix4,
  Mesh,
  NearestFilter,
  OneFactor,
  Scene,
  ShaderMaterial,
  SrcAlphaFactor,
  type Texture,
  UnsignedIntType,
  Vector4,
  type WebGLRenderer,
  WebGLRenderTarget,
  ZeroFactor,
} from "three";
import type { FrameUniforms } from "../../scene/visual";
import type { LookSet } from "./names";
import { AO_SCALE, fillVertex, occlusionFragment, shadeFragment } from "./shadeShader";

/** Before all transparent objects. */
const FIRST = -1e6;
const INK = { light: new Color(0x101214), dark: new Color(0xd8dce2) };

/** Framebuffers of a target, as three.js keeps them. */
interface Framebuffers {
  __webglFramebuffer?: WebGLFramebuffer;
  __webglMultisampledFramebuffer?: WebGLFramebuffer;
}

export function fillTriangle(): BufferGeometry {
  const corners = new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]);
  return new BufferGeometry().setAttribute("position", new BufferAttribute(corners, 3));
}

/** Whether a look needs it. */
export function needsDepths(looks: LookSet): boolean {
  return looks.has("eye_dome") || looks.has("studio") || looks.has("silhouettes");
}

export class DepthShade {
  private readonly depths = new WebGLRenderTarget(1, 1, {
    depthTexture: new DepthTexture(1, 1, UnsignedIntType),
  });
  private readonly occlusion = new WebGLRenderTarget(1, 1, {
    depthBuffer: false,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
    generateMipmaps: false,
  });
  private readonly uniforms;
  private readonly shade: Mesh<BufferGeometry, ShaderMaterial>;
  private readonly occlude: Mesh<BufferGeometry, ShaderMaterial>;
  private readonly occludeScene = new Scene();
  private readonly noCamera = new Camera();
  private readonly viewport = new Vector4();

  constructor(
    private readonly renderer: WebGLRenderer,
    frame: FrameUniforms,
  ) {
    this.uniforms = {
      depths: { value: this.depths.depthTexture },
      occlusion: { value: null as Texture | null },
      projection: { value: new Matrix4() },
      unproject: { value: new Matrix4() },
      area: { value: [0, 0, 1, 1] },
      pixelRatio: frame.pixelRatio,
      ink: { value: INK.light },
    };
    const geometry = fillTriangle();
    const common = {
      glslVersion: GLSL3,
      vertexShader: fillVertex,
      uniforms: this.uniforms,
      depthTest: false,
      depthWrite: false,
    } as const;
    this.shade = new Mesh(
      geometry,
      new ShaderMaterial({
        ...common,
        fragmentShader: shadeFragment,
        transparent: true,
        blending: CustomBlending,
        blendEquation: AddEquation,
        blendSrc: OneFactor,
        blendDst: SrcAlphaFactor,
        blendSrcAlpha: ZeroFactor,
        blendDstAlpha: OneFactor,
      }),
    );
    this.shade.renderOrder = FIRST;
    this.shade.frustumCulled = false;
    this.shade.matrixAutoUpdate = false;
    this.shade.onBeforeRender = (_renderer, _scene, camera) => this.prepare(camera);
    this.occlude = new Mesh(
      geometry,
      new ShaderMaterial({ ...common, fragmentShader: occlusionFragment }),
    );
    this.occlude.frustumCulled = false;
    this.occludeScene.add(this.occlude);
  }

  /** Whether depths can be copied here: drivers may refuse it. Draws nothing that is seen. */
  works(): boolean {
    const { renderer } = this;
    const gl = renderer.getContext();
    const target = new WebGLRenderTarget(4, 4, { samples: 4, resolveDepthBuffer: false });
    try {
      while (gl.getError() !== gl.NO_ERROR && !gl.isContextLost());
      renderer.setRenderTarget(target);
      this.copyDepths(target);
      return gl.getError() === gl.NO_ERROR;
    } finally {
      renderer.setRenderTarget(null);
      target.dispose();
    }
  }

  begin(scene: Scene, looks: LookSet, dark: boolean): void {
    const { material } = this.shade;
    const wanted = {
      EYE_DOME: looks.has("eye_dome"),
      OCCLUSION: looks.has("studio"),
      SILHOUETTES: looks.has("silhouettes"),
    };
    for (const [name, on] of Object.entries(wanted)) {
      if (name in material.defines === on) continue;
      if (on) material.defines[name] = "";
      else delete material.defines[name];
      material.needsUpdate = true;
    }
    this.uniforms.ink.value = INK[dark ? "dark" : "light"];
    scene.add(this.shade);
  }

  end(): void {
    this.shade.removeFromParent();
  }

  dispose(): void {
    this.depths.depthTexture?.dispose();
    this.depths.dispose();
    this.occlusion.dispose();
    this.shade.geometry.dispose();
    this.shade.material.dispose();
    this.occlude.material.dispose();
  }

  /** Before the triangle is drawn: everything opaque is there. */
  private prepare(camera: Camera): void {
    const { renderer, uniforms } = this;
    const target = renderer.getRenderTarget();
    if (!target) return;
    this.copyDepths(target);
    const { x, y, z, w } = renderer.getCurrentViewport(this.viewport);
    uniforms.area.value = [x, y, z, w];
    uniforms.projection.value.copy(camera.projectionMatrix);
    uniforms.unproject.value.copy(camera.projectionMatrixInverse);
    if ("OCCLUSION" in this.shade.material.defines) this.drawOcclusion(target, z, w);
    this.shade.material.uniformsNeedUpdate = true;
  }

  private drawOcclusion(target: WebGLRenderTarget, width: number, height: number): void {
    const { renderer, occlusion, uniforms } = this;
    const side = (pixels: number) => Math.ceil(pixels / AO_SCALE);
    occlusion.setSize(side(target.width), side(target.height));
    occlusion.viewport.set(0, 0, side(width), side(height));
    uniforms.occlusion.value = null;
    renderer.setRenderTarget(occlusion);
    renderer.render(this.occludeScene, this.noCamera);
    renderer.setRenderTarget(target);
    uniforms.occlusion.value = occlusion.texture;
  }

  /** three.js can't do that in the middle of a picture. */
  private copyDepths(from: WebGLRenderTarget): void {
    const { renderer, depths } = this;
    const gl = renderer.getContext() as WebGL2RenderingContext;
    const { width, height } = from;
    if (depths.width !== width || depths.height !== height) depths.setSize(width, height);
    // three.js makes its framebuffer when it becomes the current one.
    if (!this.framebuffers(depths).__webglFramebuffer) {
      renderer.setRenderTarget(depths);
      renderer.setRenderTarget(from);
    }
    const source = this.framebuffers(from);
    const drawn = source.__webglMultisampledFramebuffer ?? source.__webglFramebuffer ?? null;
    const { state } = renderer;
    const scissor = gl.isEnabled(gl.SCISSOR_TEST);
    gl.disable(gl.SCISSOR_TEST);
    state.bindFramebuffer(gl.READ_FRAMEBUFFER, drawn);
    state.bindFramebuffer(
      gl.DRAW_FRAMEBUFFER,
      this.framebuffers(depths).__webglFramebuffer ?? null,
    );
    gl.blitFramebuffer(0, 0, width, height, 0, 0, width, height, gl.DEPTH_BUFFER_BIT, gl.NEAREST);
    state.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
    state.bindFramebuffer(gl.DRAW_FRAMEBUFFER, drawn);
    if (scissor) gl.enable(gl.SCISSOR_TEST);
  }

  private framebuffers(target: WebGLRenderTarget): Framebuffers {
    return this.renderer.properties.get(target) as Framebuffers;
  }
}
