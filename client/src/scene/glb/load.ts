/** Loads GLB bytes as three.js objects. In a separate chunk: most scenes have no GLB. */
import {
  type AnimationClip,
  Box3,
  type BufferGeometry,
  Line,
  LineBasicMaterial,
  LoadingManager,
  type Material,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  Points,
  PointsMaterial,
  SkinnedMesh,
  Texture,
} from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { forgetBvh } from "../bvh";
import { checkGlb } from "./check";

export interface Model {
  root: Object3D;
  clips: readonly AnimationClip[];
  meshes: Mesh[];
  /** How many parts are lines or points, which are no meshes. */
  others: number;
  /** The materials of all parts, without duplicates. */
  materials: ReadonlySet<Material>;
  /** What is not shown of the file; null: nothing is missing. */
  problem: string | null;
  /** The box around all parts as they are now; `toFrame` is from the world that they are in. null: there are none. */
  bounds(toFrame: Matrix4): Box3 | null;
  dispose(): void;
}

const UNLIT = [MeshBasicMaterial, LineBasicMaterial, PointsMaterial];

/**
 * Throws an error for the user of the page if the file can't be loaded. `scene` is the index of the one that is shown;
 * null: the file's own choice.
 */
export async function loadGlb(bytes: unknown, scene: number | null = null): Promise<Model> {
  const { problem, note, meshopt, draco } = checkGlb(bytes);
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
  const decoder = draco ? (await import("./draco")).createDracoLoader() : null;
  if (decoder) loader.setDRACOLoader(decoder);
  const gltf = await loader
    .parseAsync(copy, "")
    .catch((e: unknown) => {
      throw new Error(`its GLB can't be read: ${reason(e)}`);
    })
    .finally(() => decoder?.dispose());
  const root = scene === null ? (gltf.scene ?? gltf.scenes[0]) : gltf.scenes[scene];
  if (!root) {
    free(gltf.scenes);
    throw new Error(noScene(scene, gltf.scenes.length));
  }
  const meshes: Mesh[] = [];
  const others: (Line | Points)[] = [];
  root.traverse((o) => {
    if (o instanceof Mesh) meshes.push(o);
    else if (o instanceof Line || o instanceof Points) others.push(o);
  });
  const materials = new Set([...meshes, ...others].flatMap(({ material }) => material));
  for (const m of materials) {
    if (!UNLIT.some((kind) => m instanceof kind)) continue;
    // Unlit materials keep their colors: no tone mapping.
    m.toneMapped = false;
    // By this the looks know the surfaces among what is unlit.
    m.userData.surface = true;
  }
  const problems = note === null ? [] : [note];
  if (missing > 0) problems.push(`${missing} images of its GLB can't be decoded`);
  return {
    root,
    clips: gltf.animations,
    meshes,
    others: others.length,
    materials,
    problem: problems.length > 0 ? problems.join("; ") : null,
    bounds: (toFrame) => boundsOf([...meshes, ...others], toFrame),
    dispose: () => free(gltf.scenes),
  };
}

function boundsOf(parts: readonly (Mesh | Line | Points)[], toFrame: Matrix4): Box3 | null {
  const all = new Box3().makeEmpty();
  const matrix = new Matrix4();
  for (const part of parts) {
    if (part instanceof SkinnedMesh) part.computeBoundingBox();
    else if (!part.geometry.boundingBox) part.geometry.computeBoundingBox();
    const box = part instanceof SkinnedMesh ? part.boundingBox : part.geometry.boundingBox;
    if (!box || box.isEmpty()) continue;
    all.union(box.clone().applyMatrix4(matrix.multiplyMatrices(toFrame, part.matrixWorld)));
  }
  return all.isEmpty() ? null : all;
}

function noScene(wanted: number | null, count: number): string {
  return wanted === null || count === 0
    ? "its GLB has no scene"
    : `its GLB has no scene ${wanted}: it has ${count}, from 0`;
}

/** The workers of Draco's decoder report an object with a text. */
function reason(e: unknown): string {
  if (e instanceof Error) return e.message;
  const { error } = Object(e) as { error?: unknown };
  return error === undefined ? String(e) : `Draco: ${String(error).replace(/^THREE\.\w+: /, "")}`;
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
