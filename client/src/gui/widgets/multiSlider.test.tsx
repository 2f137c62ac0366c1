// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { update, widget } from "../testing/messages";
import { type Mounted, mount, settle } from "../testing/render";

let page: Mounted;
beforeEach(async () => {
  page = await mount();
});
afterEach(async () => {
  await page.dispose();
});

const thumbs = () => [...page.el.querySelectorAll<HTMLElement>('[role="slider"]')];
const now = () => thumbs().map((t) => Number(t.getAttribute("aria-valuenow")));
const sent = () =>
  page.sent.flatMap((m) => (m.type === "GuiUpdateMessage" ? [m.updates.value] : []));

function key(i: number, name: string, shiftKey = false): void {
  act(() => {
    thumbs()[i]!.dispatchEvent(
      new KeyboardEvent("keydown", { key: name, shiftKey, bubbles: true, cancelable: true }),
    );
  });
}

/** jsdom has no layout: the rail is 100 wide. */
function drag(type: string, x: number): void {
  const box = page.el.querySelector<HTMLElement>(".vg-multi")!;
  const rail = box.querySelector<HTMLElement>(".vg-multi-rail")!;
  rail.getBoundingClientRect = () => new DOMRect(0, 0, 100, 4);
  const event = new MouseEvent(type, { clientX: x, button: 0, bubbles: true, cancelable: true });
  act(() => void box.dispatchEvent(event));
}

test("each handle is a slider with a name and its own bounds", async () => {
  await page.receive(
    widget("GuiMultiSliderMessage", "m", { props: { label: "Cuts", hint: "where" } }),
  );
  expect(now()).toEqual([2, 5, 8]);
  expect(thumbs().map((t) => t.getAttribute("aria-label"))).toEqual([
    "Cuts 1 of 3",
    "Cuts 2 of 3",
    "Cuts 3 of 3",
  ]);
  expect(thumbs()[1]!.getAttribute("aria-valuemin")).toBe("2");
  expect(thumbs()[1]!.getAttribute("aria-valuemax")).toBe("8");
  expect(thumbs()[1]!.getAttribute("aria-description")).toBe("where");
  expect(thumbs().every((t) => t.tabIndex === 0)).toBe(true);
});

test("keys move a handle, not past its neighbors", async () => {
  await page.receive(widget("GuiMultiSliderMessage", "m", { props: { label: "m" } }));
  key(1, "ArrowRight");
  key(1, "ArrowUp");
  expect(now()).toEqual([2, 7, 8]);
  key(1, "End");
  key(0, "Home");
  key(2, "PageDown");
  key(2, "a");
  expect(now()).toEqual([0, 8, 8]);
  await settle(120);
  expect(sent().at(-1)).toEqual([0, 8, 8]);
});

test("the mouse drags the nearest handle", async () => {
  await page.receive(widget("GuiMultiSliderMessage", "m", { props: { label: "m" } }));
  drag("pointerdown", 60);
  expect(now()).toEqual([2, 6, 8]);
  expect(document.activeElement).toBe(thumbs()[1]);
  drag("pointermove", 95);
  expect(now()).toEqual([2, 8, 8]);
  await page.receive(update("m", { value: [1, 1, 1] }));
  expect(now(), "a drag is not disturbed").toEqual([2, 8, 8]);
  drag("pointerup", 95);
  drag("pointermove", 30);
  expect(now()).toEqual([2, 8, 8]);
});

test("fixed ends and a disabled slider do not move", async () => {
  await page.receive(
    widget("GuiMultiSliderMessage", "m", {
      props: { label: "m", fixed_endpoints: true },
      value: [0, 5, 10],
    }),
  );
  expect(thumbs().map((t) => t.tabIndex)).toEqual([-1, 0, -1]);
  key(0, "ArrowRight");
  drag("pointerdown", 1);
  expect(now()).toEqual([0, 0, 10]);
  await page.receive(update("m", { disabled: true }));
  key(1, "ArrowRight");
  drag("pointerdown", 80);
  expect(now()).toEqual([0, 0, 10]);
});

test.each([
  ["no list", 7],
  ["not numbers", ["x", null, {}]],
  ["outside", [-50, 500]],
])("a value that is %s is shown within the range", async (_, value) => {
  await page.receive(widget("GuiMultiSliderMessage", "m", { props: { label: "m" }, value }));
  for (const x of now()) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(10);
  }
  expect(page.el.textContent).not.toContain("could not be shown");
});

test("an empty range has no effect", async () => {
  await page.receive(
    widget("GuiMultiSliderMessage", "m", {
      props: { label: "m", min: 3, max: 3, step: 0 },
      value: [3, 3],
    }),
  );
  key(0, "ArrowRight");
  drag("pointerdown", 50);
  expect(now()).toEqual([3, 3]);
  expect(sent()).toEqual([]);
});
