/**
 * An image in the scene: a rectangle centered at the node's origin, columns along x and rows along y, as seen by
 * a camera that looks along z. It is double-sided and unlit, so shadows are visible on it only with a shadow
 * opacity.
 */

import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  Mesh,
  MeshBasicMaterial,
  ShadowMaterial,
  type Texture,
} from "three";
import type { ImageProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { ImageSlot } from "../imageSlot";
import { hitTriangle } from "../rays";
import { unitBox } from "../shapes";
import type { Hit, Outline, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";
import { surfaceProps } from "./surfaceProps";

type Props = Unchecked<ImageProps>;

/** Thickness of the outlined box relative to the image: its far side is behind the image from both sides. */
const OUTLINE_THICKNESS = 0.002;
const OUTLINE = "image outline";

/** Two unit squares with opposite normals, one for each side. */
function makeSquare(): BufferGeometry {
  const g = new BufferGeometry();
  const corners = [-0.5, -0.5, 0, 0.5, -0.5, 0, 0.5, 0.5, 0, -0.5, 0.5, 0];
  g.setAttribute("position", new BufferAttribute(new Float32Array([...corners, ...corners]), 3));
  const normals = [-1, -1, -1, -1, 1, 1, 1, 1].flatMap((z) => [0, 0, z]);
  g.setAttribute("normal", new BufferAttribute(new Float32Array(normals), 3));
  const uv = [0, 1, 1, 1, 1, 0, 0, 0];
  g.setAttribute("uv", new BufferAttribute(new Float32Array([...uv, ...uv]), 2));
  g.setIndex([0, 2, 1, 0, 3, 2, 4, 5, 6, 4, 6, 7]);
  return g;
}

const SQUARE = "image square";

export class ImageQuad extends ObjectVisual {
  private readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;
  /** A transparent mesh that draws only shadows, for a shadow opacity set by the program. */
  private readonly shadowOverlay: Mesh<BufferGeometry, ShadowMaterial>;
  private readonly rim: BufferGeometry;
  private readonly slot: ImageSlot;
  private size: [number, number] = [0, 0];

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    const square = ctx.shapes.acquire(SQUARE, makeSquare);
    this.rim = ctx.shapes.acquire(OUTLINE, unitBox);
    this.mesh = new Mesh(square, new MeshBasicMaterial({ toneMapped: false }));
    this.mesh.material.shadowSide = DoubleSide;
    this.shadowOverlay = new Mesh(
      square,
      new ShadowMaterial({
        depthWrite: false,
        polygonOffset: true,
        polygonOffsetFactor: -1,
        polygonOffsetUnits: -1,
      }),
    );
    this.shadowOverlay.receiveShadow = true;
    this.slot = new ImageSlot(ctx.images, report, (texture, format) =>
      this.show(texture, format === "png"),
    );
    this.mesh.visible = false;
    this.shadowOverlay.visible = false;
    this.add(this.mesh, this.shadowOverlay);
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    if (anyOf(changed, "render_width", "render_height")) this.setSize(props);
    if (anyOf(changed, "_data", "_format")) {
      this.slot.set(props._data, String(props._format ?? "png"), "it has no image");
    }
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    const look = surfaceProps(props);
    this.mesh.castShadow = look.castShadow;
    this.shadowOverlay.material.opacity = look.shadowOpacity ?? 0;
    this.showParts();
    this.ctx.requestRender();
  }

  raycast(ray: Ray): Hit | null {
    if (!this.mesh.visible) return null;
    const toLocal = this.worldMatrix().invert().elements;
    const [x, y] = [this.size[0] / 2, this.size[1] / 2];
    const [a, b, c, d] = [
      [-x, -y, 0],
      [x, -y, 0],
      [x, y, 0],
      [-x, y, 0],
    ] as const;
    const distance = hitTriangle(ray, toLocal, a, b, c) ?? hitTriangle(ray, toLocal, a, c, d);
    return distance === null ? null : { distance, instance: null };
  }

  opaque(): boolean {
    return true;
  }

  outline(): Outline | null {
    if (!this.mesh.visible) return null;
    const [w, h] = this.size;
    const matrix = this.worldMatrix();
    matrix.multiply(this.mesh.matrix.clone().makeScale(w, h, OUTLINE_THICKNESS * Math.max(w, h)));
    return { geometry: this.rim, matrix, fromCenter: true };
  }

  override dispose(): void {
    super.dispose();
    this.slot.dispose();
    this.mesh.material.dispose();
    this.shadowOverlay.material.dispose();
    this.ctx.shapes.release(SQUARE);
    this.ctx.shapes.release(OUTLINE);
  }

  private setSize(props: Props): void {
    const size = [Number(props.render_width), Number(props.render_height)] as [number, number];
    const ok = size.every((v) => Number.isFinite(v) && v > 0);
    this.report("size", ok ? null : "its width and height must be finite and above 0");
    this.size = ok ? size : [0, 0];
    for (const part of [this.mesh, this.shadowOverlay]) {
      part.matrix.makeScale(this.size[0], this.size[1], 1);
      part.updateMatrixWorld(true);
    }
  }

  private show(texture: Texture | null, maybeClear: boolean): void {
    const { material } = this.mesh;
    // Another texture needs no other shader.
    if ((material.map === null) !== (texture === null) || material.transparent !== maybeClear) {
      material.needsUpdate = true;
    }
    material.map = texture;
    material.transparent = maybeClear;
    // Fully transparent pixels write no depth and cast no shadow.
    material.alphaTest = maybeClear ? 1 / 255 : 0;
    this.showParts();
    this.ctx.requestRender();
  }

  private showParts(): void {
    this.mesh.visible = this.mesh.material.map !== null && this.size[0] > 0;
    this.shadowOverlay.visible = this.mesh.visible && this.shadowOverlay.material.opacity > 0;
  }
}
