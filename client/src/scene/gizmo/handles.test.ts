import { describe, expect, it } from "vitest";
import type { Vec3 } from "../../protocol/messages.gen";
import { Pose } from "../pose";
import type { Ray } from "../visual";
import { HandleDrag, handleAt, handlesOf, limitsOf, type Travel } from "./handles";

/** From (0, -10, 0) to a point. */
function towards(to: Vec3): Ray {
  const d: Vec3 = [to[0], to[1] + 10, to[2]];
  const n = Math.hypot(...d);
  return { origin: [0, -10, 0], direction: [d[0] / n, d[1] / n, d[2] / n] };
}

const rest = (): Travel => ({ moved: [0, 0, 0], turned: [0, 0, 0] });
const free = { move: limitsOf(null), turn: limitsOf(null) };
const at = (p: Pose | null) => p && [p.px, p.py, p.pz].map((v) => Math.round(v * 1e6) / 1e6);
/** Angle about z, in degrees. */
const turned = (p: Pose | null) => Math.round((2 * Math.atan2(p!.qz, p!.qw) * 180) / Math.PI);

describe("the handles", () => {
  const count = (props: object) =>
    handlesOf({ active_axes: [true, true, true], ...props }).map((h) => `${h.kind}${h.axis}`);

  it("are three of each kind, without disabled ones", () => {
    expect(count({}).length).toBe(9);
    expect(count({ disable_axes: true }).some((h) => h.startsWith("arrow"))).toBe(false);
    expect(count({ disable_sliders: true, disable_rotations: true })).toEqual([
      "arrow0",
      "arrow1",
      "arrow2",
    ]);
  });

  it("need both axes for a square or a ring", () => {
    expect(count({ active_axes: [true, true, false] }).sort()).toEqual([
      "arrow0",
      "arrow1",
      "ring2",
      "slider2",
    ]);
    expect(count({ active_axes: [false, false, true] })).toEqual(["arrow2"]);
  });
});

describe("a drag", () => {
  it("of an arrow moves along its axis only", () => {
    const pull = new HandleDrag(
      { kind: "arrow", axis: 0 },
      new Pose(),
      rest(),
      free,
      towards([0.5, 0, 0]),
    );
    expect(at(pull.to(towards([2, 0, 0.7])))?.[0]).toBeGreaterThan(1.4);
    expect(at(pull.to(towards([2, 0, 0.7])))?.slice(1)).toEqual([0, 0]);
    expect(at(pull.to(towards([2, 0, 0])))).toEqual([1.5, 0, 0]);
  });

  it("follows the node's own axes", () => {
    const start = new Pose();
    start.setWxyz(Math.SQRT1_2, 0, Math.SQRT1_2, 0); // x points to -z
    start.setPosition(1, 0, 0);
    const pull = new HandleDrag(
      { kind: "arrow", axis: 0 },
      start,
      rest(),
      free,
      towards([1, 0, -0.5]),
    );
    expect(at(pull.to(towards([1, 0, -2])))).toEqual([1, 0, -1.5]);
  });

  it("along the line of sight is undefined", () => {
    const pull = new HandleDrag(
      { kind: "arrow", axis: 1 },
      new Pose(),
      rest(),
      free,
      towards([0, 0, 0]),
    );
    expect(pull.to(towards([0, 0, 0]))).toBe(null);
  });

  it("of a square moves along two axes", () => {
    const pull = new HandleDrag(
      { kind: "slider", axis: 1 },
      new Pose(),
      rest(),
      free,
      towards([0.2, 0, 0.2]),
    );
    expect(at(pull.to(towards([1.2, 0, -0.3])))).toEqual([1, 0, -0.5]);
  });

  it("stops at the limits, which are relative to the initial pose", () => {
    const limits = {
      ...free,
      move: limitsOf([
        [-1, 1.5],
        [-1, 1],
        [-1, 1],
      ]),
    };
    const handle = { kind: "arrow", axis: 0 } as const;
    const first = new HandleDrag(handle, new Pose(), rest(), limits, towards([0, 0, 0]));
    expect(at(first.to(towards([1, 0, 0])))).toEqual([1, 0, 0]);
    const then = new Pose();
    then.setPosition(1, 0, 0);
    const second = new HandleDrag(handle, then, first.done(), limits, towards([1, 0, 0]));
    expect(at(second.to(towards([3, 0, 0])))).toEqual([1.5, 0, 0]);
    expect(at(second.to(towards([-3, 0, 0])))).toEqual([-1, 0, 0]);
  });

  it("of a ring rotates, also by more than a turn, within its limits", () => {
    // The ring about y, seen along y.
    const around = (degrees: number) => {
      const a = (degrees * Math.PI) / 180;
      return towards([Math.sin(a), 0, Math.cos(a)]);
    };
    const angle = (p: Pose | null) => Math.round((2 * Math.atan2(p!.qy, p!.qw) * 180) / Math.PI);
    const handle = { kind: "ring", axis: 1 } as const;
    const pull = new HandleDrag(handle, new Pose(), rest(), free, around(0));
    expect(angle(pull.to(around(90)))).toBe(90);
    for (const d of [180, 270, 360]) pull.to(around(d));
    pull.to(around(450));
    expect(pull.done().turned[1]).toBeCloseTo((450 * Math.PI) / 180, 5);
    const limits = {
      ...free,
      turn: limitsOf([
        [0, 0],
        [-0.5, 0.5],
        [0, 0],
      ]),
    };
    const bound = new HandleDrag(handle, new Pose(), rest(), limits, around(0));
    expect(angle(bound.to(around(90)))).toBe(Math.round((0.5 * 180) / Math.PI));
    expect(turned(bound.to(around(-90)))).toBe(0);
  });
});

it("an invalid range is not a limit", () => {
  const all = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  expect(limitsOf([[1, -1], [Number.NaN, 1], "x"])).toEqual([all, all, all]);
  expect(limitsOf(undefined)).toEqual([all, all, all]);
});

describe("the handle under the pointer", () => {
  const handles = handlesOf({ active_axes: [true, true, true] });
  // Seen along y from far away: a hundred pixels per unit, the pointer at `x`, `z`.
  const find = (x: number, z: number, reach = 6) => {
    const hit = handleAt(handles, (p) => [100 * p[0] - x, 100 * p[2] - z, 10 + p[1]], reach);
    return hit && `${handles[hit.part]!.kind}${handles[hit.part]!.axis}`;
  };

  it("is the arrow, the square or the ring there", () => {
    expect(find(90, 2)).toBe("arrow0");
    expect(find(-3, 95)).toBe("arrow2");
    expect(find(25, 25)).toBe("slider1");
    expect(find(65 * Math.SQRT1_2, 65 * Math.SQRT1_2)).toBe("ring1");
    expect(find(-50, -50)).toBe(null);
  });

  it("has a larger tolerance for touch", () => {
    expect(find(90, -15)).toBe(null);
    expect(find(90, -15, 18)).toBe("arrow0");
  });

  it("is none behind the camera", () => {
    expect(handleAt(handles, () => null, 100)).toBe(null);
  });
});
