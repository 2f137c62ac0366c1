import { Matrix4, Scene, Vector2 } from "three";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ViewCamera } from "../viewCamera";
import { SplatLayer } from "./layer";
import { type SplatMember, unchanged } from "./member";
import { DepthSort } from "./sort";
import type { CentersMessage, SortMessage } from "./splatSort.worker";

/** A worker that sorts on demand. */
class SteppedWorker {
  static all: SteppedWorker[] = [];
  onmessage: ((e: { data: unknown }) => void) | null = null;
  terminated = false;
  sorts: SortMessage[] = [];
  centers: CentersMessage[] = [];
  private readonly sorter = new DepthSort();
  constructor() {
    SteppedWorker.all.push(this);
  }
  postMessage(m: CentersMessage | SortMessage): void {
    if (m.kind === "sort") {
      this.sorts.push(m);
      return;
    }
    this.centers.push(m);
    this.sorter.setCenters(m.start, m.centers);
  }
  async step(): Promise<void> {
    const m = this.sorts.shift()!;
    const count = this.sorter.sort(m.groups, m.out);
    this.onmessage?.({ data: { id: m.id, out: m.out, count } });
    await Promise.resolve();
    await Promise.resolve();
  }
  terminate(): void {
    this.terminated = true;
  }
}

function member(...depths: number[]): SplatMember {
  const splats = new Uint32Array(depths.length * 8);
  depths.forEach((z, i) => {
    new Float32Array(splats.buffer)[8 * i + 2] = z;
  });
  const changed = { ...unchanged(), all: true, place: true };
  const harmonics = new Uint32Array();
  return {
    splats,
    harmonics,
    degree: 0,
    matrix: new Matrix4(),
    shown: true,
    report: () => {},
    changed,
  };
}

let rendered = 0;
let camera: ViewCamera;
let scene: Scene;
let layer: SplatLayer;
const worker = () => SteppedWorker.all.at(-1)!;

beforeEach(() => {
  vi.stubGlobal("Worker", SteppedWorker);
  rendered = 0;
  camera = new ViewCamera();
  camera.updateMatrixWorld();
  scene = new Scene();
  const frame = {
    viewport: { value: new Vector2(1, 1) },
    pixelRatio: { value: 1 },
    adaptivePoints: { value: 0 },
    seeThrough: { value: 0 },
  };
  layer = new SplatLayer(
    scene,
    frame,
    4096,
    () => rendered++,
    () => {},
  );
});
afterEach(() => {
  layer.dispose();
  vi.unstubAllGlobals();
});

/** The splats to draw, the farthest first. */
function order(): number[] {
  const mesh = scene.children[0] as unknown as {
    visible: boolean;
    geometry: { instanceCount: number; getAttribute(n: string): { array: Uint32Array } };
  };
  if (!mesh.visible) return [];
  return [...mesh.geometry.getAttribute("splat").array.subarray(0, mesh.geometry.instanceCount)];
}

describe("SplatLayer", () => {
  it("requests sorting when something changed, and not otherwise", async () => {
    const m = member(-1, -3, -2);
    layer.update(m);
    layer.prepare(camera);
    layer.prepare(camera);
    expect(worker().sorts).toHaveLength(1);
    expect(order()).toEqual([]);
    await worker().step();
    expect([order(), rendered]).toEqual([[1, 2, 0], 1]);
    layer.update(m);
    layer.prepare(camera);
    // Nearer, and rotated by an invisible angle.
    camera.position.z = -0.5;
    camera.rotation.x = 1e-4;
    camera.updateMatrixWorld();
    layer.prepare(camera);
    expect(worker().sorts).toHaveLength(0);
    camera.rotation.x = Math.PI;
    camera.updateMatrixWorld();
    layer.prepare(camera);
    await worker().step();
    expect(order()).toEqual([0, 2, 1]);
  });

  it("sorts once more when something changed while a sort was running", async () => {
    const [a, b] = [member(-1, -3), member(-2)];
    layer.update(a);
    layer.prepare(camera);
    layer.update(b);
    layer.prepare(camera);
    expect(worker().sorts).toHaveLength(1);
    await worker().step();
    layer.prepare(camera);
    await worker().step();
    expect(order()).toEqual([1, 2, 0]);
    b.shown = false;
    b.changed.place = true;
    layer.update(b);
    layer.prepare(camera);
    await worker().step();
    expect(order()).toEqual([1, 0]);
    layer.remove(a);
    layer.prepare(camera);
    await worker().step();
    expect(order()).toEqual([]);
  });

  it("transfers only changes", async () => {
    const m = member(-1, -3, -2);
    layer.update(m);
    worker().centers.length = 0;
    new Float32Array(m.splats.buffer)[8 + 2] = -1.5;
    m.changed.parts = [8 + 2, 1];
    layer.update(m);
    expect(worker().centers.map((c) => [c.start, [...c.centers]])).toEqual([[1, [0, 0, -1.5]]]);
    // After the last: existing ones are kept.
    const longer = new Uint32Array(32);
    longer.set(m.splats);
    new Float32Array(longer.buffer)[24 + 2] = -9;
    m.splats = longer;
    m.changed.parts = [24, 8];
    worker().centers.length = 0;
    layer.update(m);
    expect(worker().centers.map((c) => c.start)).toEqual([3]);
    layer.prepare(camera);
    await worker().step();
    expect(order()).toEqual([3, 2, 1, 0]);
    // Truncated.
    m.splats = longer.subarray(0, 16);
    m.changed.parts = [];
    layer.update(m);
    layer.prepare(camera);
    await worker().step();
    expect(order()).toEqual([1, 0]);
  });

  it("reports splats that are not finite, also in partial updates", () => {
    const m = member(-1, Number.NaN);
    const reports: (string | null)[] = [];
    const watched = {
      ...m,
      report: (key: string, text: string | null) => key === "numbers" && reports.push(text),
    };
    layer.update(watched as SplatMember);
    new Float32Array(m.splats.buffer)[8 + 2] = -2;
    watched.changed = { ...unchanged(), parts: [8, 8] };
    layer.update(watched as SplatMember);
    expect(reports).toEqual(["1 of its 2 splats are not finite: left out", null]);
  });

  it("sorts for a picture without touching the page's order", async () => {
    const m = member(-1, -3);
    layer.update(m);
    layer.prepare(camera);
    await worker().step();
    const other = new ViewCamera();
    other.rotation.x = Math.PI;
    other.updateMatrixWorld();
    const picture = layer.orderFor(other);
    await worker().step();
    const geometry = (await picture)!;
    let during: number[] = [];
    layer.drawWith(geometry, () => {
      during = order();
    });
    expect([during, order()]).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it("has a texture of harmonics only while there are some", () => {
    interface Material {
      defines: Record<string, string>;
      version: number;
      uniforms: Record<string, { value: { image: { data: Uint32Array } } | null }>;
    }
    const { material } = scene.children[0] as unknown as { material: Material };
    const groups = () => material.uniforms.groups!.value!.image.data as unknown as Float32Array;
    const texels = () => material.uniforms.harmonics!.value!.image.data;
    const look = () =>
      (scene.children[0] as unknown as { onBeforeRender(...a: unknown[]): void }).onBeforeRender(
        null,
        null,
        camera,
      );
    const set = (m: SplatMember, degree: number, fill: number) => {
      m.harmonics = new Uint32Array((m.splats.length / 8) * 2 * degree).fill(fill);
      m.degree = degree;
      m.changed.harmonics.all = true;
      layer.update(m);
    };
    const [none, first, second] = [member(-1, -2), member(-1, -3, -2), member(-4)];
    for (const m of [none, first, second]) layer.update(m);
    look();
    expect([material.defines, groups().slice(12, 16)]).toEqual([
      {},
      new Float32Array([1, 0, 0, 0]),
    ]);
    const compiled = material.version;
    set(second, 3, 7);
    set(first, 1, 5);
    look();
    expect([material.defines, material.version]).toEqual([{ HARMONICS: "" }, compiled + 1]);
    expect([...texels().subarray(0, 12)]).toEqual([7, 7, 7, 7, 7, 7, 5, 5, 5, 5, 5, 5]);
    // Its splats are at 2 and at 5, its texels at 3 and at 0.
    expect([...groups().slice(29, 32)]).toEqual([1, 0, 1]);
    expect([...groups().slice(45, 48)]).toEqual([3, -1, 4096 - 15]);
    // One splat of degree 1.
    first.harmonics[3] = 9;
    first.changed.harmonics.parts = [3, 1];
    layer.update(first);
    expect([...texels().subarray(6, 12)]).toEqual([5, 5, 5, 9, 5, 5]);
    set(first, 2, 6);
    expect([...texels().subarray(0, 18)]).toEqual([...Array(6).fill(7), ...Array(12).fill(6)]);
    set(first, 0, 0);
    layer.remove(second);
    expect([material.defines, material.uniforms.harmonics!.value]).toEqual([{}, null]);
    set(none, 2, 8);
    expect(texels()[7]).toBe(8);
  });

  it("terminates its worker and leaves the scene empty", () => {
    layer.dispose();
    expect([worker().terminated, scene.children.length]).toEqual([true, 0]);
  });
});
