/**
 * What must be true of a GLB file before a loader may see it: it is whole, and nothing of it lies elsewhere.
 * The loader itself copes with what is wrong inside.
 */

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;

/** Elements of an accessor without data, which a few bytes could ask for by the billion. */
const MOST_EMPTY_ELEMENTS = 20_000_000;

/** What the page can't unpack, in words for people. */
const COMPRESSIONS: Readonly<Record<string, string>> = {
  KHR_draco_mesh_compression: "Draco",
  EXT_meshopt_compression: "meshopt",
  KHR_meshopt_compression: "meshopt",
  KHR_texture_basisu: "Basis Universal",
};

interface Document {
  extensionsUsed?: unknown;
  extensionsRequired?: unknown;
  buffers?: unknown;
  images?: unknown;
  accessors?: unknown;
}

/** null: it may be loaded. */
export function problemOfGlb(bytes: unknown): string | null {
  if (!(bytes instanceof Uint8Array)) return "its GLB is no array of bytes";
  if (bytes.length < 20) return `its GLB is cut off: it has ${bytes.length} bytes`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return "its GLB does not begin as one";
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
  if (typeof document !== "object" || document === null) return "the JSON of its GLB is no object";
  return problemOfDocument(document);
}

function problemOfDocument(d: Document): string | null {
  for (const name of [...strings(d.extensionsRequired), ...strings(d.extensionsUsed)]) {
    const compression = Object.hasOwn(COMPRESSIONS, name) ? COMPRESSIONS[name] : undefined;
    const needed = compression === "Draco" || strings(d.extensionsRequired).includes(name);
    if (compression && needed) {
      return `its GLB is compressed with ${compression}, which this page can't unpack`;
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
    if (bufferView === undefined && Number(count) > MOST_EMPTY_ELEMENTS) {
      return "its GLB asks for more memory than there is";
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
