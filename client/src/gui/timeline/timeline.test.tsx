// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mounted, mount, settle, until } from "../testing/render";

let page: Mounted;
const bar = () => page.strip.querySelector<HTMLElement>(".vg-timeline")!;
const slider = () => bar().querySelector<HTMLElement>("[role=slider]")!;
const button = (name: string) => bar().querySelector<HTMLElement>(`[aria-label="${name}"]`)!;
const calls = () => page.timeline.calls.splice(0);

async function report(change: Parameters<Mounted["timeline"]["report"]>[0] = {}): Promise<void> {
  await act(async () => page.timeline.report(change));
}

function press(key: string, target: Element = document.body, held: object = {}): boolean {
  const code = key === " " ? "Space" : "";
  const init = { key, code, bubbles: true, cancelable: true, ...held };
  return !target.dispatchEvent(new KeyboardEvent("keydown", init));
}

function point(type: string, x: number, more: object = {}): void {
  const init = { bubbles: true, button: 0, pointerType: "mouse", clientX: x, ...more };
  const event = new MouseEvent(type, init);
  Object.assign(event, {
    pointerId: 1,
    pointerType: (init as { pointerType: string }).pointerType,
  });
  act(() => void slider().dispatchEvent(event));
}

beforeEach(async () => {
  page = await mount();
  await report();
  await until(() => expect(slider()).toBeTruthy());
  slider().setPointerCapture = () => {};
  // The rail is 200 pixels wide and begins at 100.
  const box = { left: 100, width: 200 } as DOMRect;
  bar().querySelector<HTMLElement>(".vg-rail")!.getBoundingClientRect = () => box;
});
afterEach(() => page.dispose());

describe("the timeline", () => {
  it("is hidden without a timeline, and if there is nothing in time", async () => {
    await report({ to: 0 });
    expect(page.strip.childElementCount).toBe(0);
    await report({ notes: ["It was cut off."] });
    expect(bar().textContent).toContain("It was cut off.");
    expect(bar().querySelector("[role=slider]")).toBeNull();
  });

  it("has a slider with the time for screen readers", () => {
    const { ariaLabel } = slider();
    expect(ariaLabel ?? slider().getAttribute("aria-label")).toBe("Time");
    expect(slider().getAttribute("aria-valuetext")).toBe("10.00 of 40.00 seconds");
    expect(slider().getAttribute("aria-valuenow")).toBe("10");
    expect(slider().getAttribute("aria-valuemax")).toBe("40");
    expect(slider().tabIndex).toBe(0);
  });

  it("plays, pauses, steps, loops and changes the speed by its buttons", async () => {
    button("Play").click();
    await report({ playing: true });
    button("Pause").click();
    button("Previous change").click();
    button("Next change").click();
    button("Loop").click();
    await report({ loop: true });
    expect(button("Loop").getAttribute("aria-pressed")).toBe("true");
    button("Loop").click();
    const speed = bar().querySelector("select")!;
    expect([...speed.options].map((o) => o.value)).toEqual([
      "0.1",
      "0.25",
      "0.5",
      "1",
      "2",
      "4",
      "8",
      "16",
    ]);
    act(() => {
      speed.value = "4";
      speed.dispatchEvent(new Event("change", { bubbles: true }));
    });
    expect(calls()).toEqual([
      "play",
      "pause",
      "step -1",
      "step 1",
      "loop true",
      "loop false",
      "speed 4",
    ]);
  });

  it("shows a speed that is none of the usual ones", async () => {
    await report({ speed: 3 });
    expect(bar().querySelector("select")!.value).toBe("3");
  });

  it("goes where the mouse drags it, paused meanwhile, and shows the time there", async () => {
    await report({ playing: true });
    point("pointermove", 150);
    expect(bar().querySelector(".vg-rail-hint")!.textContent).toBe("10.00");
    expect(calls()).toEqual([]);
    point("pointerdown", 200);
    point("pointermove", 250);
    expect(bar().querySelector(".vg-rail-hint")!.textContent).toBe("30.00");
    point("pointermove", 900);
    await report({ playing: false });
    point("pointerup", 900);
    expect(calls()).toEqual(["pause", "seek 20", "seek 30", "seek 40", "play"]);
    point("pointermove", 120);
    expect(calls()).toEqual([]);
  });

  it("shows the time under a finger only while that is down, and ignores a second one", () => {
    const finger = { pointerType: "touch" };
    point("pointermove", 150, finger);
    expect(bar().querySelector(".vg-rail-hint")).toBeNull();
    point("pointerdown", 200, finger);
    point("pointerdown", 250, finger);
    expect(bar().querySelector(".vg-rail-hint")!.textContent).toBe("20.00");
    point("pointerup", 200, finger);
    expect(bar().querySelector(".vg-rail-hint")).toBeNull();
    expect(calls()).toEqual(["seek 20"]);
  });

  it("is not moved by the right button", () => {
    point("pointerdown", 200, { button: 2 });
    expect(calls()).toEqual([]);
  });

  it("shows a note until it is closed, and a new one again", async () => {
    await report({ notes: ["It was cut off."] });
    expect(bar().querySelector("[role=status]")!.textContent).toContain("It was cut off.");
    act(() => button("Close the note").click());
    expect(bar().textContent).not.toContain("cut off");
    await report({ time: 20 });
    expect(bar().textContent).not.toContain("cut off");
    await report({ notes: ["It was cut off.", "3 scripts were dropped."] });
    expect(bar().textContent).toContain("3 scripts");
  });
});

describe("the keys of the timeline", () => {
  it("work on the whole page", () => {
    for (const [key, held] of [
      [" ", {}],
      ["ArrowRight", {}],
      ["ArrowLeft", { shiftKey: true }],
      ["Home", {}],
      ["End", {}],
      [",", {}],
      [".", {}],
    ] as const) {
      expect(press(key, document.body, held), key).toBe(true);
    }
    expect(calls()).toEqual([
      "play",
      "seek 11",
      "seek 0",
      "seek 0",
      "seek 40",
      "step -1",
      "step 1",
    ]);
  });

  it("work on the slider, which has those of every slider", () => {
    for (const key of ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", " "]) {
      expect(press(key, slider()), key).toBe(true);
    }
    expect(calls()).toEqual(["seek 11", "seek 9", "seek 20", "seek 0", "seek 0", "play"]);
  });

  it("do nothing in a text field, on a control that uses the key, or with Ctrl", async () => {
    const field = document.createElement("input");
    const other = document.createElement("button");
    page.el.append(field, other);
    for (const key of [" ", "ArrowLeft", ",", "Home"]) expect(press(key, field), key).toBe(false);
    expect(press(" ", other)).toBe(false);
    expect(press("Enter", other)).toBe(false);
    expect(press(" ", button("Loop"))).toBe(false);
    expect(press(" ", bar().querySelector("select")!)).toBe(false);
    expect(press("ArrowLeft", document.body, { ctrlKey: true })).toBe(false);
    expect(calls()).toEqual([]);
    expect(press(",", other)).toBe(true);
    expect(calls()).toEqual(["step -1"]);
  });

  it("work on a button, which has no other use for most of them", () => {
    const other = document.createElement("button");
    page.el.append(other);
    for (const target of [other, button("Loop")]) {
      for (const key of ["ArrowRight", "Home", "End", "PageUp"])
        expect(press(key, target), key).toBe(true);
    }
    const each = ["seek 11", "seek 0", "seek 40", "seek 20"];
    expect(calls()).toEqual([...each, ...each]);
  });

  it("leave the arrows to buttons that are moved by them, or are one of a group", () => {
    const handle = document.createElement("button");
    handle.dataset.arrows = "";
    const tabs = document.createElement("div");
    tabs.setAttribute("role", "tablist");
    const tab = document.createElement("button");
    tabs.append(tab);
    page.el.append(handle, tabs);
    expect(press("ArrowLeft", handle)).toBe(false);
    for (const key of ["ArrowLeft", "Home"]) expect(press(key, tab), key).toBe(false);
    expect(calls()).toEqual([]);
    expect(press("Home", handle)).toBe(true);
  });

  it("leave the arrows to the camera where the scene has the focus", () => {
    const canvas = document.createElement("canvas");
    canvas.tabIndex = 0;
    page.el.append(canvas);
    for (const key of ["ArrowLeft", "ArrowUp"]) expect(press(key, canvas)).toBe(false);
    expect(press("ArrowUp")).toBe(false);
    expect(press(" ", canvas)).toBe(true);
    expect(calls()).toEqual(["play"]);
  });

  it("do nothing when the page is gone", async () => {
    await page.dispose();
    expect(press(" ")).toBe(false);
    expect(calls()).toEqual([]);
    page = await mount();
  });
});

describe("a live timeline", () => {
  const LIVE = { mode: "live", from: 100, to: 140, time: 140, following: true } as const;

  it("has the rest of the page's keys for the program while it is live", async () => {
    await report(LIVE);
    for (const key of [" ", "ArrowLeft", ",", "Home"]) expect(press(key)).toBe(false);
    expect(calls()).toEqual([]);
    expect(press("ArrowLeft", slider())).toBe(true);
    button("Stop here").click();
    expect(calls()).toEqual(["seek 139", "pause"]);
    await report({ following: false, time: 120 });
    expect(press(" ")).toBe(true);
    expect(calls()).toEqual(["play"]);
  });

  it("returns to live by its button, or where the slider is dragged to its end", async () => {
    await report({ ...LIVE, following: false, time: 120 });
    const live = bar().querySelector<HTMLElement>(".vg-live")!;
    expect(live.getAttribute("aria-pressed")).toBe("false");
    expect(bar().querySelector(".vg-time")!.textContent).toBe("−20.00");
    live.click();
    point("pointerdown", 200);
    point("pointermove", 301);
    point("pointerup", 301);
    expect(calls()).toEqual(["follow", "seek 120", "seek 140", "follow"]);
    await report(LIVE);
    expect(live.getAttribute("aria-pressed")).toBe("true");
    expect(bar().querySelector(".vg-time")!.textContent).toBe("now");
  });

  it("returns to live by End, and by an arrow behind the end", async () => {
    await report({ ...LIVE, following: false, time: 139.5 });
    expect(press("End")).toBe(true);
    expect(press("ArrowRight")).toBe(true);
    expect(press("PageUp")).toBe(true);
    expect(press("ArrowLeft")).toBe(true);
    expect(calls()).toEqual(["follow", "follow", "follow", "seek 138.5"]);
  });

  it("shows times as the program has set them", async () => {
    await report({ ...LIVE, program: true, from: 0, to: 5, time: 5 });
    expect(bar().querySelector(".vg-time")!.textContent).toBe("5.00 / 5.00");
    await report({ following: false, time: 1.25 });
    expect(bar().querySelector(".vg-time")!.textContent).toBe("1.25 / 5.00");
  });

  it("is no part of a recording", async () => {
    expect(bar().querySelector(".vg-live")).toBeNull();
    await settle();
  });
});
