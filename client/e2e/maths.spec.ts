/** Formulas in markdown, drawn as MathML, on a wide page and on a phone. */
import { widget } from "../src/gui/testing/messages";
import { expect, type Page, test, visit } from "./harness";
import { type Peer, RawServer } from "./rawServer";

type Message = Parameters<Peer["messages"]>[0];

const TEXT = `The roots $x_{1,2}$ cost $5 and $6:

$$x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$$

- in a list \\(e^{i\\pi} + 1 = 0\\)
- \`$code$\`
- bad: $\\nope{x}$

$$\\begin{pmatrix} \\cos\\theta & -\\sin\\theta \\\\ \\sin\\theta & \\cos\\theta \\end{pmatrix} = \\cancel{x} + \\overline{AB}$$

\\[
${Array.from({ length: 40 }, (_, i) => `a_{${i}}`).join(" + ")}
\\]`;

const THEME = {
  titlebar_content: null,
  control_layout: "floating",
  control_width: "medium",
  show_logo: true,
  show_share_button: true,
  colors: null,
};

let server: RawServer;
test.afterEach(() => server.stop());

async function open(page: Page, text: string, dark = false): Promise<void> {
  const messages = [
    { type: "ThemeConfigurationMessage", ...THEME, dark_mode: dark },
    widget("GuiMarkdownMessage", "text", { props: { order: 1, _markdown: text } }),
    widget("GuiButtonMessage", "after", { props: { order: 2, label: "After" } }),
  ] as unknown as Message[];
  server = await RawServer.start((peer) =>
    peer.messages(...messages, { type: "ReplayDoneMessage" } as Message),
  );
  await visit(page, server);
}

const box = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((e) => {
      const { left, right, width, height } = e.getBoundingClientRect();
      return { left, right, width, height };
    });

for (const [scheme, width, height] of [
  ["light", 1280, 800],
  ["dark", 390, 844],
] as const) {
  test(`formulas are drawn: ${scheme}, ${width} wide`, async ({ page }, info) => {
    await page.setViewportSize({ width, height });
    await open(page, TEXT, scheme === "dark");
    await expect(page.locator(".vg-prose math")).toHaveCount(5);
    await expect(page.locator(".vg-prose")).toContainText("cost $5 and $6");
    await expect(page.locator(".vg-prose code").first()).toHaveText("$code$");
    await expect(page.locator(".vg-tex-reason")).toContainText("\\nope");

    // A fraction has its numerator above its denominator, not as letters in a row.
    const [over, under] = await page
      .locator("mfrac > *")
      .evaluateAll((parts) => parts.map((e) => e.getBoundingClientRect()));
    expect(over!.bottom).toBeLessThanOrEqual(under!.top + 1);
    expect(over!.width).toBeGreaterThan(30);

    // The wide formula scrolls within its own box.
    const wide = page.locator(".vg-tex-display").last();
    const sizes = await wide.evaluate((e) => [e.scrollWidth, e.clientWidth] as const);
    expect(sizes[0]).toBeGreaterThan(sizes[1] + 100);
    const panel = await box(page, ".vg-body");
    const own = await box(page, ".vg-tex-display:last-child");
    expect(own.right).toBeLessThanOrEqual(panel.right + 1);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
    ).toBe(true);
    await wide.evaluate((e) => e.scrollTo({ left: 100 }));
    expect(await wide.evaluate((e) => e.scrollLeft)).toBe(100);

    await info.attach("formulas", { body: await page.screenshot(), contentType: "image/png" });
    await page.screenshot({ path: info.outputPath("formulas.png") });
  });
}

test("a text without a formula does not load the renderer", async ({ page }) => {
  const files: string[] = [];
  page.on("request", (request) => files.push(new URL(request.url()).pathname));
  await open(page, "It costs $5 and $6.");
  await expect(page.locator(".vg-prose")).toHaveText("It costs $5 and $6.");
  await expect(page.locator(".vg-prose[data-plain]")).toHaveCount(0);
  expect(files.filter((file) => /\btex\b/.test(file))).toEqual([]);

  const loaded = page.waitForRequest(/\/tex\b[^/]*\.js$/);
  server.peers[0]!.messages({
    type: "GuiUpdateMessage",
    uuid: "text",
    updates: { _markdown: "Now $x^2$" },
  } as Message);
  await loaded;
  await expect(page.locator(".vg-prose msup")).toHaveCount(1);
});

test("deep, long and many formulas leave the page usable", async ({ page }) => {
  const deep = (n: number) => `$${"\\frac{x}{\\sqrt{".repeat(n)}y${"}}".repeat(n)}$`;
  const many = `${`$${"a".repeat(100)}$ `.repeat(100)}${"$\\frac{a}{b}$ ".repeat(800)}`;
  await open(page, `${deep(8)} ${deep(12)} ${deep(200)}\n\n${"$".repeat(100)}\n\n${many}`);
  await expect(page.locator(".vg-prose .vg-tex:not(:has(math, small))")).toHaveCount(0, {
    timeout: 20_000,
  });
  await page.getByRole("button", { name: "After" }).click();
  await expect
    .poll(() => server.peers[0]!.received.some((m) => m.type === "GuiUpdateMessage"))
    .toBe(true);
});
