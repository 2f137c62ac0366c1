/** Materials of lit surfaces: what `material`, `flat_shading`, `wireframe`, `side` and `opacity` mean. */
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

export interface Surface {
  readonly material: MeshMaterial;
  readonly flat: boolean;
  readonly wireframe: boolean;
  readonly side: MeshSide;
  /** 1 is opaque. */
  readonly opacity: number;
  readonly vertexColors: boolean;
  /** Colors or a texture have an opacity of their own. */
  readonly blend?: boolean;
  /** It is of instances that have an opacity each, as the attribute instanceOpacity. */
  readonly each?: boolean;
  /** It has its own colors everywhere, whatever light there is. */
  readonly unlit?: boolean;
}

/** Equal for surfaces that are drawn alike. */
export function surfaceKey(s: Surface): string {
  const flags = [
    s.flat,
    s.wireframe,
    s.vertexColors,
    s.blend === true,
    s.each === true,
    s.unlit === true,
  ];
  return `${s.material} ${s.side} ${s.opacity} ${flags.map(Number).join("")}`;
}

const SIDES: Record<MeshSide, Side> = { front: FrontSide, back: BackSide, double: DoubleSide };

/** Brightness of each step, dark to light. */
const TOON_STEPS = { toon3: [40, 140, 255], toon5: [30, 86, 143, 199, 255] } as const;

export type SurfaceMaterial = MeshStandardMaterial | MeshToonMaterial | MeshBasicMaterial;

/** Shared materials by their description, counted; and the step textures of the toon ones. */
export class SurfacePool {
  private readonly shared = new Map<string, { material: SurfaceMaterial; users: number }>();
  private readonly steps = new Map<string, DataTexture>();

  /** A material that its users must not change. Give it back with release(). */
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

  /** A material of one's own (white); the caller disposes of it. */
  make(s: Surface): SurfaceMaterial {
    const material = this.makePlain(s);
    if (s.each) blendEach(material);
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
      // What is behind a transparent surface must stay visible, whatever is drawn first.
      depthWrite: !through,
    };
    if (s.unlit) return new MeshBasicMaterial({ ...common, toneMapped: false });
    const steps = s.material === "standard" ? undefined : TOON_STEPS[s.material];
    if (steps) {
      const m = new MeshToonMaterial({
        ...common,
        gradientMap: this.stepTexture(s.material, steps),
      });
      // MeshToonMaterial knows no flatShading of its own, but its shader heeds the flag.
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

/** Multiplies a material's opacity by each instance's. */
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

/** sRGB bytes (0 to 255, as on the wire) to the linear 0 to 1 that lit materials take. */
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

/** sRGB bytes to sRGB 0 to 1, for shaders that write their colors as they are. */
export function srgb(rgb: unknown): [number, number, number] {
  const at = (i: number) => {
    const v = Array.isArray(rgb) || ArrayBuffer.isView(rgb) ? Number((rgb as number[])[i]) : 0;
    return Math.min(1, Math.max(0, (Number.isFinite(v) ? v : 0) / 255));
  };
  return [at(0), at(1), at(2)];
}
