/** https with a certificate that is signed by itself, and which pages may open its websocket. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, untilReplayed } from "./harness";

test.use({ ignoreHTTPSErrors: true });

const others: Server[] = [];
test.afterEach(() => {
  for (const other of others.splice(0)) other.close();
});

/** Another program of this machine with a page. */
async function startOther(): Promise<string> {
  const other = createServer((_, answer) => {
    answer.writeHead(200, { "content-type": "text/html" }).end("<title>other</title>");
  });
  others.push(other);
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
}

test("the page over https has an encrypted websocket, which other pages may not open", async ({
  page,
  anotherPage,
  startServer,
  problems,
}) => {
  problems.allow(/WebSocket connection/); // that of the page that may not connect
  const server = await startServer("secure");
  const [friend, stranger] = [await startOther(), await startOther()];
  const url = await server.command(`https ${friend}`);
  expect(url).toMatch(/^https:/);
  const opened = page.waitForEvent("websocket");
  await page.goto(url);
  expect((await opened).url()).toBe(`${new URL("/", url).href.replace("https", "wss")}`);
  await untilReplayed(page);
  await page.getByRole("button", { name: "Encrypted" }).click();
  await server.event(/^clicked$/);
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: "Strict" });

  const connect = async (origin: string) => {
    const other = await anotherPage();
    await other.goto(origin);
    return other.evaluate(
      (target) =>
        new Promise<string>((resolve) => {
          const ws = new WebSocket(target, ["viser-go.v1", "viser-v1.1.1"]);
          ws.onopen = () => resolve("opened");
          ws.onerror = () => resolve("refused");
        }),
      url.replace("https", "wss"),
    );
  };
  // The first shows that the certificate is no reason.
  expect(await connect(friend)).toBe("opened");
  expect(await connect(stranger)).toBe("refused");
});

test("an address that begins with http leads to https, unless a token is in it", async ({
  page,
  startServer,
  problems,
}) => {
  problems.allow(/status of 400/);
  const server = await startServer("secure");
  const url = await server.command("https");
  const plain = new URL(url.replace("https", "http"));
  await page.goto(plain.href);
  await expect(page.getByRole("heading")).toHaveText("This server needs https");
  await page.getByRole("link").click();
  await untilReplayed(page);

  // The browser has the cookie now.
  plain.search = "?hideTools";
  const response = (await page.goto(plain.href))!;
  const redirect = (await response.request().redirectedFrom()!.response())!;
  expect(redirect.status()).toBe(307);
  expect(response.status()).toBe(200);
  expect(page.url()).toBe(plain.href.replace("http", "https"));
  await untilReplayed(page);
});
