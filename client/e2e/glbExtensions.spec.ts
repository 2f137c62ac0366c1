/** GLB files that use glTF extensions: what is shown under the page's real policy, and their notes. */
import { type Area, expect, look, open, type Page, test } from "./harness";
import { expectPatch, expectSeen } from "./picture";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

interface Watched {
  violations?: string[];
}

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  await page.addInitScript(() => {
    const violations: string[] = [];
    (window as Watched).violations = violations;
    document.addEventListener("securitypolicyviolation", (e) =>
      violations.push(`${e.effectiveDirective}: ${e.blockedURI}`),
    );
  });
  server = await startServer("extensions");
  const response = page.waitForResponse((r) => r.url() === server.url);
  await open(page, server);
  const policy = (await response).headers()["content-security-policy"];
  expect(policy, "the policy of the page itself").toContain("script-src 'self'");
  await page.getByRole("button", { name: "Scene and tools" }).click();
});

test.afterEach(async ({ page }) => {
  expect(await page.evaluate(() => (window as Watched).violations)).toEqual([]);
});

/** Pixels of one unit at the front of the boxes, 3.5 away, with a field of view of 75 degrees. */
const UNIT = 200 / 3.5 / Math.tan((75 * Math.PI) / 360);

const FRONT = { left: 400 - UNIT / 2, top: 200 - UNIT / 2, width: UNIT, height: UNIT };
const INSIDE = { x: 400 - 20, y: 200 - 20, width: 40, height: 40 };

const row = (page: Page, name: RegExp) => page.getByRole("treeitem", { name });

/** Waits until the row of a node in the scene tree has no note. */
const plain = (page: Page, name: string, kind: string) =>
  expect(row(page, new RegExp(`^${name}`))).toHaveAccessibleName(
    new RegExp(`^${name} ?, ${kind}$`),
  );

/** Waits until the row of the model has its note. */
const noted = (page: Page, note: RegExp) =>
  expect(row(page, /^it/)).toHaveAccessibleName(new RegExp(`problem: ${note.source}`));

/** The box beside the model is there, without a note. */
async function expectRest(page: Page): Promise<void> {
  await expectSeen(page, "green");
  await plain(page, "beside", "Box");
}

test("a file compressed with meshopt looks as the same file uncompressed", async ({ page }) => {
  const shown = async (file: string): Promise<Area> => {
    await server.command(file);
    await expectPatch(page, "red", FRONT);
    await plain(page, "it", "Glb");
    const area = await look(page, INSIDE);
    await server.command("remove");
    await expectSeen(page, "red", false);
    return area;
  };
  expect(await shown("meshopt")).toEqual(await shown("plain"));
  await expectRest(page);
});

test("a file compressed with Draco is decoded, and a damaged one has a note", async ({
  page,
  problems,
}) => {
  await server.command("draco");
  await expectPatch(page, "red", { left: 368, top: 168, width: 64, height: 64 });
  await plain(page, "it", "Glb");
  // Its workers have ended.
  await expect.poll(() => page.workers().filter((w) => w.url().startsWith("blob:")).length).toBe(0);
  problems.allow(/DRACOLoader: Decoding failed/);
  await server.command("damaged");
  await noted(page, /its GLB can't be read: Draco: Decoding failed: Failed to decode .*/);
  await expectSeen(page, "red", false);
  await expectRest(page);
});

test("a material of specular and glossiness is shown without its colors, with a note", async ({
  page,
}) => {
  const background = await look(page, INSIDE);
  await server.command("specgloss");
  await noted(
    page,
    /its GLB may look different: KHR_materials_pbrSpecularGlossiness is not supported/,
  );
  // The box is gray.
  const { mean } = await look(page, INSIDE);
  expect(Math.abs(mean[0] - background.mean[0]), `${mean} on ${background.mean}`).toBeGreaterThan(
    8,
  );
  expect(Math.max(...mean) - Math.min(...mean), `${mean}`).toBeLessThan(6);
  await expectSeen(page, "red", false);
  // The row's icon shows the note as a tooltip.
  await page.locator(".vg-tree-warning").hover();
  await expect(page.getByText(/its GLB may look different/).last()).toBeVisible();
  await expectRest(page);
});

test("a file that requires an unknown extension is shown with a note, and others are not affected", async ({
  page,
}) => {
  await server.command("unknown");
  await noted(page, /its GLB may look different: VENDOR_unheard_of is not supported/);
  await expectPatch(page, "red", FRONT);
  await expectRest(page);
  // The note is removed with the file.
  await server.command("plain");
  await plain(page, "it", "Glb");
  await expectPatch(page, "red", FRONT);
  await expectRest(page);
});
