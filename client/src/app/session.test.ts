// @vitest-environment jsdom
import { beforeEach, describe, expect, it, type Mock, vi } from "vitest";
import type { SceneView, ServerMessage, TimelineState } from "../contract";
import { Session, type Wire } from "./session";

type Loose = { type: string; [key: string]: unknown };

let log: string[];
let wire: { send: Mock<Wire["send"]>; retry: Mock<Wire["retry"]> };
let session: Session;
const warn = vi.spyOn(console, "warn");

function view(name: string) {
  return {
    apply: (messages: readonly ServerMessage[]) =>
      void log.push(`${name} ${messages.map((m) => m.type).join("+")}`),
    replayStart: () => void log.push(`${name} start`),
    replayDone: () => void log.push(`${name} done`),
    dispose: () => {},
  };
}
const scene = (over: object = {}) => ({ ...view("scene"), ...over }) as unknown as SceneView;

function batch(...messages: Loose[]): void {
  session.onBatch({
    messages: messages as unknown as ServerMessage[],
    bytes: 1_500_000,
    bytesBehind: 0,
    malformed: 0,
  });
}
function open(): void {
  session.onStatus({ kind: "live", detail: "Connected.", dialect: "viser-go.v1", attempt: 0 });
  session.onOpen();
}

beforeEach(() => {
  log = [];
  wire = { send: vi.fn(), retry: vi.fn() };
  session = new Session("ws://h/", () => wire, false);
  session.setViews(scene(), view("gui"));
  warn.mockReset().mockImplementation(() => {});
});

describe("a user who may only look", () => {
  const hello = (role: string) => ({ type: "SessionMessage", role, name: "alice" });

  it("sends only what the server has an effect for", () => {
    const told: boolean[] = [];
    session.setViews(scene({ setReadOnly: (v: boolean) => void told.push(v) }), view("gui"));
    open();
    batch(hello("view"), { type: "ReplayDoneMessage" });
    expect(session.connection.get()).toMatchObject({ readOnly: true, user: "alice" });
    wire.send.mockClear();
    for (const type of [
      "GuiUpdateMessage",
      "SceneNodeClickMessage",
      "ViewerCameraMessage",
      "GetRenderResponseMessage",
    ]) {
      session.send({ type } as never);
    }
    expect(wire.send.mock.calls.map(([m]) => m.type)).toEqual([
      "ViewerCameraMessage",
      "GetRenderResponseMessage",
    ]);
    // With another link the user may do everything.
    open();
    batch(hello("operate"));
    expect(session.connection.get().readOnly).toBeUndefined();
    wire.send.mockClear();
    session.send({ type: "GuiUpdateMessage" } as never);
    expect(wire.send).toHaveBeenCalledTimes(1);
    expect(told).toEqual([true, false]);
  });

  it("may do everything on a server that knows no roles", () => {
    open();
    batch(hello("view"));
    session.onStatus({ kind: "reconnecting", detail: "", attempt: 1 });
    session.onStatus({ kind: "live", detail: "Connected.", dialect: "viser-v1.1.1", attempt: 0 });
    session.onOpen();
    wire.send.mockClear();
    session.send({ type: "GuiUpdateMessage" } as never);
    expect(wire.send).toHaveBeenCalledTimes(1);
  });
});

describe("files for the program", () => {
  const takes = { type: "FileDropMessage", enabled: true, max_bytes: 9, types: [".a"], hint: "h" };
  const done = { type: "ReplayDoneMessage" };
  beforeEach(() => session.setViews(scene(), view("gui")));

  it("are taken until it says otherwise, or another program takes none", () => {
    open();
    batch(takes, done);
    expect(session.takenFiles.get()).toEqual({ maxBytes: 9, types: [".a"], hint: "h" });
    batch({ ...takes, enabled: false });
    expect(session.takenFiles.get()).toBeNull();
    batch(takes);
    session.onResume();
    expect(session.takenFiles.get()).not.toBeNull();
    open();
    expect(session.takenFiles.get()).not.toBeNull();
    batch(done);
    expect(session.takenFiles.get()).toBeNull();
  });

  it("are taken only of users who may operate, of what is live", () => {
    open();
    batch({ type: "SessionMessage", role: "view", name: "" }, takes, done);
    expect(session.takenFiles.get()).toBeNull();
    batch({ type: "SessionMessage", role: "operate", name: "" });
    expect(session.takenFiles.get()).not.toBeNull();
    batch({ type: "TimelineMessage", enabled: true, following: false });
    expect(session.takenFiles.get()).toBeNull();
    batch({ type: "TimelineMessage", enabled: true, following: true });
    expect(session.takenFiles.get()).not.toBeNull();
  });

  it("are of no recording", () => {
    session = new Session("a.viser", () => wire, false, true);
    batch(takes);
    expect(session.takenFiles.get()).toBeNull();
  });
});

describe("a recording", () => {
  const done = { type: "ReplayDoneMessage" };
  let told: boolean[];
  const commands: unknown[] = [];
  beforeEach(() => {
    told = [];
    commands.length = 0;
    const recording = { ...wire, command: (c: unknown) => void commands.push(c) };
    session = new Session("a.viser", () => recording, false, true);
    session.setViews(scene({ setReadOnly: (v: boolean) => void told.push(v) }), view("gui"));
  });

  it("has no live controls from the start, and sends nothing that a user does", () => {
    expect(session.connection.get()).toMatchObject({
      kind: "connecting",
      detail: "Opening the recording …",
      server: "a.viser",
      notLive: "recording",
    });
    session.onStatus({ kind: "live", detail: "a.viser", attempt: 0 });
    session.onOpen();
    batch(done);
    expect(told.every(Boolean)).toBe(true);
    expect(told.length).toBeGreaterThan(0);
    session.send({ type: "GuiUpdateMessage" } as never);
    expect(wire.send).not.toHaveBeenCalled();
    expect(session.connection.get()).toMatchObject({ kind: "live", notLive: "recording" });
    expect(session.connection.get().readOnly).toBeUndefined();
  });

  it("changes nothing outside of the page, and says nothing of roles and times", () => {
    session.onStatus({ kind: "live", detail: "a.viser", attempt: 0 });
    session.onOpen();
    log = [];
    localStorage.clear();
    batch(
      { type: "LocalStorageSetItemMessage", key: "a", value: "b" },
      { type: "FileTransferStartDownload" },
      { type: "GetRenderRequestMessage" },
      { type: "SessionMessage", role: "view", name: "mallory" },
      { type: "TimelineMessage", enabled: true, following: true },
      { type: "BoxMessage" },
    );
    expect(log).toEqual(["scene BoxMessage", "gui BoxMessage"]);
    expect(localStorage).toHaveLength(0);
    expect(session.connection.get().user).toBeUndefined();
    expect(session.timeline.get()).toBeNull();
  });

  it("has its own timeline", () => {
    const state = { mode: "recording", from: 0, to: 9, time: 0 } as TimelineState;
    session.onPlayback(state);
    expect(session.timeline.get()).toBe(state);
    session.timeline.refresh();
    session.timeline.seek(3);
    session.timeline.follow();
    session.timeline.play();
    expect(commands).toEqual([{ do: "seek", time: 3 }, { do: "play" }]);
    batch(done);
    expect(session.timeline.get()).not.toBeNull();
  });
});

describe("a server's timeline", () => {
  const past = {
    type: "TimelineMessage",
    enabled: true,
    from: 0,
    to: 20,
    time: 5,
    playing: false,
    speed: 1,
    loop: false,
    following: false,
    program: true,
    span: 0,
  };
  const live = { ...past, following: true, time: 20 };
  const done = { type: "ReplayDoneMessage" };
  let told: boolean[];
  beforeEach(() => {
    told = [];
    session.setViews(scene({ setReadOnly: (v: boolean) => void told.push(v) }), view("gui"));
    open();
    batch(live, done);
    told = [];
    wire.send.mockClear();
  });

  it("has no live controls in the past, and has them again on return", () => {
    expect(session.timeline.get()).toMatchObject({ mode: "live", following: true, to: 20 });
    session.timeline.seek(5);
    expect(wire.send.mock.calls).toEqual([
      [{ type: "TimelineControlMessage", command: "seek", value: 5 }],
    ]);
    batch(past);
    expect(session.connection.get()).toMatchObject({ notLive: "past" });
    expect(session.timeline.get()).toMatchObject({ following: false, time: 5 });
    wire.send.mockClear();
    session.send({ type: "GuiUpdateMessage" } as never);
    expect(wire.send).not.toHaveBeenCalled();
    session.send({ type: "ViewerCameraMessage" } as never);
    session.timeline.follow();
    expect(wire.send.mock.calls.map(([m]) => m.type)).toEqual([
      "ViewerCameraMessage",
      "TimelineControlMessage",
    ]);
    batch(live);
    expect(session.connection.get().notLive).toBeUndefined();
    expect(told).toEqual([true, false]);
    session.send({ type: "GuiUpdateMessage" } as never);
    expect(wire.send).toHaveBeenLastCalledWith({ type: "GuiUpdateMessage" });
  });

  it("does not give controls to who may only look", () => {
    batch({ type: "SessionMessage", role: "view", name: "" }, past, live);
    expect(told).toEqual([true, true, true]);
  });

  it("ends with a server that has none, after its replay", () => {
    batch(past);
    open();
    expect(session.timeline.get()).not.toBeNull();
    batch(done);
    expect(session.timeline.get()).toBeNull();
    expect(session.connection.get().notLive).toBeUndefined();
    open();
    batch(live, done);
    batch({ ...live, enabled: false });
    expect(session.timeline.get()).toBeNull();
  });
});

describe("without a connection", () => {
  it("the panel learns what was not sent, such as a click in the scene", () => {
    const unsent: string[] = [];
    session.setViews(scene(), { ...view("gui"), unsent: (m) => void unsent.push(m.type) });
    open();
    const click = { type: "SceneNodeClickMessage" } as never;
    session.send(click);
    expect(unsent).toEqual([]);
    // The connection may keep it.
    session.onStatus({ kind: "reconnecting", detail: "", attempt: 1, resumable: true });
    session.send(click);
    expect(unsent).toEqual([]);
    session.onUnsent(click);
    session.onStatus({ kind: "reconnecting", detail: "", attempt: 1 });
    session.send(click);
    expect(unsent).toEqual(["SceneNodeClickMessage", "SceneNodeClickMessage"]);
  });
});

describe("replay", () => {
  it("begins with each connection and ends at the message that ends it", () => {
    open();
    batch({ type: "FrameMessage" }, { type: "GuiTextMessage" });
    expect(session.connection.get()).toMatchObject({
      kind: "live",
      replaying: true,
      detail: "Loading the scene, 1.5 MB so far …",
    });
    batch({ type: "BoxMessage" }, { type: "ReplayDoneMessage" }, { type: "FogMessage" });
    expect(log).toEqual([
      "scene start",
      "gui start",
      "scene FrameMessage+GuiTextMessage",
      "gui FrameMessage+GuiTextMessage",
      "scene BoxMessage",
      "gui BoxMessage",
      "scene done",
      "gui done",
      "scene FogMessage",
      "gui FogMessage",
    ]);
    expect(session.connection.get()).toMatchObject({ replaying: false, detail: "Connected." });
  });

  it("has not ended right after the connection was established", () => {
    for (let i = 0; i < 2; i++) {
      session.onStatus({ kind: "live", detail: "Connected.", dialect: "viser-go.v1", attempt: 0 });
      expect(session.connection.get()).toMatchObject({ kind: "live", replaying: true });
      session.onOpen();
      batch({ type: "ReplayDoneMessage" });
      session.onStatus({ kind: "live", detail: "Connected.", dialect: "viser-go.v1", attempt: 0 });
      expect(session.connection.get()).toMatchObject({ kind: "live", replaying: false });
      session.onStatus({ kind: "retrying", detail: "Gone.", attempt: 1 } as never);
    }
  });

  it("sends the camera once per connection, even if the scene does not move", () => {
    const camera = { type: "ViewerCameraMessage", fov: 1 } as never;
    session.send(camera);
    expect(wire.send).not.toHaveBeenCalled();
    open();
    expect(wire.send.mock.calls).toEqual([[camera]]);
    session.setViews(scene({ replayStart: () => session.send(camera) }), view("gui"));
    open();
    expect(wire.send).toHaveBeenCalledTimes(2);
  });
});

describe("the page's own messages", () => {
  it("never runs a script, and warns once", () => {
    open();
    const script = { type: "RunJavascriptMessage", source: "globalThis.pwned = true" };
    batch(script, script, { type: "FogMessage" });
    expect(session.counts.scripts).toBe(2);
    expect("pwned" in globalThis).toBe(false);
    expect(log.slice(2)).toEqual(["scene FogMessage", "gui FogMessage"]);
    expect(warn).toHaveBeenCalledOnce();
  });

  it("counts unknown messages, and continues", () => {
    open();
    batch({ type: "Later" }, { type: "constructor" }, { type: "FogMessage" }, { type: "Later" });
    expect(session.counts.unknown).toBe(3);
    expect(log.slice(2)).toEqual(["scene FogMessage", "gui FogMessage"]);
    expect(warn).toHaveBeenCalledTimes(2);
  });

  it("applies the theme and passes it on", () => {
    const dark = vi.fn();
    session.dark.subscribe(dark);
    open();
    batch({ type: "ThemeConfigurationMessage", dark_mode: true, show_logo: false });
    expect(dark).toHaveBeenCalledWith(true);
    expect(session.showLogo.get()).toBe(false);
    expect(log.at(-1)).toBe("gui ThemeConfigurationMessage");
  });

  it("resets the theme if the server has none after a restart", () => {
    open();
    batch({ type: "ThemeConfigurationMessage", dark_mode: true, show_logo: false });
    batch({ type: "ReplayDoneMessage" });
    expect(session.dark.get()).toBe(true);
    open();
    expect(session.dark.get()).toBe(true);
    batch({ type: "ReplayDoneMessage" });
    expect(session.dark.get()).toBe(false);
    expect(session.showLogo.get()).toBe(true);
  });

  it("stays dark if the URL sets it", () => {
    session = new Session("ws://h/", () => wire, true);
    open();
    batch({ type: "ThemeConfigurationMessage", dark_mode: false, show_logo: true });
    batch({ type: "ReplayDoneMessage" });
    expect(session.dark.get()).toBe(true);
  });

  it("responds to requests for the browser's storage", () => {
    open();
    batch({ type: "LocalStorageGetItemRequestMessage", key: "k", request_uuid: "r" });
    expect(wire.send.mock.calls[0]?.[0]).toMatchObject({ value: null, request_uuid: "r" });
    expect(log).toHaveLength(2);
  });
});

describe("failures", () => {
  it("of one view do not affect the other one or later messages", () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const fail = () => {
      throw new Error("boom");
    };
    session.setViews(scene({ apply: fail, replayDone: fail }), view("gui"));
    open();
    batch({ type: "FogMessage" }, { type: "ReplayDoneMessage" });
    expect(log).toEqual(["scene start", "gui start", "gui FogMessage", "gui done"]);
    expect(session.counts.failures).toBe(2);
    expect(error).toHaveBeenCalledTimes(2);
    error.mockRestore();
  });

  it("of the connection are published with its message", () => {
    const seen = vi.fn();
    session.connection.subscribe(seen);
    session.onStatus({ kind: "reconnecting", detail: "Lost.", attempt: 2, nextRetryAt: 5 });
    session.onStatus({ kind: "reconnecting", detail: "Lost.", attempt: 2, nextRetryAt: 5 });
    expect(seen).toHaveBeenCalledOnce();
    expect(session.connection.get()).toEqual({
      kind: "reconnecting",
      detail: "Lost.",
      server: "ws://h/",
      attempt: 2,
      nextRetryAt: 5,
    });
    session.connection.retryNow();
    expect(wire.retry).toHaveBeenCalledOnce();
  });

  it("cause messages sent meanwhile to be dropped", () => {
    open();
    session.onStatus({ kind: "reconnecting", detail: "Lost.", attempt: 1 });
    session.send({ type: "CommandTriggerMessage", uuid: "u" });
    expect(wire.send).not.toHaveBeenCalled();
  });
});
