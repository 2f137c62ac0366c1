// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { NodeDetails } from "../../contract";
import {
  click,
  type Mounted,
  mount,
  press,
  setInput,
  settle,
  treeNode,
  until,
} from "../testing/render";

let page: Mounted;
const $ = <T extends Element = HTMLElement>(selector: string) =>
  document.querySelector<T>(selector);
const $$ = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];

const DETAILS: NodeDetails = {
  path: "/a",
  kind: "BoxMessage",
  owner: "",
  props: {
    dimensions: [1, 2, 3],
    color: [255, 0, 0],
    wireframe: false,
    opacity: null,
    side: "front",
    receive_shadow: true,
    scale: 1,
    surprise: { of: "a newer server" },
  },
  edited: new Set(),
  position: [1, 2, 3],
  wxyz: [1, 0, 0, 0],
  error: undefined,
};

/** The control with this accessible name. */
function control<T extends Element = HTMLInputElement>(name: string): T {
  const label = $$("label").find((l) => l.textContent === name && l.getAttribute("for"));
  const found = label
    ? document.getElementById(label.getAttribute("for")!)
    : $(`[aria-label="${name}"]`);
  if (!found) throw new Error(`no control ${name}`);
  return found as unknown as T;
}

/** Edits that reached the scene. */
const edits = () =>
  page.scene.calls.filter((c) => c.startsWith("edit ")).map((c) => JSON.parse(c.slice(8)));

beforeEach(async () => {
  page = await mount();
  page.scene.root = treeNode("", {
    kind: "",
    children: [
      treeNode("/a", { edited: true }),
      treeNode("/b", { kind: "Frame", children: [treeNode("/b/ca t", { kind: "Mesh" })] }),
    ],
  });
  page.scene.details.set("/a", DETAILS);
  for (const watcher of page.scene.watchers) watcher();
  await settle(200);
  await settle();
});
afterEach(() => page.dispose());

const open = async () => {
  const tree = $('[role="tree"]')!;
  press(tree, "ArrowDown");
  press(tree, "Enter");
  await until(() => expect($(".vg-props")).not.toBeNull());
};

describe("the editor", () => {
  test("opens with the keyboard, takes the focus, and restores it", async () => {
    await open();
    expect(document.activeElement).toBe($(".vg-props"));
    expect($(".vg-props h3")?.textContent).toBe("Box");
    press($(".vg-props")!, "Escape");
    expect($(".vg-props")).toBeNull();
    expect(document.activeElement).toBe($('[role="tree"]'));
  });

  test("shows every property by its kind, and unknown ones", async () => {
    await open();
    expect($$(".vg-prop > .vg-label").map((l) => l.textContent)).toEqual([
      "Position",
      "Orientation",
      "Dimensions",
      "Color",
      "Wireframe",
      "Opacity",
      "Side",
      "Receive shadow",
      "Scale",
      "Surprise",
    ]);
    expect(control("Color").value).toBe("255, 0, 0");
    expect(control("Wireframe").checked).toBe(false);
    expect(control<HTMLSelectElement>("Side").value).toBe("front");
    expect(control<HTMLOutputElement>("Surprise").textContent).toBe('{"of":"a newer server"}');
  });

  test("changes each kind of property", async () => {
    await open();
    setInput(control("Position Y"), "7");
    setInput(control("Dimensions X"), "0.5");
    setInput(control("Color"), "1, 2, 3");
    click(control("Wireframe"));
    click(control("Set Opacity"));
    click(control("Receive shadow"));
    click(control("Scale, one for each axis"));
    expect(edits()).toEqual([
      { position: [1, 7, 3] },
      { props: { dimensions: [0.5, 2, 3] } },
      { props: { color: [1, 2, 3] } },
      { props: { wireframe: true } },
      { props: { opacity: 1 } },
      { props: { receive_shadow: false } },
      { props: { scale: [1, 1, 1] } },
    ]);
  });

  test("rejects values that are invalid for the program", async () => {
    await open();
    setInput(control("Color"), "1, 2");
    setInput(control("Position X"), "far away");
    setInput(control("Scale"), "1e999");
    expect(edits()).toEqual([]);
  });

  test("shows orientations as angles and as quaternions, and keeps typed numbers", async () => {
    await open();
    setInput(control("Orientation Yaw"), "90");
    const [{ wxyz }] = edits();
    expect(wxyz[0]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(wxyz[3]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(control("Orientation Yaw").value).toBe("90");
  });

  test("changes can be reverted, one by one and all at once", async () => {
    page.scene.details.set("/a", { ...DETAILS, edited: new Set(["#position", "color"]) });
    await open();
    click($('[aria-label="Undo the change of Color"]')!);
    click($('[aria-label="Undo the change of Position"]')!);
    click($$("button").find((b) => b.textContent === "Undo all changes")!);
    expect(page.scene.calls).toEqual(["unedit /a color", "unedit /a #position", "unedit /a null"]);
    expect($('[aria-label="Undo the change of Scale"]')).toBeNull();
  });

  test("follows the program's values, and shows when the node was removed", async () => {
    await open();
    page.scene.details.set("/a", { ...DETAILS, position: [4, 5, 6] });
    await until(() => expect(control("Position X").value).toBe("4"));
    page.scene.details.delete("/a");
    await until(() => expect($(".vg-props")?.textContent).toContain("This node is gone."));
  });

  test("handles properties that do not match the schema", async () => {
    const props = Object.fromEntries(Object.keys(DETAILS.props).map((key) => [key, { odd: 1 }]));
    page.scene.details.set("/a", { ...DETAILS, props });
    await open();
    expect($$(".vg-prop").length).toBe(10);
  });
});

describe("the search", () => {
  const field = () => $<HTMLInputElement>('input[type="search"]')!;
  const lines = () => $$(".vg-tree-name").map((l) => l.textContent);

  test("finds by name and kind, shows ancestors, and counts matches", async () => {
    setInput(field(), "MESH");
    await settle();
    expect(lines()).toEqual(["Scene", "b", "ca t"]);
    expect($(".vg-tree-search [role=status]")?.textContent).toBe("1 of 6 nodes");
    setInput(field(), "b/ca");
    await settle();
    expect(lines()).toEqual(["Scene", "b", "ca t"]);
    setInput(field(), "nowhere");
    await settle();
    expect(lines()).toEqual([]);
    setInput(field(), "");
    await settle();
    expect(lines()).toEqual(["Scene", "a", "b", "ca t"]);
    expect($(".vg-tree-search [role=status]")?.textContent).toBe("6 nodes");
  });

  test("moves the focus to the tree with the keyboard", async () => {
    setInput(field(), "cat");
    press(field(), "ArrowDown");
    expect(document.activeElement).toBe($('[role="tree"]'));
  });
});
