/**
 * A grid on a plane: one quad whose shader draws the lines, with constant thickness on the screen, blended to an
 * average tone where they are closer together than pixels.
 */

import {
  type BufferGeometry,
  type Camera,
  DoubleSide,
  Matrix4,
  Mesh,
  PlaneGeometry,
  type ShaderMaterial,
  ShadowMaterial,
  Vector3,
} from "three";
import type { GridProps } from "../../protocol/messages.gen";
import type { SceneContext } from "../context";
import { srgb } from "../surfaces";
import type { ThemedColor } from "../theme";
import type { Report, Unchecked } from "../visual";
import { type GridExtent, writeFrame } from "./gridFrame";
import { gridMaterial, gridUniforms, ringGeometry } from "./gridShader";
import { anyOf, ObjectVisual } from "./object";

type Props = Unchecked<GridProps>;

const CELL_COLOR: ThemedColor = { light: [200, 200, 200], dark: [54, 58, 64] };
const SECTION_COLOR: ThemedColor = { light: [140, 140, 140], dark: [80, 85, 93] };

/** Polygon offset: the grid is behind other objects in the same plane. */
const BELOW = {
  depthWrite: false,
  side: DoubleSide,
  polygonOffset: true,
  polygonOffsetFactor: 1,
  polygonOffsetUnits: 2,
};

/** Width axis, height axis, normal. */
const AXES: Record<string, [number, number]> = {
  xy: [0, 1],
  yx: [1, 0],
  xz: [0, 2],
  zx: [2, 0],
  yz: [1, 2],
  zy: [2, 1],
};

/** Rotation from the xy plane to the named plane: width along the first letter, height along the second. */
export function planeMatrix(plane: string, out = new Matrix4()): Matrix4 {
  const [w, h] = AXES[plane] ?? AXES.xy!;
  const m = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  m[w] = 1;
  m[4 + h] = 1;
  // The normal completes them to a right-handed frame.
  const n = 3 - w - h;
  m[8 + n] = (w + 1) % 3 === h ? 1 : -1;
  return out.fromArray(m);
}

export class Grid extends ObjectVisual {
  private readonly uniforms = gridUniforms(this.ctx.frame);
  private readonly grid: Mesh<BufferGeometry, ShaderMaterial>;
  private readonly shadow: Mesh<PlaneGeometry, ShadowMaterial>;
  private extent: GridExtent = {
    size: [1, 1],
    infinite: false,
    fadeDistance: 100,
    fadeFromOrigin: false,
  };
  private colors: Pick<Props, "cell_color" | "section_color"> = {};
  private readonly prepare = (camera: Camera) => this.follow(camera);
  private readonly unsubscribe: () => void;

  constructor(ctx: SceneContext, report: Report) {
    super(ctx, report);
    this.grid = new Mesh(ringGeometry(), gridMaterial(this.uniforms, BELOW));
    this.grid.frustumCulled = false;
    // Drawn before all other transparent objects, since it is usually the ground below them.
    this.grid.renderOrder = -10;
    this.shadow = new Mesh(new PlaneGeometry(1, 1), new ShadowMaterial(BELOW));
    this.shadow.receiveShadow = true;
    this.shadow.frustumCulled = false;
    this.shadow.renderOrder = -11;
    this.add(this.grid, this.shadow);
    ctx.perFrame.add(this.prepare);
    this.unsubscribe = ctx.theme.onChange(() => this.paint());
  }

  update(props: Props, changed: ReadonlySet<string> | null): void {
    const wrong: string[] = [];
    const num = (name: keyof Props, otherwise: number) => {
      const v = props[name];
      if (typeof v === "number" && Number.isFinite(v)) return v;
      wrong.push(name);
      return otherwise;
    };
    const u = this.uniforms;
    this.extent = {
      size: [Math.abs(num("width", 10)), Math.abs(num("height", 10))],
      infinite: props.infinite_grid === true,
      fadeDistance: num("fade_distance", 100),
      fadeFromOrigin: props.fade_from === "origin",
    };
    u.infinite.value = this.extent.infinite;
    u.fadeDistance.value = this.extent.fadeDistance;
    u.fadeFromOrigin.value = this.extent.fadeFromOrigin;
    u.fadeStrength.value = num("fade_strength", 1);
    u.cell.value = [num("cell_size", 0.5), num("cell_thickness", 1)];
    u.section.value = [num("section_size", 1), num("section_thickness", 1)];
    u.plane.value = [...srgb(props.plane_color), clamp01(num("plane_opacity", 0))];
    this.colors = props;
    this.paint();

    planeMatrix(String(props.plane), this.grid.matrix);
    const opacity = clamp01(num("shadow_opacity", 0));
    this.shadow.visible = opacity > 0;
    this.shadow.material.opacity = opacity;
    this.report(
      "numbers",
      wrong.length > 0 ? `these must be finite numbers: ${wrong.join(", ")}` : null,
    );
    this.group.updateMatrixWorld(true);
    if (anyOf(changed, "scale")) this.setScale(props.scale ?? 1);
    this.ctx.requestRender();
  }

  override dispose(): void {
    super.dispose();
    this.unsubscribe();
    this.ctx.perFrame.delete(this.prepare);
    for (const mesh of [this.grid, this.shadow]) {
      mesh.geometry.dispose();
      mesh.material.dispose();
    }
  }

  private paint(): void {
    const { theme } = this.ctx;
    this.uniforms.cellColor.value = srgb(theme.resolve(this.colors.cell_color, CELL_COLOR));
    this.uniforms.sectionColor.value = srgb(
      theme.resolve(this.colors.section_color, SECTION_COLOR),
    );
  }

  private follow(camera: Camera): void {
    if (!this.group.visible) return;
    const [x, y] = writeFrame(this.uniforms, this.extent, this.grid.matrixWorld, camera);
    if (!this.shadow.visible) return;
    const { low, high } = this.uniforms;
    const drawn = [high.value[0] - low.value[0], high.value[1] - low.value[1]] as const;
    const [width, height] = this.extent.infinite ? drawn : this.extent.size;
    this.shadow.matrix
      .makeTranslation(x, y, 0)
      .premultiply(this.grid.matrix)
      .scale(scaled.set(width, height, 1));
    this.shadow.updateMatrixWorld(true);
  }
}

const scaled = new Vector3();

function clamp01(v: number): number {
  return Math.min(1, Math.max(0, v));
}
