import { expect, test, vi } from "vitest";
import { type Action, Actions } from "./actions";

function action(id: string, given: Partial<Action> = {}): Action {
  return { id, label: id, section: "View", run: () => {}, ...given };
}

test("actions are listed in the order of their addition, and removed together", () => {
  const actions = new Actions();
  const remove = actions.add(action("a"), action("b"));
  actions.add(action("c"));
  expect(actions.all.get().map((a) => a.id)).toEqual(["a", "b", "c"]);
  remove();
  expect(actions.all.get().map((a) => a.id)).toEqual(["c"]);
});

test("an action that would do nothing is not available", () => {
  const actions = new Actions();
  let can = false;
  actions.add(action("a", { available: () => can }));
  expect(actions.available("a")).toBeNull();
  can = true;
  expect(actions.available("a")?.id).toBe("a");
  expect(actions.available("b")).toBeNull();
});

test("an action that fails is reported, whether it throws or refuses", async () => {
  const actions = new Actions();
  actions.onFailure = vi.fn();
  const thrown = action("a", {
    run: () => {
      throw new Error("no");
    },
  });
  const refused = action("b", { run: () => Promise.reject(new Error("later")) });
  actions.run(thrown);
  actions.run(refused);
  await Promise.resolve();
  await Promise.resolve();
  expect(vi.mocked(actions.onFailure).mock.calls.map(([a, e]) => [a.id, String(e)])).toEqual([
    ["a", "Error: no"],
    ["b", "Error: later"],
  ]);
});

test("Escape ends what was begun last, once", () => {
  const actions = new Actions();
  const ended: string[] = [];
  actions.onEscape(() => ended.push("first"));
  const done = actions.onEscape(() => ended.push("second"));
  actions.onEscape(() => ended.push("third"));
  done();
  expect([actions.escape(), actions.escape(), actions.escape()]).toEqual([true, true, false]);
  expect(ended).toEqual(["third", "first"]);
});
