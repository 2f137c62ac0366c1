// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ClientMessage, ServerMessage } from "../../contract";
import { update, widget } from "../testing/messages";
import { QUIET_MS, QUIET_TYPING_MS } from "./edits";
import { MODALS, PANELS, ROOT } from "./elements";
import { GuiStore, MAX_ELEMENTS } from "./guiStore";

let sent: ClientMessage[];
let store: GuiStore;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  store = new GuiStore((message) => sent.push(message));
  store.replayStart();
  store.replayDone();
});
afterEach(() => {
  store.dispose();
  vi.useRealTimers();
});

function create(...messages: ServerMessage[]): void {
  for (const message of messages) store.create(message);
}

function receive(uuid: string, updates: Record<string, unknown>): void {
  const message = update(uuid, updates);
  if (message.type === "GuiUpdateMessage") store.update(message.uuid, message.updates);
}

const value = (uuid: string) => store.element(uuid)?.value;

/** Loses the connection and replays these messages over a new one. */
function reconnect(...again: ServerMessage[]): void {
  store.disconnected();
  store.replayStart();
  create(...again);
  store.replayDone();
}

describe("containers", () => {
  test("children may be created before their container", () => {
    create(
      widget("GuiTextMessage", "child", { container: "folder" }),
      widget("GuiFolderMessage", "folder"),
    );
    expect(store.children(ROOT)).toEqual(["folder"]);
    expect(store.children("folder")).toEqual(["child"]);
  });

  test("are sorted by order, and by creation if that is equal", () => {
    const at = (uuid: string, order: number) =>
      widget("GuiTextMessage", uuid, { props: { order } });
    create(at("c", 3), at("a", 1), at("b1", 2), at("b2", 2), at("first", Number.NEGATIVE_INFINITY));
    expect(store.children(ROOT)).toEqual(["first", "a", "b1", "b2", "c"]);
    receive("a", { order: 9 });
    expect(store.children(ROOT)).toEqual(["first", "b1", "b2", "c", "a"]);
  });

  test("an order that is not a number counts as 0", () => {
    const at = (uuid: string, order: unknown) =>
      widget("GuiTextMessage", uuid, { props: { order: order as number } });
    create(at("nan", Number.NaN), at("low", -1), at("text", "x"), at("high", 1), at("none", null));
    expect(store.children(ROOT)).toEqual(["low", "nan", "text", "none", "high"]);
  });

  test("the list is the same array until it changes", () => {
    create(widget("GuiTextMessage", "a"));
    const before = store.children(ROOT);
    receive("a", { label: "other" });
    expect(store.children(ROOT)).toBe(before);
    create(widget("GuiTextMessage", "b"));
    expect(store.children(ROOT)).not.toBe(before);
  });

  test("a widget created again in another container leaves its old one", () => {
    create(widget("GuiTextMessage", "a"), widget("GuiTextMessage", "a", { container: "folder" }));
    expect(store.children(ROOT)).toEqual([]);
    expect(store.children("folder")).toEqual(["a"]);
  });

  test("panels and modals have separate containers", () => {
    create(
      { type: "GuiModalMessage", uuid: "m", order: 1, title: "T" },
      {
        type: "GuiPanelMessage",
        uuid: "p",
        props: {
          _tab_labels: [],
          _tab_icons_html: [],
          _tab_container_ids: [],
          order: 0,
          visible: true,
        },
      },
    );
    expect(store.children(MODALS)).toEqual(["m"]);
    expect(store.children(PANELS)).toEqual(["p"]);
    expect(store.children(ROOT)).toEqual([]);
  });
});

describe("updates", () => {
  test("change value and props of one widget, and notify only its subscribers", () => {
    create(widget("GuiSliderMessage", "a"), widget("GuiSliderMessage", "b"));
    store.flush();
    const calls: string[] = [];
    store.watch("a", () => calls.push("a"));
    store.watch("b", () => calls.push("b"));
    store.watchChildren(ROOT, () => calls.push("root"));
    receive("a", { value: 7, label: "new" });
    expect(calls).toEqual([]);
    store.flush();
    expect(calls).toEqual(["a"]);
    expect(store.element("a")).toMatchObject({ value: 7, props: { label: "new", max: 10 } });
  });

  test("many in a frame are notified once", () => {
    create(widget("GuiSliderMessage", "a"));
    const told = vi.fn();
    store.watch("a", told);
    for (let i = 0; i < 1000; i++) receive("a", { value: i });
    vi.advanceTimersByTime(20);
    expect(told).toHaveBeenCalledTimes(1);
    expect(value("a")).toBe(999);
  });

  test("an element is never changed in place", () => {
    create(widget("GuiSliderMessage", "a"));
    const before = store.element("a");
    receive("a", { value: 1 });
    expect(store.element("a")).not.toBe(before);
    expect(before?.value).toBe(5);
  });

  test("for unknown widgets, and malformed ones, have no effect", () => {
    create(widget("GuiSliderMessage", "a"));
    store.update("nobody", { value: 1 });
    store.update("a", null);
    store.update("a", "text");
    store.update(7, { value: 1 });
    store.create({ type: "GuiTextMessage", uuid: 3, props: {} } as unknown as ServerMessage);
    store.create({ type: "GuiTextMessage", uuid: "x", props: null } as unknown as ServerMessage);
    store.create({ type: "GuiTextMessage", uuid: "x", props: {} } as unknown as ServerMessage);
    expect(store.size).toBe(1);
    expect(value("a")).toBe(5);
  });

  test("names of JavaScript's built-in properties are ordinary names", () => {
    create(widget("GuiTextMessage", "__proto__"), widget("GuiTextMessage", "constructor"));
    receive("__proto__", JSON.parse('{"__proto__": {"polluted": true}, "value": "v"}'));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(value("__proto__")).toBe("v");
    expect(store.children(ROOT)).toEqual(["__proto__", "constructor"]);
  });
});

test("removing a widget does not remove its children", () => {
  create(
    widget("GuiFolderMessage", "f"),
    widget("GuiTextMessage", "t", { container: "f" }),
    widget("GuiTextMessage", "u"),
  );
  store.remove("f");
  store.remove("f");
  expect(store.children(ROOT)).toEqual(["u"]);
  expect(store.children("f")).toEqual(["t"]);
});

test("more widgets than the safety limit are not shown", () => {
  for (let i = 0; i < MAX_ELEMENTS + 50; i++) create(widget("GuiDividerMessage", `d${i}`));
  expect(store.size).toBe(MAX_ELEMENTS);
});

describe("a new connection", () => {
  test("keeps the old widgets until the replay is done, then drops those not sent again", () => {
    create(widget("GuiTextMessage", "stays"), widget("GuiTextMessage", "goes"));
    store.disconnected();
    store.replayStart();
    create(widget("GuiTextMessage", "stays"), widget("GuiTextMessage", "new"));
    expect(store.children(ROOT)).toEqual(["stays", "goes", "new"]);
    store.replayDone();
    expect(store.children(ROOT)).toEqual(["stays", "new"]);
  });

  test("a reset within the replay keeps widgets until its end", () => {
    create(widget("GuiTextMessage", "a"));
    store.disconnected();
    store.replayStart();
    create(widget("GuiTextMessage", "b"));
    store.reset();
    expect(store.children(ROOT)).toEqual(["a"]);
    create(widget("GuiTextMessage", "a"));
    store.replayDone();
    expect(store.children(ROOT)).toEqual(["a"]);
  });

  test("a reset at any other time removes everything", () => {
    create(widget("GuiFolderMessage", "f"), widget("GuiTextMessage", "t", { container: "f" }));
    store.reset();
    expect(store.size).toBe(0);
  });

  test("values set without a connection are kept and sent", () => {
    const again = widget("GuiTextMessage", "t", { value: "server" });
    create(again);
    store.disconnected();
    store.edit("t", "mine");
    vi.advanceTimersByTime(60_000);
    expect(sent).toEqual([]);
    reconnect(again);
    expect(value("t")).toBe("mine");
    expect(sent).toEqual([update("t", { value: "mine" })]);
  });

  test("values set for a removed widget are dropped", () => {
    create(widget("GuiTextMessage", "t"));
    store.disconnected();
    store.edit("t", "mine");
    reconnect();
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([]);
  });

  test("applies the server's value if the user has set none", () => {
    create(widget("GuiTextMessage", "t", { value: "old" }));
    reconnect(widget("GuiTextMessage", "t", { value: "new" }));
    expect(value("t")).toBe("new");
  });

  test("clicks are not sent without a connection", () => {
    create(widget("GuiButtonMessage", "b"));
    store.disconnected();
    store.press("b", true);
    reconnect(widget("GuiButtonMessage", "b"));
    expect(sent).toEqual([]);
    store.press("b", true);
    expect(sent).toEqual([update("b", { value: true })]);
  });
});

describe("an edit", () => {
  beforeEach(() => create(widget("GuiSliderMessage", "s"), widget("GuiTextMessage", "t")));

  test("is shown at once and sent", () => {
    const told = vi.fn();
    store.watch("s", told);
    store.edit("s", 8);
    expect(told).toHaveBeenCalledTimes(1);
    expect(value("s")).toBe(8);
    expect(sent).toEqual([update("s", { value: 8 })]);
  });

  test("is not overwritten by its own echo or by older values", () => {
    store.edit("t", "a", QUIET_TYPING_MS);
    vi.advanceTimersByTime(100);
    store.edit("t", "ab", QUIET_TYPING_MS);
    receive("t", { value: "a" });
    expect(value("t")).toBe("ab");
    vi.advanceTimersByTime(100);
    store.edit("t", "abc", QUIET_TYPING_MS);
    receive("t", { value: "abc" });
    vi.advanceTimersByTime(60_000);
    expect(value("t")).toBe("abc");
  });

  test("is replaced by a later value from the server after the user has finished", () => {
    store.edit("t", "abc", QUIET_TYPING_MS);
    vi.advanceTimersByTime(30);
    receive("t", { value: "ABC" });
    expect(value("t")).toBe("abc");
    vi.advanceTimersByTime(QUIET_TYPING_MS);
    expect(value("t")).toBe("ABC");
  });

  test("leaving the field shortens the delay", () => {
    store.edit("t", "abc", QUIET_TYPING_MS);
    receive("t", { value: "ABC" });
    store.leave("t");
    vi.advanceTimersByTime(QUIET_MS + 1);
    expect(value("t")).toBe("ABC");
  });

  test("by dragging defers the server's values until it ends", () => {
    store.beginGesture("s");
    store.edit("s", 6);
    vi.advanceTimersByTime(20_000);
    receive("s", { value: 1 });
    expect(value("s")).toBe(6);
    store.edit("s", 7);
    receive("s", { value: 2 });
    store.endGesture("s");
    expect(value("s")).toBe(7);
    vi.advanceTimersByTime(QUIET_MS + 1);
    expect(value("s")).toBe(2);
  });

  test("that was sent after a value was received is newer", () => {
    store.beginGesture("s");
    store.edit("s", 6);
    store.edit("s", 7); // throttled
    receive("s", { value: 1 });
    store.endGesture("s");
    expect(sent.at(-1)).toEqual(update("s", { value: 7 }));
    vi.advanceTimersByTime(QUIET_MS + 1);
    expect(value("s")).toBe(7);
  });

  test("does not delay the server's values after it has ended", () => {
    store.edit("s", 6);
    vi.advanceTimersByTime(QUIET_MS + 1);
    receive("s", { value: 1 });
    expect(value("s")).toBe(1);
  });

  test("does not defer other properties", () => {
    store.edit("t", "abc", QUIET_TYPING_MS);
    receive("t", { value: "x", disabled: true });
    expect(store.element("t")).toMatchObject({ value: "abc", props: { disabled: true } });
  });

  test("of a fast drag is throttled, and its last value is sent when it ends", () => {
    store.beginGesture("s");
    for (let i = 0; i < 50; i++) {
      store.edit("s", i);
      vi.advanceTimersByTime(4);
    }
    store.edit("s", 99);
    store.endGesture("s");
    expect(sent.at(-1)).toEqual(update("s", { value: 99 }));
    expect(sent.length).toBeLessThanOrEqual(7);
  });

  test("that is incomplete is shown but not sent", () => {
    store.editSilently("t", "か");
    expect(value("t")).toBe("か");
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([]);
  });

  test("is sent before a click that follows it", () => {
    create(widget("GuiButtonMessage", "b"));
    store.edit("t", "1");
    store.edit("t", "12");
    store.press("b", true);
    expect(sent).toEqual([
      update("t", { value: "1" }),
      update("t", { value: "12" }),
      update("b", { value: true }),
    ]);
  });

  test("of a removed widget has no effect", () => {
    store.remove("t");
    store.edit("t", "x");
    store.beginGesture("t");
    store.endGesture("t");
    store.leave("t");
    expect(sent).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test("after dispose no timer is left", () => {
  create(widget("GuiTextMessage", "t"));
  store.watch("t", () => {});
  store.edit("t", "a");
  store.edit("t", "b");
  store.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

test("array properties are updated partially, as new views", () => {
  create(widget("GuiTextMessage", "t", { props: { data: [new Float32Array([1, 2])] } as never }));
  const seen = vi.fn();
  store.watch("t", seen);
  const props = () => store.element("t")?.props as unknown as { data: Float32Array[] };
  const before = props().data[0];
  const patch = { property: "data", index: 0, total: 3, ranges: [2, 1] };
  store.patch("t", [{ ...patch, data: new Float32Array([7]) }]);
  store.flush();
  expect(seen).toHaveBeenCalledTimes(1);
  expect(props().data).toEqual([new Float32Array([1, 2, 7])]);
  expect(props().data[0]).not.toBe(before);
  store.patch("t", [{ ...patch, total: 99, data: new Float32Array([7]) }]);
  store.patch("t", null as never);
  store.patch("nobody", []);
  expect(props().data).toEqual([new Float32Array([1, 2, 7])]);
});

test("while the connection is interrupted, pieces of files are sent and clicks are not", () => {
  store.disconnected();
  store.press("b", true);
  const part = { type: "FileTransferPart", transfer_uuid: "t" } as unknown as ClientMessage;
  store.transfer(part);
  expect(sent).toEqual([part]);
});

describe("with a server that confirms values", () => {
  const numbered = (uuid: string, value: unknown, revision: number) => ({
    ...update(uuid, { value }),
    revision,
  });
  beforeEach(() => {
    store.dispose();
    store = new GuiStore(
      (message) => sent.push(message),
      undefined,
      () => true,
    );
    store.replayStart();
    create(widget("GuiSliderMessage", "s", { value: 5 }));
    create(widget("GuiTextMessage", "t", { value: "" }));
    store.replayDone();
    sent.length = 0;
  });

  test("values are numbered, and those that crossed one are ignored", () => {
    store.edit("s", 6);
    expect(sent).toEqual([numbered("s", 6, 1)]);
    receive("s", { value: 1, disabled: true });
    expect(store.element("s")).toMatchObject({ value: 6, props: { disabled: true } });
    store.confirm("s", 1);
    receive("s", { value: 2 });
    expect(value("s")).toBe(2);
  });

  test("only the newest value counts, also one that waits to be sent", () => {
    store.edit("s", 6);
    store.edit("s", 7); // throttled
    store.confirm("s", 1);
    receive("s", { value: 1 });
    expect(value("s")).toBe(7);
    vi.advanceTimersByTime(50);
    expect(sent.at(-1)).toEqual(numbered("s", 7, 2));
    receive("s", { value: 2 });
    expect(value("s")).toBe(7);
    store.confirm("s", 2);
    receive("s", { value: 3 });
    expect(value("s")).toBe(3);
  });

  test("a value after the user's last one is shown without delay, also in a text field", () => {
    store.edit("t", "abc", QUIET_TYPING_MS);
    store.confirm("t", 1);
    receive("t", { value: "ABC" });
    expect(value("t")).toBe("ABC");
  });

  test("a drag still defers values until it ends", () => {
    store.beginGesture("s");
    store.edit("s", 6);
    store.confirm("s", 1);
    receive("s", { value: 1 });
    expect(value("s")).toBe(6);
    store.endGesture("s");
    vi.advanceTimersByTime(1);
    expect(value("s")).toBe(1);
  });

  test("another session confirms nothing of the last one", () => {
    store.edit("s", 6);
    store.replayStart();
    create(widget("GuiSliderMessage", "s", { value: 5 }));
    store.replayDone();
    expect(value("s")).toBe(5);
    receive("s", { value: 1 });
    expect(value("s")).toBe(1);
  });

  test("confirmations of values that were never sent have no effect", () => {
    store.edit("s", 6);
    for (const [uuid, revision] of [
      ["s", 2],
      ["s", "1"],
      ["x", 1],
      [null, 1],
      ["s", Number.NaN],
    ]) {
      store.confirm(uuid, revision);
    }
    receive("s", { value: 1 });
    expect(value("s")).toBe(6);
  });
});
