// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConnectionState, ServerMessage, TimelineState } from "../contract";
import type { ViewerCameraMessage } from "../protocol/messages.gen";
import type { Disposables } from "../shared/disposables";
import { Cell } from "../shared/observable";
import { listenToParent } from "./control";
import { PageTimeline, type TimelineCommand } from "./timeline";

const ORIGIN = "https://example.org";
const STATE: TimelineState = {
  mode: "recording",
  from: 0,
  to: 10,
  time: 1,
  playing: false,
  speed: 1,
  loop: false,
  program: false,
  following: false,
  buffering: false,
  notes: [],
};

interface Told {
  message: Record<string, unknown>;
  origin: string;
}
let told: Told[];
let given: TimelineCommand[];
let applied: ServerMessage[];
let listening: Disposables;
let page: EventTarget & { parent: unknown };
const connection = new Cell<ConnectionState>({ kind: "connecting", detail: "Opening …" });
let timeline: PageTimeline;
const parent = {
  postMessage: (message: Record<string, unknown>, origin: string) =>
    void told.push({ message, origin }),
};

function hear(data: unknown, from: { origin?: string; source?: unknown } = {}): void {
  const event = new Event("message");
  page.dispatchEvent(Object.assign(event, { data, origin: ORIGIN, source: parent, ...from }));
}
const messages = () => told.splice(0).map(({ message }) => message);

function listen(framed = true): void {
  page = Object.assign(new EventTarget(), { parent: parent as unknown });
  if (!framed) page.parent = page;
  const camera = {
    type: "ViewerCameraMessage",
    position: [1, 2, 3],
    look_at: [0, 0, 0],
    up_direction: [0, 0, 1],
    fov: 1.2,
  } as unknown as ViewerCameraMessage;
  listening = listenToParent({
    origin: ORIGIN,
    window: page as unknown as Window,
    session: { connection: { ...connection, retryNow: () => {} }, timeline, camera: () => camera },
    scene: {
      apply: (list) => void applied.push(...list),
      resetView: () => void applied.push({ type: "reset" } as never),
    },
  });
}

beforeEach(() => {
  [told, given, applied] = [[], [], []];
  timeline = new PageTimeline((command) => void given.push(command));
  timeline.report(STATE);
  connection.set({ kind: "connecting", detail: "Opening …" });
  listen();
});
afterEach(() => listening.dispose());

describe("a page in a frame", () => {
  it("tells its state when it is loaded, when it is ready and when it changes", () => {
    connection.set({ kind: "live", detail: "Loading", replaying: true });
    connection.set({ kind: "live", detail: "A recording", replaying: false });
    connection.set({ kind: "live", detail: "A recording", replaying: false, bytesPending: 9 });
    timeline.report({ ...STATE, time: 2, playing: true });
    expect(told.every(({ origin }) => origin === ORIGIN)).toBe(true);
    expect(messages()).toMatchObject([
      { viser: "state", state: { ready: false, detail: "Opening …", timeline: STATE } },
      { viser: "state", state: { ready: false } },
      { viser: "ready", state: { ready: true, detail: "A recording" } },
      { viser: "state", state: { ready: true, timeline: { time: 2, playing: true } } },
    ]);
  });

  it("is controlled in time", () => {
    hear({ viser: "play" });
    hear({ viser: "pause" });
    hear({ viser: "seek", time: 3.5 });
    hear({ viser: "speed", value: 2 });
    hear({ viser: "loop", on: true });
    hear({ viser: "step", direction: -1 });
    timeline.report({ ...STATE, mode: "live" });
    hear({ viser: "live" });
    expect(given).toEqual([
      { do: "play" },
      { do: "pause" },
      { do: "seek", time: 3.5 },
      { do: "speed", value: 2 },
      { do: "loop", on: true },
      { do: "step", direction: -1 },
      { do: "follow" },
    ]);
  });

  it("moves its camera, only in what is named", () => {
    hear({ viser: "camera", position: [1, 2, 3], lookAt: [0, 0, 1], up: [0, 1, 0], fov: 1 });
    hear({ viser: "camera", lookAt: [4, 5, 6] });
    hear({ viser: "resetCamera" });
    const initial = false;
    expect(applied).toEqual([
      { type: "SetCameraUpDirectionMessage", position: [0, 1, 0], initial },
      { type: "SetCameraPositionMessage", position: [1, 2, 3], initial },
      { type: "SetCameraLookAtMessage", look_at: [0, 0, 1], initial },
      { type: "SetCameraFovMessage", fov: 1, initial },
      { type: "SetCameraLookAtMessage", look_at: [4, 5, 6], initial },
      { type: "reset" },
    ]);
  });

  it("answers each command, under its id", () => {
    messages();
    hear({ viser: "state", id: 7 });
    hear({ viser: "pause", id: "p" });
    expect(messages()).toMatchObject([
      {
        viser: "answer",
        id: 7,
        ok: true,
        state: { timeline: STATE },
        camera: { position: [1, 2, 3], lookAt: [0, 0, 0], up: [0, 0, 1], fov: 1.2 },
      },
      { viser: "answer", id: "p", ok: true },
    ]);
  });

  it("is ready with a recording when it has its timeline", () => {
    timeline.report(null);
    connection.set({ kind: "live", detail: "", replaying: false, notLive: "recording" });
    expect(messages().map(({ viser }) => viser)).not.toContain("ready");
    timeline.report(STATE);
    expect(messages()).toMatchObject([{ viser: "ready", state: { ready: true, timeline: STATE } }]);
  });

  it.each([
    [{ viser: "seek" }, "seek needs time: a finite number."],
    [{ viser: "seek", time: Number.NaN }, "seek needs time: a finite number."],
    [{ viser: "speed", value: 100 }, "speed needs a value from 0.1 to 16."],
    [{ viser: "speed", value: 0 }, "speed needs a value from 0.1 to 16."],
    [{ viser: "live" }, "A recording is never live."],
    [{ viser: "loop", on: 1 }, "loop needs on: true or false."],
    [{ viser: "step", direction: 2 }, "step needs direction: 1 or -1."],
    [{ viser: "camera", position: [1, 2] }, "camera needs position as three finite numbers."],
    [{ viser: "camera", fov: 4 }, "fov is in radians, between 0 and pi."],
    [{ viser: "run" }, 'There is no command "run".'],
  ])("says what is wrong with %j", (command, error) => {
    messages();
    hear({ ...command, id: 1 });
    expect(messages()).toEqual([{ viser: "answer", id: 1, ok: false, error }]);
    expect([given, applied]).toEqual([[], []]);
  });

  it("says that there is no timeline", () => {
    timeline.report(null);
    messages();
    hear({ viser: "play" });
    expect(messages()).toMatchObject([{ ok: false, error: "This page has no timeline." }]);
  });

  it("neither listens nor answers to anybody else", () => {
    messages();
    hear({ viser: "play" }, { origin: "https://example.org.evil.org" });
    hear({ viser: "play" }, { origin: "http://example.org" });
    hear({ viser: "play" }, { origin: "null" });
    hear({ viser: "play" }, { source: {} });
    hear({ viser: "play" }, { source: null });
    for (const data of [null, "play", 7, [], {}, { viser: 1 }]) hear(data);
    expect([given, messages()]).toEqual([[], []]);
    listening.dispose();
    hear({ viser: "play" });
    timeline.report({ ...STATE, time: 3 });
    expect([given, messages()]).toEqual([[], []]);
  });

  it("is silent where it is not framed", () => {
    listening.dispose();
    messages();
    listen(false);
    hear({ viser: "play" }, { source: page });
    expect([given, messages()]).toEqual([[], []]);
  });
});
