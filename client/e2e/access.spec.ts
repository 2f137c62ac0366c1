/** What somebody sees who may only look, and whose access is then revoked. */
import { expect, test } from "./harness";

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  test(`a user who may only look, ${width} pixels wide`, async ({
    page,
    startServer,
    problems,
    shoot,
  }) => {
    problems.allow(/401/);
    await page.setViewportSize({ width, height });
    const server = await startServer("access");
    await page.goto(await server.command("guest"));
    await expect(
      page.getByText("You can look at this viewer, but not use its controls."),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: "Go" })).toBeDisabled();
    await expect(page.getByRole("textbox", { name: "Name" })).toBeDisabled();
    const slider = page.getByRole("slider", { name: "Speed" });
    const value = await slider.getAttribute("aria-valuenow");
    const box = (await slider.boundingBox())!;
    await page.mouse.click(box.x + box.width + 60, box.y + box.height / 2);
    // In the middle of the scene is a node that can be clicked, inside a gizmo.
    await page.mouse.move(width / 3, height / 2);
    await page.mouse.down();
    await page.mouse.move(width / 3 + 40, height / 2 + 20, { steps: 4 });
    await page.mouse.up();
    await page.mouse.click(width / 3, height / 2);
    await shoot(`look-only-${width}`);
    expect(await slider.getAttribute("aria-valuenow")).toBe(value);
    expect(await server.command("calls")).toBe("0");

    await server.command("revoke alice");
    const banner = page.locator(".viser-connection");
    await expect(banner).toContainText(
      "Your access to this viewer was revoked. Ask the person who runs it for a new link.",
    );
    await expect(banner).toBeVisible();
    await shoot(`revoked-${width}`);
    await page.reload();
    await expect(page.getByRole("heading")).toHaveText("A token is needed");
  });
}
