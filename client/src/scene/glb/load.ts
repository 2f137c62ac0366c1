/** Loads GLB bytes as three.js objects. In a separate chunk: most scenes have no GLB. */
import {
  type AnimationClip,
  type BufferGeometry,
  LoadingManager,
  type Material,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  SkinnedMesh,
  Texture,
} from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { forgetBvh } from "../bvh";
import { checkGlb } from "./check";

export interface Model {
  root: Object3D;
  /** The first animation. */
  clip: AnimationClip | null;
  meshes: Mesh[];
  /** The materials of the meshes, without duplicates. */
  materials: ReadonlySet<Material>;
  /** What is not shown of the file; null: nothing is missing. */
  problem: string | null;
  dispose(): void;
}

/** Throws an error for the user of the page if the file can't be loaded. */
export async function loadGlb(bytes: unknown): Promise<Model> {
  const { problem, note, meshopt } = checkGlb(bytes);
  if (problem) throw new Error(problem);
  const manager = new LoadingManager();
  let missing = 0;
  manager.onError = () => {
    missing++;
  };
  manager.setURLModifier((url) => {
    // The check covers buffers and images; this covers what extensions may refer to.
    if (!/^(blob|data):/.test(url)) throw new Error("a part of its GLB is in another file");
    return url;
  });
  const copy = (bytes as Uint8Array).slice().buffer;
  const loader = new GLTFLoader(manager);
  if (meshopt) {
    // In a separate chunk: few files need it.
    const { MeshoptDecoder } = await import("three/examples/jsm/libs/meshopt_decoder.module.js");
    loader.setMeshoptDecoder(MeshoptDecoder);
  }
  const gltf = await loader.parseAsync(copy, "").catch((e: unknown) => {
    throw new Error(`its GLB can't be read: ${e instanceof Error ? e.message : String(e)}`);
  });
  const root = gltf.scene ?? gltf.scenes[0];
  if (!root) throw new Error("its GLB has no scene");
  const meshes: Mesh[] = [];
  root.traverse((o) => {
    if (o instanceof Mesh) meshes.push(o);
  });
  const materials = new Set(meshes.flatMap(({ material }) => material));
  // Unlit materials keep their colors: no tone mapping.
  for (const m of materials) if (m instanceof MeshBasicMaterial) m.toneMapped = false;
  const problems = note === null ? [] : [note];
  if (missing > 0) problems.push(`${missing} images of its GLB can't be decoded`);
  return {
    root,
    clip: gltf.animations[0] ?? null,
    meshes,
    materials,
    problem: problems.length > 0 ? problems.join("; ") : null,
    dispose: () => free(gltf.scenes),
  };
}

function free(scenes: readonly Object3D[]): void {
  const geometries = new Set<BufferGeometry>();
  const materials = new Set<Material>();
  const textures = new Set<Texture>();
  for (const scene of scenes) {
    scene.traverse((o) => {
      if (o instanceof SkinnedMesh) o.skeleton.dispose();
      const { geometry, material } = o as Partial<Mesh>;
      if (geometry) geometries.add(geometry);
      for (const m of [material ?? []].flat()) materials.add(m);
    });
  }
  for (const material of materials) {
    for (const value of Object.values(material)) if (value instanceof Texture) textures.add(value);
    material.dispose();
  }
  for (const geometry of geometries) {
    forgetBvh(geometry);
    geometry.dispose();
  }
  for (const texture of textures) {
    texture.dispose();
    const image: unknown = texture.image;
    if (typeof ImageBitmap !== "undefined" && image instanceof ImageBitmap) image.close();
  }
}
