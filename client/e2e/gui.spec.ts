import { readFileSync } from "node:fs";
import { update, widget } from "../src/gui/testing/messages";
import { XSS } from "../src/gui/testing/xss";
import { expect, type Page, test, timersRun, untilReplayed, visit } from "./harness";
import { type Peer, RawServer } from "./rawServer";

type Message = Parameters<Peer["messages"]>[0];

const KINDS = [
  widget("GuiFolderMessage", "folder", { props: { order: 1, label: "Inputs" } }),
  widget("GuiButtonMessage", "button", { props: { order: 1, label: "Go" }, container: "folder" }),
  widget("GuiSliderMessage", "slider", {
    props: { order: 2, label: "Slider", step: 0.1, precision: 1 },
    container: "folder",
  }),
  widget("GuiNumberMessage", "number", { props: { order: 3, label: "Number" } }),
  widget("GuiTextMessage", "text", { props: { order: 4, label: "Text", hint: "A hint" } }),
  widget("GuiCheckboxMessage", "checkbox", { props: { order: 5, label: "Checkbox" } }),
  widget("GuiDropdownMessage", "dropdown", {
    props: { order: 6, label: "Dropdown", options: ["apple", "banana", "cherry"] },
    value: "apple",
  }),
  widget("GuiRgbMessage", "rgb", { props: { order: 7, label: "Color" } }),
  widget("GuiVector3Message", "vector", { props: { order: 8, label: "Vector" } }),
  widget("GuiMarkdownMessage", "markdown", { props: { order: 9, _markdown: "Some **text**" } }),
  widget("GuiProgressBarMessage", "progress", { props: { order: 10 } }),
] as unknown as Message[];

const DONE: Message = { type: "ReplayDoneMessage" };

let server: RawServer;
test.afterEach(async () => {
  await server.stop();
});

async function open(page: Page, messages: Message[], query = ""): Promise<void> {
  server = await RawServer.start((peer) => peer.messages(...messages, DONE));
  await visit(page, server, query);
  await expect(page.locator(".vg-panel")).toBeVisible();
}

/** The newest value that the page has sent for a widget. */
function lastValue(uuid: string): unknown {
  const updates = server.peers
    .flatMap((peer) => peer.received)
    .filter((m) => m.type === "GuiUpdateMessage" && m.uuid === uuid);
  return (updates.at(-1)?.updates as { value?: unknown } | undefined)?.value;
}

test("every input works with mouse and keyboard", async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await open(page, KINDS);
  const by = (role: Parameters<Page["getByRole"]>[0], name: string) =>
    page.getByRole(role, { name, exact: true });

  await by("button", "Go").click();
  await expect.poll(() => lastValue("button")).toBe(true);

  const slider = by("slider", "Slider");
  const box = (await slider.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 50, box.y, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => lastValue("slider")).toBe(10);
  await slider.press("ArrowLeft");
  await expect.poll(() => lastValue("slider")).toBe(9.9);
  await expect(by("spinbutton", "Slider value")).toHaveValue("9.9");

  await by("spinbutton", "Number").fill("2,5");
  await expect.poll(() => lastValue("number")).toBe(2.5);
  await by("textbox", "Text").fill("typed");
  await expect.poll(() => lastValue("text")).toBe("typed");
  await by("checkbox", "Checkbox").press("Space");
  await expect.poll(() => lastValue("checkbox")).toBe(true);

  await by("combobox", "Dropdown").click();
  await page.keyboard.type("che");
  await expect(page.getByRole("option")).toHaveText(["cherry"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => lastValue("dropdown")).toBe("cherry");

  await by("button", "Choose Color").click();
  const hue = by("slider", "Hue");
  await hue.focus();
  await hue.press("ArrowRight");
  await expect.poll(() => lastValue("rgb")).not.toBeUndefined();
  await page.keyboard.press("Escape");
  await expect(hue).toHaveCount(0);

  await by("spinbutton", "Vector Y").fill("-3");
  await expect.poll(() => lastValue("vector")).toEqual([1, -3, 3]);
  await expect(page.locator(".vg-prose strong")).toHaveText("text");
});

test("text that is being typed survives a crash of the server, and is sent to the next one", async ({
  page,
  problems,
}) => {
  problems.allow(/WebSocket connection|ERR_CONNECTION|net::ERR/);
  await open(page, KINDS);
  const { port } = server;
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await text.focus();
  await server.stop();
  await expect(page.locator(".vg-status")).not.toHaveAttribute("data-state", "live");
  await text.fill("written offline");
  server = await RawServer.start((peer) => peer.messages(...KINDS, DONE), port);
  await untilReplayed(page);
  await expect(text).toHaveValue("written offline");
  await expect(text).toBeFocused();
  await expect.poll(() => lastValue("text")).toBe("written offline");
});

test("a file is received as it was sent", async ({ page }) => {
  const start = (uuid: string, now: boolean): Message => ({
    type: "FileTransferStartDownload",
    save_immediately: now,
    transfer_uuid: uuid,
    filename: "../data.bin",
    mime_type: "text/html",
    part_count: 3,
    size_bytes: 6,
  });
  const part = (uuid: string, i: number): Message => ({
    type: "FileTransferPart",
    source_component_uuid: null,
    transfer_uuid: uuid,
    part_index: i,
    content: new Uint8Array([i, i + 10]),
  });
  await open(page, []);
  const content = async (how: () => Promise<unknown>) => {
    const waiting = page.waitForEvent("download");
    await how();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe("_data.bin");
    return [...readFileSync(await download.path())];
  };
  const peer = server.peers[0]!;
  const saved = await content(async () =>
    peer.messages(start("a", true), ...[1, 0, 2].map((i) => part("a", i))),
  );
  expect(saved).toEqual([0, 10, 1, 11, 2, 12]);
  peer.messages(start("b", false), ...[0, 1, 2].map((i) => part("b", i)));
  const link = page.getByRole("link", { name: "Click to download" });
  expect(await content(() => link.click())).toEqual(saved);
});

test("texts of a program run no script, and contact no other host", async ({ page, problems }) => {
  // Missing images, and what the page's policy blocks in addition to the sanitizer.
  problems.allow(/404|Content Security Policy|ERR_INVALID_URL|csp/i);
  page.on("dialog", (dialog) => {
    throw new Error(`a dialog opened: ${dialog.message()}`);
  });
  const tabs = XSS.flatMap((source, i) => [
    widget("GuiMarkdownMessage", `m${i}`, { props: { _markdown: source } }),
    widget("GuiHtmlMessage", `h${i}`, { props: { content: source } }),
    widget("GuiButtonMessage", `b${i}`, { props: { label: `${i}`, _icon_html: source } }),
  ]) as unknown as Message[];
  await open(page, tabs);
  await expect(page.locator(".vg-prose")).toHaveCount(XSS.length);
  await expect(page.locator(".vg-prose[data-plain], .vg-html[data-plain]")).toHaveCount(0);
  for (const link of await page.locator(".vg-prose a, .vg-html a").all()) await link.hover();
  const found = await page.evaluate(() => {
    const panel = document.querySelector(".vg-body")!;
    const covering = [...panel.querySelectorAll<HTMLElement>(".vg-prose *, .vg-html *")].filter(
      (e) => getComputedStyle(e).position === "fixed",
    );
    const active = panel.querySelectorAll("script, iframe, object, embed, form, style, link");
    return {
      pwned: "pwned" in window,
      covering: covering.length,
      active: active.length,
      base: document.baseURI === location.href,
    };
  });
  expect(found).toEqual({ pwned: false, covering: 0, active: 0, base: true });
});

test("the scene gets pointer events outside of the panel", async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 600 });
  await open(page, KINDS);
  const under = (x: number, y: number) =>
    page.evaluate(([px, py]) => document.elementFromPoint(px!, py!)?.tagName, [x, y]);
  expect(await under(100, 200)).toBe("CANVAS");
  expect(await under(100, 400)).toBe("CANVAS");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the panel is a sheet for touch and nothing scrolls sideways", async ({ page }) => {
    await open(page, KINDS);
    const sheet = (await page.locator(".vg-panel").boundingBox())!;
    expect([sheet.x, sheet.width]).toEqual([0, 390]);
    expect(sheet.y).toBeGreaterThan(844 * 0.4);
    const measured = await page.evaluate(() => {
      const pressable = ".vg-panel :is(button, input:not([type=checkbox]), [role=tab])";
      const small = [...document.querySelectorAll<HTMLElement>(pressable)]
        .filter((e) => e.offsetParent !== null && e.getBoundingClientRect().height < 43.5)
        .map((e) => e.outerHTML.slice(0, 120));
      const wide = [document.documentElement, ...document.querySelectorAll(".vg-body")].filter(
        (e) => e.scrollWidth > e.clientWidth,
      );
      return { small, wide: wide.length };
    });
    expect(measured).toEqual({ small: [], wide: 0 });
    await page.getByRole("button", { name: "Close the panel" }).tap();
    expect((await page.locator(".vg-panel").boundingBox())!.height).toBeLessThan(70);
    await page.getByRole("button", { name: "Open the panel" }).tap();
    await page.getByRole("checkbox", { name: "Checkbox" }).tap();
    await expect.poll(() => lastValue("checkbox")).toBe(true);
  });

  test("a hint shows while its label is held, and not when its field is used", async ({ page }) => {
    await open(page, KINDS);
    const field = page.getByRole("textbox", { name: "Text", exact: true });
    const tooltip = page.getByRole("tooltip");
    await field.tap();
    await field.press("a");
    // A timer that starts later and takes longer than that of a hint.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 1000)));
    await timersRun(page);
    await expect(field).toBeFocused();
    await expect(tooltip).toHaveCount(0);

    const label = page.locator(".vg-label", { hasText: "Text" });
    const row = (await label.boundingBox())!;
    const cdp = await page.context().newCDPSession(page);
    const touchPoints = [{ x: row.x + 10, y: row.y + row.height / 2 }];
    await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await expect(tooltip).toHaveText("A hint");
    const box = (await tooltip.boundingBox())!;
    expect(box.y + box.height).toBeLessThanOrEqual(row.y);
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await expect(tooltip).toHaveCount(0);
  });

  test("the sheet's chevron points where the sheet will go", async ({ page }) => {
    await open(page, KINDS);
    const chevron = page.locator(".vg-collapse .vg-svg");
    await expect(chevron).toHaveCSS("transform", "matrix(1, 0, 0, 1, 0, 0)"); // as drawn: down
    await page.getByRole("button", { name: "Close the panel" }).tap();
    await expect(chevron).toHaveCSS("transform", /^matrix\(-1, /);
  });
});

test("the server's newer value is shown, and a dragged slider keeps its value", async ({
  page,
}) => {
  await open(page, KINDS);
  const slider = page.getByRole("slider", { name: "Slider", exact: true });
  const number = page.getByRole("spinbutton", { name: "Slider value" });
  const peer = server.peers[0]!;
  peer.messages(update("slider", { value: 2 }) as unknown as Message);
  await expect(number).toHaveValue("2");
  const box = (await slider.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 20, box.y + box.height / 2, { steps: 4 });
  await expect(number).toHaveValue("10");
  // A value that the server sends before it has confirmed this one is older.
  await expect.poll(() => lastValue("slider")).toBe(10);
  peer.messages(update("slider", { value: 4 }) as unknown as Message);
  const revision = peer.received.findLast((m) => m.type === "GuiUpdateMessage")?.revision;
  peer.messages({ type: "GuiUpdateAckMessage", uuid: "slider", revision });
  peer.messages(update("slider", { value: 3 }) as unknown as Message);
  // The next message has been applied: so has the one before.
  peer.messages(update("checkbox", { value: true }) as unknown as Message);
  await expect(page.getByRole("checkbox", { name: "Checkbox" })).toBeChecked();
  await expect(number).toHaveValue("10");
  await page.mouse.up();
  await expect(number).toHaveValue("3");
});
