/** Volumes: dense grids of numbers, of which the inside is seen. */
import {
  BackSide,
  type BufferGeometry,
  type Camera,
  ClampToEdgeWrapping,
  CustomBlending,
  type Data3DTexture,
  DataTexture,
  GLSL3,
  LinearFilter,
  Matrix4,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  type Scene,
  ShaderMaterial,
  Vector2,
  Vector3,
  Vector4,
  type WebGLRenderer,
} from "three";
import type { VolumeProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { anyOf, ObjectVisual } from "../nodes/object";
import { scaleOf } from "../pose";
import { unitBox } from "../shapes";
import type { Hit, Outline, Ray, Report, Unchecked } from "../visual";
import { slab } from "./cellPick";
import { depthOf, type SceneDepth } from "./sceneDepth";
import { fragmentShader, vertexShader } from "./volumeShader";
import { factorOf, type Numbers, setFilter, textureOf, thin } from "./volumeTexture";

type Props = Unchecked<VolumeProps>;
type Three = [number, number, number];

const MODES = ["composite", "maximum", "surface"];
const MAX_SIDE = 8192;

/** Steps of a ray: while the camera moves, and when it stands still. */
const MOVING_STEPS = 160;
const STILL_STEPS = 1024;
/** After so long without a movement, a better picture is drawn. */
const STILL_MS = 150;

/** What is drawn of the properties. */
interface Grid {
  numbers: Numbers;
  size: Three;
}

export class Volume extends ObjectVisual {
  private readonly material: ShaderMaterial;
  private readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;
  private grid: Grid | null = null;
  /** The grid has changed since it was last sent to the graphics card. */
  private stale = false;
  private blocks = false;
  private spacing: Three = [1, 1, 1];
  private texture: Data3DTexture | null = null;
  private transfer: DataTexture | null = null;
  private depth: SceneDepth | null = null;
  /** Where the camera of each view was in the last frame. */
  private readonly seen = new WeakMap<Camera, Matrix4>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    const u = <T>(value: T) => ({ value });
    this.material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      defines: { MODE: 0 },
      clipping: true,
      side: BackSide,
      transparent: true,
      depthTest: false,
      depthWrite: false,
      // The shader multiplies colors by their opacity.
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: OneMinusSrcAlphaFactor,
      uniforms: {
        numbers: u<Data3DTexture | null>(null),
        transfer: u<DataTexture | null>(null),
        sceneDepth: u(null),
        clipToGrid: u(new Matrix4()),
        gridToWorld: u(new Matrix4()),
        frame: u(new Vector4(0, 0, 1, 1)),
        low: u(new Vector3()),
        high: u(new Vector3(1, 1, 1)),
        count: u(new Vector3(1, 1, 1)),
        middle: u(new Vector3(0.5, 0.5, 0.5)),
        spacing: u(new Vector3(1, 1, 1)),
        factor: u(1),
        range: u(new Vector2(0, 1)),
        level: u(0),
        density: u(1),
        unit: u(1),
        maxSteps: u(STILL_STEPS),
      },
    });
    this.mesh = new Mesh(ctx.shapes.acquire("box", unitBox), this.material);
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
    this.mesh.onBeforeRender = (renderer, scene, camera) => {
      this.prepare(renderer as WebGLRenderer, scene as Scene, camera);
    };
    this.add(this.mesh);
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    if (anyOf(changed, "values", "size", "blocks")) {
      this.setGrid(props.values, props.size);
      this.blocks = props.blocks === true;
    }
    if (anyOf(changed, "spacing", "size", "blocks", "values")) this.place(props.spacing);
    if (anyOf(changed, "transfer")) this.setTransfer(props.transfer);
    if (anyOf(changed, "range", "level", "density")) this.setNumbers(props);
    const mode = Math.max(0, MODES.indexOf(props.mode as string));
    if (this.material.defines.MODE !== mode) {
      this.material.defines.MODE = mode;
      this.material.needsUpdate = true;
    }
    this.mesh.visible = this.grid !== null && this.transfer !== null;
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    this.ctx.requestRender();
  }

  raycast(ray: Ray): Hit | null {
    if (!this.mesh.visible) return null;
    const toGrid = this.mesh.matrixWorld.clone().invert();
    const from = new Vector3(...ray.origin);
    const to = from.clone().add(new Vector3(...ray.direction));
    from.applyMatrix4(toGrid);
    to.applyMatrix4(toGrid).sub(from);
    const { low, high } = this.box();
    const range = slab(from.toArray(), to.toArray(), low.toArray(), high.toArray());
    return range && { distance: range[0] > 0 ? range[0] : range[1], instance: null };
  }

  outline(): Outline | null {
    if (!this.mesh.visible) return null;
    const { low, high } = this.box();
    const size = high.clone().sub(low);
    const matrix = new Matrix4().makeScale(size.x, size.y, size.z);
    matrix.setPosition(size.multiplyScalar(0.5).add(low));
    return {
      geometry: this.mesh.geometry,
      matrix: matrix.premultiply(this.mesh.matrixWorld),
      fromCenter: true,
    };
  }

  override dispose(): void {
    super.dispose();
    clearTimeout(this.timer);
    this.depth?.remove(this.mesh);
    this.texture?.dispose();
    this.transfer?.dispose();
    this.material.dispose();
    this.ctx.shapes.release("box");
  }

  private box(): { low: Vector3; high: Vector3 } {
    const { low, high } = this.material.uniforms as Record<string, { value: Vector3 }>;
    return { low: low!.value, high: high!.value };
  }

  private setGrid(values: unknown, size: unknown): void {
    const sized =
      Array.isArray(size) &&
      size.length === 3 &&
      size.every((n) => Number.isInteger(n) && n > 0 && n <= MAX_SIDE);
    const numbers =
      values instanceof Uint8Array ||
      values instanceof Uint16Array ||
      values instanceof Float32Array;
    const fits = sized && numbers && values.length === size[0] * size[1] * size[2];
    this.report(
      "grid",
      fits ? null : `its size must be 1 to ${MAX_SIDE} along each axis, and have all its numbers`,
    );
    if (fits && this.grid?.numbers === values) return;
    this.grid = fits ? { numbers: values, size: [size[0], size[1], size[2]] } : null;
    this.stale = true;
  }

  /** The grid's numbers are at whole coordinates of the mesh. */
  private place(given: unknown): void {
    const spacing = scaleOf(given);
    const ok = spacing?.every((v) => v > 0) === true;
    this.report("spacing", ok ? null : "the distances of its numbers must be above 0");
    this.spacing = ok ? spacing : [1, 1, 1];
    const { low, high } = this.box();
    const size = this.grid?.size ?? [1, 1, 1];
    // A single number along an axis fills a block there, as it would have no thickness.
    size.forEach((n, k) => {
      const solid = this.blocks || n === 1;
      low.setComponent(k, solid ? -0.5 : 0);
      high.setComponent(k, solid ? n - 0.5 : n - 1);
    });
    this.mesh.matrix.makeScale(...this.spacing);
    this.mesh.updateMatrixWorld(true);
    const { uniforms } = this.material;
    uniforms.spacing!.value.set(...this.spacing);
    uniforms.unit!.value = Math.min(...this.spacing);
  }

  private setTransfer(table: unknown): void {
    const ok = table instanceof Uint8Array && table.length >= 4 && table.length % 4 === 0;
    const width = ok ? table.length / 4 : 0;
    const fits = ok && width <= 4096;
    this.report("transfer", fits ? null : "its colors must be four numbers each, at most 4096");
    if (!fits) return;
    this.transfer?.dispose();
    const texture = new DataTexture(table.slice(), width, 1);
    texture.minFilter = texture.magFilter = LinearFilter;
    texture.wrapS = ClampToEdgeWrapping;
    texture.needsUpdate = true;
    this.transfer = this.material.uniforms.transfer!.value = texture;
  }

  private setNumbers({ range, level, density }: Props): void {
    const { uniforms } = this.material;
    const ok =
      Array.isArray(range) &&
      range.length === 2 &&
      range.every(Number.isFinite) &&
      range[0] <= range[1];
    this.report("range", ok ? null : "its range must be two finite numbers, the lower one first");
    if (ok) uniforms.range!.value.set(range[0], range[1]);
    uniforms.level!.value = typeof level === "number" && Number.isFinite(level) ? level : 0;
    const factor = typeof density === "number" && density >= 0 ? density : 1;
    uniforms.density!.value = Math.min(factor, 1e6);
  }

  /** Before each picture in which it is drawn. */
  private prepare(renderer: WebGLRenderer, scene: Scene, camera: Camera): void {
    if (this.stale) this.upload(renderer);
    if (!this.depth) {
      this.depth = depthOf(scene);
      this.depth.add(this.mesh);
    }
    const { uniforms } = this.material;
    uniforms.sceneDepth!.value = this.depth.take(renderer, scene, camera);
    renderer.getCurrentViewport(uniforms.frame!.value);
    uniforms.gridToWorld!.value.copy(this.mesh.matrixWorld);
    const clipToGrid: Matrix4 = uniforms.clipToGrid!.value;
    clipToGrid.multiplyMatrices(camera.matrixWorldInverse, this.mesh.matrixWorld);
    clipToGrid.premultiply(camera.projectionMatrix).invert();
    uniforms.maxSteps!.value = renderer.getRenderTarget() ? STILL_STEPS : this.steps(camera);
    this.material.uniformsNeedUpdate = true;
  }

  /** Fewer while the camera moves; afterwards one more frame is drawn. */
  private steps(camera: Camera): number {
    const seen = this.seen.get(camera);
    if (seen?.equals(camera.matrixWorld)) return STILL_STEPS;
    if (seen) seen.copy(camera.matrixWorld);
    else this.seen.set(camera, camera.matrixWorld.clone());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ctx.requestRender(), STILL_MS);
    return MOVING_STEPS;
  }

  private upload(renderer: WebGLRenderer): void {
    const { grid } = this;
    this.stale = false;
    if (!grid) return;
    const gl = renderer.getContext() as WebGL2RenderingContext;
    const thinned = thin(grid.numbers, grid.size, gl.getParameter(gl.MAX_3D_TEXTURE_SIZE));
    const floats = renderer.extensions.has("OES_texture_float_linear");
    this.texture = textureOf(this.texture, thinned, floats);
    setFilter(this.texture, this.blocks);
    const [x, y, z] = thinned.every;
    this.report(
      "thinned",
      x * y * z === 1
        ? null
        : `too large for this graphics card: one of ${x} x ${y} x ${z} numbers is drawn`,
    );
    const { uniforms } = this.material;
    uniforms.numbers!.value = this.texture;
    uniforms.factor!.value = factorOf(grid.numbers);
    // In numbers of the whole grid, of which the texture has the first of each few: its texels' middles are there.
    uniforms.count!.value.set(thinned.size[0] * x, thinned.size[1] * y, thinned.size[2] * z);
    uniforms.middle!.value.set(x / 2, y / 2, z / 2);
  }
}
