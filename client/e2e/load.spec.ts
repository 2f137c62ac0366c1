/** Many controls, and many changes. */
import { expect, open, test } from "./harness";

test.use({ viewport: { width: 1000, height: 800 } });

declare global {
  interface Window {
    /** What was rendered since the count began. */
    drawn: { frames: number; turns: number; elements: string[] };
  }
}

/** Counts frames, and the controls whose attributes change: in how many turns of the event loop, and which. */
function count(): void {
  const drawn = { frames: 0, turns: 0, elements: [] as string[] };
  window.drawn = drawn;
  const tick = (): void => {
    drawn.frames++;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  new MutationObserver((records) => {
    drawn.turns++;
    for (const { target } of records) {
      const row = (target as Element).closest?.(".vg-body > *, .vg-row") ?? target;
      const input = (row as Element).querySelector?.("input") ?? (target as Element);
      const name = input.getAttribute("aria-label") ?? (row as Element).textContent ?? "?";
      if (!drawn.elements.includes(name)) drawn.elements.push(name);
    }
  }).observe(document.querySelector(".vg-body")!, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
}

test("of 400 controls, only the one that changes is rendered", async ({ page, startServer }) => {
  const server = await startServer("load");
  await open(page, server);
  const last = page.getByRole("slider", { name: "Slider 398", exact: true });
  await expect(last).toBeAttached();
  await page.evaluate(count);
  await server.command("set 200");
  const changed = page.getByRole("slider", { name: "Slider 200", exact: true });
  await expect(changed).toHaveAttribute("aria-valuetext", "1000");
  const { elements } = await page.evaluate(() => window.drawn);
  expect(elements).toHaveLength(1);
  expect(elements[0]).toContain("Slider 200");
  // The panel scrolls, and its last control works.
  await last.focus();
  await expect(last).toBeInViewport();
  await last.press("End");
  await expect(last).toHaveAttribute("aria-valuetext", "1000");
});

test("1000 changes per second are rendered once per frame, and clicks are handled", async ({
  page,
  startServer,
}) => {
  const server = await startServer("load");
  await open(page, server);
  const first = page.getByRole("slider", { name: "Slider 0", exact: true });
  await expect(first).toBeVisible();
  await page.evaluate(count);
  await server.command("flood");
  await expect.poll(async () => Number(await server.command("written"))).toBeGreaterThan(500);
  await page.getByRole("button", { name: "Answer me" }).click();
  await server.event(/^answered$/);
  await expect.poll(async () => Number(await server.command("written"))).toBeGreaterThan(2000);
  await server.command("ebb");
  const written = Number(await server.command("written"));
  await expect(first, "the last word").toHaveAttribute("aria-valuetext", String(written % 1000));
  const drawn = await page.evaluate(() => window.drawn);
  expect(drawn.turns, "they were shown").toBeGreaterThan(5);
  expect(drawn.turns, "once a frame").toBeLessThanOrEqual(drawn.frames + 3);
  expect(drawn.turns, "and not each").toBeLessThan(written);
});
