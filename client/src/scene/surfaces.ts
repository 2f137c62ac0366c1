/** Materials of lit surfaces, from `material`, `flat_shading`, `wireframe`, `side` and `opacity`. */
import {
  BackSide,
  DataTexture,
  DoubleSide,
  FrontSide,
  type Material,
  MeshBasicMaterial,
  MeshStandardMaterial,
  MeshToonMaterial,
  NearestFilter,
  RedFormat,
  type Side,
} from "three";
import type { MeshMaterial, MeshSide } from "../protocol/messages.gen";
import { colorByScalar, type ScalarUniforms } from "./scalars";

export interface Surface {
  readonly material: MeshMaterial;
  readonly flat: boolean;
  readonly wireframe: boolean;
  readonly side: MeshSide;
  /** 1 is opaque. */
  readonly opacity: number;
  readonly vertexColors: boolean;
  /** Vertex colors or the texture have an alpha channel. */
  readonly blend?: boolean;
  /** Instances have an opacity each, in the attribute instanceOpacity. */
  readonly each?: boolean;
  /** Independent of lights. */
  readonly unlit?: boolean;
  /** The attribute `scalar` has the color, by these; null: it has not. */
  readonly scalars?: ScalarUniforms | null;
  /** Which cuts apply to it, if it is not those of the whole scene. */
  readonly cut?: number;
}

/** Equal for surfaces with equal materials. */
export function surfaceKey(s: Surface): string {
  const flags = [
    s.flat,
    s.wireframe,
    s.vertexColors,
    s.blend === true,
    s.each === true,
    s.unlit === true,
    (s.scalars ?? null) !== null,
  ];
  return `${s.material} ${s.side} ${s.opacity} ${flags.map(Number).join("")} ${s.cut ?? ""}`;
}

const SIDES: Record<MeshSide, Side> = { front: FrontSide, back: BackSide, double: DoubleSide };

/** Brightness of each toon step, dark to light. */
const TOON_STEPS = { toon3: [40, 140, 255], toon5: [30, 86, 143, 199, 255] } as const;

export type SurfaceMaterial = MeshStandardMaterial | MeshToonMaterial | MeshBasicMaterial;

/** Shared, reference-counted materials by key, and the gradient maps of toon materials. */
export class SurfacePool {
  private readonly shared = new Map<string, { material: SurfaceMaterial; users: number }>();
  private readonly steps = new Map<string, DataTexture>();

  /** A shared material, which users must not change. Return it with release(). */
  acquire(key: string, surface: Surface): Material {
    let entry = this.shared.get(key);
    if (!entry) {
      entry = { material: this.make(surface), users: 0 };
      this.shared.set(key, entry);
    }
    entry.users++;
    return entry.material;
  }

  release(key: string): void {
    const entry = this.shared.get(key);
    if (!entry || --entry.users > 0) return;
    entry.material.dispose();
    this.shared.delete(key);
    if (this.shared.size === 0) this.freeSteps();
  }

  /** A new white material; the caller disposes of it. */
  make(s: Surface): SurfaceMaterial {
    const material = this.makePlain(s);
    if (s.each) blendEach(material);
    if (s.scalars) colorByScalar(material, s.scalars);
    return material;
  }

  private makePlain(s: Surface): SurfaceMaterial {
    const through = s.opacity < 1 || s.blend === true || s.each === true;
    const common = {
      side: SIDES[s.side] ?? FrontSide,
      wireframe: s.wireframe,
      vertexColors: s.vertexColors,
      transparent: through,
      opacity: s.opacity,
      // Transparent surfaces do not write depth: objects behind them stay visible, whatever is drawn first.
      depthWrite: !through,
    };
    if (s.unlit) return new MeshBasicMaterial({ ...common, toneMapped: false });
    const steps = s.material === "standard" ? undefined : TOON_STEPS[s.material];
    if (steps) {
      const m = new MeshToonMaterial({
        ...common,
        gradientMap: this.stepTexture(s.material, steps),
      });
      // MeshToonMaterial does not declare flatShading, but its shader supports the flag.
      (m as unknown as { flatShading: boolean }).flatShading = s.flat;
      return m;
    }
    return new MeshStandardMaterial({
      ...common,
      flatShading: s.flat,
      roughness: 0.42,
      metalness: 0,
    });
  }

  dispose(): void {
    for (const { material } of this.shared.values()) material.dispose();
    this.shared.clear();
    this.freeSteps();
  }

  private stepTexture(name: string, steps: readonly number[]): DataTexture {
    let t = this.steps.get(name);
    if (!t) {
      t = new DataTexture(new Uint8Array(steps), steps.length, 1, RedFormat);
      t.minFilter = t.magFilter = NearestFilter;
      t.generateMipmaps = false;
      t.unpackAlignment = 1;
      t.needsUpdate = true;
      this.steps.set(name, t);
    }
    return t;
  }

  private freeSteps(): void {
    for (const t of this.steps.values()) t.dispose();
    this.steps.clear();
  }
}

/** Multiplies the material's opacity by the instance's. */
function blendEach(material: SurfaceMaterial): void {
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader.replace(
      "void main() {",
      "attribute float instanceOpacity;\nvarying float vInstanceOpacity;\nvoid main() {\n  vInstanceOpacity = instanceOpacity;",
    );
    shader.fragmentShader = shader.fragmentShader
      .replace("void main() {", "varying float vInstanceOpacity;\nvoid main() {")
      .replace(
        "#include <color_fragment>",
        "#include <color_fragment>\n  diffuseColor.a *= vInstanceOpacity;",
      );
  };
  material.customProgramCacheKey = () => "instance opacity";
}

/** sRGB bytes (0 to 255, as on the wire) to linear (0 to 1), as lit materials expect. */
export function linearRgb(
  rgb: unknown,
  out: [number, number, number] = [0, 0, 0],
): [number, number, number] {
  for (let i = 0; i < 3; i++) {
    const v = Array.isArray(rgb) || ArrayBuffer.isView(rgb) ? Number((rgb as number[])[i]) : 0;
    const c = Math.min(1, Math.max(0, (Number.isFinite(v) ? v : 0) / 255));
    out[i] = c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }
  return out;
}

/** sRGB bytes to sRGB 0 to 1, for shaders that write colors unchanged. */
export function srgb(rgb: unknown): [number, number, number] {
  const at = (i: number) => {
    const v = Array.isArray(rgb) || ArrayBuffer.isView(rgb) ? Number((rgb as number[])[i]) : 0;
    return Math.min(1, Math.max(0, (Number.isFinite(v) ? v : 0) / 255));
  };
  return [at(0), at(1), at(2)];
}
