/**
 * Checks of a GLB file before it is loaded: that it is complete and refers to no other files. The loader itself
 * reports errors of its content.
 */

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;

/** Safety limit: elements of an accessor without data, of which a small file can declare billions. */
const MAX_EMPTY_ELEMENTS = 20_000_000;

/** Compressions that are not supported, by their common names. */
const COMPRESSIONS: Readonly<Record<string, string>> = {
  KHR_texture_basisu: "Basis Universal",
};

const MESHOPT: ReadonlySet<string> = new Set([
  "EXT_meshopt_compression",
  "KHR_meshopt_compression",
]);

const DRACO = "KHR_draco_mesh_compression";

/** Extensions that the loader reads. A file that requires others is shown with a note. */
const SUPPORTED: ReadonlySet<string> = new Set([
  ...MESHOPT,
  DRACO,
  "EXT_materials_bump",
  "EXT_mesh_gpu_instancing",
  "EXT_texture_avif",
  "EXT_texture_webp",
  "KHR_lights_punctual",
  "KHR_materials_anisotropy",
  "KHR_materials_clearcoat",
  "KHR_materials_dispersion",
  "KHR_materials_emissive_strength",
  "KHR_materials_ior",
  "KHR_materials_iridescence",
  "KHR_materials_sheen",
  "KHR_materials_specular",
  "KHR_materials_transmission",
  "KHR_materials_unlit",
  "KHR_materials_volume",
  "KHR_mesh_quantization",
  "KHR_texture_transform",
]);

/** Without it a material has no colors of its own, also where the file does not require it. */
const SPECULAR_GLOSSINESS = "KHR_materials_pbrSpecularGlossiness";

export interface GlbCheck {
  /** Why it must not be loaded; null: it may be. */
  problem: string | null;
  /** What of it will not be shown; null: nothing is missing. */
  note: string | null;
  /** Whether the loader needs the meshopt decoder. */
  meshopt: boolean;
  /** Whether the loader needs the Draco decoder. */
  draco: boolean;
}

interface Document {
  extensionsUsed?: unknown;
  extensionsRequired?: unknown;
  buffers?: unknown;
  images?: unknown;
  accessors?: unknown;
}

export function checkGlb(bytes: unknown): GlbCheck {
  const document = documentOf(bytes);
  if (typeof document === "string") {
    return { problem: document, note: null, meshopt: false, draco: false };
  }
  const used = [...strings(document.extensionsRequired), ...strings(document.extensionsUsed)];
  return {
    problem: problemOfDocument(document),
    note: noteOf(document),
    meshopt: used.some((name) => MESHOPT.has(name)),
    draco: used.includes(DRACO),
  };
}

/** The JSON of a file, or the reason why it has none. */
function documentOf(bytes: unknown): Document | string {
  if (!(bytes instanceof Uint8Array)) return "its GLB is not an array of bytes";
  if (bytes.length < 20) return `its GLB is cut off: it has ${bytes.length} bytes`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return "its GLB does not begin with the signature of one";
  if (view.getUint32(4, true) !== 2) return "its GLB is not of version 2";
  const size = view.getUint32(12, true);
  if (view.getUint32(8, true) > bytes.length || size > bytes.length - 20) {
    return `its GLB is cut off: it has ${bytes.length} bytes`;
  }
  if (view.getUint32(16, true) !== JSON_CHUNK) return "its GLB has no JSON at its beginning";
  let document: Document | null;
  try {
    document = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + size)));
  } catch {
    return "the JSON of its GLB can't be read";
  }
  if (typeof document !== "object" || document === null)
    return "the JSON of its GLB is not an object";
  return document;
}

function noteOf(d: Document): string | null {
  const missing = new Set(strings(d.extensionsRequired).filter((name) => !SUPPORTED.has(name)));
  if (strings(d.extensionsUsed).includes(SPECULAR_GLOSSINESS)) missing.add(SPECULAR_GLOSSINESS);
  if (missing.size === 0) return null;
  return `its GLB may look different: ${[...missing].join(", ")} is not supported`;
}

function problemOfDocument(d: Document): string | null {
  for (const name of strings(d.extensionsRequired)) {
    const compression = Object.hasOwn(COMPRESSIONS, name) ? COMPRESSIONS[name] : undefined;
    if (compression) {
      return `its GLB is compressed with ${compression}, which is not supported`;
    }
  }
  for (const [what, list] of [
    ["a buffer", d.buffers],
    ["an image", d.images],
  ] as const) {
    for (const { uri } of objects(list)) {
      if (typeof uri === "string" && !uri.startsWith("data:")) {
        return `${what} of its GLB is in another file, which is never fetched`;
      }
    }
  }
  for (const { count, bufferView } of objects(d.accessors)) {
    if (bufferView === undefined && Number(count) > MAX_EMPTY_ELEMENTS) {
      return "its GLB declares an accessor that is too large";
    }
  }
  return null;
}

function strings(v: unknown): string[] {
  return Array.isArray(v) ? v.filter((x) => typeof x === "string") : [];
}

function objects(v: unknown): Record<string, unknown>[] {
  return Array.isArray(v) ? v.filter((x) => typeof x === "object" && x !== null) : [];
}
