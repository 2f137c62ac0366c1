// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Action } from "../../shared/actions";
import type { Cell } from "../../shared/observable";
import { click, type Mounted, mount, until } from "../testing/render";

let page: Mounted;
let looks: Cell<ReadonlySet<string>>;

const $$ = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const boxes = () => $$(".vg-looks input") as HTMLInputElement[];

beforeEach(async () => {
  page = await mount();
  looks = page.scene.view.looks as Cell<ReadonlySet<string>>;
  const look = (name: string, run: Action["run"]): Action => ({
    id: `look.${name}`,
    label: name,
    section: "Looks",
    on: () => looks.get().has(name),
    run,
  });
  act(() => {
    page.actions.add(
      look("edges", () => looks.set(new Set(["edges"]))),
      look("eye_dome", () => Promise.reject(new Error("The driver can't do that."))),
      { id: "look.once", label: "once", section: "Looks", run: () => {} },
    );
  });
});
afterEach(() => page.dispose());

test("the looks are switches, which follow what is shown", async () => {
  await until(() => expect(boxes().map((box) => box.checked)).toEqual([false, false]));
  click(boxes()[0]!);
  expect(boxes()[0]!.checked).toBe(true);
  // By the program, or by the palette.
  act(() => looks.set(new Set(["eye_dome"])));
  expect(boxes().map((box) => box.checked)).toEqual([false, true]);
});

test("one that is not available says so and stays off", async () => {
  await until(() => expect(boxes()).toHaveLength(2));
  click(boxes()[1]!);
  await until(() => expect(document.body.textContent).toContain("The driver can't do that."));
  expect(boxes()[1]!.checked).toBe(false);
});
