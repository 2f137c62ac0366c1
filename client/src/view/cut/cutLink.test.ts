import { expect, test } from "vitest";
import { Cut } from "../../scene/cuts/cut";
import { Pose } from "../../scene/pose";
import { readCut, writeCut } from "./cutLink";

function cutAt(x: number, y: number, z: number): Cut {
  const cut = new Cut("a");
  cut.inRoot = new Pose();
  cut.inRoot.setPosition(x, y, z);
  cut.shown = true;
  return cut;
}

test("a plane and a box are read as they were written", () => {
  const plane = cutAt(1, 2, -3.25);
  plane.normal = [0.6, 0, -0.8];
  plane.flip = true;
  plane.cap = false;
  plane.nodes = ["/a, b", "/c/d=e"];
  const box = cutAt(1e6, 0, 0);
  box.half = [1, 2, 1e-3];
  box.shown = false;
  for (const cut of [plane, box]) expect(readCut(writeCut(cut), "a")).toEqual(cut);
  expect(writeCut(plane)).toBe("plane,1,2,-3.25,0.6,0,-0.8,flip,open/a, b\n/c/d=e");
});

test("a normal of any length is one", () => {
  expect(readCut("plane,0,0,0,0,0,5", "a")!.normal).toEqual([0, 0, 1]);
});

test.each([
  "",
  "plane",
  "plane,0,0,0,0,0,0",
  "plane,0,0,0,1,0",
  "plane,0,0,0,1,0,0,0",
  "plane,0,0,0,NaN,0,1",
  "plane,1e300,0,0,1,0,0",
  "plane,,0,0,1,0,0",
  "box,0,0,0,1,1,-1",
  "box,0,0,0,0,1,1",
  "ball,0,0,0,1,1,1",
  "plane,0,0,0,1,0,0,upside down",
  "/plane,0,0,0,1,0,0",
  `plane,0,0,0,1,0,0${"/n\n".repeat(1000)}`,
])("what can't be read is no cut: %s", (text) => {
  expect(readCut(text, "a")).toBeNull();
});
