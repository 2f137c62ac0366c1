/** Number fields: steps, and that all digits are visible. Texts with images of other hosts. */
import { expect, open, test } from "./harness";

test("a slider from -pi to pi steps to hundredths", async ({ page, startServer, problems }) => {
  problems.allow(/images\.example/);
  const server = await startServer("numbers");
  await open(page, server);
  const slider = page.getByRole("slider", { name: "Angle" });
  const field = page.getByRole("spinbutton", { name: "Angle value" });
  await slider.press("ArrowRight");
  await server.event(/^angle 0\.01$/);
  await expect(field).toHaveValue("0.01");
  await slider.press("Home");
  await expect(field).toHaveValue("-3.1415927");
  await slider.press("ArrowRight");
  await server.event(/^angle -3\.14$/);
});

/** Whether a field shows less than its value. */
function isCut(field: Element): boolean {
  const { right } = field.getBoundingClientRect();
  const steppers = field.parentElement?.querySelector(".vg-steppers");
  const covered = steppers ? right - steppers.getBoundingClientRect().left : 0;
  const padding = Number.parseFloat(getComputedStyle(field).paddingRight);
  const canvas = document.createElement("canvas").getContext("2d")!;
  canvas.font = getComputedStyle(field).font;
  const text = canvas.measureText((field as HTMLInputElement).value).width;
  const room = field.clientWidth - padding - Math.max(padding, covered);
  return text > room + 1 || field.scrollWidth > field.clientWidth;
}

for (const [layout, width, height] of [
  ["desktop", 1280, 800],
  ["phone", 390, 844],
] as const) {
  test(`no field cuts off a digit: ${layout}`, async ({ page, startServer, problems }) => {
    problems.allow(/images\.example/);
    await page.setViewportSize({ width, height });
    const server = await startServer("numbers");
    await open(page, server);
    const fields = page.getByRole("spinbutton");
    await expect(fields).toHaveCount(8);
    for (const field of await fields.all()) {
      expect(await field.evaluate(isCut), await field.inputValue()).toBe(false);
    }
  });

  test(`a computed end leaves the slider its room: ${layout}`, async ({
    page,
    startServer,
    problems,
    shoot,
  }) => {
    problems.allow(/images\.example/);
    await page.setViewportSize({ width, height });
    const server = await startServer("numbers");
    await open(page, server);
    const slider = page.getByRole("slider", { name: "Angle" });
    const field = page.getByRole("spinbutton", { name: "Angle value" });
    const control = (await page.locator(".vg-slider").first().boundingBox())!;
    const track = (await slider.boundingBox())!;
    expect(track.width / control.width).toBeGreaterThan(0.5);
    await slider.press("Home");
    // Shortened visibly, and in full as the title and with the focus.
    await expect(field).toHaveCSS("text-overflow", "ellipsis");
    expect(await field.evaluate(isCut)).toBe(true);
    await expect(field).toHaveAttribute("title", "-3.1415927");
    await shoot(`numbers-${layout}`);
    await field.focus();
    expect(await field.evaluate(isCut)).toBe(false);
    await shoot(`numbers-${layout}-focused`);
    const now = (await slider.boundingBox())!;
    expect([now.x, now.y]).toEqual([track.x, track.y]);
    expect(now.width).toBeCloseTo(track.width, 0);
    await field.fill("-3.14");
    await field.press("Enter");
    await slider.focus();
    await expect(field).toHaveValue("-3.14");
    expect(await field.evaluate(isCut)).toBe(false);
    await expect(field).not.toHaveAttribute("title");
  });
}

test("an image on another host is replaced by a link", async ({ page, startServer, problems }) => {
  problems.allow(/images\.example|Content Security Policy/);
  const server = await startServer("numbers");
  await open(page, server);
  const link = page.getByRole("link", { name: "A plan: https://images.example/plan.png" });
  await expect(link).toHaveAttribute("rel", "noopener noreferrer");
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(page.locator(".vg-prose img")).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: "Done" })).toBeDisabled();
  await expect(page.locator(".vg-color-chip")).toHaveCSS("background-color", "rgb(255, 136, 0)");
});
