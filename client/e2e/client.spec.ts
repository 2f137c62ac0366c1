/** The client handle: what a Go program does with one browser, as its user sees it. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { expect, open, type Page, test } from "./harness";
import { expectPatch, expectSeen, find } from "./picture";
import { RawServer } from "./rawServer";
import type { TestServer } from "./server";

test.use({ viewport: { width: 800, height: 400 } });

let server: TestServer;
test.beforeEach(async ({ page, startServer }) => {
  server = await startServer("client");
  await open(page, server);
});

test("connect and disconnect callbacks run for each client, and ids increase", async ({
  page,
  anotherPage,
}) => {
  await server.event(/^connect 0$/);
  await server.command("late-connect");
  await server.event(/^late connect 0$/);

  const second = await anotherPage();
  await open(second, server);
  await server.event(/^connect 1$/);
  await server.event(/^late connect 1$/);

  await second.close();
  await server.event(/^disconnect 1$/);
  await page.reload();
  await server.event(/^disconnect 0$/);
  await server.event(/^connect 2$/);
  // No other clients are reported, and none twice.
  expect(server.events.filter((e) => /^(dis)?connect/.test(e)).sort()).toEqual([
    "connect 0",
    "connect 1",
    "connect 2",
    "disconnect 0",
    "disconnect 1",
  ]);
});

test("a client's own node replaces the shared one, on its page only", async ({
  page,
  anotherPage,
}) => {
  const second = await anotherPage();
  await open(second, server);
  await server.event(/^connect 1$/);
  await expectSeen(second, "red");

  await server.command("cover"); // the newest client: the second page
  await expectSeen(second, "blue");
  await expectSeen(second, "red", false);
  await expectSeen(page, "red");
  await expectSeen(page, "blue", false);

  // The shared one is updated behind the own one, and shown again when that is removed.
  await server.command("color 0 200 0");
  await expectSeen(page, "green");
  await expectSeen(second, "blue");
  await server.command("uncover");
  await expectSeen(second, "green");
  await expectSeen(second, "blue", false);

  // A client's own nodes are removed with the client.
  await server.command("cover");
  await expectSeen(second, "blue");
  await second.reload();
  await server.event(/^connect 2$/);
  await expectSeen(second, "green");
  await expectSeen(second, "blue", false);
});

test("a client's own controls are shown on its page only, also in a shared folder", async ({
  page,
  anotherPage,
}) => {
  await server.command("own-gui Mine");
  const own = page.getByRole("button", { name: "Mine", exact: true });
  await own.click();
  await server.event(/^own button 0$/);
  const folder = page.getByRole("region", { name: "Shared" });
  await expect(folder.getByLabel("Mine in the shared folder")).toHaveValue("own");

  const second = await anotherPage();
  await open(second, server);
  await expect(second.getByRole("region", { name: "Shared" })).toBeVisible();
  await expect(second.getByText(/Mine/)).toHaveCount(0);

  await page.reload();
  await server.event(/^connect 2$/);
  await expect(page.getByRole("region", { name: "Shared" })).toBeVisible();
  await expect(page.getByText(/Mine/)).toHaveCount(0);
});

test.describe("camera", () => {
  interface View {
    position: number[];
    lookAt: number[];
    up: number[];
    wxyz: number[];
    fov: number;
    near: number;
    far: number;
    min: number;
    max: number;
    aspect: number;
    width: number;
    height: number;
    age: number;
  }
  const camera = () => server.ask<View>("camera");
  const reports = (from = 0) =>
    server.events
      .slice(from)
      .filter((e) => e.startsWith("camera "))
      .map((e) => JSON.parse(e.slice(7)) as View);
  const like = (view: View, wanted: Partial<View>) =>
    Object.entries(wanted).every(([key, value]) => {
      const actual = [view[key as keyof View]].flat();
      return [value].flat().every((x, i) => Math.abs(x - actual[i]!) < 1e-3);
    });
  const near = (actual: number[], wanted: number[], tolerance = 1e-3) =>
    expect(Math.max(...wanted.map((w, i) => Math.abs(w - actual[i]!)))).toBeLessThan(tolerance);

  const FOV = (75 * Math.PI) / 180;
  /** Half the height of what is in the picture, at a distance of 1. */
  const spread = (fov: number) => Math.tan(fov / 2);
  /** Pixels of a length perpendicular to the view, in a picture that is 400 pixels high. */
  const pixels = (length: number, distance: number, fov = FOV) =>
    (length / distance / spread(fov)) * 200;
  /** The box is 1.5 wide; its face is 0.75 nearer than its middle. */
  const square = (distance: number, fov = FOV) => {
    const side = pixels(1.5, distance - 0.75, fov);
    return { left: 400 - side / 2, top: 200 - side / 2, width: side, height: side };
  };

  test("Go reads the camera of the page", async ({ page }) => {
    await expectPatch(page, "red", square(4));
    const view = await camera();
    near(view.position, [0, -4, 0]);
    near(view.lookAt, [0, 0, 0]);
    near(view.up, [0, 0, 1]);
    const [w = 0] = view.wxyz;
    const sign = Math.sign(w);
    near(view.wxyz, [Math.SQRT1_2 * sign, -Math.SQRT1_2 * sign, 0, 0]);
    expect(view).toMatchObject({ aspect: 2, width: 800, height: 400, min: 0.01, max: 1e4 });
    near([view.fov, view.near, view.far], [FOV, 0.01, 1000]);

    await page.setViewportSize({ width: 900, height: 300 });
    await expect.poll(camera).toMatchObject({ aspect: 3, width: 900, height: 300 });
  });

  test("Go sets the camera, and the page reports it back", async ({ page }) => {
    const middle = async () => {
      const { left, width } = await find(page, "red");
      return left + width / 2;
    };
    await server.command("watch-camera");
    /** Sets a property, and waits until the page has reported such a view. */
    const set = async (words: string, wanted: Partial<View>) => {
      const before = server.events.length;
      await server.command(`set-camera ${words}`);
      await expect
        .poll(() => reports(before).some((view) => like(view, wanted)), { message: words })
        .toBe(true);
    };

    // The look-at point moves with the position.
    const home = { position: [0, -4, 0], lookAt: [0, 0, 0], up: [0, 0, 1] };
    await set("position 0 -8 0", { position: [0, -8, 0], lookAt: [0, -4, 0] });
    await expectPatch(page, "red", square(8));
    await set("position 1 -4 0", { position: [1, -4, 0], lookAt: [1, 0, 0] });
    const left = 400 - pixels(1.75, 3.25);
    await expectPatch(page, "red", { left, width: 400 - pixels(0.25, 4.75) - left });

    await set("position 0 -4 0", home);
    await set("look-at 1 0 0", { position: [0, -4, 0], lookAt: [1, 0, 0] });
    await expect.poll(middle).toBeLessThan(360);
    await set("look-at 0 0 0", home);
    await expectPatch(page, "red", square(4));

    await server.command("set-camera up 1 0 1");
    await expectPatch(page, "red", { width: pixels(1.5, 3.25) * Math.SQRT2 }, 5);
    const tilt = () => {
      const { up } = reports().at(-1)!;
      return [up[1]! / up[0]!, up[2]! / up[0]!].map((x) => x.toFixed(2));
    };
    await expect.poll(tilt).toEqual(["0.00", "1.00"]);
    await set("up 0 0 1", home);
    await expectPatch(page, "red", square(4));

    // 20 degrees to the right, about the vertical: the box goes to the left.
    const half = (10 * Math.PI) / 180;
    const [c, s] = [Math.cos(half) * Math.SQRT1_2, Math.sin(half) * Math.SQRT1_2];
    const lookAt = [4 * Math.sin(2 * half), -4 + 4 * Math.cos(2 * half), 0];
    await set(`wxyz ${[c, -c, s, -s].join(" ")}`, { position: [0, -4, 0], lookAt });
    const { wxyz } = await camera();
    const sign = Math.sign(wxyz[0]!);
    near(
      wxyz.map((x) => x * sign),
      [c, -c, s, -s],
    );
    await expect.poll(middle).toBeLessThan(330);
    await set(`wxyz ${Math.SQRT1_2} ${-Math.SQRT1_2} 0 0`, home);
    await expectPatch(page, "red", square(4));

    await set("fov 0.6", { fov: 0.6 });
    await expectPatch(page, "red", square(4, 0.6));
    await set(`fov ${FOV}`, { fov: FOV });
    await set("near 5", { near: 5 });
    await expectSeen(page, "red", false);
    await set("near 0.01", { near: 0.01 });
    await expectSeen(page, "red");
    await set("far 3", { far: 3 });
    await expectSeen(page, "red", false);
    await set("far 1000", { far: 1000 });
    await expectPatch(page, "red", square(4));
  });

  test("the orbit distances limit the wheel", async ({ page }) => {
    const distance = async () => {
      const { position: p, lookAt: l } = await camera();
      return Math.hypot(...p.map((x, i) => x - l[i]!));
    };
    const wheel = async (delta: number) => {
      await page.mouse.move(300, 200);
      for (let i = 0; i < 12; i++) await page.mouse.wheel(0, delta);
    };
    await server.command("set-camera min 3");
    await server.command("set-camera max 5");
    expect(await camera()).toMatchObject({ min: 3, max: 5 });
    await wheel(400);
    await expect.poll(distance).toBeCloseTo(5, 2);
    await expectPatch(page, "red", square(5));
    await wheel(-400);
    await expect.poll(distance).toBeCloseTo(3, 2);
    await server.command("set-camera max 100");
    await wheel(400);
    await expect.poll(distance).toBeGreaterThan(8);
  });

  test("OnUpdate runs for movements with the mouse, until it is removed", async ({ page }) => {
    await server.command("watch-camera");
    const drag = async (dx: number) => {
      await page.mouse.move(300, 300);
      await page.mouse.down();
      await page.mouse.move(300 + dx, 320, { steps: 5 });
      await page.mouse.up();
    };
    await drag(100);
    await expect.poll(() => reports().length).toBeGreaterThan(1);
    // The camera has orbited the look-at point; Go reads the last report.
    await expect
      .poll(async () => {
        const { position } = await camera();
        return JSON.stringify(position) === JSON.stringify(reports().at(-1)?.position);
      })
      .toBe(true);
    const view = await camera();
    expect(Math.hypot(...view.position)).toBeCloseTo(4, 2);
    expect(view.position[0]).toBeLessThan(-0.5);
    expect(view.age).toBeLessThan(20);

    await server.command("unwatch-camera");
    const before = server.events.length;
    await drag(-150);
    await expect.poll(async () => (await camera()).position[0]).toBeGreaterThan(0);
    expect(server.events.length).toBe(before);
  });

  test("rejects invalid views, and does not move", async ({ page }) => {
    expect(await server.command("refused")).toBe("12 of 12");
    await expectPatch(page, "red", square(4));
  });
});

/** Counts in the page, for each step of messages, the nodes created under `prefix`. */
async function countSteps(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const scene = window.viserPage!.scene!;
    const steps: number[] = [];
    Object.assign(window, { steps });
    const apply = scene.apply;
    scene.apply = (messages) => {
      const made = messages.filter(
        (m) => m.type === "FrameMessage" && /^\/(shared|own)\//.test(m.name),
      ).length;
      if (made > 0) steps.push(made);
      apply.call(scene, messages);
    };
  });
  return () => page.evaluate(() => [...(window as unknown as { steps: number[] }).steps]);
}

test("Atomic: 2 x 1000 nodes of both scenes are added in one step", async ({ page }) => {
  const steps = await countSteps(page);
  const nodes = () => page.evaluate(() => window.viserPage!.scene!.stats().nodes);
  const before = await nodes();
  await server.command("atomic-begin 1000");
  await server.event(/^half$/);
  // Long enough for sixty windows: half of the block is written, flushed, and held.
  await page.waitForTimeout(1000);
  expect(await steps()).toEqual([]);
  await server.command("atomic-end");
  await server.event(/^whole$/);
  // The nodes, and the two that carry them.
  await expect.poll(nodes).toBe(before + 2002);
  expect(await steps()).toEqual([2000]);

  // A panic inside ends the block.
  expect(await server.command("atomic-panic")).toBe("inside of a block");
  await expect.poll(nodes).toBe(before + 2003);
});

test.describe("downloads", () => {
  const send = (file: Record<string, unknown>) =>
    server.command(`download ${JSON.stringify(file)}`);
  const link = (page: Page) => page.getByRole("link", { name: "Click to download" });
  const counting = (size: number) => Buffer.from(Array.from({ length: size }, (_, i) => i % 251));

  const hashOf = async (stream: AsyncIterable<Buffer>) => {
    const hash = createHash("sha256");
    for await (const chunk of stream) hash.update(chunk);
    return hash.digest("hex");
  };

  test("a small file is shown as a link, and saved with a click", async ({ page }) => {
    await send({ Name: "numbers.csv", Size: 1000 });
    await expect(page.getByText("numbers.csv")).toBeVisible();
    const [download] = await Promise.all([page.waitForEvent("download"), link(page).click()]);
    expect(download.suggestedFilename()).toBe("numbers.csv");
    expect(await hashOf(createReadStream(await download.path()))).toBe(
      await hashOf(
        (async function* () {
          yield counting(1000);
        })(),
      ),
    );
    // The link is removed with its notification.
    await page.getByRole("button", { name: "Close: numbers.csv" }).click();
    await expect(link(page)).toHaveCount(0);
  });

  test("a file in many small parts is saved at once, without a click", async ({ page }) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      send({ Name: "parts.bin", Size: 10_001, PartSize: 100, Save: true }),
    ]);
    expect(download.suggestedFilename()).toBe("parts.bin");
    expect(await hashOf(createReadStream(await download.path()))).toBe(
      await hashOf(
        (async function* () {
          yield counting(10_001);
        })(),
      ),
    );
    await expect(page.getByText(/10 KB, saved/)).toBeVisible();
  });

  test("a stalled download shows its progress", async ({ page }) => {
    const part = (index: number) => ({
      type: "FileTransferPart",
      source_component_uuid: null,
      transfer_uuid: "f",
      part_index: index,
      content: new Uint8Array(1000),
    });
    const raw = await RawServer.start((peer) => {
      peer.messages(
        {
          type: "FileTransferStartDownload",
          save_immediately: false,
          transfer_uuid: "f",
          filename: "slow.bin",
          mime_type: "application/octet-stream",
          part_count: 4,
          size_bytes: 4000,
        },
        part(0),
        part(1),
        { type: "ReplayDoneMessage" },
      );
    });
    try {
      await page.goto(raw.url);
      const bar = page.locator(".vg-notice [role=progressbar]");
      await expect(bar).toHaveAttribute("aria-valuenow", "50");
      raw.peers[0]!.messages(part(2), part(3));
      await expect(link(page)).toBeVisible();
      await expect(bar).toHaveCount(0);
    } finally {
      await raw.stop();
    }
  });

  test("an empty file is downloaded", async ({ page }) => {
    await send({ Name: "empty.txt", Size: 0 });
    const [download] = await Promise.all([page.waitForEvent("download"), link(page).click()]);
    let size = 0;
    for await (const chunk of createReadStream(await download.path())) size += chunk.length;
    expect(size).toBe(0);
  });

  test("64 MiB from a reader: all bytes are received, and the shown progress only increases", async ({
    page,
  }) => {
    await page.evaluate(() => {
      const seen = new Set<number>();
      Object.assign(window, { seen });
      new MutationObserver(() => {
        for (const bar of document.querySelectorAll(".vg-notice [role=progressbar]")) {
          seen.add(Number(bar.getAttribute("aria-valuenow")));
        }
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    const size = 64 * 2 ** 20;
    await send({ Name: "large.bin", Size: size, Reader: true });
    const [download] = await Promise.all([page.waitForEvent("download"), link(page).click()]);
    const expected = async function* () {
      const block = counting(251 * 4096);
      for (let left = size; left > 0; left -= block.length) yield block.subarray(0, left);
    };
    expect(await hashOf(createReadStream(await download.path()))).toBe(await hashOf(expected()));
    const seen = await page.evaluate(() => [...(window as unknown as { seen: Set<number> }).seen]);
    // Their number depends on the machine's speed.
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  test("a download of the server is sent to all pages", async ({ page, anotherPage }) => {
    const second = await anotherPage();
    await open(second, server);
    await server.event(/^connect 1$/);
    await server.command("download-all");
    for (const each of [page, second]) {
      await each.bringToFront();
      const [download] = await Promise.all([each.waitForEvent("download"), link(each).click()]);
      const chunks: Buffer[] = [];
      for await (const chunk of createReadStream(await download.path())) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe("for everybody");
    }
  });

  test("file names are sanitized", async ({ page }) => {
    const names: [string, RegExp][] = [
      ["../../../etc/passwd", /^[^/\\]*etc_passwd$/],
      ["..\\..\\start.html", /^[^/\\]*start\.html$/],
      ["a\u0000b\n.txt", /^ab\.txt$/],
      // Would be displayed as "exe.txt" with the extension "exe".
      ["\u202Etxt.exe", /^txt\.exe$/],
      ["con.txt", /^_con\.txt$/],
      [`${"x".repeat(400)}.csv`, /^x{100,200}\.csv$/],
      ['<img src=x onerror="window.harmed=1">.html', /^[^<>/"]+\.html$/],
    ];
    for (const [name, wanted] of names) {
      await send({ Name: name, Size: 3 });
      // The page's own sanitizing; the browser applies its rules in addition.
      await expect(link(page)).toHaveAttribute("download", wanted);
      const [download] = await Promise.all([page.waitForEvent("download"), link(page).click()]);
      expect(download.suggestedFilename()).toMatch(wanted);
      await page.getByRole("button", { name: /^Close: / }).click();
      await expect(link(page)).toHaveCount(0);
    }
    expect(await page.evaluate(() => "harmed" in window)).toBe(false);
  });
});

test.describe("notifications", () => {
  const card = (page: Page) => page.locator(".vg-notice");
  const spinner = (page: Page) => card(page).getByRole("img", { name: "Working" });
  const closer = (page: Page) => card(page).getByRole("button", { name: /^Close/ });
  const edge = (page: Page) =>
    card(page).evaluate((e) => {
      const [r = 0, g = 0, b = 0] = getComputedStyle(e, "::before")
        .backgroundColor.match(/[\d.]+/g)!
        .map(Number);
      return [r, g, b];
    });

  test("all six properties are shown, and changes at once", async ({ page }) => {
    await server.command("notify The title");
    await expect(card(page)).toHaveCount(1);
    await expect(card(page)).toContainText("The title");
    await expect(card(page)).toContainText("the body");
    await expect(spinner(page)).toBeVisible();
    await expect(closer(page)).toHaveCount(0);
    const [tr = 0, tg = 0, tb = 0] = await edge(page);
    expect(tg).toBeGreaterThan(tr * 1.5);
    expect(tg).toBeGreaterThan(tb);
    expect(await server.command("note")).toBe(
      '"The title" "the body" loading=true close=false auto=0s teal',
    );

    await server.command("title Another <b>title</b>");
    await expect(card(page)).toContainText("Another <b>title</b>");
    await expect(card(page)).not.toContainText("The title");
    await server.command("body another body");
    await expect(card(page)).toContainText("another body");
    await server.command("loading false");
    await expect(spinner(page)).toHaveCount(0);
    await server.command("close-button true");
    await expect(closer(page)).toBeVisible();
    await server.command("note-color red");
    await expect.poll(async () => (await edge(page))[0]! > 2 * (await edge(page))[1]!).toBe(true);
    await server.command("note-color rgb");
    await expect.poll(() => edge(page)).toEqual([250, 0, 250]);
    expect(await server.command("note")).toBe(
      '"Another <b>title</b>" "another body" loading=false close=true auto=0s [250 0 250]',
    );

    await server.command("auto-close 300ms");
    await expect(card(page)).toHaveCount(0);
    expect(await server.command("note")).toContain("auto=300ms");
  });

  test("one closed by the user stays closed; Remove closes it", async ({ page }) => {
    await server.command("notify First");
    await server.command("close-button true");
    await closer(page).click();
    await expect(card(page)).toHaveCount(0);
    await server.command("title Back again");

    await server.command("notify Second");
    await expect(card(page)).toContainText("Second");
    await expect(card(page)).toHaveCount(1); // the first one has not come back
    await server.command("remove-note");
    await expect(card(page)).toHaveCount(0);
  });

  test("is shown on the page of its client only", async ({ page, anotherPage }) => {
    const second = await anotherPage();
    await open(second, server);
    await server.event(/^connect 1$/);
    await server.command("notify For one");
    await expect(card(second)).toContainText("For one");
    await expect(card(page)).toHaveCount(0);
  });
});
