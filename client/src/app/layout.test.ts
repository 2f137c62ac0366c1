// @vitest-environment jsdom
import { beforeEach, expect, it } from "vitest";
import { buildLayout } from "./layout";

let root: HTMLElement;
beforeEach(() => {
  root = document.createElement("div");
});

it("puts the panel above the scene, in the page itself, and the strip below both", () => {
  const { scene, gui, corner, strip } = buildLayout(root, null);
  const [area, ...rest] = root.children;
  expect([...area!.children]).toEqual([scene, corner, gui]);
  expect(rest).toEqual([strip]);
});

it("can draw the page as a window with a title", () => {
  const { scene } = buildLayout(root, { size: [640, 480], title: "<b>My scene</b>" });
  const frame = root.querySelector<HTMLElement>(".viser-window");
  expect(frame?.style.width).toBe("640px");
  expect(frame?.style.height).toBe("480px");
  expect(frame?.contains(scene)).toBe(true);
  expect(root.querySelector(".viser-window-title")?.textContent).toBe("<b>My scene</b>");
});
