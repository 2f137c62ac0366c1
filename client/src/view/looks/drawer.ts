/** Draws the looks. A chunk of its own, loaded with the first look that is on. */
import {
  type BufferAttribute,
  type DataTexture,
  DataUtils,
  GLSL3,
  Mesh,
  Points,
  Scene,
  ShaderMaterial,
  SRGBColorSpace,
  Camera as ThreeCamera,
  Vector2,
  Vector4,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import type { FrameUniforms } from "../../scene/visual";
import { DepthShade, fillTriangle, needsDepths } from "./depthShade";
import type { LookName, LookSet } from "./names";
import { Overlays } from "./overlays";
import { fillVertex } from "./shadeShader";
import { pointSpacing } from "./spacing";
import { studioPanorama } from "./studioLight";
import { XRay } from "./xray";

export interface DrawDeps {
  renderer: WebGLRenderer;
  scene: Scene;
  frame: FrameUniforms;
  /** Light from all around in place of the page's ambient light, unless the program has surroundings; null: none. */
  setStudioLight(panorama: DataTexture | null): void;
  /** Another frame is needed. */
  redraw(): void;
}

const copyFragment = /* glsl */ `
uniform sampler2D drawn;
uniform ivec2 corner;
out vec4 fragColor;
void main() {
  fragColor = vec4(texelFetch(drawn, ivec2(gl_FragCoord.xy) - corner, 0).rgb, 1.0);
}
`;

export class LookDrawer {
  dark = false;
  private readonly shade: DepthShade;
  private readonly overlays: Overlays;
  private readonly xray = new XRay();
  private readonly copy: Mesh<ReturnType<typeof fillTriangle>, ShaderMaterial>;
  private readonly copyScene = new Scene();
  private readonly noCamera = new ThreeCamera();
  private readonly size = new Vector2();
  private readonly viewport = new Vector4();
  private readonly spacings = new WeakMap<object, { count: number; spacing: number }>();
  private readonly depthsWork: boolean;
  /** The page's picture, before it is on the canvas. */
  private target: WebGLRenderTarget | null = null;
  private panorama: DataTexture | null = null;
  private studio = false;

  constructor(private readonly deps: DrawDeps) {
    this.shade = new DepthShade(deps.renderer, deps.frame);
    this.depthsWork = this.shade.works();
    this.overlays = new Overlays(deps.redraw);
    this.copy = new Mesh(
      fillTriangle(),
      new ShaderMaterial({
        glslVersion: GLSL3,
        vertexShader: fillVertex,
        fragmentShader: copyFragment,
        uniforms: { drawn: { value: null }, corner: { value: [0, 0] } },
        depthTest: false,
        depthWrite: false,
        toneMapped: false,
      }),
    );
    this.copy.frustumCulled = false;
    this.copyScene.add(this.copy);
  }

  /** Whether this browser's graphics driver can draw it. */
  can(look: LookName): boolean {
    return this.depthsWork || !needsDepths(new Set([look]));
  }

  /** Draws by `render`, on the canvas or into the renderer's current target. */
  draw(looks: LookSet, onPage: boolean, render: () => void): void {
    const { renderer, scene } = this.deps;
    const shaded = needsDepths(looks) && this.depthsWork;
    const { info } = renderer;
    // The statistics are those of all steps.
    info.autoReset = false;
    info.reset();
    this.setStudio(looks.has("studio"));
    this.setSpacings(looks.has("adaptive_points"));
    this.overlays.begin(scene, looks);
    this.deps.frame.seeThrough.value = looks.has("x_ray") ? 1 : 0;
    if (looks.has("x_ray")) this.xray.begin(scene);
    if (shaded) this.shade.begin(scene, looks, this.dark);
    try {
      if (shaded && onPage) this.drawOnPage(render);
      else render();
    } finally {
      this.shade.end();
      this.xray.end();
      this.overlays.end();
      info.autoReset = true;
    }
    if (!shaded && onPage) this.freeTarget();
  }

  dispose(): void {
    this.freeTarget();
    this.shade.dispose();
    this.overlays.dispose();
    this.copy.geometry.dispose();
    this.copy.material.dispose();
    this.panorama?.dispose();
  }

  /** By way of a target, as the depths of the canvas can't be read. */
  private drawOnPage(render: () => void): void {
    const { renderer } = this.deps;
    const target = this.targetOf(renderer.getDrawingBufferSize(this.size));
    // One of several views has a part of the canvas.
    const { x, y, z: width, w: height } = renderer.getCurrentViewport(this.viewport);
    target.viewport.set(0, 0, width, height);
    target.scissor.set(0, 0, width, height);
    target.scissorTest = true;
    renderer.setRenderTarget(target);
    try {
      render();
    } finally {
      renderer.setRenderTarget(null);
    }
    const { drawn, corner } = this.copy.material.uniforms;
    drawn!.value = target.texture;
    corner!.value = [x, y];
    renderer.render(this.copyScene, this.noCamera);
  }

  /** As of pictures for programs (captureTarget.ts): its pixels equal the canvas's. */
  private targetOf({ x, y }: Vector2): WebGLRenderTarget {
    if (this.target?.width === x && this.target.height === y) return this.target;
    this.freeTarget();
    const gl = this.deps.renderer.getContext();
    const target = new WebGLRenderTarget(x, y, {
      samples: Math.max(gl.getParameter(gl.SAMPLES), 1),
      colorSpace: SRGBColorSpace,
      internalFormat: "RGBA8",
      generateMipmaps: false,
      resolveDepthBuffer: false,
    });
    (target as unknown as { isXRRenderTarget: boolean }).isXRRenderTarget = true;
    this.target = target;
    return target;
  }

  private freeTarget(): void {
    this.target?.dispose();
    this.target = null;
  }

  private setStudio(on: boolean): void {
    if (on === this.studio) return;
    this.studio = on;
    if (on) this.panorama ??= studioPanorama();
    this.deps.setStudioLight(on ? this.panorama : null);
  }

  /** Each cloud gets its own; it is measured once, and again when the number of its points has changed. */
  private setSpacings(on: boolean): void {
    const { scene, frame } = this.deps;
    frame.adaptivePoints.value = on ? 1 : 0;
    if (!on) return;
    scene.traverseVisible((object) => {
      if (!(object instanceof Points) || !(object.material instanceof ShaderMaterial)) return;
      const { spacing } = object.material.uniforms;
      if (spacing) spacing.value = this.spacingOf(object);
    });
  }

  private spacingOf({ geometry }: Points): number {
    const position = geometry.getAttribute("position") as BufferAttribute | undefined;
    if (!position) return 0;
    const count = geometry.drawRange.count;
    const known = this.spacings.get(geometry);
    if (known && Math.abs(known.count - count) <= 0.1 * known.count) return known.spacing;
    const { array, itemSize } = position;
    const half = "isFloat16BufferAttribute" in position && array instanceof Uint16Array;
    const at = (i: number, axis: number): number => {
      const v = array[i * itemSize + axis]!;
      return half ? DataUtils.fromHalfFloat(v) : v;
    };
    const spacing = pointSpacing(Math.min(count, position.count), at);
    this.spacings.set(geometry, { count, spacing });
    return spacing;
  }
}
