/**
 * A camera frustum in OpenCV's frame (z forward, x right, y down), with an optional image on the far plane. At
 * scale 1 the product of half width, half height and depth is 3 for every field of view, so that wide and narrow
 * frustums look equally large.
 */

import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  Mesh,
  MeshBasicMaterial,
  type Texture,
} from "three";
import type { CameraFrustumProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { FatLines } from "../fatLines";
import { ImageSlot } from "../imageSlot";
import { hitTriangle } from "../rays";
import { linearRgb, srgb } from "../surfaces";
import type { ThemedColor } from "../theme";
import type { Hit, LineOutline, Ray, Report, Unchecked } from "../visual";
import { anyOf, ObjectVisual } from "./object";
import { surfaceProps } from "./surfaceProps";

type Props = Unchecked<CameraFrustumProps>;

const FILL_OPACITY = 0.3;
const COLOR: ThemedColor = { light: [20, 20, 20], dark: [200, 205, 212] };

export class CameraFrustum extends ObjectVisual {
  private readonly lines: FatLines;
  private readonly faces: Mesh<BufferGeometry, MeshBasicMaterial>;
  private readonly picture: Mesh<BufferGeometry, MeshBasicMaterial>;
  private readonly slot: ImageSlot;
  private segments = new Float32Array();
  private half: [number, number, number] = [1, 1, 1];
  private color: unknown;
  private readonly unsubscribe: () => void;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.lines = new FatLines(ctx.frame);
    this.faces = new Mesh(
      new BufferGeometry(),
      new MeshBasicMaterial({
        side: DoubleSide,
        transparent: true,
        opacity: FILL_OPACITY,
        depthWrite: false,
        toneMapped: false,
      }),
    );
    this.picture = new Mesh(
      new BufferGeometry(),
      new MeshBasicMaterial({ side: DoubleSide, toneMapped: false }),
    );
    this.picture.visible = false;
    this.slot = new ImageSlot(ctx.images, report, (texture) => this.show(texture));
    this.add(this.lines.mesh, this.faces, this.picture);
    this.unsubscribe = ctx.theme.onChange(() => this.paint());
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    if (anyOf(changed, "fov", "aspect")) this.setLens(Number(props.fov), Number(props.aspect));
    if (anyOf(changed, "color")) {
      this.color = props.color;
      this.paint();
    }
    if (anyOf(changed, "thickness", "thickness_units")) {
      this.report("thickness", this.lines.takeThickness(props));
    }
    if (anyOf(changed, "_image_data", "_format")) {
      this.slot.set(props._image_data, String(props._format ?? "png"), null);
    }
    if (anyOf(changed, "scale")) this.setScale(props.scale);
    const look = surfaceProps(props);
    this.faces.visible = props.variant === "filled";
    this.picture.castShadow = look.castShadow;
    this.ctx.requestRender();
  }

  raycast(ray: Ray): Hit | null {
    const toLocal = this.worldMatrix().invert().elements;
    const [x, y, z] = this.half;
    const corners = [
      [-x, -y, z],
      [x, -y, z],
      [x, y, z],
      [-x, y, z],
    ] as const;
    const eye = [0, 0, 0] as const;
    let best: number | null = null;
    const test = (a: readonly number[], b: readonly number[], c: readonly number[]) => {
      const t = hitTriangle(ray, toLocal, a, b, c);
      if (t !== null && (best === null || t < best)) best = t;
    };
    for (let i = 0; i < 4; i++) test(eye, corners[i]!, corners[(i + 1) % 4]!);
    test(corners[0], corners[1], corners[2]);
    test(corners[0], corners[2], corners[3]);
    return best === null ? null : { distance: best, instance: null };
  }

  /** Along its lines: the picture between them stays clear. */
  outline(): LineOutline {
    const { segments, lines } = this;
    return { segments, matrix: this.worldMatrix(), thickness: lines.thickness() };
  }

  override dispose(): void {
    super.dispose();
    this.unsubscribe();
    this.slot.dispose();
    this.lines.dispose();
    for (const mesh of [this.faces, this.picture]) {
      mesh.geometry.dispose();
      mesh.material.dispose();
    }
  }

  private paint(): void {
    const color = this.ctx.theme.resolve(this.color, COLOR);
    this.lines.setColor(srgb(color));
    this.faces.material.color.setRGB(...linearRgb(color));
  }

  private setLens(fov: number, aspect: number): void {
    const size = halfSize(fov, aspect);
    this.report(
      "lens",
      size === null ? "its fov must be between 0 and pi, its aspect above 0" : null,
    );
    this.half = size ?? halfSize(1, 1)!;
    const [x, y, z] = this.half;
    const eye = [0, 0, 0];
    const corners = [
      [-x, -y, z],
      [x, -y, z],
      [x, y, z],
      [-x, y, z],
    ];
    const segments: number[] = [];
    for (let i = 0; i < 4; i++) {
      segments.push(...eye, ...corners[i]!, ...corners[i]!, ...corners[(i + 1) % 4]!);
    }
    // A short line across the upper edge marks the up direction.
    segments.push(0, -y * 0.9, z, 0, -y * 1.1, z);
    this.segments = new Float32Array(segments);
    this.lines.setPoints(this.segments);
    setCorners(this.faces.geometry, [eye, ...corners], [0, 1, 2, 0, 2, 3, 0, 3, 4, 0, 4, 1]);
    const picture = this.picture.geometry;
    setCorners(picture, corners, [0, 2, 1, 0, 3, 2]);
    // Image rows go down, as y does.
    const uv = new Float32Array([0, 1, 1, 1, 1, 0, 0, 0]);
    picture.setAttribute("uv", new BufferAttribute(uv, 2));
  }

  private show(texture: Texture | null): void {
    const { material } = this.picture;
    const had = material.map !== null;
    material.map = texture;
    if (had !== (texture !== null)) material.needsUpdate = true;
    this.picture.visible = texture !== null;
    this.ctx.requestRender();
  }
}

/** Half width, half height and depth of a normalized frustum; null: invalid field of view or aspect. */
function halfSize(fov: number, aspect: number): [number, number, number] | null {
  if (!(fov > 0 && fov < Math.PI && aspect > 0)) return null;
  const tan = Math.tan(fov / 2);
  const k = Math.cbrt((tan * tan * aspect) / 3);
  const y = tan / k;
  const size: [number, number, number] = [y * aspect, y, 1 / k];
  return size.every((v) => v > 0 && Number.isFinite(Math.fround(v))) ? size : null;
}

/** The vertex counts are constant, so the buffers are reused. */
function setCorners(geometry: BufferGeometry, corners: number[][], index: number[]): void {
  const flat = new Float32Array(corners.flat());
  const old = geometry.getAttribute("position") as BufferAttribute | undefined;
  if (old) {
    old.array.set(flat);
    old.needsUpdate = true;
  } else {
    geometry.setAttribute("position", new BufferAttribute(flat, 3));
    geometry.setIndex(index);
  }
  geometry.computeBoundingSphere();
}
