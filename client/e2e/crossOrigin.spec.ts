/** A hostile page of another origin, in a real browser, tries to use a server on this machine. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, open, test } from "./harness";

let hostile: Server;
let address: string;
test.beforeEach(async () => {
  hostile = createServer((_, answer) => {
    answer.writeHead(200, { "content-type": "text/html" }).end("<title>hostile</title>");
  });
  await new Promise<void>((resolve) => hostile.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`;
});
test.afterEach(() => new Promise((resolve) => hostile.close(resolve)));

test("a page of another origin opens no websocket, and reads and frames nothing", async ({
  page,
  anotherPage,
  startServer,
  problems,
}) => {
  problems.allow(/./); // each attempt is an error of the page
  const server = await startServer("token");
  // The user's own page is open and works: the browser has what it needs to be let in.
  await open(page, server);
  const evil = await anotherPage();
  await evil.goto(address);
  const got = await evil.evaluate(async (target) => {
    const socket = (url: string) =>
      new Promise<string>((resolve) => {
        const ws = new WebSocket(url, ["viser-go.v1", "viser-v1.1.1"]);
        ws.onopen = () => resolve("opened");
        ws.onerror = () => resolve("refused");
      });
    const element = (tag: "script" | "img", src: string) =>
      new Promise<string>((resolve) => {
        const e = document.createElement(tag);
        e.onload = () => resolve("loaded");
        e.onerror = () => resolve("refused");
        e.src = src;
        document.body.append(e);
      });
    const text = (url: string, init?: RequestInit) =>
      fetch(url, init).then(
        (answer) => answer.text(),
        () => "refused",
      );
    const frame = document.createElement("iframe");
    frame.src = target;
    const framed = new Promise<void>((resolve) => {
      frame.onload = () => resolve();
    });
    document.body.append(frame);
    await framed;
    return {
      socket: await socket(target.replace("http", "ws")),
      socketBelow: await socket(`${target.replace("http", "ws")}any/path`),
      script: await element("script", `${target}index.html`),
      picture: await element("img", `${target}logo.svg`),
      page: await text(target),
      check: await text(`${target}connection-check`, { method: "POST" }),
    };
  }, new URL("/", server.url).href);
  expect(got).toEqual({
    socket: "refused",
    socketBelow: "refused",
    script: "refused",
    picture: "refused",
    page: "refused",
    check: "refused",
  });
  // The frame has an error page of the browser in place of ours.
  expect(evil.frames().map((frame) => frame.url())).not.toContain(new URL("/", server.url).href);
  await expect(page.locator(".vg-panel, .vg-title").first()).toBeVisible();
});
