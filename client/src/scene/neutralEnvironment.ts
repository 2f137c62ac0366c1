/**
 * A built-in neutral environment for specular reflections while the program has set no environment map. Without
 * one, metals are black except for highlights of lights, and many exporters write metallic materials by default.
 *
 * It is a formula in the shader of reflective materials, so no texture has to be generated and filtered. It adds
 * specular light only; diffuse ambient light comes from the default lights, so that non-metals keep their colors.
 */
import { type Material, MeshPhysicalMaterial, MeshStandardMaterial } from "three";

const NEUTRAL_RADIANCE = /* glsl */ `
// A lamp as a lobe around its direction, wider and weaker for rough surfaces.
float neutralLamp(vec3 direction, vec3 lamp, float width, float radiance, float roughness) {
  float spread = width + roughness * roughness;
  return radiance * (width / spread) * exp((dot(direction, lamp) - 1.0) / spread);
}
vec3 neutralRadiance(vec3 viewDir, vec3 normal, float roughness) {
  vec3 seen = mix(reflect(-viewDir, normal), normal, roughness * roughness);
  seen = inverseTransformDirection(normalize(seen), viewMatrix);
  // A dark floor and a bright strip above the horizon: without contrast, a smooth metal looks like paint.
  // y is up. Rough surfaces see both halves at once, each no further than to the horizon.
  float soft = 0.05 + roughness * roughness;
  float above = smoothstep(-soft, soft, seen.y);
  float ground = mix(0.34, 0.24, max(-seen.y, 0.0));
  float sky = mix(0.8, 0.5, max(seen.y, 0.0));
  float light = mix(ground, sky, above);
  light += neutralLamp(seen, vec3(-0.64, 0.72, -0.27), 0.06, 2.4, roughness);
  light += neutralLamp(seen, vec3(0.61, 0.48, 0.63), 0.1, 1.2, roughness);
  return vec3(light);
}
`;

const ADD_RADIANCE = /* glsl */ `
#include <lights_fragment_maps>
#ifdef RE_IndirectSpecular
radiance += neutralRadiance(geometryViewDir, geometryNormal, material.roughness);
#ifdef USE_CLEARCOAT
clearcoatRadiance += neutralRadiance(geometryViewDir, geometryClearcoatNormal, material.clearcoatRoughness);
#endif
#endif
`;

export class NeutralEnvironment {
  /** Reference counts: the number of models that use each material. */
  private readonly materials = new Map<Material, number>();
  private enabled = true;

  /** Off while the program's environment map is set. */
  set(enabled: boolean): void {
    if (enabled === this.enabled) return;
    this.enabled = enabled;
    for (const material of this.materials.keys()) material.needsUpdate = true;
  }

  /** Patches the reflective ones of the materials; call remove() when they are no longer used. */
  add(materials: Iterable<Material>): void {
    for (const m of materials) {
      if (!reflects(m)) continue;
      const users = this.materials.get(m) ?? 0;
      this.materials.set(m, users + 1);
      if (users === 0) this.patch(m);
    }
  }

  remove(materials: Iterable<Material>): void {
    for (const m of materials) {
      const users = this.materials.get(m) ?? 0;
      if (users > 1) this.materials.set(m, users - 1);
      else this.materials.delete(m);
    }
  }

  /** Patched once, with a check of `enabled` inside: later code may wrap onBeforeCompile. */
  private patch(material: Material): void {
    material.onBeforeCompile = (shader) => {
      if (!this.enabled) return;
      shader.fragmentShader = shader.fragmentShader
        .replace("void main() {", `${NEUTRAL_RADIANCE}\nvoid main() {`)
        .replace("#include <lights_fragment_maps>", ADD_RADIANCE);
    };
    material.customProgramCacheKey = () => (this.enabled ? "neutral light" : "");
    material.needsUpdate = true;
  }
}

function reflects(m: Material): boolean {
  if (!(m instanceof MeshStandardMaterial)) return false;
  return m.metalness > 0 || (m instanceof MeshPhysicalMaterial && m.clearcoat > 0);
}
