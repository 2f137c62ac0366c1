// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PendingArray } from "../protocol/arrays";
import type { Frame } from "../protocol/frame";
import type { ClientMessage, ServerMessage } from "../protocol/messages.gen";
import { Connection, type Socket } from "./connection";
import { LATE_MS } from "./continuation";
import type { FetchArray } from "./fetcher";
import type { Refusal } from "./refusal";
import type { Batch, Status } from "./rpc";

class FakeSocket implements Socket {
  binaryType = "";
  protocol = "";
  bufferedAmount = 0;
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  sent: string[] = [];
  closedWith: [number | undefined, string | undefined] | null = null;

  constructor(readonly protocols: string[]) {}

  send(data: Uint8Array): void {
    this.sent.push(new TextDecoder().decode(data));
  }
  close(code?: number, reason?: string): void {
    this.closedWith = [code, reason];
  }
  accept(protocol = "viser-go.v1"): void {
    this.protocol = protocol;
    this.onopen?.();
  }
  /** A frame of these messages; the codec of these tests is JSON. */
  frame(...messages: { type: string; [key: string]: unknown }[]): void {
    this.onmessage?.({ data: new TextEncoder().encode(JSON.stringify(messages)).buffer });
  }
  end(code: number, reason = ""): void {
    this.onclose?.({ code, reason });
  }
}

const camera = (n: number): ClientMessage =>
  ({ type: "ViewerCameraMessage", fov: n }) as ClientMessage;
const click = { type: "CommandTriggerMessage", uuid: "u" } as ClientMessage;

const session = (over: object = {}) => ({
  type: "SessionMessage",
  epoch: "e",
  client_id: 3,
  resume: "3-secret",
  grace_sec: 30,
  resumed: false,
  keep_on_reload: false,
  received: 0,
  ended: 0,
  role: "operate",
  name: "",
  ...over,
});

let sockets: FakeSocket[];
let statuses: Status[];
let batches: Batch[];
let opened: number;
let resumed: number;
let kept: string[];
let unsent: ClientMessage[];
let reason: Promise<Refusal | null>;
let connection: Connection;
const socket = () => sockets.at(-1)!;
const status = () => statuses.at(-1)!;
const types = (batch: Batch | undefined) => batch?.messages.map((m) => m.type);

/** An array that is to be fetched, as these tests write it. */
const toFetch = { fetch: "id", bytes: 4 };

function revive(_: string, value: unknown): unknown {
  const { fetch, bytes } = (value ?? {}) as Partial<typeof toFetch>;
  return fetch === undefined ? value : new PendingArray(fetch, bytes!, "|u1", false);
}

function decode(data: ArrayBuffer): Frame {
  const messages = JSON.parse(new TextDecoder().decode(data), revive) as ServerMessage[];
  const cursor = (messages.at(-1) as { cursor?: string } | undefined)?.cursor;
  return {
    messages,
    timestampSec: 0,
    memory: [],
    bytes: data.byteLength,
    malformed: 0,
    ...(cursor !== undefined && { cursor }),
  };
}

function connect(fetchArray: FetchArray | null = null): void {
  connection = new Connection({
    url: "ws://host/",
    secret: "",
    openSocket: (_, protocols) => {
      const made = new FakeSocket(protocols);
      sockets.push(made);
      return made;
    },
    fetchArray,
    findReason: () => reason,
    decode,
    encode: (message) => new TextEncoder().encode(JSON.stringify(message)),
    onStatus: (s) => statuses.push(s),
    onOpen: () => opened++,
    onResume: () => resumed++,
    onUnsent: (message) => unsent.push(message),
    onKeep: (secret) => kept.push(secret),
    onBatch: (batch) => batches.push(batch),
    random: () => 1,
  });
  connection.start();
}

function connectAndReplay(): void {
  connect();
  socket().accept();
  socket().frame({ type: "ReplayDoneMessage" });
  connection.applied();
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  statuses = [];
  batches = [];
  opened = 0;
  resumed = 0;
  kept = [];
  unsent = [];
  reason = Promise.resolve(null);
});
afterEach(() => {
  connection.dispose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("the first connection", () => {
  it("offers our dialect, then viser's", () => {
    connect();
    expect(socket().protocols).toEqual(["viser-go.v1", "viser-v1.1.1", "resume.v1"]);
    expect(socket().binaryType).toBe("arraybuffer");
    expect(status()).toMatchObject({ kind: "connecting", attempt: 0 });
  });

  it("is live with the first frame, not before", () => {
    connect();
    socket().accept("viser-v1.1.1");
    expect(status().kind).toBe("connecting");
    expect(opened).toBe(0);
    socket().frame({ type: "A" });
    expect(status()).toMatchObject({ kind: "live", dialect: "viser-v1.1.1" });
    expect(opened).toBe(1);
    expect(batches.map(types)).toEqual([["A"]]);
  });

  it("closes a connection that is not established within 5 s", () => {
    connect();
    vi.advanceTimersByTime(4999);
    expect(socket().closedWith).toBeNull();
    vi.advanceTimersByTime(1);
    expect(socket().closedWith).toEqual([4000, "no response"]);
    expect(status()).toMatchObject({ kind: "reconnecting", attempt: 1 });
    expect(status().detail).toMatch(/did not answer within 5 s/);
    socket().accept();
    expect(status().kind).toBe("reconnecting");
  });

  it("waits for a slow first frame without a limit", () => {
    connect();
    socket().accept();
    vi.advanceTimersByTime(600_000);
    expect(socket().closedWith).toBeNull();
    socket().frame({ type: "A" });
    expect(status().kind).toBe("live");
  });

  it("stops with a reason if the URL is invalid", () => {
    connection = new Connection({
      url: "nonsense",
      secret: "",
      openSocket: () => {
        throw new SyntaxError("The URL 'nonsense' is invalid.");
      },
      fetchArray: null,
      findReason: () => reason,
      decode,
      encode: () => new Uint8Array(),
      onStatus: (s) => statuses.push(s),
      onResume: () => {},
      onUnsent: () => {},
      onKeep: () => {},
      onOpen: () => {},
      onBatch: () => {},
      random: () => 0,
    });
    connection.start();
    expect(status().kind).toBe("closed");
    expect(status().detail).toMatch(/nonsense cannot be opened: The URL/);
  });
});

describe("reconnecting", () => {
  it("reports the reason found for a refused websocket", async () => {
    reason = Promise.resolve({ detail: "The server refused the connection: no.", final: false });
    connect();
    socket().end(1006);
    const { nextRetryAt } = status();
    await vi.advanceTimersByTimeAsync(0);
    expect(status()).toMatchObject({
      kind: "reconnecting",
      detail: "The server refused the connection: no.",
      nextRetryAt,
    });
  });

  it("stops when its access has ended while there was no connection", async () => {
    connectAndReplay();
    socket().end(1006);
    reason = Promise.resolve({ detail: "Your access has ended.", final: true });
    vi.advanceTimersByTime(250);
    socket().end(1006);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(status()).toMatchObject({ kind: "closed", detail: "Your access has ended." });
    expect(sockets).toHaveLength(2);
    connection.retry();
    expect(sockets).toHaveLength(3);
  });

  it("ignores a reason found after the next attempt has begun", async () => {
    let answer: (refusal: Refusal) => void = () => {};
    reason = new Promise((resolve) => {
      answer = resolve;
    });
    connect();
    socket().end(1006);
    connection.wake();
    answer({ detail: "late", final: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(status().detail).toContain("Connecting");
  });

  it("waits longer each time, up to 5 s, and reports when it retries", () => {
    connect();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      socket().end(1006);
      expect(status()).toMatchObject({ kind: "reconnecting", attempt: i + 1 });
      expect(status().detail).toBe("The server cannot be reached.");
      const wait = status().nextRetryAt! - Date.now();
      waits.push(wait);
      const before = sockets.length;
      vi.advanceTimersByTime(wait - 1);
      expect(sockets).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(before + 1);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  });

  it("resets the delay after a complete replay, not after the connection alone", () => {
    connect();
    for (let i = 0; i < 3; i++) {
      socket().end(1006);
      vi.advanceTimersByTime(5000);
    }
    socket().accept();
    socket().frame({ type: "A" });
    socket().end(1006);
    expect(status()).toMatchObject({ attempt: 4, detail: "The connection was lost." });
    vi.advanceTimersByTime(5000);
    socket().accept();
    expect(status()).toMatchObject({ kind: "reconnecting", attempt: 4 });
    socket().frame({ type: "A" });
    expect(status()).toMatchObject({ kind: "live", attempt: 4 });
    socket().frame({ type: "ReplayDoneMessage" });
    expect(status()).toMatchObject({ kind: "live", attempt: 0 });
    socket().end(1001);
    expect(status()).toMatchObject({ attempt: 1, detail: "The server was stopped." });
    expect(status().nextRetryAt! - Date.now()).toBe(250);
  });

  it("retries at once when network or page are back, but only if it was waiting", () => {
    connectAndReplay();
    connection.wake();
    expect(sockets).toHaveLength(1);
    socket().end(1006);
    connection.wake();
    expect(sockets).toHaveLength(2);
    connection.wake();
    vi.advanceTimersByTime(4000);
    expect(sockets).toHaveLength(2);
  });

  it("drops the backlog of the old connection", () => {
    connect();
    socket().accept();
    for (const type of ["A", "B", "C"]) socket().frame({ type });
    expect(batches.map(types)).toEqual([["A"], ["B"]]);
    socket().end(1006);
    vi.advanceTimersByTime(250);
    socket().accept();
    socket().frame({ type: "D" });
    connection.applied();
    connection.applied();
    expect(batches.map(types)).toEqual([["A"], ["B"], ["D"]]);
    expect(opened).toBe(2);
  });

  it("ignores events of a socket that it has detached", () => {
    connectAndReplay();
    const old = socket();
    const onmessage = old.onmessage;
    old.onmessage?.({ data: "text" });
    expect(old.onmessage).toBeNull();
    expect(onmessage).not.toBeNull();
    old.end(1006);
    expect(status().attempt).toBe(1);
  });
});

describe("how a connection ends", () => {
  it("offers the server's version if that is 1.1.x, at once", () => {
    connect();
    socket().accept("viser-v1.1.1");
    socket().end(1002, "Version mismatch. Client: 1.1.1, Server: 1.1.7");
    expect(sockets).toHaveLength(2);
    expect(socket().protocols).toEqual(["viser-go.v1", "viser-v1.1.7", "resume.v1"]);
    expect(statuses.some((s) => s.kind === "live" || s.kind === "closed")).toBe(false);
    socket().accept("viser-v1.1.7");
    socket().frame({ type: "ReplayDoneMessage" });
    expect(status()).toMatchObject({ kind: "live", dialect: "viser-v1.1.7" });
    // The version is kept for later attempts.
    socket().end(1001);
    vi.advanceTimersByTime(250);
    expect(socket().protocols).toEqual(["viser-go.v1", "viser-v1.1.7", "resume.v1"]);
  });

  it.each(["1.0.21", "2.0.0", "1.1", "1.1.x", "1.10.1", "1.1.1; rm"])(
    "stops with a reason at version %s",
    (version) => {
      connect();
      socket().accept();
      socket().end(1002, `Version mismatch. Client: 1.1.1, Server: ${version}`);
      expect(status().kind).toBe("closed");
      expect(status().detail).toContain("this page speaks viser 1.1");
      vi.advanceTimersByTime(60_000);
      expect(sockets).toHaveLength(1);
      connection.wake();
      expect(sockets).toHaveLength(1);
      connection.retry();
      expect(sockets).toHaveLength(2);
    },
  );

  it("does not retry forever with a server that refuses its own version", () => {
    connect();
    socket().end(1002, "Version mismatch. Client: unknown, Server: 1.1.1");
    expect(status().kind).toBe("closed");
    expect(sockets).toHaveLength(1);
  });

  it.each<[number, string, RegExp]>([
    [1000, "", /ended the connection\.$/],
    [1001, "", /was stopped/],
    [1002, "bad frame", /protocol violation \(bad frame\)/],
    [1008, "", /refused/],
    [1009, "", /too large for the server/],
    [1011, "", /had an error/],
    [4001, "no progress for 30 s", /received nothing for too long \(no progress for 30 s\)/],
    [4002, "type is missing", /could not read what this page sent \(type is missing\)/],
    [4003, "too many from this address", /full.*\(too many from this address\)/],
    [4999, "odd", /code 4999 \(odd\)/],
  ])("explains close code %i and retries", (code, reason, detail) => {
    connectAndReplay();
    socket().end(code, reason);
    expect(status().kind).toBe("reconnecting");
    expect(status().detail).toMatch(detail);
    vi.advanceTimersByTime(250);
    expect(sockets).toHaveLength(2);
  });

  it.each<[string, RegExp]>([
    ["the access was revoked", /^Your access to this viewer was revoked\. Ask .* new link\.$/],
    ["the access has expired", /^Your access to this viewer has expired\. Ask .* new link\.$/],
  ])("stops when %s", (reason, detail) => {
    connectAndReplay();
    socket().end(4005, reason);
    expect(status().kind).toBe("closed");
    expect(status().detail).toMatch(detail);
    vi.advanceTimersByTime(600_000);
    connection.wake();
    expect(sockets).toHaveLength(1);
    connection.retry();
    expect(sockets).toHaveLength(2);
  });

  it.each<[string, string]>([
    ["", "The program has disconnected this page."],
    ["the demo is over", "The program has disconnected this page (the demo is over)."],
  ])("stops when the program ends it, with the reason %j", (reason, detail) => {
    connectAndReplay();
    socket().end(4007, reason);
    expect(status()).toMatchObject({ kind: "closed", detail });
    vi.advanceTimersByTime(600_000);
    expect(sockets).toHaveLength(1);
    connection.retry();
    expect(sockets).toHaveLength(2);
  });

  it.each<[string, unknown]>([
    ["a text", "hello"],
    ["garbage", new TextEncoder().encode("{").buffer],
  ])("closes with 4002 at %s, and retries with growing delays", (_, data) => {
    connect();
    for (const wait of [250, 500, 1000]) {
      const current = socket();
      current.accept();
      current.onmessage?.({ data });
      expect(current.closedWith?.[0]).toBe(4002);
      const reason = current.closedWith?.[1] ?? "";
      expect(reason).toMatch(/^cannot read a frame: /);
      expect(new TextEncoder().encode(reason).length).toBeLessThanOrEqual(123);
      expect(status().kind).toBe("reconnecting");
      expect(status().detail).toMatch(/sent something that this page cannot read/);
      vi.advanceTimersByTime(wait);
      expect(socket()).not.toBe(current);
    }
  });
});

describe("a page that is slower than the server", () => {
  it("has two batches in flight, and the rest merged into one", () => {
    connectAndReplay();
    batches.length = 0;
    for (const type of ["A", "B", "C", "D"]) socket().frame({ type });
    expect(batches.map(types)).toEqual([["A"], ["B"]]);
    connection.applied();
    expect(batches.map(types)).toEqual([["A"], ["B"], ["C", "D"]]);
    connection.applied();
    connection.applied();
    socket().frame({ type: "E" });
    expect(batches.map(types).at(-1)).toEqual(["E"]);
  });

  it("receives only the last of many poses", () => {
    connectAndReplay();
    batches.length = 0;
    for (let n = 0; n < 20_000; n++) {
      socket().frame({ type: "SetPositionMessage", name: "/a", owner: "", position: [n, 0, 0] });
    }
    connection.applied();
    expect(batches).toHaveLength(3);
    expect(batches[2]?.messages).toMatchObject([{ position: [19_999, 0, 0] }]);
  });
});

describe("sending", () => {
  it("drops messages while there is no connection", () => {
    connect();
    connection.send(click);
    socket().accept();
    connection.send(camera(1));
    expect(socket().sent).toEqual([JSON.stringify(camera(1))]);
    socket().end(1006);
    connection.send(click);
    vi.advanceTimersByTime(250);
    socket().accept();
    expect(socket().sent).toEqual([]);
  });

  it("removes extension fields for upstream servers", () => {
    const plain = { type: "SceneNodeClickMessage", name: "/box" };
    const withHit = { ...plain, hit_position: [1, 2, 3] } as unknown as ClientMessage;
    for (const [dialect, want] of [
      ["viser-go.v1", withHit],
      ["viser-v1.1.1", plain],
    ] as const) {
      connect();
      socket().accept(dialect);
      connection.send(withHit);
      expect(socket().sent).toEqual([JSON.stringify(want)]);
      connection.dispose();
    }
  });

  it("holds only the newest camera while the socket's buffer is full", () => {
    connectAndReplay();
    socket().bufferedAmount = 1e6;
    connection.send(camera(1));
    connection.send(camera(2));
    connection.send(click);
    expect(socket().sent).toEqual([JSON.stringify(click)]);
    vi.advanceTimersByTime(50);
    expect(socket().sent).toHaveLength(1);
    connection.send(camera(3));
    socket().bufferedAmount = 0;
    vi.advanceTimersByTime(50);
    expect(socket().sent).toEqual([JSON.stringify(click), JSON.stringify(camera(3))]);
  });
});

describe("a session that can be continued", () => {
  const sent = () => socket().sent.map((text) => JSON.parse(text) as { type: string });
  const own = () => sent().filter((m) => m.type !== "SessionAckMessage");
  function begin(): void {
    connect();
    socket().accept();
    socket().frame(session(), { type: "ReplayDoneMessage", cursor: "10" });
    connection.applied();
  }
  function comeBack(over: object = {}): void {
    vi.advanceTimersByTime(status().nextRetryAt! - Date.now());
    socket().accept();
    socket().frame(session({ resumed: true, ...over }), { type: "B", cursor: "12" });
  }

  it("confirms the first frame at once, later ones after a second", () => {
    begin();
    expect(sent()).toEqual([{ type: "SessionAckMessage", cursor: "10", ping: 0 }]);
    socket().frame({ type: "A", cursor: "11" });
    expect(sent()).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(sent()[1]).toEqual({ type: "SessionAckMessage", cursor: "11", ping: 0 });
    vi.advanceTimersByTime(3000);
    expect(sent()).toHaveLength(2);
  });

  it("continues where it was, without a replay", () => {
    begin();
    socket().frame({ type: "A", cursor: "11" });
    socket().end(1006);
    expect(status()).toMatchObject({ kind: "reconnecting", resumable: true });
    expect(status().detail).toBe(
      "The connection was lost. Your session continues if it comes back within 30 s.",
    );
    comeBack();
    expect(socket().protocols[2]).toBe("resume.v1.3-secret.11");
    expect([opened, resumed]).toEqual([1, 1]);
    connection.applied();
    connection.applied();
    expect(batches.map(types)).toEqual([
      ["SessionMessage", "ReplayDoneMessage"],
      ["A"],
      ["SessionMessage", "B"],
    ]);
    expect(status()).toMatchObject({ kind: "live", attempt: 0 });
  });

  it("promises nothing after the server was stopped, and offers its session nevertheless", () => {
    begin();
    socket().end(1001);
    expect(status()).toMatchObject({ resumable: false, detail: "The server was stopped." });
    vi.advanceTimersByTime(status().nextRetryAt! - Date.now());
    expect(socket().protocols[2]).toBe("resume.v1.3-secret.10");
    socket().end(1006);
    expect(status().detail).not.toContain("session");
    vi.advanceTimersByTime(status().nextRetryAt! - Date.now());
    socket().accept();
    socket().frame(session({ epoch: "f" }), { type: "ReplayDoneMessage", cursor: "1" });
    connection.applied();
    socket().end(1006);
    expect(status()).toMatchObject({ resumable: true });
  });

  it("sends again what the server has not received, each message once", () => {
    begin();
    connection.send(camera(1));
    connection.send(click);
    connection.send(camera(2));
    socket().end(1006);
    comeBack({ received: 2 }); // the confirmation and the first camera
    expect(own()).toEqual([click, camera(2)]);
    // After another loss nothing is forgotten, or sent twice.
    socket().end(1006);
    comeBack({ received: 3 });
    expect(own()).toEqual([camera(2)]);
  });

  it("does not send an action again that was made long before, and says so", () => {
    begin();
    const value = {
      type: "GuiUpdateMessage",
      uuid: "u",
      updates: { value: 1 },
      revision: 4,
    } as ClientMessage;
    connection.send(click);
    connection.send(value);
    vi.advanceTimersByTime(LATE_MS - 3000);
    connection.send(camera(1));
    socket().end(1006);
    comeBack({ received: 1 });
    expect(own()).toEqual([click, value, camera(1)]);
    expect(unsent).toEqual([]);
    vi.advanceTimersByTime(LATE_MS);
    socket().end(1006);
    comeBack({ received: 1 });
    expect(own()).toEqual([value, camera(1)]);
    expect(unsent).toEqual([click]);
  });

  it("keeps values that the page sends before it knows of the loss, and drops clicks", () => {
    begin();
    socket().end(1006);
    const value = { type: "GuiUpdateMessage", uuid: "u", updates: { value: 1 } } as const;
    connection.send({ ...value, revision: 4 } as ClientMessage);
    expect(unsent).toEqual([]);
    connection.send(value as ClientMessage);
    expect(unsent).toEqual([value]);
    comeBack({ received: 1 });
    expect(own()).toEqual([{ ...value, revision: 4 }]);
  });

  it("forgets what the server has confirmed", () => {
    begin();
    for (let n = 0; n < 10; n++) connection.send(camera(n));
    socket().frame({ type: "SessionReceivedMessage", received: 9, ping: 0, cursor: "11" });
    socket().end(1006);
    comeBack({ received: 9 });
    expect(own()).toEqual([camera(8), camera(9)]);
  });

  it("keeps parts of files while there is no connection, and drops clicks", () => {
    begin();
    socket().end(1006);
    const part = {
      type: "FileTransferPart",
      part_index: 1,
      content: new Uint8Array(2),
    } as ClientMessage;
    connection.send(part);
    connection.send(click);
    comeBack({ received: 1 });
    expect(own().map((m) => m.type)).toEqual(["FileTransferPart"]);
  });

  it("begins anew with a server that was restarted, and says so", () => {
    begin();
    connection.send(click);
    socket().end(1006);
    comeBack({ resumed: false, epoch: "f", resume: "0-other" });
    expect([opened, resumed]).toEqual([2, 0]);
    expect(own()).toEqual([]);
    expect(status().note).toBe("Connected again, in a new session: the server was restarted.");
    socket().end(1006);
    vi.advanceTimersByTime(status().nextRetryAt! - Date.now());
    expect(socket().protocols[2]).toBe("resume.v1.0-other.12");
  });

  it("says with which code the server ended a connection that this page could not read", () => {
    begin();
    socket().end(1006);
    comeBack({ ended: 4001 });
    expect(status().note).toBe(
      "Connected again. The session continues. The server dropped this page, which received nothing for too long.",
    );
    socket().end(1006);
    comeBack();
    expect(status().note).toBeUndefined();
  });

  it("hopes for the session no longer than the server keeps it", () => {
    begin();
    socket().end(1006);
    vi.advanceTimersByTime(29_000);
    expect(status().resumable).toBe(true);
    for (let n = 0; n < 10; n++) {
      vi.advanceTimersByTime(5000);
      socket().end(1006);
    }
    expect(status()).toMatchObject({ kind: "reconnecting", resumable: false });
    expect(status().detail).not.toMatch(/session/);
  });

  it("is not continued in two pages", () => {
    begin();
    socket().end(4010, "another page continues this session");
    expect(status().kind).toBe("closed");
    expect(status().detail).toMatch(/Another page continues this session/);
    connection.retry();
    expect(socket().protocols[2]).toBe("resume.v1");
  });

  it("offers the secret of before a reload, and keeps the one that the server allows to keep", () => {
    connect();
    socket().accept();
    socket().frame(session({ keep_on_reload: true }), { type: "A", cursor: "1" });
    expect(kept).toEqual(["3-secret"]);
    socket().end(1006);
    comeBack();
    expect(kept).toEqual(["3-secret", ""]);
  });

  it("replaces a connection that does not respond", () => {
    begin();
    socket().frame({ type: "SessionReceivedMessage", received: 1, ping: 0, cursor: "10" });
    vi.advanceTimersByTime(19_000);
    expect(sent().some((m) => (m as { ping?: number }).ping === 1)).toBe(false);
    vi.advanceTimersByTime(2_000);
    expect(sent().some((m) => (m as { ping?: number }).ping === 1)).toBe(true);
    socket().frame({ type: "SessionReceivedMessage", received: 3, ping: 1, cursor: "11" });
    vi.advanceTimersByTime(5_000);
    expect(status().kind).toBe("live");
    connection.send(click);
    vi.advanceTimersByTime(9_000);
    expect(status()).toMatchObject({ kind: "reconnecting", resumable: true });
    expect(status().detail).toMatch(/^The connection does not respond/);
    // Without the code a server that receives this late would take it for a page that was closed.
    expect(sockets.at(-1)!.closedWith).toEqual([4000, "no response"]);
  });

  it("asks for the whole state as the same client if it cannot show what it is sent", () => {
    begin();
    socket().frame({ type: "A", cursor: "11" });
    socket().end(4001, "stalled");
    comeBack();
    expect(socket().protocols[2]).toBe("resume.v1.3-secret.11");
  });
});

describe("large arrays", () => {
  const WITH_FETCHES = ["viser-go.v1.blobs", "viser-go.v1", "viser-v1.1.1"];
  const FRAMES_ONLY = ["viser-go.v1", "viser-v1.1.1"];
  const cloud = (points: unknown) => ({
    type: "PointCloudMessage",
    name: "/c",
    owner: "",
    props: { points },
  });
  const announced = { ...cloud({}), props: {}, pending: true, fresh: false };
  let fetches: { path: string; client: number }[];
  let response: () => Response;
  const failing = () => new Response(null, { status: 502 });

  /** A session whose first cloud is to be fetched. */
  async function begin(first: { type: string } = session()): Promise<void> {
    fetches = [];
    connect(async (path, _, client) => {
      fetches.push({ path, client });
      return response();
    });
    socket().accept("viser-go.v1.blobs");
    socket().frame(first, cloud(toFetch), { type: "ReplayDoneMessage", cursor: "10" });
    connection.applied();
    await vi.advanceTimersByTimeAsync(0);
  }
  const passed = () => batches.flatMap((batch) => batch.messages);

  it("are fetched beside the connection, and then shown", async () => {
    response = () => new Response(new Uint8Array([1, 2, 3, 4]));
    await begin();
    expect(socket().protocols.slice(0, 3)).toEqual(WITH_FETCHES);
    expect(status()).toMatchObject({ kind: "live", dialect: "viser-go.v1" });
    expect(fetches).toEqual([{ path: "blob/id", client: 3 }]);
    expect(passed()[1]).toEqual(announced);
    expect(passed()[3]).toEqual(cloud(new Uint8Array([1, 2, 3, 4])));
  });

  it("are in the frames of a second connection if they cannot be fetched", async () => {
    response = failing;
    await begin();
    const first = socket();
    await vi.advanceTimersByTimeAsync(1000);
    expect(fetches).toHaveLength(2);
    // Without a network fetches fail as well: a frame shows that there is one.
    const [ask] = first.sent.slice(-1).map((text) => JSON.parse(text) as object);
    expect(ask).toEqual({ type: "SessionAckMessage", cursor: "10", ping: 1 });
    expect(first.closedWith).toBeNull();
    first.frame({ type: "SessionReceivedMessage", received: 2, ping: 1, cursor: "10" });
    expect(first.closedWith).toEqual([4000, "arrays cannot be fetched"]);

    // At once, as the same client, with the whole state again.
    expect(sockets).toHaveLength(2);
    expect(socket().protocols).toEqual([...FRAMES_ONLY, "resume.v1.3-secret.all"]);
    expect(status()).not.toHaveProperty("nextRetryAt");
    socket().accept("viser-go.v1");
    socket().frame(session(), cloud([1, 2]), { type: "ReplayDoneMessage", cursor: "11" });
    connection.applied();
    expect(passed().at(-2)).toEqual(cloud([1, 2]));
    expect(status()).toMatchObject({ kind: "live", attempt: 0 });
    expect(status()).not.toHaveProperty("arrays");
    expect(status()).not.toHaveProperty("note");

    // It stays with that.
    socket().end(1006);
    await vi.advanceTimersByTimeAsync(status().nextRetryAt! - Date.now());
    expect(socket().protocols).toEqual([...FRAMES_ONLY, "resume.v1.3-secret.11"]);
    expect(fetches).toHaveLength(2);
  });

  it("are in the frames at once if the server cannot be asked whether the network is there", async () => {
    response = failing;
    await begin({ type: "A" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(sockets).toHaveLength(2);
    expect(socket().protocols).toEqual([...FRAMES_ONLY, "resume.v1"]);
  });

  it("are fetched again after the network was gone", async () => {
    response = failing;
    await begin();
    await vi.advanceTimersByTimeAsync(1000);
    expect(fetches).toHaveLength(2);
    socket().end(1006);
    await vi.advanceTimersByTimeAsync(status().nextRetryAt! - Date.now());
    expect(socket().protocols).toEqual([...WITH_FETCHES, "resume.v1.3-secret.10"]);
    socket().accept("viser-go.v1.blobs");
    socket().frame(session({ resumed: true }), { type: "B", cursor: "11" });
    connection.applied();
    await vi.advanceTimersByTimeAsync(0);
    expect(fetches).toHaveLength(3);
    // What failed before that does not count.
    response = () => new Response(new Uint8Array([1, 2, 3, 4]));
    socket().frame({ type: "C", cursor: "12" });
    await vi.advanceTimersByTimeAsync(1000);
    connection.applied();
    expect(fetches).toHaveLength(4);
    expect(passed().at(-1)).toEqual(cloud(new Uint8Array([1, 2, 3, 4])));
    expect(sockets).toHaveLength(2);
  });
});
