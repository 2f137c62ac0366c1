/** Small glTF files that a test makes: accessors are added, the JSON is written by the test. */
import { crc32, deflateSync } from "node:zlib";

export type Json = Record<string, unknown>;

type Numbers = Float32Array | Uint32Array | Uint16Array | Int16Array | Uint8Array | Int8Array;

const COMPONENT_TYPES = new Map<unknown, number>([
  [Int8Array, 5120],
  [Uint8Array, 5121],
  [Int16Array, 5122],
  [Uint16Array, 5123],
  [Uint32Array, 5125],
  [Float32Array, 5126],
]);

const SIZES = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 } as const;

/** Triangles, as the mode of a primitive, and the others. */
export const MODES = { points: 0, lines: 1, loop: 2, lineStrip: 3, triangles: 4, strip: 5, fan: 6 };

/** A file with one mesh in one node, unless the test changes that. */
export class GlbFile {
  readonly bufferViews: Json[] = [];
  readonly accessors: Json[] = [];
  private readonly parts: Buffer[] = [];
  private size = 0;
  readonly doc: Json;

  /** The primitives' attributes are indices of accessors. `more` replaces parts of the JSON. */
  constructor(make: (file: GlbFile) => Json) {
    const made = make(this);
    const primitives = "primitives" in made ? made.primitives : [made.primitive];
    const { primitive: _, primitives: __, ...more } = made;
    this.doc = {
      asset: { version: "2.0" },
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: [{ mesh: 0 }],
      meshes: [{ primitives }],
      ...more,
    };
  }

  /** Adds bytes, and returns the index of their view. */
  view(data: Uint8Array, more: Json = {}): number {
    this.bufferViews.push({
      buffer: 0,
      byteOffset: this.size,
      byteLength: data.byteLength,
      ...more,
    });
    const padded = Buffer.alloc(Math.ceil(data.byteLength / 4) * 4);
    padded.set(data);
    this.parts.push(padded);
    this.size += padded.length;
    return this.bufferViews.length - 1;
  }

  /** Adds numbers, each element of a vector at a multiple of 4 bytes; returns the index of the accessor. */
  add(data: Numbers, type: keyof typeof SIZES, more: Json = {}): number {
    const size = SIZES[type];
    const count = data.length / size;
    const row = size * data.BYTES_PER_ELEMENT;
    const stride = type === "SCALAR" ? row : Math.ceil(row / 4) * 4;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const rows = Buffer.alloc(stride * count);
    for (let i = 0; i < count; i++) rows.set(bytes.subarray(i * row, (i + 1) * row), i * stride);
    const bufferView = this.view(rows, stride === row ? {} : { byteStride: stride });
    return this.accessor({ ...kindOf(data), bufferView, count, type, ...more });
  }

  floats(type: keyof typeof SIZES, ...values: number[]): number {
    return this.add(new Float32Array(values), type);
  }

  /** Positions in the plane y = 0, with their bounds. */
  positions(...xz: [x: number, z: number][]): number {
    return this.add(new Float32Array(xz.flatMap(([x, z]) => [x, 0, z])), "VEC3", boundsOf(xz));
  }

  indices(...values: number[]): number {
    return this.add(new Uint16Array(values), "SCALAR");
  }

  accessor(accessor: Json): number {
    this.accessors.push(accessor);
    return this.accessors.length - 1;
  }

  /** A square of that side around a point, as the attribute and indices of a primitive. */
  square(side = 1, x = 0, z = 0): { attributes: Json; indices: number } {
    return {
      attributes: { POSITION: this.positions(...corners(side, x, z)) },
      indices: this.indices(0, 1, 2, 0, 2, 3),
    };
  }

  get bin(): Buffer {
    return Buffer.concat(this.parts);
  }

  /** The text of a file whose buffer is elsewhere. */
  text(uri: string): Buffer {
    return Buffer.from(JSON.stringify(this.whole({ uri })));
  }

  glb(): Buffer {
    const text = Buffer.from(JSON.stringify(this.whole({})));
    const json = Buffer.alloc(Math.ceil(text.length / 4) * 4, " ");
    json.set(text);
    const chunk = (kind: number, data: Buffer) => Buffer.concat([words(data.length, kind), data]);
    const chunks = [chunk(0x4e4f534a, json), chunk(0x004e4942, this.bin)];
    const size = 12 + chunks[0]!.length + chunks[1]!.length;
    return Buffer.concat([words(0x46546c67, 2, size), ...chunks]);
  }

  private whole(buffer: Json): Json {
    const { bufferViews, accessors, doc } = this;
    const used = extensionsIn(doc);
    return {
      ...(used.size > 0 && { extensionsUsed: [...used] }),
      ...doc,
      bufferViews,
      accessors,
      buffers: [{ byteLength: this.size, ...buffer }],
    };
  }
}

/** The names of the extensions that a part of the JSON has. */
function extensionsIn(part: unknown, names = new Set<string>()): Set<string> {
  if (typeof part !== "object" || part === null) return names;
  for (const [key, value] of Object.entries(part)) {
    if (key === "extensions") for (const name of Object.keys(value)) names.add(name);
    extensionsIn(value, names);
  }
  return names;
}

/** The corners of a square, counterclockwise as seen from -y. */
export function corners(side = 1, x = 0, z = 0): [number, number][] {
  const h = side / 2;
  return [
    [x - h, z - h],
    [x + h, z - h],
    [x + h, z + h],
    [x - h, z + h],
  ];
}

export const boundsOf = (xz: [number, number][]): Json => ({
  min: [Math.min(...xz.map(([x]) => x)), 0, Math.min(...xz.map(([, z]) => z))],
  max: [Math.max(...xz.map(([x]) => x)), 0, Math.max(...xz.map(([, z]) => z))],
});

export function kindOf(data: Numbers): { componentType: number } {
  return { componentType: COMPONENT_TYPES.get(data.constructor)! };
}

/** A material with its color as it is, by linear values. */
export function unlit(color: number[], more: Json = {}): Json {
  return {
    pbrMetallicRoughness: { baseColorFactor: [...color, 1].slice(0, 4) },
    extensions: { KHR_materials_unlit: {} },
    ...more,
  };
}

export const RED = unlit([1, 0, 0]);
export const GREEN = unlit([0, 1, 0]);
export const BLUE = unlit([0, 0, 1]);
export const WHITE = unlit([1, 1, 1]);

/** An unlit material with a texture, times a color. */
export function textured(texture: Json = {}, more: Json = {}, color = [1, 1, 1, 1]): Json {
  return {
    pbrMetallicRoughness: {
      baseColorTexture: { index: 0, ...texture },
      baseColorFactor: color,
    },
    extensions: { KHR_materials_unlit: {} },
    ...more,
  };
}

/** A PNG of rows of RGBA values. */
export function png(rows: number[][][]): Buffer {
  const width = rows[0]!.length;
  const head = Buffer.concat([Buffer.alloc(8), Buffer.from([8, 6, 0, 0, 0])]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(rows.length, 4);
  const raw = Buffer.from(rows.flatMap((row) => [0, ...row.flat()]));
  const part = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    part("IHDR", head),
    part("IDAT", deflateSync(raw)),
    part("IEND", Buffer.alloc(0)),
  ]);
}

function words(...values: number[]): Buffer {
  const b = Buffer.alloc(4 * values.length);
  for (const [i, v] of values.entries()) b.writeUInt32LE(v, 4 * i);
  return b;
}
