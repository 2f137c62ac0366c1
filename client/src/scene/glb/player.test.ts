import { AnimationClip, Object3D, VectorKeyframeTrack } from "three";
import { beforeEach, expect, test } from "vitest";
import type { Model } from "./load";
import { Player } from "./player";

/** Moves x from 0 to 4 in 2 seconds; the second one moves y. */
const clips = ["x", "y"].map(
  (name, i) =>
    new AnimationClip(name, 2, [
      new VectorKeyframeTrack(".position", [0, 2], i ? [0, 0, 0, 0, 4, 0] : [0, 0, 0, 4, 0, 0]),
    ]),
);

let root: Object3D;
let problem: string | null;
let player: Player;
let props: Record<string, unknown>;
beforeEach(() => {
  root = new Object3D();
  problem = null;
  props = {};
  player = new Player({ root, clips } as unknown as Model, (p) => {
    problem = p;
  });
});

function set(changes: Record<string, unknown>): void {
  props = { ...props, ...changes };
  player.apply(props, new Set(Object.keys(changes)));
}
const at = () => [root.position.x, root.position.y].map((v) => Math.round(v * 100) / 100);

test("the first animation is played in a loop, if nothing is said", () => {
  player.apply(props, null);
  expect(player.moves).toBe(true);
  player.step(1);
  expect(at()).toEqual([2, 0]);
  player.step(1.5);
  expect(at()).toEqual([1, 0]);
});

test("a paused one shows the time that is set", () => {
  props = { paused: true, animation_time: 0.5 };
  player.apply(props, null);
  expect(player.moves).toBe(false);
  expect(at()).toEqual([1, 0]);
  player.step(1);
  expect(at()).toEqual([1, 0]);
  set({ animation_time: 2 });
  expect(at()).toEqual([4, 0]);
  set({ animation_time: -0.5 });
  expect(at()).toEqual([3, 0]);
  set({ paused: false });
  player.step(0.25);
  expect(at()).toEqual([3.5, 0]);
});

test("another one begins at its time, and there may be none", () => {
  player.apply(props, null);
  player.step(1);
  set({ animation: 1, animation_time: 1 });
  expect(at()).toEqual([0, 2]);
  set({ animation: -1 });
  expect([player.moves, problem]).toEqual([false, null]);
  expect(at()).toEqual([0, 0]);
  set({ animation: 2 });
  expect([player.moves, problem]).toEqual([false, "its GLB has no animation 2: it has 2"]);
  set({ animation: null });
  expect([player.moves, problem]).toEqual([true, null]);
});

test("once, it stops at its end, and needs no more frames", () => {
  props = { animation_once: true, animation_speed: 2 };
  player.apply(props, null);
  player.step(0.5);
  expect(at()).toEqual([2, 0]);
  player.step(3);
  expect(at()).toEqual([4, 0]);
  expect(player.moves).toBe(false);
  set({ animation_speed: -1 });
  expect(player.moves).toBe(true);
  player.step(0.5);
  expect(at()).toEqual([3, 0]);
  set({ animation_time: 0, animation_speed: 1 });
  player.step(1);
  expect(at()).toEqual([2, 0]);
  set({ animation_once: false });
  player.step(1.5);
  expect(at()).toEqual([1, 0]);
});

test("values that are none are those of a file without any", () => {
  props = { animation: "x", animation_speed: Number.NaN, animation_time: "1", paused: 1 };
  player.apply(props, null);
  player.step(1);
  expect(at()).toEqual([2, 0]);
});
