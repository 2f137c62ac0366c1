/** A lit mesh with its own material, and an optional shadow overlay. */
import { type BufferGeometry, type Material, Mesh, ShadowMaterial, type Texture } from "three";
import type { SceneContext } from "../context";
import { linearRgb, type SurfaceMaterial, surfaceKey } from "../surfaces";
import type { SurfaceProps } from "./surfaceProps";

/** Creates the mesh for a geometry and a material: a plain or a skinned mesh. */
export type MakeMesh = <M extends Material>(
  geometry: BufferGeometry,
  material: M,
) => Mesh<BufferGeometry, M>;

const plainMesh: MakeMesh = (geometry, material) => new Mesh(geometry, material);

export class SurfaceMesh {
  readonly mesh: Mesh<BufferGeometry, SurfaceMaterial>;
  /** A transparent mesh that draws only shadows, for a shadow opacity set by the program. */
  private shadowOverlay: Mesh<BufferGeometry, ShadowMaterial> | null = null;
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
    if (this.shadowOverlay) this.shadowOverlay.geometry = geometry;
  }

  /** null: none. The caller owns the texture. */
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
    this.setShadowOverlay(props.shadowOpacity);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.material.dispose();
    this.shadowOverlay?.material.dispose();
  }

  private setShadowOverlay(opacity: number | null): void {
    if (opacity === null) {
      this.shadowOverlay?.removeFromParent();
      this.shadowOverlay?.material.dispose();
      this.shadowOverlay = null;
      return;
    }
    if (!this.shadowOverlay) {
      const material = new ShadowMaterial({
        depthWrite: false,
        polygonOffset: true,
        polygonOffsetFactor: -1,
        polygonOffsetUnits: -1,
      });
      this.shadowOverlay = this.makeMesh(this.mesh.geometry, material);
      this.shadowOverlay.matrixAutoUpdate = false;
      this.shadowOverlay.receiveShadow = true;
      this.mesh.add(this.shadowOverlay);
      this.mesh.updateMatrixWorld(true);
    }
    this.shadowOverlay.material.opacity = opacity;
    this.shadowOverlay.material.side = this.mesh.material.side;
  }
}
