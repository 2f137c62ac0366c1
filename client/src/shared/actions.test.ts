import { expect, test } from "vitest";
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
