// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ServerMessage } from "../protocol/messages.gen";
import { handleLocalStorage } from "./localStorage";

const sent = vi.fn();
const handle = (message: ServerMessage) => handleLocalStorage(message, sent);
const get = (key: string) =>
  handle({ type: "LocalStorageGetItemRequestMessage", key, request_uuid: "r" });

beforeEach(() => {
  localStorage.clear();
  sent.mockReset();
});

describe("handleLocalStorage", () => {
  it("sets, gets and removes", () => {
    expect(handle({ type: "LocalStorageSetItemMessage", key: "k", value: "v" })).toBe(true);
    get("k");
    handle({ type: "LocalStorageRemoveItemMessage", key: "k" });
    get("k");
    expect(sent.mock.calls.map(([m]) => m)).toEqual([
      { type: "LocalStorageGetItemResponseMessage", value: "v", error: null, request_uuid: "r" },
      { type: "LocalStorageGetItemResponseMessage", value: null, error: null, request_uuid: "r" },
    ]);
  });

  it("neither reads nor clears keys of others", () => {
    localStorage.setItem("mine", "1");
    handle({ type: "LocalStorageSetItemMessage", key: "a", value: "1" });
    handle({ type: "LocalStorageSetItemMessage", key: "b", value: "2" });
    get("mine");
    expect(sent.mock.calls[0]?.[0]).toMatchObject({ value: null });
    handle({ type: "LocalStorageClearMessage" });
    expect(localStorage.length).toBe(1);
    expect(localStorage.getItem("mine")).toBe("1");
  });

  it("responds with the reason if the browser denies storage", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const forbidden = (): Storage => {
      throw new Error("denied");
    };
    const message: ServerMessage = {
      type: "LocalStorageGetItemRequestMessage",
      key: "k",
      request_uuid: "r",
    };
    expect(handleLocalStorage(message, sent, forbidden)).toBe(true);
    expect(sent.mock.calls[0]?.[0]).toMatchObject({ value: null, error: "denied" });
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  it("ignores other messages", () => {
    expect(handle({ type: "ReplayDoneMessage" })).toBe(false);
  });
});
