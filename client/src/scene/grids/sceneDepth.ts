/**
 * How far away the scene's solid objects are, for what is drawn between them. The scene is drawn once more for it, for
 * each frame in which a volume is seen, and only then.
 */
import {
  type Camera,
  DepthTexture,
  type Object3D,
  type Scene,
  SRGBColorSpace,
  Vector4,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";

const viewport = new Vector4();

export class SceneDepth {
  private target: WebGLRenderTarget | null = null;
  private frame = -1;
  private camera: Camera | null = null;
  private users = new Set<Object3D>();

  add(volume: Object3D): void {
    this.users.add(volume);
  }

  remove(volume: Object3D): void {
    this.users.delete(volume);
    if (this.users.size > 0) return;
    this.target?.dispose();
    this.target = null;
  }

  /**
   * The depths that are seen by a camera, in the picture that is being drawn. Its first pixel is that of the part of the
   * canvas, or of the target, that is drawn into.
   */
  take(renderer: WebGLRenderer, scene: Scene, camera: Camera): DepthTexture {
    const { z: width, w: height } = renderer.getCurrentViewport(viewport);
    const target = this.sized(Math.ceil(width), Math.ceil(height));
    const { frame } = renderer.info.render;
    if (this.frame !== frame || this.camera !== camera) {
      target.viewport.set(0, 0, width, height);
      this.draw(renderer, scene, camera, target);
      // Drawing has counted itself as a frame.
      this.frame = renderer.info.render.frame;
      this.camera = camera;
    }
    return target.depthTexture!;
  }

  private draw(
    renderer: WebGLRenderer,
    scene: Scene,
    camera: Camera,
    target: WebGLRenderTarget,
  ): void {
    const before = renderer.getRenderTarget();
    const { autoUpdate, needsUpdate } = renderer.shadowMap;
    const { background } = scene;
    const { autoReset } = renderer.info;
    const shown = [...this.users].filter((volume) => volume.visible);
    for (const volume of shown) volume.visible = false;
    renderer.shadowMap.autoUpdate = renderer.shadowMap.needsUpdate = false;
    scene.background = null;
    // What is counted is counted on.
    renderer.info.autoReset = false;
    try {
      renderer.setRenderTarget(target);
      renderer.clear();
      renderer.render(scene, camera);
    } finally {
      renderer.setRenderTarget(before);
      Object.assign(renderer.shadowMap, { autoUpdate, needsUpdate });
      scene.background = background;
      renderer.info.autoReset = autoReset;
      for (const volume of shown) volume.visible = true;
    }
  }

  /** A target of at least that size: views of several sizes take turns. */
  private sized(width: number, height: number): WebGLRenderTarget {
    const { target } = this;
    if (target && target.width >= width && target.height >= height) return target;
    target?.dispose();
    this.target = new WebGLRenderTarget(width, height, {
      colorSpace: SRGBColorSpace,
      internalFormat: "RGBA8",
      generateMipmaps: false,
      depthTexture: new DepthTexture(width, height),
    });
    // As for pictures (view/capture.ts): the materials' programs are those of the canvas then.
    (this.target as unknown as { isXRRenderTarget: boolean }).isXRRenderTarget = true;
    this.frame = -1;
    return this.target;
  }
}

const depths = new WeakMap<Scene, SceneDepth>();

/** The depths of a scene, which its volumes share. */
export function depthOf(scene: Scene): SceneDepth {
  const depth = depths.get(scene) ?? new SceneDepth();
  depths.set(scene, depth);
  return depth;
}
