/**
 * What metals reflect while the program has set no surroundings: a bright, colorless room. Without any, a metal is
 * black wherever no lamp shines back from it, and exporters write metals where nobody meant one.
 *
 * The room is a formula in the shader of those materials that reflect: no texture has to be made and filtered first.
 * Only reflections come from it. Light from all around that is not reflected is the default lights' business, so
 * what is no metal keeps its colors.
 */
import { type Material, MeshPhysicalMaterial, MeshStandardMaterial } from "three";

const ROOM = /* glsl */ `
// A lamp as a lobe around its direction; rough surfaces see it wider and weaker.
float neutralLamp(vec3 direction, vec3 lamp, float width, float radiance, float roughness) {
  float spread = width + roughness * roughness;
  return radiance * (width / spread) * exp((dot(direction, lamp) - 1.0) / spread);
}
vec3 neutralRadiance(vec3 viewDir, vec3 normal, float roughness) {
  vec3 seen = mix(reflect(-viewDir, normal), normal, roughness * roughness);
  seen = inverseTransformDirection(normalize(seen), viewMatrix);
  // Floor, walls and ceiling; y is up.
  // A dark floor and a bright strip above the horizon: without a contrast, a smooth metal looks like paint.
  float soft = 0.05 + roughness * roughness;
  float above = smoothstep(-soft, soft, seen.y);
  float light = mix(mix(0.34, 0.24, -seen.y), mix(0.8, 0.5, seen.y), above);
  light += neutralLamp(seen, vec3(-0.64, 0.72, -0.27), 0.06, 2.4, roughness);
  light += neutralLamp(seen, vec3(0.61, 0.48, 0.63), 0.1, 1.2, roughness);
  return vec3(light);
}
`;

const REFLECTED = /* glsl */ `
#include <lights_fragment_maps>
#ifdef RE_IndirectSpecular
radiance += neutralRadiance(geometryViewDir, geometryNormal, material.roughness);
#ifdef USE_CLEARCOAT
clearcoatRadiance += neutralRadiance(geometryViewDir, geometryClearcoatNormal, material.clearcoatRoughness);
#endif
#endif
`;

export class NeutralLight {
  /** With how many models each belongs to. */
  private readonly materials = new Map<Material, number>();
  private on = true;

  /** Whether it shines: not when the program says what the surroundings are. */
  set(on: boolean): void {
    if (on === this.on) return;
    this.on = on;
    for (const material of this.materials.keys()) material.needsUpdate = true;
  }

  /** Takes care of those of the materials that reflect, until they are removed. */
  add(materials: Iterable<Material>): void {
    for (const m of materials) {
      if (!reflects(m)) continue;
      const users = this.materials.get(m) ?? 0;
      this.materials.set(m, users + 1);
      if (users === 0) this.light(m);
    }
  }

  remove(materials: Iterable<Material>): void {
    for (const m of materials) {
      const users = this.materials.get(m) ?? 0;
      if (users > 1) this.materials.set(m, users - 1);
      else this.materials.delete(m);
    }
  }

  /** Others may do more to the material afterwards, so this is done once, and looks whether it is on. */
  private light(material: Material): void {
    material.onBeforeCompile = (shader) => {
      if (!this.on) return;
      shader.fragmentShader = shader.fragmentShader
        .replace("void main() {", `${ROOM}\nvoid main() {`)
        .replace("#include <lights_fragment_maps>", REFLECTED);
    };
    material.customProgramCacheKey = () => (this.on ? "neutral light" : "");
    material.needsUpdate = true;
  }
}

function reflects(m: Material): boolean {
  if (!(m instanceof MeshStandardMaterial)) return false;
  return m.metalness > 0 || (m instanceof MeshPhysicalMaterial && m.clearcoat > 0);
}
