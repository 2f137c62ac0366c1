import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { NotificationProps } from "../../protocol/messages.gen";
import { MAX_NOTICES, type NoticeContent, Notices } from "./notices";

let notices: Notices;

beforeEach(() => {
  vi.useFakeTimers();
  notices = new Notices();
});
afterEach(() => {
  notices.dispose();
  vi.useRealTimers();
});

function props(given: Partial<NotificationProps> = {}): NotificationProps {
  return {
    title: "Title",
    body: "Body",
    loading: false,
    with_close_button: true,
    auto_close_seconds: null,
    color: null,
    ...given,
  };
}

const titles = () => notices.all.get().map((notice) => notice.title);

test("is shown, applies changes of every property at once, and is removed", () => {
  const changes = vi.fn();
  notices.all.subscribe(changes);
  notices.showFromServer("a", props({ loading: true, with_close_button: false }));
  expect(notices.all.get()[0]).toMatchObject({ title: "Title", loading: true, closable: false });
  const next = { title: "Done", body: "B", loading: false, with_close_button: true };
  notices.updateFromServer("a", props({ ...next, color: "green" }));
  expect(notices.all.get()).toHaveLength(1);
  expect(notices.all.get()[0]).toMatchObject({
    title: "Done",
    body: "B",
    loading: false,
    closable: true,
    color: "var(--mantine-color-green-filled)",
  });
  notices.updateFromServer("a", props({ color: [1, 2, 300] }));
  expect(notices.all.get()[0]?.color).toBe("rgb(1, 2, 255)");
  notices.closeFromServer("a");
  notices.closeFromServer("a");
  expect(titles()).toEqual([]);
  expect(changes).toHaveBeenCalledTimes(4);
});

test("stays, or closes after its time since the last change", () => {
  notices.showFromServer("stays", props({ title: "stays" }));
  notices.showFromServer("goes", props({ title: "goes", auto_close_seconds: 2 }));
  vi.advanceTimersByTime(1500);
  notices.updateFromServer("goes", props({ title: "later", auto_close_seconds: 2 }));
  vi.advanceTimersByTime(1500);
  expect(titles()).toEqual(["stays", "later"]);
  vi.advanceTimersByTime(600);
  expect(titles()).toEqual(["stays"]);
  vi.advanceTimersByTime(1e9);
  expect(titles()).toEqual(["stays"]);
});

test("a change to no automatic closing stops the timer", () => {
  notices.showFromServer("a", props({ auto_close_seconds: 1 }));
  notices.updateFromServer("a", props({ auto_close_seconds: null }));
  vi.advanceTimersByTime(60_000);
  expect(titles()).toEqual(["Title"]);
});

test("does not close while it is hovered or focused", () => {
  notices.showFromServer("a", props({ auto_close_seconds: 1 }));
  notices.pauseTimer("server:a");
  vi.advanceTimersByTime(60_000);
  expect(titles()).toEqual(["Title"]);
  notices.resumeTimer("server:a");
  vi.advanceTimersByTime(1001);
  expect(titles()).toEqual([]);
});

test("stays closed after the user has closed it", () => {
  notices.showFromServer("a", props());
  notices.close("server:a");
  notices.updateFromServer("a", props({ title: "again" }));
  expect(titles()).toEqual([]);
});

test("an update of an unknown notification has no effect", () => {
  notices.updateFromServer("x", props());
  expect(titles()).toEqual([]);
});

test("invalid properties are replaced or ignored", () => {
  const broken = { title: 5, body: null, auto_close_seconds: "x", color: "no such" };
  notices.showFromServer("a", broken as unknown as NotificationProps);
  expect(notices.all.get()[0]).toMatchObject({ title: "5", body: "", autoCloseMs: null });
  expect(notices.all.get()[0]?.color).toBeUndefined();
  notices.showFromServer(7, props());
  expect(notices.all.get()).toHaveLength(1);
  notices.showFromServer("b", props({ auto_close_seconds: 1e12 }));
  vi.advanceTimersByTime(10_000);
  expect(notices.all.get()).toHaveLength(2);
});

test("the number of notifications is limited", () => {
  for (let i = 0; i < MAX_NOTICES + 40; i++)
    notices.showFromServer(`${i}`, props({ title: `${i}` }));
  expect(titles()).toHaveLength(MAX_NOTICES);
  expect(titles().at(-1)).toBe(`${MAX_NOTICES + 39}`);
});

const page: NoticeContent = {
  title: "page",
  body: "",
  loading: true,
  closable: true,
  autoCloseMs: null,
};

test("a new connection removes notifications that only the old one could close", () => {
  notices.showFromServer("loading", props({ title: "loading", loading: true }));
  notices.showFromServer("locked", props({ title: "locked", with_close_button: false }));
  notices.showFromServer("news", props({ title: "news" }));
  notices.showFromServer("again", props({ title: "again", loading: true }));
  notices.show("own", page);
  notices.replayStart();
  notices.showFromServer("again", props({ title: "again", loading: true }));
  expect(titles()).toHaveLength(5);
  notices.replayDone();
  expect(titles()).toEqual(["news", "again", "page"]);
});

test("a server cannot change the page's own notifications", () => {
  notices.show("own", page);
  notices.closeFromServer("own");
  notices.updateFromServer("own", props());
  expect(titles()).toEqual(["page"]);
});

test("onClose is called once", () => {
  const gone = vi.fn();
  notices.show("a", page, gone);
  notices.show("a", { ...page, title: "second" });
  notices.close("a");
  notices.close("a");
  expect(gone).toHaveBeenCalledTimes(1);
});

test("of an earlier connection is replaced by one with the same text", () => {
  notices.showFromServer("a", props({ title: "Hello" }));
  notices.showFromServer("b", props({ title: "Read me" }));
  notices.showFromServer("c", props({ title: "Hello" }));
  expect(titles()).toEqual(["Hello", "Read me", "Hello"]);
  notices.closeFromServer("c");
  notices.replayStart();
  notices.replayDone();
  notices.showFromServer("d", props({ title: "Hello" }));
  expect(titles()).toEqual(["Read me", "Hello"]);
});

test("of an earlier connection is replaced although others have the same text", () => {
  notices.show("own", { ...page, title: "Hello", body: "Body" });
  notices.showFromServer("a", props({ title: "Hello" }));
  notices.showFromServer("b", props({ title: "Hello" }));
  notices.replayStart();
  notices.showFromServer("b", props({ title: "Hello" }));
  notices.showFromServer("c", props({ title: "Hello" }));
  expect(notices.all.get().map(({ id }) => id)).toEqual(["own", "server:b", "server:c"]);
  notices.showFromServer("d", props({ title: "Hello" }));
  expect(notices.all.get()).toHaveLength(4);
});
