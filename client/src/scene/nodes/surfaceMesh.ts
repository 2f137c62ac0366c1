/** One lit mesh with a material of its own, and with the shadows that fall on it. */
import { type BufferGeometry, type Material, Mesh, ShadowMaterial, type Texture } from "three";
import type { SceneContext } from "../context";
import { linearRgb, type SurfaceMaterial, surfaceKey } from "../surfaces";
import type { SurfaceProps } from "./surfaceProps";

/** What draws a geometry with a material: a plain mesh, or one that bones move. */
export type MakeMesh = <M extends Material>(
  geometry: BufferGeometry,
  material: M,
) => Mesh<BufferGeometry, M>;

const plainMesh: MakeMesh = (geometry, material) => new Mesh(geometry, material);

export class SurfaceMesh {
  readonly mesh: Mesh<BufferGeometry, SurfaceMaterial>;
  /** Shadows of a fixed opacity are a second, otherwise clear skin. */
  private skin: Mesh<BufferGeometry, ShadowMaterial> | null = null;
  private key = "";
  private map: Texture | null = null;

  constructor(
    private readonly ctx: SceneContext,
    geometry: BufferGeometry,
    props: SurfaceProps,
    private readonly makeMesh = plainMesh,
  ) {
    this.mesh = makeMesh(geometry, ctx.surfaces.make(props.surface));
    this.mesh.matrixAutoUpdate = false;
    this.key = surfaceKey(props.surface);
    this.set(props);
  }

  setGeometry(geometry: BufferGeometry): void {
    this.mesh.geometry = geometry;
    if (this.skin) this.skin.geometry = geometry;
  }

  /** null: none. The texture stays the caller's. */
  setMap(map: Texture | null): void {
    this.map = map;
    const { material } = this.mesh;
    if ((material.map === null) !== (map === null)) material.needsUpdate = true;
    material.map = map;
  }

  setColor(rgb: unknown): void {
    this.mesh.material.color.setRGB(...linearRgb(rgb));
  }

  set(props: SurfaceProps): void {
    const key = surfaceKey(props.surface);
    if (key !== this.key) {
      const next = this.ctx.surfaces.make(props.surface);
      next.color.copy(this.mesh.material.color);
      next.map = this.map;
      this.mesh.material.dispose();
      this.mesh.material = next;
      this.key = key;
    }
    this.mesh.castShadow = props.castShadow;
    this.mesh.receiveShadow = props.receiveShadow;
    this.setSkin(props.shadowOpacity);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.material.dispose();
    this.skin?.material.dispose();
  }

  private setSkin(opacity: number | null): void {
    if (opacity === null) {
      this.skin?.removeFromParent();
      this.skin?.material.dispose();
      this.skin = null;
      return;
    }
    if (!this.skin) {
      const material = new ShadowMaterial({
        depthWrite: false,
        polygonOffset: true,
        polygonOffsetFactor: -1,
        polygonOffsetUnits: -1,
      });
      this.skin = this.makeMesh(this.mesh.geometry, material);
      this.skin.matrixAutoUpdate = false;
      this.skin.receiveShadow = true;
      this.mesh.add(this.skin);
      this.mesh.updateMatrixWorld(true);
    }
    this.skin.material.opacity = opacity;
    this.skin.material.side = this.mesh.material.side;
  }
}
