// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TreeNode } from "../../contract";
import { Cell } from "../../shared/observable";
import { parseParams, shortNumbers } from "../../shared/params";
import { click, type Mounted, mount, settle, treeNode, until } from "../testing/render";
import { cameraCode } from "./cameraCode";
import { linkTo } from "./viewLink";

let page: Mounted;
beforeEach(async () => {
  page = await mount();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await page.dispose();
});

/** What a link needs of a scene. */
const sceneOf = (root: TreeNode, selected: readonly string[] = []) => ({
  camera: page.scene.view.camera,
  viewsParams: () => [["views", "grid,linked"] as const],
  tree: { ...page.scene.view.tree, root: () => root },
  selection: new Cell(selected),
});

const dialog = () => document.querySelector('[role="dialog"]');
const field = (name: string) =>
  dialog()!.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`)!;
const labelled = (text: string) =>
  [...dialog()!.querySelectorAll("label")]
    .find((l) => l.textContent === text)!
    .querySelector("input")!;

test("the dialog asks for a picture of the chosen size, and says what went wrong", async () => {
  await act(async () => page.actions.available("picture.save")!.run());
  await until(() => expect(dialog()).not.toBeNull());
  expect(field("Width in pixels").value).toBe("800");
  await act(async () => labelled("4×").click());
  expect(field("Height in pixels").value).toBe("2400");
  await act(async () => labelled("Transparent background").click());
  await act(async () => labelled("Labels").click());
  page.scene.view.picture = async (options) => {
    page.scene.calls.push(JSON.stringify(options));
    throw new Error("too many pixels");
  };
  click([...dialog()!.querySelectorAll("button")].find((b) => b.textContent === "Save")!);
  await settle();
  expect(page.scene.calls.at(-1)).toBe(
    JSON.stringify({ width: 3200, height: 2400, transparent: true, labels: false }),
  );
  expect(dialog()!.querySelector('[role="status"]')!.textContent).toBe("too many pixels");
});

test("a link has camera, theme and what is hidden, and no secret", () => {
  const root = treeNode("", {
    kind: "",
    children: [
      treeNode("/a b&c", { override: false, children: [treeNode("/a b&c/ä", { override: true })] }),
      treeNode("/d"),
    ],
  });
  const scene = sceneOf(root, ["/d"]);
  const href = "http://h:1/x/?token=secret&darkMode&hide=/old&initialCameraFov=9";
  const { url, leftOut } = linkTo(href, scene, "light");
  expect(leftOut).toBe(0);
  expect(url).not.toContain("secret");
  const { search } = new URL(url);
  const params = parseParams({ protocol: "http:", host: "h:1", pathname: "/x/", search });
  expect(params.darkMode).toBe(true);
  expect(params.views?.get("views")).toBe("grid,linked");
  expect(params.linkedView).toEqual({
    theme: "light",
    hide: ["/a b&c"],
    show: ["/a b&c/ä"],
    select: ["/d"],
  });
  expect(params.initialCamera.position).toEqual([0, -4, 0]);
  expect(params.initialCamera.fov).toBe(1.25);
});

test("a link is bounded, and says how much it leaves out", () => {
  const children = Array.from({ length: 3000 }, (_, i) =>
    treeNode(`/node ${i}`, { override: false }),
  );
  const root = treeNode("", { kind: "", children });
  const scene = sceneOf(root);
  const { url, leftOut } = linkTo("http://h/", scene, "program");
  expect(url.length).toBeLessThanOrEqual(8_000);
  expect(new URL(url).searchParams.getAll("hide")).toHaveLength(3000 - leftOut);
});

test("coordinates have the digits that matter for the view", () => {
  const near = shortNumbers([1.23456789, 0, 0], [0, 0, 0]);
  expect(near(1.23456789)).toBe("1.23457");
  const far = shortNumbers([4_500_000.123456, 0, 0], [4_500_001.123456, 0, 0]);
  expect(far(4_500_000.123456)).toBe("4500000.12346");
  const none = shortNumbers([1, 2, 3], [1, 2, 3]);
  expect(none(1 / 3)).toBe("0.333333");
  expect(none(-0)).toBe("0");
});

test("the camera as Go code", () => {
  const camera = page.scene.view.camera();
  expect(cameraCode({ ...camera, position: [1 / 3, -4, 1e-9], fov: 1.3089969389957472 })).toBe(
    `camera := server.InitialCamera()
camera.SetView(viser.Vec3{0.33333, -4, 0}, viser.Vec3{0, 0, 0})
camera.SetUpDirection(viser.Vec3{0, 0, 1})
camera.SetFOV(1.308997)
`,
  );
  expect(cameraCode({ ...camera, projection: "orthographic" })).toMatch(
    /\ncamera\.SetProjection\(viser\.Orthographic\)\n$/,
  );
});
