/** What a glTF file may have, seen on the page: geometry, colors, materials, scenes, deformations. */

import {
  BLUE,
  boundsOf,
  corners,
  GlbFile,
  GREEN,
  type Json,
  kindOf,
  MODES,
  png,
  RED,
  textured,
  unlit,
  WHITE,
} from "./glb";
import { caughtUp, expect, nodeProblem, open, type Page, test } from "./harness";
import { colorsAt } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("gltf");
  await open(page, server);
});

/** Pixels of one unit in the plane y = 0, seen from 4 away with a field of view of 75 degrees. */
const UNIT = 200 / 4 / Math.tan((75 * Math.PI) / 360);

const R = [255, 0, 0];
const G = [0, 255, 0];
const B = [0, 0, 255];
const Y = [255, 255, 0];
/** Nothing there: as in the scene's corner. */
const NONE = null;

type Seen = [x: number, z: number, color: number[] | null];

/** Waits until the scene has those colors at points of the plane y = 0. */
async function expectColors(page: Page, what: string, seen: Seen[], tolerance = 3): Promise<void> {
  const at = seen.map(([x, z]): [number, number] => [400 + x * UNIT, 200 - z * UNIT]);
  await expect(async () => {
    const [nothing, ...colors] = await colorsAt(page, [[5, 395], ...at]);
    const note = await nodeProblem(page);
    for (const [i, [x, z, color]] of seen.entries()) {
      const wanted = color ?? nothing!;
      const off = Math.max(...wanted.map((v, k) => Math.abs(v - colors[i]![k]!)));
      const words = `${what}: ${colors[i]} at (${x}, ${z}), wanted ${wanted}; problem: ${note}`;
      expect(off, words).toBeLessThanOrEqual(tolerance);
    }
  }).toPass({ timeout: 20_000, intervals: [50, 100, 200] });
}

interface Shown {
  file: GlbFile;
  seen: Seen[];
  options?: Json;
  tolerance?: number;
}

/** Shows files one after the other. */
async function expectEach(page: Page, files: Record<string, Shown>, command = "show") {
  for (const [what, { file, seen, options, tolerance }] of Object.entries(files)) {
    await send(file, options, command);
    await caughtUp(page, server);
    await expectColors(page, what, seen, tolerance);
    await expectMark(page, /^none$/);
    await server.command("remove");
  }
}

function send(file: GlbFile, options: Json = {}, command = "show"): Promise<string> {
  const shown = { Data: file.glb().toString("base64"), Options: options };
  return server.command(`${command} ${JSON.stringify(shown)}`);
}

const expectMark = (page: Page, words: RegExp) =>
  expect.poll(() => nodeProblem(page)).toMatch(words);

/** The four quarters of a square of side 2, from the lower left one, counterclockwise. */
const quarters = (...colors: (number[] | null)[]): Seen[] =>
  corners(1).map(([x, z], i) => [x, z, colors[i]!]);

/** A square around the origin, and nothing beside it. */
const squareOf = (color: number[], side = 1): Seen[] => [
  [0, 0, color],
  ...corners(0.8 * side).map(([x, z]): Seen => [x, z, color]),
  ...corners(1.2 * side).map(([x, z]): Seen => [x, z, NONE]),
];

test("sparse accessors", async ({ page }) => {
  const whole = corners(1).flatMap(([x, z]) => [x, 0, z]);
  const sparse = (f: GlbFile, at: Uint8Array | Uint16Array, values: number[], base: Json) =>
    f.accessor({
      componentType: 5126,
      type: "VEC3",
      count: 4,
      ...base,
      sparse: {
        count: at.length,
        indices: {
          bufferView: f.view(new Uint8Array(at.buffer)),
          ...kindOf(at),
        },
        values: { bufferView: f.view(new Uint8Array(new Float32Array(values).buffer)) },
      },
    });
  const file = (position: (f: GlbFile) => number) =>
    new GlbFile((f) => ({
      primitive: {
        attributes: { POSITION: position(f) },
        indices: f.indices(0, 1, 2, 0, 2, 3),
        material: 0,
      },
      materials: [RED],
    }));
  await expectEach(page, {
    "without a base, all values": {
      file: file((f) => sparse(f, new Uint16Array([0, 1, 2, 3]), whole, boundsOf(corners(1)))),
      seen: squareOf(R),
    },
    "some values of a base": {
      file: file((f) => {
        const bufferView = f.view(
          new Uint8Array(new Float32Array(corners(0.4).flatMap(([x, z]) => [x, 0, z])).buffer),
        );
        const moved = [...whole.slice(0, 3), ...whole.slice(6, 9)];
        return sparse(f, new Uint8Array([0, 2]), moved, { bufferView, ...boundsOf(corners(1)) });
      }),
      // A diamond from the lower left to the upper right.
      seen: [
        [0, 0, R],
        [0.3, 0.3, R],
        [-0.3, -0.3, R],
        [0.3, -0.3, NONE],
        [-0.3, 0.3, NONE],
      ],
    },
    "zeros, without a base": {
      // The triangle of (0, 0), (0, 0) and (0.5, -0.5) is nothing; the other one is half the upper left quarter.
      file: file((f) =>
        sparse(f, new Uint8Array([0, 2, 3]), [-0.5, 0, -0.5, 0.5, 0, 0.5, -0.5, 0, 0.5], {
          min: [-0.5, 0, -0.5],
          max: [0.5, 0, 0.5],
        }),
      ),
      seen: [
        [-0.4, 0.3, R],
        [0, 0.3, R],
        [0.3, -0.1, NONE],
      ],
    },
  });
});

test("integers: quantized positions, normalized or not, and offsets of textures", async ({
  page,
}) => {
  const required = {
    extensionsUsed: ["KHR_mesh_quantization", "KHR_materials_unlit"],
    extensionsRequired: ["KHR_mesh_quantization"],
  };
  const xyz = (scale: number) =>
    corners(2).flatMap(([x, z]) => [Math.round(x * scale), 0, Math.round(z * scale)]);
  const file = (add: (f: GlbFile) => number, scale: number, translation = [0, 0, 0]) =>
    new GlbFile((f) => ({
      primitive: {
        attributes: { POSITION: add(f) },
        indices: f.indices(0, 1, 2, 0, 2, 3),
        material: 0,
      },
      nodes: [{ mesh: 0, scale: [scale, scale, scale], translation }],
      materials: [RED],
      ...required,
    }));
  const bounds = (m: number) => ({ min: [-m, 0, -m], max: [m, 0, m] });
  await expectEach(page, {
    "int16, normalized": {
      file: file(
        (f) => f.add(new Int16Array(xyz(32767)), "VEC3", { normalized: true, ...bounds(32767) }),
        0.5,
      ),
      seen: squareOf(R),
    },
    "int8, normalized": {
      file: file(
        (f) => f.add(new Int8Array(xyz(127)), "VEC3", { normalized: true, ...bounds(127) }),
        0.5,
      ),
      seen: squareOf(R),
    },
    int16: {
      file: file((f) => f.add(new Int16Array(xyz(1000)), "VEC3", bounds(1000)), 0.0005),
      seen: squareOf(R),
    },
    "uint16, with an offset": {
      file: file(
        (f) =>
          f.add(new Uint16Array(xyz(500).map((v, i) => (i % 3 === 1 ? 0 : v + 500))), "VEC3", {
            min: [0, 0, 0],
            max: [1000, 0, 1000],
          }),
        0.001,
        [-0.5, 0, -0.5],
      ),
      seen: squareOf(R),
    },
  });
  const half = (max: number) => [0, max, max, max, max, 0, 0, 0];
  const picture = png([
    [
      [255, 0, 0, 255],
      [0, 255, 0, 255],
    ],
    [
      [0, 0, 255, 255],
      [255, 255, 0, 255],
    ],
  ]);
  const texturedBy = (uv: (f: GlbFile) => number) =>
    new GlbFile((f) => {
      const { attributes, indices } = f.square(2);
      return {
        primitive: { attributes: { ...attributes, TEXCOORD_0: uv(f) }, indices, material: 0 },
        materials: [textured()],
        textures: [{ source: 0, sampler: 0 }],
        samplers: [{ magFilter: 9728 }],
        images: [{ bufferView: f.view(picture), mimeType: "image/png" }],
      };
    });
  const seen = quarters(B, Y, G, R);
  await expectEach(page, {
    "texture, float": { file: texturedBy((f) => f.floats("VEC2", ...half(1))), seen },
    "texture, uint8": {
      file: texturedBy((f) => f.add(new Uint8Array(half(255)), "VEC2", { normalized: true })),
      seen,
    },
    "texture, uint16": {
      file: texturedBy((f) => f.add(new Uint16Array(half(65535)), "VEC2", { normalized: true })),
      seen,
    },
  });
});

/** What the page shows of a linear value. */
const shown = (v: number) =>
  Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));

test("colors of vertices, of all types", async ({ page }) => {
  const rgba = [1, 0.5, 0.25, 1];
  const file = (add: (f: GlbFile, rgb: number[], rgba: number[]) => number, material = WHITE) =>
    new GlbFile((f) => {
      const { attributes, indices } = f.square();
      const all = (values: number[]) => [0, 1, 2, 3].flatMap(() => values);
      const COLOR_0 = add(f, all(rgba.slice(0, 3)), all(rgba));
      return {
        primitive: { attributes: { ...attributes, COLOR_0 }, indices, material: 0 },
        materials: [material],
      };
    });
  const times = (values: number[], by: number) => values.map((v) => Math.round(v * by));
  const seen = squareOf(rgba.slice(0, 3).map(shown));
  const norm = { normalized: true };
  await expectEach(page, {
    "float RGB": { file: file((f, rgb) => f.floats("VEC3", ...rgb)), seen },
    "float RGBA": { file: file((f, _, all) => f.floats("VEC4", ...all)), seen },
    "uint8 RGB": {
      file: file((f, rgb) => f.add(new Uint8Array(times(rgb, 255)), "VEC3", norm)),
      seen,
    },
    "uint8 RGBA": {
      file: file((f, _, all) => f.add(new Uint8Array(times(all, 255)), "VEC4", norm)),
      seen,
    },
    "uint16 RGB": {
      file: file((f, rgb) => f.add(new Uint16Array(times(rgb, 65535)), "VEC3", norm)),
      seen,
    },
    "uint16 RGBA": {
      file: file((f, _, all) => f.add(new Uint16Array(times(all, 65535)), "VEC4", norm)),
      seen,
    },
    "times the material's": {
      file: file((f, rgb) => f.floats("VEC3", ...rgb), unlit([0.5, 1, 0])),
      seen: squareOf([shown(0.5), shown(0.5), 0]),
    },
  });
});

test("every mode of primitives, with and without indices", async ({ page }) => {
  const [a, b, c, d] = corners(1) as [
    [number, number],
    [number, number],
    [number, number],
    [number, number],
  ];
  const file = (
    mode: number | undefined,
    points: [number, number][],
    indices?: number[],
    more: Json = {},
  ) =>
    new GlbFile((f) => ({
      primitive: {
        attributes: { POSITION: f.positions(...points) },
        ...(indices && { indices: f.indices(...indices) }),
        ...(mode !== undefined && { mode }),
        material: 0,
      },
      materials: [RED],
      ...more,
    }));
  const seen = squareOf(R);
  await expectEach(page, {
    "triangles, unindexed, no mode": { file: file(undefined, [a, b, c, a, c, d]), seen },
    "triangles, unindexed": { file: file(MODES.triangles, [a, b, c, a, c, d]), seen },
    strip: { file: file(MODES.strip, [a, b, d, c]), seen },
    "strip, indexed": { file: file(MODES.strip, [a, b, c, d], [0, 1, 3, 2]), seen },
    // Two strips that are joined by degenerate triangles.
    "strip, joined": {
      file: file(MODES.strip, [a, b, c, d], [0, 1, 2, 2, 0, 0, 0, 2, 3]),
      seen,
    },
    fan: { file: file(MODES.fan, [a, b, c, d]), seen },
    "fan, indexed": { file: file(MODES.fan, [d, a, b, c], [1, 2, 3, 0]), seen },
  });
  // Lines and points are one pixel wide, at either side of where they are.
  const near = async (what: string, shownFile: GlbFile, at: Seen[]) => {
    await send(shownFile);
    await caughtUp(page, server);
    await expect(async () => {
      for (const [x, z, color] of at) {
        const [px, py] = [Math.round(400 + x * UNIT), Math.round(200 - z * UNIT)];
        const around = [-2, -1, 0, 1, 2].flatMap((i) =>
          [-2, -1, 0, 1, 2].map((j): [number, number] => [px + i, py + j]),
        );
        const red = (await colorsAt(page, around)).some(
          ([r, g, b]) => r! > 200 && g! < 140 && b! < 140,
        );
        expect(red, `${what}: red at (${x}, ${z})`).toBe(color !== null);
      }
    }).toPass({ timeout: 20_000, intervals: [50, 100, 200] });
    await expectMark(page, /^none$/);
  };
  const sides: Seen[] = [
    [0, -0.5, R],
    [0.5, 0, R],
    [0, 0.5, R],
    [-0.5, 0, R],
    [0, 0, NONE],
  ];
  const without = (i: number) => sides.map(([x, z, s], k): Seen => [x, z, k === i ? NONE : s]);
  await near("lines", file(MODES.lines, [a, b, c, d]), [
    sides[0]!,
    [0.5, 0, NONE],
    sides[2]!,
    [-0.5, 0, NONE],
  ]);
  await near("lines, indexed", file(MODES.lines, [a, b, c, d], [1, 2, 3, 0]), [
    [0, -0.5, NONE],
    sides[1]!,
    [0, 0.5, NONE],
    sides[3]!,
  ]);
  await near("line strip", file(MODES.lineStrip, [a, b, c, d]), without(3));
  await near("line loop", file(MODES.loop, [a, b, c, d]), sides);
  await near("line loop, indexed", file(MODES.loop, [c, a, d, b], [1, 3, 0, 2]), sides);
  await near("points", file(MODES.points, [a, b, c, d]), [
    ...corners(1).map(([x, z]): Seen => [x, z, R]),
    [0, -0.5, NONE],
    [0, 0, NONE],
  ]);
});

test("indices of all types, and attributes that share a view", async ({ page }) => {
  const indexed = (add: (f: GlbFile) => number) =>
    new GlbFile((f) => ({
      primitive: {
        attributes: { POSITION: f.positions(...corners(1)) },
        indices: add(f),
        material: 0,
      },
      materials: [GREEN],
    }));
  const list = [0, 1, 2, 0, 2, 3];
  const interleaved = new GlbFile((f) => {
    // Three of float, four of uint8, and two of float that nothing uses.
    const rows = Buffer.alloc(4 * 24);
    for (const [i, [x, z]] of corners(1).entries()) {
      for (const [k, v] of [x, 0, z].entries()) rows.writeFloatLE(v, i * 24 + 4 * k);
      rows.set([0, 0, 255, 255], i * 24 + 12);
      rows.writeFloatLE(Number.NaN, i * 24 + 16);
    }
    const bufferView = f.view(rows, { byteStride: 24 });
    const POSITION = f.accessor({
      bufferView,
      componentType: 5126,
      count: 4,
      type: "VEC3",
      ...boundsOf(corners(1)),
    });
    const COLOR_0 = f.accessor({
      bufferView,
      byteOffset: 12,
      componentType: 5121,
      normalized: true,
      count: 4,
      type: "VEC4",
    });
    return {
      primitive: { attributes: { POSITION, COLOR_0 }, indices: f.indices(...list), material: 0 },
      materials: [WHITE],
    };
  });
  await expectEach(page, {
    uint8: { file: indexed((f) => f.add(new Uint8Array(list), "SCALAR")), seen: squareOf(G) },
    uint16: { file: indexed((f) => f.add(new Uint16Array(list), "SCALAR")), seen: squareOf(G) },
    uint32: { file: indexed((f) => f.add(new Uint32Array(list), "SCALAR")), seen: squareOf(G) },
    interleaved: { file: interleaved, seen: squareOf(B) },
  });
});

test("nodes below nodes, matrices, and mirrored ones", async ({ page }) => {
  const turned = [Math.SQRT1_2, 0, 0, Math.SQRT1_2]; // about x by a quarter
  await expectEach(page, {
    // The square lies in the plane z = 0 of its node, which is turned up, moved, and scaled by its parent.
    "a tree": {
      file: new GlbFile((f) => ({
        primitive: {
          attributes: { POSITION: f.floats("VEC3", 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0) },
          indices: f.indices(0, 1, 2, 0, 2, 3),
          material: 0,
        },
        nodes: [
          { children: [1], scale: [0.5, 0.5, 0.5], translation: [-0.5, 0, -0.5] },
          { children: [2], rotation: turned },
          { mesh: 0, scale: [2, 2, 2] },
        ],
        materials: [RED],
      })),
      seen: squareOf(R),
    },
    "a matrix, by columns": {
      file: new GlbFile((f) => ({
        primitive: { ...f.square(), material: 0 },
        nodes: [{ mesh: 0, matrix: [2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0.5, 0, 0.5, 0, 0, 1] }],
        materials: [RED],
      })),
      seen: [
        [-0.45, 0, R],
        [1.45, 0.2, R],
        [-0.6, 0, NONE],
        [0, 0.3, NONE],
      ],
    },
    "mirrored, still seen from the front": {
      file: new GlbFile((f) => ({
        primitive: { ...f.square(), material: 0 },
        nodes: [{ mesh: 0, scale: [-1, 1, 1] }],
        materials: [RED],
      })),
      seen: squareOf(R),
    },
    "two primitives, of two materials": {
      file: new GlbFile((f) => ({
        primitives: [
          { ...f.square(1, -0.5), material: 0 },
          { ...f.square(1, 0.5), material: 1 },
        ],
        materials: [RED, BLUE],
      })),
      seen: [
        [-0.5, 0, R],
        [0.5, 0, B],
      ],
    },
  });
});

test("back faces, masks, and transparency", async ({ page }) => {
  const behind = (f: GlbFile): Json => ({
    attributes: {
      POSITION: f.floats("VEC3", -0.5, 1, -0.5, 0.5, 1, -0.5, 0.5, 1, 0.5, -0.5, 1, 0.5),
    },
    indices: f.indices(0, 1, 2, 0, 2, 3),
    material: 1,
  });
  const [a, b, c, d] = corners(1) as [
    [number, number],
    [number, number],
    [number, number],
    [number, number],
  ];
  const back = (more: Json) =>
    new GlbFile((f) => ({
      primitive: {
        attributes: { POSITION: f.positions(c, b, a, d) },
        indices: f.indices(0, 1, 2, 0, 2, 3),
        material: 0,
      },
      materials: [{ ...RED, ...more }],
    }));
  const front = (alpha: number, more: Json) =>
    new GlbFile((f) => ({
      primitives: [{ ...f.square(), material: 0 }, behind(f)],
      materials: [unlit([1, 0, 0, alpha], more), BLUE],
    }));
  const halves = png([
    [
      [255, 0, 0, 255],
      [255, 0, 0, 100],
    ],
  ]);
  const masked = (cutoff: Json) =>
    new GlbFile((f) => ({
      primitive: {
        attributes: {
          ...f.square(2).attributes,
          TEXCOORD_0: f.floats("VEC2", 0, 1, 1, 1, 1, 0, 0, 0),
        },
        indices: f.indices(0, 1, 2, 0, 2, 3),
        material: 0,
      },
      materials: [textured({}, { alphaMode: "MASK", ...cutoff })],
      textures: [{ source: 0, sampler: 0 }],
      samplers: [{ magFilter: 9728, minFilter: 9728 }],
      images: [{ bufferView: f.view(halves), mimeType: "image/png" }],
    }));
  const faded = (f: GlbFile) => f.floats("VEC4", ...[0, 1, 2, 3].flatMap(() => [1, 0, 0, 0]));
  await expectEach(page, {
    "a back face": { file: back({}), seen: [[0, 0, NONE]] },
    "a back face of two sides": { file: back({ doubleSided: true }), seen: squareOf(R) },
    "opaque, whatever its alpha": { file: front(0.2, {}), seen: [[0, 0, R]] },
    "blended over what is behind": {
      file: front(0.5, { alphaMode: "BLEND" }),
      seen: [[0, 0, [128, 0, 128]]],
      // Blended as linear values or as those that are shown: the standard leaves that open.
      tolerance: 70,
    },
    "clear, blended": { file: front(0, { alphaMode: "BLEND" }), seen: [[0, 0, B]] },
    "clear, masked": { file: front(0.2, { alphaMode: "MASK" }), seen: [[0, 0, B]] },
    "dense, masked": { file: front(0.6, { alphaMode: "MASK" }), seen: [[0, 0, R]] },
    "a mask by a texture": { file: masked({}), seen: quarters(R, NONE, NONE, R) },
    "a mask with a lower limit": { file: masked({ alphaCutoff: 0.3 }), seen: quarters(R, R, R, R) },
    "alpha of vertices": {
      file: new GlbFile((f) => {
        const { attributes, indices } = f.square();
        return {
          primitives: [
            { attributes: { ...attributes, COLOR_0: faded(f) }, indices, material: 0 },
            behind(f),
          ],
          materials: [unlit([1, 1, 1], { alphaMode: "BLEND" }), BLUE],
        };
      }),
      seen: [[0, 0, B]],
    },
  });
});

test("textures: wrapping, transforms, and the second set of coordinates", async ({ page }) => {
  // Red, green / blue, yellow: the first row is the upper one, where v is 0.
  const picture = png([
    [
      [...R, 255],
      [...G, 255],
    ],
    [
      [...B, 255],
      [...Y, 255],
    ],
  ]);
  const mapped = (uv: number[], sampler: Json, texture: Json = {}, more: Json = {}) =>
    new GlbFile((f) => {
      const { attributes, indices } = f.square(2);
      return {
        primitive: {
          attributes: {
            ...attributes,
            TEXCOORD_0: f.floats("VEC2", ...uv),
            TEXCOORD_1: f.floats("VEC2", 0, 0, 1, 0, 1, 1, 0, 1),
          },
          indices,
          material: 0,
        },
        materials: [textured(texture)],
        textures: [{ source: 0, sampler: 0 }],
        samplers: [{ magFilter: 9728, minFilter: 9728, ...sampler }],
        images: [{ bufferView: f.view(picture), mimeType: "image/png" }],
        ...more,
      };
    });
  const whole = [0, 1, 1, 1, 1, 0, 0, 0];
  /** From (1, 1) to (2, 2): one round further. */
  const further = whole.map((v) => v + 1);
  const [CLAMP, MIRROR] = [33071, 33648];
  const transform = (t: Json) => ({ extensions: { KHR_texture_transform: t } });
  await expectEach(page, {
    once: { file: mapped(whole, {}), seen: quarters(B, Y, G, R) },
    repeated: { file: mapped(further, {}), seen: quarters(B, Y, G, R) },
    clamped: {
      file: mapped(further, { wrapS: CLAMP, wrapT: CLAMP }),
      seen: quarters(Y, Y, Y, Y),
    },
    mirrored: {
      file: mapped(further, { wrapS: MIRROR, wrapT: MIRROR }),
      seen: quarters(G, R, B, Y),
    },
    "mirrored across, clamped down": {
      file: mapped(further, { wrapS: MIRROR, wrapT: CLAMP }),
      seen: quarters(Y, B, B, Y),
    },
    "the second set": { file: mapped(whole, {}, { texCoord: 1 }), seen: quarters(R, G, Y, B) },
    "an offset": {
      file: mapped(whole, {}, transform({ offset: [0.5, 0] })),
      seen: quarters(Y, B, R, G),
    },
    "a scale": {
      file: mapped(whole, {}, transform({ scale: [0.5, 1] })),
      seen: quarters(B, B, R, R),
    },
    // u' = cos u + sin v, v' = -sin u + cos v, by a quarter: (u, v) is (v, -u).
    "a rotation": {
      file: mapped(whole, {}, transform({ rotation: Math.PI / 2 })),
      seen: quarters(Y, G, R, B),
    },
    "the set that the transform says": {
      file: mapped(whole, {}, { texCoord: 0, ...transform({ texCoord: 1 }) }),
      seen: quarters(R, G, Y, B),
    },
  });
});

test("an unlit material has its color, another one is lit, and one without any is white", async ({
  page,
}) => {
  const one = (material?: Json) =>
    new GlbFile((f) => ({
      primitive: { ...f.square(), ...(material && { material: 0 }) },
      ...(material && { materials: [material] }),
    }));
  const linear = 0.2;
  const gray = shown(linear);
  await expectEach(page, {
    unlit: {
      file: one(unlit([linear, linear, linear])),
      seen: squareOf([gray, gray, gray]),
      tolerance: 1,
    },
    "emissive, in the dark": {
      file: one({
        emissiveFactor: [0, 1, 0],
        pbrMetallicRoughness: {
          baseColorFactor: [0, 0, 0, 1],
          metallicFactor: 0,
          roughnessFactor: 1,
        },
      }),
      seen: [[0, 0, G]],
      tolerance: 12,
    },
  });
  const center = async () => (await colorsAt(page, [[400, 200]]))[0]!;
  await send(one({ pbrMetallicRoughness: { baseColorFactor: [0.5, 0, 0, 1], metallicFactor: 0 } }));
  await caughtUp(page, server);
  await expect.poll(async () => (await center())[0]).toBeGreaterThan(60);
  const lit = await center();
  expect(lit[0]! - lit[1]!, `${lit}`).toBeGreaterThan(40);
  expect(Math.abs(lit[0]! - shown(0.5)), `lit: ${lit}`).toBeGreaterThan(3);
});

test("the scene of the file's choice, and the one that the program sets", async ({ page }) => {
  const three = (more: Json) =>
    new GlbFile((f) => ({
      primitive: { ...f.square(), material: 0 },
      meshes: [0, 1, 2].map((material) => ({ primitives: [{ ...f.square(), material }] })),
      nodes: [{ mesh: 0 }, { mesh: 1 }, { mesh: 2 }],
      scenes: [{ nodes: [0] }, { nodes: [1] }, { nodes: [2] }],
      materials: [RED, GREEN, BLUE],
      ...more,
    }));
  await expectEach(page, {
    "the file's": { file: three({ scene: 1 }), seen: squareOf(G) },
    "the first, if it says none": { file: three({ scene: undefined }), seen: squareOf(R) },
    "the option's": { file: three({ scene: 1 }), options: { Scene: 2 }, seen: squareOf(B) },
    "the first by the option": {
      file: three({ scene: 1 }),
      options: { Scene: 0 },
      seen: squareOf(R),
    },
  });
  await send(three({}));
  await server.command('play {"Scene": 2}');
  await expectColors(page, "set later", squareOf(B));
  await server.command('play {"Scene": 3}');
  await expectMark(page, /no scene 3: it has 3/);
  await expectColors(page, "none of that number", [[0, 0, NONE]]);
  expect(await server.command('play {"Scene": -1}')).toMatch(/Scene is -1/);
  await server.command('play {"Scene": 1}');
  await expectColors(page, "again", squareOf(G));
  await expectMark(page, /^none$/);
});

test("buffers and images in other files, and in the text", async ({ page }) => {
  const picture = png([[[...G, 255]]]);
  const file = (image: Json) =>
    new GlbFile((f) => {
      const { attributes, indices } = f.square();
      return {
        primitive: {
          attributes: { ...attributes, TEXCOORD_0: f.floats("VEC2", 0, 1, 1, 1, 1, 0, 0, 0) },
          indices,
          material: 0,
        },
        materials: [textured({}, {}, [1, 1, 0, 1])],
        textures: [{ source: 0 }],
        images: [image],
      };
    });
  const dataUri = (type: string, bytes: Buffer) =>
    `data:${type};base64,${bytes.toString("base64")}`;
  const embedded = async (text: Buffer, files: Record<string, Buffer>) => {
    const entries = Object.entries(files).map(([name, b]) => [name, b.toString("base64")]);
    const shownFile = { Data: text.toString("base64"), Files: Object.fromEntries(entries) };
    const skipped = await server.ask<string[] | null>(`show ${JSON.stringify(shownFile)}`);
    await caughtUp(page, server);
    return skipped ?? [];
  };
  const inFile = file({ uri: "textures/a%20green.png" });
  expect(
    await embedded(inFile.text("model.bin"), {
      "model.bin": inFile.bin,
      "textures/a green.png": picture,
    }),
  ).toEqual([]);
  await expectColors(page, "in files", squareOf(G));
  const inText = file({ uri: dataUri("image/png", picture) });
  expect(await embedded(inText.text(dataUri("application/octet-stream", inText.bin)), {})).toEqual(
    [],
  );
  await expectColors(page, "in the text", squareOf(G));
  // The page reads those of a GLB itself.
  await expectEach(page, { "an image in the text of a GLB": { file: inText, seen: squareOf(G) } });
  // Without its picture the material has its own color, and it is said.
  const without = await embedded(inFile.text("model.bin"), { "model.bin": inFile.bin });
  expect(without.join("\n")).toMatch(/a%20green\.png: file does not exist/);
  await expectColors(page, "without its picture", squareOf(Y));
  await expectMark(page, /^none$/);
});

/** A square that two targets move: one to the right, the other one up. */
const morphed = (more: Json, mesh: Json = {}) =>
  new GlbFile((f) => {
    const delta = (x: number, z: number) =>
      f.add(new Float32Array([0, 1, 2, 3].flatMap(() => [x, 0, z])), "VEC3", {
        min: [x, 0, z],
        max: [x, 0, z],
      });
    const targets = [{ POSITION: delta(1, 0) }, { POSITION: delta(0, 1) }];
    return {
      meshes: [{ primitives: [{ ...f.square(), targets, material: 0 }], ...mesh }],
      materials: [RED],
      ...(typeof more.make === "function" ? more.make(f) : more),
    };
  });

const movedBy = (x: number, z: number): Seen[] => squareOf(R).map(([a, b, c]) => [a + x, b + z, c]);

test("morph targets: the weights of mesh and node, and animated ones", async ({ page }) => {
  const animated = {
    make: (f: GlbFile) => ({
      animations: [
        {
          samplers: [
            {
              input: f.add(new Float32Array([0, 2]), "SCALAR", { min: [0], max: [2] }),
              output: f.floats("SCALAR", 0, 0, 1, 1),
            },
          ],
          channels: [{ sampler: 0, target: { node: 0, path: "weights" } }],
        },
      ],
    }),
  };
  await expectEach(page, {
    "no weights": { file: morphed({}), seen: squareOf(R) },
    "the mesh's": { file: morphed({}, { weights: [0.5, 0] }), seen: movedBy(0.5, 0) },
    "the node's": {
      file: morphed({ nodes: [{ mesh: 0, weights: [0, 0.5] }] }, { weights: [1, 0] }),
      seen: movedBy(0, 0.5),
    },
    animated: {
      file: morphed(animated),
      options: { Paused: true, AnimationTime: 1 },
      seen: movedBy(0.5, 0.5),
    },
    "animated, at its end": {
      file: morphed(animated),
      options: { Paused: true, AnimationTime: 2 },
      seen: movedBy(1, 1),
    },
  });
});

/** A bar from x = -1 to 1 with a joint at each end of its left half; the second one is turned up by a quarter. */
const bar = (weights: (f: GlbFile) => Json, more: (f: GlbFile) => Json = () => ({})) =>
  new GlbFile((f) => {
    const half = 0.2;
    const points: [number, number][] = [-1, 0, 1].flatMap((x): [number, number][] => [
      [x, -half],
      [x, half],
    ]);
    const move = (x: number) => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, 0, 0, 1];
    const up = Math.SQRT1_2;
    return {
      primitive: {
        attributes: { POSITION: f.positions(...points), ...weights(f) },
        indices: f.indices(0, 2, 3, 0, 3, 1, 2, 4, 5, 2, 5, 3),
        material: 0,
      },
      nodes: [
        // The place of a node with a skin does not matter: its joints have all.
        { children: [1, 3] },
        { children: [2], translation: [-1, 0, 0] },
        { translation: [1, 0, 0], rotation: [0, -up, 0, up] },
        { mesh: 0, skin: 0, translation: [5, 5, 5] },
      ],
      skins: [{ joints: [1, 2], inverseBindMatrices: f.floats("MAT4", ...move(1), ...move(0)) }],
      materials: [{ ...RED, doubleSided: true }],
      ...more(f),
    };
  });

/** The vertices of the left half are bound to the first joint, those at the right end to the second. */
const JOINTS = [0, 0, 1, 1, 1, 1].flatMap((j) => [j, 0, 0, 0]);
const all = (v: number) => [0, 1, 2, 3, 4, 5].flatMap(() => [v, 0, 0, 0]);

const weights = (f: GlbFile) => ({
  JOINTS_0: f.add(new Uint8Array(JOINTS), "VEC4"),
  WEIGHTS_0: f.floats("VEC4", ...all(1)),
});

const BENT: Seen[] = [
  [-0.8, 0, R],
  [0, 0.8, R],
  [0.1, 0.9, R],
  [0.8, 0, NONE],
  [0, -0.4, NONE],
];

test("skins: a bar that is bent, with joints and weights of all types", async ({ page }) => {
  const norm = { normalized: true };
  const straight = (f: GlbFile) => ({
    animations: [
      {
        samplers: [
          {
            input: f.add(new Float32Array([0, 1]), "SCALAR", { min: [0], max: [1] }),
            output: f.floats("VEC4", 0, -Math.SQRT1_2, 0, Math.SQRT1_2, 0, 0, 0, 1),
          },
        ],
        channels: [{ sampler: 0, target: { node: 2, path: "rotation" } }],
      },
    ],
  });
  await expectEach(page, {
    "uint8 and float": { file: bar(weights), seen: BENT },
    "uint16 and uint8": {
      file: bar((f) => ({
        JOINTS_0: f.add(new Uint16Array(JOINTS), "VEC4"),
        WEIGHTS_0: f.add(new Uint8Array(all(255)), "VEC4", norm),
      })),
      seen: BENT,
    },
    "uint8 and uint16": {
      file: bar((f) => ({
        JOINTS_0: f.add(new Uint8Array(JOINTS), "VEC4"),
        WEIGHTS_0: f.add(new Uint16Array(all(65535)), "VEC4", norm),
      })),
      seen: BENT,
    },
    "animated, at its beginning": {
      file: bar(weights, straight),
      options: { Paused: true },
      seen: BENT,
    },
    "animated, at its end": {
      file: bar(weights, straight),
      options: { Paused: true, AnimationTime: 1 },
      seen: [
        [-0.8, 0, R],
        [0.8, 0, R],
        [0, 0.8, NONE],
      ],
    },
  });
});

test("clicks on a skin that an animation has moved far", async ({ page }) => {
  const risen = (f: GlbFile) => ({
    animations: [
      {
        samplers: [
          {
            input: f.add(new Float32Array([0, 1]), "SCALAR", { min: [0], max: [1] }),
            output: f.floats("VEC3", -1, 0, -2, -1, 0, 2),
          },
        ],
        channels: [{ sampler: 0, target: { node: 1, path: "translation" } }],
      },
    ],
  });
  await send(bar(weights, risen), { Paused: true });
  await server.command("clickable");
  const clickAt = (x: number, z: number) => page.mouse.click(400 + x * UNIT, 200 - z * UNIT);
  for (const [time, z, before] of [
    [0, -2, 0],
    [1, 2, -2],
  ] as const) {
    await server.command(`play {"Time": ${time}}`);
    await expectColors(page, `at ${time} s`, [[-0.8, z, R]]);
    await clickAt(-0.8, before);
    await clickAt(-0.8, z);
    await server.event(new RegExp(`^click at ${z}$`));
  }
  expect(server.events.filter((e) => e.startsWith("click"))).toHaveLength(2);
});

test("a batch has its model in its rest pose: skinned, morphed, quantized", async ({ page }) => {
  const sides: [number, number][] = corners(1);
  const strip = new GlbFile((f) => ({
    primitive: {
      attributes: {
        POSITION: f.add(
          new Int16Array([0, 1, 3, 2].flatMap((i) => [sides[i]![0] * 200, 0, sides[i]![1] * 200])),
          "VEC3",
          { min: [-100, 0, -100], max: [100, 0, 100] },
        ),
      },
      mode: MODES.strip,
      material: 0,
    },
    nodes: [{ mesh: 0, scale: [0.005, 0.005, 0.005] }],
    materials: [RED],
    extensionsUsed: ["KHR_mesh_quantization", "KHR_materials_unlit"],
  }));
  await expectEach(
    page,
    {
      "a quantized strip": { file: strip, seen: squareOf(R) },
      skinned: { file: bar(weights), seen: BENT },
      morphed: { file: morphed({}, { weights: [0.5, 0.5] }), seen: movedBy(0.5, 0.5) },
    },
    "show-batch",
  );
  const lines = new GlbFile((f) => {
    const { attributes, indices } = f.square();
    return {
      primitives: [
        { attributes, mode: MODES.loop, material: 0 },
        { attributes, indices, material: 0 },
      ],
      materials: [GREEN],
    };
  });
  await send(lines, {}, "show-batch");
  await expectColors(page, "with lines", squareOf(G));
  await expectMark(page, /lines and points of its GLB are not drawn in a batch/);
});
