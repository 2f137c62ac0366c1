import { type BufferAttribute, Group, type Mesh, type Points, Vector2 } from "three";
import { describe, expect, it } from "vitest";
import type { SceneContext } from "../context";
import { LineSegments } from "./lines";
import { PointCloud } from "./points";

/** As much of a context as clouds and lines need. */
function setUp() {
  const stage = new Group();
  const said = new Map<string, string | null>();
  const ctx = {
    stage,
    frame: { viewport: { value: new Vector2() }, pixelRatio: { value: 1 } },
    requestRender: () => {},
  } as unknown as SceneContext;
  return { stage, ctx, said, report: (k: string, t: string | null) => void said.set(k, t) };
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

  it("takes the network's array as it is, and colours of four bytes", () => {
    const { position, color } = cloud();
    expect(position().array).toBe(props.points);
    expect([...color()!.array]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  });

  it("reuses its buffers for as many points, and uploads only what is new", () => {
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

  it("takes new buffers for another number, and frees the old ones", () => {
    const { visual, points, color } = cloud();
    let freed = 0;
    points.geometry.addEventListener("dispose", () => freed++);
    const more = { ...props, points: new Float32Array(9), colors: new Uint8Array(9).fill(7) };
    visual.update(more, changed("points", "colors"));
    expect(freed).toBe(1);
    expect(color()!.count).toBe(3);
  });

  it("takes half floats, and keeps the colours when the precision changes", () => {
    const { visual, position, color } = cloud();
    visual.update({ ...props, points: new Uint16Array([1, 2, 3, 4, 5, 6]) }, changed("points"));
    expect([...position().array]).toEqual([1, 2, 3, 0, 4, 5, 6, 0]);
    expect((position() as { isFloat16BufferAttribute?: boolean }).isFloat16BufferAttribute).toBe(
      true,
    );
    expect([...color()!.array]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  });

  it("says what is wrong, and draws what it can", () => {
    const { visual, said, points } = cloud();
    visual.update({ ...props, points: new Float32Array(5) }, changed("points"));
    expect(said.get("points")).toContain("three numbers");
    expect(points.visible).toBe(false);
    visual.update({ ...props, colors: new Uint8Array(4) }, null);
    expect(said.get("points")).toBeNull();
    expect(said.get("colors")).toContain("colours");
    expect(points.visible).toBe(true);
    visual.update({ ...props, points: new Uint16Array([0x7c00, 0, 0, 0, 0, 0]) }, null);
    expect(said.get("points")).toContain("not finite");
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

  it("reuses its buffers, and drops and takes up colours for each end", () => {
    const { ctx, stage, report, said } = setUp();
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
    expect(said.get("colors")).toContain("colours");
  });
});
