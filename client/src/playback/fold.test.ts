import { describe, expect, test } from "vitest";
import { difference, differenceOf } from "./diff";
import { State } from "./fold";
import { applyDifference } from "./testing/apply";
import { digest, load } from "./testing/digest";
import { shown } from "./testing/page";
import { messagesOfVector, vectors } from "./testing/vectors";

describe.each(vectors)("$name", (vector) => {
  const list = messagesOfVector(vector);

  test("the same digests as in Go", () => {
    const state = new State();
    list.forEach((message, i) => {
      if (message) state.apply(message);
      expect(digest(state, load), `message ${i}: ${message?.type}`).toBe(vector.steps[i]!.digest);
    });
  });

  test("differences lead from each state to each other one", () => {
    const states = [new State()];
    for (const message of list) {
      const next = states.at(-1)!.clone();
      if (message) next.apply(message);
      states.push(next);
    }
    const picked = states.filter((_, i) => i % 7 === 0 || i === states.length - 1);
    for (const from of picked) {
      for (const to of picked) {
        const page = from.clone();
        applyDifference(page, difference(from, to), to);
        expect(shown(page)).toBe(shown(to));
      }
    }
  });

  test("so do those of what was changed", () => {
    const page = new State();
    const state = new State();
    list.forEach((message, i) => {
      if (i % 5 === 0) {
        applyDifference(page, differenceOf(state.changed, state), state);
        expect(shown(page)).toBe(shown(state));
        state.watch();
      }
      if (message) state.apply(message);
    });
  });
});

test("a clone does not change with what it was cloned from", () => {
  const state = new State();
  const create = { type: "FrameMessage", name: "/a", owner: "", virtual: false, props: { x: 1 } };
  state.apply(create);
  const clone = state.clone();
  state.apply({ type: "SetPositionMessage", name: "/a", owner: "", position: [1, 2, 3] });
  clone.apply({ type: "SceneNodeUpdateMessage", name: "/a", owner: "", updates: { x: 2 } });
  const of = (s: State) => [...s.all.values()][0]!;
  expect(of(clone).position).toBeNull();
  expect(of(clone).message?.props).toEqual({ x: 2 });
  expect(of(state).position).toEqual([1, 2, 3]);
  expect(of(state).message?.props).toEqual({ x: 1 });
});

const frame = (name: string, owner = "") =>
  ({ type: "FrameMessage", name, owner, virtual: false, props: { x: 1 } }) as const;

// As internal/fold's.
test("a name has nodes of 256 owners at most", () => {
  const state = new State();
  for (let i = 0; i < 256; i++) expect(state.apply(frame("/a", String(i)))).toBe(true);
  const before = digest(state, load);
  expect(state.apply(frame("/a", "more"))).toBe(false);
  expect(digest(state, load)).toBe(before);
  expect(state.apply(frame("/a", "7"))).toBe(true);
  expect(state.apply(frame("/b", "more"))).toBe(true);
  state.apply({ type: "RemoveSceneNodeMessage", name: "/a", owner: "7" });
  expect(state.apply(frame("/a", "more"))).toBe(true);
  expect(state.variants("/a")).toHaveLength(256);
});

test("an entity has 4,096 changed properties at most", () => {
  const state = new State();
  state.apply(frame("/a"));
  const update = (count: number, from: number) => ({
    type: "SceneNodeUpdateMessage",
    name: "/a",
    owner: "",
    updates: Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${from + i}`, i])),
  });
  expect(state.apply(update(4097, 0))).toBe(false);
  expect(state.apply(update(4000, 0))).toBe(true);
  const before = digest(state, load);
  expect(state.apply(update(97, 4000))).toBe(false);
  expect(digest(state, load)).toBe(before);
  expect(state.apply(update(96, 4000))).toBe(true);
  expect(state.apply(update(1, 0))).toBe(false);
  // It begins anew.
  state.apply(frame("/a"));
  expect(state.apply(update(4096, 0))).toBe(true);
});
