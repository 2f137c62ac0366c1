/**
 * Translucent surfaces. A surface gets another material while a picture is drawn: one that inherits everything from
 * its own, so that it follows changes of it, except that it is translucent and writes no depth.
 */
import type { Material, Object3D } from "three";
import { forEachSurface, type Surface } from "./surfaces";

const OPACITY = 0.3;

type Materials = Material | Material[];

export class XRay {
  private readonly clear = new WeakMap<Material, Material>();
  private replaced: [Surface, Materials][] = [];

  begin(scene: Object3D): void {
    forEachSurface(scene, (surface) => {
      this.replaced.push([surface, surface.material]);
      const { material } = surface;
      surface.material = Array.isArray(material)
        ? material.map((m) => this.clearOf(m))
        : this.clearOf(material);
    });
  }

  end(): void {
    for (const [surface, material] of this.replaced) surface.material = material;
    this.replaced = [];
  }

  private clearOf(material: Material): Material {
    let clear = this.clear.get(material);
    if (!clear) {
      clear = translucent(material);
      this.clear.set(material, clear);
      const end = () => {
        material.removeEventListener("dispose", end);
        this.clear.delete(material);
        clear!.dispose();
      };
      material.addEventListener("dispose", end);
    }
    return clear;
  }
}

function translucent(material: Material): Material {
  return Object.create(material, {
    // three.js sorts by it.
    id: { value: -1 - material.id },
    uuid: { value: `${material.uuid} translucent` },
    transparent: { value: true },
    depthWrite: { value: false },
    alphaToCoverage: { value: false },
    opacity: { get: () => material.opacity * OPACITY },
    // Its own listeners, by which three.js frees what it made for it.
    _listeners: { value: undefined, writable: true },
  });
}
