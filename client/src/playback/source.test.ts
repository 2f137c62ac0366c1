import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SourceError } from "./errors";
import { type ByteSource, openUrl } from "./source";

const KiB = 1024;
const content = Uint8Array.from({ length: 1200 * KiB }, (_, i) => (i * 31) >> 3);

/** A server of a file, which may be changed between requests. */
class Server {
  content = content;
  ranges = true;
  total: "told" | "hidden" = "told";
  tag: string | null = null;
  requests: (string | null)[] = [];
  /** Responses that come instead of the next ones. */
  readonly instead: (() => Response | Promise<Response>)[] = [];

  readonly fetch = async (_: string, init: RequestInit): Promise<Response> => {
    const range = new Headers(init.headers).get("Range");
    this.requests.push(range);
    const other = this.instead.shift();
    return other ? other() : this.respond(range);
  };

  respond(range: string | null): Response {
    const { content: bytes } = this;
    const headers = new Headers(this.tag === null ? {} : { ETag: this.tag });
    if (!range || !this.ranges) {
      headers.set("Content-Length", String(bytes.length));
      return new Response(bytes.slice(), { headers });
    }
    const [from, to] = /(\d+)-(\d+)/.exec(range)!.slice(1).map(Number);
    if (from! >= bytes.length) return new Response(null, { status: 416 });
    const end = Math.min(to! + 1, bytes.length);
    if (this.total === "told")
      headers.set("Content-Range", `bytes ${from}-${end - 1}/${bytes.length}`);
    return new Response(bytes.slice(from, end), { status: 206, headers });
  }

  open(): Promise<ByteSource> {
    return openUrl("http://127.0.0.1/run.viser", this.fetch, () => {});
  }
}

/** Lets all waits pass. */
async function passing<T>(promise: Promise<T>): Promise<T> {
  const settled = Promise.allSettled([promise]);
  await vi.runAllTimersAsync();
  const [result] = await settled;
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

const bodyOf = (...parts: (Uint8Array | "stall" | "break")[]): Response =>
  new Response(
    new ReadableStream({
      async pull(controller) {
        const part = parts.shift();
        if (part === "stall") await new Promise(() => {});
        else if (part === "break") controller.error(new Error("connection reset"));
        else if (part) controller.enqueue(part);
        else controller.close();
      },
    }),
    { status: 206, headers: { "Content-Range": `bytes 0-1/${content.length}` } },
  );

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const equal = (a: Uint8Array, from: number, length: number): boolean =>
  Buffer.compare(a, content.subarray(from, from + length)) === 0;

test("reads what is asked for, and what is near once", async () => {
  const server = new Server();
  const source = await server.open();
  expect(source.size).toBe(content.length);
  expect(equal(await source.read(10, 100), 10, 100)).toBe(true);
  expect(server.requests).toEqual(["bytes=0-262143"]);
  const both = await Promise.all([source.read(300 * KiB, 10), source.read(250 * KiB, 600 * KiB)]);
  expect(equal(both[0], 300 * KiB, 10)).toBe(true);
  expect(equal(both[1], 250 * KiB, 600 * KiB)).toBe(true);
  expect(server.requests.slice(1)).toEqual(["bytes=262144-524287", "bytes=524288-1048575"]);
  expect(source.peek(400 * KiB, 10)).not.toBeNull();
  expect(source.peek(1100 * KiB, 10)).toBeNull();
  // To the last byte, and not beyond.
  expect(equal(await source.read(content.length - 5, 5), content.length - 5, 5)).toBe(true);
  for (const [at, length] of [
    [content.length - 5, 6],
    [-1, 5],
    [0, -1],
    [2 ** 52, 1],
  ]) {
    await expect(source.read(at!, length!)).rejects.toThrow(SourceError);
  }
});

describe("loads all of it", () => {
  test.each([
    ["if the server ignores ranges", (s: Server) => (s.ranges = false), [["bytes=0-262143"]]],
    [
      "if the page may not read its length",
      (s: Server) => (s.total = "hidden"),
      [["bytes=0-262143", null]],
    ],
  ])("%s", async (_, change, [requests]) => {
    const server = new Server();
    change(server);
    const source = await server.open();
    expect(source.size).toBe(content.length);
    expect(equal(await source.read(0, content.length), 0, content.length)).toBe(true);
    expect(server.requests).toEqual(requests);
  });
});

test.each([
  [401, /does not give it/],
  [403, /does not give it/],
  [404, /not there/],
  [410, /not there/],
  [416, /empty, or shorter/],
  [429, /refuses it \(429\)/],
])("status %s is not asked for again", async (status, message) => {
  const server = new Server();
  server.instead.push(() => new Response(null, { status }));
  await expect(passing(server.open())).rejects.toThrow(message);
  expect(server.requests).toHaveLength(1);
});

test.each<[string, () => Response, RegExp]>([
  ["an error of the server", () => new Response("", { status: 503 }), /error \(503\)/],
  [
    "no connection",
    () => {
      throw new TypeError("failed to fetch");
    },
    /cannot be reached \(failed to fetch\)/,
  ],
])("%s is tried again, four times in all", async (_, failure, message) => {
  const server = new Server();
  server.instead.push(failure, failure, failure);
  const source = await passing(server.open());
  expect(server.requests).toHaveLength(4);
  server.instead.push(failure, failure, failure, failure);
  await expect(passing(source.read(300 * KiB, 10))).rejects.toThrow(message);
  // What failed is asked for again when it is needed again.
  expect(equal(await passing(source.read(300 * KiB, 10)), 300 * KiB, 10)).toBe(true);
});

test("a beginning that is shorter than it should be is not taken for it", async () => {
  const server = new Server();
  server.instead.push(() => bodyOf(content.slice(0, 100)));
  const source = await server.open();
  expect(equal(await source.read(50, 100), 50, 100)).toBe(true);
});

test("no more is taken than was asked for", async () => {
  const server = new Server();
  const source = await server.open();
  let sent = 0;
  const endless = (): Response =>
    new Response(
      new ReadableStream({
        pull(controller) {
          sent += content.length;
          controller.enqueue(content);
        },
      }),
      { status: 206 },
    );
  server.instead.push(endless, endless, endless, endless);
  await expect(passing(source.read(300 * KiB, 10))).rejects.toThrow(/more than was asked for/);
  expect(sent).toBeLessThan(4 * 4 * content.length);
});

test.each<[string, () => Response]>([
  ["is shorter than it should be", () => bodyOf(content.slice(0, 100))],
  ["breaks off", () => bodyOf(content.slice(0, 100), "break")],
  ["stalls", () => bodyOf(content.slice(0, 100), "stall")],
])("a response that %s is tried again", async (_, failure) => {
  const server = new Server();
  const source = await server.open();
  server.instead.push(failure, failure);
  expect(equal(await passing(source.read(300 * KiB, 10)), 300 * KiB, 10)).toBe(true);
  expect(server.requests).toHaveLength(4);
  server.instead.push(failure, failure, failure, failure);
  await expect(passing(source.read(600 * KiB, 10))).rejects.toThrow(SourceError);
});

describe("a file that", () => {
  const read = async (change: (server: Server) => void): Promise<Uint8Array> => {
    const server = new Server();
    server.tag = '"1"';
    const source = await server.open();
    change(server);
    return passing(source.read(300 * KiB, 10));
  };

  test("became shorter was replaced", async () => {
    await expect(
      read((s) => {
        s.content = content.subarray(0, 900 * KiB);
      }),
    ).rejects.toThrow(/replaced meanwhile/);
    await expect(
      read((s) => {
        s.content = content.subarray(0, 100);
      }),
    ).rejects.toThrow(/shorter than before/);
  });

  test("has other contents of the same size was replaced", async () => {
    await expect(
      read((s) => {
        s.tag = '"2"';
      }),
    ).rejects.toThrow(/replaced meanwhile/);
  });

  test("became longer is still written", async () => {
    const longer = new Uint8Array(2 * content.length);
    longer.set(content);
    const got = await read((s) => {
      s.content = longer;
      s.tag = '"2"';
    });
    expect(equal(got, 300 * KiB, 10)).toBe(true);
  });

  test("is not served in parts any more", async () => {
    await expect(
      read((s) => {
        s.ranges = false;
      }),
    ).rejects.toThrow(/stopped to serve parts/);
  });
});
