/** The page behind misconfigured proxies: it shows the cause. */
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, open, test } from "./harness";

interface ProxyOptions {
  /** The path of a request behind the proxy; null: 404. */
  path?: (asked: string) => string | null;
  /** False for a proxy without websocket support. */
  websockets?: boolean;
  /** True for a proxy that passes on the Host that the browser sent. */
  keepsHost?: boolean;
}

/** A proxy in front of a server. By default it sends the server's own address as Host, as many do. */
async function startProxy(target: string, options: ProxyOptions = {}): Promise<[string, Server]> {
  const { hostname, port, host } = new URL(target);
  const headers = (of: IncomingMessage) => ({
    ...of.headers,
    ...(!options.keepsHost && { host }),
  });
  const path = options.path ?? ((asked: string) => asked);
  const proxy = createServer((asked, answer) => {
    const to = path(asked.url ?? "/");
    if (to === null) {
      answer.writeHead(404, { "content-type": "text/plain" }).end("nothing here");
      return;
    }
    const forwarded = request(
      { hostname, port, path: to, method: asked.method, headers: headers(asked) },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      },
    );
    forwarded.on("error", () => answer.destroy());
    asked.pipe(forwarded);
  });
  proxy.on("upgrade", (asked, socket) => {
    if (options.websockets === false) {
      socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const upstream = connect(Number(port), hostname, () => {
      const lines = Object.entries(headers(asked)).map(([key, value]) => `${key}: ${value}`);
      upstream.write(`GET ${path(asked.url ?? "/")} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) {
      end.on("error", () => {
        socket.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  return [`http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`, proxy];
}

function stop(proxy: Server): void {
  proxy.closeAllConnections();
  proxy.close();
}

test("with a proxy that changes the host, the page shows why the server refuses it", async ({
  page,
  startServer,
  problems,
}) => {
  problems.allow(/WebSocket connection|status of 403/);
  const server = await startServer("elsewhere");
  const [url, proxy] = await startProxy(server.url);
  await page.goto(url);
  const banner = page.locator(".viser-connection");
  await expect(banner).toContainText("The server refused the connection");
  await expect(banner).toContainText(new URL(url).origin);
  await expect(banner).toContainText("AllowedOrigins");
  stop(proxy);
});

test("a proxy without websocket support is named as the cause", async ({
  page,
  startServer,
  problems,
}) => {
  problems.allow(/WebSocket connection/);
  const server = await startServer("elsewhere");
  const [url, proxy] = await startProxy(server.url, { websockets: false, keepsHost: true });
  await page.goto(url);
  await expect(page.locator(".viser-connection")).toContainText("may not forward websockets");
  stop(proxy);
});

test("a URL without its last slash shows what is missing", async ({
  page,
  startServer,
  problems,
}) => {
  problems.allow(/status of 404|MIME type|request failed: .*\/assets\//);
  const server = await startServer("elsewhere");
  const [url, proxy] = await startProxy(server.url, {
    path: (asked) => (/^\/viewer(\/|$)/.test(asked) ? asked.slice("/viewer".length) || "/" : null),
  });
  await page.goto(`${url}viewer`);
  await expect(page.getByText("The address may need a slash at its end")).toBeVisible();
  stop(proxy);
});

test("under a path that the proxy does not remove, everything works", async ({
  page,
  startServer,
}) => {
  const server = await startServer("prefix");
  const target = new URL(await server.command("start /robot/view"));
  const [url, proxy] = await startProxy(target.origin, {
    path: (asked) => (asked.startsWith("/robot/view") ? asked : null),
    keepsHost: true,
  });
  const fetched: string[] = [];
  page.on("response", (answer) => fetched.push(new URL(answer.url()).pathname));
  await page.goto(`${url}robot/view${target.search}&fetchArrays`);
  await server.event(/^joined 0$/);
  expect(page.url()).toBe(`${url}robot/view/?fetchArrays`);
  await expect
    .poll(() => fetched.filter((path) => path.startsWith("/robot/view/blob/")).length)
    .toBeGreaterThan(0);
  await page.locator("input[type=file]").setInputFiles({
    name: "scan.bin",
    mimeType: "",
    buffer: Buffer.alloc(2_000_000, "viser "),
  });
  await server.event(/^uploaded scan\.bin, 2000000 bytes$/);
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ path: "/robot/view/", httpOnly: true, sameSite: "Strict" });
  expect(fetched.every((path) => path.startsWith("/robot/view"))).toBe(true);
  stop(proxy);
});

test("a page without JavaScript is not blank", async ({ browser, startServer }) => {
  const server = await startServer("elsewhere");
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.url);
  await expect(page.locator("noscript p")).toHaveText(/This page needs JavaScript/);
  await context.close();
});

test("the static text is removed when the page starts", async ({ page, startServer }) => {
  const server = await startServer("elsewhere");
  await open(page, server);
  await expect(page.locator("#starting")).toHaveCount(0);
});
