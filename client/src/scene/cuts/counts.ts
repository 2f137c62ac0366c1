/**
 * In which closed bodies each pixel's ray is where it enters what is kept: there the filling is drawn, whatever of the
 * body is cut away behind it. Before a frame the bodies are drawn once into a texture that adds up: each back face behind
 * that place counts one, each front face less one. What is left is the number of bodies around the place, and beside it
 * the sum of their numbers, so that a body that only lies behind is not taken for the one that is cut.
 */
import {
  AddEquation,
  type Camera,
  Color,
  CustomBlending,
  DoubleSide,
  HalfFloatType,
  Layers,
  Material,
  type Mesh,
  MeshBasicMaterial,
  NearestFilter,
  OneFactor,
  type Scene,
  Vector4,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import { COUNT_DEFINE } from "./shader";

/** The number of a body, in half floats: their sums must be exact. */
const BODIES = 31;

const COUNTED = new Layers();
COUNTED.set(31);
const NOTHING = new MeshBasicMaterial({ visible: false });

export class BodyCounts {
  /** The numbers of bodies, by the materials that they are drawn with. */
  private readonly bodies = new WeakMap<Material, number>();
  /** What counts, in the place of what is drawn. */
  private readonly counting = new Map<Material, MeshBasicMaterial>();
  private target: WebGLRenderTarget | null = null;
  private readonly texture: { value: unknown } = { value: null };
  private readonly viewport = new Vector4();
  private made = 0;

  /** Adds a material, whose back faces are a filling. */
  add(material: Material): void {
    let body = this.bodies.get(material);
    if (body === undefined) {
      body = 1 + (this.made++ % BODIES);
      this.bodies.set(material, body);
      this.addUniforms(material, body);
    }
    this.counting.set(material, countMaterial(body));
  }

  remove(material: Material): void {
    this.counting.get(material)?.dispose();
    this.counting.delete(material);
  }

  /** They stay, as three.js keeps the programs of a material, and the uniforms of the last one that it has compiled. */
  private addUniforms(material: Material, body: number): void {
    const { onBeforeCompile, customProgramCacheKey } = material;
    material.onBeforeCompile = (shader, renderer) => {
      onBeforeCompile.call(material, shader, renderer);
      shader.uniforms.cutCounts = this.texture;
      shader.uniforms.cutBody = { value: body };
    };
    // By default it is the text of the function, which is the same for all materials now.
    const isDefault = customProgramCacheKey === Material.prototype.customProgramCacheKey;
    material.customProgramCacheKey = () =>
      isDefault ? onBeforeCompile.toString() : customProgramCacheKey.call(material);
  }

  /** Of what is drawn next; `meshes` have the materials that were added. */
  draw(renderer: WebGLRenderer, scene: Scene, camera: Camera, meshes: ReadonlySet<Mesh>): void {
    if (this.counting.size === 0) return;
    const into = renderer.getRenderTarget();
    renderer.getCurrentViewport(this.viewport);
    const target = this.sized();
    target.viewport.copy(this.viewport);
    const undo = this.withCounts(meshes);
    const { shadowMap, info } = renderer;
    const kept = { needsUpdate: shadowMap.needsUpdate, autoUpdate: shadowMap.autoUpdate };
    const { background, onBeforeRender } = scene;
    const { autoReset } = info;
    const { layers } = camera;
    const color = renderer.getClearColor(new Color());
    const alpha = renderer.getClearAlpha();
    Object.assign(shadowMap, { needsUpdate: false, autoUpdate: false });
    info.autoReset = false;
    scene.background = null;
    scene.onBeforeRender = () => {};
    camera.layers = COUNTED;
    try {
      renderer.setRenderTarget(target);
      renderer.setClearColor(0, 0);
      renderer.clear();
      renderer.render(scene, camera);
    } finally {
      camera.layers = layers;
      scene.onBeforeRender = onBeforeRender;
      scene.background = background;
      info.autoReset = autoReset;
      Object.assign(shadowMap, kept);
      renderer.setClearColor(color, alpha);
      renderer.setRenderTarget(into);
      undo();
    }
    this.texture.value = target.texture;
  }

  dispose(): void {
    for (const material of [...this.counting.keys()]) this.remove(material);
    this.target?.dispose();
    this.target = null;
    this.texture.value = null;
  }

  /** Gives the meshes the materials that count, and a layer of their own. */
  private withCounts(meshes: ReadonlySet<Mesh>): () => void {
    const before = [...meshes].map((mesh) => ({
      mesh,
      material: mesh.material,
      layers: mesh.layers,
    }));
    for (const { mesh, material } of before) {
      mesh.material = Array.isArray(material)
        ? material.map((m) => this.countOf(m))
        : this.countOf(material);
      mesh.layers = COUNTED;
    }
    return () => {
      for (const { mesh, material, layers } of before) Object.assign(mesh, { material, layers });
    };
  }

  private countOf(material: Material): Material {
    const count = this.counting.get(material);
    if (!count) return NOTHING;
    count.clippingPlanes = material.clippingPlanes;
    return count;
  }

  /** Its pixels are at the same places as those of what is drawn then. */
  private sized(): WebGLRenderTarget {
    const { x, y, z, w } = this.viewport;
    const { target } = this;
    if (target && target.width >= x + z && target.height >= y + w) return target;
    target?.dispose();
    this.target = new WebGLRenderTarget(
      Math.max(x + z, target?.width ?? 0),
      Math.max(y + w, target?.height ?? 0),
      {
        type: HalfFloatType,
        minFilter: NearestFilter,
        magFilter: NearestFilter,
        generateMipmaps: false,
        depthBuffer: false,
      },
    );
    return this.target;
  }
}

function countMaterial(body: number): MeshBasicMaterial {
  const material = new MeshBasicMaterial({
    side: DoubleSide,
    blending: CustomBlending,
    blendEquation: AddEquation,
    blendSrc: OneFactor,
    blendDst: OneFactor,
    depthTest: false,
    depthWrite: false,
    toneMapped: false,
    fog: false,
  });
  material.defines = { [COUNT_DEFINE]: "" };
  material.onBeforeCompile = (shader) => {
    shader.uniforms.cutBody = { value: body };
  };
  return material;
}
