import { Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { planeMatrix } from "./grid";

const axes = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] } as const;

describe("planeMatrix", () => {
  it.each(["xy", "yx", "xz", "zx", "yz", "zy"] as const)(
    "lays the width along the first letter and the height along the second: %s",
    (plane) => {
      const m = planeMatrix(plane);
      const [w, h] = plane.split("") as ["x", "y"];
      expect(
        new Vector3(1, 0, 0)
          .applyMatrix4(m)
          .toArray()
          .map((v) => v + 0),
      ).toEqual(axes[w]);
      expect(
        new Vector3(0, 1, 0)
          .applyMatrix4(m)
          .toArray()
          .map((v) => v + 0),
      ).toEqual(axes[h]);
      // Not mirrored: the square keeps its front.
      expect(m.determinant()).toBe(1);
    },
  );
});
