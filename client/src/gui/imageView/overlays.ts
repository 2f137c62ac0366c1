/** What was found in a picture: boxes, keypoints and the classes of its pixels, as the program sends them. */
import type { Point } from "./viewport";

export type Rgb = readonly [number, number, number];

export interface Box {
  readonly box: readonly [number, number, number, number];
  readonly label: string;
  readonly color: Rgb;
  readonly score: number | null;
}

export interface Keypoints {
  readonly points: readonly (Point | null)[];
  readonly edges: readonly Point[];
  readonly label: string;
  readonly color: Rgb;
}

export interface Segmentation {
  readonly width: number;
  readonly height: number;
  readonly ids: Uint16Array;
}

export interface Class {
  readonly name: string;
  /** null: not drawn. */
  readonly color: Rgb | null;
}

/** A color for each number, far from those of its neighbors. */
export function colorOfNumber(n: number): Rgb {
  const hue = (n * 0.618034) % 1; // the golden ratio
  const lightness = 0.5 + 0.12 * ((n >> 2) % 2);
  const channel = (k: number) => {
    const at = (k + hue * 12) % 12;
    const a = 0.8 * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

function colorOfText(text: string): Rgb {
  let hash = 7;
  for (const c of text) hash = (hash * 31 + c.codePointAt(0)!) % 65_521;
  return colorOfNumber(hash);
}

function rows(json: unknown): Record<string, unknown>[] {
  if (typeof json !== "string" || json === "") return [];
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.filter((x) => typeof x === "object" && x !== null) : [];
  } catch {
    return [];
  }
}

function numbers(x: unknown, count: number): number[] | null {
  const ok = Array.isArray(x) && x.length === count && x.every((v) => Number.isFinite(v));
  return ok ? (x as number[]) : null;
}

const textOf = (x: unknown) => (typeof x === "string" ? x : "");

function colorOf(x: unknown, label: string): Rgb {
  return (numbers(x, 3) as Rgb | null) ?? colorOfText(label);
}

export function boxesOf(json: unknown): Box[] {
  return rows(json).flatMap((row) => {
    const box = numbers(row.box, 4);
    if (!box) return [];
    const label = textOf(row.label);
    const score = typeof row.score === "number" ? row.score : null;
    return [{ box: box as unknown as Box["box"], label, color: colorOf(row.color, label), score }];
  });
}

export function keypointsOf(json: unknown): Keypoints[] {
  return rows(json).map((row) => {
    const given: unknown[] = Array.isArray(row.points) ? row.points : [];
    const points = given.map((p) => numbers(p, 2) as Point | null);
    const edges = (Array.isArray(row.edges) ? row.edges : []).flatMap((e) => {
      const edge = numbers(e, 2);
      return edge ? [edge as unknown as Point] : [];
    });
    const label = textOf(row.label);
    return { points, edges, label, color: colorOf(row.color, label) };
  });
}

export function classesOf(json: unknown): ReadonlyMap<number, Class> {
  return new Map(
    rows(json).map((row) => {
      const id = Number(row.id);
      const color = (numbers(row.color, 3) as Rgb | null) ?? (id === 0 ? null : colorOfNumber(id));
      return [id, { name: textOf(row.name), color }];
    }),
  );
}

/** Null: there is none, or its size does not fit. */
export function segmentationOf(bytes: unknown, width: number, height: number): Segmentation | null {
  if (!(bytes instanceof Uint8Array) || !(width > 0 && height > 0)) return null;
  if (bytes.length !== 2 * width * height) return null;
  return { width, height, ids: new Uint16Array(bytes.slice().buffer) };
}

/** The colors of the pixels; those of class 0 are transparent unless it has a color. */
export function paintClasses(
  { ids }: Segmentation,
  classes: ReadonlyMap<number, Class>,
  out: Uint32Array,
): void {
  const bytes = new Uint8ClampedArray(4);
  const word = new Uint32Array(bytes.buffer);
  const colors = new Map<number, number>();
  const colorFor = (id: number) => {
    const known = classes.get(id);
    const color = known ? known.color : id === 0 ? null : colorOfNumber(id);
    bytes.set(color ? [...color, 255] : [0, 0, 0, 0]);
    colors.set(id, word[0]!);
    return word[0]!;
  };
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    out[i] = colors.get(id) ?? colorFor(id);
  }
}

/** What is at a point of the picture, in words: its class, and the boxes around it, the smallest first. */
export function namesAt(
  [x, y]: Point,
  picture: { width: number; height: number },
  found: {
    boxes: readonly Box[];
    segmentation: Segmentation | null;
    classes: ReadonlyMap<number, Class>;
  },
): string[] {
  const names: string[] = [];
  const { segmentation: seg } = found;
  if (seg) {
    const column = Math.floor(((x + 0.5) * seg.width) / picture.width);
    const row = Math.floor(((y + 0.5) * seg.height) / picture.height);
    const id = seg.ids[row * seg.width + column] ?? 0;
    const known = found.classes.get(id);
    if (known?.name) names.push(known.name);
    else if (id !== 0) names.push(`class ${id}`);
  }
  const inside = found.boxes.filter(
    ({ box: [bx, by, w, h] }) =>
      x + 0.5 >= bx && y + 0.5 >= by && x + 0.5 < bx + w && y + 0.5 < by + h,
  );
  inside.sort((a, b) => a.box[2] * a.box[3] - b.box[2] * b.box[3]);
  names.push(...inside.map(boxText).filter((text) => text !== ""));
  return names;
}

/** "car 0.92" */
export function boxText({ label, score }: Box): string {
  return [label, score === null ? "" : score.toFixed(2)].filter((x) => x !== "").join(" ");
}
