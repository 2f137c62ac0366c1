// @vitest-environment node
import { expect, test } from "vitest";
import { findReason } from "./refusal";

interface Asked {
  url: string;
  method: string | undefined;
}

function answering(status: number, body: string | null) {
  const asked: Asked[] = [];
  const fetch = async (url: string, { method }: RequestInit) => {
    asked.push({ url, method });
    return new Response(body, { status });
  };
  return { asked, fetch };
}

const ORIGIN = "https://viewer.example";

test("sends a POST request next to the websocket, with its query, so that browsers send an Origin", async () => {
  const { asked, fetch } = answering(204, null);
  await findReason("wss://viewer.example/3d/?token=x", ORIGIN, fetch);
  expect(asked).toEqual([
    { url: "https://viewer.example/3d/connection-check?token=x", method: "POST" },
  ]);
});

test.each([
  [
    403,
    "viser: origin a may not connect to b; add it to AllowedOrigins to let it in\n",
    /refused.*: origin a may not.*AllowedOrigins/,
  ],
  [401, "viser: this server needs its token\n", /refused.*needs its token\.$/],
  [204, null, /may not forward websockets/],
  [502, "<html>Bad gateway</html>", /proxy, answered with status 502/],
  [404, `viser: ${"x".repeat(1000)}`, /proxy, answered with status 404/],
])(
  "a response of %d gives a reason, which is final if access is missing",
  async (status, body, want) => {
    const { fetch } = answering(status, body);
    const refusal = await findReason("wss://viewer.example/", ORIGIN, fetch);
    expect(refusal?.detail).toMatch(want);
    expect(refusal?.final).toBe(status === 401);
  },
);

test("a server of another origin is not requested: this page cannot read its response", async () => {
  const { asked, fetch } = answering(204, null);
  const reason = await findReason("ws://127.0.0.1:8080/", ORIGIN, fetch);
  expect(reason?.detail).toContain("AllowedOrigins");
  expect(reason?.detail).toContain(ORIGIN);
  expect(asked).toEqual([]);
});

test("there is no reason without a response or a URL", async () => {
  const down = () => Promise.reject(new TypeError("Failed to fetch"));
  expect(await findReason("wss://viewer.example/", ORIGIN, down)).toBeNull();
  expect(await findReason("not an address", ORIGIN, down)).toBeNull();
});
