import { type BufferAttribute, Group, type Mesh, type Points, Vector2 } from "three";
import { describe, expect, it } from "vitest";
import { patchProps } from "../../protocol/patch";
import type { SceneContext } from "../context";
import { LineSegments } from "./lines";
import { PointCloud } from "./points";

/** The part of a context that clouds and lines use. */
function setUp() {
  const stage = new Group();
  const reports = new Map<string, string | null>();
  const ctx = {
    stage,
    frame: {
      viewport: { value: new Vector2() },
      pixelRatio: { value: 1 },
      adaptivePoints: { value: 0 },
    },
    requestRender: () => {},
  } as unknown as SceneContext;
  return { stage, ctx, reports, report: (k: string, t: string | null) => void reports.set(k, t) };
}

const changed = (...names: string[]) => new Set(names);

describe("PointCloud", () => {
  const props = {
    points: new Float32Array([0, 0, 0, 1, 1, 1]),
    colors: new Uint8Array([1, 2, 3, 4, 5, 6]),
    point_size: 0.1,
    point_shape: "circle",
    point_shading: "flat",
    scale: 1,
  };

  function cloud() {
    const s = setUp();
    const visual = new PointCloud(s.ctx, s.report);
    visual.update(props, null);
    const points = s.stage.children[0]!.children[0] as Points;
    const position = () => points.geometry.getAttribute("position") as BufferAttribute;
    const color = () => points.geometry.getAttribute("pointColor") as BufferAttribute | undefined;
    return { ...s, visual, points, position, color };
  }

  it("uses the received array without a copy, and colors of four bytes", () => {
    const { position, color } = cloud();
    expect(position().array).toBe(props.points);
    expect([...color()!.array]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  });

  it("reuses its buffers for the same number of points, and uploads only changes", () => {
    const { visual, points, position, color } = cloud();
    const { geometry } = points;
    const before = [position(), color()];
    const versions = [position().version, color()!.version];
    const next = new Float32Array([5, 5, 5, 6, 6, 6]);
    visual.update({ ...props, points: next }, changed("points"));
    expect(points.geometry).toBe(geometry);
    expect([position(), color()]).toEqual(before);
    expect(position().array).toBe(next);
    expect(position().version).toBeGreaterThan(versions[0]!);
    expect(color()!.version).toBe(versions[1]);
  });

  it("allocates new buffers for another number, and frees the old ones", () => {
    const { visual, points, color } = cloud();
    let freed = 0;
    points.geometry.addEventListener("dispose", () => freed++);
    const more = { ...props, points: new Float32Array(9), colors: new Uint8Array(9).fill(7) };
    visual.update(more, changed("points", "colors"));
    expect(freed).toBe(1);
    expect(color()!.count).toBe(3);
  });

  it("supports half floats, and keeps the colors when the precision changes", () => {
    const { visual, position, color } = cloud();
    visual.update({ ...props, points: new Uint16Array([1, 2, 3, 4, 5, 6]) }, changed("points"));
    expect([...position().array]).toEqual([1, 2, 3, 0, 4, 5, 6, 0]);
    expect((position() as { isFloat16BufferAttribute?: boolean }).isFloat16BufferAttribute).toBe(
      true,
    );
    expect([...color()!.array]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  });

  it("reports problems, and draws the valid points", () => {
    const { visual, reports, points } = cloud();
    visual.update({ ...props, points: new Float32Array(5) }, changed("points"));
    expect(reports.get("points")).toContain("three numbers");
    expect(points.visible).toBe(false);
    visual.update({ ...props, colors: new Uint8Array(4) }, null);
    expect(reports.get("points")).toBeNull();
    expect(reports.get("colors")).toContain("colors");
    expect(points.visible).toBe(true);
    visual.update({ ...props, points: new Uint16Array([0x7c00, 0, 0, 0, 0, 0]) }, null);
    expect(reports.get("points")).toContain("not finite");
  });
});

describe("partial updates of a PointCloud", () => {
  type Arrays = { points: Float32Array | Uint16Array; colors: Uint8Array };
  const rest = { point_size: 0.1, point_shape: "circle", point_shading: "flat", scale: 1 };

  /** A cloud whose buffers are uploaded at once, as ranges of points (or all of them). */
  function cloud(arrays: Arrays) {
    const s = setUp();
    const visual = new PointCloud(s.ctx, s.report);
    let props: Record<string, unknown> = { ...arrays, ...rest };
    visual.update(props, null);
    const points = s.stage.children[0]!.children[0] as Points;
    const buffer = (name: string) => points.geometry.getAttribute(name) as BufferAttribute;
    const upload = (name: string) => {
      if (!buffer(name)) return null;
      const { updateRanges, itemSize, onUploadCallback } = buffer(name);
      const ranges = updateRanges.map(({ start, count }) => [start / itemSize, count / itemSize]);
      onUploadCallback.call(buffer(name));
      return ranges;
    };
    const patch = (patches: Record<string, { from: number; of: number[]; total: number }>) => {
      const parts = new Map<string, number[]>();
      for (const [property, { from, of, total }] of Object.entries(patches)) {
        const like = props[property] as Float32Array;
        const data = new (like.constructor as Float32ArrayConstructor)(of);
        const ranges = of.length > 0 ? [from, of.length] : [];
        const result = patchProps(props, [{ property, index: 0, total, ranges, data }]);
        expect(result.problems).toEqual([]);
        props = result.props;
        parts.set(property, ranges);
      }
      visual.update(props, new Set(parts.keys()), parts);
    };
    upload("position");
    upload("pointColor");
    return { ...s, visual, points, buffer, upload, patch };
  }

  const hundred = (half: boolean): Arrays => ({
    points: half ? new Uint16Array(300).fill(1) : new Float32Array(300).fill(1),
    colors: new Uint8Array(300).fill(7),
  });

  it.each([true, false])(
    "uploads what is new, into the buffers that are there (half: %s)",
    (half) => {
      const { points, buffer, upload, patch } = cloud(hundred(half));
      const { geometry } = points;
      const before = [buffer("position"), buffer("pointColor")];
      patch({ points: { from: 30, of: [5, 6, 7], total: 300 } });
      expect(upload("position")).toEqual([[10, 1]]);
      expect([...buffer("position").array].filter((x) => x === 6)).toHaveLength(1);
      patch({ colors: { from: 0, of: [1, 2, 3, 4, 5, 6], total: 300 } });
      expect(upload("pointColor")).toEqual([[0, 2]]);
      expect([...buffer("pointColor").array.subarray(0, 9)]).toEqual([
        1, 2, 3, 255, 4, 5, 6, 255, 7,
      ]);
      expect(upload("position")).toEqual([]);
      expect(points.geometry).toBe(geometry);
      expect([buffer("position"), buffer("pointColor")]).toEqual(before);
    },
  );

  it.each([true, false])("grows rarely, and is truncated in place (half: %s)", (half) => {
    const { points, buffer, upload, patch } = cloud(hundred(half));
    const geometries = new Set();
    for (let n = 100; n < 1000; n++) {
      const more = { from: 3 * n, of: [1, 2, 3], total: 3 * n + 3 };
      patch({ points: more, colors: more });
      geometries.add(points.geometry);
      upload("position");
      upload("pointColor");
    }
    expect(geometries.size).toBeLessThan(10);
    expect(points.geometry.drawRange.count).toBe(1000);
    const before = points.geometry;
    patch({ points: { from: 0, of: [], total: 30 }, colors: { from: 0, of: [], total: 30 } });
    expect(points.geometry).toBe(before);
    expect(points.geometry.drawRange.count).toBe(10);
    expect(upload("position")).toEqual([]);
    expect([...buffer("pointColor").array.subarray(0, 4)]).toEqual([7, 7, 7, 255]);
  });

  it("keeps a bounded list of updates while it is hidden", () => {
    const { buffer, upload, patch } = cloud(hundred(false));
    for (let i = 0; i < 200; i++)
      patch({ points: { from: 3 * (i % 100), of: [i, i, i], total: 300 } });
    expect(buffer("position").updateRanges.length).toBeLessThanOrEqual(64);
    expect(upload("position")).toEqual([]); // all
    patch({ points: { from: 3, of: [5, 5, 5], total: 300 } });
    expect(upload("position")).toEqual([[1, 1]]);
  });

  it("expands a single color when a part of the colors changes", () => {
    const { upload, patch, buffer, reports } = cloud({
      ...hundred(false),
      colors: new Uint8Array(3),
    });
    expect(buffer("pointColor")).toBeUndefined();
    patch({ colors: { from: 0, of: new Array(300).fill(9), total: 300 } });
    expect(upload("pointColor")).toEqual([]);
    expect([...buffer("pointColor").array.subarray(396)]).toEqual([9, 9, 9, 255]);
    patch({ points: { from: 300, of: [1, 1, 1], total: 303 } });
    expect(reports.get("colors")).toContain("colors");
    patch({ colors: { from: 300, of: [8, 8, 8], total: 303 } });
    expect(reports.get("colors")).toBeNull();
  });

  it("reports a part that is not finite, until it is finite again", () => {
    const { patch, reports } = cloud(hundred(false));
    patch({ points: { from: 3, of: [Number.NaN, 0, 0], total: 300 } });
    expect(reports.get("points")).toContain("not finite");
    patch({ points: { from: 6, of: [0, 0, 0], total: 300 } });
    expect(reports.get("points")).toContain("not finite");
    patch({ points: { from: 3, of: [0, 0, 0], total: 300 } });
    expect(reports.get("points")).toBeNull();
  });
});

describe("LineSegments", () => {
  const props = {
    points: new Float32Array([0, 0, 0, 1, 1, 1]),
    colors: new Uint8Array([1, 2, 3, 4, 5, 6]),
    thickness: 2,
    thickness_units: "screen",
    scale: 1,
  };

  it("reuses its buffers, and removes and adds colors for each end", () => {
    const { ctx, stage, report, reports } = setUp();
    const visual = new LineSegments(ctx, report);
    visual.update(props, null);
    const mesh = stage.children[0]!.children[0] as Mesh;
    const { geometry } = mesh;
    const defines = () => (mesh.material as unknown as { defines: object }).defines;
    expect(defines()).toHaveProperty("SEGMENT_COLORS");
    visual.update({ ...props, points: new Float32Array(6).fill(2) }, changed("points"));
    expect(mesh.geometry).toBe(geometry);
    visual.update({ ...props, colors: new Uint8Array([9, 9, 9]) }, changed("colors"));
    expect(defines()).not.toHaveProperty("SEGMENT_COLORS");
    const two = { ...props, points: new Float32Array(12), colors: new Uint8Array(12) };
    visual.update(two, changed("points", "colors"));
    expect(mesh.geometry).not.toBe(geometry);
    expect(defines()).toHaveProperty("SEGMENT_COLORS");
    expect(mesh.geometry.getAttribute("colorEnd").count).toBe(2);
    visual.update({ ...two, colors: new Uint8Array(7) }, changed("colors"));
    expect(reports.get("colors")).toContain("colors");
  });
});
