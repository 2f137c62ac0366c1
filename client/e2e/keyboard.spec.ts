/** Keyboard operation: every control is reached with Tab, and shows the focus. */
import { animationsEnd, caughtUp, expect, open, type Page, test } from "./harness";
import type { TestServer } from "./server";

test.use({ viewport: { width: 1280, height: 800 } });

/** State of the walk through the page's elements; kept on the page. */
interface Walk {
  /** Marks the focusable elements, except those reached with arrow keys within a group. */
  begin(): number;
  /** Records the focused element: its name, or null if it was visited before or is not marked. */
  step(): string | null;
  /** Marked elements that never had the focus. */
  missed(): string[];
  /** Elements that look the same with and without focus, or are not visible. */
  unseen(): string[];
}

declare global {
  interface Window {
    walk: Walk;
  }
}

/** All focusable elements of the page; of a group, the one that is reached with Tab. */
function install(): void {
  const FOCUSABLE =
    "a[href], button, input, select, textarea, summary, canvas[tabindex], [tabindex]:not([tabindex^='-'])";
  const visited = new Map<Element, string>();
  let expected: Element[] = [];
  const hidden: string[] = [];
  const named = (e: Element) => e.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  // The focus of a framed field is shown by its frame.
  const looks = (e: Element) =>
    [e, e.parentElement, e.closest(".vg-pills"), e.nextElementSibling, ...e.querySelectorAll("*")]
      .filter((x) => x !== null)
      .flatMap((x) => [getComputedStyle(x), getComputedStyle(x, "::before")])
      // The ring of a slider's thumb, which has no computed style of its own.
      .map(
        (s) =>
          `${s.getPropertyValue("--vg-thumb-ring")} ${s.outline} ${s.boxShadow} ${s.borderColor} ${s.backgroundColor} ${s.opacity}`,
      )
      .join("\n");
  const inSight = (e: Element) => {
    const box = e.getBoundingClientRect();
    const shown = e.matches("input[type=checkbox], input[type=radio], input[type=file]")
      ? (e.parentElement ?? e).getBoundingClientRect()
      : box;
    return (
      shown.width > 0 &&
      shown.height > 0 &&
      shown.bottom > 0 &&
      shown.top < innerHeight &&
      shown.right > 0 &&
      shown.left < innerWidth
    );
  };
  const takesFocus = (e: Element) =>
    (e as HTMLElement).tabIndex >= 0 &&
    !e.matches(":disabled") &&
    !e.closest("[inert]") &&
    e.checkVisibility({ visibilityProperty: true }) &&
    !(e.matches("input[type=radio]") && !(e as HTMLInputElement).checked);
  window.walk = {
    begin() {
      expected = [...document.querySelectorAll(FOCUSABLE)].filter(takesFocus);
      return expected.length;
    },
    step() {
      const e = document.activeElement;
      if (!e || e === document.body || visited.has(e)) return null;
      visited.set(e, looks(e));
      if (!inSight(e)) hidden.push(`out of sight: ${named(e)}`);
      return named(e);
    },
    missed: () => expected.filter((e) => !visited.has(e)).map(named),
    unseen: () => [
      ...hidden,
      ...[...visited]
        .filter(([e, then]) => e.isConnected && looks(e) === then)
        .map(([e]) => named(e)),
    ],
  };
}

/** Walks through the whole page with one key; returns the number of focused elements. */
async function goRound(page: Page, key: "Tab" | "Shift+Tab"): Promise<number> {
  await page.evaluate(install);
  expect(await page.evaluate(() => window.walk.begin())).toBeGreaterThan(40);
  let stops = 0;
  for (let left = 0; stops < 500; stops++) {
    await page.keyboard.press(key);
    // Between the last element and the first is the browser's own frame.
    if ((await page.evaluate(() => window.walk.step())) === null && ++left > 2) break;
  }
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await animationsEnd(page); // colors that fade
  return stops;
}

async function everything(page: Page, server: TestServer): Promise<void> {
  await open(page, server);
  await server.command('text "Some words"');
  await caughtUp(page, server);
  await expect(page.locator(".js-plotly-plot .bars .point")).toHaveCount(2);
  await expect(page.locator(".uplot canvas")).toBeVisible();
}

test("Tab reaches every control of every kind, and each shows the focus", async ({
  page,
  problems,
  startServer,
}) => {
  problems.allow(/status of 404/);
  await everything(page, await startServer("tools"));
  await page.locator("canvas").first().focus();
  expect(await goRound(page, "Tab")).toBeGreaterThan(40);
  expect(await page.evaluate(() => window.walk.missed()), "not reached").toEqual([]);
  expect(await page.evaluate(() => window.walk.unseen()), "no visible focus").toEqual([]);
});

test("Shift+Tab reaches every control in reverse order", async ({
  page,
  problems,
  startServer,
}) => {
  problems.allow(/status of 404/);
  await everything(page, await startServer("tools"));
  await page.locator("canvas").first().focus();
  await goRound(page, "Shift+Tab");
  expect(await page.evaluate(() => window.walk.missed()), "not reached").toEqual([]);
});

test("the scene shows the focus ring for keyboard focus only", async ({ page, startServer }) => {
  await open(page, await startServer("tools"));
  const canvas = page.locator(".viser-scene canvas").first();
  const frame = () => canvas.evaluate((e) => getComputedStyle(e).outlineStyle);
  await canvas.click({ position: { x: 300, y: 400 } });
  await expect(canvas).toBeFocused();
  expect(await frame()).toBe("none");
  await page.keyboard.press("w");
  expect(await frame(), "flying by keys after a press").toBe("none");
  await page.keyboard.press("Tab");
  await expect(canvas).not.toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(canvas).toBeFocused();
  expect(await frame()).toBe("solid");
  await canvas.click({ position: { x: 300, y: 400 } });
  expect(await frame(), "pressed while it had the keyboard's focus").toBe("none");
});

test("folders, tabs and colors are usable with the keyboard alone", async ({
  page,
  problems,
  startServer,
}) => {
  problems.allow(/status of 404/);
  const server = await startServer("tools");
  await everything(page, server);
  const panel = page.locator(".vg-body").first();

  const folder = page.locator("button.vg-folder-head").first();
  await expect(folder).toHaveAttribute("aria-expanded", "true");
  await folder.press("Enter");
  await expect(folder).toHaveAttribute("aria-expanded", "false");
  await folder.press("Space");
  await expect(folder).toHaveAttribute("aria-expanded", "true");

  const choices = page.getByRole("button", { name: /^Choose Some words/ });
  await expect(choices).toHaveCount(2);
  await choices.last().press("Enter");
  const opacity = page.getByRole("slider", { name: /Opacity|Alpha/ });
  await opacity.focus();
  await page.keyboard.press("ArrowRight");
  await expect(opacity).not.toHaveAttribute("aria-valuenow", "0");
  await page.keyboard.press("Escape");
  await expect(opacity).toHaveCount(0);
  await expect(choices.last()).toBeFocused();

  const tabs = page.getByRole("region", { name: "Some words, Some words" }).getByRole("tab");
  await expect(tabs).toHaveCount(2);
  await tabs.first().press("ArrowRight");
  await expect(tabs.last()).toHaveAttribute("aria-selected", "true");
  await expect(tabs.last()).toBeFocused();

  const box = panel.getByRole("checkbox", { name: "Some words" }).first();
  await box.press("Space");
  await expect(box).not.toBeChecked();
});

test("notifications are dismissed, and a modal is used, with the keyboard", async ({
  page,
  problems,
  startServer,
}) => {
  problems.allow(/status of 404/);
  const server = await startServer("tools");
  await open(page, server);
  await server.command('text "Some words"');
  const notice = page.locator(".vg-notice").filter({ hasText: "Some words" });
  await expect(notice).toHaveCount(1);
  await notice.getByRole("button").press("Enter");
  await expect(notice).toHaveCount(0);

  const before = page.locator(".viser-scene canvas").first();
  await before.focus();
  await server.command('modal "A question"');
  const modal = page.getByRole("dialog", { name: "A question" });
  await expect(modal).toBeVisible();
  // The focus stays inside the modal.
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press("Tab");
    expect(await modal.evaluate((e) => e.contains(document.activeElement))).toBe(true);
  }
  // The program closes it after the user's choice.
  await page.keyboard.press("Enter");
  await expect(modal).toHaveCount(0);
  await expect(before, "the focus is back").toBeFocused();
});
